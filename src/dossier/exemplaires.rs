//! From a verified contract to its written documents: one contract, or one per gestionnaire.

use super::choix::Choix;
use super::defaut::DefautDuProgramme;
use super::examen::Verification;
use super::ouverture::Ouverture;
use super::{caracteres, jonction, lacunes};
use crate::contrat::identifiants::Date;
use crate::contrat::{Contrat, ContratPar, selection};
use crate::document::lint::Defaut;
use crate::document::{Document, Etat};
use crate::modele::Modele;
use crate::redaction::{self, Demande, Impression, Redaction, Usage};
use crate::remarque::{Remarque, Severite, ordonner};
use crate::rendu;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The code of a clause that would make the document hard to read aloud, or to sign.
pub const CODE_DEFAUT: &str = "ACC-001";

/// The code of a name that names nothing; here an article that the model does not print.
pub(super) const CODE_RENVOI: &str = "PER-007";

/// Why the contracts of a verified file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ErreurExemplaires {
    #[error("le modèle ne peut pas être appliqué :\n{0}")]
    Redaction(#[from] redaction::Erreur),
    #[error(
        "le gestionnaire « {demande} » n'est pas signataire de ce contrat.\n    À faire : choisissez un gestionnaire signataire : {connus}."
    )]
    GestionnaireInconnu { demande: String, connus: String },
    #[error(
        "l'établissement « {demande} » n'est pas dans le périmètre de ce contrat.\n    À faire : choisissez parmi : {connus}."
    )]
    EtablissementInconnu { demande: String, connus: String },
    #[error(
        "le contrat n'a aucune fiche action : il n'y a rien à imprimer pour les équipes.\n    À faire : ajoutez des fiches (« fiches_actions »)."
    )]
    SansFiche,
    #[error(
        "le contrat porte des remarques bloquantes : il ne peut être imprimé comme définitif.\n    À faire : corrigez-les, ou imprimez un projet."
    )]
    NonConforme,
    #[error(transparent)]
    Defaut(#[from] DefautDuProgramme),
}

/// A contract to print: one of the file's, with its model and its written document.
#[derive(Debug)]
pub struct Exemplaire {
    pub reference: String,
    pub etat: Etat,
    pub modele: Modele,
    pub document: Document,
    /// What it is: the contract, or a document drawn from it.
    pub usage: Usage,
    /// What its files carry beside the words.
    pub options: rendu::Options,
    /// Missing values and own clauses without a place, as remarks on the file.
    pub remarques: Vec<Remarque>,
}

/// Writes the contracts of a verified file: one, or one per gestionnaire; definitive ones only when nothing
/// is blocking.
pub fn rediger(
    ouverture: &Ouverture,
    choix: &Choix,
    verification: &Verification,
) -> Result<Vec<Exemplaire>, ErreurExemplaires> {
    match verification.etat {
        Etat::Projet => {
            tous(&Ensemble { ouverture, verification, choix, impression: Impression::Projet, usage: &choix.pour })
        }
        Etat::Definitif => {
            let conforme = verification.rapport.conforme().ok_or(ErreurExemplaires::NonConforme)?;
            let impression = Impression::Definitif(&conforme);
            tous(&Ensemble { ouverture, verification, choix, impression, usage: &choix.pour })
        }
    }
}

/// What is to be said of the contracts themselves, written as drafts: their gaps, and what a clause or a character
/// would spoil. Each would refuse a definitive contract.
pub(super) fn remarques_du_projet(
    ouverture: &Ouverture,
    choix: &Choix,
    verification: &Verification,
) -> Result<Vec<Remarque>, ErreurExemplaires> {
    let ensemble = Ensemble { ouverture, verification, choix, impression: Impression::Projet, usage: &Usage::Contrat };
    let dire = |ensemble: &Ensemble<'_>, contrat: &Contrat, choisie: &Choisie| {
        let redaction = ecrire(ensemble, contrat, choisie)?;
        let mut remarques = de_la_redaction(&redaction, ensemble);
        remarques.extend(caracteres::du_document(&redaction.document, &verification.donnees));
        Ok(remarques)
    };
    Ok(pour_chacun(&ensemble, dire)?.into_iter().flatten().collect())
}

