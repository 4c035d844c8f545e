//! What is drawn, piece by piece → the text of an SVG: clips and groups opened only where something is drawn,
//! clips that are rectangles made into one.
//!
//! A PDF nests its clips without end, and PDF/A forbids more than 28 levels: what is written here stays flat. It
//! knows neither the fonts nor the objects of a PDF.

use std::collections::HashMap;
use std::fmt::Write;

use hayro_interpret::FillRule;
use kurbo::{Affine, BezPath, PathEl, Point, Rect, Shape};

/// Most groups and clips around one drawing; PDF/A accepts 28 levels, of which the page takes some.
pub const NIVEAUX_MAX: usize = 10;
/// A length that is none, in points of the page.
const SANS_LONGUEUR: f64 = 1e-3;

/// What stands around a drawing.
#[derive(Debug, Clone)]
enum Niveau {
    /// A clip: the rectangle that it is, or the number of its path.
    Rectangle(Rect),
    Trace(usize),
    /// A group, with its number, its attributes, and whether it blends with what is under it; `None` changes nothing.
    Groupe(Option<(usize, String, bool)>),
}

/// What is open in the text.
#[derive(Debug, Clone, PartialEq)]
enum Ouverture {
    Decoupe(usize),
    Groupe(usize, String),
}

/// The text of a drawing, and what is open in it.
#[derive(Debug, Default)]
pub struct Plume {
    texte: String,
    niveaux: Vec<Niveau>,
    ouvert: Vec<Ouverture>,
    /// The place where drawings are seen at all.
    page: Rect,
    a_revoir: bool,
    /// Nothing can be seen through the clips.
    ferme: bool,
}

/// What drawings share: clips, glyphs, pictures, patterns, masks; each once.
#[derive(Debug, Default)]
pub struct Communs {
    pub texte: String,
    numeros: HashMap<String, usize>,
    suivant: usize,
    /// The length of each, and of all those that are used, at each use: what prints them writes them as often.
    tailles: HashMap<usize, usize>,
    pub employe: usize,
    /// More levels around one drawing than a page may have.
    pub trop_profond: bool,
}

impl Communs {
    /// The number of a shared thing, written the first time that it is seen.
    pub fn numero(&mut self, contenu: String, ecrire: impl FnOnce(&mut String, usize, &str)) -> usize {
        if let Some(numero) = self.numeros.get(&contenu) {
            return *numero;
        }
        let numero = self.nouveau();
        self.tailles.insert(numero, contenu.len());
        ecrire(&mut self.texte, numero, &contenu);
        self.numeros.insert(contenu, numero);
        numero
    }

    /// Counts a use of a shared thing.
    pub fn employer(&mut self, numero: usize) -> usize {
        self.employe = self.employe.saturating_add(self.tailles.get(&numero).copied().unwrap_or_default());
        numero
    }

    pub fn nouveau(&mut self) -> usize {
        self.suivant += 1;
        self.suivant
    }

    pub fn decoupe(&mut self, trace: &BezPath, regle: FillRule) -> usize {
        let regle = if regle == FillRule::EvenOdd { " clip-rule=\"evenodd\"" } else { "" };
        self.numero(format!("<path d=\"{}\"{regle}/>", chemin(trace, Affine::IDENTITY)), |texte, numero, contenu| {
            let _ = write!(texte, "<clipPath id=\"n{numero}\">{contenu}</clipPath>");
        })
    }
}

impl Plume {
    pub fn neuve(page: Rect) -> Self {
        Self { page, a_revoir: true, ..Self::default() }
    }

    /// How much is written.
    pub fn taille(&self) -> usize {
        self.texte.len()
    }

    pub fn page(&self) -> Rect {
        self.page
    }

    /// The rectangle outside of which nothing is seen.
    pub fn cadre(&self) -> Rect {
        self.niveaux.iter().fold(self.page, |cadre, niveau| match niveau {
            Niveau::Rectangle(rectangle) => cadre.intersect(*rectangle),
            _ => cadre,
        })
    }

    pub fn decouper(&mut self, trace: &BezPath, regle: FillRule, communs: &mut Communs) {
        let niveau = match rectangle(trace) {
            Some(rectangle) => Niveau::Rectangle(rectangle),
            None => Niveau::Trace(communs.decoupe(trace, regle)),
        };
        self.niveaux.push(niveau);
        self.a_revoir = true;
    }

