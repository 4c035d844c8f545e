//! The text of a Word file, block by block → paragraphs, fields, tables and objects, in their order.
//!
//! Runs are read in `runs`, drawings in `dessins`, notes and comments in `annexes`. What is not known is recorded as such: it is
//! never skipped.

use super::contenu::{Cellule, DossierWord, Genre, GenreObjet, Objet, Occurrence, Paragraphe, Suivi, Tableau};
use super::signets::{Signets, est_cle};
use super::styles::{Aspect, Styles};
use super::texte::{Segment, ajouter, en_prose, mots};
use crate::formats::mots::propre;
use crate::rendu::docx::ouverture::Lien;
use crate::rendu::docx::xml::Element;
use std::collections::{BTreeMap, BTreeSet};

/// Marks and properties that hold no words.
pub(super) const SANS_MOTS: &[&str] = &[
    "w:pPr",
    "w:rPr",
    "w:sdtPr",
    "w:sdtEndPr",
    "w:smartTagPr",
    "w:customXmlPr",
    "w:tblPr",
    "w:tblPrEx",
    "w:tblGrid",
    "w:trPr",
    "w:tcPr",
    "w:proofErr",
    "w:permStart",
    "w:permEnd",
    "w:lastRenderedPageBreak",
    "w:moveFromRangeStart",
    "w:moveFromRangeEnd",
    "w:moveToRangeStart",
    "w:moveToRangeEnd",
    "w:customXmlInsRangeStart",
    "w:customXmlInsRangeEnd",
    "w:customXmlDelRangeStart",
    "w:customXmlDelRangeEnd",
    "w:customXmlMoveFromRangeStart",
    "w:customXmlMoveFromRangeEnd",
    "w:customXmlMoveToRangeStart",
    "w:customXmlMoveToRangeEnd",
];

/// The words of one occurrence of a field, as they come.
#[derive(Debug, Default)]
struct Brut {
    lignes: Vec<(bool, Vec<Segment>)>,
    /// Rank of the paragraph where its last words were read.
    paragraphe: Option<usize>,
    vide: bool,
    reserves: BTreeSet<String>,
    ligne: Option<(usize, usize)>,
}

impl Brut {
    fn ajouter(&mut self, texte: &str, aspect: Aspect, paragraphe: usize, liste: bool) {
        if self.paragraphe != Some(paragraphe) {
            // Elements of a list follow each other; paragraphs are parted.
            let suite = liste && self.lignes.last().is_some_and(|(puce, _)| *puce);
            if !(self.lignes.is_empty() || suite) {
                self.lignes.push((false, Vec::new()));
            }
            self.lignes.push((liste, Vec::new()));
            self.paragraphe = Some(paragraphe);
        }
        if let Some((_, segments)) = self.lignes.last_mut() {
            ajouter(segments, texte, aspect.gras, aspect.italique);
        }
    }

    fn finir(self) -> Occurrence {
        let texte = |dire: &dyn Fn(&[Segment]) -> String, marque: &str| {
            let ligne = |(puce, s): &(bool, Vec<Segment>)| format!("{}{}", if *puce { marque } else { "" }, dire(s));
            self.lignes.iter().map(ligne).collect::<Vec<_>>().join("\n").trim().to_string()
        };
        let (dit, prose) = (texte(&|s| mots(s), "- "), texte(&|s| en_prose(s), "- "));
        let nu = texte(&|s| mots(s), "");
        Occurrence { mots: dit, prose, nu, vide: self.vide, reserves: self.reserves, ligne: self.ligne }
    }
}

/// The paragraph being read.
#[derive(Default)]
pub(super) struct EnCours {
    pub gabarit: String,
    pub texte: String,
    pub prose: Vec<Segment>,
    pub genre: Genre,
    /// What its style does to its words.
    pub aspect: Aspect,
    pub sommaire: bool,
}

/// A control of ours that encloses this place.
struct Controle {
    cle: String,
    vide: bool,
}

