//! DAT-005: targets, new actions and means stand within the period.

use crate::contrat::objectifs::FicheAction;
use crate::contrat::textes::Echeance;
use crate::formats::majuscule;
use crate::regles::context::{Context, Element, valeur};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "DAT-005",
    famille: Famille::Dates,
    severite: Severite::Bloquante,
    titre: "Les cibles, les actions nouvelles et les moyens sont dans la période",
    pourquoi: "Une cible, un financement ou une action hors de la période n'engage personne. Une action déjà commencée peut se poursuivre ; l'année qui précède l'effet est admise pour une cible (« n » du modèle). Une année civile entamée par le contrat compte entière.",
    remede: "corrigez l'année, ou retirez l'élément du contrat.",
    references: &[&COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/periode",
        "/fiches_actions/*/actions",
        "/fiches_actions/*/moyens/financements",
        "/fiches_actions/*/indicateurs/*/cibles",
        "/fiches_actions/*/numero",
        "/activite/*/cibles",
        "/moyens/dotations/*/annee",
        "/moyens/rebasage/mesures",
        "/moyens/par_gestionnaire",
        "/moyens/evolution/*/annee",
        "/moyens/cnr/*/annee",
        "/moyens/fir/*/annee",
        "/moyens/redeploiements/*/annee",
        "/objectifs/*/echeance",
    ],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let (Some(debut), Some(fin)) = (contexte.debut(), contexte.fin()) else { return };
    let periode = Periode { premiere: debut.annee(), derniere: fin.annee() };
    for (numero, fiche) in
        contexte.contrat.fiches_numerotees().into_iter().filter_map(|(n, rang)| Some((n, contexte.fiches().nth(rang)?)))
    {
        periode.fiche(numero, &fiche, findings);
    }
    for objectif in contexte.objectifs() {
        if let Some(echeance) = objectif.valeur.echeance.valeur() {
            periode.exiger(
                annee(echeance),
                periode.premiere,
                objectif.pointeur("echeance"),
                "l'échéance de l'objectif",
                findings,
            );
        }
    }
    for activite in contexte.activites() {
        for (rang, cible) in activite.valeur.cibles.elements().iter().enumerate() {
            let ici = activite.pointeur(&format!("cibles/{rang}/annee"));
            periode.exiger(
                Some(cible.annee.valeur() as i16),
                periode.premiere - 1,
                ici,
                "la cible d'activité",
                findings,
            );
        }
    }
    let Some(moyens) = contexte.moyens() else { return };
    let lignes = moyens.dotations.elements().iter().map(|d| Some(d.annee)).zip(std::iter::repeat("dotations"));
    let evolution = moyens.evolution.elements().iter().map(|e| Some(e.annee)).zip(std::iter::repeat("evolution"));
    let cnr = moyens.cnr.elements().iter().map(|c| valeur(&c.annee)).zip(std::iter::repeat("cnr"));
    let fir = moyens.fir.elements().iter().map(|c| valeur(&c.annee)).zip(std::iter::repeat("fir"));
    let mut rangs = std::collections::BTreeMap::new();
    for (annee, liste) in lignes.chain(evolution).chain(cnr).chain(fir) {
        let rang = rangs.entry(liste).or_insert(0usize);
        let ici = format!("/moyens/{liste}/{rang}/annee");
        *rang += 1;
        // The reference year may be recalled beside the grants of the contract.
        let annee = annee.map(|a| a.valeur() as i16);
        periode.exiger(annee, periode.premiere - 1, ici, "l'année de ces moyens", findings);
    }
    for regle in moyens.rebasages() {
        for (rang, mesure) in regle.valeur.mesures.elements().iter().enumerate() {
            let ici = format!("{}/mesures/{rang}/annee", regle.pointeur);
            let annee = valeur(&mesure.annee).map(|a| a.valeur() as i16);
            periode.exiger(annee, periode.premiere - 1, ici, "l'année de la mesure de rebasage", findings);
        }
    }
    for (rang, redeploiement) in moyens.redeploiements.elements().iter().enumerate() {
        let ici = format!("/moyens/redeploiements/{rang}/annee");
        let annee = valeur(&redeploiement.annee).map(|a| a.valeur() as i16);
        periode.exiger(annee, periode.premiere, ici, "l'année du redéploiement", findings);
    }
}

/// The calendar years that the contract touches.
struct Periode {
    premiere: i16,
    derniere: i16,
}

impl Periode {
    fn fiche(&self, numero: u32, fiche: &Element<'_, FicheAction>, findings: &mut Findings<'_>) {
        for (rang, action) in fiche.valeur.actions.elements().iter().enumerate() {
            let (debut, fin) = (action.debut.valeur().and_then(annee), action.fin.valeur().and_then(annee));
            // An action already begun goes on; one that begins or ends after the contract commits no one.
            let quoi = format!("une action de la fiche {numero}");
            self.exiger(debut, i16::MIN, fiche.pointeur(&format!("actions/{rang}/debut")), &quoi, findings);
            self.exiger(fin, self.premiere, fiche.pointeur(&format!("actions/{rang}/fin")), &quoi, findings);
        }
        let financements = fiche.valeur.moyens.valeur().map_or(&[][..], |m| m.financements.elements());
        for (rang, financement) in financements.iter().enumerate() {
            let ici = fiche.pointeur(&format!("moyens/financements/{rang}/annee"));
            let annee = valeur(&financement.annee).map(|a| a.valeur() as i16);
            self.exiger(annee, self.premiere, ici, &format!("un financement de la fiche {numero}"), findings);
        }
        for (i, indicateur) in fiche.valeur.indicateurs.elements().iter().enumerate() {
            for (rang, cible) in indicateur.cibles.elements().iter().enumerate() {
                let ici = fiche.pointeur(&format!("indicateurs/{i}/cibles/{rang}/annee"));
                let quoi = format!("une cible de la fiche {numero}");
                self.exiger(Some(cible.annee.valeur() as i16), self.premiere - 1, ici, &quoi, findings);
            }
        }
    }

    /// The year is between a first one and the last of the contract.
    fn exiger(&self, annee: Option<i16>, premiere: i16, pointeur: String, quoi: &str, findings: &mut Findings<'_>) {
        let Some(annee) = annee else { return };
        if annee < premiere || annee > self.derniere {
            findings.signaler(
                pointeur,
                format!(
                    "{} ({annee}) est hors de la période du contrat ({}-{}).",
                    majuscule(quoi),
                    self.premiere,
                    self.derniere
                ),
            );
        }
    }
}

fn annee(echeance: &Echeance) -> Option<i16> {
    echeance.as_str().get(..4)?.parse().ok()
}
