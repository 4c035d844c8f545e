//! DIA-003: the diagnosis speaks of each included establishment.

use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{ANAP, ARRETE_2017};
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "DIA-003",
    famille: Famille::Diagnostic,
    severite: Severite::Alerte,
    titre: "Le diagnostic parle de chaque établissement inclus",
    pourquoi: "Un établissement que le diagnostic ignore n'a ni situation initiale ni objectif fondé (le cahier des charges cité est celui des EHPAD, suivi par analogie). Compte un constat, un indicateur ou une situation financière qui le nomme ; un constat transversal ne suffit pas. La règle se tait tant qu'aucun constat n'est écrit, et pour un établissement à ouvrir.",
    remede: "ajoutez un constat ou un indicateur qui nomme l'établissement.",
    references: &[&ARRETE_2017, &ANAP],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/diagnostic/constats",
        "/diagnostic/indicateurs/*/etablissement",
        "/diagnostic/situation_financiere/*/etablissement",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
        "/perimetre/etablissements/*/ouverture_prevue",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(diagnostic) = contexte.contrat.diagnostic.valeur().filter(|d| !d.constats.elements().is_empty()) else {
        return;
    };
    let constats = diagnostic.constats.elements().iter().flat_map(|c| c.etablissements.elements());
    let indicateurs = diagnostic.indicateurs.elements().iter().filter_map(|i| i.etablissement.valeur());
    let situations = diagnostic.situation_financiere.elements().iter().map(|s| &s.etablissement);
    let nommes: BTreeSet<&str> = constats.chain(indicateurs).chain(situations).map(|id| id.as_str()).collect();
    for etablissement in contexte.inclus() {
        let e = etablissement.valeur;
        if e.ouverture_prevue.est_absent() && !nommes.contains(e.id.as_str()) {
            findings.signaler(etablissement.pointeur(""), format!("Le diagnostic ne dit rien de « {} ».", nom(e)));
        }
    }
}
