//! Lines pasted from a spreadsheet → establishments: names, FINESS numbers and categories, whatever the order of the columns;
//! what is doubtful and what is left aside is told.

use crate::contrat::identifiants::Finess;
use crate::formats::sans_accents;
use crate::nomenclatures::Nomenclature;
use crate::saisie;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Most establishments of a list.
const ETABLISSEMENTS_MAX: usize = 100;
/// First words of the title of a column of names: those that no name begins with, and those that one may.
const NOMS: [&str; 4] = ["nom", "noms", "denomination", "raison"];
const NOMS_PEUT_ETRE: [&str; 8] =
    ["etablissement", "etablissements", "esms", "intitule", "libelle", "service", "structure", "structures"];
/// The legal entity has a number too: that of the establishment is wanted.
const ENTITE_JURIDIQUE: [&str; 4] = ["ej", "entite", "juridique", "gestionnaire"];
/// A group of capitals that is no word is meant for a category.
const SIGLE_MAX: usize = 8;

/// What is pasted.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub struct ListeCollee {
    pub texte: String,
}

/// An establishment of the list.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct EtablissementColle {
    /// The line of what was pasted, from 1.
    pub rang: usize,
    pub nom: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finess: Option<String>,
    /// The code of the category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub categorie: Option<String>,
    /// What its name gives of it in words: « 183 – Institut médico-éducatif (IME) ».
    #[serde(skip_serializing_if = "Option::is_none")]
    pub categorie_dite: Option<String>,
    /// What is to be looked at, in sentences without their full stop.
    pub doutes: Vec<String>,
}

/// The list as it was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ListeLue {
    pub lignes: Vec<EtablissementColle>,
    /// Titles of the columns that nothing was taken from.
    pub colonnes_laissees: Vec<String>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Colonne {
    Nom,
    Finess,
    Categorie,
    Autre,
    /// The list has no titles: each cell is shown by itself.
    Inconnue,
}

/// The establishments of a list; the line that is one too many, and why.
pub fn lire(texte: &str) -> Result<ListeLue, (String, String)> {
    let mut liste = ListeLue::default();
    let mut titres: Option<Vec<Colonne>> = None;
    let pleines = texte.lines().enumerate().filter(|(_, ligne)| !ligne.trim().is_empty());
    for (n, (rang, ecrite)) in pleines.enumerate() {
        let cellules: Vec<&str> = ecrite.trim_end().split(separateur(ecrite)).map(str::trim).collect();
        if n == 0
            && let Some(colonnes) = en_titres(&cellules)
        {
            let laissees = cellules.iter().zip(&colonnes).filter(|(mot, c)| **c == Colonne::Autre && !mot.is_empty());
            liste.colonnes_laissees = laissees.map(|(mot, _)| (*mot).to_owned()).collect();
            titres = Some(colonnes);
            continue;
        }
        let mut ligne = EtablissementColle { rang: rang + 1, ..EtablissementColle::default() };
        for (k, cellule) in cellules.iter().enumerate().filter(|(_, cellule)| !cellule.is_empty()) {
            let colonne = titres.as_ref().map_or(Colonne::Inconnue, |t| t.get(k).copied().unwrap_or(Colonne::Autre));
            ligne.prendre(cellule, colonne, cellules.len() > 1);
        }
        ligne.deduire();
        liste.lignes.push(ligne);
        if liste.lignes.len() > ETABLISSEMENTS_MAX {
            let message =
                format!("la liste a plus de {ETABLISSEMENTS_MAX} établissements : ajoutez les autres ensuite");
            return Err((ecrite.to_owned(), message));
        }
    }
    Ok(liste)
}

fn separateur(ligne: &str) -> char {
    if ligne.contains('\t') { '\t' } else { ';' }
}

/// What the columns hold, when these cells are their titles.
fn en_titres(cellules: &[&str]) -> Option<Vec<Colonne>> {
    if cellules.iter().any(|cellule| chiffres(cellule).is_some()) {
        return None;
    }
    let titres: Vec<(Colonne, bool)> = cellules.iter().map(|cellule| titre(cellule)).collect();
    // Beside a column of numbers or categories, « Structure d'accueil » is a title too.
    let sur = titres.iter().any(|(colonne, sur)| *sur && *colonne != Colonne::Autre);
    sur.then(|| titres.into_iter().map(|(colonne, _)| colonne).collect())
}

