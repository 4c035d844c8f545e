//! `cpom lot`: many contracts; on a terminal a bar with the rate and the time left, elsewhere a line for each.

use super::arguments::Lot;
use super::issue::Issue;
use super::{ecran, ligne, visible};
use crate::dossier::Erreur;
use crate::formats::compte;
use crate::isolement;
use crate::lot::{self, Bilan, Demande, Entree, IssueDuContrat, Ligne};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::ffi::OsString;
use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// `arguments` is the whole line: the assistants that print are launched with it.
pub fn executer(options: &Lot, arguments: &[OsString]) -> Result<Issue, Erreur> {
    let entrees =
        lot::chercher(&options.chemins, &options.impression.sortie).map_err(|e| Erreur::Suite(Box::new(e)))?;
    let equipe = isolement::est_possible().then(|| lot::equipe(ligne::assistants(arguments)));
    let demande = Demande { equipe, ..demande(options, entrees)? };
    let barre = barre(demande.entrees.len());
    let bilan = lot::executer(&demande, &sur_interruption(), |ligne, deja_fait| {
        // On a terminal the bar says how far it is: only what went wrong is worth a line.
        if barre.is_hidden() || ligne.issue != IssueDuContrat::Imprime {
            barre.suspend(|| ecran::paragraphe(&dire(ligne, deja_fait)));
        }
        barre.inc(1);
    });
    barre.finish_and_clear();
    let bilan = bilan.map_err(|e| Erreur::Suite(Box::new(e)))?;
    conclure(&bilan, &demande);
    Ok(match bilan.manifeste.contrats.iter().all(|ligne| ligne.issue == IssueDuContrat::Imprime) {
        _ if bilan.restants > 0 => Issue::Interrompu,
        true => Issue::Fait,
        false => Issue::Refuse,
    })
}

fn demande(options: &Lot, entrees: Vec<Entree>) -> Result<Demande, Erreur> {
    let impression = &options.impression;
    let processeurs = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(Demande {
        choix: impression.choix()?,
        formats: impression.formats(),
        decoupe: impression.decoupe,
        sortie: impression.sortie.clone(),
        fils: options.fils.map_or(processeurs, usize::from).min(entrees.len()),
        continuer: options.continuer,
        entrees,
        equipe: None,
    })
}

/// Prints the contracts of the run that launched this process.
pub fn assister(options: Lot) {
    lot::assister(move || demande(&options, Vec::new()).ok());
}

/// The first Ctrl-C lets the contracts that are begun end; the second stops at once.
fn sur_interruption() -> Arc<AtomicBool> {
    let arret = Arc::new(AtomicBool::new(false));
    let demande = Arc::clone(&arret);
    // Without a handler, Ctrl-C stops at once: nothing is half written then either.
    let _ = ctrlc::set_handler(move || {
        if demande.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
        ecran::note(
            "arrêt demandé : les contrats commencés vont à leur terme (Ctrl-C encore pour arrêter tout de suite).",
        );
    });
    arret
}

fn barre(total: usize) -> ProgressBar {
    let cible =
        if std::io::stderr().is_terminal() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    let barre = ProgressBar::with_draw_target(Some(total as u64), cible);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} contrats, {cadence}, reste {reste}") {
        let cadence = |etat: &ProgressState, w: &mut dyn Write| {
            let _ = write!(w, "{} par minute", (etat.per_sec() * 60.0).round());
        };
        let reste = |etat: &ProgressState, w: &mut dyn Write| {
            let _ = w.write_str(&duree(etat.eta().as_secs()));
        };
        barre.set_style(style.with_key("cadence", cadence).with_key("reste", reste));
    }
    barre
}

/// « 45 s », « 3 min 20 s », « 2 h 05 min ».
fn duree(secondes: u64) -> String {
    match (secondes / 3_600, secondes / 60 % 60, secondes % 60) {
        (0, 0, s) => format!("{s} s"),
        (0, m, s) => format!("{m} min {s:02} s"),
        (h, m, _) => format!("{h} h {m:02} min"),
    }
}

