//! The styles of a Word file → what each says of the words that wear it, whatever its identifier became.

use crate::rendu::docx::xml::Element;
use std::collections::BTreeMap;

/// Longest line of styles based on each other.
const BASES_MAX: usize = 20;

/// What is known of a run, from its style and its own properties.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Aspect {
    pub gras: bool,
    pub italique: bool,
    pub barre: bool,
    pub masque: bool,
}

impl Aspect {
    /// What properties say, over what was said before.
    pub fn puis(mut self, proprietes: Option<&Element>) -> Self {
        let Some(proprietes) = proprietes else { return self };
        let lire = |nom: &str, avant: bool| proprietes.trouver(nom).map_or(avant, est_vrai);
        self.gras = lire("w:b", self.gras);
        self.italique = lire("w:i", self.italique);
        self.barre = lire("w:strike", self.barre) || lire("w:dstrike", false);
        self.masque = lire("w:vanish", self.masque);
        self
    }
}

/// A property that is there without a value is on.
pub(super) fn est_vrai(propriete: &Element) -> bool {
    !matches!(propriete.lire_attribut("w:val"), Some("0" | "false" | "off" | "none"))
}

#[derive(Debug, Clone, Default)]
struct Style {
    /// « heading 1 », in small letters.
    nom: String,
    aspect: Aspect,
}

/// The styles of a file, by identifier.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

impl Styles {
    pub fn lire(partie: Option<&Element>) -> Self {
        let styles: BTreeMap<&str, &Element> = partie
            .into_iter()
            .flat_map(Element::elements)
            .filter(|e| e.nom == "w:style")
            .filter_map(|e| Some((e.lire_attribut("w:styleId")?, e)))
            .collect();
        let resolu = |id: &str| {
            let mut lignee = Vec::new();
            let mut courant = styles.get(id).copied();
            while let Some(style) = courant.filter(|_| lignee.len() < BASES_MAX) {
                lignee.push(style);
                courant = style.valeur("w:basedOn").and_then(|base| styles.get(base).copied());
            }
            let nom = styles.get(id).and_then(|s| s.valeur("w:name")).unwrap_or_default().to_lowercase();
            let aspect = lignee.iter().rev().fold(Aspect::default(), |aspect, s| aspect.puis(s.trouver("w:rPr")));
            Style { nom, aspect }
        };
        Styles(styles.keys().map(|id| ((*id).to_owned(), resolu(id))).collect())
    }

    fn nom(&self, id: &str) -> &str {
        self.0.get(id).map_or("", |style| style.nom.as_str())
    }

    /// What a style of characters gives to its words.
    pub fn des_lettres(&self, id: Option<&str>) -> Aspect {
        id.and_then(|id| self.0.get(id)).map(|style| style.aspect).unwrap_or_default()
    }

    /// Whether a style of paragraphs strikes or hides its words; bold headings are no emphasis.
    pub fn du_paragraphe(&self, id: &str) -> Aspect {
        let aspect = self.des_lettres(Some(id));
        Aspect { gras: false, italique: false, ..aspect }
    }

    /// « Heading1 », that a French Word calls « Titre1 »; « TitreEncadre » is no heading.
    pub fn est_titre(&self, id: &str) -> bool {
        let chiffre = |suite: &str| suite.len() == 1 && suite.starts_with(|c: char| c.is_ascii_digit());
        let du_nom = ["heading ", "titre "].iter().find_map(|debut| self.nom(id).strip_prefix(debut));
        let de_l_id = ["Heading", "Titre"].iter().find_map(|debut| id.strip_prefix(debut));
        du_nom.is_some_and(chiffre) || de_l_id.is_some_and(chiffre)
    }

    pub fn est_intertitre(&self, id: &str) -> bool {
        id.starts_with("Intertitre") || self.nom(id).starts_with("intertitre")
    }

    /// A line of the table of contents; its heading is a text like another.
    pub fn est_du_sommaire(&self, id: &str) -> bool {
        let niveau = |debut: &str, texte: &str| {
            let suite = texte.strip_prefix(debut).map(str::trim);
            suite.is_some_and(|s| s.len() == 1 && s.starts_with(|c: char| c.is_ascii_digit()))
        };
        ["TOC", "TM", "Contents"].iter().any(|debut| niveau(debut, id))
            || ["toc ", "tm ", "contents "].iter().any(|debut| niveau(debut, self.nom(id)))
    }

    /// A style of lists, which may number by itself.
    pub fn est_de_liste(&self, id: &str) -> bool {
        id == "ListParagraph"
            || ["list paragraph", "paragraphe de liste", "list bullet"].iter().any(|n| self.nom(id).starts_with(n))
    }

    /// The words that Word writes in a control to fill.
    pub fn est_invitation(&self, id: Option<&str>) -> bool {
        id.is_some_and(|id| {
            id == "PlaceholderText" || ["placeholder text", "texte de l'espace réservé"].contains(&self.nom(id))
        })
    }
}
