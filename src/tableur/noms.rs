//! Identifiers ↔ the names that a sheet shows of them, one name for each.

use crate::contrat::renvois::{NOMMEES, Vers};
use crate::formats::mots::plat;
use crate::schema::chemin::Chemins;
use crate::schema::forme::forme_du_contrat;
use serde_json::Value;
use std::collections::BTreeMap;

/// The names of the elements that others name.
#[derive(Debug, Clone, Default)]
pub(super) struct Noms {
    /// List, identifier, name.
    tous: Vec<(&'static str, String, String)>,
}

impl Noms {
    pub fn de(donnees: &Value) -> Self {
        let chemins = Chemins::de(donnees);
        let mut tous: Vec<(&'static str, String, String, String)> = Vec::new();
        for liste in NOMMEES {
            let forme = forme_du_contrat().a(&format!("{liste}/0"));
            let elements = donnees.pointer(liste).and_then(Value::as_array).into_iter().flatten();
            for (rang, element) in elements.enumerate() {
                let Some(id) = element.get("id").and_then(Value::as_str) else { continue };
                let nom = nu(&chemins.element(element, forme.as_deref(), rang));
                // A finding is told by its words, which are too long for a list.
                let nom = if liste == "/diagnostic/constats" || nom.ends_with('…') { id.to_owned() } else { nom };
                let numero = element.get("finess").and_then(Value::as_str).unwrap_or(id);
                tous.push((liste, id.to_owned(), nom, numero.to_owned()));
            }
        }
        let mut comptes: BTreeMap<String, usize> = BTreeMap::new();
        tous.iter().for_each(|(.., nom, _)| *comptes.entry(plat(nom)).or_default() += 1);
        let unique = |(liste, id, nom, numero): (&'static str, String, String, String)| {
            let nom =
                if comptes.get(&plat(&nom)).is_some_and(|n| *n > 1) { format!("{nom} — {numero}") } else { nom };
            (liste, id, nom)
        };
        let mut tous: Vec<_> = tous.into_iter().map(unique).collect();
        // Twice one name and one number: the identifiers are what is left.
        let mut comptes: BTreeMap<String, usize> = BTreeMap::new();
        tous.iter().for_each(|(.., nom)| *comptes.entry(nom.clone()).or_default() += 1);
        for (_, id, nom) in &mut tous {
            if comptes.get(nom).is_some_and(|n| *n > 1) {
                nom.clone_from(id);
            }
        }
        Noms { tous }
    }

    /// An element that the workbook adds.
    pub fn ajouter(&mut self, liste: &str, id: &str, nom: &str) {
        if let Some(liste) = NOMMEES.iter().find(|l| **l == liste) {
            self.tous.push((liste, id.to_owned(), nom.to_owned()));
        }
    }

    pub fn existe(&self, id: &str) -> bool {
        self.tous.iter().any(|(_, autre, _)| autre == id)
    }

    fn pour(&self, vers: Vers) -> impl Iterator<Item = &(&'static str, String, String)> {
        self.tous.iter().filter(move |(liste, ..)| match vers {
            Vers::Beneficiaire => Vers::Etablissement.admet(liste) || Vers::Gestionnaire.admet(liste),
            vers => vers.admet(liste),
        })
    }

    /// The name of what an identifier designates.
    pub fn nom(&self, vers: Vers, id: &str) -> Option<&str> {
        self.pour(vers).find(|(_, autre, _)| autre == id).map(|(.., nom)| nom.as_str())
    }

    /// The identifier of what bears a name, or the identifier itself.
    pub fn id(&self, vers: Vers, texte: &str) -> Option<&str> {
        let voulu = plat(texte);
        let exact = self.pour(vers).find(|(_, id, nom)| nom == texte || id == texte);
        let mut proches = self.pour(vers).filter(|(.., nom)| plat(nom) == voulu);
        let proche = || proches.next().filter(|_| true);
        exact.or_else(proche).map(|(_, id, _)| id.as_str())
    }

    /// What a list offers.
    pub fn offerts(&self, vers: Vers) -> Vec<&str> {
        self.pour(vers).map(|(.., nom)| nom.as_str()).collect()
    }
}

/// « IME » of « « IME » ».
pub(super) fn nu(nom: &str) -> String {
    nom.strip_prefix("« ").and_then(|n| n.strip_suffix(" »")).unwrap_or(nom).to_owned()
}
