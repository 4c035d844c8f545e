//! What printing costs beside Typst, by size of contract, and what two cores bring to a run of many:
//! `cargo bench --bench impression` for the whole table, `-- --court` for the short form of the gate, which fails when a
//! ratio is grossly over its target.
//!
//! Times are medians of one run on one machine: only their ratios mean something elsewhere.

// A benchmark is the one place that looks at a clock.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

mod commun;
#[path = "../tests/suite/grand.rs"]
mod grand;

use commun::mediane;
use cpom::document::{Document, Etat};
use cpom::dossier::{self, Choix, Format};
use cpom::isolement;
use cpom::lot::{self, Demande, IssueDuContrat};
use cpom::rendu::{docx, pdf};
use grand::Taille;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// A ratio of the issue: what is aimed at, and what the gate refuses.
struct Cible {
    nom: &'static str,
    but: f64,
    plafond: f64,
}

const AMONT: Cible = Cible { nom: "(lecture + règles + rédaction) / PDF", but: 0.10, plafond: 0.25 };
const TYPST: Cible = Cible { nom: "cpom generer PDF / Typst seul", but: 1.20, plafond: 2.00 };
const WORD: Cible = Cible { nom: "Word / PDF", but: 0.15, plafond: 0.35 };
/// One core over two: the less the better.
const DEUX_COEURS: Cible = Cible { nom: "lot, deux cœurs / un cœur", but: 1.0 / 1.7, plafond: 0.85 };

/// The files that a contract names, read by a process apart.
const A_PART: Cible = Cible { nom: "fichiers lus à part / sur place (PDF entier)", but: 1.05, plafond: 1.25 };

fn main() -> ExitCode {
    let court = std::env::args().any(|a| a == "--court");
    let dossier = tempfile::tempdir().expect("a temporary folder");
    let (tailles, tours): (&[usize], usize) = if court { (&[1, 5], 3) } else { (&[1, 5, 20, 60], 5) };
    println!(
        "{:>5} {:>6} {:>10} {:>10} {:>10} {:>10} {:>10} | {:>10} {:>12} {:>10}",
        "ESMS", "pages", "lecture", "règles", "rédaction", "PDF", "Word", "amont/PDF", "PDF/Typst", "Word/PDF"
    );
    let mut ratios = Vec::new();
    for etablissements in tailles {
        let mesure = Mesure::de(*etablissements, tours, dossier.path());
        mesure.dire();
        ratios.push((&AMONT, mesure.amont().as_secs_f64() / mesure.pdf.as_secs_f64()));
        ratios.push((&TYPST, (mesure.amont() + mesure.pdf).as_secs_f64() / mesure.typst.as_secs_f64()));
        ratios.push((&WORD, mesure.word.as_secs_f64() / mesure.pdf.as_secs_f64()));
    }
    let sur_place = exemple(tours);
    // From here on, files and the contracts of a run go to processes, as with the commands.
    isolement::employer(env!("CARGO_BIN_EXE_cpom").into());
    let a_part = exemple(tours);
    let ms = |duree: Duration| duree.as_secs_f64() * 1e3;
    println!(
        "exemple PACA, trois logos et deux pièces : vérifié en {:.1} ms sur place, {:.1} ms à part ; imprimé en {:.0} ms",
        ms(sur_place.0),
        ms(a_part.0),
        ms(a_part.1)
    );
    ratios.push((&A_PART, ms(a_part.0 + a_part.1) / ms(sur_place.0 + sur_place.1)));
    if std::thread::available_parallelism().is_ok_and(|n| n.get() >= 2) {
        let nombre = if court { 8 } else { 40 };
        let [un, deux] = [1, 2].map(|fils| lot(nombre, fils, dossier.path()));
        println!(
            "lot de {nombre} contrats : {:.1} s sur un cœur, {:.1} s sur deux",
            un.as_secs_f64(),
            deux.as_secs_f64()
        );
        ratios.push((&DEUX_COEURS, deux.as_secs_f64() / un.as_secs_f64()));
    }
    juger(&ratios)
}

fn juger(ratios: &[(&Cible, f64)]) -> ExitCode {
    let mut issue = ExitCode::SUCCESS;
    for cible in [&AMONT, &TYPST, &WORD, &A_PART, &DEUX_COEURS] {
        let Some(pire) = ratios.iter().filter(|(c, _)| c.nom == cible.nom).map(|(_, r)| *r).reduce(f64::max) else {
            continue;
        };
        let verdict = match pire {
            r if r <= cible.but => "atteint",
            r if r <= cible.plafond => "au-dessus du but",
            _ => {
                issue = ExitCode::FAILURE;
                "RÉGRESSION"
            }
        };
        println!(
            "{:<45} au pire {pire:.2} (but {:.2}, plafond {:.2}) : {verdict}",
            cible.nom, cible.but, cible.plafond
        );
    }
    issue
}

