//! The signature that a field holds → what it covers, and whether it was made of those bytes with the key of its certificate.
//!
//! Whether the certificate is that of whom it names, and to be trusted, is the business of a signing tool, and is said so.

mod asn1;
mod cle;
mod cms;
mod empreintes;
mod lue;

pub(super) use empreintes::Empreintes;
pub(super) use lue::Lue;
pub use lue::{Integrite, Sorte};

use lopdf::{Dictionary, Object};
use std::ops::Range;

/// Checks the signature whose values these are. `etendue` is where they stand in the file, when it is known.
pub(super) fn verifier(valeur: &Dictionary, etendue: Option<Range<usize>>, empreintes: &mut Empreintes<'_>) -> Lue {
    let nom = |cle: &[u8]| valeur.get(cle).and_then(Object::as_name).unwrap_or_default();
    let horodatage = nom(b"SubFilter") == b"ETSI.RFC3161";
    let sorte = if horodatage { Sorte::Horodatage } else { Sorte::Signature };
    let octets = empreintes.octets();
    let plage = valeur.get(b"ByteRange").and_then(Object::as_array).map(Vec::as_slice).unwrap_or_default();
    let bornes: Option<Vec<usize>> = plage.iter().map(|n| usize::try_from(n.as_i64().ok()?).ok()).collect();
    let Some([0, fin, reprise, longueur]) = bornes.as_deref() else {
        return Lue { sorte, ..Lue::de(Integrite::NonLue, "elle ne dit pas ce qu'elle couvre") };
    };
    let Some(couvre) = reprise.checked_add(*longueur).filter(|couvre| *couvre <= octets.len() && fin <= reprise) else {
        return Lue { sorte, ..Lue::de(Integrite::Rompue, "elle couvre plus que le fichier") };
    };
    let contenu = valeur.get(b"Contents").and_then(Object::as_str).unwrap_or_default();
    let lue = if !seule(&octets[*fin..*reprise], contenu) || etendue.is_some_and(|e| *fin < e.start || *reprise > e.end)
    {
        Lue::de(Integrite::Rompue, "elle laisse de côté autre chose qu'elle-même")
    } else if [b"adbe.pkcs7.sha1".as_slice(), b"adbe.x509.rsa_sha1"].contains(&nom(b"SubFilter")) {
        Lue::de(Integrite::NonVerifiee, "elle est d'une ancienne sorte (SHA-1)")
    } else {
        cms::verifier(contenu, horodatage, (*fin, *reprise, couvre), empreintes)
    };
    Lue { sorte, couvre, ..lue }
}

