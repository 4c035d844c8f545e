//! IDN-001: the key of each FINESS number.

use crate::contrat::identifiants::Finess;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::FINESS;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "IDN-001",
    famille: Famille::Identifiants,
    severite: Severite::Bloquante,
    titre: "La clé de chaque numéro FINESS est juste",
    pourquoi: "Une faute de frappe dans un numéro FINESS désigne un autre établissement, ou aucun. Le dernier chiffre est une clé calculée sur les neuf caractères (algorithme de Luhn ; en Corse, A vaut 1 et B vaut 2). Cette formule n'est pas publiée : elle a été vérifiée sur plusieurs milliers de numéros ; si le répertoire porte bien ce numéro, une dérogation écarte la règle.",
    remede: "vérifiez le numéro dans le répertoire FINESS ; s'il y figure ainsi, écartez la règle par une dérogation.",
    references: &[&FINESS],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/perimetre/etablissements/*/finess", "/parties/gestionnaires/*/finess_ej"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let etablissements =
        contexte.etablissements().filter_map(|e| Some((e.pointeur("finess"), e.valeur.finess.valeur()?)));
    let gestionnaires =
        contexte.gestionnaires().filter_map(|g| Some((g.pointeur("finess_ej"), g.valeur.finess_ej.valeur()?)));
    for (pointeur, numero) in gestionnaires.chain(etablissements) {
        if !numero.cle_valide() {
            findings.signaler(pointeur, message(numero));
        }
    }
}

fn message(numero: &Finess) -> String {
    format!("Le numéro FINESS {} n'a pas la bonne clé : un de ses chiffres est faux.", numero.as_str())
}
