//! A long text of the contract → paragraphs, lists, bold and italics; every other sign stays the word that was typed.
//!
//! Not Markdown, which takes a `+`, a `*` or a number at the head of a line for a list, and eats the signs of
//! `3*4*5`: a contract is signed as it was typed. Only « - » opens a list, and stars are marks only around words.

use super::emphase;
use super::markdown::rogner;
use crate::document::{Bloc, Inline, Liste, Noeud, Paragraphe, Style};

/// Deeper elements join the list above them: pages have no more room.
const PROFONDEUR: usize = 6;

/// Parses a long text; `pointeur` makes each of its words part of one editable value.
pub fn prose(texte: &str, pointeur: Option<&str>) -> Vec<Noeud> {
    let mut lecteur =
        Lecteur { racine: Vec::new(), listes: Vec::new(), lignes: String::new(), apres_vide: false, pointeur };
    texte.split('\n').for_each(|ligne| lecteur.ligne(ligne));
    lecteur.remonter(0);
    lecteur.racine
}

/// A list that is open: where the words of its elements begin, what its last element holds.
struct Ouverte {
    retrait: usize,
    elements: Vec<Vec<Noeud>>,
    courant: Vec<Noeud>,
}

struct Lecteur<'a> {
    racine: Vec<Noeud>,
    listes: Vec<Ouverte>,
    /// The lines of the paragraph being read.
    lignes: String,
    /// Whether an empty line has just been read.
    apres_vide: bool,
    pointeur: Option<&'a str>,
}

impl Lecteur<'_> {
    fn ligne(&mut self, ligne: &str) {
        let mots = ligne.trim();
        if mots.is_empty() {
            self.fermer_le_paragraphe();
            self.apres_vide = true;
            return;
        }
        let retrait = ligne.len() - ligne.trim_start_matches(' ').len();
        match element(ligne) {
            Some(mots) => {
                self.fermer_le_paragraphe();
                self.ouvrir_un_element(retrait);
                self.lignes.push_str(mots);
            }
            None => {
                if self.apres_vide {
                    // After an empty line, what is not set back is outside the lists.
                    let garder = self.listes.iter().take_while(|l| l.retrait <= retrait).count();
                    self.remonter(garder);
                }
                self.suite(ligne);
            }
        }
        self.apres_vide = false;
    }

    /// One more line of the paragraph: the text goes on, unless the line shows that it is one by itself.
    fn suite(&mut self, ligne: &str) {
        if !self.lignes.is_empty() {
            let coupee = self.lignes.ends_with("  ") || porte_une_marque(ligne.trim_start());
            self.lignes.truncate(self.lignes.trim_end().len());
            self.lignes.push(if coupee { '\n' } else { ' ' });
        }
        self.lignes.push_str(ligne.trim_start());
    }

    /// A new element at that margin: of the deepest list that it stands in, or of a list of its own.
    fn ouvrir_un_element(&mut self, retrait: usize) {
        let contenu = retrait + 2;
        let dedans = self.listes.iter().take_while(|l| l.retrait <= retrait).count().min(PROFONDEUR - 1);
        // The list at that depth goes on, if there is one.
        self.remonter(dedans + 1);
        match self.listes.get_mut(dedans) {
            Some(liste) => {
                let fini = std::mem::take(&mut liste.courant);
                liste.elements.push(fini);
                liste.retrait = contenu;
            }
            None => self.listes.push(Ouverte { retrait: contenu, elements: Vec::new(), courant: Vec::new() }),
        }
    }

    fn fermer_le_paragraphe(&mut self) {
        let lignes = std::mem::take(&mut self.lignes);
        let mut contenu = emphase::lire(lignes.trim());
        rogner(&mut contenu);
        if let Some(pointeur) = self.pointeur {
            rattacher(&mut contenu, pointeur);
        }
        if !contenu.is_empty() {
            self.poser(Bloc::Paragraphe(Paragraphe { style: Style::Corps, contenu }));
        }
    }

    /// Closes the lists below that depth.
    fn remonter(&mut self, garder: usize) {
        self.fermer_le_paragraphe();
        while self.listes.len() > garder {
            let Some(Ouverte { mut elements, courant, .. }) = self.listes.pop() else { break };
            elements.push(courant);
            elements.retain(|element| !element.is_empty());
            if !elements.is_empty() {
                self.poser(Bloc::Liste(Liste { depart: None, elements }));
            }
        }
    }

    fn poser(&mut self, bloc: Bloc) {
        let la = self.listes.last_mut().map_or(&mut self.racine, |liste| &mut liste.courant);
        la.push(Noeud { bloc, origine: None });
    }
}

/// The words of an element of a list: what follows « - » at the head of a line. A line of dashes is none.
fn element(ligne: &str) -> Option<&str> {
    let mots = ligne.trim_start_matches(' ').strip_prefix("- ")?.trim_start();
    let filet = mots.chars().all(|c| matches!(c, '-' | ' '));
    (!filet).then_some(mots)
}

/// Whether a line begins with a sign of its own, as people type lists, tables and numbered lines: « + », « * »,
/// « • », « 1. », « a) », « | ».
fn porte_une_marque(ligne: &str) -> bool {
    const DANS_LA_PHRASE: [char; 14] = ['«', '»', '"', '“', '”', '(', ':', ';', '!', '?', '%', '€', '&', '/'];
    let Some((tete, _)) = ligne.split_once([' ', '\u{A0}', '\u{202F}']) else {
        // A rule under a line.
        return ligne.starts_with('|')
            || ligne.chars().count() > 1 && ligne.chars().all(|c| matches!(c, '-' | '=' | '_' | '*'));
    };
    let numero = tete.strip_suffix(['.', ')', '°']).is_some_and(|n| {
        let chiffres = n.len() <= 3 && n.bytes().all(|c| c.is_ascii_digit());
        let lettre = tete.ends_with(')') && n.len() == 1 && n.bytes().all(|c| c.is_ascii_alphabetic());
        !n.is_empty() && (chiffres || lettre)
    });
    let signe = tete.chars().all(|c| !c.is_alphanumeric() && !DANS_LA_PHRASE.contains(&c));
    numero || signe
}

