//! Why a value is refused, with the form that is expected.

/// Why a value is refused; each message says the form expected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ErreurValeur {
    #[error(
        "« {0} » n'a pas la forme d'un numéro FINESS : 9 caractères sans espace, par exemple 130787195 ou 2A0001798"
    )]
    Finess(String),
    #[error("« {0} » n'a pas la forme d'un numéro SIREN : 9 chiffres sans espace, par exemple 732829320")]
    Siren(String),
    #[error("« {0} » n'a pas la forme d'un numéro SIRET : 14 chiffres sans espace, par exemple 73282932000074")]
    Siret(String),
    #[error("{0} n'est pas une année attendue : quatre chiffres, de 1990 à 2100")]
    Annee(String),
    #[error("« {0} » est un mois : il faut une date entière, avec le jour, par exemple {0}-01")]
    MoisSeul(String),
    #[error("« {0} » n'est pas une date : il faut l'année, le mois et le jour (AAAA-MM-JJ), par exemple 2026-03-31")]
    Date(String),
    #[error("{0} n'est pas un montant en euros : un nombre, deux décimales au plus, moins de dix mille milliards")]
    Montant(String),
    #[error("{0} n'est pas un pourcentage : un nombre, trois décimales au plus")]
    Pourcentage(String),
}
