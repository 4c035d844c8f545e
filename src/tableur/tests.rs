//! Contracts of the fixtures as workbooks: what nobody changed changes nothing, what is edited comes home at its place.

use super::*;
use crate::dossier::{self, Ouverture};
use crate::echanges::reprise::Reprise;
use crate::echanges::reprise::{Ecart, Sens, choisir};
use crate::lecture::Fichier;
use crate::lecture::classeur::{Cellule, Classeur, Contenu, Feuille, nom_de_cellule};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn ouvrir(chemins: &[PathBuf]) -> Ouverture {
    let ouverture = dossier::ouvrir(chemins).expect("the contract opens");
    assert!(ouverture.contrat.is_some(), "{:?}", ouverture.remarques);
    ouverture
}

/// The contracts of the fixtures.
fn contrats() -> Vec<Vec<PathBuf>> {
    let racine = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let seuls = ["paca/exemple", "paca/minimal", "bretagne/exemple", "ara/exemple", "persagotiere/exemple"];
    let parts = ["parties", "perimetre", "objectifs", "moyens"];
    let mut sortie: Vec<Vec<PathBuf>> = seuls.iter().map(|nom| vec![racine.join(format!("{nom}.json"))]).collect();
    sortie.push(parts.iter().map(|nom| racine.join(format!("hesperia71/{nom}.json"))).collect());
    sortie
}

fn paca() -> Ouverture {
    ouvrir(&contrats().swap_remove(0))
}

fn rendre(ouverture: &Ouverture, octets: &[u8]) -> Reprise {
    let classeur = lire("essai.xlsx", octets).expect("the workbook reads");
    importer("essai.xlsx", &classeur, ouverture, &Retour::default()).expect("it is that of the contract")
}

fn exporte(ouverture: &Ouverture) -> Vec<u8> {
    let options = Options { commentaires: Some(&ouverture.lecture.valeur), ..Options::default() };
    exporter(&ouverture.donnees, &options).expect("a workbook")
}

fn ne_change_rien(reprise: &Reprise, quoi: &str) {
    let dit = serde_json::to_string_pretty(reprise).unwrap_or_default();
    assert!(
        reprise.changements.is_empty() && reprise.elements.is_empty() && reprise.ecarts.is_empty(),
        "{quoi}: {dit}"
    );
    assert!(reprise.commentaires.is_empty() && reprise.notes.is_empty(), "{quoi}: {dit}");
    assert!(reprise.champs > 20, "{quoi}: {}", reprise.champs);
}

#[test]
fn a_workbook_that_nobody_changed_changes_nothing() {
    for chemins in contrats() {
        let ouverture = ouvrir(&chemins);
        ne_change_rien(&rendre(&ouverture, &exporte(&ouverture)), &format!("{chemins:?}"));
    }
}

#[test]
fn tables_in_text_that_nobody_changed_change_nothing() {
    for chemins in contrats() {
        let ouverture = ouvrir(&chemins);
        let mut classeur = crate::lecture::classeur::Classeur::default();
        for (nom, octets) in exporter_en_texte(&ouverture.donnees, &[]).expect("tables") {
            classeur.feuilles.extend(lire(&nom, &octets).expect("a table").feuilles);
        }
        let reprise = importer("tables", &classeur, &ouverture, &Retour::default()).expect("taken");
        ne_change_rien(&reprise, &format!("{chemins:?}"));
    }
}

#[test]
fn every_value_is_in_the_workbook_or_told_not_to_be() {
    for chemins in contrats() {
        let ouverture = ouvrir(&chemins);
        let restent = non_montrees(&ouverture.donnees);
        assert!(restent.is_empty(), "{chemins:?}: {restent:#?}");
    }
}

#[test]
fn the_same_contract_makes_the_same_bytes() {
    let ouverture = paca();
    assert!(exporte(&ouverture) == exporte(&ouverture));
}

fn depuis(contrat: &Value) -> Ouverture {
    let octets = serde_json::to_vec_pretty(contrat).unwrap();
    let fichier = Fichier { nom: "contrat.json".into(), octets };
    let ouverture = dossier::ouvrir_recus(vec![fichier], BTreeMap::new()).unwrap();
    assert!(ouverture.contrat.is_some(), "{:?}", ouverture.remarques);
    ouverture
}

fn classeur(ouverture: &Ouverture) -> Classeur {
    lire("essai.xlsx", &exporte(ouverture)).unwrap()
}

fn prendre(ouverture: &Ouverture, classeur: &Classeur) -> Reprise {
    importer("essai.xlsx", classeur, ouverture, &Retour::default()).unwrap()
}

