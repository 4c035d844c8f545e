//! What is gathered while the sheets of a workbook are read: each cell compared with what the contract says.

use super::super::cellule::{self, inchangee, memes};
use super::super::colonnes::{Colonne, Genre};
use super::super::demande::Pour;
use super::super::grille::{Fonds, Grille, Rangee};
use super::super::reperage::Reperee;
use crate::dossier::Ouverture;
use crate::echanges::reprise::{Changement, Commentaire, Ecart, ElementDeListe, Sens};
use crate::formats::enumerer;
use crate::lecture::classeur::{Contenu, Feuille, nom_de_cellule};
use crate::schema::chemin::Chemins;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What is gathered while sheets are read.
pub(super) struct Import<'v> {
    pub ouverture: &'v Ouverture,
    pub chemins: Chemins<'v>,
    pub fonds: Fonds<'v>,
    pub base: Option<Fonds<'v>>,
    pub pour: Option<Pour>,
    pub epoque_1904: bool,
    pub champs: usize,
    /// By pointer: what several cells say of one object is one change.
    pub changements: BTreeMap<String, Changement>,
    pub elements: Vec<ElementDeListe>,
    /// Elements of lists of years to be made: list and year → value, cell.
    pub annees: BTreeMap<(String, i64), (Value, String)>,
    pub ecarts: Vec<Ecart>,
    pub commentaires: Vec<Commentaire>,
    pub notes: Vec<String>,
    /// For each list whose elements others stand under: name of the element → where it is.
    pub parents: BTreeMap<String, BTreeMap<String, Lieu>>,
}

/// An element that others stand under: of the contract, or added by the workbook.
#[derive(Debug, Clone)]
pub(super) enum Lieu {
    Ancien(String),
    /// Rank in `elements`, and the pointer inside of it.
    Neuf(usize, String),
}

/// A cell of a row of the contract, and where it stands in the workbook.
#[derive(Clone, Copy)]
pub(super) struct Case<'c> {
    pub grille: &'c Grille,
    pub rangee: &'c Rangee,
    pub colonne: &'c Colonne,
    pub lieu: &'c str,
}

