//! The rows of a printed table and the elements that they print → what each column says of an element; the cells of a row that was
//! added → the element that they make.
//!
//! Nothing is known of the models: a column is learnt from the values of the contract that its cells print.

use super::contenu::{Cellule, Tableau};
use super::court;
use super::motifs::{Motif, Valeur};
use super::noms::{ENSEMBLE, Noms, contient};
use crate::document::Document;
use crate::formats::mots::plat;
use crate::nomenclatures;
use crate::redaction::mettre_en_forme;
use crate::saisie;
use crate::schema::forme::{Forme, Nature, forme_du_contrat};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the contract and what was printed of it tell.
pub(super) struct Savoir<'s> {
    pub donnees: &'s Value,
    /// The pointer of each field, by its key.
    pub pointeurs: BTreeMap<&'s str, &'s str>,
    pub noms: Noms,
}

impl<'s> Savoir<'s> {
    pub fn de(document: &'s Document, donnees: &'s Value, contrat: Option<&crate::contrat::Contrat>) -> Self {
        let pointeurs = document.champs.iter().map(|(pointeur, champ)| (champ.cle.as_str(), pointeur.as_str()));
        Savoir { donnees, pointeurs: pointeurs.collect(), noms: Noms::de(donnees, contrat) }
    }
}

/// A value of an element, by its path in it: « capacites/0/autorisee ».
struct Feuille<'d> {
    chemin: String,
    valeur: &'d Value,
    forme: Option<Arc<Forme>>,
}

/// A table whose rows each print an element of one list.
pub(super) struct Table<'s> {
    savoir: &'s Savoir<'s>,
    /// JSON pointer of the list.
    pub liste: String,
    /// For each row, the rank of the element that it prints.
    pub elements: Vec<Option<usize>>,
    /// For each row, the words of the row above it that announces it.
    groupes: Vec<String>,
    /// The headings of the columns, as they are compared and as they are told.
    entetes: Vec<String>,
    titres: Vec<String>,
    colonnes: Vec<Vec<Motif>>,
    forme: Arc<Forme>,
    /// The words around: legend, headings.
    alentours: String,
}

/// An element made of the cells of a row.
pub(super) struct Lu {
    pub element: Value,
    /// What is doubtful or missing, in French.
    pub doutes: Vec<String>,
}

