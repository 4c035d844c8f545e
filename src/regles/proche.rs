//! An identifier that designates nothing → the known one that it was most likely meant for.
//!
//! It must not know what identifiers designate.

/// The nearest known identifier, within as many slips; of two as near, the shorter, then the first in order.
pub fn proche<'a>(ecrit: &str, connus: impl Iterator<Item = &'a str>, fautes: usize) -> Option<&'a str> {
    let distances = connus.map(|connu| (strsim::damerau_levenshtein(ecrit, connu), connu.len(), connu));
    let (distance, _, meilleur) = distances.min()?;
    (distance <= fautes).then_some(meilleur)
}
