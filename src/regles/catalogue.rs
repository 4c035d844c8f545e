//! The catalogue of rules as people read it: a line, an entry, the whole in Markdown.

use super::registre::RULES;
use super::rule::{Famille, Limite, Rule, Seuil};
use super::textes::Reference;
use crate::droit::valeurs::{Datee, Valeur, valeur, valeurs};
use crate::droit::{Etat, texte};
use crate::formats;
use crate::modele::manifeste::Manifeste;
use crate::remarque::Severite;
use std::collections::BTreeSet;

/// The severity of a rule under a model; `None` when the model does not run it.
pub fn severite(rule: &Rule, manifeste: Option<&Manifeste>) -> Option<Severite> {
    let Some(manifeste) = manifeste else { return Some(rule.severite) };
    match manifeste.regles.get(rule.code) {
        Some(reglage) if reglage.inactive => None,
        Some(reglage) => Some(reglage.severite.unwrap_or(rule.severite)),
        None => (!rule.sur_demande).then_some(rule.severite),
    }
}

/// « PER-001  bloquante    La somme des modalités… ».
pub fn ligne(rule: &Rule, severite: Severite) -> String {
    format!("{}  {:<11}  {}", rule.code, severite.to_string(), rule.titre)
}

/// The whole entry of a rule, with what the model sets if one is given.
pub fn entree(rule: &Rule, manifeste: Option<&Manifeste>) -> String {
    let mut texte = format!("{} – {}\n", rule.code, rule.titre);
    let mut champ = |titre: &str, valeur: &str| texte.push_str(&format!("  {titre} : {valeur}\n"));
    champ("Famille", rule.famille.titre());
    champ("Gravité", &gravite(rule));
    champ("Pourquoi", rule.pourquoi);
    champ("À faire", rule.remede);
    for limite in rule.limites {
        champ("Limite", &en_mots(limite));
    }
    if let Some(reglage) = manifeste.and_then(|m| m.regles.get(rule.code)) {
        let etat = if reglage.inactive { "désactivée" } else { "active" };
        let severite = reglage.severite.map(|s| format!(", {s}")).unwrap_or_default();
        let limite = reglage.limite.as_ref().map(|l| format!(", limite {l}")).unwrap_or_default();
        let motif = reglage.motif.as_ref().map(|m| format!(" – {m}")).unwrap_or_default();
        champ("Dans ce modèle", &format!("{etat}{severite}{limite}{motif}"));
    }
    for reference in rule.references {
        champ("Référence", &citation(reference));
    }
    champ("Vaut", &rule.vigueur.en_mots());
    champ("Dérogation", if rule.derogeable { "possible, avec un motif" } else { "impossible" });
    if !rule.consequences.is_empty() {
        champ("Peut accompagner", &rule.consequences.join(", "));
    }
    champ("Lit", &rule.lit.join(", "));
    texte
}

fn gravite(rule: &Rule) -> String {
    if rule.sur_demande {
        format!("{}, pour les modèles qui la demandent", rule.severite)
    } else {
        rule.severite.to_string()
    }
}

/// « duree = 5 ans – durée du contrat », a value of the law with its dates.
fn en_mots(limite: &Limite) -> String {
    let chiffre = |nombre: f64| match limite.unite {
        "" => formats::nombre(nombre),
        unite => format!("{} {unite}", formats::nombre(nombre)),
    };
    let valeur = match limite.valeur {
        Seuil::Fixe(nombre) => chiffre(nombre),
        Seuil::DuModele if limite.unite.is_empty() => "fixée par le modèle".into(),
        Seuil::DuModele => format!("fixée par le modèle, en {}", limite.unite),
        Seuil::DuDroit(id) => valeur(id).map_or_else(String::new, |v| dates(v, chiffre)),
    };
    format!("{} = {valeur} – {}", limite.nom, limite.libelle)
}

