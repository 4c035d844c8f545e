//! Every reference of a contract from one element to another: what PER-007 checks.

use crate::contrat::siege::PartGestionnaire;
use crate::contrat::textes::Id;
use crate::regles::context::Context;
use std::collections::BTreeSet;

/// What an identifier should designate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vers {
    Etablissement,
    Autorite,
    Gestionnaire,
    /// An authority or a gestionnaire.
    Partie,
    /// An establishment or a gestionnaire.
    Beneficiaire,
    Constat,
    Objectif,
    Axe,
    General,
    Bibliotheque,
    Article,
    Regle,
    /// Any element that bears an identifier.
    Element,
}

impl Vers {
    /// Whether what is designated is the model's or the program's, not the contract's.
    pub fn du_modele(self) -> bool {
        matches!(self, Vers::General | Vers::Bibliotheque | Vers::Article | Vers::Regle)
    }

    /// Whether the model has the list of what may be named.
    pub fn est_du_modele(self) -> bool {
        matches!(self, Vers::Article | Vers::Axe | Vers::General)
    }

    /// « aucun établissement du contrat ».
    pub fn aucun(self) -> &'static str {
        match self {
            Vers::Etablissement => "aucun établissement du contrat",
            Vers::Autorite => "aucune autorité partie au contrat",
            Vers::Gestionnaire => "aucun gestionnaire partie au contrat",
            Vers::Partie => "aucune partie au contrat",
            Vers::Beneficiaire => "aucun établissement ni gestionnaire du contrat",
            Vers::Constat => "aucun constat du diagnostic",
            Vers::Objectif => "aucun objectif du contrat",
            Vers::Axe => "aucun axe du contrat ni du modèle",
            Vers::General => "aucun objectif général du modèle",
            Vers::Bibliotheque => "aucun objectif de la bibliothèque du modèle",
            Vers::Article => "aucun article du modèle",
            Vers::Regle => "aucune règle du catalogue",
            Vers::Element => "aucun élément du contrat",
        }
    }
}

/// A reference: where it is written, what it says, what it should designate.
pub struct Renvoi<'a> {
    pub pointeur: String,
    pub id: &'a str,
    pub vers: Vers,
}

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
        }
    }
}

/// The references being listed.
struct Releve<'a>(Vec<Renvoi<'a>>);

impl<'a> Releve<'a> {
    fn un(&mut self, pointeur: String, id: Option<&'a Id>, vers: Vers) {
        if let Some(id) = id {
            self.0.push(Renvoi { pointeur, id: id.as_str(), vers });
        }
    }

    fn liste(&mut self, pointeur: &str, ids: &'a [Id], vers: Vers) {
        for (rang, id) in ids.iter().enumerate() {
            self.un(format!("{pointeur}/{rang}"), Some(id), vers);
        }
    }

    /// The shares that gestionnaires have in a common amount.
    fn parts(&mut self, pointeur: &str, parts: &'a [PartGestionnaire]) {
        for (rang, part) in parts.iter().enumerate() {
            let ici = format!("{pointeur}/parts/{rang}/gestionnaire");
            self.un(ici, Some(&part.gestionnaire), Vers::Gestionnaire);
        }
    }

    /// A list whose elements each name an establishment.
    fn par_etablissement(&mut self, liste: &str, ids: impl Iterator<Item = &'a Id>) {
        for (rang, id) in ids.enumerate() {
            self.un(format!("{liste}/{rang}/etablissement"), Some(id), Vers::Etablissement);
        }
    }
}

/// All references, part by part.
pub fn tous<'a>(contexte: &Context<'a>) -> Vec<Renvoi<'a>> {
    let mut releve = Releve(Vec::new());
    contrat(contexte, &mut releve);
    perimetre(contexte, &mut releve);
    diagnostic(contexte, &mut releve);
    objectifs(contexte, &mut releve);
    moyens(contexte, &mut releve);
    releve.0
}

