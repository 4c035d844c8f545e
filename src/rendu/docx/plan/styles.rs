//! The styles part: every look of the file is named here, none in the paragraphs.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use crate::document::Alignement;

use super::numerotation::Plan;
use super::sections::{Geometrie, Section};
use crate::rendu::docx::xml::{DECLARATION, Element, lire};

/// Dark blue of headings, light lines of tables, light grounds of forms, boxes and free fields.
pub(in crate::rendu::docx) const BLEU: &str = "1F3864";
pub(in crate::rendu::docx) const TRAIT: &str = "A6B1C4";
pub(in crate::rendu::docx) const FORMULAIRE: &str = "EAEFF7";
pub(in crate::rendu::docx) const ENCADRE: &str = "F1F4F9";
pub(in crate::rendu::docx) const CHAMP: &str = "EEF3FA";

/// A style that may be in our files.
pub(in crate::rendu::docx) struct Connu {
    /// `paragraph`, `character`, `table` or `numbering`.
    pub genre: String,
    pub nom: String,
    pub id: String,
    /// Whether it is the default one of its kind.
    pub defaut: bool,
}

static CONNUS: LazyLock<Vec<Connu>> = LazyLock::new(|| {
    let xml = partie(&Plan::vide(), &StyleCellule::toutes(), &Geometrie::default());
    let racine = lire(xml.as_bytes()).expect("the styles written here are XML");
    let connu = |style: &Element| {
        let lire = |nom: &str| style.lire_attribut(nom).unwrap_or_default().to_owned();
        let nom = style.valeur("w:name").unwrap_or_default().to_owned();
        Connu { genre: lire("w:type"), nom, id: lire("w:styleId"), defaut: lire("w:default") == "1" }
    };
    racine.elements().filter(|e| e.nom == "w:style").map(connu).collect()
});

/// All the styles that a file of ours may have.
pub(in crate::rendu::docx) fn connus() -> &'static [Connu] {
    &CONNUS
}

/// Paragraph style of a table cell, named after what it depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rendu::docx) struct StyleCellule {
    pub role: Role,
    pub alignement: Alignement,
    /// 0 to 2.
    pub densite: u8,
}

/// What a row says of its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::rendu::docx) enum Role {
    Normale,
    Entete,
    Total,
    Groupe,
}

impl StyleCellule {
    fn parties(self) -> (&'static str, &'static str, &'static str) {
        let role = match self.role {
            Role::Normale => "",
            Role::Entete => " en-tête",
            Role::Total => " total",
            Role::Groupe => " groupe",
        };
        let alignement = match self.alignement {
            Alignement::Gauche => "",
            Alignement::Centre => " centrée",
            Alignement::Droite => " à droite",
        };
        (role, alignement, ["", " dense", " très dense"][usize::from(self.densite.min(2))])
    }

    fn nom(self) -> String {
        let (role, alignement, densite) = self.parties();
        format!("Cellule{role}{alignement}{densite}")
    }

    fn toutes() -> BTreeSet<Self> {
        let mut toutes = BTreeSet::new();
        for role in [Role::Normale, Role::Entete, Role::Total, Role::Groupe] {
            for alignement in [Alignement::Gauche, Alignement::Centre, Alignement::Droite] {
                toutes.extend((0..=2).map(|densite| StyleCellule { role, alignement, densite }));
            }
        }
        toutes
    }

    pub fn id(self) -> String {
        self.nom().replace(['ê', 'é', 'è'], "e").replace('à', "a").replace([' ', '-'], "")
    }
}

impl Ord for StyleCellule {
    fn cmp(&self, autre: &Self) -> std::cmp::Ordering {
        self.parties().cmp(&autre.parties())
    }
}

impl PartialOrd for StyleCellule {
    fn partial_cmp(&self, autre: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(autre))
    }
}

/// A paragraph style; `ppr` and `rpr` are children in the order of the standard.
struct Paragraphe<'a> {
    id: &'a str,
    nom: &'a str,
    base: &'a str,
    suivant: &'a str,
    ppr: String,
    rpr: String,
}

