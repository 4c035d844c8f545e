//! An edited Word file and its contract → what changed: values in their fields, elements of its lists, words outside.

use super::a_part;
use super::champs;
use super::contenu::{DossierWord, Suivi};
use super::differences;
use super::elements::{self, Elements};
use super::hors_champ;
use super::plan::{Plan, lieux};
use crate::document::{Document, Etat};
use crate::dossier::{self, Choix, Exemplaire, Ouverture};
use crate::echanges::Erreur;
use crate::echanges::reprise::{Commentaire, Ecart, Reprise, juger};
use crate::rendu::docx;
use std::collections::BTreeSet;

/// Compares an edited Word file with what its contract prints.
pub fn reprendre(
    nom: &str,
    octets: &[u8],
    ouverture: &Ouverture,
    choix: &Choix,
    suivi: Suivi,
) -> Result<Reprise, crate::dossier::Erreur> {
    let illisible = |refus: super::WordRefuse| Erreur::IllisibleWord { nom: nom.to_string(), refus };
    let word = a_part::lire(octets, suivi).map_err(illisible)?;
    comparer(nom, &word, ouverture, choix)
}

/// Compares what a Word file holds with what its contract prints.
pub fn comparer(
    nom: &str,
    word: &DossierWord,
    ouverture: &Ouverture,
    choix: &Choix,
) -> Result<Reprise, crate::dossier::Erreur> {
    let exemplaire = exemplaire(nom, word, ouverture, choix)?;
    let document = &exemplaire.document;
    let notre = docx::rendre(document, &docx::Options::default())?;
    let imprime = DossierWord::lire(&notre, Suivi::Accepte)
        .map_err(|refus| dossier::Erreur::Interne(format!("le document imprimé ne se relit pas : {refus}")))?;
    let champs = document.champs.values().filter(|c| word.champs.contains_key(&c.cle)).count();
    if champs == 0 && !document.champs.is_empty() {
        return Err(Erreur::SansChamps(nom.to_string()).into());
    }
    let plan = Plan::de(document);
    // Rows that came or went are told as elements: what remains is compared without them.
    let Elements { elements, ecarts: lignes, imprime, word: reste } =
        elements::relever(&plan, document, &imprime, word, ouverture);
    let (changements, mut ecarts) = champs::comparer(document, &imprime, &reste, ouverture);
    ecarts.extend(differences::champs_deplaces(document, &imprime, &reste));
    let clauses = ouverture.contrat.iter().flat_map(|contrat| contrat.clauses_particulieres.elements());
    let occupes = clauses.map(|clause| clause.article.as_str().to_owned()).collect();
    let tus = champs_tus(document, &ecarts);
    let (hors_champ, clauses_proposees) = hors_champ::comparer(&plan, &imprime, &reste, &occupes, &tus);
    ecarts.extend(lignes);
    ecarts.extend(hors_champ);
    ecarts.extend(differences::comparer(&plan, &imprime, &reste));
    let commentaires = commentaires(&plan, word);
    let mut reprise = Reprise {
        champs,
        changements,
        elements,
        ecarts,
        clauses_proposees,
        commentaires,
        ..Reprise::vide(&exemplaire.reference)
    };
    juger(ouverture, &mut reprise)?;
    Ok(reprise)
}

/// The comments with their places.
fn commentaires(plan: &Plan, word: &DossierWord) -> Vec<Commentaire> {
    let lieux = lieux(&word.paragraphes);
    let commentaire = |lu: &super::contenu::CommentaireLu| Commentaire {
        auteur: lu.auteur.clone(),
        texte: lu.texte.clone(),
        passage: lu.passage.clone(),
        clause: plan.designer(lieux.get(lu.paragraphe).copied().unwrap_or_default()),
        resolu: lu.resolu,
        reponse_a: lu.reponse_a.and_then(|rang| word.commentaires.get(rang)).map(|parent| parent.texte.clone()),
    };
    word.commentaires.iter().map(commentaire).collect()
}

/// The keys of the fields that are already told to be absent, emptied or moved: their paragraph has not changed for that.
fn champs_tus<'d>(document: &'d Document, ecarts: &[Ecart]) -> BTreeSet<&'d str> {
    let cle = |ecart: &Ecart| match ecart {
        Ecart::ChampAbsent { pointeur, .. }
        | Ecart::ChampVide { pointeur, .. }
        | Ecart::ChampDeplace { pointeur, .. } => document.champs.get(pointeur).map(|champ| champ.cle.as_str()),
        _ => None,
    };
    ecarts.iter().filter_map(cle).collect()
}

/// The contract that the file was printed from: the one of its reference, as a draft unless it says otherwise.
fn exemplaire(
    nom: &str,
    word: &DossierWord,
    ouverture: &Ouverture,
    choix: &Choix,
) -> Result<Exemplaire, dossier::Erreur> {
    let modele = || {
        let suite = word.producteur.split("modèle ").nth(1)?;
        suite.split_whitespace().next().map(String::from)
    };
    let imprimer = |etat| -> Result<Vec<Exemplaire>, dossier::Erreur> {
        let choix = Choix { etat: Some(etat), modele: choix.modele.clone().or_else(modele), ..choix.clone() };
        let verification = dossier::verifier(ouverture, &choix)?;
        Ok(dossier::rediger(ouverture, &choix, &verification)?)
    };
    let definitif = if word.etat == "Définitif" { imprimer(Etat::Definitif).ok() } else { None };
    let exemplaires = match definitif.filter(|e| !e.is_empty()) {
        Some(exemplaires) => exemplaires,
        None => imprimer(Etat::Projet)?,
    };
    let references: Vec<String> = exemplaires.iter().map(|e| e.reference.clone()).collect();
    // A word processor may have lost the properties: a single contract is then taken for the right one.
    let seul = exemplaires.len() == 1 && word.reference.is_empty();
    exemplaires.into_iter().find(|e| seul || e.reference == word.reference).ok_or_else(|| {
        let (sien, demande) = (word.reference.clone(), references.join(", "));
        Erreur::AutreContrat { nom: nom.to_string(), sien, demande }.into()
    })
}
