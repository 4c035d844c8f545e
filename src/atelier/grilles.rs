//! The data of a contract → tables of many values of one kind: rows and columns made of its establishments, its parties and
//! its years; each cell is a path, of a value that is there or that would be made.
//!
//! No year and no name is typed: the rows and the columns follow the contract.

use super::chantier::{Chantier, selection};
use super::cles::Cles;
use super::genres::{self, Genre, unite};
use super::mots::nom_de;
use crate::compte_rendu::Partie;
use crate::formats::majuscule;
use crate::schema::chemin::Chemins;
use crate::schema::forme::{Nature, forme_du_contrat};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeSet;

/// Years of activity that are looked at before a contract begins.
const ANNEES_REALISEES: i64 = 3;
/// Years of a contract whose end is not known.
const ANNEES_DU_CONTRAT: i64 = 5;
/// Most years in a table.
const ANNEES_MAX: usize = 12;

/// A table, by its name in the addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GrilleNommee {
    pub id: &'static str,
    pub titre: &'static str,
}

/// What makes a table of the data.
type Composer = fn(&Fonds<'_>) -> Grille;

/// Where each table stands.
const GRILLES: [(Partie, GrilleNommee, Composer); 10] = [
    (Partie::Perimetre, GrilleNommee { id: "etablissements", titre: "Établissements et services" }, etablissements),
    (Partie::Perimetre, GrilleNommee { id: "capacites", titre: "Capacités" }, capacites),
    (Partie::Perimetre, GrilleNommee { id: "etp", titre: "Effectifs (ETP)" }, etp),
    (Partie::Objectifs, GrilleNommee { id: "indicateurs", titre: "Indicateurs et cibles" }, indicateurs),
    (Partie::Activite, GrilleNommee { id: "activite", titre: "Activité réalisée et retenue" }, activite),
    (Partie::Activite, GrilleNommee { id: "cibles", titre: "Activité à atteindre" }, cibles),
    (Partie::Moyens, GrilleNommee { id: "budgets", titre: "Budgets de référence" }, budgets),
    (Partie::Moyens, GrilleNommee { id: "dotations", titre: "Dotations" }, dotations),
    (Partie::Moyens, GrilleNommee { id: "evolution", titre: "Évolution" }, evolution),
    (Partie::Moyens, GrilleNommee { id: "pgfp", titre: "Plan global de financement" }, pgfp),
];

/// The tables of a part.
pub fn de_la_partie(partie: Partie) -> Vec<GrilleNommee> {
    GRILLES.iter().filter(|(p, ..)| *p == partie).map(|(_, nom, _)| *nom).collect()
}

/// A table.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Grille {
    pub id: &'static str,
    pub titre: &'static str,
    /// What stands at the head of the rows.
    pub tete: &'static str,
    pub colonnes: Vec<Colonne>,
    pub lignes: Vec<Rangee>,
    /// Whether a row of totals means something.
    pub total: bool,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Colonne {
    pub titre: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub groupe: Option<&'static str>,
    pub genre: Genre,
    /// What it is, where the title alone may not say it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub aide: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unite: Option<&'static str>,
    /// The columns that this one sums; it is not typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub somme: Option<Vec<usize>>,
    /// The column of the total that the contract declares, to be compared with this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declare: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub choix: Vec<(String, String)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<&'static str>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Rangee {
    pub cle: String,
    pub titre: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sous_titre: String,
    /// The path of each cell; nothing for what is not typed.
    pub cellules: Vec<Option<String>>,
}

/// A table of a contract.
pub fn grille(id: &str, donnees: &Value, cles: &Cles) -> Option<Grille> {
    let (_, nom, composer) = GRILLES.iter().find(|(_, nom, _)| nom.id == id)?;
    let fonds = Fonds { donnees, cles, chemins: &Chemins::de(donnees) };
    let mut grille = Grille { id: nom.id, titre: nom.titre, ..composer(&fonds) };
    // What is already there is named as the page knows it.
    let chantier = Chantier::nouveau(donnees.clone(), cles.clone());
    for cellule in grille.lignes.iter_mut().flat_map(|ligne| &mut ligne.cellules).flatten().filter(|c| c.contains("/="))
    {
        if let Ok(lieu) = chantier.trouver(cellule)
            && lieu.a_faire.is_empty()
        {
            *cellule = cles.chemin(&lieu.pointeur);
        }
    }
    Some(grille)
}

/// What the tables are made from.
struct Fonds<'a> {
    donnees: &'a Value,
    cles: &'a Cles,
    chemins: &'a Chemins<'a>,
}

