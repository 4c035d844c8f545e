//! DIA-006: an establishment in deficit has its way back.

use super::lecture::{concerne, sert};
use crate::contrat::diagnostic::Theme;
use crate::contrat::identifiants::{Annee, Montant};
use crate::regles::context::{Context, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{ANAP, L313_12_2, R314_221};
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "DIA-006",
    famille: Famille::Diagnostic,
    severite: Severite::Alerte,
    titre: "Un établissement en déficit a une trajectoire ou un objectif",
    pourquoi: "Un déficit que le contrat ignore se creuse et finit par peser sur les autres établissements. Est lu le dernier exercice connu ; répondent une trajectoire de retour à l'équilibre, une clause particulière qui nomme l'établissement et son équilibre, ou un objectif issu d'un constat financier qui le concerne.",
    remede: "ajoutez la trajectoire à « moyens.retour_equilibre », ou un objectif sur la situation financière.",
    references: &[&L313_12_2, &R314_221, &ANAP],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/diagnostic/situation_financiere",
        "/diagnostic/constats",
        "/objectifs",
        "/moyens/retour_equilibre",
        "/clauses_particulieres",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(diagnostic) = contexte.contrat.diagnostic.valeur() else { return };
    let mut derniers: BTreeMap<&str, (usize, Annee, Montant)> = BTreeMap::new();
    for (rang, situation) in diagnostic.situation_financiere.elements().iter().enumerate() {
        let (exercice, Some(resultat)) = (situation.exercice, valeur(&situation.resultat)) else { continue };
        let dernier = derniers.entry(situation.etablissement.as_str()).or_insert((rang, exercice, resultat));
        if exercice > dernier.1 {
            *dernier = (rang, exercice, resultat);
        }
    }
    let retours = contexte.moyens().map_or(&[][..], |m| m.retour_equilibre.elements());
    for (id, (rang, exercice, resultat)) in derniers {
        let Some(etablissement) = contexte.etablissement(id).filter(|e| e.valeur.est_inclus()) else { continue };
        let clause = contexte.contrat.clauses_particulieres.elements().iter().any(|c| {
            let texte = c.texte.as_str().to_lowercase();
            texte.contains("équilibre") && texte.contains(&nom(etablissement.valeur).to_lowercase())
        });
        let repondu = clause
            || retours.iter().any(|r| r.etablissement.as_str() == id)
            || contexte
                .objectifs()
                .any(|o| concerne(o.valeur, id) && sert(contexte, o.valeur, Theme::SituationFinanciere));
        if resultat.centimes() < 0 && !repondu {
            findings.signaler(
                format!("/diagnostic/situation_financiere/{rang}/resultat"),
                format!(
                    "« {} » finit l'exercice {exercice} à {resultat}, sans retour à l'équilibre ni objectif.",
                    nom(etablissement.valeur)
                ),
            );
        }
    }
}
