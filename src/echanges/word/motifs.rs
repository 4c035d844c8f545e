//! The words of a cell and the values that it prints → its pattern; the words of another cell of its column → their values.

use super::signets::est_cle;
use crate::formats::mots::plat;
use std::collections::BTreeSet;

/// A place of a pattern that holds a value: the paths in the element that it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Valeur(BTreeSet<String>);

impl Valeur {
    /// The path, when it is known.
    pub fn chemin(&self) -> Option<&str> {
        match self.0.len() {
            1 => self.0.first().map(String::as_str),
            _ => None,
        }
    }
}

/// A piece of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// Words that all cells of this pattern have.
    Mots(String),
    Valeur(Valeur),
    /// The end of a line.
    Ligne,
}

/// How a cell is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Motif(Vec<Piece>);

/// Marks that stand around a value without being of it.
const AUTOUR: &[char] = &[':', ';', ',', '(', ')', '→', '%', '€'];

/// The keys of the fields of a cell, in their order.
pub(super) fn cles(gabarit: &str) -> Vec<String> {
    morceaux(gabarit).into_iter().filter(|(cle, _)| *cle).map(|(_, texte)| texte.to_owned()).collect()
}

/// Keys of fields, and the words between.
fn morceaux(gabarit: &str) -> Vec<(bool, &str)> {
    let mut sortie = Vec::new();
    let mut reste = gabarit;
    let mut mots_depuis = 0;
    while let Some(place) = reste[mots_depuis..].find('‹').map(|place| place + mots_depuis) {
        let suite = &reste[place + '‹'.len_utf8()..];
        match suite.split_once('›').filter(|(cle, _)| est_cle(cle)) {
            Some((cle, apres)) => {
                sortie.push((false, &reste[..place]));
                sortie.push((true, cle));
                (reste, mots_depuis) = (apres, 0);
            }
            None => mots_depuis = place + '‹'.len_utf8(),
        }
    }
    sortie.push((false, reste));
    sortie.retain(|(_, texte)| !texte.is_empty());
    sortie
}

impl Motif {
    /// The pattern of a cell: `champ` gives the path of a field in the element of the row (none when it is of another), `expliquer` the
    /// paths of the values that print as some words. Nothing when the cell has a field of another element.
    pub fn de(
        gabarit: &str,
        champ: &dyn Fn(&str) -> Option<Option<String>>,
        expliquer: &dyn Fn(&str) -> BTreeSet<String>,
    ) -> Option<Self> {
        let mut pieces = Vec::new();
        for (cle, texte) in morceaux(gabarit) {
            if cle {
                // A field that nothing tells is words of the page.
                let chemin = champ(texte)??;
                pieces.push(Piece::Valeur(Valeur([chemin].into())));
                continue;
            }
            for (rang, ligne) in texte.split('\n').enumerate() {
                if rang > 0 {
                    pieces.push(Piece::Ligne);
                }
                let (coeur, trouves) = coeur(ligne, expliquer);
                let (avant, apres) = match ligne.rfind(coeur).filter(|_| !trouves.is_empty()) {
                    Some(place) => (&ligne[..place], &ligne[place + coeur.len()..]),
                    None => (ligne, ""),
                };
                let mots = |mots: &str| (!mots.trim().is_empty()).then(|| Piece::Mots(mots.trim().to_owned()));
                pieces.extend(mots(avant));
                if !trouves.is_empty() {
                    pieces.push(Piece::Valeur(Valeur(trouves)));
                }
                pieces.extend(mots(apres));
            }
        }
        Some(Motif(pieces))
    }

    /// Takes what another cell of the same writing tells; says whether it was of the same.
    pub fn rejoindre(&mut self, autre: &Motif) -> bool {
        let commune = |(a, b): (&Piece, &Piece)| match (a, b) {
            (Piece::Valeur(Valeur(a)), Piece::Valeur(Valeur(b))) => {
                let commun: BTreeSet<String> = a.intersection(b).cloned().collect();
                (!commun.is_empty()).then_some(Piece::Valeur(Valeur(commun)))
            }
            (a, b) => (a == b).then(|| a.clone()),
        };
        let pieces: Option<Vec<Piece>> = self.0.iter().zip(&autre.0).map(commune).collect();
        match pieces.filter(|_| self.0.len() == autre.0.len()) {
            Some(pieces) => {
                self.0 = pieces;
                true
            }
            None => false,
        }
    }

