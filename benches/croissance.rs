//! How costs grow: `cargo bench --bench croissance [-- --court] [NAME…]`.
//!
//! For each kind of input, the size is doubled and the time compared with the one before, in one run: a ratio near 2 is
//! a straight line, near 4 a square. The time is that of the processors, all threads together: what else the machine
//! does is not in it. What is tried is what people and attackers can make grow: rows of a table, elements
//! of every list of an example, keys that nobody expects, faults, one long text, numbers. Fails past `LIMITE`.

// A benchmark is the one place that looks at a clock.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

use cpom::dossier::{self, Choix, Format, Forme, Ouverture};
use cpom::echanges::Version;
use cpom::lecture::{self, Fichier};
use cpom::rendu::Options;
use cpom::tableur;
use serde_json::{Value, json};
use std::hint::black_box;
use std::process::ExitCode;
use std::time::Duration;

/// Doubling a size may multiply a time by so much: twice, and what caches and allocators add.
const LIMITE: f64 = 2.3;
/// Shorter times say nothing: they are told, never judged.
const PLANCHER: Duration = Duration::from_millis(40);

/// What grows, the sizes tried in the two forms of the bench, and the work.
struct Epreuve {
    nom: String,
    tailles: [usize; 2],
    court: usize,
    preparer: Box<dyn Fn(usize) -> Value>,
    travail: Travail,
}

/// What is done with a contract.
#[derive(Clone, Copy)]
enum Travail {
    /// Reading, schema, rules.
    Verifier,
    /// The report in its forms for machines.
    Rapports,
    /// Reading, rules and writing of the text.
    Rediger,
    Imprimer(Format),
    Comparer,
    /// The workbook, and the same taken back by a contract where every name has changed.
    Classeur,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let court = arguments.iter().any(|a| a == "--court");
    let voulus: Vec<&String> = arguments.iter().filter(|a| !a.starts_with("--")).collect();
    println!("{:<44} {:>8} {:>12} {:>8} {:>12} {:>7}", "ce qui croît", "taille", "durée", "taille", "durée", "ratio");
    let mut trop = 0;
    for epreuve in epreuves(court) {
        if !voulus.is_empty() && !voulus.iter().any(|v| epreuve.nom.contains(v.as_str())) {
            continue;
        }
        // A busy machine has smaller caches, and is tried again: what grows as a square does so each time.
        let mut mesure = mesurer(&epreuve, court);
        for _ in 0..5 {
            if mesure.trop() {
                let autre = mesurer(&epreuve, court);
                mesure = if autre.ratio() < mesure.ratio() { autre } else { mesure };
            }
        }
        trop += usize::from(mesure.trop());
        println!(
            "{:<44} {:>8} {:>9.1} ms {:>8} {:>9.1} ms {:>7.2}{}",
            epreuve.nom,
            mesure.petite,
            mesure.avant.as_secs_f64() * 1e3,
            mesure.petite * 2,
            mesure.apres.as_secs_f64() * 1e3,
            mesure.ratio(),
            if mesure.trop() { "  trop" } else { "" }
        );
    }
    println!("{trop} au-delà de {LIMITE}");
    if trop == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

struct Mesure {
    petite: usize,
    avant: Duration,
    apres: Duration,
}

impl Mesure {
    fn ratio(&self) -> f64 {
        self.apres.as_secs_f64() / self.avant.as_secs_f64()
    }

    fn trop(&self) -> bool {
        self.apres > PLANCHER && self.ratio() > LIMITE
    }
}

/// The last doubling: the best of four runs at each size, in turn, so that a busy moment weighs on neither.
fn mesurer(epreuve: &Epreuve, court: bool) -> Mesure {
    let petite = if court { epreuve.court } else { epreuve.tailles[1] / 2 };
    let textes = [petite, petite * 2].map(|taille| serde_json::to_vec(&(epreuve.preparer)(taille)).expect("JSON"));
    let temps = |texte: &[u8]| {
        // As a first printing finds them.
        typst::comemo::evict(0);
        let debut = calcul();
        faire(texte, epreuve.travail);
        calcul().saturating_sub(debut)
    };
    let mut mesure = Mesure { petite, avant: Duration::MAX, apres: Duration::MAX };
    for _ in 0..4 {
        mesure.avant = mesure.avant.min(temps(&textes[0]));
        mesure.apres = mesure.apres.min(temps(&textes[1]));
    }
    mesure
}

/// What this process has taken of the processors.
#[cfg(unix)]
fn calcul() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    clock_gettime(ClockId::ProcessCPUTime).try_into().unwrap_or_default()
}

