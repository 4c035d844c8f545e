//! OBJ-001: an objective has a fiche, a deadline and a pilot.

use super::libelles::titre;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::{ANAP, ARA, COHERENCE};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "OBJ-001",
    famille: Famille::Objectifs,
    severite: Severite::Bloquante,
    titre: "Chaque objectif a une fiche action, une échéance et un pilote",
    pourquoi: "Un objectif sans fiche n'a ni action ni mesure ; sans échéance, il ne peut être évalué ; sans pilote, personne n'en répond. Compte comme pilote celui de l'objectif, d'une de ses actions ou de son axe. L'absence de pilote donne une alerte, sauf si le modèle la rend bloquante. Dans un projet dont aucune fiche n'est encore écrite, l'absence de fiche n'est pas relevée.",
    remede: "écrivez la fiche action de l'objectif, son échéance ou son pilote, ou retirez l'objectif.",
    references: &[&ANAP, &ARA, &COHERENCE],
    limites: &[Limite {
        nom: "pilote_bloquant",
        valeur: Seuil::DuModele,
        unite: "",
        libelle: "1 quand le modèle rend bloquante l'absence de pilote (modèle Auvergne-Rhône-Alpes)",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/objectifs", "/fiches_actions", "/axes"],
    consequences: &["OBJ-005"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let fiches_attendues = contexte.definitif() || contexte.contrat.fiches_actions.valeur().is_some();
    let pilote_bloquant = findings.limite("pilote_bloquant").is_some_and(|n| n > 0.0);
    for objectif in contexte.objectifs() {
        let o = objectif.valeur;
        let titre = titre(o);
        let mut fiches = contexte.fiches_de(o.id.as_str()).peekable();
        let avec_fiche = fiches.peek().is_some();
        if !avec_fiche && fiches_attendues {
            findings
                .signaler(objectif.pointeur(""), format!("L'objectif « {titre} » n'a pas de fiche action."))
                .remede("écrivez la fiche action de l'objectif, ou retirez l'objectif.");
        }
        if o.echeance.est_absent() {
            findings
                .signaler(objectif.pointeur("echeance"), format!("L'objectif « {titre} » n'a pas d'échéance."))
                .remede("donnez son échéance : une date, un mois, un trimestre ou une année.");
        }
        let action = fiches.any(|f| f.valeur.actions.elements().iter().any(|a| a.pilote.valeur().is_some()));
        let axe =
            o.axe.valeur().and_then(|id| contexte.axe(id.as_str())).is_some_and(|a| a.valeur.pilote.valeur().is_some());
        if o.pilote.est_absent() && !action && !axe && avec_fiche {
            let severite = if pilote_bloquant { Severite::Bloquante } else { Severite::Alerte };
            findings
                .signaler(objectif.pointeur("pilote"), format!("L'objectif « {titre} » n'a pas de pilote."))
                .remede("dites qui pilote l'objectif, une de ses actions ou son axe.")
                .severite(severite);
        }
    }
}
