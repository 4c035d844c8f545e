//! BUD-023: an authority pays for what it is competent for.

use super::fiches::globalisee;
use crate::regles::competence::Partage;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, L313_3, L314_1};
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "BUD-023",
    famille: Famille::Moyens,
    severite: Severite::Alerte,
    titre: "Une autorité ne finance que les établissements pour lesquels elle est compétente",
    pourquoi: "Une maison d'accueil spécialisée payée par un département, un foyer du Pas-de-Calais payé par le Nord : le financeur ou l'établissement est mal saisi. La loi dit qui autorise et qui fixe le tarif ; cpom en déduit qui finance. Sont lus les budgets, les parts des dotations (celles d'une dotation globalisée commune sont l'affaire de BUD-018), les crédits non reconductibles, les versements, les mesures de rebasage et les « dont ». Le remboursement par un département à un autre n'est pas un financement du contrat. Une autorité qui n'est compétente pour aucun établissement est l'affaire de PAR-002. La règle se tait pour une autorité qui n'est ni agence, ni département, ni métropole, et tant que la compétence ou le département n'est pas dit.",
    remede: "corrigez l'autorité, l'établissement ou sa compétence ; si ce financement est voulu, écartez la règle par une dérogation.",
    references: &[&COHERENCE, &L313_3, &L314_1],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/moyens/budgets",
        "/moyens/dotations",
        "/moyens/cnr",
        "/moyens/fir",
        "/moyens/versements",
        "/moyens/rebasage",
        "/moyens/par_gestionnaire",
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/competence",
        "/perimetre/etablissements/*/departement",
        "/perimetre/etablissements/*/nom",
        "/parties/autorites",
    ],
    consequences: &["PAR-001", "PAR-002"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(moyens) = contexte.moyens() else { return };
    let mut lus: Vec<(String, &str, &str)> = Vec::new();
    for budget in contexte.budgets() {
        let financeur = budget.valeur.financeur.valeur().map(|f| f.as_str());
        lus.extend(financeur.map(|f| (budget.pointeur("financeur"), f, budget.valeur.etablissement.as_str())));
    }
    // The shares of a common grant are BUD-018's business.
    for dotation in contexte.dotations().filter(|d| !globalisee(moyens, d.valeur)) {
        for (n, part) in dotation.valeur.repartition.elements().iter().enumerate() {
            let ici = dotation.pointeur(&format!("repartition/{n}/etablissement"));
            lus.push((ici, dotation.valeur.autorite.as_str(), part.etablissement.as_str()));
        }
    }
    // Credits of the agency's own fund may go to any establishment.
    for (rang, credit) in moyens.cnr.elements().iter().enumerate() {
        let Some(autorite) = credit.autorite.valeur() else { continue };
        for id in credit.etablissement.valeur().into_iter().chain(credit.etablissements.elements()) {
            lus.push((format!("/moyens/cnr/{rang}/autorite"), autorite.as_str(), id.as_str()));
        }
    }
    for (rang, versement) in moyens.versements.elements().iter().enumerate() {
        for (n, id) in versement.etablissements.elements().iter().enumerate() {
            let ici = format!("/moyens/versements/{rang}/etablissements/{n}");
            lus.push((ici, versement.autorite.as_str(), id.as_str()));
        }
    }
    for regle in moyens.rebasages() {
        for (n, mesure) in regle.valeur.mesures.elements().iter().enumerate() {
            let Some((autorite, id)) = mesure.autorite.valeur().zip(mesure.etablissement.valeur()) else { continue };
            lus.push((format!("{}/mesures/{n}/autorite", regle.pointeur), autorite.as_str(), id.as_str()));
        }
    }
    for etablissement in contexte.inclus() {
        for (rang, capacite) in etablissement.valeur.capacites.elements().iter().enumerate() {
            for (n, dont) in capacite.dont.elements().iter().enumerate() {
                let Some(financeur) = dont.financeur.valeur() else { continue };
                let ici = etablissement.pointeur(&format!("capacites/{rang}/dont/{n}/financeur"));
                lus.push((ici, financeur.as_str(), etablissement.valeur.id.as_str()));
            }
        }
    }
    // One remark for a pair, however many times the contract says it.
    let partage = Partage::du(contexte.contrat);
    let mut paires: BTreeMap<(&str, &str), (String, usize)> = BTreeMap::new();
    for (pointeur, autorite, id) in lus {
        paires.entry((autorite, id)).or_insert((pointeur, 0)).1 += 1;
    }
    for ((autorite, id), (pointeur, fois)) in paires {
        if partage.competent(autorite, id) == Some(false) {
            let endroits = if fois > 1 { format!(" ({fois} endroits)") } else { String::new() };
            let etablissement = contexte.nom_de(id);
            findings.signaler(
                pointeur,
                format!(
                    "L'autorité « {} » finance « {etablissement} », pour lequel elle n'est pas compétente{endroits}.",
                    contexte.partie(autorite)
                ),
            );
        }
    }
}
