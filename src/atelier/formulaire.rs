//! The schema of a contract and a model → the form that pages show: parts, fields in their order, each with its kind, its
//! help, who holds it, and whether it is rare.
//!
//! It must not know any value.

use super::genres::{Genre, genre, table, unite};
use super::grilles::{self, GrilleNommee};
use crate::compte_rendu::Partie;
use crate::contrat::detenteur::detenteur;
use crate::contrat::renvois::{self, Vers};
use crate::dossier;
use crate::formats::minuscule;
use crate::modele::{ErreurModele, Modele};
use crate::remarque::Detenteur;
use crate::saisie::afficher;
use crate::schema::forme::{Forme, Nature, forme_du_contrat};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// Keys that nobody types: the program gives them.
const TUES: [&str; 3] = ["/version_schema", "/modele/version", "/pieces/*/sha256"];
/// Longest example that is shown, in characters.
const EXEMPLE_MAX: usize = 120;

/// The form of a contract.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Formulaire {
    pub parties: Vec<PartieDuFormulaire>,
}

/// A part of the contract.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PartieDuFormulaire {
    pub cle: &'static str,
    pub titre: &'static str,
    pub champs: Vec<Champ>,
    /// The tables by which many values of the part are typed at once.
    pub grilles: Vec<GrilleNommee>,
}

/// A field.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Champ {
    pub cle: String,
    pub titre: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub aide: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exemple: Option<String>,
    pub genre: Genre,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unite: Option<&'static str>,
    #[serde(skip_serializing_if = "est_faux")]
    pub requis: bool,
    #[serde(skip_serializing_if = "est_faux")]
    pub sans_objet: bool,
    #[serde(skip_serializing_if = "est_faux")]
    pub rare: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detenteur: Option<Detenteur>,
    /// Values with their labels.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choix: Vec<(String, String)>,
    /// The nomenclature of a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<&'static str>,
    /// What a reference names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vers: Option<&'static str>,
    /// Fields of an object, or of each element of a list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub champs: Vec<Champ>,
    /// What a list of single values, or a table by year, is made of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub element: Option<Box<Champ>>,
    /// The name of one element of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub singulier: Option<String>,
    /// The key that names an element of a list, when it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nomme: Option<&'static str>,
}

fn est_faux(vrai: &bool) -> bool {
    !vrai
}

/// The form of contracts of a model.
pub fn formulaire(modele: &Modele) -> Result<Formulaire, ErreurModele> {
    let usuels = dossier::usuels(modele)?;
    let racine = forme_du_contrat();
    let parties = Partie::TOUTES.into_iter().map(|partie| PartieDuFormulaire {
        cle: partie.cle(),
        titre: partie.titre(),
        champs: champs(&racine, "", &usuels, &|pointeur| Partie::de(pointeur) == partie),
        grilles: grilles::de_la_partie(partie),
    });
    Ok(Formulaire { parties: parties.collect() })
}

/// The fields of an object, in the order of the schema.
fn champs(forme: &Forme, ici: &str, usuels: &BTreeSet<String>, garder: &dyn Fn(&str) -> bool) -> Vec<Champ> {
    let mut sortie = Vec::new();
    for cle in forme.ordre.iter().filter(|cle| *cle != "id" || ici == "/modele") {
        let la = format!("{ici}/{cle}");
        let Some(sous_forme) = forme.cles.get(cle) else { continue };
        if garder(&la) && !TUES.contains(&la.as_str()) {
            let requis = forme.requises.contains(cle);
            // Within what is rare nothing is: who opens it wants to see it.
            let rare =
                !requis && !usuels.contains(&la) && (ici.is_empty() || usuels.contains(ici.trim_end_matches("/*")));
            sortie.push(Champ { requis, rare, ..champ(cle, sous_forme, &la, usuels) });
        }
    }
    sortie
}

/// A field at a place (`*` is any element of a list).
fn champ(cle: &str, forme: &Forme, ici: &str, usuels: &BTreeSet<String>) -> Champ {
    let vers = renvois::vers(ici);
    let genre = genre(forme, vers);
    let element = forme.element.as_deref();
    let objets = element.filter(|e| forme.nature == Nature::Liste && e.nature == Nature::Objet);
    let dedans = format!("{ici}/*");
    let exemple = forme.exemple.as_ref().filter(|_| vers.is_none()).and_then(|exemple| afficher(forme, exemple));
    Champ {
        cle: cle.to_owned(),
        titre: forme.titre.clone(),
        aide: aide_de_page(&forme.aide),
        exemple: exemple.filter(|texte| genre != Genre::Choix && texte.chars().count() <= EXEMPLE_MAX),
        genre,
        unite: unite(genre),
        requis: false,
        sans_objet: forme.sans_objet,
        rare: false,
        detenteur: Some(detenteur(&ici.replace('*', "0"))),
        choix: match &forme.nature {
            Nature::Choix(choix) => choix.clone(),
            _ => Vec::new(),
        },
        table: table(&forme.nature),
        vers: vers.map(nom_de),
        champs: match objets {
            Some(element) => champs(element, &dedans, usuels, &|_| true),
            None => champs(forme, ici, usuels, &|_| true),
        },
        element: element.filter(|_| objets.is_none()).map(|e| {
            let champ = champ("", e, &dedans, usuels);
            Box::new(Champ { detenteur: None, ..champ })
        }),
        singulier: objets.map(|element| minuscule(&element.titre)),
        nomme: objets.and_then(|e| ["nom", "titre", "libelle", "texte"].into_iter().find(|c| e.cles.contains_key(*c))),
    }
}

