//! What writing out promises: clauses that read well, options that come and go with their numbers, own clauses
//! in their place, regions made of Markdown alone, and faults of a model told in French.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use cpom::document::{Bloc, Document, Etat, Inline, Noeud, Numero, Serie, mots, parcours};
use cpom::dossier::{self, Choix};
use cpom::modele::manifeste::Element;
use cpom::redaction::Usage;
use serde_json::{Value, json};

use super::outils::{Atelier, contrats, document, essayer_de_rediger, json, modifie, ouvrir, partie, rediger, texte};
use super::refus::anglais;

fn minimal() -> Value {
    json("fixtures/paca/minimal.json")
}

fn exemple() -> Value {
    json("fixtures/paca/exemple.json")
}

/// What a reader judges: a whole draft made of almost nothing.
#[test]
fn the_smallest_draft_reads_well() {
    insta::assert_snapshot!(texte(&minimal()));
}

/// What a reader judges: the body of the contract, article by article.
#[test]
fn the_body_of_the_example_reads_well() {
    insta::assert_snapshot!(partie(&texte(&exemple()), "socle").expect("a body"));
}

/// What a reader judges: one fiche of the ANAP layout, and the compulsory one.
#[test]
fn the_first_fiches_of_the_example_read_well() {
    let texte = texte(&exemple());
    let fiches: Vec<&str> = texte.split("\n=== ").filter(|p| p.starts_with("Fiche action")).take(2).collect();
    assert_eq!(fiches.len(), 2);
    insta::assert_snapshot!(fiches.join("\n=== "));
}

/// What a reader judges: the national model on the real case, body only.
#[test]
fn the_body_of_the_real_case_reads_well() {
    let (_, fichiers) = contrats().into_iter().find(|(nom, _)| nom.contains("HESPERIA71")).expect("the fixture");
    let exemplaires = rediger(&ouvrir(&fichiers), &Choix::default());
    assert_eq!(exemplaires.len(), 2);
    let texte = cpom::rendu::texte::rendre(&exemplaires[0].document);
    insta::assert_snapshot!(partie(&texte, "contrat").expect("a body"));
}

/// Calls a function on every inline of a document.
fn chaque_inline<'a>(document: &'a Document, mut voir: impl FnMut(&'a Inline)) {
    document.parties.iter().for_each(|p| parcours::inlines(&p.blocs, &mut voir));
}

/// The headings that bear an anchor: anchor → number.
fn ancres(document: &Document) -> BTreeMap<&str, Option<&Numero>> {
    let mut ancres = BTreeMap::new();
    for noeud in document.parties.iter().flat_map(|p| &p.blocs) {
        if let Bloc::Titre(t) = &noeud.bloc
            && let Some(ancre) = &t.ancre
        {
            let deja = ancres.insert(ancre.as_str(), t.numero.as_ref());
            assert!(deja.is_none(), "two headings bear the anchor « {ancre} »");
        }
    }
    ancres
}

/// Numbers follow one another without hole, and every reference names the number of what it points to.
fn verifier_les_numeros(document: &Document, quoi: &str) {
    let ancres = ancres(document);
    let mut suites: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for noeud in document.parties.iter().flat_map(|p| &p.blocs) {
        let Bloc::Titre(titre) = &noeud.bloc else { continue };
        let Some(numero) = &titre.numero else { continue };
        let suite = match numero.serie {
            Serie::SousArticle => format!("sous-article {}", numero.texte.split('-').next().unwrap_or_default()),
            autre => format!("{autre:?}"),
        };
        suites.entry(suite).or_default().push(numero.rang);
    }
    assert!(suites.len() > 3, "{quoi}: {suites:?}");
    for (serie, rangs) in suites {
        // In a contract restricted to one gestionnaire, fiches keep the numbers of the whole.
        if serie == "Fiche" {
            assert!(rangs.is_sorted_by(|a, b| a < b), "{quoi}: {rangs:?}");
            continue;
        }
        let attendus: Vec<u32> = (1..=u32::try_from(rangs.len()).expect("a few")).collect();
        assert_eq!(rangs, attendus, "{quoi}: {serie}");
    }
    let mut renvois = 0;
    chaque_inline(document, |inline| {
        if let Inline::Renvoi { ancre, texte } = inline {
            renvois += 1;
            let numero = ancres.get(ancre.as_str()).unwrap_or_else(|| panic!("{quoi}: « {texte} » points to nothing"));
            let numero = numero.map(|n| n.texte.as_str()).unwrap_or_default();
            assert!(
                texte.replace('\u{a0}', " ").ends_with(&format!(" {numero}")),
                "{quoi}: « {texte} » points to « {numero} »"
            );
        }
    });
    assert!(renvois > 0, "{quoi} has no reference");
}

