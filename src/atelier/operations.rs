//! The operations of a page on the data of a contract: words read, what the page saw compared with what is there, elements
//! made, copied and removed with what names them.

use super::chantier::{Chantier, Egare, Lieu, liste_et_rang};
use super::communs;
use super::demande::Op;
use super::ids;
use super::mots::{Mots, sans_guillemets};
use super::refus::{Conflit, Illisible, Nommant, Refus};
use super::remarques::{Nommes, RemarqueVue};
use super::vue::{Feuille, NOTE, en_mots, feuille, sans_objet};
use crate::contrat::champ::NON_APPLICABLE;
use crate::contrat::renvois;
use crate::lecture::sans_commentaires;
use crate::saisie;
use crate::schema::chemin::{Chemins, Etape, PUIS};
use crate::schema::forme::{Forme, Nature};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Longest words of a field, in bytes: more is no value of a contract.
const TEXTE_MAX: usize = 200_000;

/// What an operation did beside its changes.
#[derive(Debug, Default)]
pub struct Fait {
    /// What the history calls it.
    pub nom: String,
    /// Path of the new element.
    pub cree: Option<String>,
}

/// Does an operation; those that go through the history are not its business.
pub fn faire(chantier: &mut Chantier, op: &Op, remarques: &Nommes<RemarqueVue>) -> Result<Fait, Refus> {
    match op {
        Op::Poser { chemin, texte, valeur, avant } => {
            let lieu = trouver(chantier, chemin)?;
            let lu = match (texte, valeur) {
                (Some(texte), _) => lire(&lieu.forme, chemin, texte)?,
                (None, Some(Value::Null) | None) => None,
                (None, Some(valeur)) => Some(valeur.clone()),
            };
            poser(chantier, &lieu, chemin, lu, avant.as_ref())
        }
        Op::SansObjet { chemin, motif } => declarer(chantier, chemin, motif.as_deref()),
        Op::Note { chemin, texte, avant } => noter(chantier, chemin, texte, avant.as_deref()),
        Op::Ajouter { liste, apres, valeurs } => {
            let lieu = trouver(chantier, liste)?;
            let forme = lieu.forme.element.clone().ok_or_else(|| Refus::demande("Ce n'est pas une liste."))?;
            let mut lus = Vec::new();
            for (cle, texte) in valeurs {
                let sous_forme = forme.a(cle).ok_or_else(|| Refus::demande("Ce champ n'existe pas."))?;
                let chemin = format!("{liste}/{cle}");
                lus.extend(lire(&sous_forme, &chemin, texte)?.map(|valeur| (cle.clone(), valeur)));
            }
            let mut neuf = ids::element_neuf(&chantier.donnees, &lieu.pointeur, &forme, lus);
            communs::completer(&chantier.donnees, &lieu.pointeur, &mut neuf);
            ajouter(chantier, &lieu, apres.as_deref(), neuf)
        }
        Op::Dupliquer { chemin } => {
            let lieu = trouver(chantier, chemin)?;
            let (liste, rang) = element(chantier, &lieu)?;
            let original = chantier.valeur(&lieu.pointeur).cloned().unwrap_or_default();
            let copie = ids::copie(&chantier.donnees, &liste, &original);
            let nom = format!("Dupliquer {}", nommer(chantier, &lieu.pointeur));
            chantier.inserer(&liste, rang + 1, copie);
            Ok(Fait { nom, cree: Some(chantier.cles.chemin(&format!("{liste}/{}", rang + 1))) })
        }
        Op::Deplacer { chemin, rang } => {
            let lieu = trouver(chantier, chemin)?;
            let (liste, de) = element(chantier, &lieu)?;
            let nombre = chantier.valeur(&liste).and_then(Value::as_array).map_or(0, Vec::len);
            let vers = (*rang).min(nombre.saturating_sub(1));
            let nom = format!("Déplacer {}", nommer(chantier, &lieu.pointeur));
            if vers != de {
                chantier.deplacer(&liste, de, vers);
            }
            Ok(Fait { nom, cree: None })
        }
        Op::Retirer { chemin, cascade } => retirer(chantier, chemin, *cascade),
        Op::Cocher { liste, valeur, present } => cocher(chantier, liste, valeur, *present),
        Op::Deroger { remarque, motif, auteur } => {
            let ici = remarques.get(remarque).ok_or_else(|| Refus::demande("Cette remarque n'est plus là."))?;
            deroger(chantier, ici, motif, auteur)
        }
        // Those need more than the data.
        Op::Bibliotheque { .. } | Op::Annuler { .. } | Op::Retablir { .. } | Op::Revenir { .. } => {
            Err(Refus::demande("Cette opération se demande seule."))
        }
    }
}

