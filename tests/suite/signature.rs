//! A definitive PDF can be signed by each party in turn: its fields, seen as a signing tool and a screen reader
//! see them; a draft cannot.

use std::collections::BTreeSet;

use cpom::document::{Bloc, Document, Etat};
use cpom::rendu::pdf::{self, Balises, Erreur, GenreChamp, Options};
use lopdf::{Dictionary, Object, ObjectId};
use serde_json::{Value, json};

use super::arbre::{exemple_arbre, t};
use super::outils::{Atelier, json};

const EXEMPLE: &str = "fixtures/paca/exemple.json";
const AUTRES: &str = "fixtures/signature/autres-parties.json";

fn lire(octets: &[u8]) -> lopdf::Document {
    lopdf::Document::load_mem(octets).expect("a PDF")
}

fn texte(objet: &Object) -> String {
    lopdf::decode_text_string(objet).expect("a text")
}

/// The fields of a file, in its order: object and dictionary.
fn champs(pdf: &lopdf::Document) -> Vec<(ObjectId, Dictionary)> {
    let Ok(formulaire) = pdf.catalog().unwrap().get_deref(b"AcroForm", pdf) else { return Vec::new() };
    let formulaire = formulaire.as_dict().unwrap();
    assert_eq!(formulaire.get(b"SigFlags").unwrap().as_i64().unwrap(), 1);
    let liste = formulaire.get(b"Fields").unwrap().as_array().unwrap();
    liste
        .iter()
        .map(|champ| {
            let id = champ.as_reference().unwrap();
            (id, pdf.get_dictionary(id).unwrap().clone())
        })
        .collect()
}

/// What the tree of parents says of each rank.
fn parents(pdf: &lopdf::Document) -> Vec<(i64, ObjectId)> {
    fn descendre(pdf: &lopdf::Document, noeud: &Dictionary, sortie: &mut Vec<(i64, ObjectId)>) {
        if let Ok(paires) = noeud.get_deref(b"Nums", pdf).and_then(Object::as_array) {
            for paire in paires.chunks(2) {
                if let Ok(element) = paire[1].as_reference() {
                    sortie.push((paire[0].as_i64().unwrap(), element));
                }
            }
        }
        if let Ok(enfants) = noeud.get_deref(b"Kids", pdf).and_then(Object::as_array) {
            for enfant in enfants {
                descendre(pdf, pdf.dereference(enfant).unwrap().1.as_dict().unwrap(), sortie);
            }
        }
    }
    let racine = pdf.catalog().unwrap().get_deref(b"StructTreeRoot", pdf).unwrap().as_dict().unwrap();
    let mut sortie = Vec::new();
    descendre(pdf, racine.get_deref(b"ParentTree", pdf).unwrap().as_dict().unwrap(), &mut sortie);
    assert!(sortie.windows(2).all(|paire| paire[0].0 < paire[1].0), "ranks are sorted");
    sortie
}

/// The structure elements in reading order, with what they are.
fn structure(pdf: &lopdf::Document) -> Vec<(ObjectId, String)> {
    fn descendre(pdf: &lopdf::Document, id: ObjectId, sortie: &mut Vec<(ObjectId, String)>) {
        let Ok(element) = pdf.get_dictionary(id) else { return };
        if let Ok(genre) = element.get(b"S").and_then(Object::as_name) {
            sortie.push((id, String::from_utf8_lossy(genre).into_owned()));
        }
        match element.get(b"K") {
            Ok(Object::Array(enfants)) => {
                enfants.iter().filter_map(|e| e.as_reference().ok()).for_each(|e| descendre(pdf, e, sortie));
            }
            Ok(Object::Reference(enfant)) => descendre(pdf, *enfant, sortie),
            _ => {}
        }
    }
    let racine = pdf.catalog().unwrap().get(b"StructTreeRoot").unwrap().as_reference().unwrap();
    let mut sortie = Vec::new();
    descendre(pdf, racine, &mut sortie);
    sortie
}

