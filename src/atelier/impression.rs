//! What a page asks to print → the files of the dossier, as the command line makes them; or why not.

use super::cles::Cles;
use super::dit::Dit;
use super::etat::Entete;
use super::liste;
use super::mots::Mots;
use super::refus::Refus;
use super::remarques::{self, RemarqueVue};
use super::reponse::Reponse;
use crate::document::Etat;
use crate::dossier::{self, Choix, Fichier, Format, Ouverture};
use crate::http::probleme::Genre;
use crate::redaction::Usage;
use crate::remarque::{Detenteur, Severite};
use crate::rendu::Options;
use schemars::JsonSchema;
use serde::Deserialize;

const PDF: &str = "application/pdf";
const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const TEXTE: &str = "text/plain; charset=utf-8";
const ZIP: &str = "application/zip";

/// What is asked to be printed.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default)]
pub struct DemandeDImpression {
    /// `pdf`, `docx`, `texte`; several: one archive.
    pub format: String,
    /// `projet` or `definitif`; what the contract says when it is not given.
    pub etat: String,
    /// The date of signature, `AAAA-MM-JJ`.
    pub date: String,
    /// `equipes`, or the identifier of an establishment: a document drawn from the contract.
    pub pour: String,
    /// One file for each part of the dossier.
    pub decoupe: bool,
    /// A place for the initials on each page.
    pub paraphes: bool,
}

/// Prints a contract: the file that was asked for, or an archive of all of them.
pub fn imprimer(
    ouverture: &Ouverture,
    choix: Choix,
    cles: &Cles,
    demande: &DemandeDImpression,
) -> Result<Reponse, Refus> {
    let formats: Vec<&str> = demande.format.split(',').collect();
    let mut fichiers = fichiers(ouverture, choix, cles, demande)?;
    // Of one PDF, what describes its signature fields goes along only in an archive.
    let principaux = fichiers.iter().filter(|(nom, _)| !nom.ends_with(".signature.json")).count();
    if formats.len() == 1 && principaux == 1 {
        fichiers.retain(|(nom, _)| !nom.ends_with(".signature.json"));
        let (_, genre) = format(&demande.format)?;
        if let Some((nom, octets)) = fichiers.pop() {
            return Ok(Reponse { nom: Some(nom), ..Reponse::de(genre, octets) });
        }
    }
    let reference = ouverture.donnees.get("reference").and_then(|r| r.as_str()).unwrap_or_default();
    let nom = format!("{}.zip", dossier::nom_de_fichier(reference));
    Ok(Reponse { nom: Some(nom), ..Reponse::de(ZIP, dossier::emballer(&fichiers)?) })
}

/// The files of a dossier; what keeps it from being printed, with where to mend it.
fn fichiers(
    ouverture: &Ouverture,
    choix: Choix,
    cles: &Cles,
    demande: &DemandeDImpression,
) -> Result<Vec<Fichier>, Refus> {
    let date = Some(demande.date.clone()).filter(|date| !date.is_empty());
    let mut choix = Choix { etat: etat(&demande.etat)?, date, ..choix };
    choix.options.pdf.paraphes = demande.paraphes;
    choix.pour = match demande.pour.as_str() {
        "" => Usage::Contrat,
        "equipes" => Usage::Equipes,
        id => Usage::Etablissement(id.to_owned()),
    };
    let formats: Vec<Format> = demande.format.split(',').map(|mot| Ok(format(mot)?.0)).collect::<Result<_, Refus>>()?;
    let verification = dossier::verifier(ouverture, &choix)?;
    let compte_rendu = dossier::compte_rendu(ouverture, &verification);
    if !dossier::imprimable(ouverture, &verification, &compte_rendu) {
        let mots = Mots::de(&ouverture.donnees).avec_le_modele(&verification.modele.manifeste);
        // A draft waits for nothing but what cannot be read.
        let empechent = match ouverture.contrat {
            None => &ouverture.remarques,
            Some(_) => &verification.rapport.remarques,
        };
        let remarques = remarques::remarques(empechent, cles, &mots);
        let bloquantes = remarques.into_values().filter(|r| r.severite == Severite::Bloquante);
        let mut bloquantes: Vec<RemarqueVue> = bloquantes.collect();
        bloquantes.sort_by_key(|r| r.rang);
        return Err(Refus::Remarques(bloquantes));
    }
    let exemplaires = dossier::rediger(ouverture, &choix, &verification)?;
    Ok(dossier::imprimer_tout(&exemplaires, &formats, demande.decoupe, |_, _| ())?)
}

