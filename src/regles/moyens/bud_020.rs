//! BUD-020: each authority says how it fixes its tariffs, and a compulsory contract never by yearly amendments.

use crate::contrat::champ::Champ;
use crate::contrat::moyens::ModeTarif;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::fondement::est_obligatoire;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::{R314_39_1, R314_40};
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "BUD-020",
    famille: Famille::Moyens,
    severite: Severite::Alerte,
    titre: "Le mode de fixation des tarifs est dit, et admis pour ce contrat",
    pourquoi: "Le volet financier dit comment chaque tarif est fixé : taux ou objectif d'évolution, formule, avenants annuels, équation ou plafond. Un contrat obligatoire ne peut pas renvoyer à des avenants annuels : ce mode est bloquant. « Non fixé » n'est pas un mode.",
    remede: "ajoutez « mode » à chaque ligne d'évolution.",
    references: &[&R314_40, &R314_39_1],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&R314_39_1, DateChoisie::Effet),
    derogeable: true,
    lit: &[
        "/moyens/evolution",
        "/parties/autorites/*/id",
        "/parties/autorites/*/nom",
        "/fondement",
        "/signature/date",
        "/periode",
        "/perimetre/etablissements/*/categorie",
        "/perimetre/etablissements/*/inclus",
        "/parties/autorites/*/type",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let lignes = contexte.moyens().map_or(&[][..], |m| m.evolution.elements());
    let obligatoire = est_obligatoire(contexte.fondement());
    // The first year of each authority whose mode is not said.
    let mut muettes: BTreeMap<&str, (u16, usize)> = BTreeMap::new();
    for (rang, ligne) in lignes.iter().enumerate() {
        match &ligne.mode {
            Champ::Valeur(ModeTarif::AvenantsAnnuels) if obligatoire => {
                findings
                    .signaler(
                        format!("/moyens/evolution/{rang}/mode"),
                        format!(
                            "Le tarif {} de « {} » est fixé par avenants annuels : un contrat obligatoire ne l'admet pas.",
                            ligne.annee,
                            contexte.partie(ligne.autorite.as_str())
                        ),
                    )
                    .severite(Severite::Bloquante)
                    .remede("choisissez un autre mode : taux ou objectif d'évolution, formule, équation ou plafond.");
            }
            Champ::Absent => {
                let premiere = muettes.entry(ligne.autorite.as_str()).or_insert((ligne.annee.valeur(), rang));
                *premiere = (*premiere).min((ligne.annee.valeur(), rang));
            }
            _ => {}
        }
    }
    for (autorite, (_, rang)) in muettes {
        findings.signaler(
            format!("/moyens/evolution/{rang}"),
            format!("Le mode de fixation des tarifs de « {} » n'est pas dit.", contexte.partie(autorite)),
        );
    }
}
