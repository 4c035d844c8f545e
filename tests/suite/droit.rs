//! The law that is printed: every reference is one that the data holds and that was read; visas stand as the State
//! writes them; a contract is printed under the texts of its day.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use cpom::droit::{self, Etat, Jours, Nature, Texte};
use cpom::modele::Catalogue;
use cpom::modele::visas::Visa;
use cpom::regles::RULES;
use regex::Regex;
use serde_json::{Value, json};

use super::outils::{donnees, modifie, mots_imprimes, racine};
use super::regles::rapport;

static ARTICLES: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b([LRD])\. ?(\d+(?:-\d+)*)").expect("a pattern"));
static ACTES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(loi|décret|instruction(?: interministérielle)?|arrêté) n° ?([A-Z0-9/]*\d+[-/]\d+)")
        .expect("a pattern")
});

/// The texts that hold an article number, in whatever code.
fn articles(numero: &str) -> Vec<&'static Texte> {
    let porte = |t: &&Texte| {
        let apres = t.reference.split_once("art. ").map(|(_, n)| n.split(',').next().unwrap_or(n));
        apres == Some(numero)
    };
    droit::textes().iter().filter(porte).collect()
}

/// What a page prints of the law and the data does not hold, or holds unread.
fn fautes(ou: &str, mots: &str) -> Vec<String> {
    let mots = mots.replace('\u{a0}', " ");
    let connue = |textes: &[&Texte]| textes.iter().any(|t| t.lecture.etat != Etat::NonLu);
    let mut fautes = Vec::new();
    for prise in ARTICLES.captures_iter(&mots) {
        let numero = format!("{}. {}", &prise[1], &prise[2]);
        if !connue(&articles(&numero)) {
            fautes.push(format!("{ou}: {numero}"));
        }
    }
    for prise in ACTES.captures_iter(&mots) {
        let numero = &prise[2];
        let siens: Vec<&Texte> = droit::textes()
            .iter()
            .filter(|t| t.nature != Nature::Code && format!("{} ", t.reference).contains(&format!("{numero} ")))
            .collect();
        if !connue(&siens) {
            fautes.push(format!("{ou}: {} n° {numero}", &prise[1]));
        }
    }
    fautes
}

/// The files of a folder and of those below it, with their words.
fn sous(dossier: &Path, extensions: &[&str]) -> Vec<(String, String)> {
    let mut sortie = Vec::new();
    for entree in std::fs::read_dir(dossier).expect("a folder").flatten() {
        let chemin = entree.path();
        if chemin.is_dir() {
            sortie.extend(sous(&chemin, extensions));
        } else if chemin.extension().is_some_and(|e| extensions.iter().any(|x| e == *x)) {
            sortie.push((chemin.display().to_string(), std::fs::read_to_string(&chemin).expect("a text")));
        }
    }
    sortie
}

fn fichiers_des_modeles() -> Vec<(String, String)> {
    sous(&racine().join("templates"), &["md", "json"])
}

#[test]
fn the_reader_of_references_sees_them() {
    assert_eq!(fautes("ici", "articles L. 313-11 et R. 314-43-2, décret n° 2016-1815"), [] as [&str; 0]);
    assert_eq!(fautes("ici", "article L. 999-1, loi n° 2099-12 du").len(), 2);
    assert_eq!(fautes("ici", "décret n° 2017-982 du 9 mai 2017").len(), 1, "a text that nobody read");
}

#[test]
fn no_model_cites_a_text_that_the_data_does_not_hold_or_that_nobody_read() {
    let fichiers = fichiers_des_modeles();
    assert!(fichiers.len() > 150, "{}", fichiers.len());
    let fautes: Vec<String> = fichiers.iter().flat_map(|(nom, texte)| fautes(nom, texte)).collect();
    assert!(fautes.is_empty(), "{}", fautes.join("\n"));
}

#[test]
fn no_rule_cites_a_text_that_the_data_does_not_hold() {
    let mots = |r: &cpom::regles::Rule| {
        let limites: String = r.limites.iter().map(|l| l.libelle).collect::<Vec<_>>().join(" ");
        [r.titre, r.pourquoi, r.remede, &limites].join(" ")
    };
    let fautes: Vec<String> = RULES.iter().flat_map(|r| fautes(r.code, &mots(r))).collect();
    assert!(fautes.is_empty(), "{}", fautes.join("\n"));
}

