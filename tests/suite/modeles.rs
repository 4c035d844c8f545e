//! A region is a folder that anyone can write: copied, tried, told what is wrong with it, printed.

use cpom::dossier::{Choix, essai};
use cpom::modele::Catalogue;
use serde_json::{Value, json};

use super::outils::{self, Atelier, contrats, fichiers, json, lire, modifie, ouvrir, racine, rediger};
use super::refus::anglais;

const DEUX_CLAUSES: &str = "tests/donnees/modeles/deux-clauses";

/// A copy of the national model, with one clause of one's own.
fn avec_clause(nom: &str, texte: &str) -> Atelier {
    let atelier = Atelier::nouveau();
    let manifeste = json!({ "id": "essai", "nom": "Essai", "version": "1", "herite": "commun" });
    atelier.ecrire("modeles/essai/modele.json", manifeste.to_string());
    atelier.ecrire(&format!("modeles/essai/{nom}"), texte);
    atelier
}

#[test]
fn every_embedded_model_is_without_fault_and_prints_every_trial_contract() {
    for modele in Catalogue::embarque().liste().unwrap() {
        let (remarques, imprimes) = essai::essayer(&modele).unwrap();
        assert!(remarques.is_empty(), "{}: {remarques:#?}", modele.designation());
        assert!(imprimes >= 6);
    }
}

#[test]
fn every_model_prints_every_fixture_as_a_draft_without_a_fault_of_its_own() {
    let modeles = Catalogue::embarque().liste().unwrap();
    for (nom, fichiers) in contrats() {
        let ouverture = ouvrir(&fichiers);
        for modele in &modeles {
            let id = modele.manifeste.id.to_string();
            let choix =
                Choix { etat: Some(cpom::document::Etat::Projet), modele: Some(id.clone()), ..Choix::default() };
            for exemplaire in rediger(&ouverture, &choix) {
                let texte = cpom::rendu::texte::rendre(&exemplaire.document);
                assert!(texte.len() > 5_000, "{nom}, {id}");
                assert_eq!(anglais(&texte), None, "{nom}, {id}");
                for faute in ["  ", " ,", "None", "undefined"] {
                    let ou = texte
                        .lines()
                        .filter(|l| !l.contains("---") && !l.contains(" | "))
                        .find(|l| l.trim_start().contains(faute));
                    assert!(ou.is_none(), "{nom}, {id}: « {faute} » in « {} »", ou.unwrap_or_default());
                }
            }
        }
    }
}

#[test]
fn the_example_of_each_model_is_printed_as_definitive_without_a_gap() {
    for modele in ["paca", "bretagne", "ara"] {
        let atelier = Atelier::nouveau();
        let exemple = racine().join(format!("fixtures/{modele}/exemple.json"));
        let arguments = ["--etat", "definitif", "--format", "pdf,docx,texte"];
        let passage = atelier.cpom(&[&["generer", exemple.to_str().unwrap()], &arguments[..]].concat()).reussi();
        assert!(passage.erreurs.contains(&format!("modèle : {modele} ")), "{}", passage.tout());
        let texte = atelier.noms("sortie").into_iter().find(|n| n.ends_with(".txt")).unwrap();
        let texte = std::fs::read_to_string(atelier.chemin("sortie").join(texte)).unwrap();
        assert!(!texte.contains("[à compléter"), "{modele}");
    }
}

#[test]
fn models_are_listed_with_their_region_and_what_they_hold() {
    let liste = Atelier::nouveau().cpom(&["modeles", "lister"]).reussi().sortie;
    for attendu in ["ara ", "bretagne ", "national ", "paca ", "région : Bretagne", "objectifs en bibliothèque"] {
        assert!(liste.contains(attendu), "« {attendu} »: {liste}");
    }
}

