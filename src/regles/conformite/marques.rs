//! A demand of a text → what the program does of it: imposed, told, printed, left to who writes, or nothing.

use super::references;
use crate::droit::conformite::{Demande, Impression, Reste, Section};
use crate::droit::{Nature, Texte};
use crate::regles::registre::RULES;
use crate::regles::rule::Rule;
use crate::remarque::Severite;
use std::collections::BTreeSet;

/// What the program does of a demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Marque {
    Impose,
    Signale,
    Imprime,
    AuRedacteur,
    NonTraite,
}

impl Marque {
    pub const TOUTES: [Marque; 5] =
        [Marque::Impose, Marque::Signale, Marque::Imprime, Marque::AuRedacteur, Marque::NonTraite];

    fn en_mots(self) -> &'static str {
        match self {
            Marque::Impose => "**imposé**",
            Marque::Signale => "**signalé**",
            Marque::Imprime => "**imprimé**",
            Marque::AuRedacteur => "**laissé au rédacteur**",
            Marque::NonTraite => "**non traité**",
        }
    }

    /// As several demands have it.
    pub fn au_pluriel(self) -> &'static str {
        match self {
            Marque::Impose => "imposées",
            Marque::Signale => "signalées",
            Marque::Imprime => "imprimées",
            Marque::AuRedacteur => "laissées au rédacteur",
            Marque::NonTraite => "non traitées",
        }
    }

    fn de(rule: &Rule) -> Marque {
        match rule.severite {
            Severite::Bloquante => Marque::Impose,
            Severite::Alerte | Severite::Information => Marque::Signale,
        }
    }
}

/// What a rule rests on, seen from a demand that it answers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Appui {
    /// A text of the demand itself.
    Texte,
    /// Another text, by its short reference.
    AutreTexte(String),
    Coherence,
    Signatures,
    /// A published method or a regional model.
    Usage,
}

impl Appui {
    /// The groups of a line, in their order; what other texts found is one group, where each rule says its own.
    fn rang(&self) -> u8 {
        match self {
            Appui::Texte => 0,
            Appui::AutreTexte(_) => 1,
            Appui::Coherence => 2,
            Appui::Signatures => 3,
            Appui::Usage => 4,
        }
    }

    fn en_mots(&self, nombre: usize) -> &'static str {
        match self {
            Appui::Texte => "",
            Appui::AutreTexte(_) if nombre > 1 => " au titre d'autres textes",
            Appui::AutreTexte(_) => " au titre d'un autre texte",
            Appui::Coherence => " au titre de la cohérence",
            Appui::Signatures => " au titre de la régularité des signatures",
            Appui::Usage => " au titre d'une méthode ou d'un modèle",
        }
    }
}

/// What a rule rests on, for a demand of these texts.
pub fn appui(rule: &Rule, textes: &[&str]) -> Appui {
    let cites = || rule.references.iter().filter_map(|r| r.texte());
    let autre = |texte: &&Texte| !matches!(texte.nature, Nature::Controle | Nature::Methode | Nature::Modele);
    let controle = |id: &str| cites().any(|t| t.id == id);
    if cites().any(|t| textes.contains(&t.id.as_str())) {
        Appui::Texte
    } else if let Some(autre) = cites().find(autre) {
        Appui::AutreTexte(references::courte(autre))
    } else if controle("controle-coherence") {
        Appui::Coherence
    } else if controle("controle-signature") {
        Appui::Signatures
    } else {
        Appui::Usage
    }
}

/// The rules that a demand names: by their codes, or by the three letters of their family.
pub fn regles(ligne: &Demande) -> Vec<&'static Rule> {
    let nommee = |rule: &&Rule| ligne.regles.iter().any(|nom| nom == rule.code || nom == rule.famille.sigle());
    RULES.iter().copied().filter(nommee).collect()
}

/// The marks of a demand.
pub struct Marques<'a> {
    ligne: &'a Demande,
    /// Each rule, with what it does and what it rests on.
    regles: Vec<(Marque, Appui, &'static Rule)>,
}

impl<'a> Marques<'a> {
    pub fn de(ligne: &'a Demande, section: &Section) -> Marques<'a> {
        let textes: Vec<&str> = ligne.textes(section).collect();
        let mut regles: Vec<_> =
            regles(ligne).into_iter().map(|rule| (Marque::de(rule), appui(rule, &textes), rule)).collect();
        // The order of the registry stays within a group.
        regles.sort_by_key(|(marque, appui, _)| (*marque, appui.rang()));
        Marques { ligne, regles }
    }

    /// Whether the demand has a mark.
    pub fn a(&self, marque: Marque) -> bool {
        match marque {
            Marque::Impose | Marque::Signale => self.regles.iter().any(|(m, ..)| *m == marque),
            Marque::Imprime => self.ligne.est_imprimee(),
            Marque::AuRedacteur => self.ligne.reste == Some(Reste::AuRedacteur),
            Marque::NonTraite => self.ligne.reste == Some(Reste::NonTraite),
        }
    }

    /// « **imposé** : DAT-001, DAT-002 ; **imprimé** – … ».
    pub fn en_mots(&self) -> String {
        let memes = |a: &(Marque, Appui, &Rule), b: &(Marque, Appui, &Rule)| a.0 == b.0 && a.1.rang() == b.1.rang();
        let mut mots: Vec<String> = self.regles.chunk_by(memes).map(groupe).collect();
        let sans_regle = [Marque::Imprime, Marque::AuRedacteur, Marque::NonTraite];
        mots.extend(sans_regle.into_iter().filter(|m| self.a(*m)).map(|m| self.sans_regle(m)));
        let precision = self.ligne.precision.as_ref().map(|p| format!(" – {p}")).unwrap_or_default();
        format!("{}{precision}", mots.join(" ; "))
    }

    fn sans_regle(&self, marque: Marque) -> String {
        match (&self.ligne.imprime, marque) {
            (Some(Impression::Precisee(part)), Marque::Imprime) => format!("{} ({part})", marque.en_mots()),
            _ => marque.en_mots().into(),
        }
    }
}

/// « **imposé** au titre de la cohérence : OBJ-001, IND-001 ».
fn groupe(regles: &[(Marque, Appui, &'static Rule)]) -> String {
    let Some((marque, appui, _)) = regles.first() else { return String::new() };
    let codes: Vec<String> = regles.iter().map(|(_, appui, rule)| code(rule, appui)).collect();
    format!("{}{} : {}", marque.en_mots(), appui.en_mots(autres(regles)), codes.join(", "))
}

/// How many other texts a group rests on.
fn autres(regles: &[(Marque, Appui, &'static Rule)]) -> usize {
    let autre = |appui: &Appui| match appui {
        Appui::AutreTexte(autre) => Some(autre.clone()),
        _ => None,
    };
    regles.iter().filter_map(|(_, appui, _)| autre(appui)).collect::<BTreeSet<_>>().len()
}

/// The code, and what tells it apart in its group.
fn code(rule: &Rule, appui: &Appui) -> String {
    let demandee = rule.sur_demande.then_some("si le modèle la demande");
    let autre = match appui {
        Appui::AutreTexte(autre) => Some(autre.as_str()),
        _ => None,
    };
    let precisions: Vec<&str> = autre.into_iter().chain(demandee).collect();
    if precisions.is_empty() { rule.code.into() } else { format!("{} ({})", rule.code, precisions.join(", ")) }
}
