//! Two texts of one file → what of it changed, between what stays at its beginning and at its end; and the way back.

use crate::lecture::Fichier;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What changed of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Troncon {
    pub fichier: String,
    /// The byte of its text where the change begins.
    pub debut: usize,
    pub avant: String,
    pub apres: String,
    /// Of the whole file, before and after.
    pub empreinte_avant: String,
    pub empreinte_apres: String,
}

impl Troncon {
    /// What changed from one state of the files to the next; nothing of those that did not.
    pub fn entre(avant: &[Fichier], apres: &[Fichier]) -> Vec<Troncon> {
        let paires = avant.iter().zip(apres).filter(|(a, b)| a.octets != b.octets);
        paires.filter_map(|(a, b)| Troncon::de(a, b)).collect()
    }

    fn de(avant: &Fichier, apres: &Fichier) -> Option<Troncon> {
        let (a, b) = (avant.texte()?, apres.texte()?);
        let mut debut = a.bytes().zip(b.bytes()).take_while(|(x, y)| x == y).count();
        while !a.is_char_boundary(debut) || !b.is_char_boundary(debut) {
            debut -= 1;
        }
        let (a_reste, b_reste) = (&a[debut..], &b[debut..]);
        let mut fin = a_reste.bytes().rev().zip(b_reste.bytes().rev()).take_while(|(x, y)| x == y).count();
        while !a_reste.is_char_boundary(a_reste.len() - fin) || !b_reste.is_char_boundary(b_reste.len() - fin) {
            fin -= 1;
        }
        Some(Troncon {
            fichier: nom(avant),
            debut,
            avant: a_reste[..a_reste.len() - fin].to_owned(),
            apres: b_reste[..b_reste.len() - fin].to_owned(),
            empreinte_avant: empreinte(&avant.octets),
            empreinte_apres: empreinte(&apres.octets),
        })
    }

    /// Whether the file is what it was before.
    pub fn est_avant(&self, fichiers: &[Fichier]) -> bool {
        self.du_fichier(fichiers).is_some_and(|f| empreinte(&f.octets) == self.empreinte_avant)
    }

    /// Whether the file is what it was after.
    pub fn est_apres(&self, fichiers: &[Fichier]) -> bool {
        self.du_fichier(fichiers).is_some_and(|f| empreinte(&f.octets) == self.empreinte_apres)
    }

    /// Gives the file the bytes that it had before; whether they are those.
    pub fn defaire(&self, fichiers: &mut [Fichier]) -> bool {
        if !self.est_apres(fichiers) {
            return false;
        }
        let Some(fichier) = fichiers.iter_mut().find(|f| nom(f) == self.fichier) else { return false };
        let Some(mut texte) = fichier.texte() else { return false };
        let fin = self.debut + self.apres.len();
        if texte.get(self.debut..fin) != Some(self.apres.as_str()) {
            return false;
        }
        texte.replace_range(self.debut..fin, &self.avant);
        let octets = fichier.recoder(&texte);
        let memes = empreinte(&octets) == self.empreinte_avant;
        if memes {
            fichier.octets = octets;
        }
        memes
    }

    fn du_fichier<'f>(&self, fichiers: &'f [Fichier]) -> Option<&'f Fichier> {
        fichiers.iter().find(|f| nom(f) == self.fichier)
    }
}

/// The name of a file in its folder: the folder itself may be renamed.
fn nom(fichier: &Fichier) -> String {
    fichier.nom.rsplit(['/', '\\']).next().unwrap_or_default().to_owned()
}

fn empreinte(octets: &[u8]) -> String {
    Sha256::digest(octets).iter().take(16).map(|octet| format!("{octet:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fichier(texte: &str) -> Vec<Fichier> {
        vec![Fichier { nom: "dossier/c.json".into(), octets: texte.into() }]
    }

    proptest! {
        #[test]
        fn what_changed_can_be_undone_to_the_byte(a in "[aéà€𝄞]{0,12}", b in "[aéà€𝄞]{0,12}") {
            let (avant, apres) = (fichier(&a), fichier(&b));
            let mut ici = apres.clone();
            for troncon in Troncon::entre(&avant, &apres) {
                prop_assert!(troncon.est_apres(&ici));
                prop_assert!(troncon.defaire(&mut ici));
            }
            prop_assert_eq!(ici, avant);
        }
    }

    #[test]
    fn another_text_is_left_alone() {
        let troncon = Troncon::entre(&fichier("abc"), &fichier("aXc")).remove(0);
        assert_eq!((troncon.debut, troncon.avant.as_str(), troncon.apres.as_str()), (1, "b", "X"));
        let mut autre = fichier("aXc ");
        assert!(!troncon.defaire(&mut autre));
        assert_eq!(autre, fichier("aXc "));
    }
}
