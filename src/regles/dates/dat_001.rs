//! DAT-001: the last day of the contract is its first day plus its duration, less one day.

use crate::formats::compte;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, L313_11};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DAT-001",
    famille: Famille::Dates,
    severite: Severite::Bloquante,
    titre: "La fin du contrat est son début, plus sa durée, moins un jour",
    pourquoi: "Trois dates qui ne s'accordent pas rendent incertaines l'échéance des objectifs et la fin des engagements financiers. La règle se tait quand le contrat prend effet à la dernière signature, ou quand une des trois valeurs manque.",
    remede: "corrigez le début, la fin ou la durée ; sans la fin, cpom la calcule.",
    references: &[&L313_11, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/periode"],
    consequences: &["DAT-002"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(debut) = contexte.debut() else { return };
    let periode = &contexte.contrat.periode;
    let (Some(fin), Some(duree)) = (valeur(&periode.fin), valeur(&periode.duree_annees)) else { return };
    let Ok(annees) = i16::try_from(duree.0) else { return };
    if !(1..=99).contains(&annees) {
        return;
    }
    let attendue = debut.plus_annees(annees).veille();
    if fin != attendue {
        findings
            .signaler(
                "/periode/fin",
                format!(
                    "Le contrat commence le {debut} pour {} : il finit le {attendue}, et non le {fin}.",
                    compte(duree.0 as usize, "an")
                ),
            )
            .remede(format!("écrivez « {} », ou corrigez le début ou la durée.", attendue.iso()));
    }
}
