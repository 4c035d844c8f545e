//! Questions to someone at a terminal → what they choose to take of a file that comes back.
//!
//! No answer is guessed: the end of the input stops, and nothing is then written.

use super::ecran;
use crate::echanges::reprise::{Reprise, Sens};
use crate::formats::sans_accents;
use std::io::{BufRead, IsTerminal};

/// Most times that a question is asked again.
const ESSAIS: usize = 5;

/// Whether someone can be asked: who types and who reads is a person.
pub fn possibles() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// What is asked of something: what it is, and the question.
pub struct Question {
    pub quoi: String,
    pub demande: &'static str,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reponse {
    Oui,
    Non,
    Tout,
    Arreter,
}

/// The numbers that are taken, one question each; nothing when the person stops. `question` gives what is shown and asked of a
/// number, or nothing when it cannot be taken.
pub fn choisir(
    entree: &mut dyn BufRead,
    reprise: &Reprise,
    question: &dyn Fn(&Reprise, usize) -> Option<Question>,
) -> Option<Vec<usize>> {
    let retire = |numero: usize| reprise.elements.iter().any(|e| e.numero == numero && e.sens == Sens::Retire);
    let numeros = reprise.changements.iter().map(|c| c.numero).chain(reprise.elements.iter().map(|e| e.numero));
    let (mut pris, mut tout) = (Vec::new(), false);
    for numero in numeros {
        let Some(Question { quoi, demande }) = question(reprise, numero) else { continue };
        // « Tout » never takes an element away: that is asked each time.
        if tout && !retire(numero) {
            pris.push(numero);
            continue;
        }
        ecran::note(&format!("{numero}. {quoi}"));
        match demander(entree, demande, true) {
            Reponse::Oui => pris.push(numero),
            Reponse::Non => {}
            Reponse::Tout => {
                tout = true;
                pris.push(numero);
            }
            Reponse::Arreter => return None,
        }
    }
    Some(pris)
}

/// A question that only « oui » says yes to.
pub fn confirmer(entree: &mut dyn BufRead, question: &str) -> bool {
    demander(entree, question, false) == Reponse::Oui
}

fn demander(entree: &mut dyn BufRead, question: &str, plusieurs: bool) -> Reponse {
    let admises = if plusieurs { "oui, non, tout (celle-ci et les suivantes) ou arrêter" } else { "oui ou non" };
    ecran::note(&format!("   {question} {admises} :"));
    for _ in 0..ESSAIS {
        let mut ligne = String::new();
        match entree.read_line(&mut ligne) {
            Ok(0) | Err(_) => return Reponse::Arreter,
            Ok(_) => {}
        }
        match sans_accents(ligne.trim()).to_lowercase().as_str() {
            "o" | "oui" => return Reponse::Oui,
            "n" | "non" => return Reponse::Non,
            "t" | "tout" | "toutes" | "tous" if plusieurs => return Reponse::Tout,
            "a" | "arreter" if plusieurs => return Reponse::Arreter,
            _ => ecran::note(&format!("   Répondez par {admises} :")),
        }
    }
    Reponse::Arreter
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::echanges::reprise::{Changement, ElementDeListe};
    use serde_json::Value;

    fn reprise() -> Reprise {
        let changement = |numero| Changement {
            numero,
            pointeur: String::new(),
            place: Vec::new(),
            titre: String::new(),
            position: None,
            avant: Value::Null,
            apres: Value::Null,
            lieu: None,
        };
        let element = |numero, sens| ElementDeListe {
            numero,
            sens,
            liste: String::new(),
            rang: 0,
            place: Vec::new(),
            clause: String::new(),
            position: None,
            element: Value::Null,
            a_preciser: Vec::new(),
            lieu: None,
        };
        Reprise {
            changements: (1..=3).map(changement).collect(),
            elements: vec![element(4, Sens::Ajoute), element(5, Sens::Retire)],
            ..Reprise::vide("")
        }
    }

    #[test]
    fn each_value_is_taken_or_not_and_stopping_takes_nothing() {
        let dire = |_: &Reprise, numero: usize| Some(Question { quoi: numero.to_string(), demande: "Prendre ?" });
        let choisir = |reponses: &str| choisir(&mut reponses.as_bytes(), &reprise(), &dire);
        for (reponses, attendu) in [
            ("oui\nnon\no\nn\nn\n", Some(vec![1, 3])),
            ("non\nTOUT\nnon\n", Some(vec![2, 3, 4])),
            ("tout\noui\n", Some(vec![1, 2, 3, 4, 5])),
            ("oui\npeut-être\noui\nn\nn\nn\n", Some(vec![1, 2])),
            ("oui\nArrêter\n", None),
            ("oui\n", None),
            ("x\nx\nx\nx\nx\noui\n", None),
        ] {
            assert_eq!(choisir(reponses), attendu, "{reponses}");
        }
        assert!(confirmer(&mut "OUI\n".as_bytes(), "Écrire ?"));
        for non in ["non\n", "", "tout\nx\nx\nx\nx\n"] {
            assert!(!confirmer(&mut non.as_bytes(), "Écrire ?"));
        }
    }
}
