//! DIA-002: an objective comes from a finding, or says where from.

use crate::contrat::objectifs::Origine;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{ANAP, ARRETE_2017};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DIA-002",
    famille: Famille::Diagnostic,
    severite: Severite::Bloquante,
    titre: "Chaque objectif vient d'un constat ou dit son origine",
    pourquoi: "Un objectif sans constat est une idée : le cahier des charges des contrats d'EHPAD, suivi par analogie pour les autres, et la méthode de l'ANAP les fondent sur le diagnostic partagé. Une autre origine (demande d'une autorité, schéma, évaluation, bibliothèque du modèle) suffit. La règle se tait tant que le diagnostic n'a pas de constat.",
    remede: "indiquez les constats dont l'objectif découle, ou son « origine ».",
    references: &[&ARRETE_2017, &ANAP],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/diagnostic/constats", "/objectifs"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    if contexte.constats().next().is_none() && !contexte.definitif() {
        return;
    }
    for objectif in contexte.objectifs() {
        let o = objectif.valeur;
        let autre_origine = o.origine.valeur().is_some_and(|origine| *origine != Origine::Diagnostic);
        if o.constats.elements().is_empty() && !autre_origine && o.bibliotheque.valeur().is_none() {
            let titre = o.titre.valeur().map_or(o.id.as_str(), |t| t.as_str());
            let message = format!("L'objectif « {titre} » ne découle d'aucun constat et ne dit pas son origine.");
            findings.signaler(objectif.pointeur("constats"), message);
        }
    }
}
