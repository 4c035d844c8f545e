//! ANX-004: the convention of an integrated arrangement is annexed.

use crate::contrat::perimetre::NaturePartenariat;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::L312_7_1;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "ANX-004",
    famille: Famille::Annexes,
    severite: Severite::Bloquante,
    titre: "La convention d'un dispositif intégré est annexée au contrat",
    pourquoi: "Un dispositif intégré à plusieurs partenaires repose sur une convention, que la loi intègre au contrat. Le partenariat de cette nature donne le titre de la pièce qui la reproduit.",
    remede: "ajoutez la convention à « pieces », et son titre à « piece » dans le partenariat.",
    references: &[&L312_7_1],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DeLaValeur("dispositif_integre"),
    derogeable: true,
    lit: &["/perimetre/partenariats", "/pieces"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let partenariats = contexte.contrat.perimetre.valeur().map_or(&[][..], |p| p.partenariats.elements());
    let fournie = |titre: &str| {
        let pieces = contexte.contrat.pieces.elements().iter();
        pieces.filter(|p| p.fichier.valeur().is_some()).any(|p| p.titre.valeur().is_some_and(|t| t.as_str() == titre))
    };
    for (rang, p) in partenariats.iter().enumerate() {
        if p.nature.valeur() != Some(&NaturePartenariat::DispositifIntegre) {
            continue;
        }
        let message = match p.piece.valeur() {
            None => format!("La convention du dispositif intégré avec « {} » n'est pas annexée.", p.partenaire),
            Some(titre) if !fournie(titre.as_str()) => {
                format!(
                    "La pièce « {titre} », qui donne la convention du dispositif intégré, n'est pas parmi les pièces."
                )
            }
            Some(_) => continue,
        };
        findings.signaler(format!("/perimetre/partenariats/{rang}/piece"), message);
    }
}
