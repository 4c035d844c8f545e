//! BUD-014: operations of the investment plan have a year of the contract and an amount.

use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, R314_39};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-014",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Chaque opération d'investissement a son montant et une année du contrat",
    pourquoi: "Un plan pluriannuel d'investissement couvre le contrat : une opération sans année, sans montant ou hors de la période n'est couverte par aucun exercice. La règle ne demande pas d'opération chaque année ; elle se tait sur les années sans dates de contrat.",
    remede: "indiquez l'année et le montant de l'opération, ou renvoyez-la au contrat suivant.",
    references: &[&R314_39, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/moyens/investissements", "/periode"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let annees = contexte.annees();
    let operations = contexte.moyens().map_or(&[][..], |m| m.investissements.elements());
    for (rang, operation) in operations.iter().enumerate() {
        let ici = format!("/moyens/investissements/{rang}");
        if operation.annee.est_absent() {
            findings.signaler(format!("{ici}/annee"), format!("L'opération « {} » n'a pas d'année.", operation.objet));
        }
        if operation.montant.est_absent() {
            findings
                .signaler(format!("{ici}/montant"), format!("L'opération « {} » n'a pas de montant.", operation.objet));
        }
        let annee = valeur(&operation.annee).map(|a| a.valeur() as i16);
        if let (Some(annee), Some(premiere), Some(derniere)) = (annee, annees.first(), annees.last())
            && !(*premiere..=*derniere).contains(&annee)
        {
            let message = format!(
                "L'opération « {} » est prévue en {annee}, hors du contrat ({premiere}-{derniere}).",
                operation.objet
            );
            findings.signaler(format!("{ici}/annee"), message);
        }
    }
}