fn tous(ensemble: &Ensemble<'_>) -> Result<Vec<Exemplaire>, ErreurExemplaires> {
    let exemplaires = pour_chacun(ensemble, rediger_un)?;
    let Some(contrat) = &ensemble.ouverture.contrat else { return Ok(exemplaires) };
    match ensemble.usage {
        Usage::Equipes if exemplaires.iter().all(|e| e.document.parties.is_empty()) => {
            Err(ErreurExemplaires::SansFiche)
        }
        Usage::Etablissement(id) if exemplaires.is_empty() => {
            let connus: Vec<&str> = contrat.etablissements_inclus().map(|e| e.id.as_str()).collect();
            Err(ErreurExemplaires::EtablissementInconnu { demande: id.clone(), connus: connus.join(", ") })
        }
        _ => Ok(exemplaires),
    }
}

/// Does something with each contract of a file: the whole, or that of each gestionnaire.
fn pour_chacun<T>(
    ensemble: &Ensemble<'_>,
    faire: impl Fn(&Ensemble<'_>, &Contrat, &Choisie) -> Result<T, ErreurExemplaires>,
) -> Result<Vec<T>, ErreurExemplaires> {
    let Ensemble { ouverture, verification, choix, .. } = ensemble;
    let Some(contrat) = &ouverture.contrat else { return Ok(Vec::new()) };
    let mut faits = Vec::new();
    for choisie in selectionner(ouverture, &verification.donnees, contrat, choix)? {
        let restreint: Contrat = Contrat::deserialize(&choisie.selection.donnees)
            .map_err(|e| DefautDuProgramme(format!("contrat restreint illisible ({e})")))?;
        if let Usage::Etablissement(id) = ensemble.usage
            && !restreint.etablissements_inclus().any(|e| e.id.as_str() == id)
        {
            continue;
        }
        faits.push(faire(ensemble, &restreint, &choisie)?);
    }
    Ok(faits)
}

/// What the contracts of one file share.
struct Ensemble<'a> {
    ouverture: &'a Ouverture,
    verification: &'a Verification,
    choix: &'a Choix,
    impression: Impression<'a>,
    usage: &'a Usage,
}

/// The words of a contract.
fn ecrire(ensemble: &Ensemble<'_>, contrat: &Contrat, choisie: &Choisie) -> Result<Redaction, ErreurExemplaires> {
    let Ensemble { ouverture, verification, impression, usage, .. } = *ensemble;
    let Verification { donnees, modele, fichiers, .. } = verification;
    let selection = &choisie.selection;
    let nommes = ouverture.reprise.as_ref().and_then(|reprise| Some(avec(donnees, reprise.hors_contrat.as_ref()?)));
    Ok(redaction::rediger(&Demande {
        contrat,
        donnees: &selection.donnees,
        ensemble: nommes.as_ref().unwrap_or(donnees),
        rangs: Some(&selection.rangs),
        modele,
        impression,
        usage,
        date: date_du_document(contrat),
        logos: &fichiers.logos(donnees, contrat),
        fichiers: &fichiers.a_imprimer(),
    })?)
}

fn rediger_un(ensemble: &Ensemble<'_>, contrat: &Contrat, choisie: &Choisie) -> Result<Exemplaire, ErreurExemplaires> {
    let Ensemble { ouverture, verification, choix, usage, .. } = *ensemble;
    let Verification { donnees, modele, .. } = verification;
    let Choisie { selection, gestionnaire } = choisie;
    let redaction = ecrire(ensemble, contrat, choisie)?;
    let etat = redaction.document.identite.etat;
    let mut remarques = de_la_redaction(&redaction, ensemble);
    let mut document = redaction.document;
    let gestionnaire = gestionnaire.as_deref();
    let impression = jonction::Impression { ouverture, verification, choix, selection, gestionnaire, usage };
    jonction::joindre(&mut document, &impression);
    remarques.extend(caracteres::du_document(&document, donnees));
    ordonner(&mut remarques);
    Ok(Exemplaire {
        reference: contrat.reference.to_string(),
        etat,
        modele: modele.clone(),
        options: choix.options.clone(),
        usage: usage.clone(),
        document,
        remarques,
    })
}

