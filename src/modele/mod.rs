//! From folders of templates to a regional model ready to write with: manifest, inheritance, clauses.
//!
//! Models come in here only: the embedded ones, or those of a folder given by the user. It knows no
//! contract and renders nothing.

pub mod bibliotheque;
pub mod manifeste;
pub mod sommaire;
pub mod tableau;
pub mod visas;

use crate::lecture::{self, Fichier};
use crate::schema::{Schema, generation};
use bibliotheque::Bibliotheque;
use include_dir::{Dir, include_dir};
use manifeste::{Element, Manifeste};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, OnceLock};

static EMBARQUES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// The name of the manifest in a model's folder.
pub const MANIFESTE: &str = "modele.json";
/// The name of its library, when it is not in the manifest.
pub const BIBLIOTHEQUE: &str = "bibliotheque.json";
/// The name of what it adds to a starting contract.
pub const DEPART: &str = "depart.json";
/// A word for the authors of a folder; no clause.
const LISEZ_MOI: &str = "README.md";
/// The folder of the common base.
pub const COMMUN: &str = "commun";
const PROFONDEUR_MAX: usize = 8;
const TAILLE_MAX: u64 = 4 << 20;

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ErreurModele {
    #[error("le modèle « {id} » n'existe pas.\n    À faire : choisissez parmi : {disponibles}.")]
    Inconnu { id: String, disponibles: String },
    #[error("le fichier de modèle « {fichier} » n'est pas lisible :\n{cause}")]
    Fichier { fichier: String, cause: String },
    #[error("{chemin} : {cause}")]
    Lecture { chemin: String, cause: String },
    #[error("le modèle « {0} » hérite de lui-même, directement ou non ; corrigez la clé « herite » de son manifeste")]
    Boucle(String),
    #[error(
        "le modèle « {id} » hérite de « {parent} », qui n'existe pas ; dossiers disponibles : {disponibles} (« commun » est celui du modèle national)"
    )]
    ParentInconnu { id: String, parent: String, disponibles: String },
    #[error(
        "plusieurs ARS sont parties au contrat : le modèle ne peut être déduit ; indiquez-le par la clé « modele » du contrat ou par l'option --modele"
    )]
    ChoixNecessaire,
}

/// A folder of templates, in memory: path inside the folder → text.
#[derive(Debug, Clone)]
struct Dossier {
    nom: String,
    fichiers: BTreeMap<String, String>,
    /// Read from a folder of the user rather than from the program.
    local: bool,
}

/// A model ready for use: its manifest completed by its ancestors', its clauses, its checksum.
#[derive(Debug, Clone)]
pub struct Modele {
    pub manifeste: Manifeste,
    /// From the model itself to its farthest ancestor.
    lignee: Vec<Arc<Dossier>>,
    /// Identifiers of the plan elements of the whole lineage.
    pub reperes: BTreeSet<String>,
    /// SHA-256 of all the files of the lineage, in hexadecimal.
    pub empreinte: String,
    /// Whether any folder of the lineage comes from the user.
    pub local: bool,
}

/// The models that can be chosen, by identifier.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    dossiers: BTreeMap<String, Arc<Dossier>>,
    /// The models, once they were read: copies of a catalogue share them.
    lus: Arc<OnceLock<Vec<Modele>>>,
}

/// The models that the program carries, read once.
static EMBARQUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::lire_les_embarques);

impl Catalogue {
    /// The models that the program carries.
    pub fn embarque() -> Self {
        EMBARQUE.clone()
    }

    fn lire_les_embarques() -> Self {
        let mut catalogue = Catalogue::default();
        for dossier in EMBARQUES.dirs() {
            let mut fichiers = BTreeMap::new();
            rassembler(dossier, dossier.path(), &mut fichiers);
            if fichiers.contains_key(MANIFESTE) {
                let nom = dossier.path().to_string_lossy().into_owned();
                catalogue.ajouter(Dossier { nom, fichiers, local: false });
            }
        }
        catalogue
    }

    /// Adds a folder, or puts it in the place of the one that has its name.
    fn ajouter(&mut self, dossier: Dossier) {
        self.dossiers.insert(dossier.nom.clone(), Arc::new(dossier));
        self.lus = Arc::default();
    }

