//! The visas of a model: the acts and the codes that the contract rests on, each for its dates.
//!
//! A text of law is named by its identifier in `crate::droit`: its title and its dates are those of the data.

use crate::contrat::identifiants::Date;
use crate::droit::{self, Texte, dans, texte};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One line of the visas: a code, an act, other words, or the place of what the contract gives.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Visa {
    /// Un code, avec les articles qui fondent le contrat
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
    /// Les articles du code ; seuls ceux en vigueur à la signature sont imprimés
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<ArticleVise>,
    /// Un acte de « textes.json », imprimé sous son intitulé complet tant qu'il est en vigueur
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acte: Option<String>,
    /// D'autres mots, sans « Vu », pour ce que « textes.json » ne tient pas
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub texte: Option<String>,
    /// La place de visas que donne le contrat ; ceux qui n'en ont pas suivent les autres
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceDeVisas>,
    /// Premier jour de signature où il est imprimé, s'il est plus tardif que le texte
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valide_du: Option<Date>,
    /// Dernier jour de signature où il est imprimé
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valide_au: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// Le modèle régional impose ce visa, que le droit ne demande pas
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub impose: bool,
    /// Un acte de la région : il n'est pas imprimé pour une autre
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub regional: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// An article of a code that a visa names, alone or as the first of a range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleVise {
    /// Identifiant dans « textes.json »
    pub article: String,
    /// Derniers articles possibles de la suite, dans l'ordre : le dernier en vigueur la termine
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jusqu_a: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

/// A code of law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    ActionSociale,
    CollectivitesTerritoriales,
    Education,
    SantePublique,
    SecuriteSociale,
}

/// Visas that the contract gives, which a model puts where it wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PlaceDeVisas {
    Nominations,
    Delegations,
    Complementaires,
    Autorisations,
    Mandats,
    Groupements,
    Deliberations,
    ContratsRenouveles,
    Securite,
}

impl PlaceDeVisas {
    /// As clauses name it.
    pub fn nom(self) -> &'static str {
        match self {
            PlaceDeVisas::Nominations => "nominations",
            PlaceDeVisas::Delegations => "delegations",
            PlaceDeVisas::Complementaires => "complementaires",
            PlaceDeVisas::Autorisations => "autorisations",
            PlaceDeVisas::Mandats => "mandats",
            PlaceDeVisas::Groupements => "groupements",
            PlaceDeVisas::Deliberations => "deliberations",
            PlaceDeVisas::ContratsRenouveles => "contrats_renouveles",
            PlaceDeVisas::Securite => "securite",
        }
    }
}

impl Code {
    /// « le code de l'action sociale et des familles ».
    fn nom(self) -> String {
        let sigle = match self {
            Code::ActionSociale => "CASF",
            Code::CollectivitesTerritoriales => "CGCT",
            Code::Education => "C. éduc.",
            Code::SantePublique => "CSP",
            Code::SecuriteSociale => "CSS",
        };
        format!("le {}", droit::nom_du_code(sigle).unwrap_or(sigle))
    }
}

impl Visa {
    /// Whether it is in force; without any date, a draft shows the texts that nothing says have ended.
    pub fn en_vigueur(&self, date: Option<Date>) -> bool {
        let sien = match date {
            Some(date) => dans(date, self.valide_du, self.valide_au),
            None => self.valide_au.is_none(),
        };
        sien && self.acte.as_deref().and_then(texte).is_none_or(|t| t.en_vigueur(date))
    }

    /// The texts of law that it names.
    pub fn textes(&self) -> impl Iterator<Item = &str> {
        let articles = self.articles.iter();
        let suites = articles.flat_map(|a| std::iter::once(&a.article).chain(&a.jusqu_a));
        self.acte.iter().chain(suites).map(String::as_str)
    }

    /// What a message calls it.
    pub fn designation(&self) -> String {
        let place = self.place.map(|p| p.nom().to_string());
        let code = self.code.map(Code::nom);
        self.acte
            .clone()
            .or(code)
            .or(place)
            .or_else(|| self.texte.clone())
            .unwrap_or_default()
            .chars()
            .take(40)
            .collect()
    }

