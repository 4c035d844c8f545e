//! French labels → codes: choices, départements, regions, categories of establishments, legal statuses; words → the
//! entries of a table that bear them.

use super::mots::attendu;
use crate::contrat::identifiants::Date;
use crate::formats::sans_accents;
use crate::nomenclatures::{Entree, Nomenclature};
use serde_json::{Value, json};
use std::sync::LazyLock;

/// Most entries proposed for words that name none.
const PROPOSES: usize = 6;
/// Longest words for which a near name is looked for.
const LONGUEUR_MAX: usize = 80;

/// Letters and figures alone: « Bouches-du-Rhône » and « bouches du rhone » are the same.
fn plat(texte: &str) -> String {
    let mots = sans_accents(texte);
    mots.split(|c: char| !c.is_alphanumeric()).filter(|mot| !mot.is_empty()).collect::<Vec<_>>().join(" ")
}

/// One of the labels of a list, or its value, with or without its marks: « semi-internat » is `semi_internat`.
pub(super) fn choix(texte: &str, choix: &[(String, String)]) -> Result<Value, String> {
    let voulu = plat(texte);
    let exact = choix.iter().find(|(valeur, _)| valeur == texte);
    let trouve = exact
        .or_else(|| choix.iter().find(|(_, libelle)| plat(libelle) == voulu))
        .or_else(|| choix.iter().find(|(valeur, _)| plat(valeur) == voulu));
    trouve.map(|(valeur, _)| json!(valeur)).ok_or_else(|| {
        let libelles: Vec<&str> = choix.iter().map(|(_, libelle)| libelle.as_str()).collect();
        attendu(texte, &format!("un des choix admis : {}", libelles.join(", ")))
    })
}

/// An entry with its names as they are compared.
struct Indexee {
    entree: Entree,
    code: String,
    /// All that is read as this entry.
    formes: Vec<String>,
    /// What a search looks in.
    tout: String,
}

impl Indexee {
    fn nouvelle(entree: Entree) -> Self {
        let (code, mut formes) = (plat(entree.code), Vec::new());
        for nom in entree.noms() {
            let entier = plat(nom);
            // « Institut médico-éducatif (IME) » is also called by what stands before the parenthesis.
            let sans = nom.split_once(" (").map_or_else(|| entier.clone(), |(debut, _)| plat(debut));
            for nom in [entier, sans] {
                formes.extend([format!("{code} {nom}"), format!("{nom} {code}"), nom]);
            }
            // « I.M.E. », in letters and points, is « IME »; so is what « Institut médico-éducatif (I.M.E.) » ends with.
            let entre = nom.strip_suffix(')').and_then(|n| n.rsplit_once('(')).map(|(_, sigle)| sigle);
            let sigles = [Some(nom), entre].into_iter().flatten().filter(|sigle| !sigle.contains(' '));
            formes.extend(sigles.map(serre));
        }
        let tout = format!("{code} {}", formes.join(" "));
        Indexee { entree, code, formes, tout }
    }

    /// Whether the entry is called so.
    fn porte(&self, voulu: &str, serre: &str) -> bool {
        self.formes.iter().any(|forme| forme == voulu || forme == serre)
    }
}

/// Without anything between the letters.
fn serre(texte: &str) -> String {
    plat(texte).replace(' ', "")
}

/// The entries of a table, ready to be compared.
fn index(nomenclature: Nomenclature) -> &'static [Indexee] {
    fn construire(nomenclature: Nomenclature) -> Vec<Indexee> {
        nomenclature.entrees().into_iter().map(Indexee::nouvelle).collect()
    }
    static CATEGORIES: LazyLock<Vec<Indexee>> = LazyLock::new(|| construire(Nomenclature::Categories));
    static STATUTS: LazyLock<Vec<Indexee>> = LazyLock::new(|| construire(Nomenclature::Statuts));
    static DEPARTEMENTS: LazyLock<Vec<Indexee>> = LazyLock::new(|| construire(Nomenclature::Departements));
    static REGIONS: LazyLock<Vec<Indexee>> = LazyLock::new(|| construire(Nomenclature::Regions));
    match nomenclature {
        Nomenclature::Categories => &CATEGORIES,
        Nomenclature::Statuts => &STATUTS,
        Nomenclature::Departements => &DEPARTEMENTS,
        Nomenclature::Regions => &REGIONS,
    }
}