/// The help of a field without what is said to who edits a file: keys, identifiers, commands, JSON.
fn aide_de_page(aide: &str) -> String {
    let parle_du_fichier = |phrase: &&str| {
        let mots = ["identifiant", "cpom ", "true", "false", "AAAA", "la clé", "JSON", "{", "_"];
        mots.iter().any(|mot| phrase.contains(mot))
    };
    let phrases = aide.split_inclusive(['.', ';']).filter(|phrase| !parle_du_fichier(phrase));
    let reste: String = phrases.collect();
    let reste = reste.trim().trim_end_matches(';').trim();
    match reste.is_empty() || reste.ends_with(['.', '?', '!']) {
        true => reste.to_owned(),
        false => format!("{reste}."),
    }
}

/// The words by which a page asks what a reference may name.
const VERS: [(&str, Vers); 15] = [
    ("etablissement", Vers::Etablissement),
    ("autorite", Vers::Autorite),
    ("gestionnaire", Vers::Gestionnaire),
    ("partie", Vers::Partie),
    ("beneficiaire", Vers::Beneficiaire),
    ("constat", Vers::Constat),
    ("objectif", Vers::Objectif),
    ("axe", Vers::Axe),
    ("general", Vers::General),
    ("bibliotheque", Vers::Bibliotheque),
    ("article", Vers::Article),
    ("regle", Vers::Regle),
    ("element", Vers::Element),
    ("modele", Vers::Modele),
    ("annexe", Vers::Annexe),
];

fn nom_de(vers: Vers) -> &'static str {
    VERS.iter().find(|(_, v)| *v == vers).map_or("element", |(nom, _)| nom)
}

/// What a word asks for.
pub fn vers_de(nom: &str) -> Option<Vers> {
    VERS.iter().find(|(n, _)| *n == nom).map(|(_, vers)| *vers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn du_national() -> Formulaire {
        formulaire(&dossier::catalogue(None).unwrap().modele("national").unwrap()).unwrap()
    }

    /// Whatever the schema holds can be typed, and nothing is asked twice.
    #[test]
    fn every_key_of_the_schema_has_its_field() {
        fn relever(champs: &[Champ], ici: &str, sortie: &mut Vec<String>) {
            for champ in champs {
                assert!(!champ.titre.is_empty(), "{ici}/{}", champ.cle);
                let la = format!("{ici}/{}", champ.cle);
                let dedans = if champ.singulier.is_some() { format!("{la}/*") } else { la.clone() };
                relever(&champ.champs, &dedans, sortie);
                sortie.push(la);
            }
        }
        fn attendus(forme: &Forme, ici: &str, sortie: &mut Vec<String>) {
            for cle in &forme.ordre {
                let (la, sous_forme) = (format!("{ici}/{cle}"), &forme.cles[cle]);
                if (cle != "id" || ici == "/modele") && !TUES.contains(&la.as_str()) {
                    sortie.push(la.clone());
                }
                attendus(sous_forme, &la, sortie);
                if let Some(element) = sous_forme.element.as_deref().filter(|_| sous_forme.nature == Nature::Liste) {
                    attendus(element, &format!("{la}/*"), sortie);
                }
            }
        }
        let (mut champs, mut cles) = (Vec::new(), Vec::new());
        du_national().parties.iter().for_each(|partie| relever(&partie.champs, "", &mut champs));
        attendus(&forme_du_contrat(), "", &mut cles);
        champs.sort();
        cles.sort();
        assert!(champs.len() > 400, "{}", champs.len());
        assert_eq!(champs, cles);
    }

    #[test]
    fn the_form_says_what_people_need_and_stays_small() {
        let formulaire = serde_json::to_value(du_national()).unwrap();
        let texte = formulaire.to_string();
        assert!(texte.len() < 400_000, "{}", texte.len());
        let perimetre = formulaire["parties"].as_array().unwrap().iter().find(|p| p["cle"] == "perimetre").unwrap();
        let champ = |liste: &Value, cle: &str| -> Value {
            liste.as_array().unwrap().iter().find(|c| c["cle"] == cle).cloned().unwrap_or_default()
        };
        let p = champ(&perimetre["champs"], "perimetre");
        let etablissements = champ(&p["champs"], "etablissements");
        assert_eq!(etablissements["singulier"], "établissement ou service");
        assert_eq!(etablissements["nomme"], "nom");
        let categorie = champ(&etablissements["champs"], "categorie");
        assert_eq!((&categorie["genre"], &categorie["table"]), (&"code".into(), &"categories".into()));
        let gestionnaire = champ(&etablissements["champs"], "gestionnaire");
        assert_eq!((&gestionnaire["genre"], &gestionnaire["vers"]), (&"renvoi".into(), &"gestionnaire".into()));
        assert!(categorie.get("rare").is_none(), "{categorie}");
        assert_eq!(champ(&etablissements["champs"], "planchers_ouverture")["rare"], true);
    }
}
