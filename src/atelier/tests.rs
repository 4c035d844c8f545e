//! What operations promise: the files say what was asked and stay what they were elsewhere, all can be undone to the byte,
//! nothing acknowledged is lost, nothing that someone else wrote is written over.

use super::cibles::historique;
use super::contrat::Contrat;
use super::demande::Demande;
use super::etat::Delta;
use super::liste;
use super::refus::Refus;
use super::remarques::RemarqueVue;
use crate::compte_rendu::deja_dit;
use crate::dossier::{self, Choix};
use crate::remarque::{Detenteur, Severite};
use crate::rendu::Options;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const MINIMAL: &str = include_str!("../../fixtures/paca/minimal.json");
const PACA: &str = include_str!("../../fixtures/paca/exemple.json");
const EN_QUATRE: [&str; 4] = [
    include_str!("../../fixtures/hesperia71/parties.json"),
    include_str!("../../fixtures/hesperia71/perimetre.json"),
    include_str!("../../fixtures/hesperia71/objectifs.json"),
    include_str!("../../fixtures/hesperia71/moyens.json"),
];

/// A folder with the files of a contract.
struct Banc {
    dossier: tempfile::TempDir,
    fichiers: Vec<PathBuf>,
}

impl Banc {
    fn avec(textes: &[&str]) -> Self {
        let dossier = tempfile::tempdir().unwrap();
        let ecrire = |(rang, texte): (usize, &&str)| {
            let fichier = dossier.path().join(format!("{rang}.json"));
            std::fs::write(&fichier, texte).unwrap();
            fichier
        };
        let fichiers = textes.iter().enumerate().map(ecrire).collect();
        Banc { dossier, fichiers }
    }

    fn historique(&self) -> PathBuf {
        self.dossier.path().join("historique.jsonl")
    }

    fn ouvrir(&self) -> Contrat {
        let catalogue = Arc::new(dossier::catalogue(None).unwrap());
        Contrat::ouvrir(self.fichiers.clone(), &self.historique(), catalogue).unwrap()
    }

    fn octets(&self) -> Vec<Vec<u8>> {
        self.fichiers.iter().map(|f| std::fs::read(f).unwrap()).collect()
    }

    fn json(&self, fichier: usize) -> Value {
        serde_json::from_slice(&self.octets()[fichier]).unwrap()
    }
}

fn demander(contrat: &mut Contrat, ops: Value) -> Result<Delta, Refus> {
    let demande: Demande = serde_json::from_value(json!({ "client": "a", "ops": ops })).unwrap();
    contrat.operer(&demande)
}

fn annuler(contrat: &mut Contrat) -> Option<Delta> {
    let n = contrat.etat().annuler?.n;
    Some(demander(contrat, json!([{ "op": "annuler", "n": n }])).expect("undone"))
}

/// What the page would then show, got by the differences alone.
fn appliquer(vue: &mut Value, delta: &Delta) {
    let delta = serde_json::to_value(delta).unwrap();
    for quoi in ["valeurs", "listes", "notes"] {
        for (chemin, neuf) in delta[quoi].as_object().unwrap() {
            let ici = vue[quoi].as_object_mut().unwrap();
            match neuf {
                Value::Null => drop(ici.remove(chemin)),
                neuf => drop(ici.insert(chemin.clone(), neuf.clone())),
            }
        }
    }
    let remarques = vue["remarques"].as_array_mut().unwrap();
    let partis = delta["remarques"]["moins"].as_array().unwrap();
    remarques.retain(|r| !partis.contains(&r["id"]));
    remarques.extend(delta["remarques"]["plus"].as_array().unwrap().iter().cloned());
}

fn montre(contrat: &Contrat) -> Value {
    let etat = serde_json::to_value(contrat.etat()).unwrap();
    let mut vue = json!({ "remarques": etat["remarques"] });
    for quoi in ["valeurs", "listes", "notes"] {
        vue[quoi] = etat[quoi].clone();
    }
    vue
}

