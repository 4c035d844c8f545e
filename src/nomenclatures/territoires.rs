//! Turns a département, region or FINESS number into the territory it names and the words that introduce
//! it (« du Rhône », « dans l'Ain », « à Mayotte »). It must not know the contract.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::table::lignes;

/// A département, or the Métropole de Lyon (`69M`), which exercises the powers of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Departement {
    /// INSEE code: `01`, `2A`, `971`, `69M`.
    pub code: &'static str,
    pub libelle: &'static str,
    /// INSEE code of the region.
    pub code_region: &'static str,
    /// « du Rhône », « d'Ille-et-Vilaine », « de Paris ».
    pub de: &'static str,
    /// « dans le Rhône », « en Ille-et-Vilaine », « à Paris ».
    pub dans: &'static str,
    prefixe_finess: &'static str,
}

impl Departement {
    /// The region it belongs to.
    pub fn region(&self) -> &'static Region {
        region(self.code_region).expect("each embedded département names an embedded region")
    }

    /// Whether a FINESS number may be that of an establishment here, from its first characters. Overseas
    /// numbers begin by 97 and their fourth character tells the département; Mayotte begins by 98.
    pub fn admet_finess(&self, numero: &str) -> bool {
        match self.prefixe_finess.split_once('.') {
            Some((debut, quatrieme)) => numero.starts_with(debut) && numero.get(3..4) == Some(quatrieme),
            None => numero.starts_with(self.prefixe_finess),
        }
    }
}

/// A region and its agence régionale de santé.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    /// INSEE code, two digits.
    pub code: &'static str,
    pub libelle: &'static str,
    /// « agence régionale de santé Provence-Alpes-Côte d'Azur » (feminine, « l' »).
    pub ars: &'static str,
    /// « de Bretagne », « des Hauts-de-France ».
    pub de: &'static str,
    /// « en Bretagne », « dans les Hauts-de-France ».
    pub dans: &'static str,
    /// Other names that people write (« PACA »); never printed.
    pub usuels: Vec<&'static str>,
}

static DEPARTEMENTS: LazyLock<Vec<Departement>> = LazyLock::new(|| {
    lignes(include_str!("donnees/departements.csv"))
        .map(|ligne| Departement {
            code: ligne.cellule("code"),
            libelle: ligne.cellule("libelle"),
            code_region: ligne.cellule("region"),
            de: ligne.cellule("de"),
            dans: ligne.cellule("dans"),
            prefixe_finess: ligne.cellule("prefixe_finess"),
        })
        .collect()
});

static REGIONS: LazyLock<Vec<Region>> = LazyLock::new(|| {
    lignes(include_str!("donnees/regions.csv"))
        .map(|ligne| Region {
            code: ligne.cellule("code"),
            libelle: ligne.cellule("libelle"),
            ars: ligne.cellule("ars"),
            de: ligne.cellule("de"),
            dans: ligne.cellule("dans"),
            usuels: ligne.liste("usuels"),
        })
        .collect()
});

static PAR_CODE: LazyLock<HashMap<&'static str, &'static Departement>> =
    LazyLock::new(|| DEPARTEMENTS.iter().map(|d| (d.code, d)).collect());

/// The département of an INSEE code (`2A`, `971`, `69M`).
pub fn departement(code: &str) -> Option<&'static Departement> {
    PAR_CODE.get(code).copied()
}

/// All départements and the Métropole de Lyon, by code.
pub fn departements() -> &'static [Departement] {
    &DEPARTEMENTS
}

/// The département that a FINESS number names; `69` gives the Rhône, which shares it with the Métropole.
pub fn departement_du_finess(numero: &str) -> Option<&'static Departement> {
    DEPARTEMENTS.iter().find(|d| d.admet_finess(numero))
}

/// The region of an INSEE code (`93`).
pub fn region(code: &str) -> Option<&'static Region> {
    REGIONS.iter().find(|r| r.code == code)
}

/// All regions, by code.
pub fn regions() -> &'static [Region] {
    &REGIONS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_and_one_departements_and_one_metropole() {
        assert_eq!(departements().len(), 102);
        assert_eq!(regions().len(), 18);
        for d in departements() {
            assert!(!d.region().libelle.is_empty());
        }
    }

    /// The elision and the contraction follow from the name and its article, all over the table.
    #[test]
    fn de_and_dans_agree_for_each_departement() {
        for d in departements() {
            let (nom, de, dans) = (d.libelle, d.de, d.dans);
            let voyelle = nom.starts_with(['A', 'E', 'I', 'O', 'U', 'Y', 'É']) || nom == "Hérault";
            let formes = [
                (format!("du {nom}"), format!("dans le {nom}"), false),
                (format!("des {nom}"), format!("dans les {nom}"), voyelle),
                (format!("de la {nom}"), format!("dans la {nom}"), false),
                (format!("de la {nom}"), format!("en {nom}"), false),
                (format!("de l'{nom}"), format!("dans l'{nom}"), true),
                (format!("d'{nom}"), format!("en {nom}"), true),
                (format!("de {nom}"), format!("en {nom}"), false),
                (format!("de {nom}"), format!("dans le {nom}"), false),
                (format!("de {nom}"), format!("à {nom}"), false),
            ];
            assert!(
                formes.iter().any(|(a, b, v)| a == de && b == dans && (*v == voyelle || a.starts_with("des "))),
                "{nom}: {de}, {dans}"
            );
        }
    }

    #[test]
    fn the_delicate_ones_are_right() {
        for (code, de, dans) in [
            ("69", "du Rhône", "dans le Rhône"),
            ("69M", "de la Métropole de Lyon", "dans la Métropole de Lyon"),
            ("13", "des Bouches-du-Rhône", "dans les Bouches-du-Rhône"),
            ("74", "de la Haute-Savoie", "dans la Haute-Savoie"),
            ("01", "de l'Ain", "dans l'Ain"),
            ("35", "d'Ille-et-Vilaine", "en Ille-et-Vilaine"),
            ("75", "de Paris", "à Paris"),
            ("976", "de Mayotte", "à Mayotte"),
            ("974", "de La Réunion", "à La Réunion"),
            ("84", "de Vaucluse", "dans le Vaucluse"),
            ("971", "de la Guadeloupe", "en Guadeloupe"),
        ] {
            let d = departement(code).expect("a known département");
            assert_eq!((d.de, d.dans), (de, dans));
        }
        let paca = region("93").expect("a known region");
        assert_eq!(paca.ars, "agence régionale de santé Provence-Alpes-Côte d'Azur");
        assert_eq!(region("44").map(|r| r.de), Some("du Grand Est"));
    }

    #[test]
    fn a_finess_number_names_its_departement() {
        for (numero, code) in [
            ("130787195", "13"),
            ("2A0001798", "2A"),
            ("970100012", "971"),
            ("970400012", "974"),
            ("980500012", "976"),
            ("690000012", "69"),
        ] {
            assert_eq!(departement_du_finess(numero).map(|d| d.code), Some(code), "{numero}");
        }
        assert!(departement("69M").is_some_and(|d| d.admet_finess("690000012")));
        assert_eq!(departement_du_finess("97é"), None);
    }
}
