//! Nothing lost: each key that the schema accepts is changed in turn, and the dossier of each model must show it, or the
//! manifest of the model says why it does not.
//!
//! A key is walked from the schema: a new one is tried without a word here. It is shown when its words are read, or, for
//! what is not words (a choice, a date, a number, a name of something else), when the dossier is not the same.

use std::collections::{BTreeMap, BTreeSet};

use cpom::document::Etat;
use cpom::dossier::{self, Choix};
use cpom::lecture::Fichier;
use cpom::modele::Catalogue;
use cpom::modele::manifeste::{Manifeste, NonImprimee, UsageSansImpression};
use serde_json::{Value, json};

use super::outils::{donnees, essayer_de_rediger, json};

/// Places of one key that are tried, at the most: the first of a list may be out of the perimeter.
const PLACES: usize = 4;

/// What an identifier names, by the end of its key.
const RENVOIS: [(&str, &[&str]); 9] = [
    ("mandataire_de", &["/parties/gestionnaires"]),
    ("etablissement", &["/perimetre/etablissements"]),
    ("objectif", &["/objectifs"]),
    ("constat", &["/diagnostic/constats"]),
    ("axe", &["/axes"]),
    ("gestionnaire", &["/parties/gestionnaires"]),
    ("mandataire", &["/parties/gestionnaires"]),
    ("autorite", &["/parties/autorites"]),
    ("", &["/parties/autorites", "/parties/gestionnaires", "/perimetre/etablissements"]),
];

/// The contract that a model is tried with: a rich one.
fn base(modele: &str) -> &'static str {
    match modele {
        "bretagne" => "bretagne/exemple.json",
        "ara" => "ara/exemple.json",
        _ => "paca/exemple.json",
    }
}

/// A scalar of the schema: its path, `*` for the elements, and what it may hold.
struct Cle {
    chemin: String,
    definition: String,
    noeud: Value,
}

/// The schema, and what the walk finds in it.
struct Schema {
    racine: Value,
    cles: Vec<Cle>,
    /// The paths of what may be declared without object.
    sans_objet: Vec<String>,
}

impl Schema {
    fn lire() -> Self {
        let mut schema =
            Schema { racine: json("schemas/contrat.schema.json"), cles: Vec::new(), sans_objet: Vec::new() };
        let racine = schema.racine.clone();
        schema.parcourir(&racine, "", "");
        assert!(schema.cles.len() > 400 && schema.sans_objet.len() > 400, "the walk lost its way");
        schema
    }

    /// A node without its reference nor its « without object »: its definition, itself, whether it may be so.
    fn resoudre(&self, noeud: &Value, definition: &str) -> (String, Value, bool) {
        if let Some(nom) = noeud["$ref"].as_str().and_then(|r| r.strip_prefix("#/$defs/")) {
            return self.resoudre(&self.racine["$defs"][nom], nom);
        }
        if noeud["anyOf"][1]["$ref"] == "#/$defs/NonApplicable" {
            let (definition, resolu, _) = self.resoudre(&noeud["anyOf"][0], definition);
            return (definition, resolu, true);
        }
        (definition.to_owned(), noeud.clone(), false)
    }

    fn parcourir(&mut self, noeud: &Value, definition: &str, chemin: &str) {
        let (definition, noeud, sans_objet) = self.resoudre(noeud, definition);
        if sans_objet {
            self.sans_objet.push(chemin.to_owned());
        }
        if let Some(proprietes) = noeud["properties"].as_object() {
            for (cle, sous) in proprietes.iter().filter(|(cle, _)| !cle.starts_with('$')) {
                self.parcourir(sous, "", &format!("{chemin}/{cle}"));
            }
        } else if noeud["items"].is_object() {
            self.parcourir(&noeud["items"], "", &format!("{chemin}/*"));
        } else if noeud["additionalProperties"].is_object() {
            self.parcourir(&noeud["additionalProperties"], "", &format!("{chemin}/*"));
        } else {
            self.cles.push(Cle { chemin: chemin.to_owned(), definition, noeud });
        }
    }

    /// The node at a path.
    fn a(&self, chemin: &str) -> Value {
        chemin.split('/').skip(1).fold(self.racine.clone(), |ici, etape| {
            let (_, ici, _) = self.resoudre(&ici, "");
            let suite =
                ici["properties"].get(etape).or_else(|| ici.get("items")).or_else(|| ici.get("additionalProperties"));
            suite.cloned().unwrap_or_else(|| panic!("{chemin}: no {etape}"))
        })
    }

