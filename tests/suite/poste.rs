//! A workshop that runs, asked as a browser would ask it.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A workshop on a folder, and its key.
pub struct Atelier {
    pub processus: Child,
    pub adresse: String,
    pub cle: String,
}

impl Atelier {
    pub fn sur(dossier: &Path) -> Self {
        Atelier::lance(Command::new(env!("CARGO_BIN_EXE_cpom")).args(["atelier", "--sans-navigateur"]).arg(dossier))
    }

    /// Where no file may grow over that many blocks of 512 bytes.
    #[cfg(unix)]
    pub fn a_l_etroit(dossier: &Path, blocs: u64) -> Self {
        let borne = format!("trap '' XFSZ; ulimit -f {blocs}; exec \"$0\" \"$@\"");
        let mut commande = Command::new("sh");
        commande.args(["-c", &borne, env!("CARGO_BIN_EXE_cpom"), "atelier", "--sans-navigateur"]).arg(dossier);
        Atelier::lance(&mut commande)
    }

    fn lance(commande: &mut Command) -> Self {
        let mut processus =
            commande.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the workshop starts");
        let lignes = BufReader::new(processus.stdout.take().expect("an output")).lines();
        let adresse = lignes
            .map_while(Result::ok)
            .find_map(|ligne| ligne.trim().strip_prefix("http://").map(str::to_owned))
            .expect("an address");
        let (adresse, cle) = adresse.split_once("/?cle=").expect("a key");
        Atelier { processus, adresse: adresse.to_owned(), cle: cle.to_owned() }
    }

    pub fn port(&self) -> &str {
        self.adresse.rsplit(':').next().expect("a port")
    }

    pub fn cookie(&self) -> String {
        format!("cpom_atelier_{}={}", self.port(), self.cle)
    }

    /// Status and body of a request with these headers.
    pub fn brut(&self, methode: &str, chemin: &str, entetes: &[(&str, &str)], corps: &[u8]) -> (u16, String, Vec<u8>) {
        let mut flux = TcpStream::connect(&self.adresse).expect("a connection");
        flux.set_read_timeout(Some(Duration::from_secs(60))).expect("a delay");
        let mut demande =
            format!("{methode} {chemin} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", corps.len());
        for (nom, valeur) in entetes {
            demande += &format!("{nom}: {valeur}\r\n");
        }
        flux.write_all(demande.as_bytes()).and_then(|()| flux.write_all(b"\r\n")).expect("sent");
        // A server that refuses at once may have closed already.
        let _ = flux.write_all(corps);
        let mut recu = Vec::new();
        let _ = flux.read_to_end(&mut recu);
        let fin = recu.windows(4).position(|f| f == b"\r\n\r\n").unwrap_or(recu.len());
        let tete = String::from_utf8_lossy(&recu[..fin]).into_owned();
        let statut = tete.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or_default();
        let corps = recu.get(fin + 4..).unwrap_or_default().to_vec();
        let corps = if tete.contains("chunked") { sans_morceaux(&corps) } else { corps };
        (statut, tete, corps)
    }

    pub fn demander(&self, methode: &str, chemin: &str, corps: Option<Value>) -> (u16, Value) {
        let corps = corps.map(|v| v.to_string()).unwrap_or_default();
        let (statut, _, octets) = self.octets(methode, chemin, corps.as_bytes());
        (statut, serde_json::from_slice(&octets).unwrap_or_default())
    }

    pub fn octets(&self, methode: &str, chemin: &str, corps: &[u8]) -> (u16, String, Vec<u8>) {
        let entetes = [("Host", self.adresse.as_str()), ("Cookie", &self.cookie()), ("Sec-Fetch-Site", "same-origin")];
        self.brut(methode, chemin, &entetes, corps)
    }

    pub fn seul(&self) -> String {
        let (_, accueil) = self.demander("GET", "/api/contrats", None);
        accueil["contrats"][0]["id"].as_str().expect("a contract").to_owned()
    }

    pub fn operer(&self, id: &str, ops: Value) -> (u16, Value) {
        self.demander("POST", &format!("/api/contrats/{id}/operations"), Some(json!({ "client": "t", "ops": ops })))
    }
}

impl Drop for Atelier {
    fn drop(&mut self) {
        let _ = self.processus.kill();
        let _ = self.processus.wait();
    }
}

/// The body of an answer that came in pieces.
fn sans_morceaux(corps: &[u8]) -> Vec<u8> {
    let mut sortie = Vec::new();
    let mut reste = corps;
    while let Some(fin) = reste.windows(2).position(|f| f == b"\r\n") {
        let taille = usize::from_str_radix(&String::from_utf8_lossy(&reste[..fin]), 16).unwrap_or_default();
        let Some(morceau) = reste.get(fin + 2..fin + 2 + taille).filter(|m| !m.is_empty()) else { break };
        sortie.extend_from_slice(morceau);
        reste = reste.get(fin + 4 + taille..).unwrap_or_default();
    }
    sortie
}