/// All that a field must be, whoever prints it: a widget on its page, in its own structure element.
fn eprouver(octets: &[u8], attendus: &[pdf::Champ]) {
    let pdf = lire(octets);
    let champs = champs(&pdf);
    let parents = parents(&pdf);
    let structure = structure(&pdf);
    let pages = pdf.get_pages();
    assert_eq!(champs.len(), attendus.len());
    let mut noms = BTreeSet::new();
    for (id, champ) in champs {
        let nom = texte(champ.get(b"T").unwrap());
        let attendu = attendus.iter().find(|a| a.nom == nom).unwrap_or_else(|| panic!("{nom} is not announced"));
        assert!(nom.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'), "{nom}");
        assert!(noms.insert(nom.clone()), "{nom} comes twice");
        for (cle, valeur) in [("Subtype", "Widget"), ("FT", "Sig"), ("Type", "Annot")] {
            assert_eq!(champ.get(cle.as_bytes()).unwrap().as_name().unwrap(), valeur.as_bytes(), "{nom}: {cle}");
        }
        assert_eq!(champ.get(b"F").unwrap().as_i64().unwrap(), 132, "{nom}: printed and locked");
        for cle in ["A", "Border", "V", "Dest"] {
            assert!(champ.get(cle.as_bytes()).is_err(), "{nom}: {cle}");
        }
        let page = champ.get(b"P").unwrap().as_reference().unwrap();
        assert_eq!(pages[&attendu.page], page, "{nom}");
        let annotations = pdf.get_dictionary(page).unwrap().get_deref(b"Annots", &pdf).unwrap().as_array().unwrap();
        assert!(annotations.contains(&Object::Reference(id)), "{nom} is not on its page");
        assert_eq!(pdf.get_dictionary(page).unwrap().get(b"Tabs").unwrap().as_name().unwrap(), b"S");
        let rectangle: Vec<f32> =
            champ.get(b"Rect").unwrap().as_array().unwrap().iter().map(|n| n.as_float().unwrap()).collect();
        assert_eq!(rectangle, attendu.rectangle, "{nom}");
        assert!(rectangle[2] - rectangle[0] > 15.0 && rectangle[3] - rectangle[1] > 20.0, "{nom}: {rectangle:?}");
        let apparence = champ.get(b"AP").unwrap().as_dict().unwrap().get(b"N").unwrap().as_reference().unwrap();
        assert!(pdf.get_object(apparence).unwrap().as_stream().is_ok(), "{nom} has no appearance");
        let rang = champ.get(b"StructParent").unwrap().as_i64().unwrap();
        let (_, element) = parents.iter().find(|(r, _)| *r == rang).unwrap_or_else(|| panic!("{nom} has no element"));
        let element_lu = pdf.get_dictionary(*element).unwrap();
        assert_eq!(element_lu.get(b"S").unwrap().as_name().unwrap(), b"Form", "{nom}");
        let enfant = element_lu.get(b"K").unwrap().as_dict().expect("the only child, not in an array");
        assert_eq!(enfant.get(b"Obj").unwrap().as_reference().unwrap(), id, "{nom}");
        assert!(structure.iter().any(|(e, _)| e == element), "{nom} is not in the reading order");
    }
}

fn infobulles(octets: &[u8]) -> Vec<String> {
    let pdf = lire(octets);
    champs(&pdf).iter().map(|(_, champ)| texte(champ.get(b"TU").unwrap())).collect()
}

#[test]
fn each_signatory_of_a_definitive_tree_has_a_field_and_a_draft_has_none() {
    let imprime = pdf::rendre(&exemple_arbre(Etat::Definitif), Options::default()).unwrap();
    assert_eq!(imprime.champs.len(), 5);
    eprouver(&imprime.octets, &imprime.champs);
    for bulle in infobulles(&imprime.octets) {
        assert!(bulle.starts_with("Signature – ") && !bulle.contains("Pour "), "{bulle}");
    }
    let projet = pdf::rendre(&exemple_arbre(Etat::Projet), Options { paraphes: true, balises: None }).unwrap();
    assert!(projet.champs.is_empty() && champs(&lire(&projet.octets)).is_empty());
}

#[test]
fn initials_have_a_field_on_every_page_for_every_signatory() {
    let options = Options { paraphes: true, balises: Some(Balises::Documenso) };
    let imprime = pdf::rendre(&exemple_arbre(Etat::Definitif), options).unwrap();
    eprouver(&imprime.octets, &imprime.champs);
    let paraphes: Vec<&pdf::Champ> = imprime.champs.iter().filter(|c| c.genre == GenreChamp::Paraphe).collect();
    assert_eq!(paraphes.len(), 5 * imprime.pages as usize);
    for page in 1..=imprime.pages {
        let places: Vec<[f32; 4]> = paraphes.iter().filter(|c| c.page == page).map(|c| c.rectangle).collect();
        assert!(places.windows(2).all(|deux| deux[0][2] < deux[1][0]), "boxes of page {page} overlap: {places:?}");
        assert!(places.iter().all(|place| place[0] > 40.0 && place[1] > 10.0), "{places:?}");
    }
    // In the file, they come after all that the document says.
    let pdf = lire(&imprime.octets);
    let structure = structure(&pdf);
    let dernier = structure.iter().rposition(|(_, genre)| genre != "Form" && genre != "Div").unwrap();
    let formes = structure.iter().skip(dernier).filter(|(_, genre)| genre == "Form").count();
    assert_eq!(formes, paraphes.len());
}

#[test]
fn a_field_that_could_be_taken_for_another_is_refused_with_the_party_s_name() {
    let avec = |changer: &dyn Fn(&mut Vec<cpom::document::Signature>)| {
        let mut document: Document = exemple_arbre(Etat::Definitif);
        for noeud in document.parties.iter_mut().flat_map(|partie| &mut partie.blocs) {
            if let Bloc::Signatures { signatures } = &mut noeud.bloc {
                changer(signatures);
            }
        }
        pdf::rendre(&document, Options::default()).map(|pdf| pdf.champs.len())
    };
    let double = avec(&|s| s[1].champ = s[0].champ.clone()).unwrap_err();
    assert!(matches!(double, Erreur::ChampDouble { .. }), "{double}");
    for nom in ["", "signature.ars", "signature_ars", "signature ars", "signature-é"] {
        let sans = avec(&|s| {
            s[1].champ = nom.to_owned();
            s[1].partie = vec![t("Pour le département")];
        });
        let sans = sans.unwrap_err();
        assert!(matches!(&sans, Erreur::SansChamp { partie } if partie.contains("département")), "{nom}: {sans}");
    }
    assert_eq!(avec(&|s| s.truncate(1)).unwrap(), 1);
}

/// What the program writes for the example, with the given arguments.
fn imprimer(arguments: &[&str]) -> (Atelier, Vec<u8>, Option<Value>) {
    let atelier = Atelier::nouveau();
    atelier.ecrire("exemple.json", super::outils::lire(EXEMPLE));
    atelier.ecrire("autres.json", super::outils::lire(AUTRES));
    let mut tous = vec!["generer", "--format", "pdf"];
    tous.extend(arguments);
    atelier.cpom(&tous).reussi();
    let pdf = std::fs::read(atelier.chemin("sortie/CPOM-2026-2030-ADELIE.pdf")).expect("a PDF");
    let champs = std::fs::read(atelier.chemin("sortie/CPOM-2026-2030-ADELIE.signature.json")).ok();
    let champs = champs.map(|octets| serde_json::from_slice(&octets).expect("JSON"));
    (atelier, pdf, champs)
}

#[test]
fn the_example_is_ready_for_four_signatures_and_with_three_parties_more_for_seven() {
    let cas: [(&[&str], &[&str]); 2] = [
        (&["exemple.json"], &["ars-paca", "cd-13", "cd-84", "adelie"]),
        (
            &["exemple.json", "autres.json"],
            &["ars-paca", "cd-13", "cd-84", "cd-83", "education-nationale", "ville-de-marseille", "adelie"],
        ),
    ];
    for (fichiers, signataires) in cas {
        let (_, octets, decrits) = imprimer(&[fichiers, &["--etat", "definitif"]].concat());
        let decrits = decrits.expect("a definitive PDF goes along with the list of its fields");
        let pdf = lire(&octets);
        let noms: Vec<String> = champs(&pdf).iter().map(|(_, c)| texte(c.get(b"T").unwrap())).collect();
        let attendus: Vec<String> = signataires.iter().map(|id| format!("signature-{id}")).collect();
        assert_eq!(noms, attendus);
        let liste = decrits["champs"].as_array().unwrap();
        assert_eq!(liste.iter().map(|c| c["nom"].as_str().unwrap()).collect::<Vec<_>>(), attendus);
        for (rang, champ) in liste.iter().enumerate() {
            assert_eq!(champ["ordre"], json!(rang + 1));
            assert_eq!(champ["signataire"], json!(signataires[rang]));
            let place = &champ["rectangle"];
            assert!(place["droite"].as_f64().unwrap() < 595.3 && place["haut"].as_f64().unwrap() < 841.9, "{champ}");
        }
        assert_eq!(decrits["pages"], json!(pdf.get_pages().len()));
        assert_eq!(decrits["signataires"][0]["qualite"], json!(["Le directeur général"]));
        let bulles = infobulles(&octets);
        assert_eq!(
            bulles[0],
            "Signature – l’agence régionale de santé Provence-Alpes-Côte d’Azur – Le directeur général"
        );
        let schema = serde_json::from_str::<Value>(&super::outils::lire("schemas/signature.schema.json")).unwrap();
        assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&decrits));
    }
}

