//! PAR-008: two ARS ask for an explicit model.

use crate::contrat::parties::TypeAutorite;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PAR-008",
    famille: Famille::Parties,
    severite: Severite::Bloquante,
    titre: "Avec deux ARS, le modèle régional est choisi explicitement",
    pourquoi: "Le modèle régional se déduit de l'ARS ; avec deux ARS, rien ne dit lequel des deux textes les parties ont voulu. Le contrat est vérifié avec le modèle national en attendant.",
    remede: "indiquez « modele »: {\"id\": …} dans le contrat, ou l'option --modele.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/parties/autorites/*/type", "/modele"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let ars = contexte.autorites().filter(|a| a.valeur.r#type == TypeAutorite::Ars).count();
    if ars > 1 && !contexte.modele_determine {
        findings.signaler(
            "/parties/autorites",
            format!("Le contrat réunit {ars} ARS et ne choisit pas son modèle régional."),
        );
    }
}
