//! ACT-007: the modulation by activity stays within its legal bounds.

use crate::formats::pourcent;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::{DECRET_2018_519, R314_43_2};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "ACT-007",
    famille: Famille::Activite,
    severite: Severite::Bloquante,
    titre: "La modulation retient au plus la moitié de l'écart, hors EHPAD",
    pourquoi: "La modulation selon l'activité ne peut dépasser la moitié de l'écart entre l'objectif et le réalisé, et ne vise pas les EHPAD, dont les forfaits ont leurs propres règles. Une clause qui va au-delà serait privée d'effet.",
    remede: "ramenez la part à 50 % au plus ; retirez l'EHPAD de la clause.",
    references: &[&R314_43_2, &DECRET_2018_519],
    limites: &[Limite {
        nom: "part",
        valeur: Seuil::DuDroit("part_de_l_ecart"),
        unite: "%",
        libelle: "part de l'écart entre l'objectif et l'activité (R. 314-43-2 du CASF, décret n° 2018-519 du 27 juin 2018)",
    }],
    sur_demande: false,
    vigueur: Vigueur::DeLaValeur("part_de_l_ecart"),
    derogeable: false,
    lit: &["/moyens/modulation", "/perimetre/etablissements/*/categorie", "/perimetre/etablissements/*/nom"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(modulation) = contexte.moyens().and_then(|m| m.modulation.valeur()) else { return };
    let maximum = findings.limite("part").unwrap_or(50.0);
    if let Some(part) = modulation.part_ecart.valeur().filter(|p| p.milliemes() as f64 > maximum * 1000.0) {
        findings.signaler(
            "/moyens/modulation/part_ecart",
            format!("La modulation retient {part} de l'écart ; le maximum est de {}.", pourcent(maximum)),
        );
    }
    for (rang, id) in modulation.etablissements.elements().iter().enumerate() {
        let Some(etablissement) = contexte.etablissement(id.as_str()) else { continue };
        if etablissement.valeur.est_un_ehpad() {
            findings.signaler(
                format!("/moyens/modulation/etablissements/{rang}"),
                format!("La modulation vise « {} », qui est un EHPAD.", nom(etablissement.valeur)),
            );
        }
    }
}
