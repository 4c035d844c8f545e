//! The correspondences that travel inside the program, and those that someone wrote.

use super::erreurs::CorrespondanceRefusee;
use super::forme::Correspondance;
use crate::lecture::Fichier;

/// A name and its file.
const EMBARQUEES: [(&str, &str); 6] = [
    ("diamant-errd-et", include_str!("donnees/diamant-errd-et.json")),
    ("diamant-ca-et", include_str!("donnees/diamant-ca-et.json")),
    ("diamant-tdb-et", include_str!("donnees/diamant-tdb-et.json")),
    ("hapi-engagements", include_str!("donnees/hapi-engagements.json")),
    ("tdb-regional", include_str!("donnees/tdb-regional.json")),
    ("importerrd-restitution", include_str!("donnees/importerrd-restitution.json")),
];

/// The names that may be given.
pub fn noms() -> Vec<&'static str> {
    EMBARQUEES.iter().map(|(nom, _)| *nom).collect()
}

/// The correspondences of the program.
pub(super) fn toutes() -> impl Iterator<Item = Correspondance> {
    EMBARQUEES.iter().filter_map(|(nom, texte)| lire(nom, texte).ok())
}

/// The correspondence of a name or of a file; `ouvrir` reads the file that a name may be.
pub fn choisir(
    demande: &str,
    ouvrir: impl FnOnce() -> Option<Fichier>,
) -> Result<Correspondance, CorrespondanceRefusee> {
    if let Some((nom, texte)) = EMBARQUEES.iter().find(|(nom, _)| *nom == demande) {
        return lire(nom, texte);
    }
    let Some(fichier) = ouvrir() else {
        let connues = noms().join(", ");
        return Err(CorrespondanceRefusee::Inconnue { demande: demande.to_owned(), connues });
    };
    let forme = |motif: &str| CorrespondanceRefusee::Forme { nom: demande.to_owned(), motif: motif.to_owned() };
    lire(demande, &fichier.texte().ok_or_else(|| forme("ce n'est pas un texte"))?)
}

fn lire(nom: &str, texte: &str) -> Result<Correspondance, CorrespondanceRefusee> {
    serde_json::from_str(texte).map_err(|erreur| {
        let (ligne, colonne) = (erreur.line(), erreur.column());
        let dit = erreur.to_string();
        let motif = match (dit.split('`').nth(1), dit.split_whitespace().next()) {
            (Some(cle), Some("missing")) => format!("il manque « {cle} » (ligne {ligne}, colonne {colonne})"),
            (Some(cle), Some("unknown")) => format!("« {cle} » n'y a pas sa place (ligne {ligne}, colonne {colonne})"),
            _ => format!("ligne {ligne}, colonne {colonne}"),
        };
        CorrespondanceRefusee::Forme { nom: nom.to_owned(), motif }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::forme::forme_du_contrat;

    #[test]
    fn every_correspondence_of_the_program_reads_and_its_keys_are_those_of_the_contract() {
        assert_eq!(toutes().count(), EMBARQUEES.len());
        for correspondance in toutes() {
            for apport in &correspondance.apports {
                let element = match &apport.liste {
                    Some(liste) => format!("{liste}/0"),
                    None => "/perimetre/etablissements/0".to_owned(),
                };
                let cles = apport.valeurs.iter().map(|v| v.champ.as_str()).chain(apport.annee.as_deref());
                for cle in cles.chain(apport.fixes.keys().map(String::as_str)) {
                    assert!(
                        forme_du_contrat().a(&format!("{element}/{cle}")).is_some(),
                        "{}: {element}/{cle}",
                        correspondance.titre
                    );
                }
            }
        }
    }
}