/// The date of the document: of the signature, else of the effect, else none.
fn date_du_document(contrat: &Contrat) -> Option<Date> {
    let signature = contrat.signature.valeur().and_then(|s| s.date.valeur().copied());
    signature.or_else(|| contrat.periode.debut.valeur().copied())
}

/// A contract to print, and the gestionnaire that it was restricted to.
struct Choisie {
    selection: selection::Selection,
    gestionnaire: Option<String>,
}

/// The whole contract, or that of each gestionnaire; what a dossier holds is printed as it is.
fn selectionner(
    ouverture: &Ouverture,
    donnees: &Value,
    contrat: &Contrat,
    choix: &Choix,
) -> Result<Vec<Choisie>, ErreurExemplaires> {
    let entier = || Choisie {
        selection: selection::Selection { donnees: donnees.clone(), rangs: BTreeMap::new() },
        gestionnaire: None,
    };
    if ouverture.reprise.is_some() {
        return Ok(vec![entier()]);
    }
    let signataires: Vec<&str> =
        contrat.gestionnaires().iter().filter(|g| g.mandataire.valeur().is_none()).map(|g| g.id.as_str()).collect();
    let restreindre = |id: &str| {
        selection::restreindre(donnees, contrat, id)
            .map(|selection| Choisie { selection, gestionnaire: Some(id.to_string()) })
            .ok_or_else(|| ErreurExemplaires::GestionnaireInconnu {
                demande: id.to_string(),
                connus: signataires.join(", "),
            })
    };
    if let Some(id) = &choix.gestionnaire {
        return Ok(vec![restreindre(id)?]);
    }
    if contrat.contrat_par.valeur() == Some(&ContratPar::Gestionnaire) && !signataires.is_empty() {
        return signataires.iter().map(|id| restreindre(id)).collect();
    }
    Ok(vec![entier()])
}

/// A contract with the elements of another that it names.
fn avec(donnees: &Value, autres: &Value) -> Value {
    let mut ensemble = donnees.clone();
    for liste in ["/perimetre/etablissements", "/parties/gestionnaires"] {
        let autres = autres.pointer(liste).and_then(Value::as_array).cloned().unwrap_or_default();
        if let Some(Value::Array(elements)) = ensemble.pointer_mut(liste) {
            elements.extend(autres);
        }
    }
    ensemble
}

/// What is to be said of a written contract: its gaps, blocking when it was to be definitive, its own clauses without
/// a place, its faults of form.
fn de_la_redaction(redaction: &Redaction, ensemble: &Ensemble<'_>) -> Vec<Remarque> {
    let Ensemble { ouverture, verification, .. } = ensemble;
    let Verification { donnees, modele, .. } = verification;
    let lieux = lacunes::Lieux::de(donnees, ouverture.contrat.as_deref());
    let severite = match redaction.document.identite.etat {
        Etat::Definitif => Severite::Bloquante,
        Etat::Projet => Severite::Information,
    };
    let mut remarques = lacunes::remarques(&redaction.lacunes, severite, &lieux, &ouverture.lecture.positions);
    remarques.extend(redaction.clauses_sans_place.iter().map(|(rang, article)| {
        let pointeur = format!("/clauses_particulieres/{rang}/article");
        let position = ouverture.lecture.positions.de(&pointeur);
        Remarque::bloquante(
            CODE_RENVOI,
            pointeur,
            format!("La clause particulière vise l'article « {article} », que ce modèle n'imprime pas."),
            format!(
                "donnez l'identifiant d'un article du modèle ; « cpom modeles montrer {} » en donne la liste.",
                modele.manifeste.id
            ),
        )
        .placee(position)
    }));
    remarques.extend(defauts(redaction));
    lacunes::nommer(&mut remarques, donnees);
    remarques
}

/// What the lint of the document finds: a matter of the model, told with its clause.
fn defauts(redaction: &Redaction) -> Vec<Remarque> {
    let defaut = |defaut: &Defaut| {
        let clause = defaut.origine.as_ref().map(|o| format!("clause {}, ligne {}", o.fichier, o.ligne));
        let message = format!("{} ({})", defaut.message, defaut.partie);
        Remarque {
            references: clause.into_iter().collect(),
            ..Remarque::bloquante(CODE_DEFAUT, "", message, defaut.remede)
        }
    };
    redaction.defauts.iter().map(defaut).collect()
}
