//! OBJ-012: an objective and its means are borne by an authority that is competent for an establishment of it.

use crate::contrat::objectifs::{Objectif, Portee};
use crate::formats::enumerer;
use crate::regles::competence::Partage;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, L313_3};
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "OBJ-012",
    famille: Famille::Objectifs,
    severite: Severite::Alerte,
    titre: "L'autorité d'un objectif, ou de ses moyens, est compétente pour un établissement qu'il vise",
    pourquoi: "Un objectif pour une maison d'accueil spécialisée porté par le département, une fiche de foyer financée par l'agence : l'autorité nommée ne peut ni décider ni payer. La règle lit les autorités de l'objectif et de ses financements, et les établissements qu'il vise ; elle se tait quand l'objectif est transversal ou d'un territoire, quand il ne vise aucun établissement, et pour une autorité d'une autre sorte.",
    remede: "corrigez l'autorité ou les établissements de l'objectif ; si ce portage est voulu, écartez la règle par une dérogation.",
    references: &[&COHERENCE, &L313_3],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/objectifs",
        "/fiches_actions/*/objectif",
        "/fiches_actions/*/numero",
        "/fiches_actions/*/moyens",
        "/perimetre/etablissements",
        "/parties/autorites",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let numeros = contexte.numeros();
    let inclus: Vec<_> = contexte.inclus().map(|e| e.valeur).collect();
    let partage = Partage::du(contexte.contrat);
    // One remark for an authority, with what it bears and what it pays.
    let mut sans: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    let d_ensemble = |o: &Objectif| matches!(o.portee.valeur(), Some(Portee::Transversal | Portee::Territoire));
    for objectif in contexte.objectifs().filter(|o| !d_ensemble(o.valeur)) {
        let vises: Vec<&str> = inclus.iter().filter(|e| objectif.valeur.vise(e)).map(|e| e.id.as_str()).collect();
        // One establishment of which nothing is known is enough to say nothing.
        let incompetente =
            |id: &str| !vises.is_empty() && vises.iter().all(|vise| partage.competent(id, vise) == Some(false));
        for (rang, id) in objectif.valeur.autorites.elements().iter().enumerate() {
            if incompetente(id.as_str()) {
                let quoi = format!("l'objectif « {} »", titre(objectif.valeur));
                sans.entry(id.as_str()).or_default().push((objectif.pointeur(&format!("autorites/{rang}")), quoi));
            }
        }
        for fiche in contexte.fiches_de(objectif.valeur.id.as_str()) {
            let numero = numeros.get(fiche.rang).copied().unwrap_or_default();
            let financements = fiche.valeur.moyens.valeur().map_or(&[][..], |m| m.financements.elements());
            for (rang, financement) in financements.iter().enumerate() {
                let Some(id) = financement.autorite.valeur().filter(|id| incompetente(id.as_str())) else { continue };
                let ici = fiche.pointeur(&format!("moyens/financements/{rang}/autorite"));
                sans.entry(id.as_str()).or_default().push((ici, format!("un financement de la fiche {numero}")));
            }
        }
    }
    for (id, endroits) in sans {
        let quoi: Vec<String> = endroits.iter().map(|(_, quoi)| quoi.clone()).collect();
        let pointeur = endroits.into_iter().map(|(pointeur, _)| pointeur).next().unwrap_or_default();
        findings.signaler(
            pointeur,
            format!(
                "L'autorité « {} » n'est compétente pour aucun établissement que vise{} {}.",
                contexte.partie(id),
                if quoi.len() > 1 { "nt" } else { "" },
                enumerer(&quoi)
            ),
        );
    }
}

fn titre(objectif: &Objectif) -> &str {
    objectif.titre.valeur().map_or(objectif.id.as_str(), |t| t.as_str())
}
