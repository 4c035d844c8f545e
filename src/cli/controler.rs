//! `cpom controler`: what a printed dossier is, whether it is what its data print, what its signatures cover.

use super::arguments::Controler;
use super::{Issue, ecran, extraire};
use crate::dossier::Erreur;
use crate::echanges::{self, Changement, Controle, Integrite, Reimpression};

pub fn executer(options: &Controler) -> Result<Issue, Erreur> {
    let dossier = extraire::lire(&options.fichier)?;
    ecran::etape("Réimpression à partir des données jointes");
    let controle = echanges::controler(&dossier, options.modeles.as_deref())?;
    if options.format == "json" {
        let json = serde_json::to_string_pretty(&controle).map_err(|e| Erreur::Interne(e.to_string()))?;
        ecran::json(&json);
    } else {
        dire(&controle);
    }
    Ok(if controle.conforme { Issue::Fait } else { Issue::Refuse })
}

fn dire(controle: &Controle) {
    let etat = if controle.etat == "definitif" { "définitif" } else { "projet" };
    let pour = controle.gestionnaire.as_ref().map(|id| format!(", gestionnaire « {id} »")).unwrap_or_default();
    ecran::ligne(&format!("Dossier : {} ({etat}{pour})", controle.reference));
    ecran::ligne(&format!(
        "Imprimé par cpom {}, modèle {} {} (empreinte {})",
        controle.cpom, controle.modele.id, controle.modele.version, controle.modele.empreinte
    ));
    match controle.joints_changes.as_slice() {
        [] => ecran::ligne(&format!("Fichiers joints : {}, conformes à leurs empreintes", controle.joints)),
        changes => {
            for change in changes {
                let quoi = match change.changement {
                    Changement::Absent => "absent",
                    Changement::Modifie => "modifié",
                    Changement::Ajoute => "ajouté",
                };
                ecran::ligne(&format!("Fichier joint {quoi} : {}", change.nom));
            }
        }
    }
    ecran::ligne(&match &controle.reimpression {
        Reimpression::Identique { octets } => {
            format!("Réimpression : identique ; les {octets} premiers octets du fichier sont ceux que cpom a imprimés")
        }
        Reimpression::Differente { premier_octet } => format!(
            "Réimpression : différente à partir de l'octet {premier_octet} ; ce fichier n'est pas celui que cpom a imprimé"
        ),
        Reimpression::Impossible { motif } => format!("Réimpression impossible : {motif}"),
    });
    signatures(controle);
    if controle.apres > 0 {
        ecran::ligne(&format!(
            "Octets ajoutés après l'impression et les signatures : {} ; aucune signature ne les couvre",
            controle.apres
        ));
    }
    ecran::ligne(if controle.conforme { "Dossier conforme." } else { "Dossier non conforme." });
}

fn signatures(controle: &Controle) {
    let signees = controle.signatures.iter().filter(|s| s.integrite != Integrite::NonSigne).count();
    match controle.signatures.len() {
        0 => return ecran::ligne("Champs de signature : aucun"),
        total => ecran::ligne(&format!("Champs de signature : {signees} sur {total} signés")),
    }
    for signature in &controle.signatures {
        let quoi = match signature.integrite {
            Integrite::NonSigne => "non signé".to_string(),
            Integrite::Intacte => format!("signé, octets intacts ({} octets couverts)", signature.couvre),
            Integrite::Rompue => "signé, mais les octets ont changé depuis".to_string(),
            Integrite::NonLue => "signé, d'une manière que cpom ne lit pas".to_string(),
        };
        ecran::ligne(&format!("  {} : {quoi}", signature.champ));
    }
    if signees > 0 {
        let mot = if signees > 1 { "de ces signataires" } else { "de ce signataire" };
        ecran::ligne(&format!(
            "  cpom compare les octets ; l'identité {mot} et {} se vérifient avec l'outil de signature.",
            if signees > 1 { "leurs certificats" } else { "son certificat" }
        ));
    }
}