fn dire(ligne: &Ligne, deja_fait: bool) -> String {
    let quoi = if ligne.reference.is_empty() { ligne.entrees.join(", ") } else { ligne.reference.clone() };
    match ligne.issue {
        IssueDuContrat::Imprime if deja_fait => format!("déjà fait : {quoi}"),
        IssueDuContrat::Imprime => {
            let dixiemes = ligne.duree_ms.div_ceil(100);
            let fichiers = compte(ligne.sorties.len(), "fichier");
            let lacunes = match ligne.lacunes.unwrap_or_default() {
                0 => String::new(),
                nombre => format!(", {}", compte(nombre, "lacune")),
            };
            format!("imprimé : {quoi} ({fichiers}{lacunes}, {},{} s)", dixiemes / 10, dixiemes % 10)
        }
        IssueDuContrat::Refuse => {
            format!("refusé : {quoi} ({}) : {}", ligne.entrees.join(", "), bloquantes(ligne.bloquantes))
        }
        IssueDuContrat::Erreur => {
            format!("erreur : {quoi} : {}", a_la_suite(ligne.erreur.as_deref().unwrap_or_default()))
        }
    }
}

/// Faults of a file or of a model come on lines of their own: here they follow each other, each with what to do.
fn a_la_suite(message: &str) -> String {
    let suivre = |suite: &str| {
        suite.lines().map(str::trim_end).filter(|ligne| !ligne.is_empty()).fold(String::new(), |mut tout, ligne| {
            if !tout.is_empty() {
                tout.push_str(if tout.ends_with(':') || ligne.starts_with(' ') { " " } else { " ; " });
                tout.push_str(ligne.trim_start());
            } else {
                tout.push_str(ligne);
            }
            tout
        })
    };
    visible::suites(message).into_iter().map(suivre).collect::<Vec<_>>().join("\n")
}

fn bloquantes(nombre: usize) -> String {
    if nombre > 1 { format!("{nombre} remarques bloquantes") } else { format!("{nombre} remarque bloquante") }
}

fn conclure(bilan: &Bilan, demande: &Demande) {
    let nombre = |issue| bilan.manifeste.compter(issue);
    let imprimes = nombre(IssueDuContrat::Imprime) - bilan.deja_faits;
    let accorder = |n: usize, mot: &str| if n > 1 { format!("{n} {mot}s") } else { format!("{n} {mot}") };
    let parties = [
        (imprimes, accorder(imprimes, "imprimé")),
        (bilan.deja_faits, accorder(bilan.deja_faits, "déjà fait")),
        (nombre(IssueDuContrat::Refuse), accorder(nombre(IssueDuContrat::Refuse), "refusé")),
        (nombre(IssueDuContrat::Erreur), format!("{} en erreur", nombre(IssueDuContrat::Erreur))),
        (bilan.restants, accorder(bilan.restants, "non commencé")),
    ];
    let parties: Vec<String> = parties.into_iter().filter(|(n, _)| *n > 0).map(|(_, texte)| texte).collect();
    ecran::ligne(&format!("{} : {}.", compte(demande.entrees.len(), "contrat"), parties.join(", ")));
    if bilan.restants > 0 {
        ecran::note("interrompu. Pour reprendre : la même commande, avec « --continuer ».");
    } else {
        let manifeste = demande.sortie.join("manifeste.json");
        ecran::ligne(&format!("manifeste : {} (et .csv, pour un tableur)", manifeste.display()));
    }
}

#[cfg(test)]
mod tests {
    use super::a_la_suite;

    #[test]
    fn faults_that_have_lines_follow_each_other_with_what_to_do() {
        let message = "« m » n'est pas lisible :\nm:2:1: bloquante UN.\n    À faire : a.\nm:3:1: bloquante DEUX.\n  | extrait\n    À faire : b.";
        let attendu = "« m » n'est pas lisible : m:2:1: bloquante UN.\n    À faire : a. ; m:3:1: bloquante DEUX. | extrait\n    À faire : b.";
        assert_eq!(a_la_suite(message), attendu);
        assert_eq!(a_la_suite("« a\nb » n'existe pas"), "« a ; b » n'existe pas");
    }
}
