//! BUD-032: a cost per place at the scale of the category.

use crate::contrat::calculs::GenreCapacite;
use crate::contrat::perimetre::Etablissement;
use crate::formats::euros;
use crate::regles::comptes::par_etablissement;
use crate::regles::context::{Context, Element, nom};
use crate::regles::echelle::{Compte, glissement};
use crate::regles::findings::Findings;
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;

pub static RULE: Rule = Rule {
    code: "BUD-032",
    famille: Famille::Moyens,
    severite: Severite::Alerte,
    titre: "Le coût à la place est à l'échelle de la catégorie",
    pourquoi: "Un SESSAD à 180 000 € la place ou une maison d'accueil spécialisée à 7 000 € : un zéro de trop ou de moins, dans le budget ou dans les places. Le coût (dépenses de l'année de référence, à défaut de la dernière, par place financée) est rapproché du coût moyen publié pour la catégorie, que le modèle donne avec sa source et son année (paramètre « couts_a_la_place »), à défaut de la médiane des autres établissements de la catégorie au contrat, s'ils sont trois. La marge est large, et c'est un paramètre. Un établissement à ouvrir n'est pas jugé.",
    remede: "vérifiez le budget et la capacité ; si le coût est juste, écartez la règle par une dérogation.",
    references: &[&COHERENCE],
    limites: &[Limite {
        nom: "marge",
        valeur: Seuil::Fixe(3.0),
        unite: "fois",
        libelle: "coût à la place, rapporté au coût publié ou à la médiane ; paramètre de cpom",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &[
        "/moyens/budgets",
        "/moyens/annee_reference",
        "/perimetre/etablissements/*/capacites",
        "/perimetre/etablissements/*/categorie",
        "/perimetre/etablissements/*/inclus",
        "/perimetre/etablissements/*/ouverture_prevue",
        "/perimetre/etablissements/*/nom",
    ],
    consequences: &["BUD-011"],
    check,
};

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let marge = findings.limite("marge").unwrap_or(f64::INFINITY);
    let couts = couts(contexte);
    for cout in &couts {
        let Some((reference, source)) = publie(contexte, cout.categorie).or_else(|| autres(&couts, cout)) else {
            continue;
        };
        let (bas, haut) = (reference / marge, reference * marge);
        if (bas..=haut).contains(&cout.par_place) {
            continue;
        }
        findings.signaler(
            cout.etablissement.pointeur("capacites"),
            format!(
                "« {} » coûte {} par place, quand {source} est de {}{}.",
                nom(cout.etablissement.valeur),
                euros(cout.par_place.round()),
                euros(reference.round()),
                glissement(cout.par_place, bas, haut, Compte::Euros)
            ),
        );
    }
}

/// What a place of an establishment costs.
struct Cout<'a> {
    etablissement: Element<'a, Etablissement>,
    categorie: &'a str,
    par_place: f64,
}

/// The included establishments that are open, with a complete budget.
fn couts<'a>(contexte: &Context<'a>) -> Vec<Cout<'a>> {
    let depenses_de = par_etablissement(contexte, None);
    let cout = |etablissement: Element<'a, Etablissement>| {
        let e = etablissement.valeur;
        let places = e.places(GenreCapacite::Financee).or(e.places(GenreCapacite::Autorisee)).filter(|n| *n > 0)?;
        let budget = depenses_de.get(e.id.as_str()).copied().flatten()?;
        let par_place = budget.centimes() as f64 / 100.0 / f64::from(places);
        let categorie = e.categorie.valeur()?.as_str();
        Some(Cout { etablissement, categorie, par_place }).filter(|_| e.ouverture_prevue.est_absent())
    };
    contexte.inclus().filter_map(cout).collect()
}

/// The mean cost that is published for a category, and who says so.
fn publie(contexte: &Context<'_>, code: &str) -> Option<(f64, String)> {
    let cout = contexte.valeur_du_parametre(PARAMETRE)?.get(code)?.as_f64()?;
    let source = contexte.modele.parametres.get(PARAMETRE).and_then(|p| p.source.as_deref()).unwrap_or("modèle");
    Some((cout, format!("le coût moyen de la catégorie ({source})")))
}

/// The parameter of the model: euros by code of category.
const PARAMETRE: &str = "couts_a_la_place";

/// The median of the others of the category in the contract.
fn autres(couts: &[Cout<'_>], cout: &Cout<'_>) -> Option<(f64, String)> {
    let siens =
        couts.iter().filter(|c| c.categorie == cout.categorie && c.etablissement.rang != cout.etablissement.rang);
    let mut connus: Vec<f64> = siens.map(|c| c.par_place).collect();
    connus.sort_by(f64::total_cmp);
    let mediane = connus.get(connus.len() / 2).copied().filter(|_| connus.len() >= AUTRES)?;
    Some((mediane, "la médiane des autres établissements de la catégorie".into()))
}

/// How many others say what is usual.
const AUTRES: usize = 3;
