//! What a preview costs after a change, beside the first one, and an operation of the workshop beside a verification:
//! `cargo bench --bench atelier`, `-- --court` for the short form of the gate, which fails when a ratio is grossly over its
//! target, `-- --memoire` for two thousand changes.
//!
//! Times are medians of one run on one machine: only their ratios mean something elsewhere.

// A benchmark is the one place that looks at a clock.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

mod commun;
#[path = "../tests/suite/grand.rs"]
mod grand;
#[allow(dead_code)]
#[path = "../tests/suite/poste.rs"]
mod poste;

use commun::mediane;
use cpom::document::{Document, Etat};
use cpom::dossier::{self, Choix};
use cpom::rendu::apercu::Apercu;
use cpom::rendu::pdf;
use grand::Taille;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// After a change / the first time: what is aimed at, and what the gate refuses.
const BUT: f64 = 0.10;
const PLAFOND: f64 = 0.25;

/// An operation / a verification of the same contract (reading, schema, rules, text): what is aimed at, and what the gate
/// refuses. A page waits for the first; a pasted block is one operation.
const BUT_OPERATION: f64 = 1.5;
const PLAFOND_OPERATION: f64 = 3.0;

/// What is changed: in words, and where. The table of the perimeter is a single grid of all establishments, which Typst
/// lays out whole: it is told, and judged by the gate only.
const CHANGEMENTS: [(&str, &str, bool); 4] = [
    ("un mot d’une fiche", "/fiches_actions/0/constat", true),
    ("un montant d’un budget", "/moyens/budgets/0/depenses/groupe_1", true),
    ("un nombre de places", "/perimetre/etablissements/0/capacites/0/installee", false),
    ("le nom d’un établissement", "/perimetre/etablissements/0/nom", false),
];

fn main() -> ExitCode {
    let veut = |option: &str| std::env::args().any(|a| a == option);
    let dossier = tempfile::tempdir().expect("a temporary folder");
    if veut("--memoire") {
        memoire(&Contrat::exemple(dossier.path()), 2_000);
        return ExitCode::SUCCESS;
    }
    let court = veut("--court");
    let mut contrats = vec![Contrat::exemple(dossier.path()), Contrat::grand(5, dossier.path())];
    if !court {
        contrats.push(Contrat::grand(60, dossier.path()));
    }
    let mut issue = ExitCode::SUCCESS;
    for contrat in &contrats {
        let tenus = [mesurer(contrat, if court { 3 } else { 7 }), operer(contrat, if court { 11 } else { 41 })];
        if tenus.contains(&false) {
            issue = ExitCode::FAILURE;
        }
    }
    issue
}

/// A contract, and the file in which its states are written.
struct Contrat {
    nom: String,
    valeur: Value,
    fichier: PathBuf,
}

impl Contrat {
    /// The example of PACA, with its logos and its pieces.
    fn exemple(dossier: &Path) -> Self {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/paca");
        let texte = std::fs::read_to_string(source.join("exemple.json")).expect("a fixture");
        for ici in ["logos", "pieces"] {
            std::fs::create_dir_all(dossier.join(ici)).expect("a folder");
            for entree in std::fs::read_dir(source.join(ici)).expect("a folder") {
                let entree = entree.expect("a file");
                std::fs::copy(entree.path(), dossier.join(ici).join(entree.file_name())).expect("a copy");
            }
        }
        let valeur = serde_json::from_str(&texte).expect("JSON");
        Contrat { nom: "exemple PACA".to_owned(), valeur, fichier: dossier.join("contrat.json") }
    }

    fn grand(etablissements: usize, dossier: &Path) -> Self {
        let taille =
            Taille { etablissements, fiches: etablissements.max(3), indicateurs: 2 * etablissements.max(3), graine: 1 };
        let nom = format!("{etablissements} établissements");
        Contrat { nom, valeur: grand::contrat(&taille), fichier: dossier.join(format!("{etablissements}.json")) }
    }