impl<'s> Table<'s> {
    /// What the rows of a table print, when each prints an element of one list. `alentours` are the words above it.
    pub fn apprendre(savoir: &'s Savoir<'s>, tableau: &Tableau, alentours: &str) -> Option<Self> {
        let champs = |ligne: &Vec<Cellule>| -> Vec<&'s str> {
            let cles = ligne.iter().flat_map(|cellule| super::motifs::cles(&cellule.gabarit));
            cles.filter_map(|cle| savoir.pointeurs.get(cle.as_str()).copied()).collect()
        };
        let pointeurs: Vec<Vec<&str>> = tableau.lignes.iter().map(champs).collect();
        let liste = liste_des_lignes(savoir.donnees, &pointeurs)?;
        let rang = |pointeurs: &Vec<&str>| -> Option<usize> {
            let suite = pointeurs.first()?.strip_prefix(liste.as_str())?.strip_prefix('/')?;
            suite.split('/').next()?.parse().ok()
        };
        let elements: Vec<Option<usize>> = pointeurs.iter().map(rang).collect();
        let premiere = elements.iter().position(Option::is_some)?;
        let titres: Vec<String> = match premiere {
            0 => Vec::new(),
            _ => tableau.lignes.first()?.iter().map(|cellule| cellule.texte.replace('\n', " ")).collect(),
        };
        let entetes = titres.iter().map(|titre| plat(titre)).collect();
        let mut groupe = String::new();
        let mut groupes = Vec::with_capacity(elements.len());
        for (rang, ligne) in tableau.lignes.iter().enumerate() {
            if let ([seule], None, 1..) = (ligne.as_slice(), elements[rang], rang) {
                groupe = plat(&seule.texte);
            }
            groupes.push(groupe.clone());
        }
        let forme = forme_du_contrat().a(&format!("{liste}/0"))?;
        let alentours = plat(alentours);
        let colonnes = Vec::new();
        let mut table = Table { savoir, liste, elements, groupes, entetes, titres, colonnes, forme, alentours };
        table.colonnes = table.apprendre_les_colonnes(tableau);
        Some(table)
    }

    fn element(&self, rang: usize) -> Option<&'s Value> {
        self.savoir.donnees.pointer(&format!("{}/{rang}", self.liste))
    }

    fn apprendre_les_colonnes(&self, tableau: &Tableau) -> Vec<Vec<Motif>> {
        let largeur = tableau.lignes.iter().map(Vec::len).max().unwrap_or_default();
        let mut colonnes: Vec<Vec<Motif>> = vec![Vec::new(); largeur];
        for (ligne, rang) in tableau.lignes.iter().zip(&self.elements) {
            let Some((rang, element)) = rang.and_then(|rang| Some((rang, self.element(rang)?))) else { continue };
            let feuilles = feuilles(element, &self.forme);
            let debut = format!("{}/{rang}/", self.liste);
            for (colonne, cellule) in colonnes.iter_mut().zip(ligne) {
                let champ = |cle: &str| {
                    let pointeur = self.savoir.pointeurs.get(cle)?;
                    Some(pointeur.strip_prefix(&debut).map(str::to_owned))
                };
                let expliquer = |mots: &str| self.expliquer(mots, &feuilles);
                let Some(motif) = Motif::de(&cellule.gabarit, &champ, &expliquer) else { continue };
                if !colonne.iter_mut().any(|connu| connu.rejoindre(&motif)) {
                    colonne.push(motif);
                }
            }
        }
        for (rang, colonne) in colonnes.iter_mut().enumerate() {
            let entete = self.entetes.get(rang).map(String::as_str).unwrap_or_default();
            let titre = |chemin: &str| self.forme.a(chemin).map(|forme| plat(&forme.titre)).unwrap_or_default();
            colonne.iter_mut().for_each(|motif| {
                motif.trancher(&|chemin| {
                    let titre = titre(chemin);
                    !titre.is_empty() && (contient(entete, &titre) || contient(&titre, entete))
                })
            });
        }
        colonnes
    }

    /// The values of the element that print as these words.
    fn expliquer(&self, mots: &str, feuilles: &[Feuille<'_>]) -> BTreeSet<String> {
        let mots = plat(mots);
        feuilles.iter().filter(|feuille| self.imprime(feuille, &mots)).map(|feuille| feuille.chemin.clone()).collect()
    }

    fn imprime(&self, feuille: &Feuille<'_>, plates: &str) -> bool {
        let noms = &self.savoir.noms;
        match feuille.valeur {
            Value::String(texte) => {
                let sigle = || nomenclatures::categorie(texte).and_then(|c| c.sigle).is_some_and(|s| plat(s) == plates);
                let imprime = feuille.forme.as_ref().map(|forme| plat(&mettre_en_forme(forme, feuille.valeur)));
                imprime.as_deref() == Some(plates)
                    || !feuille.chemin.ends_with("id") && noms.est(texte, plates)
                    || feuille.forme.as_ref().is_some_and(|f| f.nature == Nature::Categorie) && sigle()
            }
            Value::Array(elements) => {
                let ids: Vec<&str> = elements.iter().filter_map(Value::as_str).collect();
                !ids.is_empty() && noms.sont(&ids, plates)
            }
            Value::Null | Value::Object(_) => false,
            valeur => feuille.forme.as_ref().is_some_and(|forme| plat(&mettre_en_forme(forme, valeur)) == plates),
        }
    }

    /// Whether a value names an element of the contract.
    fn est_un_renvoi(&self, chemin: &str) -> bool {
        let noms = &self.savoir.noms;
        let renvoie = |valeur: &Value| valeur.as_str().is_some_and(|id| noms.connait(id));
        let valeurs =
            self.elements.iter().flatten().filter_map(|rang| self.element(*rang)?.pointer(&format!("/{chemin}")));
        let mut valeurs = valeurs.peekable();
        valeurs.peek().is_some()
            && valeurs.all(|valeur| match valeur {
                Value::Array(elements) => elements.iter().all(renvoie),
                seul => renvoie(seul),
            })
    }

    /// Reads a row that was added after the row `apres` of the table.
    pub fn lire(&self, cellules: &[Cellule], apres: Option<usize>) -> Lu {
        let mut lecture =
            LectureDeLigne { table: self, lues: BTreeMap::new(), colonnes: BTreeMap::new(), doutes: Vec::new() };
        for (rang, cellule) in cellules.iter().enumerate() {
            lecture.cellule(rang, &cellule.texte);
        }
        if cellules.len() != self.colonnes.len() {
            let (a, b) = (cellules.len(), self.colonnes.len());
            lecture.doutes.push(format!("la ligne a {a} cellules et le tableau {b} colonnes"));
        }
        lecture.completer(apres);
        lecture.finir(apres)
    }
}

