//! The document security store before and after a revision: it may grow, with streams that show nothing.

use super::juge::Juge;
use super::{Ajout, Genre};
use lopdf::{Dictionary, Object};

const DU_MAGASIN: [&[u8]; 5] = [b"Certs", b"CRLs", b"OCSPs", b"VRI", b"Type"];
const D_UNE_SIGNATURE: [&[u8]; 6] = [b"Cert", b"CRL", b"OCSP", b"Type", b"TU", b"TS"];

impl<'a> Juge<'a> {
    pub(super) fn preuves(&mut self, avant: &'a Dictionary, apres: &'a Dictionary) {
        if !apres.has(b"DSS") {
            if avant.has(b"DSS") {
                self.dire(Genre::Signature, None, "les preuves de validation (DSS) ont été retirées");
            }
            return;
        }
        let reste = self.reste.len();
        let nouveau = avant.get(b"DSS").ok() != apres.get(b"DSS").ok();
        if !self.magasin(Some(avant), apres) {
            self.dire(
                Genre::Signature,
                None,
                "les preuves de validation (DSS) contiennent autre chose que des preuves",
            );
        } else if nouveau || self.reste.len() < reste {
            self.dit.ajouts.push(Ajout::Preuves);
        }
    }

    fn magasin(&mut self, avant: Option<&'a Dictionary>, apres: &'a Dictionary) -> bool {
        let Some((avant, apres)) = self.dessous(avant, apres, b"DSS", &DU_MAGASIN) else { return false };
        let flux = DU_MAGASIN[..3].iter().all(|cle| self.flux(avant, apres, cle));
        if !flux || !apres.has(b"VRI") {
            return flux;
        }
        if !self.tenu(avant, apres, b"VRI") {
            return false;
        }
        let anciennes = avant.and_then(|avant| self.avant.sous_dict(avant, b"VRI"));
        let Ok(nouvelles) = self.apres.valeur(apres, b"VRI").as_dict() else { return false };
        nouvelles.iter().all(|(signature, _)| {
            let lu = self.dessous(anciennes, nouvelles, signature, &D_UNE_SIGNATURE);
            lu.is_some_and(|(avant, apres)| D_UNE_SIGNATURE[..3].iter().all(|cle| self.flux(avant, apres, cle)))
        })
    }

    /// The dictionary under a key, before and after, when it has the keys that it may have.
    fn dessous(
        &mut self,
        avant: Option<&'a Dictionary>,
        apres: &'a Dictionary,
        cle: &[u8],
        cles: &[&[u8]],
    ) -> Option<(Option<&'a Dictionary>, &'a Dictionary)> {
        if !self.tenu(avant, apres, cle) {
            return None;
        }
        let lu = self.apres.valeur(apres, cle).as_dict().ok()?;
        lu.iter().all(|(cle, _)| cles.contains(&cle.as_slice())).then_some(())?;
        Some((avant.and_then(|avant| self.avant.sous_dict(avant, cle)), lu))
    }

    /// An array of streams.
    fn flux(&mut self, avant: Option<&'a Dictionary>, apres: &'a Dictionary, cle: &[u8]) -> bool {
        if !apres.has(cle) {
            return true;
        }
        // One of them that was changed in its place is told with the rest.
        let flux = |objet: &Object| {
            objet.as_reference().is_ok_and(|id| matches!(self.apres.objet(id), Some(Object::Stream(_))))
        };
        self.apres.valeur(apres, cle).as_array().is_ok_and(|tableau| tableau.iter().all(flux))
            && self.tenu(avant, apres, cle)
    }
}
