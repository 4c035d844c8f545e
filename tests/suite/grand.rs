//! Contracts of any size, consistent by construction: what the property tests break in one place, and what the
//! benchmark measures. The same size and seed give the same contract.

use cpom::contrat::identifiants::{Finess, Siren, Siret};
use cpom::nomenclatures::departements;
use serde_json::{Value, json};

/// How large a contract is.
#[derive(Debug, Clone, Copy)]
pub struct Taille {
    pub etablissements: usize,
    pub fiches: usize,
    /// Over all fiches; at least one each.
    pub indicateurs: usize,
    /// What varies: départements, categories, capacities, amounts.
    pub graine: u64,
}

/// A small generator of numbers, the same everywhere.
struct Hasard(u64);

impl Hasard {
    fn nombre(&mut self, max: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % max.max(1)
    }
}

/// FINESS category, competence, modes, days of opening, services aside.
struct Modele {
    categorie: &'static str,
    competence: &'static str,
    modalites: &'static [&'static str],
    jours: u64,
}

const MODELES: [Modele; 6] = [
    Modele { categorie: "183", competence: "ars", modalites: &["internat", "semi_internat"], jours: 210 },
    Modele { categorie: "182", competence: "ars", modalites: &["milieu_ordinaire"], jours: 210 },
    Modele { categorie: "255", competence: "ars", modalites: &["hebergement_permanent", "accueil_jour"], jours: 365 },
    Modele { categorie: "246", competence: "ars", modalites: &["travail"], jours: 225 },
    Modele { categorie: "448", competence: "conjointe", modalites: &["hebergement_permanent"], jours: 365 },
    Modele { categorie: "449", competence: "departement", modalites: &["hebergement_permanent"], jours: 365 },
];

const THEMES: [&str; 10] = [
    "parcours",
    "territoire",
    "emplois",
    "climat_social",
    "systeme_information",
    "situation_financiere",
    "patrimoine",
    "depenses_personnel",
    "qualite",
    "droits",
];

struct Esms {
    id: String,
    modele: &'static Modele,
    departement: &'static str,
    places: Vec<u64>,
    budget: u64,
}

/// The contract, valid for the schema, without any blocking remark under the national model.
pub fn contrat(taille: &Taille) -> Value {
    let mut hasard = Hasard(taille.graine.wrapping_add(7));
    let tous = departements();
    let region = tous[hasard.nombre(tous.len() as u64) as usize].code_region;
    // Lyon shares its FINESS prefix with the Rhône; one of the two is enough here.
    let choix: Vec<&'static str> =
        tous.iter().filter(|d| d.code_region == region && d.code != "69M").map(|d| d.code).take(3).collect();
    let esms: Vec<Esms> = (0..taille.etablissements)
        .map(|rang| {
            let modele = &MODELES[hasard.nombre(MODELES.len() as u64) as usize];
            let places: Vec<u64> = modele.modalites.iter().map(|_| 6 + hasard.nombre(40)).collect();
            let budget = places.iter().sum::<u64>() * (20_000 + hasard.nombre(30_000)) / 20 * 20;
            Esms {
                id: format!("esms-{rang}"),
                modele,
                departement: choix[hasard.nombre(choix.len() as u64) as usize],
                places,
                budget,
            }
        })
        .collect();
    json!({
        "version_schema": "1",
        "reference": format!("CPOM-GRAND-{}-{}", taille.etablissements, taille.graine),
        "modele": { "id": "national" },
        "parties": parties(region, &esms),
        "periode": { "prise_effet": "date", "debut": "2026-01-01", "fin": "2030-12-31", "duree_annees": 5 },
        "signature": { "lieu": "ville du siège", "date": "2025-12-15", "mode": "electronique" },
        "perimetre": perimetre(&esms),
        "diagnostic": diagnostic(taille, &esms),
        "objectifs": objectifs(taille, &esms),
        "fiches_actions": fiches(taille),
        "activite": activite(&esms),
        "moyens": moyens(&esms),
        "suivi": suivi(&esms),
        "pieces": [{ "annexe": "evaluation", "sans_objet": "rapports déjà remis" }],
    })
}

