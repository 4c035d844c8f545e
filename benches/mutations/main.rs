//! What the rules see of a slip: `cargo bench --bench mutations`.
//!
//! Each figure, year, date, reference, choice and code of a consistent contract is changed alone, and the contract verified again; it
//! is seen when a remark comes that was not there. `-- --invisibles` lists what is not, by place; `-- --court` (the gate) tries one
//! change out of four and fails when a share falls below its floor; a word keeps the contracts that bear it.

#![allow(clippy::print_stdout)]

mod changements;

use changements::{Changement, Geste, changements};
use cpom::contrat::Contrat;
use cpom::lecture;
use cpom::modele::Catalogue;
use cpom::modele::manifeste::Manifeste;
use cpom::regles::{self, Demande, Fichiers};
use cpom::schema::{Schema, generation};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The contracts that are changed; the first three have floors.
const CONTRATS: [&str; 6] = [
    "paca/exemple.json",
    "bretagne/exemple.json",
    "ara/exemple.json",
    "paca/minimal.json",
    "persagotiere/exemple.json",
    "hesperia71",
];

/// The least share, in percent, of the slips of figures that must be seen in each of the first three.
const PLANCHERS: [(Geste, f64); 4] =
    [(Geste::Dix, 95.0), (Geste::Dixieme, 88.0), (Geste::DixPourCent, 58.0), (Geste::Inversion, 69.0)];
/// The short form tries one change out of so many, the same ones each time.
const PAS_COURT: usize = 4;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let demande = |mot: &str| arguments.iter().any(|a| a == mot);
    let (court, invisibles) = (demande("--court"), demande("--invisibles"));
    let mots: Vec<&String> = arguments.iter().filter(|a| !a.starts_with("--")).collect();
    let juges = if court { &CONTRATS[..3] } else { &CONTRATS[..] };
    let retenus: Vec<&str> = juges
        .iter()
        .copied()
        .filter(|nom| mots.is_empty() || mots.iter().any(|mot| nom.contains(mot.as_str())))
        .collect();
    // Two at a time: what is counted is not a time.
    let bilans: Vec<(&str, Bilan)> = std::thread::scope(|portee| {
        let fils: Vec<_> = retenus
            .iter()
            .map(|nom| portee.spawn(move || (*nom, mesurer(nom, if court { PAS_COURT } else { 1 }))))
            .collect();
        fils.into_iter().map(|fil| fil.join().expect("a measure")).collect()
    });
    let mut sous_le_plancher = Vec::new();
    for (nom, bilan) in &bilans {
        println!("\n{nom}");
        bilan.imprimer(invisibles);
        for (geste, plancher) in PLANCHERS.into_iter().filter(|_| CONTRATS[..3].contains(nom)) {
            let part = bilan.total(geste).part();
            if part < plancher {
                sous_le_plancher.push(format!("{nom}, {}: {part:.1} % seen, at least {plancher} asked", geste.titre()));
            }
        }
    }
    for ligne in &sous_le_plancher {
        println!("{ligne}");
    }
    if court && !sous_le_plancher.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// How many slips, and how many were seen.
#[derive(Debug, Default, Clone, Copy)]
struct Part {
    vus: usize,
    tous: usize,
}

impl Part {
    fn part(self) -> f64 {
        if self.tous == 0 { 100.0 } else { self.vus as f64 * 100.0 / self.tous as f64 }
    }
}

impl std::ops::AddAssign for Part {
    fn add_assign(&mut self, autre: Self) {
        self.vus += autre.vus;
        self.tous += autre.tous;
    }
}

#[derive(Default)]
struct Bilan {
    /// By place, then by slip.
    motifs: BTreeMap<String, BTreeMap<Geste, Part>>,
    /// What saw them.
    codes: BTreeMap<String, usize>,
}

impl Bilan {
    fn somme(&self, geste: Geste, retenu: impl Fn(&str) -> bool) -> Part {
        let mut total = Part::default();
        for (_, gestes) in self.motifs.iter().filter(|(motif, _)| retenu(motif)) {
            total += gestes.get(&geste).copied().unwrap_or_default();
        }
        total
    }

    fn total(&self, geste: Geste) -> Part {
        self.somme(geste, |_| true)
    }

