//! The table of conformity, by quantifying over its data: texts and rules exist, marks are deserved, nothing is left out.

use std::collections::BTreeSet;

use cpom::droit::conformite::{Demande, Reste, Section, sections};
use cpom::droit::{self, Etat, Nature, Texte};
use cpom::modele::visas::Visa;
use cpom::regles::conformite::{Appui, appui, markdown, regles};
use cpom::regles::{Famille, RULES, Rule, rule};
use cpom::remarque::Severite;
use serde_json::Value;

use super::outils::{fichiers, json, lire, racine};

/// Every demand, with its section.
fn lignes() -> Vec<(&'static Section, &'static Demande)> {
    sections().iter().flat_map(|s| s.lignes.iter().map(move |l| (s, l))).collect()
}

fn textes(section: &Section, ligne: &Demande) -> Vec<&'static Texte> {
    ligne.textes(section).filter_map(droit::texte).collect()
}

fn articles(rule: &Rule) -> Vec<&'static Texte> {
    rule.references.iter().filter_map(|r| r.texte()).filter(|t| t.nature == Nature::Code).collect()
}

#[test]
fn the_committed_table_is_that_of_the_data() {
    let ecrit = std::fs::read_to_string(racine().join("src/regles/CONFORMITE.md")).unwrap_or_default();
    assert!(
        ecrit == markdown(),
        "src/regles/CONFORMITE.md is out of date: cargo run --release -- regles --conformite > src/regles/CONFORMITE.md"
    );
}

#[test]
fn every_text_and_every_rule_of_the_table_exist() {
    for (section, ligne) in lignes() {
        for id in ligne.textes(section) {
            assert!(droit::texte(id).is_some(), "« {} »: no text {id}", ligne.demande);
        }
        for nom in &ligne.regles {
            let famille = Famille::TOUTES.iter().any(|f| f.sigle() == nom);
            assert!(famille || rule(nom).is_some(), "« {} »: {nom} is no rule and no family", ligne.demande);
        }
        let dites = [section.intro.as_deref(), ligne.precision.as_deref(), Some(&ligne.demande)];
        for mot in dites.into_iter().flatten().flat_map(|t| t.split(|c: char| !c.is_ascii_alphanumeric() && c != '-')) {
            let code = mot.len() == 7 && mot.as_bytes()[3] == b'-' && mot[..3].bytes().all(|b| b.is_ascii_uppercase());
            assert!(!code || rule(mot).is_some(), "« {} »: {mot} is no rule", ligne.demande);
        }
    }
}

#[test]
fn every_article_that_was_looked_up_has_a_line() {
    let vus: BTreeSet<&str> = lignes().iter().flat_map(|(s, l)| l.textes(s)).collect();
    let oublies = droit::textes().iter().filter(|t| t.nature == Nature::Code && !vus.contains(t.id.as_str()));
    assert_eq!(oublies.map(|t| t.id.as_str()).collect::<Vec<_>>(), [] as [&str; 0]);
}

#[test]
fn every_line_has_a_mark_and_what_is_not_dealt_with_has_no_other() {
    for (_, ligne) in lignes() {
        let regles = !ligne.regles.is_empty();
        let dit = &ligne.demande;
        assert!(regles || ligne.est_imprimee() || ligne.reste.is_some(), "« {dit} » has no mark");
        if ligne.reste == Some(Reste::NonTraite) {
            assert!(!regles && !ligne.est_imprimee(), "« {dit} » is said to be dealt with, and not to be");
        }
        let mots = [Some(dit), ligne.precision.as_ref(), ligne.alinea.as_ref()];
        assert!(mots.into_iter().flatten().all(|m| !m.contains(['|', '\n']) && !m.ends_with('.')), "« {dit} »");
    }
}

/// A rule that a line names rests on a text of the line, or the line says on what it rests.
#[test]
fn a_rule_rests_on_the_text_of_its_line_or_the_line_says_otherwise() {
    let table = markdown();
    let (mut directs, mut autres) = (0, 0);
    for (section, ligne) in lignes() {
        let ids: Vec<&str> = ligne.textes(section).collect();
        let dite = |code: &str| {
            let sienne = |l: &&str| l.contains(&format!("| {} |", ligne.demande)) && l.contains(code);
            table.lines().find(sienne).is_some_and(|l| l.contains(" au titre d"))
        };
        for rule in regles(ligne) {
            let cite = rule.references.iter().filter_map(|r| r.texte()).any(|t| ids.contains(&t.id.as_str()));
            assert_eq!(cite, appui(rule, &ids) == Appui::Texte, "{}", rule.code);
            assert!(cite || dite(rule.code), "« {} » does not say what {} rests on", ligne.demande, rule.code);
            if cite { directs += 1 } else { autres += 1 }
        }
    }
    assert!(directs > 40 && autres > 40, "{directs}, {autres}");
}

