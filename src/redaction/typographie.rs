//! French typography on the block tree, once for every format: protected spaces, apostrophes, ordinals.
//!
//! It rewrites the text of inlines in place; it must not know where the text comes from.

use crate::document::{Bloc, Cellule, Document, Inline, Noeud};

const FINE: char = '\u{202F}';
const INSECABLE: char = '\u{00A0}';

/// Applies the typography to every text of a document.
pub fn appliquer(document: &mut Document) {
    for partie in &mut document.parties {
        partie.titre = texte(&partie.titre);
        blocs(&mut partie.blocs);
    }
    document.identite.titre = texte(&document.identite.titre);
}

/// The typography of one text on its own.
pub fn texte(source: &str) -> String {
    let mut contexte = Contexte::default();
    contexte.reecrire(source, None)
}

fn blocs(noeuds: &mut [Noeud]) {
    for noeud in noeuds {
        match &mut noeud.bloc {
            Bloc::Titre(t) => ligne(&mut t.contenu),
            Bloc::Paragraphe(p) => ligne(&mut p.contenu),
            Bloc::Liste(l) => l.elements.iter_mut().for_each(|e| blocs(e)),
            Bloc::Tableau(t) => {
                if let Some(legende) = &mut t.legende {
                    ligne(legende);
                }
                cellules(&mut t.entete);
                t.lignes.iter_mut().for_each(|l| cellules(&mut l.cellules));
            }
            Bloc::Formulaire { lignes } => {
                for l in lignes {
                    ligne(&mut l.terme);
                    blocs(&mut l.blocs);
                }
            }
            Bloc::Signatures { signatures } => {
                for s in signatures {
                    ligne(&mut s.partie);
                    s.qualite.iter_mut().for_each(ligne);
                }
            }
            Bloc::Encadre { titre, blocs: b } => {
                ligne(titre);
                blocs(b);
            }
            Bloc::Image { alternative, .. } => *alternative = texte(alternative),
            Bloc::Images { images, .. } => images.iter_mut().for_each(|(_, a)| *a = texte(a)),
            Bloc::Piece { titre, .. } => *titre = texte(titre),
            Bloc::Sommaire { .. } | Bloc::SautDePage => {}
        }
    }
}

fn cellules(cellules: &mut [Cellule]) {
    cellules.iter_mut().for_each(|c| blocs(&mut c.blocs));
}

/// A run of inlines reads as one text: « n° » in a text protects the number in the value that follows.
fn ligne(contenu: &mut Vec<Inline>) {
    let mut suivants = premiers_caracteres(contenu);
    suivants.reverse();
    let mut contexte = Contexte::default();
    parcourir(contenu, &mut contexte, &mut suivants);
    ordinaux(contenu);
}

/// The first character of each text of the run, in reading order.
fn premiers_caracteres(contenu: &[Inline]) -> Vec<Option<char>> {
    let mut sortie = Vec::new();
    for inline in contenu {
        match inline {
            Inline::Texte { texte }
            | Inline::Valeur { texte, .. }
            | Inline::Lacune { texte, .. }
            | Inline::Renvoi { texte, .. } => {
                sortie.push(texte.chars().next());
            }
            Inline::Gras { contenu }
            | Inline::Italique { contenu }
            | Inline::Exposant { contenu }
            | Inline::Lien { contenu, .. } => sortie.extend(premiers_caracteres(contenu)),
            Inline::RetourLigne => {}
        }
    }
    sortie
}

fn parcourir(contenu: &mut [Inline], contexte: &mut Contexte, suivants: &mut Vec<Option<char>>) {
    for inline in contenu {
        match inline {
            Inline::Texte { texte }
            | Inline::Valeur { texte, .. }
            | Inline::Lacune { texte, .. }
            | Inline::Renvoi { texte, .. } => {
                suivants.pop();
                let suivant = suivants.iter().rev().find_map(|c| *c);
                *texte = contexte.reecrire(texte, suivant);
            }
            Inline::Gras { contenu }
            | Inline::Italique { contenu }
            | Inline::Exposant { contenu }
            | Inline::Lien { contenu, .. } => parcourir(contenu, contexte, suivants),
            Inline::RetourLigne => contexte.precedent = None,
        }
    }
}

/// What has been written so far on the line.
#[derive(Default)]
struct Contexte {
    precedent: Option<char>,
    mot: String,
}