/// Between the ranges stands the signature in hexadecimal, and nothing else.
fn seule(place: &[u8], contenu: &[u8]) -> bool {
    let Some(chiffres) = place.strip_prefix(b"<").and_then(|place| place.strip_suffix(b">")) else { return false };
    let chiffre = |octet: u8| char::from(octet).to_digit(16);
    chiffres.len() == contenu.len() * 2
        && chiffres.chunks_exact(2).zip(contenu).all(|(paire, octet)| {
            chiffre(paire[0]).zip(chiffre(paire[1])).is_some_and(|(haut, bas)| haut * 16 + bas == u32::from(*octet))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use der::asn1::ObjectIdentifier;
    use lopdf::StringFormat;
    use p256::ecdsa::signature::hazmat::PrehashSigner;
    use p256::ecdsa::{Signature, SigningKey};
    use sha2::{Digest, Sha256};

    fn tlv(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
        let contenu = parts.concat();
        let longueur = match u8::try_from(contenu.len()) {
            Ok(longueur) if longueur < 128 => vec![longueur],
            Ok(longueur) => vec![0x81, longueur],
            _ => [&[0x82], &u16::try_from(contenu.len()).unwrap().to_be_bytes()[..]].concat(),
        };
        [&[tag], longueur.as_slice(), &contenu].concat()
    }

    fn oid(oid: &str) -> Vec<u8> {
        tlv(6, &[ObjectIdentifier::new(oid).unwrap().as_bytes()])
    }

    fn suite(parts: &[&[u8]]) -> Vec<u8> {
        tlv(0x30, parts)
    }

    const DONNEES: &str = "1.2.840.113549.1.7.1";
    const JETON: &str = "1.2.840.113549.1.9.16.1.4";
    const SHA256: &str = "2.16.840.1.101.3.4.2.1";
    const ECDSA: &str = "1.2.840.10045.4.3.2";

    /// What a signature is made of; each test spoils one part of it.
    struct Faite {
        cle: SigningKey,
        certifiee: SigningKey,
        empreinte: String,
        algorithme: String,
        nomme: Option<Vec<u8>>,
        certificat: bool,
        valeur: Option<Vec<u8>>,
        jeton: Option<Vec<u8>>,
        attributs: bool,
    }

    impl Faite {
        fn juste() -> Self {
            let cle = SigningKey::from_slice(&[7; 32]).unwrap();
            Faite {
                certifiee: cle.clone(),
                cle,
                empreinte: SHA256.into(),
                algorithme: ECDSA.into(),
                nomme: None,
                certificat: true,
                valeur: None,
                jeton: None,
                attributs: true,
            }
        }

        fn signer(&self, octets: &[u8]) -> Vec<u8> {
            let nom = suite(&[&tlv(0x31, &[&suite(&[&oid("2.5.4.3"), &tlv(12, &["Une présidente".as_bytes()])])])]);
            let (version, numero) = (tlv(2, &[&[1]]), tlv(2, &[&[9]]));
            let point = self.certifiee.verifying_key().to_sec1_point(false);
            let genre = suite(&[&oid("1.2.840.10045.2.1"), &oid("1.2.840.10045.3.1.7")]);
            let cle = suite(&[&genre, &tlv(3, &[&[0], point.as_bytes()])]);
            let (algorithme, validite) = (suite(&[&oid(&self.algorithme)]), suite(&[]));
            let tbs = suite(&[&tlv(0xA0, &[&tlv(2, &[&[2]])]), &numero, &algorithme, &nom, &validite, &nom, &cle]);
            let certificat = suite(&[&tbs, &algorithme, &tlv(3, &[&[0, 0]])]);
            let genre = if self.jeton.is_some() { JETON } else { DONNEES };
            let contenu = self.jeton.as_deref().unwrap_or(octets);
            let attribut = |nom: &str, valeur: &[u8]| suite(&[&oid(nom), &tlv(0x31, &[valeur])]);
            let nomme = self.nomme.clone().unwrap_or_else(|| Sha256::digest(&certificat).to_vec());
            let attributs = [
                attribut("1.2.840.113549.1.9.3", &oid(genre)),
                attribut("1.2.840.113549.1.9.4", &tlv(4, &[&Sha256::digest(contenu)])),
                attribut("1.2.840.113549.1.9.16.2.47", &suite(&[&suite(&[&suite(&[&tlv(4, &[&nomme])])])])),
            ]
            .concat();
            let signe = if self.attributs { tlv(0x31, &[&attributs]) } else { contenu.to_vec() };
            let valeur: Signature = self.cle.sign_prehash(&Sha256::digest(&signe)).unwrap();
            let valeur = self.valeur.clone().unwrap_or_else(|| valeur.to_der().as_bytes().to_vec());
            let place = if self.attributs { tlv(0xA0, &[&attributs]) } else { Vec::new() };
            let empreinte = suite(&[&oid(&self.empreinte)]);
            let signataire =
                suite(&[&version, &suite(&[&nom, &numero]), &empreinte, &place, &algorithme, &tlv(4, &[&valeur])]);
            let encapsule = match &self.jeton {
                Some(jeton) => suite(&[&oid(genre), &tlv(0xA0, &[&tlv(4, &[jeton])])]),
                None => suite(&[&oid(genre)]),
            };
            let certificats = if self.certificat { tlv(0xA0, &[&certificat]) } else { Vec::new() };
            let donnees = suite(&[&version, &tlv(0x31, &[]), &encapsule, &certificats, &tlv(0x31, &[&signataire])]);
            suite(&[&oid("1.2.840.113549.1.7.2"), &tlv(0xA0, &[&donnees])])
        }

        /// A file that holds the signature, then what is said of it when a byte was changed at a place.
        fn dire(&self, change: Option<usize>) -> Lue {
            let (avant, apres) = (b"le contrat, avant ".as_slice(), b" et apres".as_slice());
            let cms = self.signer(&[avant, apres].concat());
            let contenu = [cms.as_slice(), &[0; 8]].concat();
            let hexa: String = contenu.iter().map(|octet| format!("{octet:02x}")).collect();
            let mut octets = [avant, b"<", hexa.as_bytes(), b">", apres].concat();
            if let Some(place) = change {
                octets[place] ^= 1;
            }
            let reprise = avant.len() + hexa.len() + 2;
            let bornes = [0, avant.len(), reprise, apres.len()];
            let mut valeur = Dictionary::new();
            valeur.set(
                "SubFilter",
                Object::Name(if self.jeton.is_some() {
                    b"ETSI.RFC3161".to_vec()
                } else {
                    b"ETSI.CAdES.detached".to_vec()
                }),
            );
            valeur.set(
                "ByteRange",
                bornes.iter().map(|n| Object::Integer(i64::try_from(*n).unwrap())).collect::<Vec<_>>(),
            );
            valeur.set("Contents", Object::String(contenu, StringFormat::Hexadecimal));
            verifier(&valeur, None, &mut Empreintes::de(&octets))
        }
    }

    #[test]
    fn a_signature_is_right_when_it_was_made_of_these_bytes_with_the_key_of_its_certificate() {
        let lue = Faite::juste().dire(None);
        assert_eq!((lue.integrite, lue.sorte, lue.motif), (Integrite::Intacte, Sorte::Signature, None));
        assert_eq!(lue.certificat.as_deref(), Some("Une présidente"));
        assert_eq!(Faite { attributs: false, ..Faite::juste() }.dire(None).integrite, Integrite::Intacte);
        // The file after its first signature, and the signature itself.
        assert_eq!(Faite::juste().dire(Some(3)).integrite, Integrite::Rompue);
        assert_eq!(Faite::juste().dire(Some(60)).integrite, Integrite::Rompue);
        assert_eq!(Faite { attributs: false, ..Faite::juste() }.dire(Some(3)).integrite, Integrite::Fausse);
    }

    #[test]
    fn a_signature_without_the_key_is_false_and_one_that_cannot_be_reckoned_is_said_so() {
        let autre = || SigningKey::from_slice(&[9; 32]).unwrap();
        let cas = [
            (Faite { cle: autre(), ..Faite::juste() }, Integrite::Fausse),
            (Faite { certifiee: autre(), ..Faite::juste() }, Integrite::Fausse),
            (Faite { valeur: Some(vec![0; 71]), ..Faite::juste() }, Integrite::Fausse),
            (Faite { valeur: Some(Vec::new()), ..Faite::juste() }, Integrite::Fausse),
            (Faite { nomme: Some(vec![1; 32]), ..Faite::juste() }, Integrite::Fausse),
            // A key of a curve does not make a signature of RSA.
            (Faite { algorithme: "1.2.840.113549.1.1.11".into(), ..Faite::juste() }, Integrite::Fausse),
            (Faite { algorithme: "1.2.3.4".into(), ..Faite::juste() }, Integrite::NonVerifiee),
            (Faite { empreinte: "1.3.14.3.2.26".into(), ..Faite::juste() }, Integrite::NonVerifiee),
            (Faite { certificat: false, ..Faite::juste() }, Integrite::NonLue),
        ];
        for (rang, (faite, attendue)) in cas.into_iter().enumerate() {
            let lue = faite.dire(None);
            assert_eq!(lue.integrite, attendue, "{rang}: {:?}", lue.motif);
            assert!(lue.motif.is_some(), "{rang}");
        }
    }

    #[test]
    fn a_time_stamp_holds_the_digest_of_the_file_and_gives_its_date() {
        let empreinte = |octets: &[u8]| {
            let digeste = suite(&[&suite(&[&oid(SHA256)]), &tlv(4, &[&Sha256::digest(octets)])]);
            suite(&[&tlv(2, &[&[1]]), &oid("1.2.3"), &digeste, &tlv(2, &[&[5]]), &tlv(0x18, &[b"20260115103000Z"])])
        };
        let juste = Faite { jeton: Some(empreinte("le contrat, avant  et apres".as_bytes())), ..Faite::juste() };
        let lue = juste.dire(None);
        assert_eq!((lue.integrite, lue.sorte), (Integrite::Intacte, Sorte::Horodatage));
        assert_eq!(lue.date.as_deref(), Some("2026-01-15 10:30:00 UTC"));
        assert_eq!(juste.dire(Some(0)).integrite, Integrite::Rompue);
        assert_eq!(
            Faite { jeton: Some(empreinte(b"autre")), ..Faite::juste() }.dire(None).integrite,
            Integrite::Rompue
        );
        assert_eq!(Faite { jeton: Some(b"abc".to_vec()), ..Faite::juste() }.dire(None).integrite, Integrite::NonLue);
        assert_eq!(Faite { valeur: Some(vec![0; 70]), ..juste }.dire(None).integrite, Integrite::Fausse);
    }
}
