//! The words of a paragraph → bold (`**`) and italics (`*`), where stars stand around words; elsewhere they are stars.
//!
//! A star is a mark when it touches a word on one side and none on the other, so that `3*4=12*5`, `(*)`, `5 * 3` and
//! `Prix*` print as typed. Within a word, what Word files bring back (`établisse**ment**`) is bold too.

use crate::document::Inline;

/// Bold within italics within bold: deeper marks are stars.
const PROFONDEUR: u8 = 4;
/// How many open marks a closing one looks at: a text of stars alone costs no more than its length.
const MARQUES_VUES: usize = 32;

/// Reads the marks of a paragraph; a line end in it is one on the page.
pub fn lire(texte: &str) -> Vec<Inline> {
    let mut lecture = Lecture { morceaux: Vec::new(), ouvertes: Vec::new() };
    let mut reste = texte;
    while let Some(debut) = reste.find('*') {
        let (avant, suite) = reste.split_at(debut);
        lecture.texte(avant);
        let apres = suite.trim_start_matches('*');
        let bords = Bords { avant: avant.chars().next_back(), apres: apres.chars().next() };
        lecture.etoiles(suite.len() - apres.len(), bords);
        reste = apres;
    }
    lecture.texte(reste);
    lecture.finir()
}

/// The characters around a run of stars.
#[derive(Debug, Clone, Copy)]
struct Bords {
    avant: Option<char>,
    apres: Option<char>,
}

/// How a mark touches its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Contact {
    /// A word inside, none outside.
    Franc,
    /// Inside a word, between letters.
    Lettres,
    /// Inside a word, between a figure and a letter: « 2**e** ».
    Mixte,
}

impl Bords {
    /// Whether a mark may open here.
    fn ouvre(self) -> Option<Contact> {
        const JAMAIS_PREMIERS: [char; 14] = [')', ']', '»', '”', ',', ';', '.', ':', '!', '?', '=', '/', '>', '|'];
        let premier = self.apres.filter(|c| !c.is_whitespace() && !JAMAIS_PREMIERS.contains(c))?;
        match self.avant {
            None => Some(Contact::Franc),
            Some(c) if c.is_whitespace() || OUVRANTS.contains(&c) || c == '/' => Some(Contact::Franc),
            Some(c) => dans_un_mot(c, premier),
        }
    }

    /// Whether a mark may close here.
    fn ferme(self) -> Option<Contact> {
        const JAMAIS_DERNIERS: [char; 9] = ['(', '[', '«', '“', '‘', '=', '+', '/', '<'];
        let dernier = self.avant.filter(|c| !c.is_whitespace() && !JAMAIS_DERNIERS.contains(c))?;
        match self.apres {
            None => Some(Contact::Franc),
            Some(c) if c.is_whitespace() || FERMANTS.contains(&c) => Some(Contact::Franc),
            Some(c) => dans_un_mot(dernier, c),
        }
    }
}

/// What may stand before a word that a mark opens on.
const OUVRANTS: [char; 14] = ['(', '[', '«', '“', '"', '\'', '’', '‘', '–', '—', '-', '§', '€', '…'];
/// What may stand after a word that a mark closes.
const FERMANTS: [char; 18] =
    [')', ']', '»', '”', '"', '\'', '’', ',', ';', ':', '.', '!', '?', '…', '–', '—', '-', '/'];

fn dans_un_mot(avant: char, apres: char) -> Option<Contact> {
    match (avant.is_alphabetic(), apres.is_alphabetic()) {
        (true, true) => Some(Contact::Lettres),
        (true, false) if apres.is_numeric() => Some(Contact::Mixte),
        (false, true) if avant.is_numeric() => Some(Contact::Mixte),
        _ => None,
    }
}

