//! Two block trees → the Word file of the second, with what changed from the first as tracked changes.
//!
//! Words are compared in paragraphs, rows in tables; a table whose columns change is replaced whole. Numbering,
//! fields, pictures and sections are those of the second version: they are not tracked. Accepting all gives the
//! second version, rejecting all the first, but for empty paragraphs.

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::ordre::{ORDRE_PPR, ordonner};
use super::plan::numerotation::{PUCES, SANS_NUMERO};
use super::xml::{Element, Enfant, W, ecrire, lire};
use super::{Erreur, Options, corps, finition, paquet};
use crate::document::Document;

/// Who made the changes, and when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marque {
    pub auteur: String,
    /// ISO 8601 day; none is written when it is not given.
    pub date: Option<String>,
}

impl Marque {
    fn signer(&self, element: Element) -> Element {
        let signe = element.attribut("w:author", &self.auteur);
        match &self.date {
            Some(date) => signe.attribut("w:date", format!("{date}T00:00:00Z")),
            None => signe,
        }
    }
}

/// First identifier of a tracked change, above those of bookmarks.
const PREMIER: usize = 200_000;
/// Least share of common words for two paragraphs to be versions of each other.
const RESSEMBLANCE: f64 = 0.4;
/// Longest runs of paragraphs that are paired two by two.
const PAIRES_MAX: usize = 80;

/// Prints the second document with its tracked changes.
pub fn comparer(avant: &Document, apres: &Document, marque: &Marque, options: &Options) -> Result<Vec<u8>, Erreur> {
    let lire_corps = |document: &Document| -> Result<(corps::Corps, Element), Erreur> {
        let corps = corps::imprimer(document, options)?;
        let texte = finition::finir(&corps.document, &corps.complements)?;
        let racine = lire(&texte)?;
        Ok((corps, racine))
    };
    let (_, ancien) = lire_corps(avant)?;
    let (mut corps, mut racine) = lire_corps(apres)?;
    let mut suivi = Suivi { marque: marque.clone(), prochain: PREMIER };
    let corps_ancien = ancien.trouver("w:body").cloned().unwrap_or_default();
    if let Some(body) = racine.elements_mut().find(|e| e.nom == "w:body") {
        let (vieux, neufs) = (blocs(&corps_ancien), blocs(body));
        let section = body.elements().find(|e| e.nom == "w:sectPr").cloned();
        let suite = suivi.blocs(&vieux, &neufs);
        body.enfants = suite.into_iter().chain(section).map(Enfant::Element).collect();
        if let Some(premier) = body.elements_mut().find(|e| e.nom == "w:p") {
            annoter(premier);
            corps.commentaires = Some(avertissement(&suivi.marque)?);
        }
    }
    paquet::emballer(apres, &corps, ecrire(&racine)?, options)
}

/// What the file says of itself, in a comment on its first paragraph: the words of neither version change.
const AVERTISSEMENT: &str = "Modifications suivies depuis la version précédente. Tout accepter donne cette version, tout \
     refuser la précédente. La numérotation, les renvois, les images, les zones de saisie, le sommaire et les en-têtes ne \
     sont pas suivis : ce sont ceux de cette version. Un tableau dont les colonnes changent est remplacé en entier.";

fn avertissement(marque: &Marque) -> Result<Vec<u8>, Erreur> {
    let paragraphe = Element::nouveau("w:p").enfant(run(None, mots_ecrits(AVERTISSEMENT.into(), None)));
    let commentaire = marque.signer(Element::nouveau("w:comment").attribut("w:id", 0)).enfant(paragraphe);
    ecrire(&Element::nouveau("w:comments").attribut("xmlns:w", W).enfant(commentaire))
}

/// Sets the comment around the words of a paragraph.
fn annoter(paragraphe: &mut Element) {
    let borne = |nom: &str| Enfant::Element(Element::nouveau(nom).attribut("w:id", 0));
    let place = usize::from(paragraphe.trouver("w:pPr").is_some());
    paragraphe.enfants.insert(place, borne("w:commentRangeStart"));
    paragraphe.enfants.push(borne("w:commentRangeEnd"));
    let appel = Element::nouveau("w:commentReference").attribut("w:id", 0);
    paragraphe.enfants.push(Enfant::Element(run(None, appel)));
}

