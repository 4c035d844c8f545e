//! DIA-015: young adults kept on, counted once, with revenue at their scale.

use crate::contrat::calculs::GenreCapacite;
use crate::contrat::identifiants::Montant;
use crate::nomenclatures::{Public, categorie};
use crate::regles::comptes::par_etablissement;
use crate::regles::context::{Context, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DIA-015",
    famille: Famille::Diagnostic,
    severite: Severite::Alerte,
    titre: "Le nombre de jeunes adultes maintenus est le même partout",
    pourquoi: "Le nombre total de jeunes adultes maintenus au titre de l'amendement Creton est la somme de ceux de chaque établissement, et ne peut dépasser leurs places ; les recettes qu'ils apportent ne dépassent pas ce que coûtent autant de places. La règle se tait si un établissement ne dit pas son nombre.",
    remede: "corrigez l'un des nombres, ou la recette.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/diagnostic/creton",
        "/moyens/recettes_creton",
        "/moyens/budgets",
        "/moyens/annee_reference",
        "/perimetre/etablissements/*/nom",
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/categorie",
        "/perimetre/etablissements/*/inclus",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(creton) = contexte.contrat.diagnostic.valeur().and_then(|d| d.creton.valeur()) else { return };
    let siens = creton.par_etablissement.elements();
    let somme = siens.iter().map(|c| valeur(&c.nombre).map(|n| n.0)).collect::<Option<Vec<u32>>>();
    let somme = somme.filter(|n| !n.is_empty()).map(|n| n.into_iter().fold(0u32, u32::saturating_add));
    let total = valeur(&creton.nombre).map(|n| n.0);
    if let Some((total, somme)) = total.zip(somme).filter(|(total, somme)| total != somme) {
        findings.signaler(
            "/diagnostic/creton/nombre",
            format!(
                "Le diagnostic compte {total} jeunes adultes maintenus ; ceux de chaque établissement font {somme}."
            ),
        );
        return;
    }
    let places: u32 = contexte
        .inclus()
        .filter(|e| {
            e.valeur.categorie.valeur().and_then(|c| categorie(c.as_str())).is_none_or(|c| c.public != Public::Adultes)
        })
        .filter_map(|e| e.valeur.places(GenreCapacite::Autorisee))
        .fold(0, u32::saturating_add);
    if let Some(total) = total.filter(|total| places > 0 && total.saturating_mul(2) > places) {
        findings.signaler(
            "/diagnostic/creton/nombre",
            format!(
                "Le diagnostic compte {total} jeunes adultes maintenus, pour {places} places d'enfants au contrat."
            ),
        );
    }
    let Some(nombre) = total.filter(|n| *n > 0) else { return };
    let budgets = par_etablissement(contexte, None);
    for (rang, recette) in contexte.moyens().map_or(&[][..], |m| m.recettes_creton.elements()).iter().enumerate() {
        let etablissement = recette.etablissement.valeur().and_then(|id| contexte.etablissement(id.as_str()));
        let Some((etablissement, montant)) = etablissement.zip(valeur(&recette.montant)) else { continue };
        let budget = budgets.get(etablissement.valeur.id.as_str()).copied().flatten().unwrap_or_default();
        let places = etablissement.valeur.places(GenreCapacite::Autorisee).unwrap_or(0);
        if places == 0 || budget.centimes() == 0 {
            continue;
        }
        let plafond =
            Montant::depuis_centimes((budget.centimes() / i64::from(places)).saturating_mul(i64::from(nombre)));
        if montant > plafond {
            findings.signaler(
                format!("/moyens/recettes_creton/{rang}/montant"),
                format!(
                    "Des recettes de {montant} en {} pour {} : {nombre} places de « {} » coûtent {plafond}.",
                    recette.annee,
                    if nombre > 1 {
                        format!("{nombre} jeunes adultes maintenus")
                    } else {
                        "un jeune adulte maintenu".into()
                    },
                    nom(etablissement.valeur)
                ),
            );
        }
    }
}
