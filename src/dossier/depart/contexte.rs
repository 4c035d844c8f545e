//! The model and the answers → the names that a pattern uses: `{etablissement}`, `{annee+1}`, `$par: "objectif"`,
//! `$si: "axes"`.

use super::reponses::{Etablissement, Reponses, texte};
use crate::modele::bibliotheque::ObjectifPropose;
use crate::modele::manifeste::{Element, Intitule, Manifeste};
use crate::nomenclatures::{Public, categorie};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What is known at a place of the pattern.
#[derive(Clone)]
pub struct Contexte<'a> {
    manifeste: &'a Manifeste,
    reponses: &'a Reponses,
    /// The objectives of the contract: identifier, code in the library.
    objectifs: Vec<(String, Option<String>)>,
    /// The element that is repeated here.
    ici: BTreeMap<&'static str, Value>,
    etablissement: Option<&'a Etablissement>,
}

/// Indicators of a fiche that the library has begun.
const INDICATEURS_MAX: usize = 3;

type Noms = Vec<(&'static str, Option<Value>)>;

impl<'a> Contexte<'a> {
    pub fn nouveau(manifeste: &'a Manifeste, reponses: &'a Reponses) -> Self {
        Contexte { manifeste, reponses, objectifs: Vec::new(), ici: BTreeMap::new(), etablissement: None }
    }

    /// The fiches follow the objectives.
    pub fn noter_les_objectifs(&mut self, objectifs: &Value) {
        let mot = |objectif: &Value, cle: &str| objectif.get(cle).and_then(Value::as_str).map(str::to_owned);
        let noter = |objectif: &Value| Some((mot(objectif, "id")?, mot(objectif, "bibliotheque")));
        self.objectifs = objectifs.as_array().into_iter().flatten().filter_map(noter).collect();
    }

    /// Whether a condition of the pattern holds.
    pub fn est(&self, condition: &str) -> bool {
        match condition {
            "ars" => self.reponses.ars,
            "axes" => !self.manifeste.axes.is_empty(),
            "generaux" => !self.manifeste.objectifs_generaux.is_empty(),
            "file_active" => self.ici.get("unite").is_some_and(|unite| unite == "file_active"),
            "personnes_agees" => {
                let code = self.etablissement().and_then(|e| e.categorie.as_deref());
                code.and_then(categorie).is_some_and(|c| c.public == Public::Ages)
            }
            _ => false,
        }
    }

    /// The establishment of this place: the repeated one, or the one that is named.
    fn etablissement(&self) -> Option<&'a Etablissement> {
        self.etablissement
    }

    /// The value of a name; nothing when it is not known, and is to be completed.
    pub fn valeur(&self, nom: &str) -> Option<Value> {
        if let Some(valeur) = self.ici.get(nom) {
            return Some(valeur.clone());
        }
        if nom == "annee_intermediaire" {
            return Some(json!(self.annee_intermediaire()));
        }
        if let Some(ecart) = nom.strip_prefix("annee") {
            let ecart: i64 = if ecart.is_empty() { 0 } else { ecart.parse().ok()? };
            return Some(json!(i64::from(self.reponses.annee) + ecart));
        }
        match nom {
            "region" => texte(self.reponses.region.as_deref()),
            "statut" => texte(self.reponses.statut.as_deref()),
            "axes" => Some(json!(en_choix(&self.manifeste.axes))),
            "generaux" => Some(json!(en_choix(&self.manifeste.objectifs_generaux))),
            "premier" => texte(self.reponses.etablissements.first().map(|e| e.id.as_str())),
            "categorie" => texte(self.etablissement()?.categorie.as_deref()),
            "departement" => self.seul_departement(),
            "competence" => texte(self.reponses.departements.is_empty().then_some("ars").filter(|_| self.est("ars"))),
            "financeur" => self.autorites().into_iter().next().map(|(id, _)| json!(id)),
            _ => None,
        }
    }

    /// The year of the first target, as the rule of the model sets it; else the third.
    fn annee_intermediaire(&self) -> u16 {
        let limite = self.manifeste.regles.get("IND-002").and_then(|reglage| reglage.limite.as_ref());
        let rang = limite.and_then(|l| l.as_u64().or_else(|| l.get("intermediaire")?.as_u64()));
        let rang = rang.and_then(|rang| u16::try_from(rang).ok()).filter(|rang| (1..=5).contains(rang)).unwrap_or(3);
        self.reponses.annee + rang - 1
    }

    /// A text with the names that it holds; an unknown one stays as it is.
    pub fn remplacer(&self, modele: &str) -> String {
        let mut sortie = String::new();
        let mut reste = modele;
        while let Some((avant, apres)) = reste.split_once('{') {
            sortie.push_str(avant);
            let Some((nom, suite)) = apres.split_once('}') else {
                sortie.push('{');
                sortie.push_str(apres);
                return sortie;
            };
            match self.valeur(nom) {
                Some(Value::String(valeur)) => sortie.push_str(&valeur),
                Some(valeur) => sortie.push_str(&valeur.to_string()),
                None => sortie.push_str(&format!("{{{nom}}}")),
            }
            reste = suite;
        }
        sortie + reste
    }

    /// The values that an element of a list stands for.
    pub fn liste(&self, nom: &str) -> Option<Vec<Value>> {
        Some(match nom {
            "{etablissements}" => self.reponses.etablissements.iter().map(|e| json!(e.id)).collect(),
            "{departements}" => self.reponses.departements.iter().map(|code| json!(code)).collect(),
            _ => return None,
        })
    }

    /// A context for each of the elements that a pattern is repeated for.
    pub fn chacun(&self, par: &str) -> Vec<Contexte<'a>> {
        let autour = |noms: Noms| {
            let mut ici = self.clone();
            ici.ici.extend(noms.into_iter().filter_map(|(nom, valeur)| Some((nom, valeur?))));
            ici
        };
        let manifeste = self.manifeste;
        match par {
            "etablissement" => self
                .reponses
                .etablissements
                .iter()
                .map(|e| autour(vec![("etablissement", Some(json!(e.id)))]).a(e))
                .collect(),
            "activite" => self
                .reponses
                .etablissements
                .iter()
                .flat_map(|e| {
                    {
                        let noms = [("etablissement", Some(json!(e.id)))];
                        modalites(e).into_iter().map(move |m| noms.iter().cloned().chain(m).collect::<Noms>())
                    }
                    .map(|noms| autour(noms).a(e))
                    .collect::<Vec<_>>()
                })
                .collect(),
            "modalite" => self.etablissement().map(modalites).unwrap_or_default().into_iter().map(autour).collect(),
            "departement" => {
                self.reponses.departements.iter().map(|code| autour(departement(code, self.reponses))).collect()
            }
            "financeur" | "autorite" => {
                self.autorites().into_iter().map(|(id, _)| autour(vec![("autorite", Some(json!(id)))])).collect()
            }
            "partie" => {
                let ids = self.autorites().into_iter().map(|(id, _)| id).chain(["gestionnaire".to_owned()]);
                ids.map(|id| autour(vec![("partie", Some(json!(id)))])).collect()
            }
            // The rule of each year after the first, by authority.
            "evolution" => {
                let chaque = |(id, _): (String, String)| (1..5).map(move |n| (id.clone(), n));
                let annees = self.autorites().into_iter().flat_map(chaque);
                let noms = |(id, n): (String, u16)| {
                    vec![("autorite", Some(json!(id))), ("cette_annee", Some(json!(self.reponses.annee + n)))]
                };
                annees.map(|annee| autour(noms(annee))).collect()
            }
            "annee" => (0..5).map(|n| autour(vec![("cette_annee", Some(json!(self.reponses.annee + n)))])).collect(),
            "axe" => manifeste.axes.iter().map(|axe| autour(vec![("axe", Some(json!(axe.id.as_str())))])).collect(),
            "objectif_obligatoire" => self
                .obligatoires()
                .map(|o| {
                    autour(vec![
                        ("objectif", Some(json!(format!("objectif-{}", o.code)))),
                        ("code", Some(json!(o.code.as_str()))),
                        ("titre", Some(json!(o.titre))),
                    ])
                })
                .collect(),
            "objectif" => self
                .objectifs
                .iter()
                .enumerate()
                .map(|(rang, (id, code))| {
                    autour(vec![
                        ("objectif", Some(json!(id))),
                        ("code", code.as_ref().map(|code| json!(code))),
                        ("rang", Some(json!(rang + 1))),
                    ])
                })
                .collect(),
            "nature" => [("mise_en_oeuvre", "a"), ("resultat", "b"), ("suivi", "c")]
                .into_iter()
                .map(|(nature, lettre)| autour(vec![("nature", Some(json!(nature))), ("lettre", Some(json!(lettre)))]))
                .collect(),
            "piece" => {
                let mut pieces = Vec::new();
                pieces_attendues(&manifeste.plan, &mut pieces);
                pieces
                    .into_iter()
                    .map(|piece| {
                        autour(vec![
                            ("annexe", Some(json!(piece.id.as_str()))),
                            ("titre_de_piece", Some(json!(piece.titre.as_deref().unwrap_or(piece.id.as_str())))),
                        ])
                    })
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    fn a(mut self, etablissement: &'a Etablissement) -> Self {
        self.etablissement = Some(etablissement);
        self
    }

    fn autorites(&self) -> Vec<(String, String)> {
        let ars = self.est("ars").then(|| ("ars".to_owned(), "ars".to_owned()));
        let departements = self.reponses.departements.iter();
        ars.into_iter().chain(departements.map(|code| (id_du_departement(code, self.reponses), code.clone()))).collect()
    }

    /// The département of every establishment, when one alone is a party.
    fn seul_departement(&self) -> Option<Value> {
        match self.reponses.departements.as_slice() {
            [seul] => Some(json!(seul)),
            _ => None,
        }
    }

    /// The objectives that the model wants for these publics.
    fn obligatoires(&self) -> impl Iterator<Item = &'a ObjectifPropose> {
        let categories = self.reponses.etablissements.iter().map(|e| e.categorie.as_deref().and_then(categorie));
        let publics: Vec<Option<Public>> = categories.map(|c| c.map(|c| c.public)).collect();
        let concerne = move |o: &&ObjectifPropose| {
            let un = |public: &Option<Public>| public.is_none_or(|p| p == Public::Tous || o.publics.contains(&p));
            o.obligatoire && (o.publics.is_empty() || publics.iter().any(un))
        };
        self.manifeste.bibliotheque.iter().filter(concerne)
    }

    /// The fiche of an objective of the library begins with the indicators that it proposes; those of the natures that they
    /// have are taken out of the pattern's.
    pub fn proposer_les_indicateurs(&self, fiche: &mut Map<String, Value>) {
        let code = self.ici.get("code").and_then(Value::as_str);
        let Some(propose) = self.manifeste.bibliotheque.iter().find(|o| Some(o.code.as_str()) == code) else { return };
        let Some(Value::Array(indicateurs)) = fiche.get_mut("indicateurs") else { return };
        let patron = indicateurs.first().and_then(Value::as_object).cloned().unwrap_or_default();
        let proposes: Vec<Value> = propose
            .indicateurs
            .iter()
            .map(|indicateur| {
                let mut objet = patron.clone();
                let connus = serde_json::to_value(indicateur).unwrap_or_default();
                objet.retain(|cle, _| cle != "nature" || indicateur.nature.is_some());
                objet.extend(
                    connus.as_object().cloned().unwrap_or_default().into_iter().filter(|(cle, _)| cle != "origine"),
                );
                Value::Object(objet)
            })
            .collect();
        let natures: Vec<Value> = proposes.iter().filter_map(|i| i.get("nature").cloned()).collect();
        let sans_nature = natures.is_empty() && !proposes.is_empty();
        indicateurs.retain(|i| !sans_nature && i.get("nature").is_none_or(|nature| !natures.contains(nature)));
        // No model wants more than a few for an objective.
        indicateurs.truncate(INDICATEURS_MAX.saturating_sub(proposes.len()));
        indicateurs.splice(0..0, proposes);
    }
}

/// « qualite-de-vie, bientraitance ou efficience ».
fn en_choix(intitules: &[Intitule]) -> String {
    let ids: Vec<&str> = intitules.iter().map(|i| i.id.as_str()).collect();
    match ids.as_slice() {
        [debut @ .., dernier] if !debut.is_empty() => format!("{} ou {dernier}", debut.join(", ")),
        autres => autres.join(", "),
    }
}

fn departement(code: &str, reponses: &Reponses) -> Noms {
    let genre = if code == "69M" { "metropole" } else { "departement" };
    vec![
        ("autorite", Some(json!(id_du_departement(code, reponses)))),
        ("type", Some(json!(genre))),
        ("departement", Some(json!(code))),
    ]
}

/// « departement » when it is alone, « departement-13 » among several.
fn id_du_departement(code: &str, reponses: &Reponses) -> String {
    match (code, reponses.departements.len()) {
        ("69M", _) => "metropole".into(),
        (_, 1) => "departement".into(),
        (code, _) => format!("departement-{}", code.to_lowercase()),
    }
}

/// The ways of receiving people that a category usually has, with the unit that their activity is counted in.
fn modalites(etablissement: &Etablissement) -> Vec<Noms> {
    let code = etablissement.categorie.as_deref().unwrap_or_default();
    let usuelles: &[(&str, &str)] = match code {
        "183" | "186" | "188" | "192" | "194" | "195" | "196" => {
            &[("internat", "journees"), ("semi_internat", "journees")]
        }
        "182" | "445" | "446" => &[("milieu_ordinaire", "file_active")],
        "189" | "190" | "221" => &[("ambulatoire", "seances")],
        "209" | "354" | "460" => &[("domicile", "file_active")],
        "207" | "242" => &[("accueil_jour", "journees")],
        "246" => &[("travail", "journees")],
        "252" | "255" | "382" | "437" | "448" | "449" => {
            &[("hebergement_permanent", "journees"), ("accueil_jour", "journees")]
        }
        "202" | "500" | "501" | "502" => &[("hebergement_permanent", "journees")],
        _ => return vec![Vec::new()],
    };
    let noms =
        |(modalite, unite): &(&str, &str)| vec![("modalite", Some(json!(modalite))), ("unite", Some(json!(unite)))];
    usuelles.iter().map(noms).collect()
}

/// The annexes that are files, and that every contract of the model has.
fn pieces_attendues<'e>(elements: &'e [Element], sortie: &mut Vec<&'e Element>) {
    for element in elements {
        if element.piece && element.condition.is_none() {
            sortie.push(element);
        }
        pieces_attendues(&element.elements, sortie);
    }
}
