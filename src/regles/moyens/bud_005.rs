//! BUD-005: the non-recurring credits of fiches stay within those granted.

use crate::contrat::identifiants::Montant;
use crate::contrat::objectifs::{MoyensFiche, SourceFinancement, StatutMoyens};
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "BUD-005",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Les crédits non reconductibles des fiches tiennent dans ceux de l'annexe",
    pourquoi: "Des fiches qui dépensent plus de crédits non reconductibles que l'autorité n'en accorde promettent deux fois le même argent. Sont comparées les sommes de chaque année, puis celles de chaque autorité quand les deux côtés la nomment. La règle se tait si des crédits valent sur toute la durée du contrat. Est signalée aussi une dotation reconductible qui dépasse sa répartition du montant exact de ces crédits : elle les comprend.",
    remede: "ajoutez les crédits à « moyens.cnr », ou corrigez les fiches.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/fiches_actions/*/moyens", "/moyens/cnr", "/moyens/dotations"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(cnr) = contexte.moyens().and_then(|m| m.cnr.valeur()) else { return };
    let mut accordes: BTreeMap<(u16, Option<&str>), Montant> = BTreeMap::new();
    // Credits that run over the contract may pay any of its years: no year can be judged then.
    if cnr.iter().any(|c| c.annee.valeur().is_none()) {
        return;
    }
    for credit in cnr {
        let Some(annee) = valeur(&credit.annee).map(|a| a.valeur()) else { continue };
        *accordes.entry((annee, None)).or_default() += credit.montant;
        if let Some(autorite) = credit.autorite.valeur() {
            *accordes.entry((annee, Some(autorite.as_str()))).or_default() += credit.montant;
        }
    }
    let mut promis: BTreeMap<(u16, Option<&str>), Montant> = BTreeMap::new();
    let engages = |m: &&MoyensFiche| {
        !matches!(m.statut.valeur(), Some(StatutMoyens::Refuse | StatutMoyens::Intention | StatutMoyens::Conditionnel))
    };
    let financements = contexte
        .fiches()
        .filter_map(|f| f.valeur.moyens.valeur())
        .filter(engages)
        .flat_map(|m| m.financements.elements());
    for financement in financements.filter(|f| f.source == SourceFinancement::Cnr) {
        let (Some(annee), Some(montant)) = (valeur(&financement.annee), valeur(&financement.montant)) else { continue };
        *promis.entry((annee.valeur(), None)).or_default() += montant;
        if let Some(autorite) = financement.autorite.valeur() {
            *promis.entry((annee.valeur(), Some(autorite.as_str()))).or_default() += montant;
        }
    }
    for ((annee, autorite), montant) in &promis {
        let accorde = accordes.get(&(*annee, *autorite)).copied().unwrap_or_default();
        // An authority is judged only when the annex names it that year, and the whole year otherwise.
        let jugee = autorite.is_none() || accordes.contains_key(&(*annee, *autorite));
        let deja = autorite.is_some()
            && promis.get(&(*annee, None)) > Some(&accordes.get(&(*annee, None)).copied().unwrap_or_default());
        if jugee && !deja && *montant > accorde {
            let qui = autorite.map(|a| format!(" de « {} »", contexte.partie(a))).unwrap_or_default();
            findings.signaler(
                "/moyens/cnr",
                format!("Les fiches comptent {montant} de crédits non reconductibles{qui} en {annee} ; l'annexe en accorde {accorde}."),
            );
        }
    }
    dans_la_base(contexte, &accordes, findings);
}

/// A recurring grant that exceeds its shares by the very sum of the year's non-recurring credits.
fn dans_la_base(
    contexte: &Context<'_>,
    accordes: &BTreeMap<(u16, Option<&str>), Montant>,
    findings: &mut Findings<'_>,
) {
    for dotation in contexte.dotations().filter(|d| !d.valeur.repartition.elements().is_empty()) {
        let d = dotation.valeur;
        let cnr = accordes.get(&(d.annee.valeur(), Some(d.autorite.as_str()))).copied().unwrap_or_default();
        let parts: Montant = d.repartition.elements().iter().map(|p| p.montant).sum();
        if cnr.centimes() > 0 && valeur(&d.montant) == Some(parts + cnr) {
            findings.signaler(
                dotation.pointeur("montant"),
                format!(
                    "La dotation {} de « {} » comprend {cnr} de crédits non reconductibles.",
                    d.annee,
                    contexte.partie(d.autorite.as_str())
                ),
            );
        }
    }
}
