//! The tables, each as one list of entries: a code, what it is called, what it replaces. What is read of words and what is
//! listed to people rest on the same entries. It must not know how words are compared.

use super::{categories, departements, regions, statuts};

/// A table of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nomenclature {
    Categories,
    Statuts,
    Departements,
    Regions,
}

/// A code and its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entree {
    pub code: &'static str,
    /// As it is printed.
    pub libelle: &'static str,
    /// As the nomenclature writes it, abbreviations included.
    pub officiel: &'static str,
    pub sigle: Option<&'static str>,
    /// Other names that people write.
    pub usuels: Vec<&'static str>,
    pub ancienne: Option<Ancienne>,
    /// INSEE code of the region of a département.
    pub region: Option<&'static str>,
}

/// A code that the nomenclature no longer uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ancienne {
    /// `AAAA-MM-JJ`.
    pub depuis: &'static str,
    pub remplacante: Option<&'static str>,
}

impl Entree {
    fn territoire(code: &'static str, libelle: &'static str) -> Self {
        Entree { code, libelle, officiel: libelle, sigle: None, usuels: Vec::new(), ancienne: None, region: None }
    }

    /// All that people call it.
    pub fn noms(&self) -> impl Iterator<Item = &'static str> + '_ {
        [self.libelle, self.officiel].into_iter().chain(self.sigle).chain(self.usuels.iter().copied())
    }
}

impl Nomenclature {
    /// The entries, in the order of the table.
    pub fn entrees(self) -> Vec<Entree> {
        match self {
            Nomenclature::Categories => categories().iter().map(de_categorie).collect(),
            Nomenclature::Statuts => statuts().iter().map(de_statut).collect(),
            Nomenclature::Departements => departements()
                .iter()
                .map(|d| Entree { region: Some(d.code_region), ..Entree::territoire(d.code, d.libelle) })
                .collect(),
            Nomenclature::Regions => regions()
                .iter()
                .map(|r| Entree { usuels: r.usuels.clone(), ..Entree::territoire(r.code, r.libelle) })
                .collect(),
        }
    }
}

fn de_categorie(c: &super::Categorie) -> Entree {
    let ancienne = c.deprecie.map(|depuis| Ancienne { depuis, remplacante: c.remplace_par });
    let mut usuels = c.usuels.clone();
    usuels.push(c.libelle_court);
    Entree {
        code: c.code,
        libelle: c.libelle_imprime,
        officiel: c.libelle,
        sigle: c.sigle,
        usuels,
        ancienne,
        region: None,
    }
}

fn de_statut(s: &super::Statut) -> Entree {
    Entree { usuels: s.usuels.clone(), officiel: s.libelle, ..Entree::territoire(s.code, s.libelle_imprime) }
}