/// The paragraphs and tables of a body or of a cell, controls and field bookmarks taken off.
fn blocs(parent: &Element) -> Vec<Element> {
    let utile = |e: &&Element| matches!(e.nom.as_str(), "w:p" | "w:tbl" | "w:sdt");
    parent.elements().filter(utile).map(|e| sans_controle(e.clone())).collect()
}

/// Editable values are not tracked as such: their words are.
fn sans_controle(mut element: Element) -> Element {
    let enfants = std::mem::take(&mut element.enfants);
    for enfant in enfants {
        match enfant {
            Enfant::Element(e) if e.nom == "w:sdt" && element.nom == "w:p" => {
                if let Some(contenu) = e.trouver("w:sdtContent") {
                    element.enfants.extend(sans_controle(contenu.clone()).enfants);
                }
            }
            Enfant::Element(e) if matches!(e.nom.as_str(), "w:permStart" | "w:permEnd") => {}
            Enfant::Element(e) => element.enfants.push(Enfant::Element(sans_controle(e))),
            texte => element.enfants.push(texte),
        }
    }
    element
}

/// All the words below an element.
fn texte(element: &Element) -> String {
    let mut sortie = String::new();
    relever(element, &mut sortie);
    sortie
}

fn relever(element: &Element, sortie: &mut String) {
    match element.nom.as_str() {
        "w:t" => sortie.extend(element.enfants.iter().filter_map(|e| match e {
            Enfant::Texte(t) => Some(t.as_str()),
            Enfant::Element(_) => None,
        })),
        "w:tab" => sortie.push('\t'),
        "w:br" => sortie.push('\n'),
        "w:instrText" | "w:pPr" => {}
        _ => element.elements().for_each(|e| relever(e, sortie)),
    }
    if element.nom == "w:p" {
        sortie.push('\n');
    }
}

fn style(element: &Element) -> &str {
    let style = element.trouver("w:pPr").and_then(|p| p.trouver("w:pStyle"));
    style.and_then(|s| s.lire_attribut("w:val")).unwrap_or_default()
}

/// What makes two blocks the same.
fn cle(element: &Element) -> String {
    match element.nom.as_str() {
        "w:p" => format!("p {} {}", style(element), texte(element)),
        // The table of contents follows the headings.
        "w:sdt" => "sdt".into(),
        "w:tbl" => format!("tbl {} {}", colonnes(element), texte(element)),
        autre => format!("{autre} {}", texte(element)),
    }
}

fn colonnes(tableau: &Element) -> usize {
    tableau.trouver("w:tblGrid").map_or(0, |g| g.elements().count())
}

fn mots(texte: &str) -> Vec<&str> {
    texte.split_inclusive(|c: char| !c.is_alphanumeric()).collect()
}

/// Share of the words that two texts have in common, in order.
fn ressemblance(a: &str, b: &str) -> f64 {
    let (a, b) = (mots(a), mots(b));
    let total = a.len() + b.len();
    if total == 0 {
        return 1.0;
    }
    let communs: usize = capture_diff_slices(Algorithm::Myers, &a, &b)
        .iter()
        .map(|operation| match operation {
            DiffOp::Equal { len, .. } => *len,
            _ => 0,
        })
        .sum();
    2.0 * communs as f64 / total as f64
}

/// One of two runs, or both, in order.
type Paire = (Option<usize>, Option<usize>);

/// Pairs the elements of two runs that are versions of each other; order is kept.
fn apparier(avant: &[Element], apres: &[Element], note: impl Fn(&Element, &Element) -> f64) -> Vec<Paire> {
    let (n, m) = (avant.len(), apres.len());
    if n > PAIRES_MAX || m > PAIRES_MAX {
        return (0..n).map(|i| (Some(i), None)).chain((0..m).map(|j| (None, Some(j)))).collect();
    }
    // Best total of the pairs of what follows (i, j).
    let mut total = vec![vec![0.0_f64; m + 1]; n + 1];
    let mut notes = vec![vec![0.0_f64; m]; n];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            notes[i][j] = note(&avant[i], &apres[j]);
            let paire = if notes[i][j] >= RESSEMBLANCE { notes[i][j] + total[i + 1][j + 1] } else { 0.0 };
            total[i][j] = paire.max(total[i + 1][j]).max(total[i][j + 1]);
        }
    }
    let (mut i, mut j, mut sortie) = (0, 0, Vec::new());
    while i < n && j < m {
        if notes[i][j] >= RESSEMBLANCE && total[i][j] <= notes[i][j] + total[i + 1][j + 1] {
            sortie.push((Some(i), Some(j)));
            (i, j) = (i + 1, j + 1);
        } else if total[i][j] <= total[i + 1][j] {
            sortie.push((Some(i), None));
            i += 1;
        } else {
            sortie.push((None, Some(j)));
            j += 1;
        }
    }
    sortie.extend((i..n).map(|i| (Some(i), None)));
    sortie.extend((j..m).map(|j| (None, Some(j))));
    sortie
}

