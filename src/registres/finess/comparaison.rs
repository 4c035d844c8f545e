//! What FINESS says and a contract → what the contract would change: values, elements, and what is to be settled by hand.
//!
//! Nothing is taken away: what FINESS no longer has is told.

use super::elements::{self, Capacites, capacites, element, id_libre};
use super::extrait::{Demande, Entite, Etablissement, Extrait};
use super::mots::{categorie_ancienne, fermes, jour, provenances};
use crate::dossier::{self, Ouverture};
use crate::echanges::reprise::{Propositions, Reprise};
use crate::formats::sans_accents;
use crate::nomenclatures::finess::activite;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const GESTIONNAIRES: &str = "/parties/gestionnaires";
const ETABLISSEMENTS: &str = "/perimetre/etablissements";

/// Compares an extract with a contract.
pub fn comparer(extrait: &Extrait, demande: &Demande, ouverture: &Ouverture) -> Result<Reprise, dossier::Erreur> {
    let mut propositions = Propositions::nouvelles(ouverture, memes);
    provenances(extrait).into_iter().for_each(|note| propositions.note(note));
    let pris = identifiants(&ouverture.donnees);
    let mut comparaison = Comparaison { extrait, pris, propositions };
    for entite in &extrait.entites {
        comparaison.entite(entite, demande);
    }
    comparaison.propositions.finir()
}

struct Comparaison<'a> {
    extrait: &'a Extrait,
    /// Identifiers that an element to add may not have.
    pris: BTreeSet<String>,
    propositions: Propositions<'a>,
}

fn identifiants(donnees: &Value) -> BTreeSet<String> {
    [GESTIONNAIRES, ETABLISSEMENTS, "/parties/autorites"]
        .iter()
        .flat_map(|liste| donnees.pointer(liste).and_then(Value::as_array).into_iter().flatten())
        .filter_map(|element| element["id"].as_str().map(str::to_owned))
        .collect()
}

/// The rank of the element that bears a number of FINESS, or else, of those that have none, the only one that bears another.
fn trouver(liste: &[Value], finess: (&str, &str), autre: (&str, Option<&str>)) -> Option<usize> {
    let par_finess = liste.iter().position(|element| element[finess.0].as_str() == Some(finess.1));
    // Establishments of one place may share a SIRET.
    let sans = |element: &Value| element[finess.0].is_null() && element[autre.0].as_str() == autre.1;
    let mut memes = (0..liste.len()).filter(|rang| autre.1.is_some() && liste.get(*rang).is_some_and(sans));
    par_finess.or_else(|| memes.next().filter(|_| memes.next().is_none()))
}

impl<'a> Comparaison<'a> {
    fn entite(&mut self, entite: &Entite, demande: &Demande) {
        let connus = self.propositions.liste(GESTIONNAIRES);
        let lieu = self.extrait.lieu_d_entite(&entite.finess);
        let id = match trouver(connus, ("finess_ej", &entite.finess), ("siren", entite.siren.as_deref())) {
            Some(rang) => {
                let ici = format!("{GESTIONNAIRES}/{rang}");
                let actuel = &connus[rang];
                for (cle, valeur) in elements::gestionnaire(entite) {
                    // A body without a head office has an address of its own.
                    match (cle, actuel.get("adresse")) {
                        ("siege", Some(_)) => {
                            self.propositions.valeur(&format!("{ici}/adresse"), &valeur["adresse"], &lieu)
                        }
                        ("siege", None) => {
                            self.propositions.valeur(&format!("{ici}/siege/adresse"), &valeur["adresse"], &lieu)
                        }
                        _ => self.propositions.valeur(&format!("{ici}/{cle}"), &valeur, &lieu),
                    }
                }
                actuel["id"].as_str().unwrap_or_default().to_owned()
            }
            None => {
                let id = id_libre(entite.nom.as_deref().unwrap_or_default(), "gestionnaire", &mut self.pris);
                let mut gestionnaire = Map::from_iter([("id".to_owned(), json!(id))]);
                let valeurs = elements::gestionnaire(entite).into_iter();
                gestionnaire.extend(valeurs.map(|(cle, valeur)| (cle.to_owned(), valeur)));
                self.propositions.ajout(GESTIONNAIRES, Value::Object(gestionnaire), &lieu);
                id
            }
        };
        let mut vus = BTreeSet::new();
        for et in &entite.etablissements {
            vus.extend(self.etablissement(et, &id));
        }
        self.absents(&id, entite, &vus, demande);
        let connus: Vec<&str> =
            self.propositions.liste(ETABLISSEMENTS).iter().filter_map(|e| e["finess"].as_str()).collect();
        let inconnus =
            entite.etablissements.iter().filter(|et| !connus.contains(&et.finess.as_str())).cloned().collect();
        fermes(&Entite { etablissements: inconnus, ..Entite::default() })
            .into_iter()
            .for_each(|note| self.propositions.note(note));
        self.conventions(entite);
    }

