//! The sources that rules rest on, by the names that rules give them: what each says is in `crate::droit`.
//!
//! A text that was not read never founds a rule alone: `CONFORMITE.md`, which `conformite` writes, says « texte non lu ».

use crate::contrat::Fondement;
use crate::droit::{self, DateChoisie, Etat, Jours, Nature, Texte};

/// A source: the identifier of a text.
#[derive(Debug)]
pub struct Reference(&'static str);

impl Reference {
    /// What is known of it; every reference names a text (a test says so).
    pub fn texte(&self) -> Option<&'static Texte> {
        droit::texte(self.0)
    }

    /// « CASF, art. L. 313-11 (https://…) ».
    pub fn citation(&self) -> String {
        let Some(texte) = self.texte() else { return self.0.to_string() };
        // An article has its number; any other text, its full title.
        let nom = texte.titre.as_ref().unwrap_or(&texte.reference);
        match &texte.lecture.adresse {
            Some(adresse) => format!("{nom} ({adresse})"),
            None => nom.clone(),
        }
    }

    /// Whether it is a regional model, which speaks for itself alone.
    pub fn est_un_modele(&self) -> bool {
        self.texte().is_some_and(|t| t.nature == Nature::Modele)
    }

    /// Whether it may be cited for a contract of this kind and of these days: what has no date always may.
    pub fn vaut(&self, fondement: Fondement, jours: Jours) -> bool {
        let jour = jours.choisi(DateChoisie::Signature);
        self.texte().is_some_and(|t| {
            let vise = t.contrats.is_empty() || t.contrats.contains(&fondement);
            vise && (t.versions.is_empty() || t.en_vigueur(jour))
        })
    }

    /// Whether it was read.
    pub fn lecture(&self) -> Etat {
        self.texte().map_or(Etat::NonLu, |t| t.lecture.etat)
    }
}

/// Declares the sources.
macro_rules! references {
    ($($(#[$m:meta])* $nom:ident : $id:literal;)*) => {
        $($(#[$m])* pub static $nom: Reference = Reference($id);)*
        /// All of them, in the order of this file.
        pub static REFERENCES: &[&Reference] = &[$(&$nom),*];
    };
}

references! {
    /// Optional contract, obligations of the parties, five years and a sixth at most.
    L313_11: "casf-l-313-11";
    L313_12: "casf-l-313-12-iv-ter";
    L313_12_2: "casf-l-313-12-2";
    /// Authorisations and transformations: an agreement of each competent authority.
    L313_1_1: "casf-l-313-1-1";
    /// Who authorises, by the number of the list of L. 312-1 and by who pays.
    L313_3: "casf-l-313-3";
    /// Who sets the tariff.
    L314_1: "casf-l-314-1";
    L313_8_1: "casf-l-313-8-1";
    L313_6: "casf-l-313-6";
    L313_11_2: "casf-l-313-11-2";
    L312_7_1: "casf-l-312-7-1";
    L314_7: "casf-l-314-7";
    L315_17: "casf-l-315-17";
    /// Acts of a département: transmitted, then enforceable; its assembly, or the standing committee by delegation.
    L3131_1: "cgct-l-3131-1";
    L3211_2: "cgct-l-3211-2";
    R314_39: "casf-r-314-39";
    R314_39_1: "casf-r-314-39-1";
    R314_40: "casf-r-314-40";
    R314_42: "casf-r-314-42";
    R314_43: "casf-r-314-43";
    R314_43_1: "casf-r-314-43-1";
    R314_43_2: "casf-r-314-43-2";
    R314_43_3: "casf-r-314-43-3";
    R314_51: "casf-r-314-51";
    R314_87: "casf-r-314-87";
    R314_90: "casf-r-314-90";
    R314_92: "casf-r-314-92";
    R314_93: "casf-r-314-93";
    R314_107: "casf-r-314-107";
    R314_160: "casf-r-314-160";
    R314_210: "casf-r-314-210";
    R314_221: "casf-r-314-221";
    R314_222: "casf-r-314-222";
    R314_225: "casf-r-314-225";
    R314_230: "casf-r-314-230";
    R314_232: "casf-r-314-232";
    R314_234: "casf-r-314-234";
    R314_235: "casf-r-314-235";
    /// Quality evaluation every five years.
    D312_204: "casf-d-312-204";
    DECRET_2021_1476: "decret-2021-1476";
    DECRET_2018_519: "decret-2018-519";
    DECRET_2023_1428: "decret-2023-1428";
    /// The national frame: headings and annexes of the contract.
    ARRETE_2017: "arrete-2017-03-03";
    INSTRUCTION_2017: "instruction-2017-96";
    PACA: "modele-paca";
    BRETAGNE: "modele-bretagne";
    ARA: "modele-ara";
    ANAP: "methode-anap";
    CNSA_ACTIVITE: "methode-cnsa-activite";
    FINESS: "methode-finess";
    SIRENE: "methode-sirene";
    HELIOS: "methode-helios";
    M22: "instruction-m22";
    COHERENCE: "controle-coherence";
    SIGNATURE: "controle-signature";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_of_a_rule_is_a_text_that_is_known() {
        for reference in REFERENCES {
            assert!(reference.texte().is_some(), "{reference:?}");
        }
    }
}
