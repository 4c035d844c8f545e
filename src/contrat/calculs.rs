//! What a contract implies without saying it: end date, totals, means, twelfths, who signs.
//!
//! Pure functions of the contract, shared by the printed text and by the consistency rules, so that both
//! always give the same figures. A missing value counts for nothing; nothing here judges.

use super::activite::{Activite, BaseCapacite, UniteActivite};
use super::champ::Champ;
use super::identifiants::{Date, Montant};
use super::moyens::{Budget, Groupes};
use super::parties::{Autorite, Gestionnaire};
use super::perimetre::{Capacite, Etablissement, Etp, Inclusion, UniteCapacite};
use super::textes::Entier;
use super::{Contrat, Periode, PriseEffet};

impl Periode {
    /// Whether the contract takes effect at the last signature (then no end date can be printed).
    pub fn a_la_derniere_signature(&self) -> bool {
        self.prise_effet.valeur() == Some(&PriseEffet::DerniereSignature)
    }

    /// First day of effect, when it is a date of the contract (not « at the last signature »).
    pub fn premier_jour(&self) -> Option<Date> {
        self.debut.valeur().copied().filter(|_| !self.a_la_derniere_signature())
    }

    /// The last day: as given, else start + duration − one day.
    pub fn dernier_jour(&self) -> Option<Date> {
        self.fin.valeur().copied().or_else(|| {
            let debut = self.debut.valeur()?;
            let annees = i16::try_from(self.duree_annees.valeur()?.0).ok()?;
            (1..=99).contains(&annees).then(|| debut.plus_annees(annees).veille())
        })
    }

    /// The duration in years: as given, else counted from the dates when they bound whole years.
    pub fn duree(&self) -> Option<u32> {
        self.duree_annees.valeur().map(|d| d.0).or_else(|| {
            let (debut, fin) = (self.debut.valeur()?, self.fin.valeur()?.lendemain());
            let annees = fin.annee() - debut.annee();
            (annees > 0 && debut.plus_annees(annees) == fin).then_some(annees as u32)
        })
    }

    /// The calendar years of the contract, from the first (at most twelve).
    ///
    /// A contract that starts on another day than 1 January covers one calendar year more; its years are
    /// counted from the effect, as practice does: five years give five years.
    pub fn annees(&self) -> Vec<i16> {
        let Some(debut) = self.debut.valeur() else { return Vec::new() };
        let duree = self.duree().unwrap_or(5).min(12) as i16;
        (0..duree).map(|n| debut.annee().saturating_add(n)).collect()
    }
}

/// FINESS category of a « établissement d'hébergement pour personnes âgées dépendantes ».
const EHPAD: &str = "500";
/// FINESS category of a « centre d'hébergement et de réinsertion sociale ».
const CHRS: &str = "214";

impl Etablissement {
    fn est_de_categorie(&self, code: &str) -> bool {
        self.categorie.valeur().is_some_and(|c| c.as_str() == code)
    }

    /// Whether it houses dependent elderly people, under rules of its own.
    pub fn est_un_ehpad(&self) -> bool {
        self.est_de_categorie(EHPAD)
    }

    /// Whether it is a « centre d'hébergement et de réinsertion sociale ».
    pub fn est_un_chrs(&self) -> bool {
        self.est_de_categorie(CHRS)
    }

    /// In the perimeter unless excluded with a reason.
    pub fn est_inclus(&self) -> bool {
        !matches!(self.inclus, Champ::Valeur(Inclusion::Exclu { .. }))
    }

    /// Whether every mode gives its installed places, and none has any.
    pub fn a_installer(&self) -> bool {
        let capacites = self.capacites.elements();
        !capacites.is_empty()
            && capacites.iter().all(|c| c.installee.valeur() == Some(&Entier(0)))
            && capacites.iter().any(|c| c.autorisee.valeur().is_some_and(|n| n.0 > 0))
    }

    /// Whether it is still to open: it says when, or nothing is installed.
    pub fn a_ouvrir(&self) -> bool {
        !self.ouverture_prevue.est_absent() || self.a_installer()
    }

