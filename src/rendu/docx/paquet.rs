//! A finished body and what goes around it (relationships, headers, settings, properties, media) → the bytes of the Word file.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::document::{Document, Etat, FormatImage, Identite};

use super::bandeaux::{self, Lieu, Relation};
use super::corps::{Bandeau, Corps};
use super::espaces::lire_nomme;
use super::gabarit::Gabarit;
use super::plan::styles;
use super::xml::{DECLARATION, W, echapper};
use super::{Erreur, Options, archive};

const THEME: &str = include_str!("theme.xml");
const POLICES: &str = include_str!("polices.xml");

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE_THEME: &str = "application/vnd.openxmlformats-officedocument.theme+xml";
const TYPE_WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// A part in the folder `word/`.
struct Piece {
    /// Relationship of the main part with it: identifier and kind; none when another part names it.
    lien: Option<(String, &'static str)>,
    fichier: String,
    /// Its content type; `None` when the file extension says it.
    contenu: Option<String>,
    octets: Vec<u8>,
    relations: Vec<Relation>,
}

/// The file: all parts, in writing order.
pub(super) fn emballer(
    document: &Document,
    corps: &Corps,
    texte: Vec<u8>,
    options: &Options,
) -> Result<Vec<u8>, Erreur> {
    archive::emballer(&assembler(document, corps, texte, options)?)
}

fn assembler(
    document: &Document,
    corps: &Corps,
    texte: Vec<u8>,
    options: &Options,
) -> Result<Vec<(String, Vec<u8>)>, Erreur> {
    let identite = &document.identite;
    let mut pieces = pieces_xml(corps, options)?;
    pieces.extend(pieces_des_bandeaux(&corps.bandeaux));
    pieces.extend(medias(document, corps));
    pieces.extend(options.gabarit.iter().flat_map(|gabarit| &gabarit.copies).map(|copie| Piece {
        lien: None,
        fichier: copie.fichier.clone(),
        contenu: Some(copie.contenu.clone()),
        octets: copie.octets.to_vec(),
        relations: Vec::new(),
    }));
    let maison = options.gabarit.as_deref().map(|gabarit| empreintes(corps, gabarit)).transpose()?;
    let mut sortie = vec![
        ("[Content_Types].xml".to_owned(), types(&pieces, maison.is_some()).into_bytes()),
        ("_rels/.rels".to_owned(), relations_racine(maison.is_some()).into_bytes()),
        ("docProps/core.xml".to_owned(), proprietes(identite).into_bytes()),
        ("docProps/app.xml".to_owned(), application().into_bytes()),
        ("word/document.xml".to_owned(), texte),
        ("word/_rels/document.xml.rels".to_owned(), ecrire_relations(&du_corps(&pieces, &corps.liens)).into_bytes()),
    ];
    sortie.extend(maison.map(|texte| ("docProps/custom.xml".to_owned(), texte.into_bytes())));
    for Piece { fichier, octets, relations, .. } in pieces {
        if !relations.is_empty() {
            sortie.push((format!("word/_rels/{fichier}.rels"), ecrire_relations(&relations).into_bytes()));
        }
        sortie.push((format!("word/{fichier}"), octets));
    }
    Ok(sortie)
}

fn pieces_xml(corps: &Corps, options: &Options) -> Result<Vec<Piece>, Erreur> {
    let piece = |id: &str, genre, fichier: &str, octets: Vec<u8>| Piece {
        lien: Some((id.to_owned(), genre)),
        fichier: fichier.to_owned(),
        contenu: Some(format!("{TYPE_WORD}.{genre}+xml")),
        octets,
        relations: Vec::new(),
    };
    let styles = styles::partie(&corps.plan, &corps.styles_cellules, &options.geometrie()).into_bytes();
    let listes = corps.plan.partie().into_bytes();
    let gabarit = options.gabarit.as_deref();
    let (styles, listes) = match gabarit {
        Some(gabarit) => gabarit.habiller(&styles, &listes)?,
        None => (styles, listes),
    };
    let de_la_maison = |octets: Option<&Arc<[u8]>>, notres: &str| octets.map_or(notres.into(), |o| o.to_vec());
    let theme = de_la_maison(gabarit.and_then(|g| g.theme.as_ref()), THEME);
    let mut pieces = vec![
        piece("rIdStyles", "styles", "styles.xml", styles),
        piece("rIdNumerotation", "numbering", "numbering.xml", listes),
        piece("rIdReglages", "settings", "settings.xml", reglages(corps.sommaire, options).into_bytes()),
        piece(
            "rIdPolices",
            "fontTable",
            "fontTable.xml",
            de_la_maison(gabarit.and_then(|g| g.polices.as_ref()), POLICES),
        ),
        Piece { contenu: Some(TYPE_THEME.to_owned()), ..piece("rIdTheme", "theme", "theme/theme1.xml", theme) },
    ];
    if let Some(octets) = &corps.commentaires {
        pieces.push(piece("rIdCommentaires", "comments", "comments.xml", octets.clone()));
    }
    Ok(pieces)
}

/// Headers and footers, numbered apart as Word does.
fn pieces_des_bandeaux(bandeaux: &[Bandeau]) -> impl Iterator<Item = Piece> + '_ {
    let (mut entetes, mut pieds) = (0, 0);
    bandeaux.iter().map(move |bandeau| {
        let (genre, rang) = match bandeau.lieu {
            Lieu::Entete => ("header", &mut entetes),
            Lieu::Pied => ("footer", &mut pieds),
        };
        *rang += 1;
        Piece {
            lien: Some((bandeau.id(), genre)),
            fichier: format!("{genre}{rang}.xml"),
            contenu: Some(format!("{TYPE_WORD}.{genre}+xml")),
            octets: bandeau.contenu.clone(),
            relations: bandeau.relations.clone(),
        }
    })
}