/// Where it is not told, the time that goes by.
#[cfg(not(unix))]
fn calcul() -> Duration {
    use std::sync::LazyLock;
    use std::time::Instant;
    static DEBUT: LazyLock<Instant> = LazyLock::new(Instant::now);
    DEBUT.elapsed()
}

fn ouvrir(texte: &[u8]) -> Ouverture {
    let fichier = Fichier { nom: "contrat.json".into(), octets: texte.to_vec() };
    dossier::examiner(lecture::lire_fichiers(vec![fichier]).expect("JSON")).expect("no fault of the program")
}

fn faire(texte: &[u8], travail: Travail) {
    let choix = Choix { etat: Some(cpom::document::Etat::Projet), ..Choix::default() };
    let ouverture = ouvrir(texte);
    if matches!(travail, Travail::Comparer) {
        let autre = ouvrir(&texte.iter().map(|o| if *o == b'7' { b'8' } else { *o }).collect::<Vec<u8>>());
        let [avant, apres] = [&ouverture, &autre].map(|o| Version { donnees: &o.donnees, documents: &[] });
        black_box(cpom::echanges::comparer(avant, apres));
        return;
    }
    if matches!(travail, Travail::Classeur) {
        let octets = tableur::exporter(&ouverture.donnees, &tableur::Options::default()).expect("a workbook");
        let classeur = tableur::lire("contrat.xlsx", &octets).expect("our workbook");
        let autre = ouvrir(&texte.iter().map(|o| if *o == b'7' { b'8' } else { *o }).collect::<Vec<u8>>());
        black_box(tableur::importer("contrat.xlsx", &classeur, &autre, &tableur::Retour::default()).expect("a list"));
        return;
    }
    let verification = dossier::verifier(&ouverture, &choix).expect("a report");
    match travail {
        Travail::Verifier | Travail::Comparer | Travail::Classeur => {
            black_box(&verification);
        }
        Travail::Rapports => {
            let compte_rendu = dossier::controler(&ouverture, &choix, true).expect("a report");
            for forme in [Forme::Json, Forme::Sarif, Forme::Junit, Forme::Markdown, Forme::Texte] {
                black_box(dossier::ecrire_rapport(&compte_rendu, forme).expect("a form of the report"));
            }
        }
        Travail::Rediger | Travail::Imprimer(_) => {
            for exemplaire in dossier::rediger(&ouverture, &choix, &verification).expect("a text") {
                if let Travail::Imprimer(format) = travail {
                    black_box(dossier::imprimer(&exemplaire.document, format, &Options::default()).expect("a file"));
                }
            }
        }
    }
}

fn exemple(fixture: &str) -> Value {
    let chemin = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(fixture);
    let mut contrat: Value = serde_json::from_slice(&std::fs::read(chemin).expect("a fixture")).expect("JSON");
    // Files are another matter: their number is bounded, their cost is that of their pages.
    if let Some(pieces) = contrat.pointer_mut("/pieces").and_then(Value::as_array_mut) {
        pieces.iter_mut().filter_map(Value::as_object_mut).for_each(|p| drop(p.remove("fichier")));
    }
    contrat
}

/// An example with a list made as long as asked, its last element again and again, under other identifiers.
fn allonger(contrat: &Value, pointeur: &str, nombre: usize) -> Value {
    let mut contrat = contrat.clone();
    if let Some(liste) = contrat.pointer_mut(pointeur).and_then(Value::as_array_mut)
        && let Some(dernier) = liste.last().cloned()
    {
        for rang in liste.len()..nombre {
            let mut element = dernier.clone();
            if let Some(id) = element.get_mut("id") {
                *id = json!(format!("{}-{rang}", id.as_str().unwrap_or("x")));
            } else if let Some(numero) = element.get_mut("numero") {
                *numero = json!(rang + 1);
            }
            liste.push(element);
        }
    }
    contrat
}

/// The lists of objects of a contract, each kind once.
fn listes(valeur: &Value, pointeur: &str, sortie: &mut Vec<String>) {
    match valeur {
        Value::Array(elements) => {
            if elements.last().is_some_and(|e| e.is_object() || e.is_string()) {
                sortie.push(pointeur.to_owned());
            }
            if let Some(premier) = elements.first() {
                listes(premier, &format!("{pointeur}/0"), sortie);
            }
        }
        Value::Object(objet) => objet.iter().for_each(|(cle, v)| listes(v, &format!("{pointeur}/{cle}"), sortie)),
        _ => {}
    }
}

