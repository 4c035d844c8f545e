//! The visas of a document: what the model names, in force at the signature, and the places of what the contract gives.

use super::erreurs;
use super::objets::compose;
use super::{Demande, Erreur};
use crate::contrat::identifiants::Date;
use crate::droit;
use crate::modele::visas::Visa;
use crate::regles::competence::regions;
use minijinja::Value;

/// Says whether a condition of the model holds.
type Evaluer<'a> = &'a dyn Fn(&str) -> Result<bool, minijinja::Error>;

/// The visas in force whose condition holds: `{texte, place}`, one of them empty.
pub fn visas(demande: &Demande<'_>, date: Option<Date>, evaluer: Evaluer<'_>) -> Result<Vec<Value>, Erreur> {
    let manifeste = &demande.modele.manifeste;
    let de_la_region = manifeste.est_d_une_region(&regions(demande.contrat));
    let mut sortie = Vec::new();
    for visa in manifeste.visas.iter().filter(|v| v.en_vigueur(date) && (de_la_region || !v.regional)) {
        if let Some(inconnu) = visa.textes().find(|id| droit::texte(id).is_none()) {
            return Err(Erreur::TexteDeDroit { visa: visa.designation(), texte: inconnu.to_string() });
        }
        if !tient(evaluer, visa, visa.condition.as_deref())? {
            continue;
        }
        let mots = visa.mots(date, |article| tient(evaluer, visa, article.condition.as_deref()))?;
        let place = visa.place.map_or("", |p| p.nom());
        if mots.is_some() || !place.is_empty() {
            let texte = Value::from(mots.unwrap_or_default());
            sortie.push(compose("visa", vec![("texte", texte), ("place", Value::from(place))]));
        }
    }
    Ok(sortie)
}

fn tient(evaluer: Evaluer<'_>, visa: &Visa, condition: Option<&str>) -> Result<bool, Erreur> {
    let Some(condition) = condition else { return Ok(true) };
    evaluer(condition).map_err(|e| Erreur::Condition {
        element: visa.designation(),
        condition: condition.to_string(),
        message: erreurs::message(&e),
    })
}
