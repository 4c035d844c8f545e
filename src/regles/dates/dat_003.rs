//! DAT-003: a contract that takes effect before it is signed.

use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DAT-003",
    famille: Famille::Dates,
    severite: Severite::Alerte,
    titre: "Le contrat ne prend pas effet avant sa signature",
    pourquoi: "Un effet antérieur à la signature engage les parties pour une période déjà courue : c'est fréquent, et doit être voulu. Le contrat imprime alors qu'il est rétroactif. La règle se tait sans date de signature, ou si l'effet est à la dernière signature.",
    remede: "gardez l'effet rétroactif si les parties le veulent (le contrat l'imprime) ; sinon, corrigez la date de signature ou reportez la prise d'effet.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/periode/debut", "/periode/prise_effet", "/signature/date"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let (Some(debut), Some(signature)) = (contexte.debut(), contexte.signature()) else { return };
    if debut < signature {
        findings.signaler(
            "/periode/debut",
            format!("Le contrat prend effet le {debut}, avant sa signature le {signature} : il est rétroactif."),
        );
    }
}
