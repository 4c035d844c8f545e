//! A contract → its sheets as tables in text: one file a sheet, with the columns of the workbook.

use super::Erreur;
use super::cellule::Montre;
use super::colonnes::{Colonne, Genre};
use super::exporter::choisir;
use super::grille::Fonds;
use crate::formats::tableur;
use crate::schema::forme::Nature;
use serde_json::Value;

/// A file for each sheet: its name, its bytes in UTF-8 with a mark, cells parted by semicolons.
pub fn exporter(donnees: &Value, parties: &[String]) -> Result<Vec<(String, Vec<u8>)>, Erreur> {
    let fonds = Fonds::de(donnees);
    let mut sortie = Vec::new();
    for grille in choisir(&fonds, parties)? {
        let lues: Vec<_> = grille.colonnes.iter().filter(|c| !matches!(c.genre, Genre::Calcul(_))).collect();
        let mut lignes: Vec<Vec<String>> = Vec::new();
        if grille.motif.is_empty() {
            lignes.push(["_cle", "Rubrique", "Champ", "Valeur"].map(str::to_owned).to_vec());
            lignes.push(["_cle", "", "", "valeur"].map(str::to_owned).to_vec());
            for colonne in &lues {
                let Some(rangee) = grille.rangees.first() else { continue };
                let (rubrique, champ) = colonne.titre.rsplit_once(" › ").unwrap_or(("Contrat", &colonne.titre));
                let valeur = mots(colonne, fonds.montrer(grille, rangee, colonne));
                lignes.push(vec![format!("/{}", colonne.pointeur), rubrique.to_owned(), champ.to_owned(), valeur]);
            }
        } else {
            let tete = |f: &dyn Fn(&Colonne) -> String| {
                std::iter::once("_cle".to_owned()).chain(lues.iter().map(|c| f(c))).collect::<Vec<_>>()
            };
            lignes.push(tete(&|c| c.titre.clone()));
            lignes.push(tete(&|c| c.pointeur.clone()));
            for rangee in &grille.rangees {
                let cellules = lues.iter().map(|c| mots(c, fonds.montrer(grille, rangee, c)));
                lignes.push(std::iter::once(rangee.cle.clone()).chain(cellules).collect());
            }
        }
        let mut ecrivain = csv::WriterBuilder::new().delimiter(b';').from_writer(b"\xEF\xBB\xBF".to_vec());
        for ligne in lignes {
            let cellules: Vec<_> = ligne.iter().map(|mot| tableur::cellule(mot).into_owned()).collect();
            ecrivain.write_record(cellules).map_err(|e| Erreur::Ecriture(e.to_string()))?;
        }
        let octets = ecrivain.into_inner().map_err(|e| Erreur::Ecriture(e.to_string()))?;
        sortie.push((format!("{}.csv", grille.nom), octets));
    }
    Ok(sortie)
}

fn mots(colonne: &Colonne, montre: Option<Montre>) -> String {
    match montre {
        // In words, « 0,9 » alone would be a doubt.
        Some(Montre::Nombre(n)) if matches!(colonne.forme.nature, Nature::Pourcentage | Nature::Taux(_)) => {
            format!("{} %", n.to_string().replace('.', ","))
        }
        Some(Montre::Nombre(n)) => n.to_string().replace('.', ","),
        Some(Montre::Jour(texte) | Montre::Texte(texte) | Montre::TropLong(texte)) => texte,
        Some(Montre::Vide) | None => String::new(),
    }
}
