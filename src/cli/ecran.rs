//! What is written to the terminal: results on the standard output, remarks and errors on the error output.
//!
//! Colours only on a terminal that accepts them (`NO_COLOR` is respected).

use crate::compte_rendu::{CompteRendu, Detenteur, Manque, manques_par_partie};
use crate::dossier::motif_d_ecriture;
use crate::remarque::{Remarque, Severite};
use anstyle::{AnsiColor, Style};
use std::collections::BTreeSet;
use std::fmt::Arguments;
use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::OnceLock;

/// Most remarks shown on a terminal; `--format json` gives them all.
const REMARQUES_MAX: usize = 200;

/// Why the standard output lost something, if it did.
static PERTE: OnceLock<String> = OnceLock::new();

/// Writes to the standard output.
fn sur_la_sortie(texte: Arguments<'_>) {
    let mut sortie = anstream::stdout();
    noter_la_perte(sortie.write_fmt(texte).and_then(|()| sortie.flush()));
}

/// A full disk behind the standard output loses an answer; a closed pipe (`cpom schema | head`) has read enough.
fn noter_la_perte(ecrit: std::io::Result<()>) {
    if let Err(erreur) = ecrit
        && erreur.kind() != ErrorKind::BrokenPipe
    {
        let _ = PERTE.set(motif_d_ecriture(&erreur));
    }
}

/// Why a part of the answer could not be written, if one could not.
pub fn perte() -> Option<&'static str> {
    PERTE.get().map(String::as_str)
}

/// Writes a line to the error output, closed or not.
fn sur_les_erreurs(texte: Arguments<'_>) {
    let _ = anstream::stderr().write_fmt(format_args!("{texte}\n"));
}

const GRAS: Style = Style::new().bold();

fn couleur(severite: Severite) -> Style {
    match severite {
        Severite::Bloquante => AnsiColor::Red.on_default().bold(),
        Severite::Alerte => AnsiColor::Yellow.on_default().bold(),
        Severite::Information => AnsiColor::Cyan.on_default(),
    }
}

/// A line of result.
pub fn ligne(texte: &str) {
    sur_la_sortie(format_args!("{texte}\n"));
}

/// A text as it is (schema, contract, JSON).
pub fn brut(texte: &str) {
    sur_la_sortie(format_args!("{texte}"));
}

/// The bytes of a file as they are.
pub fn octets(octets: &[u8]) {
    let mut sortie = std::io::stdout().lock();
    noter_la_perte(sortie.write_all(octets).and_then(|()| sortie.flush()));
}

/// A word beside the results, on the error output.
pub fn note(texte: &str) {
    sur_les_erreurs(format_args!("{texte}"));
}

/// A step of a work that lasts, shown only to someone who watches.
pub fn etape(texte: &str) {
    if std::io::stderr().is_terminal() {
        sur_les_erreurs(format_args!("{}…", texte));
    }
}

/// An error of use, of files or of the program.
pub fn erreur(message: &str) {
    let style = couleur(Severite::Bloquante);
    sur_les_erreurs(format_args!("{style}erreur{style:#} : {message}"));
}

/// Where a report goes: the answer of `verifier`, or beside the files that `generer` writes.
#[derive(Debug, Clone, Copy)]
pub enum Canal {
    Sortie,
    Erreurs,
}

impl Canal {
    fn ligne(self, texte: Arguments<'_>) {
        match self {
            Canal::Sortie => sur_la_sortie(format_args!("{texte}\n")),
            Canal::Erreurs => sur_les_erreurs(texte),
        }
    }
}

/// A report as a person reads it: the remarks by part of the contract, what was set or waived, the verdict.
pub fn rapport(compte_rendu: &CompteRendu, canal: Canal) {
    let mut reste = REMARQUES_MAX;
    for (partie, remarques) in compte_rendu.par_partie() {
        canal.ligne(format_args!("{GRAS}{}{GRAS:#}", partie.titre()));
        // What to do and the sources are said once for all the remarks of a rule in a part.
        let mut dites = BTreeSet::new();
        for remarque in remarques.iter().take(reste) {
            let nouvelle = dites.insert((&remarque.code, &remarque.remede));
            une_remarque(remarque, nouvelle, canal);
        }
        reste = reste.saturating_sub(remarques.len());
    }
    let total = compte_rendu.remarques.len();
    if total > REMARQUES_MAX {
        canal.ligne(format_args!(
            "… et {} autres remarques : « --format json » les donne toutes.",
            total - REMARQUES_MAX
        ));
    }
    if let Some(comparaison) = &compte_rendu.comparaison {
        canal.ligne(format_args!("{GRAS}Depuis l'autre version{GRAS:#} : {}", comparaison.en_mots(total)));
        for ligne in &comparaison.resolues {
            canal.ligne(format_args!("  résolue : {} {}", ligne.remarque.code, ligne.remarque.message));
        }
    }
    if let Some(manques) = &compte_rendu.completude {
        completude(manques, canal);
    }
    encadre("Dérogations du contrat", compte_rendu.derogations.iter().map(|d| d.en_mots()), canal);
    encadre("Clauses particulières", compte_rendu.clauses_particulieres.iter().map(|c| c.en_mots()), canal);
    reglages(compte_rendu, canal);
}

