//! IDN-006: the FINESS number of an establishment begins as its département does.

use crate::nomenclatures::departement;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::FINESS;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "IDN-006",
    famille: Famille::Identifiants,
    severite: Severite::Alerte,
    titre: "Le numéro FINESS commence par le département déclaré",
    pourquoi: "Les deux premiers caractères d'un numéro FINESS disent le département d'implantation ; outre-mer, 97 puis le quatrième caractère, et 98 pour Mayotte. Un établissement qui a changé de département peut garder son numéro : la règle alerte.",
    remede: "vérifiez le département et le numéro ; si l'établissement a gardé un numéro ancien, écartez la règle par une dérogation.",
    references: &[&FINESS],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/finess",
        "/perimetre/etablissements/*/departement",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for etablissement in contexte.etablissements() {
        let Some(numero) = etablissement.finess.valeur() else { continue };
        let Some(departement) = etablissement.departement.valeur().and_then(|d| departement(d.as_str())) else {
            continue;
        };
        if !departement.admet_finess(numero.as_str()) {
            findings.signaler(
                etablissement.pointeur("finess"),
                format!(
                    "Le numéro FINESS {} de « {} » n'est pas un numéro {}, où l'établissement est déclaré.",
                    numero.as_str(),
                    nom(etablissement.valeur),
                    departement.de
                ),
            );
        }
    }
}