pub fn trouver(chantier: &Chantier, chemin: &str) -> Result<Lieu, Refus> {
    chantier.trouver(chemin).map_err(|egare| match egare {
        Egare::Parti => Refus::parti(chemin),
        Egare::Inconnu => Refus::demande("Cette place du contrat n'existe pas."),
    })
}

/// The words of a field; nothing when there are none.
fn lire(forme: &Forme, chemin: &str, texte: &str) -> Result<Option<Value>, Refus> {
    let illisible = |message: String| {
        Err(Refus::Illisible(Illisible { chemin: chemin.to_owned(), texte: texte.to_owned(), message }))
    };
    if texte.trim().is_empty() {
        return Ok(None);
    }
    if texte.len() > TEXTE_MAX {
        return illisible("ce texte est trop long pour un champ".to_owned());
    }
    match saisie::lire(forme, texte) {
        Ok(valeur) => Ok(Some(valeur)),
        Err(message) => illisible(message),
    }
}

fn poser(
    chantier: &mut Chantier,
    lieu: &Lieu,
    chemin: &str,
    neuve: Option<Value>,
    avant: Option<&Value>,
) -> Result<Fait, Refus> {
    let nom = nommer(chantier, &lieu.pointeur);
    let actuelle = chantier.valeur(&lieu.pointeur).cloned();
    // What is already so was done: a page that asks again after a cut has its answer.
    if actuelle == neuve {
        return Ok(Fait { nom, cree: None });
    }
    let vue = actuelle.as_ref().and_then(|valeur| feuille(&lieu.forme, valeur));
    if !est_vue(vue.as_ref(), actuelle.as_ref(), avant) {
        let dire = |valeur: &Value| en_mots(&lieu.forme, valeur);
        return Err(Refus::Conflit(vec![Conflit {
            chemin: chemin.to_owned(),
            lieu: en_clair(chantier, &lieu.pointeur),
            votre: neuve.as_ref().map(dire),
            actuel: actuelle.as_ref().map(dire),
            vu: avant.filter(|v| !v.is_null()).map(dire),
        }]));
    }
    match neuve {
        Some(valeur) => chantier.poser(lieu, valeur),
        None => chantier.oter(lieu),
    }
    Ok(Fait { nom, cree: None })
}

/// Whether what the page saw is what is there.
fn est_vue(vue: Option<&Feuille>, actuelle: Option<&Value>, avant: Option<&Value>) -> bool {
    match (vue, avant.filter(|v| !v.is_null())) {
        (None | Some(Feuille::SansObjet { .. }), None) => true,
        (Some(Feuille::Valeur { t, .. }), Some(avant)) => avant.as_str() == Some(t) || actuelle == Some(avant),
        (Some(Feuille::SansObjet { so }), Some(avant)) => avant.as_str() == Some(so),
        _ => false,
    }
}

fn declarer(chantier: &mut Chantier, chemin: &str, motif: Option<&str>) -> Result<Fait, Refus> {
    let lieu = trouver(chantier, chemin)?;
    let nom = nommer(chantier, &lieu.pointeur);
    let est = chantier.valeur(&lieu.pointeur).and_then(sans_objet).is_some();
    match motif.map(str::trim) {
        Some(_) if !lieu.forme.sans_objet => Err(Refus::demande("Cette valeur ne peut pas être sans objet.")),
        Some("") => Err(Refus::Illisible(Illisible {
            chemin: chemin.to_owned(),
            texte: String::new(),
            message: "dites pourquoi c'est sans objet : le motif est imprimé".to_owned(),
        })),
        Some(motif) => {
            chantier.poser(&lieu, json!({ NON_APPLICABLE: motif }));
            Ok(Fait { nom: format!("Sans objet : {nom}"), cree: None })
        }
        None => {
            if est {
                chantier.oter(&lieu);
            }
            Ok(Fait { nom, cree: None })
        }
    }
}

