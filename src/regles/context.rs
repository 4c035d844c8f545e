//! What a rule reads: the contract with its indexes, the model, the pieces; built once, shared by all rules.
//!
//! A lookup of an unknown identifier finds nothing, and a broken reference is `PER-007`'s business alone: other
//! rules treat what they do not find as missing.

use super::fondement::fondement;
use crate::contrat::activite::Activite;
use crate::contrat::champ::Champ;
use crate::contrat::diagnostic::Constat;
use crate::contrat::identifiants::{Date, Montant};
use crate::contrat::moyens::{Budget, Dotation, Moyens};
use crate::contrat::objectifs::{Axe, FicheAction, Objectif};
use crate::contrat::parties::{Autorite, Gestionnaire, TypeAutorite};
use crate::contrat::perimetre::Etablissement;
use crate::contrat::{Contrat, Fondement};
use crate::droit::Jours;
use crate::modele::manifeste::{Element as ElementDuPlan, Manifeste};
use crate::nomenclatures::{departement, region, statut};
use serde_json::Value;
use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;

/// An element of a list of the contract, with its place.
#[derive(Debug)]
pub struct Element<'a, T> {
    liste: &'static str,
    pub rang: usize,
    pub valeur: &'a T,
}

impl<T> Clone for Element<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Element<'_, T> {}

impl<T> Deref for Element<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.valeur
    }
}

impl<T> Element<'_, T> {
    /// The JSON pointer of the element, or of a key below it (`"capacites/0/autorisee"`).
    pub fn pointeur(&self, cle: &str) -> String {
        let (liste, rang) = (self.liste, self.rang);
        if cle.is_empty() { format!("{liste}/{rang}") } else { format!("{liste}/{rang}/{cle}") }
    }
}

/// The state of a file that the contract names, by the pointer of its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EtatFichier {
    /// Read; its SHA-256 in hexadecimal.
    Lu { sha256: String },
    /// Why it cannot be used, as the end of a sentence whose subject is the file.
    Inutilisable { motif: String },
}

/// The files that the contract names and that were looked for.
pub type Fichiers = BTreeMap<String, EtatFichier>;

/// What is verified.
pub struct Demande<'a> {
    pub contrat: &'a Contrat,
    /// The same contract as JSON.
    pub donnees: &'a Value,
    pub modele: &'a Manifeste,
    /// Whether the model was chosen, by the contract or the user, or follows from the only ARS.
    pub modele_determine: bool,
    /// Whether the contract is to be printed as definitive.
    pub definitif: bool,
    pub fichiers: &'a Fichiers,
}

/// The contract as rules read it.
pub struct Context<'a> {
    pub contrat: &'a Contrat,
    /// The same, as data.
    pub donnees: &'a Value,
    pub modele: &'a Manifeste,
    pub modele_determine: bool,
    definitif: Cell<bool>,
    /// Whether a rule asked for the state: its findings may depend on it.
    etat_demande: Cell<bool>,
    pub fichiers: &'a Fichiers,
    /// The codes of all rules, which a contract may name.
    pub regles: Vec<&'static str>,
    etablissements: HashMap<&'a str, usize>,
    autorites: HashMap<&'a str, usize>,
    gestionnaires: HashMap<&'a str, usize>,
    constats: HashMap<&'a str, usize>,
    objectifs: HashMap<&'a str, usize>,
    axes: HashMap<&'a str, usize>,
    /// Fiches by the objective they bear.
    fiches: HashMap<&'a str, Vec<usize>>,
}

const ETABLISSEMENTS: &str = "/perimetre/etablissements";
const AUTORITES: &str = "/parties/autorites";
const GESTIONNAIRES: &str = "/parties/gestionnaires";
const CONSTATS: &str = "/diagnostic/constats";
const OBJECTIFS: &str = "/objectifs";
const AXES: &str = "/axes";
const FICHES: &str = "/fiches_actions";

/// The elements of a list with their places.
pub fn elements<'a, T>(liste: &'static str, valeurs: &'a [T]) -> impl Iterator<Item = Element<'a, T>> + 'a {
    valeurs.iter().enumerate().map(move |(rang, valeur)| Element { liste, rang, valeur })
}

