//! `cpom importer tableau`: a table of anyone's, read by a correspondence; or the correspondence that its headers suggest.

use super::{ecran, reprise};
use crate::cli::arguments::Tableau;
use crate::cli::issue::Issue;
use crate::correspondances::{Correspondance, CorrespondanceRefusee, Releve, choisir, proposer, rapprocher, relever};
use crate::dossier::{self, Choix, Erreur};
use crate::formats::compte;
use crate::lecture;
use crate::lecture::classeur::{self, Classeur};
use sha2::{Digest, Sha256};
use std::path::Path;

pub fn executer(options: &Tableau) -> Result<Issue, Erreur> {
    let fichier = lecture::charger(&options.fichier)?;
    let nom = fichier.nom.clone();
    let lu = classeur::lire(&nom, &fichier.octets);
    let classeur = lu.map_err(|refus| CorrespondanceRefusee::Classeur { nom: nom.clone(), refus })?;
    let Some(demande) = &options.correspondance else { return suggerer(options, &nom, &classeur) };
    let chemin = Path::new(demande);
    let correspondance = choisir(demande, || lecture::charger(chemin).ok())?;
    let mut releve = relever(&nom, &classeur, &correspondance, options.annee)?;
    if let Some(annee) = options.annee {
        releve.lignes.retain(|ligne| ligne.annee.is_none_or(|sienne| sienne == annee));
    }
    if options.voir {
        voir(&classeur, &correspondance, &releve);
    }
    if options.contrat.is_empty() {
        if !options.voir {
            ecran::ligne(&resume(&correspondance, &releve));
            ecran::note(
                "    À faire : « --contrat contrat.json » dit ce que le contrat changerait ; « --voir » montre ce qui est lu.",
            );
        }
        return Ok(if releve.ecarts.is_empty() { Issue::Fait } else { Issue::Refuse });
    }
    let Some(ouverture) = reprise::ouvrir(&options.contrat)? else { return Ok(Issue::Refuse) };
    let empreinte: String =
        Sha256::digest(&fichier.octets).iter().take(6).map(|octet| format!("{octet:02x}")).collect();
    releve.notes.insert(
        0,
        format!("lu : « {nom} » (SHA-256 {empreinte}…), par la correspondance « {} ».", correspondance.titre),
    );
    let lue = rapprocher(&nom, releve, &correspondance, &ouverture)?;
    reprise::mener(lue, &ouverture, &Choix::default(), &options.reprise)
}

fn resume(correspondance: &Correspondance, releve: &Releve) -> String {
    let valeurs: usize = releve.lignes.iter().map(|ligne| ligne.champs.len()).sum();
    format!("{} : {} lues.", correspondance.titre, compte(valeurs, "valeur"))
}

/// What is read, cell by cell.
fn voir(classeur: &Classeur, correspondance: &Correspondance, releve: &Releve) {
    for feuille in &classeur.feuilles {
        let masquee = if feuille.masquee { ", masquée" } else { "" };
        ecran::ligne(&format!(
            "Feuille « {} » : {} remplies{masquee}.",
            feuille.nom,
            compte(feuille.cellules.len(), "cellule")
        ));
    }
    releve.vus.iter().for_each(|vu| ecran::ligne(&format!("  {vu}")));
    for ligne in &releve.lignes {
        let annee = ligne.annee.map(|annee| format!(", {annee}")).unwrap_or_default();
        let liste = correspondance.apports.get(ligne.apport).and_then(|apport| apport.liste.as_deref());
        ecran::ligne(&format!("{}{annee} ({}) → {}", ligne.finess, ligne.lieu, liste.unwrap_or("l'établissement")));
        for (champ, valeur, cellule) in &ligne.champs {
            ecran::ligne(&format!("  {champ} = {valeur} ({cellule})"));
        }
    }
    releve.notes.iter().for_each(|note| ecran::ligne(note));
    for [lieu, texte, motif, a_faire] in &releve.ecarts {
        ecran::ligne(&format!("  non lu ({lieu}) : {texte}"));
        ecran::ligne(&format!("    {motif}"));
        ecran::ligne(&format!("    À faire : {a_faire}"));
    }
    ecran::ligne(&resume(correspondance, releve));
}

/// A correspondence that the headers suggest: shown, or kept in a file.
fn suggerer(options: &Tableau, nom: &str, classeur: &Classeur) -> Result<Issue, Erreur> {
    let Some(proposee) = proposer(classeur) else {
        return Err(CorrespondanceRefusee::SansFiness {
            nom: nom.to_owned(),
            mots: "FINESS".into(),
            proches: String::new(),
        }
        .into());
    };
    ecran::note(&format!("Correspondance proposée d'après les en-têtes de « {nom} » :"));
    proposee.reconnus.iter().for_each(|ligne| ecran::note(&format!("  {ligne}")));
    if !proposee.laisses.is_empty() {
        ecran::note(&format!("  non reconnues : {}.", proposee.laisses.join(", ")));
    }
    if proposee.reconnus.is_empty() {
        ecran::note(
            "    À faire : aucune colonne n'est reconnue ; écrivez la correspondance vous-même (« cpom schema --correspondance » en donne la forme).",
        );
        return Ok(Issue::Refuse);
    }
    let texte = serde_json::to_string_pretty(&proposee.correspondance).map_err(|e| Erreur::Interne(e.to_string()))?;
    match &options.garder {
        Some(fichier) => {
            dossier::ecrire_nouveau(fichier, format!("{texte}\n").as_bytes(), false)?;
            ecran::ligne(&format!("écrit : {}", fichier.display()));
            ecran::note(&format!(
                "    À faire : relisez-la, corrigez-la au besoin, puis « cpom importer tableau {nom} --correspondance {} --voir ».",
                fichier.display()
            ));
        }
        None => {
            ecran::json(&texte);
            ecran::note(
                "    À faire : relisez-la ; « --garder FICHIER » l'écrit, et « --correspondance FICHIER » l'emploie.",
            );
        }
    }
    Ok(Issue::Fait)
}