fn noter(chantier: &mut Chantier, chemin: &str, texte: &str, avant: Option<&str>) -> Result<Fait, Refus> {
    let objet = trouver(chantier, chemin)?;
    let nom = format!("Note : {}", nommer(chantier, &objet.pointeur));
    let lieu = Lieu { pointeur: format!("{}/{NOTE}", objet.pointeur), ..objet };
    let actuelle = chantier.valeur(&lieu.pointeur).and_then(Value::as_str).map(str::to_owned);
    let texte = texte.trim();
    if actuelle.as_deref().unwrap_or_default() == texte {
        return Ok(Fait { nom, cree: None });
    }
    if actuelle.as_deref().unwrap_or_default() != avant.unwrap_or_default() {
        return Err(Refus::Conflit(vec![Conflit {
            chemin: chemin.to_owned(),
            lieu: nom,
            votre: Some(texte.to_owned()),
            actuel: actuelle,
            vu: avant.map(str::to_owned),
        }]));
    }
    match texte {
        "" => chantier.retirer(&lieu.pointeur),
        _ => chantier.poser(&lieu, json!(texte)),
    }
    Ok(Fait { nom, cree: None })
}

fn ajouter(chantier: &mut Chantier, lieu: &Lieu, apres: Option<&str>, neuf: Value) -> Result<Fait, Refus> {
    for (ici, element) in &lieu.a_faire {
        if let Some((liste, rang)) = liste_et_rang(ici) {
            chantier.inserer(liste, rang, element.clone());
        }
    }
    // A list without object has elements again.
    if chantier.valeur(&lieu.pointeur).is_some_and(|valeur| !valeur.is_array()) {
        chantier.retirer(&lieu.pointeur);
    }
    let nombre = chantier.valeur(&lieu.pointeur).and_then(Value::as_array).map_or(0, Vec::len);
    let apres = apres.and_then(|cle| chantier.cles.rang(&lieu.pointeur, cle));
    let rang = apres.map_or(nombre, |rang| rang + 1);
    chantier.inserer(&lieu.pointeur, rang, neuf);
    let pointeur = format!("{}/{rang}", lieu.pointeur);
    Ok(Fait { nom: format!("Ajouter : {}", nommer(chantier, &pointeur)), cree: Some(chantier.cles.chemin(&pointeur)) })
}

/// Adds an objective of a library and its fiche.
pub fn prendre_a_la_bibliotheque(chantier: &mut Chantier, objectif: Value, fiche: Value) -> Result<Fait, Refus> {
    let (liste, fiches) = (trouver(chantier, "/objectifs")?, trouver(chantier, "/fiches_actions")?);
    let fait = ajouter(chantier, &liste, None, objectif)?;
    ajouter(chantier, &fiches, None, fiche)?;
    Ok(fait)
}

/// The list of an element, and its rank.
fn element(chantier: &Chantier, lieu: &Lieu) -> Result<(String, usize), Refus> {
    let trouve = liste_et_rang(&lieu.pointeur).filter(|(liste, _)| chantier.valeur(liste).is_some_and(Value::is_array));
    trouve.map(|(liste, rang)| (liste.to_owned(), rang)).ok_or_else(|| Refus::demande("Ce n'est pas un élément."))
}

/// What names an element: the places, each once.
pub fn nommants(chantier: &Chantier, pointeur: &str) -> Vec<String> {
    let Some((liste, _)) = liste_et_rang(pointeur) else { return Vec::new() };
    let Some(id) = chantier.valeur(pointeur).and_then(|e| e.get("id")).and_then(Value::as_str) else {
        return Vec::new();
    };
    let dedans = format!("{pointeur}/");
    let tous = renvois::tous(&chantier.donnees).into_iter().chain(renvois::souples(&chantier.donnees));
    let vers = tous.filter(|r| r.id == id && r.vers.admet(liste) && !r.pointeur.starts_with(&dedans));
    vers.map(|r| r.pointeur).collect()
}

