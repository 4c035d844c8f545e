//! The signature fields of a PDF: which are signed, what each signature covers, whether those bytes are intact.
//!
//! Integrity is told from the digest that the signature holds. Whether the signature itself and its certificate
//! are to be trusted is the business of a signing tool, and is said so.

use cms::cert::x509::der::asn1::OctetString;
use cms::cert::x509::der::{Decode, Reader, SliceReader};
use cms::content_info::ContentInfo;
use cms::signed_data::SignedData;
use lopdf::{Dictionary, Document, Object};
use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256, Sha384, Sha512};

/// Object identifiers, as texts.
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const SHA256: &str = "2.16.840.1.101.3.4.2.1";
const SHA384: &str = "2.16.840.1.101.3.4.2.2";
const SHA512: &str = "2.16.840.1.101.3.4.2.3";

/// A signature field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(description = "Un champ de signature.")]
pub struct SignatureLue {
    #[schemars(description = "Nom du champ dans le PDF.")]
    pub champ: String,
    #[schemars(description = "Ce que disent les octets, sans se fier à personne.")]
    pub integrite: Integrite,
    #[schemars(description = "Octets du fichier, depuis le début, que couvre la signature ; 0 si le champ est vide.")]
    pub couvre: usize,
}

/// What can be said of a field without trusting anyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "Ce que disent les octets d'un champ.")]
pub enum Integrite {
    #[schemars(description = "Le champ est vide.")]
    NonSigne,
    #[schemars(description = "Les octets sont ceux qui ont été signés.")]
    Intacte,
    #[schemars(description = "Les octets ont changé depuis la signature.")]
    Rompue,
    #[schemars(description = "La signature est d'une sorte que cpom ne lit pas.")]
    NonLue,
}

/// The signature fields of a file.
pub fn lire(pdf: &Document, octets: &[u8]) -> Vec<SignatureLue> {
    let champs = || {
        let formulaire = pdf.catalog().ok()?.get_deref(b"AcroForm", pdf).ok()?.as_dict().ok()?;
        formulaire.get_deref(b"Fields", pdf).ok()?.as_array().ok()
    };
    let mut sortie = Vec::new();
    for champ in champs().map(Vec::as_slice).unwrap_or_default() {
        let Ok(champ) = pdf.dereference(champ).and_then(|(_, champ)| champ.as_dict()) else { continue };
        if champ.get_deref(b"FT", pdf).and_then(Object::as_name).is_ok_and(|genre| genre == b"Sig") {
            sortie.push(lire_champ(pdf, champ, octets));
        }
    }
    sortie
}

fn lire_champ(pdf: &Document, champ: &Dictionary, octets: &[u8]) -> SignatureLue {
    let nom = champ.get_deref(b"T", pdf).ok().and_then(|nom| lopdf::decode_text_string(nom).ok()).unwrap_or_default();
    let Ok(valeur) = champ.get_deref(b"V", pdf).and_then(Object::as_dict) else {
        return SignatureLue { champ: nom, integrite: Integrite::NonSigne, couvre: 0 };
    };
    let plage = valeur.get_deref(b"ByteRange", pdf).and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default();
    let bornes: Vec<usize> = plage.iter().filter_map(|n| usize::try_from(n.as_i64().ok()?).ok()).collect();
    let contenu = valeur.get_deref(b"Contents", pdf).and_then(Object::as_str).unwrap_or_default();
    let (integrite, couvre) = match bornes.as_slice() {
        [0, fin, reprise, longueur] => integrite(octets, (*fin, *reprise, *longueur), contenu),
        _ => (Integrite::NonLue, 0),
    };
    SignatureLue { champ: nom, integrite, couvre }
}

/// The two ranges must leave out the signature alone, and their digest must be the one that was signed.
fn integrite(octets: &[u8], (fin, reprise, longueur): (usize, usize, usize), contenu: &[u8]) -> (Integrite, usize) {
    let Some(couvre) = reprise.checked_add(longueur).filter(|couvre| *couvre <= octets.len() && fin <= reprise) else {
        return (Integrite::Rompue, 0);
    };
    // Between the ranges stands the signature in hexadecimal, and nothing else.
    let place = &octets[fin..reprise];
    let seule = place.first() == Some(&b'<') && place.last() == Some(&b'>') && place.len() == contenu.len() * 2 + 2;
    if !seule {
        return (Integrite::Rompue, couvre);
    }
    let parties = [&octets[..fin], &octets[reprise..couvre]];
    (comparer(parties, contenu).unwrap_or(Integrite::NonLue), couvre)
}

/// `None` when the signature is not of a known kind.
fn comparer(parties: [&[u8]; 2], contenu: &[u8]) -> Option<Integrite> {
    // Zeros follow the signature up to the place that was kept for it.
    let mut lecteur = SliceReader::new(contenu).ok()?;
    let info: ContentInfo = lecteur.decode().ok()?;
    let lu = usize::try_from(lecteur.position()).ok()?;
    if contenu.get(lu..)?.iter().any(|octet| *octet != 0) {
        return Some(Integrite::Rompue);
    }
    let donnees: SignedData = info.content.decode_as().ok()?;
    let signataire = donnees.signer_infos.0.as_slice().first()?;
    let attributs = signataire.signed_attrs.as_ref()?;
    let attribut = attributs.iter().find(|a| a.oid.to_string() == MESSAGE_DIGEST)?;
    let valeur = attribut.values.as_slice().first()?;
    let signe = OctetString::from_der(&cms::cert::x509::der::Encode::to_der(valeur).ok()?).ok()?;
    let calcule = match signataire.digest_alg.oid.to_string().as_str() {
        SHA256 => hacher::<Sha256>(parties),
        SHA384 => hacher::<Sha384>(parties),
        SHA512 => hacher::<Sha512>(parties),
        _ => return None,
    };
    Some(if signe.as_bytes() == calcule { Integrite::Intacte } else { Integrite::Rompue })
}

fn hacher<D: Digest>(parties: [&[u8]; 2]) -> Vec<u8> {
    let mut hachage = D::new();
    parties.iter().for_each(|partie| hachage.update(partie));
    hachage.finalize().to_vec()
}