/// The first place where two views differ.
fn ecart(a: &Value, b: &Value) -> Option<String> {
    let montrer = |v: &Value| v.to_string().chars().take(300).collect::<String>();
    match (a, b) {
        (Value::Object(x), Value::Object(y)) => {
            let cles = x.keys().chain(y.keys());
            cles.map(|c| (c, a.get(c), b.get(c))).find_map(|(c, u, v)| match (u, v) {
                (Some(u), Some(v)) => ecart(u, v).map(|e| format!("{c} {e}")),
                (u, v) => Some(format!("{c} : {:?} ≠ {:?}", u.map(montrer), v.map(montrer))),
            })
        }
        _ => (a != b).then(|| format!(": {} ≠ {}", montrer(a), montrer(b))),
    }
}

/// The same, whatever the order of the remarks.
fn range(mut vue: Value) -> Value {
    let id = |r: &Value| r["id"].as_str().unwrap_or_default().to_owned();
    let remarques = vue["remarques"].as_array_mut().unwrap();
    remarques.sort_by_key(id);
    // A remark that stays keeps the rank that it was told with.
    remarques.iter_mut().for_each(|r| drop(r.as_object_mut().unwrap().remove("rang")));
    vue
}

/// An operation on some place of the contract as it is.
fn au_hasard(contrat: &Contrat, genre: u8, place: &Index, mots: &str) -> Value {
    let etat = serde_json::to_value(contrat.etat()).unwrap();
    let cles = |quoi: &str| -> Vec<String> { etat[quoi].as_object().unwrap().keys().cloned().collect() };
    let (valeurs, listes) = (cles("valeurs"), cles("listes"));
    let valeur = &valeurs[place.index(valeurs.len())];
    let liste = &listes[place.index(listes.len())];
    let lignes = etat["listes"][liste].as_array().unwrap();
    let element =
        |n: usize| lignes.get(n % lignes.len().max(1)).map(|l| format!("{liste}/{}", l["cle"].as_str().unwrap()));
    let avant = &etat["valeurs"][valeur];
    match genre {
        0..=3 => {
            json!([{ "op": "poser", "chemin": valeur, "texte": mots, "avant": avant.get("t").or(avant.get("so")) }])
        }
        4 => json!([{ "op": "sans_objet", "chemin": valeur, "motif": mots }]),
        5 => json!([{ "op": "ajouter", "liste": liste }]),
        6 => json!([{ "op": "dupliquer", "chemin": element(3) }]),
        7 => json!([{ "op": "deplacer", "chemin": element(1), "rang": mots.len() % 4 }]),
        8 => json!([{ "op": "retirer", "chemin": element(2), "cascade": true }]),
        _ => {
            json!([{ "op": "note", "chemin": element(0), "texte": mots, "avant": etat["notes"].get(element(0).unwrap_or_default()) }])
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 8, ..ProptestConfig::default() })]

    /// Whatever is asked, in one file or in four: what the page shows by differences is what the files say, and all of it
    /// undone gives the first bytes back; done again, the last.
    #[test]
    fn operations_at_random_are_shown_as_they_are_and_undone_to_the_byte(
        plusieurs in any::<bool>(),
        suite in prop::collection::vec((0..10_u8, any::<Index>(), "[ a-zéA-Z0-9«»,/%.-]{0,24}"), 1..14),
    ) {
        let banc = if plusieurs { Banc::avec(&EN_QUATRE) } else { Banc::avec(&[PACA]) };
        let premiers = banc.octets();
        let mut contrat = banc.ouvrir();
        let mut vue = montre(&contrat);
        for (genre, place, mots) in &suite {
            let avant = banc.octets();
            let ops = au_hasard(&contrat, *genre, place, mots);
            match demander(&mut contrat, ops) {
                Ok(delta) => appliquer(&mut vue, &delta),
                Err(_) => prop_assert_eq!(banc.octets(), avant, "refused, and written"),
            }
            let ecart = ecart(&range(vue.clone()), &range(montre(&contrat)));
            prop_assert!(ecart.is_none(), "{}", ecart.unwrap_or_default());
        }
        let derniers = banc.octets();
        // Opened again, the contract is the same, whatever the keys of the session were.
        drop(contrat);
        let mut contrat = banc.ouvrir();
        let mut defaites = 0;
        while annuler(&mut contrat).is_some() {
            defaites += 1;
        }
        prop_assert_eq!(banc.octets(), premiers);
        for _ in 0..defaites {
            let n = contrat.etat().retablir.expect("something to do again").n;
            demander(&mut contrat, json!([{ "op": "retablir", "n": n }])).expect("done again");
        }
        prop_assert_eq!(banc.octets(), derniers);
    }
}