fn contrat<'a>(contexte: &Context<'a>, releve: &mut Releve<'a>) {
    let contrat = contexte.contrat;
    for gestionnaire in contexte.gestionnaires() {
        if let Some(mandat) = gestionnaire.valeur.mandataire.valeur() {
            releve.liste(&gestionnaire.pointeur("mandataire/de"), &mandat.de, Vers::Gestionnaire);
        }
    }
    for (rang, lie) in contrat.contrats_lies.elements().iter().enumerate() {
        releve.liste(
            &format!("/contrats_lies/{rang}/etablissements"),
            lie.etablissements.elements(),
            Vers::Etablissement,
        );
        let ici = format!("/contrats_lies/{rang}/gestionnaires");
        releve.liste(&ici, lie.gestionnaires.elements(), Vers::Gestionnaire);
    }
    for (rang, renouvele) in contrat.periode.contrats_renouveles.elements().iter().enumerate() {
        let ici = format!("/periode/contrats_renouveles/{rang}/gestionnaires");
        releve.liste(&ici, renouvele.gestionnaires.elements(), Vers::Gestionnaire);
    }
    for (rang, clause) in contrat.clauses_particulieres.elements().iter().enumerate() {
        releve.un(format!("/clauses_particulieres/{rang}/article"), Some(&clause.article), Vers::Article);
    }
    for (rang, derogation) in contrat.derogations.elements().iter().enumerate() {
        let id = derogation.regle.as_str();
        releve.0.push(Renvoi { pointeur: format!("/derogations/{rang}/regle"), id, vers: Vers::Regle });
        releve.un(format!("/derogations/{rang}/element"), derogation.element.valeur(), Vers::Element);
    }
    for (rang, acte) in contrat.tracabilite.elements().iter().enumerate() {
        releve.un(format!("/tracabilite/{rang}/autorite"), acte.autorite.valeur(), Vers::Autorite);
    }
    let Some(suivi) = contrat.suivi.valeur() else { return };
    for (rang, membre) in suivi.comite.elements().iter().enumerate() {
        releve.un(format!("/suivi/comite/{rang}/partie"), membre.partie.valeur(), Vers::Partie);
    }
    for (rang, comite) in suivi.autres_comites.elements().iter().enumerate() {
        for (k, membre) in comite.membres.elements().iter().enumerate() {
            let ici = format!("/suivi/autres_comites/{rang}/membres/{k}/partie");
            releve.un(ici, membre.partie.valeur(), Vers::Partie);
        }
    }
    for (rang, dialogue) in suivi.dialogues.elements().iter().enumerate() {
        let ici = format!("/suivi/dialogues/{rang}/autorites");
        releve.liste(&ici, dialogue.autorites.elements(), Vers::Autorite);
    }
    for (rang, contact) in suivi.contacts.elements().iter().enumerate() {
        releve.un(format!("/suivi/contacts/{rang}/partie"), Some(&contact.partie), Vers::Partie);
    }
}

fn perimetre<'a>(contexte: &Context<'a>, releve: &mut Releve<'a>) {
    for etablissement in contexte.etablissements() {
        releve.un(
            etablissement.pointeur("gestionnaire"),
            etablissement.valeur.gestionnaire.valeur(),
            Vers::Gestionnaire,
        );
        for (rang, capacite) in etablissement.valeur.capacites.elements().iter().enumerate() {
            for (k, dont) in capacite.dont.elements().iter().enumerate() {
                let ici = etablissement.pointeur(&format!("capacites/{rang}/dont/{k}/financeur"));
                releve.un(ici, dont.financeur.valeur(), Vers::Autorite);
            }
        }
    }
    let Some(perimetre) = contexte.contrat.perimetre.valeur() else { return };
    for (rang, partenariat) in perimetre.partenariats.elements().iter().enumerate() {
        let ici = format!("/perimetre/partenariats/{rang}/etablissements");
        releve.liste(&ici, partenariat.etablissements.elements(), Vers::Etablissement);
    }
    for (rang, projet) in perimetre.projets_transformation.elements().iter().enumerate() {
        let ici = format!("/perimetre/projets_transformation/{rang}");
        releve.liste(&format!("{ici}/etablissements"), projet.etablissements.elements(), Vers::Etablissement);
        for (k, accord) in projet.accord_autorites.elements().iter().enumerate() {
            releve.un(format!("{ici}/accord_autorites/{k}/autorite"), Some(&accord.autorite), Vers::Autorite);
        }
    }
}