    /// Compares an establishment, or adds it; gives the rank of the one of the contract.
    fn etablissement(&mut self, et: &Etablissement, gestionnaire: &str) -> Option<usize> {
        let connus = self.propositions.liste(ETABLISSEMENTS);
        let lieu = self.extrait.lieu_de(&et.finess);
        let rang = trouver(connus, ("finess", &et.finess), ("siret", et.siret.as_deref()));
        if et.ferme {
            if let Some(rang) = rang {
                let quand = et.fermeture.as_deref().map(|d| format!(" depuis le {}", jour(d))).unwrap_or_default();
                self.propositions.ecart(
                    &lieu,
                    self.nom(&connus[rang], et),
                    format!("FINESS dit cet établissement fermé{quand} ; le contrat le garde."),
                    "vérifiez auprès de l'autorité ; s'il est fermé, retirez-le du périmètre ou dites pourquoi il en est exclu.",
                );
            }
            return rang;
        }
        let lues = capacites(et);
        categorie_ancienne(et).into_iter().for_each(|note| self.propositions.note(note));
        let Some(rang) = rang else {
            self.noter(et, &lues);
            self.doutes(&lues, &lieu, &BTreeSet::new());
            let id = id_libre(&et.nom, "etablissement", &mut self.pris);
            self.propositions.ajout(ETABLISSEMENTS, element(et, gestionnaire, id, &lues), &lieu);
            return None;
        };
        let ici = format!("{ETABLISSEMENTS}/{rang}");
        let actuel = &connus[rang];
        self.propositions.valeur(&format!("{ici}/gestionnaire"), &json!(gestionnaire), &lieu);
        for (cle, valeur) in elements::etablissement(et) {
            match (cle, &valeur) {
                // The competence is only proposed: what the contract says of it holds.
                ("competence", _) if !actuel["competence"].is_null() => {}
                ("ages", Value::Object(ages)) => {
                    ages.iter()
                        .for_each(|(cle, age)| self.propositions.valeur(&format!("{ici}/ages/{cle}"), age, &lieu));
                }
                _ => self.propositions.valeur(&format!("{ici}/{cle}"), &valeur, &lieu),
            }
        }
        if actuel["autorisations"].is_null() {
            for autorisation in elements::autorisations(et) {
                self.propositions.ajout(&format!("{ici}/autorisations"), autorisation, &lieu);
            }
        }
        self.capacites(&ici, actuel, et, &lues, &lieu);
        Some(rang)
    }

    fn noter(&mut self, et: &Etablissement, lues: &Capacites) {
        lues.notes.iter().for_each(|note| self.propositions.note(format!("{} ({}) : {note}", et.nom, et.finess)));
    }

    fn nom(&self, element: &Value, et: &Etablissement) -> String {
        let nom = element["nom"].as_str().unwrap_or(&et.nom);
        format!("{nom} ({})", et.finess)
    }

    /// The lines of an establishment: by their code, else by their mode of care when each side has one.
    fn capacites(&mut self, ici: &str, actuel: &Value, et: &Etablissement, lues: &Capacites, lieu: &str) {
        let pointeur = format!("{ici}/capacites");
        let siennes = actuel["capacites"].as_array().map_or(&[][..], Vec::as_slice);
        let code = |capacite: &Value| capacite["code_finess"].as_str().map(str::to_owned);
        let connus: BTreeSet<String> = siennes.iter().filter_map(code).collect();
        // What is comprised in another line has no code: its name is enough.
        let dont: BTreeSet<&str> = (siennes.iter().filter_map(|capacite| capacite["dont"].as_array()).flatten())
            .filter_map(|dont| dont["libelle"].as_str())
            .collect();
        let range =
            |code: &&String| code.get(..3).and_then(activite).is_some_and(|connue| dont.contains(connue.libelle));
        let ranges = lues.doutes.iter().map(|doute| &doute.code).filter(range).cloned();
        let reglees = connus.iter().cloned().chain(ranges).collect();
        self.doutes(lues, lieu, &reglees);
        let nouveaux = lues.lignes.iter().any(|(code, _)| !connus.contains(code));
        if nouveaux {
            self.noter(et, lues);
        }
        for (leur_code, ligne) in &lues.lignes {
            let par_code = siennes.iter().position(|capacite| code(capacite).as_deref() == Some(leur_code));
            let modalite = &ligne["modalite"];
            let sans_code = |capacite: &Value| capacite["code_finess"].is_null() && capacite["modalite"] == *modalite;
            let libres: Vec<usize> = (0..siennes.len()).filter(|rang| sans_code(&siennes[*rang])).collect();
            let leurs =
                lues.lignes.iter().filter(|(code, l)| l["modalite"] == *modalite && !connus.contains(code)).count();
            match (par_code, libres.as_slice()) {
                (Some(rang), _) => self.places(&format!("{pointeur}/{rang}"), ligne, lieu, false),
                (None, [rang]) if leurs == 1 => self.places(&format!("{pointeur}/{rang}"), ligne, lieu, true),
                (None, []) => self.propositions.ajout(&pointeur, ligne.clone(), lieu),
                (None, _) => self.propositions.ecart(
                    lieu,
                    format!("{} : {leur_code}, {}", self.nom(actuel, et), court(ligne)),
                    "plusieurs lignes du contrat ou de FINESS ont cette modalité : rien ne dit laquelle répond à laquelle.".into(),
                    &format!("écrivez « \"code_finess\": \"{leur_code}\" » sur la ligne du contrat qui lui répond, puis recommencez."),
                ),
            }
        }
        let leurs: BTreeSet<&String> = lues.lignes.iter().map(|(code, _)| code).collect();
        let douteux: BTreeSet<&String> = lues.doutes.iter().map(|doute| &doute.code).collect();
        for perdu in connus.iter().filter(|code| !leurs.contains(code) && !douteux.contains(code)) {
            if self.extrait.avec_activites {
                self.propositions.ecart(
                    lieu,
                    format!("{} : {perdu}", self.nom(actuel, et)),
                    "le contrat a une capacité de cette activité, que FINESS n'a plus parmi celles qui vivent.".into(),
                    "vérifiez l'arrêté ; retirez la ligne, ou corrigez son « code_finess ».",
                );
            }
        }
    }

