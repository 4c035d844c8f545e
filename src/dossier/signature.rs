//! The file beside a definitive PDF that tells a signing service where each party signs.

use super::joints::empreinte;
use crate::document::{Document, mots};
use crate::rendu::pdf::{Champ, GenreChamp, Pdf};
use crate::schema::generation;
use schemars::JsonSchema;
use serde::Serialize;

/// The fields of a PDF, in the order of signature.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(
    title = "Champs de signature",
    description = "Le fichier « RÉFÉRENCE.signature.json » : où et dans quel ordre chaque partie signe le dossier."
)]
pub struct Champs {
    #[schemars(description = "Référence du contrat.")]
    pub reference: String,
    #[schemars(description = "Nom du fichier PDF.")]
    pub fichier: String,
    #[schemars(description = "Empreinte SHA-256 du PDF avant toute signature.")]
    pub sha256: String,
    #[schemars(description = "Nombre de pages du PDF.")]
    pub pages: u32,
    #[schemars(description = "Les parties qui signent, dans l'ordre du contrat.")]
    pub signataires: Vec<Signataire>,
    #[schemars(description = "Les champs, par signataire puis par page.")]
    pub champs: Vec<ChampDecrit>,
}

/// A party that signs.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(description = "Une partie qui signe.")]
pub struct Signataire {
    #[schemars(description = "Rang dans l'ordre de signature, à partir de 1.")]
    pub ordre: usize,
    #[schemars(description = "Identifiant de la partie dans le contrat.")]
    pub id: String,
    #[schemars(description = "« Pour l'agence régionale de santé … ».")]
    pub partie: String,
    #[schemars(description = "Qualité de la personne qui signe, délégation comprise.")]
    pub qualite: Vec<String>,
}

/// A field and its place.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(description = "Un champ du PDF et sa place.")]
pub struct ChampDecrit {
    #[schemars(description = "Nom du champ dans le PDF.")]
    pub nom: String,
    #[schemars(description = "« signature » ou « paraphe ».")]
    pub genre: &'static str,
    #[schemars(description = "Identifiant de la partie qui le remplit.")]
    pub signataire: String,
    #[schemars(description = "Rang de cette partie dans l'ordre de signature.")]
    pub ordre: usize,
    #[schemars(description = "Page, à partir de 1.")]
    pub page: u32,
    #[schemars(description = "Place dans la page.")]
    pub rectangle: Rectangle,
}

/// In points of 1/72 inch, from the lower left corner of the page.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[schemars(description = "Rectangle en points (1/72 de pouce), depuis le coin inférieur gauche de la page.")]
pub struct Rectangle {
    pub gauche: f32,
    pub bas: f32,
    pub droite: f32,
    pub haut: f32,
}

/// Its schema, as it is committed.
pub fn texte_du_schema() -> String {
    generation::en_texte(&generation::schema_de::<Champs>())
}

/// The file of a printed PDF; nothing for one without fields.
pub fn decrire(document: &Document, pdf: &Pdf, fichier: &str) -> Option<Vec<u8>> {
    if pdf.champs.is_empty() {
        return None;
    }
    let signatures = document.signatures();
    let signataires = signatures.iter().enumerate().map(|(rang, s)| Signataire {
        ordre: rang + 1,
        id: s.signataire.clone(),
        partie: mots::inlines(&s.partie),
        qualite: s.qualite.iter().map(|ligne| mots::inlines(ligne)).collect(),
    });
    let mut champs: Vec<&Champ> = pdf.champs.iter().collect();
    champs.sort_by_key(|champ| (champ.signataire, champ.genre == GenreChamp::Paraphe, champ.page));
    let champ = |champ: &Champ| {
        let [gauche, bas, droite, haut] = champ.rectangle.map(au_centieme);
        ChampDecrit {
            nom: champ.nom.clone(),
            genre: match champ.genre {
                GenreChamp::Signature => "signature",
                GenreChamp::Paraphe => "paraphe",
            },
            signataire: signatures.get(champ.signataire).map(|s| s.signataire.clone()).unwrap_or_default(),
            ordre: champ.signataire + 1,
            page: champ.page,
            rectangle: Rectangle { gauche, bas, droite, haut },
        }
    };
    let champs = Champs {
        reference: document.identite.reference.clone(),
        fichier: fichier.to_string(),
        sha256: empreinte(&pdf.octets),
        pages: pdf.pages,
        signataires: signataires.collect(),
        champs: champs.into_iter().map(champ).collect(),
    };
    let mut octets = serde_json::to_vec_pretty(&champs).unwrap_or_default();
    octets.push(b'\n');
    Some(octets)
}

fn au_centieme(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}
