//! The catalogue of rules, by quantifying over the registry: each has its texts, fires on its faulty contracts
//! and on them alone, and is silent on its sound ones.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use cpom::contrat::Contrat;
use cpom::droit::{Etat, Jours};
use cpom::modele::Catalogue;
use cpom::modele::manifeste::Manifeste;
use cpom::regles::exemples::{self, Changement, Exemple};
use cpom::regles::{self, Demande, EtatFichier, Fichiers, RULES, Rapport, Rule};
use cpom::remarque::Remarque;
use cpom::saisie::afficher;
use cpom::schema::chemin::Chemins;
use cpom::schema::forme::forme_du_contrat;
use cpom::schema::{Schema, generation};
use serde::Deserialize;
use serde_json::Value;

use super::outils::{donnees, modifie, racine};
use super::refus::anglais;

/// The most values of a case that its example tells.
const DITES: usize = 4;

/// The examples of all rules, as `src/regles/exemples.json` holds them: `CPOM_ECRIRE_EXEMPLES=1` writes it.
#[test]
#[expect(clippy::disallowed_methods, reason = "whoever writes the file again says so")]
fn each_rule_has_its_examples_and_the_file_is_up_to_date() {
    let exemples: BTreeMap<&str, Exemple> = RULES.iter().map(|rule| (rule.code, exemple_de(rule))).collect();
    let texte = serde_json::to_string_pretty(&exemples).expect("JSON") + "\n";
    let chemin = racine().join("src/regles/exemples.json");
    if std::env::var_os("CPOM_ECRIRE_EXEMPLES").is_some() {
        std::fs::write(&chemin, &texte).expect("the file is written");
    }
    let ecrit = std::fs::read_to_string(&chemin).expect("the file");
    assert!(ecrit == texte, "CPOM_ECRIRE_EXEMPLES=1 cargo test --release regles::each_rule_has writes it again");
    for (code, exemple) in &exemples {
        assert!(exemple.declenche.message.is_some(), "{code} fires");
        assert!(exemple.declenche.remede.as_ref().is_some_and(|r| !r.is_empty()), "{code} has a remedy");
        assert!(exemple.silencieux.message.is_none(), "{code} is silent");
    }
}

fn exemple_de(rule: &Rule) -> Exemple {
    let fixture = fixture(rule).expect("a fixture");
    // What the contract changes says more than what the model does.
    let change = |cas: &&Cas| !cas.patch.is_null();
    let choisir = |cas: &[Cas]| cas.iter().find(change).or(cas.first()).map(|c| conter(rule, c)).expect("a case");
    Exemple { declenche: choisir(&fixture.declenche), silencieux: choisir(&fixture.silencieux) }
}

fn conter(rule: &Rule, cas: &Cas) -> exemples::Cas {
    let avant = donnees(&cas.base);
    let apres = appliquer(&avant, &cas.patch);
    let (chemins_avant, chemins_apres) = (Chemins::de(&avant), Chemins::de(&apres));
    let mut changements = Vec::new();
    for operation in cas.patch.as_array().into_iter().flatten() {
        let pointeur = operation["path"].as_str().unwrap_or_default();
        match operation.get("value") {
            Some(valeur) => {
                let mut feuilles = Vec::new();
                deplier(pointeur, valeur, &mut feuilles);
                // An added element has no previous value: what stood at its rank only moved.
                let insere =
                    operation["op"] == "add" && pointeur.rsplit('/').next().is_some_and(|j| j.parse::<usize>().is_ok());
                changements.extend(feuilles.into_iter().filter_map(|(place, valeur)| {
                    let etait = avant.pointer(&place).filter(|_| !insere).and_then(|v| en_mots(&place, v));
                    let est = en_mots(&place, valeur);
                    (etait != est).then(|| Changement { chemin: chemins_apres.texte(&place), avant: etait, apres: est })
                }));
            }
            None => changements.push(Changement {
                chemin: chemins_avant.texte(pointeur),
                avant: avant.pointer(pointeur).and_then(|v| en_mots(pointeur, v)),
                apres: None,
            }),
        }
    }
    let autres = changements.len().saturating_sub(DITES);
    changements.truncate(DITES);
    let dite = rapport_du_cas(cas, &cas.patch).expect("a contract").into_iter().find(|r| {
        r.code == rule.code
            && cas.pointeur.as_ref().is_none_or(|p| r.pointeur == *p)
            && cas.contient.iter().all(|mots| r.message.replace('\u{A0}', " ").contains(mots.as_str()))
    });
    let (message, remede) = dite.map(|r| (r.message, r.remede)).unzip();
    exemples::Cas { cas: cas.cas.clone(), changements, autres, message, remede }
}

