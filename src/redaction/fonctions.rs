//! What clauses can call: the functions and filters documented in `templates/README.md`.
//!
//! Each turns template values into tokens or values; the computing is done elsewhere.

use super::calcule::chercher;
use super::erreurs::faute;
use super::impression::{OU_LA_LACUNE, inlines, lacune_a, lacune_inline, nombre, prose, selon_forme, valeur_inline};
use super::jetons::{self, Element, Morceau, Registre, morceaux};
use super::markdown::{self, ErreurMarkdown};
use super::objets::{Lacune, Neant, Objet, SansObjet, attribut, calcule as strict};
use super::plan::PlanImprime;
use super::tri;
use crate::contrat::identifiants::Date;
use crate::document::{Bloc, Colonne, GenreLigne, Inline, Noeud, Origine, Signature, Style};
use crate::droit;
use crate::formats;
use crate::nomenclatures;
use minijinja::value::{Kwargs, Rest, ValueKind};
use minijinja::{Environment, Error, ErrorKind, State, Value};
use serde_json::json;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What functions share during the writing of one document.
#[derive(Clone)]
pub struct Atelier {
    pub registre: Registre,
    /// The clause files met so far, by index of line mark.
    pub fichiers: Arc<Mutex<Vec<String>>>,
    pub plan: Arc<OnceLock<PlanImprime>>,
    pub contrat: Value,
    /// The whole contract, for what shared parts name beyond the gestionnaire's own.
    pub ensemble: Value,
    pub signatures: Arc<Vec<Signature>>,
    /// Logos: index in the document's pictures and alternative text.
    pub logos: Arc<Vec<(usize, String)>>,
    /// The files given with the contract, in the order of the document's pieces.
    pub connus: Arc<Vec<Connu>>,
    /// The day that texts in force are compared with.
    pub signature: Option<Date>,
}

