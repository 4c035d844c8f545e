//! A drawing of Word, new or old → the pictures, boxes of text and objects that a reader sees in it.

use super::contenu::GenreObjet;
use super::parcours::{Lecture, choix};
use super::texte::texte_brut;
use crate::rendu::docx::xml::Element;

/// What was found in a drawing.
#[derive(Debug, Default)]
struct Trouve {
    /// Its alternative text, or its name.
    alternative: String,
    nom: String,
    /// Letters drawn: of a shape, of a diagram.
    lettres: String,
    /// Digests of its pictures, or their addresses.
    images: Vec<String>,
    boites: Vec<String>,
    genre: Option<(GenreObjet, String)>,
}

impl Lecture<'_> {
    pub(super) fn dessin(&mut self, element: &Element) {
        let mut trouve = Trouve::default();
        self.fouiller(element, &mut trouve);
        let Trouve { alternative, nom, lettres, images, boites, genre } = trouve;
        let description = [alternative, lettres, nom].into_iter().find(|t| !t.trim().is_empty()).unwrap_or_default();
        let rien = images.is_empty() && boites.is_empty() && genre.is_none();
        for texte in boites {
            self.objet(GenreObjet::ZoneDeTexte, texte.clone(), texte);
        }
        if let Some((genre, cible)) = genre {
            // An object shows itself by a picture of it: one thing.
            let texte = if description.is_empty() { cible.clone() } else { description };
            return self.objet(genre, texte, cible);
        }
        for image in images {
            self.objet(GenreObjet::Image, description.clone(), image);
        }
        if rien {
            self.objet(GenreObjet::Dessin, description.clone(), description);
        }
    }

    fn fouiller(&mut self, element: &Element, trouve: &mut Trouve) {
        let lu = |nom: &str| element.lire_attribut(nom).map(str::to_owned);
        match element.nom.as_str() {
            "w:txbxContent" => {
                let texte = self.a_part(element);
                return trouve.boites.push(texte);
            }
            "mc:AlternateContent" => return choix(element).into_iter().for_each(|c| self.fouiller(c, trouve)),
            "wp:docPr" | "v:shape" | "v:rect" | "v:group" => {
                let alternative = ["descr", "alt", "title"].iter().find_map(|nom| lu(nom)).unwrap_or_default();
                if trouve.alternative.is_empty() {
                    trouve.alternative = alternative;
                }
                if element.nom == "wp:docPr" {
                    trouve.nom = lu("name").unwrap_or_default();
                }
            }
            "a:blip" | "v:imagedata" => {
                let id = ["r:embed", "r:id", "r:link", "r:pict"].iter().find_map(|nom| lu(nom));
                let cible = id.and_then(|id| self.cibles.get(&id)).map(|cible| cible.empreinte.clone());
                trouve.images.push(cible.or_else(|| lu("src")).unwrap_or_default());
            }
            "v:textpath" => trouve.lettres.push_str(&lu("string").unwrap_or_default()),
            "a:t" => {
                trouve.lettres.push_str(&texte_brut(element));
                trouve.lettres.push(' ');
            }
            "c:chart" => trouve.genre = Some((GenreObjet::Graphique, lu("r:id").unwrap_or_default())),
            "dgm:relIds" => trouve.genre = Some((GenreObjet::Diagramme, lu("r:dm").unwrap_or_default())),
            "a:graphicData" => {
                let uri = lu("uri").unwrap_or_default();
                if uri.contains("chartex") {
                    trouve.genre = Some((GenreObjet::Graphique, uri));
                } else if uri.contains("Ink") || uri.contains("/ink") {
                    trouve.genre = Some((GenreObjet::Encre, uri));
                }
            }
            "w14:contentPart" | "wpi:contentPart" | "w:contentPart" | "o:ink" => {
                trouve.genre = Some((GenreObjet::Encre, String::new()));
            }
            "o:OLEObject" | "w:objectEmbed" | "w:objectLink" => {
                let sorte = lu("ProgID").or_else(|| lu("w:progId")).unwrap_or_default();
                trouve.genre = Some((GenreObjet::ObjetIncorpore, sorte));
            }
            "w:control" => trouve.genre = Some((GenreObjet::ObjetIncorpore, lu("w:name").unwrap_or_default())),
            "w:movie" | "wp15:webVideoPr" => trouve.genre = Some((GenreObjet::ObjetIncorpore, "vidéo".into())),
            _ => {}
        }
        if matches!(element.nom.as_str(), "wp:docPr" | "pic:cNvPr")
            && let Some(lien) = element.elements().find(|e| e.nom == "a:hlinkClick")
        {
            self.lien(lien);
        }
        element.elements().for_each(|enfant| self.fouiller(enfant, trouve));
    }
}
