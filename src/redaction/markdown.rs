//! From the Markdown that clauses produce to blocks; tokens become the values and blocks they stand for.
//!
//! It must not know the contract nor the templates: it sees text, tokens and line marks only.

use super::jetons::{Element, Morceau, Registre, morceaux};
use crate::document::{
    Alignement, Bloc, Cellule, Colonne, GenreLigne, Inline, Ligne, LigneFormulaire, Liste, Noeud, Origine, Paragraphe,
    Style, Tableau, Titre,
};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::iter::Peekable;

/// Mark that makes a table row a heading of the rows below it.
const INTERTITRE: char = '§';

/// Why a clause cannot be turned into blocks; the position is that of the clause file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ErreurMarkdown {
    #[error("du HTML (« {0} ») figure dans une clause ; seul <br> est admis")]
    Html(String, Option<Origine>),
    #[error("une clause contient un bloc de code ; retirez les accents graves ou le retrait")]
    Code(Option<Origine>),
    #[error("une clause contient une image ; les images viennent des données du contrat")]
    Image(Option<Origine>),
}

impl ErreurMarkdown {
    pub fn origine(&self) -> Option<&Origine> {
        match self {
            ErreurMarkdown::Html(_, o) | ErreurMarkdown::Code(o) | ErreurMarkdown::Image(o) => o.as_ref(),
        }
    }
}

/// Parses the text of a clause.
pub fn clause(texte: &str, registre: &Registre, fichiers: &[String]) -> Result<Vec<Noeud>, ErreurMarkdown> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_DEFINITION_LIST | Options::ENABLE_SUPERSCRIPT;
    let mut lecteur =
        Lecteur { evenements: Parser::new_ext(texte, options).peekable(), registre, fichiers, origine: None, options };
    lecteur.blocs(None)
}

/// Parses one line of a clause (a caption, a heading given as argument).
pub fn ligne(texte: &str, registre: &Registre, fichiers: &[String]) -> Result<Vec<Inline>, ErreurMarkdown> {
    Ok(clause(texte, registre, fichiers)?
        .into_iter()
        .find_map(|n| match n.bloc {
            Bloc::Paragraphe(p) => Some(p.contenu),
            _ => None,
        })
        .unwrap_or_default())
}

/// A piece of a paragraph: inline, or blocks that a token stands for.
enum Piece {
    Inline(Inline),
    Blocs(Vec<Noeud>),
}

struct Lecteur<'a, I: Iterator<Item = Event<'a>>> {
    evenements: Peekable<I>,
    registre: &'a Registre,
    fichiers: &'a [String],
    /// The last line mark read.
    origine: Option<Origine>,
    options: Options,
}

