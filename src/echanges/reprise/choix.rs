//! The words of `--prendre` and `--sauf` → the numbers of what is taken.

use super::reponse::{ElementDeListe, Reprise, Sens};
use crate::formats::mots::plat;
use std::collections::BTreeSet;

/// Why a choice is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChoixRefuse {
    #[error(
        "« {demande} » ne désigne rien de ce que le fichier change ({connus}).\n    À faire : donnez un numéro de la liste (« 3 », « 1,4-6 »), un pointeur (« /moyens/budgets ») ou une place (« Moyens › Budgets »)."
    )]
    Inconnu { demande: String, connus: String },
    #[error(
        "l'élément n° {numero} ({place}) ne peut pas être ajouté tel quel : {manque}.\n    À faire : complétez la ligne dans le fichier, ou ajoutez l'élément à la main dans le contrat."
    )]
    Incomplet { numero: usize, place: String, manque: String },
}

impl From<ChoixRefuse> for crate::dossier::Erreur {
    fn from(refus: ChoixRefuse) -> Self {
        crate::dossier::Erreur::Suite(Box::new(refus))
    }
}

/// Something that can be taken, and its names.
struct Proposition<'r> {
    numero: usize,
    pointeur: String,
    place: String,
    element: Option<&'r ElementDeListe>,
}

/// The numbers that the choice asks for. Without `prendre`: all the values, and the elements to add that nothing leaves in doubt;
/// an element is taken away when it is named alone.
pub fn choisir(reprise: &Reprise, prendre: &[String], sauf: &[String]) -> Result<Vec<usize>, ChoixRefuse> {
    let propositions = propositions(reprise);
    let sur = |p: &&Proposition<'_>| p.element.is_none_or(|e| e.sens == Sens::Ajoute && e.est_sur());
    let mut pris: BTreeSet<usize> = match prendre {
        [] => propositions.iter().filter(sur).map(|p| p.numero).collect(),
        demandes => {
            let mut pris = BTreeSet::new();
            for demande in demandes {
                pris.extend(designes(&propositions, demande, true)?);
            }
            pris
        }
    };
    for demande in sauf {
        let designes = designes(&propositions, demande, false)?;
        pris.retain(|numero| !designes.contains(numero));
    }
    Ok(pris.into_iter().collect())
}

fn propositions(reprise: &Reprise) -> Vec<Proposition<'_>> {
    let valeurs = reprise.changements.iter().map(|c| Proposition {
        numero: c.numero,
        pointeur: c.pointeur.clone(),
        place: plat(&c.place.join(" > ")),
        element: None,
    });
    let elements = reprise.elements.iter().map(|e| Proposition {
        numero: e.numero,
        pointeur: format!("{}/{}", e.liste, e.rang),
        place: plat(&e.place.join(" > ")),
        element: Some(e),
    });
    valeurs.chain(elements).collect()
}

/// What a demand names: numbers, a pointer or a place, or all that stands below these.
fn designes(propositions: &[Proposition<'_>], demande: &str, prendre: bool) -> Result<Vec<usize>, ChoixRefuse> {
    let inconnu = |demande: &str| ChoixRefuse::Inconnu {
        demande: demande.to_owned(),
        connus: match propositions {
            [] => "rien n'y est à prendre".into(),
            [_] => "un seul numéro : 1".into(),
            tous => format!("numéros 1 à {}", tous.len()),
        },
    };
    let demande = demande.trim();
    // Each with whether it was named itself, and not with what stands above it.
    let trouves: Vec<(&Proposition<'_>, bool)> = match numeros(demande) {
        Some(numeros) => {
            let max = propositions.len();
            if let Some(absent) = numeros.iter().find(|n| !(1..=max).contains(n)) {
                return Err(inconnu(&absent.to_string()));
            }
            propositions.iter().filter(|p| numeros.contains(&p.numero)).map(|p| (p, true)).collect()
        }
        None => {
            let place = plat(&demande.replace('›', ">"));
            let place = place.split('>').map(str::trim).collect::<Vec<_>>().join(" > ");
            let (sous_pointeur, sous_place) = (format!("{}/", demande.trim_end_matches('/')), format!("{place} > "));
            let nomme = |p: &Proposition<'_>| p.pointeur == demande || p.place == place;
            let sous = |p: &Proposition<'_>| p.pointeur.starts_with(&sous_pointeur) || p.place.starts_with(&sous_place);
            propositions.iter().filter(|p| nomme(p) || sous(p)).map(|p| (p, nomme(p))).collect()
        }
    };
    if trouves.is_empty() {
        return Err(inconnu(demande));
    }
    let mut sortie = Vec::new();
    for (proposition, nomme) in trouves {
        match proposition.element.filter(|_| prendre) {
            Some(element) if nomme && !element.est_sur() => {
                let (place, manque) = (element.place.join(" › "), element.a_preciser.join(" ; "));
                return Err(ChoixRefuse::Incomplet { numero: proposition.numero, place, manque });
            }
            // What comes with others: only what is sure, and nothing is taken away.
            Some(element) if !nomme && (!element.est_sur() || element.sens == Sens::Retire) => {}
            _ => sortie.push(proposition.numero),
        }
    }
    Ok(sortie)
}

/// « 3 », « 1,4-6 ».
fn numeros(demande: &str) -> Option<BTreeSet<usize>> {
    const MAX: usize = 1_000_000;
    let mut numeros = BTreeSet::new();
    for morceau in demande.split([',', ' ', ';']).filter(|morceau| !morceau.is_empty()) {
        let lire = |texte: &str| texte.trim().parse::<usize>().ok().filter(|n| *n <= MAX);
        match morceau.split_once(['-', '–']) {
            Some((debut, fin)) => numeros.extend(lire(debut)?..=lire(fin)?),
            None => numeros.extend([lire(morceau)?]),
        }
    }
    (!numeros.is_empty()).then_some(numeros)
}
