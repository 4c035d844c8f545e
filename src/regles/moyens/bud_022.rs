//! BUD-022: a line of evolution that follows an index names it, and one that names it follows it.

use crate::contrat::moyens::{NonFixe, Taux};
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, R314_40};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-022",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Une évolution qui suit un indice le nomme",
    pourquoi: "Une autorité qui s'engage à suivre un indice sans le nommer ne s'engage à rien ; un indice nommé à côté d'un taux chiffré ou « non fixe » laisse deux règles pour une année. La règle lit chaque ligne d'évolution.",
    remede: "écrivez « taux »: « indice » et le nom de l'indice, ou retirez l'un des deux.",
    references: &[&R314_40, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/moyens/evolution"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(moyens) = contexte.moyens() else { return };
    for (rang, ligne) in moyens.evolution.elements().iter().enumerate() {
        let suit = ligne.taux == Taux::NonFixe(NonFixe::Indice);
        let (annee, autorite) = (ligne.annee, contexte.partie(ligne.autorite.as_str()));
        if suit && ligne.indice.valeur().is_none() {
            let message = format!("L'évolution {annee} de « {autorite} » suit un indice qui n'est pas nommé.");
            findings.signaler(format!("/moyens/evolution/{rang}/indice"), message);
        } else if !suit && ligne.indice.valeur().is_some() {
            let message =
                format!("L'évolution {annee} de « {autorite} » nomme un indice, et son taux n'est pas « indice ».");
            findings.signaler(format!("/moyens/evolution/{rang}/taux"), message);
        }
    }
}
