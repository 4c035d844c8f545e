//! PER-011: places habilitées do not exceed authorised ones.

use super::places::places_completes;
use crate::regles::context::{Context, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, L313_8_1};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-011",
    famille: Famille::Perimetre,
    severite: Severite::Bloquante,
    titre: "Les places habilitées à l'aide sociale ne dépassent pas les places autorisées",
    pourquoi: "L'habilitation porte sur des places autorisées : en habiliter davantage n'a pas d'effet. Sont comparées les places de chaque modalité, puis la capacité habilitée de l'établissement annoncée par l'habilitation.",
    remede: "corrigez la capacité habilitée ou la capacité autorisée.",
    references: &[&L313_8_1, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &[
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/nom",
        "/moyens/habilitation_aide_sociale",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for etablissement in contexte.etablissements() {
        for (rang, capacite) in etablissement.valeur.capacites.elements().iter().enumerate() {
            let habilitee = valeur(&capacite.habilitee_aide_sociale);
            let (Some(autorisee), Some(habilitee)) = (valeur(&capacite.autorisee), habilitee) else { continue };
            if habilitee > autorisee {
                let ici = etablissement.pointeur(&format!("capacites/{rang}/habilitee_aide_sociale"));
                findings.signaler(ici, message(nom(etablissement.valeur), habilitee.0, autorisee.0));
            }
        }
    }
    let habilitations = contexte.moyens().map_or(&[][..], |m| m.habilitation_aide_sociale.elements());
    for (rang, habilitation) in habilitations.iter().enumerate() {
        for (k, ligne) in habilitation.capacites.elements().iter().enumerate() {
            let Some(etablissement) = contexte.etablissement(ligne.etablissement.as_str()) else { continue };
            let Some(autorisees) = places_completes(etablissement.valeur).filter(|a| ligne.capacite.0 > *a) else {
                continue;
            };
            let ici = format!("/moyens/habilitation_aide_sociale/{rang}/capacites/{k}/capacite");
            findings.signaler(ici, message(nom(etablissement.valeur), ligne.capacite.0, autorisees));
        }
    }
}

fn message(nom: &str, habilitees: u32, autorisees: u32) -> String {
    format!(
        "« {nom} » a {} à l'aide sociale pour {} autorisées.",
        if habilitees > 1 {
            format!("{habilitees} places habilitées")
        } else {
            format!("{habilitees} place habilitée")
        },
        autorisees
    )
}
