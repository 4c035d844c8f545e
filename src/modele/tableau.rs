//! A table of objectives, as a spreadsheet saves it (CSV) → a library; one row per indicator.
//!
//! All the faults of the table are told at once, each with its line.

use super::bibliotheque::{Bibliotheque, IndicateurPropose, ObjectifPropose};
use crate::contrat::textes::Id;
use crate::formats::sans_accents;
use crate::nomenclatures::Public;
use crate::remarque::{Position, Remarque};
use serde::de::DeserializeOwned;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Most rows read.
const LIGNES_MAX: usize = 20_000;

/// The columns: name, other names that exports give them.
const COLONNES: [(&str, &[&str]); 14] = [
    ("code", &["numero", "reference", "id"]),
    ("titre", &["objectif", "intitule"]),
    ("obligatoire", &[]),
    ("publics", &["public", "population"]),
    ("theme", &["thematique", "axe"]),
    ("indicateur", &["libelle", "libelle de l'indicateur"]),
    ("nature", &["type"]),
    ("numerateur", &[]),
    ("denominateur", &[]),
    ("unite", &[]),
    ("sens", &["evolution"]),
    ("source", &["source de la donnee"]),
    ("frequence", &["periodicite"]),
    ("note", &["commentaire"]),
];

/// A library read from a table, and where the encoding was guessed.
pub fn lire(nom: &str, octets: &[u8]) -> Result<Bibliotheque, Vec<Remarque>> {
    let texte = decoder(octets);
    let mut table = Table { nom, remarques: Vec::new(), objectifs: Vec::new(), indicateurs: BTreeSet::new() };
    table.lire(&texte);
    if table.objectifs.is_empty() && table.remarques.is_empty() {
        table.dire(1, "la liste n'a aucun objectif.", "donnez une ligne par objectif, sous la ligne des titres.");
    }
    match table.remarques.is_empty() {
        true => {
            Ok(Bibliotheque { schema: None, source: Some(format!("Liste « {nom} »")), objectifs: table.objectifs })
        }
        false => Err(table.remarques),
    }
}

/// UTF-8, else the encoding that French spreadsheets save by default.
fn decoder(octets: &[u8]) -> String {
    match std::str::from_utf8(octets) {
        Ok(texte) => texte.trim_start_matches('\u{FEFF}').to_string(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(octets).0.into_owned(),
    }
}

struct Table<'a> {
    nom: &'a str,
    remarques: Vec<Remarque>,
    objectifs: Vec<ObjectifPropose>,
    indicateurs: BTreeSet<String>,
}