#[test]
fn a_copied_model_prints_the_words_of_the_original_and_says_it_is_local() {
    let atelier = Atelier::nouveau();
    atelier.contrat(&json("fixtures/paca/exemple.json"));
    let passage = atelier.cpom(&["modeles", "exporter", "paca", "modeles/ma-region"]).reussi();
    assert!(passage.erreurs.contains("s'appelle « ma-region »"), "{}", passage.tout());
    let copie: Value =
        serde_json::from_str(&std::fs::read_to_string(atelier.chemin("modeles/ma-region/modele.json")).unwrap())
            .unwrap();
    assert_eq!((&copie["id"], &copie["regions"]), (&json!("ma-region"), &json!([])));
    atelier.cpom(&["modeles", "verifier", "modeles/ma-region"]).reussi();
    let imprimer = |arguments: &[&str], sortie: &str| {
        let tous = [&["generer", "contrat.json", "--format", "texte,pdf", "--sortie", sortie], arguments].concat();
        atelier.cpom(&tous).reussi();
        std::fs::read_to_string(atelier.chemin(sortie).join("CPOM-2026-2030-ADELIE.txt")).unwrap()
    };
    let avant = imprimer(&["--modele", "paca"], "avant");
    let apres = imprimer(&["--modeles", "modeles", "--modele", "ma-region"], "apres");
    assert_eq!(avant, apres);
    let controle = atelier.cpom(&["controler", "apres/CPOM-2026-2030-ADELIE.pdf", "--modeles", "modeles"]).reussi();
    assert!(controle.sortie.contains("modèle ma-region"), "{}", controle.tout());
    let pdf = lopdf::Document::load(atelier.chemin("apres/CPOM-2026-2030-ADELIE.pdf")).unwrap();
    let xmp = pdf.catalog().unwrap().get_deref(b"Metadata", &pdf).unwrap().as_stream().unwrap();
    let xmp = String::from_utf8(xmp.get_plain_content().unwrap()).unwrap();
    assert!(xmp.contains("modèle local"), "{xmp}");
    // Nothing is replaced.
    let refus = atelier.cpom(&["modeles", "exporter", "ara", "modeles/ma-region"]);
    assert!(refus.code == 2 && refus.erreurs.contains("n'est pas vide"), "{}", refus.tout());
    let refus = atelier.cpom(&["modeles", "exporter", "ara", "modeles/Ma Région"]);
    assert!(refus.code == 2 && refus.erreurs.contains("son nom devient celui du modèle"), "{}", refus.tout());
    let tout = atelier.cpom(&["modeles", "exporter", "bretagne", "modeles/tout", "--tout"]).reussi();
    assert!(tout.sortie.contains("bibliotheque.json") && tout.sortie.contains("litiges.md"), "{}", tout.tout());
}

#[test]
fn two_clauses_make_a_region_that_prints_a_whole_contract() {
    let atelier = Atelier::nouveau();
    let dossier = racine().join(DEUX_CLAUSES);
    let passage = atelier.cpom(&["modeles", "verifier", dossier.to_str().unwrap()]).reussi();
    assert!(passage.sortie.contains("bon à employer"), "{}", passage.tout());
    let contrat = racine().join("fixtures/persagotiere/exemple.json");
    let parent = dossier.parent().unwrap();
    let texte = |modele: &str| {
        let arguments =
            ["--modeles", parent.to_str().unwrap(), "--modele", modele, "--format", "texte", "--sortie", modele];
        atelier.cpom(&[&["generer", contrat.to_str().unwrap()], &arguments[..]].concat()).reussi();
        let nom = atelier.noms(modele).remove(0);
        std::fs::read_to_string(atelier.chemin(modele).join(nom)).unwrap()
    };
    let (regional, national) = (texte("deux-clauses"), texte("national"));
    assert!(
        regional.contains("désigner ensemble un médiateur") && !national.contains("désigner ensemble un médiateur")
    );
    let propres = regional.lines().filter(|l| !national.contains(*l)).count();
    assert!((2..12).contains(&propres), "{propres} lines differ");
    // The guide shows these very clauses.
    let guide = lire("templates/README.md");
    for clause in ["litiges.md", "preambule.md"] {
        let montre = guide.split(&format!("<!-- deux-clauses:{clause} -->\n```jinja\n")).nth(1).expect("shown");
        assert_eq!(montre.split("```").next().unwrap(), lire(format!("{DEUX_CLAUSES}/{clause}")), "{clause}");
    }
}

