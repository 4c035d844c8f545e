//! Whether a day falls in a period: the one comparison of all dated data.

use crate::contrat::identifiants::Date;

/// Whether a date falls between two others, both included; an absent one is no limit.
pub fn dans(date: Date, du: Option<Date>, au: Option<Date>) -> bool {
    du.is_none_or(|du| du <= date) && au.is_none_or(|au| date <= au)
}