impl Table<'_> {
    fn dire(&mut self, ligne: u64, message: &str, remede: &str) {
        let position =
            Position { fichier: self.nom.to_string(), ligne: u32::try_from(ligne).unwrap_or(u32::MAX), colonne: 1 };
        self.remarques.push(Remarque::bloquante("BIB-001", "", message, remede).placee(Some(position)));
    }

    fn lire(&mut self, texte: &str) {
        let premiere = texte.lines().next().unwrap_or_default();
        // A French spreadsheet separates with semicolons, others with commas or tabulations.
        let separateur = [b';', b'\t', b','].into_iter().max_by_key(|s| premiere.matches(char::from(*s)).count());
        let mut lecteur = csv::ReaderBuilder::new()
            .delimiter(separateur.unwrap_or(b';'))
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(texte.as_bytes());
        let places = match lecteur.headers() {
            Ok(titres) => places(titres),
            Err(_) => BTreeMap::new(),
        };
        for requise in ["code", "titre"] {
            if !places.contains_key(requise) {
                let message = format!("la colonne « {requise} » manque.");
                let connues: Vec<&str> = COLONNES.iter().map(|(nom, _)| *nom).collect();
                let remede = format!("donnez un titre à chaque colonne : {}.", connues.join(", "));
                self.dire(1, &message, &remede);
            }
        }
        if !self.remarques.is_empty() {
            return;
        }
        for (rang, ligne) in lecteur.records().enumerate() {
            if rang >= LIGNES_MAX {
                let remede = "partagez la liste en plusieurs fichiers.";
                return self.dire(rang as u64 + 2, &format!("la liste dépasse {LIGNES_MAX} lignes."), remede);
            }
            match ligne {
                Ok(ligne) => {
                    let numero = ligne.position().map_or(rang as u64 + 2, csv::Position::line);
                    let cellule = |nom: &str| {
                        let valeur = places.get(nom).and_then(|place| ligne.get(*place)).unwrap_or_default();
                        (!valeur.is_empty()).then(|| valeur.to_string())
                    };
                    if ligne.iter().any(|cellule| !cellule.is_empty()) {
                        self.ligne(numero, &cellule);
                    }
                }
                Err(_) => self.dire(rang as u64 + 2, "cette ligne n'est pas lisible.", "vérifiez ses guillemets."),
            }
        }
    }

    /// A row: an objective, or another indicator of the one above.
    fn ligne(&mut self, numero: u64, cellule: &dyn Fn(&str) -> Option<String>) {
        let code = cellule("code").map(|code| identifiant(&code));
        let connu = match &code {
            Some(code) => self.objectifs.iter().position(|o| o.code.as_str() == code),
            // A merged cell leaves its value on its first row only.
            None => self.objectifs.len().checked_sub(1),
        };
        let place = match (connu, code, cellule("titre")) {
            (Some(place), ..) => place,
            (None, Some(code), Some(titre)) => match self.objectif(numero, code, titre, cellule) {
                Some(objectif) => {
                    self.objectifs.push(objectif);
                    self.objectifs.len() - 1
                }
                None => return,
            },
            (None, None, _) => return self.dire(numero, "cette ligne n'a pas de code.", "donnez-lui un code."),
            (None, Some(code), None) => {
                return self.dire(numero, &format!("l'objectif « {code} » n'a pas de titre."), "donnez-lui un titre.");
            }
        };
        if let Some(libelle) = cellule("indicateur")
            && let Some(indicateur) = self.indicateur(numero, place, libelle, cellule)
        {
            self.objectifs[place].indicateurs.push(indicateur);
        }
    }

    fn objectif(
        &mut self,
        numero: u64,
        code: String,
        titre: String,
        cellule: &dyn Fn(&str) -> Option<String>,
    ) -> Option<ObjectifPropose> {
        let Some(code) = Id::lire(&code) else {
            let message = format!("le code « {code} » ne convient pas.");
            self.dire(numero, &message, "employez des lettres, des chiffres et des tirets.");
            return None;
        };
        let obligatoire = match cellule("obligatoire").map(|mot| sans_accents(&mot)).as_deref() {
            None | Some("non" | "n" | "0" | "faux") => false,
            Some("oui" | "o" | "x" | "1" | "vrai") => true,
            Some(autre) => {
                let message = format!("« {autre} » n'est pas compris dans la colonne « obligatoire ».");
                self.dire(numero, &message, "écrivez « oui » ou « non ».");
                false
            }
        };
        let mut publics = Vec::new();
        for mot in cellule("publics").unwrap_or_default().split([',', '/', '+']).map(str::trim) {
            match sans_accents(mot).as_str() {
                "" | "tous" | "tout public" => {}
                "enfants" | "enfance" | "enfant" => publics.push(Public::Enfants),
                "adultes" | "adulte" => publics.push(Public::Adultes),
                "ages" | "personnes agees" => publics.push(Public::Ages),
                autre => {
                    let message = format!("le public « {autre} » n'est pas connu.");
                    self.dire(numero, &message, "écrivez enfants, adultes, âgés ou tous.");
                }
            }
        }
        Some(ObjectifPropose {
            code,
            titre,
            obligatoire,
            publics,
            theme: cellule("theme"),
            origine: None,
            indicateurs: Vec::new(),
            note: cellule("note"),
        })
    }

    fn indicateur(
        &mut self,
        numero: u64,
        place: usize,
        libelle: String,
        cellule: &dyn Fn(&str) -> Option<String>,
    ) -> Option<IndicateurPropose> {
        let base = format!("{}-{}", self.objectifs[place].code, self.objectifs[place].indicateurs.len() + 1);
        let id = (1..).map(|n| if n == 1 { base.clone() } else { format!("{base}-{n}") });
        let id = id.into_iter().find(|id| self.indicateurs.insert(id.clone()))?;
        let indicateur = IndicateurPropose {
            id: Id::lire(&id)?,
            libelle,
            nature: self.choix(numero, "nature", "resultat, mise_en_oeuvre ou suivi", cellule),
            numerateur: cellule("numerateur"),
            denominateur: cellule("denominateur"),
            unite: cellule("unite"),
            sens: self.choix(numero, "sens", "hausse, baisse ou maintien", cellule),
            source: cellule("source"),
            frequence: cellule("frequence"),
            origine: None,
        };
        Some(indicateur)
    }

    fn choix<T: DeserializeOwned>(
        &mut self,
        numero: u64,
        colonne: &str,
        admis: &str,
        cellule: &dyn Fn(&str) -> Option<String>,
    ) -> Option<T> {
        let mot = cellule(colonne)?;
        let simple = sans_accents(&mot).replace('œ', "oe").replace([' ', '-', '\''], "_");
        let simple = simple.strip_prefix("a_la_").or(simple.strip_prefix("au_")).unwrap_or(&simple);
        let valeur = serde_json::from_value(json!(simple));
        if valeur.is_err() {
            let message = format!("« {mot} » n'est pas compris dans la colonne « {colonne} ».");
            self.dire(numero, &message, &format!("écrivez {admis}."));
        }
        valeur.ok()
    }
}

