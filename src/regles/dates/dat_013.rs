//! DAT-013: dates that come in their order.

use crate::regles::context::{Context, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "DAT-013",
    famille: Famille::Dates,
    severite: Severite::Alerte,
    titre: "Les dates viennent dans leur ordre",
    pourquoi: "Une action qui finit avant de commencer, ou commence plus d'un an après l'échéance de son objectif, une première cible aussi tardive, une évaluation prévue avant la dernière, un contrat lié qui s'achève avant son début, une autorisation postérieure à la signature, un outil de la loi du 2 janvier 2002 daté d'après elle : l'une des deux dates est fausse. Est comparée aussi la fin d'un contrat renouvelé avec le début de celui-ci : un jour les sépare. Une échéance donnée par mois, trimestre ou année couvre toute sa durée.",
    remede: "corrigez l'une des deux dates.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/fiches_actions",
        "/objectifs",
        "/perimetre/etablissements",
        "/contrats_lies",
        "/periode",
        "/signature/date",
        "/diagnostic",
    ],
    consequences: &["DAT-001", "DAT-002", "DAT-005", "DAT-008", "DIA-011", "DIA-012"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    actions(contexte, findings);
    etablissements(contexte, findings);
    contrats(contexte, findings);
}

/// Actions and targets of a fiche: in order, and within the deadline of its objective.
fn actions(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let numeros = contexte.numeros();
    for fiche in contexte.fiches() {
        let numero = numeros.get(fiche.rang).copied().unwrap_or_default();
        let objectif = contexte.objectif(fiche.valeur.objectif.as_str());
        let echeance = objectif.and_then(|o| o.valeur.echeance.valeur()).and_then(|e| e.dernier_jour());
        for (rang, action) in fiche.valeur.actions.elements().iter().enumerate() {
            let debut = action.debut.valeur().and_then(|e| e.premier_jour());
            let fin = action.fin.valeur().and_then(|e| e.dernier_jour());
            let ici = |cle: &str| fiche.pointeur(&format!("actions/{rang}/{cle}"));
            if let Some((debut, fin)) = debut.zip(fin).filter(|(debut, fin)| fin < debut) {
                findings.signaler(
                    ici("fin"),
                    format!("Une action de la fiche {numero} commence le {debut} et finit le {fin}."),
                );
            } else if let Some((debut, echeance)) =
                debut.zip(echeance).filter(|(debut, echeance)| *debut > echeance.plus_annees(1))
            {
                // What is lasting goes on after its objective is reached, and its account is given; nothing begins a year later.
                findings.signaler(
                    ici("debut"),
                    format!(
                        "Une action de la fiche {numero} commence le {debut} ; l'échéance de son objectif est le {echeance}."
                    ),
                );
            }
        }
        let Some(echeance) = echeance else { continue };
        for (i, indicateur) in fiche.valeur.indicateurs.elements().iter().enumerate() {
            // A result may be measured the year after, and watched over: only a first target that comes later is a slip.
            let cibles = indicateur.cibles.elements();
            let premiere = cibles.iter().enumerate().min_by_key(|(_, c)| c.annee);
            if let Some((rang, cible)) = premiere.filter(|(_, c)| c.annee.precedente().debut() > echeance) {
                findings.signaler(
                    fiche.pointeur(&format!("indicateurs/{i}/cibles/{rang}/annee")),
                    format!(
                        "La première cible d'un indicateur de la fiche {numero} est en {} ; l'échéance de son objectif est le {echeance}.",
                        cible.annee
                    ),
                );
            }
        }
    }
}

