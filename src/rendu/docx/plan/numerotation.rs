//! Decides which heading numbers Word can compute itself, and writes the numbering part.
//!
//! Each heading is replayed as Word will count it; a number that would not come out exactly as the tree
//! says it is printed as literal text. Articles and titles are separate lists, so articles run through
//! titles without any restart rule (which LibreOffice ignores).

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::document::{Bloc, Document, Genre, Noeud, Numero, Serie, Titre};

use crate::rendu::docx::xml::{DECLARATION, echapper};

/// How the number of a heading is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rendu::docx) enum Choix {
    /// No number.
    Aucun,
    /// By Word: list instance (`w:numId`) and level.
    Automatique { num: usize, niveau: usize },
    /// As text of the heading.
    Litteral,
}

/// The bullet list of the numbering part.
pub(in crate::rendu::docx) const PUCES: usize = 1;
/// A list that prints nothing: takes away the number a heading style carries. (`w:numId` 0 does it too, but
/// one of the validators reads it as a missing list.)
pub(in crate::rendu::docx) const SANS_NUMERO: usize = 2;
const ABSTRAIT_PUCES: usize = 1;
const ABSTRAIT_LISTE: usize = 2;
const ABSTRAIT_VIDE: usize = 3;
/// Abstract lists of headings start here: one per counter.
const ABSTRAIT_TITRES: usize = 10;
/// Levels of bullet and ordinary numbered lists.
pub(in crate::rendu::docx) const NIVEAUX: usize = 9;

/// Numbering of the whole document.
pub(in crate::rendu::docx) struct Plan {
    choix: HashMap<*const Titre, Choix>,
    listes: Vec<ListeTitres>,
    /// `w:num` in order; the identifier is the index plus one.
    instances: Vec<Instance>,
}

/// An instance of an abstract list, with the level it restarts and the value, if any.
struct Instance {
    abstrait: usize,
    depart: Option<(usize, u32)>,
}

/// A counter family: titles, articles and their sub-articles, annexes, fiches.
struct ListeTitres {
    niveaux: Vec<Option<Niveau>>,
    instance: Option<usize>,
    /// Last value at each level as Word counts.
    compteurs: Vec<Option<u32>>,
}

/// A level as the first number of its series defines it.
struct Niveau {
    prefixe: String,
    /// Between the upper counter and this one (« - » in « 3-1 »).
    separateur: Option<String>,
    suffixe: String,
    format: Format,
    depart: u32,
    /// Heading style (1 to 5) this level is tied to.
    style: Option<u8>,
    niveau_titre: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Decimal,
    RomainMajuscule,
    RomainMinuscule,
    LettreMajuscule,
    LettreMinuscule,
}

const FORMATS: [Format; 5] = [
    Format::Decimal,
    Format::RomainMajuscule,
    Format::RomainMinuscule,
    Format::LettreMajuscule,
    Format::LettreMinuscule,
];

impl Format {
    fn ecrire(self, n: u32) -> Option<String> {
        match self {
            Format::Decimal => Some(n.to_string()),
            Format::RomainMajuscule => romain(n),
            Format::RomainMinuscule => romain(n).map(|r| r.to_lowercase()),
            Format::LettreMajuscule => lettre(n, b'A'),
            Format::LettreMinuscule => lettre(n, b'a'),
        }
    }

    fn nom(self) -> &'static str {
        match self {
            Format::Decimal => "decimal",
            Format::RomainMajuscule => "upperRoman",
            Format::RomainMinuscule => "lowerRoman",
            Format::LettreMajuscule => "upperLetter",
            Format::LettreMinuscule => "lowerLetter",
        }
    }
}

fn romain(mut n: u32) -> Option<String> {
    const SYMBOLES: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&n) {
        return None;
    }
    let mut sortie = String::new();
    for (valeur, symbole) in SYMBOLES {
        while n >= valeur {
            sortie.push_str(symbole);
            n -= valeur;
        }
    }
    Some(sortie)
}

