//! Colours and ways of blending → attributes of SVG.

use hayro_interpret::{BlendMode, Paint};

pub(super) fn hexa([r, v, b, _]: [u8; 4]) -> String {
    format!("#{r:02x}{v:02x}{b:02x}")
}

/// A plain colour as attributes; `None` when it is not seen.
pub(super) fn couleur(encre: &Paint<'_>, quoi: &str) -> Option<String> {
    let Paint::Color(couleur) = encre else { return None };
    let [r, v, b, alpha] = couleur.to_rgba().to_rgba8();
    let opacite = match alpha {
        0 => return None,
        255 => String::new(),
        _ => format!(" {quoi}-opacity=\"{}\"", (f32::from(alpha) / 255.0 * 1000.0).round() / 1000.0),
    };
    Some(format!(" {quoi}=\"{}\"{opacite}", hexa([r, v, b, alpha])))
}

pub(super) fn nom_de_fusion(fusion: BlendMode) -> &'static str {
    match fusion {
        BlendMode::Normal => "normal",
        BlendMode::Multiply => "multiply",
        BlendMode::Screen => "screen",
        BlendMode::Overlay => "overlay",
        BlendMode::Darken => "darken",
        BlendMode::Lighten => "lighten",
        BlendMode::ColorDodge => "color-dodge",
        BlendMode::ColorBurn => "color-burn",
        BlendMode::HardLight => "hard-light",
        BlendMode::SoftLight => "soft-light",
        BlendMode::Difference => "difference",
        BlendMode::Exclusion => "exclusion",
        BlendMode::Hue => "hue",
        BlendMode::Saturation => "saturation",
        BlendMode::Color => "color",
        BlendMode::Luminosity => "luminosity",
    }
}
