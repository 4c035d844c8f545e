//! The gaps of a written document, once each: what a draft lists and what refuses a definitive contract.

use crate::document::{Bloc, Cellule, Document, Inline, Noeud, Origine};
use std::collections::BTreeSet;

/// A gap as the document shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LacuneImprimee {
    /// « [à compléter : date de début] ».
    pub texte: String,
    /// JSON pointer of the missing value, when one value would fill it.
    pub pointeur: Option<String>,
    /// The clause that asks for it.
    pub origine: Option<Origine>,
    /// Title of the part where it stands first.
    pub partie: String,
}

/// All gaps, in reading order; the same value asked for twice counts once.
pub fn relever(document: &Document) -> Vec<LacuneImprimee> {
    let mut releve = Releve { vues: BTreeSet::new(), lacunes: Vec::new(), partie: String::new() };
    for partie in &document.parties {
        releve.partie.clone_from(&partie.titre);
        releve.blocs(&partie.blocs);
    }
    releve.lacunes
}

struct Releve {
    vues: BTreeSet<String>,
    lacunes: Vec<LacuneImprimee>,
    partie: String,
}

impl Releve {
    fn blocs(&mut self, noeuds: &[Noeud]) {
        for noeud in noeuds {
            let ou = noeud.origine.as_ref();
            match &noeud.bloc {
                Bloc::Titre(t) => self.inlines(&t.contenu, ou),
                Bloc::Paragraphe(p) => self.inlines(&p.contenu, ou),
                Bloc::Liste(l) => l.elements.iter().for_each(|e| self.blocs(e)),
                Bloc::Tableau(t) => {
                    t.legende.iter().for_each(|l| self.inlines(l, ou));
                    self.cellules(&t.entete);
                    t.lignes.iter().for_each(|l| self.cellules(&l.cellules));
                }
                Bloc::Formulaire { lignes } => lignes.iter().for_each(|l| {
                    self.inlines(&l.terme, ou);
                    self.blocs(&l.blocs);
                }),
                Bloc::Signatures { signatures } => signatures.iter().for_each(|s| {
                    self.inlines(&s.partie, ou);
                    s.qualite.iter().for_each(|q| self.inlines(q, ou));
                }),
                Bloc::Encadre { titre, blocs } => {
                    self.inlines(titre, ou);
                    self.blocs(blocs);
                }
                Bloc::Image { .. }
                | Bloc::Images { .. }
                | Bloc::Piece { .. }
                | Bloc::Sommaire { .. }
                | Bloc::SautDePage => {}
            }
        }
    }

    fn cellules(&mut self, cellules: &[Cellule]) {
        cellules.iter().for_each(|c| self.blocs(&c.blocs));
    }

    fn inlines(&mut self, contenu: &[Inline], origine: Option<&Origine>) {
        for inline in contenu {
            match inline {
                Inline::Lacune { texte, pointeur } => {
                    if self.vues.insert(pointeur.clone().unwrap_or_else(|| texte.clone())) {
                        self.lacunes.push(LacuneImprimee {
                            texte: texte.clone(),
                            pointeur: pointeur.clone(),
                            origine: origine.cloned(),
                            partie: self.partie.clone(),
                        });
                    }
                }
                Inline::Gras { contenu }
                | Inline::Italique { contenu }
                | Inline::Exposant { contenu }
                | Inline::Lien { contenu, .. } => self.inlines(contenu, origine),
                Inline::Texte { .. } | Inline::Valeur { .. } | Inline::Renvoi { .. } | Inline::RetourLigne => {}
            }
        }
    }
}