fn feuille<'c>(classeur: &'c mut Classeur, nom: &str) -> &'c mut Feuille {
    classeur.feuilles.iter_mut().find(|f| f.nom == nom).unwrap()
}

fn ecrire(feuille: &mut Feuille, ligne: u32, colonne: u32, contenu: Contenu) {
    feuille.cellules.retain(|c| (c.ligne, c.colonne) != (ligne, colonne));
    let rang = feuille.cellules.partition_point(|c| (c.ligne, c.colonne) < (ligne, colonne));
    feuille.cellules.insert(rang, Cellule { ligne, colonne, contenu, formule: None });
}

/// The column of a pointer.
fn colonne(feuille: &Feuille, pointeur: &str) -> u32 {
    let dite = |c: &&Cellule| c.contenu == Contenu::Texte(pointeur.to_owned());
    feuille.rangee(1).iter().find(dite).unwrap_or_else(|| panic!("{pointeur}")).colonne
}

fn mot(texte: &str) -> Contenu {
    Contenu::Texte(texte.to_owned())
}

fn lieux(reprise: &Reprise) -> BTreeSet<String> {
    let changements = reprise.changements.iter().filter_map(|c| c.lieu.clone());
    let elements = reprise.elements.iter().filter_map(|e| e.lieu.clone());
    let ecarts = reprise.ecarts.iter().filter_map(|e| match e {
        Ecart::ValeurRefusee { lieu, .. } => lieu.clone(),
        Ecart::NonRepris { lieu, .. } => Some(lieu.clone()),
        _ => None,
    });
    changements.chain(elements).chain(ecarts).collect()
}

/// One cell a row is edited, another one each time: what is told is at these places, and nowhere else.
#[test]
fn any_edit_of_any_cell_comes_home_at_its_place_or_is_refused_with_it() {
    let ouverture = paca();
    let intact = classeur(&ouverture);
    for tour in 0..10_u32 {
        let edit = match tour % 4 {
            0 => mot("Réécrit"),
            1 => Contenu::Nombre(17.25),
            2 => Contenu::Erreur("#REF!".into()),
            _ => mot("sans objet : il n'y en a pas"),
        };
        let mut edite = intact.clone();
        let mut attendus = BTreeSet::new();
        for feuille in edite
            .feuilles
            .iter_mut()
            .filter(|f| !["Lisez-moi", "Remarques", "_listes", "Contrat"].contains(&f.nom.as_str()))
        {
            let pointeurs: Vec<u32> = feuille.rangee(1).iter().filter(|c| c.colonne > 0).map(|c| c.colonne).collect();
            let lignes: BTreeSet<u32> =
                feuille.cellules.iter().filter(|c| c.colonne == 0 && c.ligne > 1).map(|c| c.ligne).collect();
            for ligne in lignes {
                let colonne = pointeurs[((ligne * 7 + tour * 5) as usize) % pointeurs.len()];
                // What two elements are both called names neither: each has words of its own.
                let edit = match &edit {
                    Contenu::Texte(texte) if tour % 4 == 0 => mot(&format!("{texte} {}, {ligne}", feuille.nom)),
                    Contenu::Nombre(n) => Contenu::Nombre(n + attendus.len() as f64),
                    autre => autre.clone(),
                };
                if feuille.a(ligne, colonne).is_some_and(|c| c.contenu == edit) {
                    continue;
                }
                ecrire(feuille, ligne, colonne, edit);
                attendus.insert(format!("{}!{}", feuille.nom, nom_de_cellule(ligne, colonne)));
            }
        }
        let dits = lieux(&prendre(&ouverture, &edite));
        let perdus: Vec<_> = attendus.difference(&dits).collect();
        let inventes: Vec<_> = dits.difference(&attendus).collect();
        assert!(perdus.is_empty() && inventes.is_empty(), "{edit:?}: {perdus:?} {inventes:?}");
    }
}

