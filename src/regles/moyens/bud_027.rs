//! BUD-027: a first grant that follows from the reference budgets.

use crate::contrat::identifiants::{Montant, Pourcentage};
use crate::contrat::moyens::{Dotation, Moyens, Taux};
use crate::formats::pourcent;
use crate::regles::comptes::annee;
use crate::regles::context::{Context, valeur};
use crate::regles::echelle::{Compte, glissement};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::{COHERENCE, R314_40};
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "BUD-027",
    famille: Famille::Moyens,
    severite: Severite::Alerte,
    titre: "La première dotation vient des budgets de référence",
    pourquoi: "Une dotation de 99 M€ pour une base de 8,65 M€ et un taux de 1 % est une faute de saisie. Chaque part de la dotation qui suit l'année de référence est rapprochée des produits de la tarification de l'établissement, augmentés du taux annoncé et du rebasage ; sans répartition, la dotation entière l'est. L'écart admis est un paramètre ; il est plus large quand le taux n'est pas fixé. Est signalé aussi un taux annoncé quand toutes les parts en suivent un même autre.",
    remede: "vérifiez la dotation, le budget de référence et le taux ; si une mesure nouvelle explique l'écart, écrivez-la (« rebasage », fiche financée) ou écartez la règle par une dérogation.",
    references: &[&COHERENCE, &R314_40],
    limites: &[
        Limite {
            nom: "fixe",
            valeur: Seuil::Fixe(3.0),
            unite: "%",
            libelle: "écart admis avec le budget de référence et le taux annoncé ; paramètre de cpom",
        },
        Limite {
            nom: "non_fixe",
            valeur: Seuil::Fixe(15.0),
            unite: "%",
            libelle: "écart admis quand le taux n'est pas fixé ; paramètre de cpom",
        },
    ],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/moyens/dotations",
        "/moyens/budgets",
        "/moyens/annee_reference",
        "/moyens/evolution",
        "/moyens/rebasage",
        "/moyens/par_gestionnaire",
        "/perimetre/etablissements/*/nom",
        "/parties/autorites",
    ],
    consequences: &["BUD-003", "BUD-008"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(moyens) = contexte.moyens() else { return };
    let mut bases: BTreeMap<(&str, u16), BTreeMap<&str, Option<Montant>>> = BTreeMap::new();
    for budget in contexte.budgets() {
        let b = budget.valeur;
        let Some((financeur, annee)) = b.financeur.valeur().zip(annee(contexte, b)) else { continue };
        let produit = b.recettes.valeur().and_then(|r| valeur(&r.groupe_1));
        let siens = bases.entry((financeur.as_str(), annee)).or_default();
        let base = siens.entry(b.etablissement.as_str()).or_insert(Some(Montant::default()));
        *base = base.zip(produit).map(|(a, p)| a + p);
    }
    for dotation in contexte.dotations() {
        let d = dotation.valeur;
        let Some(avant) = d.annee.valeur().checked_sub(1) else { continue };
        let Some(base) = bases.get(&(d.autorite.as_str(), avant)) else { continue };
        let taux = taux(moyens, d);
        let ecart = findings.limite(if taux.is_some() { "fixe" } else { "non_fixe" }).unwrap_or(f64::INFINITY) / 100.0;
        let attendu = |base: Montant| base + taux.map(|t| t.de(base)).unwrap_or_default();
        let loin = |montant: Montant, attendu: Montant| {
            (montant - attendu).valeur_absolue().centimes() as f64 > ecart * attendu.centimes() as f64
        };
        if let Some((annonce, suivi)) = taux.and_then(|t| Some((t, autre_taux(d, base, t)?))) {
            findings.signaler(
                dotation.pointeur("montant"),
                format!(
                    "Toutes les parts {} de « {} » suivent un taux de {} ; l'évolution annonce {annonce}.",
                    d.annee,
                    contexte.partie(d.autorite.as_str()),
                    pourcent(suivi)
                ),
            );
            continue;
        }
        let rebasage = |id: Option<&str>| rebase(moyens, d.annee.valeur(), id);
        for (n, part) in d.repartition.elements().iter().enumerate() {
            let id = part.etablissement.as_str();
            let Some(sienne) = base.get(id).copied().flatten().filter(|m| m.centimes() > 0) else { continue };
            let attendu = attendu(sienne) + rebasage(Some(id));
            if loin(part.montant, attendu) {
                let nom = contexte.nom_de(id);
                findings.signaler(
                    dotation.pointeur(&format!("repartition/{n}/montant")),
                    format!(
                        "La part {} de « {nom} » est de {} ; son budget de référence donne {attendu}{}.",
                        d.annee,
                        part.montant,
                        explication(part.montant, attendu, ecart)
                    ),
                );
            }
        }
        let Some(montant) = valeur(&d.montant).filter(|_| d.repartition.elements().is_empty()) else { continue };
        // The grant of one gestionnaire has the budgets of its establishments only.
        if !d.gestionnaire.est_absent() {
            continue;
        }
        let Some(total) = base.values().copied().collect::<Option<Vec<Montant>>>() else { continue };
        let attendu = attendu(total.into_iter().sum()) + rebasage(None);
        if attendu.centimes() > 0 && loin(montant, attendu) {
            findings.signaler(
                dotation.pointeur("montant"),
                format!(
                    "La dotation {} de « {} » est de {montant} ; les budgets de référence donnent {attendu}{}.",
                    d.annee,
                    contexte.partie(d.autorite.as_str()),
                    explication(montant, attendu, ecart)
                ),
            );
        }
    }
}

