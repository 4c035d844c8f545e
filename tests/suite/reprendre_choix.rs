//! What is taken of an edited Word file is chosen, tried before it is written, and written into every file of the contract.

use std::sync::LazyLock;

use serde_json::{Value, json};

use super::outils::{Atelier, Passage, deballer, emballer, json, lire};

const EXEMPLE: &str = "fixtures/paca/exemple.json";
const TEXTE: &str = "Former les équipes aux écrits professionnels";

/// The Word file of the example, printed once.
static IMPRIME: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let atelier = Atelier::nouveau();
    atelier.ecrire("contrat.json", lire(EXEMPLE));
    atelier.cpom(&["generer", "contrat.json", "--format", "docx"]).reussi();
    std::fs::read(atelier.chemin("sortie/CPOM-2026-2030-ADELIE.docx")).unwrap()
});

/// The example in two files, as an OG and an ARS hold it, and the edited Word file.
fn atelier(changer: impl Fn(String) -> String) -> Atelier {
    let atelier = Atelier::nouveau();
    let mut og = json(EXEMPLE);
    let moyens = og.as_object_mut().unwrap().remove("moyens").unwrap();
    // The ARS repeats the name of the gestionnaire: what two files say is one value.
    let gestionnaire =
        json!({"id": og["parties"]["gestionnaires"][0]["id"], "nom": og["parties"]["gestionnaires"][0]["nom"]});
    let ars = json!({"reference": og["reference"], "parties": {"gestionnaires": [gestionnaire]}, "moyens": moyens});
    atelier.ecrire("og.json", serde_json::to_string_pretty(&og).unwrap() + "\n");
    atelier.ecrire("ars.json", serde_json::to_string(&ars).unwrap());
    let mut parties = deballer(&IMPRIME);
    let corps = String::from_utf8(parties.remove("word/document.xml").unwrap()).unwrap();
    parties.insert("word/document.xml".into(), changer(corps).into_bytes());
    atelier.ecrire("relu.docx", emballer(&parties));
    atelier
}

fn reprendre(atelier: &Atelier, arguments: &[&str]) -> Passage {
    let base = ["reprendre", "relu.docx", "--contrat", "og.json", "--contrat", "ars.json"];
    atelier.cpom(&[&base[..], arguments].concat())
}

fn lu(atelier: &Atelier, fichier: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(atelier.chemin(fichier)).unwrap()).unwrap()
}

fn textes(atelier: &Atelier) -> [String; 2] {
    ["og.json", "ars.json"].map(|nom| std::fs::read_to_string(atelier.chemin(nom)).unwrap())
}

/// The row of a table that holds a text, from its beginning to its end.
fn ligne_de(xml: &str, mots: &str) -> (usize, usize) {
    let place = xml.find(&format!(">{mots}<")).unwrap_or_else(|| panic!("« {mots} » is not in the file"));
    let debut = xml[..place].rfind("<w:tr>").unwrap();
    (debut, place + xml[place..].find("</w:tr>").unwrap() + "</w:tr>".len())
}

fn ligne(cellules: &[&str]) -> String {
    let cellule = |texte: &&str| {
        let lignes = texte.split('\n').map(|ligne| format!("<w:r><w:t>{ligne}</w:t></w:r>"));
        format!("<w:tc><w:tcPr/><w:p>{}</w:p></w:tc>", lignes.collect::<Vec<_>>().join("<w:r><w:br/></w:r>"))
    };
    format!("<w:tr>{}</w:tr>", cellules.iter().map(cellule).collect::<String>())
}

fn apres(xml: &str, mots: &str, neuf: &str) -> String {
    let (_, fin) = ligne_de(xml, mots);
    format!("{}{neuf}{}", &xml[..fin], &xml[fin..])
}

/// Changes words inside the control that holds them, wherever else they stand.
fn dans_son_controle(xml: &str, avant: &str, apres: &str) -> String {
    let place = xml
        .match_indices(&format!(">{avant}<"))
        .find(|(i, _)| xml[..*i].rfind("<w:sdtContent>") > xml[..*i].rfind("</w:sdtContent>"));
    let (debut, trouve) = place.unwrap_or_else(|| panic!("« {avant} » is in no control"));
    format!("{}>{apres}<{}", &xml[..debut], &xml[debut + trouve.len()..])
}

fn adresse(xml: &str) -> String {
    dans_son_controle(xml, "12 avenue des Pins, 13090 Aix-en-Provence", "14 avenue des Pins, 13090 Aix-en-Provence")
}

fn depense(xml: &str) -> String {
    dans_son_controle(xml, &cpom::formats::euros(361_200.0), "300 000,50 €")
}

