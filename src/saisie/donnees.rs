//! The data of a contract file → the same data, what was written in French words (« IME », « 361 200,50 € », « 1er janvier
//! 2026 », « à compléter ») read as the values they name; and what was read so, told.
//!
//! Only what the schema refuses is read: a file that is right is never read in another way. What is doubtful stays as it
//! is, refused by the schema, with how to write it. It must not know files.

use super::attente::{remarque_d_attente, retirer};
use super::mots::propre;
use super::{codes, lire, table};
use crate::remarque::{Position, Remarque, Severite};
use crate::schema::Schema;
use crate::schema::forme::{Forme, Nature, forme_du_contrat};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A value that was read of words.
const LU: &str = "SAI-001";

/// Unreadable values after which no more is tried: this is no contract, and what is told of it is bounded.
const ILLISIBLES_MAX: usize = 300;
/// Longest words that are read.
const LONGUEUR_MAX: usize = 200;
/// Most lines named in a remark.
const LIGNES_MAX: usize = 8;

/// What the reading of words gave.
#[derive(Debug, Default)]
pub struct Saisie {
    /// What was read, as information.
    pub remarques: Vec<Remarque>,
    /// Whether the schema still refuses something.
    pub refusee: bool,
    /// Pointers of the values that say « à compléter » and were taken out.
    pub attendus: Vec<String>,
    /// By pointer, why words are doubtful and how to write them.
    motifs: BTreeMap<String, String>,
}

impl Saisie {
    /// Says how to write what is doubtful, in the refusals of the schema.
    pub fn expliquer(&self, refus: &mut [Remarque]) {
        for remarque in refus {
            if let Some(motif) = self.motifs.get(&remarque.pointeur) {
                remarque.remede = format!("{motif}.");
            }
        }
    }
}

/// Reads the words of a contract file in place. `places` gives the place of a JSON pointer.
pub fn lire_donnees(schema: &Schema, donnees: &mut Value, places: &dyn Fn(&str) -> Option<Position>) -> Saisie {
    let mut saisie = Saisie::default();
    retirer(schema, donnees, &mut String::new(), &mut saisie.attendus);
    if let Some(premier) = saisie.attendus.first() {
        saisie.remarques.push(remarque_d_attente(&saisie.attendus).placee(places(premier)));
    }
    let refus = schema.refuses(donnees);
    saisie.refusee = !refus.is_empty();
    let lus = lire_les_refus(&refus, donnees, &mut saisie.motifs);
    if lus.is_empty() {
        return saisie;
    }
    // What is read and still refused is left as it was typed: the message quotes it.
    let encore: BTreeSet<String> = schema.refuses(donnees).into_iter().collect();
    saisie.refusee = !encore.is_empty();
    let (fautifs, lus): (Vec<Lu>, Vec<Lu>) = lus.into_iter().partition(|lu| encore.contains(&lu.pointeur));
    for lu in fautifs {
        if let Some(valeur) = donnees.pointer_mut(&lu.pointeur) {
            *valeur = lu.ecrite;
        }
    }
    saisie.remarques.extend(remarques_de_lecture(&lus, places));
    saisie
}

/// A value read of words.
struct Lu {
    pointeur: String,
    ecrite: Value,
    lue: Value,
    titre: String,
    /// The name of a code.
    nom: Option<String>,
}

fn lire_les_refus(refus: &[String], donnees: &mut Value, motifs: &mut BTreeMap<String, String>) -> Vec<Lu> {
    let forme = forme_du_contrat();
    let (mut lus, mut illisibles) = (Vec::new(), 0);
    for pointeur in refus {
        if illisibles >= ILLISIBLES_MAX {
            break;
        }
        let Some(forme) = forme.a(pointeur) else { continue };
        let Some(valeur) = donnees.pointer_mut(pointeur) else { continue };
        let Some(texte) = en_mots(valeur, &forme.nature) else { continue };
        match valeur_de(&forme, &texte) {
            Ok(lue) if lue != *valeur => {
                let ecrite = std::mem::replace(valeur, lue.clone());
                let nom = table(&forme.nature).and_then(|t| codes::libelle(lue.as_str()?, t));
                let nom = nom.or_else(|| forme.libelle(lue.as_str()?).map(str::to_owned));
                lus.push(Lu { pointeur: pointeur.clone(), ecrite, lue, titre: forme.titre.clone(), nom });
            }
            Ok(_) => illisibles += 1,
            Err(motif) => {
                illisibles += 1;
                if eclaire(&forme, &texte, &motif) {
                    motifs.insert(pointeur.clone(), motif);
                }
            }
        }
    }
    lus
}

