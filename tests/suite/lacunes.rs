//! What a contract lacks, from the clause that asks to the verdict: each gap has a place, a remedy and a holder, and no
//! draft that lacks something reads as accepted.

use std::collections::BTreeSet;
use std::path::PathBuf;

use cpom::compte_rendu::Manque;
use cpom::document::Etat;
use cpom::dossier::{self, Choix};
use cpom::modele::Catalogue;
use cpom::remarque::{Detenteur, Remarque};
use serde_json::{Value, json};

use super::outils::{Atelier, contrats, json, lire, modifie, ouvrir};

/// The contract of each model that has its own, and the start file of each.
fn tous() -> Vec<(String, Vec<PathBuf>, Option<Atelier>)> {
    let mut tous: Vec<_> = contrats().into_iter().map(|(nom, fichiers)| (nom, fichiers, None)).collect();
    for id in modeles() {
        let atelier = Atelier::nouveau();
        let depart = atelier.cpom(&["nouveau", "--modele", &id]).reussi();
        let fichier = atelier.ecrire("depart.json", depart.sortie);
        tous.push((format!("départ {id}"), vec![fichier], Some(atelier)));
    }
    tous
}

fn modeles() -> Vec<String> {
    Catalogue::embarque().liste().unwrap().iter().map(|m| m.manifeste.id.to_string()).collect()
}

/// The example without one value: consistent, and not complete.
fn incomplet() -> Value {
    modifie(&json("fixtures/paca/exemple.json"), json!([{ "op": "remove", "path": "/signature/lieu" }]))
}

fn rapport(atelier: &Atelier, arguments: &[&str]) -> Value {
    let mut tous = vec!["verifier", "contrat.json", "--format", "json"];
    tous.extend(arguments);
    serde_json::from_str(&atelier.cpom(&tous).sortie).expect("JSON")
}

fn lacunes(rapport: &Value) -> Vec<Remarque> {
    let remarques: Vec<Remarque> = serde_json::from_value(rapport["remarques"].clone()).expect("findings");
    remarques.into_iter().filter(|r| r.code == dossier::CODE_LACUNE).collect()
}

#[test]
fn every_gap_of_every_start_file_and_fixture_has_a_place_with_every_model() {
    let mut vues = 0;
    for (nom, fichiers, _atelier) in tous() {
        let ouverture = ouvrir(&fichiers);
        assert!(ouverture.contrat.is_some(), "{nom}: {:#?}", ouverture.remarques);
        for modele in modeles() {
            let choix = Choix { modele: Some(modele.clone()), etat: Some(Etat::Definitif), ..Choix::default() };
            let compte_rendu = dossier::controler(&ouverture, &choix, true).unwrap_or_else(|e| panic!("{nom}: {e}"));
            for Manque { partie, libelle, lieu, pointeur, chemin, position, .. } in
                compte_rendu.completude.expect("the list was asked for")
            {
                let place = position.expect("a file");
                let quoi = format!("{nom}, modèle {modele}: {libelle} ({partie}) at {place}, {pointeur}");
                assert!((place.ligne, place.colonne) != (1, 1) && !pointeur.is_empty(), "{quoi}");
                assert!(!libelle.is_empty() && !partie.is_empty() && !partie.contains("[à"), "{quoi}");
                assert!(!chemin.is_empty() && !lieu.champ.is_empty() && !lieu.liste.is_empty(), "{quoi}");
            }
            for ligne in &compte_rendu.remarques {
                let Some(lacune) = &ligne.remarque.lacune else { continue };
                vues += 1;
                assert!(!ligne.remarque.remede.is_empty() && !lacune.libelle.contains("à compléter"), "{lacune:?}");
            }
        }
    }
    assert!(vues > 500, "{vues}");
}

#[test]
fn every_remark_names_its_place_in_french_without_the_identifier_of_what_has_a_name() {
    for (nom, fichiers, _atelier) in tous() {
        let ouverture = ouvrir(&fichiers);
        let nommes: BTreeSet<&str> = ["/perimetre/etablissements", "/parties/gestionnaires"]
            .iter()
            .filter_map(|liste| ouverture.donnees.pointer(liste)?.as_array())
            .flatten()
            .filter(|element| element.get("nom").is_some_and(Value::is_string))
            .filter_map(|element| element["id"].as_str())
            .collect();
        let choix = Choix { etat: Some(Etat::Definitif), ..Choix::default() };
        let compte_rendu = dossier::controler(&ouverture, &choix, false).unwrap();
        for ligne in &compte_rendu.remarques {
            let Remarque { pointeur, chemin, .. } = &ligne.remarque;
            assert_eq!(pointeur.is_empty(), chemin.is_empty(), "{nom}: {:?}", ligne.remarque);
            let mots: BTreeSet<&str> = chemin.split([' ', ',']).collect();
            assert!(mots.is_disjoint(&nommes), "{nom}: {chemin}");
        }
    }
}

