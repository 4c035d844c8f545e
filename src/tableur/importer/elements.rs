//! The rows of a list: those that are known are compared, the others are added, those that are gone are proposed to be removed.

use super::super::cellule;
use super::super::colonnes::{Colonne, Genre};
use super::super::grille::{Grille, Rangee, cle_de, cle_du_chemin, noms_des_parents};
use super::super::noms::{Noms, nu, plat};
use super::super::reperage::Reperee;
use super::import::{Case, Import, Lieu, lieu_de};
use crate::echanges::reprise::{Ecart, ElementDeListe, Sens};
use crate::formats::sans_accents;
use crate::lecture::classeur::Feuille;
use crate::schema::forme::Nature;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the sheet of a list; whether it is one of ours.
pub(super) fn lire(import: &mut Import<'_>, feuille: &Feuille, grille: &Grille) -> bool {
    Liste { import }.liste(feuille, grille)
}

/// The sheet of a list being read.
struct Liste<'i, 'v> {
    import: &'i mut Import<'v>,
}

impl Liste<'_, '_> {
    /// Reads the sheet of a list; whether it is one of ours.
    fn liste(&mut self, feuille: &Feuille, grille: &Grille) -> bool {
        self.noter_les_parents(grille);
        let Some(lue) = Reperee::de(feuille, grille) else { return false };
        self.import.colonnes_etrangeres(&lue);
        let par_cle: BTreeMap<&str, &Rangee> = grille.rangees.iter().map(|r| (r.cle.as_str(), r)).collect();
        let mut vues: BTreeSet<&str> = BTreeSet::new();
        let mut restent = Vec::new();
        for ligne in lue.lignes() {
            let cle = lue.cle_de(ligne);
            match par_cle.get(cle.as_str()) {
                // A row that was emptied is as one that was taken away.
                _ if lue.est_vide(ligne) => {}
                Some(rangee) if vues.insert(&rangee.cle) => {
                    self.renommer(grille, &lue, rangee, ligne);
                    self.rangee(grille, &lue, rangee, ligne);
                }
                _ => restent.push((ligne, cle)),
            }
        }
        for (ligne, cle) in restent {
            let (element, a_preciser) = self.element(grille, &lue, ligne);
            let parent = self.parent(grille, &lue, ligne);
            let connue = self.reconnue(grille, &element, parent.as_ref(), &vues);
            match connue {
                Some(rangee) => {
                    if let Some(rangee) = grille.rangees.iter().find(|r| r.cle == rangee) {
                        vues.insert(&rangee.cle);
                        self.rangee(grille, &lue, rangee, ligne);
                    }
                }
                None if vues.contains(cle.as_str()) && self.est_la_meme(grille, &cle, &element) => {
                    self.import.ecarts.push(Ecart::NonRepris {
                        lieu: lieu_de(feuille, ligne, lue.colonnes.first().map_or(1, |(c, _)| *c)),
                        texte: format!("ligne {}", ligne + 1),
                        motif: "cette ligne est la copie d'une autre : seule la première est lue".to_owned(),
                        a_faire: "supprimez-la, ou changez ce qui la distingue (année, établissement, libellé)"
                            .to_owned(),
                    });
                }
                None if !cle.is_empty() && !vues.contains(cle.as_str()) => {
                    self.import.ecarts.push(Ecart::NonRepris {
                        lieu: lieu_de(feuille, ligne, lue.colonnes.first().map_or(1, |(c, _)| *c)),
                        texte: format!("ligne {}", ligne + 1),
                        motif: "cette ligne est celle d'un élément que le contrat n'a plus".to_owned(),
                        a_faire: "pour l'ajouter, recopiez-la dans une ligne vide sous le tableau".to_owned(),
                    });
                }
                None => self.ajouter(grille, &lue, ligne, element, a_preciser, parent),
            }
        }
        for rangee in grille.rangees.iter().filter(|r| !vues.contains(r.cle.as_str())) {
            self.retirer(rangee, feuille);
        }
        true
    }

