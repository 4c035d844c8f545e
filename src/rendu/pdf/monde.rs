//! What Typst may see: its program, the tree as JSON, the pictures, the embedded fonts. No disk, no
//! network, no clock, no system font.
//!
//! The tree is in several files: Typst draws again only what reads one that has changed.

use std::collections::BTreeMap;
use std::num::NonZeroU16;
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
use super::feuilles::{self, Apres, Suite};
use super::fontes::POLICES;
use super::geometrie;
use super::options::Options;
use super::preparation::{PageDePiece, Prepare};
use super::reperes;
use crate::document::{Document, FormatImage, Genre, Identite, Joint, Noeud, Relation};

const PROGRAMME: &str = include_str!("../../../templates/typst/dossier.typ");

/// Typst numbers the files of the whole process on 16 bits: a bound keeps a hostile contract from
/// exhausting them.
pub const LIMITE_IMAGES: usize = 2000;

/// The same for the runs of blocks: past that many, several share a file.
const LIMITE_SUITES: usize = 4000;

/// `a11y-extras` gives row headers (`pdf.header-cell`), which PDF/UA readers need for forms; `repere`, the marks of a
/// preview.
static BIBLIOTHEQUE: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let features = [Feature::A11yExtras].into_iter().collect();
    let mut bibliotheque = Library::builder().with_features(features).build();
    bibliotheque.global.scope_mut().define_func_with_data(&reperes::FONCTION);
    LazyHash::new(bibliotheque)
});

static SOURCE: LazyLock<Source> = LazyLock::new(|| Source::new(chemin("dossier.typ"), PROGRAMME.to_owned()));

/// One document, as Typst sees it.
pub struct Monde {
    /// By the number that Typst gave to each.
    fichiers: BTreeMap<NonZeroU16, Bytes>,
    images: Vec<FileId>,
    date: Datetime,
}

/// An archive must bear a date: that of a draft which has none yet is the one that stands for « none ».
const SANS_DATE: &str = "1970-01-01";

impl Monde {
    /// Takes a prepared document (see `preparation`); what is the same as in the world before is kept as it is there,
    /// and not read again.
    pub fn new(prepare: &Prepare, options: Options, avant: Option<&Monde>) -> Result<Self, Erreur> {
        let Prepare { document, pages } = prepare;
        let date = lire_date(if document.identite.date.is_empty() { SANS_DATE } else { &document.identite.date })?;
        let total = document.images.len();
        if total > LIMITE_IMAGES {
            return Err(Erreur::TropDImages { total, limite: LIMITE_IMAGES });
        }
        let images = (0..total).map(|rang| chemin(&nom_image(document, rang))).collect();
        let mut monde = Self { fichiers: BTreeMap::new(), images, date };
        let tete = Donnees {
            identite: &document.identite,
            images: (0..total).map(|rang| nom_image(document, rang)).collect(),
            pages,
            joints: document.joints.iter().enumerate().map(|(rang, joint)| Attache::de(rang, joint)).collect(),
            balises: balises::du_document(document, options),
            largeur_paraphe: geometrie::largeur_paraphe(document.signatures().len()),
            paraphe: geometrie::PARAPHE,
        };
        let mut ecrire = |nom: &str, json: Vec<u8>| monde.ajouter(nom, json, avant);
        ecrire("dossier.json", en_json(&tete)?);
        let (plan, suites) = decouper(document, pages);
        ecrire("plan.json", en_json(&plan)?);
        for (rang, suites) in suites.chunks(par_fichier(suites.len())).enumerate() {
            ecrire(&format!("suites/{rang}.json"), en_json(&suites)?);
        }
        for (rang, image) in document.images.iter().enumerate() {
            monde.ajouter(&nom_image(document, rang), image.octets.clone(), avant);
        }
        for (rang, joint) in document.joints.iter().enumerate() {
            monde.ajouter(&nom_joint(rang), joint.octets.clone(), avant);
        }
        Ok(monde)
    }

    fn ajouter(&mut self, nom: &str, octets: impl AsRef<[u8]> + Send + Sync + 'static, avant: Option<&Monde>) {
        let id = chemin(nom).into_raw();
        let garde = avant.and_then(|avant| avant.fichiers.get(&id)).filter(|garde| garde.as_slice() == octets.as_ref());
        self.fichiers.insert(id, garde.cloned().unwrap_or_else(|| Bytes::new(octets)));
    }

    /// Rank (from 1) of the first picture that does not decode.
    ///
    /// Typst points at the line of its program, the same for all pictures; decoding is memoized.
    pub fn image_illisible(&self) -> Option<usize> {
        let illisible = |image: &FileId| {
            let Ok(octets) = self.file(*image) else { return true };
            match image.vpath().extension() {
                Some("svg") => SvgImage::new(octets).is_err(),
                Some("jpg") => RasterImage::plain(octets, ExchangeFormat::Jpg).is_err(),
                _ => RasterImage::plain(octets, ExchangeFormat::Png).is_err(),
            }
        };
        self.images.iter().position(illisible).map(|rang| rang + 1)
    }
}

fn en_json(donnees: &impl serde::Serialize) -> Result<Vec<u8>, Erreur> {
    serde_json::to_vec(donnees).map_err(|e| Erreur::Composition { details: e.to_string() })
}

/// How many runs of blocks a file holds: one, but in a document that has very many.
fn par_fichier(suites: usize) -> usize {
    suites.div_ceil(LIMITE_SUITES).max(1)
}