impl<'a, I: Iterator<Item = Event<'a>>> Lecteur<'a, I> {
    /// Blocks up to the end of the enclosing element (or of the text).
    fn blocs(&mut self, fin: Option<TagEnd>) -> Result<Vec<Noeud>, ErreurMarkdown> {
        let mut sortie = Vec::new();
        while let Some(evenement) = self.evenements.peek() {
            match evenement {
                Event::End(f) if fin.as_ref() == Some(f) => {
                    self.evenements.next();
                    break;
                }
                Event::End(_) | Event::Rule => {
                    self.evenements.next();
                }
                Event::Start(tag) if est_un_bloc(tag) => {
                    let tag = tag.clone();
                    self.evenements.next();
                    self.bloc(tag, &mut sortie)?;
                }
                _ => {
                    let pieces = self.inlines(None)?;
                    self.paragraphe(pieces, &mut sortie);
                }
            }
        }
        Ok(sortie)
    }

    fn bloc(&mut self, tag: Tag<'a>, sortie: &mut Vec<Noeud>) -> Result<(), ErreurMarkdown> {
        match tag {
            Tag::Paragraph => {
                let pieces = self.inlines(Some(TagEnd::Paragraph))?;
                self.paragraphe(pieces, sortie);
            }
            Tag::Heading { level, .. } => {
                let contenu = seuls_inlines(self.inlines(Some(TagEnd::Heading(level)))?);
                if !contenu.is_empty() {
                    let titre = Titre { niveau: level as u8, numero: None, contenu, au_sommaire: false, ancre: None };
                    self.pousser(sortie, Bloc::Titre(titre));
                }
            }
            Tag::List(depart) => {
                let mut elements = Vec::new();
                while let Some(evenement) = self.evenements.next() {
                    match evenement {
                        Event::Start(Tag::Item) => elements.push(self.blocs(Some(TagEnd::Item))?),
                        Event::End(TagEnd::List(_)) => break,
                        _ => {}
                    }
                }
                elements.retain(|e| !e.is_empty());
                if !elements.is_empty() {
                    let depart = depart.map(|d| u32::try_from(d).unwrap_or(1));
                    self.pousser(sortie, Bloc::Liste(Liste { depart, elements }));
                }
            }
            Tag::Table(alignements) => {
                let tableau = self.tableau(&alignements)?;
                self.pousser(sortie, Bloc::Tableau(tableau));
            }
            Tag::DefinitionList => {
                let lignes = self.formulaire()?;
                self.pousser(sortie, Bloc::Formulaire { lignes });
            }
            Tag::BlockQuote(genre) => {
                let blocs = self.blocs(Some(TagEnd::BlockQuote(genre)))?;
                self.pousser(sortie, Bloc::Encadre { titre: Vec::new(), blocs });
            }
            Tag::CodeBlock(genre) => self.code(&genre, sortie)?,
            Tag::HtmlBlock => {
                let pieces = self.inlines(Some(TagEnd::HtmlBlock))?;
                self.paragraphe(pieces, sortie);
            }
            _ => sortie.extend(self.blocs(Some(tag.to_end()))?),
        }
        Ok(())
    }

    /// An indented block is text that a template's layout has pushed to the right.
    fn code(&mut self, genre: &CodeBlockKind<'_>, sortie: &mut Vec<Noeud>) -> Result<(), ErreurMarkdown> {
        let mut texte = String::new();
        for evenement in self.evenements.by_ref() {
            match evenement {
                Event::Text(t) => texte.push_str(&t),
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        if matches!(genre, CodeBlockKind::Fenced(_)) {
            return Err(ErreurMarkdown::Code(self.origine.clone()));
        }
        let texte: String = texte.lines().map(|l| format!("{}\n", l.trim_start())).collect();
        let mut lecteur = Lecteur {
            evenements: Parser::new_ext(&texte, self.options).peekable(),
            registre: self.registre,
            fichiers: self.fichiers,
            origine: self.origine.clone(),
            options: self.options,
        };
        sortie.extend(lecteur.blocs(None)?);
        Ok(())
    }

    fn formulaire(&mut self) -> Result<Vec<LigneFormulaire>, ErreurMarkdown> {
        let mut lignes: Vec<LigneFormulaire> = Vec::new();
        while let Some(evenement) = self.evenements.next() {
            match evenement {
                Event::Start(Tag::DefinitionListTitle) => {
                    let terme = seuls_inlines(self.inlines(Some(TagEnd::DefinitionListTitle))?);
                    lignes.push(LigneFormulaire { terme, blocs: Vec::new() });
                }
                Event::Start(Tag::DefinitionListDefinition) => {
                    let blocs = self.blocs(Some(TagEnd::DefinitionListDefinition))?;
                    if let Some(ligne) = lignes.last_mut() {
                        ligne.blocs.extend(blocs);
                    }
                }
                Event::End(TagEnd::DefinitionList) => break,
                _ => {}
            }
        }
        Ok(lignes)
    }

    fn tableau(&mut self, alignements: &[Alignment]) -> Result<Tableau, ErreurMarkdown> {
        let mut entete = Vec::new();
        let mut lignes = Vec::new();
        let mut cellules = Vec::new();
        while let Some(evenement) = self.evenements.next() {
            match evenement {
                Event::Start(Tag::TableCell) => {
                    let pieces = self.inlines(Some(TagEnd::TableCell))?;
                    let mut blocs = Vec::new();
                    self.paragraphe(pieces, &mut blocs);
                    cellules.push(Cellule { blocs, etendue: 1, entete: false });
                }
                Event::End(TagEnd::TableHead) => entete = std::mem::take(&mut cellules),
                Event::End(TagEnd::TableRow) => lignes.push(ligne_de_tableau(std::mem::take(&mut cellules))),
                Event::End(TagEnd::Table) => break,
                _ => {}
            }
        }
        let colonnes = alignements
            .iter()
            .map(|a| Colonne {
                largeur: 1,
                alignement: match a {
                    Alignment::Right => Alignement::Droite,
                    Alignment::Center => Alignement::Centre,
                    Alignment::Left | Alignment::None => Alignement::Gauche,
                },
                chiffres: *a == Alignment::Right,
            })
            .collect();
        Ok(Tableau { legende: None, colonnes, entete, lignes, paysage: false, densite: 0 })
    }

    /// Inline content up to `fin`; without `fin`, up to the first event that is not inline.
    fn inlines(&mut self, fin: Option<TagEnd>) -> Result<Vec<Piece>, ErreurMarkdown> {
        let mut sortie = Vec::new();
        let mut texte = String::new();
        loop {
            match self.evenements.peek() {
                None => break,
                Some(Event::End(f)) if fin.as_ref() == Some(f) => {
                    self.evenements.next();
                    break;
                }
                Some(Event::End(_)) if fin.is_none() => break,
                Some(Event::Start(tag)) if fin.is_none() && est_un_bloc(tag) => break,
                Some(_) => {}
            }
            match self.evenements.next() {
                Some(Event::Text(t) | Event::Code(t)) => texte.push_str(&t),
                Some(Event::SoftBreak) => texte.push(' '),
                Some(Event::Html(t) | Event::InlineHtml(t)) => {
                    if matches!(t.trim(), "<br>" | "<br/>" | "<br />") {
                        self.vider(&mut texte, &mut sortie);
                        sortie.push(Piece::Inline(Inline::RetourLigne));
                    } else {
                        // The marks of lines are ours: no reader has written them.
                        let ecrit = t.trim().chars().filter(|c| !('\u{E000}'..='\u{F8FF}').contains(c));
                        return Err(ErreurMarkdown::Html(ecrit.take(40).collect(), self.origine.clone()));
                    }
                }
                Some(Event::HardBreak) => {
                    self.vider(&mut texte, &mut sortie);
                    sortie.push(Piece::Inline(Inline::RetourLigne));
                }
                Some(Event::Start(tag)) => {
                    self.vider(&mut texte, &mut sortie);
                    self.emphase(tag, &mut sortie)?;
                }
                Some(_) => {}
                None => break,
            }
        }
        self.vider(&mut texte, &mut sortie);
        Ok(sortie)
    }

    fn emphase(&mut self, tag: Tag<'a>, sortie: &mut Vec<Piece>) -> Result<(), ErreurMarkdown> {
        let fin = tag.to_end();
        if matches!(tag, Tag::Image { .. }) {
            return Err(ErreurMarkdown::Image(self.origine.clone()));
        }
        let contenu = self.inlines(Some(fin))?;
        let inline = match tag {
            Tag::Strong => Inline::Gras { contenu: seuls_inlines(contenu) },
            Tag::Emphasis => Inline::Italique { contenu: seuls_inlines(contenu) },
            Tag::Superscript => Inline::Exposant { contenu: seuls_inlines(contenu) },
            Tag::Link { dest_url, .. } => Inline::Lien { url: dest_url.into_string(), contenu: seuls_inlines(contenu) },
            _ => {
                sortie.extend(contenu);
                return Ok(());
            }
        };
        sortie.push(Piece::Inline(inline));
        Ok(())
    }

    /// Cuts the text gathered so far around its tokens.
    fn vider(&mut self, texte: &mut String, sortie: &mut Vec<Piece>) {
        if texte.is_empty() {
            return;
        }
        for morceau in morceaux(texte) {
            match morceau {
                Morceau::Texte(t) => sortie.push(Piece::Inline(Inline::Texte { texte: t.to_string() })),
                Morceau::Ligne(fichier, ligne) => {
                    if let Some(fichier) = self.fichiers.get(fichier) {
                        self.origine = Some(Origine { fichier: fichier.clone(), ligne });
                    }
                }
                Morceau::Jeton(numero) => match self.registre.element(numero) {
                    Some(Element::Inline(inlines)) => sortie.extend(inlines.into_iter().map(Piece::Inline)),
                    Some(Element::Blocs(blocs)) => sortie.push(Piece::Blocs(blocs)),
                    None => {}
                },
            }
        }
        texte.clear();
    }

    /// A paragraph, cut around the blocks it holds; nothing if it has no words.
    fn paragraphe(&mut self, pieces: Vec<Piece>, sortie: &mut Vec<Noeud>) {
        let mut contenu = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Inline(inline) => contenu.push(inline),
                Piece::Blocs(blocs) => {
                    self.fermer(&mut contenu, sortie);
                    let origine = self.origine.clone();
                    sortie.extend(
                        blocs.into_iter().map(|n| Noeud { origine: n.origine.or_else(|| origine.clone()), ..n }),
                    );
                }
            }
        }
        self.fermer(&mut contenu, sortie);
    }

    fn fermer(&mut self, contenu: &mut Vec<Inline>, sortie: &mut Vec<Noeud>) {
        let mut contenu = std::mem::take(contenu);
        rogner(&mut contenu);
        if !contenu.is_empty() {
            self.pousser(sortie, Bloc::Paragraphe(Paragraphe { style: Style::Corps, contenu }));
        }
    }

    fn pousser(&self, sortie: &mut Vec<Noeud>, bloc: Bloc) {
        sortie.push(Noeud { bloc, origine: self.origine.clone() });
    }
}