/// The first action of the first fiche that has a row, and its end date.
fn premiere_action() -> (usize, String) {
    let contrat = json(EXEMPLE);
    let actions = contrat["fiches_actions"][0]["actions"].as_array().unwrap();
    let rang = actions.iter().position(|a| a["pilote"].is_string()).unwrap();
    (rang, actions[rang]["pilote"].as_str().unwrap().replace('\'', "\u{2019}"))
}

fn action(xml: &str) -> String {
    apres(xml, &premiere_action().1, &ligne(&[TEXTE, "2e trimestre 2027", "31/12/2028", "la direction"]))
}

#[test]
fn each_value_goes_into_the_files_that_write_it() {
    let atelier = atelier(|xml| {
        let xml = dans_son_controle(&adresse(&xml), "Association Adélie Provence", "Association Adélie");
        dans_son_controle(&xml, "2030", "2031")
    });
    let [og, ars] = textes(&atelier);
    let passage = reprendre(&atelier, &["--ecrire", "--malgre-les-remarques"]);
    assert!(passage.erreurs.contains("écrit : og.json, ars.json"), "{}", passage.tout());
    let [og_apres, ars_apres] = textes(&atelier);
    for fichier in ["og.json", "ars.json"] {
        assert_eq!(
            lu(&atelier, fichier)["parties"]["gestionnaires"][0]["nom"],
            json!("Association Adélie"),
            "{fichier}"
        );
    }
    assert!(og_apres.contains("14 avenue des Pins") && !ars_apres.contains("14 avenue des Pins"));
    assert_ne!(ars, ars_apres);
    let differentes = og.lines().zip(og_apres.lines()).filter(|(a, b)| a != b).count();
    assert!(differentes <= 3 && og.lines().count() == og_apres.lines().count(), "{differentes}");
    assert_eq!(ars_apres.lines().count(), 1, "the layout of each file stays its own");
    let encore = reprendre(&atelier, &[]);
    assert!(encore.sortie.contains("Aucune valeur"), "{}", encore.tout());
}

#[test]
fn a_choice_takes_what_it_names_by_number_pointer_or_place() {
    let atelier = atelier(|xml| action(&depense(&adresse(&xml))));
    let avant = textes(&atelier);
    let pris = |arguments: &[&str]| -> Vec<usize> {
        let passage = reprendre(&atelier, &[arguments, &["--format", "json"]].concat());
        let lu: Value = serde_json::from_str(&passage.sortie).unwrap_or_else(|e| panic!("{e}: {}", passage.tout()));
        serde_json::from_value(lu["pris"].clone()).unwrap()
    };
    let tout: Value = serde_json::from_str(&reprendre(&atelier, &["--format", "json"]).sortie).unwrap();
    let numero = |valeur: &Value, cle: &str, dit: &str| -> usize {
        let trouve = valeur.as_array().unwrap().iter().find(|c| c[cle].as_str().is_some_and(|p| p.contains(dit)));
        usize::try_from(trouve.unwrap()["numero"].as_u64().unwrap()).unwrap()
    };
    let montant = numero(&tout["changements"], "pointeur", "/moyens/budgets");
    let adresse = numero(&tout["changements"], "pointeur", "adresse");
    let element = numero(&tout["elements"], "liste", "/actions");
    let tries = |mut numeros: Vec<usize>| {
        numeros.sort_unstable();
        numeros
    };
    assert_eq!(pris(&[]), tries(vec![montant, adresse, element]), "without a choice, all");
    for (arguments, attendu) in [
        (vec!["--prendre", "/moyens"], vec![montant]),
        (vec!["--prendre", "Moyens › Budgets"], vec![montant]),
        (vec!["--prendre", "moyens > budgets"], vec![montant]),
        (vec!["--sauf", "/moyens"], vec![adresse, element]),
        (vec!["--prendre", "1-3", "--sauf", "/fiches_actions"], vec![montant, adresse]),
        (vec!["--prendre", "1, 2,3"], vec![montant, adresse, element]),
    ] {
        assert_eq!(pris(&arguments), tries(attendu), "{arguments:?}");
    }
    for (demande, dit) in
        [("9", "« 9 » ne désigne rien"), ("/suivi", "« /suivi » ne désigne rien"), ("0", "numéros 1 à 3")]
    {
        let passage = reprendre(&atelier, &["--prendre", demande, "--ecrire"]);
        assert!(passage.code == 2 && passage.erreurs.contains(dit), "{}", passage.tout());
    }
    assert_eq!(textes(&atelier), avant);
    let passage = reprendre(&atelier, &["--ecrire", "--sauf", &montant.to_string()]);
    assert_eq!(passage.code, 0, "{}", passage.tout());
    let [og, ars] = textes(&atelier);
    assert!(og.contains("14 avenue des Pins") && og.contains(TEXTE) && ars == avant[1]);
}

