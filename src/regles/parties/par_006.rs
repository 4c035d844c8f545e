//! PAR-006: whoever signs in place of the head holds a delegation.

use crate::contrat::champ::Champ;
use crate::contrat::identifiants::Date;
use crate::contrat::parties::{Delegation, Representant};
use crate::formats::enumerer;
use crate::regles::context::{Context, est_public, nom_autorite, nom_gestionnaire, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::SIGNATURE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "PAR-006",
    famille: Famille::Parties,
    severite: Severite::Bloquante,
    titre: "Qui signe à la place du titulaire a une délégation complète",
    pourquoi: "Une signature par délégation n'est régulière que si l'acte de délégation existe, émane d'une autorité en fonction et a été publié avant la signature. La règle demande le délégant, l'acte et sa date de publication, pour une délégation donnée ou dès que la qualité dit qu'elle n'est pas celle du titulaire (« délégué », « adjoint », « vice-président », « par délégation »).",
    remede: "complétez « par_delegation » : délégant, acte, date de publication.",
    references: &[&SIGNATURE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &[
        "/parties/autorites/*/representant",
        "/parties/autorites/*/par_delegation",
        "/parties/gestionnaires/*/representant",
        "/parties/gestionnaires/*/par_delegation",
        "/parties/gestionnaires/*/mandataire",
        "/signature/date",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let signature = contexte.signature();
    for autorite in contexte.autorites() {
        let a = autorite.valeur;
        examiner(
            &nom_autorite(a),
            &a.representant,
            &a.par_delegation,
            true,
            signature,
            |cle| autorite.pointeur(cle),
            findings,
        );
    }
    for gestionnaire in contexte.gestionnaires().filter(|g| g.valeur.mandataire.valeur().is_none()) {
        let g = gestionnaire.valeur;
        let public = est_public(g);
        examiner(
            nom_gestionnaire(g),
            &g.representant,
            &g.par_delegation,
            public,
            signature,
            |cle| gestionnaire.pointeur(cle),
            findings,
        );
    }
}

/// `publiee`: the delegation of a public body must have been published.
fn examiner(
    partie: &str,
    representant: &Champ<Representant>,
    delegation: &Champ<Delegation>,
    publiee: bool,
    signature: Option<Date>,
    pointeur: impl Fn(&str) -> String,
    findings: &mut Findings<'_>,
) {
    let qualite = representant.valeur().and_then(|r| r.qualite.valeur()).map(|q| q.as_str());
    let Some(delegation) = delegation.valeur() else {
        if let Some(qualite) = qualite.filter(|q| delegue(q)) {
            findings.signaler(
                pointeur("representant/qualite"),
                format!("« {qualite} » signe pour « {partie} » sans acte de délégation."),
            );
        }
        return;
    };
    let manques: Vec<String> = [
        (delegation.delegant.est_absent(), "l'autorité qui délègue"),
        (delegation.acte.est_absent(), "l'acte de délégation"),
        (publiee && delegation.publication.est_absent(), "la date de sa publication"),
    ]
    .into_iter()
    .filter(|(manque, _)| *manque)
    .map(|(_, quoi)| quoi.to_string())
    .collect();
    if !manques.is_empty() {
        findings.signaler(
            pointeur("par_delegation"),
            format!("La délégation de signature pour « {partie} » ne dit pas {}.", enumerer(&manques)),
        );
    }
    if let (Some(publication), Some(signature)) = (valeur(&delegation.publication), signature)
        && publication > signature
    {
        findings.signaler(
                pointeur("par_delegation/publication"),
                format!("La délégation de signature pour « {partie} » est publiée le {publication}, après la signature le {signature}."),
            );
    }
}

/// Words of a quality that is not the head's.
fn delegue(qualite: &str) -> bool {
    let bas = qualite.to_lowercase();
    let autre = ["délégué", "par délégation", "adjoint", "vice-président"].iter().any(|mot| bas.contains(mot));
    // Whoever directs a part of the whole does not represent it.
    let directeur = bas.starts_with("directeur ") || bas.starts_with("directrice ");
    let partiel = ["régional", "départemental", "territorial", "de pôle", "de secteur", "de région"];
    autre || (directeur && partiel.iter().any(|mot| bas.contains(mot)))
}
