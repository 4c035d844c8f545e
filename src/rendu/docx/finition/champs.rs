//! The runs of editable values → content controls, each doubled by a bookmark of the same name.
//!
//! Word keeps controls, LibreOffice keeps bookmarks: a value comes home from either. `inlines` marks the runs by a
//! style of ours; a value of several paragraphs has its bookmark alone, since no control spans paragraphs safely.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::document::{ChampModifiable, GenreChamp};
use crate::rendu::docx::corps::{Complements, MARQUE};
use crate::rendu::docx::xml::{Element, Enfant};

/// Style of the values that may be edited in a locked file.
pub(super) const STYLE_LIBRE: &str = "ChampLibre";
/// First identifier of our bookmarks, above those of the headings.
const PREMIER_SIGNET: usize = 100_000;

/// Turns the marked runs of the body into controls and bookmarks.
pub(super) fn poser(racine: &mut Element, complements: &Complements) {
    let mut releve = Releve::default();
    releve.visiter(racine);
    let etendues: BTreeMap<usize, (usize, usize)> = releve
        .paragraphes
        .iter()
        .filter_map(|(rang, paragraphes)| {
            let champ = complements.champs.get(*rang)?;
            let debut = *paragraphes.first()?;
            let suite = paragraphes.iter().enumerate().take_while(|(n, p)| **p == debut + n).count();
            let fin = if champ.champ.genre == GenreChamp::Riche { debut + suite - 1 } else { debut };
            Some((*rang, (debut, fin)))
        })
        .collect();
    let mut pose = Pose { complements, etendues, paragraphe: 0, vus: Vec::new() };
    pose.visiter(racine);
}

/// The paragraphs that hold each value, by rank.
#[derive(Default)]
struct Releve {
    paragraphe: usize,
    paragraphes: BTreeMap<usize, Vec<usize>>,
}

impl Releve {
    fn visiter(&mut self, element: &Element) {
        if element.nom == "w:p" {
            self.paragraphe += 1;
            for enfant in element.elements() {
                if let Some((rang, _)) = marque(enfant) {
                    let vus = self.paragraphes.entry(rang).or_default();
                    if vus.last() != Some(&self.paragraphe) {
                        vus.push(self.paragraphe);
                    }
                }
            }
        }
        element.elements().for_each(|enfant| self.visiter(enfant));
    }
}

/// The value that a run is marked for, and the style that it has besides.
fn marque(run: &Element) -> Option<(usize, Option<&str>)> {
    if run.nom != "w:r" {
        return None;
    }
    let style = run.trouver("w:rPr")?.trouver("w:rStyle")?.lire_attribut("w:val")?.strip_prefix(MARQUE)?;
    let (rang, propre) = style.split_once(':').map_or((style, None), |(rang, propre)| (rang, Some(propre)));
    Some((rang.parse().ok()?, propre))
}

struct Pose<'a> {
    complements: &'a Complements,
    /// First and last paragraph of each value.
    etendues: BTreeMap<usize, (usize, usize)>,
    paragraphe: usize,
    /// The values that have their control.
    vus: Vec<usize>,
}

