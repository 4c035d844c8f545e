//! The pipeline told in order: files → checked contract → contracts to print → documents → files.
//!
//! What every command that checks or prints shares. It orchestrates the phases and decides nothing of
//! their work; it prints nothing to a terminal.

pub mod bibliotheque;
mod caracteres;
mod completude;
mod copie;
mod decoupe;
mod ecriture;
pub mod essai;
mod exemplaires;
mod fichiers;
pub mod gabarit;
mod impression;
pub mod joints;
mod lacunes;
pub mod pieces;
mod place;
mod rapport;
pub mod signature;
mod verification;

pub use completude::completude;
pub use copie::copier_modele;
pub use decoupe::{Morceau, decouper, table_des_morceaux};
pub use ecriture::{
    EN_COURS, ErreurEcriture, ecrire, ecrire_ensemble, ecrire_fichier, epargner, motif_d_ecriture, nettoyer, reecrire,
};
pub use exemplaires::{Exemplaire, rediger};
pub use fichiers::{lire_dossier, nom_de_fichier, sources};
pub use gabarit::{gabarit_de, lire_gabarit};
pub use impression::{Fichier, emballer, fichiers, imprimer_tout, noms_attendus, sur_un_fil};
pub use place::est_la;
pub use rapport::{Forme, ecrire_rapport, rapport_illisible};
pub use verification::{Verification, verifier};

use crate::compte_rendu::{CompteRendu, Source};
use crate::contrat::Contrat;
use crate::contrat::identifiants::Date;
use crate::document::{Document, Etat};
use crate::lecture::{self, ErreurLecture, Lecture};
use crate::modele::{Catalogue, ErreurModele, Modele};
use crate::redaction::{self, Usage};
use crate::remarque::{Remarque, Severite, ordonner};
use crate::rendu;
use crate::schema::{Schema, generation};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

/// The code of a clause that would make the document hard to read aloud, or to sign.
pub const CODE_DEFAUT: &str = "ACC-001";
/// The code of a missing value.
pub const CODE_LACUNE: &str = "CPL-001";
/// The code of a name that names nothing; here an article that the model does not print.
const CODE_RENVOI: &str = "PER-007";

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
    #[error("le gabarit « {nom} » ne peut pas servir : {source}")]
    Gabarit { nom: String, source: rendu::docx::GabaritRefuse },
    #[error("le document Word ne peut pas être imprimé : {0}")]
    Docx(#[from] rendu::docx::Erreur),
    #[error(transparent)]
    Ecriture(#[from] ErreurEcriture),
    #[error(
        "le gestionnaire « {demande} » n'est pas signataire de ce contrat.\n    À faire : choisissez un gestionnaire signataire : {connus}."
    )]
    GestionnaireInconnu { demande: String, connus: String },
    #[error(
        "l'établissement « {demande} » n'est pas dans le périmètre de ce contrat.\n    À faire : choisissez parmi : {connus}."
    )]
    EtablissementInconnu { demande: String, connus: String },
    #[error(
        "la règle « {demande} » n'existe pas ; vouliez-vous dire « {proche} » ?\n    À faire : « cpom regles » donne la liste."
    )]
    RegleInconnue { demande: String, proche: String },
    #[error(
        "l'objectif « {demande} » n'est pas dans la bibliothèque du modèle « {modele} »{proche}\n    À faire : « cpom bibliotheque lister --modele {modele} » donne la liste."
    )]
    ObjectifInconnu { demande: String, modele: String, proche: String },
    #[error(
        "« {fichier} » n'est pas complété : {motif}.\n    À faire : corrigez le fichier, ou choisissez un autre objectif ; rien n'a été écrit."
    )]
    AjoutRefuse { fichier: String, motif: String },
    #[error("le modèle ne peut pas être copié dans « {dossier} » : {motif}.\n    À faire : donnez un autre dossier.")]
    CopieRefusee { dossier: String, motif: String },
    #[error(
        "le contrat est en plusieurs fichiers : les valeurs ne peuvent pas y être écrites.\n    À faire : reportez-les là où la liste l'indique (fichier et ligne)."
    )]
    PlusieursFichiers,
    #[error(
        "le contrat n'a aucune fiche action : il n'y a rien à imprimer pour les équipes.\n    À faire : ajoutez des fiches (« fiches_actions »)."
    )]
    SansFiche,
    #[error(
        "le contrat est conclu par plusieurs gestionnaires : {0}.\n    À faire : choisissez-en un avec « --gestionnaire »."
    )]
    GestionnaireNecessaire(String),
    #[error("la famille « {demande} » n'existe pas.\n    À faire : choisissez parmi : {connues}.")]
    FamilleInconnue { demande: String, connues: String },
    #[error("le rapport en {0} demande un fichier.\n    À faire : ajoutez « --sortie rapport.{0} ».")]
    SortieNecessaire(String),
    #[error(
        "« --pour {0} » n'est pas compris.\n    À faire : écrivez « --pour equipes », ou « --pour etablissement » suivi de l'identifiant de l'établissement."
    )]
    Lecteurs(String),
    #[error("« {0} » n'est pas une date.\n    À faire : écrivez l'année, le mois et le jour, par exemple 2026-01-31.")]
    Date(String),
    #[error(
        "le contrat porte des remarques bloquantes : il ne peut être imprimé comme définitif.\n    À faire : corrigez-les, ou imprimez un projet."
    )]
    NonConforme,
    #[error(
        "la référence « {reference} » est aussi celle de {autre} : les deux dossiers porteraient le même nom.\n    À faire : changez l'une des références, ou imprimez-les dans deux dossiers."
    )]
    MemeReference { reference: String, autre: String },
    /// Of a phase that comes after this one.
    #[error(transparent)]
    Suite(Box<dyn std::error::Error + Send + Sync>),
    #[error("{0}")]
    Echange(String),
    #[error("défaut du programme, à signaler avec le contrat : {0}")]
    Interne(String),
}

