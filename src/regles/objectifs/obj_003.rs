//! OBJ-003: fiche numbers are unique and begin at 1.

use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "OBJ-003",
    famille: Famille::Objectifs,
    severite: Severite::Bloquante,
    titre: "Les numéros de fiche sont uniques et commencent à 1",
    pourquoi: "Les objectifs, les indicateurs et les avenants renvoient aux fiches par leur numéro : un numéro donné deux fois, ou nul, rend ces renvois faux. Une fiche sans numéro reçoit le premier libre.",
    remede: "donnez un autre numéro à l'une des fiches, ou retirez la clé « numero » : cpom numérote.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/fiches_actions/*/numero"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let mut vus = BTreeSet::new();
    for fiche in contexte.fiches() {
        let Some(numero) = valeur(&fiche.valeur.numero) else { continue };
        if numero.0 == 0 {
            findings.signaler(
                fiche.pointeur("numero"),
                "Une fiche porte le numéro 0 ; les fiches se numérotent à partir de 1.",
            );
        } else if !vus.insert(numero) {
            findings.signaler(fiche.pointeur("numero"), format!("Deux fiches portent le numéro {}.", numero.0));
        }
    }
}
