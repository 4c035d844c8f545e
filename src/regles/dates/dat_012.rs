//! DAT-012: the model was written for contracts of these years.

use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DAT-012",
    famille: Famille::Dates,
    severite: Severite::Alerte,
    titre: "Le modèle est de la génération du contrat",
    pourquoi: "Un modèle régional est écrit pour une génération de contrats : ses orientations, ses actes et ses chiffres vieillissent. Les textes de droit suivent la date du contrat, les choix de la région non. La règle se tait sans date de signature ni d'effet, ou si le modèle ne dit pas ses années.",
    remede: "vérifiez avec l'agence régionale de santé que ce modèle sert encore, ou prenez le modèle national.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/signature/date", "/periode/debut", "/periode/prise_effet"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(generation) = contexte.modele.generation else { return };
    let Some(jour) = contexte.signature().or(contexte.debut()) else { return };
    if !generation.comprend(jour.annee()) {
        let ou = if contexte.signature().is_some() { "/signature/date" } else { "/periode/debut" };
        findings.signaler(
            ou,
            format!(
                "Le modèle « {} » vise les contrats signés {} ; celui-ci est de {}.",
                contexte.modele.id,
                generation.en_mots(),
                jour.annee()
            ),
        );
    }
}