    /// The elements under which the rows of a list stand.
    fn noter_les_parents(&mut self, grille: &Grille) {
        let Some((liste, _)) = grille.motif.rsplit_once("/*") else { return };
        let noms =
            noms_des_parents(self.import.fonds.donnees, &grille.motif, &self.import.fonds.noms, &self.import.chemins);
        let connus = self.import.parents.entry(liste.to_owned()).or_default();
        for (pointeur, nom) in noms {
            let id = self.import.fonds.donnees.pointer(&pointeur).and_then(|e| e.get("id")).and_then(Value::as_str);
            if let Some(id) = id {
                connus.entry(plat(id)).or_insert_with(|| Lieu::Ancien(pointeur.clone()));
            }
            connus.insert(plat(&nom), Lieu::Ancien(pointeur));
        }
    }

    fn parent(&self, grille: &Grille, lue: &Reperee<'_>, ligne: u32) -> Option<Lieu> {
        let (liste, _) = grille.motif.rsplit_once("/*")?;
        let (colonne, _) = lue.colonnes.iter().find(|(_, c)| c.genre == Genre::Parent)?;
        let texte = cellule::en_texte(&lue.feuille.a(ligne, *colonne)?.contenu);
        self.import.parents.get(liste)?.get(&plat(&texte)).cloned()
    }

    /// Notes the name that a known row gives to its element, by which other sheets may then name it.
    fn renommer(&mut self, grille: &Grille, lue: &Reperee<'_>, rangee: &Rangee, ligne: u32) {
        let mut neuf = self.element(grille, lue, ligne).0;
        let Some(present) = self.import.fonds.donnees.pointer(&rangee.pointeur) else { return };
        let avant = self.noms(grille, present);
        let id = present.get("id").cloned();
        if let (Value::Object(neuf), Some(id)) = (&mut neuf, &id) {
            neuf.insert("id".to_owned(), id.clone());
        }
        let noms: Vec<String> = self.noms(grille, &neuf).into_iter().filter(|nom| !avant.contains(nom)).collect();
        self.nommer(grille, id.as_ref().and_then(Value::as_str), &noms, &Lieu::Ancien(rangee.pointeur.clone()));
    }

    /// The words by which other sheets may name an element: its own, and those that lists show of it.
    fn noms(&self, grille: &Grille, element: &Value) -> Vec<String> {
        let sans_id = || nu(&self.import.chemins.element(element, Some(&grille.forme), usize::MAX - 1));
        let montre = Noms::montre(&grille.motif, element).unwrap_or_else(sans_id);
        let mut noms: Vec<String> = nom_visible(element).into_iter().collect();
        if !noms.contains(&montre) {
            noms.push(montre);
        }
        noms
    }

    fn nommer(&mut self, grille: &Grille, id: Option<&str>, noms: &[String], lieu: &Lieu) {
        let connus = self.import.parents.entry(grille.motif.clone()).or_default();
        for nom in noms {
            if let Some(id) = id {
                self.import.fonds.noms.donner(&grille.motif, id, nom);
            }
            connus.insert(plat(nom), lieu.clone());
        }
    }

    /// Compares a row with its element.
    fn rangee(&mut self, grille: &Grille, lue: &Reperee<'_>, rangee: &Rangee, ligne: u32) {
        for (place, colonne) in &lue.colonnes {
            let contenu = lue.feuille.a(ligne, *place).map(|c| &c.contenu);
            let lieu = lieu_de(lue.feuille, ligne, *place);
            match colonne.genre {
                Genre::Calcul(_) => {}
                Genre::Parent => {
                    let dit = contenu.map(cellule::en_texte).unwrap_or_default();
                    let meme = plat(&dit) == plat(&rangee.parent)
                        || matches!(self.parent(grille, lue, ligne), Some(Lieu::Ancien(p)) if rangee.pointeur.starts_with(&format!("{p}/")));
                    if !meme {
                        self.import.ecarts.push(Ecart::NonRepris {
                            lieu,
                            texte: format!("{} : {dit}", colonne.titre),
                            motif: format!(
                                "la ligne dépend de « {} », et ne peut pas changer de place ainsi",
                                rangee.parent
                            ),
                            a_faire: "ajoutez une ligne pour le nouvel élément, et supprimez celle-ci".to_owned(),
                        });
                    }
                }
                _ => self.import.comparer(Case { grille, rangee, colonne, lieu: &lieu }, contenu),
            }
        }
    }

