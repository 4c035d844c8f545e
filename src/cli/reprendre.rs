//! `cpom reprendre`: takes the values edited in a Word file back into the contract, and lists what it cannot hold.

use super::arguments::Reprendre;
use super::{Issue, ecran};
use crate::dossier::{self, Erreur};
use crate::echanges::word::{Ecart, Reprise, Suivi, reprendre};
use crate::formats::compte;

use serde_json::Value;

pub fn executer(options: &Reprendre) -> Result<Issue, Erreur> {
    let nom = options.fichier.display().to_string();
    let octets = dossier::lire_dossier(&options.fichier)?;
    let ouverture = dossier::ouvrir(&options.contrat)?;
    if ouverture.contrat.is_none() {
        ecran::remarques(&ouverture.remarques);
        ecran::note("contrat refusé ; rien n'a été repris.");
        return Ok(Issue::Refuse);
    }
    let suivi = if options.original { Suivi::Original } else { Suivi::Accepte };
    let reprise = reprendre(&nom, &octets, &ouverture, &options.impression.choix(), suivi)?;
    if options.format == "json" {
        ecran::json(&serde_json::to_string_pretty(&reprise).map_err(|e| Erreur::Interne(e.to_string()))?);
    } else {
        dire(&reprise);
    }
    if options.ecrire && !reprise.changements.is_empty() {
        let (Some(texte), [fichier]) = (&reprise.texte, options.contrat.as_slice()) else {
            return Err(Erreur::PlusieursFichiers);
        };
        let lu = ouverture.lecture.fichiers.first().map(|lu| lu.octets.as_slice()).unwrap_or_default();
        dossier::reecrire(fichier, lu, texte.as_bytes())?;
        ecran::note(&format!("écrit : {}", fichier.display()));
    }
    Ok(if reprise.ecarts.is_empty() { Issue::Fait } else { Issue::Refuse })
}

fn dire(reprise: &Reprise) {
    ecran::ligne(&format!("Contrat {} : {} reconnus.", reprise.reference, compte(reprise.champs, "champ")));
    match reprise.changements.as_slice() {
        [] => ecran::ligne("Aucune valeur n'a changé."),
        changements => ecran::ligne(&format!("{} :", changees(changements.len()))),
    }
    for changement in &reprise.changements {
        let ou = changement.position.as_ref().map(|p| format!(" ({p})")).unwrap_or_default();
        let (avant, apres) = (court(&changement.avant), court(&changement.apres));
        ecran::ligne(&format!("  {} : {avant} → {apres}", changement.pointeur));
        ecran::ligne(&format!("    {}{ou}", changement.titre));
    }
    if !reprise.ecarts.is_empty() {
        ecran::ligne(&format!("À traiter à la main, {} :", compte(reprise.ecarts.len(), "point")));
    }
    reprise.ecarts.iter().for_each(ecart);
    if let Ok(clauses) = serde_json::to_string_pretty(&reprise.clauses_proposees)
        && !reprise.clauses_proposees.is_empty()
    {
        ecran::ligne(
            "Ce texte, sous la forme d'une clause particulière (« clauses_particulieres »), à relire avant de l'ajouter au contrat :",
        );
        ecran::json(&clauses);
    }
    if !reprise.commentaires.is_empty() {
        ecran::ligne(&format!("{} :", compte(reprise.commentaires.len(), "commentaire")));
    }
    for commentaire in &reprise.commentaires {
        let clause = if commentaire.clause.is_empty() { "début du document" } else { &commentaire.clause };
        ecran::ligne(&format!(
            "  {clause}, « {} » – {} : {}",
            commentaire.passage, commentaire.auteur, commentaire.texte
        ));
    }
}

fn changees(nombre: usize) -> String {
    if nombre > 1 { format!("{nombre} valeurs changées") } else { "1 valeur changée".into() }
}

fn ecart(ecart: &Ecart) {
    let a_faire = match ecart {
        Ecart::ChampAbsent { pointeur, titre } => {
            ecran::ligne(&format!("  champ effacé : {titre} ({pointeur})"));
            "la valeur du contrat est gardée ; retirez-la du contrat si c'est voulu."
        }
        Ecart::ChampDouble { pointeur, titre, textes } => {
            let textes = textes.join(" / ");
            ecran::ligne(&format!("  champ en plusieurs exemplaires : {titre} ({pointeur}) : {textes}"));
            "choisissez, et corrigez le contrat."
        }
        Ecart::ValeurRefusee { pointeur, titre, texte, motif } => {
            ecran::ligne(&format!("  valeur refusée : {titre} ({pointeur}) : {texte}"));
            ecran::ligne(&format!("    {motif}"));
            "corrigez la valeur dans le document ou dans le contrat."
        }
        Ecart::HorsChamp { clause, avant, apres } => {
            let clause = if clause.is_empty() { "début du document" } else { clause };
            match (avant.is_empty(), apres.is_empty()) {
                (true, _) => ecran::ligne(&format!("  texte ajouté hors champ ({clause}) : {apres}")),
                (_, true) => ecran::ligne(&format!("  texte supprimé hors champ ({clause}) : {avant}")),
                _ => {
                    ecran::ligne(&format!("  texte changé hors champ ({clause})"));
                    ecran::ligne(&format!("    avant : {avant}"));
                    ecran::ligne(&format!("    après : {apres}"));
                }
            }
            "aucune valeur ne peut le tenir ; au besoin, une clause particulière (« clauses_particulieres »)."
        }
    };
    ecran::ligne(&format!("    À faire : {a_faire}"));
}

fn court(valeur: &Value) -> String {
    let texte = match valeur {
        Value::Null => return "(absente)".into(),
        Value::String(texte) => format!("« {texte} »"),
        autre => autre.to_string(),
    };
    if texte.chars().count() > 160 { texte.chars().take(157).chain("…".chars()).collect() } else { texte }
}