/// The leaves of a value, with their pointers.
fn deplier<'v>(ici: &str, valeur: &'v Value, feuilles: &mut Vec<(String, &'v Value)>) {
    match valeur {
        Value::Object(objet) if !objet.is_empty() => {
            for (cle, valeur) in objet {
                deplier(&format!("{ici}/{cle}"), valeur, feuilles);
            }
        }
        Value::Array(elements) if elements.iter().any(Value::is_object) => {
            for (rang, valeur) in elements.iter().enumerate() {
                deplier(&format!("{ici}/{rang}"), valeur, feuilles);
            }
        }
        _ => feuilles.push((ici.to_owned(), valeur)),
    }
}

/// A value as its reader knows it, by what stands at its place; nothing for what is told by its path alone.
fn en_mots(place: &str, valeur: &Value) -> Option<String> {
    let forme = forme_du_contrat().a(place);
    let dite = forme.as_deref().and_then(|forme| afficher(forme, valeur));
    match valeur {
        Value::Null | Value::Object(_) => None,
        Value::Bool(_) | Value::Number(_) => dite.or_else(|| Some(valeur.to_string())),
        Value::String(texte) => Some(format!("« {} »", dite.as_deref().unwrap_or(texte))),
        Value::Array(elements) if elements.is_empty() => Some("liste vide".to_owned()),
        Value::Array(elements) => {
            let element = format!("{place}/0");
            let mots: Vec<String> = elements.iter().filter_map(|e| en_mots(&element, e)).collect();
            (!mots.is_empty()).then(|| mots.join(", "))
        }
    }
}

/// The cases of one rule, in `fixtures/regles/CODE.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fixture {
    declenche: Vec<Cas>,
    silencieux: Vec<Cas>,
}

/// A contract: a valid one, and what is done to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cas {
    /// What the case shows, in a sentence.
    cas: String,
    /// A contract of `fixtures`, or a folder whose files are one contract.
    #[serde(default = "base_par_defaut")]
    base: String,
    /// JSON Patch on the contract.
    #[serde(default)]
    patch: Value,
    /// JSON Patch on the manifest of the model.
    #[serde(default)]
    modele: Value,
    #[serde(default)]
    definitif: bool,
    /// State of files, by pointer: `{"sha256": …}` or `{"motif": …}`.
    #[serde(default)]
    fichiers: BTreeMap<String, FichierFeint>,
    /// Codes that come in addition to those of the base, the rule's own included.
    #[serde(default)]
    attendu: Vec<String>,
    /// Where the rule's finding stands.
    #[serde(default)]
    pointeur: Option<String>,
    /// Words that the message of the finding holds: the offending value, the limit.
    #[serde(default)]
    contient: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum FichierFeint {
    Sha256(String),
    Motif(String),
}

fn base_par_defaut() -> String {
    "paca/exemple.json".into()
}

fn appliquer(donnees: &Value, patch: &Value) -> Value {
    if patch.is_null() { donnees.clone() } else { modifie(donnees, patch.clone()) }
}

static SCHEMA: LazyLock<Schema> =
    LazyLock::new(|| Schema::depuis_valeur(generation::schema_contrat()).expect("our schema"));

static MODELES: LazyLock<BTreeMap<String, Value>> = LazyLock::new(|| {
    let modeles = Catalogue::embarque().liste().expect("our models");
    modeles
        .into_iter()
        .map(|m| (m.manifeste.id.to_string(), serde_json::to_value(&m.manifeste).expect("JSON")))
        .collect()
});

