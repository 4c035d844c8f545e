//! The elements of a contract and their identifiers → the names under which they are printed, and back.

use crate::contrat::Contrat;
use crate::formats::mots::plat;
use crate::redaction::nom_de_partie;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What a table writes of an element that is about all the establishments of the contract.
pub(super) const ENSEMBLE: &str = "ensemble du périmètre";

/// The names of the elements of a contract.
#[derive(Debug, Default)]
pub(super) struct Noms {
    par_id: BTreeMap<String, BTreeSet<String>>,
    par_nom: BTreeMap<String, BTreeSet<String>>,
}

impl Noms {
    pub fn de(donnees: &Value, contrat: Option<&Contrat>) -> Self {
        let mut noms = Noms::default();
        noms.parcourir(donnees);
        let ids: Vec<String> = noms.par_id.keys().cloned().collect();
        for id in ids {
            let partie = contrat.and_then(|contrat| nom_de_partie(contrat, &id));
            for nom in partie.into_iter().flat_map(|partie| [partie.nom, partie.le]).flatten() {
                noms.nommer(&id, &nom);
            }
        }
        noms
    }

    fn parcourir(&mut self, valeur: &Value) {
        match valeur {
            Value::Array(elements) => elements.iter().for_each(|element| self.parcourir(element)),
            Value::Object(objet) => {
                if let Some(id) = objet.get("id").and_then(Value::as_str) {
                    self.par_id.entry(id.to_owned()).or_default();
                    self.nommer(id, id);
                    for cle in ["nom", "titre", "libelle", "texte"] {
                        let nom = objet.get(cle).and_then(Value::as_str);
                        nom.into_iter().for_each(|nom| self.nommer(id, nom));
                    }
                }
                objet.values().for_each(|valeur| self.parcourir(valeur));
            }
            _ => {}
        }
    }

    fn nommer(&mut self, id: &str, nom: &str) {
        let nom = plat(nom);
        self.par_id.entry(id.to_owned()).or_default().insert(nom.clone());
        self.par_nom.entry(nom).or_default().insert(id.to_owned());
    }

    pub fn connait(&self, id: &str) -> bool {
        self.par_id.contains_key(id)
    }

    /// Whether words are a name of the element.
    pub fn est(&self, id: &str, plat: &str) -> bool {
        self.par_id.get(id).is_some_and(|noms| noms.contains(plat))
    }

    /// Whether words name one of the names of the element among others.
    pub fn est_dans(&self, id: &str, plat: &str) -> bool {
        self.par_id.get(id).into_iter().flatten().any(|nom| nom != id && contient(plat, nom))
    }

    /// Whether words are the names of all these elements and nothing more.
    pub fn sont(&self, ids: &[&str], plat: &str) -> bool {
        let morceaux = decouper(plat);
        morceaux.len() == ids.len() && ids.iter().zip(&morceaux).all(|(id, morceau)| self.est(id, morceau))
    }

    /// The element that words name.
    pub fn lire(&self, texte: &str) -> Result<String, String> {
        let ids: Vec<&String> = self.par_nom.get(&plat(texte)).into_iter().flatten().collect();
        match ids.as_slice() {
            [id] => Ok((*id).clone()),
            [] => Err(format!("« {texte} » n'est le nom d'aucun élément du contrat")),
            _ => Err(format!("plusieurs éléments du contrat se nomment « {texte} »")),
        }
    }

    /// The elements that words name, one after the other: « A, B et C ».
    pub fn lire_tous(&self, texte: &str) -> Result<Vec<String>, String> {
        // A name may hold an « et » of its own.
        if let Ok(seul) = self.lire(texte) {
            return Ok(vec![seul]);
        }
        let lignes: Vec<String> = texte.lines().flat_map(decouper).collect();
        lignes.iter().map(|morceau| self.lire(morceau)).collect()
    }

    /// An identifier that no element has, made of words.
    pub fn nouvel_id(&self, mots: &str) -> Option<String> {
        const LONGUEUR_MAX: usize = 48;
        let sans = crate::formats::sans_accents(mots);
        let mots = sans.split(|c: char| !c.is_ascii_alphanumeric()).filter(|mot| !mot.is_empty());
        let mut id = String::new();
        for mot in mots {
            if !id.is_empty() && id.len() + mot.len() >= LONGUEUR_MAX {
                break;
            }
            if !id.is_empty() {
                id.push('-');
            }
            id.push_str(mot);
        }
        let id: String = id.to_lowercase().chars().take(LONGUEUR_MAX).collect();
        let libre = |id: &String| !self.connait(id);
        (!id.is_empty()).then_some(())?;
        std::iter::once(id.clone()).chain((2..1000).map(|n| format!("{id}-{n}"))).find(libre)
    }
}

/// « A, B et C », « A ; B » → each.
fn decouper(texte: &str) -> Vec<String> {
    let uni = texte.replace(" ; ", ", ").replace(" et ", ", ");
    uni.split(", ").map(|morceau| morceau.trim().to_owned()).filter(|morceau| !morceau.is_empty()).collect()
}

/// Whether words hold others; short ones as words of their own.
pub(super) fn contient(texte: &str, mots: &str) -> bool {
    const COURT: usize = 5;
    if mots.is_empty() {
        return false;
    }
    let libre = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    texte.match_indices(mots).any(|(place, _)| {
        let (avant, apres) = (&texte[..place], &texte[place + mots.len()..]);
        let entier = libre(avant.chars().next_back()) && libre(apres.chars().next());
        entier || mots.chars().count() >= COURT && libre(avant.chars().next_back())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_lead_to_their_elements_and_back() {
        let donnees = json!({ "a": [{ "id": "ime", "nom": "IME L'Aube et la Nuit" }, { "id": "mas", "nom": "MAS" }] });
        let noms = Noms::de(&donnees, None);
        assert_eq!(noms.lire("ime l\u{2019}aube et la nuit"), Ok("ime".into()));
        assert_eq!(noms.lire_tous("IME L'Aube et la Nuit"), Ok(vec!["ime".into()]));
        assert_eq!(noms.lire_tous("MAS ; ime"), Ok(vec!["mas".into(), "ime".into()]));
        assert!(noms.lire("SESSAD").is_err_and(|motif| motif.contains("SESSAD")));
        assert!(noms.sont(&["mas", "ime"], "mas et ime"));
        assert_eq!(noms.nouvel_id("MAS"), Some("mas-2".into()));
        assert_eq!(noms.nouvel_id("Réduire l'absentéisme"), Some("reduire-l-absenteisme".into()));
        assert_eq!(noms.nouvel_id("…"), None);
        assert!(contient("indicateurs suivis", "suivi") && !contient("12026", "2026") && contient("en 2026", "2026"));
    }
}
