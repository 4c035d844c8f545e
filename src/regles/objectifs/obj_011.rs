//! OBJ-011: both authorities agree on the transformation of a co-financed establishment.

use crate::contrat::perimetre::Competence;
use crate::formats::enumerer;
use crate::regles::competence::Competente;
use crate::regles::context::{Context, nom, nom_autorite};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, L313_1_1};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "OBJ-011",
    famille: Famille::Objectifs,
    severite: Severite::Bloquante,
    titre: "Les deux autorités s'accordent sur la transformation d'un établissement cofinancé",
    pourquoi: "Un établissement de compétence conjointe ne se transforme qu'avec l'accord de l'ARS et du département : l'inscrire au contrat malgré un désaccord ferait croire à une autorisation. La règle vise le désaccord déclaré d'une autorité compétente ; elle se tait tant que l'accord n'est pas renseigné.",
    remede: "retirez le projet, ou obtenez l'accord de l'autorité.",
    references: &[&L313_1_1, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/projets_transformation",
        "/perimetre/etablissements/*/competence",
        "/perimetre/etablissements/*/departement",
        "/perimetre/etablissements/*/nom",
        "/parties/autorites/*/type",
        "/parties/autorites/*/region",
        "/parties/autorites/*/departement",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(perimetre) = contexte.contrat.perimetre.valeur() else { return };
    for (rang, projet) in perimetre.projets_transformation.elements().iter().enumerate() {
        let conjoints: Vec<_> = projet
            .etablissements
            .elements()
            .iter()
            .filter_map(|id| contexte.etablissement(id.as_str()))
            .filter(|e| e.valeur.competence.valeur() == Some(&Competence::Conjointe))
            .collect();
        for (k, accord) in projet.accord_autorites.elements().iter().enumerate().filter(|(_, a)| !a.accord) {
            let Some(autorite) = contexte.autorite(accord.autorite.as_str()) else { continue };
            let concernes: Vec<String> = conjoints
                .iter()
                .filter(|e| Competente::pour(e.valeur).iter().any(|c| c.est(autorite.valeur)))
                .map(|e| format!("« {} »", nom(e.valeur)))
                .collect();
            if !concernes.is_empty() {
                findings.signaler(
                    format!("/perimetre/projets_transformation/{rang}/accord_autorites/{k}/accord"),
                    format!(
                        "« {} » n'est pas d'accord sur la transformation de {}.",
                        nom_autorite(autorite.valeur),
                        enumerer(&concernes)
                    ),
                );
            }
        }
    }
}
