//! What we say about a contract: turns a finding of any phase into one shape, for the terminal and for
//! machines. It must not know who found it, nor the contract's types.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

/// How serious a finding is; only `Bloquante` refuses the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "Gravité d'une remarque.")]
pub enum Severite {
    Bloquante,
    Alerte,
    Information,
}

impl fmt::Display for Severite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severite::Bloquante => "bloquante",
            Severite::Alerte => "alerte",
            Severite::Information => "information",
        })
    }
}

/// A place in a file the user wrote: line and column count from 1, the column in characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[schemars(description = "Place dans un fichier : ligne et colonne comptées à partir de 1, la colonne en caractères.")]
pub struct Position {
    pub fichier: String,
    pub ligne: u32,
    pub colonne: u32,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.fichier, self.ligne, self.colonne)
    }
}

/// Who is to give a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "Qui tient la valeur.")]
pub enum Detenteur {
    Autorite,
    Gestionnaire,
    LesDeux,
}

impl Detenteur {
    pub const TOUS: [Detenteur; 3] = [Detenteur::Autorite, Detenteur::Gestionnaire, Detenteur::LesDeux];

    pub fn titre(self) -> &'static str {
        match self {
            Detenteur::Autorite => "À compléter par les autorités",
            Detenteur::Gestionnaire => "À compléter par le gestionnaire",
            Detenteur::LesDeux => "À compléter ensemble",
        }
    }
}

/// What a missing value is, apart from the words that say so.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[schemars(description = "Une lacune : une valeur que le dossier imprime et qui manque.")]
pub struct Lacune {
    #[schemars(description = "Ce qui manque, tel que le dossier le demande.")]
    pub libelle: String,
    #[schemars(description = "Article, annexe ou fiche du dossier qui l'imprime.")]
    pub partie: String,
    #[schemars(description = "Clause du modèle qui la demande : fichier et ligne.")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    pub detenteur: Detenteur,
    #[serde(flatten)]
    pub lieu: LieuDeLacune,
    #[schemars(description = "Ce qu'il faut ajouter à la liste que le pointeur désigne, quand il s'agit d'un ajout.")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ajouter: Option<String>,
}

/// The structure that lacks a value, and the field of it: what a table of gaps is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
pub struct LieuDeLacune {
    #[schemars(
        description = "Liste du contrat où se trouve la structure (« Fiches actions ») ; à défaut, la partie du contrat."
    )]
    pub liste: String,
    #[schemars(
        description = "Structure à qui la valeur manque, par son nom ; vide quand elle manque au contrat lui-même."
    )]
    pub structure: String,
    #[schemars(description = "Champ à renseigner.")]
    pub champ: String,
}

/// A key as a token of a JSON pointer (RFC 6901).
pub fn jeton_de_pointeur(cle: &str) -> String {
    cle.replace('~', "~0").replace('/', "~1")
}

/// A finding: what is wrong or worth knowing, where, why, and what to do.
///
/// Serialises flat: `code severite pointeur fichier ligne colonne message remede references`; the three
/// keys of the position are absent when it is unknown.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[schemars(description = "Une remarque : ce qui ne va pas, où, pourquoi, et que faire.")]
pub struct Remarque {
    #[schemars(
        description = "Code de la règle (« BUD-003 »), du schéma (« SCH-… »), de la complétude (« CPL-001 »), de l'accessibilité (« ACC-001 »), des caractères (« CAR-001 »), de l'impression (« IMP-001 ») ou des mots lus (« SAI-001 »)."
    )]
    pub code: String,
    #[schemars(description = "Une remarque bloquante refuse le contrat définitif.")]
    pub severite: Severite,
    /// JSON pointer of the element, `""` for the whole contract.
    #[schemars(description = "Pointeur JSON de l'élément ; vide pour tout le contrat.")]
    pub pointeur: String,
    /// The same place in French: « Moyens › Budgets › IME Les Mimosas, 2025 ».
    #[serde(default)]
    #[schemars(
        description = "La même place en clair, du nom de la partie à celui de la valeur ; vide pour tout le contrat."
    )]
    pub chemin: String,
    #[serde(flatten)]
    pub position: Option<Position>,
    /// What is wrong and why, with the value and the limit, in French.
    #[schemars(description = "Ce qui ne va pas, avec la valeur en cause et la limite.")]
    pub message: String,
    /// What to do, in French; may be empty.
    #[schemars(description = "Que faire.")]
    pub remede: String,
    /// Articles, models or guides the finding rests on.
    #[schemars(description = "Articles, modèles ou méthodes sur lesquels la remarque se fonde.")]
    pub references: Vec<String>,
    /// For a missing value, what it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(description = "Pour une valeur à compléter : ce qu'elle est, à qui elle manque et qui la tient.")]
    pub lacune: Option<Box<Lacune>>,
}

impl Remarque {
    /// A blocking finding without position nor references.
    pub fn bloquante(
        code: impl Into<String>,
        pointeur: impl Into<String>,
        message: impl Into<String>,
        remede: impl Into<String>,
    ) -> Self {
        Self {
            code: code.into(),
            severite: Severite::Bloquante,
            pointeur: pointeur.into(),
            chemin: String::new(),
            position: None,
            message: message.into(),
            remede: remede.into(),
            references: Vec::new(),
            lacune: None,
        }
    }