/// A piece of a paragraph: a word and its look, or something that is not words.
#[derive(Debug, Clone)]
struct Jeton {
    cle: String,
    proprietes: Option<Element>,
    contenu: Contenu,
}

#[derive(Debug, Clone)]
enum Contenu {
    Mot(String),
    Blanc(Element),
    Autre(Element),
}

struct Suivi {
    marque: Marque,
    prochain: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sens {
    Ajout,
    Retrait,
}

impl Suivi {
    /// « w:ins » or « w:del », empty.
    fn balise(&mut self, sens: Sens) -> Element {
        self.prochain += 1;
        let nom = if sens == Sens::Ajout { "w:ins" } else { "w:del" };
        self.marque.signer(Element::nouveau(nom).attribut("w:id", self.prochain))
    }

    fn blocs(&mut self, avant: &[Element], apres: &[Element]) -> Vec<Element> {
        let cles = |suite: &[Element]| suite.iter().map(cle).collect::<Vec<_>>();
        let mut sortie = Vec::new();
        for operation in capture_diff_slices(Algorithm::Patience, &cles(avant), &cles(apres)) {
            match operation {
                DiffOp::Equal { new_index, len, .. } => sortie.extend_from_slice(&apres[new_index..new_index + len]),
                autre => {
                    let (vieux, neufs) = (&avant[autre.old_range()], &apres[autre.new_range()]);
                    self.remplacement(vieux, neufs, &mut sortie);
                }
            }
        }
        sortie
    }

    fn remplacement(&mut self, avant: &[Element], apres: &[Element], sortie: &mut Vec<Element>) {
        let note = |a: &Element, b: &Element| match (a.nom.as_str(), b.nom.as_str()) {
            ("w:p", "w:p") if style(a) == style(b) => ressemblance(&texte(a), &texte(b)),
            ("w:tbl", "w:tbl") if colonnes(a) == colonnes(b) => 0.5 + ressemblance(&texte(a), &texte(b)) / 2.0,
            _ => 0.0,
        };
        for paire in apparier(avant, apres, note) {
            match paire {
                (Some(i), Some(j)) if apres[j].nom == "w:p" => {
                    sortie.push(self.paragraphe(&avant[i], &apres[j]));
                }
                (Some(i), Some(j)) => sortie.push(self.tableau(&avant[i], &apres[j])),
                (Some(i), None) => {
                    // Two tables that touch are one.
                    if avant[i].nom == "w:tbl" && sortie.last().is_some_and(|e| e.nom == "w:tbl") {
                        sortie.push(separateur());
                    }
                    sortie.extend(self.bloc(&avant[i], Sens::Retrait));
                }
                (None, Some(j)) => {
                    if apres[j].nom == "w:tbl" && sortie.last().is_some_and(|e| e.nom == "w:tbl") {
                        sortie.push(separateur());
                    }
                    sortie.extend(self.bloc(&apres[j], Sens::Ajout));
                }
                (None, None) => {}
            }
        }
    }

    /// A block that one version only has.
    fn bloc(&mut self, element: &Element, sens: Sens) -> Option<Element> {
        match element.nom.as_str() {
            "w:p" => Some(self.paragraphe_entier(element, sens)),
            "w:tbl" => {
                let mut tableau = element.clone();
                for ligne in tableau.elements_mut().filter(|e| e.nom == "w:tr") {
                    *ligne = self.ligne(ligne, sens);
                }
                Some(tableau)
            }
            // The table of contents of the first version goes with its headings.
            _ if sens == Sens::Retrait => None,
            _ => Some(element.clone()),
        }
    }