fn lettre(n: u32, premiere: u8) -> Option<String> {
    let decalage = u8::try_from(n.checked_sub(1)?).ok().filter(|d| *d < 26)?;
    Some(char::from(premiere + decalage).to_string())
}

/// List and level of a series.
fn place(serie: Serie) -> (usize, usize) {
    match serie {
        Serie::Titre => (0, 0),
        Serie::Article => (1, 0),
        Serie::SousArticle => (1, 1),
        Serie::Annexe => (2, 0),
        Serie::Fiche => (3, 0),
    }
}

impl Plan {
    /// The plan of a document without headings.
    pub fn vide() -> Self {
        Self {
            choix: HashMap::new(),
            listes: (0..4)
                .map(|_| ListeTitres { niveaux: vec![None, None], instance: None, compteurs: vec![None, None] })
                .collect(),
            instances: [ABSTRAIT_PUCES, ABSTRAIT_VIDE].map(|abstrait| Instance { abstrait, depart: None }).into(),
        }
    }

    pub fn etablir(document: &Document) -> Self {
        let mut plan = Self::vide();
        let titres = titres(document);
        for titre in &titres {
            let choix = match &titre.numero {
                None => Choix::Aucun,
                Some(numero) => plan.choisir(titre, numero),
            };
            plan.choix.insert(std::ptr::from_ref(*titre), choix);
        }
        plan.lier_styles();
        plan
    }

    pub fn choix(&self, titre: &Titre) -> Choix {
        self.choix.get(&std::ptr::from_ref(titre)).copied().unwrap_or(if titre.numero.is_some() {
            Choix::Litteral
        } else {
            Choix::Aucun
        })
    }

    /// The list instance and level that a heading style already carries.
    pub fn du_style(&self, niveau_titre: u8) -> Option<(usize, usize)> {
        self.listes.iter().find_map(|liste| {
            let rang = liste.niveaux.iter().position(|n| n.as_ref().is_some_and(|n| n.style == Some(niveau_titre)))?;
            Some((self.premiere_instance(liste)?, rang))
        })
    }

    /// A new instance for a numbered list of ordinary paragraphs.
    pub fn nouvelle_liste(&mut self, niveau: usize, depart: u32) -> usize {
        self.instances.push(Instance { abstrait: ABSTRAIT_LISTE, depart: Some((niveau, depart)) });
        self.instances.len()
    }

    fn premiere_instance(&self, liste: &ListeTitres) -> Option<usize> {
        let rang = self.listes.iter().position(|l| std::ptr::eq(l, liste))?;
        self.instances.iter().position(|i| i.abstrait == ABSTRAIT_TITRES + rang).map(|i| i + 1)
    }

    fn choisir(&mut self, titre: &Titre, numero: &Numero) -> Choix {
        let (rang_liste, niveau) = place(numero.serie);
        // Word's counters stop at 32 767; « % » in the level text would be read as a counter.
        if numero.rang > 32_000 || numero.prefixe.contains('%') || numero.suffixe.contains('%') {
            return Choix::Litteral;
        }
        let instances = &mut self.instances;
        let Some(liste) = self.listes.get_mut(rang_liste) else { return Choix::Litteral };
        liste.choisir(titre, numero, niveau, |depart| {
            instances.push(Instance { abstrait: ABSTRAIT_TITRES + rang_liste, depart });
            instances.len()
        })
    }

    /// Ties each level to the heading style of its first number, the first series taking it.
    fn lier_styles(&mut self) {
        let mut pris = Vec::new();
        for niveau in self.listes.iter_mut().flat_map(|l| l.niveaux.iter_mut()).flatten() {
            if !pris.contains(&niveau.niveau_titre) {
                pris.push(niveau.niveau_titre);
                niveau.style = Some(niveau.niveau_titre);
            }
        }
    }

