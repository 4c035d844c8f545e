//! IND-003: targets go the way that the indicator says.

use super::lecture::{contraire, depart_et_sens, tous};
use crate::contrat::diagnostic::Sens;
use crate::formats::nombre;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "IND-003",
    famille: Famille::Indicateurs,
    severite: Severite::Alerte,
    titre: "Les cibles vont dans le sens annoncé",
    pourquoi: "Une cible qui recule, ou qui égale la valeur de départ, contredit l'objectif ou révèle un sens mal saisi. Est signalée une cible du mauvais côté de la valeur de départ, ou une dernière cible qui lui est égale. Les indicateurs de maintien et ceux en mots ne sont pas visés.",
    remede: "corrigez la cible, la valeur de départ ou le sens ; pour un maintien, écrivez « maintien ».",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/fiches_actions"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for place in tous(contexte) {
        let Some((depart, sens)) = depart_et_sens(place.indicateur) else { continue };
        let fautive = contraire(place.indicateur);
        if let Some((rang, annee, valeur)) = fautive {
            let voulu = if sens == Sens::Hausse { "à la hausse" } else { "à la baisse" };
            findings.signaler(
                place.pointeur(&format!("cibles/{rang}/fin")),
                format!(
                    "L'indicateur « {} » (fiche {}) doit évoluer {voulu} ; il part de {} et sa cible {annee} est {}.",
                    place.nom(),
                    place.numero,
                    nombre(depart),
                    nombre(valeur)
                ),
            );
        }
    }
}
