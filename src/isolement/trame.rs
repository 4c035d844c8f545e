//! What goes to an assistant and comes back ↔ bytes of a pipe: a head in JSON, and files as they are.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::io::{self, ErrorKind, Read, Write};
use std::sync::Arc;

/// Bytes that are shared between whoever asks and whoever works.
pub type Octets = Arc<[u8]>;

/// What an answer is called: done, or broken off by a fault of the work.
pub(super) const FAIT: &str = "fait";

pub(super) const PANNE: &str = "panne";

/// A head, and the bytes that it speaks of.
#[derive(Debug, Clone, Default)]
pub struct Paquet {
    pub tete: Value,
    pub octets: Vec<Octets>,
}

impl Paquet {
    /// A head that is written by its type.
    pub fn de(tete: &impl Serialize, octets: Vec<Octets>) -> Self {
        Paquet { tete: serde_json::to_value(tete).unwrap_or_default(), octets }
    }

    /// The head, read by its type; `None` when it is another.
    pub fn lire<T: DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(&self.tete).ok()
    }
}

/// Most files in a packet.
const FICHIERS_MAX: u64 = 1_000_000;

/// Writes a packet under the name of what it is about.
pub(super) fn ecrire(sortie: &mut impl Write, nom: &str, paquet: &Paquet) -> io::Result<()> {
    let tete = serde_json::to_vec(&(nom, &paquet.tete))?;
    let longueur = |octets: &[u8]| (octets.len() as u64).to_le_bytes();
    sortie.write_all(&longueur(&tete))?;
    sortie.write_all(&tete)?;
    sortie.write_all(&(paquet.octets.len() as u64).to_le_bytes())?;
    for octets in &paquet.octets {
        sortie.write_all(&longueur(octets))?;
        sortie.write_all(octets)?;
    }
    sortie.flush()
}

/// Reads the next packet of at most `max` bytes, with its name; `None` at the end of the pipe.
pub(super) fn lire(entree: &mut impl Read, max: u64) -> io::Result<Option<(String, Paquet)>> {
    let mut reste = max;
    let mut premier = [0; 8];
    match entree.read(&mut premier)? {
        0 => return Ok(None),
        lus => entree.read_exact(&mut premier[lus..])?,
    }
    let tete = morceau(entree, u64::from_le_bytes(premier), &mut reste)?;
    let (nom, tete) = serde_json::from_slice::<(String, Value)>(&tete)?;
    let nombre = nombre(entree)?;
    if nombre > FICHIERS_MAX {
        return Err(demesure());
    }
    let mut octets = Vec::new();
    for _ in 0..nombre {
        let longueur = self::nombre(entree)?;
        octets.push(Octets::from(morceau(entree, longueur, &mut reste)?));
    }
    Ok(Some((nom, Paquet { tete, octets })))
}

fn nombre(entree: &mut impl Read) -> io::Result<u64> {
    let mut octets = [0; 8];
    entree.read_exact(&mut octets)?;
    Ok(u64::from_le_bytes(octets))
}

/// The next bytes; no room is made for more than what comes.
fn morceau(entree: &mut impl Read, longueur: u64, reste: &mut u64) -> io::Result<Vec<u8>> {
    *reste = reste.checked_sub(longueur).ok_or_else(demesure)?;
    let mut octets = Vec::new();
    if entree.take(longueur).read_to_end(&mut octets)? as u64 == longueur {
        Ok(octets)
    } else {
        Err(ErrorKind::UnexpectedEof.into())
    }
}

/// More than was allowed: the one error that is not the end of the pipe.
fn demesure() -> io::Error {
    ErrorKind::FileTooLarge.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn paquet() -> Paquet {
        Paquet { tete: json!({"a": 1}), octets: vec![Octets::from(*b"abc"), Octets::from(*b"")] }
    }

    #[test]
    fn what_is_written_is_read_back_and_the_end_is_known() {
        let mut tuyau = Vec::new();
        ecrire(&mut tuyau, "un", &paquet()).expect("memory");
        ecrire(&mut tuyau, "deux", &Paquet::default()).expect("memory");
        let mut entree = tuyau.as_slice();
        let (nom, lu) = lire(&mut entree, 1000).expect("a packet").expect("the first");
        assert_eq!((nom.as_str(), lu.tete, lu.octets), ("un", paquet().tete, paquet().octets));
        assert_eq!(lire(&mut entree, 1000).expect("a packet").expect("the second").0, "deux");
        assert!(lire(&mut entree, 1000).expect("the end").is_none());
    }

    #[test]
    fn a_packet_that_lies_or_breaks_off_is_an_error() {
        let mut tuyau = Vec::new();
        ecrire(&mut tuyau, "un", &paquet()).expect("memory");
        for fin in 1..tuyau.len() {
            assert!(lire(&mut &tuyau[..fin], 1000).is_err(), "{fin}");
        }
        assert_eq!(lire(&mut tuyau.as_slice(), 12).expect_err("too large").kind(), ErrorKind::FileTooLarge);
        let enorme = [&u64::MAX.to_le_bytes()[..], b"x"].concat();
        assert!(lire(&mut enorme.as_slice(), u64::MAX).is_err());
    }
}
