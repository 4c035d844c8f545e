//! What a file would change → its lines on the terminal: values, elements, what the contract would then be told.

use super::ecarts::{self, place};
use crate::cli::ecran;
use crate::cli::questions::Question;
use crate::echanges::reprise::{Changement, Commentaire, ElementDeListe, RemarqueNouvelle, Reprise, Sens};
use crate::formats::{compte, enumerer};
use crate::redaction::mettre_en_forme;
use crate::remarque::Severite;
use crate::schema::forme::{Nature, forme_du_contrat};
use serde_json::Value;

pub(super) fn dire(reprise: &Reprise) {
    ecran::ligne(&format!("Contrat {} : {} reconnus.", reprise.reference, compte(reprise.champs, "champ")));
    match reprise.changements.as_slice() {
        [] => ecran::ligne(&rien_de_change(reprise)),
        changements => ecran::ligne(&format!("{} :", changees(changements.len()))),
    }
    for changement in &reprise.changements {
        ecran::ligne(&format!("  {}. {}", changement.numero, changement_en_mots(changement)));
        let lieu = changement.lieu.as_ref().map(|lieu| format!("{lieu} ; ")).unwrap_or_default();
        let ou = changement.position.as_ref().map(|p| format!("{p} ")).unwrap_or_default();
        ecran::ligne(&format!("     {lieu}{ou}({})", changement.pointeur));
    }
    elements(reprise);
    if !reprise.ecarts.is_empty() {
        ecran::ligne(&format!("À traiter à la main, {} :", compte(reprise.ecarts.len(), "point")));
    }
    reprise.ecarts.iter().for_each(ecarts::dire);
    if let Ok(clauses) = serde_json::to_string_pretty(&reprise.clauses_proposees)
        && !reprise.clauses_proposees.is_empty()
    {
        ecran::ligne(
            "Ce texte, sous la forme d'une clause particulière (« clauses_particulieres »), à relire avant de l'ajouter au contrat :",
        );
        ecran::json(&clauses);
    }
    if !reprise.commentaires.is_empty() {
        ecran::ligne(&format!("{} :", compte(reprise.commentaires.len(), "commentaire")));
    }
    reprise.commentaires.iter().for_each(commentaire);
    reprise.notes.iter().for_each(|note| ecran::note(note));
}

/// « Parties › Gestionnaires › « A » › Adresse : « x » → « y » ».
fn changement_en_mots(changement: &Changement) -> String {
    let dire = |valeur: &Value| lisible(&changement.pointeur, valeur);
    format!("{} : {} → {}", changement.place.join(" › "), dire(&changement.avant), dire(&changement.apres))
}

/// The rows that came and went, as elements of the contract.
fn elements(reprise: &Reprise) {
    for (sens, un, plusieurs) in [
        (Sens::Ajoute, "1 ligne ajoutée à un tableau du contrat :", "lignes ajoutées à des tableaux du contrat :"),
        (Sens::Retire, "1 ligne retirée d'un tableau du contrat :", "lignes retirées de tableaux du contrat :"),
    ] {
        let siens: Vec<&ElementDeListe> = reprise.elements.iter().filter(|element| element.sens == sens).collect();
        match siens.len() {
            0 => continue,
            1 => ecran::ligne(un),
            n => ecran::ligne(&format!("{n} {plusieurs}")),
        }
        siens.into_iter().for_each(|e| element(e, reprise.pris.contains(&e.numero)));
    }
}

fn element(element: &ElementDeListe, pris: bool) {
    let ElementDeListe { numero, sens, place, clause, position, element: valeur, a_preciser, lieu, .. } = element;
    let ou = position.as_ref().map(|p| format!(" ; {p}")).unwrap_or_default();
    let clause = lieu.as_deref().unwrap_or_else(|| self::place(clause));
    ecran::ligne(&format!("  {numero}. {} ({clause}{ou})", place.join(" › ")));
    if *sens == Sens::Retire && pris {
        ecran::ligne("    « --ecrire » le retire du contrat.");
        return;
    }
    if *sens == Sens::Retire {
        ecran::ligne(&format!(
            "    À faire : l'élément reste dans le contrat ; pour l'en retirer, « --prendre {numero} --ecrire »."
        ));
        return;
    }
    if let Ok(json) = serde_json::to_string_pretty(valeur) {
        json.lines().for_each(|ligne| ecran::ligne(&format!("     {ligne}")));
    }
    for precision in a_preciser {
        ecran::ligne(&format!("    À préciser : {precision}."));
    }
    ecran::ligne(match a_preciser.as_slice() {
        [] => "    Rien n'y manque : « --ecrire » l'ajoute au contrat.",
        _ => "    À faire : complétez la ligne dans le fichier, ou ajoutez cet élément au contrat une fois complété.",
    });
}

