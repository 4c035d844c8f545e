//! DAT-010: a prorogation is an amendment signed later, never a clause of the first contract.

use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, L313_11};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DAT-010",
    famille: Famille::Dates,
    severite: Severite::Bloquante,
    titre: "Une prorogation se fait par un avenant signé après le contrat",
    pourquoi: "Un contrat est conclu pour cinq ans au plus ; la sixième année vient d'une prorogation. Écrite dans le contrat d'origine, elle en ferait un contrat de six ans. L'avenant est signé après le contrat et, c'est un contrôle de cpom, avant son terme.",
    remede: "retirez la prorogation ; ou donnez l'avenant qui la décide (« avenant » et « date_avenant »).",
    references: &[&L313_11, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/periode", "/signature/date"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(prorogation) = contexte.contrat.periode.prorogation.valeur() else { return };
    let Some(jusqu_au) = valeur(&prorogation.jusqu_au) else { return };
    let Some(signe) = valeur(&prorogation.date_avenant).filter(|_| prorogation.avenant.valeur().is_some()) else {
        findings.signaler(
            "/periode/prorogation",
            format!("Le contrat se dit prorogé jusqu'au {jusqu_au} sans l'avenant qui le décide, ou sans sa date."),
        );
        return;
    };
    if let Some(contrat) = contexte.signature().filter(|contrat| signe <= *contrat) {
        findings.signaler(
            "/periode/prorogation/date_avenant",
            format!("L'avenant de prorogation est daté du {signe} ; le contrat est signé le {contrat}."),
        );
    } else if let Some(terme) = contexte.contrat.periode.dernier_jour().filter(|terme| signe > *terme) {
        findings.signaler(
            "/periode/prorogation/date_avenant",
            format!("L'avenant de prorogation est signé le {signe}, après le terme du contrat le {terme}."),
        );
    }
}
