//! One contract of a run: read, checked and printed, with nothing written; whatever happens to it is a line of the manifest.

use super::demande::Demande;
use super::entrees::Entree;
use super::manifeste::{IssueDuContrat, Ligne, Sortie};
use crate::compte_rendu::CompteRendu;
use crate::dossier::joints::empreinte as empreinte_de;
use crate::dossier::{self, Erreur, ErreurImpression, Exemplaire, Fichier};
use crate::lecture::ouverture;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// A contract that is ready to be written, or why it is not.
pub(super) struct Prepare {
    pub ligne: Ligne,
    /// Whether there is nothing to do: what a former run wrote is right.
    pub deja_fait: bool,
    pub fichiers: Vec<Fichier>,
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
        return Err(ErreurImpression::MemeReference { reference, autre: autre.clone() }.into());
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
