//! The text of a table → its rows, each with the line where it begins, and what is wrong with its quotes.
//!
//! A row that a wrong quote swallows would be lost in silence: what a lenient reader accepts is told here.

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rangee {
    pub ligne: u64,
    pub cellules: Vec<String>,
}

impl Rangee {
    pub fn est_vide(&self) -> bool {
        self.cellules.iter().all(String::is_empty)
    }
}

/// A fault of writing: its line, what is wrong, what to do.
pub type Faute = (u64, String, &'static str);

/// The rows of a table, blank ones left out, and its separator.
#[derive(Debug)]
pub struct Grille {
    pub rangees: Vec<Rangee>,
    pub separateur: char,
    pub fautes: Vec<Faute>,
}

/// What spreadsheets put between cells: semicolons where decimals have a comma, commas elsewhere.
pub const SEPARATEURS: [char; 4] = [';', '\t', ',', '|'];

const FERMER: &str = "fermez les guillemets de cette cellule (un guillemet du texte s'écrit deux fois), ou ôtez-les.";

/// Reads the rows; `connu` says whether a cell is the title of a column.
pub fn lire(texte: &str, connu: impl Fn(&str) -> bool) -> Grille {
    let (annonce, saut) = separateur_annonce(texte);
    let premiere = |separateur| {
        let mut lecture = Lecture::nouvelle(&texte[saut..], separateur, 1, true);
        lecture.tout();
        lecture.rangees.first().map(|rangee| rangee.cellules.clone()).unwrap_or_default()
    };
    let titres = |separateur: &char| {
        let cellules = premiere(*separateur);
        (cellules.iter().filter(|cellule| connu(cellule)).count(), cellules.len())
    };
    // `max_by_key` keeps the last of equals: the most usual comes last.
    let meilleur = SEPARATEURS.into_iter().rev().max_by_key(titres).unwrap_or(';');
    let separateur = annonce.filter(|annonce| titres(annonce).0 >= titres(&meilleur).0).unwrap_or(meilleur);
    let ligne = if saut > 0 { 2 } else { 1 };
    let mut lecture = Lecture::nouvelle(&texte[saut..], separateur, ligne, false);
    lecture.tout();
    Grille { rangees: lecture.rangees, separateur, fautes: lecture.fautes }
}

/// The line « sep=; » that some spreadsheets write first, and where the table begins.
fn separateur_annonce(texte: &str) -> (Option<char>, usize) {
    let ligne = texte.split(['\r', '\n']).next().unwrap_or_default();
    let nue = ligne.trim_matches([' ', '"']);
    let annonce = nue.get(..4).filter(|debut| debut.eq_ignore_ascii_case("sep=")).and_then(|_| nue[4..].chars().next());
    let seul = nue.chars().count() <= 5;
    // « sep= » followed by a tabulation, which is no space to take away.
    let annonce = annonce.or_else(|| ligne.to_lowercase().starts_with("sep=\t").then_some('\t'));
    match annonce.filter(|_| seul) {
        Some(separateur) => {
            let reste = &texte[ligne.len()..];
            let fin = if reste.starts_with("\r\n") { 2 } else { usize::from(!reste.is_empty()) };
            (Some(separateur), ligne.len() + fin)
        }
        None => (None, 0),
    }
}

struct Lecture<'t> {
    reste: std::iter::Peekable<std::str::Chars<'t>>,
    separateur: char,
    ligne: u64,
    rangees: Vec<Rangee>,
    fautes: Vec<Faute>,
    /// Only the first row is wanted.
    titres_seuls: bool,
}

impl<'t> Lecture<'t> {
    fn nouvelle(texte: &'t str, separateur: char, ligne: u64, titres_seuls: bool) -> Self {
        let reste = texte.chars().peekable();
        Lecture { reste, separateur, ligne, rangees: Vec::new(), fautes: Vec::new(), titres_seuls }
    }

    fn tout(&mut self) {
        while self.reste.peek().is_some() {
            let mut rangee = Rangee { ligne: self.ligne, cellules: Vec::new() };
            while self.cellule(&mut rangee.cellules) {}
            if rangee.est_vide() {
                continue;
            }
            self.rangees.push(rangee);
            if self.titres_seuls {
                return;
            }
        }
    }

