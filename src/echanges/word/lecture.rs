//! A Word file of anyone's → its paragraphs, the fields they hold, its comments; nothing is believed of it.
//!
//! A field is known by the tag of its control, which Word keeps, or by its bookmark, which LibreOffice keeps.

use crate::echanges::Erreur;
use crate::rendu::docx::paquet::Archive;
use crate::rendu::docx::xml::{Element, Enfant, lire as lire_xml};
use std::collections::BTreeMap;

/// The most that is unpacked of a file, in bytes.
const MAX: u64 = 200 * 1024 * 1024;
/// Deepest nesting of elements that is followed.
const PROFONDEUR_MAX: usize = 200;

/// How tracked changes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suivi {
    /// As if all were accepted.
    Accepte,
    /// As if all were rejected.
    Original,
}

/// A Word file read back.
#[derive(Debug, Clone, Default)]
pub struct DossierWord {
    pub paragraphes: Vec<Paragraphe>,
    /// The words of each field, by key; more than one when the field was copied.
    pub champs: BTreeMap<String, Vec<String>>,
    pub commentaires: Vec<Commentaire>,
    /// Reference of the contract, from the properties.
    pub reference: String,
    /// « Projet » or « Définitif ».
    pub etat: String,
    /// « cpom 0.1.0, modèle paca 2017-2022.1 (a1b2c3d4) ».
    pub producteur: String,
}

/// A paragraph: its words, those of fields left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraphe {
    /// Words outside the fields, each field written « ‹key› ».
    pub gabarit: String,
    /// All the words.
    pub texte: String,
    /// All the words, bold and italics as the contract writes them.
    pub prose: String,
    pub genre: Genre,
}

/// What a paragraph is, as its style tells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Genre {
    #[default]
    Texte,
    Liste,
    /// A heading of the plan: an article, an annex, a fiche.
    Titre,
    /// A heading inside a clause.
    Intertitre,
}

impl Genre {
    fn est_titre(self) -> bool {
        matches!(self, Genre::Titre | Genre::Intertitre)
    }
}

/// A comment of a reviewer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[schemars(description = "Un commentaire.")]
pub struct Commentaire {
    pub auteur: String,
    pub texte: String,
    #[schemars(description = "Le passage commenté.")]
    pub passage: String,
    #[schemars(description = "L'article, l'annexe ou la fiche où il se trouve.")]
    pub clause: String,
}

impl DossierWord {
    /// Reads a file from its bytes.
    pub fn lire(nom: &str, octets: &[u8], suivi: Suivi) -> Result<Self, Erreur> {
        let illisible = |motif: &str| Erreur::IllisibleWord { nom: nom.to_string(), motif: motif.to_string() };
        let mut archive =
            Archive::ouvrir(octets, MAX).ok_or_else(|| illisible("ce n'est pas un document Word (.docx)"))?;
        let mut partie = |chemin: &str| -> Result<Option<Element>, Erreur> {
            let contenu = archive.lire(chemin).map_err(|_| illisible("une de ses parties est abîmée ou démesurée"))?;
            let Some(contenu) = contenu else { return Ok(None) };
            lire_xml(&contenu).map(Some).map_err(|_| illisible("une de ses parties est abîmée"))
        };
        let corps = partie("word/document.xml")?.ok_or_else(|| illisible("il n'a pas de texte"))?;
        let commentaires = partie("word/comments.xml")?;
        let proprietes = partie("docProps/core.xml")?;
        let mut lecture = Lecture { suivi, ..Lecture::nouvelle() };
        lecture.bloc(&corps, 0, &mut Vec::new());
        let mut dossier = DossierWord { paragraphes: lecture.paragraphes, ..DossierWord::default() };
        for (cle, morceaux) in lecture.champs {
            dossier.champs.insert(cle, morceaux.into_iter().map(|m| m.texte()).collect());
        }
        dossier.commentaires = commentaires.map(|c| commenter(&c, &lecture.commentes)).unwrap_or_default();
        if let Some(proprietes) = proprietes {
            let lire = |nom: &str| proprietes.trouver(nom).map(texte_de).unwrap_or_default();
            dossier.reference = lire("dc:subject");
            dossier.producteur = lire("dc:description");
            dossier.etat = lire("cp:contentStatus");
        }
        Ok(dossier)
    }
}

