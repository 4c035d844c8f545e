//! Outlines drawn many times → one form each, drawn where they stood.
//!
//! The pages of a piece are drawn without fonts: each letter is an outline, written out again at each place. A
//! page of text then weighs ten times what it should.

use std::collections::HashMap;
use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use rayon::prelude::*;

use super::compression::comprimer;
use super::contenu::{Genre, abreger, court, jetons};

/// Outlines shorter than this, in bytes, are left where they are.
const TRACE_MIN: usize = 60;
/// What a form costs in the file beside its outline, and each use of it, in bytes before compression.
const COUT_FORME: usize = 500;
const COUT_EMPLOI: usize = 40;

/// A filled outline in the content of a page: its bytes there, its origin, its points from that origin.
struct Trace {
    debut: usize,
    fin: usize,
    x: f64,
    y: f64,
    forme: String,
}

/// Writes the contents of all pages again, shorter: what is drawn is the same to a hundredth of a point.
pub fn alleger(fichier: &mut Document) -> lopdf::Result<()> {
    let lues: Vec<ObjectId> = fichier.get_pages().into_values().collect();
    let lire = |id: ObjectId| {
        let contenu = fichier.get_page_content(id);
        let mut traces = traces(&contenu);
        traces.retain(|trace| trace.fin - trace.debut >= TRACE_MIN);
        (id, contenu, traces)
    };
    let pages: Vec<(ObjectId, Vec<u8>, Vec<Trace>)> = lues.into_par_iter().map(lire).collect();
    let mut emplois: HashMap<&str, usize> = HashMap::new();
    for trace in pages.iter().flat_map(|(_, _, traces)| traces) {
        *emplois.entry(&trace.forme).or_default() += 1;
    }
    emplois.retain(|forme, nombre| forme.len() * *nombre > forme.len() + COUT_FORME + COUT_EMPLOI * *nombre);
    let mut formes: HashMap<&str, (String, ObjectId)> = HashMap::new();
    let mut ecrites = Vec::with_capacity(pages.len());
    for (page, contenu, traces) in &pages {
        let mut employees = Vec::new();
        let mut sortie = Vec::with_capacity(contenu.len());
        let mut ecrit = 0;
        for trace in traces.iter().filter(|trace| emplois.contains_key(trace.forme.as_str())) {
            // Named in the order of the file: the same names for the same document.
            let nouveau = formes.len();
            let (nom, id) = formes
                .entry(&trace.forme)
                .or_insert_with(|| (format!("forme{nouveau}"), fichier.add_object(forme(&trace.forme))));
            sortie.extend_from_slice(&contenu[ecrit..trace.debut]);
            let place = format!("q 1 0 0 1 {} {} cm/{nom} Do Q", court(trace.x, 2), court(trace.y, 2));
            sortie.extend_from_slice(place.as_bytes());
            ecrit = trace.fin;
            employees.push((nom.clone(), *id));
        }
        sortie.extend_from_slice(&contenu[ecrit..]);
        if !employees.is_empty() {
            nommer(fichier, *page, &employees)?;
        }
        ecrites.push((*page, sortie));
    }
    // Compression is most of the work: the pages share it.
    let flux = |(page, contenu): (ObjectId, Vec<u8>)| {
        let mut flux = Stream::new(Dictionary::new(), abreger(&contenu));
        comprimer(&mut flux);
        (page, flux)
    };
    let flux: Vec<(ObjectId, Stream)> = ecrites.into_par_iter().map(flux).collect();
    flux.into_iter().try_for_each(|(page, flux)| remplacer(fichier, page, flux))
}

/// Gives a page another content.
fn remplacer(fichier: &mut Document, page: ObjectId, flux: Stream) -> lopdf::Result<()> {
    match fichier.get_dictionary(page)?.get(b"Contents") {
        Ok(Object::Reference(ancien)) => {
            let ancien = *ancien;
            fichier.objects.insert(ancien, flux.into());
        }
        _ => {
            let flux = fichier.add_object(flux);
            fichier.get_object_mut(page)?.as_dict_mut()?.set("Contents", flux);
        }
    }
    Ok(())
}

/// Makes the forms known to a page.
fn nommer(fichier: &mut Document, page: ObjectId, employees: &[(String, ObjectId)]) -> lopdf::Result<()> {
    let ressources = fichier.get_dictionary(page)?.get_deref(b"Resources", fichier)?.as_dict()?.clone();
    let mut objets = match ressources.get_deref(b"XObject", fichier) {
        Ok(objets) => objets.as_dict()?.clone(),
        Err(_) => Dictionary::new(),
    };
    for (nom, id) in employees {
        objets.set(nom.as_bytes().to_vec(), Object::Reference(*id));
    }
    let mut ressources = ressources;
    ressources.set("XObject", objets);
    fichier.get_object_mut(page)?.as_dict_mut()?.set("Resources", ressources);
    Ok(())
}