/// What `plan.json` and `suites/` say: the sheets of each part, the runs of blocks in order.
fn decouper<'a>(document: &'a Document, pages: &[PageDePiece]) -> (Vec<PartieDuPlan<'a>>, Vec<Blocs<'a>>) {
    let feuilles: Vec<Vec<feuilles::Feuille>> =
        document.parties.iter().map(|p| feuilles::feuilles(&p.blocs, p.genre, pages)).collect();
    let total = feuilles.iter().flatten().map(|feuille| feuille.tete.len() + feuille.suites.len()).sum();
    let par_fichier = par_fichier(total);
    let mut suites = Vec::with_capacity(total);
    let mut plan = Vec::with_capacity(feuilles.len());
    for (partie, feuilles) in document.parties.iter().zip(feuilles) {
        let mut placer = |runs: &[Suite]| -> Vec<Place> {
            let placer = |suite: &Suite| {
                let rang = suites.len();
                suites.push(Blocs { blocs: &partie.blocs[suite.blocs.clone()], apres: suite.apres });
                Place { fichier: rang / par_fichier, rang: rang % par_fichier }
            };
            runs.iter().map(placer).collect()
        };
        let feuilles = feuilles.iter().map(|feuille| FeuilleDuPlan {
            paysage: feuille.paysage,
            piece: feuille.piece,
            tete: placer(&feuille.tete),
            suites: placer(&feuille.suites),
        });
        plan.push(PartieDuPlan { genre: partie.genre, titre: &partie.titre, feuilles: feuilles.collect() });
    }
    (plan, suites)
}

/// What `dossier.typ` knows everywhere: what the document is, the names of the files beside it, what the signature needs.
#[derive(serde::Serialize)]
struct Donnees<'a> {
    identite: &'a Identite,
    images: Vec<String>,
    pages: &'a [PageDePiece],
    joints: Vec<Attache<'a>>,
    balises: Vec<Balise>,
    largeur_paraphe: f32,
    paraphe: [f32; 4],
}

/// A part, but for its blocks.
#[derive(serde::Serialize)]
struct PartieDuPlan<'a> {
    genre: Genre,
    titre: &'a str,
    feuilles: Vec<FeuilleDuPlan>,
}

#[derive(serde::Serialize)]
struct FeuilleDuPlan {
    paysage: bool,
    piece: bool,
    tete: Vec<Place>,
    suites: Vec<Place>,
}

/// Where a run of blocks is written: the rank of its file, and its rank there.
#[derive(serde::Serialize)]
struct Place {
    fichier: usize,
    rang: usize,
}

/// A run of blocks.
#[derive(serde::Serialize)]
struct Blocs<'a> {
    blocs: &'a [Noeud],
    apres: Option<Apres>,
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
        self.fichiers.get(&id.into_raw()).cloned().ok_or_else(|| absent(id))
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
    format!("images/{rang}.{extension}")
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

#[cfg(test)]
mod tests {
    //! Every run of blocks is in the file and at the rank that the plan says, however many there are.

    use super::*;
    use crate::document::{Bloc, Etat, Inline, Paragraphe, Partie, Style};

    fn document(parties: usize) -> Document {
        let partie = |rang: usize| {
            let texte = rang.to_string();
            let bloc = Bloc::Paragraphe(Paragraphe { style: Style::Corps, contenu: vec![Inline::Texte { texte }] });
            let blocs = vec![Noeud { bloc, origine: None }];
            Partie { genre: Genre::Fiche, cle: format!("fiche-{rang}"), titre: String::new(), blocs }
        };
        let identite = Identite {
            reference: String::new(),
            titre: String::new(),
            auteur: String::new(),
            etat: Etat::Projet,
            date: String::new(),
            producteur: String::new(),
        };
        let parties = (0..parties).map(partie).collect();
        let (images, pieces, joints) = (Vec::new(), Vec::new(), Vec::new());
        Document { identite, parties, images, pieces, joints, champs: BTreeMap::new() }
    }

    #[test]
    fn the_plan_leads_to_every_run() {
        for total in [1, LIMITE_SUITES, LIMITE_SUITES + 1, 3 * LIMITE_SUITES - 1] {
            let document = document(total);
            let (plan, suites) = decouper(&document, &[]);
            let fichiers: Vec<&[Blocs]> = suites.chunks(par_fichier(suites.len())).collect();
            assert!(fichiers.len() <= LIMITE_SUITES);
            let places = plan.iter().flat_map(|partie| &partie.feuilles).flat_map(|feuille| &feuille.suites);
            let lus: Vec<&[Noeud]> = places.map(|place| fichiers[place.fichier][place.rang].blocs).collect();
            let attendus: Vec<&[Noeud]> = document.parties.iter().map(|partie| partie.blocs.as_slice()).collect();
            assert!(lus == attendus, "{total} runs");
        }
    }

    #[test]
    fn a_file_that_is_the_same_is_kept() {
        let prepare = |parties| Prepare { document: document(parties), pages: Vec::new() };
        let avant = Monde::new(&prepare(3), Options::default(), None).unwrap();
        let apres = Monde::new(&prepare(4), Options::default(), Some(&avant)).unwrap();
        let meme = |nom: &str| {
            let octets = [&avant, &apres].map(|monde| monde.file(chemin(nom)).unwrap());
            octets[0].as_ptr() == octets[1].as_ptr()
        };
        assert!(meme("suites/2.json") && meme("dossier.json") && !meme("plan.json"));
    }
}