/// First rank of each identifier.
fn index<'a, T>(valeurs: &'a [T], id: impl Fn(&'a T) -> &'a str) -> HashMap<&'a str, usize> {
    let mut index = HashMap::with_capacity(valeurs.len());
    for (rang, valeur) in valeurs.iter().enumerate() {
        index.entry(id(valeur)).or_insert(rang);
    }
    index
}

fn trouver<'a, T>(
    index: &HashMap<&'a str, usize>,
    liste: &'static str,
    valeurs: &'a [T],
    id: &str,
) -> Option<Element<'a, T>> {
    let rang = *index.get(id)?;
    valeurs.get(rang).map(|valeur| Element { liste, rang, valeur })
}

impl<'a> Context<'a> {
    /// `regles` are the codes of the catalogue.
    pub fn new(demande: &Demande<'a>, regles: Vec<&'static str>) -> Self {
        let contrat = demande.contrat;
        let mut fiches: HashMap<&str, Vec<usize>> = HashMap::new();
        for (rang, fiche) in contrat.fiches_actions.elements().iter().enumerate() {
            fiches.entry(fiche.objectif.as_str()).or_default().push(rang);
        }
        Context {
            contrat,
            donnees: demande.donnees,
            modele: demande.modele,
            modele_determine: demande.modele_determine,
            definitif: Cell::new(demande.definitif),
            etat_demande: Cell::new(false),
            fichiers: demande.fichiers,
            regles,
            etablissements: index(contrat.etablissements(), |e| e.id.as_str()),
            autorites: index(contrat.autorites(), |a| a.id.as_str()),
            gestionnaires: index(contrat.gestionnaires(), |g| g.id.as_str()),
            constats: index(constats(contrat), |c| c.id.as_str()),
            objectifs: index(contrat.objectifs.elements(), |o| o.id.as_str()),
            axes: index(contrat.axes.elements(), |a| a.id.as_str()),
            fiches,
        }
    }

    // --- state ---

    /// Whether the contract is to be printed as definitive.
    pub fn definitif(&self) -> bool {
        self.etat_demande.set(true);
        self.definitif.get()
    }

    /// Whether [`Self::definitif`] was asked since the last time this was.
    pub(super) fn etat_demande(&self) -> bool {
        self.etat_demande.replace(false)
    }

    /// From here on the contract is to be printed as definitive.
    pub(super) fn au_definitif(&self) {
        self.definitif.set(true);
    }

    // --- lists ---

    /// All establishments, excluded ones too.
    pub fn etablissements(&self) -> impl Iterator<Item = Element<'a, Etablissement>> + 'a {
        elements(ETABLISSEMENTS, self.contrat.etablissements())
    }

    /// The establishments of the perimeter.
    pub fn inclus(&self) -> impl Iterator<Item = Element<'a, Etablissement>> + 'a {
        self.etablissements().filter(|e| e.est_inclus())
    }

    pub fn autorites(&self) -> impl Iterator<Item = Element<'a, Autorite>> + 'a {
        elements(AUTORITES, self.contrat.autorites())
    }

    pub fn gestionnaires(&self) -> impl Iterator<Item = Element<'a, Gestionnaire>> + 'a {
        elements(GESTIONNAIRES, self.contrat.gestionnaires())
    }

    pub fn constats(&self) -> impl Iterator<Item = Element<'a, Constat>> + 'a {
        elements(CONSTATS, constats(self.contrat))
    }

    pub fn objectifs(&self) -> impl Iterator<Item = Element<'a, Objectif>> + 'a {
        elements(OBJECTIFS, self.contrat.objectifs.elements())
    }

    pub fn axes(&self) -> impl Iterator<Item = Element<'a, Axe>> + 'a {
        elements(AXES, self.contrat.axes.elements())
    }

    pub fn fiches(&self) -> impl Iterator<Item = Element<'a, FicheAction>> + 'a {
        elements(FICHES, self.contrat.fiches_actions.elements())
    }

