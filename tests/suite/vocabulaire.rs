//! One term for one thing: no clause of a model, nor any title of its plan, uses a word for which the house has another.

use std::fs;

use super::outils::fichiers;

/// Words that clauses do not use, and the one that they use instead.
const PREFERES: [(&str, &str); 17] = [
    ("mesures de correction", "mesures correctives"),
    ("mesures correctrices", "mesures correctives"),
    ("actions correctives", "mesures correctives"),
    ("bilan de mi-parcours", "bilan intermédiaire"),
    ("bilan à mi-parcours", "bilan intermédiaire"),
    ("dialogue de mi-parcours", "dialogue à mi-parcours"),
    ("dialogue intermédiaire", "dialogue à mi-parcours"),
    ("le contrat suivant", "le contrat qui succédera à celui-ci"),
    ("du contrat suivant", "du contrat qui succédera à celui-ci"),
    ("fiches-actions", "fiches actions"),
    ("comité de pilotage", "comité de suivi"),
    ("entité gestionnaire", "gestionnaire"),
    ("organisme gestionnaire", "gestionnaire"),
    ("chaque structure", "chaque établissement ou service"),
    ("structures concernées", "établissements et services concernés"),
    ("usagers", "personnes accompagnées"),
    ("recettes et dépenses", "recettes et des dépenses"),
];

/// What is left of a clause when its tags are taken away: the words that are printed, and those inside expressions
/// that choose between two.
fn mots(texte: &str) -> String {
    texte.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase().replace('\u{2019}', "'")
}

fn fautes(nom: &str, texte: &str) -> Vec<String> {
    let mots = mots(texte);
    let refuses = PREFERES.iter().filter(|(refuse, _)| mots.contains(refuse));
    refuses.map(|(refuse, prefere)| format!("{nom}: « {refuse} » is « {prefere} »")).collect()
}

#[test]
fn one_term_says_one_thing_in_all_models() {
    let clauses = fichiers("templates", "md").into_iter().filter(|f| !f.ends_with("README.md"));
    let manifestes = fichiers("templates", "json").into_iter().filter(|f| f.ends_with("modele.json"));
    let toutes: Vec<String> = clauses
        .chain(manifestes)
        .flat_map(|f| fautes(&f.display().to_string(), &fs::read_to_string(&f).expect("a readable file")))
        .collect();
    assert!(toutes.is_empty(), "{}", toutes.join("\n"));
}

#[test]
fn each_word_refused_would_be_seen_and_no_preferred_word_is_refused() {
    for (refuse, prefere) in PREFERES {
        assert_eq!(fautes("clause", &format!("Il est dit\n{refuse} ici.")).len(), 1, "{refuse}");
        let admis = fautes("clause", prefere);
        assert!(admis.is_empty(), "{prefere}: {admis:?}");
    }
}
