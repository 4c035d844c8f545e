//! The names of the parties and of those who sign, with the articles and accords that sentences need.
//!
//! It turns contract parties into words; it must not know any template.

use crate::contrat::Contrat;
use crate::contrat::calculs::Signataire;
use crate::contrat::parties::{Autorite, GenreGrammatical, Gestionnaire, Representant, TypeAutorite};
use crate::nomenclatures;

use super::formats::{elide, minuscule};

/// How a party is named in a sentence.
#[derive(Debug, Clone, Default)]
pub struct NomDePartie {
    pub nom: Option<String>,
    /// « l'agence régionale de santé Bretagne ».
    pub le: Option<String>,
    /// « de l'agence régionale de santé Bretagne ».
    pub du: Option<String>,
    pub feminin: bool,
}

/// Common nouns that open the name of a legal person: feminine?
const NOMS_COMMUNS: [(&str, bool); 37] = [
    ("agence", true),
    ("association", true),
    ("fondation", true),
    ("mutuelle", true),
    ("union", true),
    ("fédération", true),
    ("société", true),
    ("congrégation", true),
    ("métropole", true),
    ("ville", true),
    ("commune", true),
    ("communauté", true),
    ("académie", true),
    ("caisse", true),
    ("région", true),
    ("préfecture", true),
    ("direction", true),
    ("collectivité", true),
    ("maison", true),
    ("coopérative", true),
    ("institut", false),
    ("institution", true),
    ("établissement", false),
    ("centre", false),
    ("groupement", false),
    ("syndicat", false),
    ("comité", false),
    ("hôpital", false),
    ("service", false),
    ("département", false),
    ("rectorat", false),
    ("conseil", false),
    ("ministère", false),
    ("état", false),
    ("préfet", false),
    ("pôle", false),
    ("foyer", false),
];

/// « le », « la » or « l' » before a noun group, with its space.
fn article(groupe: &str, feminin: bool) -> String {
    if elide(groupe) {
        format!("l'{groupe}")
    } else if feminin {
        format!("la {groupe}")
    } else {
        format!("le {groupe}")
    }
}

/// The contraction of « de » with the article.
pub fn du(groupe: &str, feminin: bool) -> String {
    if elide(groupe) {
        format!("de l'{groupe}")
    } else if feminin {
        format!("de la {groupe}")
    } else {
        format!("du {groupe}")
    }
}

/// The noun of a public status without the territory that the nomenclature adds to it: in a sentence the name of the
/// body says enough, and the territory is not always its own.
fn sans_territoire(statut: &str) -> String {
    const TERRITOIRES: [&str; 6] =
        ["national", "départemental", "interdépartemental", "communal", "intercommunal", "régional"];
    if !statut.contains("établissement public") {
        return statut.to_string();
    }
    let mots = statut.split(' ').filter(|mot| !TERRITOIRES.contains(mot));
    mots.collect::<Vec<_>>().join(" ")
}

impl NomDePartie {
    fn groupe(groupe: &str, feminin: bool) -> Self {
        NomDePartie {
            nom: Some(groupe.to_string()),
            le: Some(article(groupe, feminin)),
            du: Some(du(groupe, feminin)),
            feminin,
        }
    }

    /// From a written name: with its article when its first word is a known noun, else as a proper name.
    fn depuis_nom(nom: &str, statut: Option<&nomenclatures::Statut>) -> Self {
        let premier = nom.split_whitespace().next().unwrap_or_default().to_lowercase();
        if let Some((_, feminin)) = NOMS_COMMUNS.iter().find(|(mot, _)| *mot == premier) {
            let groupe = minuscule(nom);
            // A name keeps its capital when it is an acronym or a single proper word.
            return NomDePartie { nom: Some(nom.to_string()), ..Self::groupe(&groupe, *feminin) };
        }
        match statut {
            Some(statut) => NomDePartie {
                nom: Some(nom.to_string()),
                le: Some(format!("{} {nom}", sans_territoire(statut.le))),
                du: Some(format!("{} {nom}", sans_territoire(statut.de))),
                feminin: statut.genre.feminin(),
            },
            None => NomDePartie {
                nom: Some(nom.to_string()),
                le: Some(nom.to_string()),
                du: Some(if elide(nom) { format!("d'{nom}") } else { format!("de {nom}") }),
                feminin: false,
            },
        }
    }
}

/// The name of an authority: as given, else from its region or département.
pub fn nom_autorite(autorite: &Autorite) -> NomDePartie {
    if let Some(nom) = autorite.nom.valeur() {
        return NomDePartie::depuis_nom(nom.as_str(), None);
    }
    let departement = autorite.departement.valeur().and_then(|d| nomenclatures::departement(d.as_str()));
    match autorite.r#type {
        TypeAutorite::Ars => match autorite.region.valeur().and_then(|r| nomenclatures::region(r.as_str())) {
            Some(region) => NomDePartie::groupe(region.ars, true),
            None => NomDePartie::default(),
        },
        TypeAutorite::Departement => match departement {
            Some(d) if d.code == "69M" => NomDePartie::groupe("métropole de Lyon", true),
            Some(d) => NomDePartie::groupe(&format!("département {}", d.de), false),
            None => NomDePartie::default(),
        },
        TypeAutorite::Metropole => match departement {
            Some(d) if d.code == "69M" => NomDePartie::groupe("métropole de Lyon", true),
            _ => NomDePartie::default(),
        },
        TypeAutorite::EducationNationale | TypeAutorite::Prefet | TypeAutorite::Autre => NomDePartie::default(),
    }
}

