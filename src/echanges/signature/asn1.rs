//! Bytes of a signature → its nested values, as they stand: what was signed is hashed without being written again.

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Reader, SliceReader, Tag, Tagged};

/// A value: its tag, what it holds, and all its bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Valeur<'a> {
    pub(super) tag: Tag,
    pub(super) contenu: &'a [u8],
    pub(super) brut: &'a [u8],
}

impl<'a> Valeur<'a> {
    /// The value that bytes hold, whole.
    pub(super) fn lire(octets: &'a [u8]) -> Option<Self> {
        let (valeur, reste) = Valeur::lire_premiere(octets)?;
        reste.is_empty().then_some(valeur)
    }

    /// The first value of bytes, and what follows.
    pub(super) fn lire_premiere(octets: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let mut lecteur = SliceReader::new(octets).ok()?;
        let brut = lecteur.tlv_bytes().ok()?;
        let lu = AnyRef::from_der(brut).ok()?;
        Some((Valeur { tag: lu.tag(), contenu: lu.value(), brut }, octets.get(brut.len()..)?))
    }

    /// What a sequence or a set holds.
    pub(super) fn suite(self) -> Option<Suite<'a>> {
        self.tag.is_constructed().then_some(Suite(self.contenu))
    }

    pub(super) fn oid(self) -> Option<ObjectIdentifier> {
        (self.tag == Tag::ObjectIdentifier).then(|| ObjectIdentifier::from_bytes(self.contenu).ok())?
    }

    pub(super) fn octets(self) -> Option<&'a [u8]> {
        (self.tag == Tag::OctetString).then_some(self.contenu)
    }

    /// The bytes of a string of whole octets.
    pub(super) fn bits(self) -> Option<&'a [u8]> {
        match self.contenu.split_first()? {
            (0, bits) if self.tag == Tag::BitString => Some(bits),
            _ => None,
        }
    }

    /// A whole number that is not negative, without the zeros before it.
    pub(super) fn entier(self) -> Option<&'a [u8]> {
        let positif = self.tag == Tag::Integer && self.contenu.first().is_some_and(|octet| octet & 0x80 == 0);
        let zeros = self.contenu.iter().take_while(|octet| **octet == 0).count();
        positif.then(|| &self.contenu[zeros..])
    }

    /// `[n]`.
    pub(super) fn est_etiquete(self, numero: u8) -> bool {
        matches!(self.tag, Tag::ContextSpecific { number, .. } if number.value() == u32::from(numero))
    }
}

/// Values that follow each other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Suite<'a>(&'a [u8]);

impl<'a> Suite<'a> {
    pub(super) fn suivante(&mut self) -> Option<Valeur<'a>> {
        let (valeur, reste) = Valeur::lire_premiere(self.0)?;
        self.0 = reste;
        Some(valeur)
    }

    /// The next value when it is a sequence.
    pub(super) fn sequence(&mut self) -> Option<Suite<'a>> {
        self.suivante().filter(|valeur| valeur.tag == Tag::Sequence)?.suite()
    }

    /// The next value when it has that number.
    pub(super) fn etiquete(&mut self, numero: u8) -> Option<Valeur<'a>> {
        let (valeur, reste) = Valeur::lire_premiere(self.0)?;
        valeur.est_etiquete(numero).then(|| {
            self.0 = reste;
            valeur
        })
    }

    /// All the values; `None` when one is not read.
    pub(super) fn toutes(mut self) -> Option<Vec<Valeur<'a>>> {
        let mut valeurs = Vec::new();
        while !self.0.is_empty() {
            valeurs.push(self.suivante()?);
        }
        Some(valeurs)
    }
}

/// An algorithm: its identifier, and what it takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Algorithme<'a> {
    pub(super) oid: ObjectIdentifier,
    pub(super) parametres: Option<Valeur<'a>>,
}

impl<'a> Algorithme<'a> {
    pub(super) fn lire(mut suite: Suite<'a>) -> Option<Self> {
        let oid = suite.suivante()?.oid()?;
        Some(Algorithme { oid, parametres: suite.suivante() })
    }
}
