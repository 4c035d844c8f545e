//! French labels → codes: choices, départements, regions, categories of establishments, legal statuses.

use super::mots::attendu;
use crate::formats::sans_accents;
use crate::nomenclatures;
use serde_json::{Value, json};

/// Letters and figures alone: « Bouches-du-Rhône » and « bouches du rhone » are the same.
fn plat(texte: &str) -> String {
    let mots = sans_accents(texte);
    mots.split(|c: char| !c.is_alphanumeric()).filter(|mot| !mot.is_empty()).collect::<Vec<_>>().join(" ")
}

/// One of the labels of a list, or its value.
pub(super) fn choix(texte: &str, choix: &[(String, String)]) -> Result<Value, String> {
    let voulu = plat(texte);
    let exact = choix.iter().find(|(valeur, _)| valeur == texte);
    let trouve = exact.or_else(|| choix.iter().find(|(_, libelle)| plat(libelle) == voulu));
    trouve.map(|(valeur, _)| json!(valeur)).ok_or_else(|| {
        let libelles: Vec<&str> = choix.iter().map(|(_, libelle)| libelle.as_str()).collect();
        attendu(texte, &format!("un des choix admis : {}", libelles.join(", ")))
    })
}

pub(super) fn departement(texte: &str) -> Result<Value, String> {
    code(texte, "un département", nomenclatures::departements().iter().map(|d| (d.code, vec![d.libelle])))
}

pub(super) fn region(texte: &str) -> Result<Value, String> {
    code(texte, "une région", nomenclatures::regions().iter().map(|r| (r.code, vec![r.libelle])))
}

/// By its code, its label or its short name; a code that the nomenclature no longer uses is read by its code alone.
pub(super) fn categorie(texte: &str) -> Result<Value, String> {
    let categories = nomenclatures::categories().iter().map(|c| {
        let noms = [c.libelle, c.libelle_court, c.libelle_imprime].into_iter().chain(c.sigle);
        (c.code, if c.deprecie.is_none() { noms.collect() } else { Vec::new() })
    });
    code(texte, "une catégorie d'établissement", categories)
}

pub(super) fn statut(texte: &str) -> Result<Value, String> {
    let statuts = nomenclatures::statuts().iter().map(|s| (s.code, vec![s.libelle, s.libelle_imprime]));
    code(texte, "un statut juridique", statuts)
}

/// The code that words name: « 13 », « Bouches-du-Rhône », « 13 – Bouches-du-Rhône », « Bouches-du-Rhône (13) ».
fn code(
    texte: &str,
    quoi: &str,
    lignes: impl Iterator<Item = (&'static str, Vec<&'static str>)>,
) -> Result<Value, String> {
    let voulu = plat(texte);
    let mut trouves: Vec<&str> = Vec::new();
    for (code, noms) in lignes {
        let bas = plat(code);
        let un_nom = |nom: &&str| {
            let nom = plat(nom);
            nom == voulu || format!("{bas} {nom}") == voulu || format!("{nom} {bas}") == voulu
        };
        if bas == voulu {
            return Ok(json!(code));
        }
        if noms.iter().any(un_nom) {
            trouves.push(code);
        }
    }
    match trouves.as_slice() {
        [seul] => Ok(json!(seul)),
        [] => Err(attendu(texte, quoi)),
        plusieurs => Err(format!("« {texte} » peut être {} : écrivez le code", plusieurs.join(" ou "))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_or_a_code_names_a_place_or_a_kind() {
        for (lu, attendu) in [
            (departement("Bouches-du-Rhône"), "13"),
            (departement("bouches du rhone"), "13"),
            (departement("13"), "13"),
            (departement("Bouches-du-Rhône (13)"), "13"),
            (departement("13 – Bouches-du-Rhône"), "13"),
            (departement("2a"), "2A"),
            (region("Bretagne"), "53"),
            (categorie("183"), "183"),
            (categorie("IME"), "183"),
        ] {
            assert_eq!(lu, Ok(json!(attendu)));
        }
        for lu in [departement("Syldavie"), region(""), categorie("Institut"), statut("peut-être")] {
            assert!(lu.is_err(), "{lu:?}");
        }
    }

    #[test]
    fn a_choice_is_read_by_its_label_whatever_its_accents() {
        let choix = |texte: &str| {
            let liste = [("finance", "Financé"), ("moyens_constants", "À moyens constants")];
            let liste: Vec<(String, String)> =
                liste.iter().map(|(v, l)| ((*v).to_string(), (*l).to_string())).collect();
            super::choix(texte, &liste)
        };
        assert_eq!(choix("finance"), Ok(json!("finance")));
        assert_eq!(choix("a moyens  constants"), Ok(json!("moyens_constants")));
        assert_eq!(choix("moyens_constants"), Ok(json!("moyens_constants")));
        assert!(choix("autre").expect_err("none").contains("Financé, À moyens constants"));
    }
}
