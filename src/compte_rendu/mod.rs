//! The report on a contract as people and machines read it: from a verification to one set of data, then to
//! text, JSON, SARIF, JUnit, Markdown or a printable document.
//!
//! It decides nothing: what is wrong was found by the phases before it. It reads and writes no file.

mod abord;
pub(crate) mod blocs;
pub mod codes;
mod comparaison;
mod completude;
mod groupe;
pub mod imprime;
pub mod junit;
mod ligne;
pub mod markdown;
mod partie;
pub mod sarif;
mod semblables;

pub use crate::remarque::Detenteur;
pub use comparaison::Comparaison;
pub use completude::{Manque, Rang, deja_dit, lignes as lignes_de, tableaux as tableaux_des_manques};
pub use groupe::{Entree, entrees};
pub use ligne::Ligne;
pub use partie::Partie;

use crate::contrat::{Contrat, Place};
use crate::document::Etat;
use crate::formats::compte;
use crate::modele::Modele;
use crate::regles::chemins;
use crate::regles::{DerogationAppliquee, Rapport, ReglageApplique};
use crate::remarque::{Remarque, Severite};
use crate::schema::generation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The report on one contract.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(
    title = "Rapport de vérification",
    description = "Ce que « cpom verifier --format json » écrit : les remarques sur un contrat, et ce qui a été réglé ou écarté."
)]
pub struct CompteRendu {
    #[schemars(description = "Référence du contrat.")]
    pub contrat: String,
    #[schemars(description = "Fichiers lus.")]
    pub fichiers: Vec<String>,
    #[schemars(description = "Modèle régional appliqué.")]
    pub modele: ModeleApplique,
    #[schemars(description = "État pour lequel le contrat est vérifié : « projet » ou « definitif ».")]
    pub etat: &'static str,
    #[schemars(description = "La conclusion, en une phrase.")]
    pub verdict: String,
    #[schemars(description = "true quand une remarque bloquante refuse le contrat, affichée ou non.")]
    pub refuse: bool,
    #[schemars(
        description = "true quand le contrat définitif serait refusé : par une remarque bloquante, par une lacune (« bilan.lacunes »), ou par ce qui n'est exigé que d'un définitif (« --etat definitif » le dit)."
    )]
    pub definitif_refuse: bool,
    #[schemars(description = "true quand le contrat peut être imprimé comme projet : sa structure est bonne.")]
    pub imprimable: bool,
    #[schemars(description = "Nombre de remarques du contrat entier, par gravité.")]
    pub bilan: Bilan,
    #[schemars(description = "Partie du contrat à laquelle les remarques affichées sont restreintes.")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partie: Option<Partie>,
    #[schemars(description = "Les remarques, dans l'ordre des fichiers.")]
    pub remarques: Vec<Ligne>,
    #[schemars(description = "Comparaison avec une autre version du contrat.")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub comparaison: Option<Comparaison>,
    #[schemars(description = "Ce qui manque au contrat, quand cette liste est demandée.")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completude: Option<Vec<Manque>>,
    #[schemars(description = "Règles que le modèle règle autrement que le catalogue.")]
    pub reglages: Vec<ReglageApplique>,
    #[schemars(description = "Dérogations du contrat, et ce qu'elles écartent.")]
    pub derogations: Vec<DerogationAppliquee>,
    #[schemars(description = "Stipulations propres à ce contrat.")]
    pub clauses_particulieres: Vec<ClauseSignalee>,
    /// Whether the forms for people say why each rule matters; the JSON says it always.
    #[serde(skip)]
    pub avec_pourquoi: bool,
}

/// The model that the contract was checked against.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(description = "Un modèle régional et sa version.")]
pub struct ModeleApplique {
    pub id: String,
    pub version: String,
    #[schemars(description = "SHA-256 des fichiers du modèle.")]
    pub empreinte: String,
    #[schemars(description = "true quand le modèle vient d'un dossier de l'utilisateur.")]
    pub local: bool,
}

/// Counts by severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(description = "Nombre de remarques par gravité, et de lacunes.")]
pub struct Bilan {
    pub bloquantes: usize,
    pub alertes: usize,
    pub informations: usize,
    #[schemars(
        description = "Nombre de valeurs que le dossier imprime et qui manquent ; d'un contrat définitif, elles sont aussi parmi les remarques bloquantes. null quand la structure du fichier empêche de l'écrire."
    )]
    #[serde(default)]
    pub lacunes: Option<usize>,
}

