//! Bytes of a PDF → its revisions, one after the other, and what each of them changed; nothing is believed of it.
//!
//! The first revision is what was printed. Signing adds revisions, and each may only bring what signing brings.
//! All here is a pure function of bytes. It must not know what a dossier is.

pub mod a_part;
mod document;
mod equivalence;
mod etat;
mod formulaire;
mod genres;
mod joints;
mod juge;
mod lieux;
mod preuves;
mod recouvrement;
mod sections;
mod signer;
mod syntaxe;
#[cfg(test)]
mod tests;

pub use equivalence::differences;
pub(crate) use formulaire::une_ligne;
pub use genres::{Ajout, Genre, Modification};
pub use joints::{Joint, Scelle};

use super::signature::{self, Empreintes, Integrite, Lue, Sorte};
use etat::{Etat, Vue};
use formulaire::champs;
use lopdf::{Document, ObjectId};
use schemars::JsonSchema;
use sections::Section;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// Most pages and fields looked at, all revisions together: three thousand initials signed one by one on three hundred pages.
const TRAVAIL_MAX: usize = 10_000_000;

/// A file read: what its first revision holds, and what became of it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Lu {
    /// Where the first revision ends; 0 when the file is not understood.
    pub premiere: usize,
    /// What is attached to the first revision, and the checksums of what is attached to the last when it may be another.
    pub joints: Vec<Joint>,
    pub joints_a_la_fin: Option<Vec<Scelle>>,
    /// The names of the fields of the first revision.
    pub champs: Vec<String>,
    /// The signature fields of the last revision, in the order of the form.
    pub signatures: Vec<SignatureLue>,
    /// The revisions after the first.
    pub revisions: Vec<Revision>,
    /// From where on, and why, the file is not understood.
    pub incompris: Option<(usize, String)>,
    /// Blank bytes after the last revision.
    pub blancs: usize,
}

/// A signature field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(description = "Un champ de signature.")]
pub struct SignatureLue {
    #[schemars(description = "Nom entier du champ dans le PDF.")]
    pub champ: String,
    #[schemars(description = "La sorte de signature.")]
    pub sorte: Sorte,
    #[schemars(description = "Ce que disent les octets, sans se fier à personne.")]
    pub integrite: Integrite,
    #[schemars(description = "Pourquoi, quand quelque chose ne va pas.")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub motif: Option<String>,
    #[schemars(description = "Octets du fichier, depuis le début, que couvre la signature ; 0 si le champ est vide.")]
    pub couvre: usize,
    #[schemars(description = "Nom que porte le certificat ; personne ne s'en porte garant ici.")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificat: Option<String>,
    #[schemars(description = "Date que dit l'horodatage.")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
}

/// What was added to a file at one go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(description = "Ce qui a été ajouté au fichier d'un coup, après l'impression.")]
pub struct Revision {
    #[schemars(description = "Premier octet.")]
    pub debut: usize,
    #[schemars(description = "Premier octet de ce qui suit.")]
    pub fin: usize,
    #[schemars(description = "Quand, par rapport aux signatures.")]
    pub moment: Moment,
    #[schemars(description = "Ce que signer peut ajouter.")]
    pub ajouts: Vec<Ajout>,
    #[schemars(description = "Ce que signer n'ajoute pas ; vide quand tout va bien.")]
    pub modifications: Vec<Modification>,
}

/// When a revision came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "quand", rename_all = "snake_case")]
#[schemars(description = "Quand une révision est venue, par rapport aux signatures.")]
pub enum Moment {
    #[schemars(description = "Avant toute signature.")]
    AvantTouteSignature,
    #[schemars(description = "Après cette signature, et avant une autre.")]
    ApresLaSignature { champ: String },
    #[schemars(description = "Après la dernière signature.")]
    ApresLaDerniereSignature { champ: String },
}

impl Moment {
    /// As a person says it.
    pub fn en_mots(&self) -> String {
        match self {
            Moment::AvantTouteSignature => "avant toute signature".into(),
            Moment::ApresLaSignature { champ } => format!("après la signature de « {champ} »"),
            Moment::ApresLaDerniereSignature { champ } => format!("après la dernière signature (« {champ} »)"),
        }
    }
}