impl Pose<'_> {
    fn visiter(&mut self, element: &mut Element) {
        if element.nom == "w:p" {
            self.paragraphe += 1;
            self.paragraphe(element);
        }
        if element.nom == "w:r" {
            // A value inside a link is no field.
            if let Some((_, propre)) = marque(element) {
                let propre = propre.map(String::from);
                rendre_son_style(element, propre.as_deref());
            }
        }
        element.elements_mut().for_each(|enfant| self.visiter(enfant));
    }

    fn paragraphe(&mut self, element: &mut Element) {
        let enfants = std::mem::take(&mut element.enfants);
        let mut sortie: Vec<Enfant> = Vec::with_capacity(enfants.len());
        let mut groupe: Option<(usize, Vec<Element>)> = None;
        for enfant in enfants {
            let rang = match &enfant {
                Enfant::Element(run) => marque(run).map(|(rang, _)| rang),
                Enfant::Texte(_) => None,
            };
            match (enfant, rang) {
                (Enfant::Element(run), Some(rang)) => match &mut groupe {
                    Some((courant, runs)) if *courant == rang => runs.push(run),
                    _ => {
                        self.fermer(groupe.replace((rang, vec![run])), &mut sortie);
                    }
                },
                (autre, _) => {
                    self.fermer(groupe.take(), &mut sortie);
                    sortie.push(autre);
                }
            }
        }
        self.fermer(groupe, &mut sortie);
        element.enfants = sortie;
    }

    /// Writes the runs of a value, in their control when this is the place of the value.
    fn fermer(&mut self, groupe: Option<(usize, Vec<Element>)>, sortie: &mut Vec<Enfant>) {
        let Some((rang, mut runs)) = groupe else { return };
        let champ = self.complements.champs.get(rang);
        let libre = champ.is_some_and(|c| c.libre);
        for run in &mut runs {
            let propre = marque(run).and_then(|(_, propre)| propre).map(String::from);
            rendre_son_style(run, propre.as_deref().or(libre.then_some(STYLE_LIBRE)));
        }
        let runs: Vec<Enfant> = runs.into_iter().map(Enfant::Element).collect();
        let (Some(champ), Some(&(debut, fin))) = (champ, self.etendues.get(&rang)) else { return sortie.extend(runs) };
        let ici = self.paragraphe;
        // Only the first group of runs of a paragraph is the value's.
        let premier = ici == debut && !self.vus.contains(&rang);
        if !(premier || (debut < ici && ici <= fin)) {
            return sortie.extend(runs);
        }
        self.vus.push(rang);
        let id = PREMIER_SIGNET + rang;
        if premier {
            if champ.libre {
                let debut = Element::nouveau("w:permStart").attribut("w:id", id).attribut("w:edGrp", "everyone");
                sortie.push(Enfant::Element(debut));
            }
            let debut = Element::nouveau("w:bookmarkStart").attribut("w:id", id).attribut("w:name", &champ.champ.cle);
            sortie.push(Enfant::Element(debut));
        }
        match debut == fin {
            true => sortie.push(Enfant::Element(controle(&champ.champ, runs))),
            false => sortie.extend(runs),
        }
        if ici == fin {
            sortie.push(Enfant::Element(Element::nouveau("w:bookmarkEnd").attribut("w:id", id)));
            if champ.libre {
                sortie.push(Enfant::Element(Element::nouveau("w:permEnd").attribut("w:id", id)));
            }
        }
    }
}

fn rendre_son_style(run: &mut Element, style: Option<&str>) {
    let Some(proprietes) = run.elements_mut().find(|e| e.nom == "w:rPr") else { return };
    proprietes.retirer("w:rStyle");
    if let Some(style) = style {
        proprietes.enfants.insert(0, Enfant::Element(Element::val("w:rStyle", style)));
    }
    if proprietes.est_vide() {
        run.retirer("w:rPr");
    }
}

fn d_un_seul_aspect(runs: &[Enfant]) -> bool {
    let mut aspects = runs.iter().filter_map(|enfant| match enfant {
        Enfant::Element(e) if e.nom == "w:r" => Some(e.trouver("w:rPr")),
        _ => None,
    });
    let premier = aspects.next();
    aspects.all(|aspect| Some(aspect) == premier)
}

/// A content control around a value, children in the order of the standard.
fn controle(champ: &ChampModifiable, runs: Vec<Enfant>) -> Element {
    let proprietes = Element::nouveau("w:sdtPr")
        .enfant(Element::val("w:alias", court(&champ.titre)))
        .enfant(Element::val("w:tag", &champ.cle))
        .enfant(Element::val("w:id", identifiant(&champ.cle)));
    let proprietes = match &champ.genre {
        // A plain text control has one look: « 8e » would lose its superscript.
        GenreChamp::Texte if d_un_seul_aspect(&runs) => proprietes.enfant(Element::nouveau("w:text")),
        GenreChamp::Texte | GenreChamp::Riche => proprietes.enfant(Element::nouveau("w:richText")),
        GenreChamp::Date => proprietes.enfant(
            Element::nouveau("w:date")
                .enfant(Element::val("w:dateFormat", "d MMMM yyyy"))
                .enfant(Element::val("w:lid", "fr-FR"))
                .enfant(Element::val("w:storeMappedDataAs", "date"))
                .enfant(Element::val("w:calendar", "gregorian")),
        ),
        GenreChamp::Choix(libelles) => {
            let element = |libelle: &String| {
                let libelle = court(libelle);
                Element::nouveau("w:listItem").attribut("w:displayText", &libelle).attribut("w:value", &libelle)
            };
            proprietes.enfant(libelles.iter().map(element).fold(Element::nouveau("w:dropDownList"), Element::enfant))
        }
    };
    let mut contenu = Element::nouveau("w:sdtContent");
    contenu.enfants = runs;
    Element::nouveau("w:sdt").enfant(proprietes).enfant(contenu)
}

/// Word holds 64 characters in a title, 255 in a list item.
fn court(texte: &str) -> String {
    texte.chars().take(64).collect()
}

/// A positive number made from the key.
fn identifiant(cle: &str) -> u32 {
    let empreinte = Sha256::digest(cle.as_bytes());
    empreinte.iter().take(4).fold(0_u32, |n, octet| (n << 8) | u32::from(*octet)) >> 2 | 1
}
