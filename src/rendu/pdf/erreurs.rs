//! Typst's diagnostics → messages in the user's terms.

use thiserror::Error;
use typst::World;
use typst::diag::SourceDiagnostic;

use super::monde::Monde;

/// Why a document could not be printed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Erreur {
    #[error("date du document illisible : « {date} » ; attendu : AAAA-MM-JJ, par exemple 2024-03-15")]
    Date { date: String },
    /// `quelle` says its rank, from 1, in the order of `Document::images`.
    #[error(
        "{quelle} ne peut pas être imprimée : {cause} ; \
         fournir un fichier PNG, JPEG ou SVG lisible (détail technique : {details})"
    )]
    Image { quelle: String, cause: &'static str, details: String },
    #[error("le document cite l'image n° {rang}, mais n'en contient que {total} (défaut du programme, à signaler)")]
    ImageAbsente { rang: usize, total: usize },
    #[error(
        "deux signataires auraient le même champ de signature, « {champ} » : {partie} et un autre ; \
         donner à chaque partie un identifiant (« id ») différent"
    )]
    ChampDouble { champ: String, partie: String },
    #[error(
        "il n'y a pas de champ de signature à la place de ce signataire : {partie} ; \
         vérifier l'identifiant (« id ») de la partie et l'article des signatures du modèle"
    )]
    SansChamp { partie: String },
    #[error("{total} images dans le document : c'est plus que les {limite} qu'un dossier peut contenir")]
    TropDImages { total: usize, limite: usize },
    #[error("le document est trop volumineux pour un seul PDF : l'imprimer par parties (détail technique : {details})")]
    TropVolumineux { details: String },
    #[error(
        "un texte n'a pas pu être imprimé dans le respect des normes PDF/A-3a et PDF/UA-1 \
         (défaut du programme, à signaler avec le contrat ; détail technique : {details})"
    )]
    Conformite { details: String },
    #[error(
        "la mise en page du PDF a échoué (défaut du programme, à signaler avec le contrat ; détail technique : {details})"
    )]
    Composition { details: String },
}

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
