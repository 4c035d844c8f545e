//! A workbook in Open XML (xlsx, xlsm, xlsb) → its cells, streamed sheet after sheet; its properties, its notes.

use super::cellules::{Cellule, Classeur, Contenu, Fusion, Note, Recolte};
use super::entrepot::{Entrepot, Etape, attribut, parcourir};
use super::refus::ClasseurRefuse;
use calamine::{
    CellErrorType, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsb, XlsbError, Xlsx, XlsxError,
    XlsxFormulaMetadata,
};
use std::collections::BTreeMap;
use std::io::Cursor;

pub(super) fn lire(octets: &[u8], entrepot: &mut Entrepot<'_>) -> Result<Classeur, ClasseurRefuse> {
    let abime = |erreur: XlsxError| match erreur {
        XlsxError::Password => ClasseurRefuse::Chiffre,
        autre => ClasseurRefuse::Abime(autre.to_string()),
    };
    let mut xlsx: Xlsx<_> = Xlsx::new(Cursor::new(octets)).map_err(abime)?;
    let mut classeur = commun(&xlsx, entrepot);
    classeur.epoque_1904 = xlsx.has_1904_epoch();
    let mut deja = 0;
    for feuille in xlsx.sheets_metadata().to_vec() {
        let mut recolte = Recolte::nouvelle(&feuille.name, feuille.visible != SheetVisible::Visible, deja);
        if feuille.typ == SheetType::WorkSheet {
            let fusions = xlsx.merge_cells_by_sheet_name(&feuille.name).unwrap_or_default();
            recolte.feuille.fusions = fusions.iter().map(|d| Fusion { debut: d.start, fin: d.end }).collect();
            let mut lecteur = match xlsx.worksheet_cells_reader(&feuille.name) {
                // A chart that has a sheet for itself holds no cell.
                Err(XlsxError::NotAWorksheet(_)) => continue,
                lecteur => lecteur.map_err(abime)?,
            };
            while let Some(lue) = lecteur.next_cell_with_formula_metadata().map_err(abime)? {
                let formule = lue.formula.map(|formule| match formule {
                    XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => formula,
                    _ => String::new(),
                });
                garder(&mut recolte, lue.pos, contenu(&lue.value), formule)?;
            }
        }
        let feuille = recolte.finir();
        deja += feuille.cellules.len();
        classeur.feuilles.push(feuille);
    }
    for (nom, notes) in notes(entrepot) {
        if let Some(feuille) = classeur.feuilles.iter_mut().find(|f| f.nom == nom) {
            feuille.notes = notes;
        }
    }
    Ok(classeur)
}

pub(super) fn lire_binaire(octets: &[u8], entrepot: &mut Entrepot<'_>) -> Result<Classeur, ClasseurRefuse> {
    let abime = |erreur: XlsbError| match erreur {
        XlsbError::Password => ClasseurRefuse::Chiffre,
        autre => ClasseurRefuse::Abime(autre.to_string()),
    };
    let mut xlsb: Xlsb<_> = Xlsb::new(Cursor::new(octets)).map_err(abime)?;
    let mut classeur = commun(&xlsb, entrepot);
    classeur.epoque_1904 = xlsb.has_1904_epoch();
    let mut deja = 0;
    for feuille in xlsb.sheets_metadata().to_vec() {
        let mut recolte = Recolte::nouvelle(&feuille.name, feuille.visible != SheetVisible::Visible, deja);
        if feuille.typ == SheetType::WorkSheet {
            let mut lecteur = xlsb.worksheet_cells_reader(&feuille.name).map_err(abime)?;
            while let Some(lue) = lecteur.next_cell().map_err(abime)? {
                garder(&mut recolte, lue.get_position(), contenu(lue.get_value()), None)?;
            }
        }
        let feuille = recolte.finir();
        deja += feuille.cellules.len();
        classeur.feuilles.push(feuille);
    }
    Ok(classeur)
}