impl<'a> Fonds<'a> {
    fn liste(&self, pointeur: &str) -> &'a [Value] {
        self.donnees.pointer(pointeur).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    /// The path and the name of each element of a list.
    fn elements(&self, pointeur: &str) -> Vec<(String, String, &'a Value)> {
        let forme = forme_du_contrat().a(&format!("{pointeur}/0"));
        let un = |(rang, element): (usize, &'a Value)| {
            let nom = nom_de(self.chemins, element, forme.as_deref(), rang);
            (self.cles.chemin(&format!("{pointeur}/{rang}")), nom, element)
        };
        self.liste(pointeur).iter().enumerate().map(un).collect()
    }

    /// Establishments: path, identifier, name.
    fn etablissements(&self) -> Vec<(String, &'a str, String)> {
        let elements = self.elements("/perimetre/etablissements").into_iter();
        elements.filter_map(|(chemin, nom, e)| Some((chemin, e.get("id")?.as_str()?, nom))).collect()
    }

    fn nom_de(&self, liste: &str, id: &str) -> String {
        let trouve = self.elements(liste).into_iter().find(|(_, _, e)| mot(e, "id") == Some(id));
        trouve.map_or_else(|| id.to_owned(), |(_, nom, _)| nom)
    }

    /// « Internat », of a choice at a place.
    fn libelle(&self, place: &str, valeur: Option<&str>) -> String {
        let forme = forme_du_contrat().a(place);
        let dit = valeur.and_then(|v| forme.as_ref().and_then(|f| f.libelle(v)).map(str::to_owned));
        dit.unwrap_or_default()
    }

    /// The years of the contract.
    fn annees(&self) -> Vec<i64> {
        let annee = |cle: &str| mot(self.donnees.get("periode")?, cle)?.get(..4)?.parse::<i64>().ok();
        let duree = self.donnees.pointer("/periode/duree_annees").and_then(Value::as_i64);
        let Some(debut) = annee("debut") else { return Vec::new() };
        let fin = annee("fin").unwrap_or(debut + duree.unwrap_or(ANNEES_DU_CONTRAT) - 1);
        (debut..=fin).take(ANNEES_MAX).collect()
    }

    /// The years before it, and those that are already told.
    fn annees_realisees(&self) -> Vec<i64> {
        let dites = self.liste("/activite").iter().filter_map(|a| a.get("realise")?.as_object());
        let mut annees: BTreeSet<i64> = dites.flat_map(|o| o.keys()).filter_map(|cle| cle.parse().ok()).collect();
        if let Some(debut) = self.annees().first() {
            annees.extend(debut - ANNEES_REALISEES..*debut);
        }
        annees.into_iter().rev().take(ANNEES_MAX).collect::<Vec<_>>().into_iter().rev().collect()
    }

    /// The year of the reference budgets.
    fn annee_de_reference(&self) -> Option<i64> {
        let dite = self.donnees.pointer("/moyens/annee_reference").and_then(Value::as_i64);
        let d_un_budget = || self.liste("/moyens/budgets").iter().filter_map(|b| b.get("annee")?.as_i64()).max();
        dite.or_else(d_un_budget).or_else(|| self.annees().first().map(|debut| debut - 1))
    }
}

fn mot<'v>(valeur: &'v Value, cle: &str) -> Option<&'v str> {
    valeur.get(cle)?.as_str()
}

/// A column of the values at a place of each row.
fn colonne(titre: impl Into<String>, groupe: Option<&'static str>, genre: Genre) -> Colonne {
    Colonne {
        titre: titre.into(),
        groupe,
        genre,
        aide: String::new(),
        unite: unite(genre),
        somme: None,
        declare: None,
        choix: Vec::new(),
        table: None,
    }
}

