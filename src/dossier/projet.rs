//! An opened contract → its draft: the documents, what is to be said of them, what they lack; its text is written once.

use super::choix::Choix;
use super::completude::selon_le_texte;
use super::erreurs::Erreur;
use super::examen::{Verification, etat_demande, selon_les_regles};
use super::exemplaires::{Exemplaire, rediger};
use super::ouverture::Ouverture;
use super::verification::avec_le_texte;
use crate::compte_rendu::Manque;
use crate::document::Etat;

/// A draft, and all that is known of it.
#[derive(Debug)]
pub struct Projet {
    /// In the state that the contract says, whatever is drawn.
    pub verification: Verification,
    /// None when the schema refuses the contract.
    pub exemplaires: Vec<Exemplaire>,
    pub manques: Vec<Manque>,
}

/// Writes the draft of a contract.
pub fn projet(ouverture: &Ouverture, choix: &Choix) -> Result<Projet, Erreur> {
    let au_projet = Choix { etat: Some(Etat::Projet), ..choix.clone() };
    let du_projet = selon_les_regles(ouverture, &au_projet)?;
    let exemplaires = rediger(ouverture, &au_projet, &du_projet)?;
    let du_texte: Vec<_> = exemplaires.iter().flat_map(|e| e.remarques.iter().cloned()).collect();
    let definitif = ouverture.contrat.as_deref().is_some_and(|c| etat_demande(c, choix) == Etat::Definitif);
    let dite = if definitif { selon_les_regles(ouverture, choix)? } else { du_projet };
    let manques = match &ouverture.contrat {
        Some(_) => selon_le_texte(ouverture, &dite, &du_texte),
        None => Vec::new(),
    };
    let du_texte = ouverture.contrat.as_deref().map(|_| du_texte);
    Ok(Projet { verification: avec_le_texte(ouverture, choix, dite, du_texte), exemplaires, manques })
}
