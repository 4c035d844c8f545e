//! `cpom generer`: reads a contract and writes its dossier in the formats asked for.

use super::arguments::Generer;
use super::{Issue, ecran};
use crate::dossier::{self, Erreur, Exemplaire, Format};
use crate::remarque::Remarque;
use std::collections::BTreeSet;

pub fn executer(options: &Generer) -> Result<Issue, Erreur> {
    ecran::etape("Lecture et vérification");
    let ouverture = dossier::ouvrir(&options.fichiers)?;
    if dossier::refuse(&ouverture.remarques) {
        return Ok(refuser(&ouverture.remarques));
    }
    ecran::etape("Rédaction");
    let exemplaires = dossier::rediger(&ouverture, &options.choix())?;
    let remarques: Vec<Remarque> =
        ouverture.remarques.iter().chain(exemplaires.iter().flat_map(|e| &e.remarques)).cloned().collect();
    if dossier::refuse(&remarques) {
        return Ok(refuser(&remarques));
    }
    // Everything is printed before anything is written: no half dossier.
    let mut fichiers = Vec::new();
    for exemplaire in &exemplaires {
        for format in options.formats() {
            ecran::etape(&format!("Impression de {} ({})", exemplaire.reference, format.extension()));
            fichiers.extend(imprimer(exemplaire, format, options.decoupe)?);
        }
    }
    for (nom, octets) in &fichiers {
        dossier::ecrire(&options.sortie, nom, octets)?;
        ecran::ligne(&format!("écrit : {}", options.sortie.join(nom).display()));
    }
    signaler(&exemplaires, &remarques);
    Ok(Issue::Fait)
}

fn refuser(remarques: &[Remarque]) -> Issue {
    ecran::remarques(remarques);
    ecran::note(&format!("contrat refusé : {} ; rien n'a été écrit.", ecran::bilan(remarques)));
    Issue::Refuse
}

/// The files of one contract in one format: name and bytes.
fn imprimer(exemplaire: &Exemplaire, format: Format, decoupe: bool) -> Result<Vec<(String, Vec<u8>)>, Erreur> {
    let racine = dossier::nom_de_fichier(&exemplaire.reference);
    let extension = format.extension();
    if !decoupe {
        let octets = dossier::imprimer(&exemplaire.document, format)?;
        return Ok(vec![(format!("{racine}.{extension}"), octets)]);
    }
    let mut morceaux = dossier::decouper(&exemplaire.document).into_iter();
    let Some(mut socle) = morceaux.next() else { return Ok(Vec::new()) };
    let mut autres = Vec::new();
    for morceau in morceaux {
        let octets = dossier::imprimer(&morceau.document, format)?;
        autres.push((morceau.titre, format!("{racine}-{}.{extension}", morceau.suffixe), octets));
    }
    socle.document.parties.push(dossier::table_des_morceaux(&autres));
    let octets = dossier::imprimer(&socle.document, format)?;
    let mut fichiers = vec![(format!("{racine}-{}.{extension}", socle.suffixe), octets)];
    fichiers.extend(autres.into_iter().map(|(_, nom, octets)| (nom, octets)));
    Ok(fichiers)
}

/// What a draft still lacks, once for all its contracts.
fn signaler(exemplaires: &[Exemplaire], remarques: &[Remarque]) {
    let modeles: BTreeSet<String> = exemplaires.iter().map(|e| e.modele.designation()).collect();
    ecran::note(&format!("modèle : {}", modeles.into_iter().collect::<Vec<_>>().join(", ")));
    let mut vues = BTreeSet::new();
    let uniques: Vec<Remarque> =
        remarques.iter().filter(|r| vues.insert((&r.code, &r.pointeur, &r.message))).cloned().collect();
    let (a_completer, autres): (Vec<Remarque>, Vec<Remarque>) =
        uniques.into_iter().partition(|r| r.code == dossier::CODE_LACUNE);
    ecran::remarques(&autres);
    ecran::a_completer(&a_completer);
}