impl Bilan {
    pub fn de<'a>(remarques: impl IntoIterator<Item = &'a Remarque>) -> Self {
        let mut bilan = Bilan::default();
        for remarque in remarques {
            match remarque.severite {
                Severite::Bloquante => bilan.bloquantes += 1,
                Severite::Alerte => bilan.alertes += 1,
                Severite::Information => bilan.informations += 1,
            }
        }
        bilan
    }

    /// « 2 remarques bloquantes, 1 alerte, 12 lacunes »; of a definitive contract, gaps are blocking remarks.
    pub fn en_mots(self, definitif: bool) -> String {
        let bloquantes = if self.bloquantes > 1 { "remarques bloquante" } else { "remarque bloquante" };
        let lacunes = self.lacunes.unwrap_or_default();
        let dont = match definitif && lacunes > 0 {
            true => format!(" (dont {})", compte(lacunes, "lacune")),
            false => String::new(),
        };
        let a_part = if definitif { 0 } else { lacunes };
        let comptes = [
            (self.bloquantes, bloquantes, dont.as_str()),
            (a_part, "lacune", ""),
            (self.alertes, "alerte", ""),
            (self.informations, "information", ""),
        ];
        let parties: Vec<String> = comptes
            .into_iter()
            .filter(|(n, ..)| *n > 0)
            .map(|(n, mot, suite)| format!("{}{suite}", compte(n, mot)))
            .collect();
        if parties.is_empty() { "aucune remarque".into() } else { parties.join(", ") }
    }
}

/// A clause of the contract's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(description = "Une clause particulière du contrat.")]
pub struct ClauseSignalee {
    #[schemars(description = "Article du modèle auprès duquel elle est imprimée.")]
    pub article: String,
    #[schemars(description = "« avant », « apres » ou « remplace ».")]
    pub place: &'static str,
    pub motif: Option<String>,
}

impl ClauseSignalee {
    /// « après l'article « litiges » : médiation ».
    pub fn en_mots(&self) -> String {
        let place = match self.place {
            "avant" => "avant l'article",
            "apres" => "après l'article",
            _ => "à la place de l'article",
        };
        let motif = self.motif.as_ref().map(|m| format!(" (motif : {m})")).unwrap_or_default();
        format!("{place} « {} »{motif}", self.article)
    }
}

/// What a report is made from.
pub struct Source<'a> {
    pub rapport: &'a Rapport,
    pub modele: &'a Modele,
    pub etat: Etat,
    pub fichiers: Vec<String>,
    /// The data as they are, for the paths and the reference.
    pub donnees: &'a Value,
    /// The typed contract, when the schema accepts it.
    pub contrat: Option<&'a Contrat>,
    /// How many values its text lacks, when one can be written; whether the definitive contract would be refused.
    pub lacunes: Option<usize>,
    pub definitif_refuse: bool,
}

impl CompteRendu {
    pub fn nouveau(source: &Source<'_>) -> Self {
        let remarques = &source.rapport.remarques;
        let reference = source.donnees.pointer("/reference").and_then(Value::as_str).unwrap_or("sans référence");
        CompteRendu {
            contrat: reference.to_owned(),
            fichiers: source.fichiers.clone(),
            modele: ModeleApplique {
                id: source.modele.manifeste.id.to_string(),
                version: source.modele.manifeste.version.clone(),
                empreinte: source.modele.empreinte.clone(),
                local: source.modele.local,
            },
            etat: match source.etat {
                Etat::Projet => "projet",
                Etat::Definitif => "definitif",
            },
            verdict: verdict(source).to_owned(),
            refuse: source.rapport.refuse(),
            definitif_refuse: source.definitif_refuse,
            imprimable: source.contrat.is_some(),
            bilan: Bilan { lacunes: source.lacunes, ..Bilan::de(remarques) },
            partie: None,
            remarques: remarques
                .iter()
                .map(|r| Ligne {
                    partie: Partie::de(&r.pointeur),
                    pourquoi: ligne::pourquoi(&r.code),
                    stable: chemins::stable(source.donnees, &r.pointeur),
                    remarque: r.clone(),
                })
                .collect(),
            comparaison: None,
            completude: None,
            reglages: source.rapport.reglages.clone(),
            derogations: source.rapport.derogations.clone(),
            clauses_particulieres: source.contrat.map(clauses).unwrap_or_default(),
            avec_pourquoi: false,
        }
    }

