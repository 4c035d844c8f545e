//! The commands of the command line as a page asks for them: two states compared, a Word file taken back, a printed PDF
//! opened again or checked, a piece put beside the contract.

use super::classeur;
use super::contrat::{Contrat, etat_perdu};
use super::etat::Delta;
use super::refus::Refus;
use super::reponse::Reponse;
use crate::contrat::identifiants::Date;
use crate::document::{Document, Etat};
use crate::dossier::{self, Choix, ErreurFormat, Exemplaire, Ouverture};
use crate::echanges::reprise::{Reprise, choisir, essayer};
use crate::echanges::word::{Suivi, reprendre};
use crate::echanges::{self, Controle, Difference, DossierPdf, Version};
use crate::http::probleme::Genre;
use crate::lecture::{self, Fichier};
use crate::redaction::mettre_en_forme;
use crate::rendu::docx;
use crate::rendu::docx::comparaison::{self, Marque};
use crate::schema::forme::forme_du_contrat;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::path::Path;

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// The folder of the pieces, beside the contract.
const PIECES: &str = "pieces";
/// Longest name of a piece, in characters.
const NOM_MAX: usize = 80;

/// The differences of two states, with where the page can show each.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Differences {
    pub differences: Vec<DifferenceVue>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct DifferenceVue {
    #[serde(flatten)]
    pub difference: Difference,
    /// Path of the value as it is now; nothing when it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chemin: Option<String>,
}

/// The contract as it was after an operation.
fn ancien(contrat: &Contrat, n: u64) -> Result<Ouverture, Refus> {
    let fichiers = contrat.fichiers_a(n).ok_or_else(etat_perdu)?;
    Ok(dossier::examiner(lecture::lire_fichiers(fichiers)?)?)
}

/// What changed since an operation.
pub fn comparer(contrat: &Contrat, n: u64) -> Result<Differences, Refus> {
    let avant = ancien(contrat, n)?;
    let apres = contrat.ouverture();
    // What cannot be printed is compared all the same, without the places of its values.
    let imprimes = [&avant, &**apres].map(|ouverture| exemplaires(ouverture, &contrat.choix()).unwrap_or_default());
    let [a, b] = imprimes.each_ref().map(|liste| liste.iter().map(|e| &e.document).collect::<Vec<&Document>>());
    let comparaison = echanges::comparer(
        Version { donnees: &avant.donnees, documents: &a },
        Version { donnees: &apres.donnees, documents: &b },
    );
    let situer = |difference: Difference| DifferenceVue {
        chemin: difference.pointeur_apres.as_deref().map(|pointeur| contrat.cles().chemin(pointeur)),
        difference,
    };
    Ok(Differences { differences: comparaison.differences.into_iter().map(situer).collect() })
}

/// The same as a Word file with tracked changes.
pub fn suivi(contrat: &Contrat, n: u64, auteur: &str, date: &str) -> Result<Reponse, Refus> {
    let avant = ancien(contrat, n)?;
    let date: Date = date.parse().map_err(|_| Refus::demande("La date du suivi ne se lit pas."))?;
    let auteur = if auteur.trim().is_empty() { "cpom" } else { auteur.trim() };
    let marque = Marque { auteur: auteur.to_owned(), date: Some(date.iso()) };
    let [ancien, nouveau] = [&avant, &**contrat.ouverture()].map(|o| exemplaires(o, &contrat.choix()));
    let (ancien, nouveau) = (seul(ancien?)?, seul(nouveau?)?);
    let octets = comparaison::comparer(&ancien.document, &nouveau.document, &marque, &docx::Options::default())
        .map_err(ErreurFormat::Docx)?;
    let nom = format!("{}-suivi.docx", dossier::nom_de_fichier(&nouveau.reference));
    Ok(Reponse { nom: Some(nom), ..Reponse::de(DOCX, octets) })
}

