//! French words → the value that the contract holds, by its nature: the way back of `formats`; and the words of a value that
//! read back as it.
//!
//! It must not know where the words come from: a field of an edited Word file, a form, the contract file itself, whose
//! words are read by `donnees` between reading and schema.
//!
//! What can be read in two ways is refused with both: « 62.400 € » is 62 400 in English and 62,4 with a decimal point.

mod affichage;
mod attente;
mod codes;
mod dates;
mod donnees;
mod mots;
mod nombres;

pub use affichage::afficher;
pub use attente::{ATTENDUS, encore_attendue, restes};
pub use codes::{chercher, code};
pub use donnees::{Saisie, lire_donnees};

use crate::contrat::identifiants::{Finess, Siren, Siret};
use crate::formats::sans_accents;
use crate::nomenclatures::Nomenclature;
use crate::schema::forme::{Forme, Nature};
use mots::{attendu, propre};
use serde_json::{Value, json};

/// Reads the words of a value.
///
/// The value is the one that the JSON file of the contract would have: an amount in euros whatever its unit (« 1 250,5 k€ »
/// is 1250500), a percentage in percent (« 2,5 % » is 2.5), a day « AAAA-MM-JJ », a deadline « 2027-T2 », a number without its
/// spaces. Fixed spaces and curly apostrophes, which printing lays, are taken off; prose keeps its line ends and its `**` and `*`.
///
/// The error is a French sentence without its final point: what is wrong, and how to write it. What the sentence of
/// the contract cannot hold beyond the nature (bounds, lengths, references) is the schema's business.
pub fn lire(forme: &Forme, texte: &str) -> Result<Value, String> {
    let texte = propre(texte);
    if texte.is_empty() {
        return Err("le champ est vide".into());
    }
    match &forme.nature {
        Nature::Date => dates::date(&texte).map(|d| json!(d)),
        Nature::Echeance => dates::echeance(&texte).map(|e| json!(e)),
        Nature::Annee => dates::annee(&texte).map(|n| json!(n)),
        Nature::Montant => nombres::montant(&texte),
        Nature::Pourcentage => nombres::pourcentage(&texte),
        Nature::Nombre => nombres::nombre(&texte),
        Nature::Taux(mots) => codes::choix(&texte, mots).or_else(|_| nombres::pourcentage(&texte)).or_else(|motif| {
            // Below one per cent a rate is ordinary: « 0,7 » is no doubt here, as it is where shares are given.
            let faible = |nombre: &Value| nombre.as_f64().is_some_and(|n| n.abs() < 1.0);
            let libelles: Vec<String> = mots.iter().map(|(_, libelle)| format!("« {libelle} »")).collect();
            let refus = format!("{motif}, ou {}", libelles.join(" ou "));
            nombres::nombre(&texte).ok().filter(faible).ok_or(refus)
        }),
        Nature::Libre => nombres::nombre_ou_mots(&texte),
        Nature::Booleen => booleen(&texte),
        Nature::Finess => numero::<Finess>(&texte),
        Nature::Siren => numero::<Siren>(&texte),
        Nature::Siret => numero::<Siret>(&texte),
        Nature::Choix(choix) => codes::choix(&texte, choix),
        Nature::Departement => codes::code(&texte, Nomenclature::Departements),
        Nature::Region => codes::code(&texte, Nomenclature::Regions),
        Nature::Categorie => codes::code(&texte, Nomenclature::Categories),
        Nature::Statut => codes::code(&texte, Nomenclature::Statuts),
        Nature::Texte | Nature::Prose => Ok(json!(texte)),
        Nature::Objet | Nature::Table | Nature::Liste => {
            Err("ce n'est pas une valeur seule : changez-la dans le contrat".into())
        }
    }
}

/// The table that holds the codes of a nature.
fn table(nature: &Nature) -> Option<Nomenclature> {
    Some(match nature {
        Nature::Departement => Nomenclature::Departements,
        Nature::Region => Nomenclature::Regions,
        Nature::Categorie => Nomenclature::Categories,
        Nature::Statut => Nomenclature::Statuts,
        _ => return None,
    })
}

fn booleen(texte: &str) -> Result<Value, String> {
    match sans_accents(texte).as_str() {
        "oui" | "vrai" | "true" => Ok(json!(true)),
        "non" | "faux" | "false" => Ok(json!(false)),
        _ => Err(attendu(texte, "« oui » ou « non »")),
    }
}