    /// Opens a group; without attributes, it changes nothing and is not written.
    pub fn grouper(&mut self, attributs: Option<String>, melange: bool, communs: &mut Communs) {
        self.niveaux.push(Niveau::Groupe(attributs.map(|a| (communs.nouveau(), a, melange))));
        self.a_revoir = true;
    }

    pub fn oter(&mut self) {
        self.a_revoir = true;
        let Some(Niveau::Groupe(Some((numero, ..)))) = self.niveaux.pop() else { return };
        // A group is closed with what it holds: it is never opened twice.
        let place = self.ouvert.iter().position(|o| matches!(o, Ouverture::Groupe(n, _) if *n == numero));
        if let Some(place) = place {
            self.ramener(place);
        }
    }

    /// Writes something, within what stands around it; `melange` (a group that blends) goes around the clips.
    pub fn ecrire(&mut self, melange: Option<String>, communs: &mut Communs, ecrire: impl FnOnce(&mut String)) {
        if melange.is_some() {
            self.grouper(melange, true, communs);
            self.ecrire(None, communs, ecrire);
            self.oter();
            return;
        }
        if self.a_revoir {
            self.ouvrir(communs);
        }
        if !self.ferme {
            ecrire(&mut self.texte);
        }
    }

    pub fn finir(mut self) -> String {
        self.ramener(0);
        self.texte
    }

    /// Brings what is open in the text to what stands around the next drawing.
    fn ouvrir(&mut self, communs: &mut Communs) {
        self.a_revoir = false;
        let voulu = self.voulu(communs);
        self.ferme = voulu.is_none();
        let Some(voulu) = voulu else { return };
        communs.trop_profond |= voulu.len() > NIVEAUX_MAX;
        let commun = self.ouvert.iter().zip(&voulu).take_while(|(a, b)| a == b).count();
        self.ramener(commun);
        for ouverture in &voulu[commun..] {
            let _ = match ouverture {
                Ouverture::Decoupe(numero) => {
                    communs.employer(*numero);
                    write!(self.texte, "<g clip-path=\"url(#n{numero})\">")
                }
                Ouverture::Groupe(_, attributs) => write!(self.texte, "<g {attributs}>"),
            };
        }
        self.ouvert = voulu;
    }

    /// What must be open; `None` when the clips leave nothing to be seen.
    fn voulu(&self, communs: &mut Communs) -> Option<Vec<Ouverture>> {
        let mut voulu = Vec::new();
        let (mut rect, mut traces): (Option<Rect>, Vec<usize>) = (None, Vec::new());
        let poser = |rect: &mut Option<Rect>, traces: &mut Vec<usize>, voulu: &mut Vec<_>, communs: &mut Communs| {
            // A clip that shows the whole page is none.
            let utile = rect.take().filter(|r| r.intersect(self.page) != self.page);
            voulu.extend(utile.map(|r| Ouverture::Decoupe(communs.decoupe(&r.to_path(0.1), FillRule::NonZero))));
            voulu.extend(traces.drain(..).map(Ouverture::Decoupe));
        };
        for niveau in &self.niveaux {
            match niveau {
                Niveau::Rectangle(r) => {
                    let reste = rect.map_or(*r, |avant| avant.intersect(*r));
                    if reste.width() <= 0.0 || reste.height() <= 0.0 {
                        return None;
                    }
                    rect = Some(reste);
                }
                Niveau::Trace(numero) => {
                    if traces.last() != Some(numero) {
                        traces.push(*numero);
                    }
                }
                Niveau::Groupe(None) => {}
                Niveau::Groupe(Some((numero, attributs, melange))) => {
                    // What blends with the page must not be apart in a clip: its clips go inside.
                    if !melange {
                        poser(&mut rect, &mut traces, &mut voulu, communs);
                    }
                    voulu.push(Ouverture::Groupe(*numero, attributs.clone()));
                }
            }
        }
        poser(&mut rect, &mut traces, &mut voulu, communs);
        Some(voulu)
    }

    fn ramener(&mut self, profondeur: usize) {
        while self.ouvert.len() > profondeur {
            self.ouvert.pop();
            self.texte.push_str("</g>");
            self.a_revoir = true;
        }
    }
}

