//! A run of Word → its words, and what stands among them: symbols, fields, calls of notes, drawings.

use super::contenu::GenreObjet;
use super::equations;
use super::parcours::{ChampWord, EnCours, Lecture, SANS_MOTS, choix};
use super::styles::{Aspect, est_vrai};
use super::symboles;
use super::texte::texte_brut;
use crate::formats::mots::propre;
use crate::rendu::docx::xml::{Element, Enfant};

/// What stands for a character that we do not know.
const INCONNU: char = '▯';

/// Fields that show nothing by themselves, or whose result Word computes at each opening.
const CHAMPS_MUETS: &[&str] = &[
    "XE",
    "TC",
    "TA",
    "RD",
    "SET",
    "ASK",
    "PAGE",
    "NUMPAGES",
    "SECTION",
    "SECTIONPAGES",
    "PAGEREF",
    "TOC",
    "PRIVATE",
    "FORMTEXT",
    "FORMCHECKBOX",
    "FORMDROPDOWN",
    "NOTEREF",
    "REF",
    "SEQ",
    "STYLEREF",
    "HYPERLINK",
];

impl ChampWord {
    /// « PAGEREF ».
    fn sorte(&self) -> String {
        let mot = self.instruction.split(|c: char| c.is_whitespace() || c == '\\').find(|mot| !mot.is_empty());
        mot.unwrap_or_default().to_uppercase()
    }
}

/// What a run looks like.
#[derive(Debug, Clone, Copy)]
struct Forme<'e> {
    aspect: Aspect,
    police: &'e str,
}

/// Reads what stands in a line: a run, a field in one piece, an equation.
pub(super) fn en_ligne(lecture: &mut Lecture<'_>, element: &Element, ici: &mut EnCours) {
    match element.nom.as_str() {
        "w:r" => lecture.run(element, ici),
        "w:fldSimple" => lecture.champ_simple(element, ici),
        _ => lecture.equation(element, ici),
    }
}

