//! What is written to the terminal: results on the standard output, remarks and errors on the error output.
//!
//! Colours only on a terminal that accepts them (`NO_COLOR` is respected). What comes from files is shown, never
//! obeyed: see `Ligne`.

use super::visible;
use crate::compte_rendu::{CompteRendu, Detenteur, Entree, Manque, entrees, lignes_de, tableaux_des_manques};
use crate::dossier::motif_d_ecriture;
use crate::remarque::{Remarque, Severite};
use anstyle::{AnsiColor, Style};
use std::collections::BTreeSet;
use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::OnceLock;

/// Most remarks shown on a terminal; `--format json` gives them all.
const REMARQUES_MAX: usize = 200;

/// Why the standard output lost something, if it did.
static PERTE: OnceLock<String> = OnceLock::new();

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

/// One line: a value in it neither moves the cursor, nor hides what follows, nor begins a line of its own.
///
/// Nothing but a line is ever written, and only its styles are not texts: so it holds for all that is printed.
struct Ligne(String);

impl Ligne {
    fn de(texte: &str) -> Self {
        Ligne(String::new()).puis(texte)
    }

    fn puis(mut self, texte: &str) -> Self {
        self.0.push_str(&visible::sur_une_ligne(texte));
        self
    }

    fn en(mut self, style: Style, texte: &str) -> Self {
        self.0.push_str(&style.render().to_string());
        self = self.puis(texte);
        self.0.push_str(&style.render_reset().to_string());
        self
    }
}

/// Where a line goes: the answer of a command, or beside it.
#[derive(Debug, Clone, Copy)]
pub enum Canal {
    Sortie,
    Erreurs,
}

impl Canal {
    fn dire(self, ligne: Ligne) {
        let Ligne(mut texte) = ligne;
        texte.push('\n');
        match self {
            Canal::Sortie => {
                let mut sortie = anstream::stdout();
                noter_la_perte(sortie.write_all(texte.as_bytes()).and_then(|()| sortie.flush()));
            }
            // The error output may be closed.
            Canal::Erreurs => drop(anstream::stderr().write_all(texte.as_bytes())),
        }
    }

    fn ligne(self, texte: &str) {
        self.dire(Ligne::de(texte));
    }
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
    Canal::Sortie.ligne(texte);
}

/// A text of several lines that is for machines and editors (schema, contract, JSON): as it is, but what a terminal
/// would obey is escaped on a terminal, as JSON does.
pub fn brut(texte: &str) {
    let mut sortie = std::io::stdout().lock();
    let ecrit = match sortie.is_terminal() {
        true => sortie.write_all(visible::comme_en_json(texte).as_bytes()),
        false => sortie.write_all(texte.as_bytes()),
    };
    noter_la_perte(ecrit.and_then(|()| sortie.flush()));
}

/// Whether the answers of a command are read by someone, rather than by a file or a program.
pub fn est_lu() -> bool {
    std::io::stdout().is_terminal()
}

/// A value as JSON, in the answer of a command.
pub fn json(texte: &str) {
    brut(&format!("{texte}\n"));
}

/// The bytes of a file as they are.
pub fn octets(octets: &[u8]) {
    let mut sortie = std::io::stdout().lock();
    noter_la_perte(sortie.write_all(octets).and_then(|()| sortie.flush()));
}

/// A word beside the results, on the error output.
pub fn note(texte: &str) {
    Canal::Erreurs.ligne(texte);
}

/// What another process of this program wrote beside the results: it comes from here already.
pub fn relayer(ligne: &[u8]) {
    drop(std::io::stderr().write_all(ligne));
}

/// Texts of ours of several lines, beside the results.
pub fn notes(texte: &str) {
    texte.lines().for_each(note);
}

/// A step of a work that lasts, shown only to someone who watches.
pub fn etape(texte: &str) {
    if std::io::stderr().is_terminal() {
        note(&format!("{texte}…"));
    }
}

/// An error of use, of files or of the program, then what to do.
pub fn erreur(message: &str) {
    en_erreur(visible::suites(message).into_iter());
}

/// An error that shows lines of a file, in a text where each line is ours.
pub fn erreur_en_lignes(message: &str) {
    en_erreur(message.lines());
}

fn en_erreur<'a>(mut lignes: impl Iterator<Item = &'a str>) {
    let style = couleur(Severite::Bloquante);
    Canal::Erreurs.dire(Ligne::de("").en(style, "erreur").puis(" : ").puis(lignes.next().unwrap_or_default()));
    lignes.for_each(note);
}

/// A line of result, then what to do.
pub fn paragraphe(texte: &str) {
    visible::suites(texte).into_iter().for_each(ligne);
}

