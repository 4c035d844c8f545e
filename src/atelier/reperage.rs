//! The draft of a contract → the same words, where those that a clause took from the data say which value they are: a click
//! on them leads to its field.
//!
//! A clause words what it prints as it likes (« l'association Les Tilleuls, représentée par… »). A value is told by its
//! words; of those that have the same, the one nearest to the root is the source (the name of a party, before that of a
//! member of a committee), and none when two are as near.

use super::vue::{Feuille, feuille};
use crate::document::{Document, Inline, parcours};
use crate::redaction::typographie;
use crate::remarque::jeton_de_pointeur;
use crate::schema::forme::{Forme, Nature, forme_du_contrat};
use aho_corasick::{AhoCorasick, MatchKind};
use serde_json::Value;
use std::collections::BTreeMap;

/// Fewer characters are found in words that say something else.
const COURT: usize = 5;
/// The same, of a number.
const CHIFFRES: usize = 9;

/// Marks the values that clauses word; a document that cannot be searched stays as it is.
pub fn reperer(document: &mut Document, donnees: &Value) {
    let mut mots = BTreeMap::new();
    relever(donnees, &forme_du_contrat(), "", &mut mots);
    let seuls = sources(mots);
    let cherches = seuls.iter().map(|(mots, _)| mots);
    let Ok(automate) = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(cherches) else { return };
    parcours::remplacer(document, &mut |texte| decouper(texte, &automate, &seuls));
}

/// Words that one value is the source of, with its pointer.
fn sources(mots: BTreeMap<String, Vec<String>>) -> Vec<(String, String)> {
    let profondeur = |pointeur: &String| {
        // A party and an establishment are called where they are described.
        let decrit = ["/parties/", "/perimetre/"].iter().position(|debut| pointeur.starts_with(debut)).unwrap_or(2);
        (pointeur.matches('/').count(), decrit)
    };
    let source = |(mots, pointeurs): (String, Vec<String>)| {
        let premiere = pointeurs.iter().map(profondeur).min()?;
        let mut proches = pointeurs.into_iter().filter(|p| profondeur(p) == premiere);
        let seule = proches.next()?;
        proches.next().is_none().then_some((mots, seule))
    };
    mots.into_iter().filter_map(source).collect()
}

/// The words of each value as they are printed, with the pointers of the values that have them.
fn relever(valeur: &Value, forme: &Forme, pointeur: &str, mots: &mut BTreeMap<String, Vec<String>>) {
    match valeur {
        Value::Object(objet) => {
            for (cle, enfant) in objet {
                if let Some(sous_forme) = forme.cles.get(cle).or(forme.element.as_ref()) {
                    relever(enfant, sous_forme, &format!("{pointeur}/{}", jeton_de_pointeur(cle)), mots);
                }
            }
        }
        Value::Array(elements) => {
            let Some(sous_forme) = &forme.element else { return };
            for (rang, element) in elements.iter().enumerate() {
                relever(element, sous_forme, &format!("{pointeur}/{rang}"), mots);
            }
        }
        _ => {
            let Some(Feuille::Valeur { t, .. }) = feuille(forme, valeur) else { return };
            if se_reconnait(forme, &t) {
                mots.entry(typographie::texte(t.trim())).or_default().push(pointeur.to_owned());
            }
        }
    }
}

/// Whether words could only be that value: « 2 026 » may be any year or any number of places, « journées » any days, and
/// the label of a choice is a word of the language; « 1 234,50 », a FINESS number and a name are told.
fn se_reconnait(forme: &Forme, texte: &str) -> bool {
    let choisi = matches!(
        forme.nature,
        Nature::Choix(_)
            | Nature::Taux(_)
            | Nature::Departement
            | Nature::Region
            | Nature::Categorie
            | Nature::Statut
            | Nature::Booleen
    );
    let nombre = texte.chars().all(|c| c.is_ascii_digit() || c.is_whitespace());
    let ordinaire = !texte.chars().any(|c| c.is_uppercase() || c.is_ascii_digit()) && texte.split(' ').count() < 3;
    !choisi && texte.chars().count() >= if nombre { CHIFFRES } else { COURT } && !ordinaire
}

/// A text cut around the values that it says; nothing when it says none.
fn decouper(texte: &str, automate: &AhoCorasick, seuls: &[(String, String)]) -> Option<Vec<Inline>> {
    let mut sortie = Vec::new();
    let mut fin = 0;
    for trouve in automate.find_iter(texte) {
        let (avant, mots, apres) =
            (texte.get(fin..trouve.start())?, texte.get(trouve.range())?, texte.get(trouve.end()..)?);
        let (_, pointeur) = seuls.get(trouve.pattern().as_usize())?;
        let colle = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        if colle(texte.get(..trouve.start())?.chars().next_back()) || colle(apres.chars().next()) {
            continue;
        }
        if !avant.is_empty() {
            sortie.push(Inline::Texte { texte: avant.to_owned() });
        }
        sortie.push(Inline::Valeur { texte: mots.to_owned(), pointeur: Some(pointeur.clone()), champ: false });
        fin = trouve.end();
    }
    if sortie.is_empty() {
        return None;
    }
    let reste = texte.get(fin..)?;
    if !reste.is_empty() {
        sortie.push(Inline::Texte { texte: reste.to_owned() });
    }
    Some(sortie)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_value_is_told_by_its_words_when_no_other_has_them() {
        let donnees = json!({
            "reference": "CPOM-2026-07",
            "parties": { "gestionnaires": [{ "id": "a", "nom": "Association Les Tilleuls de l'Étang", "ville": "Gap" }] },
            "suivi": { "comite": { "membres": [{ "nom": "Association Les Tilleuls de l'Étang" }] } },
            "activite": [{ "etablissement": "b", "unite": "journées" }],
            "perimetre": { "etablissements": [{ "id": "b", "nom": "IME du Lac" }, { "id": "c", "nom": "IME du Lac" }] }
        });
        let mut mots = BTreeMap::new();
        relever(&donnees, &forme_du_contrat(), "", &mut mots);
        let seuls = sources(mots);
        let automate = AhoCorasick::new(seuls.iter().map(|(m, _)| m)).unwrap();
        let dire = |texte: &str| {
            let morceaux = decouper(texte, &automate, &seuls)?.into_iter();
            Some(
                morceaux
                    .map(|inline| match inline {
                        Inline::Valeur { texte, pointeur, .. } => format!("<{texte}|{}>", pointeur.unwrap()),
                        Inline::Texte { texte } => texte,
                        autre => panic!("{autre:?}"),
                    })
                    .collect::<String>(),
            )
        };
        assert_eq!(
            dire("Entre l’Association Les Tilleuls de l’Étang, contrat CPOM-2026-07.").unwrap(),
            "Entre l’<Association Les Tilleuls de l’Étang|/parties/gestionnaires/0/nom>, contrat <CPOM-2026-07|/reference>."
        );
        for tu in ["l’IME du Lac", "à Gap", "CPOM-2026-071", "des journées", "une association"] {
            assert_eq!(dire(tu), None, "{tu}");
        }
    }
}
