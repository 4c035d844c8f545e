//! SUI-004: a dialogue that repeats has a rhythm, and ends after it begins.

use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "SUI-004",
    famille: Famille::Suivi,
    severite: Severite::Alerte,
    titre: "Un dialogue qui se répète a un rythme et une fin",
    pourquoi: "« jusqu_en » sans « frequence » n'est pas lu : le dialogue ne s'imprimerait que pour sa première année. Une dernière année antérieure à la première le ferait disparaître du calendrier.",
    remede: "ajoutez « frequence » (« annuelle », par exemple), ou corrigez « jusqu_en ».",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/suivi/dialogues"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for (rang, dialogue) in contexte.contrat.dialogues().iter().enumerate() {
        let Some(derniere) = dialogue.jusqu_en.valeur() else { continue };
        let message = if dialogue.frequence.valeur().is_none() {
            format!("Le dialogue de {} dure jusqu'en {derniere} sans que son rythme soit dit.", dialogue.annee)
        } else if *derniere < dialogue.annee {
            format!("Le dialogue de {} s'arrête en {derniere}, avant de commencer.", dialogue.annee)
        } else {
            continue;
        };
        findings.signaler(format!("/suivi/dialogues/{rang}/jusqu_en"), message);
    }
}
