//! A contract, or a written document → the characters that would not print as they were typed, each told with its
//! place; and letters under too many marks, refused before anything draws them.

use crate::document::{Bloc, Document, Etat, Noeud, Partie, enfants, mots};
use crate::formats::caracteres::{DIACRITIQUES_MAX, ILLISIBLE, purger, relever, sans_surcharge, signe, surcharge};
use crate::lecture::Lecture;
use crate::remarque::{Remarque, Severite, jeton_de_pointeur};
use crate::rendu::pdf::manquants;
use crate::schema::forme::{Nature, forme_du_contrat};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write;

/// A character that no font of the program draws.
const NON_DESSINE: &str = "CAR-001";
/// A character that nobody can read.
const ILLISIBLES: &str = "CAR-002";
/// A character that does not show.
const INVISIBLE: &str = "CAR-003";
/// A letter under more marks than any language has.
const SURCHARGE: &str = "CAR-004";

/// Most characters named in a message.
const NOMMES: usize = 6;

/// Cuts the letters that bear too many marks, and refuses the contract for each.
pub(super) fn alleger(lecture: &mut Lecture) -> Vec<Remarque> {
    let mut pointeurs = Vec::new();
    couper(&mut lecture.valeur, &mut String::new(), &mut pointeurs);
    let remarque = |pointeur: String| {
        let position = lecture.positions.de(&pointeur);
        let message = format!(
            "{} porte une lettre sous plus de {DIACRITIQUES_MAX} accents ou signes : aucune langue n'en demande autant.",
            nom(&pointeur)
        );
        Remarque::bloquante(SURCHARGE, pointeur, message, "retapez ce mot.").placee(position)
    };
    pointeurs.into_iter().map(remarque).collect()
}

fn couper(valeur: &mut Value, pointeur: &mut String, sortie: &mut Vec<String>) {
    let longueur = pointeur.len();
    match valeur {
        Value::String(texte) if surcharge(texte) => {
            *texte = sans_surcharge(texte);
            sortie.push(pointeur.clone());
        }
        Value::Array(elements) => {
            for (rang, element) in elements.iter_mut().enumerate() {
                let _ = write!(pointeur, "/{rang}");
                couper(element, pointeur, sortie);
                pointeur.truncate(longueur);
            }
        }
        Value::Object(objet) => {
            for (cle, element) in objet {
                pointeur.push('/');
                pointeur.push_str(&jeton_de_pointeur(cle));
                if surcharge(cle) {
                    sortie.push(pointeur.clone());
                }
                couper(element, pointeur, sortie);
                pointeur.truncate(longueur);
            }
        }
        _ => {}
    }
}

/// What is to be told of the texts of a contract: in a definitive one, what does not print refuses it.
pub(super) fn du_contrat(lecture: &Lecture, donnees: &Value, etat: Etat) -> Vec<Remarque> {
    let mut sortie = Vec::new();
    textes(donnees, &mut String::new(), &mut |pointeur, texte| {
        sortie.extend(du_texte(pointeur, texte, etat));
    });
    for remarque in &mut sortie {
        remarque.position = lecture.positions.de(&remarque.pointeur);
    }
    sortie
}

/// Every text of the data, keys included, with its pointer.
fn textes<'v>(valeur: &'v Value, pointeur: &mut String, voir: &mut impl FnMut(&str, &'v str)) {
    let longueur = pointeur.len();
    match valeur {
        Value::String(texte) => voir(pointeur, texte),
        Value::Array(elements) => {
            for (rang, element) in elements.iter().enumerate() {
                let _ = write!(pointeur, "/{rang}");
                textes(element, pointeur, voir);
                pointeur.truncate(longueur);
            }
        }
        Value::Object(objet) => {
            for (cle, element) in objet {
                pointeur.push('/');
                pointeur.push_str(&jeton_de_pointeur(cle));
                voir(pointeur, cle);
                textes(element, pointeur, voir);
                pointeur.truncate(longueur);
            }
        }
        _ => {}
    }
}

fn du_texte(pointeur: &str, texte: &str, etat: Etat) -> Vec<Remarque> {
    if texte.bytes().all(|octet| matches!(octet, b' '..=b'~' | b'\n')) {
        return Vec::new();
    }
    let releve = relever(texte);
    let mut absents = manquants(&purger(texte));
    absents.retain(|c| *c != ILLISIBLE);
    let severite = severite(etat);
    let dire = |code: &str, severite, message: String, remede: &str| Remarque {
        severite,
        ..Remarque::bloquante(code, pointeur, message, remede)
    };
    let mut sortie = Vec::new();
    if !absents.is_empty() {
        let message = format!(
            "{} contient {} qu'aucune police du programme ne dessine : {}.",
            nom(pointeur),
            un_ou_des(&absents),
            enumerer(&absents)
        );
        sortie.push(dire(NON_DESSINE, severite, message, REMEDE));
    }
    if !releve.illisibles.is_empty() {
        let message = format!(
            "{} contient {} que personne ne peut lire, venu d'une police de symboles ou d'un fichier mal décodé : {}.",
            nom(pointeur),
            un_ou_des(&releve.illisibles),
            enumerer(&releve.illisibles)
        );
        sortie.push(dire(
            ILLISIBLES,
            severite,
            message,
            "retapez le signe ou la lettre à cet endroit (☐ ☑ ☒ ✓ → • é…).",
        ));
    }
    // In long texts they hide in words copied from anywhere, and harm nobody.
    if !releve.invisibles.is_empty() && !est_long(pointeur) {
        let message = format!(
            "{} contient {} qui ne se voit pas : {}. Deux textes qu'il distingue paraissent le même.",
            nom(pointeur),
            un_ou_des(&releve.invisibles),
            enumerer(&releve.invisibles)
        );
        sortie.push(dire(INVISIBLE, Severite::Information, message, "retirez-le, ou retapez ce texte."));
    }
    sortie
}

