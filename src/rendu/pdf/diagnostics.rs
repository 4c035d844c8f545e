//! Typst's diagnostics → messages in the user's terms.

use typst::World;
use typst::diag::SourceDiagnostic;

use super::erreurs::Erreur;
use super::monde::Monde;

/// The first error of a compilation or of an export, rewritten.
pub fn traduire(diagnostics: &[SourceDiagnostic], monde: &Monde) -> Erreur {
    let details = details(diagnostics, monde);
    let premier = diagnostics.first().map(|d| d.message.as_str()).unwrap_or_default();
    if let Some(cause) = cause_image(premier) {
        return Erreur::Image { quelle: nommer(monde.image_illisible()), cause, details };
    }
    if ["is longer than", "too many indirect objects", "has more than"].iter().any(|m| premier.contains(m)) {
        return Erreur::TropVolumineux { details };
    }
    if premier.contains("PDF/A") || premier.contains("PDF/UA") {
        return Erreur::Conformite { details };
    }
    Erreur::Composition { details }
}

fn nommer(rang: Option<usize>) -> String {
    rang.map_or_else(|| "une image du document".to_owned(), |rang| format!("l'image n° {rang} du document"))
}

fn cause_image(message: &str) -> Option<&'static str> {
    let causes = [
        ("failed to decode image", "le fichier est abîmé ou n'a pas le format annoncé"),
        ("failed to parse SVG", "le fichier SVG est abîmé"),
        ("failed to load linked image", "le fichier SVG renvoie à une autre image, qui n'est pas fournie"),
        ("failed to process image", "le fichier est abîmé"),
        ("16 bit images", "ses couleurs sont codées sur 16 bits : l'enregistrer en 8 bits"),
        ("unknown image format", "son format n'est pas reconnu"),
        ("zero-sized images", "elle est vide"),
        ("image", "elle n'est pas acceptée"),
    ];
    causes.iter().find(|(debut, _)| message.contains(debut)).map(|(_, cause)| *cause)
}

fn details(diagnostics: &[SourceDiagnostic], monde: &Monde) -> String {
    let details: Vec<String> = diagnostics
        .iter()
        .take(3)
        .map(|d| match monde.ligne(d) {
            Some(ligne) => format!("{} (dossier.typ, ligne {ligne})", d.message),
            None => d.message.to_string(),
        })
        .collect();
    details.join(" ; ")
}

impl Monde {
    /// Line of the Typst program that a diagnostic points at, from 1.
    fn ligne(&self, diagnostic: &SourceDiagnostic) -> Option<usize> {
        use typst::WorldExt;
        let range = self.range(diagnostic.span)?;
        if diagnostic.span.id()? != self.main() {
            return None;
        }
        let source = self.source(self.main()).ok()?;
        Some(source.lines().byte_to_line(range.start)? + 1)
    }
}
