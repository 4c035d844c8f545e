//! How cells look: yellow to fill, grey computed, white free, told apart in black and white too.

use crate::schema::forme::Nature;
use crate::tableur::colonnes::{Colonne, Genre};
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, FormatPattern};

const GRIS: u32 = 0xE7E6E6;
const GRIS_CLAIR: u32 = 0xF4F4F4;
const JAUNE: u32 = 0xFFF2B3;
const ENCRE: u32 = 0x1F3864;

/// How a value is written in its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aspect {
    Texte,
    Prose,
    Code,
    Montant,
    Pourcentage,
    Nombre,
    Annee,
    Jour,
}

const ASPECTS: [Aspect; 8] = [
    Aspect::Texte,
    Aspect::Prose,
    Aspect::Code,
    Aspect::Montant,
    Aspect::Pourcentage,
    Aspect::Nombre,
    Aspect::Annee,
    Aspect::Jour,
];

pub(super) struct Styles {
    pub tete: Format,
    pub tete_calculee: Format,
    pub cle: Format,
    pub rubrique: Format,
    pub champ: Format,
    pub coupe: Format,
    pub fautif: Format,
    pub a_remplir: Format,
    pub titre: Format,
    pub paragraphe: Format,
    pub pastille_jaune: Format,
    pub pastille_grise: Format,
    pub pastille_blanche: Format,
    pub lien: Format,
    libres: Vec<Format>,
    tenues: Vec<Format>,
    calcules: Vec<Format>,
    /// Those of the sheet that has one value a row: all begin at the same place.
    a_gauche: [Vec<Format>; 2],
}

fn base() -> Format {
    let bord = Color::RGB(0xBFBFBF);
    // « sans objet : motif » may stand in a cell of numbers.
    Format::new()
        .set_text_wrap()
        .set_font_name("Calibri")
        .set_font_size(10.0)
        .set_border(FormatBorder::Thin)
        .set_border_color(bord)
}

fn d_aspect(format: Format, aspect: Aspect) -> Format {
    match aspect {
        Aspect::Texte | Aspect::Prose => format.set_num_format("@").set_text_wrap().set_align(FormatAlign::Top),
        Aspect::Code => format.set_num_format("@").set_align(FormatAlign::Top),
        Aspect::Montant => {
            format.set_num_format("#,##0.00\\ \"€\";[Red]\\-#,##0.00\\ \"€\"").set_align(FormatAlign::Top)
        }
        Aspect::Pourcentage => format.set_num_format("0.0##\\ \"%\"").set_align(FormatAlign::Top),
        Aspect::Nombre => format.set_num_format("#,##0.###").set_align(FormatAlign::Top),
        Aspect::Annee => format.set_num_format("0").set_align(FormatAlign::Top).set_align(FormatAlign::Center),
        Aspect::Jour => format.set_num_format("dd/mm/yyyy").set_align(FormatAlign::Top).set_align(FormatAlign::Center),
    }
}

fn aspect(colonne: &Colonne) -> Aspect {
    if colonne.vers.is_some() || matches!(colonne.genre, Genre::Liste | Genre::SansObjet | Genre::Parent) {
        return Aspect::Texte;
    }
    match colonne.forme.nature {
        Nature::Prose => Aspect::Prose,
        Nature::Montant => Aspect::Montant,
        Nature::Pourcentage | Nature::Taux(_) => Aspect::Pourcentage,
        Nature::Nombre => Aspect::Nombre,
        Nature::Libre if colonne.forme.definition.as_deref() == Some("Mesure") => Aspect::Nombre,
        Nature::Annee => Aspect::Annee,
        Nature::Date => Aspect::Jour,
        Nature::Finess | Nature::Siren | Nature::Siret => Aspect::Code,
        _ => Aspect::Texte,
    }
}

/// The width of a column, in characters.
pub(super) fn largeur(colonne: &Colonne) -> f64 {
    let (largeur, max) = match (aspect(colonne), &colonne.forme.nature) {
        (Aspect::Prose, _) => (52.0, 52.0),
        (Aspect::Montant, _) => (16.0, 18.0),
        (Aspect::Pourcentage | Aspect::Nombre, _) => (11.0, 14.0),
        (Aspect::Annee, _) => (9.0, 12.0),
        (Aspect::Jour, _) => (12.0, 14.0),
        (Aspect::Code, Nature::Siret) => (17.0, 18.0),
        (Aspect::Code, _) => (12.0, 14.0),
        (_, Nature::Booleen) => (12.0, 14.0),
        (_, Nature::Echeance) => (20.0, 22.0),
        (_, Nature::Choix(_)) => (20.0, 24.0),
        (_, Nature::Texte) if colonne.forme.definition.as_deref() == Some("Id") && colonne.vers.is_none() => {
            (20.0, 24.0)
        }
        _ => (30.0, 34.0),
    };
    // A title goes on at most four lines; a long word is not cut.
    let titre = colonne.titre.chars().count() as f64;
    let mot = colonne.titre.split_whitespace().map(|mot| mot.chars().count()).max().unwrap_or_default() as f64;
    f64::max(largeur, f64::max(mot * 1.2 + 2.0, titre / 3.5).min(max))
}

