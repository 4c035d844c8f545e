//! A few answers, and a list pasted from a spreadsheet → a new contract: what is known of it, and nothing that says « à
//! compléter », since the page asks for it.

use super::collage::{self, EtablissementColle};
use super::refus::{Illisible, Refus};
use crate::dossier::depart::{Etablissement, Reponses, contrat_de_depart, texte};
use crate::dossier::{self, nom_de_fichier};
use crate::formats::sans_accents;
use crate::lecture::{self, Fichier, sans_commentaires};
use crate::modele::Catalogue;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Words that say what a gestionnaire is, not which.
const COMMUNS: [&str; 12] =
    ["ASSOCIATION", "FONDATION", "MUTUELLE", "UNION", "CENTRE", "CCAS", "LA", "LE", "LES", "L", "DE", "DU"];

/// What is asked to begin a contract.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct Naissance {
    pub modele: String,
    /// Code of the region of the ARS, where the model is that of none or of several.
    #[serde(default)]
    pub region: String,
    #[serde(default)]
    pub reference: String,
    #[serde(default)]
    pub gestionnaire: String,
    /// The first year, in words.
    #[serde(default)]
    pub annee: String,
    /// Codes of the départements that are parties.
    #[serde(default)]
    pub departements: Vec<String>,
    /// Whether the ARS is one.
    #[serde(default = "oui")]
    pub ars: bool,
    /// A line for each: its name, its FINESS number, its category, in any order.
    #[serde(default)]
    pub etablissements: String,
}

/// A contract that was just written.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ContratNe {
    pub id: String,
}

fn oui() -> bool {
    true
}

/// A contract to be written.
#[derive(Debug)]
pub struct Nee {
    pub fichier: String,
    pub texte: String,
}

/// Composes a new contract.
pub fn composer(demande: &Naissance, catalogue: &Catalogue) -> Result<Nee, Refus> {
    let illisible = |champ: &str, texte: &str, message: String| {
        Refus::Illisible(Illisible { chemin: champ.to_owned(), texte: texte.to_owned(), message })
    };
    let modele = catalogue.modele(&demande.modele)?;
    let annee = Reponses::lire_annee(&demande.annee).map_err(|m| illisible("annee", &demande.annee, m))?;
    let region = match demande.region.trim() {
        "" => modele.manifeste.regions.first().cloned(),
        dite => Reponses::lire_region(dite).map_err(|m| illisible("region", dite, m))?,
    };
    let departements = Reponses::lire_departements(&demande.departements.join(","))
        .map_err(|m| illisible("departements", &demande.departements.join(", "), m))?;
    if !demande.ars && departements.is_empty() {
        let message = "choisissez au moins une autorité : l'ARS, ou un département".to_owned();
        return Err(illisible("departements", "", message));
    }
    let liste = collage::lire(&demande.etablissements).map_err(|(l, m)| illisible("etablissements", &l, m))?;
    let lignes = liste.lignes;
    let reponses = Reponses {
        region,
        ars: demande.ars,
        statut: None,
        etablissements: etablissements(&lignes),
        departements,
        annee,
    };
    let mut contrat = sans_attente(&contrat_de_depart(&modele, &reponses)?)?;
    let gestionnaire = demande.gestionnaire.trim();
    if !gestionnaire.is_empty()
        && let Some(premier) = contrat.pointer_mut("/parties/gestionnaires/0").and_then(Value::as_object_mut)
    {
        premier.insert("nom".into(), json!(gestionnaire));
    }
    for (rang, ligne) in lignes.iter().enumerate() {
        let place = format!("/perimetre/etablissements/{rang}");
        let Some(element) = contrat.pointer_mut(&place).and_then(Value::as_object_mut) else { continue };
        if !ligne.nom.is_empty() {
            element.insert("nom".into(), json!(ligne.nom));
        }
        if let Some(finess) = &ligne.finess {
            element.insert("finess".into(), json!(finess));
        }
    }
    let reference = match demande.reference.trim() {
        "" => format!("CPOM-{annee}-{}-{}", annee + 4, majuscules(gestionnaire)).trim_end_matches('-').to_owned(),
        dite => dite.to_owned(),
    };
    contrat["reference"] = json!(reference);
    Ok(Nee { fichier: format!("{}.json", nom_de_fichier(&reference)), texte: texte(&contrat) })
}

