//! The pipeline told in order: files → checked contract → contracts to print → documents → files.
//!
//! ```text
//! files ─ouverture▶ Ouverture ─examen, verification▶ Verification ─exemplaires (jonction)▶ Exemplaire ─impression (format)▶ files
//!                    choix ───────┘        └─ completude, rapport                          decoupe, signature ┘      └─ecriture▶ disk
//! ```
//!
//! What every command that checks or prints shares. It orchestrates the phases and decides nothing of
//! their work; it prints nothing to a terminal. Each phase has its own errors; `erreurs` gathers them.

pub mod bibliotheque;
mod caracteres;
mod choix;
mod completude;
mod copie;
mod decoupe;
mod defaut;
pub mod depart;
mod ecriture;
mod erreurs;
pub mod essai;
mod examen;
mod exemplaires;
mod fichiers;
mod format;
pub mod gabarit;
pub mod gestes;
mod impression;
pub mod joints;
mod jonction;
mod lacunes;
mod non_imprime;
mod ouverture;
pub mod pieces;
mod place;
mod projet;
mod rapport;
pub mod registre;
pub mod signature;
mod usuels;
mod verification;

pub use choix::{Choix, catalogue, choisir_modele};
pub use completude::completude;
pub use copie::copier_modele;
pub use decoupe::{Morceau, decouper, table_des_morceaux};
pub use ecriture::{
    EN_COURS, ErreurEcriture, Reecriture, ecrire, ecrire_ensemble, ecrire_fichier, ecrire_nouveau, epargner,
    motif_d_ecriture, nettoyer, reecrire, reecrire_ensemble,
};
pub use erreurs::Erreur;
pub use examen::{ErreurExamen, Verification, compte_rendu};
pub use exemplaires::{CODE_DEFAUT, ErreurExemplaires, Exemplaire, rediger};
pub use fichiers::{lire_dossier, nom_de_fichier, sources};
pub use format::{ErreurFormat, Format, imprimer};
pub use gabarit::{gabarit_de, lire_gabarit};
pub use impression::{ErreurImpression, Fichier, emballer, fichiers, imprimer_tout, noms_attendus, sur_un_fil};
pub use lacunes::CODE_LACUNE;
pub use ouverture::{ErreurOuverture, Ouverture, examiner, ouvrir, ouvrir_recus, refuse, rouvrir};
pub use projet::{Projet, projet};
pub use rapport::{Forme, ecrire_rapport, rapport_illisible};
pub use usuels::usuels;
pub use verification::{ErreurVerification, ajouter, verifier, verifier_les_regles};

use crate::compte_rendu::CompteRendu;
use crate::document::Etat;
use crate::remarque::Remarque;

/// Whether a contract may be printed: what the schema refuses never, what a rule refuses as a draft only.
pub fn imprimable(ouverture: &Ouverture, verification: &Verification, compte_rendu: &CompteRendu) -> bool {
    ouverture.contrat.is_some() && (verification.etat == Etat::Projet || !compte_rendu.refuse)
}

/// The whole report on an opened contract, with what it lacks if that is asked for.
pub fn controler(ouverture: &Ouverture, choix: &Choix, avec_completude: bool) -> Result<CompteRendu, Erreur> {
    controler_avec(ouverture, choix, avec_completude, Vec::new())
}

/// The same with what others found, who held the contract against something that it has not (a register).
pub fn controler_avec(
    ouverture: &Ouverture,
    choix: &Choix,
    avec_completude: bool,
    dites: Vec<Remarque>,
) -> Result<CompteRendu, Erreur> {
    let mut verification = verifier(ouverture, choix)?;
    if !dites.is_empty() {
        ajouter(&mut verification, dites, choix);
    }
    let mut sortie = compte_rendu(ouverture, &verification);
    if avec_completude {
        sortie.completude = Some(completude(ouverture, choix, &verification)?);
    }
    Ok(sortie)
}
