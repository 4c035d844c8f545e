//! The report as a document, for the printers of the dossier: what an agent annexes to a letter.

use super::groupe::{Groupe, par_regle};
use super::{CompteRendu, Detenteur, manques_par_partie};
use crate::document::{
    Alignement, Bloc, Cellule, Colonne, Document, Etat, Genre, GenreLigne, Identite, Inline, Ligne, LigneFormulaire,
    Liste, Noeud, Paragraphe, Partie, Style, Tableau, Titre,
};
use crate::redaction::typographie;
use crate::remarque::Remarque;

/// The report as a block tree. It bears no date: nothing says when it was made but what it was made from.
pub fn document(compte_rendu: &CompteRendu) -> Document {
    let mut blocs = vec![titre(1, "Rapport de vérification"), fiche(compte_rendu)];
    for (partie, remarques) in compte_rendu.par_partie() {
        blocs.push(titre(2, partie.titre()));
        blocs.push(tableau(&remarques));
    }
    if compte_rendu.remarques.is_empty() {
        blocs.push(paragraphe("Aucune remarque à afficher."));
    }
    if let Some(comparaison) = &compte_rendu.comparaison {
        let resolues: Vec<String> =
            comparaison.resolues.iter().map(|l| format!("{} : {}", l.remarque.code, l.remarque.message)).collect();
        section(&mut blocs, "Remarques résolues", resolues);
    }
    for detenteur in Detenteur::TOUS {
        let parties = manques_par_partie(compte_rendu.completude.as_deref().unwrap_or_default(), detenteur);
        let manques = parties
            .iter()
            .flat_map(|(partie, manques)| manques.iter().map(move |m| format!("{partie} : {}", m.libelle)));
        section(&mut blocs, detenteur.titre(), manques.collect());
    }
    section(&mut blocs, "Dérogations du contrat", compte_rendu.derogations.iter().map(|d| d.en_mots()).collect());
    let clauses = compte_rendu.clauses_particulieres.iter().map(|c| c.en_mots()).collect();
    section(&mut blocs, "Clauses particulières", clauses);
    let reglages = compte_rendu.reglages.iter().map(|r| r.en_mots()).collect();
    section(&mut blocs, "Règles réglées par le modèle", reglages);
    let mut document = Document {
        identite: Identite {
            reference: propre(&compte_rendu.contrat),
            titre: "Rapport de vérification".into(),
            auteur: String::new(),
            // A report is no draft of itself: no watermark.
            etat: Etat::Definitif,
            date: String::new(),
            producteur: format!(
                "cpom {}, modèle {}",
                env!("CARGO_PKG_VERSION"),
                propre(&compte_rendu.designation_du_modele())
            ),
        },
        parties: vec![Partie {
            genre: Genre::Liminaire,
            cle: "rapport".into(),
            titre: "Rapport de vérification".into(),
            blocs,
        }],
        images: Vec::new(),
        pieces: Vec::new(),
        joints: Vec::new(),
        champs: Default::default(),
    };
    typographie::appliquer(&mut document);
    document
}

fn fiche(compte_rendu: &CompteRendu) -> Noeud {
    let mut lignes = vec![
        ("Contrat", compte_rendu.contrat.clone()),
        ("Fichiers", compte_rendu.fichiers.join(", ")),
        ("Modèle", compte_rendu.designation_du_modele()),
        (
            "Vérifié comme",
            if compte_rendu.etat == "projet" { "projet".into() } else { "contrat définitif".to_string() },
        ),
        ("Conclusion", format!("{} : {}", compte_rendu.verdict(), compte_rendu.bilan.en_mots())),
    ];
    if let Some(partie) = compte_rendu.partie {
        lignes.push(("Partie affichée", format!("{} (le bilan porte sur le contrat entier)", partie.titre())));
    }
    if let Some(comparaison) = &compte_rendu.comparaison {
        lignes.push((
            "Comparé à",
            format!("{} : {}", comparaison.fichiers.join(", "), comparaison.en_mots(compte_rendu.remarques.len())),
        ));
    }
    let lignes = lignes
        .into_iter()
        .map(|(terme, valeur)| LigneFormulaire { terme: vec![texte(terme)], blocs: vec![paragraphe(&valeur)] })
        .collect();
    noeud(Bloc::Formulaire { lignes })
}

