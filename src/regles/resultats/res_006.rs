//! RES-006: under an EPRD, a surplus goes to the six uses of the text alone.

use crate::contrat::resultats::Affectation;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::R314_234;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "RES-006",
    famille: Famille::Resultats,
    severite: Severite::Bloquante,
    titre: "Sous EPRD, un excédent ne va qu'aux six emplois que le texte admet",
    pourquoi: "Sous un état prévisionnel des recettes et des dépenses, l'excédent d'un compte de résultat apure ses déficits antérieurs, puis va au report à nouveau, à l'investissement, à la réserve de compensation, à la réserve de trésorerie ou à la compensation des amortissements. La réduction des charges et les mesures d'exploitation ne valent qu'hors EPRD : elles ont leur place dans l'ordre transitoire. La règle se tait pour un contrat qui prend effet avant 2017.",
    remede: "retirez cette affectation de l'ordre sous EPRD, ou portez-la à l'ordre transitoire.",
    references: &[&R314_234],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&R314_234, DateChoisie::Effet),
    derogeable: false,
    lit: &["/moyens/affectation_resultats", "/moyens/par_gestionnaire"],
    consequences: &[],
    check,
};

/// What only the rules outside an EPRD allow.
const HORS_EPRD: [Affectation; 2] = [Affectation::ReductionCharges, Affectation::MesuresExploitation];

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for regle in contexte.moyens().map(|m| m.affectations()).unwrap_or_default() {
        for (rang, affectation) in regle.valeur.eprd.elements().iter().enumerate() {
            if HORS_EPRD.contains(affectation) {
                let message = format!(
                    "L'ordre sous EPRD contient « {} », qui n'est pas un emploi de l'excédent sous EPRD.",
                    affectation.libelle()
                );
                findings.signaler(format!("{}/eprd/{rang}", regle.pointeur), message);
            }
        }
    }
}
