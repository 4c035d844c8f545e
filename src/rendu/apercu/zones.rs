//! The words of a page that Typst has laid out → the rectangles of the values and clauses that they come from.

use std::collections::HashMap;
use std::sync::Arc;

use typst::layout::{Abs, Frame, FrameItem, Point, Size, Transform};
use typst::syntax::Span;
use typst::text::TextItem;

use crate::document::{Document, Inline, Origine, parcours};
use crate::rendu::pdf::reperes;

/// What a line of text covers over and under its foot, in parts of its size: accents and tails included.
const DESSUS: f64 = 0.85;
const DESSOUS: f64 = 0.25;

/// Where words come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lieu {
    /// A value of the contract, or the place of one that is not known yet: its pointer.
    Valeur(Arc<str>),
    /// The words of a clause, those of its values aside.
    Clause(Arc<Origine>),
}

/// A rectangle of a page: for a value, each line of it that is printed; for a clause, what is around all its words.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone {
    pub lieu: Lieu,
    /// Left, top, width, height, in parts of the width and height of the page.
    pub cadre: [f64; 4],
}

/// The places that the words of a document may come from, by their mark.
pub struct Reperes(HashMap<Span, Lieu>);

impl Reperes {
    /// Takes a document prepared for a preview.
    pub fn de(document: &Document) -> Self {
        let mut lieux = HashMap::new();
        let mut voir = |inline: &Inline| {
            if let Inline::Valeur { pointeur: Some(repere), .. } | Inline::Lacune { pointeur: Some(repere), .. } =
                inline
            {
                lieux.entry(reperes::place(repere)).or_insert_with(|| match reperes::clause(repere) {
                    Some(origine) => Lieu::Clause(Arc::new(origine)),
                    None => Lieu::Valeur(repere.as_str().into()),
                });
            }
        };
        document.parties.iter().for_each(|partie| parcours::inlines(&partie.blocs, &mut voir));
        for signature in document.signatures() {
            std::iter::once(&signature.partie).chain(signature.lignes()).for_each(|l| parcours::suite(l, &mut voir));
        }
        Self(lieux)
    }
}

/// The rectangles of a page, in the order of its words.
pub fn de_la_page(trame: &Frame, reperes: &Reperes) -> Vec<Zone> {
    let mut releve = Releve { reperes, boites: Vec::new() };
    releve.trame(trame, Transform::identity());
    let page = trame.size();
    releve.boites.into_iter().filter_map(|boite| boite.zone(page)).collect()
}

struct Releve<'a> {
    reperes: &'a Reperes,
    boites: Vec<Boite<'a>>,
}

/// A rectangle on its way: two opposite corners, in points.
struct Boite<'a> {
    lieu: &'a Lieu,
    debut: Point,
    fin: Point,
}

impl<'a> Releve<'a> {
    fn trame(&mut self, trame: &Frame, vers_la_page: Transform) {
        for (pos, item) in trame.items() {
            let ici = vers_la_page.pre_concat(Transform::translate(pos.x, pos.y));
            match item {
                FrameItem::Group(groupe) => self.trame(&groupe.frame, ici.pre_concat(groupe.transform)),
                FrameItem::Text(texte) => self.texte(texte, ici),
                _ => {}
            }
        }
    }

    /// The glyphs of a run that come from one place make one rectangle.
    fn texte(&mut self, texte: &TextItem, ici: Transform) {
        let mut x = Abs::zero();
        for run in texte.glyphs.chunk_by(|a, b| a.span.0 == b.span.0) {
            let debut = x;
            x += run.iter().map(|glyphe| glyphe.x_advance.at(texte.size)).sum();
            let Some(lieu) = run.first().and_then(|glyphe| self.lieu(glyphe.span.0)) else { continue };
            let coins = [Point::new(debut, texte.size * -DESSUS), Point::new(x, texte.size * DESSOUS)];
            let [un, deux] = coins.map(|coin| coin.transform(ici));
            self.noter(Boite { lieu, debut: un.min(deux), fin: un.max(deux) });
        }
    }

    fn lieu(&self, span: Span) -> Option<&'a Lieu> {
        if reperes::est_repere(span) { self.reperes.0.get(&span) } else { None }
    }

    /// One rectangle for the words of a clause, and for those of a value on one line.
    fn noter(&mut self, boite: Boite<'a>) {
        let meme_ligne = |avant: &Boite| {
            let ecart = boite.debut.x - avant.fin.x;
            (boite.fin.y - avant.fin.y).abs() < Abs::pt(1.0) && ecart.abs() < Abs::pt(1.0)
        };
        let connue = match boite.lieu {
            Lieu::Clause(_) => self.boites.iter_mut().find(|avant| avant.lieu == boite.lieu),
            Lieu::Valeur(_) => self.boites.last_mut().filter(|avant| avant.lieu == boite.lieu && meme_ligne(avant)),
        };
        match connue {
            Some(avant) => (avant.debut, avant.fin) = (avant.debut.min(boite.debut), avant.fin.max(boite.fin)),
            None => self.boites.push(boite),
        }
    }
}

impl Boite<'_> {
    /// In parts of the page; nothing of what is drawn without width, as an empty value.
    fn zone(self, page: Size) -> Option<Zone> {
        let part = |longueur: Abs, total: Abs| (longueur / total).clamp(0.0, 1.0);
        let [gauche, haut] = [part(self.debut.x, page.x), part(self.debut.y, page.y)];
        let [droite, bas] = [part(self.fin.x, page.x), part(self.fin.y, page.y)];
        let cadre = [gauche, haut, droite - gauche, bas - haut];
        (cadre[2] > 0.0 && cadre[3] > 0.0).then(|| Zone { lieu: self.lieu.clone(), cadre })
    }
}
