//! Identifiers ↔ the names that a sheet shows of them, one name for each.

use crate::contrat::renvois::{NOMMEES, Vers};
use crate::formats::mots;
use crate::schema::chemin::Chemins;
use crate::schema::forme::forme_du_contrat;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The names of the elements that others name.
#[derive(Debug, Clone, Default)]
pub(super) struct Noms {
    /// List, identifier, name.
    tous: Vec<(&'static str, String, String)>,
    /// The same of the names that a workbook gives: those are meant first.
    donnes: Vec<(&'static str, String, String)>,
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
        Noms { tous, donnes: Vec::new() }
    }

    /// The name under which sheets would show an element of a list that others name.
    pub fn montre(liste: &str, element: &Value) -> Option<String> {
        let dans = liste.rsplit('/').filter(|cle| !cle.is_empty());
        let seul = dans.fold(json!([element]), |dedans, cle| json!({ cle: dedans }));
        Noms::de(&seul).tous.into_iter().next().map(|(.., nom)| nom)
    }

    /// The name that the workbook gives to an element, which it adds or names anew.
    pub fn donner(&mut self, liste: &str, id: &str, nom: &str) {
        let connu = |(autre, sien, deja): &(&str, String, String)| *autre == liste && sien == id && deja == nom;
        if let Some(liste) = NOMMEES.iter().find(|l| **l == liste)
            && !self.donnes.iter().any(connu)
        {
            self.donnes.push((liste, id.to_owned(), nom.to_owned()));
        }
    }

    pub fn existe(&self, id: &str) -> bool {
        self.donnes.iter().chain(&self.tous).any(|(_, autre, _)| autre == id)
    }

    fn pour(&self, vers: Vers) -> impl Iterator<Item = &(&'static str, String, String)> {
        self.donnes.iter().chain(&self.tous).filter(move |(liste, ..)| admet(vers, liste))
    }

    /// The name of what an identifier designates.
    pub fn nom(&self, vers: Vers, id: &str) -> Option<&str> {
        // What was exported is shown under its first name.
        let connu = self.tous.iter().chain(&self.donnes).find(|(liste, autre, _)| autre == id && admet(vers, liste));
        connu.map(|(.., nom)| nom.as_str())
    }

    /// The identifier of what bears a name, or the identifier itself.
    pub fn id(&self, vers: Vers, texte: &str) -> Option<&str> {
        let voulu = plat(texte);
        // What two elements are both called anew names neither.
        let donnes = self.donnes.iter().filter(|(liste, _, nom)| admet(vers, liste) && plat(nom) == voulu);
        let ids: BTreeSet<&str> = donnes.map(|(_, id, _)| id.as_str()).collect();
        if ids.len() > 1 {
            return None;
        }
        let exact = || self.pour(vers).find(|(_, id, nom)| nom == texte || id == texte);
        let proche = || self.pour(vers).find(|(.., nom)| plat(nom) == voulu);
        ids.first().copied().or_else(|| exact().or_else(proche).map(|(_, id, _)| id.as_str()))
    }

    /// What a list offers.
    pub fn offerts(&self, vers: Vers) -> Vec<&str> {
        self.pour(vers).map(|(.., nom)| nom.as_str()).collect()
    }
}

fn admet(vers: Vers, liste: &str) -> bool {
    match vers {
        Vers::Beneficiaire => Vers::Etablissement.admet(liste) || Vers::Gestionnaire.admet(liste),
        vers => vers.admet(liste),
    }
}

/// The same name, whatever its capitals and its typography: quotes and dashes are those of who types it.
pub(super) fn plat(nom: &str) -> String {
    let signe = |c: char| match c {
        '«' | '»' => '"',
        '–' | '—' => '-',
        c => c,
    };
    let plat: String = mots::plat(nom).chars().map(signe).collect();
    plat.replace("\" ", "\"").replace(" \"", "\"")
}

/// « IME » of « « IME » ».
pub(super) fn nu(nom: &str) -> String {
    nom.strip_prefix("« ").and_then(|n| n.strip_suffix(" »")).unwrap_or(nom).to_owned()
}