/// A field of Word that encloses a place.
#[derive(Debug, Default)]
pub(super) struct ChampWord {
    pub instruction: String,
    /// Whether its result has begun.
    pub resultat: bool,
    /// Whether it is a table of contents whose lines have begun.
    pub sommaire: bool,
    /// What an old form shows there: the state of a box, the element of a list.
    pub forme: Option<String>,
}

/// What a relationship leads to: the digest of a picture, or an address.
#[derive(Debug, Clone, Default)]
pub(super) struct Cible {
    pub empreinte: String,
    pub externe: bool,
}

pub(super) type Cibles = BTreeMap<String, Cible>;

/// How what stands in a line is read: runs, fields, equations.
pub(super) type EnLigne = fn(&mut Lecture<'_>, &Element, &mut EnCours);

/// A file being read.
pub(super) struct Lecture<'p> {
    pub en_ligne: EnLigne,
    pub suivi: Suivi,
    pub styles: &'p Styles,
    pub cibles: &'p Cibles,
    pub sortie: DossierWord,
    champs: BTreeMap<String, Vec<Brut>>,
    controles: Vec<Controle>,
    signets: Signets,
    /// All the words, in order: comments are ranges of them.
    pub flux: String,
    /// Begin and end of the words commented, and their paragraph, by identifier of comment.
    pub commentes: BTreeMap<String, (usize, Option<usize>, usize)>,
    /// Rank of the paragraph being read, those of boxes and notes included.
    rang: usize,
    /// The fields of Word (page numbers, links) that enclose this place.
    pub champs_word: Vec<ChampWord>,
    /// How many of them are tables of contents.
    pub sommaires: usize,
    /// A paragraph whose mark is deleted: the next one goes on.
    reporte: Option<EnCours>,
    /// The paragraph of the text where the box or the note being read stands.
    ancrage: Option<usize>,
    /// The tables that enclose this place, by rank.
    tableaux: Vec<usize>,
    /// The notes that the text calls: kind, identifier, paragraph.
    pub appels: Vec<(GenreObjet, String, usize)>,
    pub notes_lues: BTreeSet<(GenreObjet, String)>,
    /// The notes whose call tracked changes took away.
    pub notes_retirees: BTreeSet<String>,
}

impl<'p> Lecture<'p> {
    pub fn nouvelle(en_ligne: EnLigne, suivi: Suivi, styles: &'p Styles, cibles: &'p Cibles) -> Self {
        Lecture {
            en_ligne,
            suivi,
            styles,
            cibles,
            sortie: DossierWord::default(),
            champs: BTreeMap::new(),
            controles: Vec::new(),
            signets: Signets::default(),
            flux: String::new(),
            commentes: BTreeMap::new(),
            rang: 0,
            champs_word: Vec::new(),
            sommaires: 0,
            reporte: None,
            ancrage: None,
            tableaux: Vec::new(),
            appels: Vec::new(),
            notes_lues: BTreeSet::new(),
            notes_retirees: BTreeSet::new(),
        }
    }

    pub fn corps(&mut self, corps: &Element) {
        self.blocs(corps);
        self.solder();
    }

    /// What stands beside the body: the background of the pages.
    pub fn fond(&mut self, element: &Element) {
        if element.nom == "w:background" && element.elements().next().is_some() {
            self.objet(GenreObjet::Dessin, "le fond des pages".into(), "fond".into());
        } else if element.nom != "w:background" {
            self.inconnu(element);
        }
    }

    /// A part that the file names and that we do not know.
    pub fn partie_inconnue(&mut self, lien: &Lien) {
        let texte = format!("une partie « {} » ({})", lien.genre, lien.cible);
        self.objet(GenreObjet::Autre, texte, lien.genre.clone());
    }

    pub fn finir(self) -> DossierWord {
        let finir = |(cle, bruts): (String, Vec<Brut>)| (cle, bruts.into_iter().map(Brut::finir).collect());
        DossierWord { champs: self.champs.into_iter().map(finir).collect(), ..self.sortie }
    }

    /// The paragraph of the text where what is being read stands.
    pub fn place(&self) -> usize {
        self.ancrage.unwrap_or(self.sortie.paragraphes.len())
    }

