//! Headers and footers: what stands at the top and bottom of the pages of each section, ours after the house's.
//! It must not know the body.

use crate::document::{Etat, Identite};

use crate::rendu::docx::Erreur;
use crate::rendu::docx::bandeaux::{FILIGRANE, Lieu, Relation, STYLE_ENTETE, STYLE_PIED};
use crate::rendu::docx::gabarit::{BandeauMaison, Gabarit};
use crate::rendu::docx::plan::sections::{Geometrie, Section, page};
use crate::rendu::docx::xml::{DECLARATION, Element, Enfant, R, W, echapper, ecrire, lire};

/// First identifier of the pictures of headers: those of the body come before.
const DESSINS: usize = 100_000;
/// Characters that the header line of a portrait page holds, in a wide font: state, title and reference.
const LIGNE: usize = 95;
/// « PROJET – ».
const ETAT: usize = 9;
/// Fewest characters kept of a title.
const TITRE_MIN: usize = 20;

/// The header or the footer of the pages of a section.
#[derive(Debug)]
pub(in crate::rendu::docx) struct Bandeau {
    pub section: Section,
    pub lieu: Lieu,
    /// For even pages alone.
    pub pair: bool,
    pub contenu: Vec<u8>,
    /// The pictures and addresses that it names.
    pub relations: Vec<Relation>,
}

impl Bandeau {
    /// The identifier of its relationship.
    pub fn id(&self) -> String {
        let pair = if self.pair { "Pair" } else { "" };
        format!("rId{:?}{:?}{pair}", self.lieu, self.section)
    }

    /// What a section says of it.
    pub fn reference(&self) -> Element {
        let nom = match self.lieu {
            Lieu::Entete => "w:headerReference",
            Lieu::Pied => "w:footerReference",
        };
        let genre = if self.pair { "even" } else { "default" };
        Element::nouveau(nom).attribut("w:type", genre).attribut("r:id", self.id())
    }
}

/// All those of a document. Headers come before footers in a section.
pub(super) fn bandeaux(identite: &Identite, gabarit: Option<&Gabarit>) -> Result<Vec<Bandeau>, Erreur> {
    let pairs: &[bool] = if gabarit.is_some_and(|g| g.pages_paires) { &[false, true] } else { &[false] };
    let mut sortie = Vec::new();
    let mut dessins = DESSINS;
    for section in [Section::Garde, Section::Portrait, Section::Paysage] {
        for lieu in [Lieu::Entete, Lieu::Pied] {
            for &pair in pairs {
                let maison = gabarit.and_then(|g| g.bandeau(section, lieu, pair));
                let numerote = gabarit.is_some_and(|g| g.numerote(section, pair));
                sortie.extend(
                    bandeau(identite, maison, (section, lieu), numerote, &mut dessins)?.map(|b| Bandeau { pair, ..b }),
                );
            }
        }
    }
    Ok(sortie)
}

/// `w:sectPr`, children in the order of the standard.
pub(super) fn proprietes(geometrie: &Geometrie, section: Section, bandeaux: &[Bandeau]) -> Element {
    let mut sectpr = Element::nouveau("w:sectPr");
    for bandeau in bandeaux.iter().filter(|b| b.section == section) {
        sectpr = sectpr.enfant(bandeau.reference());
    }
    let (largeur, hauteur) = page(section);
    let mut page = Element::nouveau("w:pgSz").attribut("w:w", largeur).attribut("w:h", hauteur);
    if section == Section::Paysage {
        page.poser("w:orient", "landscape");
    }
    let marges = geometrie.marges(section);
    sectpr = sectpr.enfant(Element::val("w:type", "nextPage")).enfant(page).enfant(
        Element::nouveau("w:pgMar")
            .attribut("w:top", marges.haut)
            .attribut("w:right", marges.droite)
            .attribut("w:bottom", marges.bas)
            .attribut("w:left", marges.gauche)
            .attribut("w:header", marges.entete)
            .attribut("w:footer", marges.pied)
            .attribut("w:gutter", marges.reliure),
    );
    sectpr = sectpr.enfant(Element::nouveau("w:cols").attribut("w:space", 708));
    if section == Section::Garde {
        sectpr = sectpr.enfant(Element::val("w:vAlign", "center"));
    }
    sectpr
}

