//! BUD-004: a cost has its year, and a financed fiche something granted.

use super::fiches::avec_moyens;
use crate::contrat::objectifs::{Financement, StatutMoyens};
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{ANAP, COHERENCE};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-004",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Chaque coût a son année, et une fiche financée a un financement",
    pourquoi: "Un montant sans année ne peut être inscrit à aucun budget ; une fiche « financée » sans financement, ou dont aucun financement n'est acquis, promet ce que personne n'a accordé. Les fiches à moyens constants, par redéploiement, conditionnelles, refusées ou d'intention ne sont visées que pour l'année.",
    remede: "indiquez l'année et le montant du financement, ou changez le statut des moyens de la fiche.",
    references: &[&ANAP, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/fiches_actions/*/moyens", "/fiches_actions/*/numero"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for (numero, fiche, moyens) in avec_moyens(contexte) {
        let financements = moyens.financements.elements();
        for (rang, financement) in financements.iter().enumerate() {
            if let Some(montant) = valeur(&financement.montant).filter(|_| financement.annee.est_absent()) {
                findings.signaler(
                    fiche.pointeur(&format!("moyens/financements/{rang}/annee")),
                    format!("Un financement de {montant} de la fiche {numero} n'a pas d'année."),
                );
            }
        }
        let acquis = |f: &Financement| f.acquis.valeur() != Some(&false);
        let accorde = financements.iter().any(|f| acquis(f) && valeur(&f.montant).is_some_and(|m| m.centimes() > 0));
        if moyens.statut.valeur() == Some(&StatutMoyens::Finance) && !accorde {
            findings.signaler(
                fiche.pointeur("moyens/financements"),
                format!("La fiche {numero} est dite financée et n'a aucun financement chiffré et acquis."),
            );
        }
    }
}
