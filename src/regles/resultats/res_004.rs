//! RES-004: a report à nouveau is either positive or negative.

use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, R314_234};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "RES-004",
    famille: Famille::Resultats,
    severite: Severite::Bloquante,
    titre: "Un établissement n'a pas à la fois un report excédentaire et un report déficitaire",
    pourquoi: "Un même compte de résultat ne peut porter un solde au compte 110 et un solde au compte 119 : l'un apure l'autre.",
    remede: "gardez le solde net, d'un seul côté.",
    references: &[&R314_234, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&R314_234, DateChoisie::Effet),
    derogeable: false,
    lit: &["/diagnostic/situation_financiere", "/perimetre/etablissements/*/nom"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let situations = contexte.contrat.diagnostic.valeur().map_or(&[][..], |d| d.situation_financiere.elements());
    for (rang, situation) in situations.iter().enumerate() {
        let Some(report) = situation.report_a_nouveau.valeur() else { continue };
        let (Some(plus), Some(moins)) = (valeur(&report.excedentaire), valeur(&report.deficitaire)) else { continue };
        if plus.centimes() != 0 && moins.centimes() != 0 {
            let id = situation.etablissement.as_str();
            let nom = contexte.nom_de(id);
            findings.signaler(
                format!("/diagnostic/situation_financiere/{rang}/report_a_nouveau"),
                format!(
                    "« {nom} » porte en {} un report excédentaire de {plus} et un report déficitaire de {moins}.",
                    situation.exercice
                ),
            );
        }
    }
}