/// A column by the title and the kind that the schema gives to a place.
fn du_schema(place: &str) -> Colonne {
    let forme = forme_du_contrat().a(place);
    let genre = forme.as_deref().map_or(Genre::Texte, |forme| genres::genre(forme, None));
    let titre = forme.as_ref().map(|f| f.titre.clone()).unwrap_or_default();
    let table = forme.as_ref().and_then(|f| genres::table(&f.nature));
    let aide = forme.as_ref().map(|f| f.aide.clone()).unwrap_or_default();
    let choix = match forme.as_ref().map(|f| &f.nature) {
        Some(Nature::Choix(choix)) => choix.clone(),
        _ => Vec::new(),
    };
    Colonne { table, aide, choix, ..colonne(titre, None, genre) }
}

fn somme(
    titre: &str,
    groupe: Option<&'static str>,
    genre: Genre,
    somme: Vec<usize>,
    declare: Option<usize>,
) -> Colonne {
    Colonne { somme: Some(somme), declare, ..colonne(titre, groupe, genre) }
}

/// A table whose rows are at paths and whose columns are below them.
fn tableau(
    tete: &'static str,
    colonnes: Vec<(Colonne, Option<String>)>,
    rangees: Vec<(String, String, String)>,
) -> Grille {
    let cellules = |chemin: &str| -> Vec<Option<String>> {
        colonnes.iter().map(|(_, suite)| suite.as_ref().map(|suite| format!("{chemin}/{suite}"))).collect()
    };
    let lignes = rangees
        .into_iter()
        .map(|(chemin, titre, sous_titre)| Rangee { cellules: cellules(&chemin), cle: chemin, titre, sous_titre })
        .collect();
    Grille { id: "", titre: "", tete, colonnes: colonnes.into_iter().map(|(c, _)| c).collect(), lignes, total: true }
}

fn a(colonne: Colonne, suite: &str) -> (Colonne, Option<String>) {
    (colonne, Some(suite.to_owned()))
}

const ETABLISSEMENT: &str = "Établissement ou service";

fn etablissements(fonds: &Fonds<'_>) -> Grille {
    let cles = ["nom", "finess", "siret", "categorie", "departement", "jours_ouverture", "capacite_declaree"];
    let colonnes = cles.iter().map(|cle| a(du_schema(&format!("/perimetre/etablissements/0/{cle}")), cle)).collect();
    let rangees = fonds.etablissements().into_iter().map(|(chemin, _, nom)| (chemin, nom, String::new())).collect();
    Grille { total: false, ..tableau(ETABLISSEMENT, colonnes, rangees) }
}

fn capacites(fonds: &Fonds<'_>) -> Grille {
    let cles = ["autorisee", "installee", "financee", "habilitee_aide_sociale"];
    let place = "/perimetre/etablissements/0/capacites/0";
    let colonnes = cles.iter().map(|cle| a(du_schema(&format!("{place}/{cle}")), cle)).collect();
    let mut rangees = Vec::new();
    for (rang, etablissement) in fonds.liste("/perimetre/etablissements").iter().enumerate() {
        let ici = format!("/perimetre/etablissements/{rang}");
        let forme = forme_du_contrat().a(&ici);
        let nom = nom_de(fonds.chemins, etablissement, forme.as_deref(), rang);
        let liste = format!("{ici}/capacites");
        for (k, capacite) in fonds.liste(&liste).iter().enumerate() {
            let libelle = mot(capacite, "libelle").map(str::to_owned);
            let modalite = || fonds.libelle(&format!("{place}/modalite"), mot(capacite, "modalite"));
            let chemin = fonds.cles.chemin(&format!("{liste}/{k}"));
            rangees.push((chemin, nom.clone(), libelle.unwrap_or_else(modalite)));
        }
    }
    tableau(ETABLISSEMENT, colonnes, rangees)
}

fn etp(fonds: &Fonds<'_>) -> Grille {
    let cles = ["administratif", "educatif", "medical", "paramedical", "pedagogique", "autres"];
    let de = |cle: &str| a(du_schema(&format!("/perimetre/etablissements/0/etp/{cle}")), cle);
    let mut colonnes: Vec<(Colonne, Option<String>)> = cles.iter().map(|cle| de(cle)).collect();
    colonnes.push((somme("Total", None, Genre::Nombre, (0..cles.len()).collect(), Some(cles.len() + 1)), None));
    colonnes.push(de("total_declare"));
    let rangees = fonds.etablissements().into_iter();
    let rangees = rangees.map(|(chemin, _, nom)| (format!("{chemin}/etp"), nom, String::new())).collect();
    tableau(ETABLISSEMENT, colonnes, rangees)
}

