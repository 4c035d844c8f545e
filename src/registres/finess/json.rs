//! The JSON of FINESS of 2026, structures or activities → what was asked for, element by element as it comes.
//!
//! Only entities asked for are kept in memory; the others are passed over without being read. Both kinds have one shape: an
//! entity (`pmej`), its establishments (`ege`), what is said of each.

use super::activites::ActiviteLue;
use super::erreurs::FinessRefuse;
use super::extrait::{Demande, Entite, Etablissement, Note};
use super::releve::Releve;
use super::souple::{Liste, Mot};
use super::source::{Budget, Flux, demesure};
use super::textes::{Dates, adresse, departement_de_commune};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use std::fmt;
use std::io;

/// Reads a file of structures or of activities.
pub(super) fn lire(nom: &str, flux: Flux<'_>, demande: &Demande) -> Result<Releve, FinessRefuse> {
    let mut recu = Recu::default();
    let mut lecteur = serde_json::Deserializer::from_reader(flux.entree);
    let racine = Racine { demande, budget: &flux.budget, recu: &mut recu };
    racine.deserialize(&mut lecteur).and_then(|()| lecteur.end()).map_err(|erreur| refus(nom, erreur))?;
    if !recu.structures && !recu.activites {
        let quoi = match recu.pmej {
            false => "la clé « pmej », qui porte les entités juridiques, n'y est pas",
            true => "ses entités juridiques n'ont pas de numéro FINESS",
        };
        return Err(FinessRefuse::AutreFichier { nom: nom.to_owned(), quoi: quoi.to_owned() });
    }
    Ok(recu.relever())
}

fn refus(nom: &str, erreur: serde_json::Error) -> FinessRefuse {
    let (ligne, colonne) = (erreur.line().max(1), erreur.column());
    let nom = nom.to_owned();
    let json = |motif: &str| FinessRefuse::Json { nom: nom.clone(), ligne, colonne, motif: motif.to_owned() };
    match erreur.classify() {
        Category::Eof => FinessRefuse::Tronque { nom, ligne, colonne },
        Category::Data => json("ce qui est là n'a pas la forme attendue"),
        Category::Syntax => json("ce n'est pas du JSON bien formé"),
        Category::Io => {
            let cause = io::Error::from(erreur);
            match demesure(&cause) {
                Some(trop) => FinessRefuse::Demesure { nom, quoi: trop.0 },
                None if cause.kind() == io::ErrorKind::UnexpectedEof => FinessRefuse::Tronque { nom, ligne, colonne },
                None => json("la suite du fichier compressé est abîmée"),
            }
        }
    }
}

/// What was kept of a file.
#[derive(Default)]
struct Recu {
    date: Option<String>,
    pmej: bool,
    structures: bool,
    activites: bool,
    compte: usize,
    entites: Vec<EntiteLue>,
}

impl Recu {
    /// Dates are read once that of the file is known, wherever it stands.
    fn relever(self) -> Releve {
        let date = self.date.as_deref().and_then(|d| d.get(..10)).map(str::to_owned);
        let mut releve = Releve {
            sorte: match (self.structures, self.activites) {
                (true, false) => "structures",
                (false, _) => "activités",
                (true, true) => "structures et activités",
            },
            entites: self.compte,
            donne_structures: self.structures,
            donne_activites: self.activites,
            ..Releve::default()
        };
        let mut notes = Vec::new();
        for entite in self.entites {
            entite.relever(date.as_deref(), &mut releve, &mut notes);
        }
        notes.sort();
        notes.dedup();
        Releve { date, notes, ..releve }
    }
}

#[derive(Default)]
struct EntiteLue {
    numero: Option<String>,
    voulue: bool,
    infos: Option<InfosPm>,
    etat: Mot,
    adresses: Liste<AdresseLue>,
    etablissements: Vec<EgeLue>,
}