/// The name of what a run over a folder says of each contract.
const BILAN: &str = "bilan.txt";

/// Prints many contracts in one archive, a folder each; one that cannot be printed is said in the list and stops no other.
pub fn imprimer_le_dossier(
    contrats: impl IntoIterator<Item = Result<(String, Ouverture), (String, String)>>,
    choix: &Choix,
    demande: &DemandeDImpression,
) -> Result<Reponse, Refus> {
    let (mut tous, mut bilan) = (Vec::new(), String::from("Ce que l'atelier a imprimé de ce dossier.\r\n\r\n"));
    for contrat in contrats {
        let dit = match contrat {
            Err((nom, motif)) => format!("{nom} : n'est pas imprimé ; {motif}"),
            Ok((reference, ouverture)) => {
                let cles = Cles::de(&ouverture.lecture.valeur);
                match fichiers(&ouverture, choix.clone(), &cles, demande) {
                    Ok(siens) => {
                        let dans = dossier::nom_de_fichier(&reference);
                        tous.extend(siens.into_iter().map(|(nom, octets)| (format!("{dans}/{nom}"), octets)));
                        format!("{reference} : imprimé")
                    }
                    Err(refus) => format!("{reference} : n'est pas imprimé ; {}", refus.en_mots()),
                }
            }
        };
        bilan.push_str(&dit);
        bilan.push_str("\r\n");
    }
    tous.push((BILAN.to_owned(), bilan.into_bytes()));
    Ok(Reponse { nom: Some("dossiers.zip".to_owned()), ..Reponse::de(ZIP, dossier::emballer(&tous)?) })
}

/// The list of what remains to be done, for one of the holders or for all, as a Word file to be sent.
pub fn liste_de_ce_qui_reste(dit: &Dit, entete: &Entete, pour: &str) -> Result<Reponse, Refus> {
    let pour = match pour {
        "" => None,
        "autorite" => Some(Detenteur::Autorite),
        "gestionnaire" => Some(Detenteur::Gestionnaire),
        autre => return Err(inconnu(autre, "autorite ou gestionnaire")),
    };
    let Entete { reference, titre, modele_titre, .. } = entete;
    let demande = liste::Demande { reference, intitule: titre, modele: modele_titre, pour };
    let document = liste::document_de(dit, &demande);
    let octets = dossier::imprimer(&document, Format::Docx, &Options::default())?;
    let suite = match pour {
        Some(Detenteur::Autorite) => "-autorites",
        Some(Detenteur::Gestionnaire) => "-gestionnaire",
        _ => "",
    };
    let nom = format!("{}-reste{suite}.docx", dossier::nom_de_fichier(reference));
    Ok(Reponse { nom: Some(nom), ..Reponse::de(DOCX, octets) })
}

fn format(mot: &str) -> Result<(Format, &'static str), Refus> {
    match mot {
        "pdf" => Ok((Format::Pdf, PDF)),
        "docx" => Ok((Format::Docx, DOCX)),
        "texte" => Ok((Format::Texte, TEXTE)),
        _ => Err(inconnu(mot, "pdf, docx ou texte")),
    }
}

fn etat(mot: &str) -> Result<Option<Etat>, Refus> {
    match mot {
        "" => Ok(None),
        "projet" => Ok(Some(Etat::Projet)),
        "definitif" => Ok(Some(Etat::Definitif)),
        _ => Err(inconnu(mot, "projet ou definitif")),
    }
}

fn inconnu(mot: &str, admis: &str) -> Refus {
    Refus::nouveau(Genre::Choix, format!("« {mot} » n'est pas un choix d'impression."), format!("choisissez {admis}."))
}