/// What is asked of something that may be taken.
pub(super) fn en_question(reprise: &Reprise, numero: usize) -> Option<Question> {
    let valeur = reprise.changements.iter().find(|c| c.numero == numero);
    if let Some(changement) = valeur {
        return Some(Question { quoi: changement_en_mots(changement), demande: "Prendre cette valeur ?" });
    }
    let element = reprise.elements.iter().find(|e| e.numero == numero).filter(|e| e.est_sur())?;
    let place = element.place.join(" › ");
    let (quoi, demande) = match element.sens {
        Sens::Ajoute => (format!("{place} : {}", court(&element.element)), "Ajouter cet élément au contrat ?"),
        Sens::Retire => (place, "Retirer cet élément du contrat ?"),
    };
    Some(Question { quoi, demande })
}

/// What would be said of the contract.
pub(super) fn nouvelles(remarques: &[RemarqueNouvelle]) {
    let compter = |severite: Severite| remarques.iter().filter(|r| r.remarque.severite == severite).count();
    let mut comptes = Vec::new();
    match compter(Severite::Bloquante) {
        0 => {}
        1 => comptes.push("1 remarque bloquante nouvelle".to_owned()),
        n => comptes.push(format!("{n} remarques bloquantes nouvelles")),
    }
    match compter(Severite::Alerte) {
        0 => {}
        1 => comptes.push("1 alerte nouvelle".to_owned()),
        n => comptes.push(format!("{n} alertes nouvelles")),
    }
    if comptes.is_empty() {
        return;
    }
    ecran::ligne(&format!("Avec ce qui est repris, le contrat aurait {} :", enumerer(&comptes)));
    for RemarqueNouvelle { remarque, place, causes } in remarques {
        ecran::ligne(&format!("  {} {} {}", remarque.severite, remarque.code, remarque.message));
        let causes: Vec<String> = causes.iter().map(|numero| format!("n° {numero}")).collect();
        let mut ou = vec![];
        if !place.is_empty() {
            ou.push(format!("Place : {}", place.join(" › ")));
        }
        if !causes.is_empty() {
            ou.push(format!("cause : {}", enumerer(&causes)));
        }
        if !ou.is_empty() {
            ecran::ligne(&format!("    {}", ou.join(" ; ")));
        }
        if !remarque.remede.is_empty() {
            ecran::ligne(&format!("    À faire : {}", remarque.remede));
        }
    }
}

/// « Aucune valeur n'a changé. » is said alone when nothing at all differs.
fn rien_de_change(reprise: &Reprise) -> String {
    let reste: Vec<String> = [
        (reprise.elements.len(), "ligne", " ajoutées ou retirées"),
        (reprise.ecarts.len(), "point", " à traiter à la main"),
        (reprise.commentaires.len(), "commentaire", ""),
    ]
    .iter()
    .filter(|(nombre, _, _)| *nombre > 0)
    .map(|(nombre, mot, suite)| match (*nombre, *mot) {
        (1, "ligne") => "1 ligne ajoutée ou retirée".to_owned(),
        (nombre, mot) => format!("{}{suite}", compte(nombre, mot)),
    })
    .collect();
    match reste.as_slice() {
        [] => "Aucune valeur n'a changé.".into(),
        reste => format!("Aucune valeur de champ n'a changé ; {}.", reste.join(", ")),
    }
}

fn commentaire(commentaire: &Commentaire) {
    let Commentaire { auteur, texte, passage, clause, resolu, reponse_a } = commentaire;
    let passage = if passage.is_empty() { String::new() } else { format!(", « {passage} »") };
    let resolu = if *resolu { " (résolu)" } else { "" };
    let reponse = reponse_a.as_ref().map(|a| format!(" (en réponse à « {} »)", abrege(a))).unwrap_or_default();
    ecran::ligne(&format!("  {}{passage} – {auteur}{reponse}{resolu} : {texte}", place(clause)));
}

fn abrege(texte: &str) -> String {
    if texte.chars().count() > 80 { texte.chars().take(77).chain("…".chars()).collect() } else { texte.to_owned() }
}

fn changees(nombre: usize) -> String {
    if nombre > 1 { format!("{nombre} valeurs changées") } else { "1 valeur changée".into() }
}

/// A value of the contract as people read it: as it is printed, a text between quotes.
fn lisible(pointeur: &str, valeur: &Value) -> String {
    let forme = forme_du_contrat().a(pointeur);
    match forme.filter(|forme| !matches!(forme.nature, Nature::Texte | Nature::Prose | Nature::Libre | Nature::Taux(_)))
    {
        Some(forme) if !valeur.is_null() => mettre_en_forme(&forme, valeur),
        _ => court(valeur),
    }
}

fn court(valeur: &Value) -> String {
    let texte = match valeur {
        Value::Null => return "(absente)".into(),
        // A value stands on one line: its paragraphs are parted by their mark.
        Value::String(texte) => format!("« {} »", texte.replace("\n\n", " ¶ ").replace('\n', " ¶ ")),
        autre => autre.to_string(),
    };
    if texte.chars().count() > 160 { texte.chars().take(157).chain("…".chars()).collect() } else { texte }
}
