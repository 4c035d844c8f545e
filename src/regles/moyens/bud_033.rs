//! BUD-033: investments paid by credits that exist.

use crate::contrat::identifiants::Montant;
use crate::formats::mots::plat;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-033",
    famille: Famille::Moyens,
    severite: Severite::Alerte,
    titre: "Un investissement payé par des crédits non reconductibles tient dans ceux du contrat",
    pourquoi: "Une opération de 9 M€ « financée par CNR » quand le contrat en accorde 150 000 € n'a pas de financement. La règle lit « CNR » ou « crédits non reconductibles » dans le financement de l'opération, et compare son montant à tous les crédits du contrat. Un financement qui nomme aussi une autre ressource n'est pas jugé.",
    remede: "corrigez le financement ou le montant, ou ajoutez les crédits.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/moyens/investissements", "/moyens/cnr"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(moyens) = contexte.moyens() else { return };
    let accordes: Montant = moyens.cnr.elements().iter().map(|c| c.montant).sum();
    for (rang, operation) in moyens.investissements.elements().iter().enumerate() {
        let Some(montant) = valeur(&operation.montant) else { continue };
        let Some(financement) = operation.financement.valeur().map(|f| plat(f.as_str())) else { continue };
        let mots: Vec<&str> = financement.split(' ').collect();
        let par_credits = mots.contains(&"cnr") || financement.contains("credits non reconductibles");
        let seuls = !mots.iter().any(|mot| AUTRES.iter().any(|autre| mot.starts_with(autre)));
        if par_credits && seuls && montant > accordes {
            findings.signaler(
                format!("/moyens/investissements/{rang}/financement"),
                format!(
                    "L'opération « {} » ({montant}) est payée par des crédits non reconductibles ; le contrat en accorde {accordes}.",
                    operation.objet
                ),
            );
        }
    }
}

/// How the words of the other resources begin.
const AUTRES: [&str; 7] =
    ["reserve", "emprunt", "autofinancement", "amortissement", "subvention", "fonds", "tresorerie"];