/// The contracts of some data as drafts.
fn exemplaires(ouverture: &Ouverture, choix: &Choix) -> Result<Vec<Exemplaire>, Refus> {
    let choix = Choix { etat: Some(Etat::Projet), ..choix.clone() };
    let verification = dossier::verifier(ouverture, &choix)?;
    Ok(dossier::rediger(ouverture, &choix, &verification)?)
}

fn seul(exemplaires: Vec<Exemplaire>) -> Result<Exemplaire, Refus> {
    match <[Exemplaire; 1]>::try_from(exemplaires) {
        Ok([seul]) => Ok(seul),
        Err(_) => Err(Refus::nouveau(
            Genre::Choix,
            "Ce contrat donne un document par gestionnaire : le suivi n'en montre qu'un.",
            "employez « cpom comparer » avec « --gestionnaire ».",
        )),
    }
}

/// What a file brings, as the page shows it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RepriseVue {
    #[serde(flatten)]
    pub reprise: Reprise,
    /// By number: path, and the words before and after.
    pub dits: Vec<Dit>,
    /// What changed in the contract, when it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delta: Option<Delta>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub struct Dit {
    pub numero: usize,
    pub chemin: String,
    pub avant: String,
    pub apres: String,
}

/// Reads an edited Word file or a filled workbook; takes back what is asked, if anything is.
pub fn reprise(contrat: &mut Contrat, nom: &str, octets: &[u8], prendre: Option<&str>) -> Result<RepriseVue, Refus> {
    let (ouverture, choix) = (std::sync::Arc::clone(contrat.ouverture()), contrat.choix());
    let word = nom.rsplit('.').next().is_some_and(|fin| fin.eq_ignore_ascii_case("docx"));
    let mut reprise = match word {
        true => reprendre(nom, octets, &ouverture, &choix, Suivi::Accepte)?,
        false => classeur::importer(nom, octets, &ouverture)?,
    };
    let choisis: Vec<String> = match prendre {
        None => Vec::new(),
        Some(numeros) => numeros.split(',').filter(|n| !n.is_empty()).map(str::to_owned).collect(),
    };
    reprise.pris = choisir(&reprise, &choisis, &[]).map_err(dossier::Erreur::from)?;
    let essai = essayer(&reprise, &ouverture, &choix, &reprise.pris)?;
    reprise.remarques_nouvelles = essai.remarques;
    let mut delta = None;
    if prendre.is_some() && !essai.fichiers.is_empty() {
        let mut fichiers: Vec<Fichier> = ouverture.lecture.fichiers.clone();
        for ecrit in essai.fichiers {
            let voulu = fichiers.iter_mut().find(|fichier| Path::new(&fichier.nom) == ecrit.fichier);
            if let Some(fichier) = voulu {
                fichier.octets = ecrit.octets;
            }
        }
        delta = Some(contrat.remplacer(fichiers, &format!("Reprendre « {nom} »"))?);
    }
    let dire = |pointeur: &str, valeur: &Value| {
        forme_du_contrat().a(pointeur).map_or_else(String::new, |forme| mettre_en_forme(&forme, valeur))
    };
    let dits = reprise.changements.iter().map(|c| Dit {
        numero: c.numero,
        chemin: contrat.cles().chemin(&c.pointeur),
        avant: dire(&c.pointeur, &c.avant),
        apres: dire(&c.pointeur, &c.apres),
    });
    Ok(RepriseVue { dits: dits.collect(), reprise, delta })
}

/// What a printed PDF is, and whether it is still what was printed.
pub fn controler(nom: &str, octets: Vec<u8>) -> Result<Controle, Refus> {
    let dossier = DossierPdf::lire(nom, octets).map_err(dossier::Erreur::from)?;
    Ok(echanges::controler(&dossier, None).map_err(dossier::Erreur::from)?)
}

/// A piece put beside the contract.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PieceDeposee {
    /// What the contract calls it.
    pub fichier: String,
}