#[test]
fn what_would_block_the_contract_is_told_with_its_cause_and_written_only_when_asked() {
    let atelier = atelier(|xml| depense(&adresse(&xml)));
    let avant = textes(&atelier);
    let passage = reprendre(&atelier, &["--ecrire"]);
    for dit in ["remarques bloquantes nouvelles", "BUD-001", "cause : n° "] {
        assert!(passage.sortie.contains(dit), "{dit}: {}", passage.tout());
    }
    let refus = ["rien n'a été écrit", "« --sauf ", "« --malgre-les-remarques »"];
    assert!(passage.code == 1 && refus.iter().all(|dit| passage.erreurs.contains(dit)), "{}", passage.tout());
    assert_eq!(textes(&atelier), avant, "neither file is touched");
    let passage = reprendre(&atelier, &["--ecrire", "--format", "json"]);
    let lu: Value = serde_json::from_str(&passage.sortie).unwrap();
    assert_eq!((passage.code, &lu["fichiers_ecrits"]), (1, &json!([])), "{lu:#}");
    assert_eq!(textes(&atelier), avant);
    // What the contract already has is no news.
    assert!(
        lu["remarques_nouvelles"].as_array().unwrap().iter().all(|r| r["code"].as_str().unwrap().starts_with("BUD"))
    );
    let passage = reprendre(&atelier, &["--ecrire", "--sauf", "/moyens"]);
    assert!(passage.code == 0 && !passage.sortie.contains("bloquante"), "{}", passage.tout());
    // The contract as it was: the address is printed twice, and a second reading would rightly tell the copy that is now behind.
    atelier.ecrire("og.json", &avant[0]);
    let passage = reprendre(&atelier, &["--ecrire", "--malgre-les-remarques"]);
    assert!(passage.erreurs.contains("écrit : og.json, ars.json") && passage.code == 0, "{}", passage.tout());
}

#[test]
fn a_row_added_to_a_table_comes_back_as_an_element_in_its_place() {
    let contrat = json(EXEMPLE);
    let partenaire = contrat["perimetre"]["partenariats"][0]["partenaire"].as_str().unwrap().replace('\'', "\u{2019}");
    let objet = contrat["moyens"]["cnr"][0]["objet"].as_str().unwrap().replace('\'', "\u{2019}");
    let ars = "Agence régionale de santé Provence-Alpes-Côte d\u{2019}Azur";
    let atelier = atelier(|xml| {
        let xml = apres(
            &action(&xml),
            &partenaire,
            &ligne(&[
                "Clinique du Parc",
                "Convention de partenariat",
                "soins dentaires",
                "IME Les Oliviers et MAS La Garrigue",
                "12 mars 2024",
            ]),
        );
        apres(&xml, &objet, &ligne(&["2026", ars, "IME Les Oliviers", "- Achat de deux véhicules.", "12 500 €"]))
    });
    let [og, ars] = textes(&atelier);
    let passage = reprendre(&atelier, &["--ecrire", "--malgre-les-remarques"]);
    assert!(passage.sortie.contains("3 lignes ajoutées à des tableaux du contrat"), "{}", passage.tout());
    assert!(!passage.sortie.contains("tableau changé") && !passage.sortie.contains("hors champ"), "{}", passage.tout());
    assert!(passage.code == 0 && passage.erreurs.contains("écrit : og.json, ars.json"), "{}", passage.tout());
    let (og_lu, ars_lu) = (lu(&atelier, "og.json"), lu(&atelier, "ars.json"));
    assert_eq!(
        og_lu["fiches_actions"][0]["actions"][premiere_action().0 + 1],
        json!({"texte": TEXTE, "debut": "2027-T2", "fin": "2028-12-31", "pilote": "la direction"})
    );
    let neuf = &og_lu["perimetre"]["partenariats"][1];
    assert_eq!((&neuf["partenaire"], &neuf["date"]), (&json!("Clinique du Parc"), &json!("2024-03-12")));
    assert_eq!(neuf["etablissements"], json!(["ime-les-oliviers", "mas-la-garrigue"]));
    let attendu = json!({"annee": 2026, "autorite": "ars-paca", "etablissement": "ime-les-oliviers", "montant": 12500, "objet": "Achat de deux véhicules"});
    assert_eq!(ars_lu["moyens"]["cnr"][1], attendu, "no mark of a list, no point of a sentence");
    // Without the new elements, the data are what they were.
    let sans = |texte: &str| -> Value { serde_json::from_str(texte).unwrap() };
    let (mut og_lu, mut ars_lu) = (og_lu, ars_lu);
    og_lu["fiches_actions"][0]["actions"].as_array_mut().unwrap().remove(premiere_action().0 + 1);
    og_lu["perimetre"]["partenariats"].as_array_mut().unwrap().remove(1);
    ars_lu["moyens"]["cnr"].as_array_mut().unwrap().remove(1);
    assert_eq!([og_lu, ars_lu], [sans(&og), sans(&ars)]);
}

