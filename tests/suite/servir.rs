//! The service: the same remarks and files as the commands, in French whatever comes, and no harm from anyone.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::outils::{Atelier, deballer, json as lire_json, lire, modifie, racine};

const MINIMAL: &str = "fixtures/paca/minimal.json";
const EXEMPLE: &str = "fixtures/paca/exemple.json";
const JSON: &str = "application/json";
const PROBLEME: &str = "application/problem+json";

/// A service of its own for a test, on a free port.
pub struct Service {
    enfant: Child,
    adresse: SocketAddr,
}

/// An answer, whatever its status.
#[derive(Debug)]
pub struct Reponse {
    pub statut: u16,
    r#type: String,
    entetes: Vec<(String, String)>,
    corps: Vec<u8>,
}

impl Reponse {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.corps).unwrap_or_else(|e| panic!("{e}: {}", self.texte()))
    }

    pub fn texte(&self) -> String {
        String::from_utf8_lossy(&self.corps).into_owned()
    }

    fn entete(&self, nom: &str) -> Option<&str> {
        self.entetes.iter().find(|(n, _)| n == nom).map(|(_, v)| v.as_str())
    }

    /// A problem in French, with what to do.
    #[track_caller]
    fn probleme(&self, statut: u16) -> Value {
        assert_eq!((self.statut, self.r#type.as_str()), (statut, PROBLEME), "{}", self.texte());
        let probleme = self.json();
        assert_eq!(probleme["status"], json!(statut));
        for cle in ["title", "detail", "a_faire"] {
            assert!(probleme[cle].as_str().is_some_and(|texte| texte.len() > 10), "{cle}: {probleme}");
        }
        probleme
    }
}

impl Service {
    pub fn lancer(options: &[&str]) -> Self {
        let enfant = Command::new(env!("CARGO_BIN_EXE_cpom"))
            .args([&["servir", "--adresse", "127.0.0.1:0"], options].concat())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        Service::suivre(enfant)
    }

    /// Waits until it says where it answers.
    fn suivre(mut enfant: Child) -> Self {
        let mut ligne = String::new();
        BufReader::new(enfant.stdout.take().expect("its output")).read_line(&mut ligne).expect("a line");
        let adresse = ligne.split("http://").nth(1).and_then(|reste| reste.split(' ').next()).expect("an address");
        Service { adresse: adresse.parse().expect("an address"), enfant }
    }

    fn demander(&self, methode: &str, chemin: &str, r#type: &str, corps: &[u8]) -> Reponse {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(Duration::from_secs(120)))
            .build()
            .into();
        let mut demande =
            ureq::http::Request::builder().method(methode).uri(format!("http://{}{chemin}", self.adresse));
        if !r#type.is_empty() {
            demande = demande.header("Content-Type", r#type);
        }
        let mut reponse = match corps {
            [] if methode != "POST" => agent.run(demande.body(()).expect("a request")),
            _ => agent.run(demande.body(corps).expect("a request")),
        }
        .unwrap_or_else(|e| panic!("{methode} {chemin}: {e}"));
        let entetes: Vec<(String, String)> = reponse
            .headers()
            .iter()
            .map(|(nom, valeur)| (nom.to_string(), valeur.to_str().expect("ASCII").to_owned()))
            .collect();
        let r#type = entetes.iter().find(|(n, _)| n == "content-type").map_or(String::new(), |(_, v)| v.clone());
        Reponse {
            statut: reponse.status().as_u16(),
            r#type,
            entetes,
            corps: reponse.body_mut().read_to_vec().expect("a body"),
        }
    }

    pub fn lire(&self, chemin: &str) -> Reponse {
        self.demander("GET", chemin, "", &[])
    }

    pub fn envoyer(&self, chemin: &str, contrat: &str) -> Reponse {
        self.demander("POST", chemin, JSON, contrat.as_bytes())
    }

    /// A form: the name of each part, its file name, its bytes.
    pub fn formulaire(&self, chemin: &str, parties: &[(&str, &str, &[u8])]) -> Reponse {
        let mut corps = Vec::new();
        for (nom, fichier, octets) in parties {
            let tete =
                format!("--limite\r\nContent-Disposition: form-data; name=\"{nom}\"; filename=\"{fichier}\"\r\n\r\n");
            corps.extend([tete.as_bytes(), octets, b"\r\n"].concat());
        }
        corps.extend(b"--limite--\r\n");
        self.demander("POST", chemin, "multipart/form-data; boundary=limite", &corps)
    }

    /// What it holds of memory, in KiB, where the system says it.
    pub fn memoire(&self) -> Option<u64> {
        let etat = fs::read_to_string(format!("/proc/{}/status", self.enfant.id())).ok()?;
        let ligne = etat.lines().find(|ligne| ligne.starts_with("VmRSS:"))?;
        ligne.split_whitespace().nth(1)?.parse().ok()
    }

    /// Sends bytes as they are, and reads all that comes back.
    fn brut(&self, octets: &[u8]) -> String {
        let mut flux = TcpStream::connect(self.adresse).expect("a connection");
        flux.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        // The service may well have closed before all is sent.
        let _ = flux.write_all(octets);
        let mut lu = Vec::new();
        let _ = flux.read_to_end(&mut lu);
        String::from_utf8_lossy(&lu).into_owned()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.enfant.kill();
        let _ = self.enfant.wait();
    }
}

/// The example and the files that it names, as the parts of a form.
fn exemple_et_pieces() -> Vec<(&'static str, String, Vec<u8>)> {
    let mut parties = vec![("contrat", "exemple.json".to_owned(), lire(EXEMPLE).into_bytes())];
    let contrat = lire_json(EXEMPLE);
    for (pointeur, _) in cpom::dossier::pieces::pointeurs(&contrat) {
        let chemin = contrat.pointer(&pointeur).and_then(Value::as_str).unwrap().to_owned();
        if !parties.iter().any(|(_, nom, _)| *nom == chemin) {
            let octets = fs::read(racine().join("fixtures/paca").join(&chemin)).unwrap();
            parties.push(("piece", chemin, octets));
        }
    }
    assert!(parties.len() > 2, "the example names files");
    parties
}

fn en_formulaire<'p>(parties: &'p [(&str, String, Vec<u8>)]) -> Vec<(&'p str, &'p str, &'p [u8])> {
    parties.iter().map(|(nom, fichier, octets)| (*nom, fichier.as_str(), octets.as_slice())).collect()
}

