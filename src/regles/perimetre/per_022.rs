//! PER-022: a planned capacity that makes sense.

use crate::formats::minuscule;
use crate::regles::context::{Context, nom, valeur};
use crate::regles::echelle::{Compte, glissement};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-022",
    famille: Famille::Perimetre,
    severite: Severite::Alerte,
    titre: "Une capacité prévue est à l'échelle de la capacité autorisée",
    pourquoi: "« De 18 à 120 places » est une faute de frappe ou un autre projet. Est signalée une évolution qui triple la capacité de la modalité, la divise par plus de quatre sans la fermer, ou ne la change pas. Les rapports sont des paramètres. La règle se tait pour une modalité nouvelle.",
    remede: "vérifiez la capacité prévue ; si elle est juste, écartez la règle par une dérogation.",
    references: &[&COHERENCE],
    limites: &[
        Limite {
            nom: "hausse",
            valeur: Seuil::Fixe(3.0),
            unite: "fois",
            libelle: "hausse admise d'une capacité ; paramètre de cpom",
        },
        Limite {
            nom: "baisse",
            valeur: Seuil::Fixe(4.0),
            unite: "fois",
            libelle: "baisse admise d'une capacité ; paramètre de cpom",
        },
    ],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/perimetre/etablissements/*/capacites", "/perimetre/etablissements/*/nom"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for etablissement in contexte.etablissements() {
        for (rang, capacite) in etablissement.valeur.capacites.elements().iter().enumerate() {
            let mut avant = valeur(&capacite.autorisee).map_or(0, |n| n.0);
            for (n, evolution) in capacite.evolutions.elements().iter().enumerate() {
                let (de, a) = (f64::from(avant), f64::from(evolution.capacite.0));
                avant = evolution.capacite.0;
                let hausse = findings.limite("hausse").unwrap_or(f64::INFINITY);
                let baisse = findings.limite("baisse").unwrap_or(f64::INFINITY);
                if de == 0.0 || a == 0.0 || (a != de && a <= de * hausse && a >= de / baisse) {
                    continue;
                }
                findings.signaler(
                    etablissement.pointeur(&format!("capacites/{rang}/evolutions/{n}/capacite")),
                    format!(
                        "« {} » ({}) passe de {de} à {a} places{}.",
                        nom(etablissement.valeur),
                        minuscule(capacite.modalite.libelle()),
                        if a == de {
                            " (rien ne change)"
                        } else {
                            glissement(a, de / baisse, de * hausse, Compte::Unites)
                        }
                    ),
                );
            }
        }
    }
}
