//! A workbook that comes back and its contract → what it would change, value by value and row by row.

mod contrat;
mod elements;

use super::Erreur;
use super::cellule::{self, inchangee, memes};
use super::colonnes::{Colonne, Genre};
use super::exporter::{FORMAT, Pour, empreinte};
use super::grille::{Fonds, Grille, Rangee};
use super::reperage::{self, Reperee};
use crate::dossier::Ouverture;
use crate::echanges::reprise::{Changement, Commentaire, Ecart, ElementDeListe, Reprise, juger};
use crate::formats::enumerer;
use crate::lecture::classeur::{self, Classeur, Contenu, Feuille, nom_de_cellule};
use crate::schema::chemin::Chemins;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A workbook that was read, and how it is to be taken.
#[derive(Debug, Default)]
pub struct Retour<'a> {
    /// The contract as it was when the workbook was exported.
    pub base: Option<&'a Value>,
    /// For whom it was, when the workbook does not say it.
    pub pour: Option<Pour>,
}

/// Reads the bytes of a workbook, or of the table of one sheet.
pub fn lire(nom: &str, octets: &[u8]) -> Result<Classeur, Erreur> {
    classeur::lire(nom, octets).map_err(|refus| Erreur::Illisible { nom: nom.to_owned(), refus })
}

/// What a workbook would change in its contract.
pub fn importer(
    nom: &str,
    classeur: &Classeur,
    ouverture: &Ouverture,
    retour: &Retour<'_>,
) -> Result<Reprise, crate::dossier::Erreur> {
    let donnees: &Value = &ouverture.donnees;
    verifier(nom, classeur, donnees)?;
    let mut fonds = Fonds::de(donnees);
    let grilles = std::mem::take(&mut fonds.grilles);
    let base = retour.base.map(Fonds::de);
    let pour = classeur.proprietes.get("cpom.pour").and_then(|mot| Pour::de(mot)).or(retour.pour);
    let mut import = Import {
        ouverture,
        chemins: Chemins::de(donnees),
        fonds,
        base,
        pour,
        epoque_1904: classeur.epoque_1904,
        champs: 0,
        changements: BTreeMap::new(),
        elements: Vec::new(),
        annees: BTreeMap::new(),
        ecarts: Vec::new(),
        commentaires: Vec::new(),
        notes: Vec::new(),
        parents: BTreeMap::new(),
    };
    let mut reconnues = 0;
    let mut restent = reperage::sans_nom(classeur, &grilles);
    for grille in &grilles {
        let perdue = || reperage::par_ses_cles(&restent, grille);
        let Some(feuille) = reperage::feuille(classeur, grille).or_else(perdue) else { continue };
        restent.retain(|autre| autre.nom != feuille.nom);
        let lue = match grille.motif.as_str() {
            "" => import.du_contrat(feuille, grille),
            _ => import.liste(feuille, grille),
        };
        reconnues += usize::from(lue);
        import.notes_des_cellules(feuille, grille);
    }
    if reconnues == 0 {
        return Err(Erreur::SansFeuilles { nom: nom.to_owned() }.into());
    }
    import.notes.splice(0..0, annonces(classeur, donnees, retour));
    for feuille in restent {
        import.notes.push(format!("la feuille « {} » n'est pas du contrat : elle n'est pas lue.", feuille.nom));
    }
    import.finir()
}

/// Whether the workbook is that of this contract.
fn verifier(nom: &str, classeur: &Classeur, donnees: &Value) -> Result<(), Erreur> {
    let propriete = |cle: &str| classeur.proprietes.get(cle).map(String::as_str);
    let demande = donnees.get("reference").and_then(Value::as_str).unwrap_or_default();
    if let Some(sien) = propriete("cpom.reference").filter(|sien| *sien != demande) {
        return Err(Erreur::AutreContrat { nom: nom.to_owned(), sien: sien.to_owned(), demande: demande.to_owned() });
    }
    match propriete("cpom.format").map(str::trim) {
        Some(format) if format.parse::<u32>().ok() > FORMAT.parse().ok() => {
            Err(Erreur::TropRecent { nom: nom.to_owned(), format: format.to_owned() })
        }
        _ => Ok(()),
    }
}

fn annonces(classeur: &Classeur, donnees: &Value, retour: &Retour<'_>) -> Vec<String> {
    let mut notes = classeur.alertes.clone();
    let imprimee = classeur.proprietes.get("cpom.sha256");
    if imprimee.is_some_and(|sha| *sha != empreinte(donnees)) && retour.base.is_none() {
        notes.push(
            "le contrat a changé depuis que ce classeur en a été exporté : chaque cellule est comparée à ce qu'il dit aujourd'hui. « --base » et le contrat d'alors feraient la part de chacun.".to_owned(),
        );
    }
    notes
}