    /// Keeps the remarks that an older report has not, and lists those of the older one that are gone.
    ///
    /// Two remarks are the same when they have the same code on the same element, wherever it stands in its list.
    #[must_use]
    pub fn depuis(mut self, ancien: &CompteRendu) -> Self {
        let (nouvelles, communes) = comparaison::absentes(&self.remarques, &ancien.remarques);
        let (resolues, _) = comparaison::absentes(&ancien.remarques, &self.remarques);
        self.remarques = nouvelles;
        self.comparaison = Some(Comparaison { fichiers: ancien.fichiers.clone(), resolues, inchangees: communes });
        self
    }

    /// Shows only the remarks on one part; the verdict stays that of the whole contract.
    #[must_use]
    pub fn restreint(mut self, partie: Partie) -> Self {
        self.remarques.retain(|l| l.partie == partie);
        if let Some(comparaison) = &mut self.comparaison {
            comparaison.resolues.retain(|l| l.partie == partie);
        }
        self.partie = Some(partie);
        self
    }

    /// The remarks by part, in the order of the contract; parts without any are left out.
    pub fn par_partie(&self) -> Vec<(Partie, Vec<&Remarque>)> {
        grouper(&self.remarques)
    }

    /// « contrat cohérent mais incomplet, le définitif serait refusé : 87 lacunes, 2 alertes ».
    pub fn conclusion(&self) -> String {
        format!("{} : {}", self.verdict, self.bilan_en_mots())
    }

    pub fn bilan_en_mots(&self) -> String {
        self.bilan.en_mots(self.etat == "definitif")
    }

    /// What tells more on a draft that is consistent and whose definitive would be refused.
    pub fn suite(&self) -> Option<&'static str> {
        let lacunes = self.bilan.lacunes.unwrap_or_default() > 0;
        match (self.refuse || !self.definitif_refuse, lacunes) {
            (true, _) => None,
            (false, true) if self.completude.is_some() => None,
            (false, true) => {
                Some("« --completude » donne le tableau de ce qui manque ; « --etat definitif », chaque place.")
            }
            (false, false) => Some("« --etat definitif » dit pourquoi."),
        }
    }

    /// « paca 2017-2022.1 (modèle local) ».
    pub fn designation_du_modele(&self) -> String {
        let local = if self.modele.local { " (modèle local)" } else { "" };
        format!("{} {}{local}", self.modele.id, self.modele.version)
    }

    /// The report as JSON, as `schemas/rapport.schema.json` describes it.
    pub fn json(&self) -> String {
        let mut texte = serde_json::to_string_pretty(self).unwrap_or_default();
        texte.push('\n');
        texte
    }
}

/// « contrat accepté » is for what may be signed, or would be: neither a draft with gaps nor one that only a definitive
/// contract's rules refuse. A draft that can be printed is not refused itself.
fn verdict(source: &Source<'_>) -> &'static str {
    let lacunes = source.lacunes.unwrap_or_default() > 0;
    match (source.rapport.refuse(), source.etat) {
        (true, Etat::Projet) if source.contrat.is_some() => "le contrat définitif serait refusé",
        (true, _) => "contrat refusé",
        (false, _) if !source.definitif_refuse => "contrat accepté",
        (false, _) if lacunes => "contrat cohérent mais incomplet, le définitif serait refusé",
        (false, _) => "contrat cohérent comme projet, le définitif serait refusé",
    }
}

/// Lines by part, in the order of the contract.
fn grouper(lignes: &[Ligne]) -> Vec<(Partie, Vec<&Remarque>)> {
    Partie::TOUTES
        .into_iter()
        .map(|partie| (partie, lignes.iter().filter(|l| l.partie == partie).map(|l| &l.remarque).collect::<Vec<_>>()))
        .filter(|(_, remarques)| !remarques.is_empty())
        .collect()
}

fn clauses(contrat: &Contrat) -> Vec<ClauseSignalee> {
    let clauses = contrat.clauses_particulieres.elements().iter();
    clauses
        .map(|c| ClauseSignalee {
            article: c.article.to_string(),
            place: match c.place {
                Place::Avant => "avant",
                Place::Apres => "apres",
                Place::Remplace => "remplace",
                Place::RemplaceTexte => "remplace_texte",
            },
            motif: c.motif.valeur().map(ToString::to_string),
        })
        .collect()
}

/// The schema of the JSON report, draft 2020-12, as it is committed.
pub fn texte_du_schema() -> String {
    generation::en_texte(&generation::schema_de::<CompteRendu>())
}
