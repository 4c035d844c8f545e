//! The sources that rules rest on: laws, models, methods, each with its address when it is known and with
//! whether its text was read.
//!
//! A text marked `NonLu` never founds a rule alone: `CONFORMITE.md` says « texte non lu ».

/// What a reference is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A law, a decree, an order.
    Texte,
    /// A regional model of contract.
    Modele,
    /// A published method or register.
    Methode,
    /// A control of this program: nothing imposes it but the consistency of the contract.
    Controle,
}

/// Whether the text itself was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lecture {
    Lu,
    /// Known through a source that quotes or explains it.
    Cite,
    NonLu,
}

/// A source.
#[derive(Debug)]
pub struct Reference {
    pub texte: &'static str,
    pub nature: Nature,
    pub lecture: Lecture,
    /// Légifrance where known, else the publisher.
    pub adresse: Option<&'static str>,
}

impl Reference {
    /// « CASF, art. L. 313-11 (https://…) ».
    pub fn citation(&self) -> String {
        match self.adresse {
            Some(adresse) => format!("{} ({adresse})", self.texte),
            None => self.texte.to_string(),
        }
    }
}

/// Declares the sources.
macro_rules! references {
    ($($(#[$m:meta])* $nom:ident : $nature:ident, $lecture:ident, $texte:literal $(, $adresse:literal)?;)*) => {
        $($(#[$m])* pub static $nom: Reference = Reference {
            texte: $texte,
            nature: Nature::$nature,
            lecture: Lecture::$lecture,
            adresse: references!(@adresse $($adresse)?),
        };)*
        /// All of them, in the order of this file.
        pub static REFERENCES: &[&Reference] = &[$(&$nom),*];
    };
    (@adresse) => { None };
    (@adresse $adresse:literal) => { Some($adresse) };
}

references! {
    /// Optional contract, obligations of the parties, five years and a sixth at most.
    L313_11: Texte, Lu, "CASF, art. L. 313-11", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000045293667";
    L313_12: Texte, Cite, "CASF, art. L. 313-12, IV ter (loi n° 2016-1827 du 23 décembre 2016, art. 89)";
    L313_12_2: Texte, NonLu, "CASF, art. L. 313-12-2";
    /// Authorisations and transformations: an agreement of each competent authority.
    L313_1_1: Texte, NonLu, "CASF, art. L. 313-1-1";
    L313_8_1: Texte, NonLu, "CASF, art. L. 313-8-1";
    L342_3_1: Texte, NonLu, "CASF, art. L. 342-3-1";
    L315_17: Texte, NonLu, "CASF, art. L. 315-17";
    R314_39: Texte, Lu, "CASF, art. R. 314-39";
    R314_39_1: Texte, Lu, "CASF, art. R. 314-39-1";
    R314_40: Texte, Lu, "CASF, art. R. 314-40", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000033700243";
    R314_42: Texte, Cite, "CASF, art. R. 314-42 (rédaction antérieure à 2017)";
    R314_43: Texte, Cite, "CASF, art. R. 314-43 (rédaction antérieure à 2017)";
    R314_43_1: Texte, Cite, "CASF, art. R. 314-43-1 (rédaction antérieure à 2017)";
    R314_43_2: Texte, Cite, "CASF, art. R. 314-43-2 (décret n° 2018-519 du 27 juin 2018)", "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000037111744";
    R314_43_3: Texte, Cite, "CASF, art. R. 314-43-3 (décret n° 2023-1428 du 29 décembre 2023)", "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000048737667";
    R314_51: Texte, Cite, "CASF, art. R. 314-51";
    R314_87: Texte, Cite, "CASF, art. R. 314-87";
    R314_90: Texte, Cite, "CASF, art. R. 314-90";
    R314_92: Texte, Cite, "CASF, art. R. 314-92";
    R314_93: Texte, Cite, "CASF, art. R. 314-93";
    R314_107: Texte, Lu, "CASF, art. R. 314-107";
    R314_160: Texte, NonLu, "CASF, art. R. 314-160";
    R314_210: Texte, NonLu, "CASF, art. R. 314-210";
    R314_221: Texte, Lu, "CASF, art. R. 314-221", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000033698507";
    R314_222: Texte, NonLu, "CASF, art. R. 314-222";
    R314_225: Texte, Lu, "CASF, art. R. 314-225";
    R314_230: Texte, Lu, "CASF, art. R. 314-230", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000048867298";
    R314_232: Texte, Lu, "CASF, art. R. 314-232", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000045723541";
    R314_234: Texte, Cite, "CASF, art. R. 314-234";
    R314_235: Texte, Cite, "CASF, art. R. 314-235";
    /// Quality evaluation every five years.
    DECRET_2021_1476: Texte, Cite, "Décret n° 2021-1476 du 12 novembre 2021, modifié par le décret n° 2022-695 du 26 avril 2022";
    DECRET_2018_519: Texte, Cite, "Décret n° 2018-519 du 27 juin 2018", "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000037111744";
    DECRET_2023_1428: Texte, Cite, "Décret n° 2023-1428 du 29 décembre 2023", "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000048737667";
    /// The national frame: headings and annexes of the contract.
    ARRETE_2017: Texte, Cite, "Arrêté du 3 mars 2017 fixant le contenu du cahier des charges du CPOM (NOR AFSA1619718A)", "https://www.legifrance.gouv.fr/loda/id/JORFTEXT000034160098/";
    INSTRUCTION_2017: Texte, Cite, "Instruction DGCS/SD5C/2017/96 du 21 mars 2017 (NOR AFSA1709099J)";
    PACA: Modele, Lu, "Modèle régional Provence-Alpes-Côte d'Azur 2017-2022";
    BRETAGNE: Modele, Lu, "Modèle régional Bretagne";
    ARA: Modele, Lu, "Modèle régional Auvergne-Rhône-Alpes";
    ANAP: Methode, Lu, "ANAP, fiches repères d'aide à la contractualisation, juin 2019";
    CNSA_ACTIVITE: Methode, Cite, "CNSA, guide de la mesure de l'activité des établissements et services, janvier 2019";
    FINESS: Methode, Lu, "Répertoire FINESS (ANS) : forme des numéros, nomenclature des catégories TRE_R66";
    SIRENE: Methode, Lu, "Répertoire SIRENE (INSEE) : clé des numéros SIREN et SIRET";
    HELIOS: Methode, Lu, "Hélios (ministère chargé de la santé) : formules des indicateurs du tableau de bord de la performance";
    M22: Texte, NonLu, "Instruction budgétaire et comptable M22";
    COHERENCE: Controle, Lu, "Contrôle de cohérence interne du contrat";
    SIGNATURE: Controle, Lu, "Contrôle de la régularité des signatures, à la charge de chaque partie";
}