    /// The embedded models, completed or replaced by the folders found in `racine`.
    pub fn avec_dossier(racine: &Path) -> Result<Self, ErreurModele> {
        let mut catalogue = Self::embarque();
        let lecture = |cause: std::io::Error| ErreurModele::Lecture {
            chemin: racine.display().to_string(),
            cause: format!("le dossier des modèles ne peut être lu ({})", crate::lecture::acces(&cause).0),
        };
        let mut entrees: Vec<PathBuf> =
            std::fs::read_dir(racine).map_err(lecture)?.filter_map(Result::ok).map(|e| e.path()).collect();
        entrees.sort();
        let mut trouves = 0;
        for chemin in entrees.iter().filter(|c| c.join(MANIFESTE).is_file()) {
            let nom = chemin.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            let mut fichiers = BTreeMap::new();
            lire_dossier(chemin, chemin, 0, &mut fichiers)?;
            catalogue.ajouter(Dossier { nom, fichiers, local: true });
            trouves += 1;
        }
        if trouves == 0 {
            return Err(ErreurModele::Lecture {
                chemin: racine.display().to_string(),
                cause: "ce dossier ne contient aucun modèle ; il doit contenir un dossier par modèle, avec son « modele.json »".into(),
            });
        }
        Ok(catalogue)
    }

    /// The embedded models and one folder of the user, and that model.
    pub fn avec_modele(dossier: &Path) -> Result<(Self, Modele), ErreurModele> {
        let nom = dossier.canonicalize().ok().and_then(|d| Some(d.file_name()?.to_string_lossy().into_owned()));
        let erreur = |cause: &str| ErreurModele::Lecture { chemin: dossier.display().to_string(), cause: cause.into() };
        let nom = nom.ok_or_else(|| erreur("ce dossier n'existe pas"))?;
        if !dossier.join(MANIFESTE).is_file() {
            return Err(erreur("ce dossier n'est pas un modèle : il n'a pas de fichier « modele.json »"));
        }
        let mut catalogue = Self::embarque();
        // A parent beside it comes before that of the program, as with a folder of models.
        let (mut ici, mut courant) = (dossier.to_path_buf(), nom.clone());
        let mut vus = Vec::new();
        while ici.join(MANIFESTE).is_file() && !vus.contains(&courant) {
            let mut fichiers = BTreeMap::new();
            lire_dossier(&ici, &ici, 0, &mut fichiers)?;
            let lu = Dossier { nom: courant.clone(), fichiers, local: true };
            let herite = lire_manifeste(&lu)?.herite;
            catalogue.ajouter(lu);
            vus.push(courant);
            let Some(parent) = herite else { break };
            ici = dossier.join("..").join(&parent);
            courant = parent;
        }
        let modele = catalogue.charger(&nom)?;
        Ok((catalogue, modele))
    }

    /// Identifier, name and version of each model, in the order of the identifiers.
    pub fn liste(&self) -> Result<Vec<Modele>, ErreurModele> {
        self.modeles().map(<[Modele]>::to_vec)
    }

    /// The same, read once.
    fn modeles(&self) -> Result<&[Modele], ErreurModele> {
        if let Some(lus) = self.lus.get() {
            return Ok(lus);
        }
        let mut modeles: Vec<Modele> = self.dossiers.keys().map(|nom| self.charger(nom)).collect::<Result<_, _>>()?;
        modeles.sort_by(|a, b| a.manifeste.id.cmp(&b.manifeste.id));
        Ok(self.lus.get_or_init(|| modeles))
    }

    /// The model that bears an identifier.
    pub fn modele(&self, id: &str) -> Result<Modele, ErreurModele> {
        let modeles = self.modeles()?;
        let disponibles = || modeles.iter().map(|m| m.manifeste.id.as_str()).collect::<Vec<_>>().join(", ");
        modeles
            .iter()
            .find(|m| m.manifeste.id.as_str() == id)
            .cloned()
            .ok_or_else(|| ErreurModele::Inconnu { id: id.into(), disponibles: disponibles() })
    }

    /// The model of a region, else the national one.
    pub fn modele_de_region(&self, regions: &[String]) -> Result<Modele, ErreurModele> {
        match regions {
            [] => self.modele("national"),
            [region] => match self.modeles()?.iter().find(|m| m.manifeste.regions.contains(region)) {
                Some(modele) => Ok(modele.clone()),
                None => self.modele("national"),
            },
            _ => Err(ErreurModele::ChoixNecessaire),
        }
    }

