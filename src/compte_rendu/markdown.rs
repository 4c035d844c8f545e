//! The report as Markdown: what an agent sends to a gestionnaire, or posts beside a change.

use super::groupe::{Groupe, par_regle};
use super::{CompteRendu, Detenteur, Manque, grouper, manques_par_partie};
use crate::formats::majuscule;

/// The whole report.
pub fn ecrire(compte_rendu: &CompteRendu) -> String {
    let mut texte = entete(compte_rendu);
    for (partie, remarques) in compte_rendu.par_partie() {
        texte.push_str(&format!("\n## {}\n", partie.titre()));
        for groupe in par_regle(&remarques) {
            texte.push_str(&entree(&groupe));
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

/// What is missing, by who holds it and by part of the dossier.
fn completude(manques: &[Manque]) -> String {
    let mut texte = String::new();
    for detenteur in Detenteur::TOUS {
        let parties = manques_par_partie(manques, detenteur);
        texte.push_str(&format!("\n## {}\n", detenteur.titre()));
        if parties.is_empty() {
            texte.push_str("\nRien.\n");
        }
        for (partie, manques) in parties {
            texte.push_str(&format!("\n### {}\n\n", echapper(partie)));
            for manque in manques {
                texte.push_str(&format!("- {}\n", echapper(&manque.libelle)));
            }
        }
    }
    texte
}

fn entete(compte_rendu: &CompteRendu) -> String {
    let mut texte = format!("# Vérification du contrat {}\n\n", echapper(&compte_rendu.contrat));
    texte.push_str(&format!("**{} : {}.**\n\n", majuscule(compte_rendu.verdict()), compte_rendu.bilan.en_mots()));
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

fn entree(groupe: &Groupe<'_>) -> String {
    let titre = groupe.titre.map(|t| format!(" – {}", echapper(t))).unwrap_or_default();
    let mut texte = format!("\n### {}{titre}\n\n", groupe.intitule());
    for remarque in &groupe.remarques {
        let position = remarque.position.as_ref().map(|p| format!("{p}, ")).unwrap_or_default();
        let lieu = if remarque.pointeur.is_empty() { "le contrat entier" } else { &remarque.pointeur };
        texte.push_str(&format!("- {} {}\n", echapper(&remarque.message), code(&format!("{position}{lieu}"))));
        if let Some(remede) = groupe.propre(remarque) {
            texte.push_str(&format!("  À faire : {}\n", echapper(remede)));
        }
    }
    if !groupe.remede.is_empty() {
        texte.push_str(&format!("\nÀ faire : {}\n", echapper(groupe.remede)));
    }
    if !groupe.references.is_empty() {
        texte.push_str(&format!("\nRéférences : {}\n", echapper(&groupe.references.join(" ; "))));
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
