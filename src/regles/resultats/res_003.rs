//! RES-003: caps leave the whole result a place to go.

use crate::contrat::identifiants::Pourcentage;
use crate::contrat::resultats::{Affectation, AffectationResultats};
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::{COHERENCE, R314_234};
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "RES-003",
    famille: Famille::Resultats,
    severite: Severite::Bloquante,
    titre: "Les plafonds laissent affecter tout le résultat",
    pourquoi: "Des plafonds sur toutes les affectations, dont la somme n'atteint pas 100 %, laissent une part du résultat sans affectation possible, dans l'ordre sous EPRD comme dans l'ordre transitoire ; un plafond au-delà de 100 %, ou donné deux fois, ne limite rien. Un modèle peut fixer un plafond plus bas pour la réserve de trésorerie : son dépassement est une alerte.",
    remede: "relevez un plafond, ou laissez une affectation sans plafond.",
    references: &[&R314_234, &COHERENCE],
    limites: &[Limite {
        nom: "reserve_tresorerie",
        valeur: Seuil::DuModele,
        unite: "%",
        libelle: "part du résultat qui peut aller à la réserve de trésorerie, fixée par le modèle",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/moyens/affectation_resultats", "/moyens/par_gestionnaire"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for regle in contexte.moyens().map(|m| m.affectations()).unwrap_or_default() {
        examiner(&regle.pointeur, regle.valeur, findings);
    }
}

fn examiner(regle: &str, affectation: &AffectationResultats, findings: &mut Findings<'_>) {
    let mut plafonds: BTreeMap<Affectation, i64> = BTreeMap::new();
    for (rang, plafond) in affectation.plafonds.elements().iter().enumerate() {
        let ici = format!("{regle}/plafonds/{rang}");
        let taux = plafond.pourcentage;
        if !(0..=CENT).contains(&taux.milliemes()) {
            findings.signaler(
                format!("{ici}/pourcentage"),
                format!("Un plafond d'affectation est de {taux} ; il va de 0 à 100 %."),
            );
        }
        if plafonds.insert(plafond.affectation, taux.milliemes()).is_some() {
            findings.signaler(ici.clone(), "Deux plafonds portent sur la même affectation.");
        }
        let limite = findings.limite("reserve_tresorerie").map(|l| (l * 1000.0) as i64);
        if plafond.affectation == Affectation::ReserveTresorerie && limite.is_some_and(|l| taux.milliemes() > l) {
            let message = format!(
                "La réserve de trésorerie peut recevoir {taux} du résultat ; le modèle en admet {}.",
                Pourcentage::depuis_milliemes(limite.unwrap_or_default())
            );
            findings.signaler(format!("{ici}/pourcentage"), message).severite(Severite::Alerte);
        }
    }
    // Each order is followed alone, in its years: one that leaves a part of the result without a place is enough.
    let ordres = [("", &affectation.eprd), (" de l'ordre transitoire", &affectation.transitoire)];
    for (duquel, ordre) in ordres.map(|(duquel, ordre)| (duquel, ordre.elements())) {
        let somme: Option<i64> = ordre.iter().map(|a| plafonds.get(a)).sum();
        if let Some(somme) = somme.filter(|s| !ordre.is_empty() && *s < CENT) {
            findings.signaler(
                format!("{regle}/plafonds"),
                format!(
                    "Toutes les affectations{duquel} sont plafonnées, et leurs plafonds ne font que {} du résultat.",
                    Pourcentage::depuis_milliemes(somme)
                ),
            );
        }
    }
}

/// A hundred percent, in thousandths.
const CENT: i64 = 100_000;