#[test]
fn four_faults_of_a_clause_get_four_clear_refusals_with_file_line_and_excerpt() {
    let cas = [
        ("litiges.md", "Première ligne.\n\n{{ contrat.partis }}\n", ":3:1: ", "vouliez-vous « parties » ?"),
        ("litiges.md", "{% if inconnue %}Oui{% endif %}\n", ":1:1: ", "le nom « inconnue » n'existe pas"),
        (
            "litiges.md",
            "{% if existe(\"commite\") %}Oui{% endif %}\n",
            ":1:1: ",
            "aucun plan n'a d'élément « commite »",
        ),
        ("litiges.md", "{{ contrat.reference|majuscules }}\n", ":1:1: ", "ce filtre n'existe pas : « majuscules »"),
        (
            "litiges.md",
            "Texte.\n\n{% for i in range(99999) %}{% for j in range(99999) %}.{% endfor %}{% endfor %}\n",
            ":3:1: ",
            "une boucle ne s'arrête pas",
        ),
        ("litiges.md", "{% include \"../../secret.md\" %}\n", ":1:1: ", "la clause demandée n'existe pas"),
        ("litiges.md", "Texte.\n{% if x %}\n", ":2:1: ", "la syntaxe n'est pas comprise"),
        ("litiges.md", "Un cœur : ♥😀\n", ":1:1: ", "ne s'imprime pas"),
        ("litiges.md", "{% include \"litiges.md\" %}\n", ":1:1: ", "s'appellent les unes les autres sans fin"),
    ];
    for (nom, texte, place, attendu) in cas {
        let atelier = avec_clause(nom, texte);
        atelier.ecrire("modeles/secret.md", "secret");
        let passage = atelier.cpom(&["modeles", "verifier", "modeles/essai"]);
        assert_eq!(passage.code, 1, "{}", passage.tout());
        let mut lignes = passage.sortie.lines().skip_while(|l| !l.contains(attendu));
        assert!(lignes.next().is_some(), "{}", passage.tout());
        let ou = lignes.find(|l| l.starts_with("    Où : ")).unwrap_or_default();
        let place = place.trim_end().trim_end_matches(':');
        assert_eq!(ou, format!("    Où : le modèle (essai/{nom}{place})"), "{}", passage.tout());
        assert!(!passage.sortie.contains("secret\n") && anglais(&passage.sortie).is_none(), "{}", passage.tout());
    }
}

#[test]
fn a_contract_is_refused_with_the_line_of_the_clause_too() {
    let atelier = avec_clause("litiges.md", "Un.\n\n{% for p in contrat.partie %}x{% endfor %}\n");
    atelier.contrat(&json("fixtures/paca/minimal.json"));
    let arguments = ["--modeles", "modeles", "--modele", "essai"];
    let passage = atelier.cpom(&[&["generer", "contrat.json"], &arguments[..]].concat());
    assert_eq!(passage.code, 2);
    assert!(
        passage.erreurs.contains("essai/litiges.md:3") && passage.erreurs.contains("3 | {% for p"),
        "{}",
        passage.tout()
    );
    assert!(atelier.noms("sortie").is_empty());
}

#[test]
fn a_clause_that_nothing_prints_is_told_with_the_name_it_may_stand_for() {
    let atelier = avec_clause("litige.md", "Texte.\n");
    let passage = atelier.cpom(&["modeles", "verifier", "modeles/essai"]).reussi();
    assert!(
        passage.sortie.contains("aucun plan n'imprime cette clause ; vouliez-vous dire « litiges.md » ?"),
        "{}",
        passage.tout()
    );
}

