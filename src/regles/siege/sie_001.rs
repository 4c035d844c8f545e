//! SIE-001: head-office fees are the rate times the base.

use crate::contrat::identifiants::{Montant, Pourcentage};
use crate::contrat::moyens::{Moyens, TotalDeclare};
use crate::contrat::propres::Regle;
use crate::contrat::siege::FraisSiege;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::{COHERENCE, R314_92, R314_93};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "SIE-001",
    famille: Famille::Siege,
    severite: Severite::Alerte,
    titre: "Les frais de siège sont le taux appliqué à la base",
    pourquoi: "Un montant qui ne répond pas au taux autorisé sera rejeté. Tolérance : une demi-unité du dernier chiffre du taux, appliquée à la base (un taux de 2,202 % est connu à un demi-millième près). La base est aussi rapprochée des dépenses que le contrat déclare : très inférieure, elle n'est pas celle des charges brutes. La règle se tait si une valeur manque.",
    remede: "corrigez le taux, la base ou le montant.",
    references: &[&R314_93, &R314_92, &COHERENCE],
    limites: &[Limite {
        nom: "ecart_base",
        valeur: Seuil::Fixe(15.0),
        unite: "%",
        libelle: "écart admis entre la base et les dépenses déclarées ; paramètre de cpom",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/moyens/frais_siege", "/moyens/par_gestionnaire", "/moyens/totaux_declares"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(moyens) = contexte.moyens() else { return };
    for regle in moyens.sieges() {
        if regle.gestionnaire.is_none() {
            base_trop_faible(moyens, regle.valeur, findings);
        }
        montant_inexact(&regle, findings);
    }
}

fn montant_inexact(regle: &Regle<'_, FraisSiege>, findings: &mut Findings<'_>) {
    let frais = regle.valeur;
    let (Some(taux), Some(base), Some(montant)) = (valeur(&frais.taux), valeur(&frais.base), valeur(&frais.montant))
    else {
        return;
    };
    let attendu = taux.de(base);
    if (montant - attendu).valeur_absolue() > tolerance(taux, base) {
        let suggeree = if taux.milliemes() > 0 {
            let base = i128::from(montant.centimes()) * 100_000 / i128::from(taux.milliemes());
            i64::try_from(base)
                .map(|b| format!(" À ce taux, le montant répond à une base de {}.", Montant::depuis_centimes(b)))
                .unwrap_or_default()
        } else {
            String::new()
        };
        findings.signaler(
            format!("{}/montant", regle.pointeur),
            format!("Les frais de siège sont de {montant} ; {taux} de {base} font {attendu}.{suggeree}"),
        );
    }
}

/// The base is far below the expenses that the same contract declares: fees of establishments outside the
/// perimeter may raise it, nothing lowers it so.
fn base_trop_faible(moyens: &Moyens, frais: &FraisSiege, findings: &mut Findings<'_>) {
    let du_contrat = |t: &&TotalDeclare| t.financeur.est_absent() && t.groupe.est_absent();
    let total = moyens.totaux_declares.elements().iter().find(du_contrat).map(|t| t.montant);
    let (Some(base), Some(total), Some(ecart)) = (valeur(&frais.base), total, findings.limite("ecart_base")) else {
        return;
    };
    let manque = (total - base).centimes() as f64 / total.centimes().max(1) as f64 * 100.0;
    if manque > ecart {
        findings.signaler(
            "/moyens/frais_siege/base",
            format!("Les frais de siège sont assis sur {base}, quand le contrat déclare {total} de dépenses."),
        );
    }
}

/// Half a unit of the last digit of the rate, of the base; at least a cent.
fn tolerance(taux: Pourcentage, base: Montant) -> Montant {
    let unite = match taux.milliemes() {
        n if n % 1000 == 0 => 1000,
        n if n % 100 == 0 => 100,
        n if n % 10 == 0 => 10,
        _ => 1,
    };
    // A rate given with few digits may well be exact: the tolerance never goes beyond that of a hundredth.
    let milliemes = unite.min(10);
    let moitie = i128::from(base.centimes().unsigned_abs()) * milliemes / 200_000;
    Montant::depuis_centimes(i64::try_from(moitie).unwrap_or(i64::MAX).max(1))
}
