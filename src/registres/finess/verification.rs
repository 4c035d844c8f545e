//! A contract and what FINESS says of it → findings: numbers, names, categories, capacities, closings, other contracts in force.
//!
//! They need a file that the contract has not: they are no rules of the catalogue, and no one is refused for what a register says.

use super::elements::{self, capacites};
use super::extrait::{Demande, Entite, Etablissement, Extrait};
use super::mots::jour;
use crate::contrat::identifiants::Date;
use crate::dossier::Ouverture;
use crate::formats::sans_accents;
use crate::nomenclatures::categorie;
use crate::remarque::{Remarque, Severite};
use serde_json::Value;

const GESTIONNAIRES: &str = "/parties/gestionnaires";
const ETABLISSEMENTS: &str = "/perimetre/etablissements";

/// What a contract asks of the files: its entities, and its establishments wherever they are.
pub fn demande_du_contrat(ouverture: &Ouverture) -> Demande {
    let numeros = |liste: &str, cle: &str| {
        let elements = ouverture.donnees.pointer(liste).and_then(Value::as_array).into_iter().flatten();
        elements.filter_map(|element| element[cle].as_str().map(str::to_owned)).collect()
    };
    Demande { ej: numeros(GESTIONNAIRES, "finess_ej"), et: numeros(ETABLISSEMENTS, "finess"), ailleurs: true }
}

/// The findings.
pub fn verifier(extrait: &Extrait, ouverture: &Ouverture) -> Vec<Remarque> {
    let mut verification = Verification { extrait, ouverture, remarques: Vec::new() };
    verification.gestionnaires();
    verification.etablissements();
    verification.remarques
}

struct Verification<'a> {
    extrait: &'a Extrait,
    ouverture: &'a Ouverture,
    remarques: Vec<Remarque>,
}

impl<'a> Verification<'a> {
    fn liste(&self, pointeur: &str) -> &'a [Value] {
        self.ouverture.donnees.pointer(pointeur).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    fn dire(&mut self, code: &str, pointeur: String, message: String, remede: &str) {
        let remarque = Remarque::bloquante(code, pointeur.clone(), message, remede);
        let remarque = Remarque { severite: Severite::Alerte, references: vec![self.extrait.source()], ..remarque };
        self.remarques.push(remarque.placee(self.ouverture.lecture.positions.de(&pointeur)));
    }

    fn gestionnaires(&mut self) {
        for (rang, gestionnaire) in self.liste(GESTIONNAIRES).iter().enumerate() {
            let Some(numero) = gestionnaire["finess_ej"].as_str() else { continue };
            let ici = format!("{GESTIONNAIRES}/{rang}");
            let extrait = self.extrait;
            let Some(entite) = extrait
                .entites
                .iter()
                .find(|e| e.finess == numero && (e.nom.is_some() || !e.etablissements.is_empty()))
            else {
                self.dire(
                    "FIN-001",
                    format!("{ici}/finess_ej"),
                    format!("FINESS n'a aucune entité juridique {numero}."),
                    "vérifiez le numéro ; s'il est juste, l'extrait donné ne la contient pas.",
                );
                continue;
            };
            if entite.ferme {
                let message = format!("FINESS dit fermée l'entité juridique {numero}.");
                self.dire(
                    "FIN-004",
                    format!("{ici}/finess_ej"),
                    message,
                    "vérifiez qui gère aujourd'hui ces établissements.",
                );
            }
            for (cle, valeur) in elements::gestionnaire(entite) {
                if matches!(cle, "nom" | "siren" | "statut_juridique") {
                    self.meme(&format!("{ici}/{cle}"), &gestionnaire[cle], &valeur);
                }
            }
            self.oublies(&ici, entite);
        }
    }

    /// Living establishments of the entity that the contract does not name.
    fn oublies(&mut self, ici: &str, entite: &Entite) {
        let nommes: Vec<&str> = self.liste(ETABLISSEMENTS).iter().filter_map(|e| e["finess"].as_str()).collect();
        let oublies: Vec<String> = (entite.etablissements.iter())
            .filter(|et| !et.ferme && !nommes.contains(&et.finess.as_str()))
            .map(|et| format!("{} ({})", et.nom, et.finess))
            .collect();
        if oublies.is_empty() {
            return;
        }
        let montres = oublies.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
        let suite = if oublies.len() > 5 { "…" } else { "" };
        let message = match oublies.len() {
            1 => format!("FINESS donne à ce gestionnaire un établissement que le contrat ne nomme pas : {montres}."),
            n => format!(
                "FINESS donne à ce gestionnaire {n} établissements que le contrat ne nomme pas : {montres}{suite}."
            ),
        };
        let remede = "inscrivez-les au périmètre, ou excluez-les avec leur motif.";
        self.dire("FIN-006", format!("{ici}/finess_ej"), message, remede);
        if let Some(remarque) = self.remarques.last_mut() {
            remarque.severite = Severite::Information;
        }
    }