/// « 5 ans (jusqu'au 26 juillet 2019), 6 ans (depuis le 27 juillet 2019) ».
fn dates(valeur: &Valeur, chiffre: impl Fn(f64) -> String) -> String {
    let en_mots = |d: &Datee| {
        let periode = d.au.map_or_else(|| format!("depuis le {}", d.du), |au| format!("du {} au {au}", d.du));
        let mots = match &d.valeur {
            serde_json::Value::Bool(oui) => if *oui { "oui" } else { "non" }.to_string(),
            serde_json::Value::String(mots) => mots.clone(),
            autre => autre.as_f64().map_or_else(|| autre.to_string(), &chiffre),
        };
        format!("{mots} ({periode})")
    };
    valeur.valeurs.iter().map(en_mots).collect::<Vec<_>>().join(", ")
}

fn citation(reference: &Reference) -> String {
    let lecture = match reference.lecture() {
        Etat::Lu => "",
        Etat::Cite => " – connu par une source qui le cite",
        Etat::NonLu => " – texte non lu : la règle ne s'impose pas en son seul nom",
    };
    let periode = reference.texte().and_then(|t| t.periode()).map(|p| format!(", {p}")).unwrap_or_default();
    format!("{}{periode}{lecture}", reference.citation())
}

/// The values that the law sets, one by line: what each is, its dates, its texts, the date of the contract that chooses.
pub fn valeurs_de_droit() -> String {
    let ligne = |valeur: &Valeur| {
        let unite = valeur.unite.as_deref();
        let chiffre = |n: f64| unite.map_or_else(|| formats::nombre(n), |u| format!("{} {u}", formats::nombre(n)));
        let textes = valeur.valeurs.iter().flat_map(|d| &d.textes).collect::<BTreeSet<_>>();
        let textes: Vec<String> = textes.into_iter().filter_map(|id| texte(id)).map(|t| t.reference.clone()).collect();
        format!(
            "{} – {}\n  {}, {}\n  {}\n",
            valeur.id,
            valeur.libelle,
            dates(valeur, chiffre),
            valeur.selon.en_mots(),
            textes.join(" ; ")
        )
    };
    valeurs().iter().map(ligne).collect::<Vec<_>>().join("\n")
}

/// The whole catalogue in Markdown, as `src/regles/README.md` holds it.
pub fn markdown() -> String {
    let mut texte = String::from(
        "# Catalogue des règles de cohérence\n\n\
        Ce fichier est écrit par « cpom regles --markdown » ; un test vérifie qu'il est à jour. Une règle *bloquante* refuse un\n\
        contrat définitif ; une *alerte* ou une *information* se lit et se décide. Un modèle régional peut changer la gravité ou\n\
        la limite d'une règle, ou la désactiver ; un contrat peut en écarter certaines (« derogations ») : le rapport le dit.\n\
        Une règle dont les données manquent se tait.\n",
    );
    for famille in Famille::TOUTES {
        texte.push_str(&format!("\n## {} – {}\n", famille.sigle(), famille.titre()));
        for rule in RULES.iter().filter(|r| r.famille == famille) {
            texte.push_str(&fiche(rule));
        }
    }
    texte
}

fn fiche(rule: &Rule) -> String {
    let mut texte = format!("\n### {} – {}\n\n*{}*", rule.code, echapper(rule.titre), gravite(rule));
    if rule.derogeable {
        texte.push_str(", dérogation possible");
    }
    texte.push_str(&format!(". {}\n\n", echapper(rule.pourquoi)));
    texte.push_str(&format!("- À faire : {}\n", echapper(rule.remede)));
    for limite in rule.limites {
        texte.push_str(&format!("- Limite : {}\n", echapper(&en_mots(limite))));
    }
    let references: Vec<String> = rule.references.iter().map(|r| citation(r)).collect();
    texte.push_str(&format!("- Références : {}\n", echapper(&references.join(" ; "))));
    if !rule.consequences.is_empty() {
        texte.push_str(&format!("- Peut accompagner : {}\n", rule.consequences.join(", ")));
    }
    texte
}

/// Underscores and stars of JSON keys are not emphasis.
fn echapper(texte: &str) -> String {
    texte.replace('_', "\\_").replace('*', "\\*")
}