/// Whether two marks of `nombre` stars go together: one at least stands outside the words, or both part letters.
fn vont_ensemble(nombre: usize, ouvre: Contact, ferme: Contact) -> bool {
    use Contact::{Franc, Lettres, Mixte};
    match (ouvre, ferme) {
        (Franc, Franc) | (Franc, Lettres) | (Lettres, Franc) => true,
        (Lettres, Lettres) | (Franc, Mixte) | (Mixte, Franc) => nombre == 2,
        _ => false,
    }
}

/// A run of stars that may open: where it stands among the pieces, how many stars are left, how deep go the marks
/// that were closed since (and before the next run that may open).
struct Ouverte {
    place: usize,
    nombre: usize,
    contact: Contact,
    dedans: u8,
}

struct Lecture {
    morceaux: Vec<Inline>,
    ouvertes: Vec<Ouverte>,
}

impl Lecture {
    fn texte(&mut self, texte: &str) {
        for (rang, ligne) in texte.split('\n').enumerate() {
            if rang > 0 {
                self.morceaux.push(Inline::RetourLigne);
            }
            if !ligne.is_empty() {
                self.morceaux.push(Inline::Texte { texte: ligne.to_string() });
            }
        }
    }

    fn etoiles(&mut self, nombre: usize, bords: Bords) {
        let mut reste = nombre;
        // Longer runs are rules, or ornaments.
        if nombre <= 3
            && let Some(contact) = bords.ferme()
        {
            while reste > 0 {
                match self.fermer(reste, contact) {
                    0 => break,
                    prises => reste -= prises,
                }
            }
        }
        if reste == 0 {
            return;
        }
        // The stars themselves, until a mark that closes takes them.
        let place = self.morceaux.len();
        self.morceaux.push(Inline::Texte { texte: "*".repeat(reste) });
        // After a mark that has just closed, the next one opens on the same spot: « **a***b* ».
        let ouvre = if reste < nombre {
            bords.apres.filter(|c| c.is_alphanumeric()).map(|_| Contact::Franc)
        } else {
            bords.ouvre()
        };
        if let Some(contact) = ouvre.filter(|_| nombre <= 3) {
            self.ouvertes.push(Ouverte { place, nombre: reste, contact, dedans: 0 });
        }
    }

    /// Closes the nearest mark that goes with this one; how many stars it took.
    fn fermer(&mut self, reste: usize, contact: Contact) -> usize {
        let mut dedans = 0;
        let trouvee = self.ouvertes.iter().enumerate().rev().take(MARQUES_VUES).find_map(|(rang, ouverte)| {
            dedans = dedans.max(ouverte.dedans);
            let nombre = if reste >= 2 && ouverte.nombre >= 2 { 2 } else { 1 };
            let plein = self.morceaux.len() > ouverte.place + 1;
            let convient = vont_ensemble(nombre, ouverte.contact, contact) && plein && dedans < PROFONDEUR;
            convient.then_some((rang, nombre))
        });
        let Some((rang, nombre)) = trouvee else { return 0 };
        // Marks that opened since are stars.
        self.ouvertes.truncate(rang + 1);
        let Some(mut ouverte) = self.ouvertes.pop() else { return 0 };
        let contenu = fondre(self.morceaux.drain(ouverte.place + 1..));
        ouverte.nombre -= nombre;
        self.morceaux.truncate(ouverte.place);
        self.morceaux.push(Inline::Texte { texte: "*".repeat(ouverte.nombre) });
        self.morceaux.push(if nombre == 2 { Inline::Gras { contenu } } else { Inline::Italique { contenu } });
        if ouverte.nombre > 0 {
            self.ouvertes.push(Ouverte { dedans: 0, ..ouverte });
        }
        if let Some(englobante) = self.ouvertes.last_mut() {
            englobante.dedans = englobante.dedans.max(dedans + 1);
        }
        nombre
    }

    fn finir(self) -> Vec<Inline> {
        fondre(self.morceaux)
    }
}