/// The départements that a contract needs: those of the establishments that one of them prices.
fn conseils(esms: &[Esms]) -> Vec<&'static str> {
    let mut codes: Vec<&str> = esms.iter().filter(|e| e.modele.competence != "ars").map(|e| e.departement).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

fn parties(region: &str, esms: &[Esms]) -> Value {
    let mut autorites = Vec::new();
    if esms.iter().any(|e| e.modele.competence != "departement") {
        autorites.push(json!({
            "id": "ars", "type": "ars", "region": region,
            "representant": { "qualite": "directrice générale", "genre": "feminin" },
        }));
    }
    autorites.extend(conseils(esms).into_iter().map(|code| {
        json!({
            "id": format!("cd-{}", code.to_lowercase()), "type": "departement", "departement": code,
            "representant": { "qualite": "présidente du conseil départemental", "genre": "feminin" },
            "deliberation": { "reference": "n° 2025-10", "date": "2025-10-20", "executoire_le": "2025-10-27" },
        })
    }));
    json!({
        "autorites": autorites,
        "gestionnaires": [{
            "id": "association", "nom": "Association des établissements", "statut_juridique": "60",
            "finess_ej": finess(esms.first().map_or("01", |e| e.departement), 9_999), "siren": siren(),
            "siege": { "adresse": "1 place du Marché" },
            "representant": { "qualite": "présidente", "genre": "feminin" },
            "deliberation": { "reference": "résolution n° 4", "date": "2025-11-20" },
        }],
    })
}

fn perimetre(esms: &[Esms]) -> Value {
    let etablissements: Vec<Value> = esms.iter().enumerate().map(|(rang, e)| etablissement(rang, e)).collect();
    let mut codes: Vec<&str> = esms.iter().map(|e| e.departement).collect();
    codes.sort_unstable();
    codes.dedup();
    json!({
        "territoire": { "departements": codes },
        "etablissements": etablissements,
        "total_declare": esms.iter().flat_map(|e| &e.places).sum::<u64>(),
        "nombre_declare": esms.len(),
    })
}

fn etablissement(rang: usize, e: &Esms) -> Value {
    let capacites: Vec<Value> = e
        .modele
        .modalites
        .iter()
        .zip(&e.places)
        .map(|(modalite, places)| {
            json!({ "modalite": modalite, "autorisee": places, "installee": places, "financee": places, "unite": "places" })
        })
        .collect();
    let total: u64 = e.places.iter().sum();
    let etp = e.budget / 100_000;
    json!({
        "id": e.id, "nom": format!("Établissement {rang}"), "gestionnaire": "association",
        "finess": finess(e.departement, rang), "siret": siret(rang), "categorie": e.modele.categorie,
        "departement": e.departement, "adresse": "2 rue des Écoles", "competence": e.modele.competence,
        "inclus": true, "publics": "personnes en situation de handicap",
        "securite": { "type_erp": "J, 4e catégorie", "avis": "favorable", "date": "2024-05-14" },
        "evaluation": { "date": "2023-11-20", "prochaine": "2028-T4" },
        "autorisations": [{ "acte": format!("l'arrêté n° 2020-{rang}"), "date": "2020-01-04", "echeance": "2035-01-03" }],
        "capacites": capacites, "capacite_declaree": total, "jours_ouverture": e.modele.jours,
        "etp": {
            "administratif": 1, "educatif": etp, "medical": 0, "paramedical": 0, "pedagogique": 0, "autres": 1,
            "total_declare": etp + 2,
        },
    })
}

fn diagnostic(taille: &Taille, esms: &[Esms]) -> Value {
    let mut constats: Vec<Value> = (0..taille.fiches)
        .map(|n| {
            json!({
                "id": format!("c-{n}"), "theme": THEMES[n % THEMES.len()], "nature": "faiblesse",
                "etablissements": touches(n, taille, esms), "texte": format!("Difficulté relevée au point {}.", lettres(n)),
            })
        })
        .collect();
    constats.extend(THEMES.iter().enumerate().map(|(n, theme)| {
        json!({ "id": format!("f-{n}"), "theme": theme, "nature": "force", "transversal": true, "texte": "Une organisation reconnue." })
    }));
    json!({ "date": "2025-06-30", "methode": "Trois réunions de travail.", "constats": constats })
}

