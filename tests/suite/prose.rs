//! Numbers in the free texts of a contract: sentences that must be told, sentences that must not, and the contracts of `fixtures`.

use cpom::remarque::Remarque;
use serde::Deserialize;
use serde_json::json;

use super::outils::{contrats, donnees, modifie, ouvrir};
use super::regles::rapport;

/// Sentences to put in a contract, in `fixtures/regles/phrases.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrases {
    parlent: Vec<Parle>,
    se_taisent: Vec<SeTait>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parle {
    texte: String,
    #[serde(default = "preambule")]
    ou: String,
    /// The words of the text that the remark quotes.
    dit: String,
    /// Words of what the data give.
    donnees: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SeTait {
    texte: String,
    #[serde(default = "preambule")]
    ou: String,
    /// Why nothing is to be said.
    raison: String,
}

fn preambule() -> String {
    "/preambule/contexte".into()
}

fn phrases() -> Phrases {
    let texte = super::outils::lire("fixtures/regles/phrases.json");
    serde_json::from_str(&texte).expect("sentences")
}

/// What is said of a sentence put somewhere in the example.
fn dites(texte: &str, ou: &str) -> Vec<Remarque> {
    let contrat = modifie(&donnees("paca/exemple.json"), json!([{ "op": "add", "path": ou, "value": texte }]));
    let rapport = rapport(&contrat, None).unwrap_or_else(|e| panic!("{texte}: {e}"));
    rapport.remarques.into_iter().filter(|r| r.code == "PER-013" && r.pointeur == ou).collect()
}

#[test]
fn a_count_that_the_data_do_not_give_is_told_with_both() {
    let phrases = phrases().parlent;
    assert!(phrases.len() >= 40, "{}", phrases.len());
    let mut fautes = Vec::new();
    for cas in phrases {
        let dites: Vec<String> = dites(&cas.texte, &cas.ou).iter().map(|r| r.message.replace('\u{A0}', " ")).collect();
        let convient = |m: &String| m.contains(&format!("« {} »", cas.dit)) && m.contains(&cas.donnees);
        if dites.len() != 1 || !dites.iter().all(convient) {
            fautes.push(format!("{}: « {} », {} was expected, {dites:?} came", cas.texte, cas.dit, cas.donnees));
        }
    }
    assert!(fautes.is_empty(), "{} faults\n{}", fautes.len(), fautes.join("\n"));
}

#[test]
fn history_parts_bounds_and_the_works_of_others_are_not_told() {
    let phrases = phrases().se_taisent;
    assert!(phrases.len() >= 60, "{}", phrases.len());
    let mut fautes = Vec::new();
    for cas in phrases {
        let dites = dites(&cas.texte, &cas.ou);
        if !dites.is_empty() {
            fautes.push(format!("{} ({}): {dites:?}", cas.texte, cas.raison));
        }
    }
    assert!(fautes.is_empty(), "{} faults\n{}", fautes.len(), fautes.join("\n"));
}

/// One contract says in its preamble another number of fiches than it has, on purpose.
#[test]
fn the_contracts_of_the_fixtures_say_what_their_data_give() {
    let mut dites = Vec::new();
    for (reference, fichiers) in contrats() {
        let valeur = ouvrir(&fichiers).donnees;
        let Ok(rapport) = rapport(&valeur, None) else { panic!("{reference}: refused") };
        let siennes = rapport.remarques.into_iter().filter(|r| r.code == "PER-013");
        dites.extend(siennes.map(|r| format!("{reference} {} {}", r.pointeur, r.message)));
    }
    assert_eq!(dites.len(), 1, "{dites:#?}");
    assert!(dites[0].contains("environ 30 fiches"), "{dites:#?}");
}
