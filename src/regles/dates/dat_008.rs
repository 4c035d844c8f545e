//! DAT-008: authorisations that end during the contract.

use crate::regles::context::{Context, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DAT-008",
    famille: Famille::Dates,
    severite: Severite::Alerte,
    titre: "Aucune autorisation n'expire pendant le contrat sans renouvellement engagé",
    pourquoi: "Un établissement dont l'autorisation expire n'a plus le droit de fonctionner ni d'être financé. Seul l'acte dont l'échéance est la plus lointaine compte ; le renouvellement est tenu pour engagé quand l'acte le dit. La règle se tait sans échéance.",
    remede: "engagez le renouvellement et dites-le (« renouvellement_engage »: true), ou prévoyez l'action dans une fiche.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/periode",
        "/perimetre/etablissements/*/autorisations",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(fin) = contexte.fin() else { return };
    for etablissement in contexte.inclus() {
        let actes = etablissement.valeur.autorisations.elements();
        let datees = actes.iter().enumerate().filter_map(|(rang, a)| Some((valeur(&a.echeance)?, rang)));
        let Some((echeance, rang)) = datees.max_by_key(|(echeance, _)| *echeance) else { continue };
        let engage = actes.iter().any(|a| valeur(&a.renouvellement_engage) == Some(true));
        if echeance <= fin && !engage {
            findings.signaler(
                etablissement.pointeur(&format!("autorisations/{rang}/echeance")),
                format!(
                    "L'autorisation de « {} » expire le {echeance}, avant la fin du contrat le {fin}, sans renouvellement engagé.",
                    nom(etablissement.valeur)
                ),
            );
        }
    }
}