impl Import<'_> {
    /// Compares a cell with what the contract says.
    pub fn comparer(&mut self, case: Case<'_>, contenu: Option<&Contenu>) {
        let Case { grille, rangee, colonne, lieu } = case;
        let (pointeur, present) = self.fonds.cellule(grille, rangee, colonne);
        let Some(montre) = self.fonds.montrer(grille, rangee, colonne) else {
            // What no cell shows is left blank; what is typed there has no place.
            let texte = contenu.map(cellule::en_texte).unwrap_or_default();
            if !texte.trim().is_empty() {
                let motif =
                    "cette cellule ne peut pas être reprise : le contrat a là des valeurs que leur feuille porte";
                let (titre, motif, lieu) = (colonne.titre.clone(), motif.to_owned(), Some(lieu.to_owned()));
                self.ecarts.push(Ecart::ValeurRefusee { pointeur, titre, texte, motif, lieu });
            }
            return;
        };
        self.champs += 1;
        if inchangee(&montre, contenu) || self.comme_a_l_export(case, contenu) {
            return;
        }
        let titre = colonne.titre.clone();
        let vide = |ecarts: &mut Vec<Ecart>| {
            ecarts.push(Ecart::NonRepris {
                lieu: lieu.to_owned(),
                texte: titre.clone(),
                motif: "la cellule a été vidée : la valeur du contrat est gardée".to_owned(),
                a_faire:
                    "ôtez la valeur du contrat si elle n'a pas lieu d'être, ou écrivez « sans objet : » et le motif"
                        .to_owned(),
            });
        };
        let Some(contenu) = contenu else {
            if present.is_some() {
                vide(&mut self.ecarts);
            }
            return;
        };
        let lue = match cellule::lire(colonne, contenu, present, &self.fonds.noms, self.epoque_1904) {
            Ok(Some(lue)) => lue,
            Ok(None) => {
                if present.is_some() {
                    vide(&mut self.ecarts);
                }
                return;
            }
            Err(motif) => {
                let (texte, lieu) = (cellule::en_texte(contenu), Some(lieu.to_owned()));
                self.ecarts.push(Ecart::ValeurRefusee { pointeur, titre, texte, motif, lieu });
                return;
            }
        };
        if present.is_some_and(|present| memes(present, &lue)) {
            return;
        }
        if let Some(pour) = self.pour.filter(|pour| !pour.tient(&pointeur)) {
            self.ecarts.push(Ecart::NonRepris {
                lieu: lieu.to_owned(),
                texte: format!("{titre} : {}", cellule::en_texte(contenu)),
                motif: format!("ce classeur est pour {}, qui ne tient pas cette valeur", pour.en_clair()),
                a_faire: "demandez le changement à qui la tient".to_owned(),
            });
            return;
        }
        if self.autrement_change(case, present) {
            self.ecarts.push(Ecart::NonRepris {
                lieu: lieu.to_owned(),
                texte: format!("{titre} : {}", cellule::en_texte(contenu)),
                motif: "le contrat a changé cette valeur depuis l'export, et le classeur aussi, autrement".to_owned(),
                a_faire: "choisissez l'une des deux, et écrivez-la dans le contrat".to_owned(),
            });
            return;
        }
        self.changer(case, pointeur, present.cloned(), lue);
    }

    /// Whether a cell shows what was printed in it, according to the contract of that time.
    fn comme_a_l_export(&self, case: Case<'_>, contenu: Option<&Contenu>) -> bool {
        let Some((base, la, ancienne)) = self.a_la_base(case) else { return false };
        base.montrer(la, ancienne, case.colonne).is_some_and(|montre| inchangee(&montre, contenu))
    }

    /// Whether the contract changed a value since the export.
    fn autrement_change(&self, case: Case<'_>, present: Option<&Value>) -> bool {
        let Some((base, la, ancienne)) = self.a_la_base(case) else { return false };
        base.cellule(la, ancienne, case.colonne).1 != present
    }

    fn a_la_base(&self, Case { grille, rangee, .. }: Case<'_>) -> Option<(&Fonds<'_>, &Grille, &Rangee)> {
        let base = self.base.as_ref()?;
        let la = base.grilles.iter().find(|g| g.motif == grille.motif)?;
        Some((base, la, la.rangees.iter().find(|r| r.cle == rangee.cle)?))
    }

    fn changer(&mut self, case: Case<'_>, pointeur: String, present: Option<Value>, lue: Value) {
        let Case { rangee, colonne, lieu, .. } = case;
        // A year that the list has not: an element more.
        if let Genre::Annee { liste, cle, annee, valeur } = &colonne.genre
            && pointeur.contains("/+")
        {
            let entree = self.annees.entry((format!("{}/{liste}", rangee.pointeur), *annee));
            let (element, _) = entree.or_insert_with(|| (json!({ cle.as_str(): annee }), lieu.to_owned()));
            element[valeur.as_str()] = lue;
            return;
        }
        let (pointeur, avant, apres) = self.place(case, pointeur, present, lue);
        if let Some(deja) = self.changements.get_mut(&pointeur) {
            fondre(&mut deja.apres, apres);
            return;
        }
        let place = self.chemins.etapes(&pointeur).into_iter().map(|etape| etape.nom).collect();
        let position = self.ouverture.lecture.positions.de(&pointeur);
        let (titre, lieu) = (colonne.titre.clone(), Some(lieu.to_owned()));
        let avant = avant.unwrap_or_default();
        let changement =
            Changement { numero: 0, pointeur: pointeur.clone(), place, titre, position, avant, apres, lieu };
        self.changements.insert(pointeur, changement);
    }

    /// Where a value goes: an object above that is, or becomes, without object is changed as a whole.
    fn place(
        &self,
        Case { grille, rangee, colonne, .. }: Case<'_>,
        pointeur: String,
        present: Option<Value>,
        lue: Value,
    ) -> (String, Option<Value>, Value) {
        let entier = format!("{}/{}", rangee.pointeur, colonne.pointeur);
        if cellule::sans_objet(&lue).is_some() && !colonne.forme.sans_objet && pointeur == entier {
            let mut ici = colonne.pointeur.as_str();
            while let Some((parent, _)) = ici.rsplit_once('/') {
                if grille.forme.a(parent).is_some_and(|forme| forme.sans_objet) {
                    let pointeur = format!("{}/{parent}", rangee.pointeur);
                    let avant = self.fonds.donnees.pointer(&pointeur).cloned();
                    return (pointeur, avant, lue);
                }
                ici = parent;
            }
        }
        match entier.strip_prefix(&pointeur).filter(|reste| !reste.is_empty()) {
            // The object above is without object: it becomes one that says this value.
            Some(reste) if cellule::sans_objet(&lue).is_none() => {
                let avant = self.fonds.donnees.pointer(&pointeur).cloned();
                let cles: Vec<&str> = reste.split('/').skip(1).collect();
                let apres = cles.into_iter().rev().fold(lue, |dedans, cle| json!({ cle: dedans }));
                (pointeur, avant, apres)
            }
            _ => (pointeur, present, lue),
        }
    }

    /// The notes that people put on cells.
    pub fn notes_des_cellules(&mut self, feuille: &Feuille, grille: &Grille) {
        let tout = &self.ouverture.lecture.valeur;
        let aides: Vec<&str> = grille.colonnes.iter().map(|c| c.forme.aide.as_str()).collect();
        for note in feuille.notes.iter().filter(|note| note.ligne > 0) {
            let texte = note.texte.trim();
            let comment = |r: &Rangee| tout.pointer(&format!("{}/$comment", r.pointeur)).and_then(Value::as_str);
            let dite = |connu: &str| !connu.is_empty() && texte == connu.chars().take(2_000).collect::<String>().trim();
            if texte.is_empty()
                || aides.iter().any(|aide| dite(aide))
                || grille.rangees.iter().filter_map(comment).any(dite)
            {
                continue;
            }
            let passage =
                feuille.a(note.ligne, note.colonne).map(|c| cellule::en_texte(&c.contenu)).unwrap_or_default();
            self.commentaires.push(Commentaire {
                auteur: note.auteur.clone(),
                texte: texte.to_owned(),
                passage: passage.chars().take(120).collect(),
                clause: lieu_de(feuille, note.ligne, note.colonne),
                resolu: false,
                reponse_a: None,
            });
        }
    }

    /// An element to be added to a list.
    pub fn ajout(
        &self,
        liste: String,
        rang: usize,
        element: Value,
        a_preciser: Vec<String>,
        lieu: &str,
    ) -> ElementDeListe {
        let place = self.chemins.etapes(&liste).into_iter().map(|etape| etape.nom).collect();
        let voisin = rang.checked_sub(1).map(|avant| format!("{liste}/{avant}"));
        let positions = &self.ouverture.lecture.positions;
        let position = voisin.and_then(|p| positions.de(&p)).or_else(|| positions.de(&liste));
        ElementDeListe {
            numero: 0,
            sens: Sens::Ajoute,
            liste,
            rang,
            place,
            clause: String::new(),
            position,
            element,
            a_preciser,
            lieu: Some(lieu.to_owned()),
        }
    }

    pub fn colonnes_etrangeres(&mut self, lue: &Reperee<'_>) {
        let entre = |mots: &[String]| enumerer(&mots.iter().map(|mot| format!("« {mot} »")).collect::<Vec<_>>());
        if !lue.inconnues.is_empty() {
            let nom = &lue.feuille.nom;
            self.notes.push(format!(
                "feuille « {nom} » : colonnes qui ne sont pas du contrat, non lues : {}.",
                entre(&lue.inconnues)
            ));
        }
        if !lue.absentes.is_empty() {
            let nom = &lue.feuille.nom;
            self.notes.push(format!(
                "feuille « {nom} » : colonnes absentes, dont les valeurs sont gardées : {}.",
                entre(&lue.absentes)
            ));
        }
    }
}

/// « Budgets!F12 ».
pub(super) fn lieu_de(feuille: &Feuille, ligne: u32, colonne: u32) -> String {
    format!("{}!{}", feuille.nom, nom_de_cellule(ligne, colonne))
}

/// What two cells say of one object.
fn fondre(avant: &mut Value, apres: Value) {
    match (avant, apres) {
        (Value::Object(avant), Value::Object(apres)) => {
            for (cle, valeur) in apres {
                match avant.get_mut(&cle) {
                    Some(deja) => fondre(deja, valeur),
                    None => {
                        avant.insert(cle, valeur);
                    }
                }
            }
        }
        (avant, apres) => *avant = apres,
    }
}
