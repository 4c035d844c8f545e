//! `cpom modeles`: lists the models, copies one to be edited, tries one that was written.

use super::arguments::Modeles;
use super::ecran;
use super::issue::Issue;
use crate::dossier::{self, Erreur};
use crate::formats::compte;
use crate::modele::Catalogue;
use crate::remarque::Severite;
use std::path::Path;

pub fn executer(commande: &Modeles) -> Result<Issue, Erreur> {
    match commande {
        Modeles::Lister { modeles } => lister(modeles.as_deref()),
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
