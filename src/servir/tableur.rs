//! `POST /tableur`: a contract → its workbook; with a filled workbook → what it changes, or the contract with it.

use super::actions::{en_json, ouvrir};
use super::depot::Depot;
use super::fonds::Fonds;
use super::parametres::Parametres;
use super::reponse::{Reponse, XLSX, ZIP};
use crate::dossier::{self, Choix, Erreur, Ouverture};
use crate::echanges::reprise::{RemarqueNouvelle, Reprise, choisir, essayer};
use crate::formats::compte;
use crate::http::probleme::{Genre, Probleme};
use crate::remarque::Severite;
use crate::tableur::{self, Options, Retour};
use std::sync::Arc;

pub(super) fn echanger(fonds: &Fonds, parametres: &Parametres, depot: Depot) -> Result<Reponse, Probleme> {
    let choix = Choix { charges: Some(Arc::clone(&fonds.catalogue)), ..parametres.choix()? };
    let Depot { contrat, classeur, .. } = depot;
    let ouverture = ouvrir(contrat, Default::default(), &choix)?;
    match classeur {
        None if parametres.ecrire() => Err(Probleme::nouveau(
            Genre::Choix,
            "« ecrire » demande le contrat avec ce qu'un classeur y change, et il n'y a pas de classeur.",
            "donnez-le dans une partie « classeur », ou retirez ce paramètre.",
        )),
        None => exporter(parametres, &ouverture, &choix),
        Some((nom, octets)) => importer(parametres, &ouverture, &choix, &nom, &octets),
    }
}

fn exporter(parametres: &Parametres, ouverture: &Ouverture, choix: &Choix) -> Result<Reponse, Probleme> {
    let verification = dossier::verifier_les_regles(ouverture, choix).map_err(Erreur::from)?;
    let options = Options {
        pour: parametres.pour_qui(),
        parties: parametres.partie().map(|p| tableur::feuilles(&ouverture.donnees, Some(p))).unwrap_or_default(),
        remarques: &verification.rapport.remarques,
        commentaires: Some(&ouverture.lecture.valeur),
        ..Options::default()
    };
    let octets = tableur::exporter(&ouverture.donnees, &options).map_err(Erreur::from)?;
    Ok(Reponse { r#type: XLSX.into(), octets, nom: Some(format!("{}.xlsx", nom_du_contrat(ouverture))), bilan: None })
}

fn importer(
    parametres: &Parametres,
    ouverture: &Ouverture,
    choix: &Choix,
    nom: &str,
    octets: &[u8],
) -> Result<Reponse, Probleme> {
    let classeur = tableur::lire(nom, octets).map_err(Erreur::from)?;
    let mut reprise = tableur::importer(nom, &classeur, ouverture, &Retour::default())?;
    reprise.pris = choisir(&reprise, &[], &[]).map_err(Erreur::from)?;
    let essai = essayer(&reprise, ouverture, choix, &reprise.pris)?;
    reprise.remarques_nouvelles = essai.remarques;
    if !parametres.ecrire() {
        return Ok(Reponse::json(en_json(&reprise)));
    }
    retenir(&reprise)?;
    let mut fichiers: Vec<(String, Vec<u8>)> =
        ouverture.lecture.fichiers.iter().map(|f| (f.nom.clone(), f.octets.clone())).collect();
    for ecrit in essai.fichiers {
        let nom = ecrit.fichier.display().to_string();
        if let Some(place) = fichiers.iter_mut().find(|(connu, _)| *connu == nom) {
            place.1 = ecrit.octets;
        }
    }
    let reference = nom_du_contrat(ouverture);
    if let [(_, octets)] = fichiers.as_mut_slice() {
        let octets = std::mem::take(octets);
        return Ok(Reponse { nom: Some(format!("{reference}.json")), ..Reponse::json(octets) });
    }
    let octets = dossier::emballer(&fichiers).map_err(Erreur::from)?;
    Ok(Reponse { r#type: ZIP.into(), octets, nom: Some(format!("{reference}.zip")), bilan: None })
}

/// What would block the contract is not written.
fn retenir(reprise: &Reprise) -> Result<(), Probleme> {
    let bloque = |n: &&RemarqueNouvelle| n.remarque.severite == Severite::Bloquante;
    match reprise.remarques_nouvelles.iter().filter(bloque).count() {
        0 => Ok(()),
        n => Err(Probleme::nouveau(
            Genre::Choix,
            format!("Avec ce classeur, le contrat aurait {} de plus.", bloquantes(n)),
            "demandez la liste des changements, sans « ecrire » : chaque remarque y est avec ce qui la cause.",
        )),
    }
}

/// « 1 remarque bloquante ».
fn bloquantes(n: usize) -> String {
    format!("{} bloquante{}", compte(n, "remarque"), if n > 1 { "s" } else { "" })
}

fn nom_du_contrat(ouverture: &Ouverture) -> String {
    let reference = ouverture.donnees.get("reference").and_then(|r| r.as_str()).unwrap_or_default();
    dossier::nom_de_fichier(reference)
}
