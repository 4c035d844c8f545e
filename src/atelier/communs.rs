//! What the elements of a list have in common → what a new one begins with.

use serde_json::{Map, Value};

const ETABLISSEMENTS: &str = "/perimetre/etablissements";
/// What establishments of one contract most often share.
const PARTAGES: [&str; 3] = ["gestionnaire", "departement", "competence"];

/// Completes a new element of a list with what all the others say alike; of the only gestionnaire, with its name.
pub fn completer(donnees: &Value, liste: &str, neuf: &mut Value) {
    let (ETABLISSEMENTS, Value::Object(neuf)) = (liste, neuf) else { return };
    let autres = donnees.pointer(liste).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let ailleurs = est_ailleurs(neuf, autres);
    for cle in PARTAGES.into_iter().filter(|cle| !(ailleurs && *cle == "departement")) {
        let commun = match autres {
            [premier, suite @ ..] => premier.get(cle).filter(|v| suite.iter().all(|autre| autre.get(cle) == Some(v))),
            [] => None,
        };
        let seul = || match donnees.pointer("/parties/gestionnaires").and_then(Value::as_array)?.as_slice() {
            [seul] if cle == "gestionnaire" => seul.get("id"),
            _ => None,
        };
        if let Some(valeur) = commun.or_else(seul)
            && !neuf.contains_key(cle)
        {
            neuf.insert(cle.to_owned(), valeur.clone());
        }
    }
}

/// Whether its number says another département than those of the others.
fn est_ailleurs(neuf: &Map<String, Value>, autres: &[Value]) -> bool {
    let debut = |v: &Value| v.as_str().and_then(|numero| numero.get(..2)).map(str::to_owned);
    let sien = neuf.get("finess").and_then(debut);
    let leurs = autres.iter().filter_map(|autre| autre.get("finess")).filter_map(debut);
    sien.is_some_and(|sien| leurs.into_iter().any(|autre| autre != sien))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_new_establishment_begins_with_what_the_others_share() {
        let donnees = |autres: Value, gestionnaires: Value| json!({ "parties": { "gestionnaires": gestionnaires }, "perimetre": { "etablissements": autres } });
        let neuf = |donnees: &Value, liste: &str, mut neuf: Value| {
            completer(donnees, liste, &mut neuf);
            neuf
        };
        let ime = json!({ "id": "ime", "finess": "130000001", "gestionnaire": "g", "departement": "13", "competence": "ars" });
        let mas = json!({ "id": "mas", "gestionnaire": "g", "departement": "13", "competence": "conjointe" });
        let deux = donnees(json!([ime, mas]), json!([{ "id": "g" }, { "id": "h" }]));
        assert_eq!(
            neuf(&deux, ETABLISSEMENTS, json!({ "id": "n" })),
            json!({ "id": "n", "gestionnaire": "g", "departement": "13" })
        );
        assert_eq!(
            neuf(&deux, ETABLISSEMENTS, json!({ "finess": "840000001", "gestionnaire": "h" })),
            json!({ "finess": "840000001", "gestionnaire": "h" }),
            "what is said stays, and a number tells where it is"
        );
        let vide = donnees(json!([]), json!([{ "id": "seul" }]));
        assert_eq!(neuf(&vide, ETABLISSEMENTS, json!({})), json!({ "gestionnaire": "seul" }));
        assert_eq!(neuf(&deux, "/objectifs", json!({})), json!({}));
    }
}
