//! The gaps of a written document, once each: what a draft lists and what refuses a definitive contract.

use crate::document::{Bloc, Cellule, Document, Inline, Noeud, Origine, Titre, mots};
use std::collections::BTreeSet;

/// A gap of the document, as data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LacuneImprimee {
    /// « date de début ».
    pub libelle: String,
    /// JSON pointer of the missing value, or of the list where something is to be added.
    pub pointeur: String,
    /// What is to be added to that list.
    pub ajouter: Option<String>,
    /// The clause that asks for it.
    pub origine: Option<Origine>,
    /// The article, annex or fiche where it stands first.
    pub partie: String,
}

/// All gaps, in reading order; the same value asked for twice counts once.
pub fn relever(document: &Document) -> Vec<LacuneImprimee> {
    let mut releve = Releve { vues: BTreeSet::new(), lacunes: Vec::new(), partie: String::new(), ecrites: Vec::new() };
    for partie in &document.parties {
        releve.partie = sans_crochets(&partie.titre);
        for noeud in &partie.blocs {
            if let Bloc::Titre(titre) = &noeud.bloc
                && titre.au_sommaire
            {
                releve.partie = intitule(titre);
            }
            releve.blocs(std::slice::from_ref(noeud), None);
        }
    }
    releve.en_toutes_lettres();
    releve.lacunes
}

/// « Article 5 – Litiges »; the number alone when the title is itself a gap.
fn intitule(titre: &Titre) -> String {
    let numero = titre.numero.as_ref().map(mots::numero).unwrap_or_default();
    let manque = titre.contenu.iter().any(|i| matches!(i, Inline::Lacune { .. }));
    match manque && !numero.is_empty() {
        true => numero.trim_end_matches([' ', '\u{A0}', '–']).to_string(),
        false => sans_crochets(&(numero + &mots::inlines(&titre.contenu))),
    }
}

/// A title that is a gap says so in words: « [à compléter : nom] » is « « nom » à compléter ».
fn sans_crochets(titre: &str) -> String {
    let mut sortie = String::new();
    let mut reste = titre;
    while let Some((avant, suite)) = reste.split_once("[à compléter") {
        let (quoi, apres) = suite.split_once(']').unwrap_or((suite, ""));
        let quoi = quoi.trim_start_matches([' ', '\u{A0}', '\u{202F}', ':']);
        sortie += &format!("{avant}« {quoi} » à compléter");
        reste = apres;
    }
    sortie + reste
}

/// Words as they were before their spaces and apostrophes were set.
fn sans_typographie(texte: &str) -> String {
    texte.replace(['\u{A0}', '\u{202F}'], " ").replace('’', "'")
}

struct Releve {
    /// A place is asked for once, unless several things are to be added there.
    vues: BTreeSet<(String, Option<String>)>,
    lacunes: Vec<LacuneImprimee>,
    partie: String,
    /// The words of gaps that a clause has put together with others: what asks, its part and its clause.
    ecrites: Vec<(String, String, Option<Origine>)>,
}

impl Releve {
    /// A gap lost among the words of a clause is one all the same: nothing says where, but no contract is signed with it.
    fn en_toutes_lettres(&mut self) {
        // One that has a place refuses the contract already, and says where.
        if self.lacunes.is_empty() {
            let ecrites = std::mem::take(&mut self.ecrites).into_iter();
            self.lacunes.extend(ecrites.map(|(libelle, partie, origine)| LacuneImprimee {
                libelle,
                pointeur: String::new(),
                ajouter: None,
                origine,
                partie,
            }));
        }
    }

    /// `contenant` is the clause of what holds these blocks: a cell or a line of a form has none of its own.
    fn blocs(&mut self, noeuds: &[Noeud], contenant: Option<&Origine>) {
        for noeud in noeuds {
            let ou = noeud.origine.as_ref().or(contenant);
            match &noeud.bloc {
                Bloc::Titre(t) => self.inlines(&t.contenu, ou),
                Bloc::Paragraphe(p) => self.inlines(&p.contenu, ou),
                Bloc::Liste(l) => l.elements.iter().for_each(|e| self.blocs(e, ou)),
                Bloc::Tableau(t) => {
                    t.legende.iter().for_each(|l| self.inlines(l, ou));
                    self.cellules(&t.entete, ou);
                    t.lignes.iter().for_each(|l| self.cellules(&l.cellules, ou));
                }
                Bloc::Formulaire { lignes } => lignes.iter().for_each(|l| {
                    self.inlines(&l.terme, ou);
                    self.blocs(&l.blocs, ou);
                }),
                Bloc::Signatures { signatures } => signatures.iter().for_each(|s| {
                    self.inlines(&s.partie, ou);
                    s.qualite.iter().for_each(|q| self.inlines(q, ou));
                }),
                Bloc::Encadre { titre, blocs } => {
                    self.inlines(titre, ou);
                    self.blocs(blocs, ou);
                }
                Bloc::Image { .. }
                | Bloc::Images { .. }
                | Bloc::Piece { .. }
                | Bloc::Sommaire { .. }
                | Bloc::SautDePage => {}
            }
        }
    }

    fn cellules(&mut self, cellules: &[Cellule], ou: Option<&Origine>) {
        cellules.iter().for_each(|c| self.blocs(&c.blocs, ou));
    }

    fn inlines(&mut self, contenu: &[Inline], origine: Option<&Origine>) {
        for inline in contenu {
            match inline {
                Inline::Lacune { pointeur, demande, .. } => {
                    let pointeur = pointeur.clone().unwrap_or_default();
                    if self.vues.insert((pointeur.clone(), demande.ajouter.clone())) {
                        self.lacunes.push(LacuneImprimee {
                            libelle: demande.libelle.clone(),
                            pointeur,
                            ajouter: demande.ajouter.clone(),
                            origine: origine.cloned(),
                            partie: self.partie.clone(),
                        });
                    }
                }
                Inline::Gras { contenu }
                | Inline::Italique { contenu }
                | Inline::Exposant { contenu }
                | Inline::Lien { contenu, .. } => self.inlines(contenu, origine),
                Inline::Texte { texte } | Inline::Valeur { texte, pointeur: None, .. } => {
                    for (libelle, _) in texte.split("[à compléter").skip(1).filter_map(|suite| suite.split_once(']'))
                    {
                        let libelle = sans_typographie(libelle);
                        self.ecrites.push((
                            libelle.trim_start_matches([' ', ':']).to_string(),
                            self.partie.clone(),
                            origine.cloned(),
                        ));
                    }
                }
                Inline::Valeur { .. } | Inline::Renvoi { .. } | Inline::RetourLigne => {}
            }
        }
    }
}