#[test]
fn every_rule_that_blocks_in_the_name_of_an_article_is_in_a_line_of_it() {
    for rule in RULES.iter().filter(|r| r.severite == Severite::Bloquante && !articles(r).is_empty()) {
        let ids: Vec<&str> = articles(rule).iter().map(|t| t.id.as_str()).collect();
        let nommee = lignes()
            .iter()
            .any(|(s, l)| regles(l).iter().any(|r| r.code == rule.code) && l.textes(s).any(|t| ids.contains(&t)));
        assert!(nommee, "{} rests on {ids:?} and no line of them names it", rule.code);
    }
}

/// No rule is said to impose in the name of texts that nobody read.
#[test]
fn nothing_is_imposed_in_the_name_of_an_unread_text() {
    for (section, ligne) in lignes() {
        let textes = textes(section, ligne);
        if textes.iter().all(|t| t.lecture.etat == Etat::NonLu) {
            assert!(regles(ligne).is_empty(), "« {} »", ligne.demande);
        }
    }
}

/// What models print: their clauses without comments, and the visas of their manifests.
fn imprimable() -> String {
    let clauses = fichiers("templates", "md").into_iter().filter(|f| !f.ends_with("README.md")).map(lire);
    let mut texte: String = clauses.map(|c| sans_commentaires(&c)).collect::<Vec<_>>().join("\n");
    for manifeste in fichiers("templates", "json").into_iter().filter(|f| f.ends_with("modele.json")) {
        let visas: Vec<Visa> = serde_json::from_value(json(manifeste)["visas"].clone()).unwrap_or_default();
        for visa in visas {
            let vises = visa.textes().filter_map(droit::texte).map(|t| t.reference.clone());
            texte += &vises.chain(visa.texte.clone()).collect::<Vec<_>>().join("\n");
            texte.push('\n');
        }
    }
    texte.replace('\u{a0}', " ")
}

fn sans_commentaires(clause: &str) -> String {
    clause
        .split("{#")
        .enumerate()
        .map(|(rang, m)| if rang == 0 { m } else { m.split_once("#}").map_or("", |(_, r)| r) })
        .collect()
}

/// « R. 314-107 » of « CASF, art. R. 314-107 »; of any other text, the whole of its reference.
fn nom(texte: &Texte) -> &str {
    texte.reference.split_once(", art. ").map_or(texte.reference.as_str(), |(_, a)| a.split(',').next().unwrap_or(a))
}

/// Whether a text holds a reference, and not only a longer one.
fn cite(texte: &str, nom: &str) -> bool {
    texte.match_indices(nom).any(|(ou, _)| {
        let mut suite = texte[ou + nom.len()..].chars();
        match suite.next() {
            Some('-') => !suite.next().is_some_and(|c| c.is_ascii_digit()),
            Some(c) => !c.is_ascii_digit(),
            None => true,
        }
    })
}

#[test]
fn what_is_said_to_be_printed_is_in_a_clause_or_a_visa() {
    let imprimable = imprimable();
    assert!(cite(&imprimable, "R. 314-107") && !cite(&imprimable, "R. 314-10"));
    let mut vues = 0;
    for (section, ligne) in lignes().into_iter().filter(|(_, l)| l.est_imprimee()) {
        let noms: Vec<&str> = textes(section, ligne).into_iter().map(nom).collect();
        assert!(noms.iter().any(|n| cite(&imprimable, n)), "no clause nor visa cites any of {noms:?}");
        vues += 1;
    }
    assert!(vues > 20, "{vues}");
}

/// The file is read by other programs too.
#[test]
fn the_data_follows_its_schema() {
    let schema: Value = json("schemas/conformite.schema.json");
    let schema = cpom::schema::Schema::depuis_valeur(schema).expect("a valid schema");
    let refus = schema.valider(&json("src/droit/conformite.json"), &|_| None);
    assert!(refus.is_empty(), "{refus:#?}");
}
