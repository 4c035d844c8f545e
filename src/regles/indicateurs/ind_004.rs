//! IND-004: a share is between 0 and 100.

use super::lecture::{en_pourcent, mots, tous};
use crate::formats::pourcent;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "IND-004",
    famille: Famille::Indicateurs,
    severite: Severite::Bloquante,
    titre: "Une part est comprise entre 0 et 100 %",
    pourquoi: "Une part de 120 % n'existe pas : c'est une faute de saisie, ou un taux mal nommé. Un taux d'occupation, d'activité, de réalisation ou d'évolution peut dépasser 100 % ou être négatif : la règle s'abstient quand l'intitulé porte un de ces mots.",
    remede: "corrigez la valeur ; si c'est un taux d'activité ou d'évolution, dites-le dans l'intitulé.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/fiches_actions"],
    consequences: &[],
    check,
};

/// Words of a label whose rate may leave 0–100.
const TAUX_LIBRES: [&str; 12] = [
    "occupation",
    "activite",
    "realisation",
    "evolution",
    "variation",
    "croissance",
    "progression",
    "couverture",
    "remplissage",
    "hausse",
    "baisse",
    "ecart",
];

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for place in tous(contexte).into_iter().filter(|p| en_pourcent(p.indicateur)) {
        let libelle = mots(place.nom());
        if libelle.split(' ').any(|mot| TAUX_LIBRES.contains(&mot)) {
            continue;
        }
        let initiale =
            place.indicateur.valeur_initiale.valeur().map(|v| ("valeur_initiale/valeur".to_string(), &v.valeur));
        let cibles = place.indicateur.cibles.elements().iter().enumerate();
        let cibles = cibles.map(|(rang, c)| (format!("cibles/{rang}/fin"), &c.fin));
        for (cle, mesure) in initiale.into_iter().chain(cibles) {
            if let Some(valeur) = mesure.nombre().filter(|v| !(0.0..=100.0).contains(v)) {
                findings.signaler(
                    place.pointeur(&cle),
                    format!(
                        "L'indicateur « {} » (fiche {}) est une part et vaut {} : une part va de 0 à 100 %.",
                        place.nom(),
                        place.numero,
                        pourcent(valeur)
                    ),
                );
            }
        }
    }
}
