//! IDN-004: the key of each SIREN and SIRET number.

use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::SIRENE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "IDN-004",
    famille: Famille::Identifiants,
    severite: Severite::Alerte,
    titre: "La clé de chaque numéro SIREN ou SIRET est juste",
    pourquoi: "Un numéro erroné empêche l'identification du cocontractant et le versement. Le dernier chiffre est une clé (algorithme de Luhn) ; les établissements de La Poste suivent une autre règle, qui est admise.",
    remede: "vérifiez le numéro dans le répertoire SIRENE.",
    references: &[&SIRENE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/siret",
        "/perimetre/etablissements/*/nom",
        "/parties/gestionnaires/*/siren",
        "/parties/gestionnaires/*/nom",
    ],
    consequences: &["IDN-005"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for gestionnaire in contexte.gestionnaires() {
        if let Some(numero) = gestionnaire.siren.valeur().filter(|n| !n.cle_valide()) {
            let message =
                format!("Le numéro SIREN {} n'a pas la bonne clé : un de ses chiffres est faux.", numero.as_str());
            findings.signaler(gestionnaire.pointeur("siren"), message);
        }
    }
    for etablissement in contexte.etablissements() {
        if let Some(numero) = etablissement.siret.valeur().filter(|n| !n.cle_valide()) {
            let message = format!(
                "Le numéro SIRET {} de « {} » n'a pas la bonne clé : un de ses chiffres est faux.",
                numero.as_str(),
                nom(etablissement.valeur)
            );
            findings.signaler(etablissement.pointeur("siret"), message);
        }
    }
}
