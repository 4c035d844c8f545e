//! What a file says, value by value → the changes of a contract: only those that differ, each with its place and its source.

use super::jugement::juger;
use super::reponse::{Changement, Ecart, ElementDeListe, Reprise, Sens};
use crate::contrat::champ::NON_APPLICABLE;
use crate::dossier::{self, Ouverture};
use crate::schema::chemin::Chemins;
use crate::schema::forme::forme_du_contrat;
use serde_json::Value;

/// What is proposed so far.
pub struct Propositions<'o> {
    pub donnees: &'o Value,
    ouverture: &'o Ouverture,
    chemins: Chemins<'o>,
    /// Whether two writings are the same value.
    memes: fn(&Value, &Value) -> bool,
    champs: usize,
    changements: Vec<Changement>,
    elements: Vec<ElementDeListe>,
    ecarts: Vec<Ecart>,
    notes: Vec<String>,
}

impl<'o> Propositions<'o> {
    pub fn nouvelles(ouverture: &'o Ouverture, memes: fn(&Value, &Value) -> bool) -> Self {
        let donnees: &Value = &ouverture.donnees;
        Propositions {
            donnees,
            ouverture,
            chemins: Chemins::de(donnees),
            memes,
            champs: 0,
            changements: Vec::new(),
            elements: Vec::new(),
            ecarts: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The elements of a list of the contract.
    pub fn liste(&self, pointeur: &str) -> &'o [Value] {
        self.donnees.pointer(pointeur).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// Proposes a value, unless the contract says the same, or that it is without object.
    pub fn valeur(&mut self, pointeur: &str, apres: &Value, lieu: &str) {
        self.champs += 1;
        let avant = self.donnees.pointer(pointeur).cloned().unwrap_or(Value::Null);
        if avant.get(NON_APPLICABLE).is_some() || (self.memes)(&avant, apres) {
            return;
        }
        self.changements.push(Changement {
            numero: 0,
            place: self.place(pointeur),
            titre: forme_du_contrat().a(pointeur).map(|forme| forme.titre.clone()).unwrap_or_default(),
            position: self.ouverture.lecture.positions.de(pointeur),
            pointeur: pointeur.to_owned(),
            avant,
            apres: apres.clone(),
            lieu: Some(lieu.to_owned()),
        });
    }

    /// Proposes an element, at the end of its list.
    pub fn ajout(&mut self, liste: &str, element: Value, lieu: &str) {
        let deja = self.elements.iter().filter(|autre| autre.liste == liste).count();
        self.elements.push(ElementDeListe {
            numero: 0,
            sens: Sens::Ajoute,
            liste: liste.to_owned(),
            rang: self.liste(liste).len() + deja,
            place: self.place(liste),
            clause: String::new(),
            position: self.ouverture.lecture.positions.de(liste),
            element,
            a_preciser: Vec::new(),
            lieu: Some(lieu.to_owned()),
        });
    }

    /// Tells what is read and cannot be taken.
    pub fn ecart(&mut self, lieu: &str, texte: String, motif: String, a_faire: &str) {
        self.ecarts.push(Ecart::NonRepris { lieu: lieu.to_owned(), texte, motif, a_faire: a_faire.to_owned() });
    }

    pub fn note(&mut self, note: String) {
        self.notes.push(note);
    }

    /// The list, held against the schema and numbered.
    pub fn finir(self) -> Result<Reprise, dossier::Erreur> {
        let mut reprise = Reprise {
            champs: self.champs,
            changements: self.changements,
            elements: self.elements,
            ecarts: self.ecarts,
            notes: self.notes,
            ..Reprise::vide(self.donnees["reference"].as_str().unwrap_or_default())
        };
        juger(self.ouverture, &mut reprise)?;
        Ok(reprise)
    }

    fn place(&self, pointeur: &str) -> Vec<String> {
        self.chemins.etapes(pointeur).into_iter().map(|etape| etape.nom).collect()
    }
}