#[test]
fn columns_that_move_sheets_that_are_renamed_and_pointers_that_are_lost_change_nothing() {
    let ouverture = paca();
    let intact = classeur(&ouverture);
    // Columns in the other order, with one of somebody's own between.
    let mut bouge = intact.clone();
    for feuille in bouge.feuilles.iter_mut().filter(|f| !["Contrat", "_listes"].contains(&f.nom.as_str())) {
        let derniere = feuille.cellules.iter().map(|c| c.colonne).max().unwrap_or_default();
        feuille.cellules.iter_mut().for_each(|c| c.colonne = (derniere - c.colonne) * 2);
        feuille.cellules.sort_by_key(|c| (c.ligne, c.colonne));
        feuille.notes.clear();
    }
    ne_change_rien(&prendre(&ouverture, &bouge), "moved");
    let mut renomme = intact.clone();
    feuille(&mut renomme, "Budgets").nom = "Nos budgets".into();
    for (_, plage) in &mut renomme.noms_definis {
        *plage = plage.replace("Budgets", "'Nos budgets'").replace("''Nos budgets''", "'Nos budgets'");
    }
    ne_change_rien(&prendre(&ouverture, &renomme), "renamed");
    renomme.noms_definis.clear();
    ne_change_rien(&prendre(&ouverture, &renomme), "renamed by a program that forgets the names of ranges");
    let mut perdu = intact.clone();
    perdu.noms_definis.clear();
    perdu.feuilles.iter_mut().for_each(|f| f.cellules.retain(|c| c.ligne != 1));
    ne_change_rien(&prendre(&ouverture, &perdu), "without pointers");
}

#[test]
fn a_value_is_read_as_people_write_it() {
    let ouverture = paca();
    let mut lu = classeur(&ouverture);
    let budgets = feuille(&mut lu, "Budgets");
    let (g1, g2, g3) = (
        colonne(budgets, "depenses/groupe_1"),
        colonne(budgets, "depenses/groupe_2"),
        colonne(budgets, "depenses/groupe_3"),
    );
    ecrire(budgets, 2, g1, mot("1\u{202F}234,56 €"));
    ecrire(budgets, 2, g2, Contenu::Nombre(98_765.430_000_000_1));
    ecrire(budgets, 2, g3, mot("1.234"));
    let reprise = prendre(&ouverture, &lu);
    let dit: Vec<(&str, &Value)> = reprise.changements.iter().map(|c| (c.pointeur.as_str(), &c.apres)).collect();
    let attendus = [
        ("/moyens/budgets/0/depenses/groupe_1", &json!(1234.56)),
        ("/moyens/budgets/0/depenses/groupe_2", &json!(98765.43)),
    ];
    assert_eq!(dit, attendus);
    assert!(
        matches!(&reprise.ecarts[..], [Ecart::ValeurRefusee { texte, lieu: Some(lieu), .. }] if texte == "1.234" && lieu.starts_with("Budgets!"))
    );
}

#[test]
fn days_are_read_from_numbers_of_both_epochs_and_from_words() {
    let ouverture = paca();
    let intact = classeur(&ouverture);
    for (contenu, epoque_1904) in [
        (Contenu::Nombre(46_266.0), false),
        (Contenu::Nombre(44_804.0), true),
        (Contenu::Date("2026-09-01".into()), false),
        (mot("1er septembre 2026"), false),
        (mot("01/09/2026"), false),
    ] {
        let mut lu = Classeur { epoque_1904, ..intact.clone() };
        let contrat = feuille(&mut lu, "Contrat");
        let ligne = contrat.cellules.iter().find(|c| c.contenu == mot("/signature/date")).unwrap().ligne;
        ecrire(contrat, ligne, 3, contenu.clone());
        let reprise = prendre(&ouverture, &lu);
        let dit: Vec<(&str, &Value)> = reprise.changements.iter().map(|c| (c.pointeur.as_str(), &c.apres)).collect();
        assert_eq!(dit, [("/signature/date", &json!("2026-09-01"))], "{contenu:?} {:?}", reprise.ecarts);
    }
}

#[test]
fn added_rows_become_elements_and_name_one_another() {
    let ouverture = paca();
    let mut lu = classeur(&ouverture);
    let etablissements = feuille(&mut lu, "Établissements");
    let (ligne, nom) = (40, colonne(etablissements, "nom"));
    ecrire(etablissements, ligne, nom, mot("SESSAD du Grand Pin"));
    let capacites = feuille(&mut lu, "Capacités");
    let (parent, modalite, autorisee) =
        (colonne(capacites, "^"), colonne(capacites, "modalite"), colonne(capacites, "autorisee"));
    let bas = capacites.hauteur() + 3;
    ecrire(capacites, bas, parent, mot("SESSAD du Grand Pin"));
    ecrire(capacites, bas, modalite, mot("Internat"));
    ecrire(capacites, bas, autorisee, Contenu::Nombre(12.0));
    let budgets = feuille(&mut lu, "Budgets");
    let (etablissement, annee, bas) =
        (colonne(budgets, "etablissement"), colonne(budgets, "annee"), budgets.hauteur() + 1);
    ecrire(budgets, bas, etablissement, mot("sessad du grand pin"));
    ecrire(budgets, bas, annee, Contenu::Nombre(2026.0));
    let reprise = prendre(&ouverture, &lu);
    assert!(reprise.changements.is_empty() && reprise.ecarts.is_empty(), "{reprise:#?}");
    let dit: Vec<(&str, &Value)> = reprise.elements.iter().map(|e| (e.liste.as_str(), &e.element)).collect();
    let sessad = json!({
        "id": "sessad-du-grand-pin", "nom": "SESSAD du Grand Pin", "capacites": [{ "modalite": "internat", "autorisee": 12 }]
    });
    let budget = json!({ "etablissement": "sessad-du-grand-pin", "annee": 2026 });
    assert_eq!(dit, [("/perimetre/etablissements", &sessad), ("/moyens/budgets", &budget)]);
    assert!(reprise.elements.iter().all(|e| e.sens == Sens::Ajoute && e.est_sur()), "{reprise:#?}");
}

