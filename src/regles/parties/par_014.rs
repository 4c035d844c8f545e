//! PAR-014: an establishment already covered by another contract in force.

use crate::regles::context::{Context, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{DateChoisie, Famille, Rule, Vigueur};
use crate::regles::textes::{COHERENCE, L313_12};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PAR-014",
    famille: Famille::Parties,
    severite: Severite::Alerte,
    titre: "Aucun établissement n'est couvert par un autre contrat en vigueur",
    pourquoi: "Un même établissement tenu par deux contrats a deux fois des objectifs et des moyens. Sont comparées les périodes des contrats liés (« contrats_lies ») et celle du contrat ; le contrat que celui-ci renouvelle n'est pas visé s'il s'achève avant. La règle se tait si une date manque.",
    remede: "mettez fin à l'autre contrat avant l'effet de celui-ci, ou excluez l'établissement de l'un des deux.",
    references: &[&L313_12, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::DuTexte(&L313_12, DateChoisie::Signature),
    derogeable: true,
    lit: &["/contrats_lies", "/periode", "/perimetre/etablissements/*/inclus", "/perimetre/etablissements/*/nom"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let (Some(debut), Some(fin)) = (contexte.debut(), contexte.fin()) else { return };
    for (rang, autre) in contexte.contrat.contrats_lies.elements().iter().enumerate() {
        let (Some(son_debut), Some(sa_fin)) = (valeur(&autre.debut), valeur(&autre.fin)) else { continue };
        if son_debut > fin || sa_fin < debut {
            continue;
        }
        for (k, id) in autre.etablissements.elements().iter().enumerate() {
            let Some(etablissement) = contexte.etablissement(id.as_str()).filter(|e| e.valeur.est_inclus()) else {
                continue;
            };
            findings.signaler(
                format!("/contrats_lies/{rang}/etablissements/{k}"),
                format!(
                    "Le contrat {1}, en vigueur du {son_debut} au {sa_fin}, couvre déjà « {0} ».",
                    nom(etablissement.valeur),
                    autre.reference
                ),
            );
        }
    }
}
