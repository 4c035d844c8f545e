//! SIE-004: a public body has a share of common charges, not head-office fees.

use crate::contrat::parties::Gestionnaire;
use crate::contrat::textes::Id;
use crate::nomenclatures::statut;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::{M22, R314_87};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "SIE-004",
    famille: Famille::Siege,
    severite: Severite::Alerte,
    titre: "Un gestionnaire public a une quote-part, et non des frais de siège",
    pourquoi: "Les frais de siège supposent une autorisation propre aux organismes privés ; un établissement public répartit ses charges communes par une quote-part. La règle se tait si le statut juridique manque ou si un gestionnaire privé est aussi partie.",
    remede: "remplacez « frais_siege » par « quote_part ».",
    references: &[&R314_87, &M22],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&R314_87, DateChoisie::Effet),
    derogeable: true,
    lit: &[
        "/moyens/frais_siege",
        "/moyens/par_gestionnaire",
        "/parties/gestionnaires/*/statut_juridique",
        "/parties/gestionnaires/*/mandataire",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let public = |id: &Id| {
        let statut_de = |g: &Gestionnaire| g.statut_juridique.valeur().and_then(|s| statut(s.as_str()));
        contexte.gestionnaire(id.as_str()).and_then(|g| statut_de(g.valeur)).is_some_and(|s| s.public())
    };
    let regles = contexte.moyens().map(|m| m.sieges()).unwrap_or_default();
    for regle in regles.iter().filter(|r| r.gestionnaire.is_some_and(public)) {
        let message = "Le gestionnaire est public et le contrat lui prévoit des frais de siège.";
        findings.signaler(regle.pointeur.clone(), message);
    }
    if regles.iter().all(|r| r.gestionnaire.is_some()) {
        return;
    }
    let mut statuts = contexte
        .gestionnaires()
        .filter(|g| g.valeur.mandataire.valeur().is_none())
        .map(|g| g.valeur.statut_juridique.valeur().and_then(|s| statut(s.as_str())))
        .peekable();
    if statuts.peek().is_some() && statuts.all(|s| s.is_some_and(|s| s.public())) {
        findings
            .signaler("/moyens/frais_siege", "Le gestionnaire est public et le contrat prévoit des frais de siège.");
    }
}
