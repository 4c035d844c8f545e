//! ACT-012: days of opening of the activity and of the establishment.

use super::designation::designer;
use crate::contrat::activite::Activite;
use crate::formats::nombre;
use crate::regles::context::{Context, Element, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "ACT-012",
    famille: Famille::Activite,
    severite: Severite::Alerte,
    titre: "Les jours de l'activité sont des jours d'ouverture",
    pourquoi: "L'activité théorique se calcule sur des jours d'ouverture : une ligne qui en retient plus que l'établissement n'en ouvre, ou un établissement dont aucune ligne n'atteint les jours annoncés, a deux calendriers. Une année a 366 jours au plus, et moins de cent jours d'ouverture sont une faute de saisie, sauf dérogation. Un plancher d'ouverture loin des jours annoncés est signalé aussi ; l'écart admis est un paramètre.",
    remede: "reprenez le même nombre de jours des deux côtés.",
    references: &[&COHERENCE],
    limites: &[
        Limite {
            nom: "minimum",
            valeur: Seuil::Fixe(100.0),
            unite: "jours",
            libelle: "jours d'ouverture d'une année ; paramètre de cpom",
        },
        Limite {
            nom: "ecart",
            valeur: Seuil::Fixe(10.0),
            unite: "%",
            libelle: "écart admis d'un plancher d'ouverture avec les jours annoncés ; paramètre de cpom",
        },
    ],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/activite",
        "/perimetre/etablissements/*/nom",
        "/perimetre/etablissements/*/jours_ouverture",
        "/perimetre/etablissements/*/planchers_ouverture",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let mut lignes: BTreeMap<&str, Vec<(Element<'_, Activite>, u32)>> = BTreeMap::new();
    for activite in contexte.activites() {
        let Some(jours) = valeur(&activite.valeur.jours) else { continue };
        lignes.entry(activite.valeur.etablissement.as_str()).or_default().push((activite, jours.0));
    }
    for etablissement in contexte.etablissements() {
        let e = etablissement.valeur;
        let Some(jours) = valeur(&e.jours_ouverture).map(|j| j.0) else { continue };
        if jours > ANNEE {
            findings.signaler(
                etablissement.pointeur("jours_ouverture"),
                format!(
                    "« {} » ouvre {} jours par an ; une année en a {ANNEE} au plus.",
                    nom(e),
                    nombre(f64::from(jours))
                ),
            );
            continue;
        }
        let minimum = findings.limite("minimum").unwrap_or_default();
        if f64::from(jours) < minimum {
            findings.signaler(
                etablissement.pointeur("jours_ouverture"),
                format!("« {} » ouvre {jours} jours par an, moins de {}.", nom(e), nombre(minimum)),
            );
            continue;
        }
        let siennes = lignes.get(e.id.as_str()).map(Vec::as_slice).unwrap_or_default();
        if let Some((activite, retenus)) = siennes.iter().find(|(_, retenus)| *retenus > jours) {
            findings.signaler(
                activite.pointeur("jours"),
                format!(
                    "L'activité de {} compte {retenus} jours ; l'établissement en ouvre {jours}.",
                    designer(contexte, activite.valeur)
                ),
            );
        } else if let Some(plus) = siennes.iter().map(|(_, retenus)| *retenus).max().filter(|plus| *plus < jours) {
            findings.signaler(
                etablissement.pointeur("jours_ouverture"),
                format!("« {} » ouvre {jours} jours par an ; son activité n'en compte que {plus}.", nom(e)),
            );
        }
        let ecart = findings.limite("ecart").unwrap_or_default() / 100.0;
        for (rang, plancher) in e.planchers_ouverture.elements().iter().enumerate() {
            if f64::from(plancher.jours.0.abs_diff(jours)) > ecart * f64::from(jours) {
                findings.signaler(
                    etablissement.pointeur(&format!("planchers_ouverture/{rang}/jours")),
                    format!(
                        "Le plancher d'ouverture {} de « {} » est de {} jours ; l'établissement en ouvre {jours}.",
                        plancher.annee,
                        nom(e),
                        plancher.jours.0
                    ),
                );
            }
        }
    }
}

/// Days of the longest year.
const ANNEE: u32 = 366;
