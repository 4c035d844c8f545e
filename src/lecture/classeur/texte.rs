//! A table in text (csv, tsv) → a workbook of one sheet, whose cells are all words.

use super::cellules::{Cellule, Classeur, Contenu, Recolte};
use super::refus::ClasseurRefuse;
use crate::lecture::tables::{codage, grille};

pub(super) fn lire(nom: &str, octets: &[u8]) -> Result<Classeur, ClasseurRefuse> {
    let refus = |ligne, message: &str, remede: &str| ClasseurRefuse::Texte {
        ligne,
        message: message.to_owned(),
        remede: remede.to_owned(),
    };
    let (texte, _) = codage::decoder(octets).map_err(|faute| refus(faute.ligne, faute.message, faute.remede))?;
    let grille = grille::lire(&texte, |_| false);
    if let Some((ligne, message, remede)) = grille.fautes.first() {
        return Err(refus(*ligne, message, remede));
    }
    let nom = nom.rsplit(['/', '\\']).next().unwrap_or_default();
    let nom = nom.rsplit_once('.').map_or(nom, |(nom, _)| nom);
    let mut recolte = Recolte::nouvelle(nom, false, 0);
    for (ligne, rangee) in grille.rangees.iter().enumerate() {
        for (colonne, texte) in rangee.cellules.iter().enumerate().filter(|(_, texte)| !texte.is_empty()) {
            let (ligne, colonne) =
                (u32::try_from(ligne).unwrap_or(u32::MAX), u32::try_from(colonne).unwrap_or(u32::MAX));
            let contenu = Contenu::Texte(texte.clone());
            recolte.prendre(Cellule { ligne, colonne, contenu, formule: None })?;
        }
    }
    Ok(Classeur { feuilles: vec![recolte.finir()], ..Classeur::default() })
}
