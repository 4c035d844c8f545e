//! A signature of a PDF (CMS, PKCS #7) → whether it was made of these bytes, with the key of the certificate it carries.

use super::asn1::{Algorithme, Suite, Valeur};
use super::cle::{Accord, Signe, verifier as verifier_la_cle};
use super::empreintes::{Empreintes, Hachage};
use super::{Integrite, Lue};
use der::Tag;
use der::asn1::ObjectIdentifier;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const SUBJECT_KEY_IDENTIFIER: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.29.14");
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");

/// Where the bytes stand that a signature covers: from the start to the first, then from the second to the third.
pub(super) type Bornes = (usize, usize, usize);

/// What a signature says of itself.
struct Cms<'a> {
    genre: ObjectIdentifier,
    contenu: Option<&'a [u8]>,
    certificats: Vec<Valeur<'a>>,
    signataire: Signataire<'a>,
}

struct Signataire<'a> {
    /// The name of its certificate: issuer and number, or identifier of its key.
    nom: Valeur<'a>,
    empreinte: ObjectIdentifier,
    attributs: Option<Valeur<'a>>,
    algorithme: Algorithme<'a>,
    valeur: &'a [u8],
}

/// A certificate: its bytes, what names it, its key.
struct Certificat<'a> {
    brut: &'a [u8],
    numero: &'a [u8],
    emetteur: &'a [u8],
    sujet: Valeur<'a>,
    cle: Suite<'a>,
    identifiant: Option<&'a [u8]>,
}

/// Reads and checks a signature; `horodatage` when it is that of a time-stamping service.
pub(super) fn verifier(contenu: &[u8], horodatage: bool, bornes: Bornes, empreintes: &mut Empreintes<'_>) -> Lue {
    let Some((enveloppe, reste)) = Valeur::lire_premiere(contenu) else {
        return Lue::de(Integrite::NonLue, "elle est abîmée, ou d'une forme que le PDF n'admet pas");
    };
    // Zeros follow the signature up to the place that was kept for it.
    if reste.iter().any(|octet| *octet != 0) {
        return Lue::de(Integrite::Rompue, "des octets ont été cachés dans la place de la signature");
    }
    let Some(cms) = lire(enveloppe) else {
        return Lue::de(Integrite::NonLue, "elle est abîmée, ou d'une forme que le PDF n'admet pas");
    };
    let Some(hachage) = Hachage::de(cms.signataire.empreinte) else {
        return Lue::de(Integrite::NonVerifiee, "son empreinte est d'une sorte que cpom ne calcule pas");
    };
    let Some(certificat) = cms.certificat() else {
        return Lue::de(Integrite::NonLue, "elle ne porte pas son certificat");
    };
    let mut lue = Lue { certificat: certificat.nom(), ..Lue::de(Integrite::Intacte, "") };
    if horodatage {
        match cms.jeton(bornes, empreintes) {
            Ok(date) => lue.date = date,
            Err((integrite, motif)) => return Lue { motif: Some(motif.into()), integrite, ..lue },
        }
    }
    if let Err((integrite, motif)) = cms.accord(&certificat, hachage, horodatage, bornes, empreintes) {
        return Lue { integrite, motif: Some(motif.into()), ..lue };
    }
    lue
}

