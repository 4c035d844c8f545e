//! A contract → the slips that a hand may make in it, each at one place and of one kind.
//!
//! It must not know what is seen of them.

use cpom::contrat::renvois::{self, NOMMEES};
use cpom::schema::forme::{Forme, Nature, forme_du_contrat};
use serde_json::{Number, Value};
use std::sync::Arc;

/// A slip of the hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Geste {
    Dix,
    Dixieme,
    DixPourCent,
    Inversion,
    Signe,
    AnneeSuivante,
    DateDUnAn,
    AutreElement,
    AutreChoix,
    AutreNumero,
}

impl Geste {
    pub const TOUS: [Geste; 10] = [
        Geste::Dix,
        Geste::Dixieme,
        Geste::DixPourCent,
        Geste::Inversion,
        Geste::Signe,
        Geste::AnneeSuivante,
        Geste::DateDUnAn,
        Geste::AutreElement,
        Geste::AutreChoix,
        Geste::AutreNumero,
    ];

    pub fn titre(self) -> &'static str {
        match self {
            Geste::Dix => "×10",
            Geste::Dixieme => "÷10",
            Geste::DixPourCent => "+10 %",
            Geste::Inversion => "swap",
            Geste::Signe => "sign",
            Geste::AnneeSuivante => "year",
            Geste::DateDUnAn => "date",
            Geste::AutreElement => "element",
            Geste::AutreChoix => "choice",
            Geste::AutreNumero => "number",
        }
    }
}

/// One slip: the value that would stand at a place.
#[derive(Debug)]
pub struct Changement {
    pub pointeur: String,
    /// The place with `*` for ranks and years: what two elements of a list share.
    pub motif: String,
    pub geste: Geste,
    pub valeur: Value,
}

/// Every slip of every value of a contract, in its order.
pub fn changements(donnees: &Value) -> Vec<Changement> {
    let mut parcours = Parcours { racine: forme_du_contrat(), donnees, trouves: Vec::new() };
    parcours.suivre(donnees, "", "");
    parcours.trouves
}

struct Parcours<'a> {
    racine: Arc<Forme>,
    donnees: &'a Value,
    trouves: Vec<Changement>,
}

impl Parcours<'_> {
    fn suivre(&mut self, valeur: &Value, pointeur: &str, motif: &str) {
        match valeur {
            Value::Object(objet) => {
                for (cle, v) in objet {
                    let est_une_annee = cle.len() == 4 && cle.bytes().all(|b| b.is_ascii_digit());
                    let pas = if est_une_annee { "*" } else { cle };
                    self.suivre(v, &format!("{pointeur}/{cle}"), &format!("{motif}/{pas}"));
                }
            }
            Value::Array(elements) => {
                for (rang, v) in elements.iter().enumerate() {
                    self.suivre(v, &format!("{pointeur}/{rang}"), &format!("{motif}/*"));
                }
            }
            _ => {
                let vers = renvois::vers(motif);
                let nature = self.racine.a(pointeur).map(|forme| forme.nature.clone());
                let glissements = match (valeur, vers, nature) {
                    (Value::String(texte), Some(_), _) => self.autres_elements(motif, texte),
                    (Value::Number(nombre), _, Some(Nature::Annee)) => annees(nombre),
                    (Value::Number(nombre), ..) if !motif.ends_with("/numero") => chiffres(nombre),
                    (Value::String(texte), _, Some(Nature::Choix(choix))) => autres_choix(texte, &choix),
                    (Value::String(texte), _, Some(Nature::Date | Nature::Echeance)) => dates(texte),
                    (Value::String(texte), _, Some(nature)) => numeros(texte, &nature),
                    _ => Vec::new(),
                };
                self.trouves.extend(glissements.into_iter().map(|(geste, valeur)| Changement {
                    pointeur: pointeur.to_owned(),
                    motif: motif.to_owned(),
                    geste,
                    valeur,
                }));
            }
        }
    }

    /// The element of the same list that comes after the named one.
    fn autres_elements(&self, motif: &str, texte: &str) -> Vec<(Geste, Value)> {
        let listes = NOMMEES.iter().filter(|liste| renvois::vers(motif).is_some_and(|v| v.admet(liste)));
        for liste in listes {
            let ids: Vec<&str> = self
                .donnees
                .pointer(liste)
                .and_then(Value::as_array)
                .map(|elements| elements.iter().filter_map(|e| e.get("id")?.as_str()).collect())
                .unwrap_or_default();
            if let Some(rang) = ids.iter().position(|id| *id == texte).filter(|_| ids.len() > 1) {
                return vec![(Geste::AutreElement, ids[(rang + 1) % ids.len()].into())];
            }
        }
        Vec::new()
    }
}

