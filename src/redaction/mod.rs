//! From a contract and a model to the block tree: clauses are chosen, filled, numbered and typeset in words.
//!
//! The one place where the text of a contract comes to be. It must not know any output format; files were
//! read before it.

mod calcule;
mod champs;
mod clauses;
mod demande;
mod droit;
mod emphase;
mod environnement;
mod erreurs;
pub mod examen;
mod fichiers;
mod fonctions;
mod impression;
mod jetons;
mod lacunes;
mod markdown;
mod objets;
mod parties;
mod plan;
mod prose;
mod sans_objet;
mod signatures;
mod tri;
pub mod typographie;
mod visas;

pub use demande::{Demande, Impression, Usage};
pub use erreurs::Erreur;
pub use fichiers::FichierLu;
pub use impression::mettre_en_forme;
pub use lacunes::LacuneImprimee;
pub use parties::nom_de_partie;

use crate::contrat::identifiants::Date;
use crate::document::lint::{self, Defaut};
use crate::document::{Document, Identite};
use crate::formats;
use std::collections::BTreeMap;

/// A written document and what is missing from it.
#[derive(Debug)]
pub struct Redaction {
    pub document: Document,
    /// The gaps, once each, in the order of the document.
    pub lacunes: Vec<LacuneImprimee>,
    /// Own clauses of the contract that found no article: index in the contract, article asked for.
    pub clauses_sans_place: Vec<(usize, String)>,
    /// What a reader who hears the document, or a signatory, would stumble on.
    pub defauts: Vec<Defaut>,
}

/// Writes the document of a contract.
pub fn rediger(demande: &Demande<'_>) -> Result<Redaction, Erreur> {
    let atelier = clauses::Ecriture::preparer(demande)?;
    let clauses::Ecrit { parties, clauses_sans_place } = atelier.parties()?;
    let (pieces, images, _) = fichiers::preparer(demande.fichiers, demande.logos.len());
    let mut document = Document {
        identite: identite(demande, atelier.titre_de_l_extrait()?),
        parties,
        images: demande.logos.iter().map(|(image, _)| image.clone()).chain(images).collect(),
        pieces,
        joints: Vec::new(),
        champs: BTreeMap::new(),
    };
    document.champs = champs::relever(&document, demande.ensemble);
    typographie::appliquer(&mut document);
    let lacunes = lacunes::relever(&document);
    // Only the contract is signed.
    let signataires: Vec<String> = match demande.usage {
        Usage::Contrat => demande.contrat.signataires().iter().map(|s| s.id().to_string()).collect(),
        _ => Vec::new(),
    };
    let defauts = lint::controler(&document, &signataires);
    Ok(Redaction { document, lacunes, clauses_sans_place, defauts })
}

fn identite(demande: &Demande<'_>, extrait: Option<String>) -> Identite {
    let contrat = demande.contrat;
    let auteurs: Vec<String> = contrat
        .autorites()
        .iter()
        .filter_map(|a| parties::nom_autorite(a).nom)
        .map(|nom| formats::majuscule(&jetons::purger(&nom)))
        .collect();
    let titre = extrait.or_else(|| Some(contrat.intitule.valeur()?.to_string()));
    let titre = titre.map_or_else(|| "Contrat pluriannuel d'objectifs et de moyens".into(), |t| jetons::purger(&t));
    let empreinte: String = demande.modele.empreinte.chars().take(12).collect();
    Identite {
        reference: jetons::purger(contrat.reference.as_str()).replace('\n', " "),
        titre: titre.replace('\n', " "),
        auteur: auteurs.join(" ; "),
        etat: demande.impression.etat(),
        date: demande.date.map(Date::iso).unwrap_or_default(),
        producteur: format!(
            "cpom {}, modèle {} ({empreinte})",
            env!("CARGO_PKG_VERSION"),
            demande.modele.designation()
        ),
    }
}