type Faute = (Integrite, &'static str);

impl<'a> Cms<'a> {
    /// Whether the signature fits its certificate and the bytes.
    fn accord(
        &self,
        certificat: &Certificat<'_>,
        hachage: Hachage,
        horodatage: bool,
        bornes: Bornes,
        empreintes: &mut Empreintes<'_>,
    ) -> Result<(), Faute> {
        const ILLISIBLE: Faute = (Integrite::NonLue, "ce qu'elle signe ne se lit pas");
        let empreinte = match self.contenu.filter(|_| horodatage) {
            Some(contenu) => hachage.de_tout(contenu),
            None => empreintes.calculer(hachage, bornes).ok_or(ILLISIBLE)?,
        };
        let octets = empreintes.octets();
        let tout = || match self.contenu.filter(|_| horodatage) {
            Some(contenu) => contenu.to_vec(),
            None => [&octets[..bornes.0], &octets[bornes.1..bornes.2]].concat(),
        };
        let attributs;
        let signe = match self.signataire.attributs {
            None => Signe::Empreinte(empreinte, &tout),
            Some(valeur) => {
                self.attributs(valeur, &empreinte, certificat)?;
                // What was signed is the set, not its place in the message.
                attributs = [&[0x31], valeur.brut.get(1..).unwrap_or_default()].concat();
                Signe::Octets(&attributs)
            }
        };
        match verifier_la_cle(certificat.cle, self.signataire.algorithme, hachage, &signe, self.signataire.valeur) {
            Accord::Juste => Ok(()),
            Accord::Fausse => Err((Integrite::Fausse, "elle n'a pas été faite avec la clé de son certificat")),
            Accord::Inconnu => Err((Integrite::NonVerifiee, "elle est d'une sorte que cpom ne calcule pas")),
            Accord::Illisible => Err((Integrite::NonLue, "la clé de son certificat ne se lit pas")),
        }
    }

    /// What was signed beside the digest.
    fn attributs(&self, valeur: Valeur<'a>, empreinte: &[u8], certificat: &Certificat<'_>) -> Result<(), Faute> {
        const ILLISIBLE: Faute = (Integrite::NonLue, "ce qu'elle signe ne se lit pas");
        let mut lus: Vec<(ObjectIdentifier, Valeur<'a>)> = Vec::new();
        for attribut in valeur.suite().and_then(Suite::toutes).ok_or(ILLISIBLE)? {
            let lu = (|| {
                let mut suite = attribut.suite()?;
                Some((suite.suivante()?.oid()?, suite.suivante()?.suite()?.toutes()?))
            })();
            let (oid, valeurs) = lu.ok_or(ILLISIBLE)?;
            if lus.iter().any(|(autre, _)| *autre == oid) {
                return Err((Integrite::NonLue, "elle signe deux fois la même chose"));
            }
            lus.extend(valeurs.first().map(|valeur| (oid, *valeur)));
        }
        let lire = |oid| lus.iter().find(|(autre, _)| *autre == oid).map(|(_, valeur)| *valeur);
        let dite = lire(MESSAGE_DIGEST).and_then(Valeur::octets).ok_or(ILLISIBLE)?;
        if dite != empreinte {
            return Err((Integrite::Rompue, "les octets ont changé depuis"));
        }
        if lire(CONTENT_TYPE).and_then(Valeur::oid) != Some(self.genre) {
            return Err((Integrite::Fausse, "elle signe autre chose qu'un document"));
        }
        match lire(SIGNING_CERTIFICATE_V2).map(|valeur| certificat_dit(valeur, certificat)) {
            None | Some(Some(true)) => Ok(()),
            Some(Some(false)) => Err((Integrite::Fausse, "le certificat qu'elle porte n'est pas celui qu'elle nomme")),
            Some(None) => Err((Integrite::NonVerifiee, "elle nomme son certificat d'une manière que cpom ne lit pas")),
        }
    }

    /// A time stamp: the digest that it holds is that of the bytes. Gives its date.
    fn jeton(&self, bornes: Bornes, empreintes: &mut Empreintes<'_>) -> Result<Option<String>, Faute> {
        const ILLISIBLE: Faute = (Integrite::NonLue, "le jeton d'horodatage ne se lit pas");
        let contenu = self.contenu.filter(|_| self.genre == TST_INFO).ok_or(ILLISIBLE)?;
        let lu = (|| {
            let mut suite = Valeur::lire(contenu)?.suite()?;
            let (_version, _politique) = (suite.suivante()?, suite.suivante()?);
            let mut empreinte = suite.sequence()?;
            let oid = Algorithme::lire(empreinte.sequence()?)?.oid;
            let (dite, _numero) = (empreinte.suivante()?.octets()?, suite.suivante()?);
            Some((oid, dite, suite.suivante()?))
        })();
        let (oid, dite, date) = lu.ok_or(ILLISIBLE)?;
        let hachage = Hachage::de(oid)
            .ok_or((Integrite::NonVerifiee, "son empreinte est d'une sorte que cpom ne calcule pas"))?;
        let calculee = empreintes.calculer(hachage, bornes).ok_or(ILLISIBLE)?;
        if calculee != dite {
            return Err((Integrite::Rompue, "les octets ont changé depuis"));
        }
        Ok(Some(date).filter(|date| date.tag == Tag::GeneralizedTime).and_then(|date| en_date(date.contenu)))
    }

    /// The certificate that the signature names.
    fn certificat(&self) -> Option<Certificat<'a>> {
        let nom = self.signataire.nom;
        self.certificats.iter().filter_map(|brut| Certificat::lire(*brut)).find(|certificat| {
            if nom.est_etiquete(0) {
                return certificat.identifiant == Some(nom.contenu);
            }
            let mut suite = match nom.suite() {
                Some(suite) => suite,
                None => return false,
            };
            suite.suivante().is_some_and(|emetteur| emetteur.brut == certificat.emetteur)
                && suite.suivante().is_some_and(|numero| numero.contenu == certificat.numero)
        })
    }
}

fn lire(enveloppe: Valeur<'_>) -> Option<Cms<'_>> {
    let mut suite = enveloppe.suite()?;
    if suite.suivante()?.oid()? != SIGNED_DATA {
        return None;
    }
    let mut donnees = suite.etiquete(0)?.suite()?.sequence()?;
    let (_version, _empreintes) = (donnees.suivante()?, donnees.suivante()?);
    let mut encapsule = donnees.sequence()?;
    let genre = encapsule.suivante()?.oid()?;
    let contenu = match encapsule.etiquete(0) {
        Some(contenu) => Some(contenu.suite()?.suivante()?.octets()?),
        None => None,
    };
    let certificats = match donnees.etiquete(0) {
        Some(certificats) => certificats.suite()?.toutes()?,
        None => Vec::new(),
    };
    let _listes = donnees.etiquete(1);
    let signataires = donnees.suivante()?.suite()?.toutes()?;
    let [signataire] = signataires.as_slice() else { return None };
    Some(Cms { genre, contenu, certificats, signataire: lire_signataire(signataire.suite()?)? })
}

fn lire_signataire(mut suite: Suite<'_>) -> Option<Signataire<'_>> {
    let (_version, nom) = (suite.suivante()?, suite.suivante()?);
    let empreinte = Algorithme::lire(suite.sequence()?)?.oid;
    let attributs = suite.etiquete(0);
    let algorithme = Algorithme::lire(suite.sequence()?)?;
    Some(Signataire { nom, empreinte, attributs, algorithme, valeur: suite.suivante()?.octets()? })
}

impl<'a> Certificat<'a> {
    fn lire(certificat: Valeur<'a>) -> Option<Self> {
        if certificat.tag != Tag::Sequence {
            return None;
        }
        let mut suite = certificat.suite()?.sequence()?;
        let _version = suite.etiquete(0);
        let numero = suite.suivante()?.contenu;
        let (_algorithme, emetteur) = (suite.suivante()?, suite.suivante()?.brut);
        let (_validite, sujet) = (suite.suivante()?, suite.suivante()?);
        let cle = suite.sequence()?;
        let _uniques = (suite.etiquete(1), suite.etiquete(2));
        let identifiant = suite.etiquete(3).and_then(|extensions| identifiant(extensions.suite()?.sequence()?));
        Some(Certificat { brut: certificat.brut, numero, emetteur, sujet, cle, identifiant })
    }

    /// The name of whom it says to be of; nobody vouches for it here.
    fn nom(&self) -> Option<String> {
        let ensembles = self.sujet.suite()?.toutes()?;
        let noms = ensembles.into_iter().filter_map(|ensemble| ensemble.suite()?.toutes()).flatten();
        noms.filter_map(|nom| {
            let mut suite = nom.suite()?;
            let texte = (suite.suivante()?.oid()? == COMMON_NAME).then(|| suite.suivante())??;
            match texte.tag {
                Tag::BmpString => {
                    let unites = texte.contenu.chunks_exact(2).map(|o| u16::from_be_bytes([o[0], o[1]]));
                    Some(String::from_utf16_lossy(&unites.collect::<Vec<u16>>()))
                }
                _ => Some(String::from_utf8_lossy(texte.contenu).into_owned()),
            }
        })
        .next_back()
    }
}

fn identifiant(extensions: Suite<'_>) -> Option<&[u8]> {
    extensions.toutes()?.into_iter().find_map(|extension| {
        let mut suite = extension.suite()?;
        if suite.suivante()?.oid()? != SUBJECT_KEY_IDENTIFIER {
            return None;
        }
        let valeur = suite.toutes()?.into_iter().last()?.octets()?;
        Valeur::lire(valeur)?.octets()
    })
}

/// Whether the first certificate that the signature names is this one.
fn certificat_dit(valeur: Valeur<'_>, certificat: &Certificat<'_>) -> Option<bool> {
    let mut dit = valeur.suite()?.sequence()?.sequence()?;
    let premier = dit.suivante()?;
    let (hachage, empreinte) = match premier.tag {
        Tag::OctetString => (Hachage::Sha256, premier),
        _ => (Hachage::de(Algorithme::lire(premier.suite()?)?.oid)?, dit.suivante()?),
    };
    Some(empreinte.octets()? == hachage.de_tout(certificat.brut))
}

/// « 20260115103000Z » → « 2026-01-15 10:30:00 UTC ».
fn en_date(octets: &[u8]) -> Option<String> {
    let texte = std::str::from_utf8(octets).ok()?;
    let tenu = texte.len() >= 15 && texte.ends_with('Z') && texte.as_bytes()[..14].iter().all(u8::is_ascii_digit);
    let part = |debut: usize, fin: usize| &texte[debut..fin];
    tenu.then(|| {
        let (jour, heure) =
            ([part(0, 4), part(4, 6), part(6, 8)].join("-"), [part(8, 10), part(10, 12), part(12, 14)].join(":"));
        format!("{jour} {heure} UTC")
    })
}
