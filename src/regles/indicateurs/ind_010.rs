//! IND-010: a target that does not go with the others.

use super::lecture::{contraire, tous};
use crate::contrat::diagnostic::Sens;
use crate::formats::{enumerer, nombre};
use crate::regles::cibles::{fins, ruptures};
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::suites::{demesuree, isolee};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "IND-010",
    famille: Famille::Indicateurs,
    severite: Severite::Alerte,
    titre: "Une cible d'indicateur est à l'échelle des autres",
    pourquoi: "950 entre 85 et 95 est une faute de frappe que personne ne verra avant le dialogue de gestion. Est signalée une cible qui dépasse la suivante alors que l'indicateur doit monter (ou l'inverse s'il doit baisser), une valeur seule hors de la suite des autres, et une première ou une dernière valeur plusieurs fois plus grande, ou plus petite, que sa voisine quand les autres se suivent. C'est une lecture de la suite des valeurs : elle alerte.",
    remede: "vérifiez la valeur ; si elle est juste, écartez la règle par une dérogation.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/fiches_actions"],
    consequences: &["IND-003"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for place in tous(contexte) {
        // One cause, one remark: IND-003 and IND-009 say more exactly what they see.
        let rompue = || !ruptures(place.indicateur.cibles.elements(), None).is_empty();
        if contraire(place.indicateur).is_some() || rompue() {
            continue;
        }
        let cibles = fins(place.indicateur.cibles.elements());
        let depart = place.indicateur.valeur_initiale.valeur().and_then(|v| v.valeur.nombre());
        let valeurs: Vec<f64> = depart.into_iter().chain(cibles.iter().map(|(_, v)| *v)).collect();
        let sens = place.indicateur.sens.valeur();
        let suite = &valeurs[valeurs.len() - cibles.len()..];
        let recul = sens.and_then(|sens| recule(suite, *sens)).map(|rang| rang + valeurs.len() - cibles.len());
        // An indicator leaps at first and then stays: its pace says nothing.
        let Some(rang) = recul.or_else(|| isolee(&valeurs, ECART)).or_else(|| demesuree(&valeurs, f64::INFINITY))
        else {
            continue;
        };
        let cle = match rang.checked_sub(valeurs.len() - cibles.len()) {
            Some(n) => format!("cibles/{}/fin", cibles[n].0),
            None => "valeur_initiale/valeur".to_string(),
        };
        let autres: Vec<String> = valeurs.iter().map(|v| nombre(*v)).collect();
        findings.signaler(
            place.pointeur(&cle),
            format!(
                "L'indicateur « {} » (fiche {}) vaut tour à tour {} : {} ne suit pas les autres valeurs.",
                place.nom(),
                place.numero,
                enumerer(&autres),
                nombre(valeurs[rang])
            ),
        );
    }
}

/// Share by which a value alone may leave two others that agree.
const ECART: f64 = 0.08;

/// The target to look at when one goes back on the way that the indicator says: the one without which the others go forward.
fn recule(valeurs: &[f64], sens: Sens) -> Option<usize> {
    let avance = |a: f64, b: f64| match sens {
        Sens::Hausse => b >= a,
        Sens::Baisse => b <= a,
        Sens::Maintien => true,
    };
    let rang = valeurs.windows(2).position(|deux| !avance(deux[0], deux[1]))?;
    // Without the first of the two, do the others follow? Then it is the one.
    let sans_le_premier = rang == 0 || avance(valeurs[rang - 1], valeurs[rang + 1]);
    let sans_le_second = valeurs.get(rang + 2).is_none_or(|apres| avance(valeurs[rang], *apres));
    Some(if sans_le_premier && !sans_le_second { rang } else { rang + 1 })
}
