//! The parts of the package around the body: relationships, headers, settings, properties, media.

use std::fmt::Write as _;

use crate::document::{Document, Etat, FormatImage, Identite};

use super::Options;
use super::corps::Corps;
use super::styles;
use super::xml::echapper;

pub(super) const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

const THEME: &str = include_str!("theme.xml");
const POLICES: &str = include_str!("polices.xml");

pub(super) const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE_WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A part named from the main one: relationship, kind, file in `word/`, content type, bytes.
struct Piece {
    id: String,
    genre: &'static str,
    fichier: String,
    /// Suffix of the Word content type; `None` for a type given by the file extension.
    contenu: Option<&'static str>,
    octets: Vec<u8>,
}

/// All parts, in writing order.
pub(super) fn assembler(
    document: &Document,
    corps: &Corps,
    texte: Vec<u8>,
    options: Options,
) -> Vec<(String, Vec<u8>)> {
    let identite = &document.identite;
    let mut pieces = pieces_xml(identite, corps, options);
    pieces.extend(medias(document, corps));
    let mut sortie = vec![
        ("[Content_Types].xml".to_owned(), types(&pieces).into_bytes()),
        ("_rels/.rels".to_owned(), relations_racine().into_bytes()),
        ("docProps/core.xml".to_owned(), proprietes(identite).into_bytes()),
        ("docProps/app.xml".to_owned(), application().into_bytes()),
        ("word/document.xml".to_owned(), texte),
        ("word/_rels/document.xml.rels".to_owned(), relations(&pieces, &corps.liens).into_bytes()),
    ];
    sortie.extend(pieces.into_iter().map(|piece| (format!("word/{}", piece.fichier), piece.octets)));
    sortie
}

fn pieces_xml(identite: &Identite, corps: &Corps, options: Options) -> Vec<Piece> {
    let piece = |id: &str, genre, fichier: &str, contenu, xml: String| Piece {
        id: id.to_owned(),
        genre,
        fichier: fichier.to_owned(),
        contenu: Some(contenu),
        octets: xml.into_bytes(),
    };
    let mut pieces = vec![
        piece("rIdStyles", "styles", "styles.xml", "styles+xml", styles::partie(&corps.plan, &corps.styles_cellules)),
        piece("rIdNumerotation", "numbering", "numbering.xml", "numbering+xml", corps.plan.partie()),
        piece("rIdReglages", "settings", "settings.xml", "settings+xml", reglages(corps.sommaire, options)),
        piece("rIdPolices", "fontTable", "fontTable.xml", "fontTable+xml", POLICES.to_owned()),
        piece("rIdTheme", "theme", "theme/theme1.xml", "", THEME.to_owned()),
        piece("rIdEntete", "header", "header1.xml", "header+xml", entete(identite, "Header")),
        piece("rIdPied", "footer", "footer1.xml", "footer+xml", pied("Footer")),
        piece("rIdEntetePaysage", "header", "header2.xml", "header+xml", entete(identite, "EntetePaysage")),
        piece("rIdPiedPaysage", "footer", "footer2.xml", "footer+xml", pied("PiedPaysage")),
    ];
    if let Some(octets) = &corps.commentaires {
        let vide = piece("rIdCommentaires", "comments", "comments.xml", "comments+xml", String::new());
        pieces.push(Piece { octets: octets.clone(), ..vide });
    }
    if identite.etat == Etat::Projet {
        // On the cover the header holds the watermark alone; its paragraph has no rule.
        let xml = dans_entete("w:hdr", &format!("<w:p>{}</w:p>", filigrane("Garde")));
        pieces.push(piece("rIdEnteteGarde", "header", "header3.xml", "header+xml", xml));
    }
    pieces
}

fn medias<'a>(document: &'a Document, corps: &'a Corps) -> impl Iterator<Item = Piece> + 'a {
    corps.images.iter().filter_map(|(rang, png)| {
        let image = document.images.get(*rang)?;
        let extension = match image.format {
            FormatImage::Png | FormatImage::Svg => "png",
            FormatImage::Jpeg => "jpeg",
        };
        Some(Piece {
            id: format!("rIdImage{rang}"),
            genre: "image",
            fichier: format!("media/image{rang}.{extension}"),
            contenu: None,
            octets: png.clone().unwrap_or_else(|| image.octets.to_vec()),
        })
    })
}

