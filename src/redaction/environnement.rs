//! The template engine of one document: what clauses know, where they are found, how they are bounded.

use super::Demande;
use super::calcule::{self, Sources};
use super::droit;
use super::fichiers;
use super::fonctions::{self, Atelier};
use super::jetons::marque_de_ligne;
use super::objets;
use crate::modele::manifeste::{Intitule, Manifeste};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use serde_json::json;

/// Steps that a clause may take; a contract of 60 ESMS needs less than a hundredth of it.
const CARBURANT: u64 = 20_000_000;
const RECURSION: usize = 60;

/// The variables of every clause.
pub fn variables(demande: &Demande<'_>, contrat: &Value) -> Vec<(&'static str, Value)> {
    let manifeste = &demande.modele.manifeste;
    let intitules = |liste: &[Intitule]| {
        Value::from(
            liste
                .iter()
                .map(|i| {
                    objets::compose(
                        "intitulé",
                        vec![("id", Value::from(i.id.as_str())), ("titre", Value::from(i.titre.as_str()))],
                    )
                })
                .collect::<Vec<_>>(),
        )
    };
    let jours = droit::jours(demande);
    let calcule = calcule::valeurs(&Sources {
        contrat: demande.contrat,
        rangs: demande.rangs,
        objets: contrat,
        etat: demande.impression.etat(),
        jours,
        generaux: &manifeste.objectifs_generaux,
        axes: &manifeste.axes,
        ensemble: demande.rangs.and_then(|_| serde_json::from_value(demande.ensemble.clone()).ok()),
    });
    let parametres = objets::compose(
        "parametres",
        manifeste
            .parametres
            .iter()
            .map(|(nom, p)| (nom.as_str(), objets::calcule(p.valeur_pour(jours), nom)))
            .collect(),
    );
    let modele = objets::compose(
        "modele",
        vec![
            ("id", Value::from(manifeste.id.as_str())),
            ("nom", Value::from(manifeste.nom.as_str())),
            ("version", Value::from(manifeste.version.as_str())),
            ("empreinte", Value::from(demande.modele.empreinte.as_str())),
            ("objectifs_generaux", intitules(&manifeste.objectifs_generaux)),
            ("axes", intitules(&manifeste.axes)),
            ("bibliotheque", objets::calcule(&bibliotheque(manifeste), "modele.bibliotheque")),
        ],
    );
    vec![("contrat", contrat.clone()), ("calcule", calcule), ("parametres", parametres), ("modele", modele)]
}

/// The library as clauses know it: every key of every entry, absent or not.
fn bibliotheque(manifeste: &Manifeste) -> serde_json::Value {
    manifeste
        .bibliotheque
        .iter()
        .map(|o| {
            let indicateurs: Vec<serde_json::Value> = o
                .indicateurs
                .iter()
                .map(|i| {
                    json!({
                        "id": i.id, "libelle": i.libelle, "nature": i.nature, "numerateur": i.numerateur,
                        "denominateur": i.denominateur, "unite": i.unite, "sens": i.sens, "source": i.source,
                        "frequence": i.frequence, "origine": i.origine,
                    })
                })
                .collect();
            json!({
                "code": o.code, "titre": o.titre, "obligatoire": o.obligatoire, "publics": o.publics,
                "theme": o.theme, "origine": o.origine, "indicateurs": indicateurs,
            })
        })
        .collect()
}

/// The engine: strict, with fuel, its clauses found in the lineage of the model, its values as tokens.
pub fn environnement(demande: &Demande<'_>, atelier: &Atelier) -> Environment<'static> {
    let mut env = Environment::new();
    env.set_undefined_behavior(UndefinedBehavior::Strict);
    env.set_auto_escape_callback(|_| AutoEscape::Custom("cpom".into()));
    env.set_fuel(Some(CARBURANT));
    env.set_recursion_limit(RECURSION);
    env.set_debug(true);
    let modele = demande.modele.clone();
    let fichiers = atelier.fichiers.clone();
    env.set_loader(move |nom| {
        Ok(modele.clause(nom).map(|(chemin, texte)| {
            let mut fichiers = fichiers.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            let rang = fichiers.iter().position(|f| *f == chemin).unwrap_or_else(|| {
                fichiers.push(chemin);
                fichiers.len() - 1
            });
            marquer_les_lignes(texte, rang)
        }))
    });
    let a = atelier.clone();
    env.set_formatter(move |sortie, _, valeur| {
        sortie.write_str(&fonctions::ecrire(&a, valeur)?).map_err(minijinja::Error::from)
    });
    fonctions::declarer(&mut env, atelier);
    fichiers::declarer(&mut env, atelier);
    droit::declarer(&mut env, droit::jours(demande));
    env
}

/// Adds a mark at the end of each line of text, so that each block keeps its place in the clause.
///
/// Lines of tables, rules and lines made of tags alone are left as they are: a mark would change them.
fn marquer_les_lignes(texte: &str, fichier: usize) -> String {
    let mut sortie = String::with_capacity(texte.len() + texte.len() / 8);
    let mut dans_une_balise = false;
    for (rang, ligne) in texte.split('\n').enumerate() {
        if rang > 0 {
            sortie.push('\n');
        }
        let commence_dans = dans_une_balise;
        let hors_balises = hors_balises(ligne, &mut dans_une_balise);
        let utile = hors_balises.chars().any(|c| c.is_alphanumeric()) || ligne.contains("{{");
        sortie.push_str(ligne);
        // A line of words ends with its mark, and so does the call of a block, whose body begins with it.
        let de_mots = utile && !ligne.contains('|') && !ligne.trim_end().ends_with("-%}");
        if !commence_dans && !dans_une_balise && (de_mots || appelle_un_bloc(ligne)) {
            sortie.push_str(&marque_de_ligne(fichier, u32::try_from(rang + 1).unwrap_or(u32::MAX)));
        }
    }
    sortie
}

/// Whether a line is the call of one of our blocks and nothing else: its mark stands at the head of the body, where the
/// block finds it. The body of any other call goes where its macro says.
fn appelle_un_bloc(ligne: &str) -> bool {
    let appel = ligne.trim().strip_prefix("{%").map(|reste| reste.trim_start_matches('-').trim_start());
    let blocs = ["tableau(", "formulaire(", "encadre(", "style("];
    ligne.trim_end().ends_with("%}")
        && ligne.matches("{%").count() == 1
        && appel
            .and_then(|a| a.strip_prefix("call "))
            .is_some_and(|a| blocs.iter().any(|b| a.trim_start().starts_with(b)))
}

/// The part of a line outside Jinja tags; updates whether a tag is still open at its end.
fn hors_balises(ligne: &str, ouverte: &mut bool) -> String {
    let mut sortie = String::new();
    let mut reste = ligne;
    loop {
        if *ouverte {
            let Some(fin) = ["%}", "}}", "#}"].iter().filter_map(|f| reste.find(f)).min() else { return sortie };
            reste = &reste[fin + 2..];
            *ouverte = false;
        }
        match ["{%", "{{", "{#"].iter().filter_map(|d| reste.find(d)).min() {
            Some(debut) => {
                sortie.push_str(&reste[..debut]);
                reste = &reste[debut + 2..];
                *ouverte = true;
            }
            None => {
                sortie.push_str(reste);
                return sortie;
            }
        }
    }
}