/// The words of a value that may be read in another way; a number may stand for a code or a text of digits.
fn en_mots(valeur: &Value, nature: &Nature) -> Option<String> {
    let texte = match valeur {
        Value::String(texte) => texte.clone(),
        Value::Number(n) => match nature {
            Nature::Finess
            | Nature::Siren
            | Nature::Siret
            | Nature::Departement
            | Nature::Region
            | Nature::Categorie
            | Nature::Statut
            | Nature::Echeance
            | Nature::Choix(_) => n.as_u64()?.to_string(),
            _ => return None,
        },
        _ => return None,
    };
    (texte.len() <= LONGUEUR_MAX && !texte.trim().is_empty()).then_some(texte)
}

/// The value that words name.
fn valeur_de(forme: &Forme, texte: &str) -> Result<Value, String> {
    match &forme.nature {
        // Words that the schema takes there are taken as they are: what it refuses is a rate, or « oui ».
        Nature::Libre => {
            let de = |nature| lire(&Forme { nature, ..forme.clone() }, texte);
            de(Nature::Booleen).or_else(|_| de(Nature::Pourcentage))
        }
        Nature::Texte | Nature::Prose => Err(String::new()),
        // A file that lost the first zero of its numbers.
        Nature::Finess if texte.len() == 8 && texte.bytes().all(|b| b.is_ascii_digit()) => Err(format!(
            "« {texte} » n'a que 8 chiffres : le premier zéro s'est perdu, sans doute ; écrivez « 0{texte} »"
        )),
        _ => lire(forme, texte),
    }
}

/// Whether the reader says more than the schema: a doubt with its candidates, the list of a nomenclature.
fn eclaire(forme: &Forme, texte: &str, motif: &str) -> bool {
    let simple = format!("« {} » n'est pas ", propre(texte));
    match forme.nature {
        Nature::Libre | Nature::Texte | Nature::Prose | Nature::Objet | Nature::Table | Nature::Liste => false,
        Nature::Siren | Nature::Siret | Nature::Choix(_) | Nature::Taux(_) | Nature::Booleen => false,
        Nature::Finess => motif.contains("zéro"),
        _ => table(&forme.nature).is_some() || !motif.starts_with(&simple),
    }
}

/// « Catégorie : lu « IME » comme « 183 » (Institut médico-éducatif). »: once for the same words read in the same way.
fn remarques_de_lecture(lus: &[Lu], places: &dyn Fn(&str) -> Option<Position>) -> Vec<Remarque> {
    let mut groupes: BTreeMap<(&str, String, String), Vec<&Lu>> = BTreeMap::new();
    for lu in lus {
        groupes.entry((&lu.titre, lu.ecrite.to_string(), lu.lue.to_string())).or_default().push(lu);
    }
    let remarque = |groupe: &Vec<&Lu>| {
        let premier = groupe.first()?;
        let nom = premier.nom.as_ref().map(|nom| format!(" ({nom})")).unwrap_or_default();
        let mut message =
            format!("« {} » : lu {} comme {}{nom}", premier.titre, cite(&premier.ecrite), cite(&premier.lue));
        let lignes: Vec<String> =
            groupe.iter().skip(1).filter_map(|lu| places(&lu.pointeur)).map(|p| p.ligne.to_string()).collect();
        if !lignes.is_empty() {
            let pluriel = if lignes.len() > 1 { "s" } else { "" };
            let dites = lignes.iter().take(LIGNES_MAX).cloned().collect::<Vec<_>>().join(", ");
            let _ = write!(message, " ; de même ligne{pluriel} {dites}");
            if lignes.len() > LIGNES_MAX {
                let _ = write!(message, "… ({} places en tout)", lignes.len() + 1);
            }
        }
        message.push('.');
        let remarque =
            information(LU, &premier.pointeur, message, "rien si c'est bien cela ; sinon, corrigez la valeur.");
        Some(remarque.placee(places(&premier.pointeur)))
    };
    groupes.values().filter_map(remarque).collect()
}

fn cite(valeur: &Value) -> String {
    match valeur {
        Value::String(texte) => format!("« {texte} »"),
        Value::Bool(vrai) => if *vrai { "true (oui)" } else { "false (non)" }.into(),
        autre => autre.to_string(),
    }
}

