//! RES-001: the order of allocation is neither empty nor repeated.

use crate::contrat::resultats::ModeAffectation;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::{R314_51, R314_234};
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "RES-001",
    famille: Famille::Resultats,
    severite: Severite::Bloquante,
    titre: "L'ordre d'affectation des résultats n'est ni vide ni répété",
    pourquoi: "Un ordre vide ne dit rien ; une affectation écrite deux fois rend l'ordre indécidable ; une affectation libre n'a pas d'ordre. Sont lus l'ordre transitoire et l'ordre sous EPRD ; la règle se tait s'ils ne sont pas donnés.",
    remede: "écrivez chaque affectation une seule fois, dans l'ordre voulu.",
    references: &[&R314_234, &R314_51],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&R314_51, DateChoisie::Effet),
    derogeable: false,
    lit: &["/moyens/affectation_resultats", "/moyens/par_gestionnaire"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let regles = contexte.moyens().map(|m| m.affectations()).unwrap_or_default();
    let ordres = regles.iter().flat_map(|r| {
        [("transitoire", "transitoire", &r.valeur.transitoire), ("eprd", "sous EPRD", &r.valeur.eprd)]
            .map(|ordre| (&r.pointeur, ordre))
    });
    for regle in &regles {
        let ordre = regle.valeur.transitoire.valeur().is_some() || regle.valeur.eprd.valeur().is_some();
        if regle.valeur.mode.valeur() == Some(&ModeAffectation::Libre) && ordre {
            let message = "L'affectation est dite libre, et un ordre de priorité est donné.";
            findings.signaler(format!("{}/mode", regle.pointeur), message);
        }
    }
    for (regle, (cle, nom, ordre)) in ordres {
        let Some(ordre) = ordre.valeur() else { continue };
        let ici = format!("{regle}/{cle}");
        if ordre.is_empty() {
            findings.signaler(ici, format!("L'ordre d'affectation {nom} est vide."));
        } else {
            let mut vues = BTreeSet::new();
            for (rang, _) in ordre.iter().enumerate().filter(|(_, a)| !vues.insert(**a)) {
                findings.signaler(
                    format!("{ici}/{rang}"),
                    format!("L'ordre d'affectation {nom} répète une affectation, au rang {}.", rang + 1),
                );
            }
        }
    }
}