    /// The numbering part.
    pub fn partie(&self) -> String {
        let mut xml = String::from(DECLARATION);
        xml.push_str(r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#);
        abstrait_liste(&mut xml, ABSTRAIT_PUCES, |niveau| ("bullet", ["•", "–", "▪"][niveau % 3].to_owned()));
        abstrait_liste(&mut xml, ABSTRAIT_LISTE, |niveau| {
            (["decimal", "lowerLetter", "lowerRoman"][niveau % 3], format!("%{}.", niveau + 1))
        });
        let _ = write!(
            xml,
            r#"<w:abstractNum w:abstractNumId="{ABSTRAIT_VIDE}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:numFmt w:val="none"/><w:suff w:val="nothing"/><w:lvlText w:val=""/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl></w:abstractNum>"#
        );
        for (rang, liste) in self.listes.iter().enumerate() {
            if liste.instance.is_some() {
                liste.abstrait(&mut xml, ABSTRAIT_TITRES + rang);
            }
        }
        for (rang, instance) in self.instances.iter().enumerate() {
            let _ = write!(xml, r#"<w:num w:numId="{}"><w:abstractNumId w:val="{}"/>"#, rang + 1, instance.abstrait);
            if let Some((niveau, depart)) = instance.depart {
                let _ = write!(
                    xml,
                    r#"<w:lvlOverride w:ilvl="{niveau}"><w:startOverride w:val="{depart}"/></w:lvlOverride>"#
                );
            }
            xml.push_str("</w:num>");
        }
        xml.push_str("</w:numbering>");
        xml
    }
}

impl ListeTitres {
    fn choisir(
        &mut self,
        titre: &Titre,
        numero: &Numero,
        niveau: usize,
        nouvelle: impl FnOnce(Option<(usize, u32)>) -> usize,
    ) -> Choix {
        let superieur = match niveau.checked_sub(1) {
            None => None,
            Some(n) => match (self.niveaux[n].as_ref(), self.compteurs[n]) {
                (Some(definition), Some(compte)) => match definition.format.ecrire(compte) {
                    Some(texte) => Some(texte),
                    None => return Choix::Litteral,
                },
                // A sub-article before any article: nothing to count from.
                _ => return Choix::Litteral,
            },
        };
        if self.niveaux[niveau].is_none() {
            self.niveaux[niveau] = definir(titre, numero, superieur.as_deref());
        }
        let Some(definition) = &self.niveaux[niveau] else { return Choix::Litteral };
        if definition.ecrire(superieur.as_deref(), numero.rang).as_deref() != Some(&numero.texte)
            || definition.prefixe != numero.prefixe
            || definition.suffixe != numero.suffixe
        {
            return Choix::Litteral;
        }
        let attendu = self.compteurs[niveau].map_or(definition.depart, |c| c + 1);
        let num = match self.instance {
            Some(num) if attendu == numero.rang => num,
            None => nouvelle(None),
            // A gap or a restart: a new instance at an upper level, plain text below (LibreOffice would
            // lose the upper counter).
            Some(_) if niveau == 0 => nouvelle(Some((0, numero.rang))),
            Some(_) => return Choix::Litteral,
        };
        self.instance = Some(num);
        self.compteurs[niveau] = Some(numero.rang);
        self.compteurs.iter_mut().skip(niveau + 1).for_each(|c| *c = None);
        Choix::Automatique { num, niveau }
    }

    fn abstrait(&self, xml: &mut String, id: usize) {
        let _ = write!(xml, r#"<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="multilevel"/>"#);
        for (rang, niveau) in self.niveaux.iter().enumerate() {
            let Some(n) = niveau else { continue };
            let _ = write!(
                xml,
                r#"<w:lvl w:ilvl="{rang}"><w:start w:val="{}"/><w:numFmt w:val="{}"/>"#,
                n.depart,
                n.format.nom()
            );
            if let Some(style) = n.style {
                let _ = write!(xml, r#"<w:pStyle w:val="Heading{style}"/>"#);
            }
            let compteurs = match &n.separateur {
                Some(separateur) => format!("%{rang}{}%{}", echapper(separateur), rang + 1),
                None => format!("%{}", rang + 1),
            };
            let _ = write!(
                xml,
                r#"<w:suff w:val="nothing"/><w:lvlText w:val="{}{compteurs}{}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl>"#,
                echapper(&n.prefixe),
                echapper(&n.suffixe)
            );
        }
        xml.push_str("</w:abstractNum>");
    }
}

impl Niveau {
    fn ecrire(&self, superieur: Option<&str>, rang: u32) -> Option<String> {
        let propre = self.format.ecrire(rang)?;
        match (&self.separateur, superieur) {
            (Some(separateur), Some(superieur)) => Some(format!("{superieur}{separateur}{propre}")),
            _ => Some(propre),
        }
    }
}

/// Reads the shape of a level in the first number of its series; `None` when Word has no such shape.
fn definir(titre: &Titre, numero: &Numero, superieur: Option<&str>) -> Option<Niveau> {
    // A level below must start at 1: Word restarts it there under each upper number.
    if superieur.is_some() && numero.rang != 1 {
        return None;
    }
    FORMATS.into_iter().find_map(|format| {
        let propre = format.ecrire(numero.rang)?;
        let reste = numero.texte.strip_suffix(&propre)?;
        let separateur = match superieur {
            _ if reste.is_empty() => None,
            Some(superieur) => Some(reste.strip_prefix(superieur)?.to_owned()),
            None => return None,
        };
        if separateur.as_deref().is_some_and(|s| s.contains('%') || s.chars().any(char::is_alphanumeric)) {
            return None;
        }
        Some(Niveau {
            prefixe: numero.prefixe.clone(),
            separateur,
            suffixe: numero.suffixe.clone(),
            format,
            depart: numero.rang,
            style: None,
            niveau_titre: titre.niveau.clamp(1, 5),
        })
    })
}

fn abstrait_liste(xml: &mut String, id: usize, niveau_de: impl Fn(usize) -> (&'static str, String)) {
    let _ = write!(xml, r#"<w:abstractNum w:abstractNumId="{id}"><w:multiLevelType w:val="hybridMultilevel"/>"#);
    for niveau in 0..NIVEAUX {
        let (format, texte) = niveau_de(niveau);
        let retrait = 425 * (niveau + 1);
        let _ = write!(
            xml,
            r#"<w:lvl w:ilvl="{niveau}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{texte}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{retrait}" w:hanging="340"/></w:pPr></w:lvl>"#
        );
    }
    xml.push_str("</w:abstractNum>");
}

/// All headings outside the cover and the table of contents' own page, in printing order.
fn titres(document: &Document) -> Vec<&Titre> {
    let mut sortie = Vec::new();
    for partie in &document.parties {
        if !hors_plan(partie.genre) {
            titres_des_blocs(&partie.blocs, &mut sortie);
        }
    }
    sortie
}

/// The headings of these blocks, nested ones included, in printing order.
pub(in crate::rendu::docx) fn titres_des_blocs<'a>(noeuds: &'a [Noeud], sortie: &mut Vec<&'a Titre>) {
    for noeud in noeuds {
        match &noeud.bloc {
            Bloc::Titre(titre) => sortie.push(titre),
            Bloc::Liste(liste) => liste.elements.iter().for_each(|e| titres_des_blocs(e, sortie)),
            Bloc::Tableau(t) => t
                .entete
                .iter()
                .chain(t.lignes.iter().flat_map(|l| &l.cellules))
                .for_each(|c| titres_des_blocs(&c.blocs, sortie)),
            Bloc::Formulaire { lignes } => lignes.iter().for_each(|l| titres_des_blocs(&l.blocs, sortie)),
            Bloc::Encadre { blocs, .. } => titres_des_blocs(blocs, sortie),
            Bloc::Paragraphe(_)
            | Bloc::Signatures { .. }
            | Bloc::Image { .. }
            | Bloc::Images { .. }
            | Bloc::Piece { .. }
            | Bloc::Sommaire { .. }
            | Bloc::SautDePage => {}
        }
    }
}

/// Parts whose headings are neither numbered nor listed in the table of contents.
pub(in crate::rendu::docx) fn hors_plan(genre: Genre) -> bool {
    matches!(genre, Genre::Garde | Genre::Sommaire)
}