/// One table a part: for each rule a row that says what must hold and what to do, then its remarks.
fn tableau(remarques: &[&Remarque]) -> Noeud {
    let colonne = |largeur| Colonne { largeur, alignement: Alignement::Gauche, chiffres: false };
    let lignes = par_regle(remarques).iter().flat_map(lignes).collect();
    noeud(Bloc::Tableau(Tableau {
        legende: None,
        colonnes: vec![colonne(68), colonne(32)],
        entete: ["Remarque", "Où"].map(|t| cellule(vec![paragraphe(t)])).into(),
        lignes,
        paysage: false,
        densite: 1,
    }))
}

fn lignes(groupe: &Groupe<'_>) -> Vec<Ligne> {
    let titre = groupe.titre.map(|t| format!(" – {t}")).unwrap_or_default();
    let mut annonce = vec![paragraphe(&format!("{}{titre}", groupe.intitule()))];
    if !groupe.remede.is_empty() {
        annonce.push(paragraphe(&format!("À faire : {}", groupe.remede)));
    }
    if !groupe.references.is_empty() {
        annonce.push(note(&groupe.references.join(" ; ")));
    }
    let mut cellule_annonce = cellule(annonce);
    cellule_annonce.etendue = 2;
    let mut lignes = vec![Ligne { genre: GenreLigne::Groupe, cellules: vec![cellule_annonce] }];
    lignes.extend(groupe.remarques.iter().map(|r| ligne(groupe, r)));
    lignes
}

fn ligne(groupe: &Groupe<'_>, remarque: &Remarque) -> Ligne {
    let mut quoi = vec![paragraphe(&remarque.message)];
    quoi.extend(groupe.propre(remarque).map(|remede| paragraphe(&format!("À faire : {remede}"))));
    let lieu = note(if remarque.pointeur.is_empty() { "contrat entier" } else { &remarque.pointeur });
    let position = remarque.position.as_ref().map(|p| {
        let fichier = p.fichier.rsplit(['/', '\\']).next().unwrap_or_default();
        paragraphe(&format!("{fichier}, ligne {}", p.ligne))
    });
    let ou = position.into_iter().chain([lieu]).collect();
    Ligne { genre: GenreLigne::Normale, cellules: vec![cellule(quoi), cellule(ou)] }
}

fn section(blocs: &mut Vec<Noeud>, intitule: &str, elements: Vec<String>) {
    if elements.is_empty() {
        return;
    }
    blocs.push(titre(2, intitule));
    let elements = elements.iter().map(|e| vec![paragraphe(e)]).collect();
    blocs.push(noeud(Bloc::Liste(Liste { depart: None, elements })));
}

fn noeud(bloc: Bloc) -> Noeud {
    Noeud { bloc, origine: None }
}

fn titre(niveau: u8, intitule: &str) -> Noeud {
    noeud(Bloc::Titre(Titre { niveau, numero: None, contenu: vec![texte(intitule)], au_sommaire: true, ancre: None }))
}

fn paragraphe(contenu: &str) -> Noeud {
    noeud(Bloc::Paragraphe(Paragraphe { style: Style::Corps, contenu: vec![texte(contenu)] }))
}

fn note(contenu: &str) -> Noeud {
    noeud(Bloc::Paragraphe(Paragraphe { style: Style::Note, contenu: vec![texte(contenu)] }))
}

fn cellule(blocs: Vec<Noeud>) -> Cellule {
    Cellule { blocs, etendue: 1, entete: false }
}

fn texte(contenu: &str) -> Inline {
    Inline::Texte { texte: propre(contenu) }
}

/// Values quoted from a file may hold line breaks and control characters.
fn propre(texte: &str) -> String {
    texte.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
