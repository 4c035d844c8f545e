//! SIE-002: shares add up to the head-office fees.

use crate::contrat::identifiants::Montant;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, R314_92};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "SIE-002",
    famille: Famille::Siege,
    severite: Severite::Bloquante,
    titre: "Les parts des établissements, et celles des gestionnaires, font le montant des frais de siège",
    pourquoi: "Des parts qui ne font pas le montant laissent un reste sans payeur, ou facturent deux fois. La part des établissements hors périmètre est comprise. Comparaison au centime ; la règle se tait sans répartition.",
    remede: "corrigez une part ou le montant.",
    references: &[&R314_92, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/moyens/frais_siege", "/moyens/par_gestionnaire"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for regle in contexte.moyens().map(|m| m.sieges()).unwrap_or_default() {
        let frais = regle.valeur;
        let Some(montant) = valeur(&frais.montant) else { continue };
        let etablissements: Vec<Montant> = frais.repartition.elements().iter().map(|p| p.montant).collect();
        // The shares of gestionnaires are compared once all are known.
        let gestionnaires: Option<Vec<Montant>> = frais.parts.elements().iter().map(|p| valeur(&p.montant)).collect();
        for (cle, parts) in [("repartition", etablissements), ("parts", gestionnaires.unwrap_or_default())] {
            let somme: Montant = parts.iter().copied().sum();
            if !parts.is_empty() && somme != montant {
                findings.signaler(
                    format!("{}/{cle}", regle.pointeur),
                    format!("Les parts des frais de siège font {somme} ; le montant est de {montant}."),
                );
            }
        }
    }
}