/// Reads a file, all its revisions and its signatures; otherwise why it cannot, as the end of a sentence.
pub fn ouvrir(octets: &[u8]) -> Result<Lu, String> {
    if !octets.windows(5).take(1024).any(|debut| debut == b"%PDF-") {
        return Err("ce n'est pas un PDF".into());
    }
    let mut deplie = 0;
    let premiere = sections::premiere(octets, &mut deplie)
        .and_then(|premiere| longueurs(&premiere.longueurs, |id| premiere.objets.get(&id)).map(|()| premiere));
    match premiere {
        Ok(premiere) => suivre(octets, premiere, &mut deplie),
        // Read as viewers do, it has no revisions to judge.
        Err(motif) => {
            let etat = Etat::de(lenient(octets)?);
            let mut lu = Lu {
                premiere: 0,
                joints: joints::lire(etat.apres())?,
                joints_a_la_fin: None,
                champs: noms(etat.apres()),
                signatures: Vec::new(),
                revisions: Vec::new(),
                incompris: Some((0, motif.to_string())),
                blancs: 0,
            };
            lu.signatures = signatures(octets, etat.apres(), &Places::default());
            Ok(lu)
        }
    }
}

/// The file as a viewer takes it, mending what it can.
fn lenient(octets: &[u8]) -> Result<Document, String> {
    let pdf = Document::load_mem(octets).map_err(|_| "ce PDF est abîmé".to_string())?;
    if pdf.is_encrypted() {
        return Err("ce PDF est chiffré".into());
    }
    pdf.catalog().map_err(|_| "ce PDF est abîmé".to_string())?;
    Ok(pdf)
}

/// Where each signature was written, and where the revision that wrote it ends.
#[derive(Default)]
struct Places(BTreeMap<String, (Option<Range<usize>>, usize)>);

fn suivre(octets: &[u8], premiere: Section, deplie: &mut usize) -> Result<Lu, String> {
    let (fin, mut precedente, eof) = (premiere.fin, premiere.renvoi, premiere.eof);
    let mut etat = Etat::premier(premiere);
    if etat.apres().catalogue().is_none() {
        return Err("ce PDF est abîmé".into());
    }
    let mut lu = Lu {
        premiere: fin,
        joints: joints::lire(etat.apres())?,
        joints_a_la_fin: None,
        champs: noms(etat.apres()),
        signatures: Vec::new(),
        revisions: Vec::new(),
        incompris: None,
        blancs: 0,
    };
    let mut places = Places::default();
    let mut signes: Vec<Vec<String>> = Vec::new();
    let deja = champs(etat.apres()).into_iter().filter(|champ| champ.signature(etat.apres()).is_some());
    let deja: Vec<String> = deja.map(|champ| champ.nom).collect();
    places.0.extend(deja.iter().map(|nom| (nom.clone(), (None, eof))));
    let (mut place, mut travail) = (fin, 0);
    loop {
        let reste = octets.get(place..).unwrap_or_default();
        if reste.iter().all(|octet| matches!(octet, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')) {
            lu.blancs = reste.len();
            break;
        }
        let section = sections::suivante(octets, place, precedente, deplie).and_then(|section| {
            let ailleurs = |id: ObjectId| section.objets.get(&id).or_else(|| etat.pdf.objects.get(&id));
            longueurs(&section.longueurs, ailleurs).map(|()| section)
        });
        let mut section = match section {
            Ok(section) => section,
            Err(motif) => {
                lu.incompris = Some((place, motif.to_string()));
                break;
            }
        };
        etat.poser(&mut section);
        travail += 1 + champs(etat.apres()).len() + etat.apres().pages().len();
        if travail > TRAVAIL_MAX {
            lu.incompris = Some((place, "les révisions n'en finissent pas".to_string()));
            break;
        }
        let mut jugement = document::juger(&etat);
        if jugement.modifications.is_empty() && !jugement.visibles.is_empty() {
            jugement.modifications = recouvrement::recouvre(&octets[..fin], &jugement.visibles);
        }
        for champ in champs(etat.apres()).iter().filter(|champ| jugement.signes.contains(&champ.nom)) {
            let id = champ.valeur.and_then(|valeur| valeur.as_reference().ok()).or(champ.id);
            places.0.insert(champ.nom.clone(), (id.and_then(|id| section.etendues.get(&id).cloned()), section.eof));
        }
        signes.push(jugement.signes);
        lu.revisions.push(Revision {
            debut: section.debut,
            fin: section.fin,
            moment: Moment::AvantTouteSignature,
            ajouts: jugement.ajouts,
            modifications: jugement.modifications,
        });
        (place, precedente) = (section.fin, section.renvoi);
    }
    dater(&mut lu.revisions, &deja, &signes, lu.incompris.is_some());
    // What no revision explains is read as a viewer would, to say which fields it shows.
    let dernier = lu.incompris.is_some().then(|| lenient(octets).ok().map(Etat::de)).flatten().unwrap_or(etat);
    lu.signatures = signatures(octets, dernier.apres(), &places);
    if lu.incompris.is_some() || lu.revisions.iter().any(|revision| !revision.modifications.is_empty()) {
        lu.joints_a_la_fin = Some(joints::sceller(dernier.apres())?);
    }
    Ok(lu)
}

fn noms(vue: Vue<'_>) -> Vec<String> {
    champs(vue).into_iter().filter(|champ| champ.est_une_signature()).map(|champ| champ.nom).collect()
}

/// The lengths of streams that other objects say are those that were read.
fn longueurs<'a>(dites: &[(ObjectId, usize)], lire: impl Fn(ObjectId) -> Option<&'a lopdf::Object>) -> syntaxe::Lu<()> {
    let tenues = dites.iter().all(|(id, longueur)| {
        lire(*id).and_then(|objet| objet.as_i64().ok()).and_then(|n| usize::try_from(n).ok()) == Some(*longueur)
    });
    tenues.then_some(()).ok_or("la longueur d'un de ses flux n'est pas celle qu'elle dit")
}