    pub fn objet(&mut self, genre: GenreObjet, texte: String, empreinte: String) {
        let paragraphe = self.place();
        self.sortie.objets.push(Objet { genre, texte: propre(&texte), empreinte, paragraphe });
    }

    /// Something that has no name here: told with what it is called in the file.
    pub fn inconnu(&mut self, element: &Element) {
        let nom = element.nom.clone();
        self.objet(GenreObjet::Autre, format!("un élément « {nom} »"), nom);
    }

    /// Reads blocks apart from the text (a box, a note, a comment): their words.
    pub fn a_part(&mut self, element: &Element) -> String {
        let (debut, ancrage) = (self.sortie.paragraphes.len(), self.ancrage);
        self.ancrage = Some(self.place());
        let dehors = (self.reporte.take(), std::mem::take(&mut self.tableaux), std::mem::take(&mut self.champs_word));
        let sommaires = std::mem::take(&mut self.sommaires);
        self.blocs(element);
        self.solder();
        (self.reporte, self.tableaux, self.champs_word) = dehors;
        self.sommaires = sommaires;
        self.ancrage = ancrage;
        let lus = self.sortie.paragraphes.split_off(debut);
        propre(&lus.into_iter().map(|p| p.texte).collect::<Vec<_>>().join(" "))
    }

    fn blocs(&mut self, element: &Element) {
        element.elements().for_each(|enfant| self.bloc(enfant));
    }

    fn bloc(&mut self, element: &Element) {
        match element.nom.as_str() {
            "w:p" => self.paragraphe(element),
            "w:tbl" => self.tableau(element),
            "w:tr" => self.ligne(element),
            "w:tc" => self.cellule(element),
            "w:sdt" => self.controle(element, |lecture, contenu| lecture.blocs(contenu)),
            "w:del" | "w:moveFrom" if self.suivi == Suivi::Accepte => self.sauter(element),
            "w:ins" | "w:moveTo" if self.suivi == Suivi::Original => self.sauter(element),
            "w:del" | "w:moveFrom" | "w:ins" | "w:moveTo" | "w:customXml" | "w:smartTag" => self.blocs(element),
            "mc:AlternateContent" => choix(element).into_iter().for_each(|choix| self.blocs(choix)),
            "w:altChunk" => self.insere(element),
            "w:sectPr" => self.suivie(element),
            "w:r" | "w:hyperlink" | "w:fldSimple" | "w:subDoc" | "m:oMath" | "m:oMathPara" => {
                self.rang += 1;
                let mut ici = EnCours::default();
                self.enfant(element, &mut ici);
                self.fermer(ici);
            }
            _ if self.borne(element) => {}
            nom if SANS_MOTS.contains(&nom) => self.suivie(element),
            _ => {
                self.inconnu(element);
                self.blocs(element);
            }
        }
    }

    /// Passes over what tracked changes took away: the notes that it calls go with it.
    fn sauter(&mut self, element: &Element) {
        if matches!(element.nom.as_str(), "w:footnoteReference" | "w:endnoteReference") {
            self.notes_retirees.extend(element.lire_attribut("w:id").map(str::to_owned));
        }
        // A field that goes away with them is no longer there: only its end may stand for one that began before.
        if element.nom != "w:bookmarkStart" {
            self.borne(element);
        }
        element.elements().for_each(|enfant| self.sauter(enfant));
    }

    /// Bookmarks and ranges of comments, which stand anywhere.
    pub fn borne(&mut self, element: &Element) -> bool {
        let id = || element.lire_attribut("w:id").unwrap_or_default();
        match element.nom.as_str() {
            "w:bookmarkStart" => {
                if let Some(nom) = element.lire_attribut("w:name").filter(|nom| est_cle(nom)) {
                    self.connaitre(nom);
                    self.signets.ouvrir(id(), nom);
                }
            }
            "w:bookmarkEnd" => self.signets.fermer(id()),
            "w:commentRangeStart" | "w:commentReference" => {
                let (ici, place) = (self.flux.len(), self.place());
                self.commentes.entry(id().to_owned()).or_insert((ici, None, place));
            }
            "w:commentRangeEnd" => {
                let ici = self.flux.len();
                if let Some(etendue) = self.commentes.get_mut(id()) {
                    etendue.1 = Some(ici);
                }
            }
            _ => return false,
        }
        true
    }