    /// The text with a value changed, another for each number; and how long its writing takes, checks included.
    fn document(&self, pointeur: &str, numero: usize) -> (Document, Duration) {
        let mut valeur = self.valeur.clone();
        match valeur.pointer_mut(pointeur) {
            Some(Value::String(texte)) => *texte = format!("{texte} {numero}"),
            Some(nombre) => *nombre = json!(nombre.as_u64().unwrap_or_default() + numero as u64),
            None => assert!(pointeur.is_empty() || numero == 0, "{pointeur} is not in the contract"),
        }
        std::fs::write(&self.fichier, valeur.to_string()).expect("a writable folder");
        let choix = Choix { etat: Some(Etat::Projet), ..Choix::default() };
        let debut = Instant::now();
        let ouverture = dossier::ouvrir(std::slice::from_ref(&self.fichier)).expect("a contract");
        let verification = dossier::verifier(&ouverture, &choix).expect("a verification");
        let document = dossier::rediger(&ouverture, &choix, &verification).expect("a text").remove(0).document;
        (document, debut.elapsed())
    }
}

fn ms(duree: Duration) -> f64 {
    duree.as_secs_f64() * 1e3
}

fn milieu(mut durees: Vec<Duration>) -> Duration {
    durees.sort_unstable();
    durees[durees.len() / 2]
}

/// Whether no ratio is over the bound.
fn mesurer(contrat: &Contrat, tours: usize) -> bool {
    let (document, ecriture) = contrat.document("/reference", 0);
    let mut apercu = Apercu::default();
    let froid = mediane(tours.min(3), || {
        apercu = Apercu::default();
        apercu.oublier();
        apercu.composer(&document).expect("pages");
    });
    let imprime = mediane(tours.min(3), || {
        typst::comemo::evict(0);
        drop(pdf::composer_seul(&document, pdf::Options::default()).expect("a PDF"));
    });
    apercu.composer(&document).expect("pages");
    let rien = mediane(tours, || {
        apercu.composer(&document).expect("pages");
    });
    apercu.ranger();
    let pages = apercu.pages();
    let debut = Instant::now();
    let octets: usize = pages.iter().map(|page| page.svg().len()).sum();
    let svg = debut.elapsed() / pages.len() as u32;
    let zones: usize = pages.iter().map(|page| page.zones.len()).sum();
    println!(
        "{}, {} pages, {zones} rectangles : lecture, règles et rédaction {:.0} ms ; premier aperçu {:.0} ms \
         (PDF de Typst {:.0} ms) ; sans changement {:.1} ms ; SVG {:.1} ms et {} ko par page",
        contrat.nom,
        pages.len(),
        ms(ecriture),
        ms(froid),
        ms(imprime),
        ms(rien),
        ms(svg),
        octets / pages.len() / 1000
    );
    let mut tenu = true;
    for (nom, pointeur, but) in CHANGEMENTS {
        let (mut durees, mut changees) = (Vec::new(), 0);
        for numero in 1..=tours {
            let avant: Vec<String> = apercu.pages().iter().map(|page| page.empreinte.clone()).collect();
            let (document, _) = contrat.document(pointeur, numero);
            let debut = Instant::now();
            let pages = apercu.composer(&document).expect("pages");
            durees.push(debut.elapsed());
            let pages = pages.to_vec();
            apercu.ranger();
            changees = pages.iter().filter(|page| !avant.contains(&page.empreinte)).count();
        }
        let duree = milieu(durees);
        let ratio = duree.as_secs_f64() / froid.as_secs_f64();
        let verdict = match ratio {
            _ if ratio <= BUT => "atteint",
            _ if !but => "hors du but",
            _ if ratio <= PLAFOND => "au-dessus du but",
            _ => {
                tenu = false;
                "RÉGRESSION"
            }
        };
        println!("    {nom:<28} {:>7.1} ms, {changees:>3} pages, {ratio:.3} du premier aperçu : {verdict}", ms(duree));
    }
    tenu
}

