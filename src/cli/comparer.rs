//! `cpom comparer`: the differences of two versions of a contract; as a Word file, its tracked changes.

use super::arguments::Comparer;
use super::ecran;
use super::issue::Issue;
use super::usage::ErreurUsage;
use crate::document::Etat;
use crate::dossier::{self, Choix, Erreur, ErreurExamen, ErreurExemplaires, ErreurFormat, Exemplaire, Ouverture};
use crate::echanges::{Version, comparer};
use crate::formats::compte;
use crate::rendu::docx::{self, comparaison, comparaison::Marque};
use std::path::PathBuf;

pub fn executer(options: &Comparer) -> Result<Issue, Erreur> {
    let (avant, apres) = (ouvrir(&options.avant)?, ouvrir(&options.apres)?);
    let (Some(avant), Some(apres)) = (avant, apres) else { return Ok(Issue::Refuse) };
    // What cannot be printed is compared all the same, without the places of its values.
    let (imprime_avant, imprime_apres) = (exemplaires(&avant, options), exemplaires(&apres, options));
    let [documents_avant, documents_apres] = [&imprime_avant, &imprime_apres]
        .map(|imprime| imprime.iter().flatten().map(|e| &e.document).collect::<Vec<_>>());
    let comparaison = comparer(
        Version { donnees: &avant.donnees, documents: &documents_avant },
        Version { donnees: &apres.donnees, documents: &documents_apres },
    );
    if options.format == "json" {
        ecran::json(&serde_json::to_string_pretty(&comparaison).map_err(|e| Erreur::Interne(e.to_string()))?);
    } else {
        for difference in &comparaison.differences {
            let article = difference.article.as_ref().map(|a| format!(" ({a})")).unwrap_or_default();
            let place = format!("{}{article}", difference.place.join(" › "));
            ecran::ligne(&match (&difference.avant, &difference.apres) {
                (Some(avant), Some(apres)) => format!("{place} : {} → {}", court(avant), court(apres)),
                (Some(avant), None) if avant == "retiré" => format!("{place} : retiré"),
                (Some(avant), None) => format!("{place} : {} → (retiré)", court(avant)),
                (None, Some(apres)) if apres == "ajouté" => format!("{place} : ajouté"),
                (None, Some(apres)) => format!("{place} : (nouveau) → {}", court(apres)),
                (None, None) => place,
            });
        }
        ecran::ligne(&match comparaison.differences.len() {
            0 => "Les deux versions disent la même chose.".to_string(),
            nombre => format!("{}.", compte(nombre, "différence")),
        });
    }
    if let Some(fichier) = &options.docx {
        let marque = Marque { auteur: options.auteur.clone(), date: jour(options.date.as_deref())? };
        let gabarit = options.gabarit.as_deref().map(dossier::lire_gabarit).transpose()?;
        let maison = docx::Options { gabarit, ..docx::Options::default() };
        let (ancien, nouveau) = (seul(imprime_avant?)?, seul(imprime_apres?)?);
        let octets =
            comparaison::comparer(&ancien.document, &nouveau.document, &marque, &maison).map_err(ErreurFormat::Docx)?;
        let lus = [&options.avant, &options.apres].into_iter().chain(&options.gabarit).cloned().collect::<Vec<_>>();
        dossier::epargner(&lus, [fichier.as_path()])?;
        dossier::ecrire_fichier(fichier, &octets)?;
        ecran::note(&format!("écrit : {}", fichier.display()));
    }
    Ok(Issue::Fait)
}

fn ouvrir(fichier: &PathBuf) -> Result<Option<Ouverture>, Erreur> {
    let ouverture = dossier::ouvrir(std::slice::from_ref(fichier))?;
    if ouverture.contrat.is_none() {
        ecran::remarques(&ouverture.remarques);
        ecran::note(&format!("{} est refusé par le schéma : il ne peut pas être comparé.", fichier.display()));
        return Ok(None);
    }
    Ok(Some(ouverture))
}

/// The contracts of a file as drafts.
fn exemplaires(ouverture: &Ouverture, options: &Comparer) -> Result<Vec<Exemplaire>, Erreur> {
    let choix = Choix { etat: Some(Etat::Projet), ..options.impression.choix() };
    let verification = dossier::verifier(ouverture, &choix)?;
    Ok(dossier::rediger(ouverture, &choix, &verification)?)
}

/// The contract to compare, when there is one.
fn seul(exemplaires: Vec<Exemplaire>) -> Result<Exemplaire, Erreur> {
    let connus: Vec<String> = exemplaires.iter().map(|e| e.reference.clone()).collect();
    match exemplaires.len() {
        1 => exemplaires.into_iter().next().ok_or_else(|| ErreurExemplaires::NonConforme.into()),
        _ => Err(ErreurUsage::GestionnaireNecessaire(connus.join(", ")).into()),
    }
}

fn jour(date: Option<&str>) -> Result<Option<String>, Erreur> {
    let Some(date) = date else { return Ok(None) };
    let lue: crate::contrat::identifiants::Date = date.parse().map_err(|_| ErreurExamen::Date(date.to_string()))?;
    Ok(Some(lue.iso()))
}

fn court(texte: &str) -> String {
    let ligne: String = texte.split_whitespace().collect::<Vec<_>>().join(" ");
    if ligne.chars().count() > 200 { ligne.chars().take(199).chain(['…']).collect() } else { ligne }
}