/// A row being read.
struct LectureDeLigne<'t, 's> {
    table: &'t Table<'s>,
    lues: BTreeMap<String, Value>,
    /// The column where each value was read.
    colonnes: BTreeMap<String, usize>,
    doutes: Vec<String>,
}

impl LectureDeLigne<'_, '_> {
    /// « colonne « Montant » : … », with the words of the cell on one line.
    fn douter(&mut self, colonne: usize, cellule: &str, doute: &str) {
        let ou = match self.table.titres.get(colonne).filter(|titre| !titre.trim().is_empty()) {
            Some(titre) => format!("colonne « {titre} »"),
            None => format!("cellule « {cellule} »"),
        };
        self.doutes.push(format!("{ou} : {doute}").replace('\n', " ¶ "));
    }

    fn cellule(&mut self, rang: usize, texte: &str) {
        let texte = texte.trim();
        let rien = ["", "–", "-", "—", "néant"].contains(&texte) || plat(texte) == ENSEMBLE;
        let table = self.table;
        let Some(motifs) = table.colonnes.get(rang).filter(|_| !rien) else { return };
        if !motifs.iter().any(Motif::dit_quelque_chose) {
            return self.douter(rang, texte, &format!("rien ne dit à quelle donnée répond « {texte} »"));
        }
        let mut lectures = Vec::new();
        let mut refus = None;
        for motif in motifs {
            let Some(apparie) = motif.apparier(texte) else { continue };
            let lues = apparie.valeurs.iter().map(|(valeur, mots)| self.valeur(valeur, mots));
            match lues.collect::<Result<BTreeMap<String, Value>, String>>() {
                Ok(valeurs) => lectures.push(((apparie.entier, apparie.lettres), valeurs)),
                Err(motif) => refus = refus.or(Some(motif)),
            }
        }
        let Some(meilleure) = lectures.iter().map(|(rang, _)| *rang).max() else {
            let refus = refus.unwrap_or_else(|| format!("« {texte} » n'est pas écrit comme dans les autres lignes"));
            return self.douter(rang, texte, &refus);
        };
        lectures.retain(|(rang, _)| *rang == meilleure);
        if lectures.iter().any(|(_, valeurs)| *valeurs != lectures[0].1) {
            self.douter(rang, texte, &format!("« {texte} » peut se lire de plusieurs façons"));
        }
        for (chemin, valeur) in lectures.swap_remove(0).1 {
            match self.lues.get(&chemin) {
                Some(autre) if *autre != valeur => {
                    self.douter(rang, texte, &format!("« {texte} » contredit une autre cellule"));
                }
                _ => {
                    self.colonnes.insert(chemin.clone(), rang);
                    self.lues.insert(chemin, valeur);
                }
            }
        }
    }

    fn valeur(&self, valeur: &Valeur, mots: &str) -> Result<(String, Value), String> {
        let chemin = valeur.chemin().ok_or_else(|| format!("rien ne dit à quelle donnée répond « {mots} »"))?;
        let table = self.table;
        let forme = table.forme.a(chemin).ok_or_else(|| format!("« {mots} » n'est pas une donnée du contrat"))?;
        if table.est_un_renvoi(chemin) {
            let lu = match forme.nature {
                Nature::Liste => Value::from(table.savoir.noms.lire_tous(mots)?),
                _ => Value::from(table.savoir.noms.lire(mots)?),
            };
            return Ok((chemin.to_owned(), lu));
        }
        let mots = match forme.nature {
            Nature::Texte => court::valeur(mots, "")?,
            // The lines of a cell are the paragraphs of a long text.
            Nature::Prose => mots.replace('\n', "\n\n"),
            _ => mots.to_owned(),
        };
        Ok((chemin.to_owned(), saisie::lire(&forme, &mots)?))
    }

