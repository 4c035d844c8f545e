//! OBJ-005: each establishment is touched by a fiche, and not by too many.

use crate::contrat::objectifs::Portee;
use crate::formats::compte;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::ANAP;
use crate::remarque::Severite;
use std::collections::{BTreeMap, BTreeSet};

pub static RULE: Rule = Rule {
    code: "OBJ-005",
    famille: Famille::Objectifs,
    severite: Severite::Alerte,
    titre: "Chaque établissement est concerné par une fiche, sans en porter trop",
    pourquoi: "Un établissement qu'aucune fiche ne touche ne participe pas au contrat ; celui que toutes touchent ne pourra les mener. Un objectif transversal, de siège ou de territoire, ou qui ne nomme aucun établissement, les touche tous. Le nombre maximal est un réglage du modèle. La règle se tait tant qu'aucune fiche n'est écrite.",
    remede: "rattachez l'établissement à un objectif, ou répartissez les fiches.",
    references: &[&ANAP],
    limites: &[Limite {
        nom: "maximum",
        valeur: Seuil::DuModele,
        unite: "fiches",
        libelle: "nombre de fiches par établissement, fixé par le modèle",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/objectifs",
        "/fiches_actions/*/objectif",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    if contexte.contrat.fiches_actions.elements().is_empty() {
        return;
    }
    let (mut communes, mut propres) = (0usize, BTreeMap::<&str, usize>::new());
    for objectif in contexte.objectifs() {
        let fiches = contexte.fiches_de(objectif.valeur.id.as_str()).count();
        let etablissements = objectif.valeur.etablissements.elements();
        let pour_tous = etablissements.is_empty() || objectif.valeur.portee.valeur() == Some(&Portee::Transversal);
        if pour_tous {
            communes += fiches;
        } else {
            let nommes: BTreeSet<&str> = etablissements.iter().map(|id| id.as_str()).collect();
            nommes.into_iter().for_each(|id| *propres.entry(id).or_insert(0) += fiches);
        }
    }
    let maximum = findings.limite("maximum");
    for etablissement in contexte.inclus() {
        let nombre = communes + propres.get(etablissement.valeur.id.as_str()).copied().unwrap_or(0);
        let nom = nom(etablissement.valeur);
        if nombre == 0 {
            findings.signaler(etablissement.pointeur(""), format!("Aucune fiche action ne concerne « {nom} »."));
        } else if let Some(maximum) = maximum.filter(|m| nombre as f64 > *m) {
            findings.signaler(
                etablissement.pointeur(""),
                format!(
                    "Le contrat compte {} pour « {nom} » ; le modèle en admet {} au plus.",
                    compte(nombre, "fiche"),
                    maximum as i64
                ),
            );
        }
    }
}
