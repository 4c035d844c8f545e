//! What the tests share: the fixtures, the pipeline on a contract changed in one place, the program run in a
//! folder of its own.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cpom::document::{Document, Etat};
use cpom::dossier::{self, Choix, Exemplaire, Ouverture};
use cpom::lecture;
use cpom::rendu;
use serde_json::Value;
use tempfile::TempDir;

pub fn racine() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn lire(chemin: impl AsRef<Path>) -> String {
    let chemin = racine().join(chemin);
    fs::read_to_string(&chemin).unwrap_or_else(|e| panic!("{}: {e}", chemin.display()))
}

pub fn json(chemin: impl AsRef<Path>) -> Value {
    serde_json::from_str(&lire(chemin)).expect("a fixture is JSON")
}

/// The files of a folder with an extension, in the order of their names.
pub fn fichiers(dossier: impl AsRef<Path>, extension: &str) -> Vec<PathBuf> {
    let mut trouves = Vec::new();
    let mut a_voir = vec![racine().join(dossier)];
    while let Some(ici) = a_voir.pop() {
        for entree in fs::read_dir(&ici).unwrap_or_else(|e| panic!("{}: {e}", ici.display())) {
            let chemin = entree.expect("a readable folder").path();
            if chemin.is_dir() {
                a_voir.push(chemin);
            } else if chemin.extension().is_some_and(|e| e == extension) {
                trouves.push(chemin);
            }
        }
    }
    trouves.sort();
    assert!(!trouves.is_empty(), "a walk that finds nothing proves nothing");
    trouves
}

/// Every contract of `fixtures`, but those made to be refused and the complements of another: its name and its files. The files of a folder
/// that bear one reference are one contract.
pub fn contrats() -> Vec<(String, Vec<PathBuf>)> {
    let mut contrats: Vec<(PathBuf, String, String, Vec<PathBuf>)> = Vec::new();
    for fichier in fichiers("fixtures", "json") {
        let dossier = fichier.parent().expect("a folder").to_path_buf();
        if ["refus", "readme", "regles", "signature", "contradictions", "finess", "tableaux"]
            .iter()
            .any(|d| dossier.ends_with(d))
        {
            continue;
        }
        let reference = json(&fichier)["reference"].as_str().expect("a reference").to_owned();
        match contrats.iter_mut().find(|c| c.0 == dossier && c.1 == reference) {
            Some(contrat) => contrat.3.push(fichier),
            None => {
                let nom = fichier.file_stem().expect("a name").to_string_lossy().into_owned();
                contrats.push((dossier, reference, nom, vec![fichier]));
            }
        }
    }
    assert!(contrats.len() >= 3, "{contrats:?}");
    contrats.into_iter().map(|(_, reference, _, fichiers)| (reference, fichiers)).collect()
}

/// The data of a contract of `fixtures`, or of a folder whose files are one contract, without comments.
#[track_caller]
pub fn donnees(nom: &str) -> Value {
    let chemin = racine().join("fixtures").join(nom);
    let chemins = if chemin.is_dir() { fichiers(&chemin, "json") } else { vec![chemin] };
    let lu = lecture::lire(&chemins).unwrap_or_else(|e| panic!("{nom}: {e}"));
    assert!(lu.remarques.is_empty(), "{nom}: {:?}", lu.remarques);
    lecture::sans_commentaires(&lu.valeur)
}

/// The parts of a Word file, by name.
pub fn deballer(octets: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(octets)).expect("a package");
    let nombre = archive.len();
    let lire = |rang| {
        let mut fichier = archive.by_index(rang).expect("a part");
        let mut contenu = Vec::new();
        fichier.read_to_end(&mut contenu).expect("its bytes");
        (fichier.name().to_owned(), contenu)
    };
    (0..nombre).map(lire).collect()
}

/// A Word file out of its parts.
pub fn emballer(parties: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (nom, octets) in parties {
        zip.start_file(nom.as_str(), zip::write::SimpleFileOptions::default()).expect("a part");
        zip.write_all(octets).expect("memory");
    }
    zip.finish().expect("a package").into_inner()
}

/// A contract file in a folder of its own; the logos and pieces of the example are beside it.
pub struct Atelier {
    pub dossier: TempDir,
}

impl Atelier {
    pub fn nouveau() -> Self {
        let dossier = tempfile::tempdir().expect("a temporary folder");
        for (de, extension) in [("logos", "svg"), ("pieces", "pdf"), ("pieces", "png")] {
            fs::create_dir_all(dossier.path().join(de)).expect("a folder");
            for fichier in fichiers(racine().join("fixtures/paca").join(de), extension) {
                let copie = dossier.path().join(de).join(fichier.file_name().expect("a name"));
                fs::copy(&fichier, copie).expect("a copy");
            }
        }
        Atelier { dossier }
    }

    pub fn chemin(&self, nom: &str) -> PathBuf {
        self.dossier.path().join(nom)
    }

    pub fn ecrire(&self, nom: &str, contenu: impl AsRef<[u8]>) -> PathBuf {
        let chemin = self.chemin(nom);
        fs::create_dir_all(chemin.parent().expect("a folder")).expect("a folder");
        fs::write(&chemin, contenu).expect("a writable folder");
        chemin
    }

    pub fn contrat(&self, valeur: &Value) -> PathBuf {
        self.ecrire("contrat.json", serde_json::to_string_pretty(valeur).expect("JSON"))
    }