    /// Chooses, of the values that print alike, the only one that the heading of the column names.
    pub fn trancher(&mut self, nomme: &dyn Fn(&str) -> bool) {
        for piece in &mut self.0 {
            let Piece::Valeur(Valeur(chemins)) = piece else { continue };
            if chemins.len() > 1 {
                let nommes: BTreeSet<String> = chemins.iter().filter(|chemin| nomme(chemin)).cloned().collect();
                if nommes.len() == 1 {
                    *chemins = nommes;
                }
            }
        }
    }

    pub fn dit_quelque_chose(&self) -> bool {
        self.0.iter().any(|piece| matches!(piece, Piece::Valeur(_)))
    }

    /// The words of each value of a cell, when the cell is written so, or leaves out some of its lines: those that words of their own
    /// announce, and the last ones.
    pub fn apparier<'t>(&self, texte: &'t str) -> Option<Appariement<'_, 't>> {
        let lignes: Vec<&[Piece]> = self.0.split(|piece| *piece == Piece::Ligne).collect();
        let textes: Vec<&str> = match lignes.as_slice() {
            // One value alone holds all the lines of a long text.
            [_] => vec![texte],
            _ => texte.lines().collect(),
        };
        let mut sortie = Appariement { entier: lignes.len() == textes.len(), lettres: 0, valeurs: Vec::new() };
        let mut restent = lignes.into_iter();
        for texte in textes {
            loop {
                let pieces = restent.next()?;
                if let Some(valeurs) = une_ligne(pieces, texte) {
                    sortie.lettres += 1 + pieces.iter().map(lettres).sum::<usize>();
                    sortie.valeurs.extend(valeurs);
                    break;
                }
                if !pieces.iter().any(|piece| matches!(piece, Piece::Mots(_))) {
                    return None;
                }
            }
        }
        (!sortie.valeurs.is_empty()).then_some(sortie)
    }
}

/// A cell and the values of a pattern; the best is the one that leaves nothing out, then the one that has most words of its own.
pub(super) struct Appariement<'m, 't> {
    /// Whether the cell has as many lines as the pattern.
    pub entier: bool,
    /// How many letters of its own the pattern has in these lines.
    pub lettres: usize,
    pub valeurs: Vec<(&'m Valeur, &'t str)>,
}

fn lettres(piece: &Piece) -> usize {
    match piece {
        Piece::Mots(mots) => 1 + mots.chars().count(),
        Piece::Ligne | Piece::Valeur(_) => 0,
    }
}

/// The words of a line that print a value, and the values that print so: all of them, else those at its end, « haute » of
/// « priorité haute ».
fn coeur<'l>(ligne: &'l str, expliquer: &dyn Fn(&str) -> BTreeSet<String>) -> (&'l str, BTreeSet<String>) {
    const MOTS_MAX: usize = 8;
    const COURT: usize = 4;
    let coeur = ligne.trim().trim_matches(AUTOUR).trim();
    if coeur.is_empty() {
        return (coeur, BTreeSet::new());
    }
    let debuts = std::iter::once(0).chain(coeur.match_indices(' ').map(|(place, _)| place + 1)).take(MOTS_MAX);
    let fins = debuts.map(|debut| &coeur[debut..]).filter(|fin| *fin == coeur || fin.chars().count() >= COURT);
    let mut trouves = fins.map(|fin| (fin, expliquer(fin))).filter(|(_, chemins)| !chemins.is_empty());
    trouves.next().unwrap_or((coeur, BTreeSet::new()))
}

fn une_ligne<'m, 't>(pieces: &'m [Piece], texte: &'t str) -> Option<Vec<(&'m Valeur, &'t str)>> {
    let mut sortie = Vec::new();
    let mut reste = texte.trim();
    let mut en_attente: Option<&Valeur> = None;
    for (rang, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Ligne => {}
            // Two values that nothing parts cannot be told apart.
            Piece::Valeur(_) if en_attente.is_some() => return None,
            Piece::Valeur(valeur) => en_attente = Some(valeur),
            Piece::Mots(mots) => match (trouver(reste, mots), en_attente) {
                (Some((0, longueur)), None) => reste = reste[longueur..].trim_start(),
                (Some((place, longueur)), Some(valeur)) => {
                    sortie.push((valeur, reste[..place].trim()));
                    en_attente = None;
                    reste = reste[place + longueur..].trim_start();
                }
                // A unit at the end may be left out.
                (None, Some(_)) if rang + 1 == pieces.len() && mots.chars().all(|c| AUTOUR.contains(&c)) => {}
                _ => return None,
            },
        }
    }
    match en_attente {
        Some(valeur) => sortie.push((valeur, reste)),
        None if !reste.is_empty() => return None,
        None => {}
    }
    sortie.iter().all(|(_, mots)| !mots.is_empty()).then_some(sortie)
}