/// The report on a contract that the schema accepts.
pub fn rapport(donnees: &Value, cas: Option<(&Value, bool, &Fichiers)>) -> Result<Rapport, String> {
    let refus = SCHEMA.valider(donnees, &|_| None);
    if !refus.is_empty() {
        return Err(format!("refused by the schema: {refus:#?}"));
    }
    let contrat: Contrat = serde_json::from_value(donnees.clone()).map_err(|e| e.to_string())?;
    let id = contrat.modele.valeur().map_or("national", |m| m.id.as_str());
    let manifeste = MODELES.get(id).ok_or_else(|| format!("no model {id}"))?;
    let vide = Fichiers::new();
    let (patch, definitif, fichiers) = cas.unwrap_or((&Value::Null, false, &vide));
    let manifeste: Manifeste = serde_json::from_value(appliquer(manifeste, patch)).map_err(|e| e.to_string())?;
    let demande = Demande {
        contrat: &contrat,
        donnees,
        modele: &manifeste,
        modele_determine: contrat.modele.valeur().is_some(),
        definitif,
        fichiers,
    };
    Ok(regles::verifier(&demande, &[], &|_| None))
}

/// The remarks on the base of a case, before anything is done to it.
fn rapport_de_la_base(cas: &Cas) -> Result<Vec<Remarque>, String> {
    rapport(&donnees(&cas.base), Some((&cas.modele, cas.definitif, &Fichiers::new()))).map(|r| r.remarques)
}

fn rapport_du_cas(cas: &Cas, patch: &Value) -> Result<Vec<Remarque>, String> {
    let etats: Fichiers = cas
        .fichiers
        .iter()
        .map(|(pointeur, etat)| {
            let etat = match etat {
                FichierFeint::Sha256(sha256) => EtatFichier::Lu { sha256: sha256.clone() },
                FichierFeint::Motif(motif) => EtatFichier::Inutilisable { motif: motif.clone() },
            };
            (pointeur.clone(), etat)
        })
        .collect();
    let donnees = appliquer(&donnees(&cas.base), patch);
    rapport(&donnees, Some((&cas.modele, cas.definitif, &etats))).map(|r| r.remarques)
}

fn fixture(rule: &Rule) -> Option<Fixture> {
    let chemin = racine().join(format!("fixtures/regles/{}.json", rule.code));
    let texte = std::fs::read_to_string(&chemin).ok()?;
    Some(serde_json::from_str(&texte).unwrap_or_else(|e| panic!("{}: {e}", chemin.display())))
}

fn comptes(remarques: &[Remarque]) -> BTreeMap<&str, usize> {
    let mut comptes = BTreeMap::new();
    for remarque in remarques {
        *comptes.entry(remarque.code.as_str()).or_insert(0) += 1;
    }
    comptes
}

/// Codes that came with the patch, sorted, as often as they came.
fn venus(avant: &[Remarque], apres: &[Remarque]) -> Vec<String> {
    let avant = comptes(avant);
    comptes(apres)
        .into_iter()
        .flat_map(|(code, n)| {
            let de_trop = n.saturating_sub(avant.get(code).copied().unwrap_or(0));
            std::iter::repeat_n(code.to_owned(), de_trop)
        })
        .collect()
}

fn fautes_du_declenchement(rule: &Rule, cas: &Cas) -> Vec<String> {
    let ici = format!("{} « {} »", rule.code, cas.cas);
    let (avant, apres) = match (rapport_de_la_base(cas), rapport_du_cas(cas, &cas.patch)) {
        (Ok(avant), Ok(apres)) => (avant, apres),
        (Err(e), _) | (_, Err(e)) => return vec![format!("{ici}: {e}")],
    };
    let mut fautes = Vec::new();
    let mut attendu = cas.attendu.clone();
    attendu.sort();
    let mut venus = venus(&avant, &apres);
    // A case that changes the model alone fires the rule, as often as the base contract has cause.
    if cas.patch.is_null() {
        venus = comptes(&apres).into_keys().filter(|c| *c == rule.code).map(str::to_owned).collect();
    }
    if venus != attendu || !attendu.iter().any(|c| c == rule.code) {
        let nouvelles: Vec<String> = apres.iter().filter(|r| !avant.contains(r)).map(ToString::to_string).collect();
        fautes.push(format!("{ici}: {attendu:?} was expected, {venus:?} came:\n{}", nouvelles.join("\n")));
    }
    let convient = |r: &&Remarque| {
        r.code == rule.code
            && cas.pointeur.as_ref().is_none_or(|p| r.pointeur == *p)
            && cas.contient.iter().all(|mots| r.message.replace('\u{A0}', " ").contains(mots.as_str()))
    };
    if !apres.iter().any(|r| convient(&r)) {
        let siennes: Vec<String> =
            apres.iter().filter(|r| r.code == rule.code).map(|r| format!("{} {}", r.pointeur, r.message)).collect();
        fautes.push(format!("{ici}: {:?} {:?} was expected, {siennes:#?} came", cas.pointeur, cas.contient));
    }
    if cas.pointeur.is_none() && cas.contient.is_empty() {
        fautes.push(format!("{ici}: say where it fires or what it says"));
    }
    fautes
}

