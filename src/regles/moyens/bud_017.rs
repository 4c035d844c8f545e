//! BUD-017: closed internat places and opened services at constant cost.

use crate::contrat::moyens::BoutRedeploiement;
use crate::contrat::perimetre::Modalite;
use crate::regles::context::{Context, somme, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::BRETAGNE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-017",
    famille: Famille::Moyens,
    severite: Severite::Alerte,
    titre: "La fermeture d'internat et l'ouverture en milieu ordinaire se font à coût constant",
    pourquoi: "Le modèle demande que les places d'internat fermées financent exactement les places ouvertes en milieu ordinaire. Sont rapprochés les montants d'un redéploiement qui part d'un internat et arrive en milieu ordinaire, à domicile ou en ambulatoire.",
    remede: "équilibrez les deux montants, ou dites d'où vient la différence par une dérogation.",
    references: &[&BRETAGNE],
    limites: &[],
    sur_demande: true,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/moyens/redeploiements"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let redeploiements = contexte.moyens().map_or(&[][..], |m| m.redeploiements.elements());
    for (rang, redeploiement) in redeploiements.iter().enumerate() {
        let part = |bouts: &[BoutRedeploiement], modes: &[Modalite]| {
            let vises = bouts.iter().filter(|b| b.modalite.valeur().is_some_and(|m| modes.contains(m)));
            somme(vises.map(|b| valeur(&b.montant)))
        };
        let ferme = part(redeploiement.de.elements(), &[Modalite::Internat]);
        let ouvert = part(
            redeploiement.vers.elements(),
            &[Modalite::MilieuOrdinaire, Modalite::Domicile, Modalite::Ambulatoire],
        );
        if let (Some(ferme), Some(ouvert)) = (ferme, ouvert)
            && ferme != ouvert
        {
            findings.signaler(
                format!("/moyens/redeploiements/{rang}"),
                format!("« {} » ferme {ferme} d'internat et ouvre {ouvert} en milieu ordinaire.", redeploiement.objet),
            );
        }
    }
}
