//! DIA-010: an unfavourable safety opinion is answered.

use super::lecture::{concerne, paroles};
use crate::contrat::perimetre::AvisSecurite;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{ANAP, PACA};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DIA-010",
    famille: Famille::Diagnostic,
    severite: Severite::Alerte,
    titre: "Un avis de sécurité défavorable a un objectif ou un investissement",
    pourquoi: "Un avis défavorable de la commission de sécurité engage la responsabilité du gestionnaire et peut conduire à la fermeture. Répondent un investissement pour l'établissement, ou un objectif qui le nomme et parle de sécurité, d'incendie ou de travaux.",
    remede: "inscrivez l'opération au plan d'investissement, ou ajoutez un objectif.",
    references: &[&PACA, &ANAP],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/securite",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
        "/moyens/investissements",
        "/objectifs",
        "/fiches_actions",
    ],
    consequences: &[],
    check,
};

const MOTS: [&str; 6] = ["sécurité", "incendie", "travaux", "désenfumage", "mise aux normes", "mise en conformité"];

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let investissements = contexte.moyens().map_or(&[][..], |m| m.investissements.elements());
    for etablissement in contexte.inclus() {
        let e = etablissement.valeur;
        let defavorable = e.securite.valeur().is_some_and(|s| s.avis.valeur() == Some(&AvisSecurite::Defavorable));
        if !defavorable || investissements.iter().any(|i| i.etablissement.valeur() == Some(&e.id)) {
            continue;
        }
        let objectif = contexte.objectifs().filter(|o| concerne(o.valeur, e.id.as_str())).any(|o| {
            let paroles = paroles(contexte, o.valeur);
            MOTS.iter().any(|mot| paroles.contains(mot))
        });
        if !objectif {
            findings.signaler(
                etablissement.pointeur("securite/avis"),
                format!("« {} » a un avis de sécurité défavorable, sans objectif ni investissement.", nom(e)),
            );
        }
    }
}