/// The rules that the model sets, by their codes; `cpom regles CODE --modele ID` says the rest.
fn reglages(compte_rendu: &CompteRendu, canal: Canal) {
    let codes = |desactivees: bool| -> Vec<&str> {
        let voulus = compte_rendu.reglages.iter().filter(|r| r.desactivee == desactivees);
        voulus.map(|r| r.code.as_str()).collect()
    };
    let lignes = [("réglées", codes(false)), ("désactivées", codes(true))];
    let id = &compte_rendu.modele.id;
    for (comment, codes) in lignes.into_iter().filter(|(_, codes)| !codes.is_empty()) {
        canal.ligne(format_args!("{GRAS}Règles {comment} par le modèle {id}{GRAS:#} : {}", codes.join(", ")));
    }
}

fn encadre(titre: &str, lignes: impl Iterator<Item = String>, canal: Canal) {
    for (rang, ligne) in lignes.enumerate() {
        if rang == 0 {
            canal.ligne(format_args!("{GRAS}{titre}{GRAS:#}"));
        }
        canal.ligne(format_args!("  {ligne}"));
    }
}

fn completude(manques: &[Manque], canal: Canal) {
    for detenteur in Detenteur::TOUS {
        canal.ligne(format_args!("{GRAS}{}{GRAS:#}", detenteur.titre()));
        let parties = manques_par_partie(manques, detenteur);
        if parties.is_empty() {
            canal.ligne(format_args!("  rien"));
        }
        for (partie, manques) in parties {
            canal.ligne(format_args!("  {partie}"));
            for manque in manques {
                let position = manque.position.as_ref().map(|p| format!(" ({p})")).unwrap_or_default();
                canal.ligne(format_args!("    {}{position}", manque.libelle));
            }
        }
    }
}

fn une_remarque(remarque: &Remarque, entiere: bool, canal: Canal) {
    let style = couleur(remarque.severite);
    let position = remarque.position.as_ref().map(|p| format!("{GRAS}{p}{GRAS:#}: ")).unwrap_or_default();
    canal.ligne(format_args!("{position}{style}{}{style:#} {} {}", remarque.severite, remarque.code, remarque.message));
    if !remarque.pointeur.is_empty() {
        canal.ligne(format_args!("    Élément : {}", remarque.pointeur));
    }
    if entiere && !remarque.remede.is_empty() {
        canal.ligne(format_args!("    À faire : {}", remarque.remede));
    }
    if entiere && !remarque.references.is_empty() {
        canal.ligne(format_args!("    Réf. : {}", remarque.references.join(" ; ")));
    }
}

/// What is to be said of a printed document, beyond the report on its contract.
pub fn remarques(remarques: &[Remarque]) {
    remarques.iter().for_each(|remarque| une_remarque(remarque, true, Canal::Erreurs));
}

/// Remarks that are the answer of a command.
pub fn remarques_en_reponse(remarques: &[Remarque]) {
    remarques.iter().for_each(|remarque| une_remarque(remarque, true, Canal::Sortie));
}

/// The gaps of a draft, one a line.
pub fn a_completer(lacunes: &[Remarque]) {
    if lacunes.is_empty() {
        return;
    }
    let style = couleur(Severite::Information);
    sur_les_erreurs(format_args!(
        "{style}{} à compléter{style:#} dans ce projet :",
        match lacunes.len() {
            1 => "1 valeur".to_string(),
            n => format!("{n} valeurs"),
        }
    ));
    for lacune in lacunes.iter().take(REMARQUES_MAX) {
        let position = lacune.position.as_ref().map(|p| format!("{p} : ")).unwrap_or_default();
        sur_les_erreurs(format_args!(
            "  {position}{}",
            lacune.message.trim_start_matches("À compléter : ").trim_end_matches('.')
        ));
    }
    if lacunes.len() > REMARQUES_MAX {
        sur_les_erreurs(format_args!("  … et {} autres.", lacunes.len() - REMARQUES_MAX));
    }
}