fn forme(trace: &str) -> Stream {
    let nombres: Vec<f32> = trace.split_ascii_whitespace().filter_map(|mot| mot.parse().ok()).collect();
    let mut cadre = [0.0_f32; 4];
    for point in nombres.chunks_exact(2) {
        cadre = [cadre[0].min(point[0]), cadre[1].min(point[1]), cadre[2].max(point[0]), cadre[3].max(point[1])];
    }
    let cadre = [cadre[0] - 1.0, cadre[1] - 1.0, cadre[2] + 1.0, cadre[3] + 1.0].map(Object::Real).to_vec();
    let entete = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => cadre, "Resources" => Dictionary::new(),
    };
    let mut flux = Stream::new(entete, trace.as_bytes().to_vec());
    comprimer(&mut flux);
    flux
}

/// The filled outlines of a content, in order.
fn traces(contenu: &[u8]) -> Vec<Trace> {
    let mut sortie = Vec::new();
    let mut chemin = Chemin::default();
    for (genre, place) in jetons(contenu) {
        match genre {
            Genre::Nombre(nombre) => chemin.nombre(place.start, nombre),
            Genre::Operateur => {
                if let Some((x, y, forme)) = chemin.operateur(&contenu[place.clone()]) {
                    sortie.push(Trace { debut: chemin.debut, fin: place.end, x, y, forme });
                    chemin.rompre();
                }
            }
            Genre::Blanc => {}
            Genre::Autre => chemin.rompre(),
        }
    }
    sortie
}

/// The path being read: numbers wait for their operator.
#[derive(Default)]
struct Chemin {
    attente: Vec<f64>,
    debut_attente: usize,
    /// Where the path begins; it has begun when there is an origin.
    debut: usize,
    origine: Option<(f64, f64)>,
    forme: String,
}

impl Chemin {
    fn rompre(&mut self) {
        self.attente.clear();
        self.origine = None;
        self.forme.clear();
    }

    fn nombre(&mut self, debut: usize, nombre: f64) {
        if self.attente.is_empty() {
            self.debut_attente = debut;
        }
        self.attente.push(nombre);
    }

    /// Gives the origin and the form of a path once it is filled.
    fn operateur(&mut self, operateur: &[u8]) -> Option<(f64, f64, String)> {
        match (operateur, self.attente.len()) {
            (b"m", 2) | (b"l", 2) | (b"c", 6) => {
                if self.origine.is_none() {
                    if operateur != b"m" {
                        self.rompre();
                        return None;
                    }
                    self.debut = self.debut_attente;
                    self.origine = Some((self.attente[0], self.attente[1]));
                }
                let (x, y) = self.origine?;
                for point in self.attente.chunks_exact(2) {
                    let _ = write!(self.forme, "{} {} ", court(point[0] - x, 2), court(point[1] - y, 2));
                }
                self.forme.push(char::from(operateur[0]));
                self.forme.push('\n');
                self.attente.clear();
                None
            }
            (b"h", 0) if self.origine.is_some() => {
                self.forme.push_str("h\n");
                None
            }
            (b"f" | b"f*", 0) => {
                let (x, y) = self.origine?;
                let forme = format!("{}{}", self.forme, String::from_utf8_lossy(operateur));
                Some((x, y, forme))
            }
            _ => {
                self.rompre();
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlines_are_found_whole_and_nothing_else_is() {
        let contenu =
            b"q 1 0 0 1 3 4 cm/c0 cs 0.1 scn 10 20 m 15 20 l 15 25.004 l\nh\nf\nQ BT (1 2 m 3 4 l f \\) ) Tj ET\n\
            /Artifact <</A (5 6 m)>> BDC 1 1 m 2 2 l S 1 1 m 2 2 3 3 4 4 c 9 9 m 8 8 l f* 7 l f";
        let traces = traces_de_test(contenu);
        assert_eq!(traces, ["10 20: 0 0 m\n5 0 l\n5 5 l\nh\nf", "1 1: 0 0 m\n1 1 2 2 3 3 c\n8 8 m\n7 7 l\nf*"]);
    }

    fn traces_de_test(contenu: &[u8]) -> Vec<String> {
        traces(contenu).into_iter().map(|t| format!("{} {}: {}", t.x, t.y, t.forme)).collect()
    }
}