fn est_un_bloc(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::List(_)
            | Tag::Table(_)
            | Tag::DefinitionList
            | Tag::BlockQuote(_)
            | Tag::CodeBlock(_)
            | Tag::HtmlBlock
            | Tag::Item
    )
}

/// Blocks inside a heading or an emphasis cannot be: only their place is lost.
fn seuls_inlines(pieces: Vec<Piece>) -> Vec<Inline> {
    let mut contenu: Vec<Inline> = pieces
        .into_iter()
        .filter_map(|p| match p {
            Piece::Inline(i) => Some(i),
            Piece::Blocs(_) => None,
        })
        .collect();
    rogner(&mut contenu);
    contenu
}

/// Removes the spaces and line breaks around a run, and the doubled spaces that tokens leave.
pub(super) fn rogner(contenu: &mut Vec<Inline>) {
    while matches!(contenu.first(), Some(Inline::RetourLigne)) {
        contenu.remove(0);
    }
    while matches!(contenu.last(), Some(Inline::RetourLigne)) {
        contenu.pop();
    }
    let mut espace_avant = true;
    for inline in contenu.iter_mut() {
        match inline {
            Inline::Texte { texte } => {
                let mut propre = String::with_capacity(texte.len());
                for c in texte.chars() {
                    if c == ' ' && espace_avant {
                        continue;
                    }
                    espace_avant = c == ' ';
                    propre.push(c);
                }
                *texte = propre;
            }
            Inline::RetourLigne => espace_avant = true,
            _ => espace_avant = false,
        }
    }
    if let Some(Inline::Texte { texte }) = contenu.last_mut() {
        texte.truncate(texte.trim_end().len());
    }
    contenu.retain(|i| !matches!(i, Inline::Texte { texte } if texte.is_empty()));
}

/// A row; one that begins with the mark of a heading covers the whole width.
fn ligne_de_tableau(mut cellules: Vec<Cellule>) -> Ligne {
    let intertitre = cellules.first_mut().is_some_and(|c| {
        let Some(Noeud { bloc: Bloc::Paragraphe(p), .. }) = c.blocs.first_mut() else { return false };
        let Some(Inline::Texte { texte }) = p.contenu.first_mut() else { return false };
        let Some(reste) = texte.strip_prefix(INTERTITRE) else { return false };
        *texte = reste.trim_start().to_string();
        rogner(&mut p.contenu);
        true
    });
    if intertitre {
        let etendue = u16::try_from(cellules.len()).unwrap_or(u16::MAX);
        cellules.truncate(1);
        cellules.iter_mut().for_each(|c| c.etendue = etendue);
        return Ligne { genre: GenreLigne::Groupe, cellules };
    }
    Ligne { genre: GenreLigne::Normale, cellules }
}