    /// Records a field at its first place.
    fn connaitre(&mut self, cle: &str) {
        if !self.champs.contains_key(cle) {
            self.champs.insert(cle.to_owned(), Vec::new());
            self.sortie.ordre.push(cle.to_owned());
        }
    }

    /// Enters a control; one of ours is a new occurrence of its field.
    pub fn controle(&mut self, sdt: &Element, lire: impl FnOnce(&mut Self, &Element)) {
        let proprietes = sdt.trouver("w:sdtPr");
        let cle = proprietes.and_then(|p| p.valeur("w:tag")).filter(|cle| est_cle(cle));
        if let Some(cle) = cle {
            let vide = proprietes.and_then(|p| p.trouver("w:showingPlcHdr")).is_some_and(super::styles::est_vrai);
            self.connaitre(cle);
            let brut = Brut { vide, ligne: self.ligne_ici(), ..Brut::default() };
            self.champs.entry(cle.to_owned()).or_default().push(brut);
            self.controles.push(Controle { cle: cle.to_owned(), vide });
        }
        if let Some(contenu) = sdt.trouver("w:sdtContent") {
            lire(self, contenu);
        }
        if cle.is_some() {
            self.controles.pop();
        }
    }

    fn tableau(&mut self, element: &Element) {
        self.solder();
        let paragraphe = self.place();
        self.tableaux.push(self.sortie.tableaux.len());
        self.sortie.tableaux.push(Tableau { paragraphe, lignes: Vec::new() });
        self.blocs(element);
        self.tableaux.pop();
    }

    /// The table and the row of this place, by rank.
    fn ligne_ici(&self) -> Option<(usize, usize)> {
        let tableau = *self.tableaux.last()?;
        Some((tableau, self.sortie.tableaux.get(tableau)?.lignes.len().checked_sub(1)?))
    }

    fn cellule_ouverte(&mut self) -> Option<&mut Cellule> {
        self.tableau_ouvert()?.lignes.last_mut()?.last_mut()
    }

    fn tableau_ouvert(&mut self) -> Option<&mut Tableau> {
        let rang = *self.tableaux.last()?;
        self.sortie.tableaux.get_mut(rang)
    }

    /// Whether tracked changes took something away, as its properties say.
    fn absent(&self, proprietes: Option<&Element>, ajoute: &[&str], retire: &[&str]) -> bool {
        let noms = if self.suivi == Suivi::Accepte { retire } else { ajoute };
        proprietes.is_some_and(|p| noms.iter().any(|nom| p.trouver(nom).is_some()))
    }

    fn ligne(&mut self, element: &Element) {
        if self.absent(element.trouver("w:trPr"), &["w:ins"], &["w:del"]) {
            return self.sauter(element);
        }
        if let Some(tableau) = self.tableau_ouvert() {
            tableau.lignes.push(Vec::new());
        }
        self.blocs(element);
    }

    fn cellule(&mut self, element: &Element) {
        let proprietes = element.trouver("w:tcPr");
        if self.absent(proprietes, &["w:cellIns"], &["w:cellDel"]) {
            return self.sauter(element);
        }
        let etendue = proprietes.and_then(|p| p.valeur("w:gridSpan")).and_then(|n| n.parse().ok()).unwrap_or(1);
        let suite = proprietes.and_then(|p| p.trouver("w:vMerge").or_else(|| p.trouver("w:hMerge")));
        let suite = suite.is_some_and(|m| m.lire_attribut("w:val") != Some("restart"));
        if let Some(ligne) = self.tableau_ouvert().and_then(|tableau| tableau.lignes.last_mut()) {
            ligne.push(Cellule { etendue, suite, ..Cellule::default() });
        }
        let debut = self.sortie.paragraphes.len();
        self.blocs(element);
        self.solder();
        // The paragraphs of boxes and notes are not those of the text.
        let fin = if self.ancrage.is_some() { debut } else { self.sortie.paragraphes.len() };
        if let Some(cellule) = self.cellule_ouverte() {
            cellule.paragraphes = (debut, fin);
        }
    }

