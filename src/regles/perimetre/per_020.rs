//! PER-020: ages that are those of the public of the category.

use crate::formats::nombre;
use crate::nomenclatures::{Public, categorie};
use crate::regles::context::{Context, nom, valeur};
use crate::regles::echelle::{Compte, glissement};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-020",
    famille: Famille::Perimetre,
    severite: Severite::Alerte,
    titre: "Les âges sont ceux du public de la catégorie",
    pourquoi: "Un institut pour enfants « de 60 à 20 ans », une maison d'accueil pour adultes ouverte dès 2 ans : l'âge est mal saisi, ou la catégorie. Les bornes sont larges et paramétrées ; aucun texte ne les fixe toutes. La catégorie dit le public : enfants, adultes, personnes âgées ; la règle se tait pour les autres.",
    remede: "vérifiez l'âge dans l'arrêté d'autorisation, et la catégorie ; si l'un et l'autre sont justes, écartez la règle par une dérogation.",
    references: &[&COHERENCE],
    limites: &[
        Limite {
            nom: "enfants_maximum",
            valeur: Seuil::Fixe(25.0),
            unite: "ans",
            libelle: "âge le plus haut d'un établissement pour enfants ; paramètre de cpom",
        },
        Limite {
            nom: "adultes_minimum",
            valeur: Seuil::Fixe(14.0),
            unite: "ans",
            libelle: "âge le plus bas d'un établissement pour adultes ; paramètre de cpom",
        },
        Limite {
            nom: "ages_minimum",
            valeur: Seuil::Fixe(40.0),
            unite: "ans",
            libelle: "âge le plus bas d'un établissement pour personnes âgées ; paramètre de cpom",
        },
        Limite {
            nom: "age_maximum",
            valeur: Seuil::Fixe(120.0),
            unite: "ans",
            libelle: "âge le plus haut ; paramètre de cpom",
        },
    ],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/ages",
        "/perimetre/etablissements/*/categorie",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &["PER-015"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for etablissement in contexte.etablissements() {
        let e = etablissement.valeur;
        let Some(categorie) = e.categorie.valeur().and_then(|c| categorie(c.as_str())) else { continue };
        let Some(ages) = e.ages.valeur() else { continue };
        // Ages the wrong way round are PER-015's business.
        if valeur(&ages.min).zip(valeur(&ages.max)).is_some_and(|(min, max)| min > max) {
            continue;
        }
        let (bas, haut) = match categorie.public {
            Public::Enfants => (None, Some("enfants_maximum")),
            Public::Adultes => (Some("adultes_minimum"), Some("age_maximum")),
            Public::Ages => (Some("ages_minimum"), Some("age_maximum")),
            Public::Tous => (None, Some("age_maximum")),
        };
        let bas = bas.and_then(|n| findings.limite(n)).unwrap_or(0.0);
        let haut = haut.and_then(|n| findings.limite(n)).unwrap_or(f64::INFINITY);
        for (cle, age) in [("min", valeur(&ages.min)), ("max", valeur(&ages.max))] {
            let Some(age) = age.map(|a| f64::from(a.0)).filter(|age| !(bas..=haut).contains(age)) else { continue };
            let borne =
                if age < bas { format!("moins de {}", nombre(bas)) } else { format!("plus de {}", nombre(haut)) };
            findings.signaler(
                etablissement.pointeur(&format!("ages/{cle}")),
                format!(
                    "« {} » ({}) a un âge de {} ans, {borne}{}.",
                    nom(e),
                    categorie.nom_court(),
                    nombre(age),
                    glissement(age, bas, haut, Compte::Unites)
                ),
            );
        }
    }
}
