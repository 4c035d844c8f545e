//! Changes asked by path → the same changes of the data, one after the other, as they will be written in the files.
//!
//! It works on a copy: nothing is written here, and what was asked is refused whole or done whole.

use super::cles::{Cles, nomme_un_element};
use super::journal::Trace;
use crate::dossier::gestes::Geste;
use crate::remarque::jeton_de_pointeur;
use crate::schema::forme::{Forme, Nature, forme_du_contrat};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// What begins the token of « the element with these values, made when something is written in it ».
const SELECTION: char = '=';

/// The data being changed, and what was done to them.
pub struct Chantier {
    pub donnees: Value,
    pub cles: Cles,
    pub gestes: Vec<Geste>,
    /// The same changes by path, with what they replaced.
    pub traces: Vec<Trace>,
}

/// Why a path leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Egare {
    /// The element that it goes through is no longer there.
    Parti,
    /// It is no path of a contract.
    Inconnu,
}

/// Where a path leads.
#[derive(Debug, Clone)]
pub struct Lieu {
    pub pointeur: String,
    pub forme: Arc<Forme>,
    /// The elements to be made on the way: the list, and the element; in order.
    pub a_faire: Vec<(String, Value)>,
}

impl Chantier {
    pub fn nouveau(donnees: Value, cles: Cles) -> Self {
        Chantier { donnees, cles, gestes: Vec::new(), traces: Vec::new() }
    }

    /// Where a path leads, whether or not a value is there.
    pub fn trouver(&self, chemin: &str) -> Result<Lieu, Egare> {
        let mut lieu = Lieu { pointeur: String::new(), forme: forme_du_contrat(), a_faire: Vec::new() };
        if !chemin.is_empty() && !chemin.starts_with('/') {
            return Err(Egare::Inconnu);
        }
        for jeton in chemin.split('/').skip(1) {
            let forme = lieu.forme.a(jeton).ok_or(Egare::Inconnu)?;
            let liste = lieu.forme.nature == Nature::Liste;
            let jeton = match (liste, jeton) {
                (true, cle) if nomme_un_element(cle) => {
                    self.cles.rang(&lieu.pointeur, cle).ok_or(Egare::Parti)?.to_string()
                }
                (true, selection) if selection.starts_with(SELECTION) => {
                    let element = selectionne(&selection[1..], &forme).ok_or(Egare::Inconnu)?;
                    match self.rang_de(&lieu.pointeur, &element) {
                        Some(rang) => rang.to_string(),
                        None => {
                            let rang = self.place_de(&lieu.pointeur, &element);
                            lieu.a_faire.push((format!("{}/{rang}", lieu.pointeur), element));
                            rang.to_string()
                        }
                    }
                }
                (true, _) => return Err(Egare::Inconnu),
                (false, cle) => cle.to_owned(),
            };
            lieu.pointeur = format!("{}/{jeton}", lieu.pointeur);
            lieu.forme = forme;
        }
        Ok(lieu)
    }

    /// The value at a pointer.
    pub fn valeur(&self, pointeur: &str) -> Option<&Value> {
        self.donnees.pointer(pointeur)
    }

    /// Gives a value; the objects and the elements on the way are made.
    pub fn poser(&mut self, lieu: &Lieu, valeur: Value) {
        for (ici, element) in &lieu.a_faire {
            if let Some((liste, rang)) = liste_et_rang(ici) {
                self.inserer(liste, rang, element.clone());
            }
        }
        self.faire(Geste::Remplacer { pointeur: lieu.pointeur.clone(), valeur });
    }

    /// Takes a value away, with what it leaves empty: an object without keys, an element that only says which it is.
    pub fn oter(&mut self, lieu: &Lieu) {
        if !lieu.a_faire.is_empty() || self.valeur(&lieu.pointeur).is_none() {
            return;
        }
        let (mut pointeur, mut forme) = (lieu.pointeur.clone(), None);
        while let Some((parent, jeton)) = pointeur.rsplit_once('/') {
            let Some(contenant) = self.valeur(parent) else { break };
            let seul = match contenant {
                Value::Object(objet) => {
                    let reste = objet.keys().filter(|cle| **cle != jeton && !cle.starts_with('$'));
                    let forme: &Arc<Forme> = match &mut forme {
                        Some(forme) => forme,
                        vide => vide.insert(forme_du_contrat().a(parent).unwrap_or_else(forme_du_contrat)),
                    };
                    let requise = forme.requises.iter().any(|r| r == jeton);
                    let dans_une_liste = liste_et_rang(parent).is_some_and(|(l, _)| self.est_une_liste(l));
                    match dans_une_liste {
                        true => {
                            requise
                                && reste.clone().all(|cle| forme.requises.contains(cle))
                                && forme.cles.contains_key("annee")
                        }
                        false => parent.matches('/').count() > 1 && reste.count() == 0,
                    }
                }
                _ => false,
            };
            if !seul {
                break;
            }
            (pointeur, forme) = (parent.to_owned(), None);
        }
        self.retirer(&pointeur);
    }

