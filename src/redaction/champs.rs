//! A written document → the values that can be edited in its Word form: which, of what kind, under which key.
//!
//! A key follows the identifiers of the elements, not their ranks: it is the same whatever moved in the file.

use crate::contrat::detenteur;
use crate::document::{Bloc, ChampModifiable, Document, GenreChamp, Inline, Noeud};
use crate::regles::chemins;
use crate::schema::forme::{Forme, Nature, forme_du_contrat};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// By JSON pointer in the file; `donnees` is the whole file.
pub fn relever(document: &Document, donnees: &Json) -> BTreeMap<String, ChampModifiable> {
    let mut pointeurs = Vec::new();
    document.parties.iter().for_each(|partie| noeuds(&partie.blocs, &mut pointeurs));
    let forme = forme_du_contrat();
    let mut sortie = BTreeMap::new();
    let mut prises = BTreeSet::new();
    for pointeur in pointeurs {
        if !sortie.contains_key(pointeur)
            && let Some(forme) = forme.a(pointeur)
            && let Some(genre) = genre(&forme)
        {
            let champ = ChampModifiable {
                cle: cle(&chemins::stable(donnees, pointeur), &mut prises),
                titre: forme.titre.clone(),
                genre,
                du_gestionnaire: !detenteur::des_autorites(pointeur),
            };
            sortie.insert(pointeur.to_string(), champ);
        }
    }
    sortie
}

/// « c » and sixteen digits: fit for a bookmark as for a tag. Elements that nothing tells apart are counted.
fn cle(chemin: &str, prises: &mut BTreeSet<String>) -> String {
    let hacher = |texte: &str| {
        let empreinte = Sha256::digest(texte.as_bytes());
        empreinte.iter().take(8).fold("c".to_string(), |cle, octet| cle + &format!("{octet:02x}"))
    };
    let suivantes = (2..).map(|n| hacher(&format!("{chemin}#{n}")));
    let cle = std::iter::once(hacher(chemin)).chain(suivantes).find(|cle| !prises.contains(cle));
    let cle = cle.unwrap_or_default();
    prises.insert(cle.clone());
    cle
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

fn noeuds<'a>(suite: &'a [Noeud], sortie: &mut Vec<&'a str>) {
    for noeud in suite {
        match &noeud.bloc {
            Bloc::Titre(t) => inlines(&t.contenu, sortie),
            Bloc::Paragraphe(p) => inlines(&p.contenu, sortie),
            Bloc::Liste(l) => l.elements.iter().for_each(|e| noeuds(e, sortie)),
            Bloc::Tableau(t) => {
                let cellules = t.entete.iter().chain(t.lignes.iter().flat_map(|l| &l.cellules));
                cellules.for_each(|c| noeuds(&c.blocs, sortie));
            }
            Bloc::Formulaire { lignes } => lignes.iter().for_each(|l| {
                inlines(&l.terme, sortie);
                noeuds(&l.blocs, sortie);
            }),
            Bloc::Encadre { titre, blocs } => {
                inlines(titre, sortie);
                noeuds(blocs, sortie);
            }
            _ => {}
        }
    }
}

fn inlines<'a>(contenu: &'a [Inline], sortie: &mut Vec<&'a str>) {
    for inline in contenu {
        match inline {
            Inline::Valeur { pointeur: Some(pointeur), champ: true, .. }
            | Inline::Lacune { pointeur: Some(pointeur), .. } => sortie.push(pointeur),
            Inline::Gras { contenu } | Inline::Italique { contenu } | Inline::Exposant { contenu } => {
                inlines(contenu, sortie);
            }
            _ => {}
        }
    }
}
