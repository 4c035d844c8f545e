//! A folder → its contracts with how they stand, those that are open, what is no contract; one program at a time works on it.

use super::cles::Cles;
use super::contrat::{Contrat, court};
use super::dit::Dit;
use super::horloge;
use super::mots::Mots;
use super::naissance::{self, Naissance};
use super::poste::Poste;
use super::refus::Refus;
use crate::compte_rendu::Bilan;
use crate::dossier::joints::{CONTRAT, PROVENANCE};
use crate::dossier::registre::{ErreurRegistre, Registre};
use crate::dossier::{self, Choix, Ouverture, Projet, motif_d_ecriture};
use crate::echanges::{self, DossierPdf, Extraction};
use crate::http::probleme::Genre;
use crate::lot;
use crate::modele::{Catalogue, ErreurModele};
use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// What the workshop keeps beside the contracts; nothing of them is in it, and it may be deleted.
const A_PART: &str = ".cpom";
const VERROU: &str = "verrou";
const A_IGNORER: &str = ".gitignore";

/// A folder that the workshop has open.
pub struct Dossier {
    racine: PathBuf,
    catalogue: Arc<Catalogue>,
    ouverts: Mutex<BTreeMap<String, Arc<Poste>>>,
    /// How the contracts of files stood, when these were as they are.
    vus: Mutex<Vus>,
    verrou: Mutex<Registre>,
}

/// Where a workshop was last held on a folder: the pages that are still open look for it there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ancienne {
    pub port: u16,
    pub cle: String,
}

impl Ancienne {
    /// « http://127.0.0.1:4700/?cle=… ».
    fn lire(adresse: &str) -> Option<Self> {
        let (port, cle) = adresse.trim().strip_prefix(DEBUT)?.split_once("/?cle=")?;
        let juste = cle.len() == 32 && cle.bytes().all(|octet| octet.is_ascii_hexdigit());
        Some(Ancienne { port: port.parse().ok()?, cle: juste.then(|| cle.to_owned())? })
    }
}

const DEBUT: &str = "http://127.0.0.1:";

/// When a file was last written, and how long it is.
type Empreinte = Option<(i64, u64)>;

type Vus = BTreeMap<Vec<PathBuf>, (Vec<Empreinte>, Compte)>;

/// How a contract stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Compte {
    pub reference: String,
    pub titre: String,
    pub gestionnaires: Vec<String>,
    pub modele: String,
    pub modele_titre: String,
    pub etat: String,
    pub bloquantes: usize,
    pub alertes: usize,
    /// What is to be done before it can be signed.
    pub reste: usize,
}

/// A line of the home.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LigneDAccueil {
    pub id: String,
    #[serde(flatten)]
    pub compte: Compte,
    /// Seconds since 1970.
    pub modifie: i64,
    pub fichiers: Vec<String>,
}

/// What is beside the contracts and is none.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct APart {
    pub fichier: String,
    pub message: String,
    pub a_faire: String,
}

/// The home.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Accueil {
    pub dossier: String,
    pub contrats: Vec<LigneDAccueil>,
    pub a_part: Vec<APart>,
}

/// A printed PDF that is a contract of the folder again.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ContratRouvert {
    pub id: String,
    /// What of the PDF is not the contract that was printed.
    pub reserves: Vec<String>,
}

/// Why a folder cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ErreurDossier {
    #[error(
        "« {dossier} » n'est pas un dossier que l'atelier peut ouvrir : {motif}.\n    À faire : donnez un dossier à vous, où écrire."
    )]
    Acces { dossier: String, motif: String },
    #[error("un autre atelier est ouvert sur « {dossier} »{ou}.\n    À faire : employez sa page, ou fermez-le.")]
    DejaOuvert { dossier: String, ou: String, adresse: Option<String> },
    #[error(transparent)]
    Modele(#[from] ErreurModele),
}