#[test]
fn each_rule_fires_on_its_faulty_contracts_and_they_fire_no_other() {
    let mut fautes = Vec::new();
    for rule in RULES {
        let Some(fixture) = fixture(rule) else {
            fautes.push(format!("{}: no fixture", rule.code));
            continue;
        };
        if fixture.declenche.is_empty() {
            fautes.push(format!("{}: no firing case", rule.code));
        }
        for cas in &fixture.declenche {
            fautes.extend(fautes_du_declenchement(rule, cas));
        }
    }
    assert!(fautes.is_empty(), "{} faults\n{}", fautes.len(), fautes.join("\n"));
}

#[test]
fn each_rule_is_silent_on_its_sound_contracts() {
    let mut fautes = Vec::new();
    for rule in RULES {
        let Some(fixture) = fixture(rule) else { continue };
        if fixture.silencieux.is_empty() {
            fautes.push(format!("{}: no silent case", rule.code));
        }
        for cas in &fixture.silencieux {
            match rapport_du_cas(cas, &cas.patch) {
                Ok(remarques) => fautes.extend(
                    remarques
                        .iter()
                        .filter(|r| r.code == rule.code)
                        .map(|r| format!("{} « {} »: fires at {} {r}", rule.code, cas.cas, r.pointeur)),
                ),
                Err(e) => fautes.push(format!("{} « {} »: {e}", rule.code, cas.cas)),
            }
        }
    }
    assert!(fautes.is_empty(), "{} faults\n{}", fautes.len(), fautes.join("\n"));
}

#[test]
fn each_entry_of_the_catalogue_is_whole() {
    let mut codes = BTreeSet::new();
    for rule in RULES {
        let code = rule.code;
        assert!(codes.insert(code), "{code} twice");
        let (sigle, numero) = code.split_once('-').unwrap_or_default();
        assert_eq!(sigle, rule.famille.sigle(), "{code}");
        assert!(numero.len() == 3 && numero.bytes().all(|b| b.is_ascii_digit()), "{code}");
        assert!(rule.titre.len() > 15 && !rule.titre.ends_with('.'), "{code}: {}", rule.titre);
        assert!(rule.pourquoi.len() > 60 && rule.pourquoi.ends_with('.'), "{code}: {}", rule.pourquoi);
        assert!(rule.remede.len() > 15 && rule.remede.ends_with('.'), "{code}: {}", rule.remede);
        assert!(rule.remede.starts_with(char::is_lowercase), "{code}: {}", rule.remede);
        assert!(!rule.references.is_empty() && !rule.lit.is_empty(), "{code}");
        assert!(rule.lit.iter().all(|l| l.starts_with('/') && !l.ends_with('/')), "{code}: {:?}", rule.lit);
        let lue = |r: &&regles::textes::Reference| r.lecture() != Etat::NonLu;
        assert!(rule.references.iter().any(lue), "{code} rests on unread texts alone");
        for texte in [rule.titre, rule.pourquoi, rule.remede] {
            assert_eq!(anglais(texte), None, "{code}: {texte}");
            assert!(!texte.contains("  "), "{code}: {texte}");
        }
        for limite in rule.limites {
            assert!(!limite.nom.is_empty() && limite.libelle.len() > 10, "{code}: {limite:?}");
        }
        for consequence in rule.consequences {
            assert!(regles::rule(consequence).is_some(), "{code}: {consequence}");
        }
    }
}

