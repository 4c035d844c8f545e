//! Page geometry: the sections of the file, their margins and the widths that go with them (twentieths of a point).

const A4_PETIT: u32 = 11_906;
const A4_GRAND: u32 = 16_838;

/// A kind of section.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rendu::docx) enum Section {
    /// Cover: content centred vertically; no header but the watermark and what a house style puts there.
    Garde,
    Portrait,
    Paysage,
}

/// The margins of a page. Word takes a negative top or bottom for one that the header may not push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rendu::docx) struct Marges {
    pub haut: i32,
    pub bas: i32,
    pub gauche: u32,
    pub droite: u32,
    pub reliure: u32,
    /// From the edge of the page to its header, and to its footer.
    pub entete: u32,
    pub pied: u32,
}

/// The margins of both orientations, on A4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rendu::docx) struct Geometrie {
    pub portrait: Marges,
    pub paysage: Marges,
}

/// The margins of cpom: 2.2 cm at the sides, 1.8 cm on a landscape page, whose tables are wide.
impl Default for Geometrie {
    fn default() -> Self {
        let portrait =
            Marges { haut: 1_418, bas: 1_247, gauche: 1_247, droite: 1_247, reliure: 0, entete: 624, pied: 567 };
        Geometrie { portrait, paysage: Marges { gauche: 1_021, droite: 1_021, ..portrait } }
    }
}

impl Geometrie {
    /// Width of the text.
    pub fn largeur(&self, section: Section) -> u32 {
        let Marges { gauche, droite, reliure, .. } = self.marges(section);
        page(section).0.saturating_sub(gauche + droite + reliure)
    }

    /// Height left to the text when the header and footer keep within the margins.
    pub fn hauteur(&self, section: Section) -> u32 {
        let Marges { haut, bas, .. } = self.marges(section);
        page(section).1.saturating_sub(haut.unsigned_abs().saturating_add(bas.unsigned_abs()))
    }

    pub(in crate::rendu::docx) fn marges(&self, section: Section) -> Marges {
        if section == Section::Paysage { self.paysage } else { self.portrait }
    }
}

/// Width and height of the page.
pub(in crate::rendu::docx) fn page(section: Section) -> (u32, u32) {
    if section == Section::Paysage { (A4_GRAND, A4_PETIT) } else { (A4_PETIT, A4_GRAND) }
}