#[test]
fn a_wrong_condition_manifest_or_folder_is_told_in_french() {
    let atelier = Atelier::nouveau();
    let manifeste = |condition: &str| {
        json!({
            "id": "essai", "nom": "Essai", "version": "1", "herite": "commun",
            "plan": [{ "genre": "socle", "id": "socle", "elements": [
                { "genre": "article", "id": "a", "titre": "A", "clause": "litiges.md", "condition": condition },
                { "genre": "section", "id": "signatures", "titre": "Signatures", "clause": "signatures.md" }
            ] }]
        })
    };
    for (condition, attendu) in
        [("contrat.periodes", "vouliez-vous « periode »"), ("contrat.periode and", "la syntaxe n'est pas comprise")]
    {
        atelier.ecrire("modeles/essai/modele.json", serde_json::to_string_pretty(&manifeste(condition)).unwrap());
        let passage = atelier.cpom(&["modeles", "verifier", "modeles/essai"]);
        assert_eq!(passage.code, 1, "{}", passage.tout());
        assert!(
            passage.sortie.contains("la condition de « a »") && passage.sortie.contains(attendu),
            "{}",
            passage.tout()
        );
    }
    atelier.ecrire("modeles/essai/modele.json", "{ \"id\": \"essai\" }");
    let passage = atelier.cpom(&["modeles", "verifier", "modeles/essai"]);
    assert!(passage.code == 2 && passage.erreurs.contains("il manque"), "{}", passage.tout());
    for (dossier, attendu) in [("logos", "n'est pas un modèle"), ("absent", "n'existe pas")] {
        let passage = atelier.cpom(&["modeles", "verifier", dossier]);
        assert!(passage.code == 2 && passage.erreurs.contains(attendu), "{}", passage.tout());
    }
}

#[test]
fn an_annex_has_a_page_per_establishment_and_axes_keep_the_order_of_the_model() {
    let ouverture = ouvrir(&[racine().join("fixtures/ara/exemple.json")]);
    let document = rediger(&ouverture, &Choix::default()).remove(0).document;
    let contrat = json("fixtures/ara/exemple.json");
    let inclus: Vec<&str> = contrat["perimetre"]["etablissements"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|e| e["inclus"] == json!(true))
        .map(|e| e["nom"].as_str().unwrap())
        .collect();
    let pages: Vec<&str> =
        document.parties.iter().filter(|p| p.cle.starts_with("esms-")).map(|p| p.titre.as_str()).collect();
    assert_eq!(pages.len(), inclus.len());
    let texte = cpom::rendu::texte::rendre(&document);
    let axes: Vec<usize> = contrat["axes"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|a| texte.find(a["titre"].as_str().unwrap_or("Prestations d")))
        .collect();
    assert!(!axes.is_empty());
}

#[test]
fn a_dated_parameter_is_printed_at_its_dates_only() {
    let atelier = Atelier::nouveau();
    let parametre = |du: &str| {
        json!({
            "id": "essai", "nom": "Essai", "version": "1", "herite": "commun",
            "parametres": { "taux": { "valeur": 7, "valide_du": du, "valide_au": "2026-12-31" } }
        })
    };
    atelier.ecrire(
        "modeles/essai/litiges.md",
        "{% if parametres.taux %}Taux daté : {{ parametres.taux }}.{% else %}Sans taux.{% endif %}\n",
    );
    atelier.contrat(&modifie(
        &json("fixtures/paca/exemple.json"),
        json!([{ "op": "remove", "path": "/clauses_particulieres" }]),
    ));
    for (du, attendu) in [("2020-01-01", "Taux daté"), ("2026-06-01", "Sans taux.")] {
        atelier.ecrire("modeles/essai/modele.json", parametre(du).to_string());
        let arguments = ["--modeles", "modeles", "--modele", "essai", "--format", "texte", "--etat", "projet"];
        atelier.cpom(&[&["generer", "contrat.json"], &arguments[..]].concat()).reussi();
        let texte = std::fs::read_to_string(atelier.chemin("sortie/CPOM-2026-2030-ADELIE.txt")).unwrap();
        assert!(texte.contains(attendu), "{du}");
    }
}

