//! PER-023: the competence is that of the category.

use crate::contrat::perimetre::Competence;
use crate::contrat::textes::CodeCategorie;
use crate::formats::minuscule;
use crate::nomenclatures::{categorie, competences};
use crate::regles::context::{Context, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, L313_3};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-023",
    famille: Famille::Perimetre,
    severite: Severite::Alerte,
    titre: "La compétence est celle que la loi donne à la catégorie",
    pourquoi: "La loi dit qui autorise chaque sorte d'établissement : l'agence pour ceux que l'assurance maladie finance, le département pour ceux de l'aide sociale, les deux ensemble quand l'un et l'autre paient. De là, cpom déduit la compétence de chaque catégorie FINESS ; celles dont le financement varie (établissements expérimentaux, centres de ressources) ne sont pas jugées. Une compétence fausse met la mauvaise autorité au contrat. Les places d'une autre catégorie (« dont ») sont jugées par la leur.",
    remede: "corrigez la compétence ou la catégorie ; si l'arrêté d'autorisation en décide autrement, écartez la règle par une dérogation.",
    references: &[&L313_3, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/competence",
        "/perimetre/etablissements/*/categorie",
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &["PAR-001", "PAR-002", "BUD-023", "OBJ-012"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for etablissement in contexte.etablissements() {
        let e = etablissement.valeur;
        juger(e.categorie.valeur(), valeur(&e.competence), nom(e), etablissement.pointeur("competence"), findings);
        for (rang, capacite) in e.capacites.elements().iter().enumerate() {
            for (n, dont) in capacite.dont.elements().iter().enumerate() {
                let ici = etablissement.pointeur(&format!("capacites/{rang}/dont/{n}/competence"));
                juger(dont.categorie.valeur(), valeur(&dont.competence), dont.libelle.as_str(), ici, findings);
            }
        }
    }
}

fn juger(
    code: Option<&CodeCategorie>,
    competence: Option<Competence>,
    nom: &str,
    pointeur: String,
    findings: &mut Findings<'_>,
) {
    let Some((code, competence)) = code.zip(competence) else { return };
    let Some((categorie, attendues)) = categorie(code.as_str()).zip(competences(code.as_str())) else { return };
    let admises: Vec<Competence> =
        Competence::TOUTES.into_iter().filter(|c| attendues.admises.contains(&c.cle())).collect();
    if !admises.contains(&competence) {
        let admises: Vec<String> = admises.iter().map(|c| minuscule(c.libelle())).collect();
        findings.signaler(
            pointeur,
            format!(
                "« {nom} » ({}, {} du I de l'article L. 312-1) : {} ; cette catégorie relève de la {}.",
                categorie.nom_court(),
                attendues.numero,
                minuscule(competence.libelle()),
                admises.join(" ou de la ")
            ),
        );
    }
}
