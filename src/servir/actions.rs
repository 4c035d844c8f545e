//! What each address does: files in memory → an answer, through the same pipeline as the command line.

use super::depot::Depot;
use super::fonds::Fonds;
use super::parametres::Parametres;
use super::reponse::{DOCX, PDF, Reponse, SCHEMA_JSON, TEXTE, ZIP, type_de_forme};
use super::service::Service;
use crate::compte_rendu::CompteRendu;
use crate::dossier::{self, Choix, Erreur, Fichier, Format, Ouverture};
use crate::http::probleme::{Genre, Probleme};
use crate::lecture::{ErreurLecture, Fichier as FichierLu};
use crate::schema::generation;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How the service is.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Santé", description = "Le service répond.")]
pub(super) struct Sante {
    #[schemars(description = "Version de cpom.")]
    version: &'static str,
    #[schemars(description = "Demandes que le service traite.")]
    en_cours: usize,
    #[schemars(description = "Demandes qui attendent leur tour.")]
    en_attente: usize,
    #[schemars(description = "Demandes arrêtées depuis le démarrage : trop longues, ou démesurées.")]
    arretees: u64,
}

/// A model that the service prints with.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Modèle", description = "Un modèle régional que le service emploie.")]
pub(super) struct ModeleConnu {
    id: String,
    version: String,
    nom: String,
    #[schemars(description = "Codes (INSEE) des régions dont c'est le modèle.")]
    regions: Vec<String>,
    #[schemars(description = "SHA-256 des fichiers du modèle.")]
    empreinte: String,
}

pub(super) fn sante(service: &Service) -> Result<Reponse, Probleme> {
    if service.equipe.est_en_panne() {
        return Err(Probleme::nouveau(
            Genre::Occupe,
            "Le service n'a pas pu lancer le programme qui traite les demandes.",
            "faites de la place en mémoire, ou relancez le service.",
        ));
    }
    let (en_cours, en_attente) = service.etablis.etat();
    let arretees = service.equipe.arretees();
    Ok(Reponse::json(en_json(&Sante { version: env!("CARGO_PKG_VERSION"), en_cours, en_attente, arretees })))
}

pub(super) fn modeles(service: &Service) -> Result<Reponse, Probleme> {
    let modeles = service.fonds.catalogue.liste().map_err(Erreur::from)?;
    let connus: Vec<ModeleConnu> = modeles
        .into_iter()
        .map(|modele| ModeleConnu {
            id: modele.manifeste.id.to_string(),
            version: modele.manifeste.version.to_string(),
            nom: modele.manifeste.nom.clone(),
            regions: modele.manifeste.regions.clone(),
            empreinte: modele.empreinte,
        })
        .collect();
    Ok(Reponse::json(en_json(&connus)))
}

