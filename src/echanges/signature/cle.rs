//! The public key of a certificate and a signature → whether the one fits the other.

use super::asn1::{Algorithme, Suite, Valeur};
use super::empreintes::Hachage;
use der::asn1::ObjectIdentifier;
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::{BoxedUint, Pkcs1v15Sign, Pss};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const MGF1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.8");
const COURBE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
const P521: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");

/// Algorithms that name both a digest and a kind of key.
const AVEC_EMPREINTE: [(&str, Hachage); 14] = [
    ("1.2.840.113549.1.1.11", Hachage::Sha256),
    ("1.2.840.113549.1.1.12", Hachage::Sha384),
    ("1.2.840.113549.1.1.13", Hachage::Sha512),
    ("2.16.840.1.101.3.4.3.14", Hachage::Sha3_256),
    ("2.16.840.1.101.3.4.3.15", Hachage::Sha3_384),
    ("2.16.840.1.101.3.4.3.16", Hachage::Sha3_512),
    ("1.2.840.10045.4.3.2", Hachage::Sha256),
    ("1.2.840.10045.4.3.3", Hachage::Sha384),
    ("1.2.840.10045.4.3.4", Hachage::Sha512),
    ("2.16.840.1.101.3.4.3.10", Hachage::Sha3_256),
    ("2.16.840.1.101.3.4.3.11", Hachage::Sha3_384),
    ("2.16.840.1.101.3.4.3.12", Hachage::Sha3_512),
    // Plain ECDSA and plain RSA of some signers: the digest is said beside.
    ("1.2.840.10045.2.1", Hachage::Sha256),
    ("1.2.840.113549.1.1.1", Hachage::Sha256),
];

/// What the signature was made of.
pub(super) enum Signe<'a> {
    Octets(&'a [u8]),
    /// The digest by the algorithm said beside, and the bytes for what hashes otherwise.
    Empreinte(Vec<u8>, &'a dyn Fn() -> Vec<u8>),
}

/// The answer of mathematics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Accord {
    Juste,
    Fausse,
    /// A kind of key or of signature that cpom does not reckon.
    Inconnu,
    /// What cannot be read.
    Illisible,
}

/// Whether a signature by `algorithme` was made with the private half of this key.
pub(super) fn verifier(
    cle: Suite<'_>,
    algorithme: Algorithme<'_>,
    dite: Hachage,
    signe: &Signe<'_>,
    valeur: &[u8],
) -> Accord {
    let mut cle = cle;
    let lue = (|| Some((Algorithme::lire(cle.sequence()?)?, cle.suivante()?.bits()?)))();
    let Some((genre, cle)) = lue else { return Accord::Illisible };
    if genre.oid == ED25519 {
        return if algorithme.oid == ED25519 { ed25519(cle, &signe.octets(), valeur) } else { Accord::Fausse };
    }
    let est_rsa = [RSA, RSA_PSS].contains(&genre.oid);
    if !est_rsa && genre.oid != COURBE {
        return Accord::Inconnu;
    }
    if algorithme.oid == RSA_PSS {
        return if est_rsa { pss(cle, algorithme, dite, signe, valeur) } else { Accord::Fausse };
    }
    let connu = AVEC_EMPREINTE.iter().find(|(oid, _)| ObjectIdentifier::new(oid) == Ok(algorithme.oid));
    let hachage = match connu {
        Some(_) if [RSA, COURBE].contains(&algorithme.oid) => dite,
        Some((_, hachage)) => *hachage,
        None => return Accord::Inconnu,
    };
    let d_une_courbe = algorithme.oid.to_string().starts_with("1.2.840.10045.")
        || (9..=12).any(|arc| algorithme.oid.to_string() == format!("2.16.840.1.101.3.4.3.{arc}"));
    if d_une_courbe == est_rsa || genre.oid == RSA_PSS {
        return Accord::Fausse;
    }
    let empreinte = signe.empreinte(hachage, dite);
    match est_rsa {
        true => pkcs1(cle, hachage, &empreinte, valeur),
        false => courbe(genre, cle, &empreinte, valeur),
    }
}

impl Signe<'_> {
    fn octets(&self) -> Vec<u8> {
        match self {
            Signe::Octets(octets) => octets.to_vec(),
            Signe::Empreinte(_, octets) => octets(),
        }
    }

    fn empreinte(&self, hachage: Hachage, dite: Hachage) -> Vec<u8> {
        match self {
            Signe::Octets(octets) => hachage.de_tout(octets),
            Signe::Empreinte(empreinte, _) if hachage == dite => empreinte.clone(),
            Signe::Empreinte(_, octets) => hachage.de_tout(&octets()),
        }
    }
}

fn accord(juste: bool) -> Accord {
    if juste { Accord::Juste } else { Accord::Fausse }
}

