//! DIA-018: results, reserves and premises at the scale of the establishment.

use crate::contrat::calculs::GenreCapacite;
use crate::contrat::diagnostic::{Locaux, SituationFinanciere};
use crate::contrat::identifiants::Montant;
use crate::formats::{decimales, euros, nombre};
use crate::nomenclatures::categorie;
use crate::regles::comptes::par_etablissement;
use crate::regles::context::{Context, nom, valeur};
use crate::regles::echelle::{Compte, glissement};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::BTreeMap;

pub static RULE: Rule = Rule {
    code: "DIA-018",
    famille: Famille::Diagnostic,
    severite: Severite::Alerte,
    titre: "Les résultats, les réserves et les surfaces sont à l'échelle de l'établissement",
    pourquoi: "Un résultat de 214 000 € quand l'autre année en montre 21 000, des réserves plus grandes que le budget, 570 m² par place : un chiffre est faux. Le résultat est rapporté aux dépenses de l'établissement et à ses autres exercices ; les réserves et le report d'un seul exercice, aux dépenses ; la surface, aux places, celle d'un service à part. Les bornes sont larges et paramétrées ; aucun texte ne les fixe. La règle se tait sans budget complet, sans places, et pour un établissement à ouvrir.",
    remede: "vérifiez le chiffre ; s'il est juste, écartez la règle par une dérogation.",
    references: &[&COHERENCE],
    limites: &[
        Limite {
            nom: "resultat",
            valeur: Seuil::Fixe(6.0),
            unite: "%",
            libelle: "résultat d'un exercice, rapporté aux dépenses ; paramètre de cpom",
        },
        Limite {
            nom: "fois",
            valeur: Seuil::Fixe(8.0),
            unite: "fois",
            libelle: "résultat d'un exercice, rapporté au plus grand des autres ; paramètre de cpom",
        },
        Limite {
            nom: "reserves",
            valeur: Seuil::Fixe(75.0),
            unite: "%",
            libelle: "réserves ou report, rapportés aux dépenses ; paramètre de cpom",
        },
        Limite {
            nom: "surface_minimum",
            valeur: Seuil::Fixe(10.0),
            unite: "m² par place",
            libelle: "surface d'un établissement ; paramètre de cpom",
        },
        Limite {
            nom: "surface_maximum",
            valeur: Seuil::Fixe(250.0),
            unite: "m² par place",
            libelle: "surface d'un établissement ; paramètre de cpom",
        },
        Limite {
            nom: "surface_service_minimum",
            valeur: Seuil::Fixe(2.0),
            unite: "m² par place",
            libelle: "surface d'un service ; paramètre de cpom",
        },
        Limite {
            nom: "surface_service_maximum",
            valeur: Seuil::Fixe(45.0),
            unite: "m² par place",
            libelle: "surface d'un service ; paramètre de cpom",
        },
    ],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/diagnostic/situation_financiere",
        "/diagnostic/locaux",
        "/moyens/budgets",
        "/moyens/annee_reference",
        "/perimetre/etablissements/*/nom",
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/categorie",
        "/perimetre/etablissements/*/ouverture_prevue",
    ],
    consequences: &["DIA-006", "DIA-014", "BUD-029"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let Some(diagnostic) = contexte.contrat.diagnostic.valeur() else { return };
    situations(contexte, diagnostic.situation_financiere.elements(), findings);
    locaux(contexte, diagnostic.locaux.elements(), findings);
}

