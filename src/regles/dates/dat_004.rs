//! DAT-004: the authorisation of the head-office fees covers the contract.

use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::R314_87;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DAT-004",
    famille: Famille::Dates,
    severite: Severite::Alerte,
    titre: "L'autorisation de frais de siège couvre tout le contrat",
    pourquoi: "L'autorisation de frais de siège est donnée pour cinq ans, renouvelables. Si elle expire avant le contrat, les frais des dernières années n'ont plus de fondement et doivent être présentés comme subordonnés à son renouvellement.",
    remede: "faites coïncider les deux durées, ou prévoyez le renouvellement de l'autorisation dans le contrat.",
    references: &[&R314_87],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&R314_87, DateChoisie::Effet),
    derogeable: true,
    lit: &["/periode", "/moyens/frais_siege/autorisation/echeance", "/moyens/par_gestionnaire"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(fin) = contexte.fin() else { return };
    for regle in contexte.moyens().map(|m| m.sieges()).unwrap_or_default() {
        let echeance = regle.valeur.autorisation.valeur().and_then(|a| valeur(&a.echeance));
        if let Some(echeance) = echeance.filter(|e| *e < fin) {
            findings.signaler(
                format!("{}/autorisation/echeance", regle.pointeur),
                format!("L'autorisation de frais de siège expire le {echeance}, avant la fin du contrat le {fin}."),
            );
        }
    }
}
