//! The fields of an edited Word file → the values that they now hold, or why none is taken.

use super::contenu::{DossierWord, Occurrence};
use super::court;
use super::runs::est_une_invitation;
use crate::document::{ChampModifiable, Document};
use crate::dossier::Ouverture;
use crate::echanges::comparer::chemin;
use crate::echanges::reprise::{Changement, Ecart};
use crate::formats::mots::aplatir;
use crate::saisie;
use crate::schema::forme::{Forme, Nature, forme_du_contrat};
use serde_json::Value;
use std::collections::BTreeSet;

/// The values that changed, and the fields of which none is taken.
pub(super) fn comparer(
    document: &Document,
    imprime: &DossierWord,
    word: &DossierWord,
    ouverture: &Ouverture,
) -> (Vec<Changement>, Vec<Ecart>) {
    let forme = forme_du_contrat();
    let (mut changements, mut ecarts) = (Vec::new(), Vec::new());
    for (pointeur, champ) in &document.champs {
        let Some(avant) = imprime.champs.get(&champ.cle).and_then(|occurrences| occurrences.first()) else { continue };
        let ancienne = ouverture.donnees.pointer(pointeur).cloned().unwrap_or_default();
        let forme = forme.a(pointeur);
        let lecture = Lecture { pointeur, champ, forme: forme.as_deref(), ancienne: &ancienne, avant };
        match lecture.comparer(word.champs.get(&champ.cle).map(Vec::as_slice)) {
            Ok(None) => {}
            Ok(Some(apres)) => {
                let position = ouverture.lecture.positions.de(pointeur);
                let (pointeur, titre) = (pointeur.clone(), champ.titre.clone());
                let place = chemin(&ouverture.donnees, &pointeur);
                changements.push(Changement {
                    numero: 0,
                    pointeur,
                    place,
                    titre,
                    position,
                    avant: ancienne,
                    apres,
                    lieu: None,
                });
            }
            Err(ecart @ Ecart::ChampDouble { .. }) => {
                ecarts.push(ecart);
                continue;
            }
            Err(ecart) => ecarts.push(ecart),
        }
        // The same words twice: the value is read, and the copy is told all the same.
        let exemplaires = word.champs.get(&champ.cle).map(Vec::as_slice).unwrap_or_default();
        if exemplaires.len() > imprime.champs.get(&champ.cle).map_or(0, Vec::len).max(1) {
            let textes = exemplaires.iter().map(|o| o.mots.clone()).collect();
            ecarts.push(Ecart::ChampDouble { pointeur: pointeur.clone(), titre: champ.titre.clone(), textes });
        }
    }
    (changements, ecarts)
}

/// A field, as it was printed.
struct Lecture<'l> {
    pointeur: &'l str,
    champ: &'l ChampModifiable,
    forme: Option<&'l Forme>,
    /// The value of the contract.
    ancienne: &'l Value,
    avant: &'l Occurrence,
}

impl Lecture<'_> {
    /// The value that the file gives to the field, when it is another; or why none is taken.
    fn comparer(&self, occurrences: Option<&[Occurrence]>) -> Result<Option<Value>, Ecart> {
        let (pointeur, titre) = (self.pointeur.to_owned(), self.champ.titre.clone());
        let Some(occurrences) = occurrences else { return Err(Ecart::ChampAbsent { pointeur, titre }) };
        let vide = |o: &&Occurrence| o.vide || o.mots.is_empty() || est_une_invitation(&o.mots);
        let [premier, autres @ ..] = occurrences else { return Err(Ecart::ChampVide { pointeur, titre }) };
        if autres.iter().any(|autre| !self.memes(autre, premier) || vide(&autre) != vide(&premier)) {
            let textes = occurrences.iter().map(|o| o.mots.clone()).collect();
            return Err(Ecart::ChampDouble { pointeur, titre, textes });
        }
        if vide(&premier) {
            return Err(Ecart::ChampVide { pointeur, titre });
        }
        let refuser = |motif: String| Ecart::ValeurRefusee {
            pointeur: self.pointeur.to_owned(),
            titre: self.champ.titre.clone(),
            texte: premier.mots.clone(),
            motif,
            lieu: None,
        };
        let reserves: BTreeSet<&String> = occurrences.iter().flat_map(|o| &o.reserves).collect();
        if !reserves.is_empty() {
            let reserves: Vec<String> = reserves.into_iter().cloned().collect();
            return Err(refuser(format!("le champ contient {}", crate::formats::enumerer(&reserves))));
        }
        if self.memes(self.avant, premier) {
            return Ok(None);
        }
        let laisse = |texte: &str| texte.contains("[à compléter");
        if laisse(&premier.mots) && !self.ancienne.as_str().is_some_and(laisse) {
            // An older printing of a value that the contract has since: nobody wrote there.
            return match seul_entre_crochets(&premier.mots) {
                true => Ok(None),
                false => Err(refuser("« [à compléter…] » est resté à côté de ce qui est écrit : retirez-le".into())),
            };
        }
        let Some(forme) = self.forme else { return Err(refuser("cpom ne sait pas lire ce champ".into())) };
        let mots = match forme.nature {
            Nature::Texte => {
                court::valeur(&premier.nu, self.ancienne.as_str().unwrap_or_default()).map_err(&refuser)?
            }
            _ => self.texte(premier).to_owned(),
        };
        let apres = saisie::lire(forme, &mots).map_err(refuser)?;
        Ok((apres != *self.ancienne).then_some(apres))
    }

    /// Bold and italics are words of a long text, and the look of the page elsewhere; also where the page puts a whole text in
    /// bold that has none.
    fn texte<'o>(&self, occurrence: &'o Occurrence) -> &'o str {
        if self.forme.is_some_and(|forme| forme.nature != Nature::Prose) {
            // The mark of a list around a short value is the look of the page too.
            return &occurrence.nu;
        }
        let de_la_page =
            self.avant.mots != self.avant.prose && !self.ancienne.as_str().is_some_and(|a| a.contains('*'));
        if de_la_page { &occurrence.mots } else { &occurrence.prose }
    }

    /// The same words on the same lines.
    fn memes(&self, a: &Occurrence, b: &Occurrence) -> bool {
        let lignes = |o: &'_ Occurrence| -> Vec<String> {
            self.texte(o).lines().map(aplatir).filter(|ligne| !ligne.is_empty()).collect()
        };
        self.texte(a) == self.texte(b) || lignes(a) == lignes(b)
    }
}

/// Whether a text is one gap and nothing else.
fn seul_entre_crochets(texte: &str) -> bool {
    let dedans = texte.trim().strip_prefix('[').and_then(|t| t.strip_suffix(']'));
    dedans.is_some_and(|t| !t.contains(['[', ']']))
}
