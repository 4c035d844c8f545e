//! The bookmarks and controls that are open at a place of the text → the field whose words are there.

use std::collections::BTreeMap;

/// Whether a name is that of a field of ours.
pub(super) fn est_cle(nom: &str) -> bool {
    nom.len() == 17 && nom.starts_with('c') && nom[1..].bytes().all(|b| b.is_ascii_hexdigit())
}

/// The bookmarks of fields that are open, by the order in which they were opened. LibreOffice keeps bookmarks, and begins one of
/// several paragraphs twice.
#[derive(Debug, Default)]
pub(super) struct Signets {
    prochain: usize,
    cles: BTreeMap<String, String>,
    rangs: BTreeMap<String, usize>,
    ouverts: BTreeMap<usize, String>,
}

impl Signets {
    pub fn ouvrir(&mut self, id: &str, cle: &str) {
        self.cles.insert(id.to_owned(), cle.to_owned());
        if !self.rangs.contains_key(cle) {
            self.prochain += 1;
            self.rangs.insert(cle.to_owned(), self.prochain);
            self.ouverts.insert(self.prochain, cle.to_owned());
        }
    }

    pub fn fermer(&mut self, id: &str) {
        if let Some(rang) = self.cles.remove(id).and_then(|cle| self.rangs.remove(&cle)) {
            self.ouverts.remove(&rang);
        }
    }

    /// The field of the bookmark opened last.
    pub fn dernier(&self) -> Option<&str> {
        self.ouverts.values().next_back().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bookmark_opened_last_has_the_words() {
        let mut signets = Signets::default();
        signets.ouvrir("9", "a");
        signets.ouvrir("1", "b");
        signets.ouvrir("2", "b");
        assert_eq!(signets.dernier(), Some("b"));
        signets.fermer("2");
        assert_eq!(signets.dernier(), Some("a"));
        signets.fermer("1");
        signets.fermer("9");
        assert_eq!(signets.dernier(), None);
    }
}
