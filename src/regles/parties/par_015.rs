//! PAR-015: what a convention of social aid must hold.

use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::{L313_6, L313_8_1};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PAR-015",
    famille: Famille::Parties,
    severite: Severite::Alerte,
    titre: "La convention d'aide sociale porte les mentions que la loi énumère",
    pourquoi: "L'habilitation précise les bénéficiaires, les objectifs et les documents ; la convention précise, si l'habilitation ne le fait pas, l'évaluation, la coordination, les avances, le renouvellement et la dénonciation, la conciliation. cpom ne connaît pas l'acte d'habilitation : une mention absente est signalée, jamais refusée.",
    remede: "complétez ces mentions ; déclarez sans objet, avec son motif, celle que l'acte d'habilitation porte déjà.",
    references: &[&L313_8_1, &L313_6],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&L313_8_1, DateChoisie::Signature),
    derogeable: true,
    lit: &["/moyens/habilitation_aide_sociale", "/parties/autorites/*/id", "/parties/autorites/*/nom"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let habilitations = contexte.moyens().map_or(&[][..], |m| m.habilitation_aide_sociale.elements());
    for (rang, h) in habilitations.iter().enumerate() {
        let mentions = [
            (&h.beneficiaires, "les bénéficiaires"),
            (&h.objectifs, "les objectifs"),
            (&h.documents, "les documents et les statistiques"),
            (&h.criteres_evaluation, "les critères d'évaluation"),
            (&h.coordination, "la coordination"),
            (&h.avances, "les avances"),
            (&h.renouvellement, "la durée, le renouvellement et la dénonciation"),
            (&h.conciliation, "la conciliation"),
        ];
        let absentes: Vec<String> =
            mentions.iter().filter(|(champ, _)| champ.est_absent()).map(|(_, mention)| mention.to_string()).collect();
        if !absentes.is_empty() {
            let de =
                h.autorite.valeur().map(|a| format!(" de « {} »", contexte.partie(a.as_str()))).unwrap_or_default();
            findings.signaler(
                format!("/moyens/habilitation_aide_sociale/{rang}"),
                format!("La convention d'aide sociale{de} ne dit rien de ces mentions : {}.", absentes.join(" ; ")),
            );
        }
    }
}
