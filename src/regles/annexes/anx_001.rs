//! ANX-001: annexes that are named exist, and pieces that are given are printed.

use crate::formats::{compte, enumerer};
use crate::modele::manifeste::{Element, GenreElement};
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{ARRETE_2017, COHERENCE};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "ANX-001",
    famille: Famille::Annexes,
    severite: Severite::Bloquante,
    titre: "Les annexes désignées existent et les pièces données sont imprimées",
    pourquoi: "Un renvoi à une annexe absente laisse une obligation sans contenu. Sont contrôlés l'annexe que désigne chaque pièce et les « annexe N » écrites dans les clauses particulières. Une pièce donnée pour une annexe que le modèle rédige lui-même ne serait pas imprimée : c'est une alerte.",
    remede: "donnez l'identifiant d'une annexe du modèle, ou corrigez le numéro de l'annexe.",
    references: &[&ARRETE_2017, &COHERENCE],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: false,
    lit: &["/pieces/*/annexe", "/clauses_particulieres"],
    consequences: &["ANX-002"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let plan = contexte.plan();
    let annexes: Vec<&Element> = plan.into_iter().filter(|e| e.genre == GenreElement::Annexe).collect();
    if annexes.is_empty() {
        return;
    }
    for (rang, piece) in contexte.contrat.pieces.elements().iter().enumerate() {
        let ici = format!("/pieces/{rang}/annexe");
        match annexes.iter().find(|a| a.id == piece.annexe) {
            None => {
                let pieces: Vec<String> = annexes.iter().filter(|a| a.piece).map(|a| format!("« {} »", a.id)).collect();
                findings
                    .signaler(ici, format!("La pièce vise l'annexe « {} », que le modèle n'a pas.", piece.annexe))
                    .remede(format!(
                        "choisissez une annexe de pièces du modèle : {} (« cpom modeles montrer {} » les donne toutes).",
                        enumerer(&pieces),
                        contexte.modele.id
                    ));
            }
            Some(annexe) if !annexe.piece => {
                findings
                    .signaler(
                        ici,
                        format!(
                            "La pièce donnée pour l'annexe « {} » ne sera pas imprimée : cpom rédige cette annexe.",
                            piece.annexe
                        ),
                    )
                    .severite(Severite::Alerte)
                    .remede("joignez la pièce à une annexe de pièces, ou retirez-la.");
            }
            Some(_) => {}
        }
    }
    for (rang, clause) in contexte.contrat.clauses_particulieres.elements().iter().enumerate() {
        for numero in numeros(clause.texte.as_str()).into_iter().filter(|n| *n == 0 || *n > annexes.len()) {
            findings.signaler(
                format!("/clauses_particulieres/{rang}/texte"),
                format!(
                    "La clause renvoie à l'annexe {numero} ; le modèle compte {}.",
                    compte(annexes.len(), "annexe")
                ),
            );
        }
    }
}

/// The numbers that follow the word « annexe » in a text.
fn numeros(texte: &str) -> Vec<usize> {
    let bas = texte.to_lowercase();
    bas.split("annexe")
        .skip(1)
        .filter_map(|suite| {
            let suite = suite.trim_start_matches('s').trim_start_matches([' ', '\u{A0}', 'n', '°']);
            let chiffres: String = suite.chars().take_while(char::is_ascii_digit).collect();
            chiffres.parse().ok()
        })
        .collect()
}
