//! DIA-004: the themes of the national frame.

use crate::contrat::diagnostic::Theme;
use crate::formats::enumerer;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::ANAP;
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "DIA-004",
    famille: Famille::Diagnostic,
    severite: Severite::Information,
    titre: "Le diagnostic aborde les thèmes du cadre national",
    pourquoi: "Le cadre national et les fiches de l'ANAP proposent dix thèmes ; en laisser un de côté peut se justifier, l'oublier non. Compte un constat, une perspective ou un indicateur du thème.",
    remede: "ajoutez un constat ou une perspective sur ces thèmes, ou dites dans la méthode pourquoi ils sont laissés de côté.",
    references: &[&ANAP],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/diagnostic/constats", "/diagnostic/perspectives", "/diagnostic/indicateurs/*/theme"],
    consequences: &[],
    check,
};

/// The themes of the frame, with their names.
const CADRE: [(Theme, &str); 10] = [
    (Theme::Parcours, "les parcours"),
    (Theme::Territoire, "le territoire et les partenariats"),
    (Theme::Emplois, "la structure des emplois"),
    (Theme::ClimatSocial, "le climat social"),
    (Theme::SystemeInformation, "le système d'information"),
    (Theme::SituationFinanciere, "la situation financière"),
    (Theme::Patrimoine, "le patrimoine"),
    (Theme::DepensesPersonnel, "les dépenses de personnel"),
    (Theme::Qualite, "la qualité et les risques"),
    (Theme::Droits, "les droits des personnes"),
];

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(diagnostic) = contexte.contrat.diagnostic.valeur() else { return };
    let constats = diagnostic.constats.elements().iter().filter_map(|c| c.theme.valeur());
    let perspectives = diagnostic.perspectives.elements().iter().map(|p| &p.theme);
    let indicateurs = diagnostic.indicateurs.elements().iter().filter_map(|i| i.theme.valeur());
    let abordes: BTreeSet<Theme> = constats.chain(perspectives).chain(indicateurs).copied().collect();
    if abordes.is_empty() {
        return;
    }
    let manquants: Vec<String> =
        CADRE.iter().filter(|(theme, _)| !abordes.contains(theme)).map(|(_, nom)| nom.to_string()).collect();
    if !manquants.is_empty() {
        let message = format!("Le diagnostic n'aborde pas ces thèmes du cadre national : {}.", enumerer(&manquants));
        findings.signaler("/diagnostic/constats", message);
    }
}
