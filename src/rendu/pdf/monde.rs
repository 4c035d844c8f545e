//! What Typst may see: its program, the tree as JSON, the pictures, the embedded fonts. No disk, no
//! network, no clock, no system font.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};
use typst::{Feature, Library, LibraryExt, World};

use super::balises::{self, Balise};
use super::erreurs::Erreur;
use super::fontes::POLICES;
use super::geometrie;
use super::options::Options;
use super::preparation::{PageDePiece, Prepare};
use crate::document::{Document, FormatImage, Joint, Relation};

/// Folder of the pictures, as Typst sees them.
const IMAGES: &str = "images/";

const PROGRAMME: &str = include_str!("../../../templates/typst/dossier.typ");

/// Typst numbers the files of the whole process on 16 bits: a bound keeps a hostile contract from
/// exhausting them.
pub const LIMITE_IMAGES: usize = 2000;

/// `a11y-extras` gives row headers (`pdf.header-cell`), which PDF/UA readers need for forms.
static BIBLIOTHEQUE: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});

static SOURCE: LazyLock<Source> = LazyLock::new(|| Source::new(chemin("dossier.typ"), PROGRAMME.to_owned()));

/// One document, as Typst sees it.
pub struct Monde {
    fichiers: Vec<(FileId, Bytes)>,
    date: Datetime,
}

/// An archive must bear a date: that of a draft which has none yet is the one that stands for « none ».
const SANS_DATE: &str = "1970-01-01";

impl Monde {
    /// Takes a prepared document (see `preparation`).
    pub fn new(prepare: &Prepare, options: Options) -> Result<Self, Erreur> {
        let Prepare { document, pages } = prepare;
        let date = lire_date(if document.identite.date.is_empty() { SANS_DATE } else { &document.identite.date })?;
        let total = document.images.len();
        if total > LIMITE_IMAGES {
            return Err(Erreur::TropDImages { total, limite: LIMITE_IMAGES });
        }
        let json = serde_json::to_vec(&Donnees {
            document,
            images: (0..total).map(|rang| nom_image(document, rang)).collect(),
            pages,
            joints: document.joints.iter().enumerate().map(|(rang, joint)| Attache::de(rang, joint)).collect(),
            balises: balises::du_document(document, options),
            largeur_paraphe: geometrie::largeur_paraphe(document.signatures().len()),
            paraphe: geometrie::PARAPHE,
        })
        .map_err(|e| Erreur::Composition { details: e.to_string() })?;
        let mut fichiers = vec![(chemin("dossier.json"), Bytes::new(json))];
        for (rang, image) in document.images.iter().enumerate() {
            fichiers.push((chemin(&nom_image(document, rang)), Bytes::new(image.octets.clone())));
        }
        for (rang, joint) in document.joints.iter().enumerate() {
            fichiers.push((chemin(&nom_joint(rang)), Bytes::new(joint.octets.clone())));
        }
        Ok(Self { fichiers, date })
    }

    /// Rank (from 1) of the first picture that does not decode.
    ///
    /// Typst points at the line of its program, the same for all pictures; decoding is memoized.
    pub fn image_illisible(&self) -> Option<usize> {
        let images =
            self.fichiers.iter().filter(|(fichier, _)| fichier.vpath().get_without_slash().starts_with(IMAGES));
        let images = (1..).zip(images);
        let illisible = |(fichier, octets): &(FileId, Bytes)| match fichier.vpath().extension() {
            Some("svg") => SvgImage::new(octets.clone()).is_err(),
            Some("jpg") => RasterImage::plain(octets.clone(), ExchangeFormat::Jpg).is_err(),
            _ => RasterImage::plain(octets.clone(), ExchangeFormat::Png).is_err(),
        };
        images.filter(|(_, image)| illisible(image)).map(|(rang, _)| rang).next()
    }
}

/// What `dossier.typ` reads: the tree, the names of the files beside it, what the signature needs.
#[derive(serde::Serialize)]
struct Donnees<'a> {
    #[serde(flatten)]
    document: &'a Document,
    images: Vec<String>,
    pages: &'a [PageDePiece],
    joints: Vec<Attache<'a>>,
    balises: Vec<Balise>,
    largeur_paraphe: f32,
    paraphe: [f32; 4],
}

/// A file that the PDF carries: its name there, and where Typst reads it.
#[derive(serde::Serialize)]
struct Attache<'a> {
    nom: &'a str,
    fichier: String,
    mime: &'a str,
    relation: Relation,
    description: &'a str,
}

impl<'a> Attache<'a> {
    fn de(rang: usize, joint: &'a Joint) -> Self {
        let Joint { nom, mime, relation, description, octets: _ } = joint;
        Attache { nom, fichier: nom_joint(rang), mime, relation: *relation, description }
    }
}

impl World for Monde {
    fn library(&self) -> &LazyHash<Library> {
        &BIBLIOTHEQUE
    }

    fn book(&self) -> &LazyHash<FontBook> {
        POLICES.book()
    }

    fn main(&self) -> FileId {
        SOURCE.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == SOURCE.id() { Ok(SOURCE.clone()) } else { Err(absent(id)) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let fichier = self.fichiers.iter().find(|(fichier, _)| *fichier == id);
        fichier.map(|(_, octets)| octets.clone()).ok_or_else(|| absent(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        POLICES.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        Some(self.date)
    }
}

fn absent(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_without_slash().into())
}

fn chemin(nom: &str) -> FileId {
    let chemin = VirtualPath::new(nom).expect("file names are ours: plain, relative, without `..`");
    RootedPath::new(VirtualRoot::Project, chemin).intern()
}

fn nom_image(document: &Document, rang: usize) -> String {
    let extension = match document.images.get(rang).map(|image| image.format) {
        Some(FormatImage::Jpeg) => "jpg",
        Some(FormatImage::Svg) => "svg",
        Some(FormatImage::Png) | None => "png",
    };
    format!("{IMAGES}{rang}.{extension}")
}

fn nom_joint(rang: usize) -> String {
    format!("joints/{rang}")
}

fn lire_date(date: &str) -> Result<Datetime, Erreur> {
    let lue = || {
        let date: jiff::civil::Date = date.parse().ok()?;
        let (mois, jour) = (u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?);
        (date.year() >= 0).then(|| Datetime::from_ymd(date.year().into(), mois, jour)).flatten()
    };
    lue().ok_or_else(|| Erreur::Date { date: date.to_owned() })
}