/// Operations of a page, over HTTP: a value at a time, then a block of a grid. Whether no ratio is over the bound.
fn operer(contrat: &Contrat, tours: usize) -> bool {
    std::fs::write(&contrat.fichier, contrat.valeur.to_string()).expect("a writable folder");
    let verifier = mediane(3, || {
        let ouverture = dossier::ouvrir(std::slice::from_ref(&contrat.fichier)).expect("a contract");
        dossier::verifier(&ouverture, &Choix::default()).expect("a verification");
    });
    let dossier = tempfile::tempdir().expect("a temporary folder");
    std::fs::copy(&contrat.fichier, dossier.path().join("contrat.json")).expect("a copy");
    let atelier = poste::Atelier::sur(dossier.path());
    let id = atelier.seul();
    let (_, etat) = atelier.demander("GET", &format!("/api/contrats/{id}/valeurs"), None);
    let valeurs = etat["valeurs"].as_object().expect("values");
    let budgets: Vec<(&String, &str)> = valeurs
        .iter()
        .filter(|(chemin, _)| chemin.starts_with("/moyens/budgets/") && chemin.contains("/depenses/groupe_"))
        .filter_map(|(chemin, valeur)| Some((chemin, valeur["t"].as_str()?)))
        .collect();
    let poser = |chemin: &str, texte: String, avant: Option<&str>| json!({ "op": "poser", "chemin": chemin, "texte": texte, "avant": avant });
    let mot = "/intitule";
    let mut avant = valeurs.get(mot).and_then(|valeur| valeur["t"].as_str()).map(str::to_owned);
    let mut durees: Vec<Duration> = Vec::new();
    for numero in 0..tours {
        let texte = format!("Contrat, état {numero}");
        let debut = Instant::now();
        let (statut, dit) = atelier.operer(&id, json!([poser(mot, texte.clone(), avant.as_deref())]));
        durees.push(debut.elapsed());
        assert_eq!(statut, 200, "{dit}");
        avant = Some(texte);
    }
    durees.sort_unstable();
    let (milieu, p95) = (durees[tours / 2], durees[tours * 95 / 100]);
    let bloc: Vec<Value> =
        budgets.iter().take(360).map(|(chemin, avant)| poser(chemin, "1 234,50".to_owned(), Some(*avant))).collect();
    let (nombre, debut) = (bloc.len(), Instant::now());
    let (statut, dit) = atelier.operer(&id, Value::Array(bloc));
    let colle = debut.elapsed();
    assert_eq!(statut, 200, "{dit}");
    let mut tenu = true;
    for (nom, duree) in [("une valeur", milieu), ("un bloc collé", colle)] {
        let ratio = duree.as_secs_f64() / verifier.as_secs_f64();
        let verdict = match ratio {
            _ if ratio <= BUT_OPERATION => "atteint",
            _ if ratio <= PLAFOND_OPERATION => "au-dessus du but",
            _ => {
                tenu = false;
                "RÉGRESSION"
            }
        };
        println!(
            "    {nom:<28} {:>7.1} ms, {ratio:.2} d’une vérification ({:.0} ms) : {verdict}",
            ms(duree),
            ms(verifier)
        );
    }
    println!("    une valeur au 95e centile {:.1} ms ; le bloc a {nombre} cellules", ms(p95));
    tenu
}

/// Memory after many changes: what a day of typing does.
fn memoire(contrat: &Contrat, total: usize) {
    let mut apercu = Apercu::default();
    for numero in 0..=total {
        let (_, pointeur, _) = CHANGEMENTS[numero % CHANGEMENTS.len()];
        let (document, _) = contrat.document(pointeur, numero);
        let pages = apercu.composer(&document).expect("pages");
        assert!(!pages[numero % pages.len()].svg().is_empty());
        if [10, 50, 100, 200, 500, 1_000, 1_500, 2_000].contains(&numero) {
            println!("{numero:>5} changements : {} Mo", residente().unwrap_or_default());
        }
    }
}

/// Resident memory in megabytes, where the system tells it.
fn residente() -> Option<usize> {
    let statut = std::fs::read_to_string("/proc/self/status").ok()?;
    let ligne = statut.lines().find(|ligne| ligne.starts_with("VmRSS:"))?;
    Some(ligne.split_whitespace().nth(1)?.parse::<usize>().ok()? / 1000)
}
