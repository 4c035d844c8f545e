//! `cpom modeles`: lists the models, copies one to be edited, tries one that was written.

use super::arguments::Modeles;
use super::ecran;
use super::issue::Issue;
use crate::dossier::{self, Erreur};
use crate::formats::compte;
use crate::modele::Catalogue;
use crate::modele::sommaire::Annexe;
use crate::remarque::Severite;
use std::path::Path;

pub fn executer(commande: &Modeles) -> Result<Issue, Erreur> {
    match commande {
        Modeles::Lister { modeles } => lister(modeles.as_deref()),
        Modeles::Montrer { id, format, modeles } => montrer(id, format == "json", modeles.as_deref()),
        Modeles::Exporter { id, dossier, tout, modeles } => exporter(id, dossier, *tout, modeles.as_deref()),
        Modeles::Verifier { dossier } => verifier(dossier),
    }
}

fn lister(dossier: Option<&Path>) -> Result<Issue, Erreur> {
    for modele in dossier::catalogue(dossier)?.liste()? {
        let manifeste = &modele.manifeste;
        ecran::ligne(&format!("{} – {}", modele.designation(), manifeste.nom));
        let mut details = Vec::new();
        if !manifeste.regions.is_empty() {
            let noms: Vec<String> = manifeste
                .regions
                .iter()
                .map(|code| crate::nomenclatures::region(code).map_or_else(|| code.clone(), |r| r.libelle.to_string()))
                .collect();
            details.push(format!("région : {}", noms.join(", ")));
        }
        let annexes = manifeste.plan.iter().filter(|e| e.genre == crate::modele::manifeste::GenreElement::Annexe);
        details.push(compte(annexes.count(), "annexe"));
        if !manifeste.bibliotheque.is_empty() {
            details.push(format!("{} en bibliothèque", compte(manifeste.bibliotheque.len(), "objectif")));
        }
        details.push(format!("empreinte {}", modele.empreinte.chars().take(12).collect::<String>()));
        ecran::ligne(&format!("    {}", details.join(" ; ")));
    }
    Ok(Issue::Fait)
}

fn montrer(id: &str, en_json: bool, modeles: Option<&Path>) -> Result<Issue, Erreur> {
    let modele = dossier::catalogue(modeles)?.modele(id)?;
    let sommaire = modele.sommaire();
    if en_json {
        ecran::json(&serde_json::to_string_pretty(&sommaire).map_err(|e| Erreur::Interne(e.to_string()))?);
        return Ok(Issue::Fait);
    }
    ecran::ligne(&format!("{} – {}", modele.designation(), sommaire.nom));
    ecran::ligne("Articles (« article » d'une clause particulière)");
    for article in &sommaire.articles {
        let titre = article.titre.as_deref().unwrap_or("sans titre");
        let condition = if article.selon_le_contrat { " [selon le contrat]" } else { "" };
        ecran::ligne(&format!("  {}{} : {titre}{condition}", "  ".repeat(article.niveau), article.id));
    }
    ecran::ligne("Annexes (« annexe » d'une pièce ; une clause particulière peut aussi les viser)");
    for annexe in &sommaire.annexes {
        ecran::ligne(&format!("  {}", une_annexe(annexe)));
    }
    ecran::ligne("Fiches actions");
    for annexe in &sommaire.annexes {
        let Some(fiches) = &annexe.fiches else { continue };
        let quoi = match (&fiches.titre, fiches.obligatoire, fiches.selon_l_objectif) {
            (Some(titre), true, _) => format!("une fiche obligatoire, « {titre} »"),
            (_, true, _) => "une fiche obligatoire".to_string(),
            (_, false, true) => "celles de certains objectifs".to_string(),
            (_, false, false) => "une par objectif".to_string(),
        };
        ecran::ligne(&format!("  {} : {quoi}", annexe.id));
    }
    for (titre, liste) in [
        ("Axes (« axe » d'un objectif)", &sommaire.axes),
        ("Objectifs généraux (« general » d'un objectif)", &sommaire.objectifs_generaux),
    ] {
        if !liste.is_empty() {
            ecran::ligne(titre);
            liste.iter().for_each(|i| ecran::ligne(&format!("  {} : {}", i.id, i.titre)));
        }
    }
    Ok(Issue::Fait)
}

/// « evaluation : Évaluation de la qualité [pièces à joindre, ou à déclarer sans objet] ».
fn une_annexe(annexe: &Annexe) -> String {
    let mut details = Vec::new();
    match (annexe.pieces, annexe.obligatoire) {
        (true, true) => details.push("pièces à joindre, ou à déclarer sans objet"),
        (true, false) => details.push("pièces"),
        _ => {}
    }
    if annexe.selon_le_contrat {
        details.push("selon le contrat");
    }
    let details = if details.is_empty() { String::new() } else { format!(" [{}]", details.join(" ; ")) };
    format!("{} : {}{details}", annexe.id, annexe.titre.as_deref().unwrap_or("sans titre"))
}

fn exporter(id: &str, dossier: &Path, tout: bool, modeles: Option<&Path>) -> Result<Issue, Erreur> {
    let modele = dossier::catalogue(modeles)?.modele(id)?;
    let copie = dossier::copier_modele(&modele, dossier, tout)?;
    for nom in copie.fichiers {
        ecran::ligne(&format!("écrit : {}", dossier.join(nom).display()));
    }
    ecran::note(&format!(
        "Le modèle copié s'appelle « {} ». À faire : modifiez-le, puis « cpom modeles verifier {} ».",
        copie.id,
        dossier.display()
    ));
    Ok(Issue::Fait)
}

fn verifier(dossier: &Path) -> Result<Issue, Erreur> {
    let (_, modele) = Catalogue::avec_modele(dossier)?;
    ecran::etape(&format!("Essai du modèle {}", modele.designation()));
    let (remarques, imprimes) = dossier::essai::essayer(&modele)?;
    ecran::remarques_en_reponse(&remarques);
    let bloquantes = remarques.iter().filter(|r| r.severite == Severite::Bloquante).count();
    let autres = remarques.len() - bloquantes;
    if bloquantes > 0 {
        ecran::ligne(&format!("Modèle {} à corriger : {}.", modele.designation(), compte(bloquantes, "faute")));
        return Ok(Issue::Refuse);
    }
    let suite = if autres > 0 { format!(" ; {}", compte(autres, "alerte")) } else { String::new() };
    ecran::ligne(&format!(
        "Modèle {} bon à employer : {} d'essai imprimés{suite}.",
        modele.designation(),
        compte(imprimes, "contrat")
    ));
    Ok(Issue::Fait)
}
