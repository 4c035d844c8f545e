//! ACT-010: a figure of activity that does not go with the others.

use super::designation::designer;
use crate::contrat::activite::{Activite, UniteActivite};
use crate::formats::nombre;
use crate::regles::cibles::{fins, ruptures};
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::suites::{demesuree, isolee};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "ACT-010",
    famille: Famille::Activite,
    severite: Severite::Alerte,
    titre: "Un chiffre d'activité est à l'échelle des autres années",
    pourquoi: "84 780 journées après 8 364 : un zéro de trop fausse la moyenne, le taux et la modulation. Est signalée une année, réalisée ou visée, seule hors de la suite de ses voisines quand celles-ci s'accordent, une première ou une dernière valeur plusieurs fois plus grande ou plus petite, une cible en journées au-delà de l'activité théorique, et une activité théorique cinq fois plus grande que l'activité retenue. Un établissement à ouvrir n'est pas jugé. L'écart et le dépassement admis sont des paramètres. Une capacité qui change explique une dernière cible au-delà du théorique.",
    remede: "vérifiez le chiffre ; s'il est juste, écartez la règle par une dérogation.",
    references: &[&COHERENCE],
    limites: &[
        Limite {
            nom: "ecart",
            valeur: Seuil::Fixe(8.0),
            unite: "%",
            libelle: "écart d'une année seule avec ses voisines ; paramètre de cpom",
        },
        Limite {
            nom: "depassement",
            valeur: Seuil::Fixe(10.0),
            unite: "%",
            libelle: "dépassement admis de l'activité théorique ; paramètre de cpom",
        },
    ],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/activite",
        "/perimetre/etablissements/*/nom",
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/jours_ouverture",
        "/perimetre/etablissements/*/ouverture_prevue",
    ],
    consequences: &["ACT-003", "DIA-008"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for activite in contexte.activites() {
        let a = activite.valeur;
        // Years that break are ACT-009's business.
        if !ruptures(a.cibles.elements(), a.retenue.valeur().map(|q| q.0)).is_empty() {
            continue;
        }
        // The figures of an establishment that opens are not those of its cruise.
        let suite = if a_ouvrir(contexte, a) { Vec::new() } else { suite(a) };
        let valeurs: Vec<f64> = suite.iter().map(|(_, _, v)| *v).collect();
        let ecart = findings.limite("ecart").unwrap_or_default() / 100.0;
        if let Some(rang) = isolee(&valeurs, ecart).or_else(|| demesuree(&valeurs, ecart)) {
            let (cle, quoi, valeur) = &suite[rang];
            let voisine = &suite[if rang == 0 { 1 } else { rang - 1 }];
            findings.signaler(
                activite.pointeur(cle),
                format!(
                    "L'activité de {} : {quoi} est de {}, et {} de {}.",
                    designer(contexte, a),
                    nombre(*valeur),
                    voisine.1,
                    nombre(voisine.2)
                ),
            );
            continue;
        }
        let depassement = 1.0 + findings.limite("depassement").unwrap_or_default() / 100.0;
        let Some(theorique) = a.theorique_calculee(contexte.contrat).filter(|t| *t > 0.0) else { continue };
        if let Some(retenue) = a.retenue.valeur().map(|q| q.0).filter(|r| *r > 0.0 && theorique > r * DEMESURE) {
            findings.signaler(
                activite.pointeur("theorique"),
                format!(
                    "L'activité théorique de {} est de {}, pour une activité retenue de {}.",
                    designer(contexte, a),
                    nombre(theorique),
                    nombre(retenue)
                ),
            );
            continue;
        }
        // What is counted otherwise than in days has a theoretical figure of its own, which a project may change.
        let en_jours = matches!(a.unite.valeur(), Some(UniteActivite::Journees | UniteActivite::DemiJournees));
        if !en_jours || change(contexte, a) {
            continue;
        }
        if let Some((cle, quoi, valeur)) = suite.iter().find(|(_, _, v)| *v > theorique * depassement) {
            findings.signaler(
                activite.pointeur(cle),
                format!(
                    "L'activité de {} : {quoi} est de {}, au-delà de l'activité théorique ({}).",
                    designer(contexte, a),
                    nombre(*valeur),
                    nombre(theorique)
                ),
            );
        }
    }
}

/// The figures of a line in the order of the years: their key, their name, their value.
fn suite(a: &Activite) -> Vec<(String, String, f64)> {
    let realise = a.annees_realisees().into_iter();
    let realise = realise.filter_map(|(annee, v)| Some((format!("realise/{annee}"), format!("l'année {annee}"), v?)));
    let retenue = a.retenue.valeur().map(|q| ("retenue".to_string(), "l'activité retenue".to_string(), q.0));
    let cibles = a.cibles.elements();
    let cibles = fins(cibles)
        .into_iter()
        .map(|(rang, v)| (format!("cibles/{rang}/fin"), format!("la cible {}", cibles[rang].annee), v));
    realise.chain(retenue).chain(cibles).collect()
}

/// How many times the retained activity a theoretical one is out of scale.
const DEMESURE: f64 = 5.0;

/// Whether the establishment is still to open.
fn a_ouvrir(contexte: &Context<'_>, a: &Activite) -> bool {
    contexte.etablissement(a.etablissement.as_str()).is_some_and(|e| e.valeur.a_ouvrir())
}

/// Whether the capacity of the establishment changes during the contract.
fn change(contexte: &Context<'_>, a: &Activite) -> bool {
    contexte
        .etablissement(a.etablissement.as_str())
        .is_none_or(|e| e.valeur.capacites.elements().iter().any(|c| !c.evolutions.elements().is_empty()))
}
