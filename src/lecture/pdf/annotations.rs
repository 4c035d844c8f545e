//! What stands on a page beside its content (fields, stamps, comments) → the drawings that are printed of it.
//!
//! What counts is the printed page: an annotation that is hidden or not for print is not drawn; one that would be
//! printed and has no appearance refuses the file.

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Rect as Cadre};
use hayro_interpret::hayro_syntax::page::{Page, Resources};
use hayro_interpret::{BlendMode, Device, RectExt};
use kurbo::{Affine, Rect, Shape};

use super::apparences;
use super::avant::Avant;
use super::champs;
use super::dessin::Dessin;
use super::dessus::{Annotations, Apparence, Dessus, normale};

const CACHEE: u32 = 1 << 1;
const IMPRIMEE: u32 = 1 << 2;

impl<'a> Annotations<'a, '_> {
    /// What is printed on a page, in its order; otherwise what cannot be.
    pub fn de_la_page(&self, page: &Page<'a>, avant: &mut Avant<'_>) -> Result<Vec<Dessus<'a>>, String> {
        let mut dessus = Vec::new();
        let Some(liste) = page.raw().get::<Array<'_>>(b"Annots") else { return Ok(dessus) };
        for annotation in liste.iter::<Dict<'a>>() {
            let drapeaux = annotation.get::<u32>(b"F").unwrap_or(0);
            let genre = annotation.get::<Name<'_>>(b"Subtype").map(|nom| nom.to_vec()).unwrap_or_default();
            let Some(rect) = annotation.get::<Cadre>(b"Rect").map(|cadre| cadre.to_kurbo()) else { continue };
            if drapeaux & CACHEE != 0 || genre == b"Popup" || !self.calques.montre(&annotation) {
                continue;
            }
            // An invisible signature has no surface; a line may have none either, and be seen.
            if !(rect.width() > 0.0 && rect.height() > 0.0)
                && (genre == b"Widget" || normale(&annotation, None).is_some())
            {
                continue;
            }
            let imprimee = drapeaux & IMPRIMEE != 0;
            let apparence = match genre.as_slice() {
                b"Widget" => champs::apparence(self, &annotation, rect, imprimee, page, avant)?,
                _ if !imprimee => None,
                _ => self.simple(&annotation, &genre, rect, page)?,
            };
            let Some(apparence) = apparence else { continue };
            match &apparence {
                Apparence::Flux(flux) => avant.apparence(flux, page)?,
                Apparence::Ecrite { contenu, ressources, .. } => avant.ecrite(contenu, ressources)?,
            }
            dessus.push(Dessus { rect, apparence });
        }
        Ok(dessus)
    }

    /// The appearance of what is not a field.
    fn simple(
        &self,
        annotation: &Dict<'a>,
        genre: &[u8],
        rect: Rect,
        page: &Page<'a>,
    ) -> Result<Option<Apparence<'a>>, String> {
        if let Some(flux) = normale(annotation, None) {
            return Ok(Some(Apparence::Flux(flux)));
        }
        match genre {
            b"Link" => Ok(self.cadre_de_lien(annotation, rect, page)),
            b"Highlight" | b"Underline" | b"StrikeOut" | b"Squiggly" | b"Line" | b"Square" | b"Circle" | b"Ink"
            | b"Polygon" | b"PolyLine" | b"FreeText" | b"Stamp" | b"Caret" | b"FileAttachment" | b"Text" | b"Sound"
            | b"Movie" | b"Screen" | b"3D" | b"RichMedia" => {
                Err(format!("une annotation ({}) n'a pas d'apparence", String::from_utf8_lossy(genre)))
            }
            // What no reader draws of itself.
            _ => Ok(None),
        }
    }

    /// The frame of a link.
    fn cadre_de_lien(&self, lien: &Dict<'a>, rect: Rect, page: &Page<'a>) -> Option<Apparence<'a>> {
        let (largeur, tirets) = apparences::bordure(lien, 1.0);
        let couleur = apparences::couleur(lien.get::<Array<'_>>(b"C").as_ref(), true).unwrap_or_else(|| "0 G".into());
        let boite = Rect::new(0.0, 0.0, rect.width(), rect.height());
        let dedans = boite.inset(-largeur / 2.0);
        (largeur > 0.0).then(|| Apparence::Ecrite {
            contenu: format!(
                "{couleur} {largeur} w {tirets} {} {} {} {} re S",
                dedans.x0,
                dedans.y0,
                dedans.width(),
                dedans.height()
            )
            .into_bytes(),
            ressources: Box::new(page.resources().clone()),
            boite,
            matrice: Affine::IDENTITY,
        })
    }

    /// Draws on a page what `de_la_page` has chosen.
    pub fn dessiner(
        &self,
        dessus: &Dessus<'a>,
        page: &Page<'a>,
        place: Affine,
        cadre: Rect,
        dessin: &mut Dessin<'a, '_>,
    ) {
        dessin.set_soft_mask(None);
        dessin.set_blend_mode(BlendMode::Normal);
        match &dessus.apparence {
            Apparence::Ecrite { contenu, ressources, boite, matrice } => {
                let place = place * pose(dessus.rect, *boite, *matrice) * *matrice;
                self.interpreter(contenu, ressources, place, *boite, cadre, dessin);
            }
            Apparence::Flux(flux) => {
                let Some(boite) = flux.dict().get::<Cadre>(b"BBox").map(|boite| boite.to_kurbo()) else {
                    return dessin.refuser("une annotation n'a pas de cadre");
                };
                let matrice = flux.dict().get::<[f64; 6]>(b"Matrix").map(Affine::new).unwrap_or_default();
                let Ok(contenu) = flux.decoded() else { return dessin.refuser("une annotation est abîmée") };
                let propres = flux.dict().get::<Dict<'_>>(b"Resources").unwrap_or_default();
                let ressources = Resources::from_parent(propres, page.resources().clone());
                let place = place * pose(dessus.rect, boite, matrice) * matrice;
                let groupe = flux.dict().get::<Dict<'_>>(b"Group").is_some();
                if groupe {
                    dessin.push_transparency_group(1.0, None, BlendMode::Normal);
                }
                self.interpreter(&contenu, &ressources, place, boite, cadre, dessin);
                if groupe {
                    dessin.pop_transparency_group();
                }
            }
        }
    }
}

/// What brings the box of a drawing into its rectangle (ISO 32000-1, 12.5.5).
fn pose(rect: Rect, boite: Rect, matrice: Affine) -> Affine {
    let droite = (matrice * boite.to_path(0.1)).bounding_box();
    let facteur = |voulu: f64, donne: f64| if donne > 0.0 { voulu / donne } else { 1.0 };
    Affine::translate((rect.x0, rect.y0))
        * Affine::scale_non_uniform(facteur(rect.width(), droite.width()), facteur(rect.height(), droite.height()))
        * Affine::translate((-droite.x0, -droite.y0))
}
