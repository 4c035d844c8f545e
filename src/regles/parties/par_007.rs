//! PAR-007: at least one authority and one managing body.

use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::L313_11;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PAR-007",
    famille: Famille::Parties,
    severite: Severite::Bloquante,
    titre: "Le contrat réunit une autorité et un gestionnaire au moins",
    pourquoi: "Un contrat lie deux parties : sans autorité ou sans gestionnaire signataire, il n'existe pas. Un mandataire ne signe pas et ne compte pas.",
    remede: "ajoutez la partie qui manque.",
    references: &[&L313_11],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&L313_11, DateChoisie::Signature),
    derogeable: false,
    lit: &["/parties"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    if contexte.contrat.autorites().is_empty() {
        findings.signaler("/parties", "Aucune autorité n'est partie au contrat.");
    }
    if !contexte.gestionnaires().any(|g| g.valeur.mandataire.valeur().is_none()) {
        findings.signaler("/parties", "Aucun gestionnaire signataire n'est partie au contrat.");
    }
}
