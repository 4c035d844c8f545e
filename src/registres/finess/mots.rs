//! What is said, in French, of files of FINESS and of what they hold.

use super::extrait::{Entite, Etablissement, Extrait};
use crate::contrat::identifiants::Date;
use crate::formats::compte;
use crate::nomenclatures::categorie;

/// « 13 août 2026 », or the text itself when it is no day.
pub(super) fn jour(texte: &str) -> String {
    texte.parse::<Date>().map_or_else(|_| texte.to_owned(), |date| date.to_string())
}

impl Extrait {
    /// « FINESS, fichier du 13 août 2026, ET 010000255 ».
    pub fn lieu_de(&self, et: &str) -> String {
        format!("{}, ET {et}", self.source())
    }

    /// The same for a legal entity.
    pub fn lieu_d_entite(&self, ej: &str) -> String {
        format!("{}, EJ {ej}", self.source())
    }

    /// « FINESS, fichier du 13 août 2026 »: the day of the file of structures, which says who exists.
    pub fn source(&self) -> String {
        let structures = self.provenances.iter().rev().find(|p| !p.sorte.starts_with("activités"));
        match structures.or(self.provenances.last()).and_then(|p| p.date.as_deref()) {
            Some(date) => format!("FINESS, fichier du {}", jour(date)),
            None => "FINESS, fichier sans date".to_owned(),
        }
    }
}

/// What was read, in which encoding, and what it has of odd.
pub(super) fn provenances(extrait: &Extrait) -> Vec<String> {
    let lu = |p: &super::extrait::Provenance| {
        let date = p.date.as_deref().map(|date| format!(" du {}", jour(date))).unwrap_or_default();
        let codage = p.codage.map(|codage| format!(", écrit en {codage}")).unwrap_or_default();
        format!("lu : « {} », {}{date}{codage}.", p.nom, p.sorte)
    };
    let note = |n: &super::extrait::Note| match n.numero.is_empty() {
        true => n.message.clone(),
        false => format!("{} : {}", n.numero, n.message),
    };
    extrait.provenances.iter().map(lu).chain(extrait.notes.iter().map(note)).collect()
}

/// The closed establishments of an entity, in one line.
pub(super) fn fermes(entite: &Entite) -> Option<String> {
    let fermes: Vec<String> = (entite.etablissements.iter())
        .filter(|et| et.ferme)
        .map(|et| match &et.fermeture {
            Some(date) => format!("{} ({}, fermé le {})", et.nom, et.finess, jour(date)),
            None => format!("{} ({})", et.nom, et.finess),
        })
        .collect();
    let montres = fermes.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
    let suite = if fermes.len() > 5 { "…" } else { "" };
    let verbe = if fermes.len() > 1 { "ne sont pas repris" } else { "n'est pas repris" };
    let fermes_mot = if fermes.len() > 1 { "fermés" } else { "fermé" };
    (!fermes.is_empty())
        .then(|| format!("{} {fermes_mot} {verbe} : {montres}{suite}.", compte(fermes.len(), "établissement")))
}

/// A category that is no longer given, and still borne.
pub(super) fn categorie_ancienne(et: &Etablissement) -> Option<String> {
    let code = et.categorie.as_deref()?;
    let Some(connue) = categorie(code) else {
        return Some(format!(
            "{} ({}) : la catégorie {code} n'est pas dans la nomenclature ; elle n'est pas reprise.",
            et.nom, et.finess
        ));
    };
    let depuis = connue.deprecie?;
    let par = connue
        .remplacante()
        .map(|c| format!(", remplacée par {} (« {} »)", c.code, c.libelle_imprime))
        .unwrap_or_default();
    Some(format!(
        "{} ({}) : la catégorie {code} (« {} ») n'est plus donnée depuis le {}{par} ; FINESS la porte encore.",
        et.nom,
        et.finess,
        connue.libelle_imprime,
        jour(depuis)
    ))
}