#[test]
fn the_rapt_fiche_says_which_nature_of_indicator_it_wants_and_where_to_add_it() {
    let exemple = json("fixtures/paca/exemple.json");
    let fiches = exemple["fiches_actions"].as_array().expect("fiches");
    let rapt = exemple["objectifs"]
        .as_array()
        .expect("objectives")
        .iter()
        .find(|o| o["bibliotheque"] == json!("rapt"))
        .expect("the objective of the model")["id"]
        .clone();
    let rang = fiches.iter().position(|f| f["objectif"] == rapt).expect("its fiche");
    let suivi: Vec<Value> = fiches[rang]["indicateurs"]
        .as_array()
        .expect("indicators")
        .iter()
        .filter(|i| i["nature"] == json!("suivi"))
        .cloned()
        .collect();
    assert!(!suivi.is_empty(), "the example has one of each nature");
    let pointeur = format!("/fiches_actions/{rang}/indicateurs");
    let atelier = Atelier::nouveau();
    for (indicateurs, attendues) in
        [(suivi, &["mise en œuvre", "résultat"][..]), (Vec::new(), &["mise en œuvre", "résultat", "suivi"][..])]
    {
        let contrat = modifie(&exemple, json!([{ "op": "replace", "path": pointeur, "value": indicateurs }]));
        atelier.contrat(&contrat);
        let trouvees: Vec<Remarque> = lacunes(&rapport(&atelier, &["--etat", "definitif"]))
            .into_iter()
            .filter(|r| r.pointeur == pointeur && r.lacune.as_ref().is_some_and(|l| l.ajouter.is_some()))
            .collect();
        assert_eq!(trouvees.len(), attendues.len(), "{trouvees:#?}");
        for (remarque, nature) in trouvees.iter().zip(attendues) {
            let debut = format!("ajoutez à {pointeur} un indicateur de nature « {nature} »");
            assert!(remarque.remede.starts_with(&debut), "{remarque:#?}");
            let lacune = remarque.lacune.as_ref().expect("its data");
            assert!(lacune.partie.starts_with("Fiche action n°"), "{lacune:#?}");
            // The gap stands in a cell: the clause that asks for it is known all the same.
            assert!(lacune.clause.as_ref().is_some_and(|c| c.contains("fiche-rapt.md, ligne ")), "{lacune:#?}");
            assert_eq!(remarque.position.as_ref().map(|p| p.ligne > 1), Some(true));
        }
    }
}

#[test]
fn a_draft_that_lacks_a_value_is_never_said_accepted_alone_in_any_form() {
    let atelier = Atelier::nouveau();
    atelier.contrat(&incomplet());
    let json = rapport(&atelier, &[]);
    assert_eq!(
        (&json["bilan"]["lacunes"], &json["refuse"], &json["definitif_refuse"]),
        (&json!(1), &json!(false), &json!(true))
    );
    let phrase = "incomplet, le définitif serait refusé : 1 lacune";
    for format in ["texte", "markdown", "junit"] {
        let passage = atelier.cpom(&["verifier", "contrat.json", "--format", format]).reussi();
        assert!(passage.sortie.contains(phrase) && !passage.sortie.contains("accepté"), "{}", passage.tout());
    }
    let sarif = atelier.cpom(&["verifier", "contrat.json", "--format", "sarif"]).reussi();
    let sarif: Value = serde_json::from_str(&sarif.sortie).expect("JSON");
    let proprietes = &sarif["runs"][0]["properties"];
    assert_eq!((&proprietes["verdict"], &proprietes["bilan"]["lacunes"]), (&json["verdict"], &json!(1)));
    let imprime = atelier.cpom(&["verifier", "contrat.json", "--format", "texte", "--sortie", "r.txt"]).reussi();
    assert!(imprime.erreurs.contains(phrase), "{}", imprime.tout());
    let ecrit = std::fs::read_to_string(atelier.chemin("r.txt")).expect("the report").replace('\u{a0}', " ");
    assert!(ecrit.contains(phrase), "{ecrit}");
    let genere = atelier.cpom(&["generer", "contrat.json", "--format", "texte"]).reussi();
    assert!(genere.erreurs.contains(phrase), "{}", genere.tout());
    // Asked for as definitive, the same gap refuses it.
    let definitif = atelier.cpom(&["verifier", "contrat.json", "--etat", "definitif"]);
    assert_eq!(definitif.code, 1);
    assert!(definitif.sortie.contains("refusé : 1 remarque bloquante (dont 1 lacune)"), "{}", definitif.tout());
    // Nothing lacks in the example itself.
    atelier.ecrire("contrat.json", lire("fixtures/paca/exemple.json"));
    assert!(atelier.cpom(&["verifier", "contrat.json"]).reussi().sortie.contains("contrat accepté"));
}

