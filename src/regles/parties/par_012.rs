//! PAR-012: a public establishment is signed for by its director.

use crate::nomenclatures::statut;
use crate::regles::context::{Context, nom_gestionnaire};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{L315_17, SIGNATURE};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PAR-012",
    famille: Famille::Parties,
    severite: Severite::Bloquante,
    titre: "Un établissement public est engagé par son directeur",
    pourquoi: "Le directeur représente l'établissement public social ou médico-social en justice et dans tous les actes de la vie civile : la signature du président du conseil d'administration ne l'engage pas. La règle vise les statuts FINESS d'établissement public social et médico-social et se tait si la qualité manque ou si une délégation est donnée.",
    remede: "faites signer le directeur ou la directrice, ou indiquez la délégation.",
    references: &[&L315_17, &SIGNATURE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &[
        "/parties/gestionnaires/*/statut_juridique",
        "/parties/gestionnaires/*/representant",
        "/parties/gestionnaires/*/par_delegation",
        "/parties/gestionnaires/*/mandataire",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for gestionnaire in contexte.gestionnaires().filter(|g| g.valeur.mandataire.valeur().is_none()) {
        let g = gestionnaire.valeur;
        let statut = g.statut_juridique.valeur().and_then(|s| statut(s.as_str()));
        let public =
            statut.is_some_and(|s| s.libelle_imprime.starts_with("établissement public social et médico-social"));
        let Some(qualite) = g.representant.valeur().and_then(|r| r.qualite.valeur()) else { continue };
        let directeur =
            ["directeur", "directrice", "direction"].iter().any(|mot| qualite.as_str().to_lowercase().contains(mot));
        if public && !directeur && g.par_delegation.valeur().is_none() {
            findings.signaler(
                gestionnaire.pointeur("representant/qualite"),
                format!(
                    "L'établissement public « {} » signe par « {qualite} », et non par son directeur.",
                    nom_gestionnaire(g)
                ),
            );
        }
    }
}
