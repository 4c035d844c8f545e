//! A JSON pointer in the value of a contract → where each of its files writes it: the file, and the pointer there.
//!
//! The lists of several files are one list in the contract: the third element there may be the first of the second file.

use super::Lecture;
use super::analyse::analyser;
use super::arbre::{Champ, Contenu, Noeud};
use super::positions::Lieu;
use crate::remarque::jeton_de_pointeur;
use std::collections::HashMap;

/// A place of one of the files.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Adresse {
    /// Rank of the file.
    pub fichier: usize,
    /// JSON pointer in that file alone.
    pub pointeur: String,
}

/// The places of a contract.
#[derive(Debug)]
pub struct Adresses<'l> {
    lecture: &'l Lecture,
    /// For each file, the pointer of what stands at a byte.
    locaux: Vec<HashMap<usize, String>>,
}

impl<'l> Adresses<'l> {
    /// Reads the files again, each alone.
    pub fn de(lecture: &'l Lecture) -> Self {
        let local = |(rang, source)| {
            let mut pointeurs = HashMap::new();
            // What it has to say was said when the contract was read.
            if let Ok(arbre) = analyser(source, rang, &mut Vec::new()) {
                noter(&arbre, String::new(), &mut pointeurs);
            }
            pointeurs
        };
        let locaux = lecture.positions.sources().iter().enumerate().map(local).collect();
        Adresses { lecture, locaux }
    }

    /// Where an element is written: in each file that says it. Of one that no file says, where it would stand: in the file that
    /// holds what is nearest above it.
    pub fn trouver(&self, pointeur: &str) -> Vec<Adresse> {
        let (mut ancetre, mut reste) = (pointeur, "");
        loop {
            let lieux = self.lecture.positions.ecrites(ancetre);
            if !lieux.is_empty() {
                let ici = lieux.into_iter().filter_map(|lieu| self.locale(lieu, reste));
                return if reste.is_empty() { ici.collect() } else { ici.take(1).collect() };
            }
            let Some((parent, _)) = ancetre.rsplit_once('/') else { return Vec::new() };
            ancetre = parent;
            reste = &pointeur[parent.len()..];
        }
    }

    fn locale(&self, lieu: Lieu, reste: &str) -> Option<Adresse> {
        let local = self.locaux.get(lieu.fichier())?.get(&lieu.octet())?;
        Some(Adresse { fichier: lieu.fichier(), pointeur: format!("{local}{reste}") })
    }

    /// The text of a file, as it was read.
    pub fn texte(&self, fichier: usize) -> &str {
        self.lecture.positions.sources().get(fichier).map(|source| source.texte.as_str()).unwrap_or_default()
    }
}

fn noter(noeud: &Noeud, pointeur: String, pointeurs: &mut HashMap<usize, String>) {
    match &noeud.contenu {
        Contenu::Objet(champs) => {
            for Champ { cle, noeud: valeur, .. } in champs {
                noter(valeur, format!("{pointeur}/{}", jeton_de_pointeur(cle)), pointeurs);
            }
        }
        Contenu::Liste(elements) => {
            for (rang, element) in elements.iter().enumerate() {
                noter(element, format!("{pointeur}/{rang}"), pointeurs);
            }
        }
        Contenu::Texte(_) | Contenu::Nombre(_) | Contenu::Booleen(_) | Contenu::Nul => {}
    }
    pointeurs.insert(noeud.lieu.octet(), pointeur);
}

#[cfg(test)]
mod tests {
    use super::super::{Fichier, lire_fichiers};
    use super::*;

    fn lire(textes: &[&str]) -> Lecture {
        let fichier = |(rang, texte): (usize, &&str)| Fichier { nom: format!("{rang}.json"), octets: (*texte).into() };
        lire_fichiers(textes.iter().enumerate().map(fichier).collect()).expect("a contract")
    }

    #[test]
    fn each_element_is_found_in_the_files_that_write_it() {
        let lecture = lire(&[
            r#"{"reference":"X","l":[{"id":"a","n":1}],"o":{"p":1}}"#,
            r#"{"reference":"X","o":{"q":{"r":2}},"l":[{"id":"b","n":2},{"id":"a","m":3}]}"#,
        ]);
        let adresses = Adresses::de(&lecture);
        let dites = |pointeur: &str| -> Vec<(usize, String)> {
            adresses.trouver(pointeur).into_iter().map(|a| (a.fichier, a.pointeur)).collect()
        };
        let en = |fichier: usize, pointeur: &str| (fichier, pointeur.to_owned());
        assert_eq!(dites("/reference"), [en(0, "/reference"), en(1, "/reference")]);
        assert_eq!(dites("/l/1/n"), [en(1, "/l/0/n")], "the second of the contract is the first of its file");
        assert_eq!(dites("/l/0/m"), [en(1, "/l/1/m")]);
        assert_eq!(dites("/l/0"), [en(0, "/l/0"), en(1, "/l/1")]);
        assert_eq!(dites("/l/1/nouveau"), [en(1, "/l/0/nouveau")]);
        assert_eq!(dites("/o/q/s/t"), [en(1, "/o/q/s/t")]);
        assert_eq!(dites("/tout/nouveau"), [en(0, "/tout/nouveau")]);
    }
}