#[test]
fn numbers_follow_one_another_and_references_name_them_in_every_fixture() {
    for (nom, fichiers) in contrats() {
        for exemplaire in rediger(&ouvrir(&fichiers), &Choix::default()) {
            verifier_les_numeros(&exemplaire.document, &nom);
        }
    }
}

#[test]
fn an_optional_clause_goes_with_its_data_and_the_numbers_follow() {
    let avec = document(&exemple());
    let sans = document(&modifie(&exemple(), json!([{"op": "remove", "path": "/moyens/frais_siege"}])));
    let numero = |d: &Document, id: &str| ancres(d).get(id).map(|n| n.expect("numbered").texte.clone());
    assert_eq!(numero(&avec, "siege").as_deref(), Some("3-7"));
    assert_eq!(numero(&avec, "produits-financiers").as_deref(), Some("3-6"));
    assert_eq!(numero(&sans, "siege"), None);
    assert_eq!(numero(&sans, "produits-financiers"), None);
    verifier_les_numeros(&sans, "without head office");
    // Annexes that follow the order of the head office move up, and references with them.
    let annexe =
        |d: &Document| numero(d, "habilitation-aide-sociale").expect("printed").parse::<u32>().expect("a number");
    let lies = modifie(
        &exemple(),
        json!([{"op": "remove", "path": "/moyens/frais_siege"}, {"op": "add", "path": "/pieces", "value": []}]),
    );
    let lies = document(&lies);
    assert_eq!(annexe(&lies) + 1, annexe(&avec));
    verifier_les_numeros(&lies, "without head office nor pieces");
    let texte = cpom::rendu::texte::rendre(&lies);
    assert!(!texte.contains("3-7"), "nothing still speaks of the article that is gone");
}

/// Every condition of the plan that is one key of the contract: its element comes and goes with the key.
#[test]
fn every_optional_element_tied_to_one_key_comes_and_goes_with_it() {
    // An element whose condition says so is also printed when its key is without object: it gives the reason.
    fn conditions<'a>(elements: &'a [Element], trouvees: &mut Vec<(&'a str, &'a str, bool)>) {
        for element in elements {
            if let Some(condition) = &element.condition
                && let Some(condition) = condition.strip_prefix("contrat.")
                && let (cle, dit) = condition.split_once(" or ").map_or((condition, ""), |(cle, dit)| (cle, dit))
                && (dit.is_empty() || dit == format!("contrat.{cle} is sans_objet"))
                && cle.chars().all(|c| c.is_alphanumeric() || c == '.' || c == '_')
            {
                trouvees.push((element.id.as_str(), cle, !dit.is_empty()));
            }
            conditions(&element.elements, trouvees);
        }
    }
    let catalogue = dossier::catalogue(None).expect("the embedded models");
    let mut vus = 0;
    for modele in catalogue.liste().expect("readable") {
        let mut trouvees = Vec::new();
        conditions(&modele.manifeste.plan, &mut trouvees);
        for (id, cle, dit) in trouvees {
            let pointeur = format!("/{}", cle.replace('.', "/"));
            let base = modifie(
                &exemple(),
                json!([{"op": "replace", "path": "/modele", "value": {"id": modele.manifeste.id}}]),
            );
            if base.pointer(&pointeur).is_none_or(|v| v.get("non_applicable").is_some()) {
                continue;
            }
            let sans = modifie(&base, json!([{"op": "remove", "path": pointeur}]));
            let sans_objet =
                json!([{"op": "replace", "path": pointeur, "value": {"non_applicable": "sans lien avec ce contrat"}}]);
            let nom = modele.manifeste.id.as_str();
            assert!(ancres(&document(&base)).contains_key(id), "{nom}: « {id} » is not printed with « {cle} »");
            assert!(!ancres(&document(&sans)).contains_key(id), "{nom}: « {id} » is printed without « {cle} »");
            let document = document(&modifie(&base, sans_objet));
            assert_eq!(ancres(&document).contains_key(id), dit, "{nom}: « {id} » when « {cle} » is without object");
            verifier_les_numeros(&document, &format!("{nom} without {cle}"));
            vus += 1;
        }
    }
    assert!(vus >= 8, "{vus}");
}

