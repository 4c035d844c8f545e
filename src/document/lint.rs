//! A block tree → what would make it unreadable for someone who hears it, or impossible to sign, with the clause
//! at fault.
//!
//! The printers repair what they can; here it is told to those who can mend it: the authors of the model.

use super::lieux::enfants;
use super::{Bloc, Cellule, Document, Genre, Inline, Noeud, Origine, Titre, mots};
use std::collections::BTreeSet;

/// A fault of a model's clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Defaut {
    /// The clause and its line, when a clause is at fault.
    pub origine: Option<Origine>,
    /// Title of the part where it shows.
    pub partie: String,
    pub message: String,
    pub remede: &'static str,
}

/// The faults of a document, in reading order; `signataires` are the identifiers of those who must sign.
pub fn controler(document: &Document, signataires: &[String]) -> Vec<Defaut> {
    let mut cibles = BTreeSet::new();
    document.parties.iter().for_each(|partie| ancres(&partie.blocs, &mut cibles));
    let mut lint = Lint {
        cibles,
        posees: BTreeSet::new(),
        niveau: 0,
        garde: false,
        partie: "",
        origine: None,
        defauts: Vec::new(),
    };
    for partie in &document.parties {
        lint.partie = &partie.titre;
        lint.garde = partie.genre == Genre::Garde;
        lint.origine = None;
        lint.blocs(&partie.blocs, 0);
    }
    lint.signatures(document, signataires);
    lint.defauts
}

/// The anchors of all headings.
fn ancres<'a>(noeuds: &'a [Noeud], sortie: &mut BTreeSet<&'a str>) {
    for noeud in noeuds {
        match &noeud.bloc {
            Bloc::Titre(titre) => sortie.extend(titre.ancre.as_deref()),
            autre => enfants(autre).into_iter().for_each(|blocs| ancres(blocs, sortie)),
        }
    }
}

struct Lint<'a> {
    cibles: BTreeSet<&'a str>,
    posees: BTreeSet<&'a str>,
    /// Level of the last heading.
    niveau: u8,
    garde: bool,
    partie: &'a str,
    /// The last clause line known.
    origine: Option<&'a Origine>,
    defauts: Vec<Defaut>,
}

impl<'a> Lint<'a> {
    fn dire(&mut self, message: impl Into<String>, remede: &'static str) {
        self.defauts.push(Defaut {
            origine: self.origine.cloned(),
            partie: self.partie.to_string(),
            message: message.into(),
            remede,
        });
    }

    fn blocs(&mut self, noeuds: &'a [Noeud], profondeur: u8) {
        for noeud in noeuds {
            self.origine = noeud.origine.as_ref().or(self.origine);
            self.bloc(&noeud.bloc, profondeur);
            enfants(&noeud.bloc).into_iter().for_each(|blocs| self.blocs(blocs, profondeur + 1));
        }
    }

    fn bloc(&mut self, bloc: &'a Bloc, profondeur: u8) {
        match bloc {
            Bloc::Titre(titre) => self.titre(titre),
            Bloc::Paragraphe(p) => self.inlines(&p.contenu),
            Bloc::Liste(liste) if liste.elements.is_empty() => {
                self.dire("Une liste n'a aucun élément.", "n'imprimez la liste que si elle a des éléments.");
            }
            Bloc::Tableau(t) => {
                t.legende.iter().for_each(|legende| self.inlines(legende));
                if t.entete.iter().all(vide) {
                    let remede =
                        "donnez un en-tête à chaque colonne : un lecteur d'écran l'annonce avec chaque valeur.";
                    self.dire(format!("Le tableau{} n'a pas d'en-tête.", nom(t.legende.as_deref())), remede);
                }
                let large = |cellules: &[Cellule]| cellules.iter().map(|c| usize::from(c.etendue)).sum::<usize>();
                if let Some(rang) = t.lignes.iter().position(|l| large(&l.cellules) != t.colonnes.len()) {
                    let message = format!(
                        "La ligne {} du tableau{} n'a pas autant de cellules que le tableau a de colonnes.",
                        rang + 1,
                        nom(t.legende.as_deref())
                    );
                    self.dire(message, "donnez à chaque ligne une cellule par colonne.");
                }
            }
            Bloc::Formulaire { lignes } => {
                for ligne in lignes {
                    self.inlines(&ligne.terme);
                    if sans_mot(&ligne.terme) {
                        self.dire(
                            "Une ligne de formulaire n'a pas d'intitulé.",
                            "écrivez l'intitulé avant les deux-points.",
                        );
                    }
                }
            }
            Bloc::Encadre { titre, .. } => self.inlines(titre),
            Bloc::Image { alternative, .. } => self.image(alternative),
            Bloc::Images { images, .. } => images.iter().for_each(|(_, alternative)| self.image(alternative)),
            Bloc::Piece { titre, .. } => {
                self.image(titre);
                if profondeur > 0 {
                    let remede =
                        "placez pages(…) seul dans son paragraphe, hors d'un tableau, d'une liste ou d'un encadré.";
                    self.dire(format!("La pièce « {titre} » est placée à l'intérieur d'un autre bloc."), remede);
                }
            }
            Bloc::Liste(_) | Bloc::Signatures { .. } | Bloc::Sommaire { .. } | Bloc::SautDePage => {}
        }
    }