#[test]
fn a_row_named_anew_is_called_by_its_new_name_in_the_other_sheets_and_a_year_needs_its_title_only() {
    let ouverture = paca();
    let mut lu = classeur(&ouverture);
    let etablissements = feuille(&mut lu, "Établissements");
    let nom = colonne(etablissements, "nom");
    ecrire(etablissements, 2, nom, mot("IME du Grand Pin"));
    let capacites = feuille(&mut lu, "Capacités");
    let (parent, modalite, bas) = (colonne(capacites, "^"), colonne(capacites, "modalite"), capacites.hauteur() + 1);
    ecrire(capacites, bas, parent, mot("IME du Grand Pin"));
    ecrire(capacites, bas, modalite, mot("Accueil temporaire"));
    let activite = feuille(&mut lu, "Activité");
    let (etablissement, droite) = (colonne(activite, "etablissement"), 120);
    ecrire(activite, 2, etablissement, mot("IME du Grand Pin"));
    ecrire(activite, 0, droite, mot("Réalisé 2019"));
    ecrire(activite, 2, droite, Contenu::Nombre(4321.0));
    let reprise = prendre(&ouverture, &lu);
    assert!(reprise.ecarts.is_empty(), "{:#?}", reprise.ecarts);
    let dit: Vec<(&str, &Value)> = reprise.changements.iter().map(|c| (c.pointeur.as_str(), &c.apres)).collect();
    let attendu =
        [("/activite/0/realise/2019", json!(4321)), ("/perimetre/etablissements/0/nom", json!("IME du Grand Pin"))];
    assert_eq!(dit, attendu.iter().map(|(p, v)| (*p, v)).collect::<Vec<_>>());
    assert_eq!(reprise.elements[0].liste, "/perimetre/etablissements/0/capacites");
}

#[test]
fn a_name_is_known_whatever_its_typography_and_one_that_is_of_no_element_is_told() {
    let ouverture = paca();
    let mut lu = classeur(&ouverture);
    let etablissements = feuille(&mut lu, "Établissements");
    let nom = colonne(etablissements, "nom");
    ecrire(etablissements, 2, nom, mot("IME (Villa) « Les Ormes » – site A"));
    let budgets = feuille(&mut lu, "Budgets");
    let etablissement = colonne(budgets, "etablissement");
    ecrire(budgets, 2, etablissement, mot("ime (villa) \"Les Ormes\" - site a"));
    ecrire(budgets, 3, etablissement, mot("IME des Deux Ormes"));
    let reprise = prendre(&ouverture, &lu);
    let dit: Vec<&str> = reprise.changements.iter().map(|c| c.pointeur.as_str()).collect();
    assert_eq!(dit, ["/perimetre/etablissements/0/nom"]);
    let [Ecart::ValeurRefusee { motif, lieu, .. }] = reprise.ecarts.as_slice() else { panic!("{:?}", reprise.ecarts) };
    assert!(motif.contains("aucun établissement du contrat"), "{motif}");
    assert_eq!(lieu.as_deref(), Some("Budgets!B4"));
}

#[test]
fn a_removed_row_is_proposed_and_a_copied_one_is_told() {
    let ouverture = paca();
    let mut lu = classeur(&ouverture);
    let budgets = feuille(&mut lu, "Budgets");
    let bas = budgets.hauteur();
    let copie: Vec<Cellule> = budgets.rangee(3).iter().map(|c| Cellule { ligne: bas, ..c.clone() }).collect();
    budgets.cellules.retain(|c| c.ligne != 2);
    budgets.cellules.extend(copie);
    let reprise = prendre(&ouverture, &lu);
    let dit: Vec<_> = reprise.elements.iter().map(|e| (e.sens, e.liste.as_str(), e.rang)).collect();
    assert_eq!(dit, [(Sens::Retire, "/moyens/budgets", 0)]);
    assert!(choisir(&reprise, &[], &[]).unwrap().is_empty(), "nothing is removed unasked");
    assert!(
        matches!(&reprise.ecarts[..], [Ecart::NonRepris { motif, .. }] if motif.contains("copie")),
        "{:?}",
        reprise.ecarts
    );
}