/// What goes when an identifier no longer names anything: the place in a list of identifiers, the element that is about
/// what it named, else the value alone.
fn emporte(chantier: &Chantier, pointeur: &str) -> String {
    let Some((parent, cle)) = pointeur.rsplit_once('/') else { return pointeur.to_owned() };
    if chantier.valeur(parent).is_some_and(Value::is_array) {
        return pointeur.to_owned();
    }
    let est_un_element = liste_et_rang(parent).is_some_and(|(l, _)| chantier.valeur(l).is_some_and(Value::is_array));
    let forme = crate::schema::forme::forme_du_contrat().a(parent);
    let requis = forme.is_some_and(|forme| forme.requises.iter().any(|r| r == cle));
    if est_un_element && requis { parent.to_owned() } else { pointeur.to_owned() }
}

fn retirer(chantier: &mut Chantier, chemin: &str, cascade: bool) -> Result<Fait, Refus> {
    let lieu = trouver(chantier, chemin)?;
    element(chantier, &lieu)?;
    let nommes = nommants(chantier, &lieu.pointeur);
    if !cascade && !nommes.is_empty() {
        return Err(Refus::Nomme(dire_les_nommants(chantier, &nommes)));
    }
    let nom = format!("Retirer {}", nommer(chantier, &lieu.pointeur));
    let mut a_retirer: BTreeSet<Vec<String>> = BTreeSet::new();
    // What goes may be named too: the sheet of an objective by nothing, an objective by its sheets.
    let mut a_voir = vec![lieu.pointeur.clone()];
    while let Some(pointeur) = a_voir.pop() {
        if a_retirer.insert(rangee(&pointeur)) {
            let suite = nommants(chantier, &pointeur).into_iter();
            a_voir.extend(suite.map(|nommant| emporte(chantier, &nommant)));
        }
    }
    // From the end: what goes leaves the ranks before it as they are. What goes with an element above it is gone already.
    for jetons in a_retirer.iter().rev() {
        let pointeur = pointeur_de(jetons);
        let deja = (1..jetons.len()).any(|n| a_retirer.contains(&jetons[..n]));
        if !deja && chantier.valeur(&pointeur).is_some() {
            retirer_ou_vider(chantier, &pointeur);
        }
    }
    Ok(Fait { nom, cree: None })
}

/// A list of identifiers that has none left goes too.
fn retirer_ou_vider(chantier: &mut Chantier, pointeur: &str) {
    let liste = pointeur.rsplit_once('/').map(|(liste, _)| liste).unwrap_or_default();
    let seul = chantier
        .valeur(liste)
        .and_then(Value::as_array)
        .is_some_and(|l| l.len() == 1 && l.iter().all(Value::is_string));
    chantier.retirer(if seul { liste } else { pointeur });
}

/// Tokens that sort as ranks do.
fn rangee(pointeur: &str) -> Vec<String> {
    let jeton = |jeton: &str| match jeton.parse::<usize>() {
        Ok(rang) => format!("{rang:08}"),
        Err(_) => jeton.to_owned(),
    };
    pointeur.split('/').skip(1).map(jeton).collect()
}

fn pointeur_de(jetons: &[String]) -> String {
    let jeton = |jeton: &String| match jeton.parse::<usize>() {
        Ok(rang) if jeton.len() == 8 => rang.to_string(),
        _ => jeton.clone(),
    };
    jetons.iter().map(|j| format!("/{}", jeton(j))).collect()
}