impl Dossier {
    /// Takes a folder for this program; where the last one was.
    pub fn ouvrir(racine: &Path, catalogue: Arc<Catalogue>) -> Result<(Self, Option<Ancienne>), ErreurDossier> {
        let nom = racine.display().to_string();
        let acces =
            |erreur: &std::io::Error| ErreurDossier::Acces { dossier: nom.clone(), motif: motif_d_ecriture(erreur) };
        if !racine.is_dir() {
            let motif = if racine.exists() { "c'est un fichier" } else { "il n'existe pas" }.to_owned();
            return Err(ErreurDossier::Acces { dossier: nom, motif });
        }
        let a_part = racine.join(A_PART);
        if std::fs::symlink_metadata(&a_part).is_ok_and(|etat| !etat.is_dir()) {
            let motif = format!("« {A_PART} » n'y est pas un dossier");
            return Err(ErreurDossier::Acces { dossier: nom, motif });
        }
        std::fs::create_dir_all(&a_part).map_err(|e| acces(&e))?;
        let chemin = a_part.join(VERROU);
        let (verrou, lignes) = match Registre::prendre(&chemin, true) {
            Ok(tenu) => tenu,
            Err(ErreurRegistre::DejaPris) => {
                let lue = crate::lecture::ouverture::lire(&chemin, 400).ok().and_then(|o| String::from_utf8(o).ok());
                let adresse = lue.map(|texte| texte.trim().to_owned()).filter(|texte| Ancienne::lire(texte).is_some());
                let ou = adresse.as_ref().map(|a| format!(", à l'adresse {a}")).unwrap_or_default();
                return Err(ErreurDossier::DejaOuvert { dossier: nom, ou, adresse });
            }
            Err(ErreurRegistre::Lien) => {
                return Err(ErreurDossier::Acces { dossier: nom, motif: ErreurRegistre::Lien.to_string() });
            }
            Err(ErreurRegistre::Acces(e)) => return Err(acces(&e)),
        };
        if !a_part.join(A_IGNORER).exists() {
            dossier::ecrire(&a_part, A_IGNORER, b"*\n")
                .map_err(|e| ErreurDossier::Acces { dossier: nom.clone(), motif: e.to_string() })?;
        }
        let ancienne = String::from_utf8(lignes).ok().and_then(|texte| Ancienne::lire(texte.lines().last()?));
        let (ouverts, vus, verrou) = (Mutex::default(), Mutex::default(), Mutex::new(verrou));
        Ok((Dossier { racine: racine.to_path_buf(), catalogue, ouverts, vus, verrou }, ancienne))
    }

    /// Says where this workshop is held, to whoever comes next.
    pub fn annoncer(&self, adresse: &str) -> Result<(), ErreurDossier> {
        let mut verrou = self.verrou.lock().unwrap_or_else(PoisonError::into_inner);
        verrou.couper(0).and_then(|()| verrou.ajouter(adresse)).map_err(|e| ErreurDossier::Acces {
            dossier: self.racine.display().to_string(),
            motif: motif_d_ecriture(&e),
        })
    }

    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// The contracts of the folder, and what is beside them.
    pub fn accueil(&self) -> Accueil {
        let (mut contrats, mut a_part) = (Vec::new(), Vec::new());
        for entree in self.entrees() {
            let fichiers: Vec<String> = entree.fichiers.iter().map(|f| self.relatif(f)).collect();
            let noms = fichiers.join(", ");
            if let Some(moitie) = &entree.moitie {
                a_part.push(APart::de(&noms, &moitie.to_string()));
                continue;
            }
            if let Some(autre) = &entree.homonyme {
                let message = format!("il porte la référence « {} », comme {autre}", entree.reference);
                let a_faire = "changez l'une des références, ou rangez les deux fichiers dans un même dossier s'ils sont un seul contrat.";
                a_part.push(APart { fichier: noms, message, a_faire: a_faire.into() });
                continue;
            }
            match self.compter(&entree.fichiers) {
                Ok(compte) => contrats.push(LigneDAccueil {
                    id: self.id(&entree.fichiers),
                    compte,
                    modifie: entree.fichiers.iter().filter_map(|f| horloge::modifie(f)).max().unwrap_or_default(),
                    fichiers,
                }),
                Err(erreur) => a_part.push(APart::de(&noms, &erreur)),
            }
        }
        contrats.sort_by(|a, b| b.modifie.cmp(&a.modifie).then_with(|| a.compte.reference.cmp(&b.compte.reference)));
        let dossier = self.racine.canonicalize().ok().map(|r| court(&r)).filter(|nom| !nom.is_empty());
        Accueil { dossier: dossier.unwrap_or_else(|| self.racine.display().to_string()), contrats, a_part }
    }