/// The figures of each exercise, beside the budget and the other exercises.
fn situations(contexte: &Context<'_>, lignes: &[SituationFinanciere], findings: &mut Findings<'_>) {
    let budgets = par_etablissement(contexte, None);
    let mut siennes: BTreeMap<&str, Vec<(usize, &SituationFinanciere)>> = BTreeMap::new();
    for (rang, ligne) in lignes.iter().enumerate() {
        siennes.entry(ligne.etablissement.as_str()).or_default().push((rang, ligne));
    }
    let part = |nom: &str| findings.limite(nom).unwrap_or(f64::INFINITY) / 100.0;
    let (part_resultat, part_reserves, fois) = (part("resultat"), part("reserves"), part("fois") * 100.0);
    for (id, siennes) in siennes {
        let nom = contexte.nom_de(id);
        let budget = budgets.get(id).copied().flatten().map(euros_de).filter(|b| *b > 0.0);
        let resultats: Vec<f64> =
            siennes.iter().filter_map(|(_, l)| valeur(&l.resultat)).map(|m| euros_de(m).abs()).collect();
        for (rang, ligne) in &siennes {
            let ici = |cle: &str| format!("/diagnostic/situation_financiere/{rang}/{cle}");
            if let Some(resultat) = valeur(&ligne.resultat) {
                let absolu = euros_de(resultat).abs();
                let mut autres: Vec<f64> = resultats.clone();
                autres.retain(|autre| *autre != absolu);
                let plus_grand = autres.iter().copied().fold(0.0, f64::max);
                let seul = plus_grand > 0.0 && absolu > fois * plus_grand;
                if seul || budget.is_some_and(|b| absolu > part_resultat * b) {
                    let beside = match budget {
                        Some(budget) if !seul => format!("le budget est de {}", euros(budget.round())),
                        _ => format!("le plus grand des autres est de {}", euros(plus_grand.round())),
                    };
                    findings.signaler(
                        ici("resultat"),
                        format!("Le résultat {} de « {nom} » est de {resultat} ; {beside}.", ligne.exercice),
                    );
                }
            }
            // Years that follow one another are compared by DIA-014.
            if siennes.len() > 1 {
                continue;
            }
            let report = ligne.report_a_nouveau.valeur();
            let sommes = [
                ("reserves", "Les réserves", valeur(&ligne.reserves)),
                (
                    "report_a_nouveau/excedentaire",
                    "Le report excédentaire",
                    report.and_then(|r| valeur(&r.excedentaire)),
                ),
                ("report_a_nouveau/deficitaire", "Le report déficitaire", report.and_then(|r| valeur(&r.deficitaire))),
            ];
            for (cle, quoi, montant) in sommes {
                let Some((montant, budget)) = montant.zip(budget) else { continue };
                if euros_de(montant) > part_reserves * budget {
                    findings.signaler(
                        ici(cle),
                        format!(
                            "{quoi} {} de « {nom} » : {montant}, pour un budget de {}{}.",
                            ligne.exercice,
                            euros(budget.round()),
                            glissement(euros_de(montant), 0.0, part_reserves * budget, Compte::Euros)
                        ),
                    );
                }
            }
        }
    }
}

/// Square metres per place.
fn locaux(contexte: &Context<'_>, lignes: &[Locaux], findings: &mut Findings<'_>) {
    for (rang, ligne) in lignes.iter().enumerate() {
        let Some(surface) = valeur(&ligne.surface).map(|q| q.0) else { continue };
        let Some(etablissement) = contexte.etablissement(ligne.etablissement.as_str()) else { continue };
        let e = etablissement.valeur;
        let places = e.places(GenreCapacite::Autorisee).filter(|n| *n > 0 && !e.a_ouvrir());
        let Some((places, categorie)) = places.zip(e.categorie.valeur().and_then(|c| categorie(c.as_str()))) else {
            continue;
        };
        let (bas, haut) = if categorie.service {
            ("surface_service_minimum", "surface_service_maximum")
        } else {
            ("surface_minimum", "surface_maximum")
        };
        let (bas, haut) = (findings.limite(bas).unwrap_or(0.0), findings.limite(haut).unwrap_or(f64::INFINITY));
        let par_place = surface / f64::from(places);
        if !(bas..=haut).contains(&par_place) {
            findings.signaler(
                format!("/diagnostic/locaux/{rang}/surface"),
                format!(
                    "« {} » a {} m² pour {places} places, soit {} m² par place{}.",
                    nom(e),
                    nombre(surface),
                    decimales(par_place, 1),
                    glissement(par_place, bas, haut, Compte::Unites)
                ),
            );
        }
    }
}

fn euros_de(montant: Montant) -> f64 {
    montant.centimes() as f64 / 100.0
}
