//! What a file would change, held against the schema: values that it refuses, what elements to add lack; then each its number.

use super::application::{Prises, appliquer};
use super::reponse::{Changement, Ecart, Reprise, Sens};
use crate::dossier::{self, Ouverture};
use crate::remarque::Remarque;
use serde_json::Value;
use std::collections::BTreeMap;

/// Sets aside the values that the contract cannot hold, says what elements lack, numbers what may be taken.
pub fn juger(ouverture: &Ouverture, reprise: &mut Reprise) -> Result<(), dossier::Erreur> {
    ecarter_les_refusees(ouverture, reprise)?;
    preciser(ouverture, reprise)?;
    let numeros = reprise.changements.iter_mut().map(|c| &mut c.numero);
    let numeros = numeros.chain(reprise.elements.iter_mut().map(|e| &mut e.numero));
    numeros.zip(1..).for_each(|(numero, rang)| *numero = rang);
    Ok(())
}

/// A value that the schema refuses is set aside and told.
fn ecarter_les_refusees(ouverture: &Ouverture, reprise: &mut Reprise) -> Result<(), dossier::Erreur> {
    let changements = &mut reprise.changements;
    let mut refusees = Vec::new();
    while !changements.is_empty() {
        let prises = Prises { changements: changements.iter().collect(), ..Prises::default() };
        let (neuve, _) = appliquer(ouverture, &prises)?;
        let motifs: BTreeMap<&str, &str> =
            neuve.remarques.iter().rev().map(|r| (r.pointeur.as_str(), r.message.as_str())).collect();
        let (fautifs, gardes): (Vec<_>, Vec<_>) =
            std::mem::take(changements).into_iter().partition(|c| motifs.contains_key(c.pointeur.as_str()));
        *changements = gardes;
        if fautifs.is_empty() {
            break;
        }
        for Changement { pointeur, titre, apres, lieu, .. } in fautifs {
            let motif = motifs.get(pointeur.as_str()).map(|m| (*m).to_owned()).unwrap_or_default();
            let texte = apres.as_str().map_or_else(|| apres.to_string(), String::from);
            refusees.push(Ecart::ValeurRefusee { pointeur, titre, texte, motif, lieu });
        }
    }
    reprise.ecarts.splice(0..0, refusees);
    Ok(())
}

/// What the schema asks for and an element to add has not.
fn preciser(ouverture: &Ouverture, reprise: &mut Reprise) -> Result<(), dossier::Erreur> {
    let ajouts = reprise.elements.iter().filter(|e| e.sens == Sens::Ajoute);
    // An element may stand in one that the changes complete.
    let prises = Prises { changements: reprise.changements.iter().collect(), elements: ajouts.collect() };
    if prises.elements.is_empty() {
        return Ok(());
    }
    let (neuve, _) = appliquer(ouverture, &prises)?;
    for element in reprise.elements.iter_mut().filter(|e| e.sens == Sens::Ajoute) {
        let liste = neuve.donnees.pointer(&element.liste).and_then(Value::as_array);
        let rang = liste.and_then(|liste| liste.iter().position(|autre| *autre == element.element));
        let Some(rang) = rang else {
            element.a_preciser.push("la ligne ne dit rien que le contrat puisse tenir".into());
            continue;
        };
        let ici = format!("{}/{rang}", element.liste);
        let dedans = |r: &&Remarque| {
            let suite = r.pointeur.strip_prefix(&ici);
            suite.is_some_and(|suite| suite.is_empty() || suite.starts_with('/'))
        };
        let manques = neuve.remarques.iter().filter(dedans).map(|r| r.message.trim_end_matches('.').to_owned());
        element.a_preciser.extend(manques);
    }
    Ok(())
}