    /// The element that a row makes, and what of it is not understood.
    fn element(&self, grille: &Grille, lue: &Reperee<'_>, ligne: u32) -> (Value, Vec<String>) {
        let mut element = Value::Object(Map::new());
        let mut doutes = Vec::new();
        for (place, colonne) in &lue.colonnes {
            if matches!(colonne.genre, Genre::Calcul(_) | Genre::Parent) {
                continue;
            }
            let Some(cellule) = lue.feuille.a(ligne, *place) else { continue };
            match cellule::lire(colonne, &cellule.contenu, None, &self.import.fonds.noms, self.import.epoque_1904) {
                Ok(Some(valeur)) => poser(&mut element, grille, colonne, valeur),
                Ok(None) => {}
                Err(motif) => {
                    let texte = cellule::en_texte(&cellule.contenu);
                    doutes.push(format!(
                        "{} ({}) : « {texte} » : {motif}",
                        colonne.titre,
                        lieu_de(lue.feuille, ligne, *place)
                    ));
                }
            }
        }
        (element, doutes)
    }

    /// The key of the row of the contract that an element is, by what tells it from the others, or by its name.
    fn reconnue(
        &self,
        grille: &Grille,
        element: &Value,
        parent: Option<&Lieu>,
        vues: &BTreeSet<&str>,
    ) -> Option<String> {
        let au_dessus = match (grille.motif.contains("/*"), parent) {
            (false, _) => String::new(),
            (true, Some(Lieu::Ancien(pointeur))) => format!("{}|", cle_du_chemin(self.import.fonds.donnees, pointeur)),
            (true, _) => return None,
        };
        let cle = format!("{au_dessus}{}", cle_de(&grille.motif, &grille.forme, element));
        let libre = |r: &&Rangee| !vues.contains(r.cle.as_str());
        let par_cle = grille.rangees.iter().filter(libre).find(|r| r.cle == cle);
        let nom =
            |e: &Value| ["nom", "titre", "libelle", "texte"].iter().find_map(|cle| e.get(*cle)?.as_str()).map(plat);
        let par_nom = || {
            if element.get("id").is_some() || !grille.forme.cles.contains_key("id") {
                return None;
            }
            let voulu = nom(element)?;
            let mut siennes = grille.rangees.iter().filter(libre).filter(|r| {
                r.cle.starts_with(&au_dessus)
                    && self.import.fonds.donnees.pointer(&r.pointeur).and_then(nom) == Some(voulu.clone())
            });
            siennes.next().filter(|_| siennes.next().is_none())
        };
        par_cle.or_else(par_nom).map(|r| r.cle.clone())
    }

    /// Whether a copied row still has the key of its model.
    fn est_la_meme(&self, grille: &Grille, cle: &str, element: &Value) -> bool {
        let modele = grille.rangees.iter().find(|r| r.cle == cle);
        let ancien = modele.and_then(|r| self.import.fonds.donnees.pointer(&r.pointeur));
        ancien.is_some_and(|ancien| {
            cle_de(&grille.motif, &grille.forme, ancien) == cle_de(&grille.motif, &grille.forme, element)
        })
    }

