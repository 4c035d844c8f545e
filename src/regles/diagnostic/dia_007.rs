//! DIA-007: Creton situations and an objective on adult passage.

use super::lecture::paroles;
use crate::formats::{en_lettres, majuscule};
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::ANAP;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DIA-007",
    famille: Famille::Diagnostic,
    severite: Severite::Alerte,
    titre: "Des jeunes maintenus au titre de l'amendement Creton appellent un objectif",
    pourquoi: "Chaque jeune adulte maintenu occupe la place d'un enfant et vit dans un cadre qui n'est plus le sien. La règle cherche, dans les objectifs et leurs fiches, les mots « adulte », « Creton » ou « vingt ans » : c'est une lecture simple.",
    remede: "ajoutez un objectif sur le passage à l'âge adulte, ou dites dans le diagnostic pourquoi il n'est pas retenu.",
    references: &[&ANAP],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/diagnostic/creton", "/objectifs", "/fiches_actions"],
    consequences: &[],
    check,
};

const MOTS: [&str; 4] = ["adulte", "creton", "vingt ans", "20 ans"];

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let creton = contexte.contrat.diagnostic.valeur().and_then(|d| d.creton.valeur());
    let Some(nombre) = creton.and_then(|c| valeur(&c.nombre)).filter(|n| n.0 > 0) else { return };
    if contexte.contrat.objectifs.elements().is_empty() {
        return;
    }
    let traite = contexte.objectifs().any(|o| {
        let paroles = paroles(contexte, o.valeur);
        MOTS.iter().any(|mot| paroles.contains(mot))
    });
    if !traite {
        findings.signaler(
            "/diagnostic/creton/nombre",
            format!(
                "{} au titre de l'amendement Creton, et aucun objectif ne porte sur le passage à l'âge adulte.",
                if nombre.0 > 1 {
                    format!("{} jeunes adultes sont maintenus", majuscule(&en_lettres(i64::from(nombre.0))))
                } else {
                    "Un jeune adulte est maintenu".into()
                }
            ),
        );
    }
}
