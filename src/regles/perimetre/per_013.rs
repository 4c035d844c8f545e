//! PER-013: a count written in prose is the one that the data give.

use super::reel::{Reel, Totaux};
use crate::contrat::perimetre::Etablissement;
use crate::regles::context::{Context, Element, nom};
use crate::regles::findings::Findings;
use crate::regles::prose::{Decompte, Dit, Objet, TEXTES, Texte, decomptes, textes};
use crate::regles::rule::{Famille, Limite, Rule, Seuil, Vigueur};
use crate::regles::textes::COHERENCE;
use crate::remarque::Severite;
use std::cell::OnceCell;
use std::collections::BTreeSet;

pub static RULE: Rule = Rule {
    code: "PER-013",
    famille: Famille::Perimetre,
    severite: Severite::Alerte,
    titre: "Un nombre écrit dans un texte est celui que donnent les données",
    pourquoi: "« Le contrat porte sur huit établissements et services » quand la liste en compte sept : le juge retiendra le texte ou la liste, nul ne sait lequel. La règle lit les textes libres du contrat : un nombre, en chiffres ou en lettres, suivi de places, d'établissements et services, d'une catégorie (« deux SESSAD », « quatre foyers de vie »), de fiches, d'objectifs, d'axes ou de jeunes adultes maintenus. Elle ne retient que ce qui est dit d'un tout : du contrat, du gestionnaire, d'un établissement nommé. Elle s'abstient devant un décompte partiel (« dont », « parmi », « du pôle », « de semi-internat »), un état passé ou à venir (« ramenés de 30 à 22 », « en 2018 », « d'ici 2030 »), une borne (« au moins ») et ce qu'une association gère en dehors du contrat. C'est une lecture simple : elle alerte.",
    remede: "corrigez le texte ou les données, ou laissez cpom imprimer le nombre.",
    references: &[&COHERENCE],
    limites: &[Limite {
        nom: "approximation",
        valeur: Seuil::Fixe(10.0),
        unite: "%",
        libelle: "écart admis quand le texte dit « environ » ou « près de » (usage)",
    }],
    sur_demande: false,
    vigueur: Vigueur::Toujours,
    derogeable: true,
    lit: &TEXTES,
    consequences: &[],
    check,
};

/// What the data give: the numbers that a text may rightly write, and the exact one as a message says it.
struct Attendu {
    nombres: Vec<usize>,
    /// « le contrat compte 8 établissements et services ».
    dit: String,
}

fn check(contexte: &Context<'_>, findings: &mut Findings<'_>) {
    let premiere_annee = contexte.debut().map(|d| d.annee());
    let tolerance = findings.limite("approximation").unwrap_or_default() / 100.0;
    let reel = OnceCell::new();
    for texte in textes(contexte.donnees) {
        for lu in decomptes(texte.texte, premiere_annee) {
            let reel = reel.get_or_init(|| Reel::du_contrat(contexte));
            let Some(attendu) = attendu(contexte, reel, &texte, &lu) else { continue };
            let ecart = |n: &usize| if lu.approche { *n as f64 * tolerance } else { 0.0 };
            if !attendu.nombres.iter().any(|n| lu.nombre.abs_diff(*n) as f64 <= ecart(n)) {
                let message = format!("Le texte dit « {} » ; {}.", lu.mots, attendu.dit);
                findings.signaler(texte.pointeur.clone(), message);
            }
        }
    }
}

