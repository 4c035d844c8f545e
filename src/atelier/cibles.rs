//! What a page offers to choose from: the elements that a reference may name, the entries of a nomenclature, the models; and
//! what it explains: a rule, the history.

use super::contrat::Contrat;
use super::formulaire::vers_de;
use super::horloge;
use super::journal::{Sens, Trace};
use super::mots::{Mots, nom_de};
use super::refus::Refus;
use super::vue::en_mots;
use crate::contrat::renvois::{NOMMEES, Vers};
use crate::http::probleme::Genre;
use crate::modele::manifeste::{Element, GenreElement};
use crate::modele::{Catalogue, ErreurModele, Modele};
use crate::nomenclatures::{Departement, Entree, Nomenclature, departements, regions};
use crate::regles;
use crate::saisie;
use crate::schema::chemin::Chemins;
use crate::schema::forme::forme_du_contrat;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// Entries of a nomenclature that are offered at a time.
const ENTREES_MAX: usize = 30;

/// A value and its label.
pub type Choix = (String, String);

/// What a reference may name.
pub fn cibles(mot: &str, contrat: &Contrat, catalogue: &Catalogue) -> Result<Vec<Choix>, Refus> {
    let inconnu = || Refus::nouveau(Genre::Introuvable, "Ce genre de renvoi n'existe pas.", "rechargez la page.");
    let vers = vers_de(mot).ok_or_else(inconnu)?;
    let donnees = &contrat.ouverture().donnees;
    let modele = || catalogue.modele(&contrat.entete().modele).or_else(|_| catalogue.modele("national"));
    let mut sortie = match vers {
        Vers::Modele => {
            catalogue.liste()?.iter().map(|m| (m.manifeste.id.to_string(), m.manifeste.nom.clone())).collect()
        }
        Vers::Regle => {
            let ecartables = regles::RULES.iter().filter(|rule| rule.derogeable);
            ecartables.map(|rule| (rule.code.to_owned(), format!("{} – {}", rule.code, rule.titre))).collect()
        }
        Vers::Axe | Vers::General | Vers::Bibliotheque | Vers::Article | Vers::Annexe => du_modele(vers, &modele()?),
        _ => Vec::new(),
    };
    let chemins = Chemins::de(donnees);
    for liste in NOMMEES.iter().filter(|liste| vers.admet(liste)) {
        let forme = forme_du_contrat().a(&format!("{liste}/0"));
        for (rang, element) in donnees.pointer(liste).and_then(Value::as_array).into_iter().flatten().enumerate() {
            let Some(id) = element.get("id").and_then(Value::as_str) else { continue };
            sortie.push((id.to_owned(), nom_de(&chemins, element, forme.as_deref(), rang)));
        }
    }
    Ok(sortie)
}

/// What a model has that a contract may name.
fn du_modele(vers: Vers, modele: &Modele) -> Vec<Choix> {
    let manifeste = &modele.manifeste;
    match vers {
        Vers::Axe => manifeste.axes.iter().map(|axe| (axe.id.to_string(), axe.titre.clone())).collect(),
        Vers::General => manifeste.objectifs_generaux.iter().map(|o| (o.id.to_string(), o.titre.clone())).collect(),
        Vers::Bibliotheque => {
            let dire = |code: &str, titre: &str| (code.to_owned(), format!("{titre} ({code})"));
            manifeste.bibliotheque.iter().map(|o| dire(o.code.as_str(), &o.titre)).collect()
        }
        Vers::Article | Vers::Annexe => {
            let mut sortie = Vec::new();
            du_plan(&manifeste.plan, vers, &mut sortie);
            sortie
        }
        _ => Vec::new(),
    }
}

/// The articles and annexes of a plan, in its order; their titles as the model writes them, without what depends on a contract.
fn du_plan(elements: &[Element], vers: Vers, sortie: &mut Vec<Choix>) {
    for element in elements {
        let voulu = match element.genre {
            GenreElement::Annexe => true,
            GenreElement::Article | GenreElement::SousArticle | GenreElement::Liminaire => vers == Vers::Article,
            _ => false,
        };
        let titre = element.titre.as_deref().filter(|titre| !titre.is_empty() && !titre.contains('{'));
        if let Some(titre) = titre.filter(|_| voulu) {
            sortie.push((element.id.to_string(), titre.to_owned()));
        }
        du_plan(&element.elements, vers, sortie);
    }
}

/// The entries of a nomenclature that bear some words, the first ones.
pub fn nomenclature(table: &str, mots: &str) -> Result<Vec<Choix>, Refus> {
    let table = match table {
        "categories" => Nomenclature::Categories,
        "statuts" => Nomenclature::Statuts,
        "departements" => Nomenclature::Departements,
        "regions" => Nomenclature::Regions,
        _ => return Err(Refus::nouveau(Genre::Introuvable, "Cette liste n'existe pas.", "rechargez la page.")),
    };
    let dire = |entree: &Entree| (entree.code.to_owned(), entree.libelle.to_owned());
    let toutes = table.entrees();
    let tout: Vec<&Entree> = match mots.trim() {
        "" => toutes.iter().collect(),
        mots => saisie::chercher(table, mots),
    };
    Ok(tout.into_iter().filter(|entree| entree.ancienne.is_none()).take(ENTREES_MAX).map(dire).collect())
}

