//! PER-019: the places of an habilitation are those of the modes.

use crate::contrat::calculs::GenreCapacite;
use crate::regles::context::{Context, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, L313_6};
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "PER-019",
    famille: Famille::Perimetre,
    severite: Severite::Alerte,
    titre: "L'habilitation compte les places habilitées des modalités",
    pourquoi: "L'habilitation à l'aide sociale annonce un nombre de places par établissement, ses modalités le leur : deux nombres pour les mêmes places rendent l'habilitation incertaine. La règle se tait si une modalité de l'établissement ne dit pas ses places habilitées.",
    remede: "reprenez le même nombre des deux côtés.",
    references: &[&COHERENCE, &L313_6],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/moyens/habilitation_aide_sociale",
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &["PER-011"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(moyens) = contexte.moyens() else { return };
    // Several départements may each have their own places in one establishment.
    let mut annoncees: BTreeMap<&str, (String, u32)> = BTreeMap::new();
    for (rang, habilitation) in moyens.habilitation_aide_sociale.elements().iter().enumerate() {
        for (n, capacite) in habilitation.capacites.elements().iter().enumerate() {
            let ici = || (format!("/moyens/habilitation_aide_sociale/{rang}/capacites/{n}/capacite"), 0);
            let somme = annoncees.entry(capacite.etablissement.as_str()).or_insert_with(ici);
            somme.1 = somme.1.saturating_add(capacite.capacite.0);
        }
    }
    for (id, (pointeur, annoncee)) in annoncees {
        let Some(etablissement) = contexte.etablissement(id) else { continue };
        let capacites = etablissement.valeur.capacites.elements();
        // More than what is authorised is PER-011's business.
        let autorisees = etablissement.valeur.places(GenreCapacite::Autorisee).unwrap_or(u32::MAX);
        let trop = capacites.iter().any(|c| valeur(&c.habilitee_aide_sociale) > valeur(&c.autorisee));
        if trop || annoncee > autorisees {
            continue;
        }
        let connues = capacites.iter().filter(|c| c.en_places()).all(|c| !c.habilitee_aide_sociale.est_absent());
        let habilitees = etablissement.valeur.places(GenreCapacite::HabiliteeAideSociale).filter(|_| connues);
        if let Some(habilitees) = habilitees.filter(|n| *n != annoncee) {
            findings.signaler(
                pointeur,
                format!(
                    "L'habilitation compte {annoncee} places à « {} » ; ses modalités en donnent {habilitees}.",
                    nom(etablissement.valeur)
                ),
            );
        }
    }
}
