//! FINESS comes in: what its files say, whichever they are, to the line; a perimeter begun or updated; what is wrong, told with its place.

use super::outils::{Atelier, json, lire, racine};
use cpom::registres::finess::{Demande, Extrait, FinessRefuse, Vie, lire_octets};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::io::{Cursor, Write};

const STRUCTURES: &str = "fixtures/finess/structures.json";
const ACTIVITES: &str = "fixtures/finess/activites.json";

fn demande(ej: &[&str]) -> Demande {
    Demande { ej: ej.iter().map(|n| (*n).to_owned()).collect(), ..Demande::default() }
}

fn les_deux() -> [(&'static str, Vec<u8>); 2] {
    [("structures.json", lire(STRUCTURES).into_bytes()), ("activites.json", lire(ACTIVITES).into_bytes())]
}

fn lus(fichiers: &[(&str, Vec<u8>)], demande: &Demande) -> Result<Extrait, FinessRefuse> {
    let fichiers: Vec<(&str, &[u8])> = fichiers.iter().map(|(nom, octets)| (*nom, octets.as_slice())).collect();
    lire_octets(&fichiers, demande)
}

fn refus(fichiers: &[(&str, Vec<u8>)], demande: &Demande) -> String {
    let refus = lus(fichiers, demande).expect_err("refused").to_string();
    assert!(refus.contains("À faire"), "{refus}");
    refus
}

fn gz(octets: &[u8]) -> Vec<u8> {
    let mut sortie = GzEncoder::new(Vec::new(), Compression::fast());
    sortie.write_all(octets).unwrap();
    sortie.finish().unwrap()
}

fn zip(membres: &[(&str, &[u8])]) -> Vec<u8> {
    let mut sortie = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (nom, octets) in membres {
        sortie.start_file(*nom, zip::write::SimpleFileOptions::default()).unwrap();
        sortie.write_all(octets).unwrap();
    }
    sortie.finish().unwrap().into_inner()
}

const TROIS: [&str; 3] = ["010000255", "060020443", "970302477"];

#[test]
fn the_expected_reading_comes_out_to_the_line() {
    let extrait = lus(&les_deux(), &demande(&TROIS)).unwrap();
    let dit = |nombre: Option<u32>| nombre.map(|n| n.to_string()).unwrap_or_default();
    let mot = |texte: &Option<String>| texte.clone().unwrap_or_default();
    let mut lignes = Vec::new();
    for entite in &extrait.entites {
        for et in &entite.etablissements {
            for a in &et.activites {
                let vie = match a.vie {
                    Vie::Ouverte => "oui",
                    Vie::Autorisee => "autorisee",
                    Vie::Finie => "non",
                };
                let modalites = cpom::nomenclatures::finess::mode(&a.mode).map(|m| m.modalites.join(","));
                let ligne = [
                    entite.finess.clone(),
                    et.finess.clone(),
                    et.nom.clone(),
                    mot(&et.categorie),
                    mot(&et.tarification),
                    if et.ferme { "I" } else { "A" }.to_owned(),
                    et.cpom.last().cloned().unwrap_or_default(),
                    vie.to_owned(),
                    a.activite.clone(),
                    a.mode.clone(),
                    a.public.clone(),
                    dit(a.autorisee),
                    dit(a.installee),
                    dit(a.habilitee),
                    dit(a.age_min),
                    dit(a.age_max),
                    modalites.unwrap_or_default(),
                ];
                lignes.push(ligne.join(";"));
            }
        }
    }
    let mut attendues: Vec<String> = lire("fixtures/finess/attendu.csv").lines().skip(1).map(str::to_owned).collect();
    attendues.sort();
    lignes.sort();
    assert_eq!(lignes.len(), 28);
    assert_eq!(lignes, attendues);
}

#[test]
fn a_file_is_known_by_its_content_compressed_or_in_an_archive() {
    let [(_, structures), (_, activites)] = les_deux();
    let attendu = lus(&les_deux(), &demande(&TROIS)).unwrap().entites;
    let marquee = [b"\xef\xbb\xbf", structures.as_slice()].concat();
    for (s, a) in [
        (gz(&structures), gz(&activites)),
        (zip(&[("lisez-moi.txt", b"bonjour"), ("x", &structures)]), zip(&[("y.json", &activites)])),
        (marquee, activites.clone()),
    ] {
        // In any order, and under any name.
        let lu = lus(&[("facture.pdf", a), ("b", s)], &demande(&TROIS)).unwrap();
        assert_eq!(lu.entites, attendu);
    }
}

#[test]
fn what_is_no_file_of_finess_is_told_by_what_it_is() {
    let [(_, structures), (_, activites)] = les_deux();
    let un = demande(&["010000255"]);
    for (octets, dit) in [
        (b"".to_vec(), "vide"),
        (b"%PDF-1.7".to_vec(), "PDF"),
        (b"<html>".to_vec(), "page web"),
        (b"Bonjour;tout\nle monde".to_vec(), "Bonjour"),
        (b"{\"reference\": \"X\"}".to_vec(), "« pmej »"),
        (b"{\"pmej\": [{}]}".to_vec(), "numéro"),
        (zip(&[("a", b"rien")]), "aucun fichier FINESS"),
        (zip(&[("a", &structures), ("b", &activites)]), "plusieurs fichiers FINESS"),
        (b"PK\x03\x04rien".to_vec(), "abîmée"),
        ("\u{FEFF}{}".encode_utf16().flat_map(u16::to_le_bytes).collect(), "UTF-16"),
    ] {
        let refus = refus(&[("donné.json", octets)], &un);
        assert!(refus.contains(dit) && refus.contains("« donné.json »"), "{dit}: {refus}");
    }
}

#[test]
fn a_cut_file_and_a_faulty_one_give_their_place_and_nothing_is_read() {
    let [(_, structures), (_, activites)] = les_deux();
    let un = demande(&["010000255"]);
    let moitie = structures[..structures.len() / 2].to_vec();
    assert!(refus(&[("s.json", moitie.clone())], &un).contains("s'arrête avant sa fin (ligne "));
    let compresse = gz(&structures);
    let coupe = compresse[..compresse.len() - 40].to_vec();
    assert!(refus(&[("s.json.gz", coupe)], &un).contains("s'arrête avant sa fin"), "a cut gz");
    let mut abime = compresse.clone();
    let milieu = abime.len() / 2;
    abime[milieu..milieu + 20].fill(0x55);
    refus(&[("s.json.gz", abime)], &un);
    let faux = String::from_utf8(structures.clone()).unwrap().replacen("\"ege\":[{", "\"ege\":[7,{", 1);
    let dit = refus(&[("s.json", faux.into_bytes())], &un);
    assert!(dit.contains("ligne 2, colonne ") && dit.contains("forme attendue"), "{dit}");
    let dit = refus(&[("activites.json", activites)], &un);
    assert!(dit.contains("il manque les structures"), "{dit}");
}

#[test]
fn an_entity_that_is_not_there_is_told_with_how_many_there_are() {
    let dit = refus(&les_deux(), &demande(&["750000018"]));
    assert!(
        dit.starts_with("aucune entité juridique 750000018 ; le fichier « structures.json » en compte 3."),
        "{dit}"
    );
    let absent = Demande { et: ["010000255".to_owned()].into(), ..demande(&["010000255"]) };
    assert!(
        refus(&les_deux(), &absent).contains("aucun établissement 010000255 dans ce fichier ; elle en compte 5")
            || refus(&les_deux(), &absent).contains("elle en compte 0")
    );
    let seul = Demande { et: ["010011914".to_owned()].into(), ..demande(&["010000255"]) };
    assert_eq!(lus(&les_deux(), &seul).unwrap().entites[0].etablissements.len(), 1);
}

#[test]
fn both_codes_of_nature_are_read_and_numbers_written_as_numbers_too() {
    let [structures, (_, activites)] = les_deux();
    let attendu = lus(&les_deux(), &demande(&TROIS)).unwrap().entites;
    let autre = String::from_utf8(activites).unwrap().replace("\"ASMR\"", "\"AMSR\"");
    let autre = autre.replace("\"nombre\":\"12\"", "\"nombre\":12");
    let lu = lus(&[structures, ("a", autre.into_bytes())], &demande(&TROIS)).unwrap();
    assert_eq!(lu.entites, attendu);
}

#[test]
fn dates_that_cannot_be_are_told_and_left() {
    let [(_, structures), activites] = les_deux();
    let texte = String::from_utf8(structures).unwrap();
    let faux = texte.replacen("\"dateEffetEngagement\":\"2018-12-28\"", "\"dateEffetEngagement\":\"2080-09-20\"", 1);
    let faux = faux.replacen("\"1990-12-11\"", "\"0787-12-11\"", 1);
    let extrait = lus(&[("s", faux.into_bytes()), activites], &demande(&TROIS)).unwrap();
    let notes: Vec<String> = extrait.notes.iter().map(|n| n.message.clone()).collect();
    let notes = notes.join("\n");
    assert!(notes.contains("2080-09-20") && notes.contains("0787-12-11"), "{notes}");
}

/// A synthetic extraction of the former kind.
fn etalab(lignes: &[&str]) -> String {
    let mut texte = "finess;etalab;104;2026-05-12\n".to_owned();
    lignes.iter().for_each(|ligne| texte += &format!("{ligne}\n"));
    texte
}

#[test]
fn the_former_extractions_are_read_in_both_encodings_and_the_encoding_is_told() {
    let ej = etalab(&[
        "structureej;970302022;CH DE CAYENNE;CENTRE HOSPITALIER DE CAYENNE;;;AV;ALEXIS BLAISE;;;BP 6006;302;97306 CAYENNE CEDEX;9C;GUYANE;;13;Etablissement Public;355;CH;269733028;8610Z;1904-04-04",
    ]);
    let et = lire("fixtures/finess/etalab-cs1100502.csv");
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(&et);
    let un = demande(&["970302022"]);
    for (octets, codage) in [(et.clone().into_bytes(), None), (windows.into_owned(), Some("Windows-1252"))] {
        let extrait = lus(&[("501", ej.clone().into_bytes()), ("502", octets)], &un).unwrap();
        assert_eq!(extrait.provenances[1].codage, codage);
        assert_eq!(extrait.provenances[1].date.as_deref(), Some("2026-05-12"));
        let entite = &extrait.entites[0];
        assert_eq!(entite.nom.as_deref(), Some("CENTRE HOSPITALIER DE CAYENNE"));
        let ehpad = entite.etablissements.iter().find(|et| et.finess == "970302287").unwrap();
        assert_eq!((ehpad.departement.as_deref(), ehpad.tarification.as_deref()), (Some("973"), Some("40")));
        assert_eq!(ehpad.adresse.as_deref(), Some("AV ALEXIS BLAISE BP 6006, 97306 CAYENNE CEDEX"));
        assert!(extrait.notes[0].message.contains("aucun fichier d'activités"), "said once");
    }
}

#[test]
fn a_line_of_equipment_keeps_its_past_and_two_living_ones_are_a_choice() {
    let et = etalab(&[
        "structureet;010003598;750719361;CHRS A;;;;;;;;;053;01;AIN;01000 BOURG;;;214;CHRS;;;;;30;;;;2016-10-07;2016-10-07;;",
        "structureet;140004698;140018797;IME B;;;;;;;;;118;14;CALVADOS;14000 CAEN;;;183;IME;;;;;34;;;;2017-01-03;2017-01-03;;",
    ]);
    let equipement = lire("fixtures/finess/etalab-cs1100505.csv").into_bytes();
    let deux = demande(&["750719361", "140018797"]);
    let extrait = lus(&[("502", et.into_bytes()), ("505", equipement.clone())], &deux).unwrap();
    let de = |finess: &str| {
        let tous = extrait.entites.iter().flat_map(|e| &e.etablissements);
        tous.into_iter().find(|et| et.finess == finess).unwrap().activites.clone()
    };
    let ime = de("140004698");
    assert_eq!(
        ime.iter().map(|a| (a.mode.as_str(), a.autorisee, a.installee)).collect::<Vec<_>>(),
        [("11", Some(8), Some(8)), ("13", Some(21), Some(21)), ("13", Some(6), None),]
    );
    assert_eq!(ime[0].ages(), (Some(3), Some(20)));
    let chrs = de("010003598");
    assert_eq!(chrs.len(), 1, "one activity, several readings: {chrs:?}");
    assert_eq!(chrs[0].autrement.len(), 3, "{chrs:?}");
    assert!(refus(&[("505", equipement)], &deux).contains("il manque les structures"));
    let court = etalab(&["structureet;010003598;750719361;CHRS A;;;"]);
    assert!(
        refus(&[("502", court.into_bytes())], &deux).contains("« 502 », ligne 2 : elle a 7 champs, et il en faut 31")
    );
}

/// A stream of many entities, written as it is read.
struct Flux {
    entites: usize,
    ecrites: usize,
    tampon: Vec<u8>,
    place: usize,
    modele: Vec<u8>,
}

impl Flux {
    fn activites(entites: usize) -> Self {
        let lu = json(ACTIVITES);
        let modele = lu["pmej"][1].to_string().replace("060020443", "NUMERO000").into_bytes();
        let tampon = b"{\"schemaVersion\":\"v1.0.0\",\"generatedAt\":\"2026-08-18T02:16:50\",\"pmej\":[".to_vec();
        Flux { entites, ecrites: 0, tampon, place: 0, modele }
    }

    /// How many bytes a whole file would have, at most.
    fn jusqu_a(octets: usize) -> Self {
        let un = Flux::activites(1).modele.len();
        Flux::activites(octets / un)
    }
}

impl std::io::Read for Flux {
    fn read(&mut self, sortie: &mut [u8]) -> std::io::Result<usize> {
        if self.place == self.tampon.len() {
            if self.ecrites > self.entites {
                return Ok(0);
            }
            self.place = 0;
            self.tampon = match self.ecrites == self.entites {
                true => b"]}".to_vec(),
                false => {
                    let numero = format!("{:09}", 100_000_000 + self.ecrites);
                    let mut entite = String::from_utf8_lossy(&self.modele).replace("NUMERO000", &numero).into_bytes();
                    if self.ecrites > 0 {
                        entite.insert(0, b',');
                    }
                    entite
                }
            };
            self.ecrites += 1;
        }
        let n = sortie.len().min(self.tampon.len() - self.place);
        sortie[..n].copy_from_slice(&self.tampon[self.place..self.place + n]);
        self.place += n;
        Ok(n)
    }
}

/// A file far larger than what the program may hold: written by the test, compressed, and read under a limit of memory.
#[cfg(target_os = "linux")]
#[test]
fn a_file_larger_than_the_memory_that_it_may_take_is_read_and_one_without_end_is_refused() {
    let atelier = Atelier::nouveau();
    let ecrire = |nom: &str, mut flux: Box<dyn std::io::Read>| {
        let mut sortie = GzEncoder::new(std::fs::File::create(atelier.chemin(nom)).unwrap(), Compression::fast());
        std::io::copy(&mut flux, &mut sortie).unwrap();
        sortie.finish().unwrap();
    };
    ecrire("activites.json.gz", Box::new(Flux::jusqu_a(300 << 20)));
    // One text that never ends.
    let debut = Cursor::new(b"{\"schemaVersion\":\"v1\",\"pmej\":[{\"numFiness\":\"".to_vec());
    ecrire(
        "sans-fin.json.gz",
        Box::new(std::io::Read::chain(debut, std::io::Read::take(std::io::repeat(b'1'), 400 << 20))),
    );
    let structures = racine().join(STRUCTURES);
    let lancer = |activites: &str| {
        // 260 MB of address space: less than the file.
        let commande = "ulimit -v 260000; exec \"$0\" \"$@\"";
        let sortie = std::process::Command::new("sh")
            .args(["-c", commande, env!("CARGO_BIN_EXE_cpom"), "importer", "finess"])
            .arg(&structures)
            .arg(atelier.chemin(activites))
            .args(["--ej", "010000255"])
            .output()
            .unwrap();
        (sortie.status.code(), String::from_utf8_lossy(&[sortie.stdout, sortie.stderr].concat()).into_owned())
    };
    let (code, tout) = lancer("activites.json.gz");
    assert_eq!(code, Some(0), "{tout}");
    let (code, tout) = lancer("sans-fin.json.gz");
    assert_eq!(code, Some(2), "{tout}");
    assert!(tout.contains("un seul de ses éléments dépasse 64 Mo"), "{tout}");
}

const IMPORTER: [&str; 4] = ["importer", "finess", "structures.json", "activites.json"];

fn atelier() -> Atelier {
    let atelier = Atelier::nouveau();
    for (nom, octets) in les_deux() {
        atelier.ecrire(nom, octets);
    }
    atelier
}

fn importer(atelier: &Atelier, arguments: &[&str]) -> (i32, Value) {
    let passage = atelier.cpom(&[&IMPORTER, arguments].concat());
    let lu = serde_json::from_str(&passage.sortie).unwrap_or_else(|e| panic!("{e}: {}", passage.tout()));
    (passage.code, lu)
}

#[test]
fn a_perimeter_taken_from_finess_has_nothing_wrong_in_its_numbers_and_comes_again_without_a_change() {
    for ej in TROIS {
        let atelier = atelier();
        let passage = atelier.cpom(&[&IMPORTER[..], &["--ej", ej, "--sortie", "contrat.json"]].concat());
        assert!([0, 1].contains(&passage.code), "{}", passage.tout());
        let rapport = atelier.cpom(&["verifier", "contrat.json", "--modele", "national", "--format", "json"]);
        let rapport: Value = serde_json::from_str(&rapport.sortie).unwrap_or_else(|e| panic!("{e} {}", rapport.tout()));
        let codes: Vec<&str> =
            rapport["remarques"].as_array().unwrap().iter().map(|r| r["code"].as_str().unwrap()).collect();
        assert!(codes.iter().all(|code| !code.starts_with("IDN") && !code.starts_with("SCH")), "{ej}: {codes:?}");
        let (code, reprise) = importer(&atelier, &["--ej", ej, "--contrat", "contrat.json", "--format", "json"]);
        for cle in ["changements", "elements", "ecarts"] {
            assert_eq!(reprise[cle], json!([]), "{ej} {cle}");
        }
        assert_eq!(code, 0, "{ej}");
    }
}

#[test]
fn what_finess_would_change_is_listed_with_its_source_chosen_and_written() {
    let atelier = atelier();
    atelier.cpom(&[&IMPORTER[..], &["--ej", "010000255", "--sortie", "contrat.json"]].concat()).reussi();
    let mut contrat: Value = serde_json::from_slice(&std::fs::read(atelier.chemin("contrat.json")).unwrap()).unwrap();
    let etablissements = contrat["perimetre"]["etablissements"].as_array_mut().unwrap();
    // One that goes, one whose capacity and name moved, one that FINESS has not.
    etablissements.retain(|et| et["finess"] != "010008183");
    let ijs = etablissements.iter_mut().find(|et| et["finess"] == "010780575").unwrap();
    ijs["nom"] = json!("Institut des jeunes sourds");
    ijs["categorie"] = json!("183");
    ijs["capacites"][0]["autorisee"] = json!(50);
    ijs["capacites"][1].as_object_mut().unwrap().remove("code_finess");
    let gestionnaire = ijs["gestionnaire"].clone();
    etablissements.push(json!({ "id": "x", "nom": "IME X", "finess": "010790061", "gestionnaire": gestionnaire }));
    etablissements.push(json!({ "id": "y", "nom": "IME Y", "finess": "010000016", "gestionnaire": gestionnaire }));
    atelier.contrat(&contrat);
    let (code, reprise) = importer(&atelier, &["--ej", "010000255", "--contrat", "contrat.json", "--format", "json"]);
    assert_eq!(code, 1);
    let changes: Vec<&str> =
        reprise["changements"].as_array().unwrap().iter().map(|c| c["pointeur"].as_str().unwrap()).collect();
    assert!(changes.iter().any(|p| p.ends_with("/categorie")), "{changes:?}");
    assert!(changes.iter().any(|p| p.ends_with("/capacites/0/autorisee")), "{changes:?}");
    assert!(changes.iter().any(|p| p.ends_with("/capacites/1/code_finess")), "{changes:?}");
    assert!(!changes.iter().any(|p| p.ends_with("/nom")), "capitals are no change: {changes:?}");
    assert_eq!(reprise["elements"][0]["element"]["finess"], "010008183");
    assert_eq!(reprise["elements"][0]["lieu"], "FINESS, fichier du 13\u{a0}août 2026, ET 010008183");
    let ecarts = reprise["ecarts"].to_string();
    assert!(ecarts.contains("dit cet établissement fermé") && ecarts.contains("IME Y"), "{ecarts}");
    let base = ["--ej", "010000255", "--contrat", "contrat.json", "--ecrire", "--sauf"];
    let passage = atelier.cpom(&[&IMPORTER[..], &base, &["/perimetre/etablissements/2/categorie"]].concat());
    assert!(passage.tout().contains("écrit : contrat.json"), "{}", passage.tout());
    let (_, reprise) = importer(&atelier, &["--ej", "010000255", "--contrat", "contrat.json", "--format", "json"]);
    let restes: Vec<&str> =
        reprise["changements"].as_array().unwrap().iter().map(|c| c["titre"].as_str().unwrap()).collect();
    assert_eq!(restes, ["Catégorie"], "what was spared comes again, and nothing else");
    assert_eq!(reprise["elements"], json!([]));
}

#[test]
fn nothing_is_changed_without_a_contract_and_a_number_is_read_with_its_spaces() {
    let atelier = atelier();
    let passage = atelier.cpom(&[&IMPORTER[..], &["--ej", "010000255", "--ecrire"]].concat());
    assert_eq!(passage.code, 2);
    assert!(passage.tout().contains("--contrat"), "{}", passage.tout());
    let passage = atelier.cpom(&[&IMPORTER[..], &["--ej", "01 000 025"]].concat());
    assert!(passage.code == 2 && passage.tout().contains("8 caractères"), "{}", passage.tout());
    atelier.cpom(&[&IMPORTER[..], &["--ej", "01 000 025 5"]].concat()).reussi();
}

#[test]
fn a_contract_is_compared_with_an_extract_and_each_difference_has_its_code_and_its_place() {
    let atelier = atelier();
    atelier.cpom(&[&IMPORTER[..], &["--ej", "010000255", "--sortie", "contrat.json"]].concat()).reussi();
    let verifier = |fichiers: &[&str]| {
        let base = ["verifier", "contrat.json", "--modele", "national", "--format", "json"];
        let registre = fichiers.iter().flat_map(|f| ["--finess", *f]);
        let passage = atelier.cpom(&base.into_iter().chain(registre).collect::<Vec<_>>());
        let rapport: Value = serde_json::from_str(&passage.sortie).unwrap_or_else(|e| panic!("{e} {}", passage.tout()));
        let dites = rapport["remarques"].as_array().unwrap().iter();
        let fin = dites.filter(|r| r["code"].as_str().unwrap().starts_with("FIN"));
        fin.map(|r| {
            format!(
                "{} {} {}",
                r["code"].as_str().unwrap(),
                r["pointeur"].as_str().unwrap(),
                r["message"].as_str().unwrap()
            )
        })
        .collect::<Vec<_>>()
    };
    let les_deux = ["structures.json", "activites.json"];
    assert_eq!(verifier(&les_deux), Vec::<String>::new(), "what comes from FINESS is what FINESS says");
    let mut contrat: Value = serde_json::from_slice(&std::fs::read(atelier.chemin("contrat.json")).unwrap()).unwrap();
    contrat["periode"]["debut"] = json!("2021-01-01");
    let etablissements = contrat["perimetre"]["etablissements"].as_array_mut().unwrap();
    etablissements.retain(|et| et["finess"] != "010008183");
    let rang = etablissements.iter().position(|et| et["finess"] == "010780575").unwrap();
    etablissements[rang]["categorie"] = json!("183");
    etablissements[rang]["capacites"][0]["autorisee"] = json!(50);
    let gestionnaire = etablissements[rang]["gestionnaire"].clone();
    etablissements.push(json!({ "id": "x", "nom": "IME X", "finess": "010790061", "gestionnaire": gestionnaire }));
    etablissements.push(json!({ "id": "y", "nom": "IME Y", "finess": "010000016", "gestionnaire": gestionnaire }));
    etablissements
        .push(json!({ "id": "z", "nom": "CHRS LE KATOURY", "finess": "970304911", "gestionnaire": gestionnaire }));
    atelier.contrat(&contrat);
    let dites = verifier(&les_deux).join("\n");
    for dit in [
        &format!("FIN-002 /perimetre/etablissements/{rang}/categorie FINESS dit 195"),
        &format!(
            "FIN-003 /perimetre/etablissements/{rang}/capacites/0/autorisee FINESS dit 55 places autorisées, et le contrat 50."
        ),
        "FIN-004 /perimetre/etablissements/3/finess FINESS dit cet établissement fermé",
        "FIN-001 /perimetre/etablissements/4/finess FINESS n'a aucun établissement 010000016.",
        "l'entité 970302477",
        "FIN-005 ",
        "FIN-006 /parties/gestionnaires/0/finess_ej",
    ] {
        assert!(dites.contains(dit), "{dit}\n{dites}");
    }
    let coupe = &std::fs::read(atelier.chemin("structures.json")).unwrap()[..9_000];
    atelier.ecrire("coupe.json", coupe);
    let passage = atelier.cpom(&["verifier", "contrat.json", "--finess", "coupe.json"]);
    assert!(
        passage.code == 2 && passage.erreurs.contains("« coupe.json » s'arrête avant sa fin (ligne "),
        "{}",
        passage.tout()
    );
    let passage = atelier.cpom(&["regles", "fin-003"]).reussi();
    assert!(passage.sortie.contains("l'arrêté fait foi"), "{}", passage.sortie);
}