/// What is gathered while sheets are read.
struct Import<'v> {
    ouverture: &'v Ouverture,
    chemins: Chemins<'v>,
    fonds: Fonds<'v>,
    base: Option<Fonds<'v>>,
    pour: Option<Pour>,
    epoque_1904: bool,
    champs: usize,
    /// By pointer: what several cells say of one object is one change.
    changements: BTreeMap<String, Changement>,
    elements: Vec<ElementDeListe>,
    /// Elements of lists of years to be made: list and year → value, cell.
    annees: BTreeMap<(String, i64), (Value, String)>,
    ecarts: Vec<Ecart>,
    commentaires: Vec<Commentaire>,
    notes: Vec<String>,
    /// For each list whose elements others stand under: name of the element → where it is.
    parents: BTreeMap<String, BTreeMap<String, Lieu>>,
}

/// An element that others stand under: of the contract, or added by the workbook.
#[derive(Debug, Clone)]
enum Lieu {
    Ancien(String),
    /// Rank in `elements`, and the pointer inside of it.
    Neuf(usize, String),
}

impl Import<'_> {
    /// Compares a cell with what the contract says.
    fn comparer(&mut self, grille: &Grille, rangee: &Rangee, colonne: &Colonne, contenu: Option<&Contenu>, lieu: &str) {
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
        if inchangee(&montre, contenu) || self.comme_a_l_export(rangee, grille, colonne, contenu) {
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
        if self.autrement_change(rangee, grille, colonne, present) {
            self.ecarts.push(Ecart::NonRepris {
                lieu: lieu.to_owned(),
                texte: format!("{titre} : {}", cellule::en_texte(contenu)),
                motif: "le contrat a changé cette valeur depuis l'export, et le classeur aussi, autrement".to_owned(),
                a_faire: "choisissez l'une des deux, et écrivez-la dans le contrat".to_owned(),
            });
            return;
        }
        self.changer(grille, rangee, colonne, pointeur, present.cloned(), lue, lieu);
    }

    /// Whether a cell shows what was printed in it, according to the contract of that time.
    fn comme_a_l_export(&self, rangee: &Rangee, grille: &Grille, colonne: &Colonne, contenu: Option<&Contenu>) -> bool {
        let Some((base, la, ancienne)) = self.a_la_base(rangee, grille) else { return false };
        base.montrer(la, ancienne, colonne).is_some_and(|montre| inchangee(&montre, contenu))
    }

    /// Whether the contract changed a value since the export.
    fn autrement_change(&self, rangee: &Rangee, grille: &Grille, colonne: &Colonne, present: Option<&Value>) -> bool {
        let Some((base, la, ancienne)) = self.a_la_base(rangee, grille) else { return false };
        base.cellule(la, ancienne, colonne).1 != present
    }

    fn a_la_base(&self, rangee: &Rangee, grille: &Grille) -> Option<(&Fonds<'_>, &Grille, &Rangee)> {
        let base = self.base.as_ref()?;
        let la = base.grilles.iter().find(|g| g.motif == grille.motif)?;
        Some((base, la, la.rangees.iter().find(|r| r.cle == rangee.cle)?))
    }

    #[allow(clippy::too_many_arguments)]
    fn changer(
        &mut self,
        grille: &Grille,
        rangee: &Rangee,
        colonne: &Colonne,
        pointeur: String,
        present: Option<Value>,
        lue: Value,
        lieu: &str,
    ) {
        // A year that the list has not: an element more.
        if let Genre::Annee { liste, cle, annee, valeur } = &colonne.genre
            && pointeur.contains("/+")
        {
            let entree = self.annees.entry((format!("{}/{liste}", rangee.pointeur), *annee));
            let (element, _) = entree.or_insert_with(|| (json!({ cle.as_str(): annee }), lieu.to_owned()));
            element[valeur.as_str()] = lue;
            return;
        }
        let (pointeur, avant, apres) = self.place(grille, rangee, colonne, pointeur, present, lue);
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
        grille: &Grille,
        rangee: &Rangee,
        colonne: &Colonne,
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
    fn notes_des_cellules(&mut self, feuille: &Feuille, grille: &Grille) {
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

    fn colonnes_etrangeres(&mut self, lue: &Reperee<'_>) {
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

    fn finir(mut self) -> Result<Reprise, crate::dossier::Erreur> {
        let annees = std::mem::take(&mut self.annees);
        let mut ajoutes: BTreeMap<String, usize> = BTreeMap::new();
        for ((liste, _), (element, lieu)) in annees {
            let n = ajoutes.entry(liste.clone()).or_default();
            let present = self.fonds.donnees.pointer(&liste).and_then(Value::as_array).map_or(0, Vec::len);
            let rang = present + *n;
            *n += 1;
            let element = self.ajout(liste, rang, element, Vec::new(), &lieu);
            self.elements.push(element);
        }
        let reference = self.fonds.donnees.get("reference").and_then(Value::as_str).unwrap_or_default();
        let mut reprise = Reprise {
            champs: self.champs,
            changements: self.changements.into_values().collect(),
            elements: self.elements,
            ecarts: self.ecarts,
            commentaires: self.commentaires,
            notes: self.notes,
            ..Reprise::vide(reference)
        };
        juger(self.ouverture, &mut reprise)?;
        Ok(reprise)
    }
}

/// « Budgets!F12 ».
fn lieu_de(feuille: &Feuille, ligne: u32, colonne: u32) -> String {
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