    /// Its words, without « Vu »; `retenu` says whether an article stands.
    pub fn mots<E>(
        &self,
        date: Option<Date>,
        retenu: impl Fn(&ArticleVise) -> Result<bool, E>,
    ) -> Result<Option<String>, E> {
        if let Some(code) = self.code {
            let mut numeros = Vec::new();
            for article in self.articles.iter() {
                if let Some(numero) = article.numero(date)
                    && retenu(article)?
                {
                    numeros.push(numero);
                }
            }
            return Ok(Some(avec_articles(&code.nom(), &numeros)));
        }
        let acte = self.acte.as_deref().and_then(texte).map(intitule);
        Ok(acte.or_else(|| self.texte.clone()))
    }
}

impl ArticleVise {
    /// « L. 313-11 », « R. 314-39-1 à R. 314-43-5 »; nothing when it is not in force.
    fn numero(&self, date: Option<Date>) -> Option<String> {
        let en_vigueur = |id: &String| texte(id).filter(|t| t.en_vigueur(date)).map(numero);
        let premier = en_vigueur(&self.article)?;
        let dernier = self.jusqu_a.iter().rev().find_map(en_vigueur);
        Some(dernier.map_or_else(|| premier.clone(), |dernier| format!("{premier} à {dernier}")))
    }
}

/// « L. 313-12 (IV ter) » of « CASF, art. L. 313-12, IV ter ».
fn numero(article: &Texte) -> String {
    let seul = article.article().map_or(article.reference.as_str(), |(numero, _)| numero);
    match seul.split_once(", ") {
        Some((numero, partie)) => format!("{numero} ({partie})"),
        None => seul.to_string(),
    }
}

/// « le décret n° 2016-1815 du … » of « Décret n° 2016-1815 du … ».
fn intitule(acte: &Texte) -> String {
    let titre = acte.titre.as_ref().unwrap_or(&acte.reference);
    let article = match titre.chars().next() {
        Some('D') => "le ",
        Some('L') => "la ",
        _ => "l'",
    };
    let mut lettres = titre.chars();
    let initiale = lettres.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    format!("{article}{initiale}{}", lettres.as_str())
}

/// « le code …, notamment ses articles L. 312-1, L. 313-11 et L. 313-12-2 ».
fn avec_articles(code: &str, numeros: &[String]) -> String {
    match numeros {
        [] => code.into(),
        [seul] if !seul.contains(" à ") => format!("{code}, notamment son article {seul}"),
        [seul] => format!("{code}, notamment ses articles {seul}"),
        plusieurs => format!("{code}, notamment ses articles {}", crate::formats::enumerer(plusieurs)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jour(iso: &str) -> Option<Date> {
        iso.parse().ok()
    }

    fn article(id: &str, jusqu_a: &[&str]) -> ArticleVise {
        ArticleVise { article: id.into(), jusqu_a: jusqu_a.iter().map(ToString::to_string).collect(), condition: None }
    }

    #[test]
    fn a_code_names_the_articles_of_the_day() {
        let visa = Visa {
            code: Some(Code::ActionSociale),
            articles: vec![
                article("casf-l-313-11", &[]),
                article("casf-r-314-39-1", &["casf-r-314-43-1", "casf-r-314-43-2", "casf-r-314-43-3"]),
            ],
            ..Visa::default()
        };
        let mots = |iso| visa.mots(jour(iso), |_| Ok::<_, ()>(true)).ok().flatten().expect("words");
        assert_eq!(mots("2014-06-01"), "le code de l'action sociale et des familles, notamment son article L. 313-11");
        assert!(mots("2018-01-01").ends_with("ses articles L. 313-11 et R. 314-39-1 à R. 314-43-1"));
        assert!(mots("2019-01-01").ends_with("R. 314-39-1 à R. 314-43-2"));
        assert!(mots("2025-01-01").ends_with("R. 314-39-1 à R. 314-43-3"));
    }

    #[test]
    fn an_act_has_its_title_and_its_dates() {
        let visa = Visa { acte: Some("decret-2018-519".into()), ..Visa::default() };
        assert!(!visa.en_vigueur(jour("2018-06-28")) && visa.en_vigueur(jour("2018-06-29")) && visa.en_vigueur(None));
        let mots = visa.mots(None, |_| Ok::<_, ()>(true)).ok().flatten().expect("words");
        assert!(mots.starts_with("le décret n° 2018-519 du 27 juin 2018 relatif à"), "{mots}");
    }

    #[test]
    fn a_part_of_an_article_is_named_after_it() {
        let mots = texte("casf-l-313-12-iv-ter").map(numero);
        assert_eq!(mots.as_deref(), Some("L. 313-12 (IV ter)"));
    }
}