/// The code that words name: « 13 », « Bouches-du-Rhône », « 13 – Bouches-du-Rhône », « Bouches-du-Rhône (13) », « IME »,
/// « I.M.E. »; a code that the nomenclature no longer uses is read by its code alone.
pub fn code(texte: &str, nomenclature: Nomenclature) -> Result<Value, String> {
    let entrees = index(nomenclature);
    let voulu = plat(texte);
    // « 1 » is « 01 »: spreadsheets lose the first zero.
    let chiffre = |c: &str| c == voulu || voulu.len() == 1 && c.strip_prefix('0') == Some(voulu.as_str());
    if let Some(indexee) = entrees.iter().find(|e| chiffre(&e.code)) {
        return Ok(json!(indexee.entree.code));
    }
    // Letters parted by points only; words are not run together.
    let sigle = if texte.trim().contains(' ') { voulu.clone() } else { serre(texte) };
    let portent = entrees.iter().filter(|e| !voulu.is_empty() && e.porte(&voulu, &sigle)).map(|e| &e.entree);
    let (anciens, trouves): (Vec<&Entree>, Vec<&Entree>) = portent.partition(|e| e.ancienne.is_some());
    match (trouves.as_slice(), anciens.as_slice()) {
        ([seule], _) => Ok(json!(seule.code)),
        ([], []) => Err(inconnu(texte, nomenclature)),
        ([], anciens) => Err(plus_employes(texte, anciens, nomenclature)),
        (plusieurs, _) => {
            let candidats: Vec<String> = plusieurs.iter().map(|e| dire_officiel(e)).collect();
            Err(format!("« {texte} » peut être {} : écrivez le code", candidats.join(" ou ")))
        }
    }
}

fn quoi(nomenclature: Nomenclature) -> (&'static str, &'static str) {
    match nomenclature {
        Nomenclature::Categories => ("une catégorie d'établissement", "categories"),
        Nomenclature::Statuts => ("un statut juridique", "statuts"),
        Nomenclature::Departements => ("un département", "territoires"),
        Nomenclature::Regions => ("une région", "territoires"),
    }
}

fn inconnu(texte: &str, nomenclature: Nomenclature) -> String {
    let (quoi, table) = quoi(nomenclature);
    let proches = proches(texte, nomenclature).into_iter().filter(|e| e.ancienne.is_none()).take(PROPOSES);
    let proches: Vec<String> = proches.map(dire).collect();
    let proposition = match proches.is_empty() {
        true => String::new(),
        false => format!(" ; vouliez-vous dire {} ?", proches.join(", ")),
    };
    format!("{}{proposition} (« cpom nomenclatures {table} » donne la liste)", attendu(texte, quoi))
}

/// The entries whose names hold all the words, else those that are written nearly so.
fn proches(texte: &str, nomenclature: Nomenclature) -> Vec<&'static Entree> {
    let voulu = serre(texte);
    if !(3..=LONGUEUR_MAX).contains(&voulu.len()) {
        return Vec::new();
    }
    let contiennent = trouver(&plat(texte), nomenclature);
    if !contiennent.is_empty() {
        return contiennent;
    }
    let ecart = |e: &Indexee| {
        e.entree.noms().map(|nom| strsim::damerau_levenshtein(&serre(nom), &voulu)).min().unwrap_or(usize::MAX)
    };
    let mut classes: Vec<(usize, &Entree)> = index(nomenclature).iter().map(|e| (ecart(e), &e.entree)).collect();
    // The nearest ones, and no other: « SESAD » is « SESSAD », not « SAAS ».
    let moindre = classes.iter().map(|(ecart, _)| *ecart).min().unwrap_or(usize::MAX);
    classes.retain(|(ecart, _)| *ecart == moindre && moindre <= 1 + voulu.len() / 5);
    classes.into_iter().map(|(_, e)| e).collect()
}