fn texte_de(element: &Element) -> String {
    element
        .enfants
        .iter()
        .map(|enfant| match enfant {
            Enfant::Texte(texte) => texte.clone(),
            Enfant::Element(e) => texte_de(e),
        })
        .collect()
}

/// Whether a name is that of a field of ours.
fn est_cle(nom: &str) -> bool {
    nom.len() == 17 && nom.starts_with('c') && nom[1..].bytes().all(|b| b.is_ascii_hexdigit())
}

/// The words of one occurrence of a field.
#[derive(Debug, Clone, Default)]
struct Occurrence {
    lignes: Vec<String>,
    /// Rank of the paragraph where its last words were read.
    paragraphe: Option<usize>,
    /// Whether its last paragraph is an element of a list.
    liste: bool,
}

impl Occurrence {
    fn ajouter(&mut self, texte: &str, paragraphe: usize, liste: bool) {
        if self.paragraphe == Some(paragraphe)
            && let Some(derniere) = self.lignes.last_mut()
        {
            derniere.push_str(texte);
            return;
        }
        // Elements of a list follow each other; paragraphs are parted.
        if !(self.lignes.is_empty() || liste && self.liste) {
            self.lignes.push(String::new());
        }
        self.lignes.push(if liste { format!("- {texte}") } else { texte.to_string() });
        self.paragraphe = Some(paragraphe);
        self.liste = liste;
    }

    fn texte(self) -> String {
        sans_marques_qui_se_touchent(&self.lignes.join("\n")).trim().to_string()
    }
}

struct Lecture {
    suivi: Suivi,
    paragraphes: Vec<Paragraphe>,
    champs: BTreeMap<String, Vec<Occurrence>>,
    /// The bookmarks that are open: identifier → key.
    signets: BTreeMap<String, String>,
    /// The words commented, by identifier of comment, with the heading above.
    commentes: BTreeMap<String, (String, String)>,
    ouverts: Vec<String>,
    clause: String,
    /// Depth of the fields being read (table of contents): their instructions are no words.
    instructions: usize,
}

/// The paragraph being read.
#[derive(Default)]
struct EnCours {
    gabarit: String,
    texte: String,
    prose: String,
    genre: Genre,
    sommaire: bool,
}

impl Lecture {
    fn nouvelle() -> Self {
        Lecture {
            suivi: Suivi::Accepte,
            paragraphes: Vec::new(),
            champs: BTreeMap::new(),
            signets: BTreeMap::new(),
            commentes: BTreeMap::new(),
            ouverts: Vec::new(),
            clause: String::new(),
            instructions: 0,
        }
    }

    /// Walks the body; `cles` are the controls that enclose this place.
    fn bloc(&mut self, element: &Element, profondeur: usize, cles: &mut Vec<String>) {
        if profondeur > PROFONDEUR_MAX {
            return;
        }
        match element.nom.as_str() {
            "w:p" => self.paragraphe(element, cles),
            "w:sdt" => {
                let avant = cles.len();
                self.ouvrir(element, cles);
                element.elements().for_each(|e| self.bloc(e, profondeur + 1, cles));
                cles.truncate(avant);
            }
            "w:bookmarkStart" | "w:bookmarkEnd" => self.signet(element),
            // A text box is drawn twice: its fallback is skipped.
            "mc:Fallback" => {}
            "w:tr" if self.ligne_absente(element) => {}
            _ => element.elements().for_each(|e| self.bloc(e, profondeur + 1, cles)),
        }
    }

    /// A row that tracked changes took away.
    fn ligne_absente(&self, ligne: &Element) -> bool {
        let proprietes = ligne.trouver("w:trPr");
        let marque = if self.suivi == Suivi::Accepte { "w:del" } else { "w:ins" };
        proprietes.is_some_and(|p| p.trouver(marque).is_some())
    }