    fn paragraphe(&mut self, element: &Element) {
        let proprietes = element.trouver("w:pPr");
        let style = proprietes.and_then(|p| p.valeur("w:pStyle")).unwrap_or_default();
        let mut ici = match self.reporte.take() {
            Some(debut) => debut,
            None => {
                self.rang += 1;
                EnCours::default()
            }
        };
        let numero = proprietes.and_then(|p| p.trouver("w:numPr"));
        let liste = numero.is_some_and(|n| n.valeur("w:numId") != Some("0")) || self.styles.est_de_liste(style);
        ici.genre = match liste {
            _ if self.styles.est_titre(style) => Genre::Titre,
            _ if self.styles.est_intertitre(style) => Genre::Intertitre,
            true => Genre::Liste,
            false => Genre::Texte,
        };
        ici.aspect = self.styles.du_paragraphe(style);
        ici.sommaire = self.styles.est_du_sommaire(style);
        proprietes.into_iter().for_each(|p| self.suivie(p));
        self.enfants(element, &mut ici);
        let marque = proprietes.and_then(|p| p.trouver("w:rPr"));
        if self.absent(marque, &["w:ins", "w:moveTo"], &["w:del", "w:moveFrom"]) {
            self.reporte = Some(ici);
        } else {
            self.fermer(ici);
        }
    }

    /// Ends a paragraph whose mark is deleted when no other follows.
    fn solder(&mut self) {
        if let Some(ici) = self.reporte.take() {
            self.fermer(ici);
        }
    }

    fn fermer(&mut self, ici: EnCours) {
        self.flux.push(' ');
        let texte = propre(&ici.texte);
        if ici.sommaire {
            if !texte.is_empty() {
                self.objet(GenreObjet::Sommaire, texte.clone(), texte);
            }
            return;
        }
        let lignes =
            |texte: &str| texte.lines().map(propre).filter(|ligne| !ligne.is_empty()).collect::<Vec<_>>().join("\n");
        if let Some(cellule) = self.cellule_ouverte() {
            for (partie, texte) in [(&mut cellule.texte, &ici.texte), (&mut cellule.gabarit, &ici.gabarit)] {
                let lignes = lignes(texte);
                if !partie.is_empty() && !lignes.is_empty() {
                    partie.push('\n');
                }
                partie.push_str(&lignes);
            }
        }
        let (gabarit, prose) = (propre(&ici.gabarit), propre(&en_prose(&ici.prose)));
        self.sortie.paragraphes.push(Paragraphe { gabarit, texte, prose, genre: ici.genre });
    }

    pub fn enfants(&mut self, element: &Element, ici: &mut EnCours) {
        element.elements().for_each(|enfant| self.enfant(enfant, ici));
    }

    /// A child of a paragraph, or of what stands in one.
    fn enfant(&mut self, enfant: &Element, ici: &mut EnCours) {
        match enfant.nom.as_str() {
            "w:r" | "w:fldSimple" | "m:oMath" | "m:oMathPara" => (self.en_ligne)(self, enfant, ici),
            "w:sdt" => self.controle(enfant, |lecture, contenu| lecture.enfants(contenu, ici)),
            "w:del" | "w:moveFrom" if self.suivi == Suivi::Accepte => self.sauter(enfant),
            "w:ins" | "w:moveTo" if self.suivi == Suivi::Original => self.sauter(enfant),
            "w:hyperlink" => {
                self.lien(enfant);
                self.enfants(enfant, ici);
            }
            "w:del" | "w:moveFrom" | "w:ins" | "w:moveTo" | "w:smartTag" | "w:customXml" | "w:dir" | "w:bdo" => {
                self.enfants(enfant, ici);
            }
            "mc:AlternateContent" => choix(enfant).into_iter().for_each(|choix| self.enfants(choix, ici)),
            "w:subDoc" => self.insere(enfant),
            _ if self.borne(enfant) => {}
            nom if SANS_MOTS.contains(&nom) => {}
            _ => {
                self.inconnu(enfant);
                self.enfants(enfant, ici);
            }
        }
    }

