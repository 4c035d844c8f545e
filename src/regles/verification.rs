//! Runs the rules on a contract: from a contract and a model to a report, and to the proof that it may be
//! printed as definitive.

use super::chemins;
use super::context::{Context, Demande};
use super::findings::{Finding, Findings};
use super::registre::RULES;
use super::rule::Rule;
use crate::contrat::identifiants::Date;
use crate::contrat::suivi::Derogation;
use crate::modele::manifeste::Reglage;
use crate::remarque::{Position, Remarque, Severite, ordonner};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;

/// What the rules say of a contract, and what the model and the contract changed in them.
#[derive(Debug, Clone, Default)]
pub struct Rapport {
    pub remarques: Vec<Remarque>,
    pub reglages: Vec<ReglageApplique>,
    pub derogations: Vec<DerogationAppliquee>,
    /// What would block besides, were the contract to be printed as definitive.
    pub au_definitif: Vec<Remarque>,
}

/// A rule that the model sets otherwise than the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReglageApplique {
    /// Code de la règle.
    pub code: String,
    /// Ce que le modèle change : gravité, limite ou désactivation.
    pub effet: String,
    /// true quand le modèle n'applique pas la règle.
    pub desactivee: bool,
    /// Le motif donné par le modèle.
    pub motif: Option<String>,
}

/// A waiver of the contract and what it set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DerogationAppliquee {
    /// Code de la règle écartée.
    pub code: String,
    /// Identifiant de l'élément concerné ; absent pour tout le contrat.
    pub element: Option<String>,
    pub motif: String,
    pub auteur: Option<String>,
    /// Jour de la décision (AAAA-MM-JJ).
    pub date: Option<String>,
    /// Nombre de remarques écartées.
    pub ecartees: usize,
    /// Pourquoi la dérogation reste sans effet ; absent quand elle en a un.
    pub sans_effet: Option<String>,
}

impl ReglageApplique {
    /// « OBJ-009 : désactivée (motif) ».
    pub fn en_mots(&self) -> String {
        let motif = self.motif.as_ref().map(|m| format!(" (motif : {m})")).unwrap_or_default();
        format!("{} : {}{motif}", self.code, self.effet)
    }
}

impl DerogationAppliquee {
    /// « PER-009 pour « ime » : 1 remarque écartée (motif, auteur, date) ».
    pub fn en_mots(&self) -> String {
        let element = self.element.as_ref().map(|e| format!(" pour « {e} »")).unwrap_or_default();
        let effet = match (&self.sans_effet, self.ecartees) {
            (Some(raison), _) => format!("sans effet, {raison}"),
            (None, 1) => "1 remarque écartée".into(),
            (None, n) => format!("{n} remarques écartées"),
        };
        let mut details = vec![format!("motif : {}", self.motif)];
        details.extend(self.auteur.clone());
        details.extend(self.date.as_ref().map(|d| d.parse::<Date>().map_or_else(|_| d.clone(), |d| d.to_string())));
        format!("{}{element} : {effet} ({})", self.code, details.join(", "))
    }
}

/// The proof that a contract was verified and that nothing blocking was found: without it nothing prints as
/// definitive. Only [`Rapport::conforme`] makes one.
#[derive(Debug)]
pub struct Conforme {
    _seul: (),
}

impl Rapport {
    /// Whether a remark refuses the contract.
    pub fn refuse(&self) -> bool {
        self.remarques.iter().any(|r| r.severite == Severite::Bloquante)
    }

    /// The right to print as definitive, when nothing is blocking.
    pub fn conforme(&self) -> Option<Conforme> {
        (!self.refuse()).then_some(Conforme { _seul: () })
    }

    /// Makes every alert blocking (`--strict`).
    pub fn durcir(&mut self) {
        for remarque in self.remarques.iter_mut().filter(|r| r.severite == Severite::Alerte) {
            remarque.severite = Severite::Bloquante;
        }
    }
}

/// Checks every rule but those that read a value of `ecartes` (pointers that the schema refused).
pub fn verifier(demande: &Demande<'_>, ecartes: &[String], position: &dyn Fn(&str) -> Option<Position>) -> Rapport {
    let contexte = Context::new(demande, RULES.iter().map(|rule| rule.code).collect());
    let ecartes = chemins::confondre(ecartes, RULES.iter().flat_map(|rule| rule.lit.iter().copied()));
    let jours = contexte.jours();
    let mut rapport = Rapport { derogations: derogations(demande), ..Rapport::default() };
    let trouver = |rule: &Rule, reglage: Option<&Reglage>| {
        let mut findings = Findings::new(rule.severite, rule.limites, reglage, jours);
        (rule.check)(&contexte, &mut findings);
        findings.trouves
    };
    let dire = |rule: &Rule, finding: Finding| Remarque {
        code: rule.code.into(),
        severite: finding.severite,
        position: position(&finding.pointeur),
        pointeur: finding.pointeur,
        chemin: String::new(),
        lacune: None,
        message: finding.message,
        remede: finding.remede.unwrap_or_else(|| rule.remede.into()),
        references: references(rule, &contexte),
    };
    // Those that would say otherwise of a definitive contract: the others have said all.
    let mut selon_l_etat = Vec::new();
    for rule in RULES {
        let reglage = demande.modele.regles.get(rule.code);
        rapport.reglages.extend(reglage.and_then(|r| applique(rule, r)));
        if reglage.map_or(rule.sur_demande, |r| r.inactive) || chemins::lit_un_de(rule.lit, &ecartes) {
            continue;
        }
        // A contract is judged by the texts of its day.
        if !rule.vigueur.tient(jours) {
            continue;
        }
        let trouves = trouver(rule, reglage);
        if contexte.etat_demande() {
            selon_l_etat.push((rule, reglage));
        }
        for finding in trouves {
            if ecarter(rule, &finding.pointeur, demande, &mut rapport.derogations) {
                continue;
            }
            rapport.remarques.push(dire(rule, finding));
        }
    }
    // A waiver counts what it sets aside of the contract as it is.
    contexte.au_definitif();
    let mut derogations = rapport.derogations.clone();
    for (rule, reglage) in selon_l_etat {
        let bloquants = trouver(rule, reglage).into_iter().filter(|f| f.severite == Severite::Bloquante);
        let retenus = bloquants.filter(|f| !ecarter(rule, &f.pointeur, demande, &mut derogations));
        let dits = retenus.map(|finding| dire(rule, finding)).filter(|r| !rapport.remarques.contains(r));
        rapport.au_definitif.extend(dits.collect::<Vec<_>>());
    }
    let inconnues = demande.modele.regles.iter().filter(|(code, _)| self::rule(code).is_none());
    rapport.reglages.extend(inconnues.map(|(code, reglage)| ReglageApplique {
        code: code.clone(),
        effet: "sans effet, cette règle n'existe pas".into(),
        desactivee: false,
        motif: reglage.motif.clone(),
    }));
    for derogation in rapport.derogations.iter_mut().filter(|d| d.ecartees == 0 && d.sans_effet.is_none()) {
        derogation.sans_effet = Some("aucune remarque de cette règle à écarter".into());
    }
    taire_les_consequences(&mut rapport.remarques);
    taire_les_consequences(&mut rapport.au_definitif);
    ordonner(&mut rapport.remarques);
    ordonner(&mut rapport.au_definitif);
    rapport
}