fn diagnostic<'a>(contexte: &Context<'a>, releve: &mut Releve<'a>) {
    for constat in contexte.constats() {
        releve.liste(
            &constat.pointeur("etablissements"),
            constat.valeur.etablissements.elements(),
            Vers::Etablissement,
        );
    }
    let Some(diagnostic) = contexte.contrat.diagnostic.valeur() else { return };
    for (rang, indicateur) in diagnostic.indicateurs.elements().iter().enumerate() {
        let ici = format!("/diagnostic/indicateurs/{rang}/etablissement");
        releve.un(ici, indicateur.etablissement.valeur(), Vers::Etablissement);
    }
    let situations = diagnostic.situation_financiere.elements().iter().map(|s| &s.etablissement);
    releve.par_etablissement("/diagnostic/situation_financiere", situations);
    let locaux = diagnostic.locaux.elements().iter().map(|l| &l.etablissement);
    let outils = diagnostic.outils_2002_2.elements().iter().map(|o| &o.etablissement);
    let maintenus = diagnostic.creton.valeur().map_or(&[][..], |c| c.par_etablissement.elements());
    releve.par_etablissement("/diagnostic/locaux", locaux);
    releve.par_etablissement("/diagnostic/outils_2002_2", outils);
    releve.par_etablissement("/diagnostic/creton/par_etablissement", maintenus.iter().map(|c| &c.etablissement));
}

fn objectifs<'a>(contexte: &Context<'a>, releve: &mut Releve<'a>) {
    for objectif in contexte.objectifs() {
        let o = objectif.valeur;
        releve.liste(&objectif.pointeur("etablissements"), o.etablissements.elements(), Vers::Etablissement);
        releve.liste(&objectif.pointeur("gestionnaires"), o.gestionnaires.elements(), Vers::Gestionnaire);
        releve.liste(&objectif.pointeur("autorites"), o.autorites.elements(), Vers::Autorite);
        releve.liste(&objectif.pointeur("constats"), o.constats.elements(), Vers::Constat);
        releve.un(objectif.pointeur("axe"), o.axe.valeur(), Vers::Axe);
        releve.un(objectif.pointeur("general"), o.general.valeur(), Vers::General);
        releve.un(objectif.pointeur("bibliotheque"), o.bibliotheque.valeur(), Vers::Bibliotheque);
    }
    for fiche in contexte.fiches() {
        releve.un(fiche.pointeur("objectif"), Some(&fiche.valeur.objectif), Vers::Objectif);
        let financements = fiche.valeur.moyens.valeur().map_or(&[][..], |m| m.financements.elements());
        for (rang, financement) in financements.iter().enumerate() {
            let ici = fiche.pointeur(&format!("moyens/financements/{rang}"));
            releve.un(format!("{ici}/autorite"), financement.autorite.valeur(), Vers::Autorite);
            releve.un(format!("{ici}/de"), financement.de.valeur(), Vers::Etablissement);
            releve.un(format!("{ici}/vers"), financement.vers.valeur(), Vers::Etablissement);
        }
    }
    for activite in contexte.activites() {
        releve.un(activite.pointeur("etablissement"), Some(&activite.valeur.etablissement), Vers::Etablissement);
    }
}