impl Atelier {
    pub fn fichiers(&self) -> Vec<String> {
        self.fichiers.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn jeton(&self, element: Element) -> Value {
        Value::from_safe_string(self.registre.jeton(element))
    }

    fn bloc(&self, bloc: Bloc) -> Value {
        self.jeton(Element::Blocs(vec![Noeud { bloc, origine: None }]))
    }

    /// The blocks of the body of a `{% call %}`.
    fn corps(&self, state: &mut State<'_, '_>, options: &Kwargs) -> Result<Vec<Noeud>, Error> {
        let caller: Value = options.get("caller").map_err(|_| {
            faute(ErrorKind::MissingArgument, "cette fonction s'emploie avec {% call %} … {% endcall %}")
        })?;
        let texte = caller.call(state, &[])?;
        let (ligne, texte) = jetons::ligne_de_tete(texte.as_str().unwrap_or_default());
        let fichiers = self.fichiers();
        let mut blocs = markdown::clause(texte, &self.registre, &fichiers).map_err(markdown_en_erreur)?;
        // What has no line of its own (a table) comes from that of the call.
        let origine = ligne.and_then(|(rang, ligne)| Some(Origine { fichier: fichiers.get(rang)?.clone(), ligne }));
        for noeud in blocs.iter_mut().filter(|n| n.origine.is_none()) {
            noeud.origine.clone_from(&origine);
        }
        Ok(blocs)
    }

    /// A caption or a box's title: Markdown only when the template alone wrote it, plain text when it was put
    /// together with values.
    fn ligne(&self, valeur: &Value) -> Result<Vec<Inline>, Error> {
        if !valeur.is_safe() {
            return inlines(&self.registre, valeur);
        }
        let texte = valeur.as_str().unwrap_or_default();
        markdown::ligne(texte, &self.registre, &self.fichiers()).map_err(markdown_en_erreur)
    }
}

fn markdown_en_erreur(erreur: ErreurMarkdown) -> Error {
    let ou = erreur.origine().map(|o| format!(" ({}, ligne {})", o.fichier, o.ligne)).unwrap_or_default();
    faute(ErrorKind::InvalidOperation, format!("{erreur}{ou}"))
}

/// Whether a value is a gap or declared without object: filters give it back as it is.
fn sans_valeur(valeur: &Value) -> bool {
    valeur.downcast_object_ref::<Lacune>().is_some()
        || valeur.downcast_object_ref::<SansObjet>().is_some()
        || valeur.downcast_object_ref::<Neant>().is_some()
}

/// Declares everything in an environment.
pub fn declarer(env: &mut Environment<'_>, atelier: &Atelier) {
    valeurs(env, atelier);
    recherches(env, atelier);
    renvois(env, atelier);
    blocs(env, atelier);
    filtres(env, atelier);
    tri::declarer(env);
    env.remove_filter("safe");
    env.remove_filter("escape");
    env.remove_filter("e");
    env.remove_global("debug");
}

fn valeurs(env: &mut Environment<'_>, atelier: &Atelier) {
    let a = atelier.clone();
    env.add_function("champ", move |objet: Value, cle: String, sinon: Option<String>| -> Result<Value, Error> {
        Ok(a.jeton(Element::Inline(ou_sinon(&objet, &cle, true, sinon)?)))
    });
    let a = atelier.clone();
    env.add_function("valeur", move |objet: Value, cle: String, sinon: Option<String>| -> Result<Value, Error> {
        Ok(a.jeton(Element::Inline(ou_sinon(&objet, &cle, false, sinon)?)))
    });
    let a = atelier.clone();
    env.add_function("texte", move |objet: Value, cle: String| -> Result<Value, Error> {
        Ok(a.jeton(prose(&objet, &cle)?))
    });
    let a = atelier.clone();
    env.add_function(
        "lacune",
        move |libelle: String, objet: Option<Value>, cle: Option<String>, options: Kwargs| -> Result<Value, Error> {
            let (Some(objet), Some(cle)) = (objet, cle) else {
                return Err(faute(ErrorKind::MissingArgument, OU_LA_LACUNE));
            };
            let ajouter: Option<String> = options.get("ajouter")?;
            options.assert_all_used()?;
            Ok(a.jeton(Element::Inline(lacune_a(&libelle, &objet, &cle, ajouter)?)))
        },
    );
    env.add_function("libelle", |objet: Value, cle: String| -> Result<Value, Error> {
        let valeur = attribut(&objet, &cle)?;
        if sans_valeur(&valeur) {
            return Ok(valeur);
        }
        let inlines = selon_forme(&objet, &cle, false)?;
        Ok(Value::from(crate::document::mots::inlines(&inlines)))
    });
    env.add_function("motif", |objet: Value, cle: String| -> Result<Value, Error> {
        let valeur = attribut(&objet, &cle)?;
        let motif = valeur.downcast_object_ref::<SansObjet>().map(|s| s.motif.as_str()).unwrap_or_default();
        Ok(Value::from(motif))
    });
    env.add_function("motifs", |objet: Value, cles: Vec<String>| -> Result<Value, Error> {
        let mut motifs = Vec::new();
        for cle in &cles {
            let valeur = attribut(&objet, cle)?;
            if let Some(sans_objet) = valeur.downcast_object_ref::<SansObjet>() {
                let titre = objet.downcast_object_ref::<Objet>().and_then(|o| o.titre_de(cle)).unwrap_or(cle.clone());
                motifs.push(format!("{} : sans objet ({})", formats::minuscule(&titre), sans_objet.motif));
            }
        }
        Ok(Value::from(motifs.join(" ; ")))
    });
    env.add_function("somme", |liste: Value, cle: String| -> Result<Value, Error> {
        let mut centimes: i64 = 0;
        let mut connue = false;
        for element in liste.try_iter()? {
            if let Ok(n) = f64::try_from(attribut(&element, &cle)?) {
                connue = true;
                centimes = centimes.saturating_add((n * 100.0).round() as i64);
            }
        }
        // Nothing known makes no sum: a dash, not zero.
        if !connue {
            return Ok(Value::from_object(Neant));
        }
        Ok(if centimes % 100 == 0 { Value::from(centimes / 100) } else { Value::from(centimes as f64 / 100.0) })
    });
}

/// A value by its shape; when it is absent and something stands for that (« – »), that.
fn ou_sinon(objet: &Value, cle: &str, champ: bool, sinon: Option<String>) -> Result<Vec<Inline>, Error> {
    match sinon {
        Some(texte) if !est_renseigne(&attribut(objet, cle)?) => Ok(vec![Inline::Texte { texte }]),
        _ => selon_forme(objet, cle, champ),
    }
}

/// Whether the contract says something of a value: a value, zero or no included, or the reason why there is none.
fn est_renseigne(valeur: &Value) -> bool {
    let absent = valeur.downcast_object_ref::<Lacune>().is_some()
        || valeur.downcast_object_ref::<Neant>().is_some()
        || valeur.is_undefined()
        || valeur.is_none();
    let vide = valeur.kind() == ValueKind::Seq && valeur.len() == Some(0);
    !absent && !vide
}

fn recherches(env: &mut Environment<'_>, atelier: &Atelier) {
    let listes: [(&'static str, &'static [&'static str], &'static str); 4] = [
        ("etablissement", &["perimetre", "etablissements"], "l'établissement"),
        ("gestionnaire", &["parties", "gestionnaires"], "le gestionnaire"),
        ("objectif", &["objectifs"], "l'objectif"),
        ("constat", &["diagnostic", "constats"], "le constat"),
    ];
    for (nom, chemin, genre) in listes {
        let (contrat, ensemble) = (atelier.contrat.clone(), atelier.ensemble.clone());
        env.add_function(nom, move |id: Value| match id.as_str() {
            Some(texte) => chercher(&contrat, chemin, texte, genre)
                .filter(|v| !sans_valeur(v))
                .or_else(|| chercher(&ensemble, chemin, texte, genre))
                .unwrap_or_default(),
            None => id,
        });
    }
    let contrat = atelier.contrat.clone();
    env.add_function("partie", move |id: Value| {
        let Some(texte) = id.as_str() else { return id };
        let trouve = |liste: &'static str| {
            chercher(
                &contrat,
                if liste == "autorites" { &["parties", "autorites"] } else { &["parties", "gestionnaires"] },
                texte,
                "la partie",
            )
            .filter(|v| !sans_valeur(v))
        };
        trouve("autorites").or_else(|| trouve("gestionnaires")).unwrap_or_else(|| {
            let libelle = format!("la partie « {texte} », que rien ne décrit");
            super::objets::lacune(libelle, "/parties/gestionnaires".to_string(), None)
        })
    });
    let contrat = atelier.contrat.clone();
    nomenclature(env, "categorie", "/perimetre/etablissements", move |code| {
        let jour = super::calcule::jour_des_mots(&contrat);
        nomenclatures::categorie(code).map(|c| {
            let (libelle, sigle) = c.mots_au(jour.as_deref());
            json!({
                "libelle": libelle, "sigle": sigle, "service": c.service,
                "genre": if c.genre.feminin() { "f" } else { "m" },
            })
        })
    });
    nomenclature(env, "departement", "/perimetre/etablissements", |code| {
        nomenclatures::departement(code).map(|d| json!({ "libelle": d.libelle, "de": d.de, "dans": d.dans }))
    });
    let signature = atelier.signature;
    nomenclature(env, "juge_du_tarif", "/perimetre/etablissements", move |code| juge(code, signature));
    nomenclature(env, "region", "/parties/autorites", |code| {
        nomenclatures::region(code).map(|r| json!({ "libelle": r.libelle, "ars": r.ars, "de": r.de, "dans": r.dans }))
    });
    nomenclature(env, "statut", "/parties/gestionnaires", |code| {
        nomenclatures::statut(code)
            .map(|s| json!({ "libelle": s.libelle_imprime, "public": s.public(), "article": s.le }))
    });
}

/// « juge_du_tarif »: the court of a département on the day of the signature, without value where none is known.
fn juge(code: &str, jour: Option<Date>) -> Option<serde_json::Value> {
    nomenclatures::departement(code)?;
    let jour = jour.map(Date::iso);
    let Some(juge) = nomenclatures::juge_du_tarif(code, jour.as_deref()) else { return Some(json!(null)) };
    let (article, du_code) =
        juge.sources.first().and_then(|id| droit::texte(id)).and_then(droit::Texte::article).unwrap_or_default();
    Some(json!({
        "tribunal": juge.tribunal, "delai_mois": juge.delai_mois, "appel": juge.appel,
        "article": article, "code": du_code,
    }))
}

/// A look-up by code; a gap in gives the gap, an unknown code a gap that names it, in the list where it was given.
fn nomenclature(
    env: &mut Environment<'_>,
    nom: &'static str,
    liste: &'static str,
    lire: impl Fn(&str) -> Option<serde_json::Value> + Send + Sync + 'static,
) {
    env.add_function(nom, move |code: Value| match code.as_str() {
        Some(texte) => match lire(texte) {
            Some(entree) => strict(&entree, nom),
            None => {
                super::objets::lacune(format!("code connu à la place de « {texte} » ({nom})"), liste.to_string(), None)
            }
        },
        None => code,
    });
}

fn renvois(env: &mut Environment<'_>, atelier: &Atelier) {
    for (nom, annexe) in [("article", false), ("ref_annexe", true)] {
        let a = atelier.clone();
        env.add_function(nom, move |id: String| -> Result<Value, Error> {
            let plan = plan_imprime(&a)?;
            let repere = plan.repere(&id).ok_or_else(|| {
                faute(
                    ErrorKind::UndefinedError,
                    format!("le plan n'imprime aucun élément « {id} » ; vérifiez son nom, ou testez existe(\"{id}\") d'abord"),
                )
            })?;
            if annexe && !repere.annexe {
                return Err(faute(ErrorKind::InvalidOperation, format!("« {id} » n'est pas une annexe : employez article(\"{id}\")")));
            }
            Ok(a.jeton(Element::Inline(vec![Inline::Renvoi { ancre: repere.ancre.clone(), texte: repere.texte.clone() }])))
        });
    }
    let a = atelier.clone();
    env.add_function("ref_fiche", move |objectif: Value| -> Result<Value, Error> {
        let plan = plan_imprime(&a)?;
        let Some(id) = objectif.as_str() else { return Ok(objectif) };
        Ok(match plan.fiche(id) {
            Some(repere) => a.jeton(Element::Inline(vec![Inline::Renvoi {
                ancre: repere.ancre.clone(),
                texte: repere.texte.clone(),
            }])),
            None => {
                let connu = chercher(&a.contrat, &["objectifs"], id, "l'objectif").unwrap_or_default();
                let titre = attribut(&connu, "titre").ok().and_then(|t| t.as_str().map(String::from));
                let libelle = format!("fiche action de l'objectif « {} »", titre.as_deref().unwrap_or(id));
                let ajouter = Some(format!("une fiche dont « objectif » est « {id} »"));
                a.jeton(Element::Inline(vec![lacune_inline(&libelle, "/fiches_actions".to_string(), ajouter)]))
            }
        })
    });
    let a = atelier.clone();
    env.add_function("existe", move |id: String| -> Result<bool, Error> {
        Ok(plan_imprime(&a)?.repere(&id).is_some())
    });
}

fn plan_imprime(atelier: &Atelier) -> Result<&PlanImprime, Error> {
    atelier.plan.get().ok_or_else(|| {
        faute(ErrorKind::InvalidOperation, "une condition du plan ne peut pas dépendre du plan lui-même")
    })
}

fn blocs(env: &mut Environment<'_>, atelier: &Atelier) {
    let a = atelier.clone();
    env.add_function("tableau", move |state: &mut State<'_, '_>, options: Kwargs| -> Result<Value, Error> {
        let mut blocs = a.corps(state, &options)?;
        let legende: Option<Value> = options.get("legende")?;
        let largeurs: Option<Vec<f64>> = options.get("largeurs")?;
        let (paysage, total, densite): (Option<bool>, Option<usize>, Option<u8>) =
            (options.get("paysage")?, options.get("total")?, options.get("densite")?);
        options.assert_all_used()?;
        let mut trouve = false;
        for noeud in &mut blocs {
            let Bloc::Tableau(tableau) = &mut noeud.bloc else { continue };
            trouve = true;
            if let Some(legende) = &legende {
                tableau.legende = Some(a.ligne(legende)?);
            }
            if let Some(largeurs) = &largeurs {
                if largeurs.len() != tableau.colonnes.len() {
                    return Err(faute(
                        ErrorKind::InvalidOperation,
                        format!("le tableau a {} colonnes et {} largeurs", tableau.colonnes.len(), largeurs.len()),
                    ));
                }
                for (colonne, largeur) in tableau.colonnes.iter_mut().zip(largeurs) {
                    colonne.largeur = (largeur * 10.0).clamp(1.0, 6000.0) as u16;
                }
            }
            if largeurs.is_none() {
                largeurs_par_defaut(&mut tableau.colonnes);
            }
            tableau.paysage = paysage.unwrap_or(false);
            tableau.densite = densite.unwrap_or(0).min(2);
            let debut_totaux = tableau.lignes.len().saturating_sub(total.unwrap_or(0));
            for ligne in tableau.lignes.iter_mut().skip(debut_totaux) {
                ligne.genre = GenreLigne::Total;
            }
        }
        if !trouve {
            return Err(faute(
                ErrorKind::InvalidOperation,
                "le corps de tableau() ne contient pas de tableau Markdown, ou une ligne vide le coupe",
            ));
        }
        Ok(a.jeton(Element::Blocs(blocs)))
    });
    let a = atelier.clone();
    env.add_function("formulaire", move |state: &mut State<'_, '_>, options: Kwargs| -> Result<Value, Error> {
        let blocs = a.corps(state, &options)?;
        options.assert_all_used()?;
        Ok(a.jeton(Element::Blocs(blocs)))
    });
    let a = atelier.clone();
    env.add_function(
        "encadre",
        move |state: &mut State<'_, '_>, titre: Option<Value>, options: Kwargs| -> Result<Value, Error> {
            let blocs = a.corps(state, &options)?;
            options.assert_all_used()?;
            let titre = titre.map(|t| a.ligne(&t)).transpose()?.unwrap_or_default();
            Ok(a.bloc(Bloc::Encadre { titre, blocs }))
        },
    );
    let a = atelier.clone();
    env.add_function("style", move |state: &mut State<'_, '_>, nom: String, options: Kwargs| -> Result<Value, Error> {
        let style = match nom.as_str() {
            "visa" => Style::Visa,
            "centre" => Style::Centre,
            "note" => Style::Note,
            "sous_titre" => Style::SousTitre,
            _ => {
                return Err(faute(
                    ErrorKind::InvalidOperation,
                    format!("le style « {nom} » n'existe pas ; styles : visa, centre, note, sous_titre"),
                ));
            }
        };
        let mut blocs = a.corps(state, &options)?;
        options.assert_all_used()?;
        for noeud in &mut blocs {
            if let Bloc::Paragraphe(p) = &mut noeud.bloc {
                p.style = style;
            }
        }
        Ok(a.jeton(Element::Blocs(blocs)))
    });
    let a = atelier.clone();
    env.add_function("signatures", move || a.bloc(Bloc::Signatures { signatures: a.signatures.to_vec() }));
    let a = atelier.clone();
    env.add_function("logos", move || {
        if a.logos.is_empty() {
            return Value::from_safe_string(String::new());
        }
        a.bloc(Bloc::Images { images: a.logos.to_vec(), hauteur_mm: 22 })
    });
    let a = atelier.clone();
    env.add_function("saut_de_page", move || a.bloc(Bloc::SautDePage));
}

/// A first column of words before columns of figures needs three times their width.
fn largeurs_par_defaut(colonnes: &mut [Colonne]) {
    if let [premiere, reste @ ..] = colonnes
        && !premiere.chiffres
        && reste.iter().any(|c| c.chiffres)
    {
        premiere.largeur = 30;
        reste.iter_mut().for_each(|c| c.largeur = if c.chiffres { 10 } else { 20 });
    }
}

/// A filter that formats a number: its name and what it does.
type Format<T> = (&'static str, fn(T) -> String);
/// A filter that changes the case of a first letter.
type Casse = fn(&str) -> String;

fn filtres(env: &mut Environment<'_>, atelier: &Atelier) {
    let nombres: [Format<f64>; 4] = [
        ("euros", formats::euros),
        ("pourcent", formats::pourcent),
        ("nombre", formats::nombre),
        ("entier", |n| formats::quantite_entiere(n.round() as i64)),
    ];
    for (nom, former) in nombres {
        env.add_filter(nom, move |valeur: Value| -> Result<Value, Error> {
            if sans_valeur(&valeur) {
                return Ok(valeur);
            }
            let n = f64::try_from(valeur.clone()).map_err(|_| attendu(nom, "un nombre", &valeur))?;
            Ok(Value::from(former(n)))
        });
    }
    let entiers: [Format<i64>; 2] = [("en_lettres", formats::en_lettres), ("ordinal", formats::ordinal)];
    for (nom, former) in entiers {
        env.add_filter(nom, move |valeur: Value| -> Result<Value, Error> {
            if sans_valeur(&valeur) {
                return Ok(valeur);
            }
            let n = i64::try_from(valeur.clone()).map_err(|_| attendu(nom, "un nombre entier", &valeur))?;
            Ok(Value::from(former(n)))
        });
    }
    env.add_filter("date", |valeur: Value| -> Result<Value, Error> {
        if sans_valeur(&valeur) {
            return Ok(valeur);
        }
        let date: Date = valeur
            .as_str()
            .and_then(|t| t.parse().ok())
            .ok_or_else(|| attendu("date", "une date (AAAA-MM-JJ)", &valeur))?;
        Ok(Value::from(date.to_string()))
    });
    env.add_filter("echeance", |valeur: Value| match valeur.as_str() {
        Some(texte) => Value::from(formats::echeance(texte)),
        None => valeur,
    });
    env.add_filter("devant_echeance", |valeur: Value| valeur.as_str().map_or("", formats::devant_echeance));
    let casses: [(&str, Casse); 2] = [("majuscule", formats::majuscule), ("minuscule", formats::minuscule)];
    for (nom, former) in casses {
        let a = atelier.clone();
        env.add_filter(nom, move |valeur: Value| casse(&a, &valeur, former));
    }
    let a = atelier.clone();
    env.add_filter("enumere", move |liste: Value| -> Result<Value, Error> {
        if sans_valeur(&liste) {
            return Ok(liste);
        }
        let mut groupes: Vec<Vec<Inline>> =
            liste.try_iter()?.map(|v| inlines(&a.registre, &v)).collect::<Result<_, _>>()?;
        let dernier = groupes.pop();
        let mut sortie: Vec<Inline> = Vec::new();
        for (rang, groupe) in groupes.into_iter().enumerate() {
            if rang > 0 {
                sortie.push(Inline::Texte { texte: ", ".into() });
            }
            sortie.extend(groupe);
        }
        if let Some(dernier) = dernier {
            if !sortie.is_empty() {
                sortie.push(Inline::Texte { texte: " et ".into() });
            }
            sortie.extend(dernier);
        }
        Ok(a.jeton(Element::Inline(sortie)))
    });
    let a = atelier.clone();
    env.add_filter("accord", move |n: Value, singulier: String, pluriel: String| -> Result<Value, Error> {
        // What is counted is never a year: « 1 880 places ».
        let mut sortie = match n.as_i64().filter(|_| n.is_integer()) {
            Some(n) => vec![valeur_inline(formats::quantite_entiere(n), None, false)],
            None => inlines(&a.registre, &n)?,
        };
        sortie.push(Inline::Texte { texte: format!("\u{A0}{}", if est_singulier(&n) { singulier } else { pluriel }) });
        Ok(a.jeton(Element::Inline(sortie)))
    });
    env.add_filter("accorde", |n: Value, formes: Rest<String>| -> Result<Value, Error> {
        match formes.as_slice() {
            [singulier, pluriel] => {
                Ok(Value::from_safe_string(if est_singulier(&n) { singulier.clone() } else { pluriel.clone() }))
            }
            _ => Err(faute(ErrorKind::MissingArgument, "accorde attend le singulier puis le pluriel")),
        }
    });
    env.add_test("renseigne", |valeur: Value| est_renseigne(&valeur));
    env.add_test("sans_objet", |valeur: Value| valeur.downcast_object_ref::<SansObjet>().is_some());
    env.add_test("lacune", |valeur: Value| valeur.downcast_object_ref::<Lacune>().is_some());
}

/// French plural begins at two; a gap reads as plural.
fn est_singulier(n: &Value) -> bool {
    f64::try_from(n.clone()).is_ok_and(|n| n.abs() < 2.0)
}

fn attendu(filtre: &str, quoi: &str, valeur: &Value) -> Error {
    let court: String = valeur.to_string().chars().take(60).collect();
    faute(ErrorKind::InvalidOperation, format!("le filtre « {filtre} » attend {quoi} ; il reçoit « {court} »"))
}

/// Changes the first letter of a text, even when it stands behind a token.
fn casse(atelier: &Atelier, valeur: &Value, former: Casse) -> Value {
    let Some(texte) = valeur.as_str() else {
        return match valeur.is_number() {
            true => Value::from(nombre(valeur)),
            false => valeur.clone(),
        };
    };
    let mut pieces = morceaux(texte).into_iter();
    match pieces.next() {
        Some(Morceau::Jeton(n)) => {
            let Some(Element::Inline(mut inlines)) = atelier.registre.element(n) else { return valeur.clone() };
            if let Some(Inline::Texte { texte } | Inline::Valeur { texte, .. } | Inline::Renvoi { texte, .. }) =
                inlines.first_mut()
            {
                *texte = former(texte);
            }
            let reste = &texte[texte.find('\u{E001}').map_or(texte.len(), |i| i + '\u{E001}'.len_utf8())..];
            let jeton = atelier.registre.jeton(Element::Inline(inlines));
            Value::from_safe_string(format!("{jeton}{reste}"))
        }
        _ if valeur.is_safe() => Value::from_safe_string(former(texte)),
        _ => Value::from(former(texte)),
    }
}

/// What the formatter of the engine writes for a value: its token, or the text of a template as it is.
pub fn ecrire(atelier: &Atelier, valeur: &Value) -> Result<String, Error> {
    if valeur.is_safe() {
        return Ok(valeur.as_str().unwrap_or_default().to_string());
    }
    let inlines = inlines(&atelier.registre, valeur)?;
    if inlines.iter().all(|i| matches!(i, Inline::Valeur { texte, .. } if texte.is_empty())) {
        return Ok(String::new());
    }
    Ok(atelier.registre.jeton(Element::Inline(inlines)))
}

/// What clauses know of a file.
#[derive(Debug, Clone)]
pub struct Connu {
    pub pointeur: String,
    pub nom: String,
    pub empreinte: String,
    pub pages: usize,
    /// Index of its only page among the document's pictures.
    pub image: Option<usize>,
}
