//! Blocks → paragraphs and tables of docx-rs, with the complements the finishing pass needs.
//! It must not know the other parts of the package.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use docx_rs::{
    BuildXML, DocumentChild, IndentLevel, NumberingId, Paragraph, Pic, Run, SectionProperty, StructuredDataTag, Table,
    TableCellContent, TableChild, TableRowChild,
};

use crate::document::{Bloc, Document, Genre, Liste, Noeud, Paragraphe, Style, Titre, mots};

use super::champs::{Champ, MARQUE};
use super::entetes::{self, Bandeau};
use super::finition::{Complements, Dessin};
use super::images;
use super::inlines::{remplir, texte};
use super::numerotation::{Choix, NIVEAUX, PUCES, Plan, SANS_NUMERO, titres_des_blocs};
use super::sections::{Geometrie, Section};
use super::sommaire::repere;
use super::styles::{Role, StyleCellule};
use super::{Erreur, Options};

/// The body and what the other parts must know of it.
pub(super) struct Corps {
    /// `document.xml` as docx-rs writes it.
    pub document: Vec<u8>,
    pub complements: Complements,
    pub plan: Plan,
    /// External addresses: relationship `rIdLien` + index.
    pub liens: Vec<String>,
    /// Pictures printed, by index in `Document::images`: relationship `rIdImage` + index. With the PNG drawn
    /// from an SVG, at the size of its first printing.
    pub images: BTreeMap<usize, Option<Vec<u8>>>,
    pub styles_cellules: BTreeSet<StyleCellule>,
    pub sommaire: bool,
    /// `comments.xml`, when the body refers to a comment.
    pub commentaires: Option<Vec<u8>>,
    /// Headers and footers, which the sections name.
    pub bandeaux: Vec<Bandeau>,
}

/// A block of the body or of a cell.
pub(super) enum Piece {
    Paragraphe(Box<Paragraph>),
    Tableau(Box<Table>),
    Controle(Box<StructuredDataTag>),
}

impl Piece {
    /// Keeps a paragraph, or the last row of a table, on the page of what follows it.
    pub fn garder_avec_la_suite(&mut self) {
        match self {
            Piece::Paragraphe(p) => p.property.keep_next = Some(true),
            Piece::Tableau(tableau) => {
                let Some(TableChild::TableRow(ligne)) = tableau.rows.last_mut() else { return };
                let cases = ligne.cells.iter_mut().map(|TableRowChild::TableCell(case)| case);
                for bloc in cases.flat_map(|case| &mut case.children) {
                    if let TableCellContent::Paragraph(p) = bloc {
                        p.property.keep_next = Some(true);
                    }
                }
            }
            Piece::Controle(_) => {}
        }
    }
}

/// Where a block is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lieu {
    Page,
    Encadre,
    Formulaire,
    Cellule(StyleCellule),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Contexte {
    pub lieu: Lieu,
    pub genre: Genre,
    /// Width of the text there, in twentieths of a point.
    pub largeur: u32,
    /// Depth in lists: 0 outside.
    pub liste: usize,
}

pub(super) struct Imprimeur<'a> {
    pub document: &'a Document,
    options: &'a Options,
    geometrie: Geometrie,
    /// Rank of each editable value among the complements, by pointer.
    champs: HashMap<&'a str, usize>,
    pub corps: Corps,
    /// Headings of the plan, in order.
    pub titres: Vec<&'a Titre>,
    rangs: HashMap<*const Titre, usize>,
    /// Bookmark of each anchor.
    pub signets: BTreeMap<&'a str, String>,
    /// Bookmarks already in the body.
    poses: BTreeSet<String>,
    dernier_signet: usize,
    /// The next block of the page starts a new page.
    saut: bool,
}

pub(super) fn imprimer(document: &Document, options: &Options) -> Result<Corps, Erreur> {
    let mut titres = Vec::new();
    let mut ancres = Vec::new();
    for partie in &document.parties {
        let debut = titres.len();
        titres_des_blocs(&partie.blocs, &mut titres);
        ancres.extend(titres.iter().skip(debut).filter_map(|t| t.ancre.as_deref()));
        if super::hors_plan(partie.genre) {
            titres.truncate(debut);
        }
    }
    let imprimeur = Imprimeur {
        document,
        options,
        geometrie: options.geometrie(),
        champs: HashMap::new(),
        corps: Corps {
            document: Vec::new(),
            complements: Complements::default(),
            plan: Plan::etablir(document),
            liens: Vec::new(),
            images: BTreeMap::new(),
            styles_cellules: BTreeSet::new(),
            sommaire: false,
            commentaires: None,
            bandeaux: entetes::bandeaux(&document.identite, options.gabarit.as_deref())?,
        },
        rangs: titres.iter().enumerate().map(|(rang, t)| (std::ptr::from_ref(*t), rang)).collect(),
        titres,
        signets: signets(&ancres),
        poses: BTreeSet::new(),
        dernier_signet: 0,
        saut: false,
    };
    Ok(imprimeur.document())
}

