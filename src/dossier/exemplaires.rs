//! From a verified contract to its written documents: one contract, or one per gestionnaire.

use super::choix::Choix;
use super::defaut::DefautDuProgramme;
use super::examen::Verification;
use super::ouverture::Ouverture;
use super::{caracteres, jonction};
use crate::contrat::identifiants::Date;
use crate::contrat::{Contrat, ContratPar, selection};
use crate::document::lint::Defaut;
use crate::document::{Document, Etat};
use crate::modele::Modele;
use crate::redaction::{self, Demande, Impression, Redaction, Usage};
use crate::remarque::{Position, Remarque, Severite, ordonner};
use crate::rendu;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The code of a clause that would make the document hard to read aloud, or to sign.
pub const CODE_DEFAUT: &str = "ACC-001";

/// The code of a missing value.
pub const CODE_LACUNE: &str = "CPL-001";

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

/// The contracts themselves as drafts, whatever is said of them.
pub(super) fn exemplaires_du_projet(
    ouverture: &Ouverture,
    choix: &Choix,
    verification: &Verification,
) -> Result<Vec<Exemplaire>, ErreurExemplaires> {
    tous(&Ensemble { ouverture, verification, choix, impression: Impression::Projet, usage: &Usage::Contrat })
}

fn tous(ensemble: &Ensemble<'_>) -> Result<Vec<Exemplaire>, ErreurExemplaires> {
    let Ensemble { ouverture, verification, choix, .. } = ensemble;
    let Some(contrat) = &ouverture.contrat else { return Ok(Vec::new()) };
    let mut exemplaires = Vec::new();
    for selection in selectionner(ouverture, &verification.donnees, contrat, choix)? {
        let restreint: Contrat = Contrat::deserialize(&selection.selection.donnees)
            .map_err(|e| DefautDuProgramme(format!("contrat restreint illisible ({e})")))?;
        if let Usage::Etablissement(id) = ensemble.usage
            && !restreint.etablissements_inclus().any(|e| e.id.as_str() == id)
        {
            continue;
        }
        exemplaires.push(rediger_un(ensemble, &restreint, &selection)?);
    }
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

/// What the contracts of one file share.
struct Ensemble<'a> {
    ouverture: &'a Ouverture,
    verification: &'a Verification,
    choix: &'a Choix,
    impression: Impression<'a>,
    usage: &'a Usage,
}

fn rediger_un(ensemble: &Ensemble<'_>, contrat: &Contrat, choisie: &Choisie) -> Result<Exemplaire, ErreurExemplaires> {
    let Ensemble { ouverture, verification, choix, impression, usage } = *ensemble;
    let Verification { donnees, modele, fichiers, .. } = verification;
    let Choisie { selection, gestionnaire } = choisie;
    let nommes = ouverture.reprise.as_ref().and_then(|reprise| Some(avec(donnees, reprise.hors_contrat.as_ref()?)));
    let redaction = redaction::rediger(&Demande {
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
    })?;
    let etat = redaction.document.identite.etat;
    let mut remarques = manques(&redaction, etat, ouverture);
    remarques.extend(defauts(&redaction));
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

/// What is missing from a written contract, as remarks: blocking when it was to be definitive.
fn manques(redaction: &Redaction, etat: Etat, ouverture: &Ouverture) -> Vec<Remarque> {
    let severite = match etat {
        Etat::Definitif => Severite::Bloquante,
        Etat::Projet => Severite::Information,
    };
    let position = |pointeur: &str| -> Option<Position> { ouverture.lecture.positions.de(pointeur) };
    let lacunes = redaction.lacunes.iter().map(|lacune| {
        let libelle = lacune.texte.trim_start_matches("[à compléter\u{A0}: ").trim_end_matches(']');
        let pointeur = lacune.pointeur.clone().unwrap_or_default();
        // Without a value to point to, the clause tells where the need comes from.
        let clause = lacune
            .origine
            .as_ref()
            .filter(|_| lacune.pointeur.is_none())
            .map(|o| vec![format!("clause {}, ligne {}", o.fichier, o.ligne)])
            .unwrap_or_default();
        Remarque {
            code: CODE_LACUNE.into(),
            severite,
            position: position(&pointeur),
            message: format!("À compléter : {libelle} ({}).", lacune.partie),
            remede: match &lacune.pointeur {
                Some(p) => format!("renseignez {p}, ou déclarez {{\"non_applicable\": \"motif\"}}."),
                None => "renseignez les données que cette clause imprime.".into(),
            },
            pointeur,
            references: clause,
        }
    });
    let sans_place = redaction.clauses_sans_place.iter().map(|(rang, article)| {
        let pointeur = format!("/clauses_particulieres/{rang}/article");
        Remarque {
            code: "PER-007".into(),
            severite: Severite::Bloquante,
            position: position(&pointeur),
            message: format!("La clause particulière vise l'article « {article} », que ce modèle n'imprime pas."),
            remede: "donnez l'identifiant d'un article du modèle (« perimetre », « litiges », « duree »…).".into(),
            pointeur,
            references: Vec::new(),
        }
    });
    lacunes.chain(sans_place).collect()
}

/// What the lint of the document finds: a matter of the model, told with its clause.
fn defauts(redaction: &Redaction) -> Vec<Remarque> {
    let defaut = |defaut: &Defaut| {
        let clause = defaut.origine.as_ref().map(|o| format!("clause {}, ligne {}", o.fichier, o.ligne));
        Remarque {
            code: CODE_DEFAUT.into(),
            severite: Severite::Bloquante,
            pointeur: String::new(),
            position: None,
            message: format!("{} ({})", defaut.message, defaut.partie),
            remede: defaut.remede.into(),
            references: clause.into_iter().collect(),
        }
    };
    redaction.defauts.iter().map(defaut).collect()
}
