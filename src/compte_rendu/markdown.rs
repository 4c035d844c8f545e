//! The report as Markdown: what an agent sends to a gestionnaire, or posts beside a change.

use super::groupe::{Entree, Groupe, par_regle};
use super::{CompteRendu, Detenteur, Manque, grouper, tableaux_des_manques};
use crate::formats::majuscule;

/// The whole report.
pub fn ecrire(compte_rendu: &CompteRendu) -> String {
    let mut texte = entete(compte_rendu);
    for (rang, premiere) in compte_rendu.a_traiter_d_abord().iter().enumerate() {
        if rang == 0 {
            texte.push_str("\n## À traiter d'abord\n\n");
        }
        texte.push_str(&format!("{}. {}\n", rang + 1, echapper(&majuscule(&premiere.en_une_ligne()))));
    }
    for (partie, remarques) in compte_rendu.par_partie() {
        texte.push_str(&format!("\n## {}\n", partie.titre()));
        for groupe in par_regle(&remarques) {
            texte.push_str(&entree(&groupe, compte_rendu.avec_pourquoi));
        }
    }
    if let Some(comparaison) = &compte_rendu.comparaison {
        texte.push_str("\n## Remarques résolues\n");
        for (partie, remarques) in grouper(&comparaison.resolues) {
            for remarque in remarques {
                texte.push_str(&format!(
                    "\n- {} – **{}** {}",
                    partie.titre(),
                    remarque.code,
                    echapper(&remarque.message)
                ));
            }
        }
        if comparaison.resolues.is_empty() {
            texte.push_str("\nAucune.");
        }
        texte.push('\n');
    }
    if let Some(manques) = &compte_rendu.completude {
        texte.push_str(&completude(manques));
    }
    texte.push_str(&ecarts(compte_rendu));
    texte
}

/// What is missing, by who holds it: a table of structures and fields for each list of the contract.
fn completude(manques: &[Manque]) -> String {
    let mut texte = String::new();
    for detenteur in Detenteur::TOUS {
        let tableaux = tableaux_des_manques(manques, detenteur);
        texte.push_str(&format!("\n## {}\n", detenteur.titre()));
        if tableaux.is_empty() {
            texte.push_str("\nRien.\n");
        }
        for tableau in tableaux {
            texte.push_str(&format!("\n| {} | À compléter |\n|---|---|\n", echapper(tableau.liste)));
            for rang in &tableau.lignes {
                let structures = rang.structures();
                let structures = if structures.is_empty() { "–" } else { &structures };
                texte.push_str(&format!("| {} | {} |\n", echapper(structures), echapper(&rang.champs())));
            }
        }
    }
    texte
}

fn entete(compte_rendu: &CompteRendu) -> String {
    let mut texte = format!("# Vérification du contrat {}\n\n", echapper(&compte_rendu.contrat));
    texte.push_str(&format!("**{}.**\n\n", majuscule(&compte_rendu.conclusion())));
    texte.push_str(&format!("- Fichiers : {}\n", echapper(&compte_rendu.fichiers.join(", "))));
    let etat = if compte_rendu.etat == "projet" { "projet" } else { "contrat définitif" };
    texte.push_str(&format!("- Modèle : {} ; vérifié comme {etat}\n", echapper(&compte_rendu.designation_du_modele())));
    if let Some(partie) = compte_rendu.partie {
        texte.push_str(&format!("- Partie affichée : {} ; le bilan porte sur le contrat entier\n", partie.titre()));
    }
    if let Some(comparaison) = &compte_rendu.comparaison {
        texte.push_str(&format!(
            "- Comparé à {} : {}\n",
            echapper(&comparaison.fichiers.join(", ")),
            comparaison.en_mots(compte_rendu.remarques.len())
        ));
    }
    if compte_rendu.remarques.is_empty() {
        texte.push_str("\nAucune remarque à afficher.\n");
    }
    texte
}

fn entree(groupe: &Groupe<'_>, avec_pourquoi: bool) -> String {
    let titre = groupe.titre.map(|t| format!(" – {}", echapper(t))).unwrap_or_default();
    let mut texte = format!("\n### {}{titre}\n\n", groupe.intitule());
    for entree in &groupe.entrees {
        let chemin = if entree.chemin.is_empty() { "Le contrat entier" } else { &entree.chemin };
        let precisions = match entree.precisions() {
            vides if vides.is_empty() => vides,
            precisions => format!(" {}", code(&precisions)),
        };
        texte.push_str(&format!("- {} : {}{precisions}\n", echapper(chemin), echapper(&entree.message)));
        if let Some(remede) = groupe.propre(entree) {
            texte.push_str(&format!("  À faire : {}\n", echapper(remede)));
        }
    }
    if !groupe.remede.is_empty() {
        texte.push_str(&format!("\nÀ faire : {}\n", echapper(&groupe.remede)));
    }
    let pourquoi = groupe.entrees.first().and_then(Entree::pourquoi).filter(|_| avec_pourquoi);
    if let Some(pourquoi) = pourquoi {
        texte.push_str(&format!("\nPourquoi : {}\n", echapper(pourquoi)));
    }
    if !groupe.references.is_empty() {
        let intitule = if avec_pourquoi { "D'après" } else { "Références" };
        texte.push_str(&format!("\n{intitule} : {}\n", echapper(&groupe.references.join(" ; "))));
    }
    texte
}

/// What the model set and what the contract waived or added.
fn ecarts(compte_rendu: &CompteRendu) -> String {
    let mut texte = String::new();
    if !compte_rendu.derogations.is_empty() {
        texte.push_str("\n## Dérogations du contrat\n\n");
        for d in &compte_rendu.derogations {
            texte.push_str(&format!("- {}\n", echapper(&d.en_mots())));
        }
    }
    if !compte_rendu.clauses_particulieres.is_empty() {
        texte.push_str("\n## Clauses particulières\n\n");
        for clause in &compte_rendu.clauses_particulieres {
            texte.push_str(&format!("- {}\n", echapper(&clause.en_mots())));
        }
    }
    if !compte_rendu.reglages.is_empty() {
        texte.push_str("\n## Règles réglées par le modèle\n\n");
        for reglage in &compte_rendu.reglages {
            texte.push_str(&format!("- {}\n", echapper(&reglage.en_mots())));
        }
    }
    texte
}

/// Text that Markdown reads as it is.
fn echapper(texte: &str) -> String {
    let mut sortie = String::new();
    for c in texte.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' => {
                sortie.push('\\');
                sortie.push(c);
            }
            c if c.is_control() => sortie.push(' '),
            c => sortie.push(c),
        }
    }
    sortie
}

/// A code span, whatever back quotes it holds.
fn code(texte: &str) -> String {
    format!("`{}`", texte.replace('`', "'").replace(|c: char| c.is_control(), " "))
}
