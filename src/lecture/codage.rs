//! The bytes of a file ↔ its text, in UTF-8 or in UTF-16 with its mark (what the shell of Windows writes); a text goes
//! back into the bytes that it came from. It must not know JSON.

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Codage {
    Utf8 { marque: bool },
    Utf16 { gros_bout: bool },
}

const MARQUE: &[u8] = b"\xef\xbb\xbf";

impl Codage {
    /// From the mark at the beginning of a file; UTF-16 without its mark is no text for us.
    fn de(octets: &[u8]) -> Self {
        match octets {
            [0xff, 0xfe, ..] => Codage::Utf16 { gros_bout: false },
            [0xfe, 0xff, ..] => Codage::Utf16 { gros_bout: true },
            _ => Codage::Utf8 { marque: octets.starts_with(MARQUE) },
        }
    }
}

/// Whether a file begins with the mark of UTF-16.
pub(super) fn est_en_utf16(octets: &[u8]) -> bool {
    matches!(Codage::de(octets), Codage::Utf16 { .. })
}

/// The text of a file, without its mark; nothing when it is none.
pub(crate) fn texte(octets: &[u8]) -> Option<String> {
    match Codage::de(octets) {
        Codage::Utf8 { .. } => {
            std::str::from_utf8(octets.strip_prefix(MARQUE).unwrap_or(octets)).map(str::to_owned).ok()
        }
        Codage::Utf16 { gros_bout } => {
            let (paires, reste) = octets.get(2..)?.as_chunks::<2>();
            let lire = if gros_bout { u16::from_be_bytes } else { u16::from_le_bytes };
            let mots: Vec<u16> = paires.iter().map(|paire| lire(*paire)).collect();
            String::from_utf16(&mots).ok().filter(|_| reste.is_empty())
        }
    }
}

/// A text written as the file that it changes.
pub(crate) fn comme(octets: &[u8], texte: &str) -> Vec<u8> {
    match Codage::de(octets) {
        Codage::Utf8 { marque } => [if marque { MARQUE } else { &[] }, texte.as_bytes()].concat(),
        Codage::Utf16 { gros_bout } => {
            let ecrire = if gros_bout { u16::to_be_bytes } else { u16::to_le_bytes };
            std::iter::once(0xfeff).chain(texte.encode_utf16()).flat_map(ecrire).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_back_into_the_bytes_it_came_from() {
        let mots = "{\"nom\": \"Œuvre d’été 𝄞\"}\r\n";
        for marque in [&b""[..], MARQUE, b"\xff\xfe", b"\xfe\xff"] {
            let octets = comme(marque, mots);
            assert!(octets.starts_with(marque));
            assert_eq!(texte(&octets).as_deref(), Some(mots));
            assert_eq!(comme(&octets, mots), octets);
        }
        for faux in [&b"\xff\xfe{\0}"[..], b"\xff\xfe\x00\xd8", b"\xe9"] {
            assert_eq!(texte(faux), None);
        }
    }
}
