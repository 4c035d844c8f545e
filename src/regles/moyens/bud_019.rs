//! BUD-019: a penalty has a basis, an indicator, a cap and a hearing.

use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{PACA, R314_43_2};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-019",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Une mesure selon les résultats a un fondement, un indicateur, un plafond et une audition",
    pourquoi: "Une réduction de dotation sans texte qui la fonde, sans indicateur qui la déclenche, sans plafond ou sans que le gestionnaire soit entendu serait annulée. La clause n'est imprimée qu'avec ces données.",
    remede: "complétez les données de la mesure, ou retirez-la.",
    references: &[&R314_43_2, &PACA],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/moyens/mesures_selon_resultats"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(mesures) = contexte.moyens().and_then(|m| m.mesures_selon_resultats.valeur()) else { return };
    let manques: Vec<String> = [
        (&mesures.fondement, "de fondement"),
        (&mesures.indicateur, "d'indicateur"),
        (&mesures.plafond, "de plafond"),
        (&mesures.audition, "d'audition du gestionnaire"),
    ]
    .into_iter()
    .filter(|(champ, _)| champ.valeur().is_none())
    .map(|(_, quoi)| quoi.to_string())
    .collect();
    if !manques.is_empty() {
        findings.signaler(
            "/moyens/mesures_selon_resultats",
            format!("La mesure selon les résultats n'a pas {}.", manques.join(", ni ")),
        );
    }
}
