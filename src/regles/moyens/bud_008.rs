//! BUD-008: grants follow the rule of evolution.

use crate::contrat::champ::Champ;
use crate::contrat::identifiants::{Montant, Pourcentage};
use crate::contrat::moyens::Taux;
use crate::contrat::textes::Id;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, R314_40};
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "BUD-008",
    famille: Famille::Moyens,
    severite: Severite::Alerte,
    titre: "Les dotations suivent la règle d'évolution annoncée",
    pourquoi: "Une dotation qui s'écarte du taux annoncé contredit la règle que le même contrat fixe. Sont comparées deux années qui se suivent d'une même autorité, quand un taux est donné pour la seconde. Tolérance : un euro par établissement de la répartition, pour les arrondis.",
    remede: "corrigez la dotation ou le taux, ou écrivez « non fixe » si l'évolution comprend des mesures nouvelles.",
    references: &[&R314_40, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/moyens/dotations", "/moyens/evolution"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(moyens) = contexte.moyens() else { return };
    // A line or a grant of one gestionnaire is compared with its own only.
    let taux: BTreeMap<(&str, u16, Option<&str>), Pourcentage> = moyens
        .evolution
        .elements()
        .iter()
        .filter_map(|e| match e.taux {
            Taux::Fixe(taux) => Some(((e.autorite.as_str(), e.annee.valeur(), propre(&e.gestionnaire)), taux)),
            Taux::NonFixe(_) => None,
        })
        .collect();
    let montants: BTreeMap<(&str, u16, Option<&str>), Montant> = contexte
        .dotations()
        .filter_map(|d| {
            let cle = (d.valeur.autorite.as_str(), d.valeur.annee.valeur(), propre(&d.valeur.gestionnaire));
            Some((cle, valeur(&d.valeur.montant)?))
        })
        .collect();
    for dotation in contexte.dotations() {
        let d = dotation.valeur;
        let (autorite, annee) = (d.autorite.as_str(), d.annee.valeur());
        let gestionnaire = propre(&d.gestionnaire);
        let precedente = annee.checked_sub(1).and_then(|a| montants.get(&(autorite, a, gestionnaire)));
        let commun = taux.get(&(autorite, annee, None));
        let (Some(montant), Some(precedente), Some(taux)) =
            (valeur(&d.montant), precedente, taux.get(&(autorite, annee, gestionnaire)).or(commun))
        else {
            continue;
        };
        let attendu = *precedente + taux.de(*precedente);
        let tolerance = 100 * i64::try_from(d.repartition.elements().len().max(1)).unwrap_or(1);
        if (montant - attendu).valeur_absolue().centimes() > tolerance {
            findings.signaler(
                dotation.pointeur("montant"),
                format!("La dotation {annee} de « {} » est de {montant} ; au taux annoncé de {taux}, elle serait de {attendu}.", contexte.partie(autorite)),
            );
        }
    }
}

fn propre(gestionnaire: &Champ<Id>) -> Option<&str> {
    gestionnaire.valeur().map(Id::as_str)
}