    /// Takes what stands at a pointer away.
    pub fn retirer(&mut self, pointeur: &str) {
        self.faire(Geste::Retirer { pointeur: pointeur.to_owned() });
    }

    /// Puts an element in a list.
    pub fn inserer(&mut self, liste: &str, rang: usize, valeur: Value) {
        self.faire(Geste::Inserer { liste: liste.to_owned(), rang, valeur });
    }

    /// Moves an element of a list.
    pub fn deplacer(&mut self, liste: &str, de: usize, vers: usize) {
        self.faire(Geste::Deplacer { liste: liste.to_owned(), de, vers });
    }

    /// Does a change, in the data and in the keys.
    pub fn faire(&mut self, geste: Geste) {
        let avant = match &geste {
            Geste::Remplacer { pointeur, .. } | Geste::Retirer { pointeur } => self.valeur(pointeur).cloned(),
            Geste::Inserer { .. } | Geste::Deplacer { .. } => None,
        };
        let remplace_une_structure = avant.as_ref().is_some_and(|v| v.is_object() || v.is_array());
        if !geste.appliquer(&mut self.donnees) {
            return;
        }
        match &geste {
            Geste::Remplacer { pointeur, valeur } => {
                let chemin = self.cles.chemin(pointeur);
                self.traces.push(Trace::Valeur { chemin, avant, apres: Some(valeur.clone()) });
            }
            Geste::Retirer { pointeur } => match liste_et_rang(pointeur).filter(|(liste, _)| self.est_une_liste(liste))
            {
                Some((liste, rang)) => {
                    let cle = self.cles.jeton(liste, rang).unwrap_or_default();
                    let valeur = avant.unwrap_or_default();
                    self.traces.push(Trace::Parti { liste: self.cles.chemin(liste), cle, rang, valeur });
                    self.cles.retirer(liste, rang);
                }
                None => self.traces.push(Trace::Valeur { chemin: self.cles.chemin(pointeur), avant, apres: None }),
            },
            Geste::Inserer { liste, rang, valeur } => {
                self.cles.inserer(liste, *rang, valeur);
                let cle = self.cles.jeton(liste, *rang).unwrap_or_default();
                self.traces.push(Trace::Venu {
                    liste: self.cles.chemin(liste),
                    cle,
                    rang: *rang,
                    valeur: valeur.clone(),
                });
            }
            Geste::Deplacer { liste, de, vers } => {
                let cle = self.cles.jeton(liste, *de).unwrap_or_default();
                self.cles.deplacer(liste, *de, *vers);
                self.traces.push(Trace::Bouge { liste: self.cles.chemin(liste), cle, de: *de, vers: *vers });
            }
        }
        // A single value moves no element: a pasted block would walk the whole contract at each cell.
        let seule = matches!(&geste, Geste::Remplacer { valeur, .. } if !valeur.is_object() && !valeur.is_array());
        if !seule || remplace_une_structure {
            self.cles.suivre(&self.donnees);
        }
        self.gestes.push(geste);
    }