/// Says of each revision which signature it follows.
fn dater(revisions: &mut [Revision], deja: &[String], signes: &[Vec<String>], suite: bool) {
    let mut derniere = deja.last().cloned();
    for (rang, revision) in revisions.iter_mut().enumerate() {
        let encore = suite || signes.iter().skip(rang).any(|signes| !signes.is_empty());
        revision.moment = match &derniere {
            None => Moment::AvantTouteSignature,
            Some(champ) if encore => Moment::ApresLaSignature { champ: champ.clone() },
            Some(champ) => Moment::ApresLaDerniereSignature { champ: champ.clone() },
        };
        derniere = signes.get(rang).and_then(|signes| signes.last().cloned()).or(derniere);
    }
}

/// The signature fields of a file and what is said of each.
fn signatures(octets: &[u8], vue: Vue<'_>, places: &Places) -> Vec<SignatureLue> {
    let mut empreintes = Empreintes::de(octets);
    let mut sortie: Vec<(usize, SignatureLue)> = Vec::new();
    let mut lues: Vec<_> = champs(vue).into_iter().filter(|champ| champ.est_une_signature()).enumerate().collect();
    // In the order in which they were made, so that the file is hashed once.
    lues.sort_by_key(|(_, champ)| places.0.get(&champ.nom).map(|(_, eof)| *eof));
    for (rang, champ) in lues {
        let place = places.0.get(&champ.nom);
        let lue = match champ.signature(vue) {
            None => {
                let integrite = match champ.valeur.is_some_and(|valeur| !vue.suivre(valeur).is_null()) {
                    true => Integrite::NonLue,
                    false => Integrite::NonSigne,
                };
                Lue { integrite, sorte: Sorte::Signature, motif: None, couvre: 0, certificat: None, date: None }
            }
            Some(valeur) => {
                let lue = signature::verifier(valeur, place.and_then(|(etendue, _)| etendue.clone()), &mut empreintes);
                couvrir(lue, octets, place.map(|(_, eof)| *eof))
            }
        };
        let Lue { integrite, sorte, motif, couvre, certificat, date } = lue;
        let certificat = certificat.map(|nom| une_ligne(&nom));
        sortie.push((rang, SignatureLue { champ: champ.nom, sorte, integrite, motif, couvre, certificat, date }));
    }
    sortie.sort_by_key(|(rang, _)| *rang);
    sortie.into_iter().map(|(_, signature)| signature).collect()
}

/// A signature covers all that was there when it was made.
fn couvrir(lue: Lue, octets: &[u8], eof: Option<usize>) -> Lue {
    let Some(eof) = eof.filter(|_| !lue.integrite.est_une_faute()) else { return lue };
    let tout = octets.get(eof..lue.couvre).is_some_and(|fin| fin.iter().all(u8::is_ascii_whitespace));
    if tout {
        return lue;
    }
    let motif = Some("elle ne couvre pas tout ce qui a été écrit avec elle".to_string());
    Lue { integrite: Integrite::Rompue, motif, ..lue }
}
