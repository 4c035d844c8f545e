//! The hour, for the history of a contract and the list of the folder: it is never printed, and no file of a contract has it.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970, now.
#[expect(clippy::disallowed_methods, reason = "when an operation was made; nothing of a dossier depends on it")]
pub fn maintenant() -> i64 {
    secondes(SystemTime::now())
}

/// Seconds since 1970 at which a file was last written, if the disk says it.
pub fn modifie(fichier: &Path) -> Option<i64> {
    std::fs::metadata(fichier).and_then(|etat| etat.modified()).ok().map(secondes)
}

fn secondes(quand: SystemTime) -> i64 {
    quand.duration_since(UNIX_EPOCH).ok().and_then(|duree| i64::try_from(duree.as_secs()).ok()).unwrap_or_default()
}

/// The civil year of now, in universal time.
pub fn annee() -> i16 {
    jiff::Timestamp::from_second(maintenant()).map_or(2026, |instant| instant.to_zoned(jiff::tz::TimeZone::UTC).year())
}
