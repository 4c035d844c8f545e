//! A table of objectives, as a spreadsheet saves it (CSV) → a library; one row per indicator.
//!
//! All the faults of the table are told at once, each with its line.

use super::bibliotheque::{Bibliotheque, IndicateurPropose, ObjectifPropose};
use crate::contrat::textes::Id;
use crate::formats::{compte, sans_accents};
use crate::lecture::tables::codage::{self, Codage, Illisible};
use crate::lecture::tables::grille::{self, Rangee, SEPARATEURS};
use crate::nomenclatures::Public;
use crate::remarque::{Position, Remarque, Severite};
use serde::de::DeserializeOwned;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Most rows read.
const LIGNES_MAX: usize = 20_000;

/// What is said of an indicator, besides its words.
const D_INDICATEUR: [&str; 7] = ["nature", "numerateur", "denominateur", "unite", "sens", "source", "frequence"];

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

/// What a list gives: a library, and what is worth a word about it.
#[derive(Debug)]
pub struct Liste {
    pub bibliotheque: Bibliotheque,
    pub alertes: Vec<Remarque>,
}

/// A library read from a table, or all its faults.
pub fn lire(nom: &str, octets: &[u8]) -> Result<Liste, Vec<Remarque>> {
    let mut table = Table { nom, ..Table::default() };
    match codage::decoder(octets) {
        Ok((texte, codage)) => {
            table.dire_le_codage(codage);
            table.lire(&texte);
        }
        Err(Illisible { ligne, message, remede }) => table.dire(ligne, message, remede),
    }
    if table.objectifs.is_empty() && table.remarques.is_empty() {
        table.dire(1, "la liste n'a aucun objectif.", "donnez une ligne par objectif, sous la ligne des titres.");
    }
    if !table.remarques.is_empty() {
        return Err(table.remarques);
    }
    let source = Some(format!("Liste « {nom} »"));
    Ok(Liste {
        bibliotheque: Bibliotheque { schema: None, source, objectifs: table.objectifs },
        alertes: table.alertes,
    })
}

#[derive(Default)]
struct Table<'a> {
    nom: &'a str,
    remarques: Vec<Remarque>,
    alertes: Vec<Remarque>,
    objectifs: Vec<ObjectifPropose>,
    /// Where each code was met first: its rank, its line.
    codes: BTreeMap<String, (usize, u64)>,
    indicateurs: BTreeSet<String>,
}

