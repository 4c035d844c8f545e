//! A written document → the same with all that it was made from attached.

use super::choix::Choix;
use super::examen::{self, Verification};
use super::joints::{
    CONTRAT, FichierJoint, Identite, PROVENANCE, Provenance, RAPPORT, empreinte, joint_de_provenance, nom_des_balises,
    nom_seul,
};
use super::ouverture::Ouverture;
use super::pieces;
use crate::compte_rendu::CompteRendu;
use crate::contrat::selection::Selection;
use crate::document::{Document, Etat, Joint, Relation};
use crate::lecture::noms;
use crate::redaction::Usage;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the attachments of one dossier are made from.
pub struct Impression<'a> {
    pub ouverture: &'a Ouverture,
    pub verification: &'a Verification,
    pub choix: &'a Choix,
    pub selection: &'a Selection,
    pub gestionnaire: Option<&'a str>,
    pub usage: &'a Usage,
}

/// Attaches to a document all that it was made from.
pub fn joindre(document: &mut Document, impression: &Impression<'_>) {
    let Impression { ouverture, verification, selection, gestionnaire, usage, .. } = impression;
    if **usage != Usage::Contrat {
        // A leaflet for many hands does not carry the whole contract.
        document.joints = vec![joint_de_provenance(&provenance(document, impression, false, Vec::new(), None))];
        return;
    }
    let mut ensemble = Ensemble::default();
    let etat = document.identite.etat;
    let reprise = ouverture.reprise.as_ref();

    let mut donnees = if gestionnaire.is_some() { &selection.donnees } else { &*ouverture.donnees }.clone();
    let fichiers: Vec<(String, &pieces::Lu)> = pieces::pointeurs(&donnees)
        .into_iter()
        .filter_map(|(pointeur, _)| Some((pointeur.clone(), verification.fichiers.lu(&origine(&pointeur, selection))?)))
        .collect();
    let original = match reprise {
        Some(reprise) => reprise.original,
        None => gestionnaire.is_none() && ouverture.lecture.fichiers.len() == 1,
    };
    let entrees = ensemble.nommer(&mut donnees, &fichiers, original);
    for (piece, lu) in document.pieces.iter_mut().zip(verification.fichiers.a_imprimer()) {
        let entree = entrees.iter().find(|(_, _, (pointeur, _))| origine(pointeur, selection) == lu.pointeur);
        piece.joint = entree.map(|(nom, ..)| nom.clone()).unwrap_or_default();
    }
    let lu = ouverture.lecture.fichiers.first().filter(|_| original || reprise.is_some());
    let contrat: Arc<[u8]> = match lu {
        Some(fichier) => fichier.octets.as_slice().into(),
        None => en_json(&donnees).into(),
    };
    let nom_du_contrat = lu.map(|fichier| nom_seul(&fichier.nom)).filter(|nom| original && !nom.is_empty());
    ensemble.ajouter(CONTRAT, contrat, Relation::Source, "Données du contrat", |f| f.chemin = nom_du_contrat);
    if etat == Etat::Projet {
        let rapport = match reprise {
            // What a report says of files that are no longer there cannot be said again.
            Some(_) => ouverture.rapport_joint.clone(),
            None => Some(rapport(ouverture, verification, selection)),
        };
        if let Some(rapport) = rapport {
            ensemble.ajouter(RAPPORT, rapport, Relation::Supplement, "Rapport de vérification du projet", |_| {});
        }
    }
    for (nom, chemin, (pointeur, lu)) in entrees {
        let description = format!("Fichier donné avec le contrat : {nom}");
        ensemble.ajouter(&nom, lu.octets.clone(), Relation::Supplement, &description, |f| {
            f.chemin = Some(chemin);
            f.pointeur = Some(pointeur);
        });
    }
    let hors_contrat = match reprise {
        Some(reprise) => reprise.hors_contrat.clone(),
        None => gestionnaire.and_then(|_| hors_contrat(&selection.donnees, &verification.donnees)),
    };
    let provenance = provenance(document, impression, original, ensemble.fichiers, hors_contrat);
    document.joints = ensemble.joints;
    document.joints.insert(1.min(document.joints.len()), joint_de_provenance(&provenance));
}

