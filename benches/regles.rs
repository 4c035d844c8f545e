//! How long the consistency rules take, by size of contract: `cargo bench --bench regles`.
//!
//! What counts is the ratios of one run: each line doubles the contract, so a ratio near 2 says that the rules
//! grow linearly; the reading of the same file is given beside.

// A benchmark is the one place that looks at a clock.
#![allow(clippy::disallowed_methods, clippy::print_stdout)]

mod commun;
#[path = "../tests/suite/grand.rs"]
mod grand;

use commun::mediane;
use cpom::contrat::Contrat;
use cpom::lecture::{self, Fichier};
use cpom::modele::Catalogue;
use cpom::regles::{self, Demande, Fichiers};
use cpom::schema::{Schema, generation};
use grand::Taille;
use std::hint::black_box;
use std::time::Duration;

/// Runs of each measure; the median is kept.
const TOURS: usize = 31;

fn main() {
    let schema = Schema::depuis_valeur(generation::schema_contrat()).expect("our schema");
    let modele = Catalogue::embarque().modele("national").expect("the national model");
    println!(
        "{:>5} {:>7} {:>12} {:>10} {:>7} {:>12} {:>17}",
        "ESMS", "fiches", "indicateurs", "règles", "ratio", "lecture", "règles / lecture"
    );
    let mut precedente: Option<Duration> = None;
    for facteur in [1, 2, 4, 8] {
        let taille =
            Taille { etablissements: 15 * facteur, fiches: 25 * facteur, indicateurs: 100 * facteur, graine: 1 };
        let donnees = grand::contrat(&taille);
        let texte = serde_json::to_vec_pretty(&donnees).expect("JSON");
        let contrat: Contrat = serde_json::from_value(donnees.clone()).expect("a valid contract");
        let fichiers = Fichiers::new();
        let demande = Demande {
            contrat: &contrat,
            donnees: &donnees,
            modele: &modele.manifeste,
            modele_determine: true,
            definitif: true,
            fichiers: &fichiers,
        };
        let regles = mediane(TOURS, || {
            black_box(regles::verifier(black_box(&demande), &[], &|_| None));
        });
        let lecture = mediane(TOURS, || {
            let fichier = Fichier { nom: "contrat.json".into(), octets: texte.clone() };
            let lu = lecture::lire_fichiers(vec![fichier]).expect("JSON");
            black_box(schema.valider(&lu.valeur, &|p| lu.positions.de(p)));
            black_box(serde_json::from_value::<Contrat>(lu.valeur).expect("a valid contract"));
        });
        let ratio = precedente.map_or("–".into(), |p| format!("{:.2}", regles.as_secs_f64() / p.as_secs_f64()));
        println!(
            "{:>5} {:>7} {:>12} {:>7.2} ms {:>7} {:>9.2} ms {:>17.2}",
            taille.etablissements,
            taille.fiches,
            taille.indicateurs,
            regles.as_secs_f64() * 1e3,
            ratio,
            lecture.as_secs_f64() * 1e3,
            regles.as_secs_f64() / lecture.as_secs_f64()
        );
        precedente = Some(regles);
    }
}