    /// A value with everything that the schema allows in it.
    fn fabriquer(&self, contrat: &Value, noeud: &Value, cle: &str) -> Value {
        let (definition, noeud, _) = self.resoudre(noeud, "");
        if let Some(proprietes) = noeud["properties"].as_object() {
            let propres = proprietes.iter().filter(|(cle, _)| !cle.starts_with('$'));
            return propres.map(|(cle, sous)| (cle.clone(), self.fabriquer(contrat, sous, cle))).collect();
        }
        if noeud["items"].is_object() {
            return json!([self.fabriquer(contrat, &noeud["items"], cle)]);
        }
        if noeud["additionalProperties"].is_object() {
            return json!({ "2027": self.fabriquer(contrat, &noeud["additionalProperties"], cle) });
        }
        let essai = Cle { chemin: format!("/{cle}"), definition, noeud };
        essais(contrat, &essai, &Value::Null).first().unwrap_or_else(|| panic!("no value for {cle}")).valeur.clone()
    }
}

/// A value to try, and the words that show it; without any, a dossier that changes does.
struct Essai {
    valeur: Value,
    temoin: Option<String>,
}

/// What a key may hold, other than what it holds.
fn essais(contrat: &Value, cle: &Cle, actuelle: &Value) -> Vec<Essai> {
    let nom = cle.chemin.trim_end_matches("/*").rsplit('/').next().unwrap_or_default();
    let valeurs: Vec<Value> = match cle.definition.as_str() {
        "Texte" | "Prose" => {
            let mots = "Repère que rien d'autre ne dit";
            return vec![Essai { valeur: json!(mots), temoin: Some(mots.into()) }];
        }
        // Those of the plans of the models.
        "Id" if nom == "article" => ["litiges", "revision", "duree"].map(|n| json!(n)).to_vec(),
        "Id" if nom == "annexe" => ["perimetre", "budgets", "activite"].map(|n| json!(n)).to_vec(),
        "Id" => renvois(contrat, nom),
        "Montant" | "Quantite" => [123_471, 37, 3].map(|n| json!(n)).to_vec(),
        "Entier" => [37, 3, 471].map(|n| json!(n)).to_vec(),
        "Pourcentage" | "Taux" => [37.5, 3.5].map(|n| json!(n)).to_vec(),
        "Mesure" => [471, 37].map(|n| json!(n)).to_vec(),
        "Inclusion" => vec![json!({ "motif": "financé par une autre voie" })],
        "Annee" => [2027, 2029, 2024, 2026].map(|n| json!(n)).to_vec(),
        "Date" => ["2027-11-13", "2024-10-17", "2031-03-29"].map(|n| json!(n)).to_vec(),
        "Echeance" => ["2027-11", "2029"].map(|n| json!(n)).to_vec(),
        "CodeDepartement" => ["84", "69"].map(|n| json!(n)).to_vec(),
        "CodeRegion" => ["32", "44"].map(|n| json!(n)).to_vec(),
        "CodeStatut" => ["61", "62"].map(|n| json!(n)).to_vec(),
        "CodeCategorie" => ["186", "255", "437"].map(|n| json!(n)).to_vec(),
        "CodeFiness" => ["844/11/437", "908/14/206"].map(|n| json!(n)).to_vec(),
        "Finess" => ["130804719", "290804711"].map(|n| json!(n)).to_vec(),
        "Siren" => ["784807190", "775647191"].map(|n| json!(n)).to_vec(),
        "Siret" => ["78480719000471", "77564719100025"].map(|n| json!(n)).to_vec(),
        "Empreinte" => vec![json!("47".repeat(32))],
        "Chemin" => vec![json!("pieces/inconnue.pdf")],
        _ => {
            let choix: Vec<Value> =
                cle.noeud["oneOf"].as_array().into_iter().flatten().map(|c| c["const"].clone()).collect();
            match cle.noeud["type"].as_str() {
                _ if !choix.is_empty() => choix,
                Some("boolean") => vec![json!(true), json!(false)],
                Some("integer" | "number") => {
                    let bornes = (cle.noeud["minimum"].as_f64(), cle.noeud["maximum"].as_f64());
                    let tient = |n: &f64| bornes.0.is_none_or(|b| *n >= b) && bornes.1.is_none_or(|b| *n <= b);
                    [37.0, 3.0, 4.0, 11.0].into_iter().filter(tient).map(|n| json!(n as i64)).collect()
                }
                autre => panic!("{}: nothing to try for {autre:?} {}", cle.chemin, cle.definition),
            }
        }
    };
    valeurs.into_iter().filter(|v| v != actuelle).map(|valeur| Essai { valeur, temoin: None }).collect()
}

