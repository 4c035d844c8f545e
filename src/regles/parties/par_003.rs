//! PAR-003: each included establishment is managed by a party.

use crate::contrat::champ::Champ;
use crate::regles::context::{Context, nom, nom_gestionnaire};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, L313_11};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PAR-003",
    famille: Famille::Parties,
    severite: Severite::Bloquante,
    titre: "Chaque établissement inclus relève d'un gestionnaire partie au contrat",
    pourquoi: "Un établissement sans gestionnaire signataire n'est tenu par aucune obligation du contrat. Un mandataire agit pour d'autres et ne signe pas : il ne peut être le gestionnaire d'un établissement. La règle se tait quand le contrat n'a qu'un gestionnaire, qui est alors celui de tous ; un identifiant inconnu est l'affaire de PER-007.",
    remede: "indiquez l'identifiant du gestionnaire de l'établissement, ou ajoutez-le aux parties.",
    references: &[&L313_11, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &[
        "/perimetre/etablissements/*/gestionnaire",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
        "/parties/gestionnaires/*/mandataire",
    ],
    consequences: &["PAR-004"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let signataires = contexte.gestionnaires().filter(|g| g.valeur.mandataire.valeur().is_none()).count();
    for etablissement in contexte.inclus() {
        let nom = nom(etablissement.valeur);
        let message = match &etablissement.valeur.gestionnaire {
            Champ::Valeur(id) => match contexte.gestionnaire(id.as_str()) {
                Some(g) if g.valeur.mandataire.valeur().is_some() => {
                    format!(
                        "« {nom} » relève de « {} », mandataire qui ne signe pas le contrat.",
                        nom_gestionnaire(g.valeur)
                    )
                }
                _ => continue,
            },
            Champ::Absent if signataires > 1 => {
                format!("« {nom} » n'indique pas son gestionnaire, alors que le contrat en réunit {signataires}.")
            }
            Champ::NonApplicable(_) => {
                format!("Le périmètre inclut « {nom} » sans gestionnaire partie au contrat.")
            }
            Champ::Absent => continue,
        };
        findings.signaler(etablissement.pointeur("gestionnaire"), message);
    }
}
