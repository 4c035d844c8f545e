//! DIA-013: quartiles in their order, and a value at their scale.

use crate::formats::{enumerer, nombre};
use crate::regles::context::{Context, valeur};
use crate::regles::echelle::{Compte, glissement};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DIA-013",
    famille: Famille::Diagnostic,
    severite: Severite::Alerte,
    titre: "Les quartiles sont dans l'ordre, et la valeur est à leur échelle",
    pourquoi: "Le premier quartile ne dépasse pas la médiane, ni la médiane le troisième : sinon la comparaison ne veut rien dire. Est signalée aussi une valeur, ou un quartile, très loin des autres : au-delà de plusieurs fois l'écart entre les quartiles (la lecture de Tukey en retient trois pour une valeur « très éloignée »), ou moins du quart du premier quartile. Le nombre est un paramètre.",
    remede: "vérifiez les quatre nombres dans la restitution du tableau de bord ; si la valeur est juste, écartez la règle par une dérogation.",
    references: &[&COHERENCE],
    limites: &[Limite {
        nom: "fois",
        valeur: Seuil::Fixe(3.0),
        unite: "fois",
        libelle: "écart entre les quartiles au-delà duquel une valeur est très éloignée (lecture de Tukey) ; paramètre de cpom",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/diagnostic/indicateurs"],
    consequences: &["DIA-009"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(diagnostic) = contexte.contrat.diagnostic.valeur() else { return };
    for (rang, indicateur) in diagnostic.indicateurs.elements().iter().enumerate() {
        let Some(reference) = indicateur.reference.valeur() else { continue };
        let connus = [("q1", &reference.q1), ("mediane", &reference.mediane), ("q3", &reference.q3)];
        let connus: Vec<(&str, f64)> = connus.iter().filter_map(|(cle, v)| Some((*cle, valeur(v)?))).collect();
        let quoi = &indicateur.libelle;
        let liste = || enumerer(&connus.iter().map(|(_, v)| nombre(*v)).collect::<Vec<_>>());
        if let Some(deux) = connus.windows(2).find(|deux| deux[0].1 > deux[1].1) {
            findings.signaler(
                format!("/diagnostic/indicateurs/{rang}/reference/{}", deux[1].0),
                format!("Les quartiles de « {quoi} » ne sont pas dans l'ordre : {}.", liste()),
            );
            continue;
        }
        let [(_, q1), .., (_, q3)] = connus[..] else { continue };
        let fois = findings.limite("fois").unwrap_or(f64::INFINITY);
        if let [_, (_, mediane), _] = connus[..]
            && let Some(cle) = hors_des_autres(q1, mediane, q3, fois)
        {
            findings.signaler(
                format!("/diagnostic/indicateurs/{rang}/reference/{cle}"),
                format!("Un quartile de « {quoi} » est loin des deux autres : {}.", liste()),
            );
            continue;
        }
        let Some(observee) = indicateur.valeur.valeur().and_then(|m| m.nombre()) else { continue };
        let (bas, haut) = ((q1 - fois * (q3 - q1)).max(q1 / PLANCHER), q3 + fois * (q3 - q1));
        if q3 > q1 && q1 > 0.0 && (observee < bas || observee > haut) {
            findings.signaler(
                format!("/diagnostic/indicateurs/{rang}/valeur"),
                format!(
                    "« {quoi} » vaut {} quand les quartiles sont {}{}.",
                    nombre(observee),
                    liste(),
                    glissement(observee, q1, q3, Compte::Unites)
                ),
            );
        }
    }
}

/// How many times smaller than the first quartile a value is too small.
const PLANCHER: f64 = 4.0;

/// The outer quartile that is much further from the median than the other.
fn hors_des_autres(q1: f64, mediane: f64, q3: f64, fois: f64) -> Option<&'static str> {
    let (bas, haut) = (mediane - q1, q3 - mediane);
    let loin = |ecart: f64, autre: f64| autre > 0.0 && ecart > autre * fois * 2.0;
    if loin(haut, bas) && q3 > mediane * fois {
        return Some("q3");
    }
    (q1 > 0.0 && mediane > q1 * fois * 2.0).then_some("q1")
}
