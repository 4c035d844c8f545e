//! The gaps of a written document → remarks on the file: what is missing, to whom, where to give it, who holds it.

use crate::contrat::Contrat;
use crate::contrat::detenteur::detenteur;
use crate::lecture::Positions;
use crate::redaction::LacuneImprimee;
use crate::remarque::{Lacune, LieuDeLacune, Remarque, Severite};
use crate::schema::chemin::{Chemins, PUIS};
use crate::schema::forme::{Nature, forme_du_contrat};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The code of a missing value.
pub const CODE_LACUNE: &str = "CPL-001";

/// What tells the place of a gap in words.
pub(super) struct Lieux<'v> {
    chemins: Chemins<'v>,
    /// The number of each fiche, by its rank.
    fiches: BTreeMap<usize, u32>,
}

impl<'v> Lieux<'v> {
    pub(super) fn de(donnees: &'v Value, contrat: Option<&Contrat>) -> Self {
        let numerotees = contrat.map(Contrat::fiches_numerotees).unwrap_or_default();
        let fiches = numerotees.into_iter().map(|(numero, rang)| (rang, numero)).collect();
        Lieux { chemins: Chemins::de(donnees), fiches }
    }

    pub(super) fn chemin(&self, pointeur: &str) -> String {
        self.chemins.texte(pointeur)
    }

    /// The structure and the field: a fiche by its number, any other by its name.
    pub(super) fn lieu(&self, pointeur: &str) -> LieuDeLacune {
        let etapes = self.chemins.etapes(pointeur);
        let noms = |etapes: &[crate::schema::chemin::Etape]| {
            let noms: Vec<&str> = etapes.iter().filter(|e| !e.element).map(|e| e.nom.as_str()).collect();
            noms.join(PUIS)
        };
        let Some(rang) = etapes.iter().position(|etape| etape.element) else {
            let (tete, reste) = etapes.split_at(1.min(etapes.len()));
            return match reste.is_empty() {
                true => LieuDeLacune { liste: "Contrat".into(), structure: String::new(), champ: noms(tete) },
                false => LieuDeLacune { liste: noms(tete), structure: String::new(), champ: noms(reste) },
            };
        };
        let fiche = pointeur.strip_prefix("/fiches_actions/").and_then(|reste| reste.split('/').next()?.parse().ok());
        let structure = match fiche.and_then(|rang: usize| self.fiches.get(&rang)) {
            Some(numero) => format!("n° {numero}"),
            None => etapes[rang].nom.trim_matches(['«', '»', ' ']).to_string(),
        };
        LieuDeLacune { liste: noms(&etapes[..rang]), structure, champ: noms(&etapes[rang + 1..]) }
    }
}

/// The gaps of a written document as remarks.
pub(super) fn remarques(
    lacunes: &[LacuneImprimee],
    severite: Severite,
    lieux: &Lieux<'_>,
    positions: &Positions,
) -> Vec<Remarque> {
    let dire = |lacune: &LacuneImprimee| {
        let LacuneImprimee { libelle, pointeur, ajouter, origine, partie } = lacune;
        let mut lieu = lieux.lieu(pointeur);
        // What is to be added to a list is told by its own words.
        if let Some(ajouter) = ajouter {
            lieu.champ = match lieu.champ.is_empty() {
                true => ajouter.clone(),
                false => format!("{} : {ajouter}", lieu.champ),
            };
        }
        Remarque {
            severite,
            chemin: lieux.chemin(pointeur),
            position: positions.de(pointeur),
            lacune: Some(Box::new(Lacune {
                libelle: libelle.clone(),
                partie: partie.clone(),
                clause: origine.as_ref().map(|o| format!("{}, ligne {}", o.fichier, o.ligne)),
                detenteur: detenteur(pointeur),
                lieu,
                ajouter: ajouter.clone(),
            })),
            ..Remarque::bloquante(
                CODE_LACUNE,
                pointeur.as_str(),
                format!("À compléter : {libelle}, dans « {partie} »."),
                remede(pointeur, ajouter.as_deref()),
            )
        }
    };
    lacunes.iter().map(dire).collect()
}

/// What to do about a gap; only what the schema allows.
fn remede(pointeur: &str, ajouter: Option<&str>) -> String {
    let forme = forme_du_contrat().a(pointeur);
    let ou_sans_objet = match forme.as_ref().is_some_and(|f| f.sans_objet) {
        true => ", ou déclarez-la sans objet : {\"non_applicable\": \"motif\"}",
        false => "",
    };
    match (ajouter, forme.map(|f| f.nature.clone())) {
        (Some(ajouter), _) => format!("ajoutez à {pointeur} {ajouter}."),
        (None, Some(Nature::Liste | Nature::Table)) => {
            format!("ajoutez au moins un élément à cette liste{ou_sans_objet}.")
        }
        (None, _) => format!("renseignez cette valeur{ou_sans_objet}."),
    }
}

/// The gaps among remarks, once each: twin contracts lack the same values.
pub(super) fn distinctes(remarques: &[Remarque]) -> usize {
    let cles: BTreeSet<_> = remarques.iter().filter_map(cle).collect();
    cles.len()
}

/// What makes a gap the same as another.
pub(super) fn cle(remarque: &Remarque) -> Option<(&str, Option<&str>)> {
    let lacune = remarque.lacune.as_ref()?;
    Some((remarque.pointeur.as_str(), lacune.ajouter.as_deref()))
}

/// Gives each remark its path in French, when it has none.
pub(super) fn nommer(remarques: &mut [Remarque], donnees: &Value) {
    let mut a_nommer = remarques.iter_mut().filter(|r| r.chemin.is_empty() && !r.pointeur.is_empty()).peekable();
    if a_nommer.peek().is_none() {
        return;
    }
    let chemins = Chemins::de(donnees);
    a_nommer.for_each(|remarque| remarque.chemin = chemins.texte(&remarque.pointeur));
}
