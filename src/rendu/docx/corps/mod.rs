//! Blocks → paragraphs and tables of docx-rs, with the complements the finishing pass needs.
//! It must not know the other parts of the package.

mod complements;
mod entetes;
mod images;
mod imprimeur;
mod inlines;
mod sommaire;
mod tableaux;

use docx_rs::{BuildXML, DocumentChild, IndentLevel, NumberingId, Paragraph, Pic, Run, SectionProperty};

use crate::document::{Bloc, Document, Genre, Liste, Noeud, Paragraphe, Style, Titre, mots};

use super::plan::numerotation::{Choix, NIVEAUX, PUCES, SANS_NUMERO, hors_plan};
use super::plan::sections::Section;
use super::plan::styles::StyleCellule;
use super::{Erreur, Options};
use imprimeur::{Contexte, Imprimeur, Lieu, Piece, mm, separateur};
use inlines::{remplir, texte};
use sommaire::repere;

pub(super) use complements::{Complements, Dessin, FicheTableau, MARQUE, MARQUE_LIEN, MARQUE_SOMMAIRE};
pub(super) use entetes::Bandeau;
pub(super) use imprimeur::Corps;

/// Prints the body of a document.
pub(super) fn imprimer(document: &Document, options: &Options) -> Result<Corps, Erreur> {
    Ok(Imprimeur::nouveau(document, options)?.document())
}

impl<'a> Imprimeur<'a> {
    fn document(mut self) -> Corps {
        let mut sortie = Vec::new();
        let mut courante = Section::Portrait;
        for partie in &self.document.parties {
            self.saut = !sortie.is_empty();
            let paysage = pages_paysage(&partie.blocs);
            for (noeud, paysage) in partie.blocs.iter().zip(paysage) {
                let section = match (partie.genre, paysage) {
                    (Genre::Garde, _) => Section::Garde,
                    (_, true) => Section::Paysage,
                    (_, false) => Section::Portrait,
                };
                if section != courante {
                    if !sortie.is_empty() {
                        self.fermer_section(courante, &mut sortie);
                    }
                    courante = section;
                }
                let contexte = Contexte {
                    lieu: Lieu::Page,
                    genre: partie.genre,
                    largeur: self.geometrie.largeur(section),
                    liste: 0,
                };
                self.bloc(noeud, contexte, &mut sortie);
            }
        }
        if matches!(sortie.last(), Some(Piece::Tableau(_))) {
            sortie.push(separateur());
        }
        self.corps.complements.sections.push(entetes::proprietes(&self.geometrie, courante, &self.corps.bandeaux));
        let mut document = docx_rs::Document::new();
        document.children = sortie.into_iter().map(DocumentChild::from).collect();
        self.corps.document = document.build();
        self.corps
    }

    /// A section ends in the properties of its last paragraph.
    fn fermer_section(&mut self, section: Section, sortie: &mut Vec<Piece>) {
        self.saut = false;
        self.corps.complements.sections.push(entetes::proprietes(&self.geometrie, section, &self.corps.bandeaux));
        let dernier = match sortie.pop() {
            Some(Piece::Paragraphe(p)) => *p,
            autre => {
                sortie.extend(autre);
                Paragraph::new().style("Separateur")
            }
        };
        sortie.push(dernier.section_property(SectionProperty::new()).into());
    }

    fn blocs(&mut self, noeuds: &[Noeud], contexte: Contexte, sortie: &mut Vec<Piece>) {
        for noeud in noeuds {
            self.bloc(noeud, contexte, sortie);
        }
    }

    fn bloc(&mut self, noeud: &Noeud, contexte: Contexte, sortie: &mut Vec<Piece>) {
        match &noeud.bloc {
            Bloc::Titre(titre) => self.titre(titre, contexte, sortie),
            Bloc::Paragraphe(p) => self.paragraphe(p, contexte, sortie),
            Bloc::Liste(liste) => self.liste(liste, contexte, sortie),
            Bloc::Tableau(tableau) => self.tableau(tableau, contexte, sortie, Self::blocs),
            Bloc::Formulaire { lignes } => self.formulaire(lignes, contexte, sortie, Self::blocs),
            Bloc::Signatures { signatures } => self.signatures(signatures, contexte, sortie),
            Bloc::Encadre { titre, blocs } => self.encadre((titre, blocs), contexte, sortie, Self::blocs),
            Bloc::Image { source, alternative, largeur_mm } => {
                let largeur = mm(contexte.largeur).min(u32::from(*largeur_mm));
                self.images(&[(*source, alternative.clone())], largeur, 220, contexte, sortie);
            }
            Bloc::Images { images, hauteur_mm } => {
                self.images(images, mm(contexte.largeur), u32::from(*hauteur_mm), contexte, sortie);
            }
            // In Word a piece is the page that announces it.
            Bloc::Piece { .. } => {}
            Bloc::Sommaire { profondeur } => {
                let sommaire = self.sommaire(*profondeur);
                if self.saut {
                    self.pousser(Paragraph::new().style("Separateur"), contexte, sortie);
                }
                sortie.push(sommaire);
            }
            Bloc::SautDePage => self.saut |= contexte.lieu == Lieu::Page && !sortie.is_empty(),
        }
    }