fn indicateurs(fonds: &Fonds<'_>) -> Grille {
    let valeur = colonne("Valeur de départ", None, Genre::Libre);
    let mut colonnes = vec![
        a(du_schema("/fiches_actions/0/indicateurs/0/unite"), "unite"),
        a(valeur, "valeur_initiale/valeur"),
        a(colonne("Année", None, Genre::Annee), "valeur_initiale/annee"),
    ];
    colonnes.extend(cibles_par_annee(fonds));
    let mut rangees = Vec::new();
    for (rang, fiche) in fonds.liste("/fiches_actions").iter().enumerate() {
        let objectif = mot(fiche, "objectif").map(|id| fonds.nom_de("/objectifs", id)).unwrap_or_default();
        for (chemin, nom, _) in fonds.elements(&format!("/fiches_actions/{rang}/indicateurs")) {
            rangees.push((chemin, nom, objectif.clone()));
        }
    }
    Grille { total: false, ..tableau("Indicateur", colonnes, rangees) }
}

/// A column for each year of the contract, below a list of targets by year.
fn cibles_par_annee(fonds: &Fonds<'_>) -> Vec<(Colonne, Option<String>)> {
    let cible = |annee: i64| {
        let suite = format!("cibles/{}/fin", selection([("annee", annee.to_string())]));
        (colonne(annee.to_string(), Some("Cible"), Genre::Libre), Some(suite))
    };
    fonds.annees().into_iter().map(cible).collect()
}

/// The lines of activity, then the establishments that have none.
fn lignes_d_activite(fonds: &Fonds<'_>) -> Vec<(String, String, String)> {
    let mut rangees = Vec::new();
    let mut dits = BTreeSet::new();
    for (rang, ligne) in fonds.liste("/activite").iter().enumerate() {
        let id = mot(ligne, "etablissement").unwrap_or_default();
        dits.insert(id);
        // Two lines of one way of receiving people differ by what they count.
        let dits_de = ["modalite", "unite"].map(|cle| fonds.libelle(&format!("/activite/0/{cle}"), mot(ligne, cle)));
        let modalite = dits_de.into_iter().filter(|dit| !dit.is_empty()).collect::<Vec<_>>().join(", ");
        let nom = fonds.nom_de("/perimetre/etablissements", id);
        rangees.push((fonds.cles.chemin(&format!("/activite/{rang}")), nom, modalite));
    }
    for (_, id, nom) in fonds.etablissements().into_iter().filter(|(_, id, _)| !dits.contains(id)) {
        let choisi = selection([("etablissement", id.to_owned())]);
        rangees.push((format!("/activite/{choisi}"), nom, String::new()));
    }
    rangees
}

fn activite(fonds: &Fonds<'_>) -> Grille {
    let mut colonnes =
        vec![a(du_schema("/activite/0/jours"), "jours"), a(du_schema("/activite/0/theorique"), "theorique")];
    for annee in fonds.annees_realisees() {
        colonnes.push((colonne(annee.to_string(), Some("Réalisé"), Genre::Nombre), Some(format!("realise/{annee}"))));
    }
    for cle in ["moyenne_declaree", "retenue", "taux_min"] {
        colonnes.push(a(du_schema(&format!("/activite/0/{cle}")), cle));
    }
    Grille { total: false, ..tableau(ETABLISSEMENT, colonnes, lignes_d_activite(fonds)) }
}

fn cibles(fonds: &Fonds<'_>) -> Grille {
    let mut colonnes = vec![a(du_schema("/activite/0/retenue"), "retenue")];
    colonnes.extend(cibles_par_annee(fonds));
    Grille { total: false, ..tableau(ETABLISSEMENT, colonnes, lignes_d_activite(fonds)) }
}