    /// Runs the program in the folder.
    pub fn cpom(&self, arguments: &[&str]) -> Passage {
        let sortie = Command::new(env!("CARGO_BIN_EXE_cpom"))
            .args(arguments)
            .current_dir(self.dossier.path())
            .env("COLUMNS", "100")
            .output()
            .expect("the program starts");
        Passage::de(sortie, self.dossier.path())
    }

    /// The names of the files of a folder, sorted; none when there is no such folder.
    pub fn noms(&self, dossier: &str) -> Vec<String> {
        let Ok(lu) = fs::read_dir(self.chemin(dossier)) else { return Vec::new() };
        let mut noms: Vec<String> =
            lu.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        noms.sort();
        noms
    }
}

/// What a run of the program gave; paths of its folder are written `<DOSSIER>`.
#[derive(Debug)]
pub struct Passage {
    pub code: i32,
    pub sortie: String,
    pub erreurs: String,
}

impl Passage {
    pub fn de(sortie: Output, dossier: &Path) -> Self {
        let texte = |octets: Vec<u8>| {
            String::from_utf8(octets).expect("UTF-8").replace(&dossier.display().to_string(), "<DOSSIER>")
        };
        Passage {
            code: sortie.status.code().expect("no signal"),
            sortie: texte(sortie.stdout),
            erreurs: texte(sortie.stderr),
        }
    }

    /// Everything that a person sees, in one text.
    pub fn tout(&self) -> String {
        format!("code {}\n--- sortie\n{}--- erreurs\n{}", self.code, self.sortie, self.erreurs)
    }

    #[track_caller]
    pub fn reussi(self) -> Self {
        assert_eq!(self.code, 0, "{}", self.tout());
        self
    }
}

/// The pipeline on files, as a draft.
#[track_caller]
pub fn ouvrir(chemins: &[PathBuf]) -> Ouverture {
    dossier::ouvrir(chemins).unwrap_or_else(|e| panic!("{e}"))
}

pub fn essayer_de_rediger(ouverture: &Ouverture, choix: &Choix) -> Result<Vec<Exemplaire>, dossier::Erreur> {
    let verification = match choix.etat {
        // Nothing that the text says keeps a draft from being written: it is written once.
        Some(Etat::Projet) => dossier::verifier_les_regles(ouverture, choix)?,
        _ => dossier::verifier(ouverture, choix)?,
    };
    Ok(dossier::rediger(ouverture, choix, &verification)?)
}

#[track_caller]
pub fn rediger(ouverture: &Ouverture, choix: &Choix) -> Vec<Exemplaire> {
    essayer_de_rediger(ouverture, choix).unwrap_or_else(|e| panic!("{e}"))
}

/// The first document of a contract given as JSON, as a draft.
#[track_caller]
pub fn document(contrat: &Value) -> Document {
    let atelier = Atelier::nouveau();
    let ouverture = ouvrir(&[atelier.contrat(contrat)]);
    assert!(ouverture.contrat.is_some(), "refused: {:#?}", ouverture.remarques);
    let choix = Choix { etat: Some(Etat::Projet), ..Choix::default() };
    rediger(&ouverture, &choix).remove(0).document
}

/// The whole text of a contract given as JSON, as a draft.
#[track_caller]
pub fn texte(contrat: &Value) -> String {
    rendu::texte::rendre(&document(contrat))
}

/// One part of a text, from its `=== title (key) ===` line to the next; absent when it is not printed.
pub fn partie<'a>(texte: &'a str, cle: &str) -> Option<&'a str> {
    let marque = format!(" ({cle}) ===\n");
    let debut = texte.find(&marque)? + marque.len();
    let fin = texte[debut..].find("\n=== ").map_or(texte.len(), |f| debut + f);
    Some(&texte[debut..fin])
}

/// What pdftotext reads of a file; nothing where it is not installed.
pub fn pdftotext(octets: &[u8]) -> Option<String> {
    let mut fichier = tempfile::NamedTempFile::new().expect("a temporary file");
    fichier.write_all(octets).expect("a writable file");
    let sortie = Command::new("pdftotext").arg("-raw").arg(fichier.path()).arg("-").output().ok()?;
    Some(String::from_utf8(sortie.stdout).expect("UTF-8"))
}

/// The contract with JSON Patch operations applied.
#[track_caller]
pub fn modifie(contrat: &Value, operations: Value) -> Value {
    let operations: json_patch::Patch = serde_json::from_value(operations).expect("a JSON Patch");
    let mut contrat = contrat.clone();
    json_patch::patch(&mut contrat, &operations).expect("a patch that applies");
    contrat
}

/// The words of a draft as a model prints it, each run of spaces being one; all contracts of one file together.
pub fn mots_imprimes(contrat: &Value, modele: &str, gestionnaire: Option<&str>) -> String {
    let fichier = lecture::Fichier { nom: "contrat.json".into(), octets: contrat.to_string().into_bytes() };
    let ouverture = dossier::ouvrir_recus(vec![fichier], BTreeMap::new()).expect("a contract");
    assert!(ouverture.contrat.is_some(), "{:#?}", ouverture.remarques);
    let choix = Choix {
        etat: Some(Etat::Projet),
        modele: Some(modele.into()),
        gestionnaire: gestionnaire.map(Into::into),
        ..Choix::default()
    };
    let textes = rediger(&ouverture, &choix).into_iter().map(|e| cpom::rendu::texte::rendre(&e.document));
    textes.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}
