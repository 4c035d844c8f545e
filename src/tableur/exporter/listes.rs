//! What cells offer: lists of labels and names, each on a range with a name, in a sheet that is not shown.

use super::super::Erreur;
use super::super::colonnes::{Colonne, Genre};
use super::super::noms::Noms;
use crate::lecture::classeur::nom_de_colonne;
use crate::nomenclatures::Nomenclature;
use crate::schema::forme::Nature;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Formula, Worksheet,
};

pub(super) const FEUILLE: &str = "_listes";

#[derive(Default)]
pub(super) struct Listes {
    listes: Vec<(String, Vec<String>)>,
}

impl Listes {
    /// The name of a list, which is added if it is new; nothing of an empty one.
    fn nom(&mut self, base: &str, elements: Vec<String>) -> Option<String> {
        if elements.is_empty() {
            return None;
        }
        if let Some((nom, _)) = self.listes.iter().find(|(_, autres)| *autres == elements) {
            return Some(nom.clone());
        }
        let lettres: String = base.chars().filter(|c| c.is_ascii_alphanumeric()).collect();
        let nom = format!("L_{lettres}_{}", self.listes.len() + 1);
        self.listes.push((nom.clone(), elements));
        Some(nom)
    }

    /// What a column admits, as spreadsheets check it. « sans objet : motif » may stand anywhere: nothing is forbidden, only told.
    pub fn valider(
        &mut self,
        feuille: &mut Worksheet,
        colonne: &Colonne,
        noms: &Noms,
        (haut, gauche, bas, droite): (u32, u16, u32, u16),
    ) -> Result<(), Erreur> {
        let Some(regle) = self.regle(colonne, noms)? else { return Ok(()) };
        feuille.add_data_validation(haut, gauche, bas, droite, &regle)?;
        Ok(())
    }

    fn regle(&mut self, colonne: &Colonne, noms: &Noms) -> Result<Option<DataValidation>, Erreur> {
        let souple = |regle: DataValidation, message: &str| -> Result<DataValidation, Erreur> {
            Ok(regle
                .set_error_style(DataValidationErrorStyle::Warning)
                .set_error_title("À vérifier")?
                .set_error_message(message)?)
        };
        if !matches!(colonne.genre, Genre::Valeur | Genre::Annee { .. }) {
            return Ok(None);
        }
        let liste = match (colonne.vers, &colonne.forme.nature) {
            (Some(vers), _) => {
                let offerts = noms.offerts(vers).into_iter().map(str::to_owned).collect();
                self.nom(&format!("{vers:?}"), offerts)
            }
            (None, Nature::Choix(choix)) => {
                let base = colonne.forme.definition.clone().unwrap_or_else(|| "choix".to_owned());
                self.nom(&base, choix.iter().map(|(_, libelle)| libelle.clone()).collect())
            }
            (None, Nature::Booleen) => self.nom("OuiNon", vec!["Oui".to_owned(), "Non".to_owned()]),
            (None, nature) => match table(nature) {
                Some((base, table)) => {
                    let dire = |valeur: &str| crate::saisie::afficher(&colonne.forme, &serde_json::json!(valeur));
                    self.nom(base, table.entrees().iter().filter_map(|e| dire(e.code)).collect())
                }
                None => None,
            },
        };
        if let Some(nom) = liste {
            let regle = DataValidation::new().allow_list_formula(Formula::new(format!("={nom}")));
            return souple(regle, "Choisissez dans la liste, ou écrivez « sans objet : » et le motif.").map(Some);
        }
        let nombre = DataValidationRule::Between(-1e15, 1e15);
        Ok(match &colonne.forme.nature {
            Nature::Montant | Nature::Nombre | Nature::Pourcentage if colonne.vers.is_none() => {
                let regle = DataValidation::new().allow_decimal_number(nombre);
                Some(souple(regle, "Un nombre est attendu, ou « sans objet : » et le motif.")?)
            }
            Nature::Annee => {
                let regle = DataValidation::new().allow_whole_number(DataValidationRule::Between(1990, 2100));
                Some(souple(regle, "Une année en quatre chiffres est attendue.")?)
            }
            Nature::Date => {
                let depuis = ExcelDateTime::from_ymd(1950, 1, 1)?;
                let regle = DataValidation::new().allow_date(DataValidationRule::GreaterThanOrEqualTo(depuis));
                Some(souple(regle, "Une date est attendue (jj/mm/aaaa), ou « sans objet : » et le motif.")?)
            }
            _ => None,
        })
    }

    /// The sheet that holds them.
    pub fn feuille(&self) -> Result<Worksheet, Erreur> {
        let mut feuille = Worksheet::new();
        feuille.set_name(FEUILLE)?;
        feuille.set_very_hidden(true);
        for (colonne, (nom, elements)) in (0_u16..).zip(&self.listes) {
            feuille.write_string(0, colonne, nom)?;
            for (ligne, element) in (1_u32..).zip(elements) {
                feuille.write_string(ligne, colonne, element)?;
            }
        }
        Ok(feuille)
    }

    pub fn noms_definis(&self) -> Vec<(String, String)> {
        let plage = |rang: usize, n: usize| {
            let lettre = nom_de_colonne(rang as u32);
            format!("='{FEUILLE}'!${lettre}$2:${lettre}${}", n + 1)
        };
        self.listes.iter().enumerate().map(|(rang, (nom, liste))| (nom.clone(), plage(rang, liste.len()))).collect()
    }
}

fn table(nature: &Nature) -> Option<(&'static str, Nomenclature)> {
    Some(match nature {
        Nature::Departement => ("Departements", Nomenclature::Departements),
        Nature::Region => ("Regions", Nomenclature::Regions),
        Nature::Categorie => ("Categories", Nomenclature::Categories),
        Nature::Statut => ("Statuts", Nomenclature::Statuts),
        _ => return None,
    })
}