fn budgets(fonds: &Fonds<'_>) -> Grille {
    let groupes = ["groupe_1", "groupe_2", "groupe_3"];
    let mut colonnes = Vec::new();
    for (cle, titre, depart) in [("depenses", "Dépenses", 0), ("recettes", "Recettes", 4)] {
        for groupe in groupes {
            let du_schema = du_schema(&format!("/moyens/budgets/0/{cle}/{groupe}"));
            colonnes.push((Colonne { groupe: Some(titre), ..du_schema }, Some(format!("{cle}/{groupe}"))));
        }
        let declare = (cle == "recettes").then_some(8);
        let total = somme("Total", Some(titre), Genre::Montant, (depart..depart + groupes.len()).collect(), declare);
        colonnes.push((total, None));
    }
    colonnes.push(a(du_schema("/moyens/budgets/0/total_declare"), "total_declare"));
    let mut rangees = Vec::new();
    let mut dits = BTreeSet::new();
    for (rang, budget) in fonds.liste("/moyens/budgets").iter().enumerate() {
        let id = mot(budget, "etablissement").unwrap_or_default();
        dits.insert(id);
        let financeur = mot(budget, "financeur").map(|id| fonds.nom_de("/parties/autorites", id));
        let section =
            Some(fonds.libelle("/moyens/budgets/0/section", mot(budget, "section"))).filter(|s| !s.is_empty());
        let annee = budget.get("annee").and_then(Value::as_i64).map(|annee| annee.to_string());
        let precisions: Vec<String> = annee.into_iter().chain(section).chain(financeur).collect();
        let nom = fonds.nom_de("/perimetre/etablissements", id);
        rangees.push((fonds.cles.chemin(&format!("/moyens/budgets/{rang}")), nom, precisions.join(", ")));
    }
    let autorites = fonds.liste("/parties/autorites");
    let seule = match autorites {
        [seule] => mot(seule, "id"),
        _ => None,
    };
    for (_, id, nom) in fonds.etablissements().into_iter().filter(|(_, id, _)| !dits.contains(id)) {
        let mut choisi = vec![("etablissement", id.to_owned())];
        choisi.extend(fonds.annee_de_reference().map(|annee| ("annee", annee.to_string())));
        choisi.extend(seule.map(|id| ("financeur", id.to_owned())));
        rangees.push((format!("/moyens/budgets/{}", selection(choisi)), nom, String::new()));
    }
    tableau(ETABLISSEMENT, colonnes, rangees)
}

fn dotations(fonds: &Fonds<'_>) -> Grille {
    par_autorite(fonds, "/moyens/dotations", &[("montant", &|annee| colonne(annee, None, Genre::Montant))])
}

fn evolution(fonds: &Fonds<'_>) -> Grille {
    let taux = |annee| Colonne {
        titre: annee,
        groupe: Some("Taux"),
        unite: Some("%"),
        ..du_schema("/moyens/evolution/0/taux")
    };
    let mode =
        |annee| Colonne { titre: annee, groupe: Some("Mode de fixation"), ..du_schema("/moyens/evolution/0/mode") };
    Grille { total: false, ..par_autorite(fonds, "/moyens/evolution", &[("taux", &taux), ("mode", &mode)]) }
}

/// The column of a year.
type DUneAnnee<'a> = &'a dyn Fn(String) -> Colonne;

