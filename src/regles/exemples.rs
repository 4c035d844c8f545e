//! A rule → an example of what fires it and of what leaves it silent, as its reader understands them: what was changed in a sound
//! contract, by the French path of each value, and the remark that comes. The data are written from `fixtures/regles`.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The examples of a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exemple {
    pub declenche: Cas,
    pub silencieux: Cas,
}

/// A contract, told by what was changed in a sound one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cas {
    /// What it shows, in a sentence.
    pub cas: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changements: Vec<Changement>,
    /// How many other values are changed that are not told.
    #[serde(default, skip_serializing_if = "est_nul")]
    pub autres: usize,
    /// What is said then; nothing of a silent case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remede: Option<String>,
}

/// A value that was changed: where, what it was, what it is; nothing when it is not there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Changement {
    pub chemin: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avant: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apres: Option<String>,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn est_nul(n: &usize) -> bool {
    *n == 0
}

static EXEMPLES: LazyLock<BTreeMap<String, Exemple>> =
    LazyLock::new(|| serde_json::from_str(include_str!("exemples.json")).expect("a test writes and reads this file"));

/// The examples of the rule of a code.
pub fn exemple(code: &str) -> Option<&'static Exemple> {
    EXEMPLES.get(code)
}

impl Exemple {
    /// The examples under the entry of the rule.
    pub fn en_mots(&self) -> String {
        format!(
            "  Se déclenche : {}\n  Se tait : {}\n",
            self.declenche.en_mots("le contrat en exemple, avec un modèle qui en décide autrement"),
            self.silencieux.en_mots("le contrat en exemple, tel qu'il est")
        )
    }
}

impl Cas {
    fn en_mots(&self, inchange: &str) -> String {
        let mut texte = format!("{}\n", self.cas);
        for changement in &self.changements {
            texte.push_str(&format!("    {}\n", changement.en_mots()));
        }
        match self.autres {
            0 if self.changements.is_empty() => texte.push_str(&format!("    {inchange}\n")),
            0 => {}
            1 => texte.push_str("    … et une autre valeur\n"),
            autres => texte.push_str(&format!("    … et {autres} autres valeurs\n")),
        }
        if let Some(message) = &self.message {
            texte.push_str(&format!("    Remarque : {message}\n"));
        }
        if let Some(remede) = &self.remede {
            texte.push_str(&format!("    À faire : {remede}\n"));
        }
        texte.trim_end().to_owned()
    }
}

impl Changement {
    /// « Période › Fin : 2030-12-31 devient 2031-01-01 ».
    fn en_mots(&self) -> String {
        let quoi = match (&self.avant, &self.apres) {
            (Some(avant), Some(apres)) => format!("{avant} devient {apres}"),
            (None, Some(apres)) => format!("{apres}, ajouté"),
            (Some(avant), None) => format!("{avant}, retiré"),
            (None, None) => "retiré".to_owned(),
        };
        format!("{} : {quoi}", self.chemin)
    }
}