/// A number of a register, printed in groups.
fn numero<N>(texte: &str) -> Result<Value, String>
where
    N: std::str::FromStr<Err: std::fmt::Display> + serde::Serialize,
{
    let serre: String = texte.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
    let lu: N = serre.parse().map_err(|erreur: N::Err| erreur.to_string())?;
    serde_json::to_value(lu).map_err(|erreur| erreur.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::forme::forme_du_contrat;
    use proptest::prelude::*;

    fn lire_a(pointeur: &str, texte: &str) -> Result<Value, String> {
        lire(&forme_du_contrat().a(pointeur).expect("a shape"), texte)
    }

    #[test]
    fn what_is_printed_reads_back_to_its_value() {
        for (pointeur, texte, attendu) in [
            ("/periode/debut", "1er\u{A0}janvier 2026", json!("2026-01-01")),
            ("/periode/debut", "01/02/2026", json!("2026-02-01")),
            ("/objectifs/0/echeance", "2e\u{A0}trimestre 2027", json!("2027-T2")),
            ("/objectifs/0/echeance", "juin 2027", json!("2027-06")),
            ("/objectifs/0/echeance", "2030", json!("2030")),
            ("/moyens/dotations/0/montant", "1\u{A0}250\u{A0}000,50\u{A0}€", json!(1_250_000.5)),
            ("/moyens/dotations/0/montant", "\u{2212}300,00 €", json!(-300)),
            ("/perimetre/etablissements/0/jours_ouverture", "215", json!(215)),
            ("/perimetre/etablissements/0/finess", "13\u{A0}098\u{A0}215\u{A0}0", json!("130982150")),
            ("/perimetre/etablissements/0/nom", "L\u{2019}IME", json!("L'IME")),
            ("/fiches_actions/0/moyens/statut", "à moyens constants", json!("moyens_constants")),
            ("/fiches_actions/0/indicateurs/0/cibles/0/fin", "non", json!("non")),
            ("/fiches_actions/0/indicateurs/0/cibles/0/fin", "12,5", json!(12.5)),
        ] {
            assert_eq!(lire_a(pointeur, texte), Ok(attendu), "{pointeur}: {texte}");
        }
    }

    /// What may be a rate or a word is read as either, by its label with or without accents; « environ 2 » is neither.
    #[test]
    fn a_rate_is_a_percentage_or_one_of_its_words() {
        let taux = |texte: &str| lire_a("/moyens/evolution/0/taux", texte);
        for (texte, attendu) in [
            ("Non fixé", json!("non fixe")),
            ("non fixe", json!("non fixe")),
            ("INDICE", json!("indice")),
            ("0,8 %", json!(0.8)),
            ("0,7", json!(0.7)),
            ("2", json!(2)),
        ] {
            assert_eq!(taux(texte), Ok(attendu), "{texte}");
        }
        let motif = taux("à voir").unwrap_err();
        assert!(motif.ends_with(", ou « Non fixé » ou « Indice »"), "{motif}");
    }

    #[test]
    fn what_does_not_fit_is_told() {
        for (pointeur, texte) in [
            ("/periode/debut", "bientôt"),
            ("/periode/debut", "31 février 2026"),
            ("/moyens/dotations/0/montant", "beaucoup"),
            ("/fiches_actions/0/moyens/statut", "peut-être"),
            ("/perimetre/etablissements/0/jours_ouverture", ""),
            ("/perimetre/etablissements/0/finess", "13 098"),
            ("/perimetre/etablissements", "IME"),
        ] {
            assert!(lire_a(pointeur, texte).is_err(), "{pointeur}: {texte}");
        }
    }

    proptest! {
        /// Whatever is typed, a value is read or the reason is told.
        #[test]
        fn no_words_break_the_reader(texte in "[-0-9 ,./'€%kM()TtéèàA-z\u{2212}\u{A0}]{0,24}", quelconque in any::<String>()) {
            let forme = forme_du_contrat();
            for pointeur in [
                "/periode/debut",
                "/objectifs/0/echeance",
                "/moyens/dotations/0/montant",
                "/perimetre/etablissements/0/finess",
                "/fiches_actions/0/indicateurs/0/cibles/0/fin",
                "/moyens/modulation/objectif",
            ] {
                let forme = forme.a(pointeur).expect("a shape");
                for mots in [&texte, &quelconque] {
                    if let Err(motif) = lire(&forme, mots) {
                        prop_assert!(!motif.is_empty());
                    }
                }
            }
        }
    }

    /// Every nature of the schema is read or refused in words; none panics.
    #[test]
    fn no_nature_is_left_without_a_reader() {
        fn parcourir(forme: &Forme, profondeur: usize, vus: &mut usize) {
            for texte in
                ["", "oui", "12,5", "62.400", "3 avril 2026", "¼", "−", "€", "\u{202E}", "é".repeat(300).as_str()]
            {
                if let Err(motif) = lire(forme, texte) {
                    assert!(!motif.is_empty() && !motif.ends_with('.'), "{motif}");
                }
            }
            *vus += 1;
            if profondeur > 0 {
                forme.cles.values().chain(&forme.element).for_each(|f| parcourir(f, profondeur - 1, vus));
            }
        }
        let mut vus = 0;
        parcourir(&forme_du_contrat(), 6, &mut vus);
        assert!(vus > 300, "{vus}");
    }
}