    fn titre(&mut self, titre: &Titre, contexte: Contexte, sortie: &mut Vec<Piece>) {
        let niveau = titre.niveau.clamp(1, 5);
        let style = match (contexte.genre, niveau) {
            (Genre::Garde, 1) => "Title".to_owned(),
            (Genre::Garde, _) => "Subtitle".to_owned(),
            (Genre::Sommaire, _) => "TOCHeading".to_owned(),
            _ if titre.au_sommaire => format!("Heading{niveau}"),
            // Out of the table of contents, which Word makes from its own heading styles.
            _ => format!("Intertitre{niveau}"),
        };
        let mut paragraphe = Paragraph::new().style(&style);
        let choix = if hors_plan(contexte.genre) {
            if titre.numero.is_some() { Choix::Litteral } else { Choix::Aucun }
        } else {
            let choix = self.corps.plan.choix(titre);
            let du_style = self.corps.plan.du_style(niveau).filter(|_| titre.au_sommaire);
            let voulu = match choix {
                Choix::Automatique { num, niveau } => Some((num, niveau)),
                Choix::Aucun | Choix::Litteral => None,
            };
            if voulu != du_style {
                let (num, niveau) = voulu.unwrap_or((SANS_NUMERO, 0));
                paragraphe = paragraphe.numbering(NumberingId::new(num), IndentLevel::new(niveau));
            }
            choix
        };
        let mut signets = Vec::new();
        if let Some(rang) = self.rangs.get(&std::ptr::from_ref(titre)) {
            signets.push(repere(*rang));
        }
        // A second heading with the same anchor must not repeat the bookmark.
        let ancre = titre.ancre.as_deref().and_then(|a| self.signets.get(a));
        signets.extend(ancre.filter(|signet| self.poses.insert((*signet).clone())).cloned());
        let debut = self.dernier_signet;
        for signet in &signets {
            self.dernier_signet += 1;
            paragraphe = paragraphe.add_bookmark_start(self.dernier_signet, signet);
        }
        if let (Choix::Litteral, Some(numero)) = (choix, &titre.numero) {
            paragraphe = paragraphe.add_run(texte(&mots::numero(numero)));
        }
        paragraphe = remplir(paragraphe, self.inlines(&titre.contenu));
        paragraphe = (debut + 1..=self.dernier_signet).rev().fold(paragraphe, Paragraph::add_bookmark_end);
        self.pousser(paragraphe, contexte, sortie);
    }

    fn paragraphe(&mut self, paragraphe: &Paragraphe, contexte: Contexte, sortie: &mut Vec<Piece>) {
        let suite = matches!(sortie.last(), Some(Piece::Tableau(_)));
        let style = self.style_du_lieu(paragraphe.style, contexte, suite);
        if suite && paragraphe.style == Style::Note {
            // The note of a table never opens a page by itself.
            sortie.last_mut().into_iter().for_each(Piece::garder_avec_la_suite);
        }
        let contenu = self.inlines(&paragraphe.contenu);
        let mut imprime = remplir(Paragraph::new().style(&style), contenu);
        // « Le gestionnaire : » stays with its list.
        if contexte.lieu == Lieu::Page && mots::inlines(&paragraphe.contenu).trim_end().ends_with(':') {
            imprime = imprime.keep_next(true);
        }
        self.pousser(imprime, contexte, sortie);
    }

    /// The Word style of a role at a place; `suite` says that a table comes just before.
    fn style_du_lieu(&mut self, style: Style, contexte: Contexte, suite: bool) -> String {
        match (contexte.lieu, style) {
            (Lieu::Cellule(cellule), style) => {
                let alignement = match style {
                    Style::Centre => crate::document::Alignement::Centre,
                    _ => cellule.alignement,
                };
                self.style_cellule(StyleCellule { alignement, ..cellule })
            }
            (_, Style::Note) => "Note".to_owned(),
            (_, Style::Centre) => "Centre".to_owned(),
            (_, Style::SousTitre) if contexte.genre == Genre::Garde => "Subtitle".to_owned(),
            (_, Style::SousTitre) => "SousTitre".to_owned(),
            (_, Style::Corps) if contexte.liste > 0 => {
                ["ListContinue", "ListContinue2", "ListContinue3"][contexte.liste.min(3) - 1].to_owned()
            }
            (Lieu::Encadre, _) => "TexteEncadre".to_owned(),
            (Lieu::Formulaire, _) => "TexteFormulaire".to_owned(),
            (Lieu::Page, Style::Visa) => "Visa".to_owned(),
            (Lieu::Page, Style::Corps) if suite => "CorpsSuite".to_owned(),
            (Lieu::Page, Style::Corps) => "Corps".to_owned(),
        }
    }

