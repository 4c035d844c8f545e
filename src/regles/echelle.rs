//! A figure out of its bounds → the slip of the hand that explains it, when one does.
//!
//! It must not know where the bounds come from.

/// What a figure is counted in: thousands of euros are taken for euros, nothing else has two units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compte {
    Euros,
    Unites,
}

/// « (un zéro de trop, ou une virgule oubliée ?) », to be put before the full stop of a message; nothing when no single slip brings
/// the figure between the bounds.
pub fn glissement(valeur: f64, bas: f64, haut: f64, compte: Compte) -> &'static str {
    let dedans = |v: f64| (bas..=haut).contains(&v);
    match compte {
        _ if dedans(valeur / 10.0) => " (un zéro de trop, ou une virgule oubliée ?)",
        _ if dedans(valeur * 10.0) => " (un zéro oublié, ou une virgule de trop ?)",
        Compte::Euros if dedans(valeur * 1000.0) => " (une erreur d'unité : milliers d'euros au lieu d'euros ?)",
        Compte::Euros if dedans(valeur / 1000.0) => " (une erreur d'unité : euros au lieu de milliers d'euros ?)",
        _ if dedans(valeur / 100.0) => " (une virgule oubliée ?)",
        _ if dedans(valeur * 100.0) => " (une virgule de trop ?)",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_named_when_it_brings_the_figure_back() {
        let euros = |v| glissement(v, 20_000.0, 150_000.0, Compte::Euros);
        assert!(euros(60.0).contains("milliers d'euros au lieu d'euros"));
        assert!(euros(600_000.0).contains("un zéro de trop"));
        assert!(euros(6_000.0).contains("un zéro oublié"));
        assert_eq!(euros(3.0), "");
        assert!(glissement(94_000.0, 50.0, 110.0, Compte::Unites).is_empty());
        assert!(glissement(9.4, 50.0, 110.0, Compte::Unites).contains("un zéro oublié"));
    }
}
