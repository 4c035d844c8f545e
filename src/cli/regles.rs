//! `cpom regles`: the catalogue of consistency rules, as a list, an entry or a whole.

use super::arguments::Regles;
use super::ecran;
use super::issue::Issue;
use super::usage::ErreurUsage;
use crate::compte_rendu::codes;
use crate::contrat::identifiants::Date;
use crate::dossier::{self, Erreur, ErreurExamen};
use crate::droit::Jours;
use crate::modele::manifeste::Manifeste;
use crate::regles::exemples::{Exemple, exemple};
use crate::regles::{Famille, RULES, Rule, catalogue, conformite, rule};
use std::collections::BTreeMap;

pub fn executer(options: &Regles) -> Result<Issue, Erreur> {
    if options.markdown {
        ecran::brut(&catalogue::markdown());
        return Ok(Issue::Fait);
    }
    if options.conformite {
        ecran::brut(&conformite::markdown());
        return Ok(Issue::Fait);
    }
    if options.droit {
        ecran::brut(&catalogue::valeurs_de_droit());
        return Ok(Issue::Fait);
    }
    let manifeste = match &options.modele {
        Some(id) => Some(dossier::catalogue(options.modeles.as_deref())?.modele(id)?.manifeste),
        None => None,
    };
    if options.exemple && options.format == "json" {
        return exemples_en_json(&options.codes);
    }
    if !options.codes.is_empty() {
        return expliquer(&options.codes, manifeste.as_ref(), options.exemple);
    }
    let famille = match &options.famille {
        Some(sigle) => Some(famille(sigle)?),
        None => None,
    };
    let jour = match &options.a_la_date {
        Some(date) => Some(date.parse::<Date>().map_err(|_| ErreurExamen::Date(date.clone()))?),
        None => None,
    };
    let vaut = |rule: &Rule| jour.is_none() || rule.vigueur.tient(Jours::au(jour));
    for rule in RULES.iter().filter(|r| vaut(r)).filter(|r| famille.is_none_or(|f| r.famille == f)) {
        let Some(severite) = catalogue::severite(rule, manifeste.as_ref()) else { continue };
        if options.severite.as_ref().is_none_or(|voulue| severite.to_string() == *voulue) {
            ecran::ligne(&catalogue::ligne(rule, severite));
        }
    }
    Ok(Issue::Fait)
}

fn expliquer(codes: &[String], manifeste: Option<&Manifeste>, avec_exemple: bool) -> Result<Issue, Erreur> {
    let entree = |code: &String| match codes::hors_catalogue(&code.to_uppercase()) {
        Some(famille) => Ok(format!("{} – {}\n", code.to_uppercase(), famille.explication)),
        None => {
            let rule = trouver(code)?;
            let exemple = exemple(rule.code).filter(|_| avec_exemple).map(Exemple::en_mots).unwrap_or_default();
            Ok(format!("{}{exemple}", catalogue::entree(rule, manifeste)))
        }
    };
    let entrees: Vec<String> = codes.iter().map(entree).collect::<Result<_, ErreurUsage>>()?;
    ecran::brut(&entrees.join("\n"));
    Ok(Issue::Fait)
}

/// The examples of rules, by their codes, for machines.
fn exemples_en_json(codes: &[String]) -> Result<Issue, Erreur> {
    let mut exemples = BTreeMap::new();
    for code in codes {
        let rule = trouver(code)?;
        exemples.insert(rule.code, exemple(rule.code));
    }
    let texte = serde_json::to_string_pretty(&exemples).unwrap_or_default();
    ecran::brut(&format!("{texte}\n"));
    Ok(Issue::Fait)
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