    fn charger(&self, nom: &str) -> Result<Modele, ErreurModele> {
        let mut lignee: Vec<Arc<Dossier>> = Vec::new();
        let mut manifestes: Vec<Manifeste> = Vec::new();
        let mut courant = nom.to_string();
        loop {
            if lignee.iter().any(|d| d.nom == courant) {
                return Err(ErreurModele::Boucle(nom.into()));
            }
            let Some(dossier) = self.dossiers.get(&courant) else {
                return Err(ErreurModele::ParentInconnu {
                    id: nom.into(),
                    parent: courant,
                    disponibles: self.dossiers.keys().cloned().collect::<Vec<_>>().join(", "),
                });
            };
            let manifeste = lire_manifeste(dossier)?;
            let parent = manifeste.herite.clone();
            lignee.push(dossier.clone());
            manifestes.push(manifeste);
            match parent {
                Some(parent) => courant = parent,
                None => break,
            }
        }
        let mut reperes = BTreeSet::new();
        manifestes.iter().for_each(|manifeste| relever(&manifeste.plan, &mut reperes));
        let mut suite = manifestes.into_iter().rev();
        let racine = suite.next().ok_or_else(|| ErreurModele::Boucle(nom.into()))?;
        let manifeste = suite.fold(racine, |parent, enfant| enfant.heriter(&parent));
        let mut somme = Sha256::new();
        for dossier in &lignee {
            // A starting contract prints nothing: a dossier does not depend on it.
            for (chemin, texte) in dossier.fichiers.iter().filter(|(chemin, _)| *chemin != DEPART) {
                somme.update(format!("{}/{chemin}\0{}\0", dossier.nom, texte.len()).as_bytes());
                somme.update(texte.as_bytes());
            }
        }
        let empreinte = somme.finalize().iter().map(|o| format!("{o:02x}")).collect();
        let local = lignee.iter().any(|d| d.local);
        Ok(Modele { manifeste, lignee, reperes, empreinte, local })
    }
}