#[derive(Default)]
struct EgeLue {
    numero: Option<String>,
    infos: Option<InfosEge>,
    categorie: Mot,
    tarification: Mot,
    etat: Mot,
    adresses: Liste<AdresseLue>,
    engagements: Liste<Engagement>,
    activites: Option<Liste<ActiviteLue>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct InfosPm {
    num_finess_pm: Mot,
    denomination_pm: Mot,
    denomination_longue_pm_smsse: Mot,
    siren: Mot,
    statut_juridique: Mot,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct InfosEge {
    num_finess_ege: Mot,
    nom_ege_court: Mot,
    nom_ege_long: Mot,
    siret: Mot,
    date_fermeture: Mot,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct AdresseLue {
    usage_adresse: Mot,
    ligne_quatre: Mot,
    numero_voie: Mot,
    type_voie: Mot,
    libelle_voie: Mot,
    lieu_dit: Mot,
    code_postal: Mot,
    ligne_acheminement: Mot,
    cog_commune: Mot,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Engagement {
    type_engagement: Mot,
    sous_type_engagement: Mot,
    date_effet_engagement: Mot,
    date_fin_engagement: Mot,
    date_caducite_engagement: Mot,
}

impl Engagement {
    fn est(&self, genre: &str, sous_genre: &str) -> bool {
        self.type_engagement.est(genre) && self.sous_type_engagement.est(sous_genre)
    }
}

/// The address of that use: the first of a list may be the one where mail goes.
fn adresse_d_usage<'a>(adresses: &'a Liste<AdresseLue>, usage: &str) -> Option<&'a AdresseLue> {
    adresses.0.iter().find(|a| a.usage_adresse.est(usage))
}

impl AdresseLue {
    fn en_une_ligne(&self) -> Option<String> {
        let voie = match self.ligne_quatre.dit() {
            Some(ligne) => vec![Some(ligne)],
            None if self.libelle_voie.0.is_none() => vec![self.lieu_dit.dit()],
            None => vec![self.numero_voie.dit(), self.type_voie.dit(), self.libelle_voie.dit()],
        };
        adresse(&voie, &[self.code_postal.dit(), self.ligne_acheminement.dit()])
    }
}

/// Where an establishment is, where an entity has its head office.
const GEOGRAPHIQUE: &str = "03";
const DU_SIEGE: &str = "02";

impl EntiteLue {
    fn relever(self, date: Option<&str>, releve: &mut Releve, notes: &mut Vec<Note>) {
        let Some(ej) = self.numero else { return };
        if let Some(infos) = self.infos.filter(|_| self.voulue) {
            releve.nommees.push(Entite {
                finess: ej.clone(),
                nom: infos.denomination_longue_pm_smsse.0.or(infos.denomination_pm.0),
                siren: infos.siren.0,
                statut: infos.statut_juridique.0,
                adresse: adresse_d_usage(&self.adresses, DU_SIEGE).and_then(AdresseLue::en_une_ligne),
                ferme: self.etat.est("I"),
                etablissements: Vec::new(),
            });
        }
        for ege in self.etablissements {
            let Some(numero) = ege.numero.clone() else { continue };
            if let Some(activites) = &ege.activites {
                let regulieres = activites.0.iter().filter(|activite| activite.est_reguliere());
                for activite in regulieres.clone() {
                    Dates { du_fichier: date, notes }.passee(&numero, "début d'une activité", activite.debut());
                }
                let lues = regulieres.filter_map(|activite| activite.lire(&numero, notes)).collect();
                releve.activites.insert(numero.clone(), lues);
            }
            if ege.infos.is_some() {
                releve.etablissements.push((ej.clone(), ege.relever(numero, date, notes)));
            }
        }
    }
}

impl EgeLue {
    fn relever(self, finess: String, date: Option<&str>, notes: &mut Vec<Note>) -> Etablissement {
        let infos = self.infos.unwrap_or_default();
        let lieu = adresse_d_usage(&self.adresses, GEOGRAPHIQUE);
        let mut dates = Dates { du_fichier: date, notes };
        let mut du_genre = |sous: (&str, &str), quoi: &str, en_cours: bool| -> Vec<String> {
            let mut jours: Vec<String> = (self.engagements.0.iter())
                .filter(|e| e.est(sous.0, sous.1))
                .filter(|e| !en_cours || e.date_fin_engagement.0.is_none() && e.date_caducite_engagement.0.is_none())
                .filter_map(|e| dates.passee(&finess, quoi, e.date_effet_engagement.dit()))
                .collect();
            jours.sort();
            jours.dedup();
            jours
        };
        let cpom = du_genre(("CONV", "CPM"), "effet d'un CPOM", true);
        let arretes = du_genre(("ARRT", "ARR"), "arrêté", false);
        let fermeture = dates.lire(&finess, "fermeture", infos.date_fermeture.dit());
        Etablissement {
            nom: infos.nom_ege_court.0.or(infos.nom_ege_long.0).unwrap_or_default(),
            siret: infos.siret.0,
            categorie: self.categorie.0,
            tarification: self.tarification.0,
            adresse: lieu.and_then(AdresseLue::en_une_ligne),
            departement: lieu.and_then(|a| a.cog_commune.dit()).and_then(departement_de_commune),
            ferme: self.etat.est("I"),
            fermeture,
            cpom,
            arretes,
            activites: Vec::new(),
            finess,
        }
    }
}

/// The root of a file.
struct Racine<'a> {
    demande: &'a Demande,
    budget: &'a Budget,
    recu: &'a mut Recu,
}

impl<'de> DeserializeSeed<'de> for Racine<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        d.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Racine<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("un fichier FINESS")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut objet: A) -> Result<(), A::Error> {
        while let Some(cle) = objet.next_key::<String>()? {
            self.budget.element();
            match cle.as_str() {
                "generatedAt" => self.recu.date = objet.next_value::<Mot>()?.0,
                "pmej" => {
                    self.recu.pmej = true;
                    let (demande, budget) = (self.demande, self.budget);
                    objet.next_value_seed(Entites { demande, budget, recu: self.recu })?;
                }
                "gco" | "gcc" => objet.next_value_seed(Passer(self.budget))?,
                _ => drop(objet.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
}

/// A list that is passed over, element by element.
struct Passer<'a>(&'a Budget);

impl<'de> DeserializeSeed<'de> for Passer<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        d.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Passer<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("une liste")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut suite: A) -> Result<(), A::Error> {
        while suite.next_element::<IgnoredAny>()?.is_some() {
            self.0.element();
        }
        Ok(())
    }
}

