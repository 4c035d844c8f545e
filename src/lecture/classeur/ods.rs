//! A workbook in OpenDocument (ods) → its cells, streamed; what is repeated is repeated only within bounds.

use super::cellules::{Cellule, Classeur, Contenu, Fusion, Note, Recolte};
use super::entrepot::{Entrepot, attribut, entite};
use super::limites::{COLONNES_MAX, LIGNES_MAX};
use super::refus::ClasseurRefuse;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn lire(entrepot: &mut Entrepot<'_>) -> Result<Classeur, ClasseurRefuse> {
    let manifeste = entrepot.lire("META-INF/manifest.xml").unwrap_or_default();
    if String::from_utf8_lossy(&manifeste).contains("encryption-data") {
        return Err(ClasseurRefuse::Chiffre);
    }
    let contenu = entrepot.lire("content.xml").ok_or_else(|| abime("il n'a pas de contenu"))?;
    let mut lecture = Lecture { noms: Vec::new(), feuilles: Vec::new(), masques: BTreeSet::new() };
    lecture.tout(&contenu)?;
    Ok(Classeur {
        feuilles: lecture.feuilles,
        proprietes: proprietes(&entrepot.lire("meta.xml").unwrap_or_default()),
        noms_definis: lecture.noms,
        epoque_1904: false,
        alertes: entrepot.alertes(),
    })
}

fn abime(mot: &str) -> ClasseurRefuse {
    ClasseurRefuse::Abime(mot.to_owned())
}

struct Lecture {
    noms: Vec<(String, String)>,
    feuilles: Vec<super::Feuille>,
    /// Styles of the sheets that are hidden.
    masques: BTreeSet<String>,
}

/// A cell while its elements are read.
#[derive(Default)]
struct EnCours {
    repetee: u32,
    genre: String,
    valeur: Option<String>,
    formule: Option<String>,
    erreur: bool,
    etendue: (u32, u32),
    texte: String,
    paragraphes: u32,
    note: Option<Note>,
}

