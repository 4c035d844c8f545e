//! An objective of a model's library → a contract file that has it, with its fiche and its indicators.
//!
//! What the file already says is left as it is written.

use super::choix::{Choix, choisir_modele};
use super::defaut::DefautDuProgramme;
use super::ouverture::Ouverture;
use crate::contrat::Contrat;
use crate::lecture::retouche::{ErreurRetouche, Retouche};
use crate::modele::bibliotheque::{IndicateurPropose, ObjectifPropose};
use crate::modele::{ErreurModele, Modele};
use serde_json::{Map, Value, json};

/// Why an objective could not be added to a contract file.
#[derive(Debug, thiserror::Error)]
pub enum ErreurAjout {
    #[error(transparent)]
    Modele(#[from] ErreurModele),
    #[error(
        "l'objectif « {demande} » n'est pas dans la bibliothèque du modèle « {modele} »{proche}\n    À faire : « cpom bibliotheque lister --modele {modele} » donne la liste."
    )]
    ObjectifInconnu { demande: String, modele: String, proche: String },
    #[error(
        "« {fichier} » n'est pas complété : {motif}.\n    À faire : corrigez le fichier, ou choisissez un autre objectif ; rien n'a été écrit."
    )]
    Refuse { fichier: String, motif: String },
    #[error(transparent)]
    Defaut(#[from] DefautDuProgramme),
}

/// A contract file with an objective more.
#[derive(Debug)]
pub struct Ajout {
    pub titre: String,
    pub modele: String,
    /// Identifier of the new objective in the contract.
    pub objectif: String,
    pub indicateurs: usize,
    /// The whole file, as it is to be written.
    pub octets: Vec<u8>,
}

/// The objective of a library that bears a code.
pub fn objectif<'m>(modele: &'m Modele, code: &str) -> Result<&'m ObjectifPropose, ErreurAjout> {
    let bibliotheque = &modele.manifeste.bibliotheque;
    bibliotheque.iter().find(|o| o.code.as_str() == code).ok_or_else(|| {
        let codes = || bibliotheque.iter().map(|o| o.code.as_str());
        let proche =
            codes().find(|c| c.contains(code)).or_else(|| codes().min_by_key(|c| strsim::damerau_levenshtein(c, code)));
        ErreurAjout::ObjectifInconnu {
            demande: code.to_string(),
            modele: modele.manifeste.id.to_string(),
            proche: proche.map(|c| format!(" ; vouliez-vous dire « {c} » ?")).unwrap_or_default(),
        }
    })
}

/// Adds an objective to the only file of a contract.
pub fn ajouter(ouverture: &Ouverture, choix: &Choix, code: &str) -> Result<Ajout, ErreurAjout> {
    let [fichier] = ouverture.lecture.fichiers.as_slice() else {
        return Err(DefautDuProgramme("un seul fichier se complète à la fois".into()).into());
    };
    let contrat = ouverture.contrat.as_deref().ok_or_else(|| ErreurAjout::Refuse {
        fichier: fichier.nom.clone(),
        motif: "le schéma refuse ce fichier (« cpom verifier » dit pourquoi)".into(),
    })?;
    let refus = |motif: String| ErreurAjout::Refuse { fichier: fichier.nom.clone(), motif };
    let modele = choisir_modele(contrat, choix)?;
    let propose = objectif(&modele, code)?;
    if let Some(present) =
        contrat.objectifs.elements().iter().find(|o| o.bibliotheque.valeur().is_some_and(|b| b.as_str() == code))
    {
        return Err(refus(format!("l'objectif « {code} » y est déjà (« {} »)", present.id)));
    }
    let (objectif, fiche) = proposer(contrat, propose);
    let id = objectif.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let texte = fichier.texte().ok_or_else(|| refus("ce n'est pas un texte en UTF-8".into()))?;
    let retouche = |e: ErreurRetouche| refus(e.to_string());
    let fichier_retouche = Retouche::ouvrir(&texte).map_err(retouche)?;
    fichier_retouche.ajouter("objectifs", &objectif).map_err(retouche)?;
    fichier_retouche.ajouter("fiches_actions", &fiche).map_err(retouche)?;
    Ok(Ajout {
        titre: propose.titre.clone(),
        modele: modele.designation(),
        objectif: id,
        indicateurs: propose.indicateurs.len(),
        octets: fichier.recoder(&fichier_retouche.texte()),
    })
}

/// What an objective of a library is in a contract that has it not: the objective, and its fiche.
pub fn proposer(contrat: &Contrat, propose: &ObjectifPropose) -> (Value, Value) {
    let id = libre(contrat, &format!("obj-{}", propose.code));
    (nouvel_objectif(propose, &id), fiche(contrat, propose, &id))
}

/// « obj-scolarisation », then « obj-scolarisation-2 ».
fn libre(contrat: &Contrat, id: &str) -> String {
    let pris = |id: &str| contrat.objectifs.elements().iter().any(|o| o.id.as_str() == id);
    let suivants = (2..).map(|n| format!("{id}-{n}"));
    std::iter::once(id.to_string()).chain(suivants).find(|id| !pris(id)).unwrap_or_default()
}

fn nouvel_objectif(propose: &ObjectifPropose, id: &str) -> Value {
    json!({
        "id": id, "titre": propose.titre, "bibliotheque": propose.code, "origine": "bibliotheque",
    })
}

/// The fiche of the objective: what the library knows; what it cannot know is a gap of the draft.
fn fiche(contrat: &Contrat, propose: &ObjectifPropose, objectif: &str) -> Value {
    let pris: Vec<&str> = contrat
        .fiches_actions
        .elements()
        .iter()
        .flat_map(|f| f.indicateurs.elements())
        .map(|i| i.id.as_str())
        .collect();
    let mut indicateurs: Vec<Value> = Vec::new();
    for i in &propose.indicateurs {
        let id = match pris.contains(&i.id.as_str()) {
            true => format!("{objectif}-{}", i.id),
            false => i.id.to_string(),
        };
        indicateurs.push(indicateur(i, &id));
    }
    json!({ "objectif": objectif, "indicateurs": indicateurs })
}

fn indicateur(propose: &IndicateurPropose, id: &str) -> Value {
    let mut objet = Map::new();
    objet.insert("id".into(), json!(id));
    objet.insert("libelle".into(), json!(propose.libelle));
    let facultatifs = [
        ("nature", json!(propose.nature)),
        ("numerateur", json!(propose.numerateur)),
        ("denominateur", json!(propose.denominateur)),
        ("unite", json!(propose.unite)),
        ("sens", json!(propose.sens)),
        ("source", json!(propose.source)),
        ("frequence", json!(propose.frequence)),
    ];
    objet.extend(facultatifs.into_iter().filter(|(_, v)| !v.is_null()).map(|(cle, v)| (cle.to_string(), v)));
    objet.into()
}