/// A row for each authority, or each authority and gestionnaire that the list names; for each key, a column for each year.
fn par_autorite(fonds: &Fonds<'_>, liste: &str, champs: &[(&str, DUneAnnee<'_>)]) -> Grille {
    let mut annees: BTreeSet<i64> = fonds.annees().into_iter().collect();
    let (mut paires, mut nommees): (Vec<(&str, Option<&str>)>, BTreeSet<&str>) = (Vec::new(), BTreeSet::new());
    for element in fonds.liste(liste) {
        annees.extend(element.get("annee").and_then(Value::as_i64));
        let Some(autorite) = mot(element, "autorite") else { continue };
        let paire = (autorite, mot(element, "gestionnaire"));
        nommees.insert(autorite);
        if !paires.contains(&paire) {
            paires.push(paire);
        }
    }
    let autorites = fonds.liste("/parties/autorites").iter().filter_map(|a| mot(a, "id"));
    paires.extend(autorites.filter(|id| !nommees.contains(id)).map(|id| (id, None)));
    let annees: Vec<i64> = annees.into_iter().take(ANNEES_MAX).collect();
    let colonnes = champs.iter().flat_map(|(_, d_une)| annees.iter().map(|annee| d_une(annee.to_string()))).collect();
    let ligne = |(autorite, gestionnaire): &(&str, Option<&str>)| {
        let cellule = |cle: &str, annee: &i64| {
            let mut choisi = vec![("autorite", (*autorite).to_owned()), ("annee", annee.to_string())];
            choisi.extend(gestionnaire.map(|id| ("gestionnaire", id.to_owned())));
            Some(existant(fonds, liste, &choisi, cle))
        };
        Rangee {
            cle: format!("{autorite} {}", gestionnaire.unwrap_or_default()),
            titre: majuscule(&fonds.nom_de("/parties/autorites", autorite)),
            sous_titre: gestionnaire.map(|id| fonds.nom_de("/parties/gestionnaires", id)).unwrap_or_default(),
            cellules: champs.iter().flat_map(|(cle, _)| annees.iter().map(|annee| cellule(cle, annee))).collect(),
        }
    };
    let lignes = paires.iter().map(ligne).collect();
    Grille { id: "", titre: "", tete: "Autorité", colonnes, lignes, total: true }
}

/// The path of a value of the element that has these values; of one that would be made, when none has.
fn existant(fonds: &Fonds<'_>, liste: &str, choisi: &[(&'static str, String)], cle: &str) -> String {
    let dit = |valeur: &Value| valeur.as_str().map_or_else(|| valeur.to_string(), str::to_owned);
    let a_tout = |element: &Value| {
        choisi.iter().all(|(cle, voulu)| element.get(*cle).is_some_and(|v| dit(v) == *voulu))
            && (choisi.iter().any(|(cle, _)| *cle == "gestionnaire") || element.get("gestionnaire").is_none())
    };
    match fonds.liste(liste).iter().position(a_tout) {
        Some(rang) => fonds.cles.chemin(&format!("{liste}/{rang}/{cle}")),
        None => format!("{liste}/{}/{cle}", selection(choisi.iter().map(|(cle, v)| (*cle, v.clone())))),
    }
}

fn pgfp(fonds: &Fonds<'_>) -> Grille {
    let cles = ["charges", "produits", "capacite_autofinancement", "investissements", "fonds_de_roulement"];
    let colonnes: Vec<Colonne> = cles.iter().map(|cle| du_schema(&format!("/moyens/pgfp/0/{cle}"))).collect();
    let mut annees: BTreeSet<i64> = fonds.annees().into_iter().collect();
    let mut de: Vec<Option<&str>> = Vec::new();
    for ligne in fonds.liste("/moyens/pgfp") {
        annees.extend(ligne.get("annee").and_then(Value::as_i64));
        let gestionnaire = mot(ligne, "gestionnaire");
        if !de.contains(&gestionnaire) {
            de.push(gestionnaire);
        }
    }
    if de.is_empty() {
        de.push(None);
    }
    let mut lignes = Vec::new();
    for gestionnaire in de {
        for annee in annees.iter().take(ANNEES_MAX) {
            let mut choisi = vec![("annee", annee.to_string())];
            choisi.extend(gestionnaire.map(|id| ("gestionnaire", id.to_owned())));
            lignes.push(Rangee {
                cle: format!("{annee} {}", gestionnaire.unwrap_or_default()),
                titre: annee.to_string(),
                sous_titre: gestionnaire.map(|id| fonds.nom_de("/parties/gestionnaires", id)).unwrap_or_default(),
                cellules: cles.iter().map(|cle| Some(existant(fonds, "/moyens/pgfp", &choisi, cle))).collect(),
            });
        }
    }
    Grille { id: "", titre: "", tete: "Année", colonnes, lignes, total: false }
}

#[cfg(test)]
mod tests {
    use super::super::chantier::Chantier;
    use super::*;
    use serde_json::json;