/// Evaluations, acts, opening.
fn etablissements(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let signature = contexte.signature();
    for etablissement in contexte.etablissements() {
        let e = etablissement.valeur;
        let evaluation = e.evaluation.valeur();
        let date = evaluation.and_then(|v| v.date.valeur()).and_then(|d| d.premier_jour());
        let prochaine = evaluation.and_then(|v| v.prochaine.valeur()).and_then(|d| d.dernier_jour());
        if let Some((date, prochaine)) = date.zip(prochaine).filter(|(date, prochaine)| prochaine <= date) {
            findings.signaler(
                etablissement.pointeur("evaluation/prochaine"),
                format!("La prochaine évaluation de « {} » ({prochaine}) vient avant la dernière ({date}).", nom(e)),
            );
        }
        if let Some((date, signature)) = date.zip(signature).filter(|(date, signature)| date > signature) {
            findings.signaler(
                etablissement.pointeur("evaluation/date"),
                format!("La dernière évaluation de « {} » ({date}) vient après la signature ({signature}).", nom(e)),
            );
        }
        for (rang, acte) in e.autorisations.elements().iter().enumerate() {
            let ici = |cle: &str| etablissement.pointeur(&format!("autorisations/{rang}/{cle}"));
            let (date, echeance) = (valeur(&acte.date), valeur(&acte.echeance));
            if let Some((date, echeance)) = date.zip(echeance).filter(|(date, echeance)| echeance < date) {
                findings.signaler(
                    ici("echeance"),
                    format!("L'autorisation de « {} » du {date} s'achève le {echeance}.", nom(e)),
                );
            } else if let Some((date, signature)) = date.zip(signature).filter(|(date, signature)| date > signature) {
                findings.signaler(
                    ici("date"),
                    format!("L'autorisation de « {} » ({date}) vient après la signature ({signature}).", nom(e)),
                );
            }
        }
    }
    let outils = contexte.contrat.diagnostic.valeur().map_or(&[][..], |d| d.outils_2002_2.elements());
    for (rang, ligne) in outils.iter().enumerate() {
        let dates = [
            ("livret_accueil", &ligne.livret_accueil),
            ("charte", &ligne.charte),
            ("contrat_sejour", &ligne.contrat_sejour),
            ("reglement_fonctionnement", &ligne.reglement_fonctionnement),
            ("personne_qualifiee", &ligne.personne_qualifiee),
            ("conseil_vie_sociale", &ligne.conseil_vie_sociale),
            ("projet_etablissement", &ligne.projet_etablissement),
        ];
        for (cle, date) in dates {
            if let Some((date, signature)) = valeur(date).zip(signature).filter(|(date, signature)| date > signature) {
                let id = ligne.etablissement.as_str();
                let nom = contexte.nom_de(id);
                findings.signaler(
                    format!("/diagnostic/outils_2002_2/{rang}/{cle}"),
                    format!("Un outil de la loi du 2 janvier 2002 de « {nom} » ({date}) vient après la signature ({signature})."),
                );
            }
        }
    }
}

/// Linked contracts, and the one that is renewed.
fn contrats(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for (rang, lie) in contexte.contrat.contrats_lies.elements().iter().enumerate() {
        if let Some((debut, fin)) = valeur(&lie.debut).zip(valeur(&lie.fin)).filter(|(debut, fin)| fin < debut) {
            findings.signaler(
                format!("/contrats_lies/{rang}/fin"),
                format!("Le contrat lié « {} » commence le {debut} et finit le {fin}.", lie.reference),
            );
        }
    }
    let Some(debut) = contexte.debut() else { return };
    let periode = &contexte.contrat.periode;
    let renouveles: BTreeSet<&str> = periode.renouveles().into_iter().map(|r| r.reference).collect();
    let propres = periode.contrats_renouveles.elements().iter().enumerate();
    let propres = propres.filter_map(|(rang, c)| {
        Some((format!("/periode/contrats_renouveles/{rang}/fin"), &c.reference, valeur(&c.fin)?))
    });
    let lies = contexte.contrat.contrats_lies.elements().iter().enumerate();
    // One that still runs is PAR-014's business.
    let lies =
        lies.filter(|(_, c)| renouveles.contains(c.reference.as_str()) && valeur(&c.fin).is_some_and(|f| f < debut));
    let lies = lies.filter_map(|(rang, c)| Some((format!("/contrats_lies/{rang}/fin"), &c.reference, valeur(&c.fin)?)));
    for (pointeur, reference, fin) in propres.chain(lies) {
        if fin == debut.veille() {
            continue;
        }
        let quoi = if fin < debut { "un temps sans contrat" } else { "un temps sous deux contrats" };
        findings.signaler(
            pointeur,
            format!("Le contrat « {reference} » finit le {fin} et celui-ci commence le {debut} : {quoi}."),
        );
    }
}
