//! BUD-015: a return to balance reaches zero within the contract.

use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, L313_12_2, R314_221};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-015",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Le retour à l'équilibre est atteint pendant le contrat",
    pourquoi: "Une trajectoire qui finit en déficit n'est pas un retour à l'équilibre ; le texte demande des mesures, et c'est un contrôle de cpom que le terme soit celui du contrat. Est lu le résultat de la dernière année donnée, dans la limite de la dernière année du contrat. La règle se tait pour une trajectoire vide.",
    remede: "prolongez ou corrigez la trajectoire pour qu'elle atteigne zéro avant la fin du contrat.",
    references: &[&L313_12_2, &R314_221, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/moyens/retour_equilibre", "/periode", "/perimetre/etablissements/*/nom"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let terme = contexte.annees().last().copied().unwrap_or(i16::MAX);
    let retours = contexte.moyens().map_or(&[][..], |m| m.retour_equilibre.elements());
    for (rang, retour) in retours.iter().enumerate() {
        let dans_le_contrat = retour.trajectoire.elements().iter().filter(|r| r.annee.valeur() as i16 <= terme);
        let Some(dernier) = dans_le_contrat.max_by_key(|r| r.annee) else { continue };
        if dernier.resultat.centimes() < 0 {
            let id = retour.etablissement.as_str();
            let nom = contexte.nom_de(id);
            findings.signaler(
                format!("/moyens/retour_equilibre/{rang}/trajectoire"),
                format!(
                    "La trajectoire de « {nom} » finit en {} à {} : l'équilibre n'est pas atteint.",
                    dernier.annee, dernier.resultat
                ),
            );
        }
    }
}