/// A number as someone mistypes it: its digits are kept, and as many decimals.
fn chiffres(nombre: &Number) -> Vec<(Geste, Value)> {
    let entier = nombre.is_i64() || nombre.is_u64();
    let Some(valeur) = nombre.as_f64().filter(|v| *v != 0.0) else { return Vec::new() };
    let arrondi = |v: f64| if entier { v.round() } else { (v * 100.0).round() / 100.0 };
    let mut glissements = vec![
        (Geste::Dix, arrondi(valeur * 10.0)),
        (Geste::Dixieme, arrondi(valeur / 10.0)),
        (Geste::DixPourCent, arrondi(valeur * 1.1)),
        (Geste::Signe, -valeur),
    ];
    glissements.extend(inversions(&nombre.to_string()).into_iter().map(|v| (Geste::Inversion, v)));
    let autres = glissements.into_iter().filter(|(_, v)| *v != valeur);
    autres.map(|(geste, v)| (geste, if entier { Value::from(v as i64) } else { Value::from(v) })).collect()
}

/// Two neighbouring digits the one for the other: the first that differ, and the last.
fn inversions(texte: &str) -> Vec<f64> {
    let octets = texte.as_bytes();
    let differents =
        |n: &usize| octets[*n].is_ascii_digit() && octets[*n + 1].is_ascii_digit() && octets[*n] != octets[*n + 1];
    let rangs: Vec<usize> = (0..octets.len().saturating_sub(1)).filter(differents).collect();
    let mut choisis: Vec<usize> = rangs.first().into_iter().chain(rangs.last()).copied().collect();
    choisis.dedup();
    let inverse = |rang: usize| {
        let mut autres = octets.to_vec();
        autres.swap(rang, rang + 1);
        String::from_utf8(autres).ok()?.parse().ok()
    };
    choisis.into_iter().filter_map(inverse).collect()
}

fn annees(nombre: &Number) -> Vec<(Geste, Value)> {
    let annee = nombre.as_i64().unwrap_or(2000);
    vec![(Geste::AnneeSuivante, Value::from(annee + 1))]
}

/// A day, a month or a year, a year later and a year sooner.
fn dates(texte: &str) -> Vec<(Geste, Value)> {
    let Some((annee, reste)) = texte.get(..4).and_then(|a| a.parse::<i32>().ok()).zip(texte.get(4..)) else {
        return Vec::new();
    };
    [1, -1].into_iter().map(|ecart| (Geste::DateDUnAn, Value::from(format!("{:04}{reste}", annee + ecart)))).collect()
}

fn autres_choix(texte: &str, choix: &[(String, String)]) -> Vec<(Geste, Value)> {
    let rang = choix.iter().position(|(valeur, _)| valeur == texte);
    let suivant = rang.filter(|_| choix.len() > 1).map(|rang| choix[(rang + 1) % choix.len()].0.clone());
    suivant.into_iter().map(|valeur| (Geste::AutreChoix, Value::from(valeur))).collect()
}

/// A registered number with two digits swapped, or a code of a table for another.
fn numeros(texte: &str, nature: &Nature) -> Vec<(Geste, Value)> {
    let autre = |codes: &[&str]| codes.iter().find(|code| **code != texte).map(|code| Value::from(*code));
    let valeur = match nature {
        Nature::Finess | Nature::Siren | Nature::Siret => {
            let octets = texte.as_bytes();
            let rang = (2..octets.len().saturating_sub(1)).find(|n| octets[*n] != octets[*n + 1]);
            rang.map(|rang| {
                let mut autres: Vec<char> = texte.chars().collect();
                autres.swap(rang, rang + 1);
                Value::from(autres.into_iter().collect::<String>())
            })
        }
        Nature::Departement => autre(&["59", "62"]),
        Nature::Region => autre(&["32", "44"]),
        Nature::Categorie => autre(&["255", "183"]),
        Nature::Statut => autre(&["60", "17"]),
        _ => None,
    };
    valeur.into_iter().map(|v| (Geste::AutreNumero, v)).collect()
}
