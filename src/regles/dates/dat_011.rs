//! DAT-011: the contract of the EHPAD lasts five years.

use crate::contrat::Fondement;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::{L313_11, L313_12};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DAT-011",
    famille: Famille::Dates,
    severite: Severite::Bloquante,
    titre: "Le contrat d'un EHPAD dure cinq ans",
    pourquoi: "La loi donne au contrat des EHPAD une durée de cinq ans, ni plus ni moins, et n'y prévoit pas la sixième année des autres contrats : une prorogation est une alerte.",
    remede: "portez la durée à cinq ans.",
    references: &[&L313_12, &L313_11],
    limites: &[Limite {
        nom: "duree",
        valeur: Seuil::DuDroit("duree_ehpad"),
        unite: "ans",
        libelle: "durée du contrat (IV ter de l'art. L. 313-12 du CASF)",
    }],
    sur_demande: false,
    vigueur: Vigueur::DeLaValeur("duree_ehpad"),
    derogeable: false,
    lit: &[
        "/periode",
        "/fondement",
        "/signature/date",
        "/perimetre/etablissements/*/categorie",
        "/perimetre/etablissements/*/inclus",
        "/parties/autorites/*/type",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    if contexte.fondement() != Fondement::Ehpad {
        return;
    }
    let periode = &contexte.contrat.periode;
    let legale = findings.limite("duree").map(|n| n as u32);
    if let (Some(duree), Some(legale)) = (periode.duree(), legale)
        && duree < legale
    {
        findings.signaler(
            "/periode",
            format!(
                "Le contrat couvre un EHPAD et dure {duree} an{} ; la loi fixe cette durée à {legale} ans.",
                if duree > 1 { "s" } else { "" }
            ),
        );
    }
    if periode.prorogation.valeur().is_some_and(|p| p.jusqu_au.valeur().is_some()) {
        findings
            .signaler(
                "/periode/prorogation",
                "Le contrat couvre un EHPAD et se dit prorogé : le texte de ce contrat ne prévoit pas de sixième année.",
            )
            .severite(Severite::Alerte)
            .remede("vérifiez avec l'agence régionale de santé ce qui fonde cette prorogation.");
    }
}
