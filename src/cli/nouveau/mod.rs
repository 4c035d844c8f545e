//! `cpom nouveau`: a starting contract, from options, or from the answers of someone at a terminal.

mod questions;

use super::arguments::{Destination, Nouveau};
use super::issue::Issue;
use super::{ecran, sortie};
use crate::dossier::depart::{ANNEE, Reponses, contrat_de_depart, texte};
use crate::dossier::{self, Erreur};
use crate::formats::compte;
use crate::modele::{Catalogue, Modele};
use std::io::IsTerminal;
use std::path::Path;

/// Why no contract is begun.
#[derive(Debug, thiserror::Error)]
enum Refus {
    #[error(
        "il manque la région ou le modèle du contrat.\n    À faire : ajoutez « --region » (nom ou code) ou « --modele » : {0}."
    )]
    Choix(String),
    #[error("« {0} » : {1}.\n    À faire : corrigez cette option ; « cpom nouveau --help » dit ce qu'elle attend.")]
    Option(&'static str, String),
    #[error(
        "les questions se sont arrêtées avant la fin : rien n'a été écrit.\n    À faire : recommencez, ou donnez les réponses par des options (« cpom nouveau --help »)."
    )]
    Interrompu,
}

impl From<Refus> for Erreur {
    fn from(refus: Refus) -> Self {
        Erreur::Suite(Box::new(refus))
    }
}

pub fn executer(options: &Nouveau) -> Result<Issue, Erreur> {
    let catalogue = dossier::catalogue(options.modeles.as_deref())?;
    if demande(options) {
        let mut entree = std::io::stdin().lock();
        let ici = !ecran::est_lu() || options.destination.sortie.is_some();
        let Some((reponses, fichier)) = questions::poser(&mut entree, &mut ecran::note, &catalogue, !ici)? else {
            return Err(Refus::Interrompu.into());
        };
        let modele = catalogue.modele_de_region(reponses.region.as_slice())?;
        let choisie = Destination { sortie: fichier, remplacer: false };
        return ecrire(&modele, &reponses, if ici { &options.destination } else { &choisie });
    }
    let (modele, reponses) = lire(options, &catalogue)?;
    ecrire(&modele, &reponses, &options.destination)
}

/// Whether someone is there to answer, and has answered nothing yet.
fn demande(options: &Nouveau) -> bool {
    let Nouveau { region, modele, gestionnaire, etablissements, autorites, annee, .. } = options;
    let donnees = [region, modele, gestionnaire, etablissements, autorites, annee];
    donnees.iter().all(|option| option.is_none()) && std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// The answers that the options give.
pub(super) fn lire(options: &Nouveau, catalogue: &Catalogue) -> Result<(Modele, Reponses), Erreur> {
    fn option<T>(
        nom: &'static str,
        donnee: Option<&String>,
        lire: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, Refus> {
        donnee.map(|texte| lire(texte).map_err(|motif| Refus::Option(nom, motif))).transpose()
    }
    let demandee = option("--region", options.region.as_ref(), Reponses::lire_region)?;
    let modele = match (&options.modele, &demandee) {
        (Some(id), _) => catalogue.modele(id)?,
        (None, Some(region)) => catalogue.modele_de_region(region.as_slice())?,
        (None, None) => return Err(Refus::Choix(questions::choix(catalogue)?).into()),
    };
    let region = demandee.unwrap_or_else(|| modele.manifeste.regions.first().cloned());
    let defaut = Reponses::default();
    let (departements, avec_ars) = match &options.autorites {
        Some(texte) => lire_autorites(texte).map_err(|motif| Refus::Option("--autorites", motif))?,
        None => (Vec::new(), true),
    };
    // Without a known region, an ARS is a party all the same: its region is to be completed.
    let reponses = Reponses {
        region,
        ars: avec_ars,
        statut: option("--gestionnaire", options.gestionnaire.as_ref(), Reponses::lire_statut)?,
        etablissements: option("--etablissements", options.etablissements.as_ref(), Reponses::lire_etablissements)?
            .unwrap_or(defaut.etablissements),
        departements,
        annee: option("--annee", options.annee.as_ref(), Reponses::lire_annee)?.unwrap_or(ANNEE),
    };
    Ok((modele, reponses))
}

/// « ars, 13, Var »: the départements, and whether the ARS is among the authorities.
fn lire_autorites(texte: &str) -> Result<(Vec<String>, bool), String> {
    let morceaux: Vec<&str> = texte.split([',', ';']).map(str::trim).filter(|m| !m.is_empty()).collect();
    let (ars, autres): (Vec<&str>, Vec<&str>) = morceaux.iter().partition(|m| m.eq_ignore_ascii_case("ars"));
    let departements = Reponses::lire_departements(&autres.join(","))?;
    match ars.is_empty() && departements.is_empty() {
        true => Err("donnez au moins une autorité : ars, ou un département".into()),
        false => Ok((departements, !ars.is_empty())),
    }
}

fn ecrire(modele: &Modele, reponses: &Reponses, destination: &Destination) -> Result<Issue, Erreur> {
    let contrat = contrat_de_depart(modele, reponses)?;
    if sortie::ecrire(&texte(&contrat), destination)?
        && let Some(fichier) = &destination.sortie
    {
        raconter(fichier, modele, reponses);
    }
    Ok(Issue::Fait)
}

fn raconter(fichier: &Path, modele: &Modele, reponses: &Reponses) {
    let nom = fichier.display();
    let etablissements = compte(reponses.etablissements.len(), "établissement");
    ecran::ligne(&format!("écrit : {nom} (modèle {}, {etablissements})", modele.designation()));
    ecran::ligne("    Ensuite : ouvrez-le dans un éditeur de texte et remplacez les « à compléter » ; puis");
    ecran::ligne(&format!("      cpom verifier {nom} --completude    dit ce qui manque, à qui, et où"));
    ecran::ligne(&format!("      cpom generer {nom}     imprime le projet, en PDF et en Word"));
    ecran::ligne("    Les codes : « cpom nomenclatures » ; les objectifs du modèle : « cpom bibliotheque lister ».");
}