/// How long the example of PACA takes with its files: read and checked, then written and printed.
fn exemple(tours: usize) -> (Duration, Duration) {
    let fichiers = [PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/paca/exemple.json"))];
    let choix = Choix { etat: Some(Etat::Projet), ..Choix::default() };
    let verifier = || {
        let ouverture = dossier::ouvrir(&fichiers).expect("a contract");
        let verification = dossier::verifier(&ouverture, &choix).expect("a verification");
        (ouverture, verification)
    };
    let avant = mediane(tours, || drop(verifier()));
    let (ouverture, verification) = verifier();
    let apres = mediane(tours, || {
        typst::comemo::evict(0);
        let exemplaires = dossier::rediger(&ouverture, &choix, &verification).expect("a dossier");
        drop(dossier::imprimer_tout(&exemplaires, &[Format::Pdf], false, |_, _| ()).expect("a PDF"));
    });
    (avant, apres)
}

/// Runs of what takes some hundredths of a second: a busy moment weighs on one of them, not on the median.
const COURTS: usize = 15;

struct Mesure {
    etablissements: usize,
    pages: u32,
    lecture: Duration,
    regles: Duration,
    redaction: Duration,
    pdf: Duration,
    typst: Duration,
    word: Duration,
}

impl Mesure {
    fn de(etablissements: usize, tours: usize, dossier: &Path) -> Self {
        let fichiers = [ecrire(etablissements, 1, dossier)];
        let choix = Choix { etat: Some(Etat::Projet), ..Choix::default() };
        let lecture = mediane(COURTS, || drop(dossier::ouvrir(&fichiers).expect("a contract")));
        let ouverture = dossier::ouvrir(&fichiers).expect("a contract");
        let regles = mediane(COURTS, || drop(dossier::verifier(&ouverture, &choix).expect("a verification")));
        let verification = dossier::verifier(&ouverture, &choix).expect("a verification");
        let rediger = || dossier::rediger(&ouverture, &choix, &verification).expect("a dossier");
        let redaction = mediane(COURTS, || drop(rediger()));
        let document: Document = rediger().remove(0).document;
        let mut pages = 0;
        // Nothing is kept from one printing to the next: each costs what the first does.
        let pdf = mediane(tours, || {
            typst::comemo::evict(0);
            pages = pdf::rendre(&document, pdf::Options::default()).expect("a PDF").pages;
        });
        let typst = mediane(tours, || {
            typst::comemo::evict(0);
            drop(pdf::composer_seul(&document, pdf::Options::default()).expect("a PDF"));
        });
        let word = mediane(tours, || drop(docx::rendre(&document, &docx::Options::default()).expect("a Word file")));
        Mesure { etablissements, pages, lecture, regles, redaction, pdf, typst, word }
    }

    fn amont(&self) -> Duration {
        self.lecture + self.regles + self.redaction
    }

    fn dire(&self) {
        let ms = |d: Duration| format!("{:.1} ms", d.as_secs_f64() * 1e3);
        let sur = |a: Duration, b: Duration| format!("{:.2}", a.as_secs_f64() / b.as_secs_f64());
        println!(
            "{:>5} {:>6} {:>10} {:>10} {:>10} {:>10} {:>10} | {:>10} {:>12} {:>10}",
            self.etablissements,
            self.pages,
            ms(self.lecture),
            ms(self.regles),
            ms(self.redaction),
            ms(self.pdf),
            ms(self.word),
            sur(self.amont(), self.pdf),
            sur(self.amont() + self.pdf, self.typst),
            sur(self.word, self.pdf),
        );
    }
}

/// A contract of that size, in a file.
fn ecrire(etablissements: usize, graine: u64, dossier: &Path) -> PathBuf {
    let taille =
        Taille { etablissements, fiches: etablissements.max(3), indicateurs: 2 * etablissements.max(3), graine };
    let mut contrat = grand::contrat(&taille);
    contrat["reference"] = format!("BANC-{etablissements}-{graine}").into();
    let fichier = dossier.join(format!("{etablissements}-{graine}.json"));
    std::fs::write(&fichier, contrat.to_string()).expect("a writable folder");
    fichier
}

/// How long a run of contracts of mixed sizes takes.
fn lot(nombre: usize, fils: usize, dossier: &Path) -> Duration {
    let source = dossier.join("lot");
    std::fs::create_dir_all(&source).expect("a folder");
    let chemins: Vec<PathBuf> = (0..nombre).map(|rang| ecrire([1, 2, 3, 6][rang % 4], rang as u64, &source)).collect();
    let sortie = dossier.join(format!("sortie-{fils}"));
    let arguments = ["assistant", "lot", ".", "--etat", "projet", "--format", "pdf", "--sortie"];
    let arguments = arguments.into_iter().map(Into::into).chain([sortie.clone().into()]).collect();
    let demande = Demande {
        entrees: lot::chercher(&chemins, &sortie).expect("contracts"),
        choix: Choix { etat: Some(Etat::Projet), ..Choix::default() },
        formats: vec![Format::Pdf],
        decoupe: false,
        sortie,
        fils,
        continuer: false,
        equipe: Some(lot::equipe(arguments)),
    };
    let debut = Instant::now();
    let bilan = lot::executer(&demande, &AtomicBool::new(false), |_, _| {}).expect("a run");
    let duree = debut.elapsed();
    assert_eq!(bilan.manifeste.compter(IssueDuContrat::Imprime), nombre);
    duree
}
