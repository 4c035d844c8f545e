//! What stops a target: a panic of ours. One of a library is what the process apart is for (`isolement`): the file is refused, and the
//! run goes on.

use std::panic::{AssertUnwindSafe, catch_unwind, set_hook};
use std::sync::Once;

/// Reads a file as the process apart does, where a library may give up.
pub fn lire(lecture: impl FnOnce()) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        set_hook(Box::new(|panique| {
            let ou = panique.location().map_or("", |lieu| lieu.file());
            // A dependency is compiled from the registry, the standard library from its own source: both by an absolute path.
            if !ou.contains("/registry/src/") && !ou.starts_with("/rustc/") {
                eprintln!("{panique}");
                std::process::abort();
            }
        }));
    });
    let _ = catch_unwind(AssertUnwindSafe(lecture));
}
