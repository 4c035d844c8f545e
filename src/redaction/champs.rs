//! A written document → the values that can be edited in its Word form: which, of what kind, under which key.
//!
//! A key follows the identifiers of the elements, not their ranks: it is the same whatever moved in the file.

use crate::contrat::detenteur;
use crate::document::{ChampModifiable, Document, GenreChamp, Inline, parcours};
use crate::regles::chemins;
use crate::remarque::Detenteur;
use crate::schema::forme::{Forme, Nature, forme_du_contrat};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// By JSON pointer in the file; `donnees` is the whole file.
pub fn relever(document: &Document, donnees: &Json) -> BTreeMap<String, ChampModifiable> {
    let mut pointeurs: Vec<&str> = Vec::new();
    for partie in &document.parties {
        parcours::inlines(&partie.blocs, &mut |inline| match inline {
            Inline::Valeur { pointeur: Some(pointeur), champ: true, .. }
            | Inline::Lacune { pointeur: Some(pointeur), .. } => pointeurs.push(pointeur),
            _ => {}
        });
    }
    let forme = forme_du_contrat();
    let mut sortie = BTreeMap::new();
    let mut cles = Cles::default();
    for pointeur in pointeurs {
        if !sortie.contains_key(pointeur)
            && existe(donnees, pointeur)
            && let Some(forme) = forme.a(pointeur)
            && let Some(genre) = genre(&forme)
        {
            let champ = ChampModifiable {
                cle: cles.cle(chemins::stable(donnees, pointeur)),
                titre: forme.titre.clone(),
                genre,
                du_gestionnaire: detenteur::detenteur(pointeur) != Detenteur::Autorite,
            };
            sortie.insert(pointeur.to_string(), champ);
        }
    }
    sortie
}

/// Whether the elements that a pointer goes through are there: a value of a fiche that no one has begun is not written
/// in Word, since nothing would tell what the fiche is.
fn existe(donnees: &Json, pointeur: &str) -> bool {
    let mut ici = Some(donnees);
    for jeton in pointeur.split('/').skip(1) {
        let cle = jeton.replace("~1", "/").replace("~0", "~");
        ici = match ici {
            Some(Json::Array(elements)) => match cle.parse::<usize>().ok().and_then(|rang| elements.get(rang)) {
                Some(element) => Some(element),
                None => return false,
            },
            // A rank in a list that does not exist.
            None if cle.bytes().all(|b| b.is_ascii_digit()) && !cle.is_empty() => return false,
            autre => autre.and_then(|v| v.get(&cle)),
        };
    }
    true
}

/// The keys given so far.
#[derive(Default)]
struct Cles {
    prises: BTreeSet<String>,
    /// By path: how many elements that nothing tells apart were counted.
    comptes: BTreeMap<String, usize>,
}

impl Cles {
    /// « c » and sixteen digits: fit for a bookmark as for a tag. Elements that nothing tells apart are counted.
    fn cle(&mut self, chemin: String) -> String {
        let hacher = |texte: &str| {
            let empreinte = Sha256::digest(texte.as_bytes());
            empreinte.iter().take(8).fold("c".to_string(), |cle, octet| cle + &format!("{octet:02x}"))
        };
        loop {
            let compte = self.comptes.entry(chemin.clone()).or_default();
            *compte += 1;
            let cle = if *compte == 1 { hacher(&chemin) } else { hacher(&format!("{chemin}#{compte}")) };
            // A key of sixteen digits taken by another path is passed over.
            if self.prises.insert(cle.clone()) {
                return cle;
            }
        }
    }
}

fn genre(forme: &Forme) -> Option<GenreChamp> {
    match &forme.nature {
        Nature::Date => Some(GenreChamp::Date),
        Nature::Choix(choix) => Some(GenreChamp::Choix(choix.iter().map(|(_, libelle)| libelle.clone()).collect())),
        Nature::Prose => Some(GenreChamp::Riche),
        Nature::Liste | Nature::Table | Nature::Objet => None,
        _ => Some(GenreChamp::Texte),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_that_nothing_tells_apart_have_keys_of_their_own_always_the_same() {
        let donner = || {
            let mut cles = Cles::default();
            ["/a/x", "/a/x", "/b", "/a/x#2", "/a/x"].map(|chemin| cles.cle(chemin.to_string()))
        };
        let cles = donner();
        assert_eq!(cles, donner());
        assert_eq!(cles.iter().collect::<BTreeSet<_>>().len(), cles.len());
        assert!(cles.iter().all(|cle| cle.len() == 17 && cle.starts_with('c')));
        // The second of « x » had that key before any other path could claim it.
        let mut autres = Cles::default();
        assert_eq!(autres.cle("/a/x#2".to_string()), cles[1]);
    }
}