pub(super) fn schema(_: &Service) -> Result<Reponse, Probleme> {
    Ok(Reponse { r#type: SCHEMA_JSON.into(), ..Reponse::json(generation::texte_du_schema().into_bytes()) })
}

pub(super) fn openapi(service: &Service) -> Result<Reponse, Probleme> {
    Ok(Reponse::json(service.openapi.clone().into_bytes()))
}

pub(super) fn verifier(fonds: &Fonds, parametres: &Parametres, depot: Depot) -> Result<Reponse, Probleme> {
    let choix = Choix { charges: Some(Arc::clone(&fonds.catalogue)), ..parametres.choix()? };
    let Depot { contrat, depuis, pieces, .. } = depot;
    let autre = if depuis.is_empty() { None } else { Some(ouvrir(depuis, pieces.clone(), &choix)?) };
    let ouverture = ouvrir(contrat, pieces, &choix)?;
    let mut compte_rendu = dossier::controler(&ouverture, &choix, parametres.completude())?;
    if let Some(autre) = autre {
        compte_rendu = compte_rendu.depuis(&dossier::controler(&autre, &choix, false)?);
    }
    if let Some(partie) = parametres.partie() {
        compte_rendu = compte_rendu.restreint(partie);
    }
    let forme = parametres.forme();
    let nom = forme.est_un_fichier().then(|| format!("rapport.{}", forme.cle()));
    let octets = dossier::ecrire_rapport(&compte_rendu, forme).map_err(Erreur::from)?;
    Ok(Reponse { r#type: type_de_forme(forme).into(), octets, nom, bilan: Some(compte_rendu.bilan) })
}

pub(super) fn generer(fonds: &Fonds, parametres: &Parametres, depot: Depot) -> Result<Reponse, Probleme> {
    let mut choix = Choix { charges: Some(Arc::clone(&fonds.catalogue)), ..parametres.choix()? };
    let Depot { contrat, pieces, gabarit, .. } = depot;
    if let Some((nom, octets)) = gabarit {
        choix.options.docx.gabarit = Some(dossier::gabarit_de(&nom, &octets).map_err(Erreur::from)?);
    }
    let format = parametres.format();
    if format != "zip" && (parametres.donne("contenu") || parametres.donne("decoupe")) {
        return Err(Probleme::nouveau(
            Genre::Choix,
            format!("« contenu » et « decoupe » disent ce qui va dans un zip, et « {format} » est demandé."),
            "demandez « format=zip », ou retirez ces paramètres.",
        ));
    }
    let ouverture = ouvrir(contrat, pieces, &choix)?;
    let verification = dossier::verifier(&ouverture, &choix).map_err(Erreur::from)?;
    let compte_rendu = dossier::compte_rendu(&ouverture, &verification);
    if !dossier::imprimable(&ouverture, &verification, &compte_rendu) {
        return Err(Probleme::refus(&compte_rendu));
    }
    let exemplaires = dossier::rediger(&ouverture, &choix, &verification).map_err(Erreur::from)?;
    let un_seul = match format {
        "docx" => Some((Format::Docx, DOCX)),
        "texte" => Some((Format::Texte, TEXTE)),
        "pdf" => Some((Format::Pdf, PDF)),
        _ => None,
    };
    let Some((format, type_du_fichier)) = un_seul else {
        let formats = formats(&parametres.contenu());
        let fichiers =
            dossier::imprimer_tout(&exemplaires, &formats, parametres.decoupe(), |_, _| ()).map_err(Erreur::from)?;
        return zip(fichiers, &compte_rendu);
    };
    if exemplaires.len() > 1 {
        let detail = "Ce contrat donne plusieurs fichiers de ce format.";
        let a_faire = "demandez-les ensemble (« format=zip »), ou un seul contrat (« gestionnaire »).";
        return Err(Probleme::nouveau(Genre::Choix, detail, a_faire));
    }
    let fichiers = dossier::imprimer_tout(&exemplaires, &[format], false, |_, _| ()).map_err(Erreur::from)?;
    let (nom, octets) = fichiers.into_iter().next().ok_or_else(Probleme::defaut)?;
    Ok(Reponse { r#type: type_du_fichier.into(), octets, nom: Some(nom), bilan: Some(compte_rendu.bilan) })
}

/// Reads and checks what was received; what is not a contract at all is told with its report.
pub(super) fn ouvrir(
    fichiers: Vec<FichierLu>,
    pieces: BTreeMap<String, Arc<[u8]>>,
    choix: &Choix,
) -> Result<Ouverture, Probleme> {
    let noms = fichiers.iter().map(|f| f.nom.clone()).collect();
    match dossier::ouvrir_recus(fichiers, pieces).map_err(Erreur::from) {
        Err(Erreur::Lecture(ErreurLecture::Syntaxe(remarques))) => {
            Err(Probleme::illisible(&dossier::rapport_illisible(noms, remarques, choix).map_err(Erreur::from)?))
        }
        Ok(ouverture) if !ouverture.donnees.is_object() => Err(Probleme::nouveau(
            Genre::Demande,
            "Ce JSON n'est pas un contrat : un contrat est un objet, entre accolades.",
            "donnez le fichier du contrat lui-même ; « GET /schema » en donne la forme.",
        )),
        autre => Ok(autre?),
    }
}

fn formats(mots: &[&str]) -> Vec<Format> {
    let tous = [("pdf", Format::Pdf), ("docx", Format::Docx), ("texte", Format::Texte)];
    tous.into_iter().filter(|(mot, _)| mots.contains(mot)).map(|(_, format)| format).collect()
}

/// All files of the dossiers, and the report on the contract.
fn zip(mut fichiers: Vec<Fichier>, compte_rendu: &CompteRendu) -> Result<Reponse, Probleme> {
    fichiers.push(("rapport.json".to_owned(), compte_rendu.json().into_bytes()));
    let nom = format!("{}.zip", dossier::nom_de_fichier(&compte_rendu.contrat));
    let octets = dossier::emballer(&fichiers).map_err(Erreur::from)?;
    Ok(Reponse { r#type: ZIP.into(), octets, nom: Some(nom), bilan: Some(compte_rendu.bilan) })
}

pub(super) fn en_json(valeur: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec_pretty(valeur).unwrap_or_default()
}