impl Contexte {
    /// Rewrites one text; `suivant` is the first character of what follows it on the line.
    fn reecrire(&mut self, source: &str, suivant: Option<char>) -> String {
        let lettres: Vec<char> = source.chars().collect();
        let mut sortie = String::with_capacity(source.len() + 8);
        for (rang, &c) in lettres.iter().enumerate() {
            let apres = lettres.get(rang + 1).copied().or(suivant);
            match c {
                ';' | '!' | '?' if self.appelle_espace(c, apres) => self.proteger(&mut sortie, FINE),
                ':' if self.appelle_espace(c, apres) => self.proteger(&mut sortie, INSECABLE),
                '»' => self.proteger(&mut sortie, FINE),
                '%' | '€' if self.precedent == Some(' ') => self.proteger(&mut sortie, INSECABLE),
                _ => {}
            }
            match c {
                '\'' => self.pousser(&mut sortie, '\u{2019}'),
                ' ' if self.precedent == Some('«') => self.pousser(&mut sortie, FINE),
                ' ' if self.mot_lie(apres) => self.pousser(&mut sortie, INSECABLE),
                // The mark may stand at the head of the next run: the space is protected from here.
                ' ' if matches!(apres, Some(';' | '!' | '?' | '»')) => self.pousser(&mut sortie, FINE),
                ' ' if matches!(apres, Some(':' | '%' | '€' | '–')) => self.pousser(&mut sortie, INSECABLE),
                c if self.precedent == Some('«') && !c.is_whitespace() => {
                    self.pousser(&mut sortie, FINE);
                    self.pousser(&mut sortie, c);
                }
                c => self.pousser(&mut sortie, c),
            }
        }
        sortie
    }

    fn pousser(&mut self, sortie: &mut String, c: char) {
        sortie.push(c);
        self.precedent = Some(c);
        if c.is_alphanumeric() || matches!(c, '.' | '°') { self.mot.push(c) } else { self.mot.clear() }
    }

    /// A double mark takes a space before it unless it belongs to a time, an address or a code.
    fn appelle_espace(&self, marque: char, apres: Option<char>) -> bool {
        let Some(avant) = self.precedent else { return false };
        if matches!(avant, '(' | '[' | FINE | INSECABLE | '?' | '!') {
            return false;
        }
        match marque {
            ':' => apres.is_none_or(|a| a.is_whitespace()),
            '?' | '!' | ';' => apres.is_none_or(|a| !a.is_alphanumeric() && a != '='),
            _ => true,
        }
    }

    /// Replaces the ordinary space before a mark, or adds the protected one.
    fn proteger(&mut self, sortie: &mut String, espace: char) {
        if self.precedent == Some(' ') {
            sortie.pop();
        }
        if !matches!(self.precedent, Some(FINE | INSECABLE) | None) {
            sortie.push(espace);
            self.precedent = Some(espace);
        }
    }

    /// « n° 12 », « L. 313-11 », « art. 3 », « 12 places »: the space after these never breaks.
    fn mot_lie(&self, apres: Option<char>) -> bool {
        match self.mot.as_str() {
            "n°" | "N°" | "n°s" => true,
            "art." | "p." | "al." => apres.is_some_and(|a| a.is_ascii_digit()),
            "L." | "R." | "D." => apres.is_some_and(|a| a.is_ascii_digit()),
            "M." | "Mme" | "Dr" => apres.is_some_and(char::is_uppercase),
            "Article" | "article" | "Annexe" | "annexe" | "TITRE" | "titre" => {
                apres.is_some_and(|a| a.is_ascii_digit())
            }
            // Digits typed in groups of three (« 12 500 »).
            mot => {
                matches!(mot.len(), 1..=3)
                    && mot.chars().all(|c| c.is_ascii_digit())
                    && apres.is_some_and(|a| a.is_ascii_digit())
            }
        }
    }
}

