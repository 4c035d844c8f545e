//! BUD-011: a cost per place or per post that makes no sense.

use crate::contrat::calculs::GenreCapacite;
use crate::contrat::identifiants::Montant;
use crate::formats::{euros, nombre};
use crate::regles::comptes::{annee, depenses};
use crate::regles::context::{Context, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "BUD-011",
    famille: Famille::Moyens,
    severite: Severite::Alerte,
    titre: "Le coût à la place et le coût du poste sont vraisemblables",
    pourquoi: "22 000 € par poste quand les autres établissements en montrent 59 000 à 74 000 : une faute de saisie, un financeur oublié ou des effectifs faux. Les bornes sont larges et paramétrées ; aucun texte ne les fixe. Sont rapprochés, pour l'année de référence, les dépenses de personnel et les effectifs, puis les dépenses et les places ; et les postes redéployés avec leur montant.",
    remede: "vérifiez le budget, les effectifs et la capacité ; si la valeur est juste, écartez la règle par une dérogation.",
    references: &[&COHERENCE],
    limites: &[
        Limite {
            nom: "etp_minimum",
            valeur: Seuil::Fixe(30000.0),
            unite: "euros par ETP",
            libelle: "coût minimal d'un poste ; paramètre de cpom",
        },
        Limite {
            nom: "etp_maximum",
            valeur: Seuil::Fixe(120000.0),
            unite: "euros par ETP",
            libelle: "coût maximal d'un poste ; paramètre de cpom",
        },
        Limite {
            nom: "place_minimum",
            valeur: Seuil::Fixe(2000.0),
            unite: "euros par place",
            libelle: "coût minimal d'une place ; paramètre de cpom",
        },
        Limite {
            nom: "place_maximum",
            valeur: Seuil::Fixe(300000.0),
            unite: "euros par place",
            libelle: "coût maximal d'une place ; paramètre de cpom",
        },
    ],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/moyens/budgets",
        "/moyens/annee_reference",
        "/moyens/redeploiements",
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/etp",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/ouverture_prevue",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    redeployes(contexte, findings);
    let reference = contexte.moyens().and_then(|m| m.annee_reference.valeur()).map(|a| a.valeur());
    let mut comptes: BTreeMap<&str, Compte> = BTreeMap::new();
    for budget in contexte.budgets().filter(|b| reference.is_none() || annee(contexte, b.valeur) == reference) {
        let compte =
            comptes.entry(budget.valeur.etablissement.as_str()).or_insert((budget.rang, Some(Default::default())));
        let sien = depenses(budget.valeur, Some(2)).zip(depenses(budget.valeur, None));
        compte.1 = compte.1.zip(sien).map(|((p, t), (ps, ts))| (p + ps, t + ts));
    }
    for (id, (rang, compte)) in comptes {
        let Some(etablissement) = contexte.etablissement(id).filter(|e| e.valeur.est_inclus()) else { continue };
        let e = etablissement.valeur;
        let Some((personnel, total)) = compte.filter(|_| e.ouverture_prevue.est_absent()) else { continue };
        let etp = e.etp.valeur().and_then(|etp| etp.total());
        let places = e.places(GenreCapacite::Financee).or(e.places(GenreCapacite::Autorisee)).map(f64::from);
        let couts = [
            (personnel, etp, "par ETP", "etp_minimum", "etp_maximum"),
            (total, places, "par place", "place_minimum", "place_maximum"),
        ];
        for (montant, unites, unite, minimum, maximum) in couts {
            let Some(unites) = unites.filter(|n| *n > 0.0) else { continue };
            let cout = montant.centimes() as f64 / 100.0 / unites;
            let bas = findings.limite(minimum).is_some_and(|m| cout < m);
            let haut = findings.limite(maximum).is_some_and(|m| cout > m);
            if bas || haut {
                let (limite, sens) = if bas { (minimum, "moins") } else { (maximum, "plus") };
                let limite = findings.limite(limite).unwrap_or_default();
                findings.signaler(
                    format!("/moyens/budgets/{rang}"),
                    format!(
                        "« {} » coûte {} {unite}, {sens} que la borne de {}.",
                        nom(e),
                        euros(cout.round()),
                        euros(limite)
                    ),
                );
            }
        }
    }
}

/// Posts that move with their money.
fn redeployes(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let (minimum, maximum) = (findings.limite("etp_minimum"), findings.limite("etp_maximum"));
    for (rang, redeploiement) in contexte.moyens().map_or(&[][..], |m| m.redeploiements.elements()).iter().enumerate() {
        for (cle, bouts) in [("de", redeploiement.de.elements()), ("vers", redeploiement.vers.elements())] {
            for (n, bout) in bouts.iter().enumerate() {
                let Some((montant, etp)) = valeur(&bout.montant).zip(valeur(&bout.etp)) else { continue };
                let cout = montant.centimes() as f64 / 100.0 / etp.0;
                if etp.0 <= 0.0 || !(minimum.is_some_and(|m| cout < m) || maximum.is_some_and(|m| cout > m)) {
                    continue;
                }
                findings.signaler(
                    format!("/moyens/redeploiements/{rang}/{cle}/{n}/etp"),
                    format!(
                        "Un redéploiement de {} ETP pour {montant} : {} par ETP.",
                        nombre(etp.0),
                        euros(cout.round())
                    ),
                );
            }
        }
    }
}

/// Place of the first budget of an establishment; staff and all expenses, `None` once one is incomplete.
type Compte = (usize, Option<(Montant, Montant)>);
