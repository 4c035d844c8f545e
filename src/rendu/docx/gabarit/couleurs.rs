//! The colour of a house's headings → that of our tables, boxes and labels.

use crate::rendu::docx::plan::styles::{BLEU, CHAMP, ENCADRE, FORMULAIRE, TRAIT};
use crate::rendu::docx::xml::Element;

/// Least contrast of white letters on the colour (WCAG 2, AA).
const CONTRASTE_MIN: f64 = 4.5;
/// What stands for « automatic »: black, softened as our darkest text.
const AUTOMATIQUE: Rvb = [0x26; 3];
/// Our light colours, and how much of the dark one they hold.
const CLAIRS: [(&str, f64); 4] = [(TRAIT, 0.4), (FORMULAIRE, 0.09), (ENCADRE, 0.06), (CHAMP, 0.07)];

type Rvb = [u8; 3];

/// The colour of headings, when white can be read on it.
pub(super) struct Teinte(Rvb);

/// The colour of the house's first heading, its own or that of what it rests on; `None` when it has none that white
/// can be read on.
pub(super) fn des_titres<'s>(style: impl Fn(&str) -> Option<&'s Element>) -> Option<Teinte> {
    let mut ici = style("Heading1")?;
    // No chain of styles is as long, and it has no loop.
    for _ in 0..32 {
        if let Some(couleur) = ici.trouver("w:rPr").and_then(|rpr| rpr.valeur("w:color")) {
            let rvb = if couleur == "auto" { AUTOMATIQUE } else { lire(couleur)? };
            return (contraste_du_blanc(rvb) >= CONTRASTE_MIN).then_some(Teinte(rvb));
        }
        ici = style(ici.valeur("w:basedOn")?)?;
    }
    None
}

/// A style of ours in the house's colour.
pub(super) fn teindre(mut style: Element, teinte: &Teinte) -> Element {
    for (_, valeur) in &mut style.attributs {
        let part = match valeur.as_str() {
            BLEU => Some(1.0),
            clair => CLAIRS.iter().find(|(couleur, _)| *couleur == clair).map(|(_, part)| *part),
        };
        if let Some(part) = part {
            let [r, v, b] = teinte.0.map(|canal| (255.0 - (255.0 - f64::from(canal)) * part).round() as u8);
            *valeur = format!("{r:02X}{v:02X}{b:02X}");
        }
    }
    for enfant in style.elements_mut() {
        *enfant = teindre(std::mem::take(enfant), teinte);
    }
    style
}

fn lire(couleur: &str) -> Option<Rvb> {
    let valeur = u32::from_str_radix(couleur, 16).ok().filter(|_| couleur.len() == 6)?;
    let [_, r, v, b] = valeur.to_be_bytes();
    Some([r, v, b])
}

/// Contrast ratio of white on a colour, 1 to 21 (WCAG 2).
fn contraste_du_blanc(rvb: Rvb) -> f64 {
    let lineaire = |canal: u8| {
        let c = f64::from(canal) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
    };
    let [r, v, b] = rvb.map(lineaire);
    1.05 / (0.2126 * r + 0.7152 * v + 0.0722 * b + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_is_measured_on_a_colour() {
        assert!((contraste_du_blanc([0, 0, 0]) - 21.0).abs() < 0.01);
        assert!((contraste_du_blanc([255, 255, 255]) - 1.0).abs() < 0.01);
        assert!(contraste_du_blanc(lire(BLEU).expect("a colour")) > CONTRASTE_MIN);
        assert!(contraste_du_blanc([0xFF, 0xD5, 0x00]) < CONTRASTE_MIN, "white on yellow");
    }
}