    /// Undoes changes, the last first; the path of the first one that something else has changed since.
    pub fn defaire(&mut self, traces: &[Trace]) -> Result<(), String> {
        for trace in traces.iter().rev() {
            match trace {
                Trace::Valeur { chemin, avant, apres } => {
                    let lieu = self.trouver(chemin).map_err(|_| chemin.clone())?;
                    if self.valeur(&lieu.pointeur) != apres.as_ref() {
                        return Err(chemin.clone());
                    }
                    match avant {
                        Some(avant) => self.poser(&lieu, avant.clone()),
                        None => self.retirer(&lieu.pointeur),
                    }
                }
                Trace::Venu { liste, cle, valeur, .. } => {
                    let ici = format!("{liste}/{cle}");
                    let lieu = self.trouver(&ici).map_err(|_| ici.clone())?;
                    if self.valeur(&lieu.pointeur) != Some(valeur) {
                        return Err(ici);
                    }
                    self.retirer(&lieu.pointeur);
                }
                Trace::Parti { liste, rang, valeur, cle } => {
                    let la = self.trouver(liste).map_err(|_| liste.clone())?.pointeur;
                    self.inserer(&la, *rang, valeur.clone());
                    self.cles.reprendre(&la, *rang, cle);
                }
                Trace::Bouge { liste, cle, de, .. } => {
                    let la = self.trouver(liste).map_err(|_| liste.clone())?.pointeur;
                    let rang = self.cles.rang(&la, cle).ok_or_else(|| format!("{liste}/{cle}"))?;
                    self.deplacer(&la, rang, *de);
                }
            }
        }
        Ok(())
    }

    fn est_une_liste(&self, pointeur: &str) -> bool {
        self.valeur(pointeur).is_some_and(Value::is_array)
    }

    /// The rank of the element of a list that has these values.
    fn rang_de(&self, liste: &str, element: &Value) -> Option<usize> {
        let voulues = element.as_object()?;
        self.valeur(liste)?.as_array()?.iter().position(|e| voulues.iter().all(|(cle, v)| e.get(cle) == Some(v)))
    }

    /// Where a new element of a list goes: in the order of the years, else at the end.
    fn place_de(&self, liste: &str, element: &Value) -> usize {
        let elements = self.valeur(liste).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let annee = |e: &Value| e.get("annee").and_then(Value::as_i64);
        let seule = element.as_object().is_some_and(|o| o.len() == 1);
        match annee(element).filter(|_| seule) {
            Some(voulue) => {
                elements.iter().position(|e| annee(e).is_some_and(|a| a > voulue)).unwrap_or(elements.len())
            }
            None => elements.len(),
        }
    }
}

/// « /a/l/3 »: the list, and the rank.
pub fn liste_et_rang(pointeur: &str) -> Option<(&str, usize)> {
    let (liste, rang) = pointeur.rsplit_once('/')?;
    Some((liste, rang.parse().ok()?))
}

/// « etablissement:ime&annee:2026 »: the element with these values, of the kinds of its keys.
fn selectionne(selection: &str, forme: &Forme) -> Option<Value> {
    let mut element = Map::new();
    for paire in selection.split('&') {
        let (cle, texte) = paire.split_once(':')?;
        let texte = decoder(texte)?;
        let valeur = match forme.cles.get(cle)?.nature {
            Nature::Annee | Nature::Nombre => json!(texte.parse::<i64>().ok()?),
            _ => json!(texte),
        };
        element.insert(cle.to_owned(), valeur);
    }
    (!element.is_empty()).then_some(Value::Object(element))
}

/// The token of the element of a list with these values.
pub fn selection<'v>(paires: impl IntoIterator<Item = (&'v str, String)>) -> String {
    let dire = |(cle, valeur): (&str, String)| format!("{cle}:{}", coder(&valeur));
    let paires: Vec<String> = paires.into_iter().map(dire).collect();
    format!("{SELECTION}{}", jeton_de_pointeur(&paires.join("&")))
}

fn coder(texte: &str) -> String {
    let mut sortie = String::new();
    for octet in texte.bytes() {
        match octet {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => sortie.push(char::from(octet)),
            autre => sortie.push_str(&format!("%{autre:02X}")),
        }
    }
    sortie
}