fn avec_clauses(clauses: Value) -> Value {
    modifie(&minimal(), json!([{"op": "add", "path": "/clauses_particulieres", "value": clauses}]))
}

#[test]
fn own_clauses_of_the_contract_print_before_after_or_instead_of_an_article() {
    let rediger = |place: &str| {
        let texte = texte(&avec_clauses(
            json!([{"article": "litiges", "place": place, "texte": "Les parties consultent **Minos**.\n\n- un\n- deux"}]),
        ));
        let socle = partie(&texte, "socle").expect("a body").to_owned();
        let debut = socle.find("– Litiges").expect("the heading stays");
        let fin = socle[debut..].find("– Révision").expect("the next article") + debut;
        socle[debut..fin].to_owned()
    };
    let (avant, apres, remplace) = (rediger("avant"), rediger("apres"), rediger("remplace"));
    let propre = "Les parties consultent Minos.\n- un\n- deux\n";
    for texte in [&avant, &apres, &remplace] {
        assert!(texte.contains(propre), "{texte}");
    }
    let du_modele = remplace.replace(propre, "");
    assert!(du_modele.lines().skip(1).filter(|l| !l.starts_with('#')).all(|l| l.trim().is_empty()), "{remplace}");
    let place = |texte: &str| (texte.find(propre).expect("own clause"), texte.len());
    let (debut_avant, longueur) = place(&avant);
    let (debut_apres, _) = place(&apres);
    assert!(longueur > remplace.len() + 100, "the model's clause is still there: {avant}");
    assert!(debut_avant < 20 && debut_apres > longueur / 2, "{debut_avant} {debut_apres} {longueur}");
}

#[test]
fn an_own_clause_without_a_place_refuses_the_contract() {
    let atelier = Atelier::nouveau();
    atelier.contrat(&avec_clauses(json!([{"article": "litige", "place": "apres", "texte": "Texte."}])));
    let passage = atelier.cpom(&["generer", "contrat.json", "--etat", "definitif", "--format", "texte"]);
    assert_eq!(passage.code, 1, "{}", passage.tout());
    assert!(passage.erreurs.contains("« litige »"), "{}", passage.tout());
    assert!(passage.erreurs.contains(", /clauses_particulieres/0/article)"), "{}", passage.tout());
    assert_eq!(atelier.noms("sortie"), [""; 0]);
}

/// A region in a folder: its manifest and its clauses.
fn region(manifeste: Value, clauses: &[(&str, &str)]) -> (Atelier, PathBuf) {
    let atelier = Atelier::nouveau();
    let mut base = json!({"id": "essai", "nom": "Région d'essai", "version": "1", "herite": "commun"});
    base.as_object_mut().expect("an object").extend(manifeste.as_object().expect("an object").clone());
    atelier.ecrire("modeles/essai/modele.json", base.to_string());
    for (nom, texte) in clauses {
        atelier.ecrire(&format!("modeles/essai/{nom}"), texte);
    }
    let modeles = atelier.chemin("modeles");
    (atelier, modeles)
}

