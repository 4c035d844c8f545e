//! Small words of the messages: a value, a type, a list of choices, the nearest known word. It must not
//! know validation errors.

use crate::formats::sans_accent;
use jsonschema::JsonType;
use serde_json::Value;

use super::branches::Litteral;

/// The values of a choice: « projet » (Projet), « definitif » (Définitif).
pub(super) fn liste_de_valeurs(choix: &[Litteral<'_>]) -> String {
    let ecrites: Vec<String> = choix
        .iter()
        .map(|c| match c.titre {
            Some(titre) => format!("{} ({titre})", extrait(c.valeur)),
            None => extrait(c.valeur),
        })
        .collect();
    ecrites.join(", ")
}

/// The known word that was probably meant.
pub(crate) fn plus_proche<'a>(mot: &str, connus: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let cherche = normaliser(mot);
    connus
        .map(|connu| {
            let cible = normaliser(connu);
            // A word that begins another is meant by it, however long the rest (`duree`, `duree_annees`).
            let debut =
                cherche.len() >= 4 && (cible.starts_with(&cherche) || cherche.starts_with(&cible) && cible.len() >= 4);
            let proximite = strsim::normalized_damerau_levenshtein(&cherche, &cible);
            (
                connu,
                if debut || cherche.len() >= 5 && cible.contains(&cherche) { proximite.max(0.75) } else { proximite },
            )
        })
        .filter(|(_, proximite)| *proximite >= 0.6)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(connu, _)| connu)
}

/// Without accents, capitals nor separators.
pub(super) fn normaliser(mot: &str) -> String {
    mot.chars()
        .flat_map(char::to_lowercase)
        .filter(|c| !matches!(c, ' ' | '-' | '_' | '\'' | '’'))
        .map(sans_accent)
        .collect()
}

pub(super) fn mot_du_type(t: JsonType) -> &'static str {
    match t {
        JsonType::Array => "une liste [ … ]",
        JsonType::Boolean => "true ou false",
        JsonType::Integer => "un nombre entier",
        JsonType::Null => "null",
        JsonType::Number => "un nombre",
        JsonType::Object => "un objet { … }",
        JsonType::String => "un texte entre guillemets",
    }
}

pub(super) fn avec_type(valeur: &Value) -> String {
    match valeur {
        Value::Null => "null, qui ne dit rien".into(),
        Value::Bool(b) => b.to_string(),
        Value::Number(n) => format!("un nombre ({n})"),
        Value::String(_) => format!("un texte ({})", extrait(valeur)),
        Value::Array(_) => "une liste".into(),
        Value::Object(_) => "un objet".into(),
    }
}

/// A value short enough for a message.
pub(super) fn extrait(valeur: &Value) -> String {
    let texte = match valeur {
        Value::String(texte) => texte.clone(),
        Value::Object(_) => return "un objet".into(),
        Value::Array(_) => return "une liste".into(),
        autre => return autre.to_string(),
    };
    match texte.char_indices().nth(60) {
        Some((octet, _)) => format!("« {}… »", texte.get(..octet).unwrap_or_default()),
        None => format!("« {texte} »"),
    }
}

/// The number of decimals that a step such as 0.01 allows.
pub(super) fn decimales(pas: f64) -> Option<usize> {
    let ecrit = pas.to_string();
    let (entier, fraction) = ecrit.split_once('.')?;
    let zeros = fraction.strip_suffix('1')?;
    (entier == "0" && zeros.bytes().all(|b| b == b'0')).then_some(fraction.len())
}

pub(super) fn elements(n: u64) -> &'static str {
    if n > 1 { "éléments" } else { "élément" }
}

pub(super) fn compte(valeur: &Value) -> usize {
    match valeur {
        Value::Array(elements) => elements.len(),
        Value::Object(objet) => objet.len(),
        _ => 0,
    }
}

/// The first repeated element of a list of plain values.
pub(super) fn doublon(valeur: &Value) -> String {
    let elements = valeur.as_array().map(Vec::as_slice).unwrap_or_default();
    elements
        .iter()
        .enumerate()
        .find(|(rang, e)| elements.iter().take(*rang).any(|autre| autre == *e))
        .map_or_else(String::new, |(_, e)| format!(" : {}", extrait(e)))
}

pub(super) fn enumerer(cles: &[&str], maximum: usize) -> String {
    let mut texte = cles.iter().take(maximum).copied().collect::<Vec<_>>().join(", ");
    if cles.len() > maximum {
        texte.push_str(", …");
    }
    texte
}

pub(super) fn ponctuer(texte: &str) -> String {
    let texte = texte.trim();
    if texte.ends_with(['.', '!', '?', '…']) { texte.to_owned() } else { format!("{texte}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_forgives_accents_capitals_and_halves() {
        let connus = || ["duree_annees", "debut", "fin", "prise_effet"].into_iter();
        assert_eq!(plus_proche("durée", connus()), Some("duree_annees"));
        assert_eq!(plus_proche("dureeAnnees", connus()), Some("duree_annees"));
        assert_eq!(plus_proche("debutt", connus()), Some("debut"));
        assert_eq!(plus_proche("montant", connus()), None);
    }
}
