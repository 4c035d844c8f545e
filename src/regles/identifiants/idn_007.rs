//! IDN-007: the FINESS category of an establishment exists and is still in use.

use crate::contrat::identifiants::Date;
use crate::nomenclatures::categorie;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::FINESS;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "IDN-007",
    famille: Famille::Identifiants,
    severite: Severite::Alerte,
    titre: "La catégorie FINESS existe et n'est pas retirée",
    pourquoi: "Une catégorie inconnue ne dit ni le public ni la nature de l'établissement ; une catégorie retirée (437, 252, 253, par exemple) est remplacée par une autre dans les actes récents. Les extraits du répertoire la portent encore : elle est signalée, jamais refusée. Un contrat conclu avant le retrait n'est pas visé.",
    remede: "reprenez la catégorie de l'arrêté d'autorisation le plus récent.",
    references: &[&FINESS],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/perimetre/etablissements/*/categorie", "/perimetre/etablissements/*/nom", "/periode", "/signature/date"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for etablissement in contexte.etablissements() {
        let Some(code) = etablissement.categorie.valeur() else { continue };
        let nom = nom(etablissement.valeur);
        match categorie(code.as_str()) {
            None => {
                let message = format!("La catégorie {code} de « {nom} » n'est pas dans la nomenclature FINESS.");
                findings.signaler(etablissement.pointeur("categorie"), message);
            }
            Some(categorie) if categorie.deprecie.is_some_and(|jour| retiree(contexte, jour)) => {
                let message = format!(
                    "La catégorie {code} ({}) de « {nom} » est retirée de la nomenclature FINESS.",
                    categorie.libelle_imprime
                );
                let finding = findings.signaler(etablissement.pointeur("categorie"), message);
                if let Some(suivante) = categorie.remplacante() {
                    finding.remede(format!(
                        "vérifiez l'arrêté d'autorisation ; la catégorie {} ({}) la remplace.",
                        suivante.code, suivante.libelle_imprime
                    ));
                }
            }
            Some(_) => {}
        }
    }
}

/// Whether a category withdrawn on that day is so for this contract: it is concluded since, or bears no date.
fn retiree(contexte: &Context<'_>, jour: &str) -> bool {
    let conclu = contexte.signature().or_else(|| contexte.debut());
    let depuis = jour.parse::<Date>().ok();
    conclu.zip(depuis).is_none_or(|(conclu, depuis)| conclu >= depuis)
}
