//! `cpom generer`: reads a contract and writes its dossier in the formats asked for.

use super::arguments::Generer;
use super::ecran;
use super::ecran::Canal;
use super::issue::Issue;
use crate::compte_rendu::CompteRendu;
use crate::document::Etat;
use crate::dossier::{self, Erreur, Exemplaire, Format};
use crate::remarque::Remarque;
use std::collections::BTreeSet;
use std::path::PathBuf;

pub fn executer(options: &Generer) -> Result<Issue, Erreur> {
    ecran::etape("Lecture et vérification");
    let choix = options.impression.choix()?;
    let ouverture = dossier::ouvrir(&options.fichiers)?;
    let verification = dossier::verifier(&ouverture, &choix)?;
    let compte_rendu = dossier::compte_rendu(&ouverture, &verification);
    if !dossier::imprimable(&ouverture, &verification, &compte_rendu) {
        ecran::rapport(&compte_rendu, Canal::Erreurs);
        ecran::note(&format!("contrat refusé : {} ; rien n'a été écrit.", compte_rendu.bilan_en_mots()));
        return Ok(Issue::Refuse);
    }
    ecran::etape("Rédaction");
    let exemplaires = dossier::rediger(&ouverture, &choix, &verification)?;
    // Everything is printed before anything is written: no half dossier.
    let annoncer = |exemplaire: &Exemplaire, format: Format| {
        ecran::etape(&format!("Impression de {} ({})", exemplaire.reference, format.extension()));
    };
    let fichiers =
        dossier::imprimer_tout(&exemplaires, &options.impression.formats(), options.impression.decoupe, annoncer)?;
    let sorties: Vec<PathBuf> = fichiers.iter().map(|(nom, _)| options.impression.sortie.join(nom)).collect();
    dossier::epargner(&dossier::sources(&ouverture), sorties.iter().map(PathBuf::as_path))?;
    let coupes = dossier::ecrire_ensemble(&options.impression.sortie, &fichiers, dossier::EN_COURS)?;
    for sortie in &sorties {
        ecran::ligne(&format!("écrit : {}", sortie.display()));
    }
    if !coupes.is_empty() {
        ecran::note(&format!(
            "un passage précédent a été arrêté pendant qu'il rangeait ses fichiers : {} ne vont peut-être pas ensemble ; imprimez-les à nouveau.",
            coupes.join(", ")
        ));
    }
    signaler(&exemplaires, &compte_rendu);
    if verification.etat == Etat::Projet && choix.options.pdf != Default::default() {
        ecran::note("« --paraphes » et « --balises » n'ont d'effet que sur un définitif : un projet ne se signe pas.");
    }
    Ok(Issue::Fait)
}

/// What is to be said of what was printed: its model, the report, and what a draft still lacks.
fn signaler(exemplaires: &[Exemplaire], compte_rendu: &CompteRendu) {
    ecran::note(&format!("modèle : {}", compte_rendu.designation_du_modele()));
    ecran::rapport(compte_rendu, Canal::Erreurs);
    ecran::note(&format!("{}.", compte_rendu.conclusion()));
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
    let (lacunes, autres): (Vec<Remarque>, Vec<Remarque>) =
        a_completer.into_iter().partition(|r| r.code == dossier::CODE_LACUNE);
    ecran::remarques(&autres);
    ecran::a_completer(&lacunes);
}