fn medias<'a>(document: &'a Document, corps: &'a Corps) -> impl Iterator<Item = Piece> + 'a {
    corps.images.iter().filter_map(|(rang, png)| {
        let image = document.images.get(*rang)?;
        let extension = match image.format {
            FormatImage::Png | FormatImage::Svg => "png",
            FormatImage::Jpeg => "jpeg",
        };
        Some(Piece {
            lien: Some((format!("rIdImage{rang}"), "image")),
            fichier: format!("media/image{rang}.{extension}"),
            contenu: None,
            octets: png.clone().unwrap_or_else(|| image.octets.to_vec()),
            relations: Vec::new(),
        })
    })
}

/// The property that holds what a house style has put in headers and footers, for who reads the file again.
fn empreintes(corps: &Corps, gabarit: &Gabarit) -> Result<String, Erreur> {
    let mut toutes = BTreeSet::new();
    for bandeau in &corps.bandeaux {
        let image = |id: &str| {
            let cible = bandeau.relations.iter().find(|r| r.id == id).map(|r| r.cible.as_str());
            let copie = gabarit.copies.iter().find(|copie| Some(copie.fichier.as_str()) == cible);
            copie.map(|copie| bandeaux::empreinte(&copie.octets)).unwrap_or_default()
        };
        let elements = bandeaux::elements(&lire_nomme(&bandeau.contenu)?, bandeaux::RETIRE, &image);
        toutes.extend(elements.iter().map(|element| bandeaux::empreinte(element.as_bytes())));
    }
    let toutes: Vec<String> = toutes.into_iter().collect();
    Ok(format!(
        r#"{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="{}"><vt:lpwstr>{}</vt:lpwstr></property></Properties>"#,
        bandeaux::PROPRIETE,
        toutes.join(" ")
    ))
}

fn types(pieces: &[Piece], proprietes: bool) -> String {
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
    if proprietes {
        xml.push_str(
            r#"<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>"#,
        );
    }
    for Piece { fichier, contenu, .. } in pieces {
        if let Some(contenu) = contenu {
            let _ = write!(xml, r#"<Override PartName="/word/{fichier}" ContentType="{}"/>"#, echapper(contenu));
        }
    }
    xml.push_str("</Types>");
    xml
}

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#;

fn relations_racine(proprietes: bool) -> String {
    let propres = if proprietes {
        format!(r#"<Relationship Id="rIdPropres" Type="{OFFICE}/custom-properties" Target="docProps/custom.xml"/>"#)
    } else {
        String::new()
    };
    format!(
        r#"{DECLARATION}{RELATIONS}<Relationship Id="rIdDocument" Type="{OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rIdProprietes" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rIdApplication" Type="{OFFICE}/extended-properties" Target="docProps/app.xml"/>{propres}</Relationships>"#
    )
}

/// What the main part names: the other parts, and the addresses of its links.
fn du_corps(pieces: &[Piece], liens: &[String]) -> Vec<Relation> {
    let parties = pieces.iter().filter_map(|piece| {
        let (id, genre) = piece.lien.clone()?;
        Some(Relation { id, genre: genre.to_owned(), cible: piece.fichier.clone(), externe: false })
    });
    let adresses = liens.iter().enumerate().map(|(rang, lien)| {
        let (id, genre) = (format!("rIdLien{rang}"), "hyperlink".to_owned());
        Relation { id, genre, cible: lien.clone(), externe: true }
    });
    parties.chain(adresses).collect()
}

fn ecrire_relations(relations: &[Relation]) -> String {
    let mut xml = format!("{DECLARATION}{RELATIONS}");
    for Relation { id, genre, cible, externe } in relations {
        let mode = if *externe { r#" TargetMode="External""# } else { "" };
        let (id, cible) = (echapper(id), echapper(cible));
        let _ = write!(xml, r#"<Relationship Id="{id}" Type="{OFFICE}/{genre}" Target="{cible}"{mode}/>"#);
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
fn reglages(sommaire: bool, options: &Options) -> String {
    let verrou = if options.verrouille { r#"<w:documentProtection w:edit="readOnly" w:enforcement="1"/>"# } else { "" };
    let paires = options.gabarit.as_ref().is_some_and(|gabarit| gabarit.pages_paires);
    let paires = if paires { "<w:evenAndOddHeaders/>" } else { "" };
    let champs = if sommaire { r#"<w:updateFields w:val="true"/>"# } else { "" };
    format!(
        r#"{DECLARATION}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/>{verrou}<w:defaultTabStop w:val="709"/>{paires}<w:characterSpacingControl w:val="doNotCompress"/>{champs}<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/><w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/><w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/><w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/></w:compat><w:themeFontLang w:val="fr-FR"/><w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>"#
    )
}
