//! The report as a document, for the printers of the dossier: what an agent annexes to a letter.

use super::blocs::{self, formulaire, intertitre, note, paragraphe, titre};
use super::completude::Tableau as Tableaux;
use super::groupe::{Entree, Groupe, par_regle};
use super::{CompteRendu, Detenteur, tableaux_des_manques};
use crate::document::{Bloc, Document, Ligne, Liste, Noeud};
use crate::formats::majuscule;
use crate::remarque::Remarque;

/// The report as a block tree. It bears no date: nothing says when it was made but what it was made from.
pub fn document(compte_rendu: &CompteRendu) -> Document {
    let mut blocs = vec![titre(1, "Rapport de vérification"), fiche(compte_rendu)];
    let premieres = compte_rendu.a_traiter_d_abord();
    section(&mut blocs, "À traiter d'abord", premieres.iter().map(|e| majuscule(&e.en_une_ligne())).collect());
    for (partie, remarques) in compte_rendu.par_partie() {
        blocs.push(titre(2, partie.titre()));
        blocs.push(tableau(&remarques, compte_rendu.avec_pourquoi));
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
        let tableaux = tableaux_des_manques(compte_rendu.completude.as_deref().unwrap_or_default(), detenteur);
        if !tableaux.is_empty() {
            blocs.push(titre(2, detenteur.titre()));
            blocs.push(manques(&tableaux));
        }
    }
    section(&mut blocs, "Dérogations du contrat", compte_rendu.derogations.iter().map(|d| d.en_mots()).collect());
    let clauses = compte_rendu.clauses_particulieres.iter().map(|c| c.en_mots()).collect();
    section(&mut blocs, "Clauses particulières", clauses);
    let reglages = compte_rendu.reglages.iter().map(|r| r.en_mots()).collect();
    section(&mut blocs, "Règles réglées par le modèle", reglages);
    let modele = compte_rendu.designation_du_modele();
    blocs::document("Rapport de vérification", &compte_rendu.contrat, &modele, blocs)
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
        ("Conclusion", compte_rendu.conclusion()),
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
    formulaire(lignes)
}

/// One table a part: for each rule a row that says what must hold and what to do, then its remarks.
fn tableau(remarques: &[&Remarque], avec_pourquoi: bool) -> Noeud {
    let lignes = par_regle(remarques).iter().flat_map(|groupe| lignes(groupe, avec_pourquoi)).collect();
    blocs::tableau([("Remarque", 60), ("Où", 40)], lignes)
}

fn lignes(groupe: &Groupe<'_>, avec_pourquoi: bool) -> Vec<Ligne> {
    let titre = groupe.titre.map(|t| format!(" – {t}")).unwrap_or_default();
    let mut annonce = vec![paragraphe(&format!("{}{titre}", groupe.intitule()))];
    if !groupe.remede.is_empty() {
        annonce.push(paragraphe(&format!("À faire : {}", groupe.remede)));
    }
    if let Some(pourquoi) = groupe.entrees.first().and_then(Entree::pourquoi).filter(|_| avec_pourquoi) {
        annonce.push(note(&format!("Pourquoi : {pourquoi}")));
    }
    if !groupe.references.is_empty() {
        let d_apres = if avec_pourquoi { "D'après : " } else { "" };
        annonce.push(note(&format!("{d_apres}{}", groupe.references.join(" ; "))));
    }
    let mut lignes = vec![intertitre(annonce)];
    lignes.extend(groupe.entrees.iter().map(|entree| ligne(groupe, entree)));
    lignes
}

fn ligne(groupe: &Groupe<'_>, entree: &Entree) -> Ligne {
    let mut quoi = vec![paragraphe(&entree.message)];
    quoi.extend(groupe.propre(entree).map(|remede| paragraphe(&format!("À faire : {remede}"))));
    let mut ou = vec![paragraphe(if entree.chemin.is_empty() { "le contrat entier" } else { &entree.chemin })];
    // A page is read far from the folder: the names of the files are enough.
    let fichiers = entree.positions.split(" ; ").filter_map(|place| place.rsplit(['/', '\\']).next());
    let fichiers = fichiers.collect::<Vec<_>>().join(" ; ");
    ou.extend([fichiers, entree.pointeur.clone()].iter().filter(|p| !p.is_empty()).map(|p| note(p)));
    blocs::ligne([quoi, ou])
}

/// What one of the holders is to give: for each list of the contract, the structures and their missing fields.
fn manques(tableaux: &[Tableaux<'_>]) -> Noeud {
    let mut lignes = Vec::new();
    for tableau in tableaux {
        lignes.push(intertitre(vec![paragraphe(tableau.liste)]));
        lignes.extend(tableau.lignes.iter().map(|rang| {
            let structures = rang.structures();
            let structures = if structures.is_empty() { "–" } else { &structures };
            blocs::ligne([structures, &rang.champs()].map(|t| vec![paragraphe(t)]))
        }));
    }
    blocs::tableau([("Structure", 42), ("À compléter", 58)], lignes)
}

fn section(blocs: &mut Vec<Noeud>, intitule: &str, elements: Vec<String>) {
    if elements.is_empty() {
        return;
    }
    blocs.push(titre(2, intitule));
    let elements = elements.iter().map(|e| vec![paragraphe(e)]).collect();
    blocs.push(blocs::noeud(Bloc::Liste(Liste { depart: None, elements })));
}
