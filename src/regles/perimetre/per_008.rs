//! PER-008: each included establishment has its authorisation act.

use crate::contrat::champ::Champ;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, PACA};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-008",
    famille: Famille::Perimetre,
    severite: Severite::Alerte,
    titre: "Chaque établissement inclus a son arrêté d'autorisation",
    pourquoi: "Le contrat vise les arrêtés d'autorisation de chaque établissement : sans acte, rien ne dit ce qui est autorisé. Une liste déclarée sans objet avec son motif est admise.",
    remede: "ajoutez l'arrêté d'autorisation, d'extension ou de renouvellement.",
    references: &[&PACA, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/autorisations",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for etablissement in contexte.inclus() {
        let manque = match &etablissement.valeur.autorisations {
            Champ::Absent => true,
            Champ::Valeur(actes) => actes.is_empty(),
            Champ::NonApplicable(_) => false,
        };
        if manque {
            findings.signaler(
                etablissement.pointeur("autorisations"),
                format!("Aucun arrêté d'autorisation n'est indiqué pour « {} ».", nom(etablissement.valeur)),
            );
        }
    }
}
