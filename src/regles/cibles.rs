//! The targets of an indicator or of an activity, year after year: where they break, shared by the rules of both.

use crate::contrat::objectifs::Cible;

/// A year that does not begin where the one before ended.
pub struct Rupture {
    /// Rank of the target that begins elsewhere.
    pub rang: usize,
    pub annee: u16,
    /// Where the year before ended, or the value of departure.
    pub attendu: f64,
    pub debut: f64,
    /// Whether it is the first year, compared with the value of departure.
    pub premiere: bool,
}

/// Where consecutive targets break; the first is compared with `depart`.
pub fn ruptures(cibles: &[Cible], depart: Option<f64>) -> Vec<Rupture> {
    let mut rangs: Vec<usize> = (0..cibles.len()).collect();
    rangs.sort_by_key(|rang| cibles[*rang].annee);
    let mut avant: Option<(u16, f64)> = None;
    let mut trouvees = Vec::new();
    for (place, rang) in rangs.into_iter().enumerate() {
        let cible = &cibles[rang];
        let annee = cible.annee.valeur();
        let attendu = match avant {
            Some((precedente, fin)) => (precedente + 1 == annee).then_some(fin),
            None if place == 0 => depart,
            None => None,
        };
        let debut = cible.debut.valeur().and_then(|m| m.nombre());
        if let Some((attendu, debut)) = attendu.zip(debut).filter(|(a, d)| (a - d).abs() > 1e-9) {
            trouvees.push(Rupture { rang, annee, attendu, debut, premiere: avant.is_none() });
        }
        avant = cible.fin.nombre().map(|fin| (annee, fin));
    }
    trouvees
}

/// The targets at the end of each year, in the order of the years, with their rank; none when one is in words or approximate.
pub fn fins(cibles: &[Cible]) -> Vec<(usize, f64)> {
    let mut rangs: Vec<usize> = (0..cibles.len()).collect();
    rangs.sort_by_key(|rang| cibles[*rang].annee);
    rangs.into_iter().filter_map(|rang| Some((rang, cibles[rang].fin.nombre()?))).collect()
}