fn bandeau(
    identite: &Identite,
    maison: Option<&BandeauMaison>,
    (section, lieu): (Section, Lieu),
    numerote: bool,
    dessins: &mut usize,
) -> Result<Option<Bandeau>, Erreur> {
    let notre = match (section, lieu) {
        // On the cover there is no line of ours, but a draft says that it is one.
        (Section::Garde, Lieu::Entete) => {
            (identite.etat == Etat::Projet).then(|| format!("<w:p>{}</w:p>", filigrane("Garde")))
        }
        (Section::Garde, Lieu::Pied) => None,
        (_, Lieu::Entete) => Some(entete(identite, style(STYLE_ENTETE, section))),
        // A house that numbers its pages needs no second number.
        (_, Lieu::Pied) if numerote => None,
        (_, Lieu::Pied) => Some(pied(style(STYLE_PIED, section))),
    };
    let (contenu, relations) = match (maison, notre) {
        (None, None) => return Ok(None),
        (None, Some(notre)) => (racine(lieu, &notre).into_bytes(), Vec::new()),
        (Some(maison), notre) => {
            let mut element = maison.element.clone();
            numeroter(&mut element, dessins);
            if let Some(notre) = notre {
                element.enfants.extend(autonome(lire(racine(lieu, &notre).as_bytes())?).map(Enfant::Element));
            }
            (ecrire(&element)?, maison.relations.clone())
        }
    };
    Ok(Some(Bandeau { section, lieu, pair: false, contenu, relations }))
}

fn style(styles: [&'static str; 2], section: Section) -> &'static str {
    styles[usize::from(section == Section::Paysage)]
}

/// Gives each drawing an identifier that is its own in the whole file.
fn numeroter(element: &mut Element, dessins: &mut usize) {
    if element.nom == "wp:docPr" {
        *dessins += 1;
        element.poser("id", *dessins);
    }
    element.elements_mut().for_each(|e| numeroter(e, dessins));
}

/// The children of a part, each with the names of notation that its root declares.
fn autonome(racine: Element) -> impl Iterator<Item = Element> {
    let Element { attributs, enfants, .. } = racine;
    enfants.into_iter().filter_map(move |enfant| match enfant {
        Enfant::Element(mut element) => {
            element.attributs.extend(attributs.iter().cloned());
            Some(element)
        }
        Enfant::Texte(_) => None,
    })
}

fn racine(lieu: Lieu, contenu: &str) -> String {
    let racine = lieu.racine();
    format!(
        r#"{DECLARATION}<{racine} xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word">{contenu}</{racine}>"#
    )
}

fn entete(identite: &Identite, style: &str) -> String {
    let run = |texte: &str| format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, echapper(texte));
    let titre = abreger(&identite.titre, LIGNE.saturating_sub(ETAT + identite.reference.chars().count()));
    let mut paragraphe = format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#);
    if identite.etat == Etat::Projet {
        paragraphe.push_str(&filigrane(style));
        paragraphe.push_str(r#"<w:r><w:rPr><w:rStyle w:val="Etat"/></w:rPr><w:t>PROJET</w:t></w:r>"#);
        paragraphe.push_str(&run(" – "));
    }
    paragraphe.push_str(&run(&titre));
    paragraphe.push_str("<w:r><w:tab/></w:r>");
    paragraphe.push_str(&run(&identite.reference));
    paragraphe.push_str("</w:p>");
    paragraphe
}

/// A title that leaves its room to the reference, which is never cut: whole words, then an ellipsis.
fn abreger(titre: &str, place: usize) -> String {
    let place = place.max(TITRE_MIN);
    if titre.chars().count() <= place {
        return titre.to_owned();
    }
    let debut: String = titre.chars().take(place - 1).collect();
    let mots = debut.rfind(char::is_whitespace).map_or(debut.as_str(), |fin| &debut[..fin]);
    format!("{}…", mots.trim_end())
}

fn pied(style: &str) -> String {
    let champ = |instruction: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    format!(
        r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:tab/></w:r><w:r><w:t xml:space="preserve">page </w:t></w:r>{}<w:r><w:t xml:space="preserve"> / </w:t></w:r>{}</w:p>"#,
        champ("PAGE"),
        champ("NUMPAGES")
    )
}

/// « PROJET » across the page, the way Word itself writes a watermark (VML: there is no other).
fn filigrane(cle: &str) -> String {
    format!(
        concat!(
            r##"<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">"##,
            r##"<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>"##,
            r##"<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>"##,
            r##"<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>"##,
            r##"<v:shape id="{debut}{cle}" type="#_x0000_t136" alt="Filigrane : projet" style="position:absolute;margin-left:0;margin-top:0;width:430pt;height:120pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d9d9d9" stroked="f">"##,
            r##"<v:fill opacity=".45"/><v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt" string="PROJET"/><w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>"##
        ),
        debut = FILIGRANE,
        cle = cle
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_leaves_its_room_to_the_reference() {
        assert_eq!(abreger("Contrat pluriannuel", 60), "Contrat pluriannuel");
        assert_eq!(abreger("Contrats pluriannuels d’objectifs et de moyens", 36), "Contrats pluriannuels d’objectifs…");
        assert_eq!(abreger("Contrats pluriannuels d’objectifs", 0), "Contrats…");
        assert_eq!(abreger(&"é".repeat(30), 25), "é".repeat(24) + "…");
    }
}