    /// A document that Word shows inside this one.
    fn insere(&mut self, element: &Element) {
        let cible = element.lire_attribut("r:id").and_then(|id| self.cibles.get(id));
        let cible = cible.map(|cible| cible.empreinte.clone()).unwrap_or_default();
        self.objet(GenreObjet::DocumentInsere, cible.clone(), cible);
    }

    pub(super) fn lien(&mut self, element: &Element) {
        let cible = element.lire_attribut("r:id").and_then(|id| self.cibles.get(id));
        if let Some(cible) = cible.filter(|cible| cible.externe) {
            let adresse = cible.empreinte.clone();
            self.objet(GenreObjet::Lien, adresse.clone(), adresse);
        }
    }

    /// Formatting that tracked changes propose: once for each paragraph.
    pub fn suivie(&mut self, proprietes: &Element) {
        let changement =
            |e: &Element| e.nom.ends_with("PrChange") || e.nom == "w:tblGridChange" || e.nom == "w:cellMerge";
        let trouve = proprietes.elements().any(|e| changement(e) || e.nom == "w:rPr" && e.elements().any(changement));
        let place = self.place();
        let deja = self
            .sortie
            .objets
            .last()
            .is_some_and(|o| o.genre == GenreObjet::MiseEnFormeSuivie && o.paragraphe == place);
        if trouve && !deja {
            self.objet(GenreObjet::MiseEnFormeSuivie, String::new(), String::new());
        }
    }

    /// Whether the words of this place are those that Word writes in an emptied control.
    pub fn dans_un_vide(&self) -> bool {
        self.controles.last().is_some_and(|controle| controle.vide)
    }

    /// The field whose words are here: a control has the last word; without it, the bookmark opened last.
    fn champ_ici(&self) -> Option<String> {
        let controle = self.controles.last().map(|controle| controle.cle.as_str());
        controle.or_else(|| self.signets.dernier()).map(str::to_owned)
    }

    fn occurrence(&mut self, cle: &str) -> Option<&mut Brut> {
        let ligne = self.ligne_ici();
        let occurrences = self.champs.entry(cle.to_owned()).or_default();
        if occurrences.is_empty() {
            occurrences.push(Brut { ligne, ..Brut::default() });
        }
        occurrences.last_mut()
    }

    /// What the words of the field do not say, when this place is one; else nothing is done.
    pub fn reserver(&mut self, quoi: &str) -> bool {
        let Some(cle) = self.champ_ici() else { return false };
        if let Some(brut) = self.occurrence(&cle) {
            brut.reserves.insert(quoi.to_owned());
        }
        true
    }

    /// Says that the field of this place is emptied, when this place is one.
    pub fn vider(&mut self) -> bool {
        let Some(cle) = self.champ_ici() else { return false };
        self.occurrence(&cle).into_iter().for_each(|brut| brut.vide = true);
        true
    }

    /// Adds words to the paragraph, and to the field of this place.
    pub fn dire(&mut self, texte: &str, aspect: Aspect, ici: &mut EnCours) {
        if texte.is_empty() {
            return;
        }
        let champ = self.champ_ici();
        if self.dans_un_vide() {
            return;
        }
        ici.texte.push_str(texte);
        self.flux.push_str(texte);
        ajouter(&mut ici.prose, texte, aspect.gras, aspect.italique);
        let Some(cle) = champ else { return ici.gabarit.push_str(texte) };
        let (rang, liste) = (self.rang, ici.genre == Genre::Liste);
        if let Some(brut) = self.occurrence(&cle) {
            brut.ajouter(texte, aspect, rang, liste);
        }
        let marque = format!("‹{cle}›");
        if !ici.gabarit.ends_with(&marque) {
            ici.gabarit.push_str(&marque);
        }
    }
}

/// What a reader sees of several ways to draw the same thing: the first, or the last resort.
pub(super) fn choix(element: &Element) -> Option<&Element> {
    element.trouver("mc:Choice").or_else(|| element.trouver("mc:Fallback"))
}
