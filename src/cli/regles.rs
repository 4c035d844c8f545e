//! `cpom regles`: the catalogue of consistency rules, as a list, an entry or a whole.

use super::arguments::Regles;
use super::ecran;
use super::issue::Issue;
use super::usage::ErreurUsage;
use crate::contrat::identifiants::Date;
use crate::dossier::{self, Erreur};
use crate::modele::manifeste::Manifeste;
use crate::regles::{Famille, RULES, Rule, catalogue, rule};

pub fn executer(options: &Regles) -> Result<Issue, Erreur> {
    if options.markdown {
        ecran::brut(&catalogue::markdown());
        return Ok(Issue::Fait);
    }
    let manifeste = match &options.modele {
        Some(id) => Some(dossier::catalogue(options.modeles.as_deref())?.modele(id)?.manifeste),
        None => None,
    };
    if !options.codes.is_empty() {
        return expliquer(&options.codes, manifeste.as_ref());
    }
    let famille = match &options.famille {
        Some(sigle) => Some(famille(sigle)?),
        None => None,
    };
    let jour = match &options.a_la_date {
        Some(date) => Some(date.parse::<Date>().map_err(|_| ErreurUsage::Date(date.clone()))?),
        None => None,
    };
    let vaut = |rule: &Rule| jour.is_none() || rule.vigueur.tient(jour);
    for rule in RULES.iter().filter(|r| vaut(r)).filter(|r| famille.is_none_or(|f| r.famille == f)) {
        let Some(severite) = catalogue::severite(rule, manifeste.as_ref()) else { continue };
        if options.severite.as_ref().is_none_or(|voulue| severite.to_string() == *voulue) {
            ecran::ligne(&catalogue::ligne(rule, severite));
        }
    }
    Ok(Issue::Fait)
}

fn expliquer(codes: &[String], manifeste: Option<&Manifeste>) -> Result<Issue, Erreur> {
    let entree = |code: &String| match hors_catalogue(code) {
        Some(texte) => Ok(format!("{} – {texte}\n", code.to_uppercase())),
        None => Ok(catalogue::entree(trouver(code)?, manifeste)),
    };
    let entrees: Vec<String> = codes.iter().map(entree).collect::<Result<_, ErreurUsage>>()?;
    ecran::brut(&entrees.join("\n"));
    Ok(Issue::Fait)
}

/// What a code says that is no rule of consistency: its first letters tell who finds it.
const HORS_CATALOGUE: [(&str, &str); 8] = [
    (
        "SCH-",
        "Structure du fichier : une valeur n'a pas la forme que le schéma attend. « cpom schema » donne le schéma ; le message dit ce qui est attendu et où.",
    ),
    (
        "CPL-",
        "Complétude : le dossier imprime une valeur que le contrat ne donne pas. Un projet la montre entre crochets ; un contrat définitif est refusé. « cpom verifier --completude » en donne la liste par structure et par détenteur.",
    ),
    (
        "SAI-",
        "Saisie : une valeur écrite en mots a été lue (SAI-001), une valeur dit « à compléter » (SAI-002) ou « à compléter » s'imprimerait (SAI-003).",
    ),
    (
        "CAR-",
        "Caractères : un signe que le dossier ne sait pas imprimer, ou qui s'imprimerait autrement qu'il n'est écrit.",
    ),
    ("IMP-", "Impression : une valeur remplie que le modèle choisi n'imprime pas, avec la raison que donne le modèle."),
    (
        "ACC-",
        "Accessibilité : ce qu'un lecteur d'écran ou un signataire ne pourrait pas suivre dans le dossier imprimé.",
    ),
    (
        "MOD-",
        "Modèle régional : une clause, une condition ou un contrat de départ du modèle est fautif (« cpom modeles verifier »).",
    ),
    ("BIB-", "Bibliothèque : une ligne d'une liste d'objectifs importée n'est pas lue comme elle est écrite."),
];

fn hors_catalogue(code: &str) -> Option<&'static str> {
    let code = code.to_uppercase();
    HORS_CATALOGUE.iter().find(|(debut, _)| code.starts_with(debut)).map(|(_, texte)| *texte)
}

fn trouver(code: &str) -> Result<&'static Rule, ErreurUsage> {
    let code = code.to_uppercase();
    rule(&code).ok_or_else(|| {
        let proche = RULES.iter().min_by_key(|r| strsim::damerau_levenshtein(r.code, &code)).map_or("", |r| r.code);
        ErreurUsage::RegleInconnue { demande: code, proche: proche.to_string() }
    })
}

fn famille(sigle: &str) -> Result<Famille, ErreurUsage> {
    let voulu = sigle.to_uppercase();
    Famille::TOUTES.into_iter().find(|f| f.sigle() == voulu).ok_or_else(|| ErreurUsage::FamilleInconnue {
        demande: sigle.to_string(),
        connues: Famille::TOUTES.map(Famille::sigle).join(", "),
    })
}
