//! RES-007: under an EPRD, earlier deficits are cleared first.

use crate::contrat::resultats::Affectation;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::R314_234;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "RES-007",
    famille: Famille::Resultats,
    severite: Severite::Bloquante,
    titre: "Sous EPRD, l'apurement des déficits antérieurs vient en premier",
    pourquoi: "Le texte donne un rang à un seul emploi de l'excédent : l'apurement des déficits antérieurs du même compte de résultat passe avant les autres, qui sont libres entre eux. Un ordre qui ne le cite pas, ou qui le place après un autre, ne peut être suivi. La règle se tait sans ordre sous EPRD, et pour un contrat qui prend effet avant 2017.",
    remede: "placez l'apurement des déficits antérieurs en tête de l'ordre sous EPRD.",
    references: &[&R314_234],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&R314_234, DateChoisie::Effet),
    derogeable: false,
    lit: &["/moyens/affectation_resultats", "/moyens/par_gestionnaire"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for regle in contexte.moyens().map(|m| m.affectations()).unwrap_or_default() {
        let ordre = regle.valeur.eprd.elements();
        let ici = format!("{}/eprd", regle.pointeur);
        match ordre.iter().position(|a| *a == Affectation::ApurementDeficits) {
            Some(0) => {}
            Some(rang) => {
                let message =
                    format!("L'apurement des déficits antérieurs vient au rang {} de l'ordre sous EPRD.", rang + 1);
                findings.signaler(format!("{ici}/{rang}"), message);
            }
            None if ordre.is_empty() => {}
            None => {
                findings.signaler(ici, "L'ordre sous EPRD ne dit rien de l'apurement des déficits antérieurs, qui vient avant tout autre emploi.");
            }
        }
    }
}
