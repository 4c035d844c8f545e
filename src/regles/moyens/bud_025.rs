//! BUD-025: redeployments of the fiches and of the annex, within the budgets that they leave.

use super::fiches::avec_moyens;
use crate::contrat::calculs::somme_arrondie;
use crate::contrat::identifiants::Montant;
use crate::contrat::moyens::BoutRedeploiement;
use crate::contrat::objectifs::SourceFinancement;
use crate::formats::nombre;
use crate::regles::comptes::par_etablissement;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::{BTreeMap, BTreeSet};

pub static RULE: Rule = Rule {
    code: "BUD-025",
    famille: Famille::Moyens,
    severite: Severite::Alerte,
    titre: "Les redéploiements des fiches sont ceux de l'annexe, et tiennent dans les budgets",
    pourquoi: "Une fiche qui redéploie ce que l'annexe ne déplace pas promet un argent que personne ne rend ; un redéploiement ne peut dépasser le budget qu'il quitte. Sont comparées les sommes de chaque année, quand les fiches et l'annexe redéploient toutes deux ; puis chaque redéploiement au budget de l'établissement, et du groupe s'il est dit. Des postes qui partent et n'arrivent pas tous sont une information. Une fiche qui redéploie d'un établissement vers lui-même, sans annexe qui le dise, ne déplace rien.",
    remede: "reprenez le même montant des deux côtés, ou corrigez l'établissement.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/fiches_actions/*/moyens",
        "/fiches_actions/*/numero",
        "/moyens/redeploiements",
        "/moyens/budgets",
        "/moyens/annee_reference",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &["BUD-007"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let annexe = contexte.moyens().map_or(&[][..], |m| m.redeploiements.elements());
    let budgets = [None, Some(1), Some(2), Some(3)].map(|groupe| par_etablissement(contexte, groupe));
    let mut deplaces: BTreeMap<u16, Option<Montant>> = BTreeMap::new();
    for redeploiement in annexe {
        let Some(annee) = valeur(&redeploiement.annee) else { return };
        let de = redeploiement.de.elements();
        let somme = de.iter().map(|bout| valeur(&bout.montant)).collect::<Option<Vec<_>>>();
        let somme = somme.filter(|m| !m.is_empty()).map(|m| m.into_iter().sum::<Montant>());
        let total = deplaces.entry(annee.valeur()).or_insert(Some(Montant::default()));
        *total = total.zip(somme).map(|(a, b)| a + b);
    }
    let mut promis: BTreeMap<u16, (String, Montant)> = BTreeMap::new();
    for (numero, fiche, moyens) in avec_moyens(contexte) {
        for (rang, financement) in moyens.financements.elements().iter().enumerate() {
            if financement.source != SourceFinancement::Redeploiement {
                continue;
            }
            let ici = fiche.pointeur(&format!("moyens/financements/{rang}/montant"));
            if let Some(id) =
                financement.de.valeur().filter(|de| Some(*de) == financement.vers.valeur() && annexe.is_empty())
            {
                findings.signaler(
                    fiche.pointeur(&format!("moyens/financements/{rang}/vers")),
                    format!(
                        "La fiche {numero} redéploie des moyens de « {} » vers lui-même.",
                        contexte.nom_de(id.as_str())
                    ),
                );
            }
            let Some((annee, montant)) = valeur(&financement.annee).zip(valeur(&financement.montant)) else { continue };
            promis.entry(annee.valeur()).or_insert((ici.clone(), Montant::default())).1 += montant;
            if annexe.is_empty()
                && let Some(de) = financement.de.valeur()
            {
                depasse(contexte, &budgets, ici, de.as_str(), None, montant, findings);
            }
        }
    }
    for (rang, redeploiement) in annexe.iter().enumerate() {
        for (n, bout) in redeploiement.de.elements().iter().enumerate() {
            let Some(montant) = valeur(&bout.montant) else { continue };
            let ici = format!("/moyens/redeploiements/{rang}/de/{n}/montant");
            let groupe = bout.groupe.valeur().map(|g| g.0);
            depasse(contexte, &budgets, ici, bout.etablissement.as_str(), groupe, montant, findings);
        }
    }
    for (rang, redeploiement) in annexe.iter().enumerate() {
        let etp = |bouts: &[BoutRedeploiement]| {
            let connus = bouts.iter().filter(|b| !b.etp.est_absent()).map(|b| valeur(&b.etp).map_or(0.0, |q| q.0));
            somme_arrondie(connus)
        };
        let Some((de, vers)) = etp(redeploiement.de.elements()).zip(etp(redeploiement.vers.elements())) else {
            continue;
        };
        if (de - vers).abs() > 0.005 {
            findings
                .signaler(
                    format!("/moyens/redeploiements/{rang}/vers"),
                    format!("Le redéploiement déplace {} ETP et en fait arriver {}.", nombre(de), nombre(vers)),
                )
                .severite(Severite::Information);
        }
    }
    if annexe.is_empty() || promis.is_empty() {
        return;
    }
    let annees: BTreeSet<u16> = deplaces.keys().chain(promis.keys()).copied().collect();
    for annee in annees {
        let de_l_annexe = deplaces.get(&annee).copied().unwrap_or(Some(Montant::default()));
        let des_fiches = promis.get(&annee);
        let Some(de_l_annexe) = de_l_annexe else { continue };
        let montant = des_fiches.map(|(_, m)| *m).unwrap_or_default();
        if montant != de_l_annexe {
            findings.signaler(
                des_fiches.map_or("/moyens/redeploiements".to_string(), |(ici, _)| ici.clone()),
                format!("Les fiches redéploient {montant} en {annee} ; l'annexe en déplace {de_l_annexe}."),
            );
        }
    }
}

/// Says that more leaves a budget than it holds.
fn depasse(
    contexte: &Context<'_>,
    budgets: &[BTreeMap<&str, Option<Montant>>; 4],
    pointeur: String,
    id: &str,
    groupe: Option<u8>,
    montant: Montant,
    findings: &mut Findings<'_>,
) {
    let budget = budgets[usize::from(groupe.unwrap_or(0)).min(3)].get(id);
    let Some(budget) = budget.copied().flatten() else { return };
    if montant > budget {
        let groupe = groupe.map(|g| format!(" (groupe {g})")).unwrap_or_default();
        findings.signaler(
            pointeur,
            format!(
                "Un redéploiement de {montant} quitte « {} »{groupe}, dont le budget est de {budget}.",
                contexte.nom_de(id)
            ),
        );
    }
}