const REMEDE: &str =
    "écrivez le nom en lettres latines, ou remplacez le signe par un mot ou un signe courant (☐ ☑ ☒ ✓ → ≤ •).";

fn severite(etat: Etat) -> Severite {
    match etat {
        Etat::Definitif => Severite::Bloquante,
        Etat::Projet => Severite::Alerte,
    }
}

/// What a written document would not draw and that its data do not explain: words of the model, a file's name.
pub(super) fn du_document(document: &Document, donnees: &Value) -> Vec<Remarque> {
    let mut connus = BTreeSet::new();
    textes(donnees, &mut String::new(), &mut |_, texte| connus.extend(manquants(&purger(texte))));
    let mut sortie = Vec::new();
    let mut dire = |absents: Vec<char>, partie: &str, noeud: Option<&Noeud>| {
        let nouveaux: Vec<char> = absents.into_iter().filter(|c| connus.insert(*c)).collect();
        if nouveaux.is_empty() {
            return;
        }
        let message = format!(
            "Le document contient {} qu'aucune police du programme ne dessine : {} ({partie}).",
            un_ou_des(&nouveaux),
            enumerer(&nouveaux)
        );
        let origine = noeud.and_then(|n| n.origine.as_ref());
        sortie.push(Remarque {
            severite: severite(document.identite.etat),
            references: origine.map(|o| format!("clause {}, ligne {}", o.fichier, o.ligne)).into_iter().collect(),
            ..Remarque::bloquante(NON_DESSINE, "", message, "corrigez le modèle, ou le nom du fichier annexé.")
        });
    };
    let identite = &document.identite;
    for propriete in [&identite.titre, &identite.auteur, &identite.reference] {
        dire(manquants(propriete), "propriétés du fichier", None);
    }
    for joint in &document.joints {
        dire(manquants(&joint.description), "fichiers joints", None);
    }
    for partie in &document.parties {
        dire(manquants(&partie.titre), &partie.titre, None);
        parcourir(partie, &mut |noeud, texte| dire(manquants(texte), &partie.titre, Some(noeud)));
    }
    sortie
}

/// The words of each block of a part, alternative texts included.
fn parcourir(partie: &Partie, voir: &mut impl FnMut(&Noeud, &str)) {
    for noeud in &partie.blocs {
        let mut texte = String::new();
        mots::texte_noeuds(std::slice::from_ref(noeud), &mut texte);
        alternatives(noeud, &mut texte);
        voir(noeud, &texte);
    }
}

fn alternatives(noeud: &Noeud, sortie: &mut String) {
    match &noeud.bloc {
        Bloc::Image { alternative, .. } => sortie.push_str(alternative),
        Bloc::Images { images, .. } => images.iter().for_each(|(_, alternative)| sortie.push_str(alternative)),
        Bloc::Piece { titre, .. } => sortie.push_str(titre),
        bloc => enfants(bloc).into_iter().flatten().for_each(|enfant| alternatives(enfant, sortie)),
    }
}

/// Whether the element is a long text.
fn est_long(pointeur: &str) -> bool {
    forme_du_contrat().a(pointeur).is_some_and(|forme| forme.nature == Nature::Prose)
}

/// « Lieu de signature » (/signature/lieu).
fn nom(pointeur: &str) -> String {
    let cle = pointeur.rsplit('/').next().unwrap_or_default();
    match forme_du_contrat().a(pointeur) {
        Some(forme) if !cle.is_empty() => format!("« {} » ({})", forme.titre, purger(cle)),
        _ => format!("« {} »", purger(cle)),
    }
}

fn un_ou_des(caracteres: &[char]) -> &'static str {
    if caracteres.len() == 1 { "un caractère" } else { "des caractères" }
}

/// « 王 » (U+738B), « 伟 » (U+4F1F); a character that shows nothing, by its number alone.
fn enumerer(caracteres: &[char]) -> String {
    let un = |c: &char| {
        let visible = purger(&c.to_string()).chars().all(|p| p == *c) && *c != ILLISIBLE && signe(*c).is_none();
        let code = format!("U+{:04X}", u32::from(*c));
        if visible && !c.is_whitespace() { format!("« {c} » ({code})") } else { code }
    };
    let mut sortie: Vec<String> = caracteres.iter().take(NOMMES).map(un).collect();
    if caracteres.len() > NOMMES {
        sortie.push("…".into());
    }
    sortie.join(", ")
}