    /// The values that the row does not print, and that its column, its group or the headings above say.
    fn completer(&mut self, apres: Option<usize>) {
        let table = self.table;
        let groupe = apres.and_then(|rang| table.groupes.get(rang)).cloned().unwrap_or_default();
        let voisins = table.elements.iter().enumerate().filter(|(rang, _)| table.groupes.get(*rang) == Some(&groupe));
        let voisins: Vec<&Value> = voisins.filter_map(|(_, element)| table.element((*element)?)).collect();
        let Some(premier) = voisins.first() else { return };
        let touches: BTreeSet<String> = self.lues.keys().map(|chemin| parent(chemin).to_owned()).collect();
        for feuille in feuilles(premier, &table.forme) {
            let chemin = &feuille.chemin;
            let concerne = parent(chemin).is_empty() || touches.contains(parent(chemin));
            let id = chemin == "id" || chemin.ends_with("/id");
            let pareil = |voisin: &&Value| voisin.pointer(&format!("/{chemin}")) == Some(feuille.valeur);
            if !concerne || id || self.lues.contains_key(chemin) || !voisins.iter().all(pareil) {
                continue;
            }
            let freres = self.colonnes.iter().filter(|(autre, _)| parent(autre) == parent(chemin));
            let entetes = freres.filter_map(|(_, colonne)| table.entetes.get(*colonne));
            // What heads the columns is said of what they hold, not of the element.
            let entetes = entetes.filter(|_| !parent(chemin).is_empty());
            let dits = entetes.chain([&groupe, &table.alentours]);
            if dits.into_iter().any(|dit| self.se_lit(&feuille, dit)) {
                self.lues.insert(chemin.clone(), feuille.valeur.clone());
            }
        }
    }

    /// Whether words above the row say a value.
    fn se_lit(&self, feuille: &Feuille<'_>, dit: &str) -> bool {
        if let Some(id) = feuille.valeur.as_str().filter(|id| self.table.savoir.noms.connait(id)) {
            return self.table.savoir.noms.est_dans(id, dit);
        }
        let imprime = feuille.forme.as_ref().map(|forme| plat(&mettre_en_forme(forme, feuille.valeur)));
        imprime.is_some_and(|imprime| imprime.chars().count() > 3 && contient(dit, &imprime))
    }

    fn finir(mut self, apres: Option<usize>) -> Lu {
        let table = self.table;
        let modele = apres.iter().flat_map(|rang| (0..=*rang).rev()).chain(0..table.elements.len());
        let modele = modele.filter_map(|rang| *table.elements.get(rang)?).find_map(|rang| table.element(rang));
        let ordre: Vec<String> = modele
            .map(|element| feuilles(element, &table.forme))
            .unwrap_or_default()
            .into_iter()
            .map(|f| f.chemin)
            .collect();
        if table.forme.cles.contains_key("id") && !self.lues.contains_key("id") {
            let mots = ["nom", "libelle", "titre", "texte"].iter().find_map(|cle| self.lues.get(*cle)?.as_str());
            match mots.and_then(|mots| table.savoir.noms.nouvel_id(mots)) {
                Some(id) => self.lues.extend([("id".to_owned(), Value::from(id))]),
                None => self.doutes.push("son identifiant (« id ») reste à choisir".into()),
            }
        }
        let mut element = Value::Object(Map::new());
        let place = |chemin: &String| ordre.iter().position(|autre| autre == chemin).unwrap_or(usize::MAX);
        let mut lues: Vec<(String, Value)> = self.lues.into_iter().collect();
        lues.sort_by_key(|(chemin, _)| (chemin != "id", place(chemin)));
        for (chemin, valeur) in lues {
            if !poser(&mut element, &chemin, valeur) {
                self.doutes.push(format!("« {chemin} » n'a pas de place dans l'élément"));
            }
        }
        Lu { element, doutes: self.doutes }
    }
}

