//! The table of contents: a Word field already filled with the headings of the tree.
//!
//! Page numbers are Word's: it asks to compute them on opening (`w:updateFields`, see `paquet`).

use docx_rs::{FieldCharType, Hyperlink, HyperlinkType, InstrText, Paragraph, Run, StructuredDataTag};

use crate::document::{Titre, mots};

use super::complements::MARQUE_SOMMAIRE;
use super::imprimeur::{Imprimeur, Piece};
use super::inlines::texte;

impl Imprimeur<'_> {
    pub(super) fn sommaire(&mut self, profondeur: u8) -> Piece {
        let profondeur = profondeur.clamp(1, 5);
        self.corps.sommaire = true;
        let instruction = format!(r#" TOC \o "1-{profondeur}" \h \z "#);
        let mut paragraphes: Vec<Paragraph> = Vec::new();
        for (rang, titre) in self.titres.iter().enumerate() {
            let niveau = titre.niveau.clamp(1, 5);
            if titre.au_sommaire && niveau <= profondeur {
                let style = format!("TOC{niveau}");
                let mut paragraphe = Paragraph::new().style(&style);
                if paragraphes.is_empty() {
                    paragraphe = ouvrir_champ(paragraphe, &instruction);
                }
                paragraphes.push(paragraphe.add_hyperlink(entree(titre, rang)));
            }
        }
        let dernier = match paragraphes.pop() {
            Some(dernier) => dernier,
            None => ouvrir_champ(Paragraph::new().style("TOC1"), &instruction),
        };
        paragraphes.push(dernier.add_run(Run::new().add_field_char(FieldCharType::End, false)));
        let bloc = StructuredDataTag::new().alias(MARQUE_SOMMAIRE);
        Piece::Controle(Box::new(paragraphes.into_iter().fold(bloc, StructuredDataTag::add_paragraph)))
    }
}

fn ouvrir_champ(paragraphe: Paragraph, instruction: &str) -> Paragraph {
    paragraphe
        .add_run(Run::new().add_field_char(FieldCharType::Begin, false))
        .add_run(Run::new().add_instr_text(InstrText::Unsupported(instruction.to_owned())))
        .add_run(Run::new().add_field_char(FieldCharType::Separate, false))
}

/// Name of the bookmark of the nth heading.
pub(super) fn repere(rang: usize) -> String {
    format!("_Toc{:08}", rang + 1)
}

fn entree(titre: &Titre, rang: usize) -> Hyperlink {
    let numero = titre.numero.as_ref().map(mots::numero).unwrap_or_default();
    let libelle = format!("{numero}{}", mots::inlines(&titre.contenu));
    let signet = repere(rang);
    Hyperlink::new(&signet, HyperlinkType::Anchor)
        .add_run(texte(&libelle))
        .add_run(Run::new().add_tab())
        .add_run(Run::new().add_field_char(FieldCharType::Begin, false))
        .add_run(Run::new().add_instr_text(InstrText::Unsupported(format!(r" PAGEREF {signet} \h "))))
        .add_run(Run::new().add_field_char(FieldCharType::Separate, false))
        .add_run(Run::new().add_field_char(FieldCharType::End, false))
}
