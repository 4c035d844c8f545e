//! What a contract still lacks, by who holds it (authorities, gestionnaire, both): to whom, and which field.
//!
//! Two sources: the gaps that the text shows, and the values that only the rules need.

use super::choix::Choix;
use super::examen::Verification;
use super::exemplaires::{ErreurExemplaires, remarques_du_projet};
use super::lacunes::{self, Lieux};
use super::ouverture::Ouverture;
use crate::compte_rendu::Manque;
use crate::contrat::detenteur::detenteur;
use crate::remarque::Remarque;
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

/// Lists what is missing, by holder then in the order of the contract; nothing while the schema refuses it.
pub fn completude(
    ouverture: &Ouverture,
    choix: &Choix,
    verification: &Verification,
) -> Result<Vec<Manque>, ErreurExemplaires> {
    let du_texte = remarques_du_projet(ouverture, choix, verification)?;
    Ok(selon_le_texte(ouverture, verification, &du_texte))
}

/// The same, once the text is written: `du_texte` is what is to be said of it.
pub(super) fn selon_le_texte(ouverture: &Ouverture, verification: &Verification, du_texte: &[Remarque]) -> Vec<Manque> {
    let mut manques = Vec::new();
    let mut vus = BTreeSet::new();
    for remarque in du_texte {
        if let (Some(cle), Some(lacune)) = (lacunes::cle(remarque), &remarque.lacune)
            && vus.insert(cle)
        {
            manques.push(Manque {
                detenteur: lacune.detenteur,
                partie: lacune.partie.clone(),
                libelle: lacune.libelle.clone(),
                lieu: lacune.lieu.clone(),
                pointeur: remarque.pointeur.clone(),
                chemin: remarque.chemin.clone(),
                position: remarque.position.clone(),
            });
        }
    }
    let lieux = Lieux::de(&verification.donnees, ouverture.contrat.as_deref());
    let pointeurs: BTreeSet<String> = manques.iter().map(|m| m.pointeur.clone()).collect();
    for (pointeur, libelle) in pour_les_regles(&verification.donnees) {
        // A value of which the text already asks for a part is not asked for twice.
        let dedans = format!("{pointeur}/");
        let deja = pointeurs.contains(&pointeur)
            || pointeurs.range(dedans.clone()..).next().is_some_and(|p| p.starts_with(&dedans));
        if !deja {
            manques.push(Manque {
                detenteur: detenteur(&pointeur),
                partie: CONTROLES.into(),
                libelle: libelle.into(),
                lieu: lieux.lieu(&pointeur),
                chemin: lieux.chemin(&pointeur),
                position: ouverture.lecture.positions.de(&pointeur),
                pointeur,
            });
        }
    }
    manques.sort_by_key(|m| m.detenteur);
    manques
}

/// Pointer and label of each value that a rule would read and that is neither given nor « non applicable ».
fn pour_les_regles(donnees: &Value) -> Vec<(String, &'static str)> {
    let mut manques = Vec::new();
    for (liste, cles, libelle) in POUR_LES_REGLES {
        let elements = donnees.pointer(liste).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for (rang, element) in elements.iter().enumerate() {
            let exclu = element.pointer("/inclus/motif").is_some();
            if !exclu && cles.split('|').all(|cle| element.get(cle).is_none()) {
                let cle = cles.split('|').next().unwrap_or_default();
                manques.push((format!("{liste}/{rang}/{cle}"), libelle));
            }
        }
    }
    manques
}