/// What a title says of its column, and whether it can be nothing but a title.
fn titre(cellule: &str) -> (Colonne, bool) {
    let plat = sans_accents(cellule).to_lowercase();
    let mots: Vec<&str> = plat.split(|c: char| !c.is_alphanumeric()).filter(|mot| !mot.is_empty()).collect();
    let parmi = |liste: &[&str]| mots.iter().any(|mot| liste.contains(mot));
    let premier = mots.first().copied().unwrap_or_default();
    match () {
        _ if mots.contains(&"finess") && parmi(&ENTITE_JURIDIQUE) => (Colonne::Autre, false),
        _ if mots.contains(&"finess") => (Colonne::Finess, true),
        _ if mots.iter().any(|mot| mot.starts_with("categorie")) => (Colonne::Categorie, true),
        _ if premier == "type" => (Colonne::Categorie, mots.len() == 1),
        _ if NOMS.contains(&premier) => (Colonne::Nom, true),
        _ if NOMS_PEUT_ETRE.contains(&premier) => (Colonne::Nom, mots.len() == 1 || plat == "etablissement ou service"),
        _ => (Colonne::Autre, false),
    }
}

/// A number as spreadsheets write it, without spaces nor points; nothing of what has other letters than the « A » of Corsica.
fn chiffres(cellule: &str) -> Option<String> {
    let serre: String = cellule.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '\'')).collect();
    let serre = serre.to_uppercase();
    let lettres = serre.chars().filter(|c| !c.is_ascii_digit()).count();
    let corse = lettres == 1 && matches!(serre.chars().nth(1), Some('A' | 'B'));
    (serre.len() > 4 && (lettres == 0 || corse)).then_some(serre)
}

impl EtablissementColle {
    /// Puts the words of a cell where they belong.
    fn prendre(&mut self, cellule: &str, colonne: Colonne, plusieurs: bool) {
        let libre = |prise: &Option<String>| prise.is_none();
        match colonne {
            Colonne::Autre => {}
            Colonne::Nom if self.nom.is_empty() => self.nom = cellule.to_owned(),
            Colonne::Nom => {}
            Colonne::Finess => self.numero(cellule, chiffres(cellule)),
            Colonne::Categorie => self.par_categorie(cellule),
            Colonne::Inconnue => match (chiffres(cellule), saisie::code(cellule, Nomenclature::Categories)) {
                (Some(numero), _) if libre(&self.finess) => self.numero(cellule, Some(numero)),
                (None, Ok(_)) if libre(&self.categorie) && (!self.nom.is_empty() || plusieurs) => {
                    self.par_categorie(cellule);
                }
                (None, Err(_)) if libre(&self.categorie) && !self.nom.is_empty() && sigle(cellule) => {
                    self.par_categorie(cellule);
                }
                (None, _) if self.nom.is_empty() => self.nom = cellule.to_owned(),
                _ => self.doutes.push(format!("« {cellule} » est laissé de côté")),
            },
        }
    }

    fn numero(&mut self, cellule: &str, lu: Option<String>) {
        match lu.and_then(|numero| numero.parse::<Finess>().ok()) {
            Some(finess) => {
                if !finess.cle_valide() {
                    self.doutes.push(format!("le numéro FINESS {finess} n'a pas la bonne clé : vérifiez-le"));
                }
                self.finess = Some(finess.as_str().to_owned());
            }
            None => self.doutes.push(format!(
                "« {cellule} » n'est pas un numéro FINESS, qui a neuf caractères : il est laissé de côté"
            )),
        }
    }

    fn par_categorie(&mut self, cellule: &str) {
        match saisie::code(cellule, Nomenclature::Categories) {
            Ok(code) => self.categorie = code.as_str().map(str::to_owned),
            Err(message) => self.doutes.push(message),
        }
    }

    /// « IME Les Mimosas » says what it is.
    fn deduire(&mut self) {
        if self.categorie.is_none() {
            let premier = self.nom.split_whitespace().next().unwrap_or_default();
            let code = saisie::code(premier, Nomenclature::Categories).ok();
            self.categorie = code.and_then(|code| code.as_str().map(str::to_owned));
        }
        let forme = crate::schema::forme::forme_du_contrat().a("/perimetre/etablissements/0/categorie");
        let dite = |code: &String| saisie::afficher(forme.as_deref()?, &serde_json::json!(code));
        self.categorie_dite = self.categorie.as_ref().and_then(dite);
        if self.nom.is_empty() {
            self.doutes.push("cette ligne n'a pas de nom".to_owned());
        }
    }
}

