//! PER-009: opening days reach the model's floor.

use crate::formats::compte;
use crate::regles::context::{Context, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::PACA;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-009",
    famille: Famille::Perimetre,
    severite: Severite::Alerte,
    titre: "Les jours d'ouverture atteignent le minimum du modèle",
    pourquoi: "Le modèle fixe un nombre minimal de jours d'ouverture par an ; une ouverture plus courte se justifie (ouverture séquentielle, internat de semaine) par une dérogation, que le contrat imprime. Sans réglage du modèle, la règle se tait.",
    remede: "relevez le nombre de jours, ou écartez la règle pour cet établissement par une dérogation motivée.",
    references: &[&PACA],
    limites: &[Limite {
        nom: "jours",
        valeur: Seuil::DuModele,
        unite: "jours",
        libelle: "jours d'ouverture par an, fixés par le modèle (210 en Provence-Alpes-Côte d'Azur, article 2)",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/jours_ouverture",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(minimum) = findings.limite("jours") else { return };
    for etablissement in contexte.inclus() {
        let Some(jours) = valeur(&etablissement.valeur.jours_ouverture).filter(|j| f64::from(j.0) < minimum) else {
            continue;
        };
        findings.signaler(
            etablissement.pointeur("jours_ouverture"),
            format!(
                "« {} » ouvre {} par an ; le modèle en demande {} au moins.",
                nom(etablissement.valeur),
                compte(jours.0 as usize, "jour"),
                minimum as i64
            ),
        );
    }
}
