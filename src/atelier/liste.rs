//! What remains to be done of a contract, as the page lists it → a document to be sent to who holds the values.

use super::dit::Dit;
use super::remarques::{ManqueVue, Nommes, RemarqueVue, ranger};
use crate::compte_rendu::blocs::{document, formulaire, intertitre, ligne, note, paragraphe, tableau, titre};
use crate::document::{Document, Ligne, Noeud};
use crate::remarque::{Detenteur, Severite};

const TITRE: &str = "Reste à faire";

/// Of which contract the list is, and for whom.
pub struct Demande<'a> {
    pub reference: &'a str,
    pub intitule: &'a str,
    pub modele: &'a str,
    /// None for all of them.
    pub pour: Option<Detenteur>,
}

/// The list that the page shows, in its order.
pub fn document_de(dit: &Dit, demande: &Demande<'_>) -> Document {
    let siens = |d: Detenteur| demande.pour.is_none_or(|pour| d == pour || d == Detenteur::LesDeux);
    let remarques = |nommees: Nommes<RemarqueVue>| -> Vec<RemarqueVue> {
        let bloque = |r: &RemarqueVue| r.severite == Severite::Bloquante && siens(r.detenteur);
        ranger(nommees, |r| r.rang).into_iter().filter(bloque).collect()
    };
    let (corriger, definitif) = (remarques(dit.remarques()), remarques(dit.au_definitif()));
    let mut manques = ranger(dit.manques(), |m| m.rang);
    manques.retain(|m| siens(m.detenteur));
    let mut blocs = vec![titre(1, TITRE), entete(demande, corriger.len(), definitif.len() + manques.len())];
    if corriger.is_empty() && definitif.is_empty() && manques.is_empty() {
        blocs.push(paragraphe("Il ne reste rien à faire."));
    }
    for (intitule, remarques) in [("À corriger", &corriger), ("Avant le contrat définitif", &definitif)] {
        if !remarques.is_empty() {
            blocs.extend([titre(2, intitule), points(remarques)]);
        }
    }
    for detenteur in Detenteur::TOUS {
        let tenus: Vec<&ManqueVue> = manques.iter().filter(|m| m.detenteur == detenteur).collect();
        if !tenus.is_empty() {
            blocs.extend([titre(2, detenteur.titre()), valeurs(&tenus)]);
        }
    }
    document(TITRE, demande.reference, demande.modele, blocs)
}

fn entete(demande: &Demande<'_>, corriger: usize, completer: usize) -> Noeud {
    let pour = match demande.pour {
        None => "tous",
        Some(Detenteur::Autorite) => "les autorités, et ce qui se fait ensemble",
        Some(Detenteur::Gestionnaire) => "le gestionnaire, et ce qui se fait ensemble",
        Some(Detenteur::LesDeux) => "ce qui se fait ensemble",
    };
    let contrat = [demande.intitule, demande.reference].into_iter().filter(|mot| !mot.is_empty());
    formulaire(vec![
        ("Contrat", contrat.collect::<Vec<_>>().join(", ")),
        ("Liste pour", pour.to_owned()),
        ("À corriger", nombre(corriger)),
        ("À compléter", nombre(completer)),
    ])
}

fn nombre(n: usize) -> String {
    if n == 0 { "rien".to_owned() } else { n.to_string() }
}

/// What is to be mended: those of one rule, with one thing to do, together.
fn points(remarques: &[RemarqueVue]) -> Noeud {
    let sortes = reunir(remarques, |r| (r.code.as_str(), r.remede.as_str()));
    let mut lignes: Vec<Ligne> = Vec::new();
    for sorte in sortes {
        let remede = sorte.first().map(|r| r.remede.as_str()).unwrap_or_default();
        lignes.push(intertitre(vec![paragraphe(&format!("À faire : {remede}"))]));
        lignes.extend(sorte.iter().map(|r| ligne([vec![paragraphe(&r.message)], vec![paragraphe(ou(&r.lieu))]])));
    }
    tableau([("Point", 60), ("Où", 40)], lignes)
}

/// What one of the holders is to give: section by section, what is asked in many places once.
fn valeurs(manques: &[&ManqueVue]) -> Noeud {
    let mut lignes: Vec<Ligne> = Vec::new();
    for section in reunir(manques, |m| m.section.as_str()) {
        lignes.push(intertitre(vec![paragraphe(section.first().map_or("", |m| m.section.as_str()))]));
        for memes in reunir(&section, |m| m.libelle.as_str()) {
            let quoi = memes.first().map(|m| m.libelle.as_str()).unwrap_or_default();
            let places = match memes.as_slice() {
                [seule] => vec![paragraphe(ou(&seule.lieu))],
                plusieurs => plusieurs.iter().map(|m| note(ou(&m.lieu))).collect(),
            };
            lignes.push(ligne([vec![paragraphe(quoi)], places]));
        }
    }
    tableau([("À compléter", 42), ("Où", 58)], lignes)
}

fn ou(lieu: &str) -> &str {
    if lieu.is_empty() { "le contrat entier" } else { lieu }
}

/// Those that have the same key, where the first of them stands.
fn reunir<'a, T: Clone, C: PartialEq>(tous: &'a [T], cle: impl Fn(&'a T) -> C) -> Vec<Vec<T>> {
    let mut sortes: Vec<(C, Vec<T>)> = Vec::new();
    for un in tous {
        let sienne = cle(un);
        match sortes.iter_mut().find(|(connue, _)| *connue == sienne) {
            Some((_, memes)) => memes.push(un.clone()),
            None => sortes.push((sienne, vec![un.clone()])),
        }
    }
    sortes.into_iter().map(|(_, memes)| memes).collect()
}