    /// Sum of a kind of capacity over the modes counted in places (« dont » never added).
    ///
    /// `None` when no mode gives it.
    pub fn places(&self, genre: GenreCapacite) -> Option<u32> {
        let mut total: Option<u32> = None;
        for capacite in self.capacites.elements().iter().filter(|c| c.en_places()) {
            if let Some(n) = genre.de(capacite) {
                total = Some(total.unwrap_or(0).saturating_add(n));
            }
        }
        total
    }
}

impl Capacite {
    /// Whether the mode is counted in places (the default).
    pub fn en_places(&self) -> bool {
        matches!(self.unite, Champ::Absent | Champ::NonApplicable(_) | Champ::Valeur(UniteCapacite::Places))
    }
}

/// Which number of a capacity line is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GenreCapacite {
    Autorisee,
    Installee,
    Financee,
    HabiliteeAideSociale,
}

impl GenreCapacite {
    fn de(self, capacite: &Capacite) -> Option<u32> {
        let champ: &Champ<Entier> = match self {
            GenreCapacite::Autorisee => &capacite.autorisee,
            GenreCapacite::Installee => &capacite.installee,
            GenreCapacite::Financee => &capacite.financee,
            GenreCapacite::HabiliteeAideSociale => &capacite.habilitee_aide_sociale,
        };
        champ.valeur().map(|n| n.0)
    }
}

impl Etp {
    /// The functions in printing order, with their key.
    pub fn fonctions(&self) -> [(&'static str, Option<f64>); 6] {
        let q = |c: &Champ<super::textes::Quantite>| c.valeur().map(|q| q.0);
        [
            ("administratif", q(&self.administratif)),
            ("educatif", q(&self.educatif)),
            ("medical", q(&self.medical)),
            ("paramedical", q(&self.paramedical)),
            ("pedagogique", q(&self.pedagogique)),
            ("autres", q(&self.autres)),
        ]
    }

    /// Sum of the functions, rounded to the hundredth; `None` when no function is given.
    pub fn total(&self) -> Option<f64> {
        somme_arrondie(self.fonctions().into_iter().filter_map(|(_, n)| n))
    }
}

/// Sum of numbers, each rounded to the hundredth; `None` for no number.
pub fn somme_arrondie(nombres: impl Iterator<Item = f64>) -> Option<f64> {
    let mut total: Option<i64> = None;
    for n in nombres.filter(|n| n.is_finite()) {
        total = Some(total.unwrap_or(0).saturating_add((n * 100.0).round() as i64));
    }
    total.map(|t| t as f64 / 100.0)
}

impl Groupes {
    /// Sum of the three groups; `None` when none is given.
    pub fn total(&self) -> Option<Montant> {
        let montants = [&self.groupe_1, &self.groupe_2, &self.groupe_3];
        let connus: Vec<Montant> = montants.iter().filter_map(|c| c.valeur().copied()).collect();
        (!connus.is_empty()).then(|| connus.into_iter().sum())
    }
}

/// Twelve fractions that add up to the amount: eleven equal ones and a last one that takes the cents left,
/// so that « eleven times this and once that » can be printed (CASF R. 314-107).
pub fn douziemes(montant: Montant) -> [Montant; 12] {
    let centimes = montant.centimes();
    let base = centimes.div_euclid(12);
    std::array::from_fn(|mois| Montant::depuis_centimes(if mois < 11 { base } else { centimes - 11 * base }))
}

impl Activite {
    /// Theoretical activity: as given, else capacity × days.
    pub fn theorique_calculee(&self, contrat: &Contrat) -> Option<f64> {
        self.theorique.valeur().map(|q| q.0).or_else(|| self.capacite_par_jours(contrat))
    }

    /// Capacity × days of opening, when the mode is counted in days.
    pub fn capacite_par_jours(&self, contrat: &Contrat) -> Option<f64> {
        let etablissement = contrat.etablissement(self.etablissement.as_str())?;
        let jours = self.jours.valeur().or(etablissement.jours_ouverture.valeur())?.0;
        let genre = match self.capacite_de_reference.valeur().copied().unwrap_or(BaseCapacite::Autorisee) {
            BaseCapacite::Autorisee => GenreCapacite::Autorisee,
            BaseCapacite::Installee => GenreCapacite::Installee,
            BaseCapacite::Financee => GenreCapacite::Financee,
        };
        let places = match self.modalite.valeur() {
            None => etablissement.places(genre)?,
            Some(modalite) => etablissement
                .capacites
                .elements()
                .iter()
                .filter(|c| c.en_places() && c.modalite == *modalite)
                .filter_map(|c| genre.de(c))
                .reduce(u32::saturating_add)?,
        };
        (self.unite.valeur() == Some(&UniteActivite::Journees)).then_some(f64::from(places) * f64::from(jours))
    }