impl Table<'_> {
    fn dire(&mut self, ligne: u64, message: &str, remede: &str) {
        let remarque = self.remarque(ligne, message, remede);
        self.remarques.push(remarque);
    }

    fn alerter(&mut self, ligne: u64, message: &str, remede: &str) {
        let remarque = self.remarque(ligne, message, remede);
        self.alertes.push(Remarque { severite: Severite::Alerte, ..remarque });
    }

    fn remarque(&self, ligne: u64, message: &str, remede: &str) -> Remarque {
        let position =
            Position { fichier: self.nom.to_string(), ligne: u32::try_from(ligne).unwrap_or(u32::MAX), colonne: 1 };
        Remarque::bloquante("BIB-001", "", message, remede).placee(Some(position))
    }

    fn dire_le_codage(&mut self, codage: Codage) {
        let ancien = match codage {
            Codage::Unicode | Codage::Windows => return,
            Codage::Mac => "des anciens Mac (Mac Roman)",
            Codage::Dos => "de DOS (page de code 850)",
        };
        let message = format!("ce fichier est écrit dans le codage {ancien} ; ses accents sont lus ainsi.");
        self.alerter(1, &message, "relisez les accents de la bibliothèque, ou enregistrez la liste en UTF-8.");
    }

    fn lire(&mut self, texte: &str) {
        let grille = grille::lire(texte, |titre| colonne(titre).is_some());
        for (ligne, message, remede) in &grille.fautes {
            self.dire(*ligne, message, remede);
        }
        let Some((titres, rangees)) = grille.rangees.split_first() else { return };
        let places = self.places(titres, rangees);
        for requise in ["code", "titre"] {
            if !places.contains_key(requise) {
                let message = format!("la colonne « {requise} » manque.");
                let connues: Vec<&str> = COLONNES.iter().map(|(nom, _)| *nom).collect();
                let remede = format!("donnez un titre à chaque colonne : {}.", connues.join(", "));
                self.dire(titres.ligne, &message, &remede);
            }
        }
        if !self.remarques.is_empty() {
            return;
        }
        for (rang, rangee) in rangees.iter().enumerate() {
            if rang >= LIGNES_MAX {
                let remede = "partagez la liste en plusieurs fichiers.";
                return self.dire(rangee.ligne, &format!("la liste dépasse {LIGNES_MAX} lignes."), remede);
            }
            if self.est_de_la_forme(rangee, titres.cellules.len(), grille.separateur) {
                let cellule = |nom: &str| {
                    let valeur = places.get(nom).and_then(|place| rangee.cellules.get(*place));
                    valeur.filter(|valeur| !valeur.is_empty()).cloned()
                };
                self.ligne(rangee.ligne, &cellule);
            }
        }
    }

    /// Whether a row has a cell for each title: a row cut in two, or with a separator too many, would say something else.
    fn est_de_la_forme(&mut self, rangee: &Rangee, attendues: usize, separateur: char) -> bool {
        let nombre = rangee.cellules.len();
        let en_trop = rangee.cellules.iter().skip(attendues).any(|cellule| !cellule.is_empty());
        if nombre >= attendues && !en_trop {
            return true;
        }
        let autre = SEPARATEURS.iter().find(|autre| {
            **autre != separateur && nombre == 1 && rangee.cellules.iter().any(|cellule| cellule.contains(**autre))
        });
        let message = format!("cette ligne a {}, et la ligne des titres {attendues}.", compte(nombre, "cellule"));
        let remede = match autre {
            Some(autre) => {
                format!("séparez ses cellules par « {separateur} », comme les autres, et non par « {autre} ».")
            }
            None => format!(
                "donnez-lui une cellule par titre, séparées par « {separateur} » ; mettez entre guillemets celle qui tient sur plusieurs lignes ou contient ce signe."
            ),
        };
        self.dire(rangee.ligne, &message, &remede.replace('\t', "tabulation"));
        false
    }

    /// Where each known column stands. A column that two titles name, or that none does, loses no cell in silence.
    fn places(&mut self, titres: &Rangee, rangees: &[Rangee]) -> BTreeMap<&'static str, usize> {
        let remplie =
            |place: usize| rangees.iter().any(|r| r.cellules.get(place).is_some_and(|cellule| !cellule.is_empty()));
        let mut places: BTreeMap<&'static str, usize> = BTreeMap::new();
        let mut inconnues = Vec::new();
        for (place, titre) in titres.cellules.iter().enumerate() {
            let Some(nom) = colonne(titre) else {
                if remplie(place) {
                    inconnues.push(if titre.is_empty() {
                        format!("n° {}", place + 1)
                    } else {
                        format!("« {titre} »")
                    });
                }
                continue;
            };
            match places.get(nom).copied() {
                Some(autre) if remplie(autre) && remplie(place) => {
                    let message = format!(
                        "les colonnes « {} » et « {titre} » sont toutes deux celle de « {nom} ».",
                        titres.cellules[autre]
                    );
                    self.dire(
                        titres.ligne,
                        &message,
                        "gardez-en une, ou donnez à l'autre un titre qui n'est pas repris.",
                    );
                }
                Some(autre) if remplie(autre) || !remplie(place) => {}
                _ => {
                    places.insert(nom, place);
                }
            }
        }
        if !inconnues.is_empty() {
            let message = format!("colonnes qui ne sont pas reprises : {}.", inconnues.join(", "));
            let connues: Vec<&str> = COLONNES.iter().map(|(nom, _)| *nom).collect();
            self.alerter(
                titres.ligne,
                &message,
                &format!("au besoin, donnez-leur un de ces titres : {}.", connues.join(", ")),
            );
        }
        places
    }

    /// A row: an objective, or another indicator of the one above.
    fn ligne(&mut self, numero: u64, cellule: &dyn Fn(&str) -> Option<String>) {
        let (code, titre) = (cellule("code"), cellule("titre"));
        let connu = match &code {
            Some(code) => self.codes.get(&identifiant(code)).copied(),
            // A merged cell leaves its value on its first row only.
            None => self.objectifs.len().checked_sub(1).map(|dernier| (dernier, 0)),
        };
        let place = match (connu, code, titre) {
            (Some((place, ligne)), code, titre) => {
                let ancien = self.objectifs[place].titre.clone();
                if titre.is_some_and(|titre| simplifie(&titre) != simplifie(&ancien)) {
                    return match code {
                        Some(code) => self.dire(
                            numero,
                            &format!("le code « {code} » est déjà celui de « {ancien} » (ligne {ligne})."),
                            "donnez à chaque objectif un code à lui ; un tableur change 1.10 en 1,1 : mettez la colonne des codes au format Texte.",
                        ),
                        None => self.dire(numero, "cette ligne a un titre, et pas de code.", "donnez-lui un code."),
                    };
                }
                self.completer(numero, place, cellule);
                place
            }
            (None, Some(code), Some(titre)) => match self.objectif(numero, identifiant(&code), titre, cellule) {
                Some(objectif) => {
                    self.codes.insert(objectif.code.to_string(), (self.objectifs.len(), numero));
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
        if let Some(libelle) = cellule("indicateur") {
            if let Some(indicateur) = self.indicateur(numero, place, libelle, cellule) {
                self.objectifs[place].indicateurs.push(indicateur);
            }
        } else if let Some(nom) = D_INDICATEUR.into_iter().find(|nom| cellule(nom).is_some()) {
            let message = format!("cette ligne a une cellule « {nom} », et pas d'indicateur.");
            self.dire(numero, &message, "donnez le libellé de l'indicateur, ou videz la cellule.");
        }
    }

    /// What another row of an objective says of it: the same, or something more.
    fn completer(&mut self, numero: u64, place: usize, cellule: &dyn Fn(&str) -> Option<String>) {
        let obligatoire = self.obligatoire(numero, cellule);
        let publics = self.publics(numero, cellule);
        let objectif = &mut self.objectifs[place];
        let mut contredits = Vec::new();
        if obligatoire.is_some_and(|autre| autre != objectif.obligatoire) {
            contredits.push("obligatoire");
        }
        if publics.is_some_and(|autres| autres != objectif.publics) {
            contredits.push("publics");
        }
        if let Some(theme) = cellule("theme") {
            let garde = objectif.theme.get_or_insert_with(|| theme.clone());
            if simplifie(garde) != simplifie(&theme) {
                contredits.push("theme");
            }
        }
        if let Some(note) = cellule("note") {
            match &mut objectif.note {
                Some(garde) if garde.contains(&note) => {}
                Some(garde) => garde.push_str(&format!(" / {note}")),
                None => objectif.note = Some(note),
            }
        }
        let titre = objectif.titre.clone();
        for colonne in contredits {
            let message = format!("la colonne « {colonne} » dit autre chose qu'à une ligne précédente de « {titre} ».");
            self.dire(
                numero,
                &message,
                "dites la même chose sur toutes les lignes d'un objectif, ou sur la première seulement.",
            );
        }
    }

    fn obligatoire(&mut self, numero: u64, cellule: &dyn Fn(&str) -> Option<String>) -> Option<bool> {
        let mot = cellule("obligatoire")?;
        match sans_accents(&mot).as_str() {
            "non" | "n" | "0" | "faux" => Some(false),
            "oui" | "o" | "x" | "1" | "vrai" => Some(true),
            autre => {
                let message = format!("« {autre} » n'est pas compris dans la colonne « obligatoire ».");
                self.dire(numero, &message, "écrivez « oui » ou « non ».");
                None
            }
        }
    }

    fn publics(&mut self, numero: u64, cellule: &dyn Fn(&str) -> Option<String>) -> Option<Vec<Public>> {
        let mut publics = Vec::new();
        for mot in cellule("publics")?.split([',', '/', '+']).map(str::trim) {
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
        Some(publics)
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
        let obligatoire = self.obligatoire(numero, cellule).unwrap_or_default();
        let publics = self.publics(numero, cellule).unwrap_or_default();
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
        let Some(id) = Id::lire(&id) else {
            self.dire(
                numero,
                "le code de cet objectif est trop long pour nommer ses indicateurs.",
                "raccourcissez-le.",
            );
            return None;
        };
        let indicateur = IndicateurPropose {
            id,
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

/// The column that a title names.
fn colonne(titre: &str) -> Option<&'static str> {
    let titre = sans_accents(titre).replace(['_', '\u{A0}', '\u{202F}'], " ").replace('’', "'");
    let titre = titre.split_whitespace().collect::<Vec<_>>().join(" ");
    let trouvee = COLONNES.iter().find(|(nom, autres)| titre == *nom || autres.contains(&titre.as_str()));
    trouvee.map(|(nom, _)| *nom)
}

/// What two writings of the same words share.
fn simplifie(texte: &str) -> String {
    texte.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
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
            let lu = lire("liste.csv", octets).unwrap().bibliotheque;
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
        assert_eq!(lignes, [2, 2, 2, 3, 4], "{fautes:#?}");
        assert!(lire("x", b"titre;autre\nUn;2\n").unwrap_err()[0].message.contains("« code »"));
        for vide in [b"".as_slice(), b"code;titre\n", b"\xff\xfe\x00"] {
            assert!(lire("x", vide).is_err());
        }
    }

    fn fautes(table: &str) -> Vec<(u32, String)> {
        let fautes = lire("liste.csv", table.as_bytes()).map(|_| ()).unwrap_err();
        fautes.into_iter().map(|r| (r.position.unwrap().ligne, r.message)).collect()
    }

    #[test]
    fn a_code_given_twice_a_cell_without_its_column_and_a_row_of_another_shape_are_told() {
        for (table, ligne, mot) in [
            (
                "code;titre;indicateur\n1,1;Premier;I1\n1,2;Deuxième;I2\n1,1;Dixième;I3\n",
                4,
                "déjà celui de « Premier » (ligne 2)",
            ),
            ("code;titre\n1;Un\n;Autre\n", 3, "un titre, et pas de code"),
            ("code;titre;obligatoire\n1;Un;oui\n1;Un;non\n", 3, "« obligatoire » dit autre chose"),
            ("code;titre;theme\n1;Un;a\n1;;b\n", 3, "« theme » dit autre chose"),
            ("code;titre;unite\n1;Un;places\n", 2, "pas d'indicateur"),
            ("code;titre\n1;Un;perdu\n", 2, "3 cellules, et la ligne des titres 2"),
            ("code;titre;sens\n1;Un;hausse\n2;Deux\nsuite;x;\n", 3, "2 cellules, et la ligne des titres 3"),
            ("code;titre\n1;Un\n2,Deux\n", 3, "1 cellule, et la ligne des titres 2"),
            ("code;titre;objectif\n1;Un;Autre\n", 1, "sont toutes deux celle de « titre »"),
            ("sep=;\ncode;titre\n1;\n", 3, "n'a pas de titre"),
            ("code;titre\n1;\"Un\n", 2, "n'est jamais fermé"),
        ] {
            let fautes = fautes(table);
            assert!(fautes.iter().any(|(l, m)| *l == ligne && m.contains(mot)), "{table:?}: {fautes:?}");
        }
    }

    #[test]
    fn what_only_looks_wrong_is_read_and_what_is_left_out_is_said() {
        let table = "sep=;\n\u{A0}Code\u{A0};Objectif;titre;Libellé de l’indicateur;;Suivi interne;Commentaire\n\
            1.1;Un;;I1;;x;n1\n1,1;  UN ;;I2;;;n2\n;;;I3;;;\n;;;;;;\n2;Deux;;;;;\n";
        let lu = lire("liste.csv", table.as_bytes()).unwrap();
        let objectifs = &lu.bibliotheque.objectifs;
        assert_eq!(
            objectifs.iter().map(|o| (o.code.as_str(), o.indicateurs.len())).collect::<Vec<_>>(),
            [("1-1", 3), ("2", 0)]
        );
        assert_eq!(objectifs[0].note.as_deref(), Some("n1 / n2"));
        assert_eq!(lu.alertes.len(), 1);
        assert!(lu.alertes[0].message.contains("« Suivi interne »"), "{:?}", lu.alertes);
        let mac = encoding_rs::MACINTOSH.encode("code;titre\r1;Été à l’école\r").0.into_owned();
        let lu = lire("liste.csv", &mac).unwrap();
        assert_eq!(lu.bibliotheque.objectifs[0].titre, "Été à l’école");
        assert!(lu.alertes[0].message.contains("Mac Roman"));
    }
}
