//! From an opened contract to all that is to be said of it: structure, consistency, and, when it is to be
//! definitive, what its text lacks.

use super::choix::Choix;
use super::examen::{ErreurExamen, Verification, selon_les_regles};
use super::exemplaires::{CODE_RENVOI, ErreurExemplaires, remarques_du_projet};
use super::lacunes;
use super::ouverture::Ouverture;
use crate::document::Etat;
use crate::regles::Rapport;
use crate::remarque::{Remarque, Severite, ordonner};
use crate::saisie;
use std::collections::BTreeSet;

/// Why a contract could not be checked.
#[derive(Debug, thiserror::Error)]
pub enum ErreurVerification {
    #[error(transparent)]
    Examen(#[from] ErreurExamen),
    #[error(transparent)]
    Exemplaires(#[from] ErreurExemplaires),
}

/// Checks a contract: every remark of the schema, of the rules and, for a definitive one, of its text.
pub fn verifier(ouverture: &Ouverture, choix: &Choix) -> Result<Verification, ErreurVerification> {
    let verification = selon_les_regles(ouverture, choix)?;
    let du_texte = match ouverture.contrat {
        Some(_) => Some(remarques_du_projet(ouverture, choix, &verification)?),
        None => None,
    };
    Ok(avec_le_texte(ouverture, choix, verification, du_texte))
}

/// What the rules say, and what is to be said of the text that was written, if one was.
pub(super) fn avec_le_texte(
    ouverture: &Ouverture,
    choix: &Choix,
    mut verification: Verification,
    du_texte: Option<Vec<Remarque>>,
) -> Verification {
    if let Some(du_texte) = du_texte {
        verification.lacunes = Some(lacunes::distinctes(&du_texte));
        verification.definitif_refuse |= !du_texte.is_empty();
        // A draft shows its gaps; what names an article that is not there is wrong in a draft too.
        let definitif = verification.etat == Etat::Definitif;
        let dites = du_texte.into_iter().filter(|r| definitif || r.code == CODE_RENVOI);
        verification.rapport.remarques.extend(dites.map(|r| Remarque { severite: Severite::Bloquante, ..r }));
    }
    if verification.etat == Etat::Definitif {
        let attendus = attendus_non_dits(ouverture, &verification.rapport.remarques);
        verification.rapport.remarques.extend(attendus);
    }
    if choix.strict {
        verification.rapport.durcir();
    }
    sans_repetition(&mut verification.rapport);
    nommer(&mut verification);
    verification.definitif_refuse |= verification.rapport.refuse();
    verification
}

/// Adds findings of who holds the contract against something else, as if they had been made with the others.
pub fn ajouter(verification: &mut Verification, remarques: Vec<Remarque>, choix: &Choix) {
    verification.rapport.remarques.extend(remarques);
    if choix.strict {
        verification.rapport.durcir();
    }
    sans_repetition(&mut verification.rapport);
    nommer(verification);
    verification.definitif_refuse |= verification.rapport.refuse();
}

/// Checks what the rules say alone, without writing the text of the contract: what changes as values are typed.
pub fn verifier_les_regles(ouverture: &Ouverture, choix: &Choix) -> Result<Verification, ErreurVerification> {
    let mut verification = selon_les_regles(ouverture, choix)?;
    sans_repetition(&mut verification.rapport);
    nommer(&mut verification);
    Ok(verification)
}

/// Gives each remark its path in French.
fn nommer(verification: &mut Verification) {
    let Verification { rapport, donnees, .. } = verification;
    lacunes::nommer(&mut rapport.remarques, donnees);
    lacunes::nommer(&mut rapport.au_definitif, donnees);
}

/// The values that say « à compléter », where no other remark asks for them.
fn attendus_non_dits(ouverture: &Ouverture, remarques: &[Remarque]) -> Vec<Remarque> {
    let dits: BTreeSet<&str> =
        remarques.iter().filter(|r| r.severite == Severite::Bloquante).map(|r| r.pointeur.as_str()).collect();
    // What asks for the actions asks for the words of the first.
    let dit = |pointeur: &str| {
        let ancetres = std::iter::successors(Some(pointeur), |p| p.rsplit_once('/').map(|(parent, _)| parent));
        ancetres.take(3).filter(|p| p.matches('/').count() > 1).any(|p| dits.contains(p))
    };
    let tus = ouverture.attendus.iter().filter(|pointeur| !dit(pointeur));
    tus.map(|pointeur| saisie::encore_attendue(pointeur).placee(ouverture.lecture.positions.de(pointeur))).collect()
}

/// Twin contracts lack the same values, and the text may say what a rule says too: once is enough.
fn sans_repetition(rapport: &mut Rapport) {
    ordonner(&mut rapport.remarques);
    let place = |r: &Remarque| (r.code.clone(), r.pointeur.clone());
    let des_regles: BTreeSet<_> = rapport.remarques.iter().filter(|r| !r.references.is_empty()).map(place).collect();
    let mut vues = BTreeSet::new();
    rapport.remarques.retain(|r| match lacunes::cle(r) {
        Some((pointeur, ajouter)) => vues.insert((pointeur.to_owned(), ajouter.map(String::from))),
        None => !r.references.is_empty() || !des_regles.contains(&place(r)),
    });
}