fn commun<'o, R: Reader<Cursor<&'o [u8]>>>(lecteur: &R, entrepot: &mut Entrepot<'_>) -> Classeur {
    Classeur {
        proprietes: proprietes(entrepot.lire("docProps/custom.xml").unwrap_or_default().as_slice()),
        noms_definis: lecteur.defined_names().to_vec(),
        alertes: entrepot.alertes(),
        ..Classeur::default()
    }
}

pub(super) fn garder(
    recolte: &mut Recolte,
    (ligne, colonne): (u32, u32),
    contenu: Option<Contenu>,
    formule: Option<String>,
) -> Result<(), ClasseurRefuse> {
    let contenu = match (contenu, &formule) {
        (Some(contenu), _) => contenu,
        (None, Some(_)) => Contenu::Vide,
        (None, None) => return Ok(()),
    };
    recolte.prendre(Cellule { ligne, colonne, contenu, formule })
}

fn contenu(lu: &DataRef<'_>) -> Option<Contenu> {
    let texte = |texte: &str| (!texte.is_empty()).then(|| Contenu::Texte(texte.replace("\r\n", "\n")));
    match lu {
        DataRef::Int(n) => Some(Contenu::Nombre(*n as f64)),
        DataRef::Float(n) => Some(Contenu::Nombre(*n)),
        DataRef::String(lu) => texte(lu),
        DataRef::SharedString(lu) => texte(lu),
        DataRef::Bool(oui) => Some(Contenu::Booleen(*oui)),
        DataRef::DateTime(moment) => Some(date(moment)),
        DataRef::DateTimeIso(lu) => Some(Contenu::Date(lu.clone())),
        DataRef::DurationIso(lu) => texte(lu),
        DataRef::Error(erreur) => Some(Contenu::Erreur(erreur_de(erreur))),
        DataRef::Empty => None,
    }
}

pub(super) fn date(moment: &ExcelDateTime) -> Contenu {
    if !moment.is_datetime() {
        return Contenu::Nombre(moment.as_f64());
    }
    let (annee, mois, jour, heure, minute, seconde, _) = moment.to_ymd_hms_milli();
    let (Ok(annee), Ok(mois), Ok(jour)) = (i16::try_from(annee), i8::try_from(mois), i8::try_from(jour)) else {
        return Contenu::Nombre(moment.as_f64());
    };
    match jiff::civil::Date::new(annee, mois, jour) {
        Ok(jour) if (heure, minute, seconde) == (0, 0, 0) => Contenu::Date(jour.to_string()),
        Ok(jour) => Contenu::Date(format!("{jour}T{heure:02}:{minute:02}:{seconde:02}")),
        Err(_) => Contenu::Nombre(moment.as_f64()),
    }
}

pub(super) fn erreur_de(erreur: &CellErrorType) -> String {
    erreur.to_string()
}

/// The properties that a program or a person gave to the file.
fn proprietes(xml: &[u8]) -> BTreeMap<String, String> {
    let mut sortie = BTreeMap::new();
    let mut ouverte: Option<(String, String)> = None;
    parcourir(xml, |etape| match etape {
        Etape::Ouvre(balise) if balise.local_name().as_ref() == b"property" => {
            ouverte = attribut(balise, "name").map(|nom| (nom, String::new()));
        }
        Etape::Texte(texte) => {
            if let Some((_, valeur)) = &mut ouverte {
                valeur.push_str(texte);
            }
        }
        Etape::Ferme(b"property") => sortie.extend(ouverte.take().map(|(nom, valeur)| (nom, valeur.trim().to_owned()))),
        _ => {}
    });
    sortie
}