    /// Enters a control; one of ours is a new occurrence of its field.
    fn ouvrir(&mut self, sdt: &Element, cles: &mut Vec<String>) {
        if let Some(cle) = cle_du_controle(sdt) {
            self.champs.entry(cle.clone()).or_default().push(Occurrence::default());
            cles.push(cle);
        }
    }

    fn signet(&mut self, element: &Element) {
        let Some(id) = element.lire_attribut("w:id").map(String::from) else { return };
        if element.nom == "w:bookmarkEnd" {
            // LibreOffice begins a bookmark of several paragraphs twice and ends it once.
            if let Some(cle) = self.signets.remove(&id) {
                self.signets.retain(|_, autre| *autre != cle);
            }
            return;
        }
        if let Some(nom) = element.lire_attribut("w:name").filter(|nom| est_cle(nom)) {
            self.champs.entry(nom.to_string()).or_default();
            self.signets.insert(id, nom.to_string());
        }
    }

    fn paragraphe(&mut self, element: &Element, cles: &mut Vec<String>) {
        let proprietes = element.trouver("w:pPr");
        let style = proprietes.and_then(|p| p.trouver("w:pStyle")).and_then(|s| s.lire_attribut("w:val"));
        let style = style.unwrap_or_default();
        let commence = |debuts: &[&str]| debuts.iter().any(|debut| style.starts_with(debut));
        // « Heading1 », that a French Word calls « Titre1 »; « TitreEncadre » is no heading.
        let niveau = ["Heading", "Titre"].iter().find_map(|debut| style.strip_prefix(debut));
        let du_plan = niveau.is_some_and(|n| n.len() == 1 && n.starts_with(|c: char| c.is_ascii_digit()));
        let liste = proprietes.is_some_and(|p| p.trouver("w:numPr").is_some()) || style == "ListParagraph";
        let genre = match liste {
            _ if du_plan => Genre::Titre,
            _ if commence(&["Intertitre"]) => Genre::Intertitre,
            true => Genre::Liste,
            false => Genre::Texte,
        };
        let mut ici = EnCours { genre, sommaire: commence(&["TOC", "Contents"]), ..EnCours::default() };
        self.enfants(element, 0, cles, &mut ici);
        if ici.sommaire {
            return;
        }
        let propre = |texte: &str| texte.split_whitespace().collect::<Vec<_>>().join(" ");
        let paragraphe = Paragraphe {
            gabarit: propre(&ici.gabarit),
            texte: propre(&ici.texte),
            prose: propre(&sans_marques_qui_se_touchent(&ici.prose)),
            genre: ici.genre,
        };
        if paragraphe.genre.est_titre() && !paragraphe.texte.is_empty() {
            self.clause.clone_from(&paragraphe.texte);
        }
        self.paragraphes.push(paragraphe);
    }

    fn enfants(&mut self, element: &Element, profondeur: usize, cles: &mut Vec<String>, ici: &mut EnCours) {
        if profondeur > PROFONDEUR_MAX {
            return;
        }
        for enfant in element.elements() {
            match enfant.nom.as_str() {
                "w:r" => self.run(enfant, cles, ici),
                "w:bookmarkStart" | "w:bookmarkEnd" => self.signet(enfant),
                "w:sdt" => {
                    let avant = cles.len();
                    self.ouvrir(enfant, cles);
                    if let Some(contenu) = enfant.trouver("w:sdtContent") {
                        self.enfants(contenu, profondeur + 1, cles, ici);
                    }
                    cles.truncate(avant);
                }
                "w:del" | "w:moveFrom" => {
                    if self.suivi == Suivi::Original {
                        self.enfants(enfant, profondeur + 1, cles, ici);
                    }
                }
                "w:ins" | "w:moveTo" => {
                    if self.suivi == Suivi::Accepte {
                        self.enfants(enfant, profondeur + 1, cles, ici);
                    }
                }
                "w:commentRangeStart" => self.ouverts.extend(enfant.lire_attribut("w:id").map(String::from)),
                "w:commentRangeEnd" => {
                    let id = enfant.lire_attribut("w:id").unwrap_or_default();
                    self.ouverts.retain(|ouvert| ouvert != id);
                }
                "w:pPr" => {}
                "w:hyperlink" if enfant.lire_attribut("w:anchor").is_some_and(|a| a.starts_with("_Toc")) => {
                    ici.sommaire = true;
                }
                _ => self.enfants(enfant, profondeur + 1, cles, ici),
            }
        }
    }