impl Lecture<'_> {
    fn run(&mut self, run: &Element, ici: &mut EnCours) {
        let proprietes = run.trouver("w:rPr");
        let style = proprietes.and_then(|p| p.valeur("w:rStyle"));
        let des_lettres = self.styles.des_lettres(style);
        let aspect = Aspect {
            barre: des_lettres.barre || ici.aspect.barre,
            masque: des_lettres.masque || ici.aspect.masque,
            ..des_lettres
        };
        let polices = proprietes.and_then(|p| p.trouver("w:rFonts"));
        let police = polices.and_then(|p| p.lire_attribut("w:ascii").or_else(|| p.lire_attribut("w:hAnsi")));
        let forme = Forme { aspect: aspect.puis(proprietes), police: police.unwrap_or_default() };
        if self.styles.est_invitation(style) && est_une_invitation(&texte_brut(run)) && self.vider() {
            return;
        }
        proprietes.into_iter().for_each(|p| self.suivie(p));
        self.contenu(run, forme, ici);
    }

    fn contenu(&mut self, element: &Element, forme: Forme<'_>, ici: &mut EnCours) {
        for enfant in element.elements() {
            match enfant.nom.as_str() {
                "w:t" | "w:delText" => {
                    let texte: String = enfant.enfants.iter().filter_map(en_texte).collect();
                    self.lettres(&texte, forme, ici);
                }
                "w:tab" | "w:ptab" => self.ecrire("\t", forme, ici),
                "w:br" if matches!(enfant.lire_attribut("w:type"), Some("page" | "column")) => {
                    self.ecrire(" ", forme, ici)
                }
                "w:br" | "w:cr" => self.ecrire("\n", forme, ici),
                "w:noBreakHyphen" => self.ecrire("\u{2011}", forme, ici),
                "w:sym" => {
                    let police = enfant.lire_attribut("w:font").unwrap_or_default();
                    let code = enfant.lire_attribut("w:char").and_then(|c| u32::from_str_radix(c, 16).ok());
                    let lettre = self.symbole(code.unwrap_or_default(), police);
                    self.ecrire(lettre.encode_utf8(&mut [0; 4]), forme, ici);
                }
                "w:fldChar" => self.caractere_de_champ(enfant, ici),
                "w:instrText" | "w:delInstrText" => {
                    if let Some(champ) = self.champs_word.last_mut().filter(|champ| !champ.resultat) {
                        champ.instruction.extend(enfant.enfants.iter().filter_map(en_texte));
                    }
                }
                "w:footnoteReference" => self.appeler(GenreObjet::NoteDeBasDePage, enfant),
                "w:endnoteReference" => self.appeler(GenreObjet::NoteDeFin, enfant),
                "w:drawing" | "w:pict" | "w:object" => self.dessin(enfant),
                "mc:AlternateContent" => choix(enfant).into_iter().for_each(|choix| self.contenu(choix, forme, ici)),
                "w:ruby" => {
                    for nom in ["w:rubyBase", "w:rt"] {
                        enfant.trouver(nom).into_iter().for_each(|e| self.enfants(e, ici));
                    }
                }
                "w:contentPart" | "w14:contentPart" => {
                    self.objet(GenreObjet::Encre, String::new(), String::new());
                }
                "m:oMath" | "m:oMathPara" => self.equation(enfant, ici),
                "w:softHyphen"
                | "w:annotationRef"
                | "w:footnoteRef"
                | "w:endnoteRef"
                | "w:separator"
                | "w:continuationSeparator" => {}
                "w:pgNum" | "w:dayShort" | "w:dayLong" | "w:monthShort" | "w:monthLong" | "w:yearShort"
                | "w:yearLong" => {
                    self.objet(GenreObjet::ChampWord, "une date ou un numéro de page".into(), enfant.nom.clone());
                }
                _ if self.borne(enfant) => {}
                nom if SANS_MOTS.contains(&nom) => {}
                _ => {
                    self.inconnu(enfant);
                    self.contenu(enfant, forme, ici);
                }
            }
        }
    }

    /// Letters, those of a font of symbols turned into what they draw.
    fn lettres(&mut self, texte: &str, forme: Forme<'_>, ici: &mut EnCours) {
        let prive = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}');
        let symboles = symboles::est_de_symboles(forme.police);
        if !symboles && !texte.contains(prive) {
            return self.ecrire(texte, forme, ici);
        }
        let mut sortie = String::new();
        for c in texte.chars() {
            let lettre = if symboles || prive(c) { self.symbole(u32::from(c), forme.police) } else { c };
            sortie.push(lettre);
        }
        self.ecrire(&sortie, forme, ici);
    }

    /// The character that a font of symbols draws; one that we do not know is told.
    fn symbole(&mut self, code: u32, police: &str) -> char {
        if let Some(lettre) = symboles::en_unicode(police, code) {
            return lettre;
        }
        if !self.reserver("un symbole que cpom ne connaît pas") {
            let texte = format!("le caractère {code:04X} de la police « {police} »");
            self.objet(GenreObjet::Symbole, texte.clone(), texte);
        }
        INCONNU
    }

    /// Writes words; those that are struck or hidden are told.
    fn ecrire(&mut self, texte: &str, forme: Forme<'_>, ici: &mut EnCours) {
        let remarquable = !texte.trim().is_empty() && !self.dans_un_vide();
        let marques = [
            (forme.aspect.barre, "du texte barré", GenreObjet::TexteBarre),
            (forme.aspect.masque, "du texte masqué", GenreObjet::TexteMasque),
        ];
        for (_, quoi, genre) in marques.into_iter().filter(|(porte, _, _)| *porte && remarquable) {
            if !self.reserver(quoi) {
                self.marquer(genre, texte);
            }
        }
        ici.sommaire |= self.sommaires > 0;
        self.dire(texte, forme.aspect, ici);
    }

    /// Struck or hidden words; runs that follow each other are one.
    fn marquer(&mut self, genre: GenreObjet, texte: &str) {
        let place = self.place();
        match self.sortie.objets.last_mut().filter(|o| o.genre == genre && o.paragraphe == place) {
            Some(objet) => {
                objet.texte.push_str(texte);
                objet.empreinte.push_str(texte);
            }
            None => self.objet(genre, texte.to_owned(), texte.to_owned()),
        }
    }

    fn appeler(&mut self, genre: GenreObjet, appel: &Element) {
        let id = appel.lire_attribut("w:id").unwrap_or_default().to_owned();
        let place = self.place();
        self.appels.push((genre, id, place));
    }

    fn equation(&mut self, element: &Element, ici: &mut EnCours) {
        let texte = equations::texte(element);
        self.reserver("une équation");
        self.dire(&texte, Aspect::default(), ici);
    }

    fn champ_simple(&mut self, element: &Element, ici: &mut EnCours) {
        let instruction = element.lire_attribut("w:instr").unwrap_or_default().to_owned();
        let vide = texte_brut(element).trim().is_empty();
        let forme = forme_ancienne(element);
        self.champs_word.push(ChampWord { instruction, resultat: true, sommaire: false, forme });
        self.enfants(element, ici);
        self.finir_le_champ(!vide, ici);
    }

    fn caractere_de_champ(&mut self, element: &Element, ici: &mut EnCours) {
        match element.lire_attribut("w:fldCharType") {
            Some("begin") => {
                let forme = forme_ancienne(element);
                self.champs_word.push(ChampWord { forme, ..ChampWord::default() });
            }
            Some("separate") => {
                if let Some(champ) = self.champs_word.last_mut().filter(|champ| !champ.resultat) {
                    champ.resultat = true;
                    champ.sommaire = champ.sorte() == "TOC";
                    self.sommaires += usize::from(champ.sommaire);
                }
            }
            Some("end") => {
                let resultat = self.champs_word.last().is_some_and(|champ| champ.resultat);
                self.finir_le_champ(resultat, ici);
            }
            _ => {}
        }
    }

    /// Ends a field of Word: what it shows by itself, where it leads.
    fn finir_le_champ(&mut self, resultat: bool, ici: &mut EnCours) {
        let Some(champ) = self.champs_word.pop() else { return };
        self.sommaires -= usize::from(champ.sommaire);
        let sorte = champ.sorte();
        if let Some(texte) = &champ.forme {
            self.dire(texte, Aspect::default(), ici);
        }
        if sorte == "HYPERLINK"
            && let Some(adresse) = champ.instruction.split('"').nth(1).filter(|a| a.contains(':'))
            && !champ.instruction.split('"').next().is_some_and(|avant| avant.contains("\\l"))
        {
            let adresse = adresse.trim_end_matches('/').to_owned();
            self.objet(GenreObjet::Lien, adresse.clone(), adresse);
        }
        if !resultat && champ.forme.is_none() && !CHAMPS_MUETS.contains(&sorte.as_str()) {
            let instruction = champ.instruction.trim().to_owned();
            if !self.reserver("un champ calculé par Word") {
                self.objet(GenreObjet::ChampWord, instruction.clone(), instruction);
            }
        }
    }
}

