//! `cpom completions`: the shell completions, on the standard output.

use super::arguments::{Completions, description};
use super::ecran;
use super::issue::Issue;

pub fn executer(options: &Completions) -> Issue {
    let mut texte = Vec::new();
    clap_complete::generate(options.interpreteur, &mut description(), "cpom", &mut texte);
    ecran::brut(&String::from_utf8_lossy(&texte));
    Issue::Fait
}