impl Modele {
    /// The text of a clause: the nearest in the lineage, or that of a named folder (`commun/duree.md`).
    ///
    /// Returns the path to show (`paca/duree.md`) and the text.
    pub fn clause(&self, nom: &str) -> Option<(String, &str)> {
        let dans = |dossier: &'_ Dossier, fichier: &str| -> Option<String> {
            dossier.fichiers.contains_key(fichier).then(|| format!("{}/{fichier}", dossier.nom))
        };
        for dossier in &self.lignee {
            let fichier = nom.strip_prefix(&format!("{}/", dossier.nom)).unwrap_or(nom);
            // A bare name is looked for everywhere; a prefixed one only in its folder.
            if fichier.len() == nom.len() && nom.starts_with(&format!("{}/", dossier.nom)) {
                continue;
            }
            if let Some(chemin) = dans(dossier, fichier) {
                return dossier.fichiers.get(fichier).map(|texte| (chemin, texte.as_str()));
            }
        }
        None
    }

    /// The name of its folder.
    pub fn dossier(&self) -> &str {
        self.lignee.first().map(|d| d.nom.as_str()).unwrap_or_default()
    }

    /// Its manifest as it is written, without its parent's.
    pub fn manifeste_ecrit(&self) -> &str {
        self.lignee.first().and_then(|d| d.fichiers.get(MANIFESTE)).map(String::as_str).unwrap_or_default()
    }

    /// Its own clauses: name, path to show, text.
    pub fn propres(&self) -> impl Iterator<Item = (&str, String, &str)> {
        self.lignee.iter().take(1).flat_map(|d| {
            let clauses = d.fichiers.iter().filter(|(nom, _)| nom.ends_with(".md") && nom.as_str() != LISEZ_MOI);
            clauses.map(|(nom, texte)| (nom.as_str(), format!("{}/{nom}", d.nom), texte.as_str()))
        })
    }

    /// The texts of all the clauses of its lineage.
    pub fn toutes(&self) -> impl Iterator<Item = &str> {
        let fichiers = self.lignee.iter().flat_map(|d| &d.fichiers);
        fichiers.filter(|(nom, _)| nom.ends_with(".md")).map(|(_, texte)| texte.as_str())
    }

    /// Its files, ready to be edited elsewhere under another identifier; with `tout`, those it inherits too.
    pub fn fichiers(&self, tout: bool) -> BTreeMap<String, String> {
        let mut sortie = BTreeMap::new();
        for dossier in self.lignee.iter().take(if tout { usize::MAX } else { 1 }).rev() {
            let utiles = dossier.fichiers.iter().filter(|(nom, _)| nom.as_str() != LISEZ_MOI);
            let siens = utiles.filter(|(nom, _)| !est_donnee(nom) || dossier.nom == self.dossier());
            sortie.extend(siens.map(|(nom, texte)| (nom.clone(), texte.clone())));
        }
        sortie
    }

    /// The names of all clauses that can be reached, without the manifests.
    pub fn clauses(&self) -> Vec<String> {
        let mut noms: Vec<String> = self
            .lignee
            .iter()
            .flat_map(|d| d.fichiers.keys())
            .filter(|n| n.ends_with(".md") && n.as_str() != LISEZ_MOI)
            .cloned()
            .collect();
        noms.sort();
        noms.dedup();
        noms
    }

    /// The pattern of its starting contracts, with what it inherits (`templates/README.md` says what it may hold).
    pub fn depart(&self) -> Result<Value, ErreurModele> {
        let mut depart = Value::Object(Map::new());
        for dossier in self.lignee.iter().rev() {
            let Some(texte) = dossier.fichiers.get(DEPART) else { continue };
            let fichier = format!("{}/{DEPART}", dossier.nom);
            let erreur = |cause: String| ErreurModele::Fichier { fichier: fichier.clone(), cause };
            let lu = Fichier { nom: fichier.clone(), octets: texte.clone().into_bytes() };
            let lecture = lecture::lire_fichiers(vec![lu]).map_err(|e| erreur(e.to_string()))?;
            if let Some(remarque) = lecture.remarques.first() {
                return Err(erreur(remarque.to_string()));
            }
            if !lecture.valeur.is_object() {
                return Err(erreur("un contrat de départ est un objet { … }".into()));
            }
            joindre(&mut depart, lecture.valeur);
        }
        Ok(depart)
    }

    /// « paca 2017-2022.1 », with « modèle local » when a folder of the user took part.
    pub fn designation(&self) -> String {
        let local = if self.local { " (modèle local)" } else { "" };
        format!("{} {}{local}", self.manifeste.id, self.manifeste.version)
    }
}

/// Whether a file is read as data rather than as a clause.
fn est_donnee(nom: &str) -> bool {
    nom == MANIFESTE || nom == BIBLIOTHEQUE || nom == DEPART
}

/// A starting contract completed by that of a child: objects are joined, null takes a key out, the rest is replaced.
fn joindre(parent: &mut Value, enfant: Value) {
    match (parent, enfant) {
        (Value::Object(parent), Value::Object(enfant)) => {
            for (cle, valeur) in enfant {
                match (parent.get_mut(&cle), valeur) {
                    (_, Value::Null) => parent.retain(|autre, _| *autre != cle),
                    (Some(ancienne), valeur) => joindre(ancienne, valeur),
                    (None, valeur) => drop(parent.insert(cle, valeur)),
                }
            }
        }
        (parent, enfant) => *parent = enfant,
    }
}

/// The identifiers of elements at any depth.
fn relever(elements: &[Element], sortie: &mut BTreeSet<String>) {
    for element in elements {
        sortie.insert(element.id.to_string());
        relever(&element.elements, sortie);
    }
}

/// The manifest of a folder, with its library.
fn lire_manifeste(dossier: &Dossier) -> Result<Manifeste, ErreurModele> {
    let mut manifeste: Manifeste = lire_json(dossier, MANIFESTE, &SCHEMA_DU_MANIFESTE)?;
    if dossier.fichiers.contains_key(BIBLIOTHEQUE) {
        if !manifeste.bibliotheque.is_empty() {
            return Err(ErreurModele::Fichier {
                fichier: format!("{}/{BIBLIOTHEQUE}", dossier.nom),
                cause: format!(
                    "la clé « bibliotheque » de {MANIFESTE} donne déjà des objectifs : gardez l'une ou l'autre"
                ),
            });
        }
        let bibliotheque: Bibliotheque = lire_json(dossier, BIBLIOTHEQUE, &SCHEMA_DE_LA_BIBLIOTHEQUE)?;
        manifeste.bibliotheque = bibliotheque.objectifs;
    }
    Ok(manifeste)
}

