//! BUD-016: means that are not granted are not worded as such.

use super::fiches::avec_moyens;
use crate::contrat::objectifs::{SourceFinancement, StatutMoyens};
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{ANAP, COHERENCE};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-016",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Des moyens conditionnels, refusés ou d'intention ne sont pas écrits comme acquis",
    pourquoi: "Une fiche dont les moyens sont conditionnels, refusés ou d'intention, et qui les dit financés ou accordés, se retournera contre l'autorité. La règle cherche dans la description les mots « est financé », « accordé », « alloué », « attribué » ou « acquis », sauf précédés d'une négation ou d'une condition ; elle signale aussi un crédit chiffré dans une fiche refusée ou d'intention.",
    remede: "écrivez la description au conditionnel (« sous réserve de… »), ou changez le statut des moyens.",
    references: &[&ANAP, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/fiches_actions/*/moyens", "/fiches_actions/*/numero"],
    consequences: &[],
    check,
};

/// Words that say that money is there.
const ACQUIS: [&str; 12] = [
    "est financé",
    "sont financé",
    "seront financé",
    "sera financé",
    "est accordé",
    "sont accordé",
    "est alloué",
    "sont alloué",
    "est attribué",
    "sont attribué",
    "est acquis",
    "sont acquis",
];
/// Words of a sentence that make it conditional or negative.
const RESERVES: [&str; 10] = [
    "si ",
    "sous réserve",
    "sous condition",
    "subordonné",
    "n'est ",
    "ne sont",
    "ne sera",
    "n\u{2019}est ",
    "dès que",
    "lorsque",
];

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for (numero, fiche, moyens) in avec_moyens(contexte) {
        let (statut, ferme) = match moyens.statut.valeur() {
            Some(StatutMoyens::Conditionnel) => ("conditionnels", false),
            Some(StatutMoyens::Refuse) => ("refusés", true),
            Some(StatutMoyens::Intention) => ("d'intention", true),
            _ => continue,
        };
        let description = moyens.description.valeur().map_or("", |d| d.as_str()).to_lowercase();
        let phrase = description.split(['.', ';', '\n']).find(|phrase| {
            ACQUIS.iter().any(|mot| phrase.contains(mot)) && !RESERVES.iter().any(|mot| phrase.contains(mot))
        });
        if let Some(phrase) = phrase {
            findings.signaler(
                fiche.pointeur("moyens/description"),
                format!(
                    "Les moyens de la fiche {numero} sont {statut}, mais écrits comme acquis : « {} ».",
                    phrase.trim()
                ),
            );
        }
        let credits = moyens.financements.elements().iter().enumerate().filter(|_| ferme);
        for (rang, financement) in credits {
            let public = matches!(
                financement.source,
                SourceFinancement::Dotation | SourceFinancement::Cnr | SourceFinancement::Fir
            );
            if let Some(montant) = valeur(&financement.montant).filter(|m| public && m.centimes() > 0) {
                findings.signaler(
                    fiche.pointeur(&format!("moyens/financements/{rang}")),
                    format!("Les moyens de la fiche {numero} sont {statut} et comptent pourtant {montant} de crédits."),
                );
            }
        }
    }
}
