//! `cpom verifier`: what is to be said of a contract, without printing it.

use super::arguments::Verifier;
use super::{Issue, ecran};
use crate::dossier::{self, Erreur};
use crate::remarque::Remarque;
use serde_json::json;

pub fn executer(options: &Verifier) -> Result<Issue, Erreur> {
    let en_json = options.format == "json";
    let remarques = match dossier::ouvrir(&options.fichiers) {
        Ok(ouverture) => ouverture.remarques,
        // A file that is not JSON is told in the same shape, for machines.
        Err(Erreur::Lecture(crate::lecture::ErreurLecture::Syntaxe(remarques))) if en_json => {
            ecrire_json(&remarques, true);
            return Ok(Issue::MauvaisUsage);
        }
        Err(erreur) => return Err(erreur),
    };
    let refuse = dossier::refuse(&remarques);
    if en_json {
        ecrire_json(&remarques, refuse);
    } else {
        ecran::remarques(&remarques);
        let verdict = if refuse { "contrat refusé" } else { "contrat accepté" };
        ecran::ligne(&format!("{verdict} : {}.", ecran::bilan(&remarques)));
    }
    Ok(if refuse { Issue::Refuse } else { Issue::Fait })
}

fn ecrire_json(remarques: &[Remarque], refuse: bool) {
    let rapport = json!({ "refuse": refuse, "remarques": remarques });
    ecran::ligne(&serde_json::to_string_pretty(&rapport).unwrap_or_default());
}
