//! The drawing operators of a page → the same, written shorter.
//!
//! Typst writes coordinates to eight figures; a hundredth of a point is a two-hundredth of a millimetre.

use std::ops::Range;

/// What a piece of a content is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Genre {
    Nombre(f64),
    Operateur,
    /// A space between two others.
    Blanc,
    /// A string, a name, a bracket: nothing to read here.
    Autre,
}

/// The pieces of a content, in order and without gap.
pub fn jetons(contenu: &[u8]) -> impl Iterator<Item = (Genre, Range<usize>)> + '_ {
    let mut place = 0;
    std::iter::from_fn(move || {
        let octet = *contenu.get(place)?;
        let debut = place;
        let genre = match octet {
            b'0'..=b'9' | b'-' | b'.' | b'+' => {
                place += longueur(contenu, place, |o| matches!(o, b'0'..=b'9' | b'-' | b'.' | b'+'));
                let texte = std::str::from_utf8(&contenu[debut..place]).ok();
                texte.and_then(|texte| texte.parse().ok()).map_or(Genre::Autre, Genre::Nombre)
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'\'' | b'"' => {
                place += longueur(contenu, place, |o| o.is_ascii_alphanumeric() || matches!(o, b'*' | b'\'' | b'"'));
                Genre::Operateur
            }
            b' ' | b'\n' | b'\r' | b'\t' => {
                place += 1;
                Genre::Blanc
            }
            b'(' => {
                place = fin_de_chaine(contenu, place);
                Genre::Autre
            }
            // A name: its letters are no operators, nor its figures numbers.
            b'/' => {
                place += 1 + longueur(contenu, place + 1, |o| !b" \n\r\t/<>[]()".contains(&o));
                Genre::Autre
            }
            b'<' if contenu.get(place + 1) != Some(&b'<') => {
                place = (place + longueur(contenu, place, |o| o != b'>') + 1).min(contenu.len());
                Genre::Autre
            }
            b'<' | b'>' if contenu.get(place + 1) == Some(&octet) => {
                place += 2;
                Genre::Autre
            }
            _ => {
                place += 1;
                Genre::Autre
            }
        };
        Some((genre, debut..place))
    })
}

/// The same content with shorter numbers: hundredths for places, thousandths for colours; a matrix that scales is
/// left as it is.
pub fn abreger(contenu: &[u8]) -> Vec<u8> {
    let mut sortie = Vec::with_capacity(contenu.len());
    // Numbers wait for the operator that says what they are.
    let mut attente: Vec<(f64, Range<usize>)> = Vec::new();
    let mut ecrit = 0;
    for (genre, place) in jetons(contenu) {
        match genre {
            Genre::Nombre(nombre) => attente.push((nombre, place)),
            Genre::Operateur => {
                let operateur = &contenu[place];
                if !(matches!(operateur, b"cm" | b"Tm") && echelle(&attente)) {
                    let decimales = if matches!(operateur, b"sc" | b"scn" | b"SC" | b"SCN") { 3 } else { 2 };
                    for (nombre, place) in &attente {
                        if est_court(&contenu[place.clone()], decimales) {
                            continue;
                        }
                        let court = court(*nombre, decimales);
                        if court.len() < place.len() {
                            sortie.extend_from_slice(&contenu[ecrit..place.start]);
                            sortie.extend_from_slice(court.as_bytes());
                            ecrit = place.end;
                        }
                    }
                }
                attente.clear();
            }
            Genre::Blanc | Genre::Autre => {}
        }
    }
    sortie.extend_from_slice(&contenu[ecrit..]);
    sortie
}

/// Whether a number, as it is written, has no more decimals than that, and no useless zero.
fn est_court(nombre: &[u8], decimales: usize) -> bool {
    match nombre.iter().position(|octet| *octet == b'.') {
        Some(point) => {
            point > 0
                && nombre.len() - point - 1 <= decimales
                && nombre.last() != Some(&b'0')
                && nombre.last() != Some(&b'.')
        }
        None => nombre != b"-0",
    }
}

/// Whether six numbers are a matrix that does more than move or mirror.
fn echelle(matrice: &[(f64, Range<usize>)]) -> bool {
    let valeur = |rang: usize| matrice.get(rang).map_or(0.0, |(nombre, _)| *nombre);
    !(valeur(0).abs() == 1.0 && valeur(3).abs() == 1.0 && valeur(1) == 0.0 && valeur(2) == 0.0)
}

/// A number with that many decimals at most, without useless zeros.
pub fn court(nombre: f64, decimales: usize) -> String {
    let texte = format!("{nombre:.decimales$}");
    let court = texte.trim_end_matches('0').trim_end_matches('.');
    if court == "-0" || court.is_empty() { "0".to_owned() } else { court.to_owned() }
}

fn longueur(contenu: &[u8], debut: usize, dedans: impl Fn(u8) -> bool) -> usize {
    contenu.iter().skip(debut).take_while(|octet| dedans(**octet)).count()
}

/// The place after a string in parentheses.
fn fin_de_chaine(contenu: &[u8], debut: usize) -> usize {
    let (mut place, mut profondeur) = (debut, 0_u32);
    while let Some(&octet) = contenu.get(place) {
        match octet {
            b'\\' => place += 1,
            b'(' => profondeur += 1,
            b')' => profondeur -= 1,
            _ => {}
        }
        place += 1;
        if profondeur == 0 {
            break;
        }
    }
    place.min(contenu.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_get_short_where_it_cannot_be_seen_and_texts_stay() {
        let contenu = b"q 1 0 0 -1 42.519684 803.44507 cm/c0 cs 0.37254903 scn\nBT/f1.12345 8.5 Tf[(1.23456 \\) 2.34567)7.9999695(a)]TJ ET \
            0.8417508 0 0 0.84175086 47.088993 65.19684 cm 12.000001 3.14159 l <</A <1.23456> /MCID 3>> BDC";
        let attendu = "q 1 0 0 -1 42.52 803.45 cm/c0 cs 0.373 scn\nBT/f1.12345 8.5 Tf[(1.23456 \\) 2.34567)8(a)]TJ ET \
            0.8417508 0 0 0.84175086 47.088993 65.19684 cm 12 3.14 l <</A <1.23456> /MCID 3>> BDC";
        assert_eq!(String::from_utf8_lossy(&abreger(contenu)), attendu);
    }

    #[test]
    fn the_pieces_of_a_content_leave_no_gap_whatever_it_is() {
        for contenu in [b"".as_slice(), b"((", b"<", b"<<", b"1.2.3 -- + /", b"\\)(\\", b"12 (a) \xff\x00 m"] {
            let mut place = 0;
            for (_, jeton) in jetons(contenu) {
                assert!(jeton.start == place && jeton.end > place, "{contenu:?}");
                place = jeton.end;
            }
            assert_eq!(place, contenu.len(), "{contenu:?}");
        }
    }

    #[test]
    fn short_numbers() {
        assert_eq!(
            [0.0, -0.001, 1.5, -12.344, 3.999, 100.0].map(|n| court(n, 2)),
            ["0", "0", "1.5", "-12.34", "4", "100"]
        );
    }
}