    pub fn activites(&self) -> impl Iterator<Item = Element<'a, Activite>> + 'a {
        elements("/activite", self.contrat.activite.elements())
    }

    pub fn budgets(&self) -> impl Iterator<Item = Element<'a, Budget>> + 'a {
        elements("/moyens/budgets", self.contrat.budgets())
    }

    pub fn dotations(&self) -> impl Iterator<Item = Element<'a, Dotation>> + 'a {
        elements("/moyens/dotations", self.moyens().map_or(&[], |m| m.dotations.elements()))
    }

    pub fn moyens(&self) -> Option<&'a Moyens> {
        self.contrat.moyens.valeur()
    }

    // --- lookups by identifier ---

    pub fn etablissement(&self, id: &str) -> Option<Element<'a, Etablissement>> {
        trouver(&self.etablissements, ETABLISSEMENTS, self.contrat.etablissements(), id)
    }

    pub fn autorite(&self, id: &str) -> Option<Element<'a, Autorite>> {
        trouver(&self.autorites, AUTORITES, self.contrat.autorites(), id)
    }

    pub fn gestionnaire(&self, id: &str) -> Option<Element<'a, Gestionnaire>> {
        trouver(&self.gestionnaires, GESTIONNAIRES, self.contrat.gestionnaires(), id)
    }

    pub fn constat(&self, id: &str) -> Option<Element<'a, Constat>> {
        trouver(&self.constats, CONSTATS, constats(self.contrat), id)
    }

    pub fn objectif(&self, id: &str) -> Option<Element<'a, Objectif>> {
        trouver(&self.objectifs, OBJECTIFS, self.contrat.objectifs.elements(), id)
    }

    pub fn axe(&self, id: &str) -> Option<Element<'a, Axe>> {
        trouver(&self.axes, AXES, self.contrat.axes.elements(), id)
    }

    /// The fiches that bear an objective, in their order.
    pub fn fiches_de(&self, objectif: &str) -> impl Iterator<Item = Element<'a, FicheAction>> + '_ {
        let valeurs = self.contrat.fiches_actions.elements();
        let rangs = self.fiches.get(objectif).map(Vec::as_slice).unwrap_or_default();
        rangs.iter().filter_map(|rang| valeurs.get(*rang).map(|valeur| Element { liste: FICHES, rang: *rang, valeur }))
    }

    /// How a message names an establishment by its identifier.
    pub fn nom_de<'b>(&self, id: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.etablissement(id).map_or(id, |e| nom(e.valeur))
    }

    /// The printed number of each fiche, by rank.
    pub fn numeros(&self) -> Vec<u32> {
        self.contrat.fiches_numerotees().into_iter().map(|(numero, _)| numero).collect()
    }

    /// How a message names a party, an authority or a managing body, by its identifier.
    pub fn partie(&self, id: &str) -> String {
        let autorite = self.autorite(id).map(|a| nom_autorite(a.valeur));
        let gestionnaire = || self.gestionnaire(id).map(|g| nom_gestionnaire(g.valeur).to_string());
        autorite.or_else(gestionnaire).unwrap_or_else(|| id.to_string())
    }

    // --- the period ---

    /// The days that say which texts the contract is judged by.
    pub fn jours(&self) -> Jours {
        Jours { signature: self.signature(), effet: self.debut() }
    }

    /// The text that the contract is concluded under.
    pub fn fondement(&self) -> Fondement {
        fondement(self.contrat, self.jours())
    }

    /// First day of effect, when it is a date of the contract.
    pub fn debut(&self) -> Option<Date> {
        self.contrat.periode.premier_jour()
    }

    /// Last day of effect, prorogation included; unknown while the dates disagree with the duration (`DAT-001`).
    pub fn fin(&self) -> Option<Date> {
        let periode = &self.contrat.periode;
        let debut = self.debut()?;
        let proroge = periode.prorogation.valeur().and_then(|p| valeur(&p.jusqu_au));
        let calculee = valeur(&periode.duree_annees)
            .and_then(|d| i16::try_from(d.0).ok())
            .filter(|annees| (1..=99).contains(annees))
            .map(|annees| debut.plus_annees(annees).veille());
        match (valeur(&periode.fin), calculee) {
            (Some(declaree), Some(calculee)) if declaree != calculee => None,
            (declaree, calculee) => proroge.or(declaree).or(calculee),
        }
    }

    /// The calendar years of the contract, prorogation included; none while the dates are unknown.
    pub fn annees(&self) -> Vec<i16> {
        let mut annees = match self.fin() {
            Some(_) => self.contrat.periode.annees(),
            None => Vec::new(),
        };
        if let (Some(derniere), Some(fin)) = (annees.last().copied(), self.fin()) {
            annees.extend((derniere + 1..=fin.annee()).take(1));
        }
        annees
    }

    /// The date of signature.
    pub fn signature(&self) -> Option<Date> {
        self.contrat.signature.valeur().and_then(|s| s.date.valeur().copied())
    }

    // --- the model ---

    /// A parameter of the model as a number.
    pub fn parametre(&self, nom: &str) -> Option<f64> {
        self.valeur_du_parametre(nom)?.as_f64()
    }

    /// A parameter of the model, as it is at the days of the contract.
    pub fn valeur_du_parametre(&self, nom: &str) -> Option<&'a Value> {
        self.modele.parametres.get(nom).map(|p| p.valeur_pour(self.jours()))
    }

    /// The elements of the model's plan, at any depth, in printing order.
    pub fn plan(&self) -> Vec<&'a ElementDuPlan> {
        fn suivre<'m>(elements: &'m [ElementDuPlan], vus: &mut Vec<&'m ElementDuPlan>) {
            for element in elements {
                vus.push(element);
                suivre(&element.elements, vus);
            }
        }
        let mut vus = Vec::new();
        suivre(&self.modele.plan, &mut vus);
        vus
    }
}