/// What only texts found does not hold where none of them is in force: « à toute date » wants a source without date.
#[test]
fn a_rule_that_texts_alone_found_holds_as_long_as_one_of_them_only() {
    let mut fautes = Vec::new();
    for rule in RULES {
        let textes: Vec<&Texte> = rule.references.iter().filter_map(|r| r.texte()).collect();
        if textes.iter().any(|t| t.versions.is_empty()) {
            continue;
        }
        for jour in ["2001-01-01", "2008-06-01", "2014-06-01", "2016-06-01", "2018-01-01", "2019-06-01", "2026-01-01"] {
            let date = jour.parse().ok();
            if rule.vigueur.tient(Jours::au(date)) && !textes.iter().any(|t| t.en_vigueur(date)) {
                fautes.push(format!("{} holds on {jour}", rule.code));
            }
        }
    }
    assert!(fautes.is_empty(), "{}", fautes.join("\n"));
}

/// A value that nothing reads is no value of the law of this program.
#[test]
fn each_value_of_the_law_is_read_by_a_clause_or_a_rule() {
    let clauses = fichiers_des_modeles().into_iter().filter(|(nom, _)| !nom.ends_with("README.md"));
    let mut sources: String = clauses.map(|(_, texte)| texte).collect();
    for dossier in ["src/regles", "src/redaction"] {
        sources.extend(sous(&racine().join(dossier), &["rs"]).into_iter().map(|(_, texte)| texte));
    }
    for valeur in droit::valeurs::valeurs() {
        let id = &valeur.id;
        let lue = ["droit(", "DuDroit(", "DeLaValeur(", "en_vigueur(", "annees(", "valeur("]
            .iter()
            .any(|f| sources.contains(&format!("{f}\"{id}\"")) || sources.contains(&format!("{f}'{id}'")));
        assert!(lue, "nothing reads {id}");
    }
}

/// The report on a contract cites the texts of its day.
#[test]
fn a_finding_cites_no_text_of_another_time() {
    let remarques = rapport(&donnees("persagotiere/exemple.json"), None).expect("a contract").remarques;
    let citees: Vec<&String> = remarques.iter().flat_map(|r| &r.references).collect();
    assert!(citees.iter().any(|c| c.contains("L. 313-11")), "{citees:?}");
    assert!(!citees.iter().any(|c| c.contains("IV ter") || c.contains("arrêté du 3 mars 2017")), "{citees:?}");
}

fn visas_du_modele(id: &str) -> Vec<Visa> {
    Catalogue::embarque().modele(id).expect("a model").manifeste.visas
}

#[test]
fn a_visa_names_a_text_of_the_data_under_its_full_title() {
    for id in ["national", "bretagne", "ara", "paca"] {
        for visa in visas_du_modele(id) {
            let formes = [visa.code.is_some(), visa.acte.is_some(), visa.texte.is_some(), visa.place.is_some()];
            assert_eq!(formes.iter().filter(|f| **f).count(), 1, "{id}: {visa:?}");
            for texte in visa.textes() {
                let connu = droit::texte(texte).unwrap_or_else(|| panic!("{id}: {texte} is no text"));
                assert_ne!(connu.lecture.etat, Etat::NonLu, "{id}: {texte} was not read");
            }
            if let Some(acte) = visa.acte.as_deref().and_then(droit::texte) {
                assert!(acte.titre.is_some(), "{id}: {} has no full title", acte.id);
            }
        }
    }
}

/// Codes, laws, decrees, orders, instructions, each kind by date; a region may follow its own model.
#[test]
fn the_visas_stand_in_the_order_of_the_state_unless_the_region_imposes_another() {
    let rang = |visa: &Visa| -> Option<(usize, String)> {
        if visa.code.is_some() {
            return Some((0, String::new()));
        }
        let acte = visa.acte.as_deref().and_then(droit::texte)?;
        let rang = match acte.nature {
            Nature::Loi => 1,
            Nature::Decret => 2,
            Nature::Arrete => 3,
            Nature::Instruction => 4,
            _ => return None,
        };
        Some((rang, acte.versions.first().map(|v| v.du.iso()).unwrap_or_default()))
    };
    for id in ["national", "bretagne", "ara"] {
        let rangs: Vec<(usize, String)> = visas_du_modele(id).iter().filter_map(rang).collect();
        assert!(rangs.is_sorted() && rangs.len() > 8, "{id}: {rangs:?}");
    }
    let codes =
        |id: &str| visas_du_modele(id).iter().filter_map(|v| v.code).map(|c| format!("{c:?}")).collect::<Vec<_>>();
    for id in ["national", "bretagne", "ara", "paca"] {
        let codes = codes(id);
        assert_eq!(codes.len(), codes.iter().collect::<BTreeSet<_>>().len(), "{id}: one visa per code: {codes:?}");
    }
}

