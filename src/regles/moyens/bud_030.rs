//! BUD-030: rates at the scale of what they measure.

use crate::contrat::identifiants::Pourcentage;
use crate::contrat::moyens::Taux;
use crate::formats::pourcent;
use crate::regles::context::{Context, valeur};
use crate::regles::echelle::{Compte, glissement};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-030",
    famille: Famille::Moyens,
    severite: Severite::Alerte,
    titre: "Les taux sont à l'échelle de ce qu'ils mesurent",
    pourquoi: "Une évolution de 70 % au lieu de 0,7, un objectif d'activité de 9 % au lieu de 94 : la virgule est tombée. Les bornes sont larges et paramétrées ; aucun texte ne les fixe. Sont lus l'évolution des dotations, le GVT, la réallocation, l'objectif de la modulation, les taux d'activité minimaux et déclarés.",
    remede: "vérifiez le taux ; s'il est juste, écartez la règle par une dérogation.",
    references: &[&COHERENCE],
    limites: &[
        Limite {
            nom: "evolution",
            valeur: Seuil::Fixe(5.0),
            unite: "%",
            libelle: "évolution annuelle d'une dotation, en plus ou en moins ; paramètre de cpom",
        },
        Limite {
            nom: "gvt",
            valeur: Seuil::Fixe(4.0),
            unite: "%",
            libelle: "glissement vieillesse technicité d'une année ; paramètre de cpom",
        },
        Limite {
            nom: "reallocation",
            valeur: Seuil::Fixe(5.0),
            unite: "%",
            libelle: "part réallouée, quand le modèle n'en fixe pas ; paramètre de cpom",
        },
        Limite {
            nom: "activite_minimum",
            valeur: Seuil::Fixe(50.0),
            unite: "%",
            libelle: "objectif ou taux minimal d'activité le plus bas ; paramètre de cpom",
        },
        Limite {
            nom: "activite_maximum",
            valeur: Seuil::Fixe(120.0),
            unite: "%",
            libelle: "taux d'activité le plus haut ; paramètre de cpom",
        },
    ],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/moyens/evolution",
        "/moyens/reallocation",
        "/moyens/modulation",
        "/diagnostic/gvt",
        "/activite",
        "/perimetre/etablissements/*/nom",
        "/parties/autorites",
    ],
    consequences: &["BUD-008", "BUD-027", "ACT-002", "DIA-016"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let moyens = contexte.moyens();
    let evolution = findings.limite("evolution").unwrap_or(f64::INFINITY);
    for (rang, ligne) in moyens.map_or(&[][..], |m| m.evolution.elements()).iter().enumerate() {
        if let Taux::Fixe(taux) = ligne.taux {
            let qui = format!("L'évolution {} de « {} »", ligne.annee, contexte.partie(ligne.autorite.as_str()));
            borner(&qui, taux, -evolution, evolution, format!("/moyens/evolution/{rang}/taux"), findings);
        }
    }
    let gvt = findings.limite("gvt").unwrap_or(f64::INFINITY);
    for (rang, ligne) in contexte.contrat.diagnostic.valeur().map_or(&[][..], |d| d.gvt.elements()).iter().enumerate() {
        if let Some(taux) = valeur(&ligne.taux) {
            borner(
                &format!("Le GVT {}", ligne.annee),
                taux,
                -gvt,
                gvt,
                format!("/diagnostic/gvt/{rang}/taux"),
                findings,
            );
        }
    }
    let reallocation = moyens.and_then(|m| m.reallocation.valeur()).and_then(|r| valeur(&r.taux));
    if let Some(taux) = reallocation {
        let plafond = contexte.parametre("reallocation").or_else(|| findings.limite("reallocation"));
        let plafond = plafond.unwrap_or(f64::INFINITY);
        borner("La réallocation", taux, 0.0, plafond, "/moyens/reallocation/taux".into(), findings);
    }
    let (bas, haut) = (
        findings.limite("activite_minimum").unwrap_or(0.0),
        findings.limite("activite_maximum").unwrap_or(f64::INFINITY),
    );
    if let Some(taux) = moyens.and_then(|m| m.modulation.valeur()).and_then(|m| valeur(&m.objectif)) {
        borner(
            "L'objectif d'activité de la modulation",
            taux,
            bas,
            haut,
            "/moyens/modulation/objectif".into(),
            findings,
        );
    }
    for activite in contexte.activites() {
        let taux = [
            ("taux_min", "minimal", &activite.valeur.taux_min),
            ("taux_declare", "déclaré", &activite.valeur.taux_declare),
        ];
        for (cle, quoi, taux) in taux {
            let Some(taux) = valeur(taux) else { continue };
            let id = activite.valeur.etablissement.as_str();
            let nom = contexte.nom_de(id);
            let sujet = format!("Le taux d'activité {quoi} de « {nom} »");
            // A service that opens, or that closes, may well have half of its activity.
            let bas = if cle == "taux_min" { bas } else { 0.0 };
            borner(&sujet, taux, bas, haut, activite.pointeur(cle), findings);
        }
    }
}

fn borner(sujet: &str, taux: Pourcentage, bas: f64, haut: f64, pointeur: String, findings: &mut Findings<'_>) {
    let lu = taux.milliemes() as f64 / 1000.0;
    if (bas..=haut).contains(&lu) {
        return;
    }
    let borne = if lu < bas { format!("moins de {}", pourcent(bas)) } else { format!("plus de {}", pourcent(haut)) };
    findings
        .signaler(pointeur, format!("{sujet} est de {taux}, {borne}{}.", glissement(lu, bas, haut, Compte::Unites)));
}
