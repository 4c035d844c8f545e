//! From a contract and a model to the block tree: clauses are chosen, filled, numbered and typeset in words.
//!
//! The one place where the text of a contract comes to be. It must not know any output format; files were
//! read before it.

mod calcule;
mod champs;
mod clauses;
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
mod signatures;
pub mod typographie;

pub use erreurs::Erreur;
pub use fichiers::FichierLu;
pub use impression::mettre_en_forme;
pub use lacunes::LacuneImprimee;
pub use parties::nom_de_partie;

use crate::contrat::Contrat;
use crate::contrat::identifiants::Date;
use crate::document::lint::{self, Defaut};
use crate::document::{Document, Etat, Identite, Image};
use crate::formats;
use crate::modele::Modele;
use crate::modele::manifeste::{Element, Extrait};
use crate::regles::Conforme;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// What is printed: a draft, always; a definitive contract, only with the proof that nothing is blocking.
#[derive(Debug, Clone, Copy)]
pub enum Impression<'a> {
    Projet,
    Definitif(&'a Conforme),
}

impl Impression<'_> {
    pub fn etat(self) -> Etat {
        match self {
            Impression::Projet => Etat::Projet,
            Impression::Definitif(_) => Etat::Definitif,
        }
    }
}

/// Everything that a document is written from.
pub struct Demande<'a> {
    pub contrat: &'a Contrat,
    /// The same contract as JSON, without comments: what templates read.
    pub donnees: &'a Json,
    /// The data before it was restricted to one gestionnaire: shared fiches may name another's establishment.
    pub ensemble: &'a Json,
    /// For a contract restricted to one gestionnaire: which elements of each list were kept.
    pub rangs: Option<&'a BTreeMap<String, Vec<usize>>>,
    pub modele: &'a Modele,
    pub impression: Impression<'a>,
    /// What is to be written.
    pub usage: &'a Usage,
    /// Date of the document: of the signature, else of the effect; a draft may have none.
    pub date: Option<Date>,
    /// The parties' logos with their alternative texts.
    pub logos: &'a [(Image, String)],
    /// The other files that the contract names and that could be read.
    pub fichiers: &'a [FichierLu],
}

/// What is drawn from the data of a contract.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Usage {
    /// The contract itself.
    #[default]
    Contrat,
    /// A simple page per fiche, for the teams.
    Equipes,
    /// The road map of an establishment, by its identifier.
    Etablissement(String),
}

impl Usage {
    /// What the model says of it; nothing for the contract itself.
    pub fn extrait<'m>(&self, modele: &'m Modele) -> Result<Option<&'m Extrait>, Erreur> {
        let extraits = &modele.manifeste.extraits;
        let (extrait, cle) = match self {
            Usage::Contrat => return Ok(None),
            Usage::Equipes => (&extraits.equipes, "equipes"),
            Usage::Etablissement(_) => (&extraits.etablissement, "etablissement"),
        };
        match extrait {
            Some(extrait) => Ok(Some(extrait)),
            None => Err(Erreur::ExtraitAbsent { modele: modele.manifeste.id.to_string(), extrait: cle }),
        }
    }

    fn plan<'m>(&self, modele: &'m Modele) -> Result<&'m [Element], Erreur> {
        Ok(self.extrait(modele)?.map_or(modele.manifeste.plan.as_slice(), |extrait| &extrait.plan))
    }
}

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