#[test]
fn a_region_s_own_list_becomes_a_library() {
    let atelier = Atelier::nouveau();
    let table =
        "Code;Objectif;Obligatoire;Indicateur;Unité\nA1;Ouvrir une équipe mobile;oui;Interventions;interventions\n";
    atelier.ecrire("liste.csv", table);
    atelier.cpom(&["modeles", "exporter", "national", "modeles/region"]).reussi();
    let importer = ["bibliotheque", "importer", "liste.csv", "--sortie", "modeles/region/bibliotheque.json"];
    let passage = atelier.cpom(&importer).reussi();
    assert!(passage.sortie.contains("1 objectif, 1 indicateur"), "{}", passage.tout());
    atelier.cpom(&["modeles", "verifier", "modeles/region"]).reussi();
    let liste = atelier.cpom(&["bibliotheque", "lister", "--modeles", "modeles", "--modele", "region"]).reussi();
    assert!(liste.sortie.contains("a1 – Ouvrir une équipe mobile (obligatoire ; 1 indicateur)"), "{}", liste.tout());
    atelier.ecrire("fausse.csv", "Code;Objectif;Publics\nA1;Un;martiens\n");
    let passage = atelier.cpom(&["bibliotheque", "importer", "fausse.csv", "--sortie", "autre.json"]);
    assert!(passage.code == 1 && passage.erreurs.contains("fausse.csv:2:1"), "{}", passage.tout());
    assert!(!atelier.chemin("autre.json").exists());
}

#[test]
fn an_objective_is_added_to_a_contract_that_keeps_its_writing() {
    let atelier = Atelier::nouveau();
    let avant = lire("fixtures/paca/minimal.json");
    atelier.ecrire("contrat.json", &avant);
    let code = "passage-age-adulte";
    let ajouter = ["bibliotheque", "ajouter", code, "contrat.json", "--modele", "bretagne"];
    let passage = atelier.cpom(&ajouter).reussi();
    assert!(passage.sortie.contains("ajouté") && passage.sortie.contains("À compléter"), "{}", passage.tout());
    let apres = std::fs::read_to_string(atelier.chemin("contrat.json")).unwrap();
    let restees = avant.lines().filter(|l| apres.contains(l.trim_end_matches(','))).count();
    assert_eq!(restees, avant.lines().count(), "a line of the file was written otherwise");
    let lu: Value = serde_json::from_str(&apres).unwrap();
    let objectif = lu["objectifs"].as_array().unwrap().last().unwrap();
    assert_eq!(objectif["bibliotheque"], json!(code));
    let fiche = lu["fiches_actions"].as_array().unwrap().last().unwrap();
    assert_eq!(fiche["objectif"], objectif["id"]);
    assert!(fiche["indicateurs"].as_array().unwrap().len() >= 2);
    let remarques = atelier.cpom(&["verifier", "contrat.json", "--modele", "bretagne"]);
    assert!(!remarques.sortie.contains("SCH-"), "{}", remarques.tout());
    let encore = atelier.cpom(&ajouter);
    assert!(encore.code == 2 && encore.erreurs.contains("y est déjà"), "{}", encore.tout());
    let inconnu = atelier.cpom(&["bibliotheque", "ajouter", "scolarisation", "contrat.json", "--modele", "bretagne"]);
    assert!(inconnu.code == 2 && inconnu.erreurs.contains("vouliez-vous dire « scolarisation-"), "{}", inconnu.tout());
    assert_eq!(std::fs::read_to_string(atelier.chemin("contrat.json")).unwrap(), apres);
    let montre = atelier.cpom(&["bibliotheque", "montrer", code]).reussi();
    assert!(montre.sortie.contains("Indicateur ") && montre.sortie.contains("numérateur"), "{}", montre.tout());
}