/// The starting contract without what is to be completed, nor the notes that explain it to who edits the file.
fn sans_attente(contrat: &Value) -> Result<Value, Refus> {
    let fichier = Fichier { nom: "contrat".into(), octets: contrat.to_string().into_bytes() };
    let ouverture = dossier::examiner(lecture::lire_fichiers(vec![fichier])?)?;
    Ok(sans_commentaires(&ouverture.lecture.valeur))
}

/// Those of the list, or one to begin with.
fn etablissements(lignes: &[EtablissementColle]) -> Vec<Etablissement> {
    if lignes.is_empty() {
        return vec![Etablissement { id: "etablissement-1".into(), categorie: None }];
    }
    let mut pris: Vec<String> = Vec::new();
    let un = |(rang, ligne): (usize, &EtablissementColle)| {
        let base = crate::formats::mots::identifiant(&ligne.nom);
        let base = if base.is_empty() { format!("etablissement-{}", rang + 1) } else { base };
        let libre = |n: usize| if n == 1 { base.clone() } else { format!("{base}-{n}") };
        let id = (1..).map(libre).find(|id| !pris.contains(id)).unwrap_or_default();
        pris.push(id.clone());
        Etablissement { id, categorie: ligne.categorie.clone() }
    };
    lignes.iter().enumerate().map(un).collect()
}

/// « Association Les Mimosas » → « MIMOSAS ».
fn majuscules(nom: &str) -> String {
    let bas = sans_accents(nom).to_uppercase();
    let mots: Vec<&str> = bas.split(|c: char| !c.is_ascii_alphanumeric()).filter(|mot| !mot.is_empty()).collect();
    // What every gestionnaire is called does not tell one from another.
    let propres: Vec<&str> = mots.iter().copied().filter(|mot| !COMMUNS.contains(mot)).collect();
    let mots: Vec<&str> = if propres.is_empty() { mots } else { propres }.into_iter().take(4).collect();
    mots.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_contract_says_what_is_known_and_asks_for_nothing_in_the_file() {
        let catalogue = dossier::catalogue(None).unwrap();
        for modele in catalogue.liste().unwrap() {
            let demande = Naissance {
                modele: modele.manifeste.id.to_string(),
                gestionnaire: "Association Les Mimosas".into(),
                annee: "2027".into(),
                departements: vec!["13".into()],
                ars: true,
                etablissements: "IME Les Mimosas\t13 098 215 0\nEHPAD Le Rocher\nIME Les Mimosas".into(),
                ..Naissance::default()
            };
            let nee = composer(&demande, &catalogue).unwrap();
            assert_eq!(nee.fichier, "CPOM-2027-2031-MIMOSAS.json");
            assert!(!nee.texte.contains("compléter") && !nee.texte.contains("$comment"), "{}", nee.texte);
            let fichier = Fichier { nom: "c".into(), octets: nee.texte.clone().into_bytes() };
            let ouverture = dossier::examiner(lecture::lire_fichiers(vec![fichier]).unwrap()).unwrap();
            assert!(ouverture.contrat.is_some(), "{:#?}", ouverture.remarques);
            let etablissements = &ouverture.donnees["perimetre"]["etablissements"];
            assert_eq!(etablissements[0]["nom"], "IME Les Mimosas");
            assert_eq!(etablissements[1]["categorie"], "500");
            assert_eq!(etablissements[2]["id"], "ime-les-mimosas-2");
        }
    }
}
