//! What clauses ask of the law: a dated value, whether a text is in force, the days of the contract that choose.

use super::Demande;
use super::erreurs::faute;
use super::objets;
use crate::contrat::identifiants::Date;
use crate::droit::{Jours, texte, valeurs};
use minijinja::value::Kwargs;
use minijinja::{Environment, Error, ErrorKind, Value};

/// The date that texts and values in force are compared with.
pub fn date_de_signature(demande: &Demande<'_>) -> Option<Date> {
    demande.contrat.signature.valeur().and_then(|s| s.date.valeur().copied()).or(demande.date)
}

/// The days that choose between the states of the law.
pub fn jours(demande: &Demande<'_>) -> Jours {
    Jours { signature: date_de_signature(demande), effet: demande.contrat.periode.premier_jour() }
}

/// Declares `droit(id, annee=…)` and `en_vigueur(id)`.
pub fn declarer(env: &mut Environment<'static>, jours: Jours) {
    env.add_function("droit", move |id: String, options: Kwargs| -> Result<Value, Error> {
        let valeur = valeurs::valeur(&id).ok_or_else(|| {
            faute(
                ErrorKind::InvalidOperation,
                format!("« {id} » n'est pas une valeur de droit (« cpom regles --droit » les liste)"),
            )
        })?;
        let annee: Option<Value> = options.get("annee")?;
        options.assert_all_used()?;
        let annee = annee.and_then(|a| i16::try_from(a).ok());
        let datee = valeur.pour(jours, annee);
        Ok(datee.map_or_else(|| Value::from(()), |d| objets::calcule(&d.valeur, &id)))
    });
    env.add_function("en_vigueur", move |id: String| -> Result<bool, Error> {
        let texte = texte(&id).ok_or_else(|| {
            faute(ErrorKind::InvalidOperation, format!("« {id} » n'est pas l'identifiant d'un texte de droit"))
        })?;
        Ok(texte.en_vigueur(jours.signature.or(jours.effet)))
    });
}
