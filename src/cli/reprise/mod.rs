//! What a file would change, from the list to what is written: shown, chosen, tried, written, whichever file it is.

mod affichage;
mod ecarts;

use super::arguments::OptionsDeReprise;
use super::ecran;
use super::issue::Issue;
use super::questions;
use crate::dossier::{self, Choix, Erreur, Ouverture, Reecriture};
use crate::echanges::reprise::{Reprise, choisir, essayer};
use crate::remarque::Severite;
use affichage::{dire, en_question, nouvelles};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Opens the contract that a file would change; nothing when it is refused, which is said.
pub fn ouvrir(contrat: &[PathBuf]) -> Result<Option<Ouverture>, Erreur> {
    let ouverture = dossier::ouvrir(contrat)?;
    if ouverture.contrat.is_some() {
        return Ok(Some(ouverture));
    }
    ecran::remarques(&ouverture.remarques);
    ecran::note("contrat refusé ; rien n'a été repris.");
    Ok(None)
}

/// Shows what a file brings, has it chosen, and writes what is taken when that is asked.
pub fn mener(
    mut reprise: Reprise,
    ouverture: &Ouverture,
    choix: &Choix,
    options: &OptionsDeReprise,
) -> Result<Issue, Erreur> {
    reprise.pris = choisir(&reprise, &options.prendre, &options.sauf)?;
    if options.format == "json" {
        let fichiers = essai(&mut reprise, ouverture, choix)?;
        if options.ecrire && (!bloque(&reprise) || options.malgre_les_remarques) {
            ecrire(&mut reprise, &fichiers)?;
        }
        ecran::json(&serde_json::to_string_pretty(&reprise).map_err(|e| Erreur::Interne(e.to_string()))?);
        return Ok(issue(&reprise, options));
    }
    dire(&reprise);
    let sans_choix = options.prendre.is_empty() && options.sauf.is_empty();
    if options.ecrire
        && sans_choix
        && questions::possibles()
        && !(reprise.changements.is_empty() && reprise.elements.is_empty())
    {
        match questions::choisir(&mut std::io::stdin().lock(), &reprise, &en_question) {
            Some(pris) => reprise.pris = pris,
            None => {
                ecran::note("arrêté : rien n'a été écrit.");
                return Ok(Issue::Refuse);
            }
        }
    }
    let fichiers = essai(&mut reprise, ouverture, choix)?;
    nouvelles(&reprise.remarques_nouvelles);
    if options.ecrire && !fichiers.is_empty() {
        let voulu = !bloque(&reprise)
            || options.malgre_les_remarques
            || questions::possibles() && questions::confirmer(&mut std::io::stdin().lock(), "Écrire quand même ?");
        match voulu {
            true => {
                ecrire(&mut reprise, &fichiers)?;
                ecran::note(&format!("écrit : {}", reprise.fichiers_ecrits.join(", ")));
            }
            false => refuser_d_ecrire(&reprise),
        }
    }
    Ok(issue(&reprise, options))
}

/// The files with what is taken; the answer says what would then be said of the contract.
fn essai(reprise: &mut Reprise, ouverture: &Ouverture, choix: &Choix) -> Result<Vec<Reecriture>, Erreur> {
    let essai = essayer(reprise, ouverture, choix, &reprise.pris)?;
    reprise.remarques_nouvelles = essai.remarques;
    Ok(essai.fichiers)
}

fn bloque(reprise: &Reprise) -> bool {
    reprise.remarques_nouvelles.iter().any(|nouvelle| nouvelle.remarque.severite == Severite::Bloquante)
}

fn ecrire(reprise: &mut Reprise, fichiers: &[Reecriture]) -> Result<(), Erreur> {
    dossier::reecrire_ensemble(fichiers)?;
    reprise.fichiers_ecrits = fichiers.iter().map(|fichier| fichier.fichier.display().to_string()).collect();
    Ok(())
}

/// What remains to be done by hand refuses; what was left out by choice does not.
fn issue(reprise: &Reprise, options: &OptionsDeReprise) -> Issue {
    let retenu = options.ecrire && bloque(reprise) && reprise.fichiers_ecrits.is_empty();
    let choisi = !(options.prendre.is_empty() && options.sauf.is_empty());
    let laisse = reprise.elements.iter().any(|element| {
        let libre = element.est_sur() && choisi;
        !reprise.pris.contains(&element.numero) && !libre
    });
    if retenu || laisse || !reprise.ecarts.is_empty() { Issue::Refuse } else { Issue::Fait }
}

fn refuser_d_ecrire(reprise: &Reprise) {
    let bloquantes = || reprise.remarques_nouvelles.iter().filter(|n| n.remarque.severite == Severite::Bloquante);
    let causes: BTreeSet<usize> = bloquantes().flat_map(|nouvelle| nouvelle.causes.iter().copied()).collect();
    let causes: Vec<String> = causes.into_iter().map(|numero| numero.to_string()).collect();
    let sans = match causes.as_slice() {
        [] => "« --sauf » et leurs numéros".to_owned(),
        causes => format!("« --sauf {} »", causes.join(",")),
    };
    let nombre = match bloquantes().count() {
        1 => "1 remarque bloquante".to_owned(),
        n => format!("{n} remarques bloquantes"),
    };
    ecran::note(&format!("rien n'a été écrit : le contrat aurait {nombre} de plus."));
    ecran::note(&format!(
        "    À faire : laissez de côté ce qui les cause ({sans}), ou écrivez tel quel avec « --malgre-les-remarques »."
    ));
}
