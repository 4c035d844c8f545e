//! The layers of a PDF → what each printed thing belongs to, shown or not; those that the screen and the paper do
//! not show alike are told.

use std::collections::HashSet;

use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier};

/// The layers that are not shown.
#[derive(Debug, Default)]
pub struct Calques {
    eteints: HashSet<ObjectIdentifier>,
}

impl Calques {
    /// Reads the layers; otherwise why what is printed cannot be told from what is seen.
    pub fn lire(catalogue: &Dict<'_>) -> Result<Self, String> {
        let Some(proprietes) = catalogue.get::<Dict<'_>>(b"OCProperties") else { return Ok(Self::default()) };
        let Some(reglage) = proprietes.get::<Dict<'_>>(b"D") else { return Ok(Self::default()) };
        let eteint_d_abord = reglage.get::<Name<'_>>(b"BaseState").is_some_and(|n| n.as_ref() == b"OFF");
        let mut eteints = HashSet::new();
        if eteint_d_abord {
            eteints.extend(references(&proprietes, b"OCGs"));
        }
        references(&reglage, b"ON").iter().for_each(|id| {
            eteints.remove(id);
        });
        eteints.extend(references(&reglage, b"OFF"));
        let calques = Self { eteints };
        calques.imprimer(&reglage)?;
        Ok(calques)
    }

    /// Layers whose state on paper is set apart, for the event of printing.
    fn imprimer(&self, reglage: &Dict<'_>) -> Result<(), String> {
        let evenements = reglage.get::<Array<'_>>(b"AS");
        for evenement in evenements.iter().flat_map(|liste| liste.iter::<Dict<'_>>()) {
            if evenement.get::<Name<'_>>(b"Event").is_none_or(|nom| nom.as_ref() != b"Print") {
                continue;
            }
            let Some(calques) = evenement.get::<Array<'_>>(b"OCGs") else { continue };
            for (id, calque) in references(&evenement, b"OCGs").iter().zip(calques.iter::<Dict<'_>>()) {
                let impression = calque
                    .get::<Dict<'_>>(b"Usage")
                    .and_then(|usage| usage.get::<Dict<'_>>(b"Print"))
                    .and_then(|impression| impression.get::<Name<'_>>(b"PrintState"));
                let imprime = match impression.as_deref() {
                    Some(b"ON") => true,
                    Some(b"OFF") => false,
                    _ => continue,
                };
                if imprime == self.eteints.contains(id) {
                    return Err("un de ses calques ne s'imprime pas comme il s'affiche".into());
                }
            }
        }
        Ok(())
    }

    /// Whether what belongs to the layer that a dictionary names under `OC` is shown.
    pub fn montre(&self, objet: &Dict<'_>) -> bool {
        let Some(calque) = objet.get::<Dict<'_>>(b"OC") else { return true };
        if calque.get::<Name<'_>>(b"Type").is_none_or(|nom| nom.as_ref() != b"OCMD") {
            return objet.get_ref(b"OC").is_none_or(|id| !self.eteints.contains(&id.into()));
        }
        let membres = match calque.get_ref(b"OCGs") {
            Some(id) if calque.get::<Dict<'_>>(b"OCGs").is_some() => vec![id.into()],
            _ => references(&calque, b"OCGs"),
        };
        if membres.is_empty() {
            return true;
        }
        let eteint = |id: &ObjectIdentifier| self.eteints.contains(id);
        match calque.get::<Name<'_>>(b"P").as_deref() {
            Some(b"AllOn") => !membres.iter().any(eteint),
            Some(b"AnyOff") => membres.iter().any(eteint),
            Some(b"AllOff") => membres.iter().all(eteint),
            _ => !membres.iter().all(eteint),
        }
    }
}

/// Whether a group of layers shows itself by a formula, which the library does not read.
pub fn par_formule(calque: &Dict<'_>) -> bool {
    calque.get::<Object<'_>>(b"VE").is_some()
}

fn references(dict: &Dict<'_>, cle: &[u8]) -> Vec<ObjectIdentifier> {
    let liste = dict.get::<Array<'_>>(cle);
    liste.iter().flat_map(|l| l.raw_iter()).filter_map(|objet| objet.as_obj_ref()).map(Into::into).collect()
}
