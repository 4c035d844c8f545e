//! Places of an establishment, known only when every mode counted in places gives its own.

use crate::contrat::calculs::GenreCapacite;
use crate::contrat::champ::Champ;
use crate::contrat::perimetre::Etablissement;

/// Sum of the authorised places; 0 when its capacity is without object, `None` when a mode is blank.
pub fn places_completes(etablissement: &Etablissement) -> Option<u32> {
    match &etablissement.capacites {
        Champ::Absent => None,
        Champ::NonApplicable(_) => Some(0),
        Champ::Valeur(capacites) => {
            let incomplete = capacites.iter().any(|c| c.en_places() && c.autorisee.est_absent());
            (!incomplete).then(|| etablissement.places(GenreCapacite::Autorisee).unwrap_or(0))
        }
    }
}
