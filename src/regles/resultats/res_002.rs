//! RES-002: no transfer between establishments for a public body.

use crate::contrat::propres::Regle;
use crate::contrat::resultats::{AffectationResultats, Fongibilite};
use crate::contrat::textes::Id;
use crate::regles::context::{Context, est_public, nom_gestionnaire};
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::R314_235;
use crate::remarque::Severite;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "RES-002",
    famille: Famille::Resultats,
    severite: Severite::Bloquante,
    titre: "Un gestionnaire public n'affecte pas un résultat d'un établissement à l'autre",
    pourquoi: "L'affectation entre comptes de résultat n'est ouverte qu'aux gestionnaires privés. Un modèle peut aussi interdire l'affectation entre établissements de financeurs différents. La règle se tait si la fongibilité ou le statut manque.",
    remede: "choisissez la fongibilité « aucune », ou « meme_financeur » si le modèle l'admet.",
    references: &[&R314_235],
    limites: &[Limite {
        nom: "totale_interdite",
        valeur: Seuil::DuModele,
        unite: "",
        libelle: "1 quand le modèle interdit l'affectation entre financeurs",
    }],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&R314_235, DateChoisie::Effet),
    derogeable: true,
    lit: &[
        "/moyens/affectation_resultats/fongibilite",
        "/moyens/par_gestionnaire",
        "/moyens/budgets/*/financeur",
        "/parties/gestionnaires/*/statut_juridique",
        "/parties/gestionnaires/*/mandataire",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for regle in contexte.moyens().map(|m| m.affectations()).unwrap_or_default() {
        if let Some(fongibilite) = regle.valeur.fongibilite.valeur().filter(|f| **f != Fongibilite::Aucune) {
            examiner(contexte, &regle, *fongibilite, findings);
        }
    }
}

/// A rule of one gestionnaire binds it alone; the common one, those that have none of their own.
fn examiner(
    contexte: &Context<'_>,
    regle: &Regle<'_, AffectationResultats>,
    fongibilite: Fongibilite,
    findings: &mut Findings<'_>,
) {
    let ici = format!("{}/fongibilite", regle.pointeur);
    let regles = contexte.moyens().map(|m| m.affectations()).unwrap_or_default();
    let lies = |id: &Id| match regle.gestionnaire {
        Some(seul) => seul == id,
        None => !regles.iter().any(|r| r.gestionnaire == Some(id)),
    };
    let public = contexte
        .gestionnaires()
        .filter(|g| g.valeur.mandataire.valeur().is_none() && lies(&g.valeur.id))
        .find(|g| est_public(g.valeur));
    if let Some(gestionnaire) = public {
        let message = format!(
            "« {} » est une personne publique et le contrat prévoit d'affecter ses résultats entre établissements.",
            nom_gestionnaire(gestionnaire.valeur)
        );
        findings.signaler(ici, message);
        return;
    }
    let financeurs: BTreeSet<&str> =
        contexte.budgets().filter_map(|b| b.valeur.financeur.valeur()).map(|f| f.as_str()).collect();
    let interdite = findings.limite("totale_interdite").is_some_and(|n| n > 0.0);
    if interdite && fongibilite == Fongibilite::Totale && financeurs.len() > 1 {
        findings.signaler(ici, "Le contrat affecte les résultats entre établissements de financeurs différents, ce que le modèle n'admet pas.");
    }
}
