//! One contract of a run: read, checked, printed, written; whatever happens to it is a line of the manifest.

use super::chronometre::Chronometre;
use super::journal::EN_COURS;
use super::manifeste::{IssueDuContrat, Ligne, Sortie};
use super::{Demande, Entree, assistant};
use crate::compte_rendu::CompteRendu;
use crate::dossier::joints::empreinte as empreinte_de;
use crate::dossier::{self, Erreur, Exemplaire, Fichier};
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

/// A contract that is ready to be written, or why it is not.
pub(super) struct Prepare {
    pub ligne: Ligne,
    /// Whether there is nothing to do: what a former run wrote is right.
    pub deja_fait: bool,
    pub fichiers: Vec<Fichier>,
}

/// Prints a contract, unless `connue` says that it was and its files are intact; says which.
pub(super) fn imprimer(entree: &Entree, demande: &Demande, connue: Option<&Ligne>, noms: &Noms) -> (Ligne, bool) {
    let chronometre = Chronometre::lancer();
    let Prepare { mut ligne, deja_fait, fichiers } = match &demande.equipe {
        Some(equipe) => assistant::confier(equipe, entree, connue),
        None => preparer(entree, demande, connue),
    };
    match connue.filter(|_| deja_fait) {
        Some(connue) => match noms.reserver(connue.sorties.iter().map(|sortie| sortie.fichier.as_str()), entree) {
            Ok(()) => return (connue.clone(), true),
            Err(erreur) => ligne.erreur = Some(erreur.to_string()),
        },
        None if !fichiers.is_empty() => match ecrire(entree, demande, fichiers, noms) {
            Ok(sorties) => (ligne.issue, ligne.sorties) = (IssueDuContrat::Imprime, sorties),
            Err(erreur) => ligne.erreur = Some(erreur.to_string()),
        },
        None => {}
    }
    (Ligne { duree_ms: chronometre.millisecondes(), ..ligne }, false)
}

/// A contract of which nothing is known yet.
pub(super) fn ligne(entree: &Entree) -> Ligne {
    Ligne {
        entrees: entree.noms(),
        reference: entree.reference.clone(),
        issue: IssueDuContrat::Erreur,
        sorties: Vec::new(),
        empreinte: String::new(),
        bloquantes: 0,
        alertes: 0,
        informations: 0,
        lacunes: None,
        remarques: Vec::new(),
        erreur: None,
        duree_ms: 0,
    }
}

/// Reads, checks and prints a contract; nothing is written.
pub(super) fn preparer(entree: &Entree, demande: &Demande, connue: Option<&Ligne>) -> Prepare {
    let mut prepare = Prepare { ligne: ligne(entree), deja_fait: false, fichiers: Vec::new() };
    // A fault of the program on one contract is no reason to lose the others.
    let fait = catch_unwind(AssertUnwindSafe(|| essayer(entree, demande, connue, &mut prepare)));
    match fait {
        Ok(Ok(())) => {}
        Ok(Err(erreur)) => prepare.ligne.erreur = Some(erreur.to_string()),
        Err(_) => prepare.ligne.erreur = Some("défaut du programme : merci de le signaler, avec le contrat".to_owned()),
    }
    prepare
}

fn essayer(
    entree: &Entree,
    demande: &Demande,
    connue: Option<&Ligne>,
    Prepare { ligne, deja_fait, fichiers }: &mut Prepare,
) -> Result<(), Erreur> {
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
        return Ok(());
    }
    let exemplaires = dossier::rediger(&ouverture, &demande.choix, &verification)?;
    ligne.empreinte = empreinte(&exemplaires, demande);
    *deja_fait = connue.is_some_and(|connue| {
        connue.issue == IssueDuContrat::Imprime
            && connue.empreinte == ligne.empreinte
            && sont_les_siennes(&connue.sorties, &exemplaires, demande)
            && connue.sorties.iter().all(|sortie| est_intact(sortie, &demande.sortie))
    });
    if !*deja_fait {
        let imprimes = dossier::imprimer_tout(&exemplaires, &demande.formats, demande.decoupe, |_, _| ())?;
        let sorties: Vec<PathBuf> = imprimes.iter().map(|(nom, _)| demande.sortie.join(nom)).collect();
        dossier::epargner(&dossier::sources(&ouverture), sorties.iter().map(PathBuf::as_path))?;
        *fichiers = imprimes;
    }
    Ok(())
}

/// Everything is printed before anything is written: no half dossier.
fn ecrire(entree: &Entree, demande: &Demande, fichiers: Vec<Fichier>, noms: &Noms) -> Result<Vec<Sortie>, Erreur> {
    noms.reserver(fichiers.iter().map(|(nom, _)| nom.as_str()), entree)?;
    dossier::ecrire_ensemble(&demande.sortie, &fichiers, EN_COURS)?;
    let sortie =
        |(nom, octets): Fichier| Sortie { fichier: nom, sha256: empreinte_de(&octets), octets: octets.len() as u64 };
    Ok(fichiers.into_iter().map(sortie).collect())
}

fn remarquer(compte_rendu: &CompteRendu, ligne: &mut Ligne) {
    ligne.reference.clone_from(&compte_rendu.contrat);
    let bilan = compte_rendu.bilan;
    (ligne.bloquantes, ligne.alertes, ligne.informations) = (bilan.bloquantes, bilan.alertes, bilan.informations);
    ligne.lacunes = bilan.lacunes;
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