/// The small contract written with a region; the error message when the region is faulty.
fn ecrire(manifeste: Value, clauses: &[(&str, &str)]) -> Result<String, String> {
    let (atelier, modeles) = region(manifeste, clauses);
    // Its own clause would stand in the place of the region's.
    let sans = ["/modele", "/clauses_particulieres"].map(|path| json!({"op": "remove", "path": path}));
    let contrat = modifie(&exemple(), json!(sans));
    let ouverture = ouvrir(&[atelier.contrat(&contrat)]);
    let choix = Choix { dossier_modeles: Some(modeles), modele: Some("essai".into()), ..Choix::default() };
    match essayer_de_rediger(&ouverture, &choix) {
        Ok(exemplaires) => Ok(cpom::rendu::texte::rendre(&exemplaires[0].document)),
        Err(e) => Err(e.to_string().replace(&atelier.dossier.path().display().to_string(), "<DOSSIER>")),
    }
}

#[test]
fn a_region_that_changes_two_clauses_is_three_small_files() {
    let (atelier, modeles) = region(
        json!({"regions": ["28"]}),
        &[
            ("litiges.md", "Les parties saisissent d'abord le médiateur.\n"),
            ("duree.md", "Le contrat dure {{ calcule.periode.duree_annees|en_lettres }} ans.\n"),
        ],
    );
    let ars = json!({"id": "ars", "type": "ars", "region": "28"});
    let contrat = modifie(
        &minimal(),
        json!([{"op": "remove", "path": "/modele"}, {"op": "replace", "path": "/parties/autorites/0", "value": ars}]),
    );
    let ouverture = ouvrir(&[atelier.contrat(&contrat)]);
    let rendre = |choix: &Choix| {
        let exemplaire = rediger(&ouverture, choix).remove(0);
        (exemplaire.modele.manifeste.id.to_string(), cpom::rendu::texte::rendre(&exemplaire.document))
    };
    // The region is found by its code; without the folder, the national model prints.
    let (id, texte) = rendre(&Choix { dossier_modeles: Some(modeles), ..Choix::default() });
    let (national, texte_national) = rendre(&Choix::default());
    assert_eq!((id.as_str(), national.as_str()), ("essai", "national"));
    for attendu in ["Les parties saisissent d’abord le médiateur.", "Le contrat dure cinq ans."] {
        assert!(texte.contains(attendu) && !texte_national.contains(attendu), "{attendu}");
    }
    let titres = |t: &str| t.lines().filter(|l| l.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
    let propres: BTreeSet<String> = titres(&texte_national).into_iter().collect();
    assert!(titres(&texte).iter().all(|t| propres.contains(t)), "all the rest is the national model's");
}

/// A region may name the courts in all its contracts; one of them may still say that it does not.
#[test]
fn a_region_names_the_courts_unless_the_contract_says_otherwise() {
    let parametre = json!({"valeur": true, "libelle": "Les juges sont nommés", "source": "choix de la région d'essai"});
    let (atelier, modeles) = region(json!({"parametres": {"juges_nommes": parametre}}), &[]);
    let choix = Choix { dossier_modeles: Some(modeles), modele: Some("essai".into()), ..Choix::default() };
    let texte = |litiges: Value| {
        let contrat = modifie(&exemple(), json!([{"op": "add", "path": "/litiges", "value": litiges}]));
        cpom::rendu::texte::rendre(&rediger(&ouvrir(&[atelier.contrat(&contrat)]), &choix).remove(0).document)
    };
    let nomme = texte(json!({}));
    assert!(nomme.contains("tribunal administratif de Toulouse") && nomme.contains("Juridictions compétentes"));
    for litiges in [json!({"nommer_les_juges": false}), json!({"non_applicable": "le droit commun y pourvoit"})] {
        let tu = texte(litiges);
        assert!(!tu.contains("Juridictions compétentes") && !tu.contains("R. 312-11"), "{tu}");
    }
}

#[test]
fn a_clause_added_to_a_plan_touches_no_rust() {
    let plan = json!({"plan": [{"genre": "socle", "id": "socle", "titre": "Contrat", "elements": [
        {"genre": "titre", "id": "t", "titre": "Objet", "elements": [
            {"genre": "article", "id": "objet", "titre": "Objet", "clause": "objet.md"},
            {"genre": "article", "id": "laicite", "titre": "Laïcité", "clause": "laicite.md"}]}]}]});
    let clauses = [
        ("objet.md", "Voir l'{{ article(\"laicite\") }}.\n"),
        ("laicite.md", "Le gestionnaire respecte la *laïcité*.\n"),
    ];
    let texte = ecrire(plan, &clauses).expect("it prints").replace('\u{a0}', " ");
    assert!(texte.contains("## Article 2 – Laïcité\n\nLe gestionnaire respecte la laïcité.\n"), "{texte}");
    assert!(texte.contains("Voir l’article 2."), "{texte}");
}

/// Faulty clauses: what is written on line 3 of `litiges.md`.
const FAUTES: &[(&str, &str)] = &[
    ("clé inconnue", "{{ contrat.refrence }}"),
    ("clé inconnue dans une boucle", "{% for e in contrat.perimetre.etablissements %}{{ e.nomm }}{% endfor %}"),
    (
        "clé inconnue dans une condition de boucle",
        "{% for e in contrat.perimetre.etablissements if e.inclu %}x{% endfor %}",
    ),
    (
        "clé inconnue dans une boucle imbriquée",
        "{% for e in contrat.perimetre.etablissements %}{% for c in e.capacites %}{{ c.autorise }}{% endfor %}{% endfor %}",
    ),
    ("clé inconnue dans champ", "{{ champ(contrat, \"intitulle\") }}"),
    ("clé inconnue dans une condition", "{% if contrat.moyens.frais_sieges %}x{% endif %}"),
    ("clé inconnue d'une valeur calculée", "{{ calcule.periode.debout }}"),
    ("paramètre inconnu", "{{ parametres.delai_inconnu }}"),
    ("variable inconnue", "{{ nimporte }}"),
    ("variable inconnue dans une boucle", "{% for e in contrat.perimetre.etablissements %}{{ f.nom }}{% endfor %}"),
    ("filtre inconnu", "{{ contrat.reference|majuscules }}"),
    ("fonction inconnue", "{{ renvoi(\"litiges\") }}"),
    ("test inconnu", "{% if contrat.reference is vrai %}x{% endif %}"),
    ("balise jamais fermée", "{% if contrat.reference %}x"),
    ("balise inconnue", "{% pour e in contrat %}"),
    ("accolade manquante", "{{ contrat.reference }"),
    ("fin sans début", "x{% endif %}"),
    ("argument manquant", "{{ champ(contrat) }}"),
    ("argument de trop", "{{ article(\"litiges\", \"duree\", 3) }}"),
    ("article inconnu", "{{ article(\"litige\") }}"),
    ("annexe inconnue", "{{ ref_annexe(\"activites\") }}"),
    ("montant d'un texte", "{{ contrat.reference|euros }}"),
    ("addition d'un texte", "{{ contrat.reference + 1 }}"),
    ("division par zéro", "{{ 1 // 0 }}"),
    ("boucle sur un nombre", "{% for x in 12 %}x{% endfor %}"),
    ("clause absente", "{% include \"absente.md\" %}"),
    ("fichier hors du modèle", "{% include \"../../../etc/passwd\" %}"),
    ("clause qui s'appelle elle-même", "{% include \"litiges.md\" %}"),
    ("macro sans fin", "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"),
    ("boucle immense", "{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}"),
    ("liste immense", "{{ range(99999999) }}"),
    ("balise HTML", "<div>texte</div>"),
    ("style inconnu", "{% call style(\"gros\") %}x{% endcall %}"),
    ("tableau sans tableau", "{% call tableau(largeurs=[1]) %}\n\ntexte\n\n{% endcall %}"),
    ("largeurs sans rapport", "{% call tableau(largeurs=[1]) %}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n{% endcall %}"),
];

#[test]
fn faults_of_a_clause_are_told_in_french_with_their_file_and_line() {
    let mut texte = String::new();
    let mut fautes = Vec::new();
    for (nom, clause) in FAUTES {
        match ecrire(json!({}), &[("litiges.md", &format!("Première ligne.\n\n{clause}\n"))]) {
            Ok(_) => fautes.push(format!("{nom}: {clause} is accepted")),
            Err(message) => {
                if !message.contains("essai/litiges.md:") {
                    fautes.push(format!("{nom}: no place: {message}"));
                }
                if let Some(mot) = anglais(&message.replace(clause, "")) {
                    fautes.push(format!("{nom}: « {mot} » is English: {message}"));
                }
                texte.push_str(&format!("## {nom}\n{clause}\n→ {message}\n\n"));
            }
        }
    }
    insta::assert_snapshot!(texte);
    assert!(fautes.is_empty(), "{}", fautes.join("\n"));
}

#[test]
fn an_unknown_key_of_the_contract_is_never_printed_nor_passed_over_in_silence() {
    let mut acceptees = Vec::new();
    // Each place where a clause may ask for a key: none of them may take an unknown one for an absent one.
    for expression in [
        "{{ e.inconnue }}",
        "{{ e.inconnue|default('x') }}",
        "{% if e.inconnue %}x{% endif %}",
        "{% if not e.inconnue %}x{% endif %}",
        "{% for x in e.inconnue %}x{% endfor %}",
        "{{ champ(e, 'inconnue') }}",
        "{{ valeur(e, 'inconnue') }}",
        "{{ texte(e, 'inconnue') }}",
        "{{ libelle(e, 'inconnue') }}",
        "{% set x = e.inconnue %}{{ x }}",
        "{{ e['inconnue'] }}",
        "{{ contrat.perimetre.etablissements|map(attribute='inconnue')|list|length }}",
        "{{ contrat.perimetre.etablissements|selectattr('inconnue')|list|length }}",
        "{{ somme(contrat.perimetre.etablissements, 'inconnue') }}",
    ] {
        let clause = format!("{{% for e in contrat.perimetre.etablissements %}}{expression}{{% endfor %}}\n");
        let rendu = ecrire(json!({}), &[("litiges.md", &clause)]);
        match rendu {
            Ok(_) => acceptees.push(expression),
            Err(message) => assert!(message.contains("inconnue"), "{expression}: {message}"),
        }
    }
    assert!(acceptees.is_empty(), "an unknown key is accepted by {acceptees:#?}");
}

#[test]
fn faults_of_a_manifest_are_told_in_french_with_their_file() {
    let element = |extra: Value| {
        let mut element = json!({"genre": "annexe", "id": "a", "titre": "A", "clause": "litiges.md"});
        element.as_object_mut().expect("an object").extend(extra.as_object().expect("an object").clone());
        json!({"plan": [element]})
    };
    let cas = [
        ("clé inconnue", json!({"regionz": []})),
        ("genre inconnu", element(json!({"genre": "chapitre"}))),
        ("titre d'un autre type", element(json!({"titre": 12}))),
        ("clause absente", element(json!({"clause": "absente.md"}))),
        ("condition incompréhensible", element(json!({"condition": "contrat.moyens and"}))),
        ("condition sur une clé inconnue", element(json!({"condition": "contrat.moyen.budgets"}))),
        ("parent inconnu", json!({"herite": "normandie"})),
        ("parent de soi-même", json!({"herite": "essai"})),
    ];
    let mut texte = String::new();
    let mut fautes = Vec::new();
    for (nom, manifeste) in cas {
        match ecrire(manifeste, &[]) {
            Ok(_) => fautes.push(format!("{nom} is accepted")),
            Err(message) => {
                if let Some(mot) = anglais(&message) {
                    fautes.push(format!("{nom}: « {mot} » is English: {message}"));
                }
                texte.push_str(&format!("## {nom}\n{message}\n\n"));
            }
        }
    }
    insta::assert_snapshot!(texte);
    assert!(fautes.is_empty(), "{}", fautes.join("\n"));
}

#[test]
fn every_clause_of_the_models_is_printed_by_one_contract_at_least() {
    let catalogue = dossier::catalogue(None).expect("the embedded models");
    let modeles: Vec<String> =
        catalogue.liste().expect("readable").iter().map(|m| m.manifeste.id.to_string()).collect();
    let mut origines = BTreeSet::new();
    let mut documents = Vec::new();
    for (_, fichiers) in contrats() {
        let ouverture = ouvrir(&fichiers);
        for modele in &modeles {
            let choix = Choix { etat: Some(Etat::Projet), modele: Some(modele.clone()), ..Choix::default() };
            documents.extend(rediger(&ouverture, &choix).into_iter().map(|e| e.document));
        }
    }
    // The options that no fixture takes, with the schema's own examples.
    let schema = cpom::schema::generation::schema_contrat();
    let exemple_de = |cle: &str| schema["$defs"]["Moyens"]["properties"][cle]["examples"][0].clone();
    let mut options = modifie(&exemple(), json!([{"op": "remove", "path": "/moyens/frais_siege"}]));
    for cle in ["quote_part", "mesures_selon_resultats"] {
        options["moyens"][cle] = exemple_de(cle);
    }
    // Signed after the law on the funding of children's establishments.
    options["signature"]["date"] = json!("2026-01-12");
    options["litiges"] = json!({"nommer_les_juges": true});
    let sans_objectif = modifie(
        &exemple(),
        json!([{"op": "remove", "path": "/objectifs"}, {"op": "remove", "path": "/fiches_actions"}]),
    );
    for mut contrat in [options, sans_objectif] {
        for modele in &modeles {
            contrat["modele"] = json!({"id": modele});
            documents.push(document(&contrat));
        }
    }
    let atelier = Atelier::nouveau();
    let ouverture = ouvrir(&[atelier.contrat(&exemple())]);
    for pour in [Usage::Equipes, Usage::Etablissement("ime-les-oliviers".into())] {
        let choix = Choix { etat: Some(Etat::Projet), pour, ..Choix::default() };
        documents.push(rediger(&ouverture, &choix).remove(0).document);
    }
    fn voir(noeuds: &[Noeud], origines: &mut BTreeSet<String>) {
        for noeud in noeuds {
            origines.extend(noeud.origine.as_ref().map(|o| o.fichier.clone()));
            match &noeud.bloc {
                Bloc::Liste(l) => l.elements.iter().for_each(|e| voir(e, origines)),
                Bloc::Tableau(t) => t.lignes.iter().flat_map(|l| &l.cellules).for_each(|c| voir(&c.blocs, origines)),
                Bloc::Formulaire { lignes } => lignes.iter().for_each(|l| voir(&l.blocs, origines)),
                Bloc::Encadre { blocs, .. } => voir(blocs, origines),
                _ => {}
            }
        }
    }
    documents.iter().flat_map(|d| &d.parties).for_each(|p| voir(&p.blocs, &mut origines));
    assert!(!documents.is_empty() && !mots::texte(&documents[0]).is_empty());
    let mut jamais = Vec::new();
    for modele in catalogue.liste().expect("readable") {
        for clause in modele.clauses().iter().filter(|c| !c.ends_with("macros.md")) {
            let (chemin, texte) = modele.clause(clause).expect("a clause of the list");
            // A clause made of calls alone leaves no line of its own.
            let a_du_texte =
                texte.lines().any(|l| l.chars().next().is_some_and(char::is_alphabetic) && !l.contains('|'));
            if a_du_texte && !origines.contains(&chemin) {
                jamais.push(chemin);
            }
        }
    }
    assert!(jamais.is_empty(), "no contract prints {jamais:?}");
}