/// The identifiers that a key may give.
fn renvois(contrat: &Value, nom: &str) -> Vec<Value> {
    let (_, listes) =
        RENVOIS.iter().find(|(fin, _)| nom.trim_end_matches('s').ends_with(fin)).expect("the last is empty");
    let elements =
        listes.iter().flat_map(|liste| contrat.pointer(liste).and_then(Value::as_array).into_iter().flatten());
    let ids = elements.filter_map(|e| e.get("id").cloned());
    // A few at both ends: the rest are much the same.
    let ids: Vec<Value> = ids.collect();
    ids.iter().take(2).chain(ids.iter().rev().take(2)).cloned().collect()
}

/// The places of the data that a path names.
fn places(contrat: &Value, chemin: &str) -> Vec<String> {
    let mut ici = vec![(String::new(), contrat)];
    for etape in chemin.split('/').skip(1) {
        let suivre = |(place, valeur): (String, &'_ Value)| -> Vec<(String, Value)> {
            match (etape, valeur) {
                ("*", Value::Array(a)) => {
                    a.iter().enumerate().map(|(rang, v)| (format!("{place}/{rang}"), v.clone())).collect()
                }
                ("*", Value::Object(o)) => o.iter().map(|(cle, v)| (format!("{place}/{cle}"), v.clone())).collect(),
                (cle, v) => v.get(cle).map(|v| (format!("{place}/{cle}"), v.clone())).into_iter().collect(),
            }
        };
        let suite: Vec<String> = ici.into_iter().flat_map(suivre).map(|(place, _)| place).collect();
        ici = suite.into_iter().map(|p| (p.clone(), contrat.pointer(&p).expect("a place just seen"))).collect();
    }
    let places: Vec<String> = ici
        .into_iter()
        .filter(|(p, v)| !p.contains("non_applicable") && !v["non_applicable"].is_string())
        .map(|(p, _)| p)
        .collect();
    // Spread over the list, the ends included.
    let pas = places.len().div_ceil(PLACES).max(1);
    let mut choisies: Vec<String> = places.iter().step_by(pas).cloned().collect();
    choisies.extend(places.last().filter(|p| !choisies.contains(p)).cloned());
    choisies
}

/// Puts a value where a place says, in an object or a list that is there.
fn poser(contrat: &mut Value, place: &str, valeur: Value) {
    let (parent, cle) = place.rsplit_once('/').expect("not the root");
    match contrat.pointer_mut(parent).unwrap_or_else(|| panic!("{parent}")) {
        Value::Object(o) => drop(o.insert(cle.to_owned(), valeur)),
        Value::Array(a) => match cle.parse::<usize>().expect("a rank") {
            rang if rang < a.len() => a[rang] = valeur,
            _ => a.push(valeur),
        },
        autre => panic!("{parent}: {autre}"),
    }
}

/// The words of the dossier of a model; nothing when the schema refuses the contract. What it accepts is always written.
fn imprimer(contrat: &Value, modele: &str) -> Option<Result<String, String>> {
    rediger(contrat, modele).map(|ecrit| ecrit.map(|(texte, _)| texte))
}

/// The same, with the places that the dossier asks for.
fn rediger(contrat: &Value, modele: &str) -> Option<Result<(String, BTreeSet<String>), String>> {
    let fichier = Fichier { nom: "contrat.json".into(), octets: contrat.to_string().into_bytes() };
    let ouverture = dossier::ouvrir_recus(vec![fichier], BTreeMap::new()).ok()?;
    ouverture.contrat.as_deref()?;
    let choix = Choix { etat: Some(Etat::Projet), modele: Some(modele.into()), ..Choix::default() };
    let texte = |e: &dossier::Exemplaire| cpom::rendu::texte::rendre(&e.document);
    let ecrits = essayer_de_rediger(&ouverture, &choix).map_err(|e| e.to_string());
    Some(ecrits.map(|ecrits| {
        let demandes = ecrits.iter().flat_map(|e| e.remarques.iter().map(|r| r.pointeur.clone())).collect();
        (mots(&ecrits.iter().map(texte).collect::<String>()), demandes)
    }))
}