/// The notes of each sheet, by its name: sheet → its part → its relationships → its comments.
fn notes(entrepot: &mut Entrepot<'_>) -> Vec<(String, Vec<Note>)> {
    let mut feuilles: Vec<(String, String)> = Vec::new();
    parcourir(&entrepot.lire("xl/workbook.xml").unwrap_or_default(), |etape| {
        if let Etape::Ouvre(balise) = etape
            && balise.local_name().as_ref() == b"sheet"
            && let (Some(nom), Some(lien)) = (attribut(balise, "name"), attribut(balise, "id"))
        {
            feuilles.push((nom, lien));
        }
    });
    let parts = liens(&entrepot.lire("xl/_rels/workbook.xml.rels").unwrap_or_default());
    let mut sortie = Vec::new();
    for (nom, lien) in feuilles {
        let Some(part) = parts.iter().find(|(id, ..)| *id == lien).map(|(.., cible)| place("xl", cible)) else {
            continue;
        };
        let (dossier, fichier) = part.rsplit_once('/').unwrap_or(("", &part));
        let siens = liens(&entrepot.lire(&format!("{dossier}/_rels/{fichier}.rels")).unwrap_or_default());
        let Some((.., cible)) = siens.iter().find(|(_, genre, _)| genre.ends_with("/comments")) else { continue };
        sortie.push((nom, commentaires(&entrepot.lire(&place(dossier, cible)).unwrap_or_default())));
    }
    sortie
}

/// Identifier, type and target of each relationship.
fn liens(xml: &[u8]) -> Vec<(String, String, String)> {
    let mut sortie = Vec::new();
    parcourir(xml, |etape| {
        if let Etape::Ouvre(balise) = etape
            && let (Some(id), Some(genre), Some(cible)) =
                (attribut(balise, "Id"), attribut(balise, "Type"), attribut(balise, "Target"))
        {
            sortie.push((id, genre, cible));
        }
    });
    sortie
}

/// The place of a target written in a part of this folder.
fn place(dossier: &str, cible: &str) -> String {
    let mut morceaux: Vec<&str> = if cible.starts_with('/') { Vec::new() } else { dossier.split('/').collect() };
    for morceau in cible.split('/') {
        match morceau {
            "" | "." => {}
            ".." => drop(morceaux.pop()),
            nom => morceaux.push(nom),
        }
    }
    morceaux.join("/")
}

fn commentaires(xml: &[u8]) -> Vec<Note> {
    let (mut auteurs, mut sortie) = (Vec::<String>::new(), Vec::<Note>::new());
    let (mut dans_auteur, mut dans_texte) = (false, false);
    parcourir(xml, |etape| match etape {
        Etape::Ouvre(balise) => match balise.local_name().as_ref() {
            b"author" => {
                dans_auteur = true;
                auteurs.push(String::new());
            }
            b"comment" => {
                let ici = attribut(balise, "ref").and_then(|nom| lire_place(&nom));
                let auteur = attribut(balise, "authorId").and_then(|n| n.parse::<usize>().ok());
                let auteur = auteur.and_then(|rang| auteurs.get(rang)).cloned().unwrap_or_default();
                let (ligne, colonne) = ici.unwrap_or_default();
                sortie.push(Note { ligne, colonne, auteur, texte: String::new() });
            }
            b"t" => dans_texte = true,
            _ => {}
        },
        Etape::Texte(texte) if dans_auteur => {
            if let Some(auteur) = auteurs.last_mut() {
                auteur.push_str(texte);
            }
        }
        Etape::Texte(texte) if dans_texte => {
            if let Some(note) = sortie.last_mut() {
                note.texte.push_str(texte);
            }
        }
        Etape::Ferme(b"author") => dans_auteur = false,
        Etape::Ferme(b"t") => dans_texte = false,
        _ => {}
    });
    sortie
}

/// « F12 » → row 11, column 5.
fn lire_place(nom: &str) -> Option<(u32, u32)> {
    let lettres = nom.find(|c: char| c.is_ascii_digit())?;
    let (lettres, chiffres) = nom.split_at(lettres);
    let colonne = lettres.bytes().try_fold(0_u32, |n, lettre| {
        let rang = lettre.is_ascii_uppercase().then(|| u32::from(lettre - b'A') + 1)?;
        n.checked_mul(26)?.checked_add(rang)
    })?;
    Some((chiffres.parse::<u32>().ok()?.checked_sub(1)?, colonne.checked_sub(1)?))
}
