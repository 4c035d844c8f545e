//! The pipeline told in order: files → checked contract → contracts to print → documents → files.
//!
//! What every command that checks or prints shares. It orchestrates the phases and decides nothing of
//! their work; it prints nothing to a terminal.

mod decoupe;
mod fichiers;
mod images;

pub use decoupe::{Morceau, decouper, table_des_morceaux};
pub use fichiers::{ErreurEcriture, ecrire, nom_de_fichier};

use crate::contrat::identifiants::Date;
use crate::contrat::{Contrat, ContratPar, selection};
use crate::document::{Document, Etat, Image};
use crate::lecture::{self, ErreurLecture, Lecture};
use crate::modele::{Catalogue, ErreurModele, Modele};
use crate::redaction::{self, Demande, Redaction};
use crate::remarque::{Position, Remarque, Severite, ordonner};
use crate::rendu;
use crate::schema::{Schema, generation};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

/// The code of a missing value.
pub const CODE_LACUNE: &str = "CPL-001";

/// Why a dossier cannot be printed, beyond what remarks say of the contract.
#[derive(Debug, thiserror::Error)]
pub enum Erreur {
    #[error(transparent)]
    Lecture(#[from] ErreurLecture),
    #[error(transparent)]
    Modele(#[from] ErreurModele),
    #[error("le modèle ne peut pas être appliqué :\n{0}")]
    Redaction(#[from] redaction::Erreur),
    #[error("le PDF ne peut pas être imprimé : {0}")]
    Pdf(#[from] rendu::pdf::Erreur),
    #[error("le document Word ne peut pas être imprimé : {0}")]
    Docx(#[from] rendu::docx::Erreur),
    #[error(transparent)]
    Ecriture(#[from] ErreurEcriture),
    #[error(
        "le gestionnaire « {demande} » n'est pas signataire de ce contrat.\n    À faire : choisissez un gestionnaire signataire : {connus}."
    )]
    GestionnaireInconnu { demande: String, connus: String },
    #[error("« {0} » n'est pas une date.\n    À faire : écrivez l'année, le mois et le jour, par exemple 2026-01-31.")]
    Date(String),
    #[error("défaut du programme, à signaler avec le contrat : {0}")]
    Interne(String),
}

/// What the user chose beside the contract.
#[derive(Debug, Clone, Default)]
pub struct Choix {
    pub etat: Option<Etat>,
    pub modele: Option<String>,
    pub dossier_modeles: Option<PathBuf>,
    pub gestionnaire: Option<String>,
    pub date: Option<String>,
}

/// A contract as it was read: its data, its typed form when the schema accepts it, what is said of it.
#[derive(Debug)]
pub struct Ouverture {
    pub lecture: Lecture,
    /// The data without comments.
    donnees: Value,
    /// `None` when a remark is blocking.
    pub contrat: Option<Contrat>,
    pub remarques: Vec<Remarque>,
}

static SCHEMA: LazyLock<Result<Schema, String>> =
    LazyLock::new(|| Schema::depuis_valeur(generation::schema_contrat()).map_err(|e| e.to_string()));

/// Reads and checks the files of one contract.
pub fn ouvrir(chemins: &[PathBuf]) -> Result<Ouverture, Erreur> {
    let lecture = lecture::lire(chemins)?;
    let schema = SCHEMA.as_ref().map_err(|e| Erreur::Interne(e.clone()))?;
    let mut remarques = lecture.remarques.clone();
    remarques.extend(schema.valider(&lecture.valeur, &|p| lecture.positions.de(p)));
    ordonner(&mut remarques);
    let donnees = lecture::sans_commentaires(&lecture.valeur);
    let contrat = if refuse(&remarques) {
        None
    } else {
        match serde_json::from_value(donnees.clone()) {
            Ok(contrat) => Some(contrat),
            Err(cause) => {
                return Err(Erreur::Interne(format!("le schéma accepte ce que les types refusent ({cause})")));
            }
        }
    };
    Ok(Ouverture { lecture, donnees, contrat, remarques })
}

/// Whether one of the remarks refuses the contract.
pub fn refuse(remarques: &[Remarque]) -> bool {
    remarques.iter().any(|r| r.severite == Severite::Bloquante)
}

/// A contract to print: one of the file's, with its model and its written document.
#[derive(Debug)]
pub struct Exemplaire {
    pub reference: String,
    pub etat: Etat,
    pub modele: Modele,
    pub document: Document,
    /// Missing values and own clauses without a place, as remarks on the file.
    pub remarques: Vec<Remarque>,
}

/// Writes the contracts of a file: one, or one per gestionnaire.
pub fn rediger(ouverture: &Ouverture, choix: &Choix) -> Result<Vec<Exemplaire>, Erreur> {
    let Some(contrat) = &ouverture.contrat else { return Ok(Vec::new()) };
    let donnees = dater(&ouverture.donnees, choix.date.as_deref())?;
    let modele = choisir_modele(contrat, choix)?;
    let logos = images::logos(&donnees, &ouverture.lecture.positions);
    let mut exemplaires = Vec::new();
    for selection in selectionner(&donnees, contrat, choix)? {
        let restreint: Contrat = serde_json::from_value(selection.donnees.clone())
            .map_err(|e| Erreur::Interne(format!("contrat restreint illisible ({e})")))?;
        let ensemble = Ensemble { ouverture, donnees: &donnees, modele: &modele, logos: &logos };
        exemplaires.push(rediger_un(&ensemble, choix, &restreint, &selection)?);
    }
    Ok(exemplaires)
}

/// What the contracts of one file share.
struct Ensemble<'a> {
    ouverture: &'a Ouverture,
    donnees: &'a Value,
    modele: &'a Modele,
    logos: &'a images::Logos,
}

fn rediger_un(
    ensemble: &Ensemble<'_>,
    choix: &Choix,
    contrat: &Contrat,
    selection: &selection::Selection,
) -> Result<Exemplaire, Erreur> {
    let Ensemble { ouverture, donnees, modele, logos } = *ensemble;
    let etat = choix.etat.unwrap_or(match contrat.etat.valeur() {
        Some(crate::contrat::Etat::Definitif) => Etat::Definitif,
        _ => Etat::Projet,
    });
    let images: Vec<(Image, String)> = logos.de(contrat);
    let redaction = redaction::rediger(&Demande {
        contrat,
        donnees: &selection.donnees,
        ensemble: donnees,
        rangs: Some(&selection.rangs),
        modele,
        etat,
        date: date_du_document(contrat),
        logos: &images,
    })?;
    let mut remarques = logos.remarques.clone();
    remarques.extend(manques(&redaction, etat, ouverture));
    ordonner(&mut remarques);
    Ok(Exemplaire {
        reference: contrat.reference.to_string(),
        etat,
        modele: modele.clone(),
        document: redaction.document,
        remarques,
    })
}

/// The date of the document: of the signature, else of the effect, else none.
fn date_du_document(contrat: &Contrat) -> Option<Date> {
    let signature = contrat.signature.valeur().and_then(|s| s.date.valeur().copied());
    signature.or_else(|| contrat.periode.debut.valeur().copied())
}

/// `--date` is the date of signature, whatever the file says.
fn dater(donnees: &Value, date: Option<&str>) -> Result<Value, Erreur> {
    let mut donnees = donnees.clone();
    if let Some(date) = date {
        let date: Date = date.parse().map_err(|_| Erreur::Date(date.to_string()))?;
        if let Value::Object(racine) = &mut donnees {
            let signature = racine.entry("signature").or_insert_with(|| json!({}));
            match signature {
                Value::Object(s) if !s.contains_key(crate::contrat::champ::NON_APPLICABLE) => {
                    s.insert("date".into(), json!(date.iso()));
                }
                autre => *autre = json!({ "date": date.iso() }),
            }
        }
    }
    Ok(donnees)
}

/// The model asked for, else the contract's, else that of the only ARS's region, else the national one.
pub fn choisir_modele(contrat: &Contrat, choix: &Choix) -> Result<Modele, Erreur> {
    let catalogue = catalogue(choix.dossier_modeles.as_deref())?;
    if let Some(id) = &choix.modele {
        return Ok(catalogue.modele(id)?);
    }
    if let Some(modele) = contrat.modele.valeur() {
        return Ok(catalogue.modele(modele.id.as_str())?);
    }
    let ars = contrat.autorites().iter().filter(|a| a.r#type == crate::contrat::parties::TypeAutorite::Ars);
    let regions: Vec<String> = ars.map(|a| a.region.valeur().map(ToString::to_string).unwrap_or_default()).collect();
    Ok(catalogue.modele_de_region(&regions)?)
}

/// The embedded models, with those of a folder if one is given.
pub fn catalogue(dossier: Option<&std::path::Path>) -> Result<Catalogue, ErreurModele> {
    match dossier {
        Some(dossier) => Catalogue::avec_dossier(dossier),
        None => Ok(Catalogue::embarque()),
    }
}

fn selectionner(donnees: &Value, contrat: &Contrat, choix: &Choix) -> Result<Vec<selection::Selection>, Erreur> {
    let signataires: Vec<&str> =
        contrat.gestionnaires().iter().filter(|g| g.mandataire.valeur().is_none()).map(|g| g.id.as_str()).collect();
    let restreindre = |id: &str| {
        selection::restreindre(donnees, contrat, id)
            .ok_or_else(|| Erreur::GestionnaireInconnu { demande: id.to_string(), connus: signataires.join(", ") })
    };
    if let Some(id) = &choix.gestionnaire {
        return Ok(vec![restreindre(id)?]);
    }
    if contrat.contrat_par.valeur() == Some(&ContratPar::Gestionnaire) && !signataires.is_empty() {
        return signataires.iter().map(|id| restreindre(id)).collect();
    }
    Ok(vec![selection::Selection { donnees: donnees.clone(), rangs: BTreeMap::new() }])
}

/// What is missing from a written contract, as remarks: blocking when it was to be definitive.
fn manques(redaction: &Redaction, etat: Etat, ouverture: &Ouverture) -> Vec<Remarque> {
    let severite = match etat {
        Etat::Definitif => Severite::Bloquante,
        Etat::Projet => Severite::Information,
    };
    let position = |pointeur: &str| -> Option<Position> { ouverture.lecture.positions.de(pointeur) };
    let lacunes = redaction.lacunes.iter().map(|lacune| {
        let libelle = lacune.texte.trim_start_matches("[à compléter\u{A0}: ").trim_end_matches(']');
        let pointeur = lacune.pointeur.clone().unwrap_or_default();
        // Without a value to point to, the clause tells where the need comes from.
        let clause = lacune
            .origine
            .as_ref()
            .filter(|_| lacune.pointeur.is_none())
            .map(|o| vec![format!("clause {}, ligne {}", o.fichier, o.ligne)])
            .unwrap_or_default();
        Remarque {
            code: CODE_LACUNE.into(),
            severite,
            position: lacune.pointeur.as_deref().and_then(position),
            message: format!("À compléter : {libelle} ({}).", lacune.partie),
            remede: match &lacune.pointeur {
                Some(p) => format!("renseignez {p}, ou déclarez {{\"non_applicable\": \"motif\"}}."),
                None => "renseignez les données que cette clause imprime.".into(),
            },
            pointeur,
            references: clause,
        }
    });
    let sans_place = redaction.clauses_sans_place.iter().map(|(rang, article)| {
        let pointeur = format!("/clauses_particulieres/{rang}/article");
        Remarque {
            code: "PER-007".into(),
            severite: Severite::Bloquante,
            position: position(&pointeur),
            message: format!("La clause particulière vise l'article « {article} », que ce modèle n'imprime pas."),
            remede: "donnez l'identifiant d'un article du modèle (« perimetre », « litiges », « duree »…).".into(),
            pointeur,
            references: Vec::new(),
        }
    });
    lacunes.chain(sans_place).collect()
}

/// The formats that can be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Pdf,
    Docx,
    Texte,
}

impl Format {
    pub fn extension(self) -> &'static str {
        match self {
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Texte => "txt",
        }
    }
}

/// Prints a document in one format.
pub fn imprimer(document: &Document, format: Format) -> Result<Vec<u8>, Erreur> {
    Ok(match format {
        Format::Pdf => rendu::pdf::rendre(document)?,
        Format::Docx => rendu::docx::rendre(document)?,
        Format::Texte => rendu::texte::rendre(document).into_bytes(),
    })
}
