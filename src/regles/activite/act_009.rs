//! ACT-009: a year of activity begins where the one before ended.

use super::designation::designer;
use crate::formats::nombre;
use crate::regles::cibles::ruptures;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "ACT-009",
    famille: Famille::Activite,
    severite: Severite::Alerte,
    titre: "Une année d'activité commence où la précédente finit",
    pourquoi: "Une cible qui ne part pas d'où la précédente est arrivée cache une faute de frappe. La première année part de l'activité retenue, sauf celle d'un établissement à ouvrir. La règle ne compare que deux années qui se suivent.",
    remede: "reprenez la même valeur des deux côtés, ou ôtez le début de l'année, qui n'est pas obligatoire.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/activite",
        "/perimetre/etablissements/*/nom",
        "/perimetre/etablissements/*/ouverture_prevue",
        "/perimetre/etablissements/*/capacites",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for activite in contexte.activites() {
        let a = activite.valeur;
        // An establishment that opens goes up to the retained activity: it does not start from it.
        let etablissement = contexte.etablissement(a.etablissement.as_str());
        let ouvert = etablissement.is_none_or(|e| !e.valeur.a_ouvrir());
        let depart = a.retenue.valeur().map(|q| q.0).filter(|_| ouvert);
        for rupture in ruptures(a.cibles.elements(), depart) {
            let attendu = nombre(rupture.attendu);
            let avant = if rupture.premiere {
                format!("L'activité retenue pour {} est de {attendu}", designer(contexte, a))
            } else {
                format!("L'activité visée pour {} finit {} à {attendu}", designer(contexte, a), rupture.annee - 1)
            };
            findings.signaler(
                activite.pointeur(&format!("cibles/{}/debut", rupture.rang)),
                format!("{avant} ; la cible {} commence à {}.", rupture.annee, nombre(rupture.debut)),
            );
        }
    }
}