    fn paragraphe_entier(&mut self, element: &Element, sens: Sens) -> Element {
        let jetons = jetons(element);
        let mut sortie = self.enveloppe(element, sens == Sens::Retrait);
        let marque = self.balise(sens);
        marquer_la_fin(&mut sortie, marque);
        let groupe: Vec<&Jeton> = jetons.iter().collect();
        let suite = self.suite(&groupe, Some(sens));
        placer(&mut sortie, suite);
        sortie
    }

    /// The properties and bookmarks of a paragraph, without its words.
    fn enveloppe(&self, element: &Element, retire: bool) -> Element {
        let mut sortie = Element { enfants: Vec::new(), ..element.clone() };
        for enfant in element.elements() {
            match enfant.nom.as_str() {
                "w:pPr" => {
                    let mut proprietes = enfant.clone();
                    if retire {
                        // Numbers and sections are those of the second version; bullets stay.
                        proprietes.retirer("w:sectPr");
                        let liste = proprietes.trouver("w:numPr").and_then(|n| n.trouver("w:numId"));
                        if liste.and_then(|l| l.lire_attribut("w:val")) != Some(PUCES.to_string().as_str()) {
                            proprietes.retirer("w:numPr");
                            let aucun = Element::nouveau("w:numPr")
                                .enfant(Element::val("w:ilvl", 0))
                                .enfant(Element::val("w:numId", SANS_NUMERO));
                            proprietes.enfants.push(Enfant::Element(aucun));
                        }
                        ordonner(&mut proprietes, ORDRE_PPR);
                    }
                    sortie.enfants.push(Enfant::Element(proprietes));
                }
                "w:bookmarkStart" | "w:bookmarkEnd" if !retire => sortie.enfants.push(Enfant::Element(enfant.clone())),
                _ => {}
            }
        }
        sortie
    }

    fn paragraphe(&mut self, avant: &Element, apres: &Element) -> Element {
        let (vieux, neufs) = (jetons(avant), jetons(apres));
        let cles = |suite: &[Jeton]| suite.iter().map(|j| j.cle.clone()).collect::<Vec<_>>();
        let mut contenu = Vec::new();
        for operation in capture_diff_slices(Algorithm::Myers, &cles(&vieux), &cles(&neufs)) {
            let (a, b) = (&vieux[operation.old_range()], &neufs[operation.new_range()]);
            let (a, b): (Vec<&Jeton>, Vec<&Jeton>) = (a.iter().collect(), b.iter().collect());
            match operation {
                DiffOp::Equal { .. } => contenu.extend(self.suite(&b, None)),
                _ => {
                    contenu.extend(self.suite(&a, Some(Sens::Retrait)));
                    contenu.extend(self.suite(&b, Some(Sens::Ajout)));
                }
            }
        }
        let mut sortie = self.enveloppe(apres, false);
        placer(&mut sortie, contenu);
        sortie
    }

    /// Words and pieces as runs, inside one tracked change if there is one.
    fn suite(&mut self, jetons: &[&Jeton], sens: Option<Sens>) -> Vec<Element> {
        let mut runs: Vec<Element> = Vec::new();
        let mut courant: Option<(Option<Element>, String)> = None;
        let fermer = |courant: &mut Option<(Option<Element>, String)>, runs: &mut Vec<Element>| {
            if let Some((proprietes, texte)) = courant.take() {
                runs.push(run(proprietes, mots_ecrits(texte, sens)));
            }
        };
        for jeton in jetons {
            match &jeton.contenu {
                Contenu::Mot(mot) => match &mut courant {
                    Some((proprietes, texte)) if *proprietes == jeton.proprietes => texte.push_str(mot),
                    _ => {
                        fermer(&mut courant, &mut runs);
                        courant = Some((jeton.proprietes.clone(), mot.clone()));
                    }
                },
                Contenu::Blanc(element) => {
                    fermer(&mut courant, &mut runs);
                    runs.push(run(jeton.proprietes.clone(), element.clone()));
                }
                // A link of the first version leaves its words; a field or a picture leaves nothing.
                Contenu::Autre(element) if sens == Some(Sens::Retrait) => {
                    fermer(&mut courant, &mut runs);
                    if element.nom == "w:hyperlink" {
                        runs.push(run(jeton.proprietes.clone(), mots_ecrits(texte(element), sens)));
                    }
                }
                Contenu::Autre(element) => {
                    fermer(&mut courant, &mut runs);
                    runs.push(element.clone());
                }
            }
        }
        fermer(&mut courant, &mut runs);
        match sens {
            Some(sens) => self.entourer(runs, sens),
            None => runs,
        }
    }