/// A report as a person reads it: the remarks by part of the contract, what was set or waived, the verdict.
pub fn rapport(compte_rendu: &CompteRendu, canal: Canal) {
    let premieres = compte_rendu.a_traiter_d_abord();
    let premieres = premieres.iter().enumerate().map(|(rang, e)| format!("{}. {}", rang + 1, e.en_une_ligne()));
    encadre("À traiter d'abord", premieres, canal);
    let (mut reste, mut total) = (REMARQUES_MAX, 0);
    for (partie, remarques) in compte_rendu.par_partie() {
        let remarques = entrees(&remarques);
        canal.dire(Ligne::de("").en(GRAS, partie.titre()));
        // What to do and the sources are said once for all the remarks of a rule in a part.
        let mut dites = BTreeSet::new();
        for remarque in remarques.iter().take(reste) {
            let nouvelle = dites.insert((remarque.code.clone(), remarque.remede.clone()));
            une_entree(remarque, nouvelle, compte_rendu.avec_pourquoi, canal);
        }
        reste = reste.saturating_sub(remarques.len());
        total += remarques.len();
    }
    if total > REMARQUES_MAX {
        let autres = match total - REMARQUES_MAX {
            1 => "une autre remarque".to_owned(),
            reste => format!("{reste} autres remarques"),
        };
        canal.ligne(&format!("… et {autres} : « --format json » les donne toutes."));
    }
    if let Some(comparaison) = &compte_rendu.comparaison {
        let titre = Ligne::de("").en(GRAS, "Depuis l'autre version");
        canal.dire(titre.puis(&format!(" : {}", comparaison.en_mots(compte_rendu.remarques.len()))));
        for ligne in &comparaison.resolues {
            canal.ligne(&format!("  résolue : {} {}", ligne.remarque.code, ligne.remarque.message));
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
        let titre = Ligne::de("").en(GRAS, &format!("Règles {comment} par le modèle {id}"));
        canal.dire(titre.puis(&format!(" : {}", codes.join(", "))));
    }
}

fn encadre(titre: &str, lignes: impl Iterator<Item = String>, canal: Canal) {
    for (rang, ligne) in lignes.enumerate() {
        if rang == 0 {
            canal.dire(Ligne::de("").en(GRAS, titre));
        }
        canal.ligne(&format!("  {ligne}"));
    }
}

fn completude(manques: &[Manque], canal: Canal) {
    for detenteur in Detenteur::TOUS {
        canal.dire(Ligne::de("").en(GRAS, detenteur.titre()));
        let tableaux = tableaux_des_manques(manques, detenteur);
        if tableaux.is_empty() {
            canal.ligne("  rien");
        }
        for tableau in tableaux {
            canal.ligne(&format!("  {}", tableau.liste));
            for rang in &tableau.lignes {
                let structures = match rang.structures() {
                    vide if vide.is_empty() => vide,
                    noms => format!("{noms} : "),
                };
                let places = lignes_de(&rang.positions);
                canal.ligne(&format!("    {structures}{} ({places})", rang.champs()));
            }
        }
    }
}

fn une_entree(entree: &Entree, entiere: bool, avec_pourquoi: bool, canal: Canal) {
    let Entree { severite, code, message, remede, references, .. } = entree;
    let gravite = Ligne::de("").en(couleur(*severite), &severite.to_string());
    canal.dire(gravite.puis(&format!(" {code} {message}")));
    canal.ligne(&format!("    Où : {}", entree.ou()));
    if entiere && !remede.is_empty() {
        canal.ligne(&format!("    À faire : {remede}"));
    }
    if let Some(pourquoi) = entree.pourquoi().filter(|_| entiere && avec_pourquoi) {
        canal.ligne(&format!("    Pourquoi : {pourquoi}"));
    }
    if entiere && !references.is_empty() {
        let intitule = if avec_pourquoi { "D'après" } else { "Réf." };
        canal.ligne(&format!("    {intitule} : {}", references.join(" ; ")));
    }
}

/// What is to be said of a printed document, beyond the report on its contract.
pub fn remarques(remarques: &[Remarque]) {
    dire_toutes(remarques, Canal::Erreurs);
}

/// Remarks that are the answer of a command.
pub fn remarques_en_reponse(remarques: &[Remarque]) {
    dire_toutes(remarques, Canal::Sortie);
}

fn dire_toutes(remarques: &[Remarque], canal: Canal) {
    let remarques: Vec<&Remarque> = remarques.iter().collect();
    entrees(&remarques).iter().for_each(|entree| une_entree(entree, true, false, canal));
}

/// The gaps of a draft, one a line.
pub fn a_completer(lacunes: &[Remarque]) {
    if lacunes.is_empty() {
        return;
    }
    let nombre = if lacunes.len() == 1 { "1 valeur".to_string() } else { format!("{} valeurs", lacunes.len()) };
    let titre = Ligne::de("").en(couleur(Severite::Information), &format!("{nombre} à compléter"));
    Canal::Erreurs.dire(titre.puis(" dans ce projet :"));
    let lacunes: Vec<&Remarque> = lacunes.iter().collect();
    let lignes = entrees(&lacunes);
    for entree in lignes.iter().take(REMARQUES_MAX) {
        let quoi = match entree.message.strip_prefix("À compléter : ") {
            Some(quoi) => quoi.trim_end_matches('.'),
            None => &entree.message,
        };
        note(&format!("  {} : {quoi}", entree.ou()));
    }
    if lignes.len() > REMARQUES_MAX {
        note(&format!("  … et {} autres.", lignes.len() - REMARQUES_MAX));
    }
}
