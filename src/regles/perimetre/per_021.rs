//! PER-021: two establishments of one name.

use crate::formats::mots::plat;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "PER-021",
    famille: Famille::Perimetre,
    severite: Severite::Alerte,
    titre: "Deux établissements n'ont pas le même nom",
    pourquoi: "Deux établissements de même nom ne se distinguent ni dans les tableaux, ni dans les fiches : c'est souvent le même, saisi deux fois. La comparaison ignore la casse, les accents et la ponctuation.",
    remede: "distinguez les noms (la ville, le site), ou réunissez les deux éléments.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/perimetre/etablissements/*/nom"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let mut vus = BTreeMap::new();
    for etablissement in contexte.etablissements() {
        let Some(nom) = etablissement.valeur.nom.valeur() else { continue };
        if let Some(premier) = vus.insert(plat(nom.as_str()), etablissement.rang) {
            findings.signaler(
                etablissement.pointeur("nom"),
                format!("Les établissements n° {} et n° {} se nomment « {nom} ».", premier + 1, etablissement.rang + 1),
            );
        }
    }
}
