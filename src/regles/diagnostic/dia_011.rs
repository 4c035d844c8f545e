//! DIA-011: each establishment has its evaluation dates.

use crate::contrat::champ::Champ;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::{ANAP, D312_204, DECRET_2021_1476};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DIA-011",
    famille: Famille::Diagnostic,
    severite: Severite::Alerte,
    titre: "Chaque établissement a une date d'évaluation, tous les cinq ans",
    pourquoi: "Les résultats de l'évaluation de la qualité sont transmis tous les cinq ans, selon un calendrier que le contrat reprend. Est signalé l'établissement sans aucune date, ou dont la prochaine évaluation dépasse le cycle. Un établissement à ouvrir et une évaluation déclarée sans objet ne sont pas visés.",
    remede: "indiquez la date de la dernière évaluation et l'échéance de la prochaine.",
    references: &[&D312_204, &DECRET_2021_1476, &ANAP],
    limites: &[Limite {
        nom: "cycle",
        valeur: Seuil::DuDroit("cycle_d_evaluation"),
        unite: "ans",
        libelle: "cycle de l'évaluation (D. 312-204 du CASF)",
    }],
    sur_demande: false,
    vigueur: Vigueur::DeLaValeur("cycle_d_evaluation"),
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/evaluation",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/ouverture_prevue",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let cycle = findings.limite("cycle").map_or(5, |n| n as i16);
    for etablissement in contexte.inclus().filter(|e| e.valeur.ouverture_prevue.est_absent()) {
        let nom = nom(etablissement.valeur);
        let (date, prochaine) = match &etablissement.valeur.evaluation {
            Champ::NonApplicable(_) => continue,
            Champ::Absent => (None, None),
            Champ::Valeur(e) if matches!(e.date, Champ::NonApplicable(_)) => continue,
            Champ::Valeur(e) => (e.date.valeur().and_then(|d| d.premier_jour()), e.prochaine.valeur()),
        };
        let annee = prochaine.and_then(|p| p.as_str().get(..4)?.parse::<i16>().ok());
        match (date, annee) {
            (None, None) => {
                findings
                    .signaler(etablissement.pointeur("evaluation"), format!("« {nom} » n'a aucune date d'évaluation."));
            }
            (Some(date), Some(annee)) if annee > date.annee() + cycle => {
                findings.signaler(
                    etablissement.pointeur("evaluation/prochaine"),
                    format!("L'évaluation de « {nom} » date du {date} et la suivante n'est prévue qu'en {annee} : le cycle est de {cycle} ans."),
                );
            }
            _ => {}
        }
    }
}