/// « FAM », « S.A.V.S. ».
fn sigle(cellule: &str) -> bool {
    let lettres: Vec<char> = cellule.chars().filter(|c| *c != '.').collect();
    (2..=SIGLE_MAX).contains(&lettres.len()) && lettres.iter().all(|c| c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dites(texte: &str) -> Vec<(usize, String, Option<String>, Option<String>)> {
        let lignes = lire(texte).unwrap().lignes.into_iter();
        lignes.map(|l| (l.rang, l.nom, l.finess, l.categorie)).collect()
    }

    fn attendue(
        rang: usize,
        nom: &str,
        finess: Option<&str>,
        categorie: Option<&str>,
    ) -> (usize, String, Option<String>, Option<String>) {
        (rang, nom.into(), finess.map(str::to_owned), categorie.map(str::to_owned))
    }

    #[test]
    fn a_pasted_list_is_read_cell_by_cell() {
        let liste =
            "IME Les Mimosas\t13 098 215 0\tIME\n130040009;SESSAD Les Mimosas\n\nMaison de l'Étoile\t\tMAS\t12 rue X";
        assert_eq!(
            dites(liste),
            [
                attendue(1, "IME Les Mimosas", Some("130982150"), Some("183")),
                attendue(2, "SESSAD Les Mimosas", Some("130040009"), Some("182")),
                attendue(4, "Maison de l'Étoile", None, Some("255")),
            ]
        );
        assert_eq!(lire(liste).unwrap().lignes[2].doutes, ["« 12 rue X » est laissé de côté"]);
        assert!(lire(&"a\n".repeat(101)).is_err());
    }

    #[test]
    fn titles_are_no_establishment_and_say_what_columns_hold() {
        for titres in [
            "Nom\tFINESS\tCatégorie",
            "Établissement\tN° FINESS\tType",
            "ÉTABLISSEMENT ou SERVICE\tNuméro FINESS géographique\tcatégorie",
            "Raison sociale\tfiness\tlibellé catégorie",
            "Nom de l'établissement\tN° FINESS ET\tCatégorie d'établissement",
            "Structure d'accueil\tFINESS géographique\tType de structure",
        ] {
            let lue = dites(&format!("{titres}\nLe Rocher\t130982150\tEHPAD"));
            assert_eq!(lue, [attendue(2, "Le Rocher", Some("130982150"), Some("500"))], "{titres}");
        }
        let lue = lire("Places;Nom;FINESS\n45;Le Rocher;130982150").unwrap();
        assert_eq!((lue.colonnes_laissees, lue.lignes[0].nom.as_str()), (vec!["Places".to_owned()], "Le Rocher"));
        let lue = dites("FINESS EJ\tFINESS ET\tNom\n130000001\t130982150\tIME A");
        assert_eq!(lue, [attendue(2, "IME A", Some("130982150"), Some("183"))], "the number of the establishment");
        assert_eq!(dites("Établissement Les Pins\nStructure du Lac").len(), 2, "names are no titles");
        assert_eq!(dites("Service des Lilas\tSESSAD\nService du Port\tSAVS").len(), 2, "nor beside a category");
    }

    #[test]
    fn what_is_doubtful_is_told_and_never_lost_in_silence() {
        let doutes = |ligne: &str| lire(ligne).unwrap().lignes[0].doutes.join(" | ");
        assert!(doutes("Foyer du Lac\t13 003 456").contains("n'est pas un numéro FINESS"));
        assert!(doutes("IME A\t130982151").contains("clé"));
        assert!(doutes("Les Pins\tFAM").contains("n'est plus employé"));
        assert!(doutes("Les Pins\t130982150\tMAS\t45 places").contains("45 places"));
        assert!(doutes("130982150").contains("pas de nom"));
        assert_eq!(
            doutes("IME Les Mimosas\t2A0000015"),
            "le numéro FINESS 2A\u{A0}000\u{A0}001\u{A0}5 n'a pas la bonne clé : vérifiez-le"
        );
    }
}