/// What no contract of 2014 can cite: texts, institutions and labels of later years.
const PLUS_TARD: [&str; 9] = [
    "R. 314-39-1",
    "R. 314-43-2",
    "L. 313-12 (IV ter)",
    "sixième année",
    "EPRD",
    "Haute Autorité de santé (HAS)",
    "D. 312-204",
    "R. 331-8",
    "R. 314-234",
];

#[test]
fn a_contract_of_2014_is_printed_under_the_texts_of_2014() {
    let contrat = donnees("persagotiere/exemple.json");
    let mots = mots_imprimes(&contrat, "national", None);
    let vues: Vec<&str> = PLUS_TARD.into_iter().filter(|m| mots.contains(m)).collect();
    assert_eq!(vues, [] as [&str; 0]);
    let aujourd_hui = mots_imprimes(
        &modifie(&contrat, json!([{"op": "replace", "path": "/signature/date", "value": "2026-01-12"}])),
        "national",
        None,
    );
    let absents: Vec<&str> = PLUS_TARD[..1].iter().copied().filter(|m| !aujourd_hui.contains(m)).collect();
    assert_eq!(absents, [] as [&str; 0], "the same contract of today cites them");
}

/// What is printed at a date and was not in force then, but for what the contract itself says.
fn anachronismes(contrat: &Value, modele: &str, jour: &str) -> Vec<String> {
    let date = jour.parse().ok();
    let (mots, donnees) = (mots_imprimes(contrat, modele, None), contrat.to_string());
    let numeros: BTreeSet<String> =
        ARTICLES.captures_iter(&mots).map(|prise| format!("{}. {}", &prise[1], &prise[2])).collect();
    let tardif = |numero: &&String| !donnees.contains(*numero) && !articles(numero).iter().any(|t| t.en_vigueur(date));
    numeros.iter().filter(tardif).map(|numero| format!("{modele}, {jour}: {numero}")).collect()
}

#[test]
fn no_contract_cites_an_article_that_was_not_in_force_at_its_date() {
    let mut fautes = Vec::new();
    for jour in ["2014-06-12", "2016-03-01", "2017-06-12", "2018-12-12", "2020-02-03", "2024-06-03", "2026-01-12"] {
        let operations = json!([
            {"op": "replace", "path": "/signature/date", "value": jour},
            {"op": "replace", "path": "/periode/debut", "value": jour},
            {"op": "remove", "path": "/periode/fin"},
        ]);
        for (base, modele) in [("paca", "paca"), ("ara", "ara"), ("bretagne", "bretagne"), ("ara", "national")] {
            let contrat = modifie(&donnees(&format!("{base}/exemple.json")), operations.clone());
            fautes.extend(anachronismes(&contrat, modele, jour));
        }
    }
    assert!(fautes.is_empty(), "{}", fautes.join("\n"));
}

/// A value of the law that does not exist yet, or for ever, is no fault of a clause.
#[test]
fn a_contract_of_any_day_is_printed() {
    for jour in ["1899-12-31", "1999-06-01", "2002-02-01", "2004-01-01", "2099-06-01"] {
        let operations = json!([
            {"op": "replace", "path": "/signature/date", "value": jour},
            {"op": "replace", "path": "/periode/debut", "value": jour},
            {"op": "remove", "path": "/periode/fin"},
        ]);
        for (base, modele) in [("paca", "paca"), ("ara", "ara"), ("bretagne", "bretagne"), ("paca", "national")] {
            let contrat = modifie(&donnees(&format!("{base}/exemple.json")), operations.clone());
            assert!(mots_imprimes(&contrat, modele, None).len() > 20_000, "{modele}, {jour}");
        }
    }
}

#[test]
fn the_acts_of_a_region_are_not_cited_in_another() {
    let contrat = modifie(
        &donnees("paca/exemple.json"),
        json!([{"op": "replace", "path": "/signature/date", "value": "2018-06-15"}]),
    );
    let ici = mots_imprimes(&contrat, "paca", None);
    assert!(ici.contains("DOMS/PA/PH n° 2016-089"), "the acts of the region are cited at their dates");
    let ailleurs = modifie(&contrat, json!([{"op": "replace", "path": "/parties/autorites/0/region", "value": "53"}]));
    assert!(!mots_imprimes(&ailleurs, "paca", None).contains("DOMS/PA/PH n° 2016-089"));
}