/// Words, each run of spaces being one, whatever the apostrophe and the capitals.
fn mots(texte: &str) -> String {
    texte.replace('’', "'").to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The path of a place.
fn generaliser(contrat: &Value, place: &str) -> String {
    let mut ici = contrat;
    let mut chemin = String::new();
    for cle in place.split('/').skip(1) {
        let dans_une_table = ici.is_array() || cle.bytes().all(|b| b.is_ascii_digit());
        chemin += if dans_une_table { "/*" } else { "/" };
        chemin += if dans_une_table { "" } else { cle };
        ici = ici.get(cle).or_else(|| ici.get(cle.parse::<usize>().ok()?)).expect("a place of the contract");
    }
    chemin
}

/// One model and the contract that it is tried with.
struct Banc {
    schema: Schema,
    modele: String,
    manifeste: Manifeste,
    contrat: Value,
    texte: String,
    /// With what a path lacks of the contract added, and its words.
    completes: BTreeMap<String, (Value, String)>,
    /// What could not be written at all.
    pannes: Vec<String>,
}

impl Banc {
    fn monter(modele: &str) -> Self {
        let embarque = Catalogue::embarque().modele(modele).expect("one of ours");
        let mut contrat = donnees(base(modele));
        // Rules of one among several need several.
        let mut second = contrat["parties"]["gestionnaires"][0].clone();
        second["id"] = json!("second-gestionnaire");
        second["nom"] = json!("Association seconde");
        contrat["parties"]["gestionnaires"].as_array_mut().expect("a list").push(second);
        let autorites = contrat["parties"]["autorites"].as_array_mut().expect("a list");
        if !autorites.iter().any(|a| a["type"] == "departement") {
            autorites.push(json!({ "id": "un-departement", "type": "departement", "departement": "13" }));
        }
        let texte = imprimer(&contrat, modele).expect("an accepted contract").expect("a dossier");
        Banc {
            schema: Schema::lire(),
            modele: modele.into(),
            manifeste: embarque.manifeste,
            contrat,
            texte,
            completes: BTreeMap::new(),
            pannes: Vec::new(),
        }
    }

    /// A contract where the object that holds a path is there, with its words.
    fn avec(&mut self, chemin: &str) -> (Value, String) {
        let (parent, _) = chemin.rsplit_once('/').expect("not the root");
        if !places(&self.contrat, parent).is_empty() && !parent.ends_with("/*/*") {
            return (self.contrat.clone(), self.texte.clone());
        }
        // The first step that no place of the contract has.
        let etapes: Vec<&str> = chemin.split('/').collect();
        let absente = (2..etapes.len()).map(|n| etapes[..n].join("/")).find(|c| places(&self.contrat, c).is_empty());
        let Some(absente) = absente else { return (self.contrat.clone(), self.texte.clone()) };
        if let Some(connu) = self.completes.get(&absente) {
            return connu.clone();
        }
        let (porteur, cle) = absente.rsplit_once('/').expect("not the root");
        let porteurs = if porteur.is_empty() { vec![String::new()] } else { places(&self.contrat, porteur) };
        let mut complet = self.contrat.clone();
        // An element of a list that is empty, or of a table, or a key that an object lacks.
        let cle = match (cle, porteurs.first().and_then(|p| complet.pointer(p))) {
            ("*", Some(Value::Array(_))) => "0",
            ("*", _) => "2027",
            (cle, _) => cle,
        };
        let valeur = self.schema.fabriquer(&self.contrat, &self.schema.a(&absente), cle);
        for porteur in porteurs {
            poser(&mut complet, &format!("{porteur}/{cle}"), valeur.clone());
        }
        let texte = imprimer(&complet, &self.modele).unwrap_or_else(|| panic!("refused with {absente}: {valeur}"));
        let texte = texte.unwrap_or_else(|e| panic!("{absente}: {valeur}: {e}"));
        self.completes.insert(absente, (complet.clone(), texte.clone()));
        (complet, texte)
    }

    /// Whether the dossier shows the value of a key, with all that stands beside it or, for one that should be there, with
    /// less.
    fn montre(&mut self, cle: &Cle, attendue: bool) -> bool {
        let (contrat, texte) = self.avec(&cle.chemin);
        let (parent, fin) = cle.chemin.rsplit_once('/').expect("not the root");
        let parents = if parent.is_empty() { vec![String::new()] } else { places(&contrat, parent) };
        parents.iter().any(|parent| self.montre_a(&contrat, &texte, cle, parent, fin))
            || attendue
                && parents.iter().any(|parent| {
                    self.voisinages(&contrat, cle, parent).into_iter().any(|autre| {
                        let Some(Ok(texte)) = imprimer(&autre, &self.modele) else { return false };
                        self.montre_a(&autre, &texte, cle, parent, fin)
                    })
                })
    }

    /// The contract with all that may stand beside a key, then without what may stand for it: all that is not required, each in turn.
    fn voisinages(&self, contrat: &Value, cle: &Cle, parent: &str) -> Vec<Value> {
        let porteur = match cle.chemin.strip_suffix("/*") {
            Some(_) => parent.rsplit_once('/').expect("not the root").0,
            None => parent,
        };
        let Some(Value::Object(entrees)) = contrat.pointer(porteur) else { return Vec::new() };
        if porteur.is_empty() {
            return Vec::new();
        }
        let (_, noeud, _) = self.schema.resoudre(&self.schema.a(&generaliser(contrat, porteur)), "");
        let propre = cle.chemin.trim_end_matches("/*").rsplit('/').next().unwrap_or_default();
        let requises: Vec<&str> =
            noeud["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let retirables = entrees.keys().filter(|c| c.as_str() != propre && !requises.contains(&c.as_str()));
        let sans = |retirees: &[&String]| {
            let mut allege = contrat.clone();
            let reste = entrees.iter().filter(|(c, _)| !retirees.contains(c)).map(|(c, v)| (c.clone(), v.clone()));
            *allege.pointer_mut(porteur).expect("just seen") = reste.collect();
            allege
        };
        let retirables: Vec<&String> = retirables.collect();
        let mut avec_tout = contrat.clone();
        let mut garni = self.schema.fabriquer(contrat, &noeud, "");
        entrees.iter().for_each(|(cle, valeur)| poser(&mut garni, &format!("/{cle}"), valeur.clone()));
        *avec_tout.pointer_mut(porteur).expect("just seen") = garni;
        let moins = retirables.iter().map(|c| sans(&[c]));
        [avec_tout, sans(&retirables)].into_iter().chain(moins).collect()
    }

    fn montre_a(&mut self, contrat: &Value, texte: &str, cle: &Cle, parent: &str, fin: &str) -> bool {
        let place = match (fin, contrat.pointer(parent)) {
            ("*", Some(Value::Array(_))) => format!("{parent}/0"),
            ("*", Some(Value::Object(o))) => format!("{parent}/{}", o.keys().next().map_or("2027", |c| c)),
            _ => format!("{parent}/{fin}"),
        };
        let actuelle = contrat.pointer(&place).cloned().unwrap_or_default();
        for essai in essais(contrat, cle, &actuelle) {
            let mut change = contrat.clone();
            poser(&mut change, &place, essai.valeur);
            let nouveau = match imprimer(&change, &self.modele) {
                None => continue,
                Some(Ok(nouveau)) => nouveau,
                Some(Err(erreur)) => {
                    self.pannes.push(format!("{place}: {erreur}"));
                    continue;
                }
            };
            if essai.temoin.map_or_else(|| nouveau != texte, |temoin| nouveau.contains(&mots(&temoin))) {
                return true;
            }
        }
        false
    }

    /// The keys that are lost without a word, and those that are said not to be printed and are.
    fn fautes(&mut self) -> Vec<String> {
        let mut fautes = Vec::new();
        for cle in std::mem::take(&mut self.schema.cles) {
            let usage = self.manifeste.non_imprimee(&cle.chemin).map(|(_, n)| n.usage);
            // What the dossier is composed with changes it without being read there.
            if usage == Some(UsageSansImpression::Composition) {
                continue;
            }
            match (self.montre(&cle, usage.is_none()), usage) {
                (false, None) => fautes.push(format!("{} is lost", cle.chemin)),
                (true, Some(_)) => fautes.push(format!("{} is printed, the manifest says it is not", cle.chemin)),
                _ => {}
            }
        }
        fautes.append(&mut self.pannes);
        fautes
    }

    /// The reasons that no part of the dossier says.
    fn motifs_perdus(&mut self) -> Vec<String> {
        let mut a_dire: Vec<String> = std::mem::take(&mut self.schema.sans_objet);
        a_dire.retain(|chemin| self.manifeste.non_imprimee(chemin).is_none());
        let mut perdus = Vec::new();
        let mut rang = 0;
        while !a_dire.is_empty() {
            let mut contrat = self.contrat.clone();
            let mut dits: BTreeMap<String, (String, String)> = BTreeMap::new();
            let mut restants = Vec::new();
            for chemin in a_dire {
                let (parent, cle) = chemin.rsplit_once('/').expect("not the root");
                let parents = if parent.is_empty() { vec![String::new()] } else { places(&contrat, parent) };
                let Some(parent) = parents.first() else { continue };
                let place = format!("{parent}/{cle}");
                // What is without object has nothing below it, nor stands in what is.
                let meme =
                    |autre: &String| autre.starts_with(&format!("{place}/")) || place.starts_with(&format!("{autre}/"));
                if dits.keys().any(meme) {
                    restants.push(chemin);
                    continue;
                }
                rang += 1;
                dits.insert(place, (format!("motif particulier n° {rang}"), chemin));
            }
            for (place, (motif, _)) in &dits {
                poser(&mut contrat, place, json!({ "non_applicable": motif }));
            }
            let ecrit = rediger(&contrat, &self.modele).expect("an accepted contract");
            let (texte, demandes) = ecrit.unwrap_or_else(|e| panic!("{dits:?}: {e}"));
            // What others name is asked for by them.
            let nomme = |place: &str| self.contrat.pointer(place).is_some_and(|v| v[0]["id"].is_string());
            let redemandes = dits.iter().filter(|(place, _)| demandes.contains(*place) && !nomme(place));
            perdus.extend(redemandes.map(|(_, (_, chemin))| format!("{chemin} is asked for again")));
            let texte = texte.replace([')', '.', ',', ';'], " ") + " ";
            let perdu = |motif: &str| !texte.contains(&format!("{motif} "));
            perdus.extend(dits.into_values().filter(|(motif, _)| perdu(motif)).map(|(_, chemin)| chemin));
            a_dire = restants;
        }
        perdus
    }
}

fn rien_ne_se_perd(modele: &str) {
    let mut banc = Banc::monter(modele);
    let motifs = banc.motifs_perdus();
    let fautes = banc.fautes();
    assert!(motifs.is_empty(), "{} reasons are lost\n{}", motifs.len(), motifs.join("\n"));
    assert!(fautes.is_empty(), "{} faults\n{}", fautes.len(), fautes.join("\n"));
}

#[test]
fn nothing_is_lost_by_the_national_model() {
    rien_ne_se_perd("national");
}

#[test]
fn nothing_is_lost_by_the_model_of_paca() {
    rien_ne_se_perd("paca");
}

#[test]
fn nothing_is_lost_by_the_model_of_bretagne() {
    rien_ne_se_perd("bretagne");
}

#[test]
fn nothing_is_lost_by_the_model_of_auvergne_rhone_alpes() {
    rien_ne_se_perd("ara");
}

/// The same words, printed where one value would stand, say nothing of the other.
#[test]
fn a_reason_given_twice_is_printed_for_each_value() {
    let mut contrat = donnees("paca/exemple.json");
    let motif = json!({ "non_applicable": "les parties n'en ont pas convenu" });
    contrat["moyens"]["mesures_selon_resultats"] = motif.clone();
    contrat["signature"]["exemplaires"] = motif;
    let texte = imprimer(&contrat, "paca").expect("an accepted contract").expect("a dossier");
    assert!(
        texte.contains("mesures liées aux résultats : sans objet (les parties n'en ont pas convenu)"),
        "in its place"
    );
    assert!(texte.contains("signature : exemplaires | les parties n'en ont pas convenu"), "{texte}");
}

#[test]
fn a_path_that_the_schema_does_not_have_is_not_said_to_be_unprinted() {
    let schema = Schema::lire();
    let connus: BTreeSet<&str> = schema.cles.iter().map(|c| c.chemin.as_str()).collect();
    for modele in Catalogue::embarque().liste().expect("our models") {
        for (chemin, dite) in &modele.manifeste.non_imprimees {
            let nommee = NonImprimee { usage: UsageSansImpression::Aucun, ..dite.clone() };
            let seul = Manifeste { non_imprimees: [(chemin.clone(), nommee)].into(), ..modele.manifeste.clone() };
            assert!(connus.iter().any(|c| seul.non_imprimee(c).is_some()), "{}: {chemin}", modele.manifeste.id);
            assert!(dite.motif.ends_with('.'), "{chemin}: {}", dite.motif);
        }
    }
}
