//! PER-005: an establishment to open has its date in the period.

use crate::contrat::champ::Champ;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-005",
    famille: Famille::Perimetre,
    severite: Severite::Bloquante,
    titre: "Un établissement à ouvrir a une date, dans la période du contrat",
    pourquoi: "Un établissement sans place installée ne peut porter d'objectifs ni de moyens sans date d'ouverture ; une ouverture après la fin du contrat n'a rien à y faire. La règle vise un établissement inclus dont toutes les places autorisées sont encore à installer, ou qui donne sa date.",
    remede: "indiquez « ouverture_prevue », corrigez-la, ou excluez l'établissement avec un motif.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/ouverture_prevue",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
        "/periode",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for etablissement in contexte.inclus() {
        let e = etablissement.valeur;
        match (&e.ouverture_prevue, contexte.fin()) {
            (Champ::Valeur(prevue), Some(fin)) => {
                if let Some(ouverture) = prevue.premier_jour().filter(|ouverture| *ouverture > fin) {
                    findings.signaler(
                        etablissement.pointeur("ouverture_prevue"),
                        format!("« {} » ouvrira le {ouverture}, après la fin du contrat le {fin}.", nom(e)),
                    );
                }
            }
            (Champ::Absent, _) if e.a_installer() => {
                findings.signaler(
                    etablissement.pointeur("ouverture_prevue"),
                    format!("« {} » n'a aucune place installée et aucune date d'ouverture.", nom(e)),
                );
            }
            _ => {}
        }
    }
}