impl Erreur {
    /// A fault of the program, that the user can do nothing about.
    pub fn est_un_defaut(&self) -> bool {
        use rendu::pdf::Erreur as Pdf;
        matches!(
            self,
            Erreur::Interne(_)
                | Erreur::Docx(_)
                | Erreur::Pdf(Pdf::ImageAbsente { .. } | Pdf::Conformite { .. } | Pdf::Composition { .. })
        )
    }
}

/// What the user chose beside the contract.
#[derive(Debug, Clone, Default)]
pub struct Choix {
    pub etat: Option<Etat>,
    pub modele: Option<String>,
    pub dossier_modeles: Option<PathBuf>,
    /// The models, when they were loaded before: no folder is then read.
    pub charges: Option<Arc<Catalogue>>,
    pub gestionnaire: Option<String>,
    pub date: Option<String>,
    /// Alerts refuse the contract too.
    pub strict: bool,
    /// What the files carry beside the words.
    pub options: rendu::Options,
    /// What is printed from the contract.
    pub pour: Usage,
}

impl Choix {
    /// The models to choose from.
    pub fn catalogue(&self) -> Result<Arc<Catalogue>, ErreurModele> {
        match &self.charges {
            Some(charges) => Ok(Arc::clone(charges)),
            None => catalogue(self.dossier_modeles.as_deref()).map(Arc::new),
        }
    }
}

/// A contract as it was read: its data, its typed form when the schema accepts it, what is said of it.
#[derive(Debug)]
pub struct Ouverture {
    pub lecture: Lecture,
    /// The data without comments.
    pub donnees: Value,
    /// `None` when a remark is blocking.
    pub contrat: Option<Contrat>,
    pub remarques: Vec<Remarque>,
    /// Where the files that it names are.
    source: pieces::Source,
    /// When the contract was read out of a printed dossier: how that one was printed, and its report.
    reprise: Option<joints::Provenance>,
    rapport_joint: Option<Arc<[u8]>>,
}

static SCHEMA: LazyLock<Result<Schema, String>> =
    LazyLock::new(|| Schema::depuis_valeur(generation::schema_contrat()).map_err(|e| e.to_string()));