    /// Runs inside tracked changes; a link is outside of its own.
    fn entourer(&mut self, runs: Vec<Element>, sens: Sens) -> Vec<Element> {
        let mut sortie: Vec<Element> = Vec::new();
        let mut ouverte = false;
        for mut run in runs {
            if run.nom == "w:hyperlink" {
                let mut balise = self.balise(sens);
                balise.enfants = std::mem::take(&mut run.enfants);
                run.enfants.push(Enfant::Element(balise));
                sortie.push(run);
                ouverte = false;
                continue;
            }
            if !ouverte {
                sortie.push(self.balise(sens));
                ouverte = true;
            }
            if let Some(balise) = sortie.last_mut() {
                balise.enfants.push(Enfant::Element(run));
            }
        }
        sortie
    }

    fn tableau(&mut self, avant: &Element, apres: &Element) -> Element {
        let lignes = |t: &Element| t.elements().filter(|e| e.nom == "w:tr").cloned().collect::<Vec<_>>();
        let (vieilles, neuves) = (lignes(avant), lignes(apres));
        let cles = |suite: &[Element]| suite.iter().map(texte).collect::<Vec<_>>();
        let mut sortie = Element { enfants: Vec::new(), ..apres.clone() };
        let entete = apres.elements().filter(|e| e.nom != "w:tr").cloned();
        sortie.enfants.extend(entete.map(Enfant::Element));
        for operation in capture_diff_slices(Algorithm::Patience, &cles(&vieilles), &cles(&neuves)) {
            let (a, b) = (&vieilles[operation.old_range()], &neuves[operation.new_range()]);
            if matches!(operation, DiffOp::Equal { .. }) {
                sortie.enfants.extend(b.iter().cloned().map(Enfant::Element));
                continue;
            }
            let cellules = |l: &Element| l.elements().filter(|e| e.nom == "w:tc").count();
            let note = |x: &Element, y: &Element| {
                if cellules(x) == cellules(y) { ressemblance(&texte(x), &texte(y)) } else { 0.0 }
            };
            for (i, j) in apparier(a, b, note) {
                let ligne = match (i, j) {
                    (Some(i), Some(j)) => self.cellules(&a[i], &b[j]),
                    (Some(i), None) => self.ligne(&a[i], Sens::Retrait),
                    (_, Some(j)) => self.ligne(&b[j], Sens::Ajout),
                    (None, None) => continue,
                };
                sortie.enfants.push(Enfant::Element(ligne));
            }
        }
        sortie
    }

    /// A row that both versions have, cell by cell.
    fn cellules(&mut self, avant: &Element, apres: &Element) -> Element {
        let mut vieilles = avant.elements().filter(|e| e.nom == "w:tc");
        let mut sortie = apres.clone();
        for cellule in sortie.elements_mut().filter(|e| e.nom == "w:tc") {
            let Some(vieille) = vieilles.next() else { break };
            let proprietes: Vec<Element> = cellule.elements().filter(|e| e.nom == "w:tcPr").cloned().collect();
            let mut contenu = self.blocs(&blocs(vieille), &blocs(cellule));
            if contenu.last().is_none_or(|e| e.nom != "w:p") {
                contenu.push(separateur());
            }
            cellule.enfants = proprietes.into_iter().chain(contenu).map(Enfant::Element).collect();
        }
        sortie
    }

