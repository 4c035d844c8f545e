//! PER-016: a part of a capacity is not larger than the whole.

use crate::contrat::calculs::GenreCapacite;
use crate::contrat::perimetre::{Capacite, Etablissement};
use crate::formats::minuscule;
use crate::regles::context::{Context, nom, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PER-016",
    famille: Famille::Perimetre,
    severite: Severite::Alerte,
    titre: "Une part d'une capacité ne dépasse pas le tout",
    pourquoi: "« 8 places » dans une modalité de 4, plus de places financées que d'installées ou d'autorisées, des sites qui accueillent plus que l'établissement : l'un des deux nombres est faux. Sont comparés, pour chaque modalité, les « dont » et leur somme, puis les places installées et financées ; est signalée aussi une modalité dont moins de la moitié des places sont installées ou financées, sans ouverture ni évolution annoncée.",
    remede: "corrigez le nombre ; des places à ouvrir se disent dans « evolutions » ou « ouverture_prevue ».",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/perimetre/etablissements/*/nom",
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/sites",
        "/perimetre/etablissements/*/ouverture_prevue",
    ],
    consequences: &["PER-003"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    for etablissement in contexte.etablissements() {
        for (rang, capacite) in etablissement.valeur.capacites.elements().iter().enumerate() {
            let ici = |cle: &str| etablissement.pointeur(&format!("capacites/{rang}/{cle}"));
            let ou = format!("« {} » ({})", nom(etablissement.valeur), minuscule(capacite.modalite.libelle()));
            dont(capacite, &ou, &ici, findings);
            etapes(etablissement.valeur, capacite, &ou, &ici, findings);
        }
        let sites = etablissement.valeur.sites.elements();
        let accueillies = sites.iter().filter_map(|s| valeur(&s.places)).fold(0u32, |t, n| t.saturating_add(n.0));
        let places = etablissement.valeur.places(GenreCapacite::Autorisee);
        if let Some(places) = places.filter(|places| accueillies > *places) {
            findings.signaler(
                etablissement.pointeur("sites"),
                format!(
                    "Les sites de « {} » accueillent {accueillies} places ; l'établissement en a {places}.",
                    nom(etablissement.valeur)
                ),
            );
        }
    }
}

/// What is comprised in a mode, one by one then together.
fn dont(capacite: &Capacite, ou: &str, ici: &dyn Fn(&str) -> String, findings: &mut Findings<'_>) {
    let Some(places) = valeur(&capacite.autorisee).map(|n| n.0) else { return };
    let parts = capacite.dont.elements();
    let somme = parts.iter().fold(0u32, |t, d| t.saturating_add(d.nombre.0));
    let seule = parts.iter().position(|d| d.nombre.0 > places);
    if let Some(rang) = seule {
        findings.signaler(
            ici(&format!("dont/{rang}/nombre")),
            format!("{ou} : {} places y sont comprises, pour {places} autorisées.", parts[rang].nombre.0),
        );
    } else if somme > places {
        findings.signaler(
            ici("dont"),
            format!("{ou} : les places qui y sont comprises font {somme}, pour {places} autorisées."),
        );
    }
}

/// Authorised, then installed, then financed.
fn etapes(
    etablissement: &Etablissement,
    capacite: &Capacite,
    ou: &str,
    ici: &dyn Fn(&str) -> String,
    findings: &mut Findings<'_>,
) {
    let [autorisee, installee, financee] =
        [&capacite.autorisee, &capacite.installee, &capacite.financee].map(|n| valeur(n).map(|n| n.0));
    // More installed than authorised is PER-003's business.
    let plafond = match (installee, autorisee) {
        (Some(installee), _) => Some((installee, "installées")),
        (None, autorisee) => autorisee.map(|n| (n, "autorisées")),
    };
    if let Some((financee, (plafond, quoi))) = financee.zip(plafond).filter(|(f, (p, _))| f > p) {
        findings.signaler(ici("financee"), format!("{ou} : {financee} places financées, pour {plafond} {quoi}."));
        return;
    }
    let attendue = etablissement.a_ouvrir() || !capacite.evolutions.elements().is_empty();
    let Some(autorisee) = autorisee.filter(|_| !attendue && capacite.en_places()) else { return };
    for (cle, nombre, quoi) in [("installee", installee, "installées"), ("financee", financee, "financées")] {
        if let Some(nombre) = nombre.filter(|n| n.saturating_mul(2) < autorisee) {
            findings.signaler(
                ici(cle),
                format!(
                    "{ou} : {nombre} places {quoi}, pour {autorisee} autorisées, sans ouverture ni évolution annoncée."
                ),
            );
            return;
        }
    }
}
