//! A fault of the program on the way → a message in French and exit code 70, never the trace of a panic.

use super::issue::Issue;
use crate::dossier::Erreur;
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};
use std::sync::Mutex;

/// Where the last panic was.
static LIEU: Mutex<Option<String>> = Mutex::new(None);

/// From now on a panic prints nothing by itself: it is told once, by who catches it.
pub fn veiller() {
    set_hook(Box::new(noter));
}

fn noter(panique: &PanicHookInfo<'_>) {
    if let (Some(place), Ok(mut lieu)) = (panique.location(), LIEU.lock()) {
        *lieu = Some(format!("{}:{}", sans_dossier(place.file()), place.line()));
    }
}

/// « rustybuzz-0.20.1/src/hb/buffer.rs »: the folders of who built the program say nothing.
fn sans_dossier(fichier: &str) -> &str {
    let debut = fichier.rfind("/src/").and_then(|src| fichier.get(..src)).and_then(|avant| avant.rfind('/'));
    debut.and_then(|rang| fichier.get(rang + 1..)).unwrap_or(fichier)
}

/// Runs a command; a panic of it becomes an error of the program.
pub fn proteger(commande: impl FnOnce() -> Result<Issue, Erreur>) -> Result<Issue, Erreur> {
    catch_unwind(AssertUnwindSafe(commande)).unwrap_or_else(|_| {
        let lieu = LIEU.lock().ok().and_then(|mut lieu| lieu.take());
        Err(Erreur::Interne(lieu.unwrap_or_else(|| "lieu inconnu".into())))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_fault_told_in_french() {
        let erreur = proteger(|| panic!("lost")).expect_err("a fault");
        assert!(erreur.est_un_defaut());
        assert!(erreur.to_string().starts_with("défaut du programme, à signaler"), "{erreur}");
        assert!(matches!(proteger(|| Ok(Issue::Fait)), Ok(Issue::Fait)));
    }

    #[test]
    fn a_place_does_not_tell_the_folders_of_the_builder() {
        assert_eq!(sans_dossier("/x/registry/src/index/police-0.1/src/hb/a.rs"), "police-0.1/src/hb/a.rs");
        assert_eq!(sans_dossier("src/cli/mod.rs"), "src/cli/mod.rs");
    }
}
