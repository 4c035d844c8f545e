//! PER-007: every identifier refers to an element that exists, once.

use super::renvois::{Cibles, doublons};
use crate::contrat::renvois::{Renvoi, Vers, tous};
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::proche::proche;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use crate::schema::forme::forme_du_contrat;
use std::collections::{BTreeMap, BTreeSet};

pub static RULE: Rule = Rule {
    code: "PER-007",
    famille: Famille::Perimetre,
    severite: Severite::Bloquante,
    titre: "Chaque renvoi désigne un élément qui existe, et un seul",
    pourquoi: "Le contrat tient par ses renvois : un identifiant faux détache un budget de son établissement ou une fiche de son objectif, sans que rien d'autre ne le montre. Sont contrôlés tous les identifiants du fichier, les articles des clauses particulières, les règles des dérogations, et les identifiants donnés deux fois dans une même liste. Les autres règles tiennent un renvoi rompu pour une valeur absente.",
    remede: "corrigez l'identifiant, ou ajoutez l'élément qu'il désigne.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &[
        "/parties",
        "/periode/contrats_renouveles",
        "/perimetre",
        "/diagnostic",
        "/objectifs",
        "/fiches_actions",
        "/axes",
        "/activite",
        "/moyens",
        "/suivi",
        "/contrats_lies",
        "/clauses_particulieres",
        "/derogations",
        "/tracabilite",
    ],
    consequences: &["OBJ-001", "OBJ-005", "OBJ-008", "DIA-001", "DIA-002", "BUD-012", "BUD-003"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let cibles = Cibles::nouvelles(contexte);
    let renvois = tous(contexte.donnees);
    // Once per identifier, with all the places that name it: a renamed element is one mistake.
    let mut inconnus: Vec<(&Renvoi<'_>, Vec<&str>)> = Vec::new();
    let mut rangs: BTreeMap<(&str, Vers), usize> = BTreeMap::new();
    for renvoi in &renvois {
        // OBJ-007 says what an authority that is no party would be bound to.
        let dit_ailleurs = renvoi.vers == Vers::Autorite && renvoi.pointeur.starts_with("/objectifs/");
        if dit_ailleurs || cibles.de(renvoi.vers).is_none_or(|connus| connus.contains(renvoi.id)) {
            continue;
        }
        match rangs.get(&(renvoi.id, renvoi.vers)).and_then(|rang| inconnus.get_mut(*rang)) {
            Some((_, autres)) => autres.push(&renvoi.pointeur),
            None => {
                rangs.insert((renvoi.id, renvoi.vers), inconnus.len());
                inconnus.push((renvoi, Vec::new()));
            }
        }
    }
    let nommes: BTreeSet<&str> = renvois.iter().map(|renvoi| renvoi.id).collect();
    for (renvoi, autres) in &inconnus {
        let Some(connus) = cibles.de(renvoi.vers) else { continue };
        let message = format!("« {} » ne désigne {}{}.", renvoi.id, renvoi.vers.aucun(), aussi(autres));
        let oublies = oublies(renvoi.vers, connus, &nommes);
        let finding = findings.signaler(renvoi.pointeur.as_str(), message);
        let partout = if autres.is_empty() { "" } else { " Corrigez l'identifiant à toutes ces places." };
        if let Some(proche) = proche(renvoi.id, connus.iter().copied(), 2.max(renvoi.id.chars().count() / 3)) {
            finding.remede(format!("vouliez-vous dire « {proche} » ?{partout}"));
        } else if (1..=OUBLIES_MAX).contains(&oublies.len()) {
            let dits: Vec<String> = oublies.iter().map(|oublie| format!("« {oublie} »")).collect();
            finding.remede(format!("vouliez-vous dire {}, que rien d'autre ne désigne ?{partout}", dits.join(" ou ")));
        } else if renvoi.vers.est_du_modele() {
            let id = &contexte.modele.id;
            finding.remede(format!(
                "corrigez l'identifiant : « cpom modeles montrer {id} » donne ceux du modèle.{partout}"
            ));
        } else if !connus.is_empty() && connus.len() <= PROPOSES && !renvoi.vers.du_modele() {
            let connus: Vec<String> = connus.iter().map(|connu| format!("« {connu} »")).collect();
            finding.remede(format!(
                "corrigez l'identifiant, ou ajoutez l'élément qu'il désigne. Existent : {}.",
                connus.join(", ")
            ));
        }
    }
    for (pointeur, id) in doublons(contexte) {
        findings.signaler(pointeur, format!("L'identifiant « {id} » est donné à deux éléments de la même liste."));
    }
}

/// Most known identifiers that are listed.
const PROPOSES: usize = 8;
/// Most identifiers that nothing designates and that are proposed.
const OUBLIES_MAX: usize = 3;
/// Most places that are named in full.
const PLACES_MAX: usize = 5;

/// The other places, in French: « ; de même dans Budgets n° 2 › Établissement, … ».
fn aussi(autres: &[&str]) -> String {
    if autres.is_empty() {
        return String::new();
    }
    let mut dites: Vec<String> = autres.iter().take(PLACES_MAX).map(|pointeur| en_clair(pointeur)).collect();
    if autres.len() > PLACES_MAX {
        dites.push(format!("et {} autres places", autres.len() - PLACES_MAX));
    }
    format!(" ({} places ; de même : {})", autres.len() + 1, dites.join(", "))
}

/// A place by the titles of the schema: « Budgets n° 2 › Établissement ».
fn en_clair(pointeur: &str) -> String {
    let mut forme = forme_du_contrat();
    let mut mots: Vec<String> = Vec::new();
    for jeton in pointeur.split('/').skip(1) {
        let Some(suivante) = forme.a(jeton) else { break };
        match (jeton.parse::<usize>(), mots.last_mut()) {
            (Ok(rang), Some(liste)) => *liste = format!("{liste} n° {}", rang + 1),
            _ => mots.push(suivante.titre.clone()),
        }
        forme = suivante;
    }
    mots.join(" › ")
}

/// The known identifiers of the contract that nothing designates any more: after a renaming, the new name is one of them.
fn oublies<'a>(vers: Vers, connus: &BTreeSet<&'a str>, nommes: &BTreeSet<&str>) -> Vec<&'a str> {
    if vers.du_modele() {
        return Vec::new();
    }
    connus.iter().filter(|connu| !nommes.contains(*connu)).take(OUBLIES_MAX + 1).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_by_the_titles_of_the_schema() {
        assert_eq!(en_clair("/moyens/budgets/1/etablissement"), "Moyens › Budgets n° 2 › Établissement");
        assert_eq!(en_clair("/objectifs/0/constats/2"), "Objectifs n° 1 › Constats n° 3");
    }
}