    /// Reads a cell; says whether another follows on the row.
    fn cellule(&mut self, cellules: &mut Vec<String>) -> bool {
        while self.reste.next_if(|c| c.is_whitespace() && !matches!(c, '\n' | '\r') && *c != self.separateur).is_some()
        {
        }
        let mut texte = String::new();
        if self.reste.next_if_eq(&'"').is_some() {
            texte = self.entre_guillemets();
            let mut suite = String::new();
            while let Some(c) = self.reste.next_if(|c| *c != self.separateur && !matches!(c, '\n' | '\r')) {
                suite.push(c);
            }
            if !suite.trim().is_empty() {
                let message = format!("« {} » suit un guillemet fermant.", court(suite.trim()));
                self.fautes.push((self.ligne, message, FERMER));
            }
        } else {
            while let Some(c) = self.reste.next_if(|c| *c != self.separateur && !matches!(c, '\n' | '\r')) {
                texte.push(c);
            }
        }
        cellules.push(nu(&texte).to_owned());
        match self.reste.next() {
            Some('\r') => {
                self.reste.next_if_eq(&'\n');
                self.ligne += 1;
                false
            }
            Some('\n') => {
                self.ligne += 1;
                false
            }
            suivant => suivant.is_some(),
        }
    }

    /// Up to the closing quote; a quote that swallows rows, or the rest of the file, is told.
    fn entre_guillemets(&mut self) -> String {
        let ouverte = self.ligne;
        let mut texte = String::new();
        loop {
            match self.reste.next() {
                Some('"') if self.reste.next_if_eq(&'"').is_some() => texte.push('"'),
                Some('"') => break,
                Some(c) => {
                    if c == '\n' || (c == '\r' && self.reste.peek() != Some(&'\n')) {
                        self.ligne += 1;
                    }
                    texte.push(c);
                }
                None => {
                    let message = format!(
                        "un guillemet est ouvert à cette ligne, et n'est jamais fermé : « {} ».",
                        court(&texte)
                    );
                    self.fautes.push((ouverte, message, FERMER));
                    return texte;
                }
            }
        }
        let colonnes = self.rangees.first().map_or(0, |titres| titres.cellules.len());
        let avale = |ligne: &str| colonnes > 2 && ligne.matches(self.separateur).count() + 1 >= colonnes;
        if texte.lines().skip(1).any(avale) {
            let message = format!(
                "un guillemet ouvert à cette ligne n'est fermé qu'à la ligne {} : des lignes du tableau sont prises pour une seule cellule.",
                self.ligne
            );
            self.fautes.push((ouverte, message, FERMER));
        }
        texte
    }
}

/// Without the spaces and marks that are not seen, at both ends.
fn nu(texte: &str) -> &str {
    texte.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{2060}' | '\u{200E}'))
}

fn court(texte: &str) -> String {
    let mot: String = texte.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if mot.chars().count() < texte.chars().count() { mot + "…" } else { mot }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rangees(texte: &str) -> Vec<(u64, Vec<String>)> {
        let grille = lire(texte, |titre| titre == "code");
        assert!(grille.fautes.is_empty(), "{:?}", grille.fautes);
        grille.rangees.into_iter().map(|r| (r.ligne, r.cellules)).collect()
    }

    #[test]
    fn rows_are_read_whatever_the_separator_the_line_ends_and_the_spaces() {
        for (separateur, fin) in [(";", "\n"), (",", "\r\n"), ("\t", "\r"), ("|", "\n")] {
            let texte = "\ncode;titre\n\n1; \"a \"\"b\"\"\nc;d\" \n2;\u{A0}e 2\"\u{A0}";
            let texte = texte.replace(';', separateur).replace('\n', fin);
            let lu = rangees(&texte);
            assert_eq!(lu.iter().map(|(ligne, _)| *ligne).collect::<Vec<_>>(), [2, 4, 6], "{texte:?}");
            assert_eq!(lu[1].1, ["1", &format!("a \"b\"{fin}c{separateur}d")]);
            assert_eq!(lu[2].1, ["2", "e 2\""]);
        }
        for (annonce, separateur) in [("sep=,", ","), ("\"sep=|\"", "|"), ("SEP=\t", "\t"), ("sep=;", ";")] {
            let lu = rangees(&format!("{annonce}\r\ncode{separateur}titre\r\n1{separateur}Un"));
            assert_eq!(lu[1], (3, vec!["1".to_owned(), "Un".to_owned()]), "{annonce}");
        }
        // Announced wrongly: the titles decide.
        assert_eq!(rangees("sep=,\ncode;titre\n1;Un")[1].1, ["1", "Un"]);
    }

    #[test]
    fn a_quote_that_would_swallow_rows_is_told_with_its_line() {
        for (texte, ligne, mot) in [
            ("code;titre\n1;\"Un\n2;Deux\n", 2, "n'est jamais fermé"),
            ("code;titre\n1;Un\n2;\"De\"ux\n", 3, "suit un guillemet fermant"),
            ("code;titre;sens\n1;\"Un;x\n2;Deux;\"\n3;Trois;z\n", 2, "n'est fermé qu'à la ligne 3"),
        ] {
            let fautes = lire(texte, |titre| titre == "code").fautes;
            assert!(fautes.iter().any(|(l, m, _)| *l == ligne && m.contains(mot)), "{fautes:?}");
        }
    }
}