impl Lecture {
    fn tout(&mut self, xml: &[u8]) -> Result<(), ClasseurRefuse> {
        let mut lecteur = Reader::from_reader(xml);
        let mut tampon = Vec::new();
        let mut style = String::new();
        let mut recolte: Option<Recolte> = None;
        let mut suivi = 0_u32;
        let (mut ligne, mut colonne, mut lignes) = (0_u32, 0_u32, 1_u32);
        let mut rangee: Vec<(u32, EnCours)> = Vec::new();
        let mut cellule: Option<EnCours> = None;
        let mut dans_note = 0_u32;
        let mut dans_texte = 0_u32;
        let mut dans_auteur = false;
        let mut ignore = 0_u32;
        loop {
            tampon.clear();
            let evenement = lecteur.read_event_into(&mut tampon).map_err(|e| abime(&e.to_string()))?;
            let vide = matches!(evenement, Event::Empty(_));
            match evenement {
                Event::Start(b) | Event::Empty(b) => {
                    let nom = b.local_name();
                    match nom.as_ref() {
                        b"tracked-changes" | b"shapes" | b"forms" => ignore += u32::from(!vide),
                        _ if ignore > 0 => {}
                        b"style" => style = attribut(&b, "name").unwrap_or_default(),
                        b"table-properties" if attribut(&b, "display").as_deref() == Some("false") => {
                            self.masques.insert(style.clone());
                        }
                        b"named-range" => {
                            self.noms.extend(attribut(&b, "name").zip(attribut(&b, "cell-range-address")));
                        }
                        b"table" => {
                            suivi += u32::from(!vide);
                            if suivi == 1 && !vide {
                                let deja = self.feuilles.iter().map(|f| f.cellules.len()).sum();
                                let masquee = attribut(&b, "style-name").is_some_and(|s| self.masques.contains(&s));
                                let titre = attribut(&b, "name").unwrap_or_default();
                                recolte = Some(Recolte::nouvelle(&titre, masquee, deja));
                                ligne = 0;
                            }
                        }
                        b"table-row" => {
                            lignes = repetition(&b, "number-rows-repeated");
                            colonne = 0;
                            if vide {
                                ligne = ligne.saturating_add(lignes);
                            }
                        }
                        b"table-cell" | b"covered-table-cell" => {
                            let lue = ouvrir(&b);
                            if vide {
                                let pas = lue.repetee;
                                rangee.push((colonne, lue));
                                colonne = colonne.saturating_add(pas);
                            } else {
                                cellule = Some(lue);
                            }
                        }
                        b"annotation" if !vide => {
                            dans_note += 1;
                            if let Some(cellule) = &mut cellule {
                                cellule.note =
                                    Some(Note { ligne: 0, colonne: 0, auteur: String::new(), texte: String::new() });
                            }
                        }
                        b"creator" => dans_auteur = dans_note > 0 && !vide,
                        b"p" | b"h" => {
                            dans_texte += u32::from(!vide);
                            paragraphe(&mut cellule, dans_note > 0);
                        }
                        b"s" => {
                            let n = repetition(&b, "c").min(1_000) as usize;
                            ajouter(&mut cellule, dans_note > 0, dans_auteur, &" ".repeat(n));
                        }
                        b"tab" => ajouter(&mut cellule, dans_note > 0, dans_auteur, "\t"),
                        b"line-break" => ajouter(&mut cellule, dans_note > 0, dans_auteur, "\n"),
                        _ => {}
                    }
                }
                Event::Text(texte) if ignore == 0 && (dans_texte > 0 || dans_auteur) => {
                    ajouter(&mut cellule, dans_note > 0, dans_auteur, &texte.decode().unwrap_or_default());
                }
                Event::GeneralRef(nom) if ignore == 0 && (dans_texte > 0 || dans_auteur) => {
                    ajouter(&mut cellule, dans_note > 0, dans_auteur, &entite(&nom));
                }
                Event::End(b) => match b.local_name().as_ref() {
                    b"tracked-changes" | b"shapes" | b"forms" => ignore = ignore.saturating_sub(1),
                    _ if ignore > 0 => {}
                    b"annotation" => dans_note = dans_note.saturating_sub(1),
                    b"creator" => dans_auteur = false,
                    b"p" | b"h" => dans_texte = dans_texte.saturating_sub(1),
                    b"table-cell" | b"covered-table-cell" => {
                        if let Some(lue) = cellule.take() {
                            let pas = lue.repetee;
                            rangee.push((colonne, lue));
                            colonne = colonne.saturating_add(pas);
                        }
                    }
                    b"table-row" => {
                        let siennes = std::mem::take(&mut rangee);
                        if let Some(recolte) = &mut recolte {
                            poser(recolte, ligne, lignes, siennes)?;
                        }
                        ligne = ligne.saturating_add(lignes);
                    }
                    b"table" => {
                        suivi = suivi.saturating_sub(1);
                        if suivi == 0 {
                            self.feuilles.extend(recolte.take().map(Recolte::finir));
                        }
                    }
                    _ => {}
                },
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }
}

fn repetition(balise: &BytesStart<'_>, nom: &str) -> u32 {
    attribut(balise, nom).and_then(|n| n.parse::<u32>().ok()).unwrap_or(1).max(1)
}

fn ouvrir(balise: &BytesStart<'_>) -> EnCours {
    let mut lue = EnCours { repetee: 1, etendue: (1, 1), ..EnCours::default() };
    for a in balise.attributes().flatten() {
        let valeur = || {
            let brut = String::from_utf8_lossy(&a.value).into_owned();
            quick_xml::escape::unescape(&brut).map(|texte| texte.into_owned()).unwrap_or(brut)
        };
        let nombre = || valeur().parse::<u32>().unwrap_or(1).max(1);
        match a.key.as_ref() {
            b"table:number-columns-repeated" => lue.repetee = nombre(),
            b"table:number-columns-spanned" => lue.etendue.1 = nombre(),
            b"table:number-rows-spanned" => lue.etendue.0 = nombre(),
            b"table:formula" => lue.formule = Some(valeur()),
            b"office:value-type" => lue.genre = valeur(),
            b"calcext:value-type" => lue.erreur = valeur() == "error",
            b"office:value" | b"office:date-value" | b"office:boolean-value" | b"office:string-value" => {
                lue.valeur = Some(valeur());
            }
            _ => {}
        }
    }
    lue
}

fn paragraphe(cellule: &mut Option<EnCours>, note: bool) {
    let Some(cellule) = cellule else { return };
    match (&mut cellule.note, note) {
        (Some(note), true) if !note.texte.is_empty() => note.texte.push('\n'),
        (_, true) => {}
        (_, false) => {
            if cellule.paragraphes > 0 {
                cellule.texte.push('\n');
            }
            cellule.paragraphes += 1;
        }
    }
}

fn ajouter(cellule: &mut Option<EnCours>, dans_note: bool, auteur: bool, texte: &str) {
    let Some(cellule) = cellule else { return };
    match (&mut cellule.note, dans_note) {
        (Some(note), true) if auteur => note.auteur.push_str(texte),
        (Some(note), true) => note.texte.push_str(texte),
        (None, true) => {}
        (_, false) => cellule.texte.push_str(texte),
    }
}

/// What the attributes and the words of a cell make.
fn contenu(lue: &EnCours) -> Option<Contenu> {
    let nombre = || lue.valeur.as_deref().and_then(|n| n.parse::<f64>().ok()).filter(|n| n.is_finite());
    if lue.erreur || lue.formule.is_some() && lue.texte.starts_with('#') && lue.texte.ends_with(['!', '?', 'A']) {
        return Some(Contenu::Erreur(lue.texte.clone()));
    }
    match lue.genre.as_str() {
        "float" | "percentage" | "currency" => nombre().map(Contenu::Nombre),
        "boolean" => Some(Contenu::Booleen(lue.valeur.as_deref() == Some("true"))),
        "date" => {
            let valeur = lue.valeur.clone().unwrap_or_default();
            Some(Contenu::Date(valeur.strip_suffix("T00:00:00").map(str::to_owned).unwrap_or(valeur)))
        }
        _ => {
            let texte = if lue.paragraphes > 0 { &lue.texte } else { lue.valeur.as_ref().unwrap_or(&lue.texte) };
            (!texte.is_empty()).then(|| Contenu::Texte(texte.clone()))
        }
    }
}

/// A row, as many times as it is repeated; what is empty costs nothing.
fn poser(recolte: &mut Recolte, ligne: u32, lignes: u32, rangee: Vec<(u32, EnCours)>) -> Result<(), ClasseurRefuse> {
    for (debut, lue) in &rangee {
        let valeur = contenu(lue);
        if lue.etendue != (1, 1) {
            let fin = (ligne.saturating_add(lue.etendue.0 - 1), debut.saturating_add(lue.etendue.1 - 1));
            recolte.feuille.fusions.push(Fusion { debut: (ligne, *debut), fin });
        }
        if let Some(note) = &lue.note {
            recolte.feuille.notes.push(Note { ligne, colonne: *debut, ..note.clone() });
        }
        if valeur.is_none() && lue.formule.is_none() {
            continue;
        }
        // One past the bound is enough to be told.
        let lignes = lignes.min(LIGNES_MAX.saturating_sub(ligne).saturating_add(1));
        let fois = lue.repetee.min(COLONNES_MAX.saturating_sub(*debut).saturating_add(1));
        for i in 0..lignes {
            for j in 0..fois {
                let contenu = valeur.clone().unwrap_or(Contenu::Vide);
                let (ligne, colonne) = (ligne.saturating_add(i), debut.saturating_add(j));
                recolte.prendre(Cellule { ligne, colonne, contenu, formule: lue.formule.clone() })?;
            }
        }
    }
    Ok(())
}

fn proprietes(xml: &[u8]) -> BTreeMap<String, String> {
    let mut sortie = BTreeMap::new();
    let mut ouverte: Option<(String, String)> = None;
    super::entrepot::parcourir(xml, |etape| match etape {
        super::entrepot::Etape::Ouvre(balise) if balise.local_name().as_ref() == b"user-defined" => {
            ouverte = attribut(balise, "name").map(|nom| (nom, String::new()));
        }
        super::entrepot::Etape::Texte(texte) => {
            if let Some((_, valeur)) = &mut ouverte {
                valeur.push_str(texte);
            }
        }
        super::entrepot::Etape::Ferme(b"user-defined") => sortie.extend(ouverte.take()),
        _ => {}
    });
    sortie
}