/// Where words stand in a text, and how long they are there, whatever their typography.
fn trouver(texte: &str, mots: &str) -> Option<(usize, usize)> {
    let voulu = plat(mots);
    let debuts = texte.char_indices().map(|(place, _)| place);
    debuts.filter(|debut| !texte[*debut..].starts_with(char::is_whitespace)).find_map(|debut| {
        let suite = &texte[debut..];
        let longueur = suite.char_indices().nth(mots.chars().count()).map_or(suite.len(), |(place, _)| place);
        (plat(&suite[..longueur]) == voulu).then_some((debut, longueur))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn motif(gabarit: &str) -> Motif {
        let champ = |cle: &str| Some(Some(format!("champ-{}", &cle[16..])));
        let expliquer = |mots: &str| match mots {
            "Internat" => BTreeSet::from(["modalite".to_owned()]),
            "deux" => BTreeSet::from(["a".to_owned(), "b".to_owned()]),
            _ => BTreeSet::new(),
        };
        Motif::de(gabarit, &champ, &expliquer).expect("a pattern")
    }

    fn lire(motif: &Motif, texte: &str) -> Option<String> {
        let dits = motif.apparier(texte)?.valeurs;
        let dire = |(valeur, mots): (&Valeur, &str)| format!("{}={mots}", valeur.chemin().unwrap_or("?"));
        Some(dits.into_iter().map(dire).collect::<Vec<_>>().join("|"))
    }

    const CLE: &str = "‹c0123456789abcde1›";

    #[test]
    fn a_cell_is_read_as_the_others_of_its_column_are_written() {
        let capacite = motif(&format!("Internat : {CLE}\ndont {} places", CLE.replace('1', "2")));
        assert_eq!(capacite, motif(&format!("Internat : {CLE}\ndont {} places", CLE.replace('1', "2"))));
        for (gabarit, texte, attendu) in [
            (CLE.to_owned(), "IME Les Mimosas", Some("champ-1=IME Les Mimosas")),
            (format!("{CLE} %"), "12,5 %", Some("champ-1=12,5")),
            (format!("{CLE} %"), "12,5", Some("champ-1=12,5")),
            (format!("Internat : {CLE}"), "Accueil de jour\u{A0}: 12", Some("modalite=Accueil de jour|champ-1=12")),
            (format!("Internat : {CLE}"), "douze", None),
            (format!("{CLE}\nInternat"), "A\nB", Some("champ-1=A|modalite=B")),
            // The last lines may be left out, and those that have words of their own.
            (format!("{CLE}\nInternat"), "A", Some("champ-1=A")),
            (format!("Dès {CLE}\nUnité : {CLE}\nSens : {CLE}"), "Unité : journées", Some("champ-1=journées")),
            ("priorité Internat".to_owned(), "priorité haute", Some("modalite=haute")),
            (format!("{CLE}\nInternat"), "A\nB\nC", None),
            (format!("Dès {CLE}"), "dès 2027", Some("champ-1=2027")),
            (CLE.to_owned(), "un\ndeux", Some("champ-1=un\ndeux")),
            ("deux".to_owned(), "x", Some("?=x")),
        ] {
            assert_eq!(lire(&motif(&gabarit), texte).as_deref(), attendu, "{gabarit} / {texte}");
        }
    }

    #[test]
    fn cells_written_alike_tell_together_what_they_hold() {
        let mut un = motif("deux");
        un.trancher(&|chemin| chemin == "b");
        assert_eq!(lire(&un, "x").as_deref(), Some("b=x"));
        assert!(!un.clone().rejoindre(&motif("Internat")));
        assert!(un.rejoindre(&motif("deux")));
        assert_eq!(cles(&format!("a {CLE} ‹b› {CLE}")).len(), 2);
    }
}