/// The upright rectangle that a path is, if it is one.
fn rectangle(trace: &BezPath) -> Option<Rect> {
    let mut points: Vec<Point> = Vec::with_capacity(5);
    for element in trace.elements() {
        match element {
            PathEl::MoveTo(p) if points.is_empty() => points.push(*p),
            PathEl::LineTo(p) => points.push(*p),
            PathEl::ClosePath => {}
            _ => return None,
        }
    }
    if points.len() == 5 && points[4].distance(points[0]) < 1e-6 {
        points.pop();
    }
    let [a, b, c, d] = points.as_slice() else { return None };
    let egal = |x: f64, y: f64| (x - y).abs() < 1e-4;
    let couche = egal(a.y, b.y) && egal(b.x, c.x) && egal(c.y, d.y) && egal(d.x, a.x);
    let debout = egal(a.x, b.x) && egal(b.y, c.y) && egal(c.x, d.x) && egal(d.y, a.y);
    (couche || debout).then(|| Rect::from_points(*a, *c))
}

/// A line of no length with round ends is a dot; what prints SVG draws nothing of it. It is given a length, which is
/// not seen. The other lines stay as they are.
pub fn points_ronds(trace: BezPath) -> BezPath {
    let mut sortie = BezPath::new();
    let mut debut = 0;
    let elements = trace.elements();
    for fin in 1..=elements.len() {
        if fin < elements.len() && !matches!(elements[fin], PathEl::MoveTo(_)) {
            continue;
        }
        let ligne = &elements[debut..fin];
        debut = fin;
        match ligne {
            // The start of a path alone is not a line.
            [PathEl::MoveTo(point), _, ..] if ligne.iter().all(|element| sur_place(*point, *element)) => {
                sortie.move_to(*point);
                sortie.line_to((point.x + SANS_LONGUEUR * 4.0, point.y));
            }
            _ => sortie.extend(ligne.iter().copied()),
        }
    }
    sortie
}

fn sur_place(ici: Point, element: PathEl) -> bool {
    let pres = |point: Point| point.distance(ici) < SANS_LONGUEUR;
    match element {
        PathEl::MoveTo(a) | PathEl::LineTo(a) => pres(a),
        PathEl::QuadTo(a, b) => pres(a) && pres(b),
        PathEl::CurveTo(a, b, c) => pres(a) && pres(b) && pres(c),
        PathEl::ClosePath => true,
    }
}

/// A path as SVG writes it, moved by a transformation.
pub fn chemin(trace: &BezPath, place: Affine) -> String {
    let mut texte = String::with_capacity(trace.elements().len() * 14);
    for element in trace.elements() {
        match place * *element {
            PathEl::MoveTo(p) => points(&mut texte, 'M', &[p]),
            PathEl::LineTo(p) => points(&mut texte, 'L', &[p]),
            PathEl::QuadTo(a, p) => points(&mut texte, 'Q', &[a, p]),
            PathEl::CurveTo(a, b, p) => points(&mut texte, 'C', &[a, b, p]),
            PathEl::ClosePath => texte.push('Z'),
        }
    }
    texte
}

fn points(texte: &mut String, lettre: char, points: &[Point]) {
    texte.push(lettre);
    for (rang, point) in points.iter().enumerate() {
        if rang > 0 {
            texte.push(' ');
        }
        nombre(texte, point.x);
        texte.push(' ');
        nombre(texte, point.y);
    }
}

/// A number with what a drawing needs of decimals: ten thousandths of a point.
pub fn nombre(texte: &mut String, valeur: f64) {
    let arrondi = (valeur * 10_000.0).round() / 10_000.0;
    // What is not a number, or stands out of all pages, would make the whole drawing unreadable.
    let arrondi = if arrondi.is_finite() { arrondi.clamp(-1e9, 1e9) } else { 0.0 };
    let _ = if arrondi == 0.0 { write!(texte, "0") } else { write!(texte, "{arrondi}") };
}

/// The coefficients of a transformation, which may be very small: seven significant figures.
pub fn matrice(place: Affine) -> String {
    let coefficients = place.as_coeffs().map(|c| if c.is_finite() { c as f32 } else { 0.0 });
    let mots: Vec<String> = coefficients.iter().map(f32::to_string).collect();
    format!("matrix({})", mots.join(" "))
}