fn provenance(
    document: &Document,
    impression: &Impression<'_>,
    original: bool,
    fichiers: Vec<FichierJoint>,
    hors_contrat: Option<Value>,
) -> Provenance {
    let Impression { ouverture, verification, choix, gestionnaire, usage, .. } = impression;
    Provenance {
        cpom: env!("CARGO_PKG_VERSION").to_string(),
        reference: document.identite.reference.clone(),
        etat: if document.identite.etat == Etat::Projet { "projet" } else { "definitif" }.to_string(),
        modele: Identite::de(&verification.modele),
        date: choix.date.clone(),
        gestionnaire: match &ouverture.reprise {
            Some(reprise) => reprise.gestionnaire.clone(),
            None => gestionnaire.map(String::from),
        },
        extrait: match usage {
            Usage::Contrat => None,
            Usage::Equipes => Some("equipes".to_string()),
            Usage::Etablissement(id) => Some(format!("etablissement {id}")),
        },
        morceau: None,
        paraphes: choix.options.pdf.paraphes,
        balises: choix.options.pdf.balises.map(|b| nom_des_balises(b).to_string()),
        original,
        fichiers,
        hors_contrat,
    }
}

/// The attachments as they are gathered.
#[derive(Default)]
struct Ensemble {
    joints: Vec<Joint>,
    fichiers: Vec<FichierJoint>,
}

impl Ensemble {
    fn ajouter(
        &mut self,
        nom: &str,
        octets: Arc<[u8]>,
        relation: Relation,
        description: &str,
        completer: impl FnOnce(&mut FichierJoint),
    ) {
        let mut fichier =
            FichierJoint { nom: nom.to_string(), chemin: None, pointeur: None, sha256: empreinte(&octets) };
        completer(&mut fichier);
        self.fichiers.push(fichier);
        self.joints.push(Joint {
            nom: nom.to_string(),
            mime: type_mime(nom),
            octets,
            relation,
            description: description.to_string(),
        });
    }

    /// Gives each file of the contract a name of its own in the PDF, and a path of its own beside the contract.
    ///
    /// Two files of two folders may bear one path: in data that were put together, the second gets another.
    fn nommer<'a>(
        &self,
        donnees: &mut Value,
        fichiers: &[(String, &'a pieces::Lu)],
        original: bool,
    ) -> Vec<(String, String, (String, &'a pieces::Lu))> {
        let mut pris: BTreeSet<String> = [CONTRAT, PROVENANCE, RAPPORT].map(String::from).into();
        let mut chemins: Vec<(String, &str)> = Vec::new();
        let mut sortie = Vec::new();
        for (pointeur, lu) in fichiers {
            // Two names that some system takes for one would be one file once extracted there.
            let occupe = |chemin: &str| {
                let cle = noms::cle(chemin);
                chemins.iter().any(|(c, sha256)| noms::cle(c) == cle && *sha256 != lu.sha256)
            };
            let chemin = if original { lu.chemin.clone() } else { distinct(&lu.chemin, occupe) };
            if chemin != lu.chemin
                && let Some(valeur) = donnees.pointer_mut(pointeur)
            {
                *valeur = json!(chemin);
            }
            chemins.push((chemin.clone(), &lu.sha256));
            let nom = distinct(&nom_sur(&nom_seul(&chemin)), |nom| pris.contains(&noms::cle(nom)));
            pris.insert(noms::cle(&nom));
            sortie.push((nom, chemin, (pointeur.clone(), *lu)));
        }
        sortie
    }
}

/// « logo.png », then « logo-2.png ».
fn distinct(nom: &str, pris: impl Fn(&str) -> bool) -> String {
    let (racine, extension) = match nom.rsplit_once('.') {
        Some((racine, extension)) if !racine.is_empty() && !extension.contains('/') => {
            (racine, format!(".{extension}"))
        }
        _ => (nom, String::new()),
    };
    let candidats = std::iter::once(nom.to_string()).chain((2..).map(|n| format!("{racine}-{n}{extension}")));
    candidats.into_iter().find(|candidat| !pris(candidat)).unwrap_or_default()
}

/// A name that any system accepts.
fn nom_sur(nom: &str) -> String {
    // Whichever way the accents came, the attachment has one name.
    let sur: String = noms::compose(nom)
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '-' })
        .take(120)
        .collect();
    let sur = sur.trim_end_matches(['.', ' ']);
    match sur.trim_start_matches(['.', ' ']).is_empty() {
        true => "fichier".into(),
        false if noms::reserve(sur) => format!("fichier-{sur}"),
        false => sur.to_string(),
    }
}

