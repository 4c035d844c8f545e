//! What a sentence says of its numbers: of what whole it speaks, whether it tells the past or what is to come.

use super::categories::sorte;
use super::mots::Phrase;
use super::nombres::annee;

/// Who counts what follows the verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sujet {
    /// The contract, its perimeter.
    Contrat,
    /// Its plan of actions, its parties: whole for objectives and fiches alone.
    Programme,
    /// The managing body, which may have more than the contract.
    Organisme,
    /// An establishment; from which word its name begins.
    Etablissement(usize),
    /// « elle », « il »: who the text is about.
    Pronom,
}

/// Words of the past, of a change, of a wish: the number is not what is.
const AUTRE_TEMPS: [&str; 74] = [
    "auparavant",
    "autrefois",
    "jadis",
    "historiquement",
    "precedent",
    "precedente",
    "precedents",
    "ancien",
    "ancienne",
    "anciens",
    "anterieur",
    "anterieure",
    "initial",
    "initiale",
    "initialement",
    "origine",
    "ramene",
    "ramenes",
    "ramenee",
    "ramenees",
    "ramener",
    "reduit",
    "reduite",
    "reduits",
    "reduites",
    "reduire",
    "passe",
    "passes",
    "passent",
    "passer",
    "passees",
    "evolue",
    "evolution",
    "augmente",
    "diminue",
    "fusion",
    "fusionne",
    "fusionnes",
    "jusqu",
    "jusque",
    "terme",
    "horizon",
    "futur",
    "future",
    "futurs",
    "prochain",
    "prochaine",
    "cible",
    "viser",
    "vise",
    "visent",
    "projet",
    "projette",
    "porter",
    "portes",
    "portees",
    "chacun",
    "chacune",
    "chaque",
    "moyenne",
    "creer",
    "creation",
    "ouvrir",
    "ouverture",
    "extension",
    "etendre",
    "transformer",
    "transformation",
    "maximum",
    "minimum",
    "alors",
    "lors",
    "hypothese",
    "si",
];

/// Words that end as an imperfect and are none.
const FAUX_IMPARFAITS: [&str; 8] = ["fait", "parfait", "souhait", "extrait", "trait", "retrait", "attrait", "bienfait"];
/// Words that end as a future and are none.
const FAUX_FUTURS: [&str; 4] = ["opera", "camera", "caldera", "paprika"];

/// Whether a sentence tells what was, what changes, or what shall be.
pub fn passe(phrase: &Phrase<'_>, premiere_annee: Option<i16>) -> bool {
    phrase.mots.iter().enumerate().any(|(rang, mot)| {
        let nu = mot.nu.as_ref();
        let imparfait =
            (nu.ends_with("ait") || nu.ends_with("aient")) && nu.len() > 4 && !FAUX_IMPARFAITS.contains(&nu);
        let futur = nu.len() > 4 && (nu.ends_with("era") || nu.ends_with("eront") || nu.ends_with("dra"))
            || matches!(nu, "sera" | "seront" | "aura" | "auront");
        AUTRE_TEMPS.contains(&nu)
            || imparfait
            || (futur && !FAUX_FUTURS.contains(&nu))
            || (nu == "ici" && phrase.nu(rang.wrapping_sub(1)) == "d")
            || annee(phrase, rang).is_some_and(|a| datee(phrase, rang, a, premiere_annee))
    })
}

/// Whether a year dates what the sentence says: not the birth of an association, nor years of the contract itself.
fn datee(phrase: &Phrase<'_>, rang: usize, annee: i16, premiere_annee: Option<i16>) -> bool {
    let naissance = (1..=6).filter_map(|n| rang.checked_sub(n)).any(|r| {
        matches!(phrase.nu(r), "fondee" | "fonde" | "creee" | "cree" | "nee" | "ne" | "loi" | "depuis" | "constituee")
    });
    let periode = phrase.mots.get(rang).is_some_and(|m| m.apres == "-")
        || rang.checked_sub(1).and_then(|r| phrase.mots.get(r)).is_some_and(|m| m.apres == "-");
    let du_contrat = premiere_annee.is_some_and(|premiere| annee >= premiere) && periode;
    !naissance && !du_contrat
}

/// Words between the verb and the number.
const ADVERBES: [&str; 13] = [
    "actuellement",
    "desormais",
    "aujourd",
    "hui",
    "ainsi",
    "donc",
    "au",
    "total",
    "environ",
    "effectivement",
    "les",
    "ce",
    "jour",
];

