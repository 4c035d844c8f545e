//! What the data of a contract give where its texts write a count of establishments or of places.

use super::places::places_completes;
use crate::contrat::calculs::GenreCapacite;
use crate::contrat::perimetre::Etablissement;
use crate::nomenclatures::{Public, categorie};
use crate::regles::context::{Context, Element};
use crate::regles::prose::{Nomme, Sorte, cle};
use serde_json::Value;
use std::collections::BTreeMap;

/// Counts of the establishments of a contract, or of one managing body.
#[derive(Debug, Default)]
pub struct Totaux {
    pub inclus: usize,
    /// Excluded ones too.
    pub tous: usize,
    /// Other places where they receive people.
    sites: usize,
    services: usize,
    /// Authorised places; none as soon as one is blank.
    autorisees: Option<usize>,
    /// Sums of the other kinds of capacity, of the excluded too: all that a text may rightly give.
    autres: [usize; 5],
}

const GENRES: [GenreCapacite; 4] =
    [GenreCapacite::Autorisee, GenreCapacite::Installee, GenreCapacite::Financee, GenreCapacite::HabiliteeAideSociale];

impl Totaux {
    fn ajouter(&mut self, etablissement: &Etablissement) {
        let places = places_completes(etablissement).map(|p| p as usize);
        if self.tous == 0 {
            self.autorisees = Some(0);
        }
        self.tous += 1;
        self.autres[4] = self.autres[4].saturating_add(places.unwrap_or_default());
        if !etablissement.est_inclus() {
            return;
        }
        self.inclus += 1;
        self.sites += etablissement.sites.elements().len();
        let code = etablissement.categorie.valeur().and_then(|c| categorie(c.as_str()));
        self.services += usize::from(code.is_some_and(|c| c.service));
        self.autorisees = self.autorisees.zip(places).map(|(total, places)| total.saturating_add(places));
        for (total, genre) in self.autres.iter_mut().zip(GENRES) {
            *total = total.saturating_add(etablissement.places(genre).unwrap_or_default() as usize);
        }
    }

    /// Numbers of establishments and services that a text may rightly give, the exact one first.
    pub fn structures(&self) -> Vec<usize> {
        vec![self.inclus, self.tous, self.inclus + self.sites]
    }

    /// Numbers of establishments, with or without the services.
    pub fn etablissements(&self) -> Vec<usize> {
        [self.structures(), vec![self.inclus.saturating_sub(self.services)]].concat()
    }

    pub fn services(&self) -> Vec<usize> {
        vec![self.services]
    }

    /// Numbers of places, the authorised ones first; none while one is blank.
    pub fn places(&self) -> Option<Vec<usize>> {
        Some([vec![self.autorisees?], self.autres.to_vec()].concat())
    }
}

/// The counts of a contract, and the establishments by the names that texts give them.
pub struct Reel<'a> {
    donnees: &'a Value,
    pub contrat: Totaux,
    gestionnaires: BTreeMap<&'a str, Totaux>,
    par_id: BTreeMap<&'a str, Element<'a, Etablissement>>,
    par_nom: BTreeMap<String, Element<'a, Etablissement>>,
    /// The included ones, by category.
    par_categorie: BTreeMap<&'a str, Vec<Element<'a, Etablissement>>>,
    categories_dites: bool,
}

/// Words of a name that are compared at most.
const MOTS_D_UN_NOM: usize = 10;

impl<'a> Reel<'a> {
    pub fn du_contrat(contexte: &Context<'a>) -> Self {
        let mut reel = Reel {
            donnees: contexte.donnees,
            contrat: Totaux::default(),
            gestionnaires: BTreeMap::new(),
            par_id: BTreeMap::new(),
            par_nom: BTreeMap::new(),
            par_categorie: BTreeMap::new(),
            categories_dites: true,
        };
        for etablissement in contexte.etablissements() {
            let valeur = etablissement.valeur;
            reel.contrat.ajouter(valeur);
            if let Some(gestionnaire) = valeur.gestionnaire.valeur() {
                reel.gestionnaires.entry(gestionnaire.as_str()).or_default().ajouter(valeur);
            }
            reel.par_id.entry(valeur.id.as_str()).or_insert(etablissement);
            if let Some(nom) = valeur.nom.valeur() {
                reel.par_nom.entry(cle(nom.as_str())).or_insert(etablissement);
            }
            if valeur.est_inclus() {
                reel.categories_dites &= valeur.categorie.valeur().is_some();
                let code = valeur.categorie.valeur().map_or("", |c| c.as_str());
                reel.par_categorie.entry(code).or_default().push(etablissement);
            }
        }
        reel
    }

