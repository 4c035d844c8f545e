//! SIE-002: shares add up to the head-office fees.

use crate::contrat::identifiants::Montant;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule};
use crate::regles::textes::{COHERENCE, R314_92};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "SIE-002",
    famille: Famille::Siege,
    severite: Severite::Bloquante,
    titre: "Les parts des établissements font le montant des frais de siège",
    pourquoi: "Des parts qui ne font pas le montant laissent un reste sans payeur, ou facturent deux fois. La part des établissements hors périmètre est comprise. Comparaison au centime ; la règle se tait sans répartition.",
    remede: "corrigez une part ou le montant.",
    references: &[&R314_92, &COHERENCE],
    limites: &[],
    sur_demande: false,
    derogeable: false,
    lit: &["/moyens/frais_siege"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(frais) = contexte.moyens().and_then(|m| m.frais_siege.valeur()) else { return };
    let parts = frais.repartition.elements();
    let Some(montant) = valeur(&frais.montant).filter(|_| !parts.is_empty()) else { return };
    let somme: Montant = parts.iter().map(|p| p.montant).sum();
    if somme != montant {
        findings.signaler(
            "/moyens/frais_siege/repartition",
            format!("Les parts des frais de siège font {somme} ; le montant est de {montant}."),
        );
    }
}
