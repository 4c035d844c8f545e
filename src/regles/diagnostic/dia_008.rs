//! DIA-008: an occupancy too low, or above full, is answered.

use super::lecture::{concerne, paroles};
use crate::formats::pourcent;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::{ANAP, HELIOS};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DIA-008",
    famille: Famille::Diagnostic,
    severite: Severite::Alerte,
    titre: "Une activité trop basse, ou au-delà du théorique, a sa réponse",
    pourquoi: "Une modalité sous-occupée coûte sans servir ; au-delà de 100 %, c'est l'autorisation ou le décompte qui est en cause. Répondent à une activité basse un projet de transformation, un commentaire de la ligne d'activité ou un objectif qui parle d'activité, d'accueil ou de places pour cet établissement ; à une activité haute, un commentaire. Le seuil est un paramètre.",
    remede: "ajoutez un objectif, un projet de transformation ou un commentaire sur cette activité.",
    references: &[&ANAP, &HELIOS],
    limites: &[Limite {
        nom: "taux",
        valeur: Seuil::Fixe(90.0),
        unite: "%",
        libelle: "taux de réalisation au-dessous duquel une réponse est attendue ; paramètre de cpom",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/activite",
        "/objectifs",
        "/fiches_actions",
        "/perimetre/projets_transformation",
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/jours_ouverture",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

/// Words of an objective that touches activity or transformation.
const MOTS: [&str; 9] = [
    "activité",
    "occup",
    "accueil",
    "admission",
    "places",
    "transform",
    "file active",
    "hébergement temporaire",
    "répit",
];

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(seuil) = findings.limite("taux") else { return };
    let projets = contexte.contrat.perimetre.valeur().map_or(&[][..], |p| p.projets_transformation.elements());
    for activite in contexte.activites() {
        let a = activite.valeur;
        let id = a.etablissement.as_str();
        let Some(etablissement) = contexte.etablissement(id).filter(|e| e.valeur.est_inclus()) else { continue };
        let Some(taux) = a.taux(contexte.contrat).map(|t| (t * 10.0).round() / 10.0) else { continue };
        if a.commentaire.valeur().is_some() {
            continue;
        }
        let nom = nom(etablissement.valeur);
        if taux > 100.0 {
            let message = format!("« {nom} » réalise {} de son activité théorique, sans explication.", pourcent(taux));
            findings.signaler(activite.pointeur(""), message);
        } else if taux < seuil {
            let projet = projets.iter().any(|p| p.etablissements.elements().iter().any(|e| e.as_str() == id));
            let objectif = || {
                contexte.objectifs().filter(|o| concerne(o.valeur, id)).any(|o| {
                    let paroles = paroles(contexte, o.valeur);
                    MOTS.iter().any(|mot| paroles.contains(mot))
                })
            };
            if !projet && !objectif() {
                let message = format!(
                    "« {nom} » réalise {} de son activité théorique (seuil : {}), sans objectif ni projet.",
                    pourcent(taux),
                    pourcent(seuil)
                );
                findings.signaler(activite.pointeur(""), message);
            }
        }
    }
}
