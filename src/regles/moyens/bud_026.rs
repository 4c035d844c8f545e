//! BUD-026: non-recurring credits at the scale of what they complete, and used by a fiche.

use crate::contrat::identifiants::Montant;
use crate::contrat::moyens::Moyens;
use crate::contrat::objectifs::SourceFinancement;
use crate::formats::euros;
use crate::regles::comptes::par_etablissement;
use crate::regles::context::{Context, nom, valeur};
use crate::regles::echelle::{Compte, glissement};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "BUD-026",
    famille: Famille::Moyens,
    severite: Severite::Alerte,
    titre: "Les crédits non reconductibles sont à l'échelle du budget, et une fiche les emploie",
    pourquoi: "Des crédits ponctuels sont une petite part du budget : 240 000 € pour un établissement de 600 000 € est un zéro de trop. La part admise est un paramètre. Quand les fiches emploient des crédits de l'année, ce que l'annexe accorde de plus n'a pas d'emploi écrit : c'est une information. La règle se tait sans budget de référence complet, et pour des crédits accordés sur la durée du contrat.",
    remede: "vérifiez le montant ; dites dans une fiche à quoi servent les crédits.",
    references: &[&COHERENCE],
    limites: &[Limite {
        nom: "part",
        valeur: Seuil::Fixe(15.0),
        unite: "%",
        libelle: "part des crédits non reconductibles dans le budget d'un établissement ; paramètre de cpom",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/moyens/cnr",
        "/moyens/fir",
        "/moyens/budgets",
        "/moyens/annee_reference",
        "/moyens/dotations",
        "/fiches_actions/*/moyens",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &["BUD-005"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(moyens) = contexte.moyens() else { return };
    let admise = findings.limite("part").unwrap_or(f64::INFINITY) / 100.0;
    let budgets = par_etablissement(contexte, None);
    for (liste, credits) in [("cnr", moyens.cnr.elements()), ("fir", moyens.fir.elements())] {
        for (rang, credit) in credits.iter().enumerate() {
            if credit.sur_la_duree.valeur() == Some(&true) {
                continue;
            }
            let seul = credit.etablissement.valeur().map(|e| e.as_str());
            let Some((budget, de)) = budget(contexte, &budgets, seul) else { continue };
            let (montant, budget) = (credit.montant.centimes() as f64 / 100.0, budget.centimes() as f64 / 100.0);
            if montant > admise * budget {
                findings.signaler(
                    format!("/moyens/{liste}/{rang}/montant"),
                    format!(
                        "Des crédits non reconductibles de {} pour {de} dont le budget est de {}{}.",
                        credit.montant,
                        euros(budget.round()),
                        glissement(montant, 0.0, admise * budget, Compte::Euros)
                    ),
                );
            }
        }
    }
    sans_emploi(contexte, moyens, findings);
}

/// The expenses of one establishment, or of all; `None` while a budget is incomplete.
fn budget(
    contexte: &Context<'_>,
    budgets: &BTreeMap<&str, Option<Montant>>,
    etablissement: Option<&str>,
) -> Option<(Montant, String)> {
    let total = match etablissement {
        Some(id) => budgets.get(id).copied().flatten()?,
        None => budgets.values().copied().collect::<Option<Vec<_>>>().filter(|m| !m.is_empty())?.into_iter().sum(),
    };
    let de = match etablissement.and_then(|id| contexte.etablissement(id)) {
        Some(e) => format!("« {} »,", nom(e.valeur)),
        None => "l'ensemble des établissements,".into(),
    };
    Some((total, de))
}

/// What the annex grants beyond what the fiches use, in the years when they use some.
fn sans_emploi(contexte: &Context<'_>, moyens: &Moyens, findings: &mut Findings<'_>) {
    let credits = moyens.cnr.elements();
    if credits.iter().any(|c| c.annee.est_absent()) {
        return;
    }
    let mut accordes: BTreeMap<u16, Montant> = BTreeMap::new();
    for credit in credits {
        let Some(annee) = valeur(&credit.annee) else { continue };
        *accordes.entry(annee.valeur()).or_default() += credit.montant;
    }
    let mut employes: BTreeMap<u16, Montant> = BTreeMap::new();
    let financements = contexte.fiches().filter_map(|f| f.valeur.moyens.valeur());
    for financement in financements.flat_map(|m| m.financements.elements()) {
        let Some((annee, montant)) = valeur(&financement.annee).zip(valeur(&financement.montant)) else { continue };
        if financement.source == SourceFinancement::Cnr {
            *employes.entry(annee.valeur()).or_default() += montant;
        }
    }
    for (annee, accorde) in accordes {
        // More used than granted is BUD-005's business.
        let Some(reste) = employes.get(&annee).map(|e| accorde - *e).filter(|r| r.centimes() > 0) else { continue };
        findings
            .signaler(
                "/moyens/cnr",
                format!("L'annexe accorde {accorde} de crédits non reconductibles en {annee} ; {reste} ne sont dans aucune fiche."),
            )
            .severite(Severite::Information);
    }
}
