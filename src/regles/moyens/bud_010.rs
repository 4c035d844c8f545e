//! BUD-010: declared fractions add up to the grant.

use crate::contrat::identifiants::Montant;
use crate::formats::compte;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::R314_107;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-010",
    famille: Famille::Moyens,
    severite: Severite::Bloquante,
    titre: "Les fractions annoncées font la dotation",
    pourquoi: "La dotation est versée par douzièmes : douze fractions qui n'en font pas le total laissent un reste que personne ne paie. Les fractions que cpom calcule font toujours le compte, au centime.",
    remede: "corrigez les fractions, ou retirez-les : cpom les calcule.",
    references: &[&R314_107],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&R314_107, DateChoisie::Effet),
    derogeable: false,
    lit: &["/moyens/dotations"],
    consequences: &[],
    check,
};

const MOIS: usize = 12;

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for dotation in contexte.dotations() {
        let d = dotation.valeur;
        let Some(fractions) = d.fractions_declarees.valeur() else { continue };
        let (annee, autorite) = (d.annee, contexte.partie(d.autorite.as_str()));
        if fractions.len() != MOIS {
            let message = format!(
                "La dotation {annee} de « {autorite} » est annoncée en {} ; il en faut {MOIS}.",
                compte(fractions.len(), "fraction")
            );
            findings.signaler(dotation.pointeur("fractions_declarees"), message);
        } else if let Some(montant) = valeur(&d.montant) {
            let somme: Montant = fractions.iter().sum();
            if somme != montant {
                let message =
                    format!("Les fractions de la dotation {annee} de « {autorite} » font {somme}, et non {montant}.");
                findings.signaler(dotation.pointeur("fractions_declarees"), message);
            }
        }
    }
}
