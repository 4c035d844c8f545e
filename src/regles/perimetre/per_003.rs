//! PER-003: installed places do not exceed authorised ones.

use crate::formats::compte;
use crate::regles::context::{Context, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-003",
    famille: Famille::Perimetre,
    severite: Severite::Alerte,
    titre: "Les places installées ne dépassent pas les places autorisées",
    pourquoi: "Accueillir au-delà de l'autorisation expose le gestionnaire et fausse le financement. Une dérogation existe parfois en attente d'un arrêté : la règle alerte.",
    remede: "corrigez la capacité installée, ou faites modifier l'autorisation.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/perimetre/etablissements/*/capacites", "/perimetre/etablissements/*/nom"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for etablissement in contexte.etablissements() {
        for (rang, capacite) in etablissement.valeur.capacites.elements().iter().enumerate() {
            let (Some(autorisee), Some(installee)) = (valeur(&capacite.autorisee), valeur(&capacite.installee)) else {
                continue;
            };
            if installee > autorisee {
                findings.signaler(
                    etablissement.pointeur(&format!("capacites/{rang}/installee")),
                    format!(
                        "« {} » installe {} pour {} autorisées dans une modalité.",
                        nom(etablissement.valeur),
                        compte(installee.0 as usize, "place"),
                        autorisee.0
                    ),
                );
            }
        }
    }
}
