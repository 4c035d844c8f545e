//! BUD-018: a common grant stays within one legal person, authority and financing.

use crate::contrat::ContratPar;

use super::fiches::globalisee;
use crate::formats::enumerer;
use crate::regles::competence::Competente;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::R314_43_1;
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "BUD-018",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Une dotation globalisée commune ne réunit qu'une personne morale et qu'une autorité",
    pourquoi: "La dotation globalisée commune ne se partage qu'entre les établissements d'une même personne morale, d'une même autorité et d'un même financement. La règle vise les dotations réparties quand un bénéficiaire de la dotation est désigné, ou quand l'autorité la verse globalement ; elle ne s'applique pas aux contrats imprimés par gestionnaire.",
    remede: "séparez la dotation par gestionnaire, ou retirez l'établissement que l'autorité ne finance pas.",
    references: &[&R314_43_1],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&R314_43_1, DateChoisie::Signature),
    derogeable: true,
    lit: &[
        "/moyens/dotations",
        "/moyens/beneficiaire_dgc",
        "/moyens/versements",
        "/contrat_par",
        "/parties/autorites",
        "/perimetre/etablissements/*/gestionnaire",
        "/perimetre/etablissements/*/competence",
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/departement",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(moyens) = contexte.moyens() else { return };
    if contexte.contrat.contrat_par.valeur() == Some(&ContratPar::Gestionnaire) {
        return;
    }
    for dotation in contexte.dotations() {
        let d = dotation.valeur;
        if !globalisee(moyens, d) {
            continue;
        }
        let mut gestionnaires: BTreeSet<&str> = BTreeSet::new();
        for (rang, part) in d.repartition.elements().iter().enumerate() {
            let Some(etablissement) = contexte.etablissement(part.etablissement.as_str()) else { continue };
            gestionnaires.extend(etablissement.valeur.gestionnaire.valeur().map(|id| id.as_str()));
            let competentes = Competente::pour(etablissement.valeur);
            let Some(autorite) = contexte.autorite(d.autorite.as_str()).filter(|_| !competentes.is_empty()) else {
                continue;
            };
            if !competentes.iter().any(|c| c.est(autorite.valeur) || c.indecise(autorite.valeur)) {
                findings.signaler(
                    dotation.pointeur(&format!("repartition/{rang}")),
                    format!(
                        "« {} » ne tarife pas « {} », qui a une part de sa dotation {}.",
                        contexte.partie(d.autorite.as_str()),
                        nom(etablissement.valeur),
                        d.annee
                    ),
                );
            }
        }
        if gestionnaires.len() > 1 {
            let noms: Vec<String> = gestionnaires.iter().map(|id| format!("« {} »", contexte.partie(id))).collect();
            findings.signaler(
                dotation.pointeur("repartition"),
                format!(
                    "La dotation {} de « {} » est commune à plusieurs personnes morales : {}.",
                    d.annee,
                    contexte.partie(d.autorite.as_str()),
                    enumerer(&noms)
                ),
            );
        }
    }
}