    /// A contract, opened if it is not yet.
    pub fn poste(&self, id: &str) -> Result<Arc<Poste>, Refus> {
        let mut ouverts = self.ouverts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(poste) = ouverts.get(id) {
            return Ok(Arc::clone(poste));
        }
        let entrees = self.entrees().into_iter().filter(|e| e.moitie.is_none() && e.homonyme.is_none());
        let fichiers = entrees.map(|e| e.fichiers).find(|fichiers| self.id(fichiers) == id).ok_or_else(|| {
            Refus::nouveau(
                Genre::Introuvable,
                "Ce contrat n'est plus dans le dossier.",
                "revenez à la liste des contrats : ses fichiers ont peut-être été déplacés ou renommés.",
            )
        })?;
        let historique = self.racine.join(A_PART).join(format!("historique-{id}.jsonl"));
        let poste = Poste::ouvrir(Contrat::ouvrir(fichiers, &historique, Arc::clone(&self.catalogue))?);
        ouverts.insert(id.to_owned(), Arc::clone(&poste));
        Ok(poste)
    }

    /// A new contract in the folder; what it is called in the addresses.
    pub fn naitre(&self, demande: &Naissance) -> Result<String, Refus> {
        let nee = naissance::composer(demande, &self.catalogue)?;
        let fichier = self.racine.join(&nee.fichier);
        dossier::ecrire_nouveau(&fichier, nee.texte.as_bytes(), false)?;
        Ok(self.id(&[fichier]))
    }

    /// The contract of a printed PDF, put back in a folder of its own; what it is called in the addresses, and what is to be
    /// said of the PDF.
    pub fn rouvrir(&self, nom: &str, octets: Vec<u8>) -> Result<ContratRouvert, Refus> {
        let pdf = DossierPdf::lire(nom, octets).map_err(dossier::Erreur::from)?;
        let Extraction { fichiers, reserves } = echanges::extraire(&pdf).map_err(dossier::Erreur::from)?;
        let contrat = fichiers.iter().find(|extrait| extrait.chemin == CONTRAT);
        let lu = contrat.and_then(|extrait| serde_json::from_slice::<serde_json::Value>(&extrait.octets).ok());
        let reference = lu.as_ref().and_then(|lu| lu.get("reference")?.as_str()).unwrap_or_default();
        if self.entrees().iter().any(|entree| entree.reference == reference) {
            return Err(Refus::nouveau(
                Genre::Choix,
                format!("Le dossier a déjà un contrat de référence « {reference} »."),
                "ouvrez celui-là ; ou rangez-le ailleurs, puis recommencez.",
            ));
        }
        let base = dossier::nom_de_fichier(nom.rsplit_once('.').map_or(nom, |(debut, _)| debut));
        let libre = |n: usize| if n == 1 { base.clone() } else { format!("{base}-{n}") };
        let ici = (1..1000).map(libre).map(|n| self.racine.join(n)).find(|c| std::fs::symlink_metadata(c).is_err());
        let plein = || Refus::nouveau(Genre::Choix, "Ce PDF a déjà été ouvert mille fois ici.", "faites le ménage.");
        let ici = ici.ok_or_else(plein)?;
        // What the PDF says of its printing is no part of the contract.
        for extrait in fichiers.iter().filter(|extrait| extrait.chemin != PROVENANCE) {
            dossier::ecrire_nouveau(&ici.join(&extrait.chemin), &extrait.octets, false)?;
        }
        Ok(ContratRouvert { id: self.id(&[ici.join(CONTRAT)]), reserves })
    }

