//! ANX-002: a compulsory annex is provided, or « sans objet » with its reason.

use crate::contrat::suivi::Piece;
use crate::modele::manifeste::GenreElement;
use crate::regles::context::Context;
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Rule, Vigueur};
use crate::regles::textes::{ARRETE_2017, PACA};
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "ANX-002",
    famille: Famille::Annexes,
    severite: Severite::Bloquante,
    titre: "Chaque annexe obligatoire est fournie ou déclarée sans objet",
    pourquoi: "Les annexes ont la même force que le contrat ; une annexe obligatoire oubliée le rend incomplet. Sont obligatoires les annexes de pièces que le modèle imprime sans condition, et celle de l'autorisation de frais de siège quand le contrat en a.",
    remede: "ajoutez la pièce à « pieces », ou déclarez l'annexe sans objet avec son motif.",
    references: &[&ARRETE_2017, &PACA],
    limites: &[],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &["/pieces", "/moyens/frais_siege"],
    consequences: &[],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let frais = contexte.moyens().is_some_and(|m| m.frais_siege.valeur().is_some());
    let pieces = contexte.contrat.pieces.elements();
    for annexe in contexte.plan().into_iter().filter(|e| e.genre == GenreElement::Annexe && e.piece) {
        let due = match &annexe.condition {
            None => true,
            Some(condition) => annexe.obligatoire || (frais && condition.contains("frais_siege")),
        };
        // A file without object is an annex without object.
        let dite = |p: &&Piece| !p.fichier.est_absent() || p.sans_objet.valeur().is_some();
        let siennes = || pieces.iter().enumerate().filter(|(_, p)| p.annexe == annexe.id);
        if !due || siennes().any(|(_, p)| dite(&p)) {
            continue;
        }
        let titre = annexe.titre_au(contexte.signature()).unwrap_or(annexe.id.as_str());
        let message = format!("L'annexe « {titre} » n'est ni fournie ni déclarée sans objet.");
        match siennes().next() {
            // It is there already, and says nothing.
            Some((rang, _)) => findings
                .signaler(format!("/pieces/{rang}/fichier"), message)
                .remede("donnez son « fichier », ou déclarez-le sans objet : {\"non_applicable\": \"motif\"}."),
            None => findings.signaler("/pieces", message).remede(format!(
                "ajoutez {{\"annexe\": \"{0}\", \"fichier\": …}} à « pieces », ou {{\"annexe\": \"{0}\", \"sans_objet\": \"motif\"}}.",
                annexe.id
            )),
        };
    }
}
