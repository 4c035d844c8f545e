//! A file → the fields of its form, nested ones too, by their whole names.

use super::etat::Vue;
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::BTreeSet;

/// Deepest tree of fields, and most fields of a file.
const PROFONDEUR_MAX: usize = 32;
const CHAMPS_MAX: usize = 100_000;

/// A field that has no field below it.
#[derive(Debug, Clone)]
pub(super) struct Champ<'a> {
    /// The names from the root to it, joined by dots, on one line.
    pub(super) nom: String,
    /// Itself, and the objects above it from the nearest to the root.
    pub(super) id: Option<ObjectId>,
    pub(super) parents: Vec<ObjectId>,
    pub(super) dict: &'a Dictionary,
    /// Its boxes on pages when they are objects of their own.
    pub(super) boites: Vec<ObjectId>,
    pub(super) genre: &'a [u8],
    pub(super) valeur: Option<&'a Object>,
}

impl<'a> Champ<'a> {
    pub(super) fn est_une_signature(&self) -> bool {
        self.genre == b"Sig"
    }

    /// What the field holds: a signature, or nothing.
    pub(super) fn signature(&self, vue: Vue<'a>) -> Option<&'a Dictionary> {
        vue.dict(self.valeur.filter(|_| self.est_une_signature())?)
    }

    /// The box of the field, or its boxes.
    pub(super) fn places(&self) -> impl Iterator<Item = ObjectId> + '_ {
        self.id.into_iter().chain(self.boites.iter().copied())
    }
}

/// The form of a file.
pub(super) fn formulaire<'a>(vue: Vue<'a>) -> Option<&'a Dictionary> {
    vue.sous_dict(vue.catalogue()?, b"AcroForm")
}

/// The fields of a file, in its order.
pub(super) fn champs<'a>(vue: Vue<'a>) -> Vec<Champ<'a>> {
    let mut sortie = Vec::new();
    let mut vus = BTreeSet::new();
    let racines = formulaire(vue).map(|f| vue.tableau(f, b"Fields")).unwrap_or_default();
    for racine in racines {
        descendre(vue, racine, &Dessus::default(), &mut vus, &mut sortie);
    }
    sortie
}

/// What a field takes from those above it.
#[derive(Default, Clone)]
struct Dessus<'a> {
    nom: String,
    parents: Vec<ObjectId>,
    genre: &'a [u8],
    valeur: Option<&'a Object>,
}

fn descendre<'a>(
    vue: Vue<'a>,
    objet: &'a Object,
    dessus: &Dessus<'a>,
    vus: &mut BTreeSet<ObjectId>,
    sortie: &mut Vec<Champ<'a>>,
) {
    let id = objet.as_reference().ok();
    let Some(dict) = vue.dict(objet) else { return };
    if id.is_some_and(|id| !vus.insert(id)) || dessus.parents.len() > PROFONDEUR_MAX || sortie.len() >= CHAMPS_MAX {
        return;
    }
    let propre = texte(vue.valeur(dict, b"T"));
    let nom = match (dessus.nom.is_empty(), propre.is_empty()) {
        (true, _) => propre,
        (false, true) => dessus.nom.clone(),
        (false, false) => format!("{}.{propre}", dessus.nom),
    };
    let genre = vue.valeur(dict, b"FT").as_name().unwrap_or(dessus.genre);
    let valeur = dict.get(b"V").ok().or(dessus.valeur);
    let enfants = vue.tableau(dict, b"Kids");
    let nomme = |enfant: &&'a Object| vue.dict(enfant).is_some_and(|d| d.has(b"T"));
    if enfants.iter().any(|e| nomme(&e)) {
        let mut parents = dessus.parents.clone();
        parents.extend(id);
        let ici = Dessus { nom: nom.clone(), parents, genre, valeur };
        enfants.iter().filter(nomme).for_each(|enfant| descendre(vue, enfant, &ici, vus, sortie));
        // A signature held above other fields is seen too.
        if !dict.has(b"V") {
            return;
        }
    }
    let boites = enfants.iter().filter(|e| !nomme(e)).filter_map(|e| e.as_reference().ok()).collect();
    sortie.push(Champ { nom, id, parents: dessus.parents.clone(), dict, boites, genre, valeur });
}

/// A text of the file on one line; nothing of it can pass for a line of ours.
pub(super) fn texte(objet: &Object) -> String {
    une_ligne(&lopdf::decode_text_string(objet).unwrap_or_default())
}

/// A text on one line, without what a terminal would obey, and not too long.
pub(crate) fn une_ligne(texte: &str) -> String {
    const LONGUEUR_MAX: usize = 200;
    let sur = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    texte.chars().map(|c| if sur(c) { c } else { '\u{FFFD}' }).take(LONGUEUR_MAX).collect()
}

pub(super) fn nom(cle: &[u8]) -> String {
    une_ligne(&String::from_utf8_lossy(cle))
}
