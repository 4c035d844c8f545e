//! What this process may take of the machine; on a system that has no such limits, what its caller does stays.

use super::tache::Bornes;
use std::time::Duration;

/// Limits this process for good: its memory, the files that it may have open, none to be written, no core file.
#[cfg(unix)]
pub(super) fn poser(bornes: Bornes) {
    use rustix::process::Resource;
    abaisser(Resource::As, bornes.memoire * 1024 * 1024);
    abaisser(Resource::Core, 0);
    abaisser(Resource::Fsize, 0);
    abaisser(Resource::Nofile, 256);
}

/// Bounds the next work in time of processor, all threads together: it ends by itself, even if its caller was killed.
#[cfg(unix)]
pub(super) fn compter_le_temps(calcul: Duration) {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    use rustix::time::{ClockId, clock_gettime};
    let passe = u64::try_from(clock_gettime(ClockId::ProcessCPUTime).tv_sec).unwrap_or_default();
    let fin = passe + calcul.as_secs() + 1;
    let maximum = getrlimit(Resource::Cpu).maximum;
    let _ = setrlimit(Resource::Cpu, Rlimit { current: Some(maximum.map_or(fin, |max| max.min(fin))), maximum });
}

/// Lowers a limit, never raises it.
#[cfg(unix)]
fn abaisser(quoi: rustix::process::Resource, valeur: u64) {
    use rustix::process::{Rlimit, getrlimit, setrlimit};
    let deja = getrlimit(quoi);
    let voulu = [deja.current, deja.maximum].into_iter().flatten().fold(valeur, u64::min);
    // A system that refuses leaves the delay, which the caller holds.
    let _ = setrlimit(quoi, Rlimit { current: Some(voulu), maximum: Some(voulu) });
}

#[cfg(not(unix))]
pub(super) fn poser(_: Bornes) {}

#[cfg(not(unix))]
pub(super) fn compter_le_temps(_: Duration) {}
