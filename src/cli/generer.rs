//! `cpom generer`: reads a contract and writes its dossier in the formats asked for.

use super::arguments::Generer;
use super::ecran::Canal;
use super::{Issue, ecran};
use crate::compte_rendu::CompteRendu;
use crate::document::Etat;
use crate::dossier::{self, Erreur, Exemplaire, Format};
use crate::remarque::Remarque;
use std::collections::BTreeSet;

pub fn executer(options: &Generer) -> Result<Issue, Erreur> {
    ecran::etape("Lecture et vérification");
    let choix = options.choix();
    let ouverture = dossier::ouvrir(&options.fichiers)?;
    let verification = dossier::verifier(&ouverture, &choix)?;
    let compte_rendu = dossier::compte_rendu(&ouverture, &verification);
    // A draft prints whatever the rules say of it; what the schema refuses cannot be printed at all.
    let definitif = verification.etat == Etat::Definitif;
    if ouverture.contrat.is_none() || (definitif && compte_rendu.refuse) {
        ecran::rapport(&compte_rendu, Canal::Erreurs);
        ecran::note(&format!("contrat refusé : {} ; rien n'a été écrit.", compte_rendu.bilan.en_mots()));
        return Ok(Issue::Refuse);
    }
    ecran::etape("Rédaction");
    let exemplaires = dossier::rediger(&ouverture, &choix, &verification)?;
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
    signaler(&exemplaires, &compte_rendu);
    Ok(Issue::Fait)
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

/// What is to be said of what was printed: its model, the report, and what a draft still lacks.
fn signaler(exemplaires: &[Exemplaire], compte_rendu: &CompteRendu) {
    ecran::note(&format!("modèle : {}", compte_rendu.designation_du_modele()));
    ecran::rapport(compte_rendu, Canal::Erreurs);
    ecran::note(&format!("{} : {}.", compte_rendu.verdict(), compte_rendu.bilan.en_mots()));
    let dites: BTreeSet<(&str, &str)> =
        compte_rendu.remarques.iter().map(|l| (l.remarque.code.as_str(), l.remarque.pointeur.as_str())).collect();
    let mut vues = BTreeSet::new();
    let a_completer: Vec<Remarque> = exemplaires
        .iter()
        .flat_map(|e| &e.remarques)
        .filter(|r| !dites.contains(&(r.code.as_str(), r.pointeur.as_str())))
        .filter(|r| vues.insert((&r.pointeur, &r.message)))
        .cloned()
        .collect();
    ecran::a_completer(&a_completer);
}
