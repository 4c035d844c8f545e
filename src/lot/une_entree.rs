//! One contract of a run: read, checked, printed, written; whatever happens to it is a line of the manifest.

use super::chronometre::Chronometre;
use super::journal::EN_COURS;
use super::manifeste::{IssueDuContrat, Ligne, Sortie};
use super::{Demande, Entree};
use crate::compte_rendu::CompteRendu;
use crate::dossier::joints::empreinte as empreinte_de;
use crate::dossier::{self, Erreur, Exemplaire};
use crate::lecture::{noms, ouverture};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The names that the run has given to files, with the contract that took each: two contracts never write one file.
#[derive(Default)]
pub(super) struct Noms(Mutex<BTreeMap<String, String>>);

impl Noms {
    fn reserver<'n>(&self, voulus: impl Iterator<Item = &'n str>, entree: &Entree) -> Result<(), Erreur> {
        let mut pris = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let moi = entree.noms().join(", ");
        for nom in voulus {
            let autre = pris.entry(noms::cle(nom)).or_insert_with(|| moi.clone());
            if *autre != moi {
                return Err(Erreur::MemeReference { reference: nom.to_owned(), autre: autre.clone() });
            }
        }
        Ok(())
    }
}

/// Prints a contract, unless `connue` says that it was and its files are intact; says which.
pub(super) fn imprimer(entree: &Entree, demande: &Demande, connue: Option<&Ligne>, noms: &Noms) -> (Ligne, bool) {
    let chronometre = Chronometre::lancer();
    let mut ligne = Ligne {
        entrees: entree.noms(),
        reference: entree.reference.clone(),
        issue: IssueDuContrat::Erreur,
        sorties: Vec::new(),
        empreinte: String::new(),
        bloquantes: 0,
        alertes: 0,
        informations: 0,
        remarques: Vec::new(),
        erreur: None,
        duree_ms: 0,
    };
    // A fault of the program on one contract is no reason to lose the others.
    let fait = catch_unwind(AssertUnwindSafe(|| essayer(entree, demande, connue, noms, &mut ligne)));
    let deja_fait = match fait {
        Ok(Ok(deja_fait)) => deja_fait,
        Ok(Err(erreur)) => {
            ligne.erreur = Some(erreur.to_string());
            false
        }
        Err(_) => {
            ligne.erreur = Some("défaut du programme : merci de le signaler, avec le contrat".to_owned());
            false
        }
    };
    match connue.filter(|_| deja_fait) {
        Some(connue) => (connue.clone(), true),
        None => (Ligne { duree_ms: chronometre.millisecondes(), ..ligne }, false),
    }
}

/// Fills the line; true when there was nothing to do.
fn essayer(
    entree: &Entree,
    demande: &Demande,
    connue: Option<&Ligne>,
    noms: &Noms,
    ligne: &mut Ligne,
) -> Result<bool, Erreur> {
    if let Some(autre) = &entree.homonyme {
        let reference = entree.reference.clone();
        return Err(Erreur::MemeReference { reference, autre: autre.clone() });
    }
    let ouverture = dossier::ouvrir(&entree.fichiers)?;
    let verification = dossier::verifier(&ouverture, &demande.choix)?;
    let compte_rendu = dossier::compte_rendu(&ouverture, &verification);
    remarquer(&compte_rendu, ligne);
    if !dossier::imprimable(&ouverture, &verification, &compte_rendu) {
        ligne.issue = IssueDuContrat::Refuse;
        return Ok(false);
    }
    let exemplaires = dossier::rediger(&ouverture, &demande.choix, &verification)?;
    ligne.empreinte = empreinte(&exemplaires, demande);
    let intacte = |connue: &&Ligne| {
        connue.issue == IssueDuContrat::Imprime
            && connue.empreinte == ligne.empreinte
            && sont_les_siennes(&connue.sorties, &exemplaires, demande)
            && connue.sorties.iter().all(|sortie| est_intact(sortie, &demande.sortie))
    };
    if let Some(connue) = connue.filter(intacte) {
        noms.reserver(connue.sorties.iter().map(|sortie| sortie.fichier.as_str()), entree)?;
        return Ok(true);
    }
    // Everything is printed before anything is written: no half dossier.
    let fichiers = dossier::imprimer_tout(&exemplaires, &demande.formats, demande.decoupe, |_, _| ())?;
    noms.reserver(fichiers.iter().map(|(nom, _)| nom.as_str()), entree)?;
    let sorties: Vec<PathBuf> = fichiers.iter().map(|(nom, _)| demande.sortie.join(nom)).collect();
    dossier::epargner(&dossier::sources(&ouverture), sorties.iter().map(PathBuf::as_path))?;
    dossier::ecrire_ensemble(&demande.sortie, &fichiers, EN_COURS)?;
    for (nom, octets) in fichiers {
        ligne.sorties.push(Sortie { fichier: nom, sha256: empreinte_de(&octets), octets: octets.len() as u64 });
    }
    ligne.issue = IssueDuContrat::Imprime;
    Ok(false)
}

fn remarquer(compte_rendu: &CompteRendu, ligne: &mut Ligne) {
    ligne.reference.clone_from(&compte_rendu.contrat);
    let bilan = compte_rendu.bilan;
    (ligne.bloquantes, ligne.alertes, ligne.informations) = (bilan.bloquantes, bilan.alertes, bilan.informations);
    ligne.remarques = compte_rendu.remarques.iter().filter_map(|r| serde_json::to_value(r).ok()).collect();
}

/// Of all that the files depend on: the version, the options, the words, and the files that are printed or attached.
fn empreinte(exemplaires: &[Exemplaire], demande: &Demande) -> String {
    let mut tout = format!("{:?} {} {:?}", demande.formats, demande.decoupe, demande.choix.options).into_bytes();
    for Exemplaire { document, usage, .. } in exemplaires {
        // The words, with the versions of the program and of the model; what can be edited; then the files.
        tout.extend(serde_json::to_vec(document).unwrap_or_default());
        tout.extend(format!("{usage:?} {:?}", document.champs).into_bytes());
        let images = document.images.iter().map(|image| &image.octets);
        let pages = document.pieces.iter().flat_map(|piece| &piece.pages).map(|page| &page.image.octets);
        let joints = document.joints.iter().map(|joint| &joint.octets);
        images.chain(pages).chain(joints).for_each(|octets| tout.extend(empreinte_de(octets).into_bytes()));
    }
    empreinte_de(&tout)
}

/// Whether a manifest names the files that this contract would have: it may be of another folder, or lie.
fn sont_les_siennes(sorties: &[Sortie], exemplaires: &[Exemplaire], demande: &Demande) -> bool {
    let attendus = dossier::noms_attendus(exemplaires, &demande.formats, demande.decoupe);
    let attendus: BTreeSet<String> = attendus.into_iter().collect();
    let nommes: BTreeSet<String> = sorties.iter().map(|sortie| sortie.fichier.clone()).collect();
    !attendus.is_empty() && nommes.len() == sorties.len() && attendus == nommes
}

/// A file of the folder itself, which no link takes out of it, with the bytes that were written.
fn est_intact(sortie: &Sortie, dossier: &Path) -> bool {
    let chemin = dossier.join(&sortie.fichier);
    let (Ok(reel), Ok(racine)) = (chemin.canonicalize(), dossier.canonicalize()) else { return false };
    let lu = || ouverture::lire(&reel, sortie.octets);
    reel.parent() == Some(racine.as_path()) && lu().is_ok_and(|octets| empreinte_de(&octets) == sortie.sha256)
}
