//! The signature blocks: for each signatory, the party, its representative and the delegation.

use super::impression::{lacune_inline, valeur_inline};
use super::objets::Pointeur;
use super::{jetons, parties};
use crate::contrat::calculs::Signataire;
use crate::contrat::parties::Delegation;
use crate::contrat::{Contrat, PriseEffet};
use crate::document::{Inline, Signature};
use crate::formats::majuscule;

/// One block per signatory, in the order of the parties.
pub fn blocs(contrat: &Contrat, pointeur: &Pointeur<'_>) -> Vec<Signature> {
    // Signed one after the other, the contract takes effect at the last date.
    let une_date = contrat.periode.prise_effet.valeur() != Some(&PriseEffet::DerniereSignature);
    let mention = if une_date { Vec::new() } else { vec![Inline::Texte { texte: "Date :".into() }] };
    let signataires = contrat.signataires();
    let bloc = |s| Signature { mention: mention.clone(), ..bloc(s, &de_signataire(contrat, s, pointeur).texte()) };
    signataires.iter().map(bloc).collect()
}

/// The place of a signatory in the file.
fn de_signataire<'a>(contrat: &Contrat, signataire: &Signataire<'_>, racine: &Pointeur<'a>) -> Pointeur<'a> {
    let (liste, rang) = match signataire {
        Signataire::Autorite(a) => ("autorites", contrat.autorites().iter().position(|x| x.id == a.id)),
        Signataire::Gestionnaire(g) => ("gestionnaires", contrat.gestionnaires().iter().position(|x| x.id == g.id)),
    };
    racine.cle("parties").cle(liste).element(rang.unwrap_or_default())
}

fn bloc(signataire: &Signataire<'_>, pointeur: &str) -> Signature {
    let (nom, representant) = parties::de_signataire(signataire);
    let delegation = match signataire {
        Signataire::Autorite(a) => a.par_delegation.valeur(),
        Signataire::Gestionnaire(g) => g.par_delegation.valeur(),
    };
    let texte = |t: String| Inline::Texte { texte: t };
    let valeur = |t: &str| valeur_inline(jetons::purger(t), None, false);
    let partie = match &nom.le {
        Some(le) => vec![texte("Pour ".into()), valeur(le)],
        None => vec![texte("Pour ".into()), lacune_inline("nom du signataire", format!("{pointeur}/nom"), None)],
    };
    let mut qualite: Vec<Vec<Inline>> = Vec::new();
    if let Some(delegation) = delegation {
        qualite.push(par_delegation(delegation));
    }
    qualite.push(match representant.and_then(parties::qualite) {
        Some((le, _)) => vec![valeur(&majuscule(&le))],
        None => {
            vec![lacune_inline("qualité du représentant", format!("{pointeur}/representant/qualite"), None)]
        }
    });
    if let Some(representant) = representant
        && let Some(nom) = representant.nom.valeur()
    {
        let civilite = representant.civilite.valeur().map(|c| format!("{c} ")).unwrap_or_default();
        qualite.push(vec![valeur(&format!("{civilite}{nom}"))]);
    }
    let signataire = signataire.id().to_string();
    Signature { champ: format!("signature-{signataire}"), signataire, partie, qualite, mention: Vec::new() }
}

/// « Pour le directeur général et par délégation (arrêté n° 2 du 10 janvier 2025) ».
fn par_delegation(delegation: &Delegation) -> Vec<Inline> {
    let texte = |t: &str| Inline::Texte { texte: t.into() };
    let valeur = |t: &str| valeur_inline(jetons::purger(t), None, false);
    let mut ligne = vec![match delegation.delegant.valeur() {
        Some(delegant) => valeur(&format!("Pour {} et par délégation", parties::fonction(delegant.as_str()))),
        None => texte("Par délégation"),
    }];
    if let Some(acte) = delegation.acte.valeur() {
        ligne.push(texte(" ("));
        ligne.push(valeur(acte.as_str()));
        if let Some(date) = delegation.date.valeur() {
            ligne.push(texte(" du "));
            ligne.push(valeur(&date.to_string()));
        }
        ligne.push(texte(")"));
    }
    ligne
}