fn types(pieces: &[Piece]) -> String {
    let mut xml = String::from(DECLARATION);
    xml.push_str(concat!(
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">"#,
        r#"<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>"#,
        r#"<Default Extension="xml" ContentType="application/xml"/>"#,
        r#"<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>"#,
        r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
        r#"<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>"#,
    ));
    let _ = write!(xml, r#"<Override PartName="/word/document.xml" ContentType="{TYPE_WORD}.document.main+xml"/>"#);
    for piece in pieces {
        let genre = match piece.contenu {
            Some("") => "application/vnd.openxmlformats-officedocument.theme+xml".to_owned(),
            Some(contenu) => format!("{TYPE_WORD}.{contenu}"),
            None => continue,
        };
        let _ = write!(xml, r#"<Override PartName="/word/{}" ContentType="{genre}"/>"#, piece.fichier);
    }
    xml.push_str("</Types>");
    xml
}

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#;

fn relations_racine() -> String {
    format!(
        r#"{DECLARATION}{RELATIONS}<Relationship Id="rIdDocument" Type="{OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rIdProprietes" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rIdApplication" Type="{OFFICE}/extended-properties" Target="docProps/app.xml"/></Relationships>"#
    )
}

fn relations(pieces: &[Piece], liens: &[String]) -> String {
    let mut xml = format!("{DECLARATION}{RELATIONS}");
    for Piece { id, genre, fichier, .. } in pieces {
        let _ = write!(xml, r#"<Relationship Id="{id}" Type="{OFFICE}/{genre}" Target="{fichier}"/>"#);
    }
    for (rang, lien) in liens.iter().enumerate() {
        let _ = write!(
            xml,
            r#"<Relationship Id="rIdLien{rang}" Type="{OFFICE}/hyperlink" Target="{}" TargetMode="External"/>"#,
            echapper(lien)
        );
    }
    xml.push_str("</Relationships>");
    xml
}

/// Core properties; the dates are the document's, or absent when it is no full ISO date.
fn proprietes(identite: &Identite) -> String {
    let etat = match identite.etat {
        Etat::Projet => "Projet",
        Etat::Definitif => "Définitif",
    };
    let dates = if est_date(&identite.date) {
        let date = &identite.date;
        format!(
            r#"<dcterms:created xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{date}T00:00:00Z</dcterms:modified>"#
        )
    } else {
        String::new()
    };
    format!(
        r#"{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>{}</dc:creator><dc:description>{}</dc:description><dc:language>fr-FR</dc:language>{dates}<cp:contentStatus>{etat}</cp:contentStatus></cp:coreProperties>"#,
        echapper(&identite.titre),
        echapper(&identite.reference),
        echapper(&identite.auteur),
        echapper(&identite.producteur),
    )
}

/// `AAAA-MM-JJ` with a month and a day that exist.
fn est_date(date: &str) -> bool {
    date.len() == 10 && date.parse::<jiff::civil::Date>().is_ok()
}

fn application() -> String {
    format!(
        r#"{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>cpom</Application></Properties>"#
    )
}

/// Settings. Word computes the page numbers of the table of contents on opening (after asking): they are
/// the one thing of the file that only a layout knows. A file without table of contents asks nothing.
///
/// A locked file may be read, commented by nobody, and edited only where the body says so; it has no password.
fn reglages(sommaire: bool, options: Options) -> String {
    let verrou = if options.verrouille { r#"<w:documentProtection w:edit="readOnly" w:enforcement="1"/>"# } else { "" };
    let champs = if sommaire { r#"<w:updateFields w:val="true"/>"# } else { "" };
    format!(
        r#"{DECLARATION}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>{verrou}<w:defaultTabStop w:val="709"/><w:characterSpacingControl w:val="doNotCompress"/>{champs}<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/><w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/><w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/><w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/></w:compat><w:themeFontLang w:val="fr-FR"/><w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>"#
    )
}

fn dans_entete(racine: &str, contenu: &str) -> String {
    format!(
        r#"{DECLARATION}<{racine} xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w10="urn:schemas-microsoft-com:office:word">{contenu}</{racine}>"#
    )
}

/// Longest text that shares the header line with the reference.
const TITRE_COURT: usize = 75;

fn entete(identite: &Identite, style: &str) -> String {
    let run = |texte: &str| format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, echapper(texte));
    let titre: String = if identite.titre.chars().count() > TITRE_COURT {
        identite.titre.chars().take(TITRE_COURT - 1).chain(['…']).collect()
    } else {
        identite.titre.clone()
    };
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
    dans_entete("w:hdr", &paragraphe)
}

fn pied(style: &str) -> String {
    let champ = |instruction: &str| {
        format!(
            r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#
        )
    };
    let contenu = format!(
        r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:tab/></w:r><w:r><w:t xml:space="preserve">page </w:t></w:r>{}<w:r><w:t xml:space="preserve"> / </w:t></w:r>{}</w:p>"#,
        champ("PAGE"),
        champ("NUMPAGES")
    );
    dans_entete("w:ftr", &contenu)
}

/// « PROJET » across the page, the way Word itself writes a watermark (VML: there is no other).
fn filigrane(cle: &str) -> String {
    format!(
        concat!(
            r##"<w:r><w:rPr><w:noProof/></w:rPr><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">"##,
            r##"<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/><v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/><v:f eqn="sum @6 0 @5"/></v:formulas>"##,
            r##"<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/><v:textpath on="t" fitshape="t"/>"##,
            r##"<v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>"##,
            r##"<v:shape id="Filigrane{cle}" type="#_x0000_t136" alt="Filigrane : projet" style="position:absolute;margin-left:0;margin-top:0;width:430pt;height:120pt;rotation:315;z-index:-251658752;mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" o:allowincell="f" fillcolor="#d9d9d9" stroked="f">"##,
            r##"<v:fill opacity=".45"/><v:textpath style="font-family:&quot;Calibri&quot;;font-size:1pt" string="PROJET"/><w10:wrap anchorx="margin" anchory="margin"/></v:shape></w:pict></w:r>"##
        ),
        cle = cle
    )
}