fn cocher(chantier: &mut Chantier, chemin: &str, valeur: &Value, present: bool) -> Result<Fait, Refus> {
    let lieu = trouver(chantier, chemin)?;
    let nom = nommer(chantier, &lieu.pointeur);
    if lieu.forme.nature != Nature::Liste {
        return Err(Refus::demande("Ce n'est pas une liste."));
    }
    let elements = chantier.valeur(&lieu.pointeur).and_then(Value::as_array).cloned().unwrap_or_default();
    let rang = elements.iter().position(|element| element == valeur);
    match (rang, present) {
        (None, true) => {
            ajouter(chantier, &lieu, None, valeur.clone())?;
        }
        (Some(_), false) if elements.len() == 1 => chantier.oter(&lieu),
        (Some(rang), false) => chantier.retirer(&format!("{}/{rang}", lieu.pointeur)),
        _ => {}
    }
    Ok(Fait { nom, cree: None })
}

fn deroger(chantier: &mut Chantier, remarque: &RemarqueVue, motif: &str, auteur: &str) -> Result<Fait, Refus> {
    let illisible = |message: &str| {
        Err(Refus::Illisible(Illisible { chemin: String::new(), texte: motif.to_owned(), message: message.to_owned() }))
    };
    if !remarque.ecartable {
        return illisible("cette règle ne peut pas être écartée");
    }
    if motif.trim().is_empty() {
        return illisible("dites pourquoi la règle est écartée : le motif figure dans le rapport");
    }
    let mut derogation = Map::new();
    derogation.insert("regle".into(), json!(remarque.code));
    derogation.insert("motif".into(), json!(motif.trim()));
    let pointeur = chantier.trouver(&remarque.chemin).map(|lieu| lieu.pointeur).unwrap_or_default();
    if let Some(id) = ids::designe(&chantier.donnees, &pointeur) {
        derogation.insert("element".into(), json!(id));
    }
    if !auteur.trim().is_empty() {
        derogation.insert("auteur".into(), json!(auteur.trim()));
    }
    let lieu = trouver(chantier, "/derogations")?;
    ajouter(chantier, &lieu, None, Value::Object(derogation))?;
    Ok(Fait { nom: format!("Écarter {}", remarque.code), cree: None })
}

/// The places that name an element, in French: what is about it, once each.
pub fn dire_les_nommants(chantier: &Chantier, nommes: &[String]) -> Vec<Nommant> {
    let donnees = sans_commentaires(&chantier.donnees);
    let chemins = Chemins::de(&donnees);
    let mut dits = BTreeSet::new();
    let mots = Mots::de(&donnees);
    let dire = |pointeur: &String| {
        let place = emporte(chantier, pointeur);
        let lieu = mots.dire(&chemins.texte(&place), &place);
        let entier = chantier.valeur(&place).is_some_and(Value::is_object);
        dits.insert(place.clone()).then(|| Nommant { chemin: chantier.cles.chemin(&place), lieu, entier })
    };
    nommes.iter().filter_map(dire).collect()
}

/// « Périmètre › Établissements et services › « IME » › Nom ».
pub fn en_clair(chantier: &Chantier, pointeur: &str) -> String {
    Chemins::de(&chantier.donnees).texte(pointeur)
}

/// « IME Les Mimosas › Nom », « SESSAD du Lac › Cibles › 2027 › Fin »: the last element on the way that is more than a year,
/// then what leads to the value.
fn nommer(chantier: &Chantier, pointeur: &str) -> String {
    let etapes = Chemins::de(&chantier.donnees).etapes(pointeur);
    let nommee = |etape: &Etape| etape.element && etape.nom.chars().any(char::is_alphabetic);
    let depuis = etapes.iter().rposition(nommee).unwrap_or(etapes.len().saturating_sub(2));
    let nom = |etape: &Etape| {
        let nom = sans_guillemets(&etape.nom);
        // An element without a name is called by its identifier, which nobody reads.
        let identifiant = etape.element && !nom.contains(|c: char| c.is_uppercase() || c.is_whitespace());
        let lisible = if identifiant { Mots::de(&chantier.donnees).nom(nom).map(str::to_owned) } else { None };
        lisible.unwrap_or_else(|| nom.to_owned())
    };
    etapes.iter().skip(depuis).map(nom).collect::<Vec<_>>().join(PUIS)
}
