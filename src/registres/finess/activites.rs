//! An activity as the JSON of FINESS writes it → its places, its life, its ages.

use super::extrait::{Activite, Note, Vie};
use super::souple::{Liste, Mot};
use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct ActiviteLue {
    caracteristiques_generiques: Generiques,
    nature: Nature,
    evenement: Liste<Evenement>,
    capacite: Liste<Capacite>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Generiques {
    etat_objet: Mot,
    date_debut_activite_autorisee: Mot,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Nature {
    code_nature: Mot,
    caracteristiques_specifiques: Option<Specifiques>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Specifiques {
    age_min_autorise: Mot,
    age_max_autorise: Mot,
    age_min_installe: Mot,
    age_max_installe: Mot,
    /// Regulated by the CASF; the code of its nature is ASMR, then AMSR from 27 September 2026.
    #[serde(rename = "typeActiviteAMSR", alias = "typeActiviteASMR")]
    regulee: Option<Triplet>,
    #[serde(rename = "typeActiviteASOCR")]
    sociale: Option<Triplet>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Triplet {
    activite_sociale_regulee: Mot,
    mode_fonctionnement: Mot,
    public: Mot,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Evenement {
    code_evenement: Mot,
    date_evenement: Mot,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Capacite {
    nombre: Mot,
    statut_capacite: Mot,
    unite_mesure_capacite: Mot,
    habilitation: Mot,
    genre: Mot,
    mode_financement: Mot,
    type_logement: Mot,
}

/// Authorised, installed.
const AUTORISEE: &str = "09";
const INSTALLEE: &str = "08";
/// Places, dwellings.
const PLACES: &str = "02";
const LOGEMENTS: &str = "03";
const AIDE_SOCIALE: &str = "02";

impl ActiviteLue {
    /// What a contract may hold of it; nothing for activities of care, which have no place there.
    pub(super) fn lire(&self, et: &str, notes: &mut Vec<Note>) -> Option<Activite> {
        let specifiques = self.nature.caracteristiques_specifiques.as_ref()?;
        let triplet = specifiques.regulee.as_ref().or(specifiques.sociale.as_ref())?;
        let mot = |mot: &Mot| mot.dit().unwrap_or_default().to_owned();
        let ou = |premier: &Mot, second: &Mot| premier.nombre().or_else(|| second.nombre());
        let activite = Activite {
            activite: mot(&triplet.activite_sociale_regulee),
            mode: mot(&triplet.mode_fonctionnement),
            public: mot(&triplet.public),
            autorisee: self.places(AUTORISEE, false),
            installee: self.places(INSTALLEE, false),
            habilitee: self.places(AUTORISEE, true),
            logements: self.logements(),
            age_min: ou(&specifiques.age_min_autorise, &specifiques.age_min_installe),
            age_max: ou(&specifiques.age_max_autorise, &specifiques.age_max_installe),
            ..Activite::default()
        };
        let vie = self.vie(et, &activite.code(), notes);
        Some(Activite { vie, ..activite })
    }

    /// Alive: the object is, and the last thing that happened to it is its opening.
    fn vie(&self, et: &str, code: &str, notes: &mut Vec<Note>) -> Vie {
        let vivant = self.caracteristiques_generiques.etat_objet.est("A");
        let dernier = (self.evenement.0.iter())
            .filter(|e| matches!(e.code_evenement.dit(), Some("012" | "013" | "015")))
            .max_by_key(|e| e.date_evenement.dit().map(str::to_owned))
            .and_then(|e| e.code_evenement.dit());
        let (vie, desaccord) = match (vivant, dernier) {
            (true, Some("012")) => (Vie::Ouverte, false),
            (true, None) => (Vie::Autorisee, false),
            (true, Some(_)) => (Vie::Finie, true),
            (false, autre) => (Vie::Finie, autre == Some("012")),
        };
        if desaccord {
            let (etat, evenement) = if vivant { ("active", "sa fin") } else { ("inactive", "sa mise en œuvre") };
            let message = format!(
                "l'activité {code} est dite {etat}, mais son dernier événement est {evenement} : elle n'est pas reprise ; voyez l'autorité."
            );
            notes.push(Note { numero: et.to_owned(), message });
        }
        vie
    }

    /// The places of that status: all of them, or those that social aid pays for. What is only a part (men, women, a kind of
    /// dwelling, a way of financing) is never added.
    fn places(&self, statut: &str, aide_sociale: bool) -> Option<u32> {
        let voulue = |c: &&Capacite| {
            let habilitation = if aide_sociale { c.habilitation.est(AIDE_SOCIALE) } else { c.habilitation.0.is_none() };
            c.statut_capacite.est(statut) && c.unite_mesure_capacite.est(PLACES) && habilitation && c.entiere()
        };
        self.capacite.0.iter().filter(voulue).find_map(|c| c.nombre.nombre())
    }

    fn logements(&self) -> Option<u32> {
        let voulue = |c: &&Capacite| {
            c.statut_capacite.est(AUTORISEE) && c.unite_mesure_capacite.est(LOGEMENTS) && c.habilitation.0.is_none()
        };
        self.capacite.0.iter().filter(voulue).find_map(|c| c.nombre.nombre())
    }

    /// Whether it is of the medico-social or social kinds that are known by this name of nature.
    pub(super) fn est_reguliere(&self) -> bool {
        matches!(self.nature.code_nature.dit(), Some("ASMR" | "AMSR" | "ASOCR"))
    }

    pub(super) fn debut(&self) -> Option<&str> {
        self.caracteristiques_generiques.date_debut_activite_autorisee.dit()
    }
}

impl Capacite {
    fn entiere(&self) -> bool {
        [&self.genre, &self.mode_financement, &self.type_logement].iter().all(|mot| mot.0.is_none())
    }
}
