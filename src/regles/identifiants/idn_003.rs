//! IDN-003: a FINESS number stands once in the perimeter.

use crate::contrat::perimetre::Etablissement;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::FINESS;
use crate::remarque::Severite;
use std::collections::HashMap;

pub static RULE: Rule = Rule {
    code: "IDN-003",
    famille: Famille::Identifiants,
    severite: Severite::Bloquante,
    titre: "Un numéro FINESS ne figure qu'une fois dans le périmètre",
    pourquoi: "Deux établissements de même numéro seraient autorisés, financés et comptés deux fois. La comparaison porte sur tous les établissements, exclus compris.",
    remede: "corrigez l'un des deux numéros, ou réunissez les deux éléments en un seul.",
    references: &[&FINESS],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/perimetre/etablissements/*/finess", "/perimetre/etablissements/*/nom"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let mut vus: HashMap<&str, &Etablissement> = HashMap::new();
    for etablissement in contexte.etablissements() {
        let Some(numero) = etablissement.valeur.finess.valeur() else { continue };
        match vus.get(numero.as_str()) {
            Some(premier) => {
                findings.signaler(
                    etablissement.pointeur("finess"),
                    format!(
                        "Le numéro FINESS {} est donné à « {} » et à « {} ».",
                        numero.as_str(),
                        nom(premier),
                        nom(etablissement.valeur)
                    ),
                );
            }
            None => {
                vus.insert(numero.as_str(), etablissement.valeur);
            }
        }
    }
}