    fn run(&mut self, run: &Element, cles: &[String], ici: &mut EnCours) {
        let mut texte = String::new();
        for enfant in run.elements() {
            match enfant.nom.as_str() {
                "w:t" | "w:delText" => texte.push_str(&texte_de(enfant)),
                "w:tab" => texte.push('\t'),
                "w:br" | "w:cr" => texte.push('\n'),
                "w:noBreakHyphen" => texte.push('\u{2011}'),
                "w:fldChar" => match enfant.lire_attribut("w:fldCharType") {
                    Some("begin") => self.instructions += 1,
                    Some("separate" | "end") => self.instructions = self.instructions.saturating_sub(1),
                    _ => {}
                },
                _ => {}
            }
        }
        if texte.is_empty() {
            return;
        }
        ici.texte.push_str(&texte);
        ici.prose.push_str(&mis_en_forme(run, &texte));
        for id in &self.ouverts {
            let (passage, clause) = self.commentes.entry(id.clone()).or_default();
            passage.push_str(&texte);
            clause.clone_from(&self.clause);
        }
        let rang = self.paragraphes.len();
        // A control has the last word; without it, the bookmarks.
        let de_signet = self.signets.values().next_back().cloned();
        match cles.last().cloned().or(de_signet) {
            Some(cle) => {
                let occurrences = self.champs.entry(cle.clone()).or_default();
                if occurrences.is_empty() {
                    occurrences.push(Occurrence::default());
                }
                if let Some(occurrence) = occurrences.last_mut() {
                    occurrence.ajouter(&mis_en_forme(run, &texte), rang, ici.genre == Genre::Liste);
                }
                let marque = format!("‹{cle}›");
                if !ici.gabarit.ends_with(&marque) {
                    ici.gabarit.push_str(&marque);
                }
            }
            None => ici.gabarit.push_str(&texte),
        }
    }
}

/// Two bold runs that touch are one.
fn sans_marques_qui_se_touchent(texte: &str) -> String {
    texte.replace("****", "")
}

/// Bold and italics as the contract writes them.
fn mis_en_forme(run: &Element, texte: &str) -> String {
    let a = |nom: &str| {
        let propriete = run.trouver("w:rPr").and_then(|p| p.trouver(nom));
        propriete.is_some_and(|p| !matches!(p.lire_attribut("w:val"), Some("0" | "false" | "none")))
    };
    if texte.trim().is_empty() {
        return texte.to_string();
    }
    let texte = if a("w:i") { format!("*{texte}*") } else { texte.to_string() };
    if a("w:b") { format!("**{texte}**") } else { texte }
}

fn cle_du_controle(sdt: &Element) -> Option<String> {
    let cle = sdt.trouver("w:sdtPr")?.trouver("w:tag")?.lire_attribut("w:val")?;
    est_cle(cle).then(|| cle.to_string())
}

fn commenter(partie: &Element, commentes: &BTreeMap<String, (String, String)>) -> Vec<Commentaire> {
    let commentaire = |element: &Element| {
        let id = element.lire_attribut("w:id").unwrap_or_default();
        let (passage, clause) = commentes.get(id).cloned().unwrap_or_default();
        let textes: Vec<String> = element.elements().filter(|e| e.nom == "w:p").map(texte_de).collect();
        Commentaire {
            auteur: element.lire_attribut("w:author").unwrap_or_default().to_string(),
            texte: textes.join(" ").trim().to_string(),
            passage: passage.split_whitespace().collect::<Vec<_>>().join(" "),
            clause,
        }
    };
    partie.elements().filter(|e| e.nom == "w:comment").map(commentaire).collect()
}
