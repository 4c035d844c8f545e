//! A dossier cut into files: the body, each annex, each fiche; the body then lists the others' checksums.

use crate::document::{
    Alignement, Bloc, Cellule, Colonne, Document, Genre, GenreLigne, Inline, Ligne, Noeud, Paragraphe, Partie, Style,
    Tableau, Titre,
};
use sha2::{Digest, Sha256};

/// A file of a cut dossier.
#[derive(Debug, Clone)]
pub struct Morceau {
    /// « 02-annexe-1 »: added to the file name of the reference.
    pub suffixe: String,
    pub titre: String,
    pub document: Document,
}

/// Cuts a document: the body first (cover, table of contents, body), then each annex and fiche.
pub fn decouper(document: &Document) -> Vec<Morceau> {
    let corps = |p: &&Partie| !matches!(p.genre, Genre::Annexe | Genre::Fiche);
    let sous_document = |parties: Vec<Partie>, titre: &str| {
        let mut identite = document.identite.clone();
        // What each part carries is decided once all are known.
        if !titre.is_empty() {
            identite.titre = format!("{} – {titre}", identite.titre);
        }
        Document {
            identite,
            parties,
            images: document.images.clone(),
            pieces: document.pieces.clone(),
            joints: Vec::new(),
            champs: document.champs.clone(),
        }
    };
    let socle: Vec<Partie> = document.parties.iter().filter(corps).cloned().collect();
    let mut morceaux =
        vec![Morceau { suffixe: "01-socle".into(), titre: "Socle".into(), document: sous_document(socle, "") }];
    for partie in document.parties.iter().filter(|p| !corps(p)) {
        let rang = morceaux.len() + 1;
        // Printed alone, a fiche is a first-level text.
        let mut seule = partie.clone();
        if seule.genre == Genre::Fiche {
            remonter(&mut seule.blocs);
        }
        let titre = match (&partie.genre, premier_numero(partie)) {
            (Genre::Annexe, Some(numero)) => format!("{numero}{}", partie.titre),
            _ => partie.titre.clone(),
        };
        morceaux.push(Morceau {
            suffixe: format!("{rang:02}-{}", partie.cle),
            document: sous_document(vec![seule], &titre),
            titre,
        });
    }
    morceaux
}

fn premier_numero(partie: &Partie) -> Option<String> {
    partie.blocs.iter().find_map(|n| match &n.bloc {
        Bloc::Titre(t) => t.numero.as_ref().map(crate::document::mots::numero),
        _ => None,
    })
}

fn remonter(blocs: &mut [Noeud]) {
    for noeud in blocs {
        if let Bloc::Titre(titre) = &mut noeud.bloc {
            titre.niveau = titre.niveau.saturating_sub(1).max(1);
        }
    }
}

/// The part that closes the body of a cut dossier: title, file and SHA-256 of each other file.
pub fn table_des_morceaux(fichiers: &[(String, String, Vec<u8>)]) -> Partie {
    let paragraphe = |texte: &str| Noeud {
        bloc: Bloc::Paragraphe(Paragraphe {
            style: Style::Corps,
            contenu: vec![Inline::Texte { texte: texte.to_string() }],
        }),
        origine: None,
    };
    let cellule = |texte: &str| Cellule { blocs: vec![paragraphe(texte)], etendue: 1, entete: false };
    let lignes = fichiers
        .iter()
        .map(|(titre, fichier, octets)| {
            let empreinte: String = Sha256::digest(octets).iter().map(|o| format!("{o:02x}")).collect();
            Ligne { genre: GenreLigne::Normale, cellules: vec![cellule(titre), cellule(fichier), cellule(&empreinte)] }
        })
        .collect();
    let colonne = |largeur| Colonne { largeur, alignement: Alignement::Gauche, chiffres: false };
    let tableau = Tableau {
        legende: Some(vec![Inline::Texte { texte: "Fichiers du dossier et empreintes SHA-256".into() }]),
        colonnes: vec![colonne(30), colonne(30), colonne(40)],
        entete: vec![cellule("Partie"), cellule("Fichier"), cellule("Empreinte SHA-256")],
        lignes,
        paysage: true,
        densite: 1,
    };
    let titre = Titre {
        niveau: 1,
        numero: None,
        contenu: vec![Inline::Texte { texte: "Fichiers du dossier".into() }],
        au_sommaire: true,
        ancre: Some("fichiers-du-dossier".into()),
    };
    Partie {
        genre: Genre::Socle,
        cle: "fichiers-du-dossier".into(),
        titre: "Fichiers du dossier".into(),
        blocs: vec![
            Noeud { bloc: Bloc::Titre(titre), origine: None },
            paragraphe(
                "Le dossier est formé du présent fichier et des fichiers ci-dessous. L'empreinte de chacun permet de vérifier qu'il n'a pas été modifié.",
            ),
            Noeud { bloc: Bloc::Tableau(tableau), origine: None },
        ],
    }
}