#[test]
fn what_only_a_definitive_contract_must_have_is_in_the_verdict_of_its_draft() {
    let atelier = Atelier::nouveau();
    let sans = modifie(
        &json("fixtures/paca/exemple.json"),
        json!([{ "op": "add", "path": "/diagnostic/constats", "value": { "non_applicable": "essai" } }]),
    );
    atelier.contrat(&sans);
    let (projet, definitif) = (rapport(&atelier, &["--etat", "projet"]), rapport(&atelier, &["--etat", "definitif"]));
    assert_eq!(projet["definitif_refuse"], definitif["refuse"]);
    assert_ne!(projet["verdict"], json!("contrat accepté"), "{projet:#}");
}

#[test]
fn equal_gaps_are_one_line_with_the_places_as_ranges() {
    let exemple = json("fixtures/paca/exemple.json");
    let nombre = exemple["fiches_actions"].as_array().expect("fiches").len();
    assert!(nombre > 2);
    let retraits: Vec<Value> =
        (0..nombre).map(|n| json!({ "op": "remove", "path": format!("/fiches_actions/{n}/acteurs") })).collect();
    let atelier = Atelier::nouveau();
    atelier.contrat(&modifie(&exemple, json!(retraits)));
    let attendue = format!("acteurs, pour {nombre} fiches actions (n° 1 à {nombre})");
    for arguments in [&["--etat", "definitif"][..], &["--etat", "definitif", "--format", "markdown"]] {
        let mut tous = vec!["verifier", "contrat.json"];
        tous.extend(arguments);
        let dit = atelier.cpom(&tous).sortie;
        assert_eq!(dit.matches("cteurs, pour").count(), 1, "{dit}");
        assert!(dit.contains(&attendue), "{dit}");
        assert!(dit.contains("contrat.json, lignes "), "{dit}");
    }
    // Machines have them all.
    assert_eq!(lacunes(&rapport(&atelier, &["--etat", "definitif"])).len(), nombre);
    let genere = atelier.cpom(&["generer", "contrat.json", "--format", "texte"]).reussi();
    assert!(genere.erreurs.contains(&attendue), "{}", genere.tout());
}

#[test]
fn what_is_missing_is_a_table_of_structures_and_fields_by_holder() {
    let (_, fichiers) = contrats().into_iter().find(|(_, f)| f.len() > 1).expect("a contract of several files");
    let chemins: Vec<String> = fichiers.iter().map(|f| f.display().to_string()).collect();
    let atelier = Atelier::nouveau();
    let dire = |format: &str| {
        let mut arguments = vec!["verifier", "--completude", "--format", format];
        arguments.extend(chemins.iter().map(String::as_str));
        atelier.cpom(&arguments).sortie
    };
    let rapport: Value = serde_json::from_str(&dire("json")).expect("JSON");
    let manques = rapport["completude"].as_array().expect("a list").len();
    let markdown = dire("markdown");
    let tableau = markdown.split("## À compléter").skip(1).collect::<String>();
    let lignes = tableau.lines().filter(|l| l.starts_with("| ")).count();
    assert!(manques > 300 && lignes < manques / 8, "{manques} values in {lignes} lines");
    for detenteur in Detenteur::TOUS {
        assert!(markdown.contains(&format!("## {}", detenteur.titre())), "{markdown}");
    }
    // No title of a part cut at its parenthesis, no label with the identifier of an element.
    assert!(!tableau.contains("[à compléter") && !tableau.contains("(obj-"), "{tableau}");
    let texte = dire("texte");
    assert!(texte.contains("À compléter par le gestionnaire") && texte.contains(" ; Acteurs ; "), "{texte}");
}

