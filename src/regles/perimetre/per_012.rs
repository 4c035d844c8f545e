//! PER-012: full-time equivalents by function add up to the declared total.

use crate::formats::nombre;
use crate::regles::context::{Context, nom};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-012",
    famille: Famille::Perimetre,
    severite: Severite::Alerte,
    titre: "Les équivalents temps plein par fonction font le total déclaré",
    pourquoi: "Un effectif qui ne fait pas le compte fausse le taux d'encadrement et le coût par poste. Tolérance : un centième. Quand une fonction manque, seul un total inférieur à la somme des autres est signalé.",
    remede: "corrigez le total ou une fonction ; sans total annoncé, cpom le calcule.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/perimetre/etablissements/*/etp", "/perimetre/etablissements/*/nom"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for etablissement in contexte.etablissements() {
        let Some(etp) = etablissement.valeur.etp.valeur() else { continue };
        let (Some(declare), Some(somme)) = (etp.total_declare.valeur().map(|q| q.0), etp.total()) else { continue };
        let complet = etp.fonctions().iter().all(|(_, n)| n.is_some());
        let ecart = declare - somme;
        if ecart < -0.011 || (complet && ecart > 0.011) {
            findings.signaler(
                etablissement.pointeur("etp/total_declare"),
                format!(
                    "« {} » déclare {} ETP ; ses fonctions en comptent {}.",
                    nom(etablissement.valeur),
                    nombre(declare),
                    nombre(somme)
                ),
            );
        }
    }
}