fn moyens<'a>(contexte: &Context<'a>, releve: &mut Releve<'a>) {
    let Some(moyens) = contexte.moyens() else { return };
    for budget in contexte.budgets() {
        releve.un(budget.pointeur("etablissement"), Some(&budget.valeur.etablissement), Vers::Etablissement);
        releve.un(budget.pointeur("financeur"), budget.valeur.financeur.valeur(), Vers::Autorite);
    }
    releve.un("/moyens/beneficiaire_dgc".into(), moyens.beneficiaire_dgc.valeur(), Vers::Beneficiaire);
    for (rang, total) in moyens.totaux_declares.elements().iter().enumerate() {
        let ici = format!("/moyens/totaux_declares/{rang}");
        releve.un(format!("{ici}/financeur"), total.financeur.valeur(), Vers::Autorite);
        releve.un(format!("{ici}/gestionnaire"), total.gestionnaire.valeur(), Vers::Gestionnaire);
    }
    for dotation in contexte.dotations() {
        releve.un(dotation.pointeur("autorite"), Some(&dotation.valeur.autorite), Vers::Autorite);
        releve.un(dotation.pointeur("gestionnaire"), dotation.valeur.gestionnaire.valeur(), Vers::Gestionnaire);
    }
    for (rang, evolution) in moyens.evolution.elements().iter().enumerate() {
        let ici = format!("/moyens/evolution/{rang}");
        releve.un(format!("{ici}/autorite"), Some(&evolution.autorite), Vers::Autorite);
        releve.un(format!("{ici}/gestionnaire"), evolution.gestionnaire.valeur(), Vers::Gestionnaire);
    }
    for (liste, credits) in [("cnr", &moyens.cnr), ("fir", &moyens.fir)] {
        for (rang, credit) in credits.elements().iter().enumerate() {
            let ici = format!("/moyens/{liste}/{rang}");
            releve.un(format!("{ici}/autorite"), credit.autorite.valeur(), Vers::Autorite);
            releve.un(format!("{ici}/etablissement"), credit.etablissement.valeur(), Vers::Etablissement);
            releve.liste(&format!("{ici}/etablissements"), credit.etablissements.elements(), Vers::Etablissement);
            releve.un(format!("{ici}/gestionnaire"), credit.gestionnaire.valeur(), Vers::Gestionnaire);
            releve.parts(&ici, credit.parts.elements());
        }
    }
    for (rang, versement) in moyens.versements.elements().iter().enumerate() {
        let ici = format!("/moyens/versements/{rang}");
        releve.un(format!("{ici}/autorite"), Some(&versement.autorite), Vers::Autorite);
        releve.liste(&format!("{ici}/etablissements"), versement.etablissements.elements(), Vers::Etablissement);
    }
    for (rang, redeploiement) in moyens.redeploiements.elements().iter().enumerate() {
        for (bout, lignes) in [("de", &redeploiement.de), ("vers", &redeploiement.vers)] {
            for (k, ligne) in lignes.elements().iter().enumerate() {
                let ici = format!("/moyens/redeploiements/{rang}/{bout}/{k}/etablissement");
                releve.un(ici, Some(&ligne.etablissement), Vers::Etablissement);
            }
        }
    }
    regles_financieres(moyens, releve);
}