/// The establishments of a fiche: over all fiches each establishment is touched.
fn touches(n: usize, taille: &Taille, esms: &[Esms]) -> Vec<String> {
    let nombre = esms.len();
    let par_fiche = nombre.div_ceil(taille.fiches.max(1)).max(1);
    (0..par_fiche).filter_map(|k| esms.get((n * par_fiche + k) % nombre.max(1))).map(|e| e.id.clone()).collect()
}

fn objectifs(taille: &Taille, esms: &[Esms]) -> Value {
    (0..taille.fiches)
        .map(|n| {
            json!({
                "id": format!("obj-{n}"), "titre": format!("Réduire la difficulté {}", lettres(n)), "portee": "groupe",
                "etablissements": touches(n, taille, esms), "constats": [format!("c-{n}")], "origine": "diagnostic",
                "echeance": "2030", "pilote": "la direction générale",
            })
        })
        .collect()
}

fn fiches(taille: &Taille) -> Value {
    let mut reste = taille.indicateurs.max(taille.fiches);
    (0..taille.fiches)
        .map(|n| {
            let nombre = reste.div_ceil(taille.fiches - n);
            reste -= nombre;
            let indicateurs: Vec<Value> = (0..nombre).map(|k| indicateur(n, k)).collect();
            json!({
                "numero": n + 1, "objectif": format!("obj-{n}"), "constat": "La difficulté est connue.",
                "objectif_operationnel": "Diminuer de moitié le nombre de cas.",
                "actions": [{ "texte": "Conclure une convention", "debut": "2026-T2", "fin": "2028-T4", "pilote": "la direction" }],
                "acteurs": ["partenaires du territoire"],
                "moyens": { "description": "Réorganisation du service.", "statut": "moyens_constants" },
                "indicateurs": indicateurs,
            })
        })
        .collect()
}

fn indicateur(fiche: usize, rang: usize) -> Value {
    let cibles: Vec<Value> =
        (0..5).map(|a| json!({ "annee": 2026 + a, "debut": 40 - 4 * a, "fin": 36 - 4 * a })).collect();
    json!({
        "id": format!("ind-{fiche}-{rang}"), "libelle": format!("Cas recensés {} {}", lettres(fiche), lettres(rang)),
        "nature": "resultat", "unite": "personnes", "sens": "baisse", "source": "rapport d'activité",
        "frequence": "annuelle", "valeur_initiale": { "annee": 2024, "valeur": 40 }, "cibles": cibles,
    })
}

fn activite(esms: &[Esms]) -> Value {
    let une = |e: &Esms, modalite: &str, places: u64| {
        let theorique = places * e.modele.jours;
        let realise = theorique * 95 / 100;
        let cibles: Vec<Value> = (2026..=2030).map(|annee| json!({ "annee": annee, "fin": realise })).collect();
        json!({
            "etablissement": e.id, "modalite": modalite, "unite": "journees", "definition": "journées de présence",
            "capacite_de_reference": "autorisee", "jours": e.modele.jours, "theorique": theorique,
            "realise": { "2022": realise, "2023": realise, "2024": realise }, "retenue": realise, "cibles": cibles,
        })
    };
    esms.iter().flat_map(|e| e.modele.modalites.iter().zip(&e.places).map(|(m, p)| une(e, m, *p))).collect()
}

/// Who funds an establishment, and its share of the budget in twentieths.
fn financeurs(e: &Esms) -> Vec<(String, u64)> {
    let conseil = format!("cd-{}", e.departement.to_lowercase());
    match e.modele.competence {
        "ars" => vec![("ars".into(), 20)],
        "departement" => vec![(conseil, 20)],
        _ => vec![("ars".into(), 8), (conseil, 12)],
    }
}

