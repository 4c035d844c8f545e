//! IND-007: an indicator says its unit, its source and its frequency.

use super::lecture::{en_pourcent, tous};
use crate::formats::enumerer;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::{ANAP, BRETAGNE};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "IND-007",
    famille: Famille::Indicateurs,
    severite: Severite::Alerte,
    titre: "Chaque indicateur a une unité, une source et une fréquence",
    pourquoi: "Sans source ni fréquence, l'indicateur ne sera pas renseigné ; sans unité, il ne se lit pas. Un indicateur en mots n'a pas d'unité. Un modèle peut exiger le numérateur et le dénominateur d'un taux : leur absence est alors bloquante.",
    remede: "complétez l'unité, la source et la fréquence ; pour un taux, le numérateur et le dénominateur.",
    references: &[&ANAP, &BRETAGNE],
    limites: &[Limite {
        nom: "taux_detailles",
        valeur: Seuil::DuModele,
        unite: "",
        libelle: "1 quand le modèle exige le numérateur et le dénominateur de chaque taux (modèle Bretagne)",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/fiches_actions"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let taux_detailles = findings.limite("taux_detailles").is_some_and(|n| n > 0.0);
    for place in tous(contexte) {
        let i = place.indicateur;
        let en_mots = i.valeur_initiale.valeur().is_some_and(|v| v.valeur.nombre().is_none())
            || i.cibles.elements().first().is_some_and(|c| c.fin.nombre().is_none());
        let manques: Vec<(&str, &str)> = [
            (i.unite.est_absent() && !en_mots, ("d'unité", "l'unité")),
            (i.source.est_absent(), ("de source", "la source")),
            (i.frequence.est_absent(), ("de fréquence", "la fréquence")),
        ]
        .into_iter()
        .filter_map(|(manque, quoi)| manque.then_some(quoi))
        .collect();
        let (nom, numero) = (place.nom(), place.numero);
        if !manques.is_empty() {
            let sans: Vec<&str> = manques.iter().map(|(sans, _)| *sans).collect();
            let a_donner: Vec<String> = manques.iter().map(|(_, quoi)| (*quoi).to_owned()).collect();
            findings
                .signaler(
                    place.pointeur(""),
                    format!("L'indicateur « {nom} » (fiche {numero}) n'a pas {}.", sans.join(", ni ")),
                )
                .remede(format!("donnez {}.", enumerer(&a_donner)));
        }
        if taux_detailles && en_pourcent(i) && (i.numerateur.est_absent() || i.denominateur.est_absent()) {
            findings
                .signaler(
                    place.pointeur(""),
                    format!("Le taux « {nom} » (fiche {numero}) ne dit pas son numérateur et son dénominateur."),
                )
                .severite(Severite::Bloquante);
        }
    }
}
