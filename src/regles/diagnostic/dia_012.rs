//! DIA-012: an evaluation counts for the renewal when it comes two years before the end of the authorisation.

use crate::contrat::identifiants::Date;
use crate::regles::context::{Context, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::D312_204;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DIA-012",
    famille: Famille::Diagnostic,
    severite: Severite::Alerte,
    titre: "Une évaluation vient deux ans au moins avant la fin de l'autorisation",
    pourquoi: "Le renouvellement d'une autorisation dépend des résultats transmis au plus tard deux ans avant sa fin. Est signalé l'établissement dont l'autorisation s'achève sans évaluation à temps, ni faite depuis l'autorisation, ni prévue. La règle se tait si l'échéance n'est pas donnée ou si le renouvellement est engagé.",
    remede: "avancez l'évaluation, ou engagez le renouvellement de l'autorisation.",
    references: &[&D312_204],
    limites: &[Limite {
        nom: "avant",
        valeur: Seuil::DuDroit("evaluation_avant_la_fin"),
        unite: "ans",
        libelle: "temps entre l'évaluation et la fin de l'autorisation (D. 312-204 du CASF)",
    }],
    sur_demande: false,
    vigueur: Vigueur::DeLaValeur("evaluation_avant_la_fin"),
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/evaluation",
        "/perimetre/etablissements/*/autorisations",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(avant) = findings.limite("avant").map(|n| n as i16) else { return };
    for etablissement in contexte.inclus() {
        let derniere = etablissement.autorisations.elements().iter().max_by_key(|a| valeur(&a.echeance));
        let Some(autorisation) = derniere.filter(|a| a.renouvellement_engage.valeur() != Some(&true)) else { continue };
        let (Some(fin), Some(evaluation)) = (valeur(&autorisation.echeance), etablissement.evaluation.valeur()) else {
            continue;
        };
        let limite = fin.plus_annees(-avant);
        let depuis = valeur(&autorisation.date);
        let jours = [&evaluation.date, &evaluation.prochaine].map(|e| e.valeur().and_then(|e| e.dernier_jour()));
        let a_temps = |jour: &Date| *jour <= limite && depuis.is_none_or(|d| *jour >= d);
        let [_, Some(prochaine)] = jours else { continue };
        if !jours.iter().flatten().any(a_temps) {
            findings.signaler(
                etablissement.pointeur("evaluation/prochaine"),
                format!(
                    "L'autorisation de « {} » s'achève le {fin} ; la prochaine évaluation est attendue le {prochaine}, après le {limite}.",
                    nom(etablissement.valeur)
                ),
            );
        }
    }
}