/// The whole that a count is said of.
enum Tout<'a> {
    Contrat,
    /// The plan of actions alone.
    Plan,
    Gestionnaire(Option<&'a str>),
    Etablissement(Element<'a, Etablissement>),
}

/// The whole that a text speaks of; none when it is not clear.
fn tout<'a>(reel: &Reel<'a>, texte: &Texte<'a>, dit: &Dit) -> Option<Tout<'a>> {
    let ici = || texte.etablissement.and_then(|id| reel.etablissement(id)).map(Tout::Etablissement);
    let de_qui_parle = || match (texte.etablissement, texte.gestionnaire) {
        (Some(_), _) => ici(),
        (None, Some(id)) => Some(Tout::Gestionnaire(Some(id))),
        (None, None) => None,
    };
    match dit {
        Dit::DuContrat => Some(Tout::Contrat),
        Dit::DuProgramme => Some(Tout::Plan),
        Dit::DeLOrganisme => Some(Tout::Gestionnaire(texte.gestionnaire)),
        Dit::DeLEtablissement(nomme) => reel.nomme(nomme, texte.etablissement).map(Tout::Etablissement),
        Dit::DeQuiParle => de_qui_parle(),
        Dit::EnTout => de_qui_parle().or(texte.presente.then_some(Tout::Contrat)),
        Dit::SansPlus => (texte.presente && texte.gestionnaire.is_none()).then_some(Tout::Plan),
        Dit::Maintenus => Some(Tout::Contrat),
    }
}

/// What the data give for a count; none when they do not say, or when the text may speak of something else.
fn attendu<'a>(contexte: &Context<'a>, reel: &Reel<'a>, texte: &Texte<'a>, lu: &Decompte<'_>) -> Option<Attendu> {
    let tout = tout(reel, texte, &lu.dit)?;
    let contrat = contexte.contrat;
    match (lu.objet, tout) {
        (Objet::JeunesAdultes, _) => maintenus(contexte, reel, texte, lu.nombre),
        (Objet::Fiches, Tout::Contrat | Tout::Plan) => {
            let liste = contrat.fiches_actions.valeur().filter(|_| lu.nombre > 1)?;
            du_plan(liste.len(), &[], "fiches actions")
        }
        (_, Tout::Plan) if lu.dit == Dit::SansPlus => None,
        (Objet::Objectifs, Tout::Contrat | Tout::Plan) => {
            let fiches = contrat.fiches_actions.elements().len();
            du_plan(contrat.objectifs.elements().len(), &[fiches, generaux(contexte)], "objectifs")
        }
        (Objet::Axes, Tout::Contrat | Tout::Plan) => {
            du_plan(contrat.axes.elements().len(), &[generaux(contexte)], "axes")
        }
        (Objet::Places, Tout::Etablissement(e)) => {
            let nombres = reel.places_de(&e)?;
            let dit = format!("« {} » en compte {} dans ses capacités", nom(e.valeur), nombres.first()?);
            Some(Attendu { nombres, dit })
        }
        (_, Tout::Contrat) => {
            let (mut nombres, quoi) = du_perimetre(reel, &reel.contrat, lu.objet)?;
            // One contract for each managing body: a text may count its own.
            let leurs = reel.des_gestionnaires().filter_map(|t| du_perimetre(reel, t, lu.objet)).flat_map(|(n, _)| n);
            nombres.extend(leurs);
            nombres.extend(declares(contexte, lu.objet));
            let dit = en_compte(*nombres.first()?, &quoi);
            Some(Attendu { nombres, dit })
        }
        (_, Tout::Gestionnaire(id)) => {
            let totaux = id.map_or(Some(&reel.contrat), |id| reel.gestionnaire(id))?;
            let (mut nombres, quoi) = du_perimetre(reel, totaux, lu.objet)?;
            let dit = en_compte(*nombres.first()?, &quoi);
            if id.is_none() {
                let leurs = reel.des_gestionnaires().filter_map(|t| du_perimetre(reel, t, lu.objet));
                nombres.extend(leurs.flat_map(|(n, _)| n));
            }
            // What it has outside of the contract is known when the list says what is excluded.
            let ailleurs = totaux.tous == totaux.inclus && nombres.iter().all(|n| lu.nombre > *n);
            (!ailleurs).then_some(Attendu { nombres, dit })
        }
        _ => None,
    }
}

/// « le contrat compte 8 établissements et services »; of a kind that the text has just named, « le contrat en compte 2 ».
fn en_compte(nombre: usize, quoi: &str) -> String {
    match (nombre, quoi) {
        (0, "") => "le contrat n'en compte pas".into(),
        (_, "") => format!("le contrat en compte {nombre}"),
        _ => format!("le contrat compte {nombre} {quoi}"),
    }
}

/// Numbers of the perimeter that a text may rightly give, and what they count.
fn du_perimetre(reel: &Reel<'_>, totaux: &Totaux, objet: Objet) -> Option<(Vec<usize>, String)> {
    if totaux.inclus == 0 {
        return None;
    }
    match objet {
        Objet::Places => Some((totaux.places()?, "places".into())),
        Objet::Structures => Some((totaux.structures(), "établissements et services".into())),
        Objet::Etablissements => Some((totaux.etablissements(), "établissements et services".into())),
        Objet::Services => Some((totaux.services(), "services".into())),
        Objet::Sorte(sorte) => Some((reel.de_sorte(sorte)?, String::new())),
        _ => None,
    }
}

/// Totals that the file declares: another rule compares them.
fn declares(contexte: &Context<'_>, objet: Objet) -> Option<usize> {
    let perimetre = contexte.contrat.perimetre.valeur()?;
    let champ = match objet {
        Objet::Places => &perimetre.total_declare,
        Objet::Structures => &perimetre.nombre_declare,
        _ => return None,
    };
    champ.valeur().map(|n| n.0 as usize)
}

fn du_plan(nombre: usize, autres: &[usize], quoi: &str) -> Option<Attendu> {
    let nombres: Vec<usize> = [nombre].iter().chain(autres).copied().filter(|n| *n > 0).collect();
    (nombre > 0).then(|| Attendu { nombres, dit: format!("le contrat compte {nombre} {quoi}") })
}

/// How many general objectives of the model the objectives answer to.
fn generaux(contexte: &Context<'_>) -> usize {
    let generaux: BTreeSet<&str> =
        contexte.objectifs().filter_map(|o| o.valeur.general.valeur().map(|id| id.as_str())).collect();
    generaux.len()
}

/// Young adults that the diagnosis counts; a text may count those of one establishment.
fn maintenus(contexte: &Context<'_>, reel: &Reel<'_>, texte: &Texte<'_>, lu: usize) -> Option<Attendu> {
    let creton = contexte.contrat.diagnostic.valeur()?.creton.valeur()?;
    let total = creton.nombre.valeur()?.0 as usize;
    let parts: Option<Vec<usize>> =
        creton.par_etablissement.elements().iter().map(|p| p.nombre.valeur().map(|n| n.0 as usize)).collect();
    let parts = parts.unwrap_or_default();
    let reparti = !parts.is_empty() && parts.iter().sum::<usize>() == total;
    // A part of them, when nothing says how they are shared out.
    if lu < total && !reparti && (reel.pour_enfants() != 1 || texte.etablissement.is_some()) {
        return None;
    }
    let nombres = [vec![total], parts].concat();
    Some(Attendu { nombres, dit: format!("le diagnostic compte {}", en_nombre(total)) })
}

fn en_nombre(total: usize) -> String {
    let s = if total > 1 { "s" } else { "" };
    format!("{total} jeune{s} adulte{s} maintenu{s}")
}