    fn ajouter(
        &mut self,
        grille: &Grille,
        lue: &Reperee<'_>,
        ligne: u32,
        mut element: Value,
        mut a_preciser: Vec<String>,
        parent: Option<Lieu>,
    ) {
        let premiere = lue.colonnes.iter().map(|(c, _)| *c).min().unwrap_or(1);
        let lieu = lieu_de(lue.feuille, ligne, premiere);
        if grille.forme.requises.iter().any(|cle| cle == "id") && element.get("id").is_none() {
            let nom = ["nom", "titre", "libelle", "texte", "type"].iter().find_map(|cle| element.get(*cle)?.as_str());
            let id = self.identifiant(nom.unwrap_or(&grille.nom));
            if let Value::Object(objet) = &mut element {
                objet.shift_insert(0, "id".to_owned(), Value::String(id));
            }
        }
        let noms = self.noms(grille, &element);
        let id = element.get("id").and_then(Value::as_str).map(str::to_owned);
        if let Some(pour) = self.import.pour.filter(|pour| !pour.tient(&grille.motif.replace('*', "0"))) {
            a_preciser.push(format!("ce classeur est pour {}, qui ne tient pas cette liste", pour.en_clair()));
        }
        let cle = grille.motif.rsplit_once("/*").map_or(grille.motif.as_str(), |(_, suite)| suite);
        let neuf = match (grille.motif.contains("/*"), parent) {
            // Under an element that the workbook adds too: it goes in it.
            (true, Some(Lieu::Neuf(rang, dedans))) => {
                let Some(hote) = self.import.elements.get_mut(rang) else { return };
                let ici = format!("{dedans}{cle}");
                hote.a_preciser.extend(a_preciser);
                let Some(n) = pousser(&mut hote.element, &ici, element) else { return };
                Lieu::Neuf(rang, format!("{ici}/{n}"))
            }
            (imbriquee, parent) => {
                let liste = match parent {
                    Some(Lieu::Ancien(pointeur)) => format!("{pointeur}{cle}"),
                    _ if imbriquee => {
                        let titre = grille.colonnes.first().map(|c| c.titre.clone()).unwrap_or_default();
                        self.import.ecarts.push(Ecart::NonRepris {
                            lieu,
                            texte: format!("ligne {}", ligne + 1),
                            motif: format!("« {titre} » n'y désigne aucun élément du contrat"),
                            a_faire: "choisissez dans la liste de cette cellule l'élément dont dépend la ligne"
                                .to_owned(),
                        });
                        return;
                    }
                    _ => grille.motif.clone(),
                };
                let present = self.import.fonds.donnees.pointer(&liste).and_then(Value::as_array).map_or(0, Vec::len);
                let ajoutes =
                    self.import.elements.iter().filter(|e| e.sens == Sens::Ajoute && e.liste == liste).count();
                let neuf = self.import.ajout(liste, present + ajoutes, element, a_preciser, &lieu);
                self.import.elements.push(neuf);
                Lieu::Neuf(self.import.elements.len() - 1, String::new())
            }
        };
        let connus = self.import.parents.entry(grille.motif.clone()).or_default();
        let neufs: Vec<String> = noms.into_iter().filter(|nom| !connus.contains_key(&plat(nom))).collect();
        if let Some(id) = &id {
            connus.entry(plat(id)).or_insert_with(|| neuf.clone());
        }
        self.nommer(grille, id.as_deref(), &neufs, &neuf);
    }

    fn retirer(&mut self, rangee: &Rangee, feuille: &Feuille) {
        if let Some(pour) = self.import.pour.filter(|pour| !pour.tient(&rangee.pointeur)) {
            self.import.ecarts.push(Ecart::NonRepris {
                lieu: feuille.nom.clone(),
                texte: self.import.chemins.texte(&rangee.pointeur),
                motif: format!(
                    "la ligne a disparu, et ce classeur est pour {}, qui ne tient pas cette liste",
                    pour.en_clair()
                ),
                a_faire: "demandez le retrait à qui la tient".to_owned(),
            });
            return;
        }
        let Some((liste, rang)) = rangee.pointeur.rsplit_once('/') else { return };
        let place = self.import.chemins.etapes(&rangee.pointeur).into_iter().map(|etape| etape.nom).collect();
        self.import.elements.push(ElementDeListe {
            numero: 0,
            sens: Sens::Retire,
            liste: liste.to_owned(),
            rang: rang.parse().unwrap_or_default(),
            place,
            clause: String::new(),
            position: self.import.ouverture.lecture.positions.de(&rangee.pointeur),
            element: self.import.fonds.donnees.pointer(&rangee.pointeur).cloned().unwrap_or_default(),
            a_preciser: Vec::new(),
            lieu: Some(feuille.nom.clone()),
        });
    }

