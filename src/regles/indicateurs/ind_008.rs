//! IND-008: the same indicator says the same thing everywhere.

use super::lecture::{Place, mots, tous};
use crate::contrat::textes::Mesure;
use crate::formats::nombre;
use crate::regles::context::{Context, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::collections::{BTreeMap, BTreeSet};

pub static RULE: Rule = Rule {
    code: "IND-008",
    famille: Famille::Indicateurs,
    severite: Severite::Alerte,
    titre: "Un même indicateur a partout la même définition et la même valeur",
    pourquoi: "Un indicateur repris dans deux fiches, ou du diagnostic, avec deux valeurs pour la même année fait douter de toutes les autres. Sont comparés les indicateurs de même identifiant, ceux de même intitulé dont les objectifs visent les mêmes établissements, et ceux du diagnostic qui portent sur le même établissement.",
    remede: "gardez une seule valeur, ou distinguez les intitulés.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/fiches_actions", "/objectifs/*/etablissements", "/diagnostic/indicateurs"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let mut par_id: BTreeMap<&str, usize> = BTreeMap::new();
    let mut par_libelle: BTreeMap<(String, Vec<&str>), usize> = BTreeMap::new();
    let places = tous(contexte);
    for (rang, place) in places.iter().enumerate() {
        let cle = (mots(place.nom()), portee(contexte, place));
        let memes = [par_id.insert(place.indicateur.id.as_str(), rang), par_libelle.insert(cle, rang)];
        for autre in memes.into_iter().flatten().collect::<BTreeSet<_>>() {
            if let Some(ecart) = places.get(autre).and_then(|autre| ecart(autre, place)) {
                findings.signaler(place.pointeur(""), ecart);
            }
        }
    }
    du_diagnostic(contexte, &places, findings);
}

/// The establishments that the objective of an indicator names, sorted.
fn portee<'a>(contexte: &Context<'a>, place: &Place<'a>) -> Vec<&'a str> {
    let objectif = contexte.objectif(place.fiche.valeur.objectif.as_str());
    let mut ids: Vec<&str> =
        objectif.map(|o| o.valeur.etablissements.elements().iter().map(|id| id.as_str()).collect()).unwrap_or_default();
    ids.sort_unstable();
    ids
}

/// What differs between two places of one indicator.
fn ecart(premier: &Place<'_>, second: &Place<'_>) -> Option<String> {
    let fiches = if premier.numero == second.numero {
        format!("fiche {}", second.numero)
    } else {
        format!("fiches {} et {}", premier.numero, second.numero)
    };
    let ici = format!("« {} » ({fiches})", second.nom());
    if mots(premier.nom()) != mots(second.nom()) {
        return Some(format!(
            "L'identifiant « {} » désigne deux indicateurs : « {} » (fiche {}) et « {} » (fiche {}).",
            second.indicateur.id,
            premier.nom(),
            premier.numero,
            second.nom(),
            second.numero
        ));
    }
    if let (Some(un), Some(deux)) = (premier.indicateur.unite.valeur(), second.indicateur.unite.valeur())
        && un.as_str().trim().to_lowercase() != deux.as_str().trim().to_lowercase()
    {
        return Some(format!("L'indicateur {ici} a deux unités : « {un} » et « {deux} »."));
    }
    let (un, deux) = (premier.indicateur.valeur_initiale.valeur()?, second.indicateur.valeur_initiale.valeur()?);
    let meme_annee = valeur(&un.annee) == valeur(&deux.annee);
    (meme_annee && un.valeur != deux.valeur).then(|| {
        format!("L'indicateur {ici} part de deux valeurs : {} et {}.", en_mots(&un.valeur), en_mots(&deux.valeur))
    })
}

/// The diagnosis gives a value of the same indicator for the same year.
fn du_diagnostic(contexte: &Context<'_>, places: &[Place<'_>], findings: &mut Findings<'_>) {
    let observes = contexte.contrat.diagnostic.valeur().map_or(&[][..], |d| d.indicateurs.elements());
    let mut connus: BTreeMap<(String, Option<&str>, u16), &Mesure> = BTreeMap::new();
    for observe in observes {
        if let (Some(annee), Some(mesure)) = (valeur(&observe.annee), observe.valeur.valeur()) {
            let etablissement = observe.etablissement.valeur().map(|id| id.as_str());
            connus.insert((mots(observe.libelle.as_str()), etablissement, annee.valeur()), mesure);
        }
    }
    for place in places {
        let Some(initiale) = place.indicateur.valeur_initiale.valeur() else { continue };
        let Some(annee) = valeur(&initiale.annee) else { continue };
        let portee = portee(contexte, place);
        let etablissement = match portee.as_slice() {
            [] => None,
            [seul] => Some(*seul),
            _ => continue,
        };
        let observe = connus.get(&(mots(place.nom()), etablissement, annee.valeur()));
        if let Some(observe) = observe.filter(|o| ***o != initiale.valeur) {
            findings.signaler(
                place.pointeur("valeur_initiale/valeur"),
                format!(
                    "L'indicateur « {} » (fiche {}) vaut {} en {annee} dans la fiche et {} dans le diagnostic.",
                    place.nom(),
                    place.numero,
                    en_mots(&initiale.valeur),
                    en_mots(observe)
                ),
            );
        }
    }
}

fn en_mots(mesure: &Mesure) -> String {
    match mesure {
        Mesure::Nombre(n) => nombre(*n),
        Mesure::Mots(mots) => format!("« {mots} »"),
    }
}
