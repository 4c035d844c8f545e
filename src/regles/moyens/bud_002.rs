//! BUD-002: expenses equal revenue, or the deficit is covered.

use crate::contrat::identifiants::Montant;
use crate::contrat::perimetre::Etablissement;
use crate::regles::comptes::{annee, depenses, recettes};
use crate::regles::context::{Context, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, R314_221, R314_222};
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "BUD-002",
    famille: Famille::Moyens,
    severite: Severite::Alerte,
    titre: "Les dépenses et les recettes de chaque établissement s'équilibrent",
    pourquoi: "Un budget déséquilibré prépare un déficit. L'écart se lit par établissement et par année, tous financeurs réunis. Un déficit que ne couvrent ni un retour à l'équilibre, ni un report à nouveau excédentaire, ni le plan global de financement de l'année est bloquant ; tout autre écart est une alerte. Hors du périmètre, seul l'équilibre convient. La règle se tait si un groupe manque.",
    remede: "équilibrez le budget, ou ajoutez la trajectoire de retour à l'équilibre.",
    references: &[&R314_221, &R314_222, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/moyens/budgets",
        "/moyens/annee_reference",
        "/moyens/retour_equilibre/*/etablissement",
        "/moyens/pgfp/*/annee",
        "/moyens/pgfp/*/gestionnaire",
        "/diagnostic/situation_financiere",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/gestionnaire",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let mut comptes: BTreeMap<(&str, Option<u16>), Compte> = BTreeMap::new();
    for budget in contexte.budgets() {
        let cle = (budget.valeur.etablissement.as_str(), annee(contexte, budget.valeur));
        let compte = comptes.entry(cle).or_insert((budget.rang, Some((Montant::default(), Montant::default()))));
        let siens = depenses(budget.valeur, None).zip(recettes(budget.valeur));
        compte.1 = compte.1.zip(siens).map(|((d, r), (ds, rs))| (d + ds, r + rs));
    }
    for ((id, annee), (rang, compte)) in comptes {
        let (Some((depenses, recettes)), Some(etablissement)) = (compte, contexte.etablissement(id)) else { continue };
        if depenses == recettes {
            continue;
        }
        let prevu = etablissement.est_inclus()
            && (couvert(contexte, id, depenses - recettes) || planifie(contexte, etablissement.valeur, annee));
        let annee = annee.map(|a| format!(" {a}")).unwrap_or_default();
        let ecart = depenses - recettes;
        let finding = findings.signaler(
            format!("/moyens/budgets/{rang}"),
            format!(
                "Le budget{annee} de « {} » a {depenses} de dépenses et {recettes} de recettes.",
                nom(etablissement.valeur)
            ),
        );
        if ecart.centimes() > 0 && !prevu {
            finding.severite(Severite::Bloquante);
        }
    }
}

/// Place of the first budget of an establishment; expenses and revenue of all, `None` once one is incomplete.
type Compte = (usize, Option<(Montant, Montant)>);

/// Whether a deficit has its trajectory, or a surplus carried over that covers it.
fn couvert(contexte: &Context<'_>, id: &str, deficit: Montant) -> bool {
    let retours = contexte.moyens().map_or(&[][..], |m| m.retour_equilibre.elements());
    let situations = contexte.contrat.diagnostic.valeur().map_or(&[][..], |d| d.situation_financiere.elements());
    let dernier = situations.iter().filter(|s| s.etablissement.as_str() == id).max_by_key(|s| s.exercice);
    let report = dernier.and_then(|s| s.report_a_nouveau.valeur()).and_then(|r| valeur(&r.excedentaire));
    retours.iter().any(|r| r.etablissement.as_str() == id) || report.is_some_and(|r| r >= deficit)
}

/// Whether the global financing plan covers the year of an establishment: a deficit may be compatible with it.
fn planifie(contexte: &Context<'_>, etablissement: &Etablissement, annee: Option<u16>) -> bool {
    let plan = contexte.moyens().map_or(&[][..], |m| m.pgfp.elements());
    plan.iter().any(|p| {
        Some(p.annee.valeur()) == annee
            && p.gestionnaire.valeur().is_none_or(|g| etablissement.gestionnaire.valeur().is_none_or(|sien| sien == g))
    })
}