    fn imprimer(&self, invisibles: bool) {
        let familles: BTreeSet<String> = self.motifs.keys().map(|motif| famille(motif)).collect();
        let ligne = |titre: &str, parts: Vec<Part>| {
            let cases: Vec<String> = parts
                .into_iter()
                .map(|p| if p.tous == 0 { "–".to_string() } else { format!("{:.0} ({})", p.part(), p.tous) })
                .collect();
            println!("{titre:<44}{}", cases.iter().map(|c| format!("{c:>11}")).collect::<String>());
        };
        println!(
            "{:<44}{}",
            "% seen (of)",
            Geste::TOUS.iter().map(|g| format!("{:>11}", g.titre())).collect::<String>()
        );
        for f in &familles {
            ligne(f, Geste::TOUS.iter().map(|g| self.somme(*g, |motif| famille(motif) == *f)).collect());
        }
        ligne("all", Geste::TOUS.iter().map(|g| self.total(*g)).collect());
        if invisibles {
            println!("\nnot seen");
            for (motif, gestes) in &self.motifs {
                let rates: Vec<String> = gestes
                    .iter()
                    .filter(|(_, p)| p.vus < p.tous)
                    .map(|(geste, p)| format!("{} {}/{}", geste.titre(), p.tous - p.vus, p.tous))
                    .collect();
                if !rates.is_empty() {
                    println!("  {motif:<70} {}", rates.join("  "));
                }
            }
            let codes: Vec<String> = self.codes.iter().map(|(code, n)| format!("{code} {n}")).collect();
            println!("seen by  {}", codes.join("  "));
        }
    }
}

/// The part of the contract where a place stands.
fn famille(motif: &str) -> String {
    let pas: Vec<&str> = motif.split('/').skip(1).filter(|p| *p != "*").collect();
    pas[..pas.len().saturating_sub(1).clamp(1, 2)].join("/")
}

fn mesurer(nom: &str, pas: usize) -> Bilan {
    let donnees = lire(nom);
    let schema = Schema::depuis_valeur(generation::schema_contrat()).expect("our schema");
    let id = donnees.pointer("/modele/id").and_then(Value::as_str).unwrap_or("national");
    let manifeste = Catalogue::embarque().modele(id).expect("its model").manifeste;
    let mut bilan = Bilan::default();
    let avant = dit(&donnees, &schema, &manifeste);
    let mut ici = donnees.clone();
    for Changement { pointeur, motif, geste, valeur } in changements(&donnees).into_iter().step_by(pas) {
        let place = ici.pointer_mut(&pointeur).expect("a place of the contract");
        let ancienne = std::mem::replace(place, valeur);
        let apres = dit(&ici, &schema, &manifeste);
        let venus: BTreeSet<&str> = apres.difference(&avant).map(|(code, _)| code.as_str()).collect();
        let part = Part { vus: usize::from(!venus.is_empty()), tous: 1 };
        *bilan.motifs.entry(motif).or_default().entry(geste).or_default() += part;
        for code in venus {
            *bilan.codes.entry(code.to_owned()).or_default() += 1;
        }
        *ici.pointer_mut(&pointeur).expect("a place of the contract") = ancienne;
    }
    bilan
}

fn lire(nom: &str) -> Value {
    let chemin = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(nom);
    let chemins: Vec<PathBuf> = if chemin.is_dir() {
        let mut fichiers: Vec<PathBuf> =
            std::fs::read_dir(&chemin).expect("a folder").map(|e| e.expect("a file").path()).collect();
        fichiers.retain(|f| f.extension().is_some_and(|e| e == "json"));
        fichiers.sort();
        fichiers
    } else {
        vec![chemin]
    };
    lecture::sans_commentaires(&lecture::lire(&chemins).expect("a fixture").valeur)
}

/// Codes and places of all that is said of a contract: what the schema refuses, else what the rules find.
fn dit(donnees: &Value, schema: &Schema, manifeste: &Manifeste) -> BTreeSet<(String, String)> {
    let refus = schema.valider(donnees, &|_| None);
    if !refus.is_empty() {
        return refus.into_iter().map(|r| (r.code, r.pointeur)).collect();
    }
    let contrat: Contrat = match serde_json::from_value(donnees.clone()) {
        Ok(contrat) => contrat,
        Err(erreur) => return BTreeSet::from([("SCH".to_owned(), erreur.to_string())]),
    };
    let fichiers = Fichiers::new();
    let demande = Demande {
        contrat: &contrat,
        donnees,
        modele: manifeste,
        modele_determine: true,
        definitif: true,
        fichiers: &fichiers,
    };
    regles::verifier(&demande, &[], &|_| None).remarques.into_iter().map(|r| (r.code, r.pointeur)).collect()
}