/// The name of a managing body, with the article of its own first word or of its legal status.
pub fn nom_gestionnaire(gestionnaire: &Gestionnaire) -> NomDePartie {
    match gestionnaire.nom.valeur() {
        Some(nom) => NomDePartie::depuis_nom(nom.as_str(), statut(gestionnaire)),
        None => NomDePartie::default(),
    }
}

/// The legal status of a managing body.
pub fn statut(gestionnaire: &Gestionnaire) -> Option<&'static nomenclatures::Statut> {
    gestionnaire.statut_juridique.valeur().and_then(|s| nomenclatures::statut(s.as_str()))
}

/// The name of any party of the contract.
pub fn nom_de_partie(contrat: &Contrat, id: &str) -> Option<NomDePartie> {
    contrat
        .autorites()
        .iter()
        .find(|a| a.id.as_str() == id)
        .map(nom_autorite)
        .or_else(|| contrat.gestionnaires().iter().find(|g| g.id.as_str() == id).map(nom_gestionnaire))
}

/// The name and the representative of a signatory.
pub fn de_signataire<'a>(signataire: &Signataire<'a>) -> (NomDePartie, Option<&'a Representant>) {
    match signataire {
        Signataire::Autorite(a) => (nom_autorite(a), a.representant.valeur()),
        Signataire::Gestionnaire(g) => (nom_gestionnaire(g), g.representant.valeur()),
    }
}

/// « la directrice générale » and « de la directrice générale », from the quality as written.
pub fn qualite(representant: &Representant) -> Option<(String, String)> {
    let nue = sans_article(representant.qualite.valeur()?.as_str());
    let feminin = match representant.genre.valeur() {
        Some(genre) => *genre == GenreGrammatical::Feminin,
        None => match representant.civilite.valeur() {
            Some(civilite) => civilite.as_str().starts_with("Mme") || civilite.as_str().starts_with("Madame"),
            None => qualite_feminine(&nue),
        },
    };
    Some((article(&nue, feminin), du(&nue, feminin)))
}

/// « le directeur général », from a function written with or without its article.
pub fn fonction(ecrite: &str) -> String {
    let nue = sans_article(ecrite);
    article(&nue, qualite_feminine(&nue))
}

fn sans_article(ecrite: &str) -> String {
    let ecrite = ecrite.trim();
    let nue = ["le ", "la ", "Le ", "La ", "l'", "L'", "l\u{2019}", "L\u{2019}"]
        .iter()
        .find_map(|a| ecrite.strip_prefix(a))
        .unwrap_or(ecrite);
    minuscule(nue)
}

/// Whether a function reads as feminine: « présidente », « directrice », « déléguée ».
fn qualite_feminine(qualite: &str) -> bool {
    let premier = qualite.split([' ', '-']).next().unwrap_or_default();
    // « vice-présidente »: the noun is the second part.
    let mot = if premier == "vice" { qualite.split([' ', '-']).nth(1).unwrap_or_default() } else { premier };
    ["ente", "ante", "trice", "ée", "ière", "ète", "euse", "enne", "ale", "ive"].iter().any(|f| mot.ends_with(f))
        && !matches!(mot, "légataire")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contrat::champ::Champ;
    use crate::contrat::textes::Texte;

    fn representant(qualite: &str) -> Representant {
        Representant {
            civilite: Champ::Absent,
            nom: Champ::Absent,
            qualite: Champ::Valeur(Texte(qualite.into())),
            genre: Champ::Absent,
        }
    }

    #[test]
    fn a_function_takes_its_own_article() {
        for (ecrite, le, du) in [
            ("présidente", "la présidente", "de la présidente"),
            ("directeur général", "le directeur général", "du directeur général"),
            ("la directrice générale", "la directrice générale", "de la directrice générale"),
            ("administrateur provisoire", "l'administrateur provisoire", "de l'administrateur provisoire"),
            ("vice-présidente", "la vice-présidente", "de la vice-présidente"),
            ("maire", "le maire", "du maire"),
        ] {
            assert_eq!(super::qualite(&representant(ecrite)), Some((le.to_string(), du.to_string())), "{ecrite}");
        }
    }

    #[test]
    fn a_party_is_named_with_its_article() {
        let nom = NomDePartie::depuis_nom("Association départementale Adélie", None);
        assert_eq!(nom.le.as_deref(), Some("l'association départementale Adélie"));
        let nom = NomDePartie::depuis_nom("Les Papillons", nomenclatures::statut("60"));
        assert_eq!(nom.du.as_deref(), Some("de l'association Les Papillons"));
        assert!(nom.feminin);
    }
}
