//! The computed columns of a sheet: their formulas, with the values that they have.

use super::super::cellule::Montre;
use super::super::grille::{Fonds, Grille, Rangee};
use super::super::plan::{CALCULS, Sorte};
use crate::lecture::classeur::nom_de_colonne;
use rust_xlsxwriter::Formula;

pub(super) struct Calculs<'g> {
    grille: &'g Grille,
}

impl<'g> Calculs<'g> {
    pub fn de(grille: &'g Grille) -> Self {
        Calculs { grille }
    }

    /// The columns of a pointer, or those below it (years).
    fn colonnes(&self, pointeur: &str) -> Vec<usize> {
        let sous = format!("{pointeur}/");
        let sienne = |p: &str| p == pointeur || p.starts_with(&sous);
        self.grille.colonnes.iter().enumerate().filter(|(_, c)| sienne(&c.pointeur)).map(|(rang, _)| rang).collect()
    }

    /// « C3,D3,E3 ».
    fn cellules(&self, cles: &[&str], ligne: u32) -> String {
        let rangs = cles.iter().flat_map(|cle| self.colonnes(cle));
        let noms = rangs.map(|rang| format!("${}{}", nom_de_colonne(rang as u32 + 1), u64::from(ligne) + 1));
        noms.collect::<Vec<_>>().join(",")
    }

    fn valeurs(&self, cles: &[&str], fonds: &Fonds<'_>, rangee: Option<&Rangee>) -> Vec<f64> {
        let rangs = cles.iter().flat_map(|cle| self.colonnes(cle));
        rangs
            .filter_map(|rang| match fonds.montrer(self.grille, rangee?, self.grille.colonnes.get(rang)?)? {
                Montre::Nombre(n) => Some(n),
                _ => None,
            })
            .collect()
    }

    /// The formula of a computed column on a row, with its value; nothing when what it needs is not on the sheet.
    pub fn formule(&self, rang: usize, ligne: u32, fonds: &Fonds<'_>, rangee: Option<&Rangee>) -> Option<Formula> {
        let calcul = CALCULS.get(rang)?;
        let somme = |n: &[f64]| n.iter().sum::<f64>();
        let (formule, resultat) = match &calcul.sorte {
            Sorte::Somme(cles) => {
                let cellules = self.cellules(cles, ligne);
                let valeurs = self.valeurs(cles, fonds, rangee);
                (
                    format!("=IF(COUNT({cellules})=0,\"\",SUM({cellules}))"),
                    (!valeurs.is_empty()).then(|| somme(&valeurs)),
                )
            }
            Sorte::Ecart(plus, moins) => {
                let (a, b) = (self.cellules(plus, ligne), self.cellules(moins, ligne));
                let (va, vb) = (self.valeurs(plus, fonds, rangee), self.valeurs(moins, fonds, rangee));
                let plein = !va.is_empty() && !vb.is_empty();
                let formule = format!("=IF(OR(COUNT({a})=0,COUNT({b})=0),\"\",ROUND(SUM({a})-SUM({b}),2))");
                (formule, plein.then(|| somme(&va) - somme(&vb)))
            }
            Sorte::Moyenne(cle) => {
                let cellules = self.cellules(&[cle], ligne);
                if cellules.is_empty() {
                    return None;
                }
                let valeurs = self.valeurs(&[cle], fonds, rangee);
                let resultat = (!valeurs.is_empty()).then(|| somme(&valeurs) / valeurs.len() as f64);
                (format!("=IF(COUNT({cellules})=0,\"\",ROUND(AVERAGE({cellules}),2))"), resultat)
            }
            Sorte::Part(haut, bas) => {
                let (a, b) = (self.cellules(&[haut], ligne), self.cellules(&[bas], ligne));
                let (va, vb) = (self.valeurs(&[haut], fonds, rangee), self.valeurs(&[bas], fonds, rangee));
                let resultat = va.first().zip(vb.first().filter(|b| **b != 0.0)).map(|(a, b)| 100.0 * a / b);
                (format!("=IF(COUNT({a},{b})<2,\"\",IF({b}=0,\"\",ROUND(100*{a}/{b},2)))"), resultat)
            }
        };
        let resultat = resultat.map_or_else(String::new, |n| format!("{}", (n * 100.0).round() / 100.0 + 0.0));
        Some(Formula::new(formule).set_result(resultat))
    }

    /// What a declared total should be.
    pub fn somme_de_reference(&self, pointeur: &str, ligne: u32) -> Option<String> {
        let calcul = CALCULS.iter().find(|c| c.motif == self.grille.motif && c.declare == Some(pointeur))?;
        Some(match &calcul.sorte {
            Sorte::Somme(cles) => format!("SUM({})", self.cellules(cles, ligne)),
            Sorte::Ecart(_, moins) => format!("SUM({})", self.cellules(moins, ligne)),
            Sorte::Moyenne(cle) => {
                let cellules = self.cellules(&[cle], ligne);
                if cellules.is_empty() {
                    return None;
                }
                format!("IF(COUNT({cellules})=0,0,ROUND(AVERAGE({cellules}),2))")
            }
            Sorte::Part(..) => return None,
        })
    }
}