#[test]
fn what_is_agreed_is_to_be_completed_by_both() {
    let atelier = Atelier::nouveau();
    let sans = modifie(
        &json("fixtures/paca/exemple.json"),
        json!([
            { "op": "add", "path": "/moyens/affectation_resultats", "value": {} },
            { "op": "remove", "path": "/signature/lieu" }
        ]),
    );
    atelier.contrat(&sans);
    let rapport = rapport(&atelier, &["--completude"]);
    let tient = |pointeur: &str| -> BTreeSet<&str> {
        let manques = rapport["completude"].as_array().expect("a list").iter();
        let siens = manques.filter(|m| m["pointeur"].as_str().is_some_and(|p| p.starts_with(pointeur)));
        siens.filter_map(|m| m["detenteur"].as_str()).collect()
    };
    assert_eq!(tient("/moyens/affectation_resultats"), BTreeSet::from(["les_deux"]), "{rapport:#}");
    assert_eq!(tient("/signature"), BTreeSet::from(["autorite"]), "{rapport:#}");
}

#[test]
fn a_model_that_asks_without_saying_where_is_refused_at_its_line() {
    let atelier = Atelier::nouveau();
    let manifeste = json!({ "id": "essai", "nom": "Essai", "version": "1", "herite": "commun" });
    atelier.ecrire("modeles/essai/modele.json", manifeste.to_string());
    atelier.ecrire("modeles/essai/litiges.md", "Le comité se réunit.\n\nDélai : {{ lacune(\"délai\") }}.\n");
    let verifie = atelier.cpom(&["modeles", "verifier", "modeles/essai"]);
    assert_eq!(verifie.code, 1, "{}", verifie.tout());
    assert!(verifie.sortie.contains("litiges.md:3:1") && verifie.sortie.contains("dit où"), "{}", verifie.tout());
    // A key that the object has not is refused too; one that it has, with nothing in it, is a gap with its place.
    // The example has its own words in place of that article.
    atelier.contrat(&modifie(&incomplet(), json!([{ "op": "remove", "path": "/clauses_particulieres" }])));
    let generer = ["generer", "contrat.json", "--modele", "essai", "--modeles", "modeles", "--format", "texte"];
    atelier.ecrire("modeles/essai/litiges.md", "Délai : {{ lacune(\"délai\", contrat.signature, \"delai\") }}.\n");
    let inconnue = atelier.cpom(&generer);
    assert!(inconnue.code == 2 && inconnue.erreurs.contains("« delai » n'existe pas"), "{}", inconnue.tout());
    atelier.ecrire("modeles/essai/litiges.md", "Lieu : {{ lacune(\"lieu\", contrat.signature, \"lieu\") }}.\n");
    assert!(atelier.cpom(&generer).reussi().erreurs.contains("/signature/lieu"));
}

#[test]
fn the_names_that_contracts_use_are_listed_and_the_messages_that_refuse_others_say_where() {
    let atelier = Atelier::nouveau();
    for id in modeles() {
        let dit = atelier.cpom(&["modeles", "montrer", &id, "--format", "json"]).reussi();
        let sommaire: Value = serde_json::from_str(&dit.sortie).expect("JSON");
        let ids = |cle: &str| -> Vec<String> {
            let liste = sommaire[cle].as_array().expect("a list").iter();
            liste.map(|e| e["id"].as_str().expect("an identifier").to_owned()).collect()
        };
        let texte = atelier.cpom(&["modeles", "montrer", &id]).reussi().sortie;
        assert!(
            ids("articles").iter().chain(&ids("annexes")).all(|id| texte.contains(&format!("  {id} : "))),
            "{texte}"
        );
        // Each may be named by a clause of the contract's own.
        let clauses: Vec<Value> = ids("articles")
            .iter()
            .chain(&ids("annexes"))
            .map(|article| json!({ "article": article, "place": "apres", "texte": "Ainsi convenu." }))
            .collect();
        let mut contrat = json("fixtures/paca/exemple.json");
        contrat["modele"] = json!({ "id": id });
        contrat["clauses_particulieres"] = json!(clauses);
        atelier.contrat(&contrat);
        let avec = rapport(&atelier, &["--modele", &id]);
        let refuses: Vec<&Value> = avec["remarques"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|r| r["code"] == json!("PER-007") && !r["references"].as_array().expect("a list").is_empty())
            .filter(|r| r["pointeur"].as_str().is_some_and(|p| p.starts_with("/clauses")))
            .collect();
        assert!(refuses.is_empty(), "{id}: {refuses:#?}");
        contrat["clauses_particulieres"] =
            json!([{ "article": "zzzzzzzz", "place": "apres", "texte": "Ainsi convenu." }]);
        contrat["pieces"] = json!([{ "annexe": "zzzzzzzz" }]);
        atelier.contrat(&contrat);
        let refuse = rapport(&atelier, &["--modele", &id]);
        let nomment = refuse["remarques"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|r| r["remede"].as_str().is_some_and(|m| m.contains(&format!("cpom modeles montrer {id}"))))
            .count();
        assert!(nomment >= 2, "{id}: {refuse:#}");
    }
}