    fn liste(&mut self, liste: &Liste, contexte: Contexte, sortie: &mut Vec<Piece>) {
        let niveau = contexte.liste.min(NIVEAUX - 1);
        let num = match liste.depart {
            None => PUCES,
            Some(depart) => self.corps.plan.nouvelle_liste(niveau, depart.min(32_000)),
        };
        let dedans = Contexte { liste: contexte.liste + 1, ..contexte };
        for element in &liste.elements {
            let mut reste = element.as_slice();
            // Only a paragraph can bear the mark; another first block is printed without it.
            if let Some((Noeud { bloc: Bloc::Paragraphe(p), .. }, suite)) = element.split_first() {
                let style = match contexte.lieu {
                    Lieu::Page => "ListParagraph".to_owned(),
                    _ => self.style_du_lieu(Style::Corps, Contexte { liste: 0, ..contexte }, false),
                };
                let mut paragraphe = Paragraph::new().style(&style);
                paragraphe = paragraphe.numbering(NumberingId::new(num), IndentLevel::new(niveau));
                let contenu = self.inlines(&p.contenu);
                self.pousser(remplir(paragraphe, contenu), contexte, sortie);
                reste = suite;
            }
            self.blocs(reste, dedans, sortie);
        }
    }

    fn images(
        &mut self,
        demandees: &[(usize, String)],
        largeur_mm: u32,
        hauteur_mm: u32,
        contexte: Contexte,
        sortie: &mut Vec<Piece>,
    ) {
        let part = largeur_mm / u32::try_from(demandees.len().max(1)).unwrap_or(u32::MAX);
        let mut paragraphe = Paragraph::new().style("Image");
        let mut autre_avant = false;
        for (source, alternative) in demandees {
            if std::mem::replace(&mut autre_avant, true) {
                paragraphe = paragraphe.add_run(texte("\u{2003}"));
            }
            let image = self.document.images.get(*source);
            paragraphe = match image.and_then(|i| images::apercu(i, part.saturating_sub(5), hauteur_mm)) {
                Some(images::Apercu { taille: (l, h), png }) => {
                    self.corps.images.entry(*source).or_insert(png);
                    self.corps.complements.dessins.push(Dessin { alternative: alternative.clone() });
                    let pic = Pic::new_with_dimensions(Vec::new(), 1, 1).id(format!("rIdImage{source}")).size(l, h);
                    paragraphe.add_run(Run::new().add_image(pic))
                }
                // An unreadable picture: its alternative text stands for it.
                None => paragraphe.add_run(texte(&format!("[{alternative}]"))),
            };
        }
        self.pousser(paragraphe, contexte, sortie);
    }
}

/// Which blocks of a part go on landscape pages: the wide tables, the headings just before them (and the
/// few lines before that when they open the page), and the notes just after.
fn pages_paysage(noeuds: &[Noeud]) -> Vec<bool> {
    let mut paysage: Vec<bool> = noeuds.iter().map(|n| matches!(&n.bloc, Bloc::Tableau(t) if t.paysage)).collect();
    let est_titre = |n: &Noeud| matches!(n.bloc, Bloc::Titre(_));
    let est_ligne = |n: &Noeud| matches!(n.bloc, Bloc::Titre(_) | Bloc::Paragraphe(_));
    for rang in 0..noeuds.len() {
        if !paysage[rang] || rang == 0 || paysage[rang - 1] {
            continue;
        }
        if !matches!(noeuds[rang].bloc, Bloc::Tableau(_)) {
            continue;
        }
        let lignes = noeuds[..rang].iter().rev().take_while(|n| est_ligne(n)).count();
        let debut = rang - lignes;
        let ouvre = debut == 0 || paysage[debut - 1] || matches!(noeuds[debut - 1].bloc, Bloc::SautDePage);
        let avant = if ouvre && lignes <= 4 {
            lignes
        } else {
            noeuds[..rang].iter().rev().take_while(|n| est_titre(n)).count()
        };
        paysage[rang - avant..rang].fill(true);
    }
    for rang in 1..noeuds.len() {
        let note = matches!(&noeuds[rang].bloc, Bloc::Paragraphe(p) if p.style == Style::Note);
        paysage[rang] |= note && paysage[rang - 1];
    }
    paysage
}
