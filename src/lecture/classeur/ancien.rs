//! A workbook of Excel 97 (xls) → its cells. It has no reader that streams: its size is bounded before.

use super::cellules::{Classeur, Contenu, Fusion, Recolte};
use super::ooxml::{date, erreur_de, garder};
use super::refus::ClasseurRefuse;
use calamine::{Data, Reader, SheetVisible, Xls, XlsError};
use std::io::Cursor;

pub(super) fn lire(octets: &[u8]) -> Result<Classeur, ClasseurRefuse> {
    let abime = |erreur: XlsError| match erreur {
        XlsError::Password => ClasseurRefuse::Chiffre,
        autre => ClasseurRefuse::Abime(autre.to_string()),
    };
    let mut xls: Xls<_> = Xls::new(Cursor::new(octets)).map_err(abime)?;
    let mut classeur = Classeur {
        noms_definis: xls.defined_names().to_vec(),
        epoque_1904: xls.has_1904_epoch(),
        ..Classeur::default()
    };
    if xls.vba_project().ok().flatten().is_some() {
        classeur.alertes.push("le classeur contient des macros : elles ne sont ni lues ni exécutées.".to_owned());
    }
    let mut deja = 0;
    for feuille in xls.sheets_metadata().to_vec() {
        let mut recolte = Recolte::nouvelle(&feuille.name, feuille.visible != SheetVisible::Visible, deja);
        let Ok(plage) = xls.worksheet_range(&feuille.name) else { continue };
        let (ligne0, colonne0) = plage.start().unwrap_or_default();
        for (ligne, colonne, lu) in plage.used_cells() {
            let ici = (ligne0.saturating_add(ligne as u32), colonne0.saturating_add(colonne as u32));
            garder(&mut recolte, ici, contenu(lu), None)?;
        }
        let fusions = xls.merge_cells_by_sheet_name(&feuille.name).unwrap_or_default();
        recolte.feuille.fusions = fusions.iter().map(|d| Fusion { debut: d.start, fin: d.end }).collect();
        let feuille = recolte.finir();
        deja += feuille.cellules.len();
        classeur.feuilles.push(feuille);
    }
    Ok(classeur)
}

fn contenu(lu: &Data) -> Option<Contenu> {
    Some(match lu {
        Data::Int(n) => Contenu::Nombre(*n as f64),
        Data::Float(n) => Contenu::Nombre(*n),
        Data::String(texte) if texte.is_empty() => return None,
        Data::String(texte) | Data::DurationIso(texte) => Contenu::Texte(texte.replace("\r\n", "\n")),
        Data::Bool(oui) => Contenu::Booleen(*oui),
        Data::DateTime(moment) => date(moment),
        Data::DateTimeIso(lu) => Contenu::Date(lu.clone()),
        Data::Error(erreur) => Contenu::Erreur(erreur_de(erreur)),
        _ => return None,
    })
}