/// Verbs, and phrases of one, that say how many something has; whether only a plan says so.
const VERBES: [(&[&str], bool); 42] = [
    (&["porte", "sur"], false),
    (&["portent", "sur"], false),
    (&["couvre"], false),
    (&["couvrent"], false),
    (&["couvrant"], false),
    (&["concerne"], false),
    (&["compte"], false),
    (&["comptent"], false),
    (&["comptant"], false),
    (&["regroupe"], false),
    (&["regroupant"], false),
    (&["reunit"], false),
    (&["reunissant"], false),
    (&["rassemble"], false),
    (&["comprend"], false),
    (&["comprenant"], false),
    (&["comporte"], false),
    (&["gere"], false),
    (&["gerent"], false),
    (&["gerant"], false),
    (&["administre"], false),
    (&["dispose", "de"], false),
    (&["dispose", "d"], false),
    (&["disposant", "de"], false),
    (&["represente"], false),
    (&["totalise"], false),
    (&["totalisant"], false),
    (&["offre"], false),
    (&["compose", "de"], false),
    (&["constitue", "de"], false),
    (&["articule", "autour", "de"], true),
    (&["organise", "autour", "de"], true),
    (&["structure", "autour", "de"], true),
    (&["decline", "en"], true),
    (&["declinent", "en"], true),
    (&["fixe"], true),
    (&["fixent"], true),
    (&["retient"], true),
    (&["retiennent"], true),
    (&["tiennent", "dans"], true),
    (&["tiennent", "en"], true),
    (&["tient", "en"], true),
];

/// Words of the longest of them.
const LONGUEUR_D_UN_VERBE: usize = 3;

/// Words of the contract, of its plan, of a managing body, of an establishment.
const CONTRAT: [&str; 3] = ["contrat", "cpom", "perimetre"];
const PROGRAMME: [&str; 4] = ["programme", "plan", "parties", "actions"];
const ORGANISME: [&str; 13] = [
    "association",
    "gestionnaire",
    "fondation",
    "mutuelle",
    "organisme",
    "federation",
    "ccas",
    "udaf",
    "apei",
    "adapei",
    "groupe",
    "cias",
    "union",
];
const ETABLISSEMENT: [&str; 8] =
    ["etablissement", "service", "structure", "foyer", "residence", "institut", "maison", "internat"];
/// Who counts for less than a whole that the contract knows.
const AUTRES: [&str; 44] = [
    "pole",
    "poles",
    "direction",
    "directions",
    "siege",
    "territoire",
    "territoires",
    "departement",
    "departements",
    "secteur",
    "commune",
    "region",
    "metropole",
    "bassin",
    "dispositif",
    "plateforme",
    "groupement",
    "unite",
    "section",
    "site",
    "antenne",
    "equipe",
    "agence",
    "schema",
    "projet",
    "liste",
    "convention",
    "filiere",
    "partenaire",
    "partenaires",
    "membre",
    "membres",
    "offre",
    "ville",
    "zone",
    "pays",
    "comite",
    "conseil",
    "file",
    "annexe",
    "tableau",
    "article",
    "chapitre",
    "internat",
];
/// Words beside « contrat » that make it another one.
const D_UN_AUTRE: [&str; 14] = [
    "precedent",
    "premier",
    "ancien",
    "prochain",
    "futur",
    "second",
    "autre",
    "dernier",
    "sejour",
    "apprentissage",
    "travail",
    "local",
    "lie",
    "autres",
];

pub fn parle_du_contrat(phrase: &Phrase<'_>) -> bool {
    phrase.mots.iter().any(|m| CONTRAT.contains(&m.nu.as_ref()))
}

/// Whether a sentence names someone who counts for less than the contract, or something else than it.
pub fn parle_d_un_autre(phrase: &Phrase<'_>) -> bool {
    (0..phrase.mots.len()).any(|rang| classe(phrase, rang) == Some(None))
}

pub fn parle_d_un_organisme(phrase: &Phrase<'_>) -> bool {
    phrase.mots.iter().any(|m| ORGANISME.contains(&m.nu.as_ref()))
}

