//! What the identifiers of a contract can designate, and those given twice: what PER-007 checks.

use crate::contrat::renvois::Vers;
use crate::regles::context::Context;
use std::collections::BTreeSet;

/// What can be designated, by kind.
pub struct Cibles<'a> {
    etablissements: BTreeSet<&'a str>,
    autorites: BTreeSet<&'a str>,
    gestionnaires: BTreeSet<&'a str>,
    parties: BTreeSet<&'a str>,
    beneficiaires: BTreeSet<&'a str>,
    constats: BTreeSet<&'a str>,
    objectifs: BTreeSet<&'a str>,
    axes: BTreeSet<&'a str>,
    generaux: BTreeSet<&'a str>,
    bibliotheque: BTreeSet<&'a str>,
    articles: BTreeSet<&'a str>,
    regles: BTreeSet<&'a str>,
    elements: BTreeSet<&'a str>,
}

impl<'a> Cibles<'a> {
    pub fn nouvelles(contexte: &Context<'a>) -> Self {
        let etablissements: BTreeSet<&str> = contexte.etablissements().map(|e| e.valeur.id.as_str()).collect();
        let autorites: BTreeSet<&str> = contexte.autorites().map(|a| a.valeur.id.as_str()).collect();
        let gestionnaires: BTreeSet<&str> = contexte.gestionnaires().map(|g| g.valeur.id.as_str()).collect();
        let constats: BTreeSet<&str> = contexte.constats().map(|c| c.valeur.id.as_str()).collect();
        let objectifs: BTreeSet<&str> = contexte.objectifs().map(|o| o.valeur.id.as_str()).collect();
        let du_modele = contexte.modele.axes.iter().map(|a| a.id.as_str());
        let axes: BTreeSet<&str> = contexte.axes().map(|a| a.valeur.id.as_str()).chain(du_modele).collect();
        let indicateurs = contexte.fiches().flat_map(|f| f.valeur.indicateurs.elements().iter().map(|i| i.id.as_str()));
        let plan = contexte.plan();
        let annexes = plan.iter().map(|e| e.id.as_str());
        let elements = [&etablissements, &autorites, &gestionnaires, &constats, &objectifs, &axes]
            .into_iter()
            .flatten()
            .copied()
            .chain(indicateurs)
            .chain(annexes)
            .collect();
        Cibles {
            parties: autorites.union(&gestionnaires).copied().collect(),
            beneficiaires: etablissements.union(&gestionnaires).copied().collect(),
            generaux: contexte.modele.objectifs_generaux.iter().map(|g| g.id.as_str()).collect(),
            bibliotheque: contexte.modele.bibliotheque.iter().map(|o| o.code.as_str()).collect(),
            articles: plan.iter().map(|e| e.id.as_str()).collect(),
            regles: contexte.regles.iter().copied().collect(),
            elements,
            etablissements,
            autorites,
            gestionnaires,
            constats,
            objectifs,
            axes,
        }
    }

    /// The identifiers of a kind; `None` when the model has none of its own to compare with.
    pub fn de(&self, vers: Vers) -> Option<&BTreeSet<&'a str>> {
        let du_modele = |ids: &'_ BTreeSet<&'a str>| !ids.is_empty();
        match vers {
            Vers::Etablissement => Some(&self.etablissements),
            Vers::Autorite => Some(&self.autorites),
            Vers::Gestionnaire => Some(&self.gestionnaires),
            Vers::Partie => Some(&self.parties),
            Vers::Beneficiaire => Some(&self.beneficiaires),
            Vers::Constat => Some(&self.constats),
            Vers::Objectif => Some(&self.objectifs),
            Vers::Axe => Some(&self.axes),
            Vers::General => Some(&self.generaux).filter(|ids| du_modele(ids)),
            Vers::Bibliotheque => Some(&self.bibliotheque).filter(|ids| du_modele(ids)),
            Vers::Article => Some(&self.articles).filter(|ids| du_modele(ids)),
            Vers::Regle => Some(&self.regles),
            Vers::Element => Some(&self.elements),
            Vers::Modele | Vers::Annexe => None,
        }
    }
}

/// Identifiers given twice in one list, at the second place.
pub fn doublons(contexte: &Context<'_>) -> Vec<(String, String)> {
    let mut trouves = Vec::new();
    let mut examiner = |ids: Vec<(String, &str)>| {
        let mut vus = BTreeSet::new();
        trouves.extend(ids.into_iter().filter(|(_, id)| !vus.insert(*id)).map(|(p, id)| (p, id.to_owned())));
    };
    examiner(contexte.etablissements().map(|e| (e.pointeur("id"), e.valeur.id.as_str())).collect());
    let autorites = contexte.autorites().map(|a| (a.pointeur("id"), a.valeur.id.as_str()));
    let gestionnaires = contexte.gestionnaires().map(|g| (g.pointeur("id"), g.valeur.id.as_str()));
    examiner(autorites.chain(gestionnaires).collect());
    examiner(contexte.constats().map(|c| (c.pointeur("id"), c.valeur.id.as_str())).collect());
    examiner(contexte.objectifs().map(|o| (o.pointeur("id"), o.valeur.id.as_str())).collect());
    examiner(contexte.axes().map(|a| (a.pointeur("id"), a.valeur.id.as_str())).collect());
    trouves
}