/// Word wants bookmark names of at most 40 letters, digits and underscores.
fn signets<'a>(ancres: &[&'a str]) -> BTreeMap<&'a str, String> {
    let propre = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let nom = |(rang, ancre): (usize, &&'a str)| {
        let court: String = ancre.chars().map(propre).take(30).collect();
        (*ancre, format!("r{}_{court}", rang + 1))
    };
    // Collected backwards: on a repeated anchor the first heading keeps it.
    ancres.iter().enumerate().rev().map(nom).collect()
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
        self.corps.complements.sections.push(self.geometrie.proprietes(courante, &self.corps.bandeaux));
        let mut document = docx_rs::Document::new();
        document.children = sortie.into_iter().map(DocumentChild::from).collect();
        self.corps.document = document.build();
        self.corps
    }

    /// The style that marks the runs of an editable value, `propre` being the one they have besides.
    pub(super) fn marque_de_champ(&mut self, pointeur: &str, propre: Option<&str>) -> Option<String> {
        let (pointeur, champ) = self.document.champs.get_key_value(pointeur)?;
        let rang = *self.champs.entry(pointeur).or_insert_with(|| {
            let libre = self.options.verrouille && champ.du_gestionnaire;
            self.corps.complements.champs.push(Champ { champ: champ.clone(), libre });
            self.corps.complements.champs.len() - 1
        });
        let propre = propre.map(|style| format!(":{style}")).unwrap_or_default();
        Some(format!("{MARQUE}{rang}{propre}"))
    }

    /// A section ends in the properties of its last paragraph.
    fn fermer_section(&mut self, section: Section, sortie: &mut Vec<Piece>) {
        self.saut = false;
        self.corps.complements.sections.push(self.geometrie.proprietes(section, &self.corps.bandeaux));
        let dernier = match sortie.pop() {
            Some(Piece::Paragraphe(p)) => *p,
            autre => {
                sortie.extend(autre);
                Paragraph::new().style("Separateur")
            }
        };
        sortie.push(dernier.section_property(SectionProperty::new()).into());
    }

    pub(super) fn blocs(&mut self, noeuds: &[Noeud], contexte: Contexte, sortie: &mut Vec<Piece>) {
        for noeud in noeuds {
            self.bloc(noeud, contexte, sortie);
        }
    }

    fn bloc(&mut self, noeud: &Noeud, contexte: Contexte, sortie: &mut Vec<Piece>) {
        match &noeud.bloc {
            Bloc::Titre(titre) => self.titre(titre, contexte, sortie),
            Bloc::Paragraphe(p) => self.paragraphe(p, contexte, sortie),
            Bloc::Liste(liste) => self.liste(liste, contexte, sortie),
            Bloc::Tableau(tableau) => self.tableau(tableau, contexte, sortie),
            Bloc::Formulaire { lignes } => self.formulaire(lignes, contexte, sortie),
            Bloc::Signatures { signatures } => self.signatures(signatures, contexte, sortie),
            Bloc::Encadre { titre, blocs } => self.encadre(titre, blocs, contexte, sortie),
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

    /// Adds a paragraph, on a new page if one is due.
    fn pousser(&mut self, mut paragraphe: Paragraph, contexte: Contexte, sortie: &mut Vec<Piece>) {
        if contexte.lieu == Lieu::Page && std::mem::take(&mut self.saut) {
            paragraphe = paragraphe.page_break_before(true);
        }
        sortie.push(paragraphe.into());
    }

    /// Adds a table; Word would merge it with one just before.
    pub(super) fn pousser_tableau(&mut self, tableau: Table, contexte: Contexte, sortie: &mut Vec<Piece>) {
        let saut = contexte.lieu == Lieu::Page && self.saut;
        if saut || matches!(sortie.last(), Some(Piece::Tableau(_))) {
            self.pousser(Paragraph::new().style("Separateur"), contexte, sortie);
        }
        sortie.push(Piece::Tableau(Box::new(tableau)));
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
        let choix = if super::hors_plan(contexte.genre) {
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
        let style = self.style(paragraphe.style, contexte, suite);
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
    fn style(&mut self, style: Style, contexte: Contexte, suite: bool) -> String {
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

    pub(super) fn style_cellule(&mut self, style: StyleCellule) -> String {
        self.corps.styles_cellules.insert(style);
        style.id()
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
                    _ => self.style(Style::Corps, Contexte { liste: 0, ..contexte }, false),
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

    pub(super) fn lien_externe(&mut self, adresse: String) -> usize {
        if let Some(rang) = self.corps.liens.iter().position(|l| *l == adresse) {
            return rang;
        }
        self.corps.liens.push(adresse);
        self.corps.liens.len() - 1
    }

    /// A paragraph of content in a given style, outside the flow of the page.
    pub(super) fn ligne(&mut self, style: &str, contenu: &[crate::document::Inline]) -> Piece {
        let contenu = self.inlines(contenu);
        remplir(Paragraph::new().style(style), contenu).into()
    }

    /// The caption above a table, kept with it.
    pub(super) fn legende(&mut self, contenu: &[crate::document::Inline], contexte: Contexte, sortie: &mut Vec<Piece>) {
        let contenu = self.inlines(contenu);
        self.pousser(remplir(Paragraph::new().style("Caption"), contenu), contexte, sortie);
    }
}

fn mm(twips: u32) -> u32 {
    twips * 254 / 14_400
}

/// A paragraph with no height to speak of, where the file format demands one.
pub(super) fn separateur() -> Piece {
    Paragraph::new().style("Separateur").into()
}

impl From<Paragraph> for Piece {
    fn from(paragraphe: Paragraph) -> Self {
        Piece::Paragraphe(Box::new(paragraphe))
    }
}

impl From<Piece> for DocumentChild {
    fn from(piece: Piece) -> Self {
        match piece {
            Piece::Paragraphe(p) => DocumentChild::Paragraph(p),
            Piece::Tableau(t) => DocumentChild::Table(t),
            Piece::Controle(c) => DocumentChild::StructuredDataTag(c),
        }
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

/// The style of ordinary text in a cell with this role.
pub(super) fn cellule(role: Role, alignement: crate::document::Alignement, densite: u8) -> StyleCellule {
    StyleCellule { role, alignement, densite: densite.min(2) }
}