fn regles_financieres<'a>(moyens: &'a crate::contrat::moyens::Moyens, releve: &mut Releve<'a>) {
    for (rang, operation) in moyens.investissements.elements().iter().enumerate() {
        let ici = format!("/moyens/investissements/{rang}/etablissement");
        releve.un(ici, operation.etablissement.valeur(), Vers::Etablissement);
        let ici = format!("/moyens/investissements/{rang}/gestionnaire");
        releve.un(ici, operation.gestionnaire.valeur(), Vers::Gestionnaire);
    }
    for (rang, annee) in moyens.pgfp.elements().iter().enumerate() {
        releve.un(format!("/moyens/pgfp/{rang}/gestionnaire"), annee.gestionnaire.valeur(), Vers::Gestionnaire);
    }
    let retours = moyens.retour_equilibre.elements().iter().map(|r| &r.etablissement);
    releve.par_etablissement("/moyens/retour_equilibre", retours);
    for (rang, habilitation) in moyens.habilitation_aide_sociale.elements().iter().enumerate() {
        let ici = format!("/moyens/habilitation_aide_sociale/{rang}");
        releve.un(format!("{ici}/autorite"), habilitation.autorite.valeur(), Vers::Autorite);
        for (k, capacite) in habilitation.capacites.elements().iter().enumerate() {
            releve.un(format!("{ici}/capacites/{k}/etablissement"), Some(&capacite.etablissement), Vers::Etablissement);
        }
    }
    propres(moyens, releve);
    if let Some(modulation) = moyens.modulation.valeur() {
        releve.liste("/moyens/modulation/etablissements", modulation.etablissements.elements(), Vers::Etablissement);
    }
    releve.par_etablissement(
        "/moyens/esat_production",
        moyens.esat_production.elements().iter().map(|b| &b.etablissement),
    );
    for (rang, recettes) in moyens.recettes_creton.elements().iter().enumerate() {
        let ici = format!("/moyens/recettes_creton/{rang}/etablissement");
        releve.un(ici, recettes.etablissement.valeur(), Vers::Etablissement);
        let ici = format!("/moyens/recettes_creton/{rang}/gestionnaire");
        releve.un(ici, recettes.gestionnaire.valeur(), Vers::Gestionnaire);
    }
    if let Some(reallocation) = moyens.reallocation.valeur() {
        releve.un("/moyens/reallocation/autorite".into(), reallocation.autorite.valeur(), Vers::Autorite);
    }
}

/// The rules that are common or of one gestionnaire: rebasing, results, head office.
fn propres<'a>(moyens: &'a crate::contrat::moyens::Moyens, releve: &mut Releve<'a>) {
    for (rang, g) in moyens.par_gestionnaire.elements().iter().enumerate() {
        let ici = format!("/moyens/par_gestionnaire/{rang}/gestionnaire");
        releve.un(ici, Some(&g.gestionnaire), Vers::Gestionnaire);
    }
    for regle in moyens.rebasages() {
        let ici = regle.pointeur;
        releve.liste(&format!("{ici}/etablissements"), regle.valeur.etablissements.elements(), Vers::Etablissement);
        for (rang, mesure) in regle.valeur.mesures.elements().iter().enumerate() {
            let ici = format!("{ici}/mesures/{rang}");
            releve.un(format!("{ici}/etablissement"), mesure.etablissement.valeur(), Vers::Etablissement);
            releve.un(format!("{ici}/autorite"), mesure.autorite.valeur(), Vers::Autorite);
        }
    }
    for regle in moyens.affectations() {
        for (rang, validation) in regle.valeur.validations.elements().iter().enumerate() {
            let ici = format!("{}/validations/{rang}/autorite", regle.pointeur);
            releve.un(ici, Some(&validation.autorite), Vers::Autorite);
        }
        for (rang, reprise) in regle.valeur.reprises.elements().iter().enumerate() {
            let ici = format!("{}/reprises/{rang}", regle.pointeur);
            releve.un(format!("{ici}/autorite"), reprise.autorite.valeur(), Vers::Autorite);
            releve.liste(&format!("{ici}/etablissements"), reprise.etablissements.elements(), Vers::Etablissement);
        }
    }
    for regle in moyens.sieges() {
        releve.parts(&regle.pointeur, regle.valeur.parts.elements());
        if let Some(autorisation) = regle.valeur.autorisation.valeur() {
            let ici = format!("{}/autorisation/autorite", regle.pointeur);
            releve.un(ici, autorisation.autorite.valeur(), Vers::Autorite);
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
