//! `cpom --version`: what printed a file, down to the checksums of all that it depends on.

use super::ecran;
use crate::dossier::{self, joints::empreinte};
use crate::rendu::pdf;
use crate::schema::generation;

pub fn dire(detaillee: bool) {
    ecran::ligne(&format!("cpom {}", env!("CARGO_PKG_VERSION")));
    let modeles = dossier::catalogue(None).and_then(|c| c.liste()).unwrap_or_default();
    for modele in &modeles {
        ecran::ligne(&format!("modèle {} – {}", modele.designation(), modele.manifeste.nom));
    }
    if !detaillee {
        return;
    }
    ecran::ligne("");
    ecran::ligne("Empreintes (SHA-256)");
    ecran::ligne(&format!("schéma du contrat : {}", empreinte(generation::texte_du_schema().as_bytes())));
    for modele in &modeles {
        ecran::ligne(&format!("modèle {} : {}", modele.manifeste.id, modele.empreinte));
    }
    for (nom, octets) in pdf::polices() {
        ecran::ligne(&format!("police {nom} : {}", empreinte(&octets)));
    }
}
