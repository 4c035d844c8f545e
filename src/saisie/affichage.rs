//! A value of the contract → the words that are shown of it in a field, and that `lire` reads back as the same value.
//!
//! The unit stands beside the field, not in it.

use super::{lire, table};
use crate::contrat::identifiants::Date;
use crate::formats;
use crate::schema::forme::{Forme, Nature};
use serde_json::Value;

/// The words of a value; nothing of what is no single value. What would not read back as the same value is shown as it is
/// written in the file.
pub fn afficher(forme: &Forme, valeur: &Value) -> Option<String> {
    let brut = match valeur {
        Value::String(texte) => texte.clone(),
        Value::Bool(vrai) => if *vrai { "oui" } else { "non" }.to_owned(),
        Value::Number(nombre) => nombre.to_string().replace('.', ","),
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    };
    let relu = |texte: &String| lire(forme, texte).is_ok_and(|lu| memes(&lu, valeur));
    // Above 100, a percentage without its sign is doubtful.
    let signe = || {
        Some(format!("{}\u{A0}%", beau(forme, valeur, &brut)?))
            .filter(|_| matches!(forme.nature, Nature::Pourcentage | Nature::Taux(_)))
    };
    Some(beau(forme, valeur, &brut).filter(relu).or_else(|| signe().filter(relu)).unwrap_or(brut))
}

fn beau(forme: &Forme, valeur: &Value, brut: &str) -> Option<String> {
    Some(match &forme.nature {
        Nature::Date => brut.parse::<Date>().ok()?.to_string(),
        Nature::Echeance => formats::echeance(brut),
        Nature::Montant => montant(valeur.as_f64()?),
        Nature::Pourcentage | Nature::Nombre => formats::nombre(valeur.as_f64()?),
        Nature::Libre => valeur.as_f64().map(formats::nombre)?,
        Nature::Taux(_) => match valeur.as_f64() {
            Some(nombre) => formats::nombre(nombre),
            None => forme.libelle(brut)?.to_owned(),
        },
        Nature::Siren | Nature::Siret => formats::en_groupes(brut, &[3, 6, 9]),
        Nature::Finess => formats::en_groupes(brut, &[2, 5, 8]),
        Nature::Choix(_) => forme.libelle(brut)?.to_owned(),
        Nature::Departement | Nature::Region | Nature::Categorie | Nature::Statut => {
            format!("{brut} – {}", super::codes::libelle(brut, table(&forme.nature)?)?)
        }
        _ => return None,
    })
}

/// 12 and 12.0 are one value.
fn memes(a: &Value, b: &Value) -> bool {
    a == b || a.is_number() && a.as_f64() == b.as_f64()
}

/// « 361 200 », « 361 200,50 »: cents only where there are some.
fn montant(n: f64) -> String {
    match n.fract() == 0.0 {
        true => formats::nombre(n),
        false => formats::euros(n).trim_end_matches(['€', '\u{A0}']).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::forme::forme_du_contrat;
    use proptest::prelude::*;
    use serde_json::json;

    fn affiche(pointeur: &str, valeur: &Value) -> String {
        afficher(&forme_du_contrat().a(pointeur).expect("a shape"), valeur).expect("a single value")
    }

    #[test]
    fn values_are_shown_as_people_write_them() {
        for (pointeur, valeur, attendu) in [
            ("/periode/debut", json!("2026-01-01"), "1er\u{A0}janvier 2026"),
            ("/objectifs/0/echeance", json!("2027-T2"), "2e trimestre 2027"),
            ("/moyens/dotations/0/montant", json!(361_200), "361\u{A0}200"),
            ("/moyens/dotations/0/montant", json!(361_200.5), "361\u{A0}200,50"),
            ("/moyens/dotations/0/montant", json!(0.001), "0,001"),
            ("/moyens/frais_siege/taux", json!(2.75), "2,75"),
            ("/perimetre/etablissements/0/finess", json!("130982150"), "13\u{A0}098\u{A0}215\u{A0}0"),
            ("/perimetre/etablissements/0/categorie", json!("183"), "183 – Institut médico-éducatif (IME)"),
            ("/perimetre/etablissements/0/categorie", json!("999"), "999"),
            ("/perimetre/etablissements/0/jours_ouverture", json!("beaucoup"), "beaucoup"),
            ("/fiches_actions/0/moyens/statut", json!("moyens_constants"), "À moyens constants"),
            ("/fiches_actions/0/indicateurs/0/cibles/0/fin", json!(12.5), "12,5"),
            ("/perimetre/projets_transformation/0/exonere_appel_a_projet", json!(true), "oui"),
        ] {
            assert_eq!(affiche(pointeur, &valeur), attendu, "{pointeur}");
        }
        assert_eq!(afficher(&forme_du_contrat(), &json!({})), None);
    }

    proptest! {
        /// What is shown, typed again without a change, changes nothing.
        #[test]
        fn what_is_shown_reads_back_to_the_same_value(n in -1e9..1e9_f64, decimales in 0..4_i32, jour in 0..20000_i32) {
            let arrondi = |decimales: i32| (n * 10_f64.powi(decimales)).round() / 10_f64.powi(decimales);
            let montant = arrondi(decimales.min(2));
            let n = arrondi(decimales);
            let entier = n.trunc() as i64;
            let date = jiff::civil::date(1990, 1, 1).saturating_add(jiff::Span::new().days(jour)).to_string();
            for (pointeur, valeur) in [
                ("/moyens/dotations/0/montant", json!(montant)),
                ("/moyens/dotations/0/montant", json!(entier)),
                ("/moyens/frais_siege/taux", json!(n)),
                ("/perimetre/etablissements/0/jours_ouverture", json!(entier.abs())),
                ("/fiches_actions/0/indicateurs/0/cibles/0/fin", json!(n)),
                ("/periode/debut", json!(date)),
                ("/objectifs/0/echeance", json!(date)),
            ] {
                let forme = forme_du_contrat().a(pointeur).expect("a shape");
                let texte = afficher(&forme, &valeur).expect("a single value");
                let lu = lire(&forme, &texte);
                prop_assert!(lu.as_ref().is_ok_and(|lu| memes(lu, &valeur)), "{} : {} → {:?}", pointeur, texte, lu);
            }
        }
    }
}
