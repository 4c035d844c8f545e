//! IND-002: targets at the horizons that the model asks for.

use super::lecture::tous;
use crate::formats::enumerer;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::{BRETAGNE, PACA};
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "IND-002",
    famille: Famille::Indicateurs,
    severite: Severite::Bloquante,
    titre: "Chaque indicateur a une cible aux échéances du modèle",
    pourquoi: "Le modèle fait examiner des objectifs intermédiaires à mi-parcours et des objectifs finaux au terme : sans cible à ces années, l'examen n'a pas d'objet. Les rangs des années sont des réglages du modèle ; la règle se tait sans eux, sans dates, ou pour un indicateur sans aucune cible (IND-001).",
    remede: "ajoutez une cible pour chacune de ces années.",
    references: &[&PACA, &BRETAGNE],
    limites: &[
        Limite {
            nom: "intermediaire",
            valeur: Seuil::DuModele,
            unite: "rang de l'année",
            libelle: "année de la cible intermédiaire, fixée par le modèle (3 en Provence-Alpes-Côte d'Azur, 2 en Bretagne)",
        },
        Limite {
            nom: "final",
            valeur: Seuil::DuModele,
            unite: "rang de l'année",
            libelle: "année de la cible finale ; à défaut, la dernière du contrat",
        },
    ],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/periode", "/fiches_actions"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(intermediaire) = findings.limite("intermediaire") else { return };
    let annees = contexte.annees();
    let final_ = findings.limite("final").map_or(contexte.contrat.periode.annees().len(), |f| f as usize);
    let horizons: BTreeSet<i16> = [intermediaire as usize, final_]
        .into_iter()
        .filter_map(|rang| annees.get(rang.checked_sub(1)?).copied())
        .collect();
    for place in tous(contexte) {
        let cibles: BTreeSet<i16> =
            place.indicateur.cibles.elements().iter().map(|c| c.annee.valeur() as i16).collect();
        if cibles.is_empty() {
            continue;
        }
        let manquantes: Vec<String> = horizons.difference(&cibles).map(ToString::to_string).collect();
        if !manquantes.is_empty() {
            findings.signaler(
                place.pointeur("cibles"),
                format!(
                    "L'indicateur « {} » (fiche {}) n'a pas de cible en {}.",
                    place.nom(),
                    place.numero,
                    enumerer(&manquantes)
                ),
            );
        }
    }
}
