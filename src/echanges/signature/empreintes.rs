//! Bytes of a file → their digests, each byte read once however many signatures cover it.

use der::asn1::ObjectIdentifier;
use sha2::{Digest, Sha256, Sha384, Sha512};
use sha3::{Sha3_256, Sha3_384, Sha3_512};

/// A way of hashing that signatures name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hachage {
    Sha256,
    Sha384,
    Sha512,
    Sha3_256,
    Sha3_384,
    Sha3_512,
}

impl Hachage {
    const TOUS: [Hachage; 6] =
        [Hachage::Sha256, Hachage::Sha384, Hachage::Sha512, Hachage::Sha3_256, Hachage::Sha3_384, Hachage::Sha3_512];

    /// The last arc of its identifier, below 2.16.840.1.101.3.4.2.
    pub(super) fn arc(self) -> u8 {
        match self {
            Hachage::Sha256 => 1,
            Hachage::Sha384 => 2,
            Hachage::Sha512 => 3,
            Hachage::Sha3_256 => 8,
            Hachage::Sha3_384 => 9,
            Hachage::Sha3_512 => 10,
        }
    }

    pub(super) fn de(oid: ObjectIdentifier) -> Option<Self> {
        const NIST: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2");
        Self::TOUS.into_iter().find(|hachage| NIST.push_arc(u32::from(hachage.arc())).is_ok_and(|connu| connu == oid))
    }

    pub(super) fn de_tout(self, octets: &[u8]) -> Vec<u8> {
        let mut etat = Etat::nouveau(self);
        etat.ajouter(octets);
        etat.finir()
    }
}

#[derive(Clone)]
enum Etat {
    Sha256(Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
    Sha3_256(Sha3_256),
    Sha3_384(Sha3_384),
    Sha3_512(Sha3_512),
}

impl Etat {
    fn nouveau(hachage: Hachage) -> Self {
        match hachage {
            Hachage::Sha256 => Etat::Sha256(Sha256::new()),
            Hachage::Sha384 => Etat::Sha384(Sha384::new()),
            Hachage::Sha512 => Etat::Sha512(Sha512::new()),
            Hachage::Sha3_256 => Etat::Sha3_256(Sha3_256::new()),
            Hachage::Sha3_384 => Etat::Sha3_384(Sha3_384::new()),
            Hachage::Sha3_512 => Etat::Sha3_512(Sha3_512::new()),
        }
    }

    fn ajouter(&mut self, octets: &[u8]) {
        match self {
            Etat::Sha256(etat) => etat.update(octets),
            Etat::Sha384(etat) => etat.update(octets),
            Etat::Sha512(etat) => etat.update(octets),
            Etat::Sha3_256(etat) => etat.update(octets),
            Etat::Sha3_384(etat) => etat.update(octets),
            Etat::Sha3_512(etat) => etat.update(octets),
        }
    }

    fn finir(self) -> Vec<u8> {
        match self {
            Etat::Sha256(etat) => etat.finalize().to_vec(),
            Etat::Sha384(etat) => etat.finalize().to_vec(),
            Etat::Sha512(etat) => etat.finalize().to_vec(),
            Etat::Sha3_256(etat) => etat.finalize().to_vec(),
            Etat::Sha3_384(etat) => etat.finalize().to_vec(),
            Etat::Sha3_512(etat) => etat.finalize().to_vec(),
        }
    }
}

/// The beginning of a file, hashed as far as the last signature asked for.
pub(in crate::echanges) struct Empreintes<'a> {
    octets: &'a [u8],
    etats: Vec<(Hachage, usize, Etat)>,
}

impl<'a> Empreintes<'a> {
    pub(in crate::echanges) fn de(octets: &'a [u8]) -> Self {
        Empreintes { octets, etats: Vec::new() }
    }

    pub(super) fn octets(&self) -> &'a [u8] {
        self.octets
    }

    /// The digest of two ranges of the file: from its start to `fin`, then from `reprise` to `couvre`.
    pub(super) fn calculer(
        &mut self,
        hachage: Hachage,
        (fin, reprise, couvre): (usize, usize, usize),
    ) -> Option<Vec<u8>> {
        let suite = self.octets.get(reprise..couvre)?;
        let (mut place, mut etat) = match self.etats.iter().position(|(connu, ..)| *connu == hachage) {
            Some(rang) => {
                let (_, place, etat) = self.etats.swap_remove(rang);
                (place, etat)
            }
            None => (0, Etat::nouveau(hachage)),
        };
        if place > fin {
            (place, etat) = (0, Etat::nouveau(hachage));
        }
        etat.ajouter(self.octets.get(place..fin)?);
        let mut copie = etat.clone();
        self.etats.push((hachage, fin, etat));
        copie.ajouter(suite);
        Some(copie.finir())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digests_asked_in_any_order_are_those_of_the_bytes() {
        let octets: Vec<u8> = (0..=255u8).cycle().take(5000).collect();
        let mut empreintes = Empreintes::de(&octets);
        for bornes in [(10, 20, 100), (500, 600, 700), (300, 310, 5000), (300, 301, 302)] {
            for hachage in Hachage::TOUS {
                let (fin, reprise, couvre) = bornes;
                let attendu = hachage.de_tout(&[&octets[..fin], &octets[reprise..couvre]].concat());
                assert_eq!(empreintes.calculer(hachage, bornes), Some(attendu), "{hachage:?} {bornes:?}");
            }
        }
        assert_eq!(empreintes.calculer(Hachage::Sha256, (10, 20, 5001)), None);
        assert_eq!(empreintes.calculer(Hachage::Sha256, (10, 30, 20)), None);
    }
}
