//! What the service and the workshop share of HTTP: connections, where a request comes from, what could not be done.
//!
//! It must not know what an address does.

pub mod ecoute;
pub mod origine;
pub mod probleme;