/// The styles part, with the numbering of headings and the cell styles in use.
pub(in crate::rendu::docx) fn partie(plan: &Plan, cellules: &BTreeSet<StyleCellule>, geometrie: &Geometrie) -> String {
    let mut xml = String::from(DECLARATION);
    xml.push_str(concat!(
        r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults>"#,
        r#"<w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:eastAsia="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/>"#,
        r#"<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="fr-FR" w:eastAsia="fr-FR" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>"#,
        r#"<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="252" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>"#,
        r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>"#,
        r#"<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>"#,
        r#"<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/></w:style>"#,
    ));
    texte_courant(&mut xml);
    titres(&mut xml, plan);
    pages(&mut xml, geometrie);
    caracteres(&mut xml);
    tableaux(&mut xml);
    cellules.iter().for_each(|cellule| style_cellule(&mut xml, *cellule));
    xml.push_str("</w:styles>");
    xml
}

fn ecrire(xml: &mut String, style: &Paragraphe<'_>) {
    let Paragraphe { id, nom, base, suivant, ppr, rpr } = style;
    // A custom style says so; built-in names are those Word translates.
    let integre = nom.starts_with(|c: char| c.is_ascii_lowercase())
        || [
            "Title",
            "Subtitle",
            "Body Text",
            "List Paragraph",
            "List Continue",
            "List Continue 2",
            "List Continue 3",
            "TOC Heading",
        ]
        .contains(nom);
    let propre = if integre { "" } else { r#" w:customStyle="1""# };
    let suite = if suivant.is_empty() { String::new() } else { format!(r#"<w:next w:val="{suivant}"/>"#) };
    let rpr = if rpr.is_empty() { String::new() } else { format!("<w:rPr>{rpr}</w:rPr>") };
    let _ = write!(
        xml,
        r#"<w:style w:type="paragraph"{propre} w:styleId="{id}"><w:name w:val="{nom}"/><w:basedOn w:val="{base}"/>{suite}<w:qFormat/><w:pPr>{ppr}</w:pPr>{rpr}</w:style>"#
    );
}

fn taille(demi_points: u32) -> String {
    format!(r#"<w:sz w:val="{demi_points}"/><w:szCs w:val="{demi_points}"/>"#)
}

fn espace(avant: u32, apres: u32) -> String {
    format!(r#"<w:spacing w:before="{avant}" w:after="{apres}"/>"#)
}

const GRAS: &str = "<w:b/><w:bCs/>";
const JUSTIFIE: &str = r#"<w:jc w:val="both"/>"#;
const CENTRE: &str = r#"<w:jc w:val="center"/>"#;
const GARDER: &str = "<w:keepNext/><w:keepLines/>";

fn texte_courant(xml: &mut String) {
    let mut p = |id, nom, base, suivant, ppr: String, rpr: String| {
        ecrire(xml, &Paragraphe { id, nom, base, suivant, ppr, rpr });
    };
    p("Corps", "Body Text", "Normal", "", format!("{}{JUSTIFIE}", espace(0, 120)), String::new());
    p("CorpsSuite", "Corps après tableau", "Corps", "Corps", espace(140, 120), String::new());
    p("Visa", "Visa", "Corps", "", format!(r#"{}<w:ind w:left="0"/>"#, espace(0, 100)), String::new());
    p("Centre", "Centré", "Normal", "Corps", format!("{}{CENTRE}", espace(80, 160)), String::new());
    p(
        "Note",
        "Note",
        "Normal",
        "Corps",
        format!("{}{JUSTIFIE}", espace(60, 120)),
        format!(r#"<w:color w:val="404040"/>{}"#, taille(17)),
    );
    p("Image", "Image", "Normal", "Corps", format!("{}{CENTRE}", espace(120, 120)), String::new());
    p("ListParagraph", "List Paragraph", "Corps", "", espace(0, 60), String::new());
    for (id, nom, retrait) in [
        ("ListContinue", "List Continue", 425),
        ("ListContinue2", "List Continue 2", 850),
        ("ListContinue3", "List Continue 3", 1_275),
    ] {
        p(id, nom, "Corps", "", format!(r#"{}<w:ind w:left="{retrait}"/>"#, espace(0, 60)), String::new());
    }
    p(
        "Caption",
        "caption",
        "Normal",
        "Corps",
        format!("{GARDER}{}", espace(160, 80)),
        format!(r#"{GRAS}<w:color w:val="{BLEU}"/>{}"#, taille(19)),
    );
    p(
        "Separateur",
        "Séparateur",
        "Normal",
        "Corps",
        r#"<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>"#.to_owned(),
        taille(2),
    );
}

fn titres(xml: &mut String, plan: &Plan) {
    let bleu = format!(r#"<w:color w:val="{BLEU}"/>"#);
    let looks = [
        (espace(360, 200), format!("{GRAS}{bleu}{}", taille(30))),
        (espace(300, 120), format!("{GRAS}{bleu}{}", taille(25))),
        (espace(220, 100), format!("{GRAS}{bleu}{}", taille(22))),
        (espace(180, 80), format!("{GRAS}<w:color w:val=\"262626\"/>{}", taille(21))),
        (espace(140, 60), format!("<w:i/><w:iCs/><w:color w:val=\"262626\"/>{}", taille(21))),
    ];
    for (niveau, (espace, rpr)) in (1u8..).zip(looks) {
        let numero = match plan.du_style(niveau) {
            Some((num, 0)) => format!(r#"<w:numPr><w:numId w:val="{num}"/></w:numPr>"#),
            Some((num, rang)) => {
                format!(r#"<w:numPr><w:ilvl w:val="{rang}"/><w:numId w:val="{num}"/></w:numPr>"#)
            }
            None => String::new(),
        };
        let filet = if niveau == 1 {
            format!(r#"<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="3" w:color="{BLEU}"/></w:pBdr>"#)
        } else {
            String::new()
        };
        let plan = format!(r#"<w:outlineLvl w:val="{}"/>"#, niveau - 1);
        ecrire(
            xml,
            &Paragraphe {
                id: &format!("Heading{niveau}"),
                nom: &format!("heading {niveau}"),
                base: "Normal",
                suivant: "Corps",
                ppr: format!("{GARDER}{numero}{filet}{espace}{plan}"),
                rpr: rpr.clone(),
            },
        );
        // A heading inside a clause: the same look, in the navigation pane but not in the table of contents.
        ecrire(
            xml,
            &Paragraphe {
                id: &format!("Intertitre{niveau}"),
                nom: &format!("Intertitre {niveau}"),
                base: "Normal",
                suivant: "Corps",
                ppr: format!("{GARDER}{filet}{espace}{plan}"),
                rpr,
            },
        );
    }
    let mut p = |id, nom, base, suivant, ppr: String, rpr: String| {
        ecrire(xml, &Paragraphe { id, nom, base, suivant, ppr, rpr });
    };
    p(
        "Title",
        "Title",
        "Normal",
        "Subtitle",
        format!(
            r#"{GARDER}<w:pBdr><w:top w:val="single" w:sz="12" w:space="14" w:color="{BLEU}"/><w:bottom w:val="single" w:sz="12" w:space="14" w:color="{BLEU}"/></w:pBdr>{}{CENTRE}"#,
            espace(720, 480)
        ),
        format!("{GRAS}{bleu}{}", taille(48)),
    );
    p(
        "Subtitle",
        "Subtitle",
        "Normal",
        "Corps",
        format!("{}{CENTRE}", espace(120, 160)),
        format!("<w:color w:val=\"404040\"/>{}", taille(28)),
    );
    p(
        "SousTitre",
        "Sous-titre centré",
        "Normal",
        "Corps",
        format!("{GARDER}{}{CENTRE}", espace(240, 120)),
        format!("{GRAS}{bleu}{}", taille(25)),
    );
    p(
        "TOCHeading",
        "TOC Heading",
        "Normal",
        "Corps",
        format!("{GARDER}{}", espace(0, 240)),
        format!("{GRAS}{bleu}{}", taille(30)),
    );
}

/// Table of contents, headers and footers: what depends on the width of the page.
fn pages(xml: &mut String, geometrie: &Geometrie) {
    let [largeur, largeur_paysage] = [Section::Portrait, Section::Paysage].map(|s| geometrie.largeur(s));
    for niveau in 1..=5u32 {
        let (rpr, avant) = if niveau == 1 { (GRAS, 120) } else { ("", 0) };
        ecrire(
            xml,
            &Paragraphe {
                id: &format!("TOC{niveau}"),
                nom: &format!("toc {niveau}"),
                base: "Normal",
                suivant: "Normal",
                ppr: format!(
                    r#"<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{largeur}"/></w:tabs>{}<w:ind w:left="{}" w:right="567"/>"#,
                    espace(avant, 40),
                    (niveau - 1) * 284
                ),
                rpr: rpr.to_owned(),
            },
        );
    }
    let gris = format!("<w:color w:val=\"595959\"/>{}", taille(17));
    let filet = |bord| format!(r#"<w:pBdr><w:{bord} w:val="single" w:sz="4" w:space="4" w:color="{TRAIT}"/></w:pBdr>"#);
    let onglet = |largeur| format!(r#"<w:tabs><w:tab w:val="right" w:pos="{largeur}"/></w:tabs>"#);
    // « header » and « footer » are those of whoever adds a line; ours do not rest on them, whose tabs a house moves.
    for (id, nom, bord, largeur) in [
        ("Header", "header", "bottom", largeur),
        ("Footer", "footer", "top", largeur),
        ("EntetePortrait", "En-tête portrait", "bottom", largeur),
        ("EntetePaysage", "En-tête paysage", "bottom", largeur_paysage),
        ("PiedPortrait", "Pied de page portrait", "top", largeur),
        ("PiedPaysage", "Pied de page paysage", "top", largeur_paysage),
    ] {
        let ppr = format!("{}{}", filet(bord), onglet(largeur));
        ecrire(xml, &Paragraphe { id, nom, base: "Normal", suivant: "", ppr, rpr: gris.clone() });
    }
}

fn caracteres(xml: &mut String) {
    // The standard allows no highlight in a style: the gaps are shaded.
    for (id, nom, propre, rpr) in [
        (
            "Lacune",
            "Lacune",
            r#" w:customStyle="1""#,
            r#"<w:shd w:val="clear" w:color="auto" w:fill="FFF200"/>"#.to_owned(),
        ),
        (
            "ChampLibre",
            "Champ libre",
            r#" w:customStyle="1""#,
            format!(r#"<w:shd w:val="clear" w:color="auto" w:fill="{CHAMP}"/>"#),
        ),
        ("Etat", "État", r#" w:customStyle="1""#, format!(r#"{GRAS}<w:color w:val="9C1C1C"/><w:spacing w:val="20"/>"#)),
        ("Hyperlink", "Hyperlink", "", r#"<w:color w:val="1F4E9E"/><w:u w:val="single"/>"#.to_owned()),
    ] {
        let _ = write!(
            xml,
            r#"<w:style w:type="character"{propre} w:styleId="{id}"><w:name w:val="{nom}"/><w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{rpr}</w:rPr></w:style>"#
        );
    }
}

fn bordures(nom: &str, cotes: &[&str], trait_: &str) -> String {
    cotes.iter().fold(format!("<w:{nom}>"), |mut xml, cote| {
        let _ = write!(xml, "<w:{cote} {trait_}/>");
        xml
    }) + &format!("</w:{nom}>")
}

fn tableaux(xml: &mut String) {
    const TOUS: [&str; 6] = ["top", "left", "bottom", "right", "insideH", "insideV"];
    let fin = format!(r#"w:val="single" w:sz="4" w:space="0" w:color="{TRAIT}""#);
    let epais = format!(r#"w:val="single" w:sz="24" w:space="0" w:color="{BLEU}""#);
    let fond = |couleur: &str| format!(r#"<w:shd w:val="clear" w:color="auto" w:fill="{couleur}"/>"#);
    let marges = |haut: u32, cote: u32| {
        format!(
            r#"<w:tblCellMar><w:top w:w="{haut}" w:type="dxa"/><w:left w:w="{cote}" w:type="dxa"/><w:bottom w:w="{haut}" w:type="dxa"/><w:right w:w="{cote}" w:type="dxa"/></w:tblCellMar>"#
        )
    };
    xml.push_str(concat!(
        r#"<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>"#,
        r#"<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"#
    ));
    let mut style = |id: &str, nom: &str, tblpr: String, tcpr: String, conditionnel: String| {
        let tcpr = if tcpr.is_empty() { tcpr } else { format!("<w:tcPr>{tcpr}</w:tcPr>") };
        let _ = write!(
            xml,
            r#"<w:style w:type="table" w:customStyle="1" w:styleId="{id}"><w:name w:val="{nom}"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{tblpr}</w:tblPr>{tcpr}{conditionnel}</w:style>"#
        );
    };
    let cote =
        |genre: &str, tcpr: String| format!(r#"<w:tblStylePr w:type="{genre}"><w:tcPr>{tcpr}</w:tcPr></w:tblStylePr>"#);
    let cadre = bordures("tblBorders", &TOUS, &fin);
    style(
        "TableauCpom",
        "Tableau cpom",
        format!("{cadre}{}", marges(40, 90)),
        String::new(),
        cote("firstRow", fond(BLEU)),
    );
    style(
        "Formulaire",
        "Formulaire",
        format!("{cadre}{}", marges(60, 100)),
        String::new(),
        cote("firstCol", fond(FORMULAIRE)),
    );
    style("Signatures", "Signatures", format!("{cadre}{}", marges(100, 140)), String::new(), String::new());
    style(
        "Encadre",
        "Encadré",
        format!("{}{}", bordures("tblBorders", &["left"], &epais), marges(100, 200)),
        fond(ENCADRE),
        String::new(),
    );
    let mut p = |id, nom, base, suivant, ppr: String, rpr: String| {
        ecrire(xml, &Paragraphe { id, nom, base, suivant, ppr, rpr });
    };
    p(
        "Cellule",
        "Cellule",
        "Normal",
        "",
        r#"<w:spacing w:before="20" w:after="20" w:line="240" w:lineRule="auto"/>"#.to_owned(),
        taille(19),
    );
    p("Libelle", "Libellé", "Normal", "", espace(20, 20), format!(r#"{GRAS}<w:color w:val="{BLEU}"/>{}"#, taille(20)));
    p("TexteFormulaire", "Texte de formulaire", "Normal", "", espace(20, 40), taille(20));
    p(
        "TitreEncadre",
        "Titre d’encadré",
        "Normal",
        "TexteEncadre",
        format!("{GARDER}{}", espace(0, 60)),
        format!(r#"{GRAS}<w:color w:val="{BLEU}"/>"#),
    );
    p("TexteEncadre", "Texte d’encadré", "Corps", "", espace(0, 60), taille(20));
    p(
        "Signature",
        "Signature du contrat",
        "Normal",
        "SignatureQualite",
        format!("{GARDER}{}", espace(0, 60)),
        GRAS.to_owned(),
    );
    p("SignatureQualite", "Qualité du signataire", "Normal", "", espace(0, 20), String::new());
}

fn style_cellule(xml: &mut String, style: StyleCellule) {
    let id = style.id();
    if id == "Cellule" {
        return;
    }
    let garder = if matches!(style.role, Role::Entete | Role::Groupe) { "<w:keepNext/>" } else { "" };
    let alignement = match style.alignement {
        Alignement::Gauche => "left",
        Alignement::Centre => "center",
        Alignement::Droite => "right",
    };
    let look = match style.role {
        Role::Normale => "",
        Role::Entete => r#"<w:b/><w:bCs/><w:color w:val="FFFFFF"/>"#,
        Role::Total => GRAS,
        Role::Groupe => r#"<w:b/><w:bCs/><w:color w:val="1F3864"/>"#,
    };
    ecrire(
        xml,
        &Paragraphe {
            id: &id,
            nom: &style.nom(),
            base: "Cellule",
            suivant: "",
            ppr: format!(r#"{garder}<w:jc w:val="{alignement}"/>"#),
            rpr: format!("{look}{}", taille([19, 17, 14][usize::from(style.densite.min(2))])),
        },
    );
}
