//! The command line of a command → that of its assistants.

use crate::isolement::ASSISTANT;
use std::ffi::OsString;

/// The arguments of the assistants of a command, out of its own line.
pub fn assistants(arguments: &[OsString]) -> Vec<OsString> {
    std::iter::once(ASSISTANT.into()).chain(arguments.iter().skip(1).cloned()).collect()
}