    /// Where it stands as people read it: the path in French, then the line and the pointer.
    pub fn ou(&self) -> String {
        let position = self.position.as_ref().map(ToString::to_string);
        let pointeur = Some(self.pointeur.clone()).filter(|p| !p.is_empty());
        let precisions: Vec<String> = position.into_iter().chain(pointeur).collect();
        let chemin = if self.chemin.is_empty() { "le contrat entier" } else { &self.chemin };
        match precisions.is_empty() {
            true => chemin.to_owned(),
            false => format!("{chemin} ({})", precisions.join(", ")),
        }
    }

    /// The same finding, placed.
    #[must_use]
    pub fn placee(mut self, position: Option<Position>) -> Self {
        self.position = position;
        self
    }
}

impl Ord for Remarque {
    /// File, line, column, code; findings without a position come last.
    fn cmp(&self, autre: &Self) -> Ordering {
        (self.position.is_none().cmp(&autre.position.is_none()))
            .then_with(|| self.position.cmp(&autre.position))
            .then_with(|| self.code.cmp(&autre.code))
            .then_with(|| self.pointeur.cmp(&autre.pointeur))
            .then_with(|| self.message.cmp(&autre.message))
            .then_with(|| self.severite.cmp(&autre.severite))
            .then_with(|| self.remede.cmp(&autre.remede))
            .then_with(|| self.references.cmp(&autre.references))
            .then_with(|| self.chemin.cmp(&autre.chemin))
            .then_with(|| self.lacune.cmp(&autre.lacune))
    }
}

impl PartialOrd for Remarque {
    fn partial_cmp(&self, autre: &Self) -> Option<Ordering> {
        Some(self.cmp(autre))
    }
}

/// The terminal form: where and what on the first line, then what to do, then the references.
impl fmt::Display for Remarque {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Before its data are known (a file that is not JSON), a finding has its line only.
        match (&self.position, self.pointeur.as_str()) {
            _ if !self.chemin.is_empty() => {}
            (Some(position), _) => write!(f, "{}: ", d_une_ligne(&position.to_string()))?,
            (None, "") => {}
            (None, pointeur) => write!(f, "{}: ", d_une_ligne(pointeur))?,
        }
        write!(f, "{} {}: {}", self.severite, self.code, d_une_ligne(&self.message))?;
        if !self.chemin.is_empty() {
            write!(f, "\n    Où : {}", d_une_ligne(&self.ou()))?;
        }
        if !self.remede.is_empty() {
            write!(f, "\n    À faire : {}", d_une_ligne(&self.remede))?;
        }
        if !self.references.is_empty() {
            write!(f, "\n    Réf. : {}", self.references.join(" ; "))?;
        }
        Ok(())
    }
}

/// A value that a message quotes begins no line of its own.
fn d_une_ligne(texte: &str) -> Cow<'_, str> {
    match texte.contains(['\n', '\r']) {
        true => Cow::Owned(texte.replace('\n', "\\u{a}").replace('\r', "\\u{d}")),
        false => Cow::Borrowed(texte),
    }
}

/// Sorts findings in reading order and drops exact repetitions.
pub fn ordonner(remarques: &mut Vec<Remarque>) {
    remarques.sort();
    remarques.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exemple(ligne: u32, code: &str) -> Remarque {
        Remarque::bloquante(code, "/reference", "il manque une clé.", "Ajoutez-la.").placee(Some(Position {
            fichier: "contrat.json".into(),
            ligne,
            colonne: 3,
        }))
    }

    #[test]
    fn the_terminal_form_says_where_what_and_what_to_do() {
        let mut remarque = exemple(12, "SCH-required");
        remarque.references.push("CASF, art. L. 313-11".into());
        assert_eq!(
            remarque.to_string(),
            "contrat.json:12:3: bloquante SCH-required: il manque une clé.\n    À faire : Ajoutez-la.\n    Réf. : CASF, art. L. 313-11"
        );
    }

    #[test]
    fn the_path_in_french_comes_before_the_line_and_the_pointer() {
        let remarque = Remarque { chemin: "Moyens › Budgets".into(), ..exemple(12, "BUD-002") };
        assert_eq!(
            remarque.to_string(),
            "bloquante BUD-002: il manque une clé.\n    Où : Moyens › Budgets (contrat.json:12:3, /reference)\n    À faire : Ajoutez-la."
        );
        assert_eq!(Remarque::bloquante("ACC-001", "", "…", "…").ou(), "le contrat entier");
    }

    #[test]
    fn json_is_flat_and_comes_back() {
        let remarque = exemple(12, "SCH-required");
        let json = serde_json::to_value(&remarque).expect("a finding serialises");
        let cles: Vec<_> = json.as_object().expect("an object").keys().cloned().collect();
        assert_eq!(
            cles,
            [
                "code",
                "severite",
                "pointeur",
                "chemin",
                "fichier",
                "ligne",
                "colonne",
                "message",
                "remede",
                "references"
            ]
        );
        assert_eq!(serde_json::from_value::<Remarque>(json).expect("comes back"), remarque);
        let sans = remarque.placee(None);
        let json = serde_json::to_value(&sans).expect("a finding serialises");
        assert!(json.get("fichier").is_none());
        assert_eq!(serde_json::from_value::<Remarque>(json).expect("comes back"), sans);
    }

    #[test]
    fn findings_are_ordered_by_place_then_code_and_unplaced_ones_come_last() {
        let sans = exemple(1, "A").placee(None);
        let mut toutes = vec![sans.clone(), exemple(3, "B"), exemple(3, "A"), exemple(2, "Z"), exemple(2, "Z")];
        ordonner(&mut toutes);
        assert_eq!(toutes, [exemple(2, "Z"), exemple(3, "A"), exemple(3, "B"), sans]);
    }
}