/// The words by which Word invites to fill a control.
pub(super) fn est_une_invitation(texte: &str) -> bool {
    const INVITATIONS: [&str; 10] = [
        "cliquez ou appuyez ici pour entrer du texte",
        "cliquez ici pour entrer du texte",
        "cliquez ici pour taper du texte",
        "choisissez un élément",
        "cliquez ou appuyez ici pour entrer une date",
        "cliquez ici pour entrer une date",
        "click or tap here to enter text",
        "click here to enter text",
        "choose an item",
        "click or tap to enter a date",
    ];
    let plat = propre(texte).to_lowercase();
    INVITATIONS.contains(&plat.trim_end_matches('.'))
}

fn en_texte(enfant: &Enfant) -> Option<&str> {
    match enfant {
        Enfant::Texte(texte) => Some(texte),
        Enfant::Element(_) => None,
    }
}

/// What a field of an old form shows: Word draws it, the text does not hold it.
fn forme_ancienne(champ: &Element) -> Option<String> {
    let donnees = champ.trouver("w:ffData")?;
    if let Some(case) = donnees.trouver("w:checkBox") {
        let etat = case.trouver("w:checked").or_else(|| case.trouver("w:default"));
        return Some(if etat.is_some_and(est_vrai) { "☒" } else { "☐" }.into());
    }
    let liste = donnees.trouver("w:ddList")?;
    let rang = liste.valeur("w:result").or_else(|| liste.valeur("w:default")).and_then(|n| n.parse().ok()).unwrap_or(0);
    let choix = liste.elements().filter(|e| e.nom == "w:listEntry").nth(rang)?;
    Some(choix.lire_attribut("w:val").unwrap_or_default().to_owned())
}
