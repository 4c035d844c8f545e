//! PAR-002: an authority that is competent for no establishment.

use super::signataires;
use crate::contrat::parties::TypeAutorite;
use crate::nomenclatures::region;
use crate::regles::competence::Competente;
use crate::regles::context::{Context, nom_autorite};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, L313_11};
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "PAR-002",
    famille: Famille::Parties,
    severite: Severite::Alerte,
    titre: "Chaque autorité partie est compétente pour un établissement au moins",
    pourquoi: "Une autorité qui n'autorise ni ne tarife aucun établissement n'a rien à engager : sa présence révèle une compétence mal saisie, ou un signataire superflu. Les signataires que le modèle exige (PAR-010), l'Éducation nationale, le préfet et les autres parties ne sont pas visés. La règle se tait si une compétence ou un département manque.",
    remede: "corrigez la compétence ou le département d'un établissement, ou retirez l'autorité.",
    references: &[&L313_11, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/competence",
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/departement",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
        "/parties/autorites/*/region",
        "/parties/autorites/*/departement",
        "/parties/autorites/*/nom",
        "/parties/autorites/*/type",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let mut competentes = BTreeSet::new();
    for etablissement in contexte.inclus() {
        let siennes = Competente::pour(etablissement.valeur);
        if siennes.is_empty() {
            return;
        }
        competentes.extend(siennes);
    }
    if competentes.is_empty() {
        return;
    }
    for autorite in contexte.autorites() {
        let situee = match autorite.valeur.r#type {
            TypeAutorite::Ars => autorite.valeur.region.valeur().is_some_and(|code| region(code.as_str()).is_some()),
            TypeAutorite::Departement | TypeAutorite::Metropole => autorite.valeur.departement.valeur().is_some(),
            _ => false,
        };
        let requise = signataires::requis(contexte).contains(&autorite.valeur.r#type);
        if situee && !requise && !competentes.iter().any(|c| c.est(autorite.valeur)) {
            findings.signaler(
                autorite.pointeur(""),
                format!(
                    "L'autorité « {} » n'est compétente pour aucun établissement du périmètre.",
                    nom_autorite(autorite.valeur)
                ),
            );
        }
    }
}
