//! What a contract still lacks, by who holds it (authority or gestionnaire) and by part of the dossier.
//!
//! Two sources: the gaps that the text shows, and the values that only the rules need.

use super::choix::Choix;
use super::examen::Verification;
use super::exemplaires::{CODE_LACUNE, ErreurExemplaires, exemplaires_du_projet};
use super::ouverture::Ouverture;
use crate::compte_rendu::{Detenteur, Manque};
use crate::contrat::detenteur::des_autorites;
use crate::remarque::Position;
use serde_json::Value;
use std::collections::BTreeSet;

/// Heading of the values that no clause prints.
const CONTROLES: &str = "Contrôles";

/// What rules need and no clause asks for: a list, a key of its elements, what it is.
const POUR_LES_REGLES: [(&str, &str, &str); 13] = [
    ("/parties/gestionnaires", "statut_juridique", "statut juridique du gestionnaire"),
    ("/perimetre/etablissements", "gestionnaire", "gestionnaire de l'établissement"),
    ("/perimetre/etablissements", "competence", "autorité compétente"),
    ("/perimetre/etablissements", "categorie", "catégorie FINESS"),
    ("/perimetre/etablissements", "departement", "département d'implantation"),
    ("/perimetre/etablissements", "finess", "numéro FINESS"),
    ("/perimetre/etablissements", "autorisations", "arrêtés d'autorisation"),
    ("/perimetre/etablissements", "evaluation", "évaluation de la qualité"),
    ("/diagnostic/constats", "nature", "nature du constat"),
    ("/objectifs", "constats|origine", "constats ou origine de l'objectif"),
    ("/objectifs", "echeance", "échéance de l'objectif"),
    ("/moyens/budgets", "financeur", "financeur du budget"),
    ("/moyens/budgets", "recettes", "recettes du budget"),
];

/// Lists what is missing, by holder then in the order of the dossier; nothing while the schema refuses the
/// contract.
pub fn completude(
    ouverture: &Ouverture,
    choix: &Choix,
    verification: &Verification,
) -> Result<Vec<Manque>, ErreurExemplaires> {
    let mut manques = Vec::new();
    let mut vus = BTreeSet::new();
    for exemplaire in exemplaires_du_projet(ouverture, choix, verification)? {
        for lacune in exemplaire.remarques.into_iter().filter(|r| r.code == CODE_LACUNE) {
            if vus.insert((lacune.pointeur.clone(), lacune.message.clone())) {
                manques.push(manque(&lacune.pointeur, &lacune.message, lacune.position));
            }
        }
    }
    let pointeurs: BTreeSet<String> = manques.iter().map(|m| m.pointeur.clone()).collect();
    for (pointeur, libelle) in pour_les_regles(&verification.donnees) {
        if !pointeurs.contains(&pointeur) {
            manques.push(Manque {
                detenteur: detenteur(&pointeur),
                partie: CONTROLES.into(),
                libelle,
                position: ouverture.lecture.positions.de(&pointeur),
                pointeur,
            });
        }
    }
    manques.sort_by_key(|m| m.detenteur);
    Ok(manques)
}

/// From « À compléter : date de début (Contrat). ».
fn manque(pointeur: &str, message: &str, position: Option<Position>) -> Manque {
    let texte = message.trim_start_matches("À compléter : ").trim_end_matches('.');
    let (libelle, partie) = texte.rsplit_once(" (").unwrap_or((texte, ""));
    Manque {
        detenteur: detenteur(pointeur),
        partie: partie.trim_end_matches(')').into(),
        libelle: libelle.into(),
        pointeur: pointeur.into(),
        position,
    }
}

fn detenteur(pointeur: &str) -> Detenteur {
    if des_autorites(pointeur) { Detenteur::Autorite } else { Detenteur::Gestionnaire }
}

/// Pointer and label of each value that a rule would read and that is neither given nor « non applicable ».
fn pour_les_regles(donnees: &Value) -> Vec<(String, String)> {
    let mut manques = Vec::new();
    for (liste, cles, libelle) in POUR_LES_REGLES {
        let elements = donnees.pointer(liste).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for (rang, element) in elements.iter().enumerate() {
            let exclu = element.pointer("/inclus/motif").is_some();
            if !exclu && cles.split('|').all(|cle| element.get(cle).is_none()) {
                let nom = ["nom", "titre", "id", "etablissement"]
                    .iter()
                    .find_map(|c| element.get(c)?.as_str())
                    .unwrap_or_default();
                let cle = cles.split('|').next().unwrap_or_default();
                manques.push((format!("{liste}/{rang}/{cle}"), format!("{libelle} – {nom}")));
            }
        }
    }
    manques
}