/// Reads and checks the files of one contract.
pub fn ouvrir(chemins: &[PathBuf]) -> Result<Ouverture, Erreur> {
    examiner(lecture::lire(chemins)?)
}

/// Checks files that came without a disk, with those that the contract names, by their path.
pub fn ouvrir_recus(fichiers: Vec<lecture::Fichier>, nommes: BTreeMap<String, Arc<[u8]>>) -> Result<Ouverture, Erreur> {
    let ouverture = examiner(lecture::lire_fichiers(fichiers)?)?;
    Ok(Ouverture { source: pieces::Source::Recus(nommes), ..ouverture })
}

/// Reads a contract again out of a printed dossier, to print it as it was.
pub fn rouvrir(
    contrat: lecture::Fichier,
    provenance: joints::Provenance,
    fichiers: BTreeMap<String, Arc<[u8]>>,
    rapport: Option<Arc<[u8]>>,
) -> Result<Ouverture, Erreur> {
    let ouverture = examiner(lecture::lire_fichiers(vec![contrat])?)?;
    let source = pieces::Source::Joints(fichiers);
    Ok(Ouverture { source, reprise: Some(provenance), rapport_joint: rapport, ..ouverture })
}

/// Checks what was read against the schema.
pub fn examiner(mut lecture: Lecture) -> Result<Ouverture, Erreur> {
    let schema = SCHEMA.as_ref().map_err(|e| Erreur::Interne(e.clone()))?;
    pieces::annoncer(&lecture.valeur);
    let mut remarques = caracteres::alleger(&mut lecture);
    remarques.extend(lecture.remarques.iter().cloned());
    remarques.extend(schema.valider(&lecture.valeur, &|p| lecture.positions.de(p)));
    lacunes::nommer(&mut remarques, &lecture.valeur);
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
    let source = pieces::Source::default();
    Ok(Ouverture { lecture, donnees, contrat, remarques, source, reprise: None, rapport_joint: None })
}

/// Whether one of the remarks refuses the contract.
pub fn refuse(remarques: &[Remarque]) -> bool {
    remarques.iter().any(|r| r.severite == Severite::Bloquante)
}

/// Whether a contract may be printed: what the schema refuses never, what a rule refuses as a draft only.
pub fn imprimable(ouverture: &Ouverture, verification: &Verification, compte_rendu: &CompteRendu) -> bool {
    ouverture.contrat.is_some() && (verification.etat == Etat::Projet || !compte_rendu.refuse)
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
    let catalogue = choix.catalogue()?;
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

/// The report on an opened and verified contract.
pub fn compte_rendu(ouverture: &Ouverture, verification: &Verification) -> CompteRendu {
    CompteRendu::nouveau(&Source {
        rapport: &verification.rapport,
        modele: &verification.modele,
        etat: verification.etat,
        fichiers: ouverture.lecture.fichiers.iter().map(|f| f.nom.clone()).collect(),
        donnees: &verification.donnees,
        contrat: ouverture.contrat.as_ref(),
        lacunes: verification.lacunes,
        definitif_refuse: verification.definitif_refuse,
    })
}

/// The whole report on an opened contract, with what it lacks if that is asked for.
pub fn controler(ouverture: &Ouverture, choix: &Choix, avec_completude: bool) -> Result<CompteRendu, Erreur> {
    let verification = verifier(ouverture, choix)?;
    let mut sortie = compte_rendu(ouverture, &verification);
    if avec_completude {
        sortie.completude = Some(completude(ouverture, choix, &verification)?);
    }
    Ok(sortie)
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
pub fn imprimer(document: &Document, format: Format, options: &rendu::Options) -> Result<Vec<u8>, Erreur> {
    Ok(match format {
        Format::Pdf => rendu::pdf::rendre(document, options.pdf)?.octets,
        Format::Docx => rendu::docx::rendre(document, &options.docx)?,
        Format::Texte => rendu::texte::rendre(document).into_bytes(),
    })
}
