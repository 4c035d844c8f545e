//! PER-015: the lowest age is not above the highest.

use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-015",
    famille: Famille::Perimetre,
    severite: Severite::Bloquante,
    titre: "L'âge minimal ne dépasse pas l'âge maximal",
    pourquoi: "« De 40 à 20 ans » ne veut rien dire, et les âges font partie de l'autorisation. La règle se tait si l'un des deux âges manque.",
    remede: "corrigez « min » ou « max » ; les deux sont peut-être intervertis.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/perimetre/etablissements/*/ages", "/perimetre/etablissements/*/nom"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for etablissement in contexte.etablissements() {
        let Some(ages) = etablissement.valeur.ages.valeur() else { continue };
        let (Some(min), Some(max)) = (ages.min.valeur(), ages.max.valeur()) else { continue };
        if min > max {
            findings.signaler(
                etablissement.pointeur("ages/min"),
                format!("« {} » accueillerait de {} à {} ans.", nom(etablissement.valeur), min.0, max.0),
            );
        }
    }
}
