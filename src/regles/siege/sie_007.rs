//! SIE-007: the shares of a common charge add up, name everyone, and name them right.

use crate::contrat::identifiants::Montant;
use crate::contrat::siege::Part;
use crate::formats::enumerer;
use crate::regles::context::{Context, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::proche::proche;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "SIE-007",
    famille: Famille::Siege,
    severite: Severite::Alerte,
    titre: "Les parts de la quote-part font son montant, et chaque nom désigne un établissement",
    pourquoi: "Des parts qui ne font pas le montant de la quote-part laissent un reste sans payeur ; un établissement inclus sans part paie pour rien, ou ne paie pas. Un nom de bénéficiaire qui ressemble à l'identifiant d'un établissement sans être le sien s'imprime « hors périmètre » : c'est une faute de frappe. Sont lues les répartitions de la quote-part, des frais de siège et des dotations.",
    remede: "corrigez la part, le montant ou l'identifiant.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/moyens/quote_part",
        "/moyens/frais_siege",
        "/moyens/par_gestionnaire",
        "/moyens/dotations",
        "/perimetre/etablissements",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(moyens) = contexte.moyens() else { return };
    let mut listes: Vec<(String, &[Part])> = Vec::new();
    for regle in moyens.quotes_parts() {
        let parts = regle.valeur.repartition.elements();
        listes.push((format!("{}/repartition", regle.pointeur), parts));
        let somme: Montant = parts.iter().map(|p| p.montant).sum();
        if let Some(montant) = valeur(&regle.valeur.montant).filter(|m| !parts.is_empty() && *m != somme) {
            findings.signaler(
                format!("{}/repartition", regle.pointeur),
                format!("Les parts de la quote-part font {somme} ; le montant est de {montant}."),
            );
        }
        let sans_part: Vec<String> = contexte
            .inclus()
            .filter(|e| {
                !parts.is_empty()
                    && regle.gestionnaire.is_none()
                    && !parts.iter().any(|p| p.etablissement.as_str() == e.valeur.id.as_str())
            })
            .map(|e| format!("« {} »", nom(e.valeur)))
            .collect();
        if !sans_part.is_empty() {
            findings.signaler(
                format!("{}/repartition", regle.pointeur),
                format!("La quote-part n'a pas de part pour {}.", enumerer(&sans_part)),
            );
        }
    }
    for regle in moyens.sieges() {
        listes.push((format!("{}/repartition", regle.pointeur), regle.valeur.repartition.elements()));
    }
    for dotation in contexte.dotations() {
        listes.push((dotation.pointeur("repartition"), dotation.valeur.repartition.elements()));
    }
    let connus: Vec<&str> = contexte.etablissements().map(|e| e.valeur.id.as_str()).collect();
    for (pointeur, parts) in listes {
        for (rang, part) in parts.iter().enumerate() {
            let ecrit = part.etablissement.as_str();
            if contexte.etablissement(ecrit).is_some() || ecrit.contains(char::is_whitespace) {
                continue;
            }
            if let Some(id) = proche(ecrit, connus.iter().copied(), FAUTES) {
                findings.signaler(
                    format!("{pointeur}/{rang}/etablissement"),
                    format!("La part de « {ecrit} » ne désigne aucun établissement du contrat : est-ce « {id} » ?"),
                );
            }
        }
    }
}

/// As many slips in a name are a slip; more are another name.
const FAUTES: usize = 2;
