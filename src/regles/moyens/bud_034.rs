//! BUD-034: own resources of a fiche and the operations that they pay.

use super::fiches::avec_moyens;
use crate::contrat::identifiants::Montant;
use crate::contrat::objectifs::SourceFinancement;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "BUD-034",
    famille: Famille::Moyens,
    severite: Severite::Alerte,
    titre: "Les ressources propres d'une fiche sont à l'échelle des opérations qu'elles paient",
    pourquoi: "Une fiche de travaux annonce ses réserves et son emprunt, le plan d'investissement le coût des mêmes travaux : l'un ne peut dépasser l'autre, ni n'en être qu'une miette. Sont comparés, année par année, les financements par réserves, emprunt ou autre ressource de la fiche et les opérations des établissements que son objectif vise. La règle se tait pour une année sans opération, et pour une fiche qui n'emprunte pas et ne finance que de petites dépenses.",
    remede: "reprenez le même montant des deux côtés, ou corrigez l'année.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/fiches_actions/*/objectif",
        "/fiches_actions/*/numero",
        "/fiches_actions/*/moyens",
        "/objectifs",
        "/moyens/investissements",
        "/perimetre/etablissements",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let operations = contexte.moyens().map_or(&[][..], |m| m.investissements.elements());
    if operations.is_empty() {
        return;
    }
    let mut couts: BTreeMap<(u16, &str), Montant> = BTreeMap::new();
    for operation in operations {
        let lue =
            (|| Some((valeur(&operation.annee)?, operation.etablissement.valeur()?, valeur(&operation.montant)?)))();
        let Some((annee, etablissement, montant)) = lue else { continue };
        *couts.entry((annee.valeur(), etablissement.as_str())).or_default() += montant;
    }
    for (numero, fiche, moyens) in avec_moyens(contexte) {
        let Some(objectif) = contexte.objectif(fiche.valeur.objectif.as_str()) else { continue };
        let vises = objectif.valeur.etablissements.elements();
        let mut propres: BTreeMap<u16, (usize, Montant)> = BTreeMap::new();
        for (rang, financement) in moyens.financements.elements().iter().enumerate() {
            let Some((annee, montant)) = valeur(&financement.annee).zip(valeur(&financement.montant)) else { continue };
            if matches!(
                financement.source,
                SourceFinancement::Reserves | SourceFinancement::Emprunt | SourceFinancement::Autre
            ) {
                propres.entry(annee.valeur()).or_insert((rang, Montant::default())).1 += montant;
            }
        }
        for (annee, (rang, montant)) in propres {
            let cout: Montant = vises.iter().filter_map(|id| couts.get(&(annee, id.as_str()))).copied().sum();
            let miette = montant.centimes().saturating_mul(MIETTE) < cout.centimes();
            if cout.centimes() > 0 && (montant > cout || miette) {
                findings.signaler(
                    fiche.pointeur(&format!("moyens/financements/{rang}/montant")),
                    format!("La fiche {numero} paie {montant} de ses ressources propres en {annee} ; les opérations de l'année coûtent {cout}."),
                );
            }
        }
    }
}

/// An operation of which the fiche pays less than a fifth is another one.
const MIETTE: i64 = 5;