/// The rate that all shares follow, when there are several, and when it is not the announced one.
fn autre_taux(d: &Dotation, base: &BTreeMap<&str, Option<Montant>>, annonce: Pourcentage) -> Option<f64> {
    let parts = d.repartition.elements().iter();
    let suivis = parts.filter_map(|part| {
        let sienne = base.get(part.etablissement.as_str()).copied().flatten().filter(|m| m.centimes() > 0)?;
        Some((part.montant.centimes() as f64 / sienne.centimes() as f64 - 1.0) * 100.0)
    });
    let suivis: Vec<f64> = suivis.collect();
    let premier = (suivis.first()? * 100.0).round() / 100.0;
    let ensemble = suivis.iter().all(|taux| (taux - premier).abs() < PRECISION);
    let ecart = (premier - annonce.milliemes() as f64 / 1000.0).abs();
    // One share alone may have had something more: a rate to the tenth is no chance.
    let rond = || suivis.first().is_some_and(|taux| (taux * 10.0 - (taux * 10.0).round()).abs() < ROND);
    (ensemble && (suivis.len() > 1 || rond()) && ecart > PRECISION).then_some(premier)
}

/// Two rates nearer than this are one, once amounts are rounded (points).
const PRECISION: f64 = 0.02;

/// How near of a tenth of a point a rate is round (tenths of a point).
const ROND: f64 = 0.005;

/// The rate of the year, of the gestionnaire's own line or of the common one.
fn taux(moyens: &Moyens, d: &Dotation) -> Option<Pourcentage> {
    let lignes = moyens.evolution.elements().iter().filter(|e| e.autorite == d.autorite && e.annee == d.annee);
    let choisie = lignes.max_by_key(|e| e.gestionnaire.valeur() == d.gestionnaire.valeur())?;
    match choisie.taux {
        Taux::Fixe(taux) => Some(taux),
        Taux::NonFixe(_) => None,
    }
}

/// What the rebasing of a year adds for an establishment, or for all.
fn rebase(moyens: &Moyens, annee: u16, id: Option<&str>) -> Montant {
    let mut total = Montant::default();
    for regle in moyens.rebasages() {
        for mesure in regle.valeur.mesures.elements() {
            let sienne = id.is_none() || mesure.etablissement.valeur().map(|e| e.as_str()) == id;
            let la = mesure.annee.valeur().is_none_or(|a| a.valeur() == annee);
            total += valeur(&mesure.montant).filter(|_| sienne && la).unwrap_or_default();
        }
    }
    total
}

fn explication(montant: Montant, attendu: Montant, ecart: f64) -> &'static str {
    let attendu = attendu.centimes() as f64;
    glissement(montant.centimes() as f64, attendu * (1.0 - ecart), attendu * (1.0 + ecart), Compte::Euros)
}
