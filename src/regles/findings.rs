//! What one rule finds: the collector that a check writes to.

use crate::droit::{Jours, valeurs};
use crate::modele::manifeste::Reglage;
use crate::remarque::Severite;
use serde_json::Value;

/// A figure that a rule compares with.
#[derive(Debug, Clone, Copy)]
pub struct Limite {
    pub nom: &'static str,
    pub valeur: Seuil,
    pub unite: &'static str,
    /// What it limits, where it comes from and since when.
    pub libelle: &'static str,
}

/// Where the figure of a limit comes from; a model may set another.
#[derive(Debug, Clone, Copy)]
pub enum Seuil {
    /// The model alone: without it, no limit.
    DuModele,
    /// A usage, a reading, a parameter of this program: never a value of the law.
    Fixe(f64),
    /// A value of the law (`crate::droit::valeurs`), at the day that it chooses.
    DuDroit(&'static str),
}

impl Seuil {
    /// The figure, for a contract of these days.
    pub fn nombre(self, jours: Jours) -> Option<f64> {
        match self {
            Seuil::DuModele => None,
            Seuil::Fixe(nombre) => Some(nombre),
            Seuil::DuDroit(id) => valeurs::nombre(id, jours),
        }
    }
}

/// A finding before it is placed: the rule gives the code, the remedy and the references.
#[derive(Debug)]
pub struct Finding {
    pub(super) pointeur: String,
    pub(super) message: String,
    pub(super) remede: Option<String>,
    pub(super) severite: Severite,
}

impl Finding {
    /// What to do here, when the rule's general remedy can be said better.
    pub fn remede(&mut self, remede: impl Into<String>) -> &mut Self {
        self.remede = Some(remede.into());
        self
    }

    /// The finding's own severity, for the rules that have two; the model's setting does not change it.
    pub fn severite(&mut self, severite: Severite) -> &mut Self {
        self.severite = severite;
        self
    }
}

/// Collects the findings of one rule, with the model's setting of that rule.
#[derive(Debug)]
pub struct Findings<'a> {
    severite: Severite,
    limites: &'static [Limite],
    reglage: Option<&'a Reglage>,
    jours: Jours,
    pub(super) trouves: Vec<Finding>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(
        severite: Severite,
        limites: &'static [Limite],
        reglage: Option<&'a Reglage>,
        jours: Jours,
    ) -> Self {
        Self { severite, limites, reglage, jours, trouves: Vec::new() }
    }

    /// Says that something is wrong at a pointer: a whole French sentence with the value and the limit.
    pub fn signaler(&mut self, pointeur: impl Into<String>, message: impl Into<String>) -> &mut Finding {
        let severite = self.reglage.and_then(|r| r.severite).unwrap_or(self.severite);
        self.trouves.push(Finding { pointeur: pointeur.into(), message: message.into(), remede: None, severite });
        let dernier = self.trouves.len() - 1;
        &mut self.trouves[dernier]
    }

    /// A limit of the rule by its name: the model's, else the default one.
    ///
    /// In a manifest, a number sets the first limit of the rule and an object sets each by its name.
    pub fn limite(&self, nom: &str) -> Option<f64> {
        let rang = self.limites.iter().position(|l| l.nom == nom)?;
        let reglee = self.reglage.and_then(|r| r.limite.as_ref()).and_then(|limite| match limite {
            Value::Object(limites) => limites.get(nom).and_then(Value::as_f64),
            autre => autre.as_f64().filter(|_| rang == 0),
        });
        reglee.or_else(|| self.limites[rang].valeur.nombre(self.jours))
    }
}