fn decoder(texte: &str) -> Option<String> {
    let mut octets = Vec::new();
    let mut reste = texte.as_bytes();
    while let Some((premier, suite)) = reste.split_first() {
        reste = suite;
        match premier {
            b'%' => {
                let (deux, suite) = reste.split_at_checked(2)?;
                octets.push(u8::from_str_radix(std::str::from_utf8(deux).ok()?, 16).ok()?);
                reste = suite;
            }
            autre => octets.push(*autre),
        }
    }
    String::from_utf8(octets).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chantier(donnees: Value) -> Chantier {
        let cles = Cles::de(&donnees);
        Chantier::nouveau(donnees, cles)
    }

    #[test]
    fn a_value_makes_what_it_needs_on_its_way_and_leaves_nothing_behind() {
        let mut c =
            chantier(json!({ "activite": [{ "etablissement": "ime", "cibles": [{ "annee": 2027, "fin": 1 }] }] }));
        let cible = |annee: i64| format!("/activite/@ime/cibles/{}/fin", selection([("annee", annee.to_string())]));
        let lieu = c.trouver(&cible(2026)).expect("a place");
        c.poser(&lieu, json!(5));
        assert_eq!(
            c.donnees["activite"][0]["cibles"],
            json!([{ "annee": 2026, "fin": 5 }, { "annee": 2027, "fin": 1 }]),
            "in the order of the years"
        );
        assert!(c.trouver(&cible(2026)).expect("a place").a_faire.is_empty());
        let lieu = c.trouver(&cible(2026)).expect("a place");
        c.oter(&lieu);
        assert_eq!(c.donnees["activite"][0]["cibles"], json!([{ "annee": 2027, "fin": 1 }]), "a year without a target");

        let budget = selection([("etablissement", "ime".to_owned()), ("annee", "2025".into())]);
        let lieu = c.trouver(&format!("/moyens/budgets/{budget}/depenses/groupe_1")).expect("a place");
        c.poser(&lieu, json!(12.5));
        let attendu = json!([{ "etablissement": "ime", "annee": 2025, "depenses": { "groupe_1": 12.5 } }]);
        assert_eq!(c.donnees["moyens"]["budgets"], attendu);
        let lieu = c.trouver("/moyens/budgets/@ime-2025/depenses/groupe_1").expect("a place");
        c.oter(&lieu);
        assert_eq!(c.donnees["moyens"]["budgets"], json!([{ "etablissement": "ime", "annee": 2025 }]));
        let lieu = c.trouver("/activite/@ime/realise/2024").expect("a place");
        c.poser(&lieu, json!(3));
        assert_eq!(c.donnees["activite"][0]["realise"], json!({ "2024": 3 }));
    }

    /// The changes of someone are undone though others came after; not where these touched the same value.
    #[test]
    fn changes_are_undone_one_by_one_unless_something_else_changed_them() {
        let depart = json!({
            "perimetre": { "etablissements": [{ "id": "a", "nom": "A" }, { "id": "b" }, { "id": "c" }] },
        });
        let mut c = chantier(depart.clone());
        let nom = |c: &mut Chantier, qui: &str, nom: &str| {
            let lieu = c.trouver(&format!("/perimetre/etablissements/@{qui}/nom")).expect("a place");
            c.poser(&lieu, json!(nom));
        };
        nom(&mut c, "a", "A'");
        c.deplacer("/perimetre/etablissements", 0, 2);
        c.retirer("/perimetre/etablissements/0");
        c.inserer("/perimetre/etablissements", 0, json!({ "id": "d" }));
        let traces = std::mem::take(&mut c.traces);
        nom(&mut c, "c", "C");
        c.defaire(&traces).expect("undone");
        let mut attendu = depart;
        attendu["perimetre"]["etablissements"][2]["nom"] = json!("C");
        assert_eq!(c.donnees, attendu);
        c.traces.clear();
        nom(&mut c, "b", "B");
        let traces = std::mem::take(&mut c.traces);
        nom(&mut c, "b", "B'");
        assert_eq!(c.defaire(&traces).err().as_deref(), Some("/perimetre/etablissements/@b/nom"));
    }

    #[test]
    fn a_path_that_leads_nowhere_is_told() {
        let c = chantier(json!({ "activite": [{ "etablissement": "ime" }] }));
        for (chemin, egare) in [
            ("/activite/@mas/jours", Egare::Parti),
            ("/activite/0/jours", Egare::Inconnu),
            ("/activite/@ime/inconnue", Egare::Inconnu),
            ("activite", Egare::Inconnu),
            ("/activite/=x", Egare::Inconnu),
            ("/activite/=jours:beaucoup/unite", Egare::Inconnu),
            ("/activite/=etablissement:%zz", Egare::Inconnu),
        ] {
            assert_eq!(c.trouver(chemin).err(), Some(egare), "{chemin}");
        }
        assert_eq!(decoder(&coder("é &:/~%")).as_deref(), Some("é &:/~%"));
    }
}
