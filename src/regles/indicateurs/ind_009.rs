//! IND-009: a year of an indicator begins where the one before ended.

use super::lecture::tous;
use crate::formats::nombre;
use crate::regles::cibles::ruptures;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "IND-009",
    famille: Famille::Indicateurs,
    severite: Severite::Alerte,
    titre: "Une année d'un indicateur commence où la précédente finit",
    pourquoi: "La cible d'une année dit d'où elle part et où elle arrive : une année qui ne part pas d'où la précédente est arrivée cache une faute de frappe. La première part de la valeur initiale. Sont comparées deux années qui se suivent, quand les deux valeurs sont des nombres ; une valeur initiale approchée, ou plus ancienne que les deux années qui précèdent, n'est pas comparée.",
    remede: "reprenez la même valeur des deux côtés, ou ôtez le début de l'année, qui n'est pas obligatoire.",
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
        let cibles = place.indicateur.cibles.elements();
        let premiere = cibles.iter().map(|c| c.annee.valeur()).min();
        let depart = place.indicateur.valeur_initiale.valeur().filter(|v| v.environ.valeur() != Some(&true));
        let depart = depart.filter(|v| {
            let annee = v.annee.valeur().map(|a| a.valeur());
            annee.zip(premiere).is_none_or(|(annee, premiere)| annee + 2 >= premiere)
        });
        for rupture in ruptures(cibles, depart.and_then(|v| v.valeur.nombre())) {
            let attendu = nombre(rupture.attendu);
            let avant = if rupture.premiere {
                format!("part de {attendu}")
            } else {
                format!("finit {} à {attendu}", rupture.annee - 1)
            };
            findings.signaler(
                place.pointeur(&format!("cibles/{}/debut", rupture.rang)),
                format!(
                    "L'indicateur « {} » (fiche {}) {avant} et commence {} à {}.",
                    place.nom(),
                    place.numero,
                    rupture.annee,
                    nombre(rupture.debut)
                ),
            );
        }
    }
}