/// A file of a model is read and checked as a contract is: same places, same French.
fn lire_json<T: DeserializeOwned>(
    dossier: &Dossier,
    fichier: &str,
    schema: &LazyLock<Result<Schema, String>>,
) -> Result<T, ErreurModele> {
    let nom = format!("{}/{fichier}", dossier.nom);
    let erreur = |cause: String| ErreurModele::Fichier { fichier: nom.clone(), cause };
    let octets = dossier.fichiers.get(fichier).map(|t| t.clone().into_bytes()).unwrap_or_default();
    let lecture =
        lecture::lire_fichiers(vec![Fichier { nom: nom.clone(), octets }]).map_err(|e| erreur(e.to_string()))?;
    let schema = schema.as_ref().map_err(|e| erreur(e.clone()))?;
    let mut remarques = lecture.remarques.clone();
    remarques.extend(schema.valider(&lecture.valeur, &|p| lecture.positions.de(p)));
    if !remarques.is_empty() {
        return Err(erreur(remarques.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")));
    }
    serde_json::from_value(lecture.valeur)
        .map_err(|_| erreur("une valeur n'a pas la forme attendue (identifiant, date ou genre d'élément)".into()))
}

static SCHEMA_DU_MANIFESTE: LazyLock<Result<Schema, String>> =
    LazyLock::new(|| Schema::depuis_valeur(generation::schema_de::<Manifeste>()).map_err(|e| e.to_string()));
static SCHEMA_DE_LA_BIBLIOTHEQUE: LazyLock<Result<Schema, String>> =
    LazyLock::new(|| Schema::depuis_valeur(generation::schema_de::<Bibliotheque>()).map_err(|e| e.to_string()));

fn rassembler(dossier: &Dir<'_>, racine: &Path, fichiers: &mut BTreeMap<String, String>) {
    for fichier in dossier.files() {
        if let (Ok(chemin), Some(texte)) = (fichier.path().strip_prefix(racine), fichier.contents_utf8()) {
            fichiers.insert(chemin.to_string_lossy().replace('\\', "/"), texte.to_string());
        }
    }
    dossier.dirs().for_each(|d| rassembler(d, racine, fichiers));
}

/// Reads the text files of a user's folder; symbolic links are not followed.
fn lire_dossier(
    dossier: &Path,
    racine: &Path,
    profondeur: usize,
    fichiers: &mut BTreeMap<String, String>,
) -> Result<(), ErreurModele> {
    let erreur = |chemin: &Path, cause: &str| ErreurModele::Lecture {
        chemin: chemin.display().to_string(),
        cause: cause.to_string(),
    };
    if profondeur > PROFONDEUR_MAX {
        return Err(erreur(dossier, "les dossiers d'un modèle sont trop imbriqués"));
    }
    let lu = std::fs::read_dir(dossier).map_err(|e| erreur(dossier, &crate::lecture::acces(&e).0))?;
    let mut entrees: Vec<PathBuf> = lu.filter_map(Result::ok).map(|e| e.path()).collect();
    entrees.sort();
    for chemin in entrees {
        let Ok(etat) = std::fs::symlink_metadata(&chemin) else { continue };
        if etat.is_dir() {
            lire_dossier(&chemin, racine, profondeur + 1, fichiers)?;
        } else if etat.is_file() && chemin.extension().is_some_and(|e| e == "md" || e == "json") {
            if etat.len() > TAILLE_MAX {
                return Err(erreur(&chemin, "ce fichier de modèle dépasse 4 Mo"));
            }
            let octets = crate::lecture::ouverture::lire(&chemin, TAILLE_MAX)
                .map_err(|e| erreur(&chemin, &crate::lecture::acces(&e).0))?;
            let texte = String::from_utf8(octets).map_err(|_| {
                erreur(&chemin, "ce fichier n'est pas en UTF-8 ; enregistrez-le de nouveau dans cet encodage")
            })?;
            let nom = chemin.strip_prefix(racine).unwrap_or(&chemin).to_string_lossy().replace('\\', "/");
            fichiers.insert(nom, texte);
        }
    }
    Ok(())
}