fn constats(contrat: &Contrat) -> &[Constat] {
    contrat.diagnostic.valeur().map_or(&[], |d| d.constats.elements())
}

/// Sum of known amounts; `None` when none is known.
pub fn somme(montants: impl IntoIterator<Item = Option<Montant>>) -> Option<Montant> {
    montants.into_iter().flatten().reduce(|a, b| a + b)
}

/// The value of an optional key copied out.
pub fn valeur<T: Copy>(champ: &Champ<T>) -> Option<T> {
    champ.valeur().copied()
}

/// How a message names an authority: its name, else what its type and territory say, else its identifier.
pub fn nom_autorite(autorite: &Autorite) -> String {
    let du_territoire = || match autorite.r#type {
        TypeAutorite::Ars => region(autorite.region.valeur()?.as_str()).map(|r| r.ars.to_string()),
        TypeAutorite::Departement | TypeAutorite::Metropole => match autorite.departement.valeur()?.as_str() {
            "69M" => Some("Métropole de Lyon".into()),
            code => departement(code).map(|d| format!("conseil départemental {}", d.de)),
        },
        _ => None,
    };
    let nom = autorite.nom.valeur().map(ToString::to_string);
    nom.or_else(du_territoire).unwrap_or_else(|| autorite.id.to_string())
}

/// How a message names a managing body: its short name, else its name, else its identifier.
pub fn nom_gestionnaire(gestionnaire: &Gestionnaire) -> &str {
    let nom = gestionnaire.sigle.valeur().or(gestionnaire.nom.valeur());
    nom.map_or(gestionnaire.id.as_str(), |n| n.as_str())
}

/// How a message names an establishment: its name, else its identifier.
pub fn nom(etablissement: &Etablissement) -> &str {
    etablissement.nom.valeur().map_or(etablissement.id.as_str(), |n| n.as_str())
}

/// Whether a managing body is a public one, by its legal status.
pub fn est_public(gestionnaire: &Gestionnaire) -> bool {
    gestionnaire.statut_juridique.valeur().and_then(|s| statut(s.as_str())).is_some_and(|s| s.public())
}
