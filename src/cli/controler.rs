//! `cpom controler`: what is wrong with a printed dossier first, then what it is, what its data print and what was signed.

use super::arguments::Controler;
use super::issue::Issue;
use super::{ecran, extraire};
use crate::dossier::Erreur;
use crate::echanges::revisions::une_ligne;
use crate::echanges::{self, Controle, Integrite, Reimpression, SignatureLue, Sorte, Verdict};

/// Most faults told before the rest; `--format json` gives them all.
const FAUTES_MAX: usize = 30;

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
    Ok(match controle.verdict {
        Verdict::Conforme => Issue::Fait,
        Verdict::NonConforme => Issue::Refuse,
        Verdict::NonVerifiable => Issue::NonVerifiable,
    })
}

fn dire(controle: &Controle) {
    liste("Ce qui ne va pas :", &controle.fautes);
    liste("Ce qui n'a pas pu être vérifié ici :", &controle.reserves);
    liste("À noter :", &controle.notes);
    let etat = if controle.etat == "definitif" { "définitif" } else { "projet" };
    let pour =
        controle.gestionnaire.as_ref().map(|id| format!(", gestionnaire « {} »", une_ligne(id))).unwrap_or_default();
    ecran::ligne(&format!("Dossier : {} ({etat}{pour})", une_ligne(&controle.reference)));
    ecran::ligne(&format!(
        "Imprimé par cpom {}, modèle {} {} (empreinte {})",
        une_ligne(&controle.cpom),
        une_ligne(&controle.modele.id),
        une_ligne(&controle.modele.version),
        une_ligne(&controle.modele.empreinte)
    ));
    match controle.joints_changes.as_slice() {
        [] => ecran::ligne(&format!("Fichiers joints : {}, conformes à leurs empreintes", controle.joints)),
        changes => ecran::ligne(&format!("Fichiers joints : {}, dont {} changés", controle.joints, changes.len())),
    }
    ecran::ligne(&match &controle.reimpression {
        Reimpression::Identique { octets } => {
            format!("Réimpression : identique ; les {octets} premiers octets du fichier sont ceux que cpom a imprimés")
        }
        Reimpression::Reenregistre => {
            "Réimpression : identique quant au contenu ; le fichier a été réenregistré par un autre programme"
                .to_string()
        }
        Reimpression::Differente { premier_octet, .. } => format!(
            "Réimpression : différente à partir de l'octet {premier_octet} ; ce fichier n'est pas celui que cpom a imprimé"
        ),
        Reimpression::Impossible { motif } | Reimpression::Ailleurs { motif, .. } => {
            format!("Réimpression impossible : {}", une_ligne(motif))
        }
    });
    ajouts(controle);
    signatures(controle);
    ecran::ligne(match controle.verdict {
        Verdict::Conforme => "Dossier conforme.",
        Verdict::NonConforme => "Dossier non conforme.",
        Verdict::NonVerifiable => "Dossier non vérifiable ici : rien ne va mal, mais tout n'a pas pu être vérifié.",
    });
}

fn liste(titre: &str, lignes: &[String]) {
    if lignes.is_empty() {
        return;
    }
    ecran::ligne(titre);
    for ligne in lignes.iter().take(FAUTES_MAX) {
        ecran::ligne(&format!("  - {}.", une_ligne(ligne)));
    }
    if lignes.len() > FAUTES_MAX {
        ecran::ligne(&format!("  … et {} autres : « --format json » les donne toutes.", lignes.len() - FAUTES_MAX));
    }
}

/// What was added since the dossier was printed.
fn ajouts(controle: &Controle) {
    if controle.revisions.is_empty() {
        return;
    }
    ecran::ligne(&format!("Ajouts depuis l'impression : {}", controle.revisions.len()));
    for (rang, revision) in (1..).zip(&controle.revisions).take(FAUTES_MAX) {
        let mut quoi: Vec<String> = revision.ajouts.iter().map(|ajout| une_ligne(&ajout.en_mots())).collect();
        match revision.modifications.len() {
            0 => {}
            1 => quoi.push("1 changement qui n'est pas une signature".to_string()),
            n => quoi.push(format!("{n} changements qui ne sont pas des signatures")),
        }
        if quoi.is_empty() {
            quoi.push("rien qui se voie".to_string());
        }
        ecran::ligne(&format!("  {rang}. {}", quoi.join(", ")));
    }
}

fn signatures(controle: &Controle) {
    let signe = |signature: &&SignatureLue| signature.integrite != Integrite::NonSigne;
    let imprimes = |signature: &&SignatureLue| !controle.champs_ajoutes.contains(&signature.champ);
    let signees = controle.signatures.iter().filter(signe).filter(imprimes).count();
    let manque = match controle.champs_disparus.as_slice() {
        [] => String::new(),
        [un] => format!(", 1 champ a disparu : {un}"),
        tous => format!(", {} champs ont disparu : {}", tous.len(), tous.join(", ")),
    };
    if controle.champs == 0 && controle.signatures.is_empty() {
        return ecran::ligne("Champs de signature : aucun");
    }
    ecran::ligne(&format!("Champs de signature : {signees} sur {} signés{manque}", controle.champs));
    for signature in &controle.signatures {
        let ajoute = if controle.champs_ajoutes.contains(&signature.champ) { " (ajouté depuis)" } else { "" };
        ecran::ligne(&format!("  {}{ajoute} : {}", signature.champ, une_signature(signature)));
    }
    let total = controle.signatures.iter().filter(signe).count();
    if total > 0 {
        let mot = if total > 1 { "de ces signataires" } else { "de ce signataire" };
        ecran::ligne(&format!(
            "  cpom vérifie que chaque signature va avec son certificat ; l'identité {mot} et {} se vérifient avec l'outil de signature.",
            if total > 1 { "leurs certificats" } else { "son certificat" }
        ));
    }
}

fn une_signature(signature: &SignatureLue) -> String {
    let quoi = match (signature.integrite, signature.sorte) {
        (Integrite::NonSigne, _) => return "non signé".to_string(),
        (Integrite::Intacte, Sorte::Horodatage) => {
            format!("horodaté, octets intacts ({} octets couverts)", signature.couvre)
        }
        (Integrite::Intacte, Sorte::Signature) => {
            format!("signé, octets intacts ({} octets couverts)", signature.couvre)
        }
        (Integrite::Rompue, _) => "signature rompue".to_string(),
        (Integrite::Fausse, _) => "signature fausse".to_string(),
        (Integrite::NonLue, _) => "signature illisible".to_string(),
        (Integrite::NonVerifiee, _) => "signé, signature non vérifiée".to_string(),
    };
    let motif = signature.motif.as_ref().map(|motif| format!(" : {motif}")).unwrap_or_default();
    let date = signature.date.as_ref().map(|date| format!(", le {date}")).unwrap_or_default();
    let nom = signature.certificat.as_ref().map(|nom| format!(", certificat au nom de « {nom} »")).unwrap_or_default();
    format!("{quoi}{motif}{date}{nom}")
}