fn rattacher(contenu: &mut [Inline], pointeur: &str) {
    for inline in contenu {
        match inline {
            Inline::Texte { texte } => {
                let texte = std::mem::take(texte);
                *inline = Inline::Valeur { texte, pointeur: Some(pointeur.to_string()), champ: true };
            }
            Inline::Gras { contenu } | Inline::Italique { contenu } | Inline::Exposant { contenu } => {
                rattacher(contenu, pointeur);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Genre, Partie, mots};

    fn partie(texte: &str) -> Partie {
        Partie { genre: Genre::Socle, cle: String::new(), titre: String::new(), blocs: prose(texte, None) }
    }

    /// The words, one block a line, list elements behind « - ».
    fn lu(texte: &str) -> String {
        fn ecrire(noeuds: &[Noeud], marge: usize, sortie: &mut Vec<String>) {
            for noeud in noeuds {
                match &noeud.bloc {
                    Bloc::Paragraphe(p) => sortie.push(mots::inlines(&p.contenu).replace('\n', "↵")),
                    Bloc::Liste(liste) => {
                        for element in &liste.elements {
                            let debut = sortie.len();
                            ecrire(element, marge + 1, sortie);
                            sortie[debut].insert_str(0, &"-".repeat(marge + 1));
                        }
                    }
                    _ => {}
                }
            }
        }
        let mut sortie = Vec::new();
        ecrire(&prose(texte, None), 0, &mut sortie);
        sortie.join("¶")
    }

    #[test]
    fn paragraphs_are_parted_by_empty_lines_and_lines_run_on() {
        assert_eq!(lu("Un\ndeux\n\n\n trois  \nquatre"), "Un deux¶trois↵quatre");
        assert_eq!(lu("    en retrait\n\tou non"), "en retrait ou non");
    }

    #[test]
    fn only_a_dash_opens_a_list() {
        assert_eq!(lu("Texte :\n- a\n- b\nsuite\n\nFin"), "Texte :¶-a¶-b suite¶Fin");
        assert_eq!(lu("- a\n  - b\n  - c\n- d\n\n  e\n\nf"), "-a¶--b¶--c¶-d¶e¶f");
        assert_eq!(lu("+ 3 places\n+ 2 places"), "+ 3 places↵+ 2 places");
        assert_eq!(lu("* a\n* b"), "* a↵* b");
        assert_eq!(lu("1. un\n2) deux\na) trois"), "1. un↵2) deux↵a) trois");
        assert_eq!(lu("-sans espace\n-\n- -\n---"), "-sans espace -↵- -↵---");
        assert_eq!(lu("en\n2027. Ensuite"), "en 2027. Ensuite");
    }

    #[test]
    fn no_other_sign_of_markdown_is_one() {
        for texte in [
            "# Titre",
            "> cité",
            "`code`",
            "```",
            "[x](y) ![z](t) <b>gras</b> &amp; \\* ~~a~~ ^b^ _c_ __d__",
            "https://exemple.invalid/a_b_c",
            "| a | b |",
            "1986. Une année",
            "+",
            "-",
            "***",
            "[a]: b",
        ] {
            assert_eq!(lu(texte), texte);
        }
        assert_eq!(lu("Titre\n---\nTitre\n==="), "Titre↵--- Titre↵===");
        assert_eq!(lu("| a | b |\n|---|---|\n| 1 | 2 |"), "| a | b |↵|---|---|↵| 1 | 2 |");
    }

    #[test]
    fn a_list_of_any_depth_is_read() {
        let texte: String = (0..200).map(|n| format!("{}- x{n}\n", "  ".repeat(n))).collect();
        let mut mots = String::new();
        mots::texte_partie(&partie(&texte), &mut mots);
        assert_eq!(mots.lines().count(), 200);
    }

    /// Words of a text: list dashes at the head of a line and stars apart, which may be marks.
    fn mots_de(texte: &str) -> Vec<String> {
        let lignes = texte.split('\n').map(|l| element(l).unwrap_or(l));
        let plat = lignes.collect::<Vec<_>>().join("\n").replace('*', "");
        plat.split_whitespace().map(String::from).collect()
    }

    #[test]
    fn whatever_is_typed_the_words_are_kept_in_their_order() {
        // A small generator of our own: the same texts at each run.
        let mut graine = 7u64;
        let mut tirer = |n: usize| {
            graine = graine.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(graine >> 33).unwrap_or_default() % n
        };
        let signes = [
            "mot", "a", "3", "é", " ", "  ", "\n", "\n\n", "*", "**", "***", "_", "- ", "-", "+ ", "1. ", "# ", "> ",
            "`", "[", "](", ")", "<b>", "&amp;", "\\", "|", "---", "===", "    ", "~", "^", ":", "«", "»", "(", ".",
            "=", "☑", "\u{A0}",
        ];
        for _ in 0..20_000 {
            let texte: String = (0..tirer(24)).map(|_| signes[tirer(signes.len())]).collect();
            let mut imprime = String::new();
            mots::texte_partie(&partie(&texte), &mut imprime);
            let attendus = mots_de(&texte);
            let imprimes: Vec<String> = imprime.replace('*', "").split_whitespace().map(String::from).collect();
            assert_eq!(imprimes, attendus, "{texte:?}");
        }
    }
}
