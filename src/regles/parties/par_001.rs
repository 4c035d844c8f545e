//! PAR-001: each authority competent for an included establishment is a party.

use crate::formats::{enumerer, majuscule};
use crate::regles::competence::Competente;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::{L313_11, L313_12};
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "PAR-001",
    famille: Famille::Parties,
    severite: Severite::Bloquante,
    titre: "Chaque autorité compétente pour un établissement inclus est partie au contrat",
    pourquoi: "L'autorité qui autorise et tarife un établissement ne peut être engagée que si elle signe : l'ARS de sa région, le conseil départemental ou la métropole de son département, les deux en cas de compétence conjointe. La règle se tait pour un établissement dont la compétence ou le département manque, et tant qu'une autorité du même type n'a pas dit son territoire.",
    remede: "ajoutez l'autorité aux parties, corrigez la compétence de l'établissement, ou excluez-le du périmètre avec un motif.",
    references: &[&L313_11, &L313_12],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&L313_11, DateChoisie::Signature),
    derogeable: false,
    lit: &[
        "/perimetre/etablissements/*/competence",
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/departement",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/nom",
        "/parties/autorites/*/region",
        "/parties/autorites/*/departement",
        "/parties/autorites/*/nom",
        "/parties/autorites/*/type",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    if contexte.contrat.parties.autorites.valeur().is_none() {
        return;
    }
    let mut absentes: BTreeMap<Competente, Vec<String>> = BTreeMap::new();
    for etablissement in contexte.inclus() {
        for competente in Competente::pour(etablissement.valeur) {
            let partie = contexte.autorites().any(|a| competente.est(a.valeur) || competente.indecise(a.valeur));
            if !partie {
                absentes.entry(competente).or_default().push(format!("« {} »", nom(etablissement.valeur)));
            }
        }
    }
    for (competente, etablissements) in absentes {
        findings.signaler(
            "/parties/autorites",
            format!(
                "{}, autorité compétente pour {}, n'est pas partie au contrat.",
                majuscule(&competente.nom()),
                enumerer(&etablissements)
            ),
        );
    }
}