    fn titre(&mut self, titre: &'a Titre) {
        let texte = titre.numero.as_ref().map(mots::numero).unwrap_or_default() + &mots::inlines(&titre.contenu);
        self.inlines(&titre.contenu);
        if texte.trim().is_empty() {
            self.dire("Un titre n'a pas de mots.", "écrivez le titre, ou retirez-le.");
        }
        if !self.garde {
            if titre.niveau > self.niveau + 1 {
                let message = format!(
                    "Le titre « {texte} » est de niveau {} sous un titre de niveau {} : un niveau est sauté.",
                    titre.niveau, self.niveau
                );
                self.dire(message, "retirez des « # » devant ce titre, ou ajoutez le titre intermédiaire.");
            }
            self.niveau = titre.niveau;
        }
        if let Some(ancre) = &titre.ancre
            && !self.posees.insert(ancre)
        {
            self.dire(
                format!("Deux titres portent le même repère, « {ancre} »."),
                "donnez à chaque élément du plan un « id » différent.",
            );
        }
    }

    fn image(&mut self, alternative: &str) {
        if alternative.trim().is_empty() {
            self.dire("Une image n'a pas de description.", "dites en quelques mots ce qu'elle montre.");
        }
    }

    fn inlines(&mut self, contenu: &'a [Inline]) {
        for inline in contenu {
            match inline {
                Inline::Renvoi { ancre, texte } if !self.cibles.contains(ancre.as_str()) => {
                    self.dire(
                        format!("Le renvoi « {texte} » ne mène à aucun titre."),
                        "vérifiez l'identifiant, ou testez existe(…) avant le renvoi.",
                    );
                }
                Inline::Lien { url, contenu } => {
                    if sans_mot(contenu) {
                        self.dire(format!("Le lien vers {url} n'a pas de mots."), "écrivez où il mène.");
                    }
                    self.inlines(contenu);
                }
                Inline::Gras { contenu } | Inline::Italique { contenu } | Inline::Exposant { contenu } => {
                    self.inlines(contenu);
                }
                _ => {}
            }
        }
    }

    /// Each signatory signs at one place, and one only.
    fn signatures(&mut self, document: &'a Document, signataires: &[String]) {
        (self.partie, self.origine) = ("Signatures", None);
        let places = document.signatures();
        for id in signataires {
            match places.iter().filter(|place| place.signataire == *id).count() {
                1 => {}
                0 => self.dire(
                    format!("La partie « {id} » n'a pas de place pour signer."),
                    "imprimez les signatures dans le socle du modèle : {{ signatures() }}.",
                ),
                nombre => self.dire(
                    format!("La partie « {id} » a {nombre} places pour signer : ses champs auraient le même nom."),
                    "n'imprimez les signatures qu'une fois, et donnez à chaque partie un « id » différent.",
                ),
            }
        }
    }
}

fn nom(legende: Option<&[Inline]>) -> String {
    legende.map(|legende| format!(" « {} »", mots::inlines(legende))).unwrap_or_default()
}

fn sans_mot(contenu: &[Inline]) -> bool {
    mots::inlines(contenu).trim().is_empty()
}

fn vide(cellule: &Cellule) -> bool {
    cellule.blocs.iter().all(|noeud| match &noeud.bloc {
        Bloc::Paragraphe(p) => sans_mot(&p.contenu),
        _ => false,
    })
}
