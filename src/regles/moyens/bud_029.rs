//! BUD-029: a return to balance that leaves from the last known result and goes up.

use crate::contrat::moyens::ResultatAttendu;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-029",
    famille: Famille::Moyens,
    severite: Severite::Alerte,
    titre: "Le retour à l'équilibre part du dernier résultat connu, et remonte",
    pourquoi: "Une trajectoire qui commence plus bas que le dernier déficit, ou qui redescend, n'est pas un retour à l'équilibre : un chiffre est faux. Est signalée aussi une année dont l'excédent attendu dépasse le dernier déficit : l'échelle n'est plus la même.",
    remede: "vérifiez le résultat de l'année ; si la rechute est attendue, écartez la règle par une dérogation.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/moyens/retour_equilibre", "/diagnostic/situation_financiere", "/perimetre/etablissements/*/nom"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let connus = contexte.contrat.diagnostic.valeur().map_or(&[][..], |d| d.situation_financiere.elements());
    for (rang, retour) in contexte.moyens().map_or(&[][..], |m| m.retour_equilibre.elements()).iter().enumerate() {
        let id = retour.etablissement.as_str();
        let nom = contexte.nom_de(id);
        let siens = connus.iter().filter(|s| s.etablissement == retour.etablissement);
        let dernier = siens.filter(|s| !s.resultat.est_absent()).max_by_key(|s| s.exercice);
        let dernier = dernier.and_then(|s| Some((s.exercice, valeur(&s.resultat)?)));
        let dernier = dernier.filter(|(_, resultat)| resultat.centimes() < 0);
        let mut suite: Vec<(usize, &ResultatAttendu)> = retour.trajectoire.elements().iter().enumerate().collect();
        suite.sort_by_key(|(_, attendu)| attendu.annee);
        // A trajectory that ends in deficit is BUD-015's business.
        if suite.last().is_some_and(|(_, attendu)| attendu.resultat.centimes() < 0) {
            continue;
        }
        let mut avant = dernier;
        for (n, attendu) in suite {
            let ici = || format!("/moyens/retour_equilibre/{rang}/trajectoire/{n}/resultat");
            if let Some((annee, precedent)) = avant.filter(|(_, precedent)| attendu.resultat < *precedent) {
                findings.signaler(
                    ici(),
                    format!(
                        "La trajectoire de « {nom} » redescend : {precedent} en {annee}, puis {} en {}.",
                        attendu.resultat, attendu.annee
                    ),
                );
                break;
            }
            if let Some((_, deficit)) = dernier.filter(|(_, deficit)| attendu.resultat > -*deficit) {
                findings.signaler(
                    ici(),
                    format!(
                        "La trajectoire de « {nom} » attend {} en {} ; le dernier déficit est de {}.",
                        attendu.resultat, attendu.annee, -deficit
                    ),
                );
                break;
            }
            avant = Some((attendu.annee, attendu.resultat));
        }
    }
}