fn ed25519(cle: &[u8], octets: &[u8], valeur: &[u8]) -> Accord {
    let cle = <&[u8; 32]>::try_from(cle).ok().and_then(|cle| ed25519_dalek::VerifyingKey::from_bytes(cle).ok());
    let Some(cle) = cle else { return Accord::Illisible };
    let valeur = ed25519_dalek::Signature::from_slice(valeur);
    accord(valeur.is_ok_and(|valeur| cle.verify_strict(octets, &valeur).is_ok()))
}

fn courbe(genre: Algorithme<'_>, cle: &[u8], empreinte: &[u8], valeur: &[u8]) -> Accord {
    macro_rules! sur {
        ($courbe:ident) => {{
            let Ok(cle) = $courbe::ecdsa::VerifyingKey::from_sec1_bytes(cle) else { return Accord::Illisible };
            let valeur = $courbe::ecdsa::Signature::from_der(valeur);
            accord(valeur.is_ok_and(|valeur| cle.verify_prehash(empreinte, &valeur).is_ok()))
        }};
    }
    match genre.parametres.and_then(Valeur::oid) {
        Some(P256) => sur!(p256),
        Some(P384) => sur!(p384),
        Some(P521) => sur!(p521),
        _ => Accord::Inconnu,
    }
}

fn cle_rsa(cle: &[u8]) -> Option<rsa::PublicKey> {
    let mut suite = Valeur::lire(cle)?.suite()?;
    let mut nombre =
        || Some(BoxedUint::from_be_slice_vartime(suite.suivante()?.entier().filter(|octets| !octets.is_empty())?));
    let (module, exposant) = (nombre()?, nombre()?);
    rsa::PublicKey::new(module, exposant).ok()
}

fn pkcs1(cle: &[u8], hachage: Hachage, empreinte: &[u8], valeur: &[u8]) -> Accord {
    let Some(cle) = cle_rsa(cle) else { return Accord::Illisible };
    let longueur = u8::try_from(empreinte.len()).unwrap_or_default();
    // A digest with the name of its algorithm, as RFC 8017 writes it.
    let mut prefixe = vec![0x30, 17 + longueur, 0x30, 13, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2];
    prefixe.extend([hachage.arc(), 5, 0, 4, longueur]);
    let forme = Pkcs1v15Sign { hash_len: Some(empreinte.len()), prefix: prefixe.into() };
    accord(cle.verify(forme, empreinte, valeur).is_ok())
}

fn pss(cle: &[u8], algorithme: Algorithme<'_>, dite: Hachage, signe: &Signe<'_>, valeur: &[u8]) -> Accord {
    let Some((hachage, sel)) = reglages_pss(algorithme) else { return Accord::Inconnu };
    let Some(cle) = cle_rsa(cle) else { return Accord::Illisible };
    let empreinte = signe.empreinte(hachage, dite);
    let juste = match hachage {
        Hachage::Sha256 => cle.verify(Pss::<sha2::Sha256>::new_with_salt(sel), &empreinte, valeur),
        Hachage::Sha384 => cle.verify(Pss::<sha2::Sha384>::new_with_salt(sel), &empreinte, valeur),
        Hachage::Sha512 => cle.verify(Pss::<sha2::Sha512>::new_with_salt(sel), &empreinte, valeur),
        Hachage::Sha3_256 => cle.verify(Pss::<sha3::Sha3_256>::new_with_salt(sel), &empreinte, valeur),
        Hachage::Sha3_384 => cle.verify(Pss::<sha3::Sha3_384>::new_with_salt(sel), &empreinte, valeur),
        Hachage::Sha3_512 => cle.verify(Pss::<sha3::Sha3_512>::new_with_salt(sel), &empreinte, valeur),
    };
    accord(juste.is_ok())
}

/// The digest and the length of the salt; both digests must be one, and none is the default (SHA-1).
fn reglages_pss(algorithme: Algorithme<'_>) -> Option<(Hachage, usize)> {
    let mut suite = algorithme.parametres?.suite()?;
    let hachage = Hachage::de(Algorithme::lire(suite.etiquete(0)?.suite()?.sequence()?)?.oid)?;
    let masque = Algorithme::lire(suite.etiquete(1)?.suite()?.sequence()?)?;
    let du_masque = Hachage::de(Algorithme::lire(masque.parametres?.suite()?)?.oid)?;
    let sel = match suite.etiquete(2) {
        Some(sel) => sel.suite()?.suivante()?.entier()?.iter().fold(0usize, |n, octet| (n << 8) | usize::from(*octet)),
        None => 20,
    };
    (masque.oid == MGF1 && du_masque == hachage && sel <= 512).then_some((hachage, sel))
}
