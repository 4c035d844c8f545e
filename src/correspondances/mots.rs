//! The words of a table → what two writings of the same words share.

use crate::formats::mots::aplatir;
use crate::formats::sans_accents;
use unicode_normalization::UnicodeNormalization;

/// Capitals, accents, spaces, typographic marks and a final « (en €) » are no difference.
pub(super) fn cle(texte: &str) -> String {
    let texte: String = texte.nfkc().collect();
    let plat = sans_accents(&aplatir(&texte));
    let sans_unite = ["(en €)", "(€)", "(en euros)", "en €", ":"];
    let mut reste = plat.trim();
    while let Some(court) = sans_unite.iter().find_map(|fin| reste.strip_suffix(fin)) {
        reste = court.trim_end();
    }
    reste.to_owned()
}

/// Whether a name follows one of the patterns: `*` is any words, `|` parts patterns.
pub(super) fn suit(motifs: &str, nom: &str) -> bool {
    motifs.split('|').any(|motif| suit_un(&cle(motif), &cle(nom)))
}

fn suit_un(motif: &str, nom: &str) -> bool {
    let morceaux: Vec<&str> = motif.split('*').map(str::trim).collect();
    let [premier, suite @ ..] = morceaux.as_slice() else { return false };
    let Some(mut reste) = nom.strip_prefix(premier) else { return false };
    let Some((dernier, milieu)) = suite.split_last() else { return reste.is_empty() };
    for morceau in milieu {
        let Some(place) = reste.find(morceau) else { return false };
        reste = &reste[place + morceau.len()..];
    }
    reste.ends_with(dernier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_are_the_same_whatever_their_writing() {
        for autre in ["DÉPENSES  Groupe\u{A0}I (en €)", "dépenses groupe I :", "De\u{301}penses Groupe I"] {
            assert_eq!(cle(autre), "depenses groupe i");
        }
        assert_eq!(cle("Taux d’occupation"), cle("Taux d'occupation"));
        assert_ne!(cle("Groupe I"), cle("Groupe II"));
    }

    #[test]
    fn sheets_are_found_by_a_pattern() {
        assert!(suit("CRP SOUMIS*|CRP NON SOUMIS*", "CRP non soumis équilibre"));
        assert!(suit("*charges*", "Charges expl.") && suit("*", "n'importe") && suit("CRA", "cra"));
        assert!(!suit("CRP SOUMIS*", "Lisez-moi CRP soumis") && !suit("CRA", "CRA 2"));
    }
}