    /// The contracts to be printed, opened one after the other; why those that are none are not.
    pub fn a_imprimer(&self) -> impl Iterator<Item = Result<(String, Ouverture), (String, String)>> + '_ {
        self.entrees().into_iter().map(|entree| {
            let noms = || entree.fichiers.iter().map(|f| self.relatif(f)).collect::<Vec<_>>().join(", ");
            let premiere = |texte: &str| texte.split("\n").next().unwrap_or_default().trim().to_owned();
            if let Some(moitie) = &entree.moitie {
                return Err((noms(), premiere(&moitie.to_string())));
            }
            if let Some(autre) = &entree.homonyme {
                return Err((noms(), format!("il porte la même référence que {autre}")));
            }
            match dossier::ouvrir(&entree.fichiers) {
                Ok(ouverture) => Ok((entree.reference.clone(), ouverture)),
                Err(erreur) => Err((noms(), premiere(&dossier::Erreur::from(erreur).to_string()))),
            }
        })
    }

    fn entrees(&self) -> Vec<lot::Entree> {
        // An empty folder is where one begins.
        lot::chercher(std::slice::from_ref(&self.racine), &self.racine.join(A_PART)).unwrap_or_default()
    }

    fn relatif(&self, fichier: &Path) -> String {
        fichier.strip_prefix(&self.racine).unwrap_or(fichier).to_string_lossy().replace('\\', "/")
    }

    /// Twelve digits that are the same as long as its first file has its name.
    fn id(&self, fichiers: &[PathBuf]) -> String {
        let premier = fichiers.first().map(|f| self.relatif(f)).unwrap_or_default();
        Sha256::digest(premier.as_bytes()).iter().take(6).map(|octet| format!("{octet:02x}")).collect()
    }

    /// How a contract stands; looked at again when one of its files has changed.
    fn compter(&self, fichiers: &[PathBuf]) -> Result<Compte, String> {
        let etat = |f: &PathBuf| std::fs::metadata(f).ok().map(|m| (horloge::modifie(f).unwrap_or_default(), m.len()));
        let etats: Vec<Empreinte> = fichiers.iter().map(etat).collect();
        let vus = || self.vus.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((connus, compte)) = vus().get(fichiers)
            && *connus == etats
        {
            return Ok(compte.clone());
        }
        let ouverture = dossier::ouvrir(fichiers).map_err(|e| dossier::Erreur::from(e).to_string())?;
        let choix = Choix { charges: Some(Arc::clone(&self.catalogue)), ..Choix::default() };
        let projet = dossier::projet(&ouverture, &choix).map_err(|e| e.to_string())?;
        let compte = Compte::de(&ouverture, &projet);
        vus().insert(fichiers.to_vec(), (etats, compte.clone()));
        Ok(compte)
    }
}

impl Compte {
    fn de(ouverture: &Ouverture, projet: &Projet) -> Self {
        let donnees = &ouverture.donnees;
        let bilan = Bilan::de(&projet.verification.rapport.remarques);
        let dit = Dit::du_projet(projet, &Cles::de(&ouverture.lecture.valeur), &Mots::de(donnees));
        let mot = |pointeur: &str| donnees.pointer(pointeur).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
        let gestionnaires = donnees.pointer("/parties/gestionnaires").and_then(|v| v.as_array());
        let nom = |g: &serde_json::Value| g.get("nom").and_then(|v| v.as_str()).map(str::to_owned);
        Compte {
            reference: mot("/reference"),
            titre: mot("/intitule"),
            gestionnaires: gestionnaires.into_iter().flatten().filter_map(nom).collect(),
            modele: mot("/modele/id"),
            modele_titre: projet.verification.modele.manifeste.nom.clone(),
            etat: Some(mot("/etat")).filter(|etat| !etat.is_empty()).unwrap_or_else(|| "projet".into()),
            bloquantes: bilan.bloquantes,
            alertes: bilan.alertes,
            reste: dit.reste(),
        }
    }
}

impl APart {
    /// A message of the command line says what to do on its own line.
    fn de(fichier: &str, message: &str) -> Self {
        let (message, a_faire) =
            message.split_once("\n    À faire : ").unwrap_or((message, "corrigez ce fichier là où il a été écrit."));
        APart { fichier: fichier.to_owned(), message: message.trim().to_owned(), a_faire: a_faire.to_owned() }
    }
}
