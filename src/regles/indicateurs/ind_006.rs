//! IND-006: an indicator that repeats its objective.

use super::lecture::{mots, tous};
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::ANAP;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "IND-006",
    famille: Famille::Indicateurs,
    severite: Severite::Alerte,
    titre: "L'indicateur mesure l'objectif, il ne le répète pas",
    pourquoi: "« Préparer le passage à l'âge adulte » n'est pas une mesure. La règle compare les mots de l'intitulé à ceux du titre de l'objectif ou de la fiche, sans accents, casse ni ponctuation : seule une répétition exacte est signalée.",
    remede: "dites ce qui est compté : un nombre, une part, une date.",
    references: &[&ANAP],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/fiches_actions", "/objectifs/*/titre"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for place in tous(contexte) {
        let Some(libelle) = place.indicateur.libelle.valeur() else { continue };
        let libelle = mots(libelle.as_str());
        let fiche = place.fiche.valeur;
        let objectif = contexte.objectif(fiche.objectif.as_str()).and_then(|o| o.valeur.titre.valeur());
        let repete =
            [fiche.titre.valeur(), objectif].into_iter().flatten().any(|titre| mots(titre.as_str()) == libelle);
        if repete {
            findings.signaler(
                place.pointeur("libelle"),
                format!("L'indicateur « {} » (fiche {}) répète le titre de l'objectif.", place.nom(), place.numero),
            );
        }
    }
}
