//! IDN-008: a code of région that is in use.

use crate::nomenclatures::region;
use crate::regles::context::{Context, nom_autorite};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "IDN-008",
    famille: Famille::Identifiants,
    severite: Severite::Bloquante,
    titre: "Le code de région est un code en vigueur",
    pourquoi: "Les régions ont changé de code au 1er janvier 2016 : un code plus ancien ne désigne plus d'agence, et toutes les compétences du contrat en dépendent. Le département d'un établissement dit sa région.",
    remede: "reprenez le code officiel géographique de la région (l'INSEE le publie).",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/parties/autorites/*/region", "/parties/autorites/*/type", "/parties/autorites/*/nom"],
    consequences: &["PAR-001"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for autorite in contexte.autorites() {
        let Some(code) = autorite.valeur.region.valeur().map(|r| r.as_str()) else { continue };
        if region(code).is_none() {
            findings.signaler(
                autorite.pointeur("region"),
                format!(
                    "« {code} » n'est pas le code d'une région ; l'autorité est « {} ».",
                    nom_autorite(autorite.valeur)
                ),
            );
        }
    }
}
