//! BUD-021: a gestionnaire has its own rules once, and a common rule still binds someone.

use crate::contrat::moyens::{Moyens, MoyensGestionnaire};
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "BUD-021",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Chaque gestionnaire a une seule règle, la sienne ou la règle commune",
    pourquoi: "Ce que « par_gestionnaire » donne à un gestionnaire vaut à la place de la règle commune. Deux éléments pour un même gestionnaire se contredisent ; une règle commune que chacun remplace par la sienne ne vaut pour personne et ne serait imprimée nulle part.",
    remede: "réunissez les deux éléments, ou retirez la règle commune.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &[
        "/moyens/par_gestionnaire",
        "/moyens/rebasage",
        "/moyens/affectation_resultats",
        "/moyens/frais_siege",
        "/moyens/quote_part",
        "/parties/gestionnaires/*/mandataire",
    ],
    consequences: &[],
    check,
};

/// A rule: its key, whether the contract gives it in common, whether a gestionnaire has its own.
type Regle = (&'static str, fn(&Moyens) -> bool, fn(&MoyensGestionnaire) -> bool);

const REGLES: [Regle; 4] = [
    ("rebasage", |m| m.rebasage.valeur().is_some(), |g| !g.rebasage.est_absent()),
    (
        "affectation_resultats",
        |m| m.affectation_resultats.valeur().is_some(),
        |g| !g.affectation_resultats.est_absent(),
    ),
    ("frais_siege", |m| m.frais_siege.valeur().is_some(), |g| !g.frais_siege.est_absent()),
    ("quote_part", |m| m.quote_part.valeur().is_some(), |g| !g.quote_part.est_absent()),
];

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(moyens) = contexte.moyens() else { return };
    let propres = moyens.par_gestionnaire.elements();
    let mut vus = BTreeSet::new();
    for (rang, g) in propres.iter().enumerate() {
        if !vus.insert(g.gestionnaire.as_str()) {
            let message = format!("« {} » a deux fois des règles propres.", contexte.partie(g.gestionnaire.as_str()));
            findings.signaler(format!("/moyens/par_gestionnaire/{rang}/gestionnaire"), message);
        }
    }
    let signent: Vec<&str> = contexte
        .gestionnaires()
        .filter(|g| g.valeur.mandataire.valeur().is_none())
        .map(|g| g.valeur.id.as_str())
        .collect();
    for (cle, commune, propre) in REGLES {
        let sans_la_sienne =
            signent.iter().any(|id| !propres.iter().any(|g| g.gestionnaire.as_str() == *id && propre(g)));
        if commune(moyens) && !signent.is_empty() && !sans_la_sienne {
            let message = "Chaque gestionnaire a sa propre règle : la règle commune ne vaut pour personne.";
            findings.signaler(format!("/moyens/{cle}"), message);
        }
    }
}