/// What a new contract can be made from.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Depart {
    pub modeles: Vec<ModeleOffert>,
    pub regions: Vec<Choix>,
    pub departements: Vec<DepartementOffert>,
    pub annee: i16,
}

/// A département, as it is offered.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DepartementOffert {
    pub code: &'static str,
    pub libelle: String,
    /// Code of its region.
    pub region: &'static str,
}

/// A model, as it is offered.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ModeleOffert {
    pub id: String,
    pub titre: String,
    /// Codes of its regions; none for the national model.
    pub regions: Vec<String>,
    /// The contracts that it was written for: « de 2017 à 2022 »; nothing when that is any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vise: Option<String>,
}

pub fn depart(catalogue: &Catalogue) -> Result<Depart, ErreurModele> {
    let offrir = |modele: Modele| ModeleOffert {
        id: modele.manifeste.id.to_string(),
        titre: modele.manifeste.nom.clone(),
        regions: modele.manifeste.regions.clone(),
        vise: modele.manifeste.generation.map(|generation| generation.en_mots()),
    };
    let offert = |d: &'static Departement| DepartementOffert {
        code: d.code,
        libelle: d.libelle.to_owned(),
        region: d.code_region,
    };
    Ok(Depart {
        modeles: catalogue.liste()?.into_iter().map(offrir).collect(),
        regions: regions().iter().map(|r| (r.code.to_owned(), r.libelle.to_owned())).collect(),
        departements: departements().iter().map(offert).collect(),
        annee: horloge::annee() + 1,
    })
}

/// A rule, for who asks why.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RegleDite {
    pub code: String,
    pub titre: String,
    pub pourquoi: String,
    pub remede: String,
    pub references: Vec<String>,
    pub ecartable: bool,
}

pub fn regle(code: &str) -> Result<RegleDite, Refus> {
    let absente = || {
        let detail =
            format!("« {code} » n'est pas une règle de cohérence : ce qu'elle dit tient à la forme de la valeur.");
        Refus::nouveau(Genre::Introuvable, detail, "lisez le message et ce qu'il y a à faire.")
    };
    let rule = regles::rule(code).ok_or_else(absente)?;
    let mots = Mots::de_personne();
    Ok(RegleDite {
        code: rule.code.to_owned(),
        titre: rule.titre.to_owned(),
        pourquoi: mots.dire(rule.pourquoi, ""),
        remede: mots.dire(rule.remede, ""),
        references: rule.references.iter().map(|r| r.citation()).collect(),
        ecartable: rule.derogeable,
    })
}

/// A line of the history.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LigneDHistorique {
    pub n: u64,
    /// Seconds since 1970.
    pub quand: i64,
    pub nom: String,
    pub partie: String,
    /// How many values changed.
    pub changements: usize,
    /// Of one value: its words before and after; nothing where there was none, or none is left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avant: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub apres: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sens: Option<Sens>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub de: Option<u64>,
    /// Whether it names a state, and changes nothing.
    pub jalon: bool,
    /// Whether someone else changed the files.
    pub dehors: bool,
}

/// Letters of a value that a line of the history shows.
const MONTREES: usize = 60;

/// A value in the words of the page, cut where it is long; an element by its name.
fn en_un_mot(mots: &Mots, chemin: &str, valeur: &Value) -> Option<String> {
    let forme = forme_du_contrat().a(chemin)?;
    let dit = en_mots(&forme, valeur);
    let dit = match forme.definition.as_deref() {
        Some("Id") => mots.nom(&dit)?.to_owned(),
        _ => dit,
    };
    match dit.char_indices().nth(MONTREES) {
        _ if dit.is_empty() => None,
        Some((fin, _)) => Some(format!("{}…", dit[..fin].trim_end())),
        None => Some(dit),
    }
}

/// The history, the last operation first.
pub fn historique(contrat: &Contrat) -> Vec<LigneDHistorique> {
    let mots = Mots::de(&contrat.ouverture().donnees);
    let ligne = |entree: &super::journal::Entree| {
        let (avant, apres) = match entree.traces.as_slice() {
            [Trace::Valeur { chemin, avant, apres }] => {
                let dire = |valeur: &Option<Value>| valeur.as_ref().and_then(|v| en_un_mot(&mots, chemin, v));
                (dire(avant), dire(apres))
            }
            _ => (None, None),
        };
        LigneDHistorique {
            n: entree.n,
            quand: entree.quand,
            nom: entree.nom.clone(),
            partie: entree.partie.clone(),
            changements: entree.traces.iter().filter(|t| !matches!(t, Trace::Bouge { .. })).count(),
            avant,
            apres,
            sens: entree.sens,
            de: entree.de,
            jalon: entree.jalon.is_some(),
            dehors: entree.dehors,
        }
    };
    contrat.journal().entrees().iter().rev().map(ligne).collect()
}
