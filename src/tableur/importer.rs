//! A workbook that comes back and its contract → what it would change, value by value and row by row.

mod contrat;
mod elements;
mod import;

use super::Erreur;
use super::demande::Pour;
use super::exporter::{FORMAT, empreinte};
use super::grille::Fonds;
use super::reperage;
use crate::contrat::renvois::NOMMEES;
use crate::dossier::Ouverture;
use crate::echanges::reprise::{Reprise, juger};
use crate::lecture::classeur::{self, Classeur};
use crate::schema::chemin::Chemins;
use import::Import;
use serde_json::Value;
use std::collections::BTreeMap;

/// A workbook that was read, and how it is to be taken.
#[derive(Debug, Default)]
pub struct Retour<'a> {
    /// The contract as it was when the workbook was exported.
    pub base: Option<&'a Value>,
    /// For whom it was, when the workbook does not say it.
    pub pour: Option<Pour>,
}

/// Reads the bytes of a workbook, or of the table of one sheet.
pub fn lire(nom: &str, octets: &[u8]) -> Result<Classeur, Erreur> {
    classeur::lire(nom, octets).map_err(|refus| Erreur::Illisible { nom: nom.to_owned(), refus })
}

/// What a workbook would change in its contract.
pub fn importer(
    nom: &str,
    classeur: &Classeur,
    ouverture: &Ouverture,
    retour: &Retour<'_>,
) -> Result<Reprise, crate::dossier::Erreur> {
    let donnees: &Value = &ouverture.donnees;
    verifier(nom, classeur, donnees)?;
    let mut fonds = Fonds::de(donnees);
    let grilles = std::mem::take(&mut fonds.grilles);
    let base = retour.base.map(Fonds::de);
    let pour = classeur.proprietes.get("cpom.pour").and_then(|mot| Pour::de(mot)).or(retour.pour);
    let mut import = Import {
        ouverture,
        chemins: Chemins::de(donnees),
        fonds,
        base,
        pour,
        epoque_1904: classeur.epoque_1904,
        champs: 0,
        changements: BTreeMap::new(),
        elements: Vec::new(),
        annees: BTreeMap::new(),
        ecarts: Vec::new(),
        commentaires: Vec::new(),
        notes: Vec::new(),
        parents: BTreeMap::new(),
    };
    let mut reconnues = 0;
    let mut restent = reperage::sans_nom(classeur, &grilles);
    let mut lues = Vec::new();
    for grille in &grilles {
        let perdue = || reperage::par_ses_cles(&restent, grille);
        let Some(feuille) = reperage::feuille(classeur, grille).or_else(perdue) else { continue };
        restent.retain(|autre| autre.nom != feuille.nom);
        lues.push((grille, feuille));
    }
    // What others name comes first: a sheet may name what another one adds, or names anew.
    let rang = |motif: &str| NOMMEES.iter().position(|liste| *liste == motif).unwrap_or(NOMMEES.len());
    lues.sort_by_key(|(grille, _)| rang(&grille.motif));
    for (grille, feuille) in lues {
        let lue = match grille.motif.as_str() {
            "" => contrat::lire(&mut import, feuille, grille),
            _ => elements::lire(&mut import, feuille, grille),
        };
        reconnues += usize::from(lue);
        import.notes_des_cellules(feuille, grille);
    }
    if reconnues == 0 {
        return Err(Erreur::SansFeuilles { nom: nom.to_owned() }.into());
    }
    import.notes.splice(0..0, annonces(classeur, donnees, retour));
    for feuille in restent {
        import.notes.push(format!("la feuille « {} » n'est pas du contrat : elle n'est pas lue.", feuille.nom));
    }
    finir(import)
}

/// Whether the workbook is that of this contract.
fn verifier(nom: &str, classeur: &Classeur, donnees: &Value) -> Result<(), Erreur> {
    let propriete = |cle: &str| classeur.proprietes.get(cle).map(String::as_str);
    let demande = donnees.get("reference").and_then(Value::as_str).unwrap_or_default();
    if let Some(sien) = propriete("cpom.reference").filter(|sien| *sien != demande) {
        return Err(Erreur::AutreContrat { nom: nom.to_owned(), sien: sien.to_owned(), demande: demande.to_owned() });
    }
    match propriete("cpom.format").map(str::trim) {
        Some(format) if format.parse::<u32>().ok() > FORMAT.parse().ok() => {
            Err(Erreur::TropRecent { nom: nom.to_owned(), format: format.to_owned() })
        }
        _ => Ok(()),
    }
}

fn annonces(classeur: &Classeur, donnees: &Value, retour: &Retour<'_>) -> Vec<String> {
    let mut notes = classeur.alertes.clone();
    let imprimee = classeur.proprietes.get("cpom.sha256");
    if imprimee.is_some_and(|sha| *sha != empreinte(donnees)) && retour.base.is_none() {
        notes.push(
            "le contrat a changé depuis que ce classeur en a été exporté : chaque cellule est comparée à ce qu'il dit aujourd'hui. « --base » et le contrat d'alors feraient la part de chacun.".to_owned(),
        );
    }
    notes
}

/// The answer, each thing that may be taken with its number.
fn finir(mut import: Import<'_>) -> Result<Reprise, crate::dossier::Erreur> {
    let annees = std::mem::take(&mut import.annees);
    let mut ajoutes: BTreeMap<String, usize> = BTreeMap::new();
    for ((liste, _), (element, lieu)) in annees {
        let n = ajoutes.entry(liste.clone()).or_default();
        let present = import.fonds.donnees.pointer(&liste).and_then(Value::as_array).map_or(0, Vec::len);
        let rang = present + *n;
        *n += 1;
        let element = import.ajout(liste, rang, element, Vec::new(), &lieu);
        import.elements.push(element);
    }
    let reference = import.fonds.donnees.get("reference").and_then(Value::as_str).unwrap_or_default();
    let mut reprise = Reprise {
        champs: import.champs,
        changements: import.changements.into_values().collect(),
        elements: import.elements,
        ecarts: import.ecarts,
        commentaires: import.commentaires,
        notes: import.notes,
        ..Reprise::vide(reference)
    };
    juger(import.ouverture, &mut reprise)?;
    Ok(reprise)
}
