//! IND-005: not more indicators than the model admits.

use crate::formats::compte;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::{ANAP, BRETAGNE};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "IND-005",
    famille: Famille::Indicateurs,
    severite: Severite::Bloquante,
    titre: "Le nombre d'indicateurs reste dans les limites du modèle",
    pourquoi: "Trop d'indicateurs ne se suivent pas. Les limites sont celles du modèle : par objectif, le dépassement est bloquant ; au total, c'est une alerte. Sans réglage, la règle se tait.",
    remede: "gardez les indicateurs qui disent le résultat, retirez les autres.",
    references: &[&BRETAGNE, &ANAP],
    limites: &[
        Limite {
            nom: "par_objectif",
            valeur: Seuil::DuModele,
            unite: "indicateurs",
            libelle: "nombre par objectif, fixé par le modèle",
        },
        Limite {
            nom: "total",
            valeur: Seuil::DuModele,
            unite: "indicateurs",
            libelle: "nombre dans tout le contrat, conseillé par le modèle",
        },
    ],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/fiches_actions"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let numeros = contexte.numeros();
    let mut total = 0;
    for fiche in contexte.fiches() {
        let nombre = fiche.valeur.indicateurs.elements().len();
        total += nombre;
        if let Some(maximum) = findings.limite("par_objectif").filter(|m| nombre as f64 > *m) {
            let numero = numeros.get(fiche.rang).copied().unwrap_or_default();
            let message = format!(
                "La fiche {numero} a {} ; le modèle en admet {} au plus.",
                compte(nombre, "indicateur"),
                maximum as i64
            );
            findings.signaler(fiche.pointeur("indicateurs"), message);
        }
    }
    if let Some(maximum) = findings.limite("total").filter(|m| total as f64 > *m) {
        let message = format!(
            "Le contrat a {} ; le modèle en conseille {} au plus.",
            compte(total, "indicateur"),
            maximum as i64
        );
        findings.signaler("/fiches_actions", message).severite(Severite::Alerte);
    }
}
