//! ACT-004: the target of temporary accommodation.

use super::designation::designer;
use crate::contrat::perimetre::Modalite;
use crate::formats::pourcent;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::PACA;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "ACT-004",
    famille: Famille::Activite,
    severite: Severite::Alerte,
    titre: "L'hébergement temporaire vise le taux que le modèle demande",
    pourquoi: "Un hébergement temporaire sous-occupé n'assure pas le répit des aidants ; le modèle en fixe le taux d'activité. Sont comparées la dernière cible, rapportée à l'activité théorique, et le taux minimal quand il est donné. Sans réglage du modèle, la règle se tait.",
    remede: "relevez la cible, ou écartez la règle par une dérogation motivée.",
    references: &[&PACA],
    limites: &[Limite {
        nom: "taux",
        valeur: Seuil::DuModele,
        unite: "%",
        libelle: "taux d'activité de l'hébergement temporaire, fixé par le modèle (90 % en Provence-Alpes-Côte d'Azur, article 2)",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/activite",
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/jours_ouverture",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(taux_min) = findings.limite("taux") else { return };
    for activite in contexte.activites() {
        let a = activite.valeur;
        if a.modalite.valeur() != Some(&Modalite::HebergementTemporaire) {
            continue;
        }
        let derniere = a.cibles.elements().iter().enumerate().max_by_key(|(_, c)| c.annee);
        let theorique = a.theorique_calculee(contexte.contrat).filter(|t| *t > 0.0);
        let visee = derniere.and_then(|(rang, c)| Some((rang, c.annee, c.fin.nombre()? / theorique? * 100.0)));
        if let Some((rang, annee, taux)) = visee.filter(|(.., taux)| *taux < taux_min - 0.05) {
            let message = format!(
                "La cible {annee} de {} représente {} de l'activité théorique ; le modèle demande {}.",
                designer(contexte, a),
                pourcent((taux * 10.0).round() / 10.0),
                pourcent(taux_min)
            );
            findings.signaler(activite.pointeur(&format!("cibles/{rang}/fin")), message);
        }
        if let Some(declare) = a.taux_min.valeur().filter(|t| (t.milliemes() as f64) < taux_min * 1000.0) {
            let message = format!(
                "Le taux minimal de {} est de {declare} ; le modèle demande {}.",
                designer(contexte, a),
                pourcent(taux_min)
            );
            findings.signaler(activite.pointeur("taux_min"), message);
        }
    }
}