#[test]
fn a_value_is_written_in_its_place_and_nothing_else_moves() {
    let banc = Banc::avec(&[PACA]);
    let mut contrat = banc.ouvrir();
    let reference = banc.json(0)["perimetre"]["etablissements"][0]["nom"].as_str().unwrap().to_owned();
    let cle = contrat.etat().vue.listes["/perimetre/etablissements"][0].cle.clone();
    let nom = format!("/perimetre/etablissements/{cle}/nom");
    let delta =
        demander(&mut contrat, json!([{ "op": "poser", "chemin": nom, "texte": "IME Neuf", "avant": reference }]));
    let delta = delta.unwrap();
    assert_eq!(delta.nom, "IME Neuf › Nom".replace("IME Neuf", &reference));
    assert_eq!(
        String::from_utf8(banc.octets().remove(0)).unwrap(),
        PACA.replacen(&format!("\"{reference}\""), "\"IME Neuf\"", 1)
    );
    let noms = serde_json::to_value(&delta.vue.listes).unwrap().to_string();
    assert!(noms.contains("IME Neuf"), "the lists that name it follow: {noms}");
}

/// A file keeps its encoding and its line ends, whatever they are, and is given back to the byte.
#[test]
fn a_file_of_another_system_stays_as_it_was() {
    let crlf = PACA.replace('\n', "\r\n");
    let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(crlf.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let marque = format!("\u{FEFF}{crlf}").into_bytes();
    for octets in [crlf.into_bytes(), marque, utf16] {
        let banc = Banc::avec(&["{}"]);
        std::fs::write(&banc.fichiers[0], &octets).unwrap();
        let mut contrat = banc.ouvrir();
        let vu = serde_json::to_value(contrat.etat()).unwrap()["valeurs"]["/intitule"]["t"].clone();
        demander(&mut contrat, json!([{ "op": "poser", "chemin": "/intitule", "texte": "Été 𝄞", "avant": vu }]))
            .unwrap();
        let ecrits = banc.octets().remove(0);
        assert_eq!(ecrits[..2], octets[..2], "the same marks at the head");
        let perdues = ecrits
            .windows(2)
            .filter(|f| f == b"\r\n")
            .count()
            .abs_diff(octets.windows(2).filter(|f| f == b"\r\n").count());
        assert_eq!(perdues, 0, "the same line ends");
        demander(&mut contrat, json!([{ "op": "ajouter", "liste": "/perimetre/etablissements" }])).unwrap();
        annuler(&mut contrat).expect("something to undo");
        annuler(&mut contrat).expect("something to undo");
        assert_eq!(banc.octets()[0], octets);
    }
}

#[test]
fn what_two_pages_ask_of_one_value_is_told_and_nothing_is_lost() {
    let banc = Banc::avec(&[PACA]);
    let mut contrat = banc.ouvrir();
    let poser =
        |texte: &str, avant: Value| json!([{ "op": "poser", "chemin": "/intitule", "texte": texte, "avant": avant }]);
    let vu = banc.json(0)["intitule"].clone();
    demander(&mut contrat, poser("Le mien", vu.clone())).unwrap();
    let Err(Refus::Conflit(conflits)) = demander(&mut contrat, poser("Le sien", vu.clone())) else {
        panic!("a conflict")
    };
    assert_eq!((conflits[0].votre.as_deref(), conflits[0].actuel.as_deref()), (Some("Le sien"), Some("Le mien")));
    assert_eq!(conflits[0].vu.as_deref(), vu.as_str());
    assert_eq!(banc.json(0)["intitule"], "Le mien");
    // The same asked twice, since its answer was lost, is done once.
    let n = contrat.etat().n;
    assert_eq!(demander(&mut contrat, poser("Le mien", vu)).unwrap().n, n);
}

#[test]
fn what_someone_else_writes_is_taken_up_and_what_no_longer_reads_is_left_alone() {
    let banc = Banc::avec(&[PACA]);
    let mut contrat = banc.ouvrir();
    let fichier = &banc.fichiers[0];
    std::fs::write(fichier, PACA.replace("\"etat\": \"projet\"", "\"etat\": \"definitif\"")).unwrap();
    let delta = contrat.relire().unwrap().expect("it changed");
    assert_eq!(delta.entete.map(|e| e.etat).as_deref(), Some("definitif"));
    // An edit between two operations is neither lost nor written over.
    std::fs::write(fichier, PACA.replace("CPOM-2026-2030-ADELIE", "CPOM-AILLEURS")).unwrap();
    let vu = banc.json(0)["suivi"]["reunions_comite"].clone();
    let op = json!({ "op": "poser", "chemin": "/suivi/reunions_comite", "texte": "Deux fois par an", "avant": vu });
    demander(&mut contrat, json!([op])).unwrap();
    let lu = banc.json(0);
    assert_eq!(
        (lu["reference"].as_str(), lu["suivi"]["reunions_comite"].as_str()),
        (Some("CPOM-AILLEURS"), Some("Deux fois par an"))
    );
    // A file that no longer reads: told with its line, untouched.
    std::fs::write(fichier, "{\n  \"reference\": \n").unwrap();
    let etat = contrat.relire().unwrap().expect("told").fichiers.remove(0);
    assert!(!etat.lisible && etat.message.as_deref().is_some_and(|m| m.contains("ligne 3")), "{etat:?}");
    let refus = demander(&mut contrat, json!([{ "op": "poser", "chemin": "/intitule", "texte": "x" }]));
    assert!(matches!(refus, Err(Refus::Probleme(_))));
    assert_eq!(std::fs::read_to_string(fichier).unwrap(), "{\n  \"reference\": \n");
    std::fs::write(fichier, PACA).unwrap();
    assert!(contrat.relire().unwrap().is_some_and(|delta| delta.fichiers[0].lisible));
    assert!(contrat.relire().unwrap().is_none());
}

/// The program may be killed between the history and the file, or in the midst of a line.
#[test]
fn a_history_that_was_cut_is_taken_up_where_the_files_are() {
    let banc = Banc::avec(&[PACA]);
    let mut contrat = banc.ouvrir();
    let mettre = |contrat: &mut Contrat, texte: &str, avant: &str| {
        demander(contrat, json!([{ "op": "poser", "chemin": "/intitule", "texte": texte, "avant": avant }])).unwrap()
    };
    let depart = banc.json(0)["intitule"].as_str().unwrap().to_owned();
    mettre(&mut contrat, "Un", &depart);
    let apres_un = banc.octets();
    mettre(&mut contrat, "Deux", "Un");
    drop(contrat);
    // Killed after the history, before the file.
    std::fs::write(&banc.fichiers[0], &apres_un[0]).unwrap();
    let contrat = banc.ouvrir();
    assert_eq!(contrat.journal().entrees().len(), 1, "what was not written was not done");
    drop(contrat);
    // Killed in the midst of a line.
    let lignes = std::fs::read(banc.historique()).unwrap();
    std::fs::write(banc.historique(), [&lignes[..], b"{\"n\": 9, \"qu"].concat()).unwrap();
    let mut contrat = banc.ouvrir();
    assert_eq!(contrat.journal().entrees().len(), 1);
    annuler(&mut contrat).expect("something to undo");
    assert_eq!(banc.octets()[0], PACA.as_bytes());
}

#[test]
fn what_is_undone_after_others_came_puts_back_its_values_alone() {
    let banc = Banc::avec(&[PACA]);
    let mut contrat = banc.ouvrir();
    let depart = banc.json(0)["intitule"].clone();
    let un = demander(&mut contrat, json!([{ "op": "poser", "chemin": "/intitule", "texte": "Un", "avant": depart }]))
        .unwrap();
    demander(
        &mut contrat,
        json!([{ "op": "ajouter", "liste": "/perimetre/etablissements", "valeurs": { "nom": "SESSAD Neuf" } }]),
    )
    .unwrap();
    demander(&mut contrat, json!([{ "op": "annuler", "n": un.n }])).unwrap();
    let lu = banc.json(0);
    assert_eq!(lu["intitule"], depart);
    let dernier = lu["perimetre"]["etablissements"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(dernier, json!({ "id": "sessad-neuf", "nom": "SESSAD Neuf", "gestionnaire": "adelie" }));
    // What has changed since is not undone, and it is told.
    let deux =
        demander(&mut contrat, json!([{ "op": "poser", "chemin": "/intitule", "texte": "Deux", "avant": depart }]))
            .unwrap();
    demander(&mut contrat, json!([{ "op": "poser", "chemin": "/intitule", "texte": "Trois", "avant": "Deux" }]))
        .unwrap();
    assert!(demander(&mut contrat, json!([{ "op": "annuler", "n": deux.n }])).is_err());
    assert_eq!(banc.json(0)["intitule"], "Trois");
    // All of it, at once.
    demander(&mut contrat, json!([{ "op": "revenir", "n": 0 }])).unwrap();
    assert_eq!(banc.octets()[0], PACA.as_bytes());
    annuler(&mut contrat).expect("something to undo");
    assert_eq!(banc.json(0)["intitule"], "Trois");
}

#[test]
fn an_element_goes_with_what_names_it_when_that_is_asked() {
    let banc = Banc::avec(&[PACA]);
    let mut contrat = banc.ouvrir();
    let premier = contrat.etat().vue.listes["/perimetre/etablissements"][0].clone();
    let chemin = format!("/perimetre/etablissements/{}", premier.cle);
    let retirer = |cascade: bool| json!([{ "op": "retirer", "chemin": chemin, "cascade": cascade }]);
    let Err(Refus::Nomme(nommants)) = demander(&mut contrat, retirer(false)) else { panic!("it is named") };
    assert!(nommants.iter().any(|n| n.lieu.contains(&premier.nom)), "{nommants:?}");
    let id = banc.json(0)["perimetre"]["etablissements"][0]["id"].as_str().unwrap().to_owned();
    demander(&mut contrat, retirer(true)).unwrap();
    let reste = banc.json(0).to_string().matches(&format!("\"{id}\"")).count();
    assert_eq!(reste, 0, "no place has its name left");
    let perdus = contrat.dit().remarques().into_values().filter(|r| r.code == "PER-007").count();
    assert_eq!(perdus, 0, "nothing names what went");
    annuler(&mut contrat).expect("something to undo");
    assert_eq!(banc.octets()[0], PACA.as_bytes());
}

#[test]
fn a_pasted_block_is_one_operation_and_what_is_not_read_is_told() {
    let banc = Banc::avec(&[PACA]);
    let mut contrat = banc.ouvrir();
    let lignes = contrat.etat().vue.listes["/moyens/budgets"].clone();
    let etat = serde_json::to_value(contrat.etat()).unwrap();
    let ops: Vec<Value> = lignes
        .iter()
        .take(3)
        .enumerate()
        .map(|(rang, ligne)| {
            let chemin = format!("/moyens/budgets/{}/depenses/groupe_1", ligne.cle);
            let texte = if rang == 1 { "beaucoup".to_owned() } else { format!("{} 361 200,50 €", rang + 1) };
            json!({ "op": "poser", "chemin": chemin, "texte": texte, "avant": etat["valeurs"][&chemin]["t"] })
        })
        .collect();
    let demande: Demande =
        serde_json::from_value(json!({ "nom": "Coller 3 cellules", "souple": true, "ops": ops })).unwrap();
    let delta = contrat.operer(&demande).unwrap();
    assert_eq!((delta.nom.as_str(), delta.ecartes.len()), ("Coller 3 cellules", 1));
    assert_eq!(banc.json(0)["moyens"]["budgets"][2]["depenses"]["groupe_1"], json!(3_361_200.5));
    assert_eq!(annuler(&mut contrat).unwrap().nom, "Coller 3 cellules");
    assert_eq!(banc.octets()[0], PACA.as_bytes());
}

#[cfg(unix)]
#[test]
fn where_nothing_can_be_written_nothing_is_changed_and_it_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let banc = Banc::avec(&[PACA]);
    let mut contrat = banc.ouvrir();
    let droits = |mode: u32| {
        let chemin: &Path = &banc.fichiers[0];
        std::fs::set_permissions(chemin, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    droits(0o444);
    let avant = (montre(&contrat), std::fs::read(banc.historique()).unwrap());
    let depart = banc.json(0)["intitule"].clone();
    let refus =
        demander(&mut contrat, json!([{ "op": "poser", "chemin": "/intitule", "texte": "Un", "avant": depart }]));
    let ecrit = refus.is_ok();
    droits(0o644);
    // The superuser writes where no one may.
    if !ecrit {
        assert_eq!((montre(&contrat), std::fs::read(banc.historique()).unwrap()), avant);
        assert_eq!(banc.octets()[0], PACA.as_bytes());
    }
    drop(contrat);
    assert!(banc.ouvrir().journal().entrees().len() <= 1);
}

#[test]
fn a_rule_is_set_aside_by_its_remark() {
    let banc = Banc::avec(&[PACA]);
    let mut contrat = banc.ouvrir();
    let remarque = contrat.dit().remarques().into_values().find(|r| r.ecartable).expect("one that can be set aside");
    let deroger =
        |motif: &str| json!([{ "op": "deroger", "remarque": remarque.id, "motif": motif, "auteur": "la directrice" }]);
    assert!(matches!(demander(&mut contrat, deroger(" ")), Err(Refus::Illisible(_))));
    let delta = demander(&mut contrat, deroger("Admis par l'agence")).unwrap();
    assert!(delta.remarques.moins.contains(&remarque.id), "{:?}", delta.remarques);
    let derogations = banc.json(0)["derogations"].clone();
    assert_eq!(derogations.as_array().unwrap().last().unwrap()["motif"], "Admis par l'agence");
}

#[test]
fn the_history_says_what_a_value_was_and_what_it_became() {
    let banc = Banc::avec(&[PACA]);
    let mut contrat = banc.ouvrir();
    let etat = contrat.etat();
    let poser = |contrat: &mut Contrat, chemin: &str, texte: &str| {
        let avant = serde_json::to_value(contrat.etat()).unwrap()["valeurs"][chemin]["t"].clone();
        demander(contrat, json!([{ "op": "poser", "chemin": chemin, "texte": texte, "avant": avant }])).unwrap();
    };
    let dernier = |contrat: &Contrat| {
        let ligne = historique(contrat).swap_remove(0);
        (ligne.avant, ligne.apres)
    };
    let budget = format!("/moyens/budgets/{}", etat.vue.listes["/moyens/budgets"][0].cle);
    poser(&mut contrat, &format!("{budget}/depenses/groupe_1"), "361 200,50");
    assert_eq!(dernier(&contrat).1.as_deref(), Some("361\u{A0}200,50"));
    // An element is called by its name.
    let etablissements = &etat.vue.listes["/perimetre/etablissements"];
    let id = banc.json(0)["perimetre"]["etablissements"][1]["id"].as_str().unwrap().to_owned();
    poser(&mut contrat, &format!("{budget}/etablissement"), &id);
    let noms = (Some(etablissements[0].nom.clone()), Some(etablissements[1].nom.clone()));
    assert_eq!(dernier(&contrat), noms);
    // A text is cut; what is taken away becomes nothing.
    poser(&mut contrat, "/intitule", &"mot ".repeat(60));
    assert!(dernier(&contrat).1.is_some_and(|mots| mots.ends_with('…') && mots.chars().count() < 70));
    poser(&mut contrat, "/intitule", "");
    assert_eq!(dernier(&contrat).1, None);
}

/// Nobody is told late what is wrong.
#[test]
fn all_that_a_definitive_contract_is_refused_for_is_among_what_remains() {
    for textes in [&[MINIMAL][..], &[PACA], &EN_QUATRE] {
        let banc = Banc::avec(textes);
        let contrat = banc.ouvrir();
        let choix = Choix { etat: Some(crate::document::Etat::Definitif), ..contrat.choix() };
        let definitif = dossier::verifier(contrat.ouverture(), &choix).unwrap().rapport;
        let etat = contrat.etat();
        let dits: BTreeSet<&str> = etat
            .remarques
            .iter()
            .filter(|r| r.severite == Severite::Bloquante)
            .chain(&etat.au_definitif)
            .map(|r| r.chemin.as_str())
            .chain(etat.manques.iter().map(|m| m.chemin.as_str()))
            .collect();
        for remarque in definitif.remarques.iter().filter(|r| r.severite == Severite::Bloquante) {
            let chemin = contrat.cles().chemin(&remarque.pointeur);
            assert!(deja_dit(&chemin, &dits), "{chemin}: {}", remarque.message);
        }
        assert_eq!(definitif.refuse(), contrat.dit().reste() > 0);
        // Nothing is asked for twice at one place.
        for manque in &etat.manques {
            let bloque = |r: &&RemarqueVue| r.severite == Severite::Bloquante && r.chemin == manque.chemin;
            assert!(!etat.remarques.iter().any(|r| bloque(&r)), "{}", manque.chemin);
        }
    }
}

#[test]
fn the_list_that_is_sent_is_that_of_who_gets_it() {
    let banc = Banc::avec(&[MINIMAL]);
    let contrat = banc.ouvrir();
    let mots = |pour: Option<Detenteur>| {
        let entete = contrat.entete();
        let demande = liste::Demande {
            reference: &entete.reference,
            intitule: &entete.titre,
            modele: &entete.modele_titre,
            pour,
        };
        let document = liste::document_de(contrat.dit(), &demande);
        let octets = dossier::imprimer(&document, dossier::Format::Texte, &Options::default()).unwrap();
        en_un_souffle(&String::from_utf8(octets).unwrap())
    };
    let (tous, sien) = (mots(None), mots(Some(Detenteur::Gestionnaire)));
    let etat = contrat.etat();
    assert!(etat.manques.iter().any(|m| m.detenteur == Detenteur::Autorite), "both have something to do");
    for manque in &etat.manques {
        let dit = |mots: &str| mots.contains(&en_un_souffle(&manque.libelle));
        assert!(dit(&tous), "{}", manque.libelle);
        assert!(dit(&sien) || manque.detenteur == Detenteur::Autorite, "{}", manque.libelle);
    }
    assert!(tous.contains("À compléter par les autorités") && !sien.contains("À compléter par les autorités"));
    for machine in ["/parties/", "verdon", ".json", "{"] {
        assert!(!tous.contains(machine), "{machine} is nobody's word");
    }
}

/// Words whatever the lines and the typography.
fn en_un_souffle(mots: &str) -> String {
    mots.replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ")
}
