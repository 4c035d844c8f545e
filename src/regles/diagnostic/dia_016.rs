//! DIA-016: a rate of GVT that is its amount over the wages.

use crate::contrat::identifiants::Montant;
use crate::formats::euros;
use crate::regles::comptes::{annee, depenses};
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DIA-016",
    famille: Famille::Diagnostic,
    severite: Severite::Alerte,
    titre: "Le taux de GVT est son montant rapporté à la masse salariale",
    pourquoi: "Le glissement vieillesse technicité se dit en pour cent et en euros : les deux donnent la masse salariale, qui change peu d'une année à l'autre et reste proche des dépenses de personnel des budgets. Est signalée une année dont la masse salariale ainsi calculée s'écarte des dépenses de personnel, ou des autres années. Les écarts sont des paramètres.",
    remede: "vérifiez le taux et le montant.",
    references: &[&COHERENCE],
    limites: &[
        Limite {
            nom: "budgets",
            valeur: Seuil::Fixe(30.0),
            unite: "%",
            libelle: "écart admis avec les dépenses de personnel des budgets ; paramètre de cpom",
        },
        Limite {
            nom: "annees",
            valeur: Seuil::Fixe(7.0),
            unite: "%",
            libelle: "écart admis avec les autres années ; paramètre de cpom",
        },
    ],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/diagnostic/gvt", "/moyens/budgets", "/moyens/annee_reference"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let gvt = contexte.contrat.diagnostic.valeur().map_or(&[][..], |d| d.gvt.elements());
    let masses: Vec<(usize, f64)> = gvt
        .iter()
        .enumerate()
        .filter_map(|(rang, g)| {
            let (taux, montant) = (valeur(&g.taux)?.milliemes(), valeur(&g.montant)?.centimes());
            // Thousandths of a percent over cents: in euros.
            (taux != 0).then(|| (rang, montant as f64 * 1_000.0 / taux as f64))
        })
        .collect();
    let personnel = personnel(contexte);
    let proche = |masse: f64, autre: f64, ecart: f64| (masse - autre).abs() <= ecart / 100.0 * autre;
    let des_budgets = findings.limite("budgets").unwrap_or(f64::INFINITY);
    let entre_elles = findings.limite("annees").unwrap_or(f64::INFINITY);
    for (place, (rang, masse)) in masses.iter().enumerate() {
        let autres: Vec<f64> = masses.iter().enumerate().filter(|(n, _)| *n != place).map(|(_, (_, m))| *m).collect();
        let moyenne = autres.iter().sum::<f64>() / autres.len() as f64;
        let accord = autres.len() > 1 && autres.iter().all(|m| proche(*m, moyenne, entre_elles));
        let loin = personnel.filter(|p| !proche(*masse, *p, des_budgets));
        let reference = loin.or_else(|| Some(moyenne).filter(|m| accord && !proche(*masse, *m, entre_elles)));
        if let Some(reference) = reference {
            findings.signaler(
                format!("/diagnostic/gvt/{rang}"),
                format!(
                    "Le GVT {} donne une masse salariale de {}, quand {} en donnent {}.",
                    gvt[*rang].annee,
                    euros(masse.round()),
                    if loin.is_some() { "les budgets" } else { "les autres années" },
                    euros(reference.round())
                ),
            );
        }
    }
}

/// Staff expenses of all budgets of the year of reference, in euros; `None` while one is incomplete.
fn personnel(contexte: &Context<'_>) -> Option<f64> {
    let reference = contexte.moyens().and_then(|m| valeur(&m.annee_reference)).map(|a| a.valeur());
    let siens: Vec<_> = contexte.budgets().filter(|b| annee(contexte, b.valeur) == reference).collect();
    let montants = siens.iter().map(|b| depenses(b.valeur, Some(2))).collect::<Option<Vec<Montant>>>()?;
    let total: Montant = montants.into_iter().sum();
    (total.centimes() > 0).then(|| total.centimes() as f64 / 100.0)
}