#[test]
fn words_that_begin_as_a_formula_are_words() {
    let mut contrat = (*paca().donnees).clone();
    for (rang, mots) in ["=1+1", "+33 bis", "-tiret", "@somme"].into_iter().enumerate() {
        contrat["perimetre"]["etablissements"][rang]["pole"] = json!(mots);
    }
    let ouverture = depuis(&contrat);
    let lu = classeur(&ouverture);
    let etablissements = lu.feuilles.iter().find(|f| f.nom == "Établissements").unwrap();
    let pole = colonne(etablissements, "pole");
    let cellule = etablissements.a(2, pole).unwrap();
    assert_eq!((&cellule.contenu, &cellule.formule), (&mot("=1+1"), &None));
    ne_change_rien(&prendre(&ouverture, &lu), "xlsx");
    let tables = exporter_en_texte(&ouverture.donnees, &["etablissements".into()]).unwrap();
    let (nom, octets) = tables.iter().find(|(nom, _)| nom == "Établissements.csv").unwrap();
    assert!(String::from_utf8_lossy(octets).contains(";'=1+1;"));
    let reprise = prendre(&ouverture, &lire(nom, octets).unwrap());
    assert!(reprise.changements.is_empty() && reprise.ecarts.is_empty(), "{reprise:#?}");
}

#[test]
fn a_workbook_changes_only_what_is_of_whom_it_is_for() {
    let ouverture = paca();
    let options = Options { pour: Some(Pour::Gestionnaire), verrouille: true, ..Options::default() };
    let mut lu = lire("og.xlsx", &exporter(&ouverture.donnees, &options).unwrap()).unwrap();
    let dotations = feuille(&mut lu, "Dotations");
    let montant = colonne(dotations, "montant");
    ecrire(dotations, 2, montant, Contenu::Nombre(1.0));
    let budgets = feuille(&mut lu, "Budgets");
    let g1 = colonne(budgets, "depenses/groupe_1");
    ecrire(budgets, 2, g1, Contenu::Nombre(2.0));
    let reprise = prendre(&ouverture, &lu);
    assert_eq!(
        reprise.changements.iter().map(|c| c.pointeur.as_str()).collect::<Vec<_>>(),
        ["/moyens/budgets/0/depenses/groupe_1"]
    );
    assert!(
        matches!(&reprise.ecarts[..], [Ecart::NonRepris { motif, .. }] if motif.contains("gestionnaire")),
        "{:?}",
        reprise.ecarts
    );
}

#[test]
fn the_contract_of_the_export_tells_who_changed_what() {
    let alors = paca();
    let lu = classeur(&alors);
    let mut contrat = (*alors.donnees).clone();
    contrat["moyens"]["budgets"][0]["depenses"]["groupe_1"] = json!(7);
    let ouverture = depuis(&contrat);
    let sans = prendre(&ouverture, &lu);
    assert_eq!(sans.changements.len(), 1);
    assert!(sans.notes.iter().any(|note| note.contains("--base")), "{:?}", sans.notes);
    let retour = Retour { base: Some(&alors.donnees), pour: None };
    let avec = importer("x", &lu, &ouverture, &retour).unwrap();
    assert!(
        avec.changements.is_empty() && avec.ecarts.is_empty(),
        "what the workbook left alone is no change of its own"
    );
    let mut deux = lu;
    let budgets = feuille(&mut deux, "Budgets");
    let g1 = colonne(budgets, "depenses/groupe_1");
    ecrire(budgets, 2, g1, Contenu::Nombre(8.0));
    let avec = importer("x", &deux, &ouverture, &retour).unwrap();
    assert!(avec.changements.is_empty() && avec.ecarts.len() == 1, "{avec:#?}");
}

#[test]
fn the_workbook_of_another_contract_is_refused() {
    let lu = classeur(&paca());
    let autre = ouvrir(&contrats()[2]);
    let refus = importer("x.xlsx", &lu, &autre, &Retour::default()).unwrap_err().to_string();
    assert!(refus.contains("et non de"), "{refus}");
    let vide = Classeur::default();
    assert!(importer("x.xlsx", &vide, &autre, &Retour::default()).is_err());
}
