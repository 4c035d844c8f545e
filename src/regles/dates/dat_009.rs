//! DAT-009: the renewal of the contract is prepared early enough.

use crate::formats;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::ANAP;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DAT-009",
    famille: Famille::Dates,
    severite: Severite::Alerte,
    titre: "Le renouvellement du contrat est préparé assez tôt",
    pourquoi: "Un contrat non renouvelé à temps laisse les parties sans objectifs ni règles financières. Les fiches de l'ANAP conseillent dix-huit mois, douze au moins ; le modèle peut fixer un autre délai (paramètre « renouvellement_mois_avant_terme »). D'un mois ou d'un trimestre, le premier jour compte. La règle se tait sans date de préparation.",
    remede: "avancez la date de préparation du renouvellement.",
    references: &[&ANAP],
    limites: &[Limite {
        nom: "delai",
        valeur: Seuil::Fixe(12.0),
        unite: "mois",
        libelle: "délai avant la fin du contrat (fiches de l'ANAP, juin 2019), à défaut du paramètre du modèle",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/periode"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let preparation = contexte.contrat.periode.prepare_renouvellement.valeur();
    // Of a month or a quarter, the first day: the preparation may well begin on it.
    let commence = preparation.and_then(|e| e.premier_jour());
    let (Some(preparation), Some(commence), Some(fin)) = (preparation, commence, contexte.fin()) else { return };
    let delai = contexte.parametre("renouvellement_mois_avant_terme").or(findings.limite("delai"));
    let Some(delai) = delai.map(|d| d as i16) else { return };
    if commence.plus_mois(delai) > fin.lendemain() {
        let texte = preparation.as_str();
        let la_date = format!("{} {}", formats::devant_echeance(texte), formats::echeance(texte));
        findings.signaler(
            "/periode/prepare_renouvellement",
            format!(
                "La préparation du renouvellement commence {}, moins de {delai} mois avant la fin du contrat le {fin}.",
                la_date
            ),
        );
    }
}