/// Who counts what begins at a word, when a verb just before says so.
pub fn sujet(phrase: &Phrase<'_>, debut: usize) -> Option<Sujet> {
    // The words before the number, the nearest first, up to a punctuation, adverbs left out: « porte désormais sur ».
    let proches: Vec<usize> = (0..debut)
        .rev()
        .take_while(|rang| !ferme(phrase, *rang))
        .filter(|rang| !ADVERBES.contains(&phrase.nu(*rang)))
        .take(LONGUEUR_D_UN_VERBE + 1)
        .collect();
    let (verbe, du_plan, longueur) = VERBES.iter().find_map(|(mots, du_plan)| {
        let dit = mots.iter().rev().enumerate().all(|(n, mot)| proches.get(n).is_some_and(|r| phrase.nu(*r) == *mot));
        let rang = mots.len().checked_sub(1).and_then(|n| proches.get(n)).copied().filter(|_| dit)?;
        Some((rang, *du_plan, mots.len()))
    })?;
    // « ne compte que », « il y en compte ».
    let avant = proches.get(longueur).map_or("", |rang| phrase.nu(*rang));
    if matches!(avant, "ne" | "n" | "en" | "y" | "dont") {
        return None;
    }
    let trouve = qui(phrase, verbe)?;
    match trouve {
        Sujet::Contrat | Sujet::Programme => Some(trouve),
        _ if du_plan => None,
        autre => Some(autre),
    }
}

/// Whether a punctuation that parts the verb from its number stands after a word; a colon does not.
fn ferme(phrase: &Phrase<'_>, rang: usize) -> bool {
    phrase.mots.get(rang).is_some_and(|m| m.ponctue() && !m.apres.trim().eq(":"))
}

/// The subject of the verb of a rank: what its clause names first; of a clause that begins with « qui », what is named just before; of a
/// verb that stands alone after a comma, what the sentence names first.
fn qui(phrase: &Phrase<'_>, verbe: usize) -> Option<Sujet> {
    let coupe = |rang: &usize| phrase.mots.get(*rang).is_some_and(|m| m.apres.contains([',', ':', '(', ')']));
    let debut = (0..verbe).rev().find(coupe).map_or(0, |rang| rang + 1);
    if debut < verbe && phrase.nu(debut) != "qui" {
        return premier(phrase, debut, verbe);
    }
    if debut < verbe {
        let antecedent = debut.saturating_sub(4);
        return (antecedent..debut).rev().find_map(|rang| classe(phrase, rang)).flatten();
    }
    let fin = (0..verbe).find(coupe).map_or(verbe, |rang| rang + 1);
    premier(phrase, 0, fin)
}

/// The first subject that a clause names, if it names nobody else before.
fn premier(phrase: &Phrase<'_>, debut: usize, fin: usize) -> Option<Sujet> {
    let classes: Vec<Option<Sujet>> = (debut..fin).filter_map(|rang| classe(phrase, rang)).collect();
    if classes.contains(&None) {
        return None;
    }
    classes.into_iter().flatten().next()
}

/// What a word is as a subject: nothing when it is none, `Some(None)` when it is someone who counts for less.
fn classe(phrase: &Phrase<'_>, rang: usize) -> Option<Option<Sujet>> {
    let mot = phrase.mots.get(rang)?;
    let nu = mot.nu.as_ref();
    if CONTRAT.contains(&nu) {
        let autour = [rang.wrapping_sub(2), rang.wrapping_sub(1), rang + 1, rang + 2];
        let autre = autour.iter().any(|r| D_UN_AUTRE.contains(&phrase.nu(*r)));
        return Some((!autre).then_some(Sujet::Contrat));
    }
    if PROGRAMME.contains(&nu) {
        return Some(Some(Sujet::Programme));
    }
    if ORGANISME.contains(&nu) {
        return Some(Some(Sujet::Organisme));
    }
    if ETABLISSEMENT.contains(&nu) || sorte(phrase, rang).is_some() {
        return Some(Some(Sujet::Etablissement(rang)));
    }
    if matches!(nu, "elle" | "il") {
        return Some(Some(Sujet::Pronom));
    }
    AUTRES.contains(&nu).then_some(None)
}

/// Words that may follow what is counted without making it a part.
pub fn rang_de_suite(phrase: &Phrase<'_>, fin: usize) -> bool {
    let Some(dernier) = fin.checked_sub(1).and_then(|rang| phrase.mots.get(rang)) else { return false };
    if fin >= phrase.mots.len() || dernier.ponctue() {
        return true;
    }
    match phrase.nu(fin) {
        "dont" | "avec" | "soit" | "sans" | "employant" | "accueillant" => true,
        "reparti" | "repartis" | "reparties" => true,
        "au" => phrase.nu(fin + 1) == "total",
        "pour" => matches!(phrase.nu(fin + 1), "un" | "une") && matches!(phrase.nu(fin + 2), "total" | "capacite"),
        "et" => super::nombres::nombre(phrase, fin + 1).is_some(),
        "ainsi" => phrase.nu(fin + 1) == "que" && super::nombres::nombre(phrase, fin + 2).is_some(),
        _ => false,
    }
}
