//! BUD-028: a financing plan that follows from year to year.

use crate::contrat::champ::Champ;
use crate::contrat::identifiants::Montant;
use crate::contrat::moyens::Moyens;
use crate::contrat::trajectoire::AnneePgfp;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::suites::{demesuree, isolee};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "BUD-028",
    famille: Famille::Moyens,
    severite: Severite::Alerte,
    titre: "Le plan de financement se suit d'année en année",
    pourquoi: "Le fonds de roulement d'une année est celui de l'année précédente, plus la capacité d'autofinancement, moins les investissements que l'emprunt ne paie pas : il ne peut être plus bas, ni plus haut que si tout était emprunté, aux remboursements près, dont la part est un paramètre. Les investissements du plan sont au moins ceux des opérations de l'année, et les mêmes quand ils le sont la plupart des années. Est signalée aussi une année dont les charges, les produits ou la capacité d'autofinancement sortent seuls de la suite ; l'écart est un paramètre.",
    remede: "vérifiez les montants de l'année et ceux de la précédente.",
    references: &[&COHERENCE],
    limites: &[
        Limite {
            nom: "emprunts",
            valeur: Seuil::Fixe(3.0),
            unite: "%",
            libelle: "part du fonds de roulement que les remboursements et autres mouvements changent en un an ; paramètre de cpom",
        },
        Limite {
            nom: "ecart",
            valeur: Seuil::Fixe(4.0),
            unite: "%",
            libelle: "écart d'une année seule avec ses voisines ; paramètre de cpom",
        },
    ],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/moyens/pgfp", "/moyens/investissements"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(moyens) = contexte.moyens() else { return };
    let lignes = moyens.pgfp.elements();
    let mut plans: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for (rang, ligne) in lignes.iter().enumerate() {
        plans.entry(ligne.gestionnaire.valeur().map(|g| g.as_str())).or_default().push(rang);
    }
    for (gestionnaire, mut rangs) in plans {
        rangs.sort_by_key(|rang| lignes[*rang].annee);
        suite(lignes, &rangs, findings);
        series(lignes, &rangs, findings);
        // The operations of one gestionnaire are not told apart from the common ones.
        if gestionnaire.is_none() {
            operations(moyens, &rangs, findings);
        }
    }
}

/// The working capital of each year, from the one before.
fn suite(lignes: &[AnneePgfp], rangs: &[usize], findings: &mut Findings<'_>) {
    let admise = findings.limite("emprunts").unwrap_or_default() / 100.0;
    for deux in rangs.windows(2) {
        let (avant, ici) = (&lignes[deux[0]], &lignes[deux[1]]);
        if avant.annee.valeur() + 1 != ici.annee.valeur() {
            continue;
        }
        let connus = || {
            let investissements = valeur(&ici.investissements)?;
            let avant = valeur(&avant.fonds_de_roulement)?;
            let sans_emprunt = avant + valeur(&ici.capacite_autofinancement)? - investissements;
            Some((avant, valeur(&ici.fonds_de_roulement)?, sans_emprunt, sans_emprunt + investissements))
        };
        let Some((fonds_avant, fonds, bas, haut)) = connus() else { continue };
        let tolerance = Montant::depuis_centimes((fonds_avant.centimes() as f64 * admise).abs() as i64);
        if fonds < bas - tolerance || fonds > haut + tolerance {
            findings.signaler(
                format!("/moyens/pgfp/{}/fonds_de_roulement", deux[1]),
                format!(
                    "Le fonds de roulement {} est de {fonds} ; l'année précédente, l'autofinancement et les investissements le placent entre {bas} et {haut}.",
                    ici.annee
                ),
            );
            // The next year would only repeat it.
            return;
        }
    }
}

/// An amount of a year of the plan.
type Lecture = fn(&AnneePgfp) -> &Champ<Montant>;

/// A year alone out of line.
fn series(lignes: &[AnneePgfp], rangs: &[usize], findings: &mut Findings<'_>) {
    let ecart = findings.limite("ecart").unwrap_or(f64::INFINITY) / 100.0;
    let lues: [(&str, &str, Lecture); 3] = [
        ("charges", "Les charges", |l| &l.charges),
        ("produits", "Les produits", |l| &l.produits),
        ("capacite_autofinancement", "L'autofinancement", |l| &l.capacite_autofinancement),
    ];
    for (cle, quoi, champ) in lues {
        let suite: Vec<(usize, Montant)> =
            rangs.iter().filter_map(|rang| Some((*rang, valeur(champ(&lignes[*rang]))?))).collect();
        let valeurs: Vec<f64> = suite.iter().map(|(_, m)| m.centimes() as f64).collect();
        if let Some(place) = isolee(&valeurs, ecart).or_else(|| demesuree(&valeurs, ecart)) {
            let (rang, montant) = suite[place];
            let voisine = suite[if place == 0 { 1 } else { place - 1 }];
            findings.signaler(
                format!("/moyens/pgfp/{rang}/{cle}"),
                format!(
                    "{quoi} {} du plan de financement : {montant} ; en {} : {}.",
                    lignes[rang].annee, lignes[voisine.0].annee, voisine.1
                ),
            );
        }
    }
}

/// The investments of a year and its operations.
fn operations(moyens: &Moyens, rangs: &[usize], findings: &mut Findings<'_>) {
    let operations = moyens.investissements.elements();
    let Some(connues) =
        operations.iter().map(|i| Some((valeur(&i.annee)?.valeur(), valeur(&i.montant)?))).collect::<Option<Vec<_>>>()
    else {
        return;
    };
    if connues.is_empty() {
        return;
    }
    let mut sommes: BTreeMap<u16, Montant> = BTreeMap::new();
    for (annee, montant) in connues {
        *sommes.entry(annee).or_default() += montant;
    }
    let lus: Vec<(usize, Montant, Montant)> = rangs
        .iter()
        .filter_map(|rang| {
            let ligne = &moyens.pgfp.elements()[*rang];
            let somme = sommes.get(&ligne.annee.valeur()).copied().unwrap_or_default();
            Some((*rang, valeur(&ligne.investissements)?, somme))
        })
        .collect();
    // Small renewals may have no operation of their own, unless those of the other years have theirs.
    let exacts = lus.iter().filter(|(_, prevus, somme)| prevus == somme).count();
    let exact = exacts * 2 > lus.len();
    for (rang, prevus, somme) in lus {
        let loin = somme.centimes() > 0 && prevus.centimes() > somme.centimes() * 2;
        if prevus < somme || loin || (exact && prevus != somme) {
            findings.signaler(
                format!("/moyens/pgfp/{rang}/investissements"),
                format!(
                    "Le plan de financement prévoit {prevus} d'investissements en {} ; les opérations de l'année font {somme}.",
                    moyens.pgfp.elements()[rang].annee
                ),
            );
        }
    }
}
