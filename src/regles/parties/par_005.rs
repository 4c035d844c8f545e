//! PAR-005: each signatory of a definitive contract is represented.

use crate::contrat::champ::Champ;
use crate::contrat::parties::Representant;
use crate::regles::context::{Context, nom_autorite, nom_gestionnaire};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::SIGNATURE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PAR-005",
    famille: Famille::Parties,
    severite: Severite::Bloquante,
    titre: "Chaque signataire d'un contrat définitif a un représentant et sa qualité",
    pourquoi: "Une signature sans qualité n'engage pas la personne morale. La règle ne vaut que pour un contrat à imprimer comme définitif ; le nom de la personne reste facultatif, sa qualité ne l'est pas.",
    remede: "indiquez en quelle qualité signe son représentant (par exemple « directrice générale »).",
    references: &[&SIGNATURE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &[
        "/parties/autorites/*/representant",
        "/parties/gestionnaires/*/representant",
        "/parties/gestionnaires/*/mandataire",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    if !contexte.definitif() {
        return;
    }
    let sans_qualite =
        |representant: &Champ<Representant>| representant.valeur().and_then(|r| r.qualite.valeur()).is_none();
    let autorites = contexte.autorites().filter(|a| sans_qualite(&a.valeur.representant));
    let gestionnaires = contexte
        .gestionnaires()
        .filter(|g| g.valeur.mandataire.valeur().is_none() && sans_qualite(&g.valeur.representant));
    let autorites = autorites.map(|a| (a.pointeur("representant"), nom_autorite(a.valeur)));
    for (pointeur, partie) in
        autorites.chain(gestionnaires.map(|g| (g.pointeur("representant"), nom_gestionnaire(g.valeur).to_string())))
    {
        findings.signaler(pointeur, format!("La qualité de la personne qui signe pour « {partie} » n'est pas donnée."));
    }
}
