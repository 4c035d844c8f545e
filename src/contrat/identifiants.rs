//! Checked values: turns a number or a text of the contract file into an identifier, date or amount that
//! cannot be ill-formed. It must not know where the value stands, nor whether it is plausible.

mod dates;
mod erreurs;
mod montants;
mod numeros;

pub use dates::{Annee, Date, MOIS};
pub use erreurs::ErreurValeur;
pub use montants::{Montant, Pourcentage};
pub use numeros::{Finess, Siren, Siret};
