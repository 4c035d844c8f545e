//! PAR-010: the signatories that the model requires.

use super::signataires;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{BRETAGNE, COHERENCE};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PAR-010",
    famille: Famille::Parties,
    severite: Severite::Alerte,
    titre: "Les signataires que le modèle exige sont parties",
    pourquoi: "Un modèle peut exiger une partie qui n'est compétente pour aucun établissement (Éducation nationale, préfet) : son paramètre « signataires_requis » liste les types attendus, s'il y a lieu pour certains publics ou départements seulement. Sans ce paramètre, la règle se tait.",
    remede: "ajoutez cette partie, ou écartez la règle par une dérogation qui dit pourquoi elle ne signe pas.",
    references: &[&BRETAGNE, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/parties/autorites/*/type", "/perimetre/etablissements"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for requis in signataires::requis(contexte) {
        if !contexte.autorites().any(|a| a.valeur.r#type == requis) {
            findings.signaler(
                "/parties/autorites",
                format!(
                    "Le modèle demande la signature de cette autorité, qui n'est pas partie : {}.",
                    signataires::nom(requis)
                ),
            );
        }
    }
}