#[test]
fn each_finding_of_the_fixtures_is_a_french_sentence_at_a_place_of_the_contract() {
    for rule in RULES {
        for cas in fixture(rule).into_iter().flat_map(|f| f.declenche) {
            let donnees = appliquer(&donnees(&cas.base), &cas.patch);
            for remarque in rapport_du_cas(&cas, &cas.patch).unwrap_or_default() {
                let ici = format!("{} « {} »: {remarque}", rule.code, cas.cas);
                let parent = remarque.pointeur.rsplit_once('/').map_or("", |(parent, _)| parent);
                assert!(
                    donnees.pointer(&remarque.pointeur).or_else(|| donnees.pointer(parent)).is_some(),
                    "{ici}: no {}",
                    remarque.pointeur
                );
                assert!(remarque.message.ends_with(['.', '?']), "{ici}");
                assert!(remarque.message.starts_with(|c: char| c.is_uppercase() || c == '«'), "{ici}");
                assert!(!remarque.message.contains("  ") && anglais(&remarque.message).is_none(), "{ici}");
                assert!(remarque.remede.ends_with(['.', '?']), "{ici}");
            }
        }
    }
}

/// A rule reads what it says it reads: nothing else of the contract changes what it finds.
#[test]
fn what_a_rule_does_not_read_does_not_change_what_it_finds() {
    let mut fautes = Vec::new();
    for rule in RULES {
        for cas in fixture(rule).into_iter().flat_map(|f| f.declenche) {
            let donnees = appliquer(&donnees(&cas.base), &cas.patch);
            let mut reduites = donnees.clone();
            reduire(&mut reduites, "", rule.lit);
            let etats = Fichiers::new();
            if !cas.fichiers.is_empty() {
                continue;
            }
            let siennes = |d: &Value| -> Result<Vec<String>, String> {
                let rapport = rapport(d, Some((&cas.modele, cas.definitif, &etats)))?;
                Ok(rapport.remarques.iter().filter(|r| r.code == rule.code).map(|r| r.pointeur.clone()).collect())
            };
            match (siennes(&donnees), siennes(&reduites)) {
                (Ok(avant), Ok(apres)) if avant == apres => {}
                (avant, apres) => fautes.push(format!("{} « {} »: {avant:?}, then {apres:?}", rule.code, cas.cas)),
            }
        }
    }
    assert!(fautes.is_empty(), "{} faults: « lit » says too little\n{}", fautes.len(), fautes.join("\n"));
}

/// Keys that the schema requires wherever they stand: they stay.
const REQUISES: [&str; 45] = [
    "version_schema",
    "reference",
    "parties",
    "periode",
    "id",
    "type",
    "etablissement",
    "annee",
    "montant",
    "modele",
    "autorite",
    "objectif",
    "annexe",
    "modalite",
    "libelle",
    "nombre",
    "valeur",
    "fin",
    "titre",
    "regle",
    "motif",
    "objet",
    "texte",
    "source",
    "acte",
    "etp",
    "categorie",
    "nature",
    "theme",
    "taux",
    "exercice",
    "partenaire",
    "fichier",
    "article",
    "place",
    "partie",
    "document",
    "echeance",
    "capacite",
    "affectation",
    "pourcentage",
    "resultat",
    "mode",
    "accord",
    "de",
];

/// Removes every optional value that no pattern reads.
fn reduire(valeur: &mut Value, ici: &str, motifs: &[&str]) {
    match valeur {
        Value::Object(objet) => {
            objet.retain(|cle, _| {
                let chemin = format!("{ici}/{cle}");
                REQUISES.contains(&cle.as_str()) || motifs.iter().any(|m| regles::chemins::se_touchent(m, &chemin))
            });
            for (cle, v) in objet.iter_mut() {
                let chemin = format!("{ici}/{cle}");
                // Below a pattern, everything is read.
                let dessous = motifs.iter().any(|m| {
                    m.split('/').count() <= chemin.split('/').count() && regles::chemins::se_touchent(m, &chemin)
                });
                if !dessous {
                    reduire(v, &chemin, motifs);
                }
            }
        }
        Value::Array(elements) => {
            for (rang, element) in elements.iter_mut().enumerate() {
                reduire(element, &format!("{ici}/{rang}"), motifs);
            }
        }
        _ => {}
    }
}

