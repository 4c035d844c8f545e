//! BUD-031: the commercial budget of an ESAT is near its balance.

use crate::regles::context::{Context, valeur};
use crate::regles::echelle::{Compte, glissement};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-031",
    famille: Famille::Moyens,
    severite: Severite::Alerte,
    titre: "Le budget commercial d'un ESAT est proche de l'équilibre",
    pourquoi: "Des produits dix fois plus grands que les charges sont une faute de saisie. L'écart admis est un paramètre ; il ne juge pas la gestion. La règle se tait si l'un des deux montants manque.",
    remede: "vérifiez les charges et les produits ; s'ils sont justes, écartez la règle par une dérogation.",
    references: &[&COHERENCE],
    limites: &[Limite {
        nom: "ecart",
        valeur: Seuil::Fixe(15.0),
        unite: "%",
        libelle: "écart admis entre les produits et les charges ; paramètre de cpom",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/moyens/esat_production", "/perimetre/etablissements/*/nom"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let ecart = findings.limite("ecart").unwrap_or(f64::INFINITY) / 100.0;
    for (rang, budget) in contexte.moyens().map_or(&[][..], |m| m.esat_production.elements()).iter().enumerate() {
        let Some((charges, produits)) = valeur(&budget.charges).zip(valeur(&budget.produits)) else { continue };
        let (de, a) = (charges.centimes() as f64, produits.centimes() as f64);
        if (a - de).abs() > ecart * de {
            let id = budget.etablissement.as_str();
            let nom = contexte.nom_de(id);
            let glissement = glissement(a, de * (1.0 - ecart), de * (1.0 + ecart), Compte::Euros);
            findings.signaler(
                format!("/moyens/esat_production/{rang}/produits"),
                format!(
                    "Le budget commercial de « {nom} » a {charges} de charges et {produits} de produits{glissement}."
                ),
            );
        }
    }
}