/// The entries that bear all these words, or pieces of them, in their code or names; those of that very name first.
pub fn chercher(nomenclature: Nomenclature, mots: &str) -> Vec<&'static Entree> {
    let (voulu, serre) = (plat(mots), serre(mots));
    let exactes = |e: &&Entree| index(nomenclature).iter().any(|i| i.entree.code == e.code && i.porte(&voulu, &serre));
    let (mut premieres, suite): (Vec<&Entree>, Vec<&Entree>) =
        trouver(&voulu, nomenclature).into_iter().partition(exactes);
    premieres.extend(suite);
    premieres
}

fn trouver(voulu: &str, nomenclature: Nomenclature) -> Vec<&'static Entree> {
    let tous = |e: &&Indexee| voulu.split(' ').all(|mot| e.tout.contains(mot)) || e.porte(voulu, &serre(voulu));
    index(nomenclature).iter().filter(tous).map(|e| &e.entree).collect()
}

fn plus_employes(texte: &str, anciens: &[&Entree], nomenclature: Nomenclature) -> String {
    let dire_un = |e: &&Entree| {
        let ancienne = e.ancienne?;
        let depuis = ancienne.depuis.parse::<Date>().map(|d| d.to_string()).unwrap_or_default();
        let neuve = index(nomenclature).iter().find(|autre| Some(autre.entree.code) == ancienne.remplacante);
        let ecrire = neuve.map_or_else(|| "une autre catégorie".to_owned(), |neuve| dire(&neuve.entree));
        Some(format!(
            "« {texte} » ({}) n'est plus employé par la nomenclature depuis le {depuis} : écrivez {ecrire}, ou « {} » pour un contrat d'avant",
            e.code, e.code
        ))
    };
    anciens.iter().filter_map(dire_un).collect::<Vec<_>>().join(" ; ")
}

/// « 183 (IME) ».
fn dire(entree: &Entree) -> String {
    format!("« {} » ({})", entree.code, entree.sigle.unwrap_or(entree.libelle))
}

/// « 501 (EHPA percevant des crédits d'assurance maladie) »: the words that tell two of one name apart.
fn dire_officiel(entree: &Entree) -> String {
    format!("« {} » ({})", entree.code, entree.officiel)
}