    /// A row that one version only has.
    fn ligne(&mut self, ligne: &Element, sens: Sens) -> Element {
        let mut sortie = ligne.clone();
        let marque = self.balise(sens);
        if sortie.trouver("w:trPr").is_none() {
            sortie.enfants.insert(0, Enfant::Element(Element::nouveau("w:trPr")));
        }
        if let Some(proprietes) = sortie.elements_mut().find(|e| e.nom == "w:trPr") {
            proprietes.enfants.push(Enfant::Element(marque));
        }
        for cellule in sortie.elements_mut().filter(|e| e.nom == "w:tc") {
            for bloc in cellule.elements_mut() {
                if bloc.nom == "w:p" {
                    *bloc = self.paragraphe_entier(&sans_controle(bloc.clone()), sens);
                }
            }
        }
        sortie
    }
}

fn separateur() -> Element {
    Element::nouveau("w:p").enfant(Element::nouveau("w:pPr").enfant(Element::val("w:pStyle", "Separateur")))
}

fn mots_ecrits(texte: String, sens: Option<Sens>) -> Element {
    let nom = if sens == Some(Sens::Retrait) { "w:delText" } else { "w:t" };
    let mut mots = Element::nouveau(nom).attribut("xml:space", "preserve");
    mots.enfants.push(Enfant::Texte(texte));
    mots
}

fn run(proprietes: Option<Element>, contenu: Element) -> Element {
    let mut run = Element::nouveau("w:r");
    run.enfants.extend(proprietes.map(Enfant::Element));
    run.enfants.push(Enfant::Element(contenu));
    run
}

/// The end of a paragraph is tracked too.
fn marquer_la_fin(paragraphe: &mut Element, marque: Element) {
    if paragraphe.trouver("w:pPr").is_none() {
        paragraphe.enfants.insert(0, Enfant::Element(Element::nouveau("w:pPr")));
    }
    let Some(proprietes) = paragraphe.elements_mut().find(|e| e.nom == "w:pPr") else { return };
    if proprietes.elements().all(|e| e.nom != "w:rPr") {
        proprietes.enfants.push(Enfant::Element(Element::nouveau("w:rPr")));
    }
    if let Some(fin) = proprietes.elements_mut().find(|e| e.nom == "w:rPr") {
        fin.enfants.insert(0, Enfant::Element(marque));
    }
    ordonner(proprietes, ORDRE_PPR);
}

/// Puts the words of a paragraph between the beginnings and the ends of its bookmarks.
fn placer(paragraphe: &mut Element, contenu: Vec<Element>) {
    let fins: Vec<Enfant> = {
        let est_fin = |e: &Enfant| matches!(e, Enfant::Element(e) if e.nom == "w:bookmarkEnd");
        let (fins, reste) = std::mem::take(&mut paragraphe.enfants).into_iter().partition(est_fin);
        paragraphe.enfants = reste;
        fins
    };
    paragraphe.enfants.extend(contenu.into_iter().map(Enfant::Element));
    paragraphe.enfants.extend(fins);
}

/// A paragraph as words and pieces.
fn jetons(paragraphe: &Element) -> Vec<Jeton> {
    let mut sortie = Vec::new();
    for enfant in paragraphe.elements() {
        match enfant.nom.as_str() {
            "w:r" => jetons_du_run(enfant, &mut sortie),
            "w:pPr" | "w:bookmarkStart" | "w:bookmarkEnd" => {}
            // A link is one piece: its words, and where it leads.
            "w:hyperlink" => {
                let mots = texte(enfant);
                let proprietes = enfant.elements().find_map(|r| r.trouver("w:rPr")).cloned();
                sortie.push(Jeton { cle: mots, proprietes, contenu: Contenu::Autre(enfant.clone()) });
            }
            autre => {
                let cle = format!("{autre} {}", texte(enfant));
                sortie.push(Jeton { cle, proprietes: None, contenu: Contenu::Autre(enfant.clone()) });
            }
        }
    }
    sortie
}

fn jetons_du_run(run: &Element, sortie: &mut Vec<Jeton>) {
    let proprietes = run.trouver("w:rPr").cloned();
    let simple = run.elements().all(|e| matches!(e.nom.as_str(), "w:rPr" | "w:t" | "w:tab" | "w:br"));
    if !simple {
        let cle = format!("{:?}", run.elements().map(|e| e.nom.as_str()).collect::<Vec<_>>());
        return sortie.push(Jeton { cle, proprietes: None, contenu: Contenu::Autre(run.clone()) });
    }
    for enfant in run.elements().filter(|e| e.nom != "w:rPr") {
        let mots_du_run = texte(enfant);
        if enfant.nom != "w:t" {
            let contenu = Contenu::Blanc(enfant.clone());
            sortie.push(Jeton { cle: mots_du_run, proprietes: proprietes.clone(), contenu });
            continue;
        }
        for mot in mots(&mots_du_run) {
            let contenu = Contenu::Mot(mot.to_string());
            sortie.push(Jeton { cle: mot.to_string(), proprietes: proprietes.clone(), contenu });
        }
    }
}