fn moyens(esms: &[Esms]) -> Value {
    let mut budgets = Vec::new();
    let mut par_financeur: std::collections::BTreeMap<String, Vec<(String, u64)>> = Default::default();
    for e in esms {
        for (financeur, part) in financeurs(e) {
            let montant = e.budget / 20 * part;
            let (un, trois) = (montant / 10, montant / 5);
            budgets.push(json!({
                "etablissement": e.id, "annee": 2025, "financeur": financeur,
                "depenses": { "groupe_1": un, "groupe_2": montant - un - trois, "groupe_3": trois },
                "recettes": { "groupe_1": montant, "groupe_2": 0, "groupe_3": 0 },
                "total_declare": montant,
            }));
            par_financeur.entry(financeur).or_default().push((e.id.clone(), montant));
        }
    }
    let total: u64 = esms.iter().map(|e| e.budget).sum();
    let mut totaux = vec![json!({ "annee": 2025, "montant": total })];
    let (mut dotations, mut evolution) = (Vec::new(), Vec::new());
    for (financeur, parts) in &par_financeur {
        let montant: u64 = parts.iter().map(|(_, m)| m).sum();
        totaux.push(json!({ "annee": 2025, "financeur": financeur, "montant": montant }));
        let repartition: Vec<Value> = parts.iter().map(|(e, m)| json!({ "etablissement": e, "montant": m })).collect();
        dotations.push(json!({ "autorite": financeur, "annee": 2026, "montant": montant, "repartition": repartition }));
        evolution
            .extend((2027..=2030).map(|annee| json!({ "autorite": financeur, "annee": annee, "taux": "non fixe" })));
    }
    let esat: Vec<Value> = esms
        .iter()
        .filter(|e| e.modele.categorie == "246")
        .map(|e| json!({ "etablissement": e.id, "annee": 2025, "charges": 100_000, "produits": 110_000 }))
        .collect();
    json!({
        "annee_reference": 2025, "budgets": budgets, "totaux_declares": totaux, "dotations": dotations,
        "evolution": evolution, "esat_production": esat,
        "affectation_resultats": { "eprd": ["apurement_deficits", "investissement"], "premier_exercice": 2026, "fongibilite": "aucune" },
    })
}

fn suivi(esms: &[Esms]) -> Value {
    let ars = esms.iter().any(|e| e.modele.competence != "departement").then(|| "ars".to_string());
    let parties: Vec<String> = ars
        .into_iter()
        .chain(conseils(esms).into_iter().map(|c| format!("cd-{}", c.to_lowercase())))
        .chain(["association".to_string()])
        .collect();
    let comite: Vec<Value> = parties.iter().map(|p| json!({ "partie": p, "qualite": "représentation" })).collect();
    json!({
        "comite": comite,
        "dialogues": [{ "annee": 2028, "type": "mi_parcours" }, { "annee": 2030, "type": "final" }],
        "documents": [
            { "titre": "revue des objectifs", "echeance": "chaque année, avec l'ERRD" },
            { "titre": "bilan d'exécution du contrat", "echeance": "six mois avant le terme" },
        ],
    })
}

/// A FINESS number of a département, its key computed.
fn finess(code: &str, rang: usize) -> String {
    let prefixe = match code {
        "976" => "980".to_string(),
        code if code.starts_with("97") => format!("970{}", &code[2..]),
        code => code.to_string(),
    };
    let base = format!("{prefixe}{:0>largeur$}", rang, largeur = 8 - prefixe.len());
    avec_cle(&base, |numero| numero.parse::<Finess>().is_ok_and(|f| f.cle_valide()))
}

fn siren() -> String {
    avec_cle("77555899", |numero| numero.parse::<Siren>().is_ok_and(|s| s.cle_valide()))
}

fn siret(rang: usize) -> String {
    avec_cle(&format!("{}{:04}", siren(), rang % 10_000), |numero| {
        numero.parse::<Siret>().is_ok_and(|s| s.cle_valide())
    })
}

fn avec_cle(base: &str, juste: impl Fn(&str) -> bool) -> String {
    (0..10).map(|cle| format!("{base}{cle}")).find(|numero| juste(numero)).expect("one of ten keys is right")
}

/// A rank in letters, so that no label holds a figure: a, b, … z, ba…
fn lettres(n: usize) -> String {
    let (reste, lettre) = (n / 26, (b'a' + (n % 26) as u8) as char);
    if reste == 0 { lettre.to_string() } else { format!("{}{lettre}", lettres(reste)) }
}