/// Puts a piece beside the files of a contract, under a name that no other file has; what the contract then calls it.
pub fn deposer(a_cote: &Path, nom: &str, octets: &[u8]) -> Result<String, Refus> {
    let extension = genre(octets).ok_or_else(|| {
        let (detail, a_faire) = match octets.starts_with(b"PK\x03\x04") {
            true => (
                "C'est un document Word ou un classeur : il ne s'annexe pas tel quel.",
                "enregistrez-le en PDF, puis déposez le PDF.",
            ),
            false => {
                ("Ce n'est ni un PDF, ni une image PNG, JPEG ou SVG.", "enregistrez-le en PDF, puis déposez le PDF.")
            }
        };
        Refus::nouveau(Genre::Choix, detail, a_faire)
    })?;
    let base = nom_de_piece(nom);
    let libre = |n: usize| if n == 1 { format!("{base}.{extension}") } else { format!("{base}-{n}.{extension}") };
    let dossier_des_pieces = a_cote.join(PIECES);
    if std::fs::symlink_metadata(&dossier_des_pieces).is_ok_and(|etat| !etat.is_dir()) {
        return Err(Refus::nouveau(
            Genre::Choix,
            format!("« {PIECES} », à côté du contrat, n'est pas un dossier."),
            "renommez-le, puis déposez la pièce de nouveau.",
        ));
    }
    let pris = |nom: &String| std::fs::symlink_metadata(dossier_des_pieces.join(nom)).is_ok();
    let choisi = (1..1000).map(libre).find(|nom| !pris(nom)).unwrap_or_else(|| libre(1));
    dossier::ecrire_nouveau(&dossier_des_pieces.join(&choisi), octets, false)?;
    Ok(format!("{PIECES}/{choisi}"))
}

/// What a file is, by its first bytes.
fn genre(octets: &[u8]) -> Option<&'static str> {
    let debut = octets.get(..octets.len().min(1024)).unwrap_or_default();
    let contient = |mot: &[u8]| debut.windows(mot.len()).any(|fenetre| fenetre == mot);
    match () {
        () if contient(b"%PDF-") => Some("pdf"),
        () if debut.starts_with(b"\x89PNG\r\n") => Some("png"),
        () if debut.starts_with(b"\xff\xd8\xff") => Some("jpg"),
        () if contient(b"<svg") => Some("svg"),
        () => None,
    }
}

/// « Arrêté n° 12 (signé).pdf » → « arrete-n-12-signe »: a name that every system has.
fn nom_de_piece(nom: &str) -> String {
    let seul = nom.rsplit(['/', '\\']).next().unwrap_or_default();
    let sans = seul.rsplit_once('.').map_or(seul, |(debut, _)| debut);
    let base = crate::formats::mots::identifiant(sans);
    let court: String = base.chars().take(NOM_MAX).collect();
    if court.is_empty() { "piece".to_owned() } else { court }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_has_a_name_of_its_own_and_stays_in_its_folder() {
        let dossier = tempfile::tempdir().unwrap();
        let deposer = |nom: &str, octets: &[u8]| deposer(dossier.path(), nom, octets);
        assert_eq!(deposer("Arrêté n° 12 (signé).PDF", b"%PDF-1.7").unwrap(), "pieces/arrete-n-12-signe.pdf");
        assert_eq!(deposer("../../arrete n 12 signe.exe", b"%PDF-1.7").unwrap(), "pieces/arrete-n-12-signe-2.pdf");
        assert_eq!(deposer("..", b"\x89PNG\r\n").unwrap(), "pieces/piece.png");
        for (octets, dit) in [(&b"PK\x03\x04"[..], "Word"), (b"MZ", "ni un PDF"), (b"", "ni un PDF")] {
            let Err(Refus::Probleme(refus)) = deposer("x.pdf", octets) else { panic!("refused") };
            assert!(serde_json::to_string(&refus).unwrap().contains(dit));
        }
        assert_eq!(std::fs::read_dir(dossier.path()).unwrap().count(), 1);
    }
}