fn parent(chemin: &str) -> &str {
    chemin.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// Puts a value at a path of an element; the elements of its lists come in their order.
fn poser(ici: &mut Value, chemin: &str, valeur: Value) -> bool {
    let (tete, suite) = chemin.split_once('/').map_or((chemin, None), |(tete, suite)| (tete, Some(suite)));
    let neuf = match suite {
        Some(suite) if suite.starts_with(|c: char| c.is_ascii_digit()) => Value::Array(Vec::new()),
        _ => Value::Object(Map::new()),
    };
    let suivant = match ici {
        Value::Object(objet) => objet.entry(tete.to_owned()).or_insert(neuf),
        Value::Array(elements) => {
            let Some(rang) = tete.parse::<usize>().ok().filter(|rang| *rang <= elements.len()) else { return false };
            if rang == elements.len() {
                elements.push(neuf);
            }
            match elements.get_mut(rang) {
                Some(element) => element,
                None => return false,
            }
        }
        _ => return false,
    };
    match suite {
        Some(suite) => poser(suivant, suite, valeur),
        None => {
            *suivant = valeur;
            true
        }
    }
}

/// The values of an element: those of its objects and of the elements of its lists.
fn feuilles<'d>(element: &'d Value, forme: &Arc<Forme>) -> Vec<Feuille<'d>> {
    fn visiter<'d>(valeur: &'d Value, forme: Option<Arc<Forme>>, chemin: String, sortie: &mut Vec<Feuille<'d>>) {
        let sous = |cle: &str| match chemin.as_str() {
            "" => cle.to_owned(),
            chemin => format!("{chemin}/{cle}"),
        };
        match valeur {
            Value::Object(objet) => {
                for (cle, valeur) in objet.iter().filter(|(cle, _)| *cle != "non_applicable") {
                    visiter(valeur, forme.as_ref().and_then(|forme| forme.a(cle)), sous(cle), sortie);
                }
            }
            Value::Array(elements) if elements.iter().any(Value::is_object) => {
                for (rang, valeur) in elements.iter().enumerate() {
                    let rang = rang.to_string();
                    visiter(valeur, forme.as_ref().and_then(|forme| forme.a(&rang)), sous(&rang), sortie);
                }
            }
            _ => sortie.push(Feuille { chemin, valeur, forme }),
        }
    }
    let mut sortie = Vec::new();
    visiter(element, Some(forme.clone()), String::new(), &mut sortie);
    sortie
}

/// The list of which each row prints one element, another in each row. A table that prints one part only of elements that stand
/// elsewhere (the evaluation of each establishment) is none.
fn liste_des_lignes(donnees: &Value, lignes: &[Vec<&str>]) -> Option<String> {
    let lignes: Vec<&Vec<&str>> = lignes.iter().filter(|ligne| !ligne.is_empty()).collect();
    let premier = lignes.first()?.first()?;
    let places = premier.match_indices('/').map(|(place, _)| place);
    let listes = places.map(|place| &premier[..place]).filter(|p| donnees.pointer(p).is_some_and(Value::is_array));
    let mut listes: Vec<&str> = listes.collect();
    // The deepest list of which the rows print different elements.
    listes.reverse();
    listes.into_iter().find_map(|liste| {
        let debut = format!("{liste}/");
        let rang = |pointeur: &&str| Some(pointeur.strip_prefix(&debut)?.split_once('/')?.0.to_owned());
        let mut vus = BTreeSet::new();
        let distincte = |ligne: &&Vec<&str>| {
            let rangs: BTreeSet<Option<String>> = ligne.iter().map(rang).collect();
            let rang = rangs.first().filter(|_| rangs.len() == 1)?.clone()?;
            vus.insert(rang).then_some(())
        };
        lignes.iter().map(distincte).collect::<Option<Vec<()>>>()?;
        let dedans =
            lignes.iter().flat_map(|ligne| ligne.iter()).filter_map(|p| p.strip_prefix(&debut)?.split_once('/'));
        let parts: BTreeSet<Option<&str>> =
            dedans.map(|(_, suite)| suite.split_once('/').map(|(cle, _)| cle)).collect();
        let une_part = matches!(parts.into_iter().collect::<Vec<_>>().as_slice(), [Some(_)]);
        (!une_part).then(|| liste.to_owned())
    })
}