fn epreuves(court: bool) -> Vec<Epreuve> {
    let mut sortie = Vec::new();
    let mut ajouter = |nom: &str, tailles, court, travail, preparer: Box<dyn Fn(usize) -> Value>| {
        sortie.push(Epreuve { nom: nom.to_owned(), tailles, court, preparer, travail });
    };
    let petit = || exemple("paca/minimal.json");
    let avec = move |pointeur: &'static str, faire: fn(usize) -> Value| -> Box<dyn Fn(usize) -> Value> {
        Box::new(move |n| {
            let mut contrat = petit();
            let (parent, cle) = pointeur.rsplit_once('/').expect("a pointer");
            if let Some(Value::Object(objet)) = contrat.pointer_mut(parent) {
                objet.insert(cle.to_owned(), faire(n));
            }
            contrat
        })
    };
    ajouter(
        "clés inconnues",
        [50_000, 100_000],
        25_000,
        Travail::Verifier,
        Box::new(move |n| {
            let mut contrat = petit();
            let objet = contrat.as_object_mut().expect("an object");
            objet.extend((0..n).map(|rang| (format!("inconnue_{rang}"), json!(rang))));
            contrat
        }),
    );
    // Both sizes on one side of the 32 MiB from which glibc asks the system for each list anew, and zeroes it.
    ajouter("nombres", [480_000, 960_000], 100_000, Travail::Verifier, avec("/x", |n| json!(vec![1; n])));
    ajouter(
        "éléments du mauvais type",
        [10_000, 20_000],
        10_000,
        Travail::Verifier,
        avec("/perimetre/etablissements", |n| json!((0..n).map(|r| json!({ "nom": r })).collect::<Vec<_>>())),
    );
    ajouter("rapports de fautes", [2_000, 4_000], 1_000, Travail::Rapports, {
        let base = exemple("paca/exemple.json");
        Box::new(move |n| allonger(&base, "/activite", n))
    });
    for (nom, texte) in [
        ("texte long, étoiles", "*a "),
        ("texte long, crochets", "[a](b) _c_ `d` "),
        ("texte long, listes", "- a\n"),
        ("texte long, retraits", "  - a\n    - b\n"),
        ("texte long, accents décomposés", "e\u{301}"),
        ("texte long, sans espace", "abcdefgh"),
    ] {
        let faire = move |n: usize| {
            let mut contrat = petit();
            contrat["preambule"] = json!({ "contexte": texte.repeat(n / texte.len()) });
            contrat
        };
        ajouter(nom, [80_000, 160_000], 80_000, Travail::Imprimer(Format::Texte), Box::new(faire));
        ajouter(&format!("{nom}, PDF"), [40_000, 80_000], 8_000, Travail::Imprimer(Format::Pdf), Box::new(faire));
    }
    let riche = exemple("paca/exemple.json");
    for (pointeur, format, court) in [
        ("/moyens/dotations", Format::Pdf, 1_000),
        ("/activite", Format::Pdf, 250),
        ("/perimetre/etablissements", Format::Pdf, 100),
        ("/fiches_actions", Format::Pdf, 50),
        ("/activite", Format::Docx, 1_000),
        ("/moyens/dotations", Format::Docx, 1_000),
    ] {
        let base = riche.clone();
        let nom = format!("{pointeur}, {}", format.extension());
        ajouter(
            &nom,
            [1_000, 2_000],
            court,
            Travail::Imprimer(format),
            Box::new(move |n| allonger(&base, pointeur, n)),
        );
    }
    let base = riche.clone();
    ajouter(
        "comparer deux versions",
        [2_000, 4_000],
        1_000,
        Travail::Comparer,
        Box::new(move |n| allonger(&base, "/activite", n)),
    );
    for (pointeur, tailles) in [("/activite", [1_000, 2_000]), ("/perimetre/etablissements", [60, 120])] {
        let base = riche.clone();
        let nom = format!("classeur, {pointeur}");
        ajouter(&nom, tailles, tailles[0] / 2, Travail::Classeur, Box::new(move |n| allonger(&base, pointeur, n)));
    }
    let mut toutes = Vec::new();
    listes(&riche, "", &mut toutes);
    for pointeur in toutes {
        // The short form takes some lists: those that have cost a square once.
        let garder = ["/activite", "/objectifs", "/fiches_actions", "/perimetre/etablissements", "/pieces"];
        if court && !garder.contains(&pointeur.as_str()) {
            continue;
        }
        let base = riche.clone();
        let nom = format!("liste {pointeur}");
        ajouter(&nom, [2_000, 4_000], 400, Travail::Rediger, Box::new(move |n| allonger(&base, &pointeur, n)));
    }
    sortie
}