/// Raises « er » in « 1er » and « e » in « 3e ».
fn ordinaux(contenu: &mut Vec<Inline>) {
    let mut sortie: Vec<Inline> = Vec::with_capacity(contenu.len());
    for inline in contenu.drain(..) {
        match inline {
            Inline::Texte { texte } => sortie
                .extend(couper_ordinaux(&texte).into_iter().map(|(t, haut)| monter(Inline::Texte { texte: t }, haut))),
            Inline::Valeur { texte, pointeur, champ } => {
                sortie.extend(
                    couper_ordinaux(&texte)
                        .into_iter()
                        .map(|(t, haut)| monter(Inline::Valeur { texte: t, pointeur: pointeur.clone(), champ }, haut)),
                );
            }
            Inline::Gras { mut contenu } => {
                ordinaux(&mut contenu);
                sortie.push(Inline::Gras { contenu });
            }
            Inline::Italique { mut contenu } => {
                ordinaux(&mut contenu);
                sortie.push(Inline::Italique { contenu });
            }
            autre => sortie.push(autre),
        }
    }
    *contenu = sortie;
}

fn monter(inline: Inline, haut: bool) -> Inline {
    if haut { Inline::Exposant { contenu: vec![inline] } } else { inline }
}

/// Cuts a text around the endings to raise.
fn couper_ordinaux(texte: &str) -> Vec<(String, bool)> {
    let lettres: Vec<char> = texte.chars().collect();
    let mut morceaux = Vec::new();
    let mut courant = String::new();
    let mut rang = 0;
    while rang < lettres.len() {
        let apres_chiffre = rang > 0 && lettres[rang - 1].is_ascii_digit();
        let fin = if apres_chiffre { ordinal_a(&lettres, rang) } else { 0 };
        if fin > 0 {
            morceaux.push((std::mem::take(&mut courant), false));
            morceaux.push((lettres[rang..rang + fin].iter().collect(), true));
            rang += fin;
        } else {
            courant.push(lettres[rang]);
            rang += 1;
        }
    }
    if !courant.is_empty() || morceaux.is_empty() {
        morceaux.push((courant, false));
    }
    morceaux.retain(|(t, _)| !t.is_empty());
    if morceaux.is_empty() {
        morceaux.push((String::new(), false));
    }
    morceaux
}

/// Length of the ordinal ending at `rang` (« er », « re », « e »), 0 if there is none.
fn ordinal_a(lettres: &[char], rang: usize) -> usize {
    let chiffres: String =
        lettres[..rang].iter().rev().take_while(|c| c.is_alphanumeric()).collect::<String>().chars().rev().collect();
    if chiffres.len() > 3 || !chiffres.chars().all(|c| c.is_ascii_digit()) {
        return 0;
    }
    let fin_de_mot = |n: usize| lettres.get(rang + n).is_none_or(|c| !c.is_alphanumeric() && *c != '.');
    let est = |mot: &str| lettres[rang..].iter().take(mot.len()).copied().eq(mot.chars());
    match chiffres.as_str() {
        "1" if est("er") && fin_de_mot(2) => 2,
        "1" if est("re") && fin_de_mot(2) => 2,
        "1" => 0,
        _ if est("e") && fin_de_mot(1) => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn double_marks_take_their_protected_space_once() {
        assert_eq!(texte("Fin ; suite : oui ?"), "Fin\u{202F}; suite\u{A0}: oui\u{202F}?");
        assert_eq!(texte("Fin; suite: oui?"), "Fin\u{202F}; suite\u{A0}: oui\u{202F}?");
        assert_eq!(texte("« mot »"), "«\u{202F}mot\u{202F}»");
        assert_eq!(texte("«mot»"), "«\u{202F}mot\u{202F}»");
        assert_eq!(texte(&texte("Fin ; « a »")), texte("Fin ; « a »"));
        assert_eq!(texte("90 % atteints"), "90\u{A0}% atteints");
    }

    #[test]
    fn codes_times_and_addresses_are_left_alone() {
        assert_eq!(texte("à 10:30"), "à 10:30");
        assert_eq!(texte("https://ars.sante.fr/?a=b"), "https://ars.sante.fr/?a=b");
    }

    #[test]
    fn numbers_stay_with_their_word() {
        assert_eq!(texte("l'article L. 313-11"), "l\u{2019}article L.\u{A0}313-11");
        assert_eq!(texte("n° 12"), "n°\u{A0}12");
    }

    #[test]
    fn ordinals_are_raised() {
        assert_eq!(
            couper_ordinaux("le 1er janvier"),
            [("le 1".into(), false), ("er".into(), true), (" janvier".into(), false)]
        );
        assert_eq!(couper_ordinaux("2e avis"), [("2".into(), false), ("e".into(), true), (" avis".into(), false)]);
        assert_eq!(couper_ordinaux("A2e"), [("A2e".to_string(), false)]);
    }
}
