//! DAT-006: the age of the diagnosis when the contract is signed.

use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::ANAP;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DAT-006",
    famille: Famille::Dates,
    severite: Severite::Alerte,
    titre: "Le diagnostic n'est pas trop ancien à la signature",
    pourquoi: "Un diagnostic ancien fonde mal des objectifs pour cinq ans. Aucun texte lu ne fixe de délai : la limite est un paramètre. La règle se tait sans date de signature ni début, ou sans date de diagnostic.",
    remede: "actualisez le diagnostic, ou dites dans sa méthode pourquoi il reste valable.",
    references: &[&ANAP],
    limites: &[Limite {
        nom: "anciennete",
        valeur: Seuil::Fixe(18.0),
        unite: "mois",
        libelle: "âge du diagnostic à la signature ; paramètre de cpom, aucun texte ne le fixe",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/diagnostic/date", "/signature/date", "/periode/debut", "/periode/prise_effet"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let diagnostic = contexte.contrat.diagnostic.valeur().and_then(|d| valeur(&d.date));
    let (Some(date), Some(repere)) = (diagnostic, contexte.signature().or(contexte.debut())) else { return };
    let Some(mois) = findings.limite("anciennete").map(|m| m as i16) else { return };
    if date.plus_mois(mois) < repere {
        findings.signaler(
            "/diagnostic/date",
            format!("Le diagnostic, arrêté le {date}, a plus de {mois} mois à la signature ou à l'effet du contrat ({repere})."),
        );
    }
}
