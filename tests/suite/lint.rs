//! What a reader who hears a document, or a signatory, would stumble on is told with the clause at fault.

use cpom::document::lint::controler;
use cpom::document::{Bloc, Document, Etat, Inline, LigneFormulaire, Liste, Noeud, Tableau};
use cpom::dossier::{CODE_DEFAUT, Choix};
use serde_json::json;

use super::arbre::{cellule, colonne, exemple_arbre, noeud, par, t, titre};
use super::outils::{Atelier, contrats, json, modifie, ouvrir, rediger};

/// The tree of the sample with blocks added to its body, and what is said of it.
fn dits(blocs: Vec<Noeud>) -> Vec<String> {
    let mut document: Document = exemple_arbre(Etat::Projet);
    let avant = controler(&document, &[]).len();
    document.parties.last_mut().unwrap().blocs.extend(blocs);
    let dits = controler(&document, &[]);
    dits.into_iter().skip(avant).map(|d| d.message).collect()
}

fn tableau(entete: Vec<&str>, ligne: Vec<&str>) -> Noeud {
    let cellules = |textes: Vec<&str>| textes.into_iter().map(cellule).collect::<Vec<_>>();
    noeud(Bloc::Tableau(Tableau {
        legende: Some(vec![t("Places")]),
        colonnes: vec![colonne(1, false), colonne(1, true)],
        entete: cellules(entete),
        lignes: vec![cpom::document::Ligne { genre: cpom::document::GenreLigne::Normale, cellules: cellules(ligne) }],
        paysage: false,
        densite: 0,
    }))
}

#[test]
fn each_fault_of_a_clause_is_told_in_the_author_s_terms() {
    let image =
        |alternative: &str| noeud(Bloc::Image { source: 0, alternative: alternative.to_owned(), largeur_mm: 50 });
    let cas: Vec<(Noeud, &str)> = vec![
        (titre(5, None, "Trop bas", "bas"), "un niveau est sauté"),
        (titre(2, None, " ", "muet"), "Un titre n'a pas de mots"),
        (tableau(vec!["", ""], vec!["IME", "43"]), "Le tableau « Places » n'a pas d'en-tête"),
        (tableau(vec!["Nom", "Places"], vec!["IME"]), "La ligne 1 du tableau « Places » n'a pas autant de cellules"),
        (noeud(Bloc::Liste(Liste { depart: None, elements: vec![] })), "Une liste n'a aucun élément"),
        (
            noeud(Bloc::Formulaire { lignes: vec![LigneFormulaire { terme: vec![], blocs: vec![par("x")] }] }),
            "Une ligne de formulaire n'a pas d'intitulé",
        ),
        (image("  "), "Une image n'a pas de description"),
        (
            noeud(Bloc::Encadre { titre: vec![], blocs: vec![noeud(Bloc::Piece { source: 0, titre: "Plan".into() })] }),
            "La pièce « Plan » est placée à l'intérieur d'un autre bloc",
        ),
        (
            super::arbre::styles(
                cpom::document::Style::Corps,
                vec![Inline::Renvoi { ancre: "nulle-part".into(), texte: "article 9".into() }],
            ),
            "Le renvoi « article 9 » ne mène à aucun titre",
        ),
        (
            super::arbre::styles(
                cpom::document::Style::Corps,
                vec![Inline::Lien { url: "https://exemple.fr".into(), contenu: vec![] }],
            ),
            "Le lien vers https://exemple.fr n'a pas de mots",
        ),
    ];
    for (bloc, attendu) in cas {
        let dits = dits(vec![bloc]);
        assert!(dits.len() == 1 && dits[0].contains(attendu), "{attendu}: {dits:?}");
    }
    assert!(dits(vec![image("Plan du site"), tableau(vec!["Nom", "Places"], vec!["IME", "43"])]).is_empty());
    let doubles = dits(vec![titre(2, None, "Un", "meme"), titre(2, None, "Deux", "meme")]);
    assert!(doubles.len() == 1 && doubles[0].contains("« meme »"), "{doubles:?}");
}

#[test]
fn each_party_signs_once() {
    let document = exemple_arbre(Etat::Definitif);
    let ids: Vec<String> = document.signatures().iter().map(|s| s.signataire.clone()).collect();
    assert!(controler(&document, &ids).iter().all(|d| !d.message.contains("signer")));
    let manque = controler(&document, &["ville".to_owned()]);
    assert!(manque.iter().any(|d| d.message.contains("« ville » n'a pas de place pour signer")), "{manque:?}");
    let mut double = document.clone();
    let bloc = Bloc::Signatures { signatures: document.signatures().into_iter().cloned().collect() };
    double.parties.last_mut().unwrap().blocs.push(noeud(bloc));
    let dits = controler(&double, &ids);
    assert!(dits.iter().any(|d| d.message.contains("a 2 places pour signer")), "{dits:?}");
}

#[test]
fn no_clause_of_ours_is_at_fault_in_any_fixture() {
    for (nom, fichiers) in contrats() {
        for exemplaire in rediger(&ouvrir(&fichiers), &Choix { etat: Some(Etat::Projet), ..Choix::default() }) {
            let fautes: Vec<_> = exemplaire.remarques.iter().filter(|r| r.code == CODE_DEFAUT).collect();
            assert!(fautes.is_empty(), "{nom}: {fautes:#?}");
        }
    }
}

#[test]
fn the_clause_and_its_line_are_named_and_a_definitive_contract_waits() {
    let atelier = Atelier::nouveau();
    let sans_clause = json!([{ "op": "remove", "path": "/clauses_particulieres" }]);
    atelier.contrat(&modifie(&json("fixtures/paca/exemple.json"), sans_clause));
    let manifeste = json!({ "id": "essai", "nom": "Essai", "version": "1", "herite": "paca" });
    atelier.ecrire("modeles/essai/modele.json", manifeste.to_string());
    atelier.ecrire("modeles/essai/litiges.md", "Un premier paragraphe.\n\n### Un titre trop bas\n\nLa suite.\n");
    let arguments = ["--modeles", "modeles", "--modele", "essai", "--format", "pdf"];
    let definitif = atelier.cpom(&[&["generer", "contrat.json", "--etat", "definitif"], &arguments[..]].concat());
    assert_eq!(definitif.code, 1, "{}", definitif.tout());
    for attendu in ["ACC-001", "un niveau est sauté", "essai/litiges.md, ligne 3"] {
        assert!(definitif.erreurs.contains(attendu), "« {attendu} »: {}", definitif.tout());
    }
    let projet = atelier.cpom(&[&["generer", "contrat.json", "--etat", "projet"], &arguments[..]].concat()).reussi();
    assert!(projet.erreurs.contains("ACC-001"), "{}", projet.tout());
}