    fn contrat() -> Value {
        json!({
            "periode": { "debut": "2026-01-01", "fin": "2028-12-31" },
            "parties": { "autorites": [{ "id": "ars", "type": "ars", "nom": "ARS" }] },
            "perimetre": { "etablissements": [{ "id": "ime", "nom": "IME" }, { "id": "mas", "nom": "MAS",
                "capacites": [{ "modalite": "internat", "autorisee": 12 }] }] },
            "objectifs": [{ "id": "o", "titre": "Fluidifier" }],
            "fiches_actions": [{ "objectif": "o", "indicateurs": [{ "id": "i", "libelle": "Délai" }] }],
            "activite": [{ "etablissement": "mas", "modalite": "internat" }],
            "moyens": { "budgets": [{ "etablissement": "mas", "annee": 2025, "financeur": "ars", "depenses": { "groupe_1": 1 } }] }
        })
    }

    #[test]
    fn rows_and_columns_follow_the_contract() {
        let donnees = contrat();
        let cles = Cles::de(&donnees);
        let de = |id: &str| grille(id, &donnees, &cles).expect("a table");
        let budgets = de("budgets");
        let titres: Vec<&str> = budgets.lignes.iter().map(|l| l.titre.as_str()).collect();
        assert_eq!(titres, ["MAS", "IME"], "those that have one, then those that have none");
        assert_eq!(budgets.lignes[0].sous_titre, "2025, ARS");
        assert_eq!(budgets.colonnes[7].somme, Some(vec![4, 5, 6]));
        assert_eq!(
            budgets.colonnes[7].declare.map(|rang| budgets.colonnes[rang].titre.as_str()),
            Some("Total déclaré")
        );
        let annees: Vec<String> = de("cibles").colonnes.iter().skip(1).map(|c| c.titre.clone()).collect();
        assert_eq!(annees, ["2026", "2027", "2028"]);
        assert_eq!(de("capacites").lignes[0].sous_titre, "Internat");
        assert_eq!(de("indicateurs").lignes[0].sous_titre, "Fluidifier");
        assert_eq!(de("pgfp").lignes.len(), 3);
        assert!(grille("autre", &donnees, &cles).is_none());
    }

    /// Whatever is typed in a cell stands in the contract where the table reads it back.
    #[test]
    fn every_cell_can_be_written_and_is_then_there() {
        let donnees = contrat();
        for (_, nom, _) in &GRILLES {
            let mut chantier = Chantier::nouveau(donnees.clone(), Cles::de(&donnees));
            let lignes = grille(nom.id, &chantier.donnees, &chantier.cles).expect("a table").lignes.len();
            assert!(lignes > 0, "{}", nom.id);
            for ligne in 0..lignes {
                let avant = grille(nom.id, &chantier.donnees, &chantier.cles).expect("a table");
                for (colonne, _) in avant.colonnes.iter().enumerate().filter(|(_, c)| c.somme.is_none()) {
                    let ici = grille(nom.id, &chantier.donnees, &chantier.cles).expect("a table");
                    // A row that was made may have moved among those that are there.
                    let Some(rangee) = ici.lignes.iter().find(|l| {
                        l.cle == avant.lignes[ligne].cle
                            || l.titre == avant.lignes[ligne].titre
                                && (avant.lignes[ligne].sous_titre.is_empty()
                                    || l.sous_titre == avant.lignes[ligne].sous_titre)
                    }) else {
                        panic!("{}: the row went", nom.id)
                    };
                    let chemin = rangee.cellules[colonne].clone().expect("a path");
                    let existe = chantier.trouver(&chemin).is_ok_and(|lieu| lieu.a_faire.is_empty());
                    assert_eq!(existe, !chemin.contains("/="), "{chemin}: what is there has its own path");
                    let lieu = chantier.trouver(&chemin).unwrap_or_else(|e| panic!("{chemin}: {e:?}"));
                    chantier.poser(&lieu, json!(7));
                    let apres = grille(nom.id, &chantier.donnees, &chantier.cles).expect("a table");
                    let lues = apres.lignes.iter().filter_map(|l| l.cellules[colonne].as_ref());
                    let lues = lues
                        .filter_map(|c| chantier.trouver(c).ok())
                        .filter_map(|lieu| chantier.valeur(&lieu.pointeur).cloned());
                    assert!(lues.into_iter().any(|v| v == json!(7)), "{}: {chemin}", nom.id);
                }
            }
        }
    }
}