#[test]
fn the_addresses_of_the_document_answer_and_each_refuses_the_other_methods() {
    let service = Service::lancer(&[]);
    let document = service.lire("/openapi.json").json();
    assert_eq!(document, lire_json("schemas/openapi.json"), "cpom schema --openapi > schemas/openapi.json");
    let chemins = document["paths"].as_object().unwrap();
    assert_eq!(chemins.len(), 7);
    for (chemin, methodes) in chemins {
        let methodes: Vec<&String> = methodes.as_object().unwrap().keys().collect();
        assert_eq!(methodes.len(), 1, "{chemin}");
        let admise = methodes[0].to_uppercase();
        let reponse = match admise.as_str() {
            "GET" => service.lire(chemin),
            _ => service.envoyer(chemin, &lire(MINIMAL)),
        };
        assert_eq!(reponse.statut, 200, "{chemin}: {}", reponse.texte());
        let decrits = &document["paths"][chemin][methodes[0]]["responses"]["200"]["content"];
        assert!(decrits.get(&reponse.r#type).is_some(), "{chemin}: {} is not in the document", reponse.r#type);
        for autre in ["GET", "POST", "PUT", "DELETE", "PATCH"].into_iter().filter(|m| *m != admise) {
            let refus = service.demander(autre, chemin, "", b"");
            refus.probleme(405);
            assert!(refus.entete("allow").is_some_and(|permises| permises.contains(&admise)), "{autre} {chemin}");
        }
    }
    assert!(service.lire("/autre").probleme(404)["a_faire"].as_str().unwrap().contains("/verifier"));
}

#[test]
fn what_is_read_says_what_the_service_is() {
    let service = Service::lancer(&[]);
    assert_eq!(service.lire("/schema").json(), lire_json("schemas/contrat.schema.json"));
    let modeles: Vec<String> = service
        .lire("/modeles")
        .json()
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(modeles, ["ara", "bretagne", "national", "paca"]);
    let sante = service.lire("/sante").json();
    assert_eq!((sante["en_cours"].as_u64(), sante["en_attente"].as_u64()), (Some(0), Some(0)));
    assert_eq!(service.lire("/sante").entete("x-content-type-options"), Some("nosniff"));
}

/// The report without what tells where the files were.
fn sans_lieu(rapport: Value) -> Value {
    match rapport {
        Value::Object(objet) => objet
            .into_iter()
            .filter(|(cle, _)| !matches!(cle.as_str(), "fichier" | "fichiers"))
            .map(|(cle, valeur)| (cle, sans_lieu(valeur)))
            .collect(),
        Value::Array(elements) => elements.into_iter().map(sans_lieu).collect(),
        autre => autre,
    }
}

#[test]
fn the_remarks_are_those_of_the_command() {
    let service = Service::lancer(&[]);
    let atelier = Atelier::nouveau();
    atelier.ecrire("contrat.json", lire(EXEMPLE));
    atelier.ecrire("minimal.json", lire(MINIMAL));
    let commande = |arguments: &[&str]| -> Value {
        sans_lieu(
            serde_json::from_str(&atelier.cpom(&[&["verifier", "--format", "json"], arguments].concat()).sortie)
                .unwrap(),
        )
    };
    let parties = exemple_et_pieces();
    let complet = service.formulaire("/verifier", &en_formulaire(&parties));
    assert_eq!(sans_lieu(complet.json()), commande(&["contrat.json"]));
    assert_eq!(complet.entete("cpom-bilan").map(|b| b.starts_with("bloquantes=0")), Some(true), "{complet:?}");
    let definitif =
        service.envoyer("/verifier?etat=definitif&strict=true&completude=true&date=2026-01-31", &lire(MINIMAL));
    let options = ["minimal.json", "--etat", "definitif", "--strict", "--completude", "--date", "2026-01-31"];
    assert_eq!(sans_lieu(definitif.json()), commande(&options));
    let partie = service.envoyer("/verifier?partie=moyens&modele=bretagne", &lire(MINIMAL));
    assert_eq!(sans_lieu(partie.json()), commande(&["minimal.json", "--partie", "moyens", "--modele", "bretagne"]));
    let depuis = service.formulaire(
        "/verifier",
        &[("contrat", "minimal.json", lire(MINIMAL).as_bytes()), ("depuis", "contrat.json", lire(MINIMAL).as_bytes())],
    );
    assert_eq!(depuis.json()["remarques"], json!([]), "nothing is new");
}

#[test]
fn a_contract_in_several_files_is_one_contract() {
    let service = Service::lancer(&[]);
    let fichiers: Vec<(&str, String, Vec<u8>)> = ["parties", "perimetre", "objectifs", "moyens"]
        .map(|nom| ("contrat", format!("{nom}.json"), lire(format!("fixtures/hesperia71/{nom}.json")).into_bytes()))
        .into();
    let rapport = service.formulaire("/verifier", &en_formulaire(&fichiers)).json();
    assert_eq!(rapport["fichiers"], json!(["parties.json", "perimetre.json", "objectifs.json", "moyens.json"]));
    assert_eq!(rapport["imprimable"], json!(true));
}

#[test]
fn each_form_of_the_report_has_its_type() {
    let service = Service::lancer(&[]);
    let formes = [
        ("json", JSON, "{"),
        ("sarif", "application/sarif+json", "{"),
        ("junit", "application/xml", "<?xml"),
        ("markdown", "text/markdown; charset=utf-8", "#"),
        ("texte", "text/plain; charset=utf-8", "==="),
        ("pdf", "application/pdf", "%PDF-"),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK"),
    ];
    for (forme, r#type, debut) in formes {
        let reponse = service.envoyer(&format!("/verifier?format={forme}"), &lire(MINIMAL));
        assert_eq!((reponse.statut, reponse.r#type.as_str()), (200, r#type), "{forme}");
        assert!(reponse.texte().starts_with(debut), "{forme}: {}", reponse.texte());
    }
}

#[test]
fn the_files_are_those_of_the_command_to_the_byte() {
    let service = Service::lancer(&["-j", "1"]);
    let atelier = Atelier::nouveau();
    atelier.ecrire("exemple.json", lire(EXEMPLE));
    let options =
        ["generer", "exemple.json", "--etat", "definitif", "--format", "pdf,docx,texte", "--sortie", "sortie"];
    atelier.cpom(&options).reussi();
    let parties = exemple_et_pieces();
    let demander = |chemin: &str| service.formulaire(chemin, &en_formulaire(&parties));
    let zip = demander("/generer?etat=definitif&format=zip&contenu=docx,texte,pdf");
    assert_eq!((zip.statut, zip.r#type.as_str()), (200, "application/zip"), "{}", zip.texte());
    assert_eq!(zip.entete("content-disposition"), Some("attachment; filename=\"CPOM-2026-2030-ADELIE.zip\""));
    let contenu = deballer(&zip.corps);
    let mut noms = atelier.noms("sortie");
    for nom in &noms {
        assert!(contenu.get(nom) == Some(&fs::read(atelier.chemin("sortie").join(nom)).unwrap()), "{nom}");
    }
    noms.push("rapport.json".to_owned());
    assert_eq!(contenu.keys().cloned().collect::<BTreeSet<_>>(), noms.into_iter().collect());
    for (format, extension) in [("pdf", "pdf"), ("docx", "docx"), ("texte", "txt")] {
        let un = demander(&format!("/generer?etat=definitif&format={format}"));
        assert!(contenu.get(&format!("CPOM-2026-2030-ADELIE.{extension}")) == Some(&un.corps), "{format}");
    }
    let decoupe = deballer(&demander("/generer?format=zip&contenu=texte&decoupe=true").corps);
    assert!(decoupe.len() > 5 && decoupe.keys().any(|nom| nom.contains("-01-socle")), "{:?}", decoupe.keys());
    demander("/generer?format=pdf&decoupe=true").probleme(422);
    demander("/generer?contenu=docx").probleme(422);
}

#[test]
fn the_choices_of_the_command_are_those_of_the_service() {
    let service = Service::lancer(&[]);
    let parties = exemple_et_pieces();
    let texte = |chemin: &str| service.formulaire(chemin, &en_formulaire(&parties));
    let equipes = texte("/generer?format=texte&pour=equipes");
    assert_eq!(
        equipes.entete("content-disposition"),
        Some("attachment; filename=\"CPOM-2026-2030-ADELIE-equipes.txt\"")
    );
    assert!(texte("/generer?etablissement=aucun").probleme(422)["detail"].as_str().unwrap().contains("« aucun »"));
    texte("/generer?pour=equipes&etablissement=aucun").probleme(422);
    let balise = texte("/generer?etat=definitif&paraphes=true&balises=docuseal");
    assert_eq!(balise.statut, 200);
    let mut avec_charte = en_formulaire(&parties);
    let charte = service.envoyer("/generer?format=docx", &lire(MINIMAL)).corps;
    avec_charte.push(("gabarit", "charte.docx", &charte));
    let habille = service.formulaire("/generer?format=docx&verrouille=autorite", &avec_charte);
    assert!(deballer(&habille.corps).contains_key("word/styles.xml"), "{}", habille.statut);
}

#[test]
fn a_workbook_goes_out_and_comes_back_with_what_it_changes() {
    let service = Service::lancer(&[]);
    let contrat = lire(EXEMPLE);
    let parties = |classeur: &'static str, octets: &[u8]| {
        let parties = [("contrat", "exemple.json", contrat.as_bytes()), ("classeur", classeur, octets)];
        service.formulaire("/tableur", &parties)
    };
    let classeur = service.envoyer("/tableur?partie=moyens&pour_qui=gestionnaire", &contrat);
    assert_eq!(classeur.entete("content-disposition"), Some("attachment; filename=\"CPOM-2026-2030-ADELIE.xlsx\""));
    let lu = parties("rempli.xlsx", &classeur.corps).json();
    for cle in ["changements", "elements", "ecarts"] {
        assert_eq!(lu[cle], serde_json::json!([]), "{cle}");
    }
    assert!(lu["champs"].as_u64().unwrap() > 100, "{}", lu["champs"]);
    let table = "Identifiant;Adresse\nars-paca;1 place des Cardeurs, 13100 Aix-en-Provence\n".as_bytes();
    let lu = parties("Autorités.csv", table).json();
    assert_eq!(lu["changements"][0]["pointeur"], "/parties/autorites/0/adresse", "{lu}");
    assert_eq!(lu["changements"][0]["lieu"], "Autorités!B2");
    let envoi = [("contrat", "exemple.json", contrat.as_bytes()), ("classeur", "Autorités.csv", table)];
    let ecrit = String::from_utf8(service.formulaire("/tableur?ecrire=true", &envoi).corps).unwrap();
    let voulu =
        contrat.replacen("132 boulevard de Paris, 13003 Marseille", "1 place des Cardeurs, 13100 Aix-en-Provence", 1);
    assert_eq!(ecrit, voulu, "nothing else moves");
    let pris = parties("image.png", b"\x89PNG\r\n\x1a\n").probleme(422);
    assert!(pris["detail"].as_str().unwrap().contains("une image"), "{pris}");
    service.envoyer("/tableur?ecrire=true", &contrat).probleme(422);
}

#[test]
fn no_path_of_the_machine_is_opened() {
    let service = Service::lancer(&[]);
    // A file that is there, seen from where the service was started.
    let chemin = "fixtures/paca/pieces/evaluation.pdf";
    assert!(racine().join(chemin).is_file());
    let avec = |chemin: &str| {
        modifie(&lire_json(MINIMAL), json!([{ "op": "add", "path": "/perimetre/organigramme", "value": chemin }]))
    };
    let remarque = |reponse: Reponse| {
        assert_eq!(reponse.statut, 200, "{}", reponse.texte());
        let rapport = reponse.json();
        let trouvee =
            rapport["remarques"].as_array().unwrap().iter().find(|r| r["pointeur"] == "/perimetre/organigramme");
        trouvee.map(|r| r["message"].as_str().unwrap().to_owned())
    };
    let seul = remarque(service.envoyer("/verifier", &avec(chemin).to_string())).expect("a remark");
    assert!(seul.contains(chemin) && seul.contains("n'accompagne pas le contrat"), "{seul}");
    let contrat = avec(chemin).to_string();
    let envoyer = |nom: &str, octets: &[u8]| {
        service.formulaire("/verifier", &[("contrat", "c.json", contrat.as_bytes()), ("piece", nom, octets)])
    };
    // Under another name it is not found, and the remark says what came.
    let autre = remarque(envoyer("evaluation.pdf", b"%PDF")).expect("a remark");
    assert!(autre.contains("reçu : « evaluation.pdf »"), "{autre}");
    // Under its name, what is sent is what is read.
    let faux = remarque(envoyer(chemin, b"pas un PDF")).expect("a remark");
    assert!(!faux.contains("n'accompagne pas"), "{faux}");
    let vrai = fs::read(racine().join(chemin)).unwrap();
    assert_eq!(remarque(envoyer(chemin, &vrai)), None);
    // Out of the folder of the contract, the schema says no before anyone looks.
    for dehors in ["/etc/passwd", "../../../../etc/passwd"] {
        let dit = remarque(service.envoyer("/verifier", &avec(dehors).to_string())).expect("a remark");
        assert!(!dit.contains("root:"), "{dit}");
    }
}

#[test]
fn models_are_read_at_the_start_and_a_broken_one_is_told_then() {
    let atelier = Atelier::nouveau();
    atelier.cpom(&["modeles", "exporter", "national", "modeles/ma-region"]).reussi();
    let service = Service::lancer(&["--modeles", atelier.chemin("modeles").to_str().unwrap()]);
    let demander = || service.envoyer("/verifier?modele=ma-region", &lire(MINIMAL));
    assert_eq!(demander().json()["modele"]["id"], json!("ma-region"));
    fs::remove_dir_all(atelier.chemin("modeles")).unwrap();
    assert_eq!(demander().statut, 200, "no folder is read for a request");
    atelier.ecrire("modeles/autre/modele.json", "{");
    let passage = atelier.cpom(&["servir", "--adresse", "127.0.0.1:0", "--modeles", "modeles"]);
    assert_eq!(passage.code, 2, "{}", passage.tout());
    assert!(passage.erreurs.contains("modele.json"), "{}", passage.tout());
}

#[test]
fn bad_requests_are_told_in_french_with_what_to_do() {
    let service = Service::lancer(&[]);
    let minimal = lire(MINIMAL);
    let detail = |probleme: Value| probleme["detail"].as_str().unwrap().to_owned();
    assert!(
        detail(service.envoyer("/verifier?foramt=json", &minimal).probleme(400)).contains("vouliez-vous « format »")
    );
    for chemin in [
        "/verifier?format=odt",
        "/verifier?strict=oui",
        "/verifier?date=31%2F01%2F2026",
        "/verifier?modele=aucun",
        "/verifier?partie=",
        "/verifier?etat=projet&etat=projet",
        "/verifier?format=%FF",
        "/generer?contenu=pdf,pdf",
        "/generer?gestionnaire=",
        "/schema?format=json",
    ] {
        let reponse =
            if chemin.starts_with("/schema") { service.lire(chemin) } else { service.envoyer(chemin, &minimal) };
        reponse.probleme(400);
    }
    service.demander("POST", "/verifier", "text/csv", minimal.as_bytes()).probleme(415);
    service.demander("POST", "/verifier", "", minimal.as_bytes()).probleme(415);
    service.demander("POST", "/verifier", "multipart/form-data", minimal.as_bytes()).probleme(400);
    for corps in ["[]", "3", "\"texte\"", "null"] {
        service.envoyer("/verifier", corps).probleme(400);
    }
    let illisible = service.envoyer("/verifier", "{\n  \"reference\": \n}").probleme(400);
    assert_eq!(illisible["rapport"]["remarques"][0]["ligne"], json!(3), "{illisible}");
    service.demander("POST", "/verifier", JSON, b"\xFF\xFE\xFA").probleme(400);
    service.demander("POST", "/generer", JSON, b"").probleme(400);
    for parties in [
        vec![("piece", "a.pdf", b"%PDF".as_slice())],
        vec![("contrat", "c.json", minimal.as_bytes()), ("annexe", "a.pdf", b"%PDF")],
        vec![("contrat", "c.json", minimal.as_bytes()), ("piece", "", b"%PDF")],
    ] {
        service.formulaire("/verifier", &parties).probleme(400);
    }
    let deux = [("contrat", "c.json", minimal.as_bytes()), ("piece", "a", b"1"), ("piece", "a", b"2")];
    service.formulaire("/verifier", &deux).probleme(422);
    let faux = [("contrat", "c.json", minimal.as_bytes()), ("gabarit", "charte.docx", b"PK")];
    assert!(detail(service.formulaire("/generer?format=docx", &faux).probleme(422)).contains("« charte.docx »"));
    let coupe = "--limite\r\nContent-Disposition: form-data; name=\"contrat\"\r\n\r\n{";
    service.demander("POST", "/verifier", "multipart/form-data; boundary=limite", coupe.as_bytes()).probleme(400);
    assert_eq!(service.lire("/sante").statut, 200);
}

#[test]
fn a_refused_contract_is_a_problem_with_its_report() {
    let service = Service::lancer(&[]);
    let rapport = service.envoyer("/verifier?etat=definitif", &lire(MINIMAL)).json();
    let refus = service.envoyer("/generer?etat=definitif", &lire(MINIMAL)).probleme(422);
    assert_eq!(refus["rapport"], rapport);
    assert!(refus["a_faire"].as_str().unwrap().contains("etat=projet"));
    let informe = service.envoyer("/generer", "{\"reference\": 3}").probleme(422);
    assert!(!informe["a_faire"].as_str().unwrap().contains("etat=projet"), "a draft would be refused too: {informe}");
    let schema = lire_json("schemas/openapi.json");
    let probleme = json!({ "$ref": "#/components/schemas/Probleme", "components": schema["components"] });
    let valideur = jsonschema::validator_for(&probleme).expect("a schema");
    assert!(valideur.is_valid(&refus) && valideur.is_valid(&informe), "{refus}");
}

#[test]
fn oversize_requests_are_refused_and_the_others_go_on() {
    let service = Service::lancer(&["--taille-max", "5"]);
    let gros = vec![b' '; 6 * 1024 * 1024];
    // A client that sends all before it reads.
    let detail = service.demander("POST", "/verifier", JSON, &gros).probleme(413)["detail"].to_string();
    assert!(detail.contains("dépasse 5 Mo"), "{detail}");
    // One that only says how much it has, and one that does not.
    let tete = format!("POST /verifier HTTP/1.1\r\nHost: localhost\r\nContent-Type: {JSON}\r\n");
    let annonce = format!("{tete}Expect: 100-continue\r\nContent-Length: {}\r\n\r\n", gros.len());
    let reponse = service.brut(annonce.as_bytes());
    assert!(reponse.starts_with("HTTP/1.1 413 ") && reponse.contains("connection: close"), "{reponse}");
    let mut morceaux = format!("{tete}Transfer-Encoding: chunked\r\n\r\n").into_bytes();
    for morceau in gros.chunks(0x10000) {
        morceaux.extend(b"10000\r\n");
        morceaux.extend(morceau);
        morceaux.extend(b"\r\n");
    }
    morceaux.extend(b"0\r\n\r\n");
    let reponse = service.brut(&morceaux);
    assert!(reponse.starts_with("HTTP/1.1 413 "), "{reponse}");
    // Of a contract alone, less is too much.
    let contrat = service.demander("POST", "/verifier", JSON, &gros[..9 << 19]).probleme(413);
    assert!(contrat["detail"].as_str().unwrap().contains("Le contrat dépasse 4 Mo"), "{contrat}");
    let deux = [("contrat", "a.json", &gros[..5 << 19]), ("contrat", "b.json", &gros[..4 << 19])];
    service.formulaire("/verifier", &deux).probleme(413);
    // Whatever is wrong, it is read by those who send all first.
    service.demander("POST", "/verifier?foramt=zip", JSON, &gros[..4 << 20]).probleme(400);
    service.demander("POST", "/verifier", "text/csv", &gros[..4 << 20]).probleme(415);
    service.demander("POST", "/autre", JSON, &gros[..4 << 20]).probleme(404);
    service.demander("POST", "/sante", JSON, &gros[..4 << 20]).probleme(405);
    let entetes = format!("GET /sante HTTP/1.1\r\nX: {}\r\n\r\n", "a".repeat(100_000));
    assert!(service.brut(entetes.as_bytes()).starts_with("HTTP/1.1 431 "));
    assert_eq!(service.envoyer("/verifier", &lire(MINIMAL)).statut, 200);
}

#[test]
fn a_page_of_another_site_and_a_name_that_is_not_the_service_s_are_refused() {
    let service = Service::lancer(&["--hote", "cpom.exemple.invalid"]);
    let code = |entetes: &str| -> String {
        let corps = lire(MINIMAL);
        let demande = format!(
            "POST /verifier HTTP/1.1\r\n{entetes}Content-Type: {JSON}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{corps}",
            corps.len()
        );
        service.brut(demande.as_bytes()).chars().skip(9).take(3).collect()
    };
    for admis in ["Host: localhost\r\n", "Host: 127.0.0.1:80\r\n", "Host: cpom.exemple.invalid\r\n"] {
        assert_eq!(code(admis), "200", "{admis}");
    }
    for etranger in [
        "Host: evil.example\r\n",
        "Host: localhost\r\nOrigin: https://evil.example\r\n",
        "Host: localhost\r\nOrigin: null\r\n",
        "Host: localhost\r\nSec-Fetch-Site: cross-site\r\n",
    ] {
        assert_eq!(code(etranger), "403", "{etranger}");
    }
    let reponse = service.brut(b"GET /modeles HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    assert!(reponse.contains("--hote") && !reponse.contains("paca"), "{reponse}");
}

#[cfg(unix)]
#[test]
fn a_work_that_is_too_long_is_stopped_and_its_place_is_free() {
    let service = Service::lancer(&["--delai", "3", "-j", "1"]);
    let mut contrat = lire_json(EXEMPLE);
    let bombe = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><filter id=\"f\"><feTurbulence numOctaves=\"100000\" baseFrequency=\"0.5\"/></filter><rect filter=\"url(#f)\" width=\"9\" height=\"9\"/></svg>";
    contrat["parties"]["gestionnaires"][0]["logo"]["fichier"] = json!("bombe.svg");
    let contrat = contrat.to_string();
    let parties = [("contrat", "c.json", contrat.as_bytes()), ("piece", "bombe.svg", bombe.as_bytes())];
    // Stopped before the request itself is: it is told by its name.
    let reponse = service.formulaire("/verifier", &parties);
    assert_eq!(reponse.statut, 200, "{}", reponse.texte());
    assert!(reponse.texte().contains("« bombe.svg » : sa lecture n'en finit pas"), "{}", reponse.texte());
    assert_eq!(service.lire("/sante").json()["en_cours"], json!(0));
    assert_eq!(service.envoyer("/verifier", &lire(MINIMAL)).statut, 200);
}

#[test]
fn slow_requests_are_refused_and_the_others_go_on() {
    let service = Service::lancer(&["--delai", "1"]);
    // Says that more comes, and sends nothing.
    let lent =
        format!("POST /verifier HTTP/1.1\r\nHost: localhost\r\nContent-Type: {JSON}\r\nContent-Length: 100\r\n\r\n{{");
    let reponse = service.brut(lent.as_bytes());
    assert!(reponse.starts_with("HTTP/1.1 408 ") && reponse.contains("en entier en 1 seconde."), "{reponse}");
    // Not even headers: the connection is closed, without a word.
    assert_eq!(service.brut(b"POST /verifier HTTP/1.1\r\nHost:"), "");
    assert!(service.brut(&[0, 1, 2, 255, 13, 10, 13, 10]).starts_with("HTTP/1.1 400 "));
    assert_eq!(service.envoyer("/verifier", &lire(MINIMAL)).statut, 200);
}

#[test]
fn what_all_requests_hold_has_a_limit_too() {
    let service = Service::lancer(&["--taille-max", "1", "--memoire", "2"]);
    let tete = format!(
        "POST /verifier HTTP/1.1\r\nHost: localhost\r\nContent-Type: {JSON}\r\nContent-Length: 1000000\r\n\r\n"
    );
    let envoi = [tete.as_bytes(), &[b' '; 900_000]].concat();
    // The first that comes holds the memory: it must be there before the other.
    let refus = (1..=20).find_map(|tour| {
        let mut flux = TcpStream::connect(service.adresse).expect("a connection");
        flux.write_all(&envoi).unwrap();
        thread::sleep(Duration::from_millis(50 * tour));
        Some(service.demander("POST", "/verifier", JSON, &[b' '; 200_000])).filter(|reponse| reponse.statut == 503)
    });
    let refus = refus.expect("the memory of the requests has a limit").probleme(503);
    assert!(refus["detail"].as_str().unwrap().contains("mémoire"), "{refus}");
    let repris = || service.envoyer("/verifier", &lire(MINIMAL)).statut == 200;
    assert!(
        (0..200).any(|_| repris() || {
            thread::sleep(Duration::from_millis(20));
            false
        }),
        "what is given back is free"
    );
}

#[test]
fn an_answer_that_is_not_ready_in_time_is_told_and_the_work_ends() {
    let service = Service::lancer(&["-j", "1", "--delai", "1"]);
    let contrat = lire(EXEMPLE);
    let statuts: Vec<u16> = thread::scope(|portee| {
        let demander = || service.envoyer("/generer", &contrat).statut;
        let demandes: Vec<_> = (0..12).map(|_| portee.spawn(demander)).collect();
        demandes.into_iter().map(|d| d.join().expect("an answer")).collect()
    });
    assert!(statuts.contains(&503) && statuts.iter().all(|s| matches!(s, 200 | 503)), "{statuts:?}");
    let libre = || service.lire("/sante").json()["en_cours"] == json!(0);
    assert!(
        (0..500).any(|_| libre() || {
            thread::sleep(Duration::from_millis(20));
            false
        }),
        "the place is given back"
    );
}

#[test]
fn lines_that_nobody_reads_hold_no_answer() {
    let mut enfant = Command::new(env!("CARGO_BIN_EXE_cpom"))
        .args(["servir", "--adresse", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // Kept, and never read.
    let _erreurs = enfant.stderr.take();
    let service = Service::suivre(enfant);
    let mut flux = TcpStream::connect(service.adresse).expect("a connection");
    flux.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    let nombre = 10_000;
    let mut demandes = "GET /sante HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(nombre - 1);
    demandes.push_str("GET /sante HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    let mut ecriture = flux.try_clone().unwrap();
    let envoi = thread::spawn(move || ecriture.write_all(demandes.as_bytes()));
    let mut lu = String::new();
    flux.read_to_string(&mut lu).expect("all answers");
    envoi.join().unwrap().unwrap();
    assert_eq!(lu.matches("HTTP/1.1 200 OK").count(), nombre);
}

/// Many requests at once: how many got each status.
fn foule(service: &Service, nombre: usize) -> Vec<u16> {
    let minimal = lire(MINIMAL);
    thread::scope(|portee| {
        let demandes: Vec<_> = (0..nombre)
            .map(|rang| {
                let chemin = if rang % 20 == 0 { "/generer?format=docx" } else { "/verifier" };
                let minimal = &minimal;
                portee.spawn(move || {
                    let reponse = service.envoyer(chemin, minimal);
                    if reponse.statut == 503 {
                        reponse.probleme(503);
                        assert_eq!(reponse.entete("retry-after"), Some("10"));
                    }
                    reponse.statut
                })
            })
            .collect();
        demandes.into_iter().map(|d| d.join().expect("an answer")).collect()
    })
}

#[test]
fn two_hundred_requests_at_once_are_all_answered() {
    let service = Service::lancer(&[]);
    assert_eq!(foule(&service, 200), vec![200; 200]);
    let sante = service.lire("/sante").json();
    assert_eq!((sante["en_cours"].as_u64(), sante["en_attente"].as_u64()), (Some(0), Some(0)));
}

#[test]
fn beyond_its_places_the_service_asks_to_come_back() {
    let service = Service::lancer(&["-j", "1", "--attente", "1"]);
    let statuts = foule(&service, 40);
    assert!(statuts.contains(&200) && statuts.contains(&503), "{statuts:?}");
    assert!(statuts.iter().all(|s| matches!(s, 200 | 503)), "{statuts:?}");
    assert_eq!(service.envoyer("/verifier", &lire(MINIMAL)).statut, 200);
}

#[cfg(unix)]
#[test]
fn a_demand_to_end_lets_what_is_begun_end() {
    let mut service = Service::lancer(&["-j", "1"]);
    let adresse = service.adresse;
    let contrat = lire(EXEMPLE);
    let demande = thread::spawn(move || {
        let mut flux = TcpStream::connect(adresse).expect("a connection");
        let tete = format!(
            "POST /generer HTTP/1.1\r\nHost: localhost\r\nContent-Type: {JSON}\r\nContent-Length: {}\r\n\r\n",
            contrat.len()
        );
        flux.write_all(&[tete.as_bytes(), contrat.as_bytes()].concat()).unwrap();
        let mut lu = Vec::new();
        flux.read_to_end(&mut lu).unwrap();
        lu
    });
    while service.lire("/sante").json()["en_cours"] == json!(0) {
        thread::sleep(Duration::from_millis(5));
    }
    let pid = service.enfant.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    let reponse = demande.join().expect("an answer");
    assert!(reponse.starts_with(b"HTTP/1.1 200 OK"), "{}", String::from_utf8_lossy(&reponse[..200.min(reponse.len())]));
    assert!(reponse.ends_with(b"%%EOF") || reponse.ends_with(b"%%EOF\n"), "a whole PDF");
    assert_eq!(service.enfant.wait().unwrap().code(), Some(0));
    assert!(TcpStream::connect(adresse).is_err());
}

#[test]
fn an_address_that_is_taken_is_told() {
    let service = Service::lancer(&[]);
    let passage = Atelier::nouveau().cpom(&["servir", "--adresse", &service.adresse.to_string()]);
    assert_eq!(passage.code, 2, "{}", passage.tout());
    assert!(passage.erreurs.contains("un autre programme y écoute déjà"), "{}", passage.erreurs);
    let passage = Atelier::nouveau().cpom(&["servir", "--adresse", "ici"]);
    assert_eq!(passage.code, 2);
    assert!(passage.erreurs.contains("« ici »"), "{}", passage.erreurs);
}
