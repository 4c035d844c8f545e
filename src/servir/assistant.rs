//! The other end of a work: a request that came to another process → its answer, by the same actions.

use super::depot::Depot;
use super::equipe::{BORNES, Commande, DEMANDE, Fiche};
use super::fonds::Fonds;
use super::parametres::Parametres;
use super::reponse::Reponse;
use super::routes::ROUTES;
use crate::dossier;
use crate::http::probleme::{Ecrit, Genre, Probleme};
use crate::isolement::{self, Metier, Octets, Paquet};
use crate::lecture::Fichier;
use std::path::PathBuf;
use std::time::Duration;

/// Does the works of a service of another process, as they come.
pub fn assister(modeles: Option<PathBuf>, delai: Duration) {
    // A file that is read apart has its own delay, within that of the request: it is then told by its name.
    isolement::plafonner(delai * 2 / 3);
    isolement::servir(BORNES, move || {
        let metier = |fonds: Fonds| -> Metier { (&DEMANDE, Box::new(move |paquet| repondre(&fonds, paquet))) };
        Fonds::lire(modeles.as_deref()).map(metier).into_iter().collect()
    });
}

fn repondre(fonds: &Fonds, demande: Paquet) -> Paquet {
    let fait = dossier::sur_un_fil(|| deballer(fonds, demande));
    let (fiche, octets): (Result<Fiche, Ecrit>, Vec<Octets>) = match fait {
        Ok(Reponse { r#type, octets, nom, bilan }) => {
            (Ok(Fiche { r#type: r#type.into_owned(), nom, bilan }), vec![octets.into()])
        }
        Err(probleme) => (Err(probleme.ecrit()), Vec::new()),
    };
    Paquet::de(&fiche, octets)
}

fn deballer(fonds: &Fonds, demande: Paquet) -> Result<Reponse, Probleme> {
    let commande: Commande = demande.lire().ok_or_else(Probleme::defaut)?;
    if commande.modeles != fonds.empreinte {
        return Err(Probleme::nouveau(
            Genre::Occupe,
            "Les modèles ont changé depuis que le service a démarré.",
            "demandez à qui tient le service de le relancer.",
        ));
    }
    let route = ROUTES.iter().find(|route| route.chemin == commande.chemin).ok_or_else(Probleme::defaut)?;
    let parametres = Parametres::lire(route.parametres, &commande.parametres, &fonds.ids)?;
    let mut octets = demande.octets.into_iter();
    let mut fichiers = |noms: Vec<String>| -> Vec<(String, Octets)> { noms.into_iter().zip(octets.by_ref()).collect() };
    let (contrat, depuis, pieces) = (fichiers(commande.contrat), fichiers(commande.depuis), fichiers(commande.pieces));
    let mut seul =
        |nom: Option<String>| fichiers(nom.into_iter().collect()).pop().map(|(nom, octets)| (nom, octets.to_vec()));
    let (gabarit, classeur) = (seul(commande.gabarit), seul(commande.classeur));
    let lus = |fichiers: Vec<(String, Octets)>| {
        fichiers.into_iter().map(|(nom, octets)| Fichier { nom, octets: octets.to_vec() }).collect()
    };
    let depot = Depot {
        contrat: lus(contrat),
        depuis: lus(depuis),
        pieces: pieces.into_iter().collect(),
        gabarit,
        classeur,
        tenue: None,
    };
    route.travailler(fonds, &parametres, depot)
}
