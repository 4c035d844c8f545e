//! PER-010: no capacity is left blank.

use crate::contrat::champ::Champ;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-010",
    famille: Famille::Perimetre,
    severite: Severite::Bloquante,
    titre: "Aucune capacité n'est laissée en blanc",
    pourquoi: "Une case vide se lit « aucune place » ou « inconnu » : le contrat ne doit pas laisser le choix. Une capacité qui n'a pas lieu d'être se déclare sans objet, avec son motif, que le contrat imprime.",
    remede: "indiquez la capacité autorisée, ou {\"non_applicable\": \"motif\"}.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for etablissement in contexte.inclus() {
        let nom = nom(etablissement.valeur);
        match &etablissement.valeur.capacites {
            Champ::Absent => {
                findings.signaler(
                    etablissement.pointeur("capacites"),
                    format!("La capacité de « {nom} » n'est pas donnée."),
                );
            }
            Champ::Valeur(capacites) if capacites.is_empty() => {
                findings.signaler(
                    etablissement.pointeur("capacites"),
                    format!("La capacité de « {nom} » n'a aucune modalité."),
                );
            }
            Champ::Valeur(capacites) => {
                for (rang, _) in capacites.iter().enumerate().filter(|(_, c)| c.autorisee.est_absent()) {
                    findings.signaler(
                        etablissement.pointeur(&format!("capacites/{rang}/autorisee")),
                        format!("La capacité autorisée d'une modalité de « {nom} » n'est pas donnée."),
                    );
                }
            }
            Champ::NonApplicable(_) => {}
        }
    }
}
