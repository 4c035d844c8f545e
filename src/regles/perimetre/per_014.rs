//! PER-014: the declared basis of the contract suits its perimeter and its parties.

use crate::contrat::Fondement;
use crate::contrat::parties::TypeAutorite;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::{L313_11_2, L313_12, L313_12_2};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-014",
    famille: Famille::Perimetre,
    severite: Severite::Bloquante,
    titre: "Le fondement du contrat convient à son périmètre et à ses parties",
    pourquoi: "Chaque contrat obligatoire a son article : celui des établissements pour personnes handicapées et des services de soins suppose une agence régionale de santé et ne peut inclure un EHPAD, dont le contrat peut, lui, inclure d'autres établissements. La règle ne lit que le fondement déclaré ; à défaut, cpom le déduit.",
    remede: "corrigez « fondement », ou retirez cette clé : cpom la déduit du périmètre et des parties.",
    references: &[&L313_12_2, &L313_12, &L313_11_2],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&L313_12_2, DateChoisie::Signature),
    derogeable: false,
    lit: &[
        "/fondement",
        "/perimetre/etablissements/*/categorie",
        "/perimetre/etablissements/*/inclus",
        "/parties/autorites/*/type",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(fondement) = contexte.contrat.fondement.valeur() else { return };
    let ehpad = || contexte.inclus().find(|e| e.valeur.est_un_ehpad());
    let ars = contexte.autorites().any(|a| a.valeur.r#type == TypeAutorite::Ars);
    let message = match fondement {
        Fondement::EtablissementsHandicapEtSoins if !ars => Some(
            "Le contrat de l'article L. 313-12-2 suppose une agence régionale de santé : aucune n'est partie.".into(),
        ),
        Fondement::EtablissementsHandicapEtSoins => ehpad().map(|e| {
            format!("Le contrat de l'article L. 313-12-2 ne peut inclure un EHPAD : « {} » en est un.", nom(e.valeur))
        }),
        Fondement::Ehpad if ehpad().is_none() => {
            Some("Le contrat est dit celui des EHPAD : aucun établissement du périmètre n'en est un.".into())
        }
        Fondement::Chrs if !contexte.inclus().any(|e| e.valeur.est_un_chrs()) => {
            Some("Le contrat est dit celui des CHRS : aucun établissement du périmètre n'en est un.".into())
        }
        _ => None,
    };
    if let Some(message) = message {
        findings.signaler("/fondement", message);
    }
}