/// The height of a row, of its texts with the widths of their columns: no spreadsheet finds it alone when it opens a file.
pub(super) fn hauteur<'t>(textes: impl Iterator<Item = (&'t str, f64)>) -> f64 {
    let lignes = |(texte, large): (&str, f64)| {
        let une = |ligne: &str| (ligne.chars().count() as f64 / large).ceil().max(1.0);
        texte.lines().map(une).sum::<f64>().max(1.0)
    };
    (textes.map(lignes).fold(1.0, f64::max) * 13.2 + 2.5).min(400.0)
}

impl Styles {
    pub fn nouveaux() -> Self {
        let par_aspect = |format: &dyn Fn() -> Format| ASPECTS.iter().map(|a| d_aspect(format(), *a)).collect();
        let tete =
            || base().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_border_bottom(FormatBorder::Medium);
        let texte =
            || Format::new().set_font_name("Calibri").set_font_size(10.5).set_text_wrap().set_align(FormatAlign::Top);
        let libre = || base().set_unlocked();
        let tenue = || {
            let fond = base().set_pattern(FormatPattern::Gray0625).set_foreground_color(Color::RGB(0x999999));
            fond.set_background_color(Color::RGB(0xFFFFFF)).set_font_color(Color::RGB(0x404040))
        };
        let gris = || base().set_background_color(Color::RGB(GRIS));
        Styles {
            tete: tete().set_background_color(Color::RGB(0xD9E2F3)).set_font_color(Color::RGB(ENCRE)),
            tete_calculee: tete().set_background_color(Color::RGB(GRIS)).set_italic(),
            cle: Format::new().set_font_size(8.0).set_font_color(Color::RGB(0x808080)).set_num_format("@"),
            rubrique: base().set_background_color(Color::RGB(GRIS_CLAIR)).set_text_wrap().set_align(FormatAlign::Top),
            champ: base()
                .set_background_color(Color::RGB(GRIS_CLAIR))
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Top),
            coupe: gris().set_text_wrap().set_align(FormatAlign::Top).set_num_format("@"),
            fautif: Format::new()
                .set_bold()
                .set_font_color(Color::RGB(0x9C0006))
                .set_background_color(Color::RGB(0xF9C9C9)),
            a_remplir: Format::new().set_background_color(Color::RGB(JAUNE)),
            titre: texte().set_font_size(16.0).set_bold().set_font_color(Color::RGB(ENCRE)),
            paragraphe: texte(),
            pastille_jaune: base().set_align(FormatAlign::Top).set_background_color(Color::RGB(JAUNE)),
            pastille_grise: gris().set_align(FormatAlign::Top).set_italic(),
            pastille_blanche: base().set_align(FormatAlign::Top),
            lien: base().set_font_color(Color::RGB(0x0563C1)).set_align(FormatAlign::Top),
            a_gauche: [par_aspect(&libre), par_aspect(&tenue)]
                .map(|formats: Vec<Format>| formats.into_iter().map(|f| f.set_align(FormatAlign::Left)).collect()),
            libres: par_aspect(&libre),
            tenues: par_aspect(&tenue),
            calcules: par_aspect(&|| gris().set_italic()),
        }
    }

    fn de<'s>(&'s self, formats: &'s [Format], colonne: &Colonne) -> &'s Format {
        let aspect = aspect(colonne);
        let rang = ASPECTS.iter().position(|a| *a == aspect).unwrap_or_default();
        formats.get(rang).unwrap_or(&self.paragraphe)
    }

    /// A cell that is filled, by whom the workbook is for or by others.
    pub fn saisie(&self, colonne: &Colonne, libre: bool) -> &Format {
        self.de(if libre { &self.libres } else { &self.tenues }, colonne)
    }

    /// A cell of the sheet that has one value a row.
    pub fn saisie_a_gauche(&self, colonne: &Colonne, libre: bool) -> &Format {
        let [libres, tenues] = &self.a_gauche;
        self.de(if libre { libres } else { tenues }, colonne)
    }

    pub fn calcule(&self, colonne: &Colonne) -> &Format {
        self.de(&self.calcules, colonne)
    }
}
