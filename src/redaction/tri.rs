//! The elements of a list → those that a clause keeps by a key: the filters `selectattr` and `rejectattr`.
//!
//! Unlike those of the engine, they follow a dotted path and refuse a key that does not exist.

use super::erreurs::faute;
use super::objets::attribut;
use minijinja::value::Rest;
use minijinja::{Environment, Error, ErrorKind, State, Value};

/// Declares both filters.
pub fn declarer(env: &mut Environment<'_>) {
    env.add_filter("selectattr", |state: &mut State<'_, '_>, liste: Value, arguments: Rest<Value>| {
        trier(state, &liste, &arguments, true)
    });
    env.add_filter("rejectattr", |state: &mut State<'_, '_>, liste: Value, arguments: Rest<Value>| {
        trier(state, &liste, &arguments, false)
    });
}

/// The elements whose key (a dotted path) holds, or passes a test; an unknown key is an error, as elsewhere.
fn trier(state: &mut State<'_, '_>, liste: &Value, arguments: &[Value], garder: bool) -> Result<Value, Error> {
    let Some(chemin) = arguments.first().and_then(Value::as_str) else {
        return Err(faute(ErrorKind::MissingArgument, "ce filtre attend le nom d'une clé"));
    };
    let test = arguments.get(1).and_then(Value::as_str);
    let mut sortie = Vec::new();
    for element in liste.try_iter()? {
        let valeur = chemin.split('.').try_fold(element.clone(), |v, cle| match cle.parse::<usize>() {
            Ok(rang) => v.get_item(&Value::from(rang)),
            Err(_) => attribut(&v, cle),
        })?;
        let retenu = match test {
            None => valeur.is_true(),
            Some("equalto" | "eq" | "==") => arguments.get(2) == Some(&valeur),
            Some("ne" | "!=") => arguments.get(2) != Some(&valeur),
            Some(nom) => {
                let suite: Vec<Value> = std::iter::once(valeur).chain(arguments.iter().skip(2).cloned()).collect();
                state.perform_test(nom, &suite)?
            }
        };
        if retenu == garder {
            sortie.push(element);
        }
    }
    Ok(Value::from(sortie))
}
