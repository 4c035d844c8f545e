//! The report as SARIF 2.1.0, for editors and code-review platforms.

use super::codes::hors_catalogue;
use super::{CompteRendu, Ligne};
use crate::regles::{RULES, Rule};
use crate::remarque::Severite;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The whole SARIF log, indented.
pub fn ecrire(compte_rendu: &CompteRendu) -> String {
    let mut texte = serde_json::to_string_pretty(&journal(compte_rendu)).unwrap_or_default();
    texte.push('\n');
    texte
}

fn journal(compte_rendu: &CompteRendu) -> Value {
    let comparaison = compte_rendu.comparaison.as_ref();
    let resolues = comparaison.map(|c| c.resolues.as_slice()).unwrap_or_default();
    let toutes: Vec<&Ligne> = compte_rendu.remarques.iter().chain(resolues).collect();
    let (regles, rangs) = regles(&toutes);
    let etat = |rang: usize| match comparaison {
        None => None,
        Some(_) if rang < compte_rendu.remarques.len() => Some("new"),
        Some(_) => Some("absent"),
    };
    let resultats: Vec<Value> =
        toutes.iter().enumerate().map(|(rang, ligne)| resultat(ligne, &rangs, etat(rang))).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "cpom",
                "version": env!("CARGO_PKG_VERSION"),
                "language": "fr-FR",
                "rules": regles,
            } },
            "language": "fr-FR",
            "columnKind": "unicodeCodePoints",
            "results": resultats,
            "properties": {
                "contrat": compte_rendu.contrat,
                "verdict": compte_rendu.verdict,
                "bilan": compte_rendu.bilan,
                "modele": compte_rendu.designation_du_modele(),
                "reglages": compte_rendu.reglages,
                "derogations": compte_rendu.derogations,
            },
        }],
    })
}

/// The rules of the log, the whole catalogue then the codes of structure met, and the rank of each.
fn regles(lignes: &[&Ligne]) -> (Vec<Value>, BTreeMap<String, usize>) {
    let mut regles: Vec<Value> = RULES.iter().map(|rule| regle(rule)).collect();
    let mut rangs: BTreeMap<String, usize> =
        RULES.iter().enumerate().map(|(rang, rule)| (rule.code.to_owned(), rang)).collect();
    for ligne in lignes {
        let code = &ligne.remarque.code;
        if !rangs.contains_key(code) {
            rangs.insert(code.clone(), regles.len());
            let texte = hors_catalogue(code).map_or("Remarque", |famille| famille.titre);
            regles.push(json!({ "id": code, "shortDescription": { "text": texte } }));
        }
    }
    (regles, rangs)
}

fn regle(rule: &Rule) -> Value {
    let references: Vec<String> = rule.references.iter().map(|r| r.citation()).collect();
    json!({
        "id": rule.code,
        "shortDescription": { "text": rule.titre },
        "fullDescription": { "text": rule.pourquoi },
        "help": { "text": format!("À faire : {}\nRéférences : {}", rule.remede, references.join(" ; ")) },
        "defaultConfiguration": { "level": niveau(rule.severite) },
        "properties": { "famille": rule.famille.titre() },
    })
}

fn niveau(severite: Severite) -> &'static str {
    match severite {
        Severite::Bloquante => "error",
        Severite::Alerte => "warning",
        Severite::Information => "note",
    }
}

fn resultat(ligne: &Ligne, rangs: &BTreeMap<String, usize>, etat: Option<&str>) -> Value {
    let remarque = &ligne.remarque;
    let chemin = if remarque.chemin.is_empty() { "le contrat entier" } else { &remarque.chemin };
    let mut lieu = json!({ "logicalLocations": [{
        "decoratedName": chemin, "fullyQualifiedName": remarque.pointeur, "kind": "member",
    }] });
    if let Some(position) = &remarque.position {
        lieu["physicalLocation"] = json!({
            "artifactLocation": { "uri": uri(&position.fichier) },
            "region": { "startLine": position.ligne, "startColumn": position.colonne },
        });
    }
    let mut resultat = json!({
        "ruleId": remarque.code,
        "ruleIndex": rangs.get(&remarque.code),
        "level": niveau(remarque.severite),
        "message": { "text": format!("{chemin} : {} À faire : {}", remarque.message, remarque.remede) },
        "locations": [lieu],
        "partialFingerprints": { "cpom/v1": empreinte(ligne) },
        "properties": { "partie": ligne.partie.cle(), "references": remarque.references },
    });
    if let Some(lacune) = &remarque.lacune {
        resultat["properties"]["lacune"] = json!(lacune);
    }
    if let Some(etat) = etat {
        resultat["baselineState"] = json!(etat);
    }
    resultat
}

/// The same remark in two versions of a file has the same fingerprint.
fn empreinte(ligne: &Ligne) -> String {
    let somme = Sha256::digest(format!("{}\n{}", ligne.remarque.code, ligne.stable).as_bytes());
    somme.iter().take(16).map(|o| format!("{o:02x}")).collect()
}

/// A path as a URI reference: what a URI does not admit is percent-encoded.
fn uri(fichier: &str) -> String {
    let mut uri = String::new();
    for octet in fichier.replace('\\', "/").bytes() {
        match octet {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(octet as char),
            _ => uri.push_str(&format!("%{octet:02X}")),
        }
    }
    uri
}