    /// The counts of a managing body that has establishments in the contract.
    pub fn gestionnaire(&self, id: &str) -> Option<&Totaux> {
        self.gestionnaires.get(id)
    }

    /// The counts of each managing body.
    pub fn des_gestionnaires(&self) -> impl Iterator<Item = &Totaux> {
        self.gestionnaires.values()
    }

    /// Numbers of establishments of a kind that a text may rightly give; none while a category is blank.
    pub fn de_sorte(&self, sorte: &Sorte) -> Option<Vec<usize>> {
        if !self.categories_dites || self.contrat.inclus == 0 {
            return None;
        }
        let du_code = |code: &&str| self.par_categorie.get(*code).map_or(0, Vec::len);
        let codes: Vec<usize> = sorte.codes.iter().map(du_code).collect();
        let nom = sorte.mots.join(" ");
        let nommes = self.par_nom.iter().filter(|(n, _)| format!(" {n} ").contains(&format!(" {nom} ")));
        let (inclus, tous) = nommes.fold((0, 0), |(i, t), (_, e)| (i + usize::from(e.est_inclus()), t + 1));
        Some([vec![codes.iter().sum(), inclus, tous], codes].concat())
    }

    /// The establishment that a text names, or that it is about.
    pub fn nomme(&self, nomme: &Nomme, ici: Option<&str>) -> Option<Element<'a, Etablissement>> {
        let ici = ici.and_then(|id| self.par_id.get(id)).copied();
        let mots: Vec<String> = nomme.mots.split_whitespace().take(MOTS_D_UN_NOM).map(cle).collect();
        let debuts = 0..mots.len().min(4);
        let par_nom = debuts
            .flat_map(|d| (d + 1..=mots.len()).rev().map(move |f| (d, f)))
            .find_map(|(d, f)| self.par_nom.get(&mots.get(d..f)?.join(" ")).copied());
        if par_nom.is_some() || nomme.propre {
            return par_nom;
        }
        let Some(sorte) = nomme.sorte else { return ici };
        let est =
            |e: &Element<'_, Etablissement>| e.categorie.valeur().is_some_and(|c| sorte.codes.contains(&c.as_str()));
        if ici.as_ref().is_some_and(est) {
            return ici;
        }
        let mut tous = sorte.codes.iter().filter_map(|code| self.par_categorie.get(code)).flatten();
        let seul = tous.next().filter(|_| self.categories_dites)?;
        tous.next().is_none().then_some(*seul)
    }

    /// The establishment of an identifier.
    pub fn etablissement(&self, id: &str) -> Option<Element<'a, Etablissement>> {
        self.par_id.get(id).copied()
    }

    /// Numbers of places of an establishment that a text may rightly give: those of its capacities, their sums, what they become.
    pub fn places_de(&self, etablissement: &Element<'_, Etablissement>) -> Option<Vec<usize>> {
        let total = places_completes(etablissement.valeur).filter(|t| *t > 0)? as usize;
        let mut nombres = vec![total];
        nombres.extend(GENRES.iter().filter_map(|g| etablissement.places(*g)).map(|p| p as usize));
        for cle in ["capacites", "capacite_declaree", "sites", "autorisations"] {
            entiers(self.donnees.pointer(&etablissement.pointeur(cle)), &mut nombres);
        }
        Some(nombres)
    }

    /// Included establishments where young adults may be maintained.
    pub fn pour_enfants(&self) -> usize {
        let accueille = |code: &str| categorie(code).is_none_or(|c| c.public != Public::Adultes && !c.service);
        self.par_categorie.iter().filter(|(code, _)| accueille(code)).map(|(_, liste)| liste.len()).sum()
    }
}

/// Every whole number of a value.
fn entiers(valeur: Option<&Value>, trouves: &mut Vec<usize>) {
    match valeur {
        Some(Value::Number(n)) => trouves.extend(n.as_u64().and_then(|n| usize::try_from(n).ok())),
        Some(Value::Array(liste)) => liste.iter().for_each(|v| entiers(Some(v), trouves)),
        Some(Value::Object(objet)) => objet.values().for_each(|v| entiers(Some(v), trouves)),
        _ => {}
    }
}