#[test]
fn teams_and_directors_get_a_document_of_their_own_out_of_the_same_data() {
    for modele in ["paca", "bretagne", "ara", "national"] {
        let fixture = if modele == "national" { "persagotiere" } else { modele };
        let contrat = racine().join(format!("fixtures/{fixture}/exemple.json"));
        let donnees = json(format!("fixtures/{fixture}/exemple.json"));
        let etablissement = donnees["perimetre"]["etablissements"][0]["id"].as_str().unwrap().to_owned();
        let atelier = Atelier::nouveau();
        let imprimer = |pour: &[&str]| {
            let arguments =
                [&["generer", contrat.to_str().unwrap(), "--format", "pdf,docx,texte", "--pour"], pour].concat();
            atelier.cpom(&arguments).reussi()
        };
        imprimer(&["equipes"]);
        imprimer(&["etablissement", &etablissement]);
        let noms = atelier.noms("sortie");
        assert_eq!(noms.len(), 6, "{noms:?}");
        let texte = |fin: &str| {
            let nom = noms.iter().find(|n| n.ends_with(fin)).unwrap_or_else(|| panic!("{noms:?}"));
            std::fs::read_to_string(atelier.chemin("sortie").join(nom)).unwrap()
        };
        let equipes = texte("-equipes.txt");
        assert_eq!(equipes.matches("=== Fiche action n").count(), donnees["fiches_actions"].as_array().unwrap().len());
        assert!(equipes.contains("Ce que nous faisons") && !equipes.contains("Article 1"), "{modele}");
        let feuille = texte(&format!("-etablissement-{etablissement}.txt"));
        assert_eq!(
            feuille.matches("\n=== ").count() + usize::from(feuille.starts_with("=== ")),
            1,
            "one establishment"
        );
        let nom = donnees["perimetre"]["etablissements"][0]["nom"].as_str().unwrap().replace('\'', "’");
        assert!(feuille.contains(&nom), "{modele}");
        let pdf = noms.iter().find(|n| n.ends_with("-equipes.pdf")).unwrap();
        let extraire = atelier.cpom(&["extraire", &format!("sortie/{pdf}")]);
        assert!(extraire.code == 2 && extraire.erreurs.contains("tiré du contrat"), "{}", extraire.tout());
        for (pour, attendu) in [
            (&["etablissement", "inconnu"][..], "n'est pas dans le périmètre"),
            (&["etablissement"], "n'est pas compris"),
            (&["quelqu-un"], "n'est pas compris"),
        ] {
            let refus = atelier.cpom(&[&["generer", contrat.to_str().unwrap(), "--pour"], pour].concat());
            assert!(refus.code == 2 && refus.erreurs.contains(attendu), "{}", refus.tout());
        }
    }
}

#[test]
fn the_signatory_that_a_model_requires_depends_on_publics_and_places() {
    let exemple = json("fixtures/bretagne/exemple.json");
    let autorites = exemple["parties"]["autorites"].as_array().unwrap();
    let rang = autorites.iter().position(|a| a["type"] == json!("education_nationale")).unwrap();
    let chemin = format!("/parties/autorites/{rang}");
    let sans = modifie(&exemple, json!([{ "op": "remove", "path": chemin }]));
    let atelier = Atelier::nouveau();
    atelier.contrat(&sans);
    assert!(atelier.cpom(&["verifier", "contrat.json"]).sortie.contains("PAR-010"));
    let mut ailleurs = sans.clone();
    for e in ailleurs["perimetre"]["etablissements"].as_array_mut().unwrap() {
        e["departement"] = json!("22");
    }
    atelier.contrat(&ailleurs);
    assert!(!atelier.cpom(&["verifier", "contrat.json"]).sortie.contains("PAR-010"));
}

#[test]
fn every_library_follows_its_schema_and_names_each_indicator_once() {
    let schema: Value = serde_json::from_str(&lire("schemas/bibliotheque.schema.json")).unwrap();
    let validateur = jsonschema::validator_for(&schema).unwrap();
    let bibliotheques: Vec<_> =
        fichiers("templates", "json").into_iter().filter(|f| f.ends_with("bibliotheque.json")).collect();
    assert!(!bibliotheques.is_empty());
    for fichier in bibliotheques {
        let valeur: Value = serde_json::from_str(&outils::lire(&fichier)).unwrap();
        let erreurs: Vec<String> = validateur.iter_errors(&valeur).map(|e| e.to_string()).collect();
        assert!(erreurs.is_empty(), "{}: {erreurs:?}", fichier.display());
        let mut ids = std::collections::BTreeSet::new();
        for objectif in valeur["objectifs"].as_array().unwrap() {
            let indicateurs = objectif["indicateurs"].as_array().unwrap();
            assert!((1..=3).contains(&indicateurs.len()), "{}", objectif["code"]);
            for indicateur in indicateurs {
                assert!(ids.insert(indicateur["id"].as_str().unwrap().to_owned()), "{}", indicateur["id"]);
                if indicateur["unite"] == json!("%") {
                    assert!(indicateur["denominateur"].is_string(), "{}", indicateur["id"]);
                }
            }
        }
    }
}
