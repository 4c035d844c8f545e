//! Questions on a terminal → the answers that a starting contract needs; a wrong one is told and asked again.
//!
//! Pure but for what it is given to read and write with.

use crate::dossier::depart::{ANNEE, Reponses};
use crate::modele::{Catalogue, ErreurModele, Modele};
use crate::nomenclatures::{region, regions};
use std::io::BufRead;
use std::path::PathBuf;

/// Wrong answers to a question before it is given up.
const ESSAIS: usize = 10;

type Reponse = (Reponses, Option<PathBuf>);

/// Asks; nothing when the answers end before the questions. `avec_fichier`: also where to write.
pub fn poser(
    entree: &mut dyn BufRead,
    dire: &mut dyn FnMut(&str),
    catalogue: &Catalogue,
    avec_fichier: bool,
) -> Result<Option<Reponse>, ErreurModele> {
    dire(
        "Quelques questions pour un contrat de départ. Entrée prend la réponse entre crochets ; Ctrl-C arrête, rien n'est écrit.",
    );
    dire("");
    dire(&format!("Modèles : {}.", choix(catalogue)?));
    Ok(Questions { entree, dire }.toutes(avec_fichier))
}

/// « paca (Provence-Alpes-Côte d'Azur), bretagne (Bretagne)…, national (toute autre région) ».
pub fn choix(catalogue: &Catalogue) -> Result<String, ErreurModele> {
    let decrire = |modele: &Modele| {
        let noms: Vec<&str> =
            modele.manifeste.regions.iter().filter_map(|code| region(code)).map(|r| r.libelle).collect();
        let ou = if noms.is_empty() { "toute autre région".to_owned() } else { noms.join(", ") };
        format!("{} ({ou})", modele.manifeste.id)
    };
    Ok(catalogue.liste()?.iter().map(decrire).collect::<Vec<_>>().join(", "))
}

/// The names of the regions, for the question.
fn noms_des_regions() -> Vec<&'static str> {
    regions().iter().map(|region| region.libelle).collect()
}

fn fichier_neuf(texte: &str) -> Result<PathBuf, String> {
    let fichier = PathBuf::from(texte);
    match fichier.symlink_metadata() {
        Ok(_) => Err(format!("« {texte} » existe déjà, il n'est pas remplacé : donnez un autre nom")),
        Err(_) => Ok(fichier),
    }
}

struct Questions<'a> {
    entree: &'a mut dyn BufRead,
    dire: &'a mut dyn FnMut(&str),
}

impl Questions<'_> {
    /// All the answers; nothing when they end too soon.
    fn toutes(&mut self, avec_fichier: bool) -> Option<Reponse> {
        let region = self.demander(
            "Région du contrat, par son nom ou son code (« aucune » si l'ARS n'est pas partie)",
            None,
            |texte| match texte {
                "" => Err(format!("donnez une région : {}", noms_des_regions().join(", "))),
                texte => Reponses::lire_region(texte)
                    .map_err(|motif| format!("{motif}. Les régions : {}", noms_des_regions().join(", "))),
            },
        )?;
        let statut = self.demander(
            "Gestionnaire : association, fondation, mutuelle, CCAS… (« cpom nomenclatures statuts » les donne tous)",
            Some("association"),
            Reponses::lire_statut,
        )?;
        let etablissements = self.demander(
            "Établissements et services : leur nombre, ou mieux leurs catégories (IME, SESSAD, EHPAD…)",
            Some("2"),
            Reponses::lire_etablissements,
        )?;
        let departements = self.demander(
            "Départements qui signent avec l'ARS, par leur nom ou leur numéro",
            Some("aucun"),
            |texte| match Reponses::lire_departements(texte)? {
                aucun if aucun.is_empty() && region.is_none() => {
                    Err("sans ARS, il faut au moins un département".to_owned())
                }
                departements => Ok(departements),
            },
        )?;
        let annee = self.demander("Première année du contrat", Some(&ANNEE.to_string()), Reponses::lire_annee)?;
        let fichier = match avec_fichier {
            true => Some(self.demander("Fichier à écrire", Some("contrat.json"), fichier_neuf)?),
            false => None,
        };
        let ars = region.is_some();
        Some((Reponses { region, ars, statut: Some(statut), etablissements, departements, annee }, fichier))
    }

    fn demander<T>(
        &mut self,
        question: &str,
        defaut: Option<&str>,
        lire: impl Fn(&str) -> Result<T, String>,
    ) -> Option<T> {
        let crochets = defaut.map(|defaut| format!(" [{defaut}]")).unwrap_or_default();
        (self.dire)("");
        (self.dire)(&format!("{question}{crochets} ?"));
        for _ in 0..ESSAIS {
            let mut ligne = String::new();
            if self.entree.read_line(&mut ligne).ok()? == 0 {
                return None;
            }
            let texte = match (ligne.trim(), defaut) {
                ("", Some(defaut)) => defaut,
                (texte, _) => texte,
            };
            match lire(texte) {
                Ok(lu) => return Some(lu),
                Err(motif) => (self.dire)(&format!("  {motif}. Votre réponse{crochets} ?")),
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dossier::catalogue;

    fn poser_ici(reponses: &str) -> (Option<Reponse>, String) {
        let mut dit = String::new();
        let catalogue = catalogue(None).expect("the models");
        let lues = poser(&mut reponses.as_bytes(), &mut |ligne| dit += &format!("{ligne}\n"), &catalogue, false);
        (lues.expect("the models are sound"), dit)
    }

    #[test]
    fn answers_make_a_contract_and_a_wrong_one_is_asked_again() {
        let (reponse, dit) = poser_ici("Syldavie\nPACA\n\nIMEE\nIME, SESSAD\n13, Var\n27\n\n");
        let (reponses, fichier) = reponse.expect("answered");
        assert_eq!((reponses.region.as_deref(), reponses.statut.as_deref()), (Some("93"), Some("60")));
        assert_eq!(reponses.etablissements.len(), 2);
        assert_eq!((reponses.departements, reponses.annee, fichier), (vec!["13".into(), "83".into()], ANNEE, None));
        for mots in ["Modèles : ", "n'est pas une région", "« 183 » (IME)", "année", "[association]"] {
            assert!(dit.contains(mots), "{mots}: {dit}");
        }
    }

    #[test]
    fn answers_that_end_too_soon_or_are_never_right_write_nothing() {
        assert!(poser_ici("").0.is_none());
        assert!(poser_ici("paca\n").0.is_none());
        assert!(poser_ici(&"n'importe quoi\n".repeat(40)).0.is_none());
    }
}