/// Texts that touch are one.
fn fondre(morceaux: impl IntoIterator<Item = Inline>) -> Vec<Inline> {
    let mut sortie: Vec<Inline> = Vec::new();
    for inline in morceaux {
        match (sortie.last_mut(), inline) {
            (Some(Inline::Texte { texte }), Inline::Texte { texte: suite }) => texte.push_str(&suite),
            (_, Inline::Texte { texte }) if texte.is_empty() => {}
            (_, inline) => sortie.push(inline),
        }
    }
    sortie
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bold as ‹…›, italics as {…}.
    fn vu(texte: &str) -> String {
        fn ecrire(contenu: &[Inline]) -> String {
            let un = |inline: &Inline| match inline {
                Inline::Texte { texte } => texte.clone(),
                Inline::Gras { contenu } => format!("‹{}›", ecrire(contenu)),
                Inline::Italique { contenu } => format!("{{{}}}", ecrire(contenu)),
                Inline::RetourLigne => "↵".into(),
                autre => panic!("{autre:?}"),
            };
            contenu.iter().map(un).collect()
        }
        ecrire(&lire(texte))
    }

    #[test]
    fn stars_around_words_are_marks() {
        for (texte, attendu) in [
            ("un **gras** et un *italique*", "un ‹gras› et un {italique}"),
            ("**Objectif :** texte", "‹Objectif :› texte"),
            ("*« mot »*, (*note*) ; l'*évaluation*.", "{« mot »}, ({note}) ; l'{évaluation}."),
            ("***les deux***", "{‹les deux›}"),
            ("**gras *et* italique**", "‹gras {et} italique›"),
            ("**gras***italique*", "‹gras›{italique}"),
            ("*italique***gras**", "{italique}‹gras›"),
            ("**deux\nlignes**", "‹deux↵lignes›"),
            ("établisse**ment** et *éta*blissement", "établisse‹ment› et {éta}blissement"),
            ("ét**abli**ssement, 2**e** étage", "ét‹abli›ssement, 2‹e› étage"),
            ("**☑ oui** → *→ suite*", "‹☑ oui› → {→ suite}"),
            ("**12** places, **100 %**", "‹12› places, ‹100 %›"),
        ] {
            assert_eq!(vu(texte), attendu, "{texte}");
        }
    }

    #[test]
    fn other_stars_are_stars() {
        for texte in [
            "3*4=12*5",
            "5 * 3 * 2",
            "2**3**4 et 2*n*3",
            "(2+3)*(4+5)*(6+7)",
            "2*(3+4)*5",
            "Prix* et total*",
            "voir (*) puis (*)",
            "L*l*h",
            "* hors taxes *",
            "**",
            "****",
            "***** note *****",
            "*seul",
            "**seul*",
            "a ** b ** c",
            "*.pdf et *.docx",
            "\u{A0}*\u{A0}a\u{A0}*\u{A0}",
        ] {
            assert!(!vu(texte).contains(['‹', '{']) || texte == "**seul*", "{texte} → {}", vu(texte));
        }
        assert_eq!(vu("**seul*"), "*{seul}");
    }

    #[test]
    fn a_text_of_stars_is_read_in_one_pass_and_nests_no_deeper_than_pages_show() {
        for texte in ["*a ".repeat(60_000), "a* ".repeat(60_000), "*a *b* ".repeat(30_000), "**a".repeat(60_000)] {
            assert!(!lire(&texte).is_empty());
        }
        let profond = format!("{}x{}", "*a ".repeat(2000), " b*".repeat(2000));
        fn profondeur(contenu: &[Inline]) -> usize {
            let une = |i: &Inline| match i {
                Inline::Gras { contenu } | Inline::Italique { contenu } => 1 + profondeur(contenu),
                _ => 0,
            };
            contenu.iter().map(une).max().unwrap_or_default()
        }
        assert!(profondeur(&lire(&profond)) <= usize::from(PROFONDEUR));
    }
}
