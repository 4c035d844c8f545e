//! A part of a contract → the workbook that people fill in their own program; a workbook that comes back → what it would change.

use super::refus::Refus;
use super::reponse::Reponse;
use crate::compte_rendu::Partie;
use crate::dossier::{self, Choix, Ouverture};
use crate::echanges::reprise::Reprise;
use crate::http::probleme::Genre;
use crate::tableur::{self, Options, Retour};

/// The workbook of a part, or of all of them when none is named.
pub fn exporter(ouverture: &Ouverture, choix: &Choix, cle: &str) -> Result<Reponse, Refus> {
    let partie = match cle {
        "" => None,
        cle => Some(Partie::de_cle(cle).ok_or_else(|| inconnue(cle))?),
    };
    let parties = tableur::feuilles(&ouverture.donnees, partie);
    if parties.is_empty() {
        return Err(Refus::nouveau(
            Genre::Choix,
            "Cette partie n'a pas de tableau.",
            "remplissez-la ici, ou ouvrez une autre partie dans le tableur.",
        ));
    }
    // What cannot be checked yet can be filled all the same.
    let verification = dossier::verifier_les_regles(ouverture, choix).ok();
    let remarques = verification.as_ref().map_or(&ouverture.remarques, |v| &v.rapport.remarques);
    let commentaires = Some(&ouverture.lecture.valeur);
    let options = Options { parties, remarques, commentaires, ..Options::default() };
    let octets = tableur::exporter(&ouverture.donnees, &options).map_err(dossier::Erreur::from)?;
    let reference = ouverture.donnees.get("reference").and_then(|r| r.as_str()).unwrap_or_default();
    let suite = partie.map(|partie| format!("-{}", partie.cle())).unwrap_or_default();
    let nom = format!("{}{suite}.xlsx", dossier::nom_de_fichier(reference));
    Ok(Reponse { nom: Some(nom), ..Reponse::de(tableur::TYPE, octets) })
}

/// What a workbook would change.
pub fn importer(nom: &str, octets: &[u8], ouverture: &Ouverture) -> Result<Reprise, Refus> {
    let classeur = tableur::lire(nom, octets).map_err(dossier::Erreur::from)?;
    Ok(tableur::importer(nom, &classeur, ouverture, &Retour::default())?)
}

fn inconnue(cle: &str) -> Refus {
    Refus::nouveau(
        Genre::Choix,
        format!("« {cle} » n'est pas une partie du contrat."),
        "revenez à la liste des parties.",
    )
}