    /// « ime-les-oliviers » of « IME Les Oliviers », unlike the others.
    fn identifiant(&self, nom: &str) -> String {
        let plat = sans_accents(nom).to_lowercase();
        let mots: Vec<&str> = plat.split(|c: char| !c.is_ascii_alphanumeric()).filter(|mot| !mot.is_empty()).collect();
        let base: String = mots.join("-").chars().take(60).collect();
        let base = if base.is_empty() { "element".to_owned() } else { base.trim_matches('-').to_owned() };
        let pris = |id: &str| {
            self.import.fonds.noms.existe(id)
                || self.import.elements.iter().any(|e| e.element.get("id").and_then(Value::as_str) == Some(id))
        };
        let mut id = base.clone();
        let mut rang = 2;
        while pris(&id) {
            id = format!("{base}-{rang}");
            rang += 1;
        }
        id
    }
}

/// The words by which other sheets name an element.
fn nom_visible(element: &Value) -> Option<String> {
    let cles = ["nom", "titre", "libelle", "texte", "id"];
    cles.iter().find_map(|cle| element.get(*cle)?.as_str()).map(str::to_owned)
}

/// Puts the value of a column in an element that is made.
fn poser(element: &mut Value, grille: &Grille, colonne: &Colonne, valeur: Value) {
    if let Genre::Annee { liste, cle, annee, valeur: nom } = &colonne.genre {
        let Some(Value::Array(elements)) = creer(element, liste, Value::Array(Vec::new())) else { return };
        let sienne = |e: &Value| e.get(cle).and_then(Value::as_i64) == Some(*annee);
        let rang = elements.iter().position(sienne).unwrap_or_else(|| {
            elements.push(serde_json::json!({ cle.as_str(): annee }));
            elements.len() - 1
        });
        if let Some(Value::Object(objet)) = elements.get_mut(rang) {
            objet.insert(nom.clone(), valeur);
        }
        return;
    }
    let mut ici = colonne.pointeur.as_str();
    if cellule::sans_objet(&valeur).is_some() && !colonne.forme.sans_objet {
        while let Some((parent, _)) = ici.rsplit_once('/') {
            ici = parent;
            if grille.forme.a(parent).is_some_and(|forme| forme.sans_objet && forme.nature == Nature::Objet) {
                break;
            }
        }
    }
    if let Some(place) = creer(element, ici, Value::Null) {
        *place = valeur;
    }
}

/// The place of a relative pointer, made with the objects on the way.
fn creer<'e>(element: &'e mut Value, pointeur: &str, defaut: Value) -> Option<&'e mut Value> {
    let mut ici = element;
    let jetons: Vec<&str> = pointeur.split('/').collect();
    for (rang, jeton) in jetons.iter().enumerate() {
        let objet = ici.as_object_mut()?;
        let dernier = rang + 1 == jetons.len();
        let neuf = if dernier { defaut.clone() } else { Value::Object(Map::new()) };
        ici = objet.entry((*jeton).to_owned()).or_insert(neuf);
    }
    Some(ici)
}

/// Adds to a list inside an element; its rank there.
fn pousser(hote: &mut Value, pointeur: &str, element: Value) -> Option<usize> {
    let mut ici = hote;
    let jetons: Vec<&str> = pointeur.split('/').filter(|j| !j.is_empty()).collect();
    for (rang, jeton) in jetons.iter().enumerate() {
        let dernier = rang + 1 == jetons.len();
        ici = match ici {
            Value::Array(elements) => elements.get_mut(jeton.parse::<usize>().ok()?)?,
            Value::Object(objet) => {
                let neuf = if dernier { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
                objet.entry((*jeton).to_owned()).or_insert(neuf)
            }
            _ => return None,
        };
    }
    let Value::Array(elements) = ici else { return None };
    elements.push(element);
    Some(elements.len() - 1)
}
