//! DAT-002: five years at most, six with the prorogation.

use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::L313_11;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DAT-002",
    famille: Famille::Dates,
    severite: Severite::Bloquante,
    titre: "Le contrat dure cinq ans au plus, six avec sa prorogation",
    pourquoi: "La loi limite le contrat à cinq ans, prorogeables dans la limite d'une sixième année. Au-delà, ses clauses perdent leur fondement. La durée est lue dans la durée déclarée, dans les dates et dans la prorogation.",
    remede: "ramenez la durée à la limite légale ; au-delà, concluez un nouveau contrat.",
    references: &[&L313_11],
    limites: &[
        Limite {
            nom: "duree",
            valeur: Seuil::DuDroit("duree_initiale"),
            unite: "ans",
            libelle: "durée du contrat (art. L. 313-11 du CASF)",
        },
        Limite {
            nom: "prorogation",
            valeur: Seuil::DuDroit("duree_prorogee"),
            unite: "ans",
            libelle: "durée du contrat, prorogation comprise (même article)",
        },
    ],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&L313_11, DateChoisie::Signature),
    derogeable: false,
    lit: &["/periode"],
    consequences: &["DAT-001"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let periode = &contexte.contrat.periode;
    let limite = |nom| findings.limite(nom).map_or(i16::MAX, |n| n as i16);
    let duree_max = limite("duree");
    let prorogee_max = limite("prorogation");
    if let Some(duree) = valeur(&periode.duree_annees).filter(|d| i64::from(d.0) > i64::from(duree_max)) {
        findings.signaler(
            "/periode/duree_annees",
            format!("Le contrat dure {} ans ; la loi en admet {duree_max} au plus.", duree.0),
        );
    } else if let (Some(debut), Some(fin)) = (contexte.debut(), valeur(&periode.fin)) {
        let terme = debut.plus_annees(duree_max).veille();
        if fin > terme {
            findings.signaler(
                "/periode/fin",
                format!("Le contrat court du {debut} au {fin} ; la loi admet {duree_max} ans au plus, soit jusqu'au {terme}."),
            );
        }
    }
    let proroge = periode.prorogation.valeur().and_then(|p| valeur(&p.jusqu_au));
    if let (Some(debut), Some(proroge)) = (contexte.debut(), proroge) {
        let terme = debut.plus_annees(prorogee_max).veille();
        if proroge > terme {
            findings.signaler(
                "/periode/prorogation/jusqu_au",
                format!(
                    "Le contrat est prorogé jusqu'au {proroge} ; avec sa prorogation, il ne peut dépasser {prorogee_max} ans, soit le {terme}."
                ),
            );
        }
    }
}
