//! IDN-005: the SIRET of an establishment begins with the SIREN of its managing body.

use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::SIRENE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "IDN-005",
    famille: Famille::Identifiants,
    severite: Severite::Alerte,
    titre: "Le SIRET de chaque établissement commence par le SIREN de son gestionnaire",
    pourquoi: "Un SIRET d'une autre personne morale révèle un établissement rattaché au mauvais gestionnaire, ou un transfert non achevé. Un groupement ou une société contrôlée peut l'expliquer : la règle se limite à une alerte et se tait si l'un des deux numéros manque.",
    remede: "vérifiez le gestionnaire de l'établissement et les deux numéros ; si l'écart est voulu, écartez la règle par une dérogation.",
    references: &[&SIRENE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/siret",
        "/perimetre/etablissements/*/nom",
        "/perimetre/etablissements/*/gestionnaire",
        "/parties/gestionnaires/*/siren",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for etablissement in contexte.etablissements() {
        let Some(siret) = etablissement.siret.valeur() else { continue };
        let gestionnaire = etablissement.gestionnaire.valeur().and_then(|id| contexte.gestionnaire(id.as_str()));
        let Some(siren) = gestionnaire.and_then(|g| g.valeur.siren.valeur()) else { continue };
        if siret.siren() != *siren {
            findings.signaler(
                etablissement.pointeur("siret"),
                format!(
                    "Le numéro SIRET {} de « {} » ne commence pas par le SIREN {} de son gestionnaire.",
                    siret.as_str(),
                    nom(etablissement.valeur),
                    siren.as_str()
                ),
            );
        }
    }
}