    fn places(&mut self, ici: &str, ligne: &Value, lieu: &str, avec_code: bool) {
        let cles = ["autorisee", "installee", "habilitee_aide_sociale"];
        for cle in cles.into_iter().chain(avec_code.then_some("code_finess")) {
            if let Some(valeur) = ligne.get(cle) {
                self.propositions.valeur(&format!("{ici}/{cle}"), valeur, lieu);
            }
        }
    }

    /// What is to be chosen, unless the contract has the line already.
    fn doutes(&mut self, lues: &Capacites, lieu: &str, connus: &BTreeSet<String>) {
        for doute in lues.doutes.iter().filter(|doute| !connus.contains(&doute.code)) {
            self.propositions.ecart(lieu, doute.texte.clone(), doute.motif.clone(), &doute.a_faire);
        }
    }

    /// What the contract has of a gestionnaire, and FINESS has not.
    fn absents(&mut self, gestionnaire: &str, entite: &Entite, vus: &BTreeSet<usize>, demande: &Demande) {
        for (rang, etablissement) in self.propositions.liste(ETABLISSEMENTS).iter().enumerate() {
            let numero = etablissement["finess"].as_str().unwrap_or_default();
            let demandes = demande.et.is_empty() || demande.et.contains(numero);
            if vus.contains(&rang)
                || numero.is_empty()
                || !demandes
                || etablissement["gestionnaire"].as_str() != Some(gestionnaire)
            {
                continue;
            }
            let nom = etablissement["nom"].as_str().unwrap_or("établissement sans nom");
            self.propositions.ecart(
                &self.extrait.lieu_d_entite(&entite.finess),
                format!("{nom} ({numero})"),
                format!(
                    "cet établissement du contrat n'est pas parmi ceux que FINESS donne à l'entité {}.",
                    entite.finess
                ),
                "vérifiez son numéro ; il a pu changer de gestionnaire, ou n'être pas encore inscrit.",
            );
        }
    }

    /// Dates of contracts in force that are not those of the others.
    fn conventions(&mut self, entite: &Entite) {
        let ouverts = || entite.etablissements.iter().filter(|et| !et.ferme);
        let dates: BTreeSet<&String> = ouverts().filter_map(|et| et.cpom.last()).collect();
        if dates.is_empty() {
            return;
        }
        let sans: Vec<&str> = ouverts().filter(|et| et.cpom.is_empty()).map(|et| et.finess.as_str()).collect();
        let jours: Vec<String> = dates.iter().map(|date| format!("le {}", jour(date))).collect();
        let mut note = format!(
            "FINESS dit un CPOM en cours, qui a pris effet {} (terme probable : cinq ans après)",
            crate::formats::enumerer(&jours)
        );
        if !sans.is_empty() {
            note.push_str(&format!(" ; il n'en dit pas pour {}", sans.join(", ")));
        }
        self.propositions.note(format!("EJ {} : {note}.", entite.finess));
    }
}

/// « internat, 55 autorisées ».
fn court(ligne: &Value) -> String {
    let modalite = ligne["modalite"].as_str().unwrap_or_default().replace('_', " ");
    let nombre = |cle: &str, mot: &str| ligne[cle].as_u64().map(|n| format!(", {n} {mot}")).unwrap_or_default();
    format!("{modalite}{}{}", nombre("autorisee", "autorisées"), nombre("installee", "installées"))
}

/// FINESS writes in capitals, without accents nor typography: such a writing of the same words is no change.
fn memes(avant: &Value, apres: &Value) -> bool {
    let lettres = |texte: &str| -> String { sans_accents(texte).chars().filter(|c| c.is_alphanumeric()).collect() };
    match (avant, apres) {
        (Value::String(a), Value::String(b)) => lettres(a) == lettres(b),
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        _ => avant == apres,
    }
}