/// One cause, one remark: two rules that name each other as consequences see one mistake, and on one value the first of the
/// registry tells it. A consequence that its cause alone names may tell more than the cause does: it is kept.
fn taire_les_consequences(remarques: &mut Vec<Remarque>) {
    let dites: BTreeSet<(String, String, Severite)> =
        remarques.iter().map(|r| (r.pointeur.clone(), r.code.clone(), r.severite)).collect();
    remarques.retain(|r| {
        let Some(rang) = RULES.iter().position(|rule| rule.code == r.code) else { return true };
        let mut causes = RULES[..rang].iter().filter(|cause| {
            cause.consequences.contains(&RULES[rang].code) && RULES[rang].consequences.contains(&cause.code)
        });
        !causes.any(|cause| dites.contains(&(r.pointeur.clone(), cause.code.to_owned(), r.severite)))
    });
}

/// The rule of a code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|r| r.code == code).copied()
}

/// The sources of a finding: the rule's texts and methods, and the model when it sets the rule, or when the rule
/// rests on nothing else. Another region's model is no reference for this contract, nor is a
/// text of another time or of another kind of contract.
fn references(rule: &Rule, contexte: &Context<'_>) -> Vec<String> {
    let (modele, fondement, jours) = (contexte.modele, contexte.fondement(), contexte.jours());
    let propres = rule.references.iter().filter(|r| !r.est_un_modele() && r.vaut(fondement, jours));
    let mut references: Vec<String> = propres.map(|r| r.citation()).collect();
    if modele.regles.contains_key(rule.code) || references.is_empty() {
        references.push(format!("{}, version {}", modele.nom, modele.version));
    }
    references
}

/// What a setting changes; nothing when it repeats the catalogue.
fn applique(rule: &Rule, reglage: &Reglage) -> Option<ReglageApplique> {
    let mut effets = Vec::new();
    if reglage.inactive {
        effets.push("désactivée".to_string());
    }
    if let Some(severite) = reglage.severite.filter(|s| *s != rule.severite) {
        effets.push(format!("{severite} ({} au catalogue)", rule.severite));
    }
    if let Some(limite) = &reglage.limite {
        effets.push(format!("limite fixée à {limite}"));
    }
    (!effets.is_empty()).then(|| ReglageApplique {
        code: rule.code.into(),
        effet: effets.join(" ; "),
        desactivee: reglage.inactive,
        motif: reglage.motif.clone(),
    })
}

fn derogations(demande: &Demande<'_>) -> Vec<DerogationAppliquee> {
    demande.contrat.derogations.elements().iter().map(derogation).collect()
}

fn derogation(derogation: &Derogation) -> DerogationAppliquee {
    let code = derogation.regle.to_string();
    let sans_effet = match rule(&code) {
        None => Some("cette règle n'existe pas".to_string()),
        Some(rule) if !rule.derogeable => Some(
            "cette règle ne peut être écartée : elle porte sur l'identité, la signature, les renvois ou l'arithmétique"
                .to_string(),
        ),
        Some(_) => None,
    };
    DerogationAppliquee {
        code,
        element: derogation.element.valeur().map(ToString::to_string),
        motif: derogation.motif.to_string(),
        auteur: derogation.auteur.valeur().map(ToString::to_string),
        date: derogation.date.valeur().map(|d| d.iso()),
        ecartees: 0,
        sans_effet,
    }
}

/// Whether a waiver sets a finding aside; the waiver counts it.
fn ecarter(rule: &Rule, pointeur: &str, demande: &Demande<'_>, derogations: &mut [DerogationAppliquee]) -> bool {
    let concernee = derogations.iter_mut().find(|d| {
        d.sans_effet.is_none()
            && d.code == rule.code
            && d.element.as_deref().is_none_or(|id| chemins::designe(demande.donnees, pointeur, id))
    });
    match concernee {
        Some(derogation) => {
            derogation.ecartees += 1;
            true
        }
        None => false,
    }
}