fn type_mime(nom: &str) -> &'static str {
    let extension = nom.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    match extension.as_str() {
        "json" => "application/json",
        "pdf" => "application/pdf",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "svg" => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

fn en_json(donnees: &Value) -> Vec<u8> {
    let mut octets = serde_json::to_vec_pretty(donnees).unwrap_or_default();
    octets.push(b'\n');
    octets
}

/// The pointer in the file of a pointer of the printed contract, which may have lost elements of its lists.
fn origine(pointeur: &str, selection: &Selection) -> String {
    let (mut ici, mut sortie) = (String::new(), String::new());
    for segment in pointeur.split('/').skip(1) {
        let rang = segment.parse::<usize>().ok().and_then(|rang| selection.rangs.get(&ici)?.get(rang));
        match rang {
            Some(rang) => sortie.push_str(&format!("/{rang}")),
            None => sortie.extend(["/", segment]),
        }
        ici.extend(["/", segment]);
    }
    sortie
}

/// Whether a pointer of the file is about an element that the printed contract has.
fn concerne(pointeur: &str, selection: &Selection) -> bool {
    selection.rangs.iter().all(|(liste, rangs)| {
        let reste = pointeur.strip_prefix(liste.as_str()).and_then(|reste| reste.strip_prefix('/'));
        let rang = reste.and_then(|reste| reste.split('/').next()?.parse::<usize>().ok());
        rang.is_none_or(|rang| rangs.contains(&rang))
    })
}

/// The report on a draft: on what the printed contract holds, and with the names of the files only.
fn rapport(ouverture: &Ouverture, verification: &Verification, selection: &Selection) -> Arc<[u8]> {
    let mut compte_rendu: CompteRendu = examen::compte_rendu(ouverture, verification);
    compte_rendu.fichiers.iter_mut().for_each(|fichier| *fichier = nom_seul(fichier));
    compte_rendu.remarques.retain(|ligne| concerne(&ligne.remarque.pointeur, selection));
    for ligne in &mut compte_rendu.remarques {
        if let Some(position) = &mut ligne.remarque.position {
            position.fichier = nom_seul(&position.fichier);
        }
    }
    compte_rendu.json().into_bytes().into()
}

/// The elements of the whole contract that the printed one names without holding them; and the other gestionnaires, with whom
/// it shares what is common.
fn hors_contrat(donnees: &Value, ensemble: &Value) -> Option<Value> {
    let mut textes = BTreeSet::new();
    relever(donnees, &mut textes);
    let mut sortie = json!({});
    for (liste, groupe, cle) in [
        ("/perimetre/etablissements", "perimetre", "etablissements"),
        ("/parties/gestionnaires", "parties", "gestionnaires"),
    ] {
        let elements = |racine: &Value| racine.pointer(liste).and_then(Value::as_array).cloned().unwrap_or_default();
        let id = |element: &Value| element.get("id").and_then(Value::as_str).map(String::from);
        let tenus: BTreeSet<String> = elements(donnees).iter().filter_map(id).collect();
        let nommes: Vec<Value> = elements(ensemble)
            .into_iter()
            .filter(|e| {
                id(e).is_some_and(|id| !tenus.contains(&id) && (cle == "gestionnaires" || textes.contains(&id)))
            })
            .collect();
        if !nommes.is_empty() {
            sortie[groupe] = json!({ cle: nommes });
        }
    }
    sortie.as_object().is_some_and(|o| !o.is_empty()).then_some(sortie)
}

fn relever(valeur: &Value, textes: &mut BTreeSet<String>) {
    match valeur {
        Value::String(texte) => {
            textes.insert(texte.clone());
        }
        Value::Array(elements) => elements.iter().for_each(|e| relever(e, textes)),
        Value::Object(entrees) => entrees.values().for_each(|e| relever(e, textes)),
        _ => {}
    }
}