fn information(code: &str, pointeur: &str, message: String, remede: &str) -> Remarque {
    Remarque { severite: Severite::Information, ..Remarque::bloquante(code, pointeur, message, remede) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::generation;
    use serde_json::json;

    fn lire_ici(mut donnees: Value) -> (Value, Saisie) {
        let schema = Schema::depuis_valeur(generation::schema_contrat()).expect("the schema compiles");
        let saisie = lire_donnees(&schema, &mut donnees, &|_| None);
        (donnees, saisie)
    }

    fn contrat(etablissement: Value, moyens: Value) -> Value {
        json!({
            "version_schema": "1", "reference": "X", "periode": { "debut": "1er janvier 2026", "duree_annees": "5" },
            "parties": {
                "autorites": [{ "id": "ars", "type": "ars", "region": "PACA" }],
                "gestionnaires": [{ "id": "g", "statut_juridique": "association" }]
            },
            "perimetre": { "etablissements": [etablissement] },
            "moyens": moyens
        })
    }

    #[test]
    fn words_that_name_one_value_are_read_and_told_once() {
        let (donnees, saisie) = lire_ici(contrat(
            json!({ "id": "a", "categorie": "IME", "departement": "Bouches-du-Rhône", "finess": "13 078 215 0",
                "inclus": "oui", "jours_ouverture": "210", "capacites": [{ "modalite": "Semi-internat", "autorisee": "1 000" }] }),
            json!({ "budgets": [{ "etablissement": "a", "annee": "2025",
                "depenses": { "groupe_1": "361 200,50 €", "groupe_2": "361 200,50 €" } }],
                "evolution": [{ "autorite": "ars", "annee": 2026, "taux": "0,8 %" }] }),
        ));
        assert!(!saisie.refusee, "{donnees:#}");
        let a = &donnees["perimetre"]["etablissements"][0];
        assert_eq!((&a["categorie"], &a["departement"]), (&json!("183"), &json!("13")));
        assert_eq!(
            (&a["finess"], &a["inclus"], &a["jours_ouverture"]),
            (&json!("130782150"), &json!(true), &json!(210))
        );
        assert_eq!(a["capacites"][0], json!({ "modalite": "semi_internat", "autorisee": 1000 }));
        let budget = &donnees["moyens"]["budgets"][0];
        assert_eq!((&budget["annee"], &budget["depenses"]["groupe_1"]), (&json!(2025), &json!(361_200.5)));
        assert_eq!(donnees["moyens"]["evolution"][0]["taux"], json!(0.8));
        assert_eq!(donnees["periode"], json!({ "debut": "2026-01-01", "duree_annees": 5 }));
        assert_eq!(donnees["parties"]["gestionnaires"][0]["statut_juridique"], json!("60"));
        let dits: Vec<&str> = saisie.remarques.iter().map(|r| r.message.as_str()).collect();
        assert!(
            dits.contains(&"« Catégorie » : lu « IME » comme « 183 » (Institut médico-éducatif (IME))."),
            "{dits:#?}"
        );
        assert!(saisie.remarques.iter().all(|r| r.code == LU && r.severite == Severite::Information));
    }

    #[test]
    fn what_the_schema_takes_is_never_read_in_another_way() {
        let avant = contrat(json!({ "id": "a", "nom": "12,5", "categorie": "183" }), json!({}));
        let (apres, _) = lire_ici(avant.clone());
        assert_eq!(apres["perimetre"], avant["perimetre"]);
        let texte = json!({ "id": "i", "valeur_initiale": { "valeur": "2025" } });
        let mut contrat = contrat(json!({ "id": "a" }), json!({}));
        contrat["fiches_actions"] = json!([{ "objectif": "o", "indicateurs": [texte.clone()] }]);
        assert_eq!(lire_ici(contrat).0["fiches_actions"][0]["indicateurs"][0], texte);
    }

    #[test]
    fn what_is_doubtful_stays_as_it_was_typed_and_is_explained() {
        let (donnees, saisie) = lire_ici(contrat(
            json!({ "id": "a", "categorie": "EHPA", "finess": 10_780_000, "departement": "Syldavie", "jours_ouverture": "-3" }),
            json!({ "budgets": [{ "etablissement": "a", "depenses": { "groupe_1": "62.400 €" } }] }),
        ));
        let a = &donnees["perimetre"]["etablissements"][0];
        assert_eq!((&a["categorie"], &a["jours_ouverture"]), (&json!("EHPA"), &json!("-3")));
        assert!(saisie.refusee);
        for (pointeur, dit) in [
            ("/perimetre/etablissements/0/categorie", "« 501 »"),
            ("/perimetre/etablissements/0/finess", "« 010780000 »"),
            ("/perimetre/etablissements/0/departement", "cpom nomenclatures territoires"),
            ("/moyens/budgets/0/depenses/groupe_1", "62 400 ou 62,4"),
        ] {
            assert!(
                saisie.motifs.get(pointeur).is_some_and(|motif| motif.contains(dit)),
                "{pointeur}: {:?}",
                saisie.motifs
            );
        }
    }
}