/// The name of a code, for what is told of a reading.
pub(super) fn libelle(code: &str, nomenclature: Nomenclature) -> Option<String> {
    index(nomenclature).iter().find(|e| e.entree.code == code).map(|e| e.entree.libelle.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn lu(texte: &str, nomenclature: Nomenclature, attendu: &str) {
        assert_eq!(code(texte, nomenclature), Ok(json!(attendu)), "{texte}");
    }

    #[test]
    fn a_label_or_a_code_names_a_place_or_a_kind() {
        use Nomenclature::{Categories, Departements, Regions, Statuts};
        for (texte, nomenclature, attendu) in [
            ("Bouches-du-Rhône", Departements, "13"),
            ("bouches du rhone", Departements, "13"),
            ("13", Departements, "13"),
            ("1", Departements, "01"),
            ("Bouches-du-Rhône (13)", Departements, "13"),
            ("13 – Bouches-du-Rhône", Departements, "13"),
            ("2a", Departements, "2A"),
            ("métropole de Lyon", Departements, "69M"),
            ("Bretagne", Regions, "53"),
            ("PACA", Regions, "93"),
            ("183", Categories, "183"),
            ("IME", Categories, "183"),
            ("I.M.E.", Categories, "183"),
            ("institut medico educatif", Categories, "183"),
            ("Institut médico-éducatif (IME)", Categories, "183"),
            ("SAAD", Categories, "460"),
            ("foyer de vie", Categories, "382"),
            ("437", Categories, "437"),
            ("association", Statuts, "60"),
            ("Association loi 1901", Statuts, "60"),
            ("fondation", Statuts, "63"),
            ("CCAS", Statuts, "17"),
            ("S.A.R.L.", Statuts, "72"),
        ] {
            lu(texte, nomenclature, attendu);
        }
    }

    #[test]
    fn what_names_none_or_several_is_refused_with_the_candidates() {
        use Nomenclature::{Categories, Departements, Regions, Statuts};
        for (texte, nomenclature, dits) in [
            ("Syldavie", Departements, &["territoires"][..]),
            ("", Regions, &["n'est pas une région"]),
            ("Institut", Categories, &["« 183 » (IME)", "cpom nomenclatures categories"]),
            ("SESAD", Categories, &["« 182 » (SESSAD)"]),
            ("EHPA", Categories, &["« 501 »", "« 502 »", "peut être"]),
            ("FAM", Categories, &["n'est plus employé", "octobre 2018", "« 448 » (EAM)", "« 437 »"]),
            ("GCSMS", Statuts, &["« 30 »", "public", "« 66 »", "privé"]),
            ("peut-être", Statuts, &["cpom nomenclatures statuts"]),
        ] {
            let motif = code(texte, nomenclature).expect_err(texte);
            assert!(dits.iter().all(|dit| motif.contains(dit)), "{texte}: {motif}");
        }
    }

    /// A name that two codes in use share is told as a doubt; all others lead to their own code.
    #[test]
    fn every_printed_label_leads_to_its_code_or_is_told_to_be_shared() {
        for nomenclature in
            [Nomenclature::Categories, Nomenclature::Statuts, Nomenclature::Departements, Nomenclature::Regions]
        {
            for entree in nomenclature.entrees().iter().filter(|e| e.ancienne.is_none()) {
                for nom in [Some(entree.libelle), Some(entree.officiel), entree.sigle].into_iter().flatten() {
                    match code(nom, nomenclature) {
                        Ok(lu) => assert_eq!(lu, json!(entree.code), "{nom}"),
                        Err(motif) => assert!(motif.contains("peut être") && motif.contains(entree.code), "{motif}"),
                    }
                }
            }
        }
    }

    #[test]
    fn a_search_forgives_accents_and_finds_pieces_of_words() {
        let codes = |nomenclature, mots: &str| -> Vec<&'static str> {
            chercher(nomenclature, mots).iter().map(|e| e.code).collect()
        };
        assert_eq!(codes(Nomenclature::Categories, "ime").first(), Some(&"183"));
        assert!(codes(Nomenclature::Categories, "medico educatif").contains(&"183"));
        assert!(codes(Nomenclature::Statuts, "publique").contains(&"61"));
        assert_eq!(codes(Nomenclature::Departements, "cote d'or").first(), Some(&"21"));
        assert!(codes(Nomenclature::Departements, "xyz").is_empty());
    }

    #[test]
    fn a_choice_is_read_by_its_label_whatever_its_accents() {
        let choix = |texte: &str| {
            let liste = [("finance", "Financé"), ("moyens_constants", "À moyens constants")];
            let liste: Vec<(String, String)> =
                liste.iter().map(|(v, l)| ((*v).to_string(), (*l).to_string())).collect();
            super::choix(texte, &liste)
        };
        assert_eq!(choix("finance"), Ok(json!("finance")));
        assert_eq!(choix("a moyens  constants"), Ok(json!("moyens_constants")));
        assert_eq!(choix("moyens_constants"), Ok(json!("moyens_constants")));
        assert_eq!(choix("Moyens constants"), Ok(json!("moyens_constants")));
        assert!(choix("autre").expect_err("none").contains("Financé, À moyens constants"));
    }
}
