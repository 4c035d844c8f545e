//! PER-013: a count written in prose is the one that the data give.

use super::places::places_completes;
use super::prose::{Objet, nombres};
use crate::contrat::perimetre::Etablissement;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-013",
    famille: Famille::Perimetre,
    severite: Severite::Alerte,
    titre: "Un nombre écrit dans un texte est celui que donnent les données",
    pourquoi: "« Le contrat porte sur huit établissements et services » quand la liste en compte sept : le juge retiendra le texte ou la liste, nul ne sait lequel. La règle lit, en chiffres ou en lettres, un nombre suivi de « établissements et services », de « fiches » ou de « places au total » ; elle s'abstient devant un décompte partiel (« dont », « parmi », « du pôle », « de semi-internat »). C'est une lecture simple : elle alerte.",
    remede: "corrigez le texte, ou laissez cpom imprimer le nombre.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/preambule",
        "/parties/gestionnaires/*/organisation",
        "/parties/gestionnaires/*/activites",
        "/perimetre",
        "/fiches_actions/*/numero",
        "/diagnostic/methode",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let inclus = contexte.inclus().count();
    let fiches = contexte.contrat.fiches_actions.valeur().map(Vec::len);
    let places: Option<Vec<u32>> = contexte.inclus().map(|e| places_completes(e.valeur)).collect();
    let places = places.map(|p| p.into_iter().fold(0u32, u32::saturating_add) as usize);
    for (pointeur, texte, gestionnaire) in textes(contexte) {
        for lu in nombres(texte) {
            let (calcules, quoi) = match lu.objet {
                Objet::Etablissements if inclus == 0 => continue,
                Objet::Etablissements => (decomptes(contexte, inclus, gestionnaire), "établissements et services"),
                Objet::Fiches => (fiches.into_iter().collect(), "fiches actions"),
                Objet::Places => (places.into_iter().collect(), "places"),
            };
            // The first is the contract's own; a managing body may also count its own establishments.
            let Some(premier) = calcules.first() else { continue };
            if !calcules.contains(&lu.nombre) {
                findings.signaler(
                    pointeur.clone(),
                    format!("Le texte dit « {} » ; le contrat compte {premier} {quoi}.", lu.mots),
                );
            }
        }
    }
}

/// Numbers of establishments that a text may rightly give.
fn decomptes(contexte: &Context<'_>, inclus: usize, gestionnaire: Option<&str>) -> Vec<usize> {
    let mut nombres = vec![inclus, contexte.etablissements().count()];
    if let Some(id) = gestionnaire {
        let siens = |e: &Etablissement| e.gestionnaire.valeur().is_some_and(|g| g.as_str() == id);
        nombres.push(contexte.inclus().filter(|e| siens(e.valeur)).count());
        nombres.push(contexte.etablissements().filter(|e| siens(e.valeur)).count());
    }
    nombres
}

/// The free texts that present the contract, with the managing body that each speaks of.
fn textes<'a>(contexte: &Context<'a>) -> Vec<(String, &'a str, Option<&'a str>)> {
    let contrat = contexte.contrat;
    let mut textes = Vec::new();
    if let Some(preambule) = contrat.preambule.valeur() {
        for (cle, texte) in
            [("contexte", &preambule.contexte), ("enjeux", &preambule.enjeux), ("methode", &preambule.methode)]
        {
            textes.extend(texte.valeur().map(|t| (format!("/preambule/{cle}"), t.as_str(), None)));
        }
    }
    for gestionnaire in contexte.gestionnaires() {
        let g = gestionnaire.valeur;
        for (cle, texte) in [("organisation", &g.organisation), ("activites", &g.activites)] {
            textes.extend(texte.valeur().map(|t| (gestionnaire.pointeur(cle), t.as_str(), Some(g.id.as_str()))));
        }
    }
    let territoire = contrat.perimetre.valeur().and_then(|p| p.territoire.valeur());
    let description = territoire.and_then(|t| t.description.valeur());
    textes.extend(description.map(|t| ("/perimetre/territoire/description".to_string(), t.as_str(), None)));
    let methode = contrat.diagnostic.valeur().and_then(|d| d.methode.valeur());
    textes.extend(methode.map(|t| ("/diagnostic/methode".to_string(), t.as_str(), None)));
    textes
}