#[test]
fn a_row_whose_cells_leave_a_doubt_is_listed_and_never_written() {
    let objet = json(EXEMPLE)["moyens"]["cnr"][0]["objet"].as_str().unwrap().replace('\'', "\u{2019}");
    let atelier = atelier(|xml| apres(&xml, &objet, &ligne(&["2026", "ARS", "IME Les Olives", "Achat", "beaucoup"])));
    let avant = textes(&atelier);
    let passage = reprendre(&atelier, &["--ecrire"]);
    for dit in
        ["colonne « Autorité »", "« IME Les Olives » n'est le nom d'aucun élément", "colonne « Montant »", "À préciser"]
    {
        assert!(passage.sortie.contains(dit), "{dit}: {}", passage.tout());
    }
    assert_eq!((passage.code, textes(&atelier)), (1, avant.clone()));
    let passage = reprendre(&atelier, &["--ecrire", "--prendre", "1"]);
    assert!(passage.code == 2 && passage.erreurs.contains("ne peut pas être ajouté tel quel"), "{}", passage.tout());
    assert_eq!(textes(&atelier), avant);
}

#[test]
fn an_element_whose_row_is_gone_stays_unless_it_is_named() {
    let objet = json(EXEMPLE)["moyens"]["cnr"][0]["objet"].as_str().unwrap().replace('\'', "\u{2019}");
    let atelier = atelier(|xml| {
        let (debut, fin) = ligne_de(&xml, &objet);
        adresse(&format!("{}{}", &xml[..debut], &xml[fin..]))
    });
    let nombre = || lu(&atelier, "ars.json")["moyens"]["cnr"].as_array().unwrap().len();
    let avant = nombre();
    let passage = reprendre(&atelier, &["--ecrire"]);
    assert!(passage.sortie.contains("1 ligne retirée d'un tableau du contrat"), "{}", passage.tout());
    assert!(!passage.sortie.contains("champ effacé") && passage.code == 1, "{}", passage.tout());
    assert_eq!(nombre(), avant);
    for ailleurs in ["/moyens", "Moyens"] {
        let passage = reprendre(&atelier, &["--ecrire", "--prendre", ailleurs, "--malgre-les-remarques"]);
        assert_eq!(nombre(), avant, "{}", passage.tout());
    }
    let passage = reprendre(&atelier, &["--ecrire", "--prendre", "/moyens/cnr/0", "--malgre-les-remarques"]);
    assert_eq!(nombre(), avant - 1, "{}", passage.tout());
}

#[test]
fn the_mark_of_a_list_never_enters_a_short_value() {
    for (marque, style) in [("", true), ("- ", false), ("1. ", false), ("•\u{a0}", true)] {
        let atelier = atelier(|xml| {
            let xml =
                adresse(&xml).replace(">14 avenue", &format!(">{marque}14 avenue")).replace("Provence.<", "Provence<");
            let place = xml.find("14 avenue des Pins").unwrap();
            let debut = xml[..place].rfind("<w:pPr>").unwrap() + "<w:pPr>".len();
            let numero = if style { "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr>" } else { "" };
            format!("{}{numero}{}", &xml[..debut], &xml[debut..])
        });
        let passage = reprendre(&atelier, &["--ecrire"]);
        assert!(
            passage.sortie.contains("→ « 14 avenue des Pins, 13090 Aix-en-Provence »"),
            "{marque}: {}",
            passage.tout()
        );
        assert!(textes(&atelier)[0].contains("\"14 avenue des Pins, 13090 Aix-en-Provence\""), "{marque}");
    }
}

#[test]
fn what_is_given_without_its_option_is_told_with_it() {
    let atelier = Atelier::nouveau();
    for (arguments, dit) in [
        (&["reprendre", "relu.docx", "ars.json"][..], "« --contrat ars.json »"),
        (&["extraire", "dossier.pdf", "donnees"], "« --sortie donnees »"),
        (&["nouveau", "paca"], "« --modele paca »"),
    ] {
        let passage = atelier.cpom(arguments);
        assert!(passage.code == 2 && passage.erreurs.contains(dit), "{}", passage.tout());
    }
}