#[test]
fn a_draft_has_no_field_and_says_that_flags_of_signature_are_for_definitive_ones() {
    let (atelier, octets, decrits) = imprimer(&["exemple.json", "--etat", "projet", "--paraphes"]);
    assert!(champs(&lire(&octets)).is_empty() && decrits.is_none());
    let passage = atelier.cpom(&["generer", "exemple.json", "--format", "pdf", "--balises", "docuseal"]).reussi();
    assert!(passage.erreurs.contains("n'ont d'effet que sur un définitif"), "{}", passage.tout());
}

#[test]
fn tags_are_in_the_file_for_the_service_that_reads_them_and_not_in_the_structure() {
    let ecrits = |balises| {
        let imprime = pdf::rendre(&exemple_arbre(Etat::Definitif), Options { paraphes: false, balises }).unwrap();
        super::outils::pdftotext(&imprime.octets).map(|texte| texte.matches("{{").count())
    };
    let Some(sans) = ecrits(None) else { return };
    assert_eq!(sans, 0);
    assert_eq!(ecrits(Some(Balises::Docuseal)), Some(5));
    assert_eq!(ecrits(Some(Balises::Documenso)), Some(5));
}

#[test]
fn a_model_without_a_place_to_sign_is_refused_before_anything_is_printed() {
    let atelier = Atelier::nouveau();
    atelier.contrat(&json(EXEMPLE));
    atelier.ecrire("modeles/essai/modele.json", r#"{"id": "essai", "nom": "Essai", "version": "1", "herite": "paca"}"#);
    atelier.ecrire("modeles/essai/signatures.md", "Fait en double exemplaire.\n");
    let arguments = ["--modeles", "modeles", "--modele", "essai", "--etat", "definitif", "--format", "pdf"];
    let passage = atelier.cpom(&[&["generer", "contrat.json"], &arguments[..]].concat());
    assert_eq!(passage.code, 1, "{}", passage.tout());
    assert!(passage.erreurs.contains("La partie « adelie » n'a pas de place pour signer."), "{}", passage.tout());
    for autre in ["« ars-paca »", "« cd-13 »", "« cd-84 »"] {
        assert!(passage.erreurs.contains(autre), "{autre}: {}", passage.tout());
    }
    assert!(!passage.erreurs.contains("(,"), "{}", passage.tout());
    assert!(atelier.noms("sortie").is_empty());
}
