//! OBJ-006: the objectives that the model makes compulsory.

use crate::modele::bibliotheque::ObjectifPropose;
use crate::nomenclatures::categorie;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{BRETAGNE, PACA};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "OBJ-006",
    famille: Famille::Objectifs,
    severite: Severite::Bloquante,
    titre: "Les objectifs que le modèle rend obligatoires sont au contrat",
    pourquoi: "Le modèle impose certains objectifs à tout contrat, ou à ceux qui accompagnent un public (enfants, adultes, personnes âgées) ; l'oublier fait revenir le dossier. Un objectif partagé par plusieurs gestionnaires compte pour chacun. La règle se tait tant que la liste des objectifs n'est pas écrite.",
    remede: "ajoutez l'objectif et donnez-lui le code de la bibliothèque du modèle (clé « bibliotheque »).",
    references: &[&PACA, &BRETAGNE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/objectifs", "/perimetre/etablissements/*/categorie", "/perimetre/etablissements/*/inclus"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    if contexte.contrat.objectifs.valeur().is_none() && !contexte.definitif() {
        return;
    }
    for propose in contexte.modele.bibliotheque.iter().filter(|o| o.obligatoire && vise(contexte, o)) {
        let present = contexte.objectifs().any(|o| o.valeur.bibliotheque.valeur() == Some(&propose.code));
        if !present {
            findings
                .signaler("/objectifs", format!("L'objectif obligatoire « {} » n'est pas au contrat.", propose.titre))
                .remede(format!("ajoutez cet objectif, avec « bibliotheque »: \"{}\".", propose.code));
        }
    }
}

/// Whether an included establishment serves the public that the objective is for.
fn vise(contexte: &Context<'_>, propose: &ObjectifPropose) -> bool {
    propose.publics.is_empty()
        || contexte
            .inclus()
            .filter_map(|e| e.valeur.categorie.valeur().and_then(|c| categorie(c.as_str())))
            .any(|c| propose.publics.contains(&c.public))
}