    /// The realised years in order, with their value when it is known.
    pub fn annees_realisees(&self) -> Vec<(String, Option<f64>)> {
        self.realise
            .valeur()
            .map(|r| r.iter().map(|(annee, v)| (annee.clone(), v.valeur().map(|q| q.0))).collect())
            .unwrap_or_default()
    }

    /// Mean of the realised years, when all are known.
    pub fn moyenne(&self) -> Option<f64> {
        let annees = self.annees_realisees();
        let valeurs: Option<Vec<f64>> = annees.iter().map(|(_, v)| *v).collect();
        valeurs.filter(|v| !v.is_empty()).map(|v| v.iter().sum::<f64>() / v.len() as f64)
    }

    /// Mean ÷ theoretical, in percent.
    pub fn taux(&self, contrat: &Contrat) -> Option<f64> {
        let theorique = self.theorique_calculee(contrat).filter(|t| *t > 0.0)?;
        Some(self.moyenne()? / theorique * 100.0)
    }
}

/// A party that signs.
#[derive(Debug, Clone, Copy)]
pub enum Signataire<'a> {
    Autorite(&'a Autorite),
    Gestionnaire(&'a Gestionnaire),
}

impl Signataire<'_> {
    pub fn id(&self) -> &str {
        match self {
            Signataire::Autorite(a) => a.id.as_str(),
            Signataire::Gestionnaire(g) => g.id.as_str(),
        }
    }
}

impl Contrat {
    pub fn autorites(&self) -> &[Autorite] {
        self.parties.autorites.elements()
    }

    pub fn gestionnaires(&self) -> &[Gestionnaire] {
        self.parties.gestionnaires.elements()
    }

    /// All establishments, in or out of the perimeter.
    pub fn etablissements(&self) -> &[Etablissement] {
        self.perimetre.valeur().map_or(&[], |p| p.etablissements.elements())
    }

    pub fn etablissements_inclus(&self) -> impl Iterator<Item = &Etablissement> {
        self.etablissements().iter().filter(|e| e.est_inclus())
    }

    pub fn etablissement(&self, id: &str) -> Option<&Etablissement> {
        self.etablissements().iter().find(|e| e.id.as_str() == id)
    }

    /// Those who sign: the authorities in order, then the managing bodies that are not agents of others.
    pub fn signataires(&self) -> Vec<Signataire<'_>> {
        let autorites = self.autorites().iter().map(Signataire::Autorite);
        let gestionnaires =
            self.gestionnaires().iter().filter(|g| g.mandataire.valeur().is_none()).map(Signataire::Gestionnaire);
        autorites.chain(gestionnaires).collect()
    }

    /// The budgets, none when the means are absent.
    pub fn budgets(&self) -> &[Budget] {
        self.moyens.valeur().map_or(&[], |m| m.budgets.elements())
    }

    /// Fiches in their order with their number: the given one, else the first free rank.
    pub fn fiches_numerotees(&self) -> Vec<(u32, usize)> {
        let fiches = self.fiches_actions.elements();
        let pris: std::collections::BTreeSet<u32> =
            fiches.iter().filter_map(|f| f.numero.valeur().map(|n| n.0)).collect();
        let mut libres = (1..).filter(|n| !pris.contains(n));
        fiches
            .iter()
            .enumerate()
            .map(|(rang, f)| (f.numero.valeur().map(|n| n.0).or_else(|| libres.next()).unwrap_or(0), rang))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelfths_add_up_to_the_amount_to_the_cent() {
        for centimes in [0, 1, 11, 12, 100_000_001, 420_000_000, -7] {
            let montant = Montant::depuis_centimes(centimes);
            assert_eq!(douziemes(montant).into_iter().sum::<Montant>(), montant);
        }
    }
}