#[test]
fn the_committed_catalogue_is_that_of_the_registry() {
    let ecrit = std::fs::read_to_string(racine().join("src/regles/README.md")).unwrap_or_default();
    assert!(
        ecrit == regles::catalogue::markdown(),
        "src/regles/README.md is out of date: cargo run --release -- regles --markdown > src/regles/README.md"
    );
}

#[test]
fn models_set_rules_that_exist_and_limits_that_they_have() {
    for (id, manifeste) in MODELES.iter() {
        let manifeste: Manifeste = serde_json::from_value(manifeste.clone()).expect("a manifest");
        for (code, reglage) in &manifeste.regles {
            let rule = regles::rule(code).unwrap_or_else(|| panic!("{id}: {code}"));
            match &reglage.limite {
                None => {}
                Some(Value::Object(limites)) => {
                    assert!(limites.keys().all(|nom| rule.limites.iter().any(|l| l.nom == nom)), "{id}: {code}");
                }
                Some(limite) => assert!(limite.is_number() && !rule.limites.is_empty(), "{id}: {code}"),
            }
        }
    }
}

/// A code that does not exist in a manifest is told, never silent.
#[test]
fn a_setting_without_a_rule_is_told() {
    let patch = serde_json::json!([{ "op": "add", "path": "/regles/PER-099", "value": { "limite": 3 } }]);
    let rapport = rapport(&donnees("paca/minimal.json"), Some((&patch, false, &Fichiers::new()))).expect("a report");
    let reglage = rapport.reglages.iter().find(|r| r.code == "PER-099").expect("told");
    assert!(reglage.effet.contains("n'existe pas"), "{reglage:?}");
}

/// What a reader judges: does each message say what is wrong, with the value and the limit, in plain French?
#[test]
fn the_messages_of_all_rules_read_well() {
    let mut texte = String::new();
    for rule in RULES {
        for cas in fixture(rule).into_iter().flat_map(|f| f.declenche) {
            texte.push_str(&format!("## {} – {}\n", rule.code, cas.cas));
            let remarques = rapport_du_cas(&cas, &cas.patch).unwrap_or_default();
            let siennes = remarques.iter().filter(|r| r.code == rule.code);
            // The first is enough where the case fires many.
            for remarque in siennes.take(1) {
                texte.push_str(&format!("{} {}\n", remarque.severite, remarque.message));
                if remarque.remede != rule.remede {
                    texte.push_str(&format!("    À faire : {}\n", remarque.remede));
                }
            }
        }
    }
    insta::assert_snapshot!(texte);
}

/// A contract is judged by the texts of its day: the rules of 2017 and after are not those of 2014.
#[test]
fn the_catalogue_of_a_day_has_the_rules_of_its_texts_alone() {
    let jour = |iso: &str| Some(iso.parse().expect("a date"));
    let absentes = |iso: &str| -> Vec<&str> {
        RULES.iter().filter(|r| !r.vigueur.tient(Jours::au(jour(iso)))).map(|r| r.code).collect()
    };
    let depuis_2015 = [
        "PAR-014", "DAT-011", "DIA-011", "DIA-012", "ACT-007", "ACT-008", "BUD-013", "BUD-020", "SIE-005", "RES-002",
        "RES-004", "RES-005", "RES-006", "RES-007", "ANX-004",
    ];
    assert_eq!(absentes("2014-06-01"), depuis_2015);
    assert_eq!(absentes("2018-01-01"), ["DIA-011", "DIA-012", "ACT-007", "ACT-008", "RES-005", "ANX-004"]);
    assert_eq!(absentes("2019-12-27"), ["DIA-011", "DIA-012", "ACT-008", "RES-005"]);
    assert_eq!(absentes("2026-01-01"), [] as [&str; 0]);
    assert!(RULES.iter().all(|r| r.vigueur.tient(Jours::default())), "a rule of the past alone is no rule of today");
}