    fn etablissements(&mut self) {
        let extrait = self.extrait;
        for (rang, actuel) in self.liste(ETABLISSEMENTS).iter().enumerate() {
            let Some(numero) = actuel["finess"].as_str() else { continue };
            let ici = format!("{ETABLISSEMENTS}/{rang}");
            let trouve =
                extrait.entites.iter().find_map(|e| Some((e, e.etablissements.iter().find(|et| et.finess == numero)?)));
            let Some((entite, et)) = trouve else {
                // One that is to be created has no number in the register yet.
                if actuel["ouverture_prevue"].is_null() {
                    self.dire(
                        "FIN-001",
                        format!("{ici}/finess"),
                        format!("FINESS n'a aucun établissement {numero}."),
                        "vérifiez le numéro ; s'il est juste, l'extrait donné ne le contient pas.",
                    );
                }
                continue;
            };
            if et.ferme {
                let quand = et.fermeture.as_deref().map(|d| format!(" depuis le {}", jour(d))).unwrap_or_default();
                let message = format!("FINESS dit cet établissement fermé{quand}.");
                self.dire(
                    "FIN-004",
                    format!("{ici}/finess"),
                    message,
                    "retirez-le du périmètre, ou dites pourquoi il en est exclu.",
                );
                continue;
            }
            self.gestionnaire_de(&ici, actuel, entite);
            for (cle, valeur) in elements::etablissement(et) {
                if matches!(cle, "nom" | "siret" | "categorie") {
                    self.meme(&format!("{ici}/{cle}"), &actuel[cle], &valeur);
                }
            }
            self.places(&ici, actuel, et);
            self.cpom(&ici, et);
        }
    }

    fn gestionnaire_de(&mut self, ici: &str, actuel: &Value, entite: &Entite) {
        let id = actuel["gestionnaire"].as_str();
        let sien = self.liste(GESTIONNAIRES).iter().find(|g| id.is_some() && g["id"].as_str() == id);
        let Some(numero) = sien.and_then(|g| g["finess_ej"].as_str()).filter(|numero| *numero != entite.finess) else {
            return;
        };
        let nom = entite.nom.as_deref().map(|nom| format!(" ({nom})")).unwrap_or_default();
        let message = format!(
            "FINESS donne cet établissement à l'entité {}{nom}, et le contrat à l'entité {numero}.",
            entite.finess
        );
        self.dire("FIN-004", format!("{ici}/gestionnaire"), message, "vérifiez s'il a changé de gestionnaire.");
    }

    /// What the contract says is what FINESS says, whatever its capitals.
    fn meme(&mut self, pointeur: &str, actuel: &Value, leur: &Value) {
        let (Some(actuel), Some(leur)) = (actuel.as_str(), leur.as_str()) else { return };
        let lettres = |texte: &str| -> String { sans_accents(texte).chars().filter(|c| c.is_alphanumeric()).collect() };
        if lettres(actuel) == lettres(leur) {
            return;
        }
        let dit = |mot: &str| match pointeur.ends_with("/categorie").then(|| categorie(mot)).flatten() {
            Some(categorie) => format!("{mot} ({})", categorie.nom_court()),
            None => format!("« {mot} »"),
        };
        let message = format!("FINESS dit {}, et le contrat {}.", dit(leur), dit(actuel));
        self.dire(
            "FIN-002",
            pointeur.to_owned(),
            message,
            "gardez la valeur de l'arrêté ; si FINESS se trompe, signalez-le à l'autorité.",
        );
    }

    /// Line by line when the contract has their codes; in all otherwise.
    fn places(&mut self, ici: &str, actuel: &Value, et: &Etablissement) {
        let lues = capacites(et);
        let siennes = actuel["capacites"].as_array().map_or(&[][..], Vec::as_slice);
        if !self.extrait.avec_activites
            || siennes.is_empty()
            || !lues.doutes.iter().all(|doute| lues.lignes.iter().any(|(code, _)| *code == doute.code))
        {
            return;
        }
        let remede = "gardez les places de l'arrêté ; si FINESS se trompe, signalez-le à l'autorité.";
        let codes = siennes.iter().all(|capacite| capacite["code_finess"].is_string());
        for (cle, mot) in [("autorisee", "autorisées"), ("installee", "installées")] {
            if codes {
                for (rang, capacite) in siennes.iter().enumerate() {
                    let leur = lues.lignes.iter().find(|(code, _)| capacite["code_finess"].as_str() == Some(code));
                    let (Some(leur), Some(nombre)) = (leur.and_then(|(_, l)| l[cle].as_u64()), capacite[cle].as_f64())
                    else {
                        continue;
                    };
                    if leur as f64 != nombre {
                        let message = format!("FINESS dit {leur} places {mot}, et le contrat {nombre}.");
                        self.dire("FIN-003", format!("{ici}/capacites/{rang}/{cle}"), message, remede);
                    }
                }
                continue;
            }
            let total =
                |valeurs: Vec<Option<f64>>| valeurs.into_iter().sum::<Option<f64>>().filter(|total| *total > 0.0);
            let leur = total(lues.lignes.iter().map(|(_, l)| l[cle].as_f64()).collect());
            let notre = total(siennes.iter().map(|capacite| capacite[cle].as_f64()).collect());
            if let (Some(leur), Some(notre)) = (leur, notre)
                && leur != notre
            {
                let message = format!("FINESS dit {leur} places {mot} en tout, et le contrat {notre}.");
                self.dire("FIN-003", format!("{ici}/capacites"), message, remede);
            }
        }
    }

    /// Another contract whose probable term comes after the beginning of this one.
    fn cpom(&mut self, ici: &str, et: &Etablissement) {
        let debut = self
            .ouverture
            .donnees
            .pointer("/periode/debut")
            .and_then(Value::as_str)
            .and_then(|d| d.parse::<Date>().ok());
        let (Some(debut), Some(effet)) = (debut, et.cpom.last().and_then(|d| d.parse::<Date>().ok())) else { return };
        let terme = effet.plus_annees(5).plus_jours(-1);
        if effet != debut && terme >= debut {
            let message = format!(
                "FINESS dit un CPOM en cours depuis le {effet}, dont le terme probable ({terme}) vient après la prise d'effet de ce contrat ({debut})."
            );
            self.dire(
                "FIN-005",
                format!("{ici}/finess"),
                message,
                "dites le contrat qu'il renouvelle ou remplace (« contrats_renouveles »), ou vérifiez les dates.",
            );
        }
    }
}