/// Where each known column stands.
fn places(titres: &csv::StringRecord) -> BTreeMap<&'static str, usize> {
    let mut sortie = BTreeMap::new();
    for (place, titre) in titres.iter().enumerate() {
        let titre = sans_accents(titre.trim()).replace('_', " ");
        let colonne = COLONNES.iter().find(|(nom, autres)| titre == *nom || autres.contains(&titre.as_str()));
        if let Some((nom, _)) = colonne {
            sortie.entry(*nom).or_insert(place);
        }
    }
    sortie
}

/// A code as an identifier: « OBJ 12 » → « obj-12 ».
fn identifiant(code: &str) -> String {
    let mut sortie = String::new();
    for c in sans_accents(code).chars() {
        match c {
            'a'..='z' | '0'..='9' => sortie.push(c),
            _ if !sortie.ends_with('-') && !sortie.is_empty() => sortie.push('-'),
            _ => {}
        }
    }
    sortie.trim_end_matches('-').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_of_a_french_spreadsheet_is_read_whatever_its_encoding() {
        let table = "Code;Objectif;Obligatoire;Population;Thématique;Indicateur;Numérateur;Dénominateur;Unité;Sens\n\
            12;Développer la scolarisation;oui;enfance;Parcours;Taux de scolarisation;jeunes scolarisés;jeunes présents;%;hausse\n\
            ;;;;;Nombre d'unités externalisées;;;unités;hausse\n\
            A1;\"Accueil ; répit\";;;;;;;;\n";
        let (windows, _, perdu) = encoding_rs::WINDOWS_1252.encode(table);
        assert!(!perdu);
        for octets in [table.as_bytes(), &windows, format!("\u{FEFF}{table}").as_bytes()] {
            let lu = lire("liste.csv", octets).unwrap();
            let codes: Vec<&str> = lu.objectifs.iter().map(|o| o.code.as_str()).collect();
            assert_eq!(codes, ["12", "a1"]);
            let premier = &lu.objectifs[0];
            assert!(premier.obligatoire && premier.publics == [Public::Enfants]);
            assert_eq!(premier.indicateurs.len(), 2);
            assert_eq!(premier.indicateurs[0].numerateur.as_deref(), Some("jeunes scolarisés"));
            assert_eq!(premier.indicateurs[1].id.as_str(), "12-2");
            assert_eq!(lu.objectifs[1].titre, "Accueil ; répit");
        }
    }

    #[test]
    fn every_fault_of_a_table_is_told_with_its_line() {
        let table = "code,titre,obligatoire,publics,indicateur,sens\na,Un,peut-être,martiens,Nombre,vers le haut\nb,,,,,\n,Sans code,,,,\n";
        let fautes = lire("liste.csv", table.as_bytes()).unwrap_err();
        let lignes: Vec<u32> = fautes.iter().filter_map(|r| Some(r.position.as_ref()?.ligne)).collect();
        assert_eq!(lignes, [2, 2, 2, 3], "{fautes:#?}");
        assert!(lire("x", b"titre;autre\nUn;2\n").unwrap_err()[0].message.contains("« code »"));
        for vide in [b"".as_slice(), b"code;titre\n", b"\xff\xfe\x00"] {
            assert!(lire("x", vide).is_err());
        }
    }
}