/// The list of the entities.
struct Entites<'a> {
    demande: &'a Demande,
    budget: &'a Budget,
    recu: &'a mut Recu,
}

impl<'de> DeserializeSeed<'de> for Entites<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<(), D::Error> {
        d.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entites<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("la liste des entités juridiques")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut suite: A) -> Result<(), A::Error> {
        loop {
            self.budget.element();
            let vue = Vue { demande: self.demande, recu: self.recu };
            let Some(entite) = suite.next_element_seed(vue)? else { return Ok(()) };
            self.recu.compte += 1;
            self.recu.entites.extend(entite.filter(|e| e.voulue || !e.etablissements.is_empty()));
        }
    }
}

/// One entity, of which nothing is kept once it is known not to be asked for.
struct Vue<'a> {
    demande: &'a Demande,
    recu: &'a mut Recu,
}

impl<'de> DeserializeSeed<'de> for Vue<'_> {
    type Value = Option<EntiteLue>;

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Self::Value, D::Error> {
        d.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Vue<'_> {
    type Value = Option<EntiteLue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("une entité juridique")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut objet: A) -> Result<Self::Value, A::Error> {
        let mut lue = EntiteLue::default();
        // Its number may come after what is below it.
        let passee = |lue: &EntiteLue| lue.numero.is_some() && !lue.voulue;
        while let Some(cle) = objet.next_key::<String>()? {
            match cle.as_str() {
                "informationsGeneralesPMEJ" => {
                    self.recu.structures = true;
                    let infos: InfosPm = objet.next_value()?;
                    lue.numero = infos.num_finess_pm.0.clone();
                    lue.infos = Some(infos);
                }
                "numFiness" => {
                    self.recu.activites = true;
                    lue.numero = objet.next_value::<Mot>()?.0;
                }
                "ege" if !passee(&lue) || self.demande.cherche_ailleurs() => {
                    let seule = passee(&lue);
                    lue.etablissements = objet.next_value_seed(Etablissements { demande: self.demande, seule })?;
                }
                "adresse" if !passee(&lue) => lue.adresses = objet.next_value()?,
                "etatObjet" if !passee(&lue) => lue.etat = objet.next_value()?,
                _ => drop(objet.next_value::<IgnoredAny>()?),
            }
            lue.voulue = lue.numero.as_deref().is_some_and(|numero| self.demande.veut_entite(numero));
        }
        let Some(ej) = lue.numero.clone() else { return Ok(None) };
        lue.etablissements.retain(|ege| ege.numero.as_deref().is_some_and(|et| self.demande.veut(&ej, et)));
        Ok(Some(lue))
    }
}

/// The establishments of an entity; `seule`: only those that are named.
struct Etablissements<'a> {
    demande: &'a Demande,
    seule: bool,
}

impl<'de> DeserializeSeed<'de> for Etablissements<'_> {
    type Value = Vec<EgeLue>;

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<Self::Value, D::Error> {
        d.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Etablissements<'_> {
    type Value = Vec<EgeLue>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("la liste des établissements")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut suite: A) -> Result<Self::Value, A::Error> {
        let mut lues = Vec::new();
        let voulus = |numero: &str| !self.seule || self.demande.et.contains(numero);
        while let Some(lue) = suite.next_element_seed(VueEge(&voulus))? {
            if lue.numero.as_deref().is_some_and(voulus) {
                lues.push(lue);
            }
        }
        Ok(lues)
    }
}

/// One establishment.
struct VueEge<'a>(&'a dyn Fn(&str) -> bool);

impl<'de> DeserializeSeed<'de> for VueEge<'_> {
    type Value = EgeLue;

    fn deserialize<D: Deserializer<'de>>(self, d: D) -> Result<EgeLue, D::Error> {
        d.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for VueEge<'_> {
    type Value = EgeLue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("un établissement")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut objet: A) -> Result<EgeLue, A::Error> {
        let mut lue = EgeLue::default();
        while let Some(cle) = objet.next_key::<String>()? {
            if lue.numero.as_deref().is_some_and(|numero| !self.0(numero)) {
                objet.next_value::<IgnoredAny>()?;
                continue;
            }
            match cle.as_str() {
                "informationsGeneralesEGE" => {
                    let infos: InfosEge = objet.next_value()?;
                    lue.numero = infos.num_finess_ege.0.clone();
                    lue.infos = Some(infos);
                }
                "numFinessEge" => lue.numero = objet.next_value::<Mot>()?.0,
                "categorieentiteGeographiqueExercice" => lue.categorie = objet.next_value()?,
                "modefixationtarifaire" => lue.tarification = objet.next_value()?,
                "adresse" => lue.adresses = objet.next_value()?,
                "engagement" => lue.engagements = objet.next_value()?,
                "etatObjet" => lue.etat = objet.next_value()?,
                "activitesExercees" => lue.activites = Some(objet.next_value()?),
                _ => drop(objet.next_value::<IgnoredAny>()?),
            }
        }
        Ok(lue)
    }
}
