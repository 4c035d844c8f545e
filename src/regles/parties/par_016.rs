//! PAR-016: the model is that of a region of the contract.

use crate::formats::enumerer;
use crate::nomenclatures::region;
use crate::regles::competence::regions;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "PAR-016",
    famille: Famille::Parties,
    severite: Severite::Alerte,
    titre: "Le modèle est celui de la région du contrat",
    pourquoi: "Un modèle régional cite les actes de sa région et suit ses choix. Pour une autre région, cpom n'imprime pas ces actes et le dit. La région est celle de l'agence régionale de santé, sinon celle des autres autorités, sinon celle des établissements.",
    remede: "prenez le modèle de la région du contrat, ou le modèle national.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/parties/autorites/*/type",
        "/parties/autorites/*/region",
        "/parties/autorites/*/departement",
        "/perimetre/etablissements/*/departement",
        "/perimetre/etablissements/*/inclus",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let regions = regions(contexte.contrat);
    if contexte.modele.est_d_une_region(&regions) {
        return;
    }
    let nommees: Vec<String> =
        regions.iter().collect::<BTreeSet<_>>().into_iter().map(|code| nom_de_region(code)).collect();
    findings.signaler(
        "/parties/autorites",
        format!(
            "Le modèle « {} » est celui d'une autre région que {} : ses actes régionaux ne sont pas visés.",
            contexte.modele.id,
            enumerer(&nommees)
        ),
    );
}

fn nom_de_region(code: &str) -> String {
    region(code).map_or_else(|| code.to_string(), |r| r.libelle.to_string())
}
