//! BUD-007: redeployments: sources equal uses, and go elsewhere.

use crate::contrat::identifiants::Montant;
use crate::contrat::moyens::BoutRedeploiement;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-007",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Un redéploiement a autant de ressources que d'emplois, et déplace quelque chose",
    pourquoi: "Un redéploiement se fait à coût constant : ce qui part d'un établissement arrive dans un autre, au centime. Le même établissement, la même modalité et le même groupe aux deux bouts ne déplacent rien. La règle sur les montants se tait si l'un d'eux manque.",
    remede: "corrigez les montants, ou l'un des deux bouts.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/moyens/redeploiements"],
    consequences: &["BUD-017"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let redeploiements = contexte.moyens().map_or(&[][..], |m| m.redeploiements.elements());
    for (rang, redeploiement) in redeploiements.iter().enumerate() {
        let ici = format!("/moyens/redeploiements/{rang}");
        let (de, vers) = (redeploiement.de.elements(), redeploiement.vers.elements());
        if let (Some(ressources), Some(emplois)) = (total(de), total(vers))
            && ressources != emplois
        {
            findings.signaler(
                ici.clone(),
                format!("Le redéploiement « {} » prend {ressources} et en place {emplois}.", redeploiement.objet),
            );
        }
        for (k, bout) in vers.iter().enumerate() {
            let meme = |autre: &BoutRedeploiement| {
                autre.etablissement == bout.etablissement
                    && autre.modalite == bout.modalite
                    && autre.groupe == bout.groupe
            };
            if de.iter().any(meme) {
                findings.signaler(
                    format!("{ici}/vers/{k}"),
                    format!(
                        "Le redéploiement « {} » part de « {} » et y revient, dans le même groupe.",
                        redeploiement.objet, bout.etablissement
                    ),
                );
            }
        }
    }
}

/// The sum of the amounts of one end, when all are known.
fn total(bouts: &[BoutRedeploiement]) -> Option<Montant> {
    let montants: Option<Vec<Montant>> = bouts.iter().map(|b| valeur(&b.montant)).collect();
    montants.filter(|m| !m.is_empty()).map(|m| m.into_iter().sum())
}
