//! `cpom reprendre`: takes the values edited in a Word file back into the contract, and lists what it cannot hold.

use super::arguments::Reprendre;
use super::ecran;
use super::issue::Issue;
use super::usage::ErreurUsage;
use crate::dossier::{self, Erreur};
use crate::echanges::word::{Commentaire, Ecart, GenreObjet, Reprise, Sens, Suivi, reprendre};
use crate::formats::compte;

use serde_json::Value;

pub fn executer(options: &Reprendre) -> Result<Issue, Erreur> {
    let nom = options.fichier.display().to_string();
    let octets = dossier::lire_dossier(&options.fichier)?;
    let ouverture = dossier::ouvrir(&options.contrat)?;
    if ouverture.contrat.is_none() {
        ecran::remarques(&ouverture.remarques);
        ecran::note("contrat refusé ; rien n'a été repris.");
        return Ok(Issue::Refuse);
    }
    let suivi = if options.original { Suivi::Original } else { Suivi::Accepte };
    let reprise = reprendre(&nom, &octets, &ouverture, &options.impression.choix(), suivi)?;
    if options.format == "json" {
        ecran::json(&serde_json::to_string_pretty(&reprise).map_err(|e| Erreur::Interne(e.to_string()))?);
    } else {
        dire(&reprise);
    }
    if options.ecrire && !reprise.changements.is_empty() {
        let (Some(texte), [fichier]) = (&reprise.texte, options.contrat.as_slice()) else {
            return Err(ErreurUsage::PlusieursFichiers.into());
        };
        let lu = ouverture.lecture.fichiers.first().map(|lu| lu.octets.as_slice()).unwrap_or_default();
        dossier::reecrire(fichier, lu, texte.as_bytes())?;
        ecran::note(&format!("écrit : {}", fichier.display()));
    }
    Ok(if reprise.ecarts.is_empty() { Issue::Fait } else { Issue::Refuse })
}

fn dire(reprise: &Reprise) {
    ecran::ligne(&format!("Contrat {} : {} reconnus.", reprise.reference, compte(reprise.champs, "champ")));
    match reprise.changements.as_slice() {
        [] => ecran::ligne(&rien_de_change(reprise)),
        changements => ecran::ligne(&format!("{} :", changees(changements.len()))),
    }
    for changement in &reprise.changements {
        let ou = changement.position.as_ref().map(|p| format!(" ({p})")).unwrap_or_default();
        let (avant, apres) = (court(&changement.avant), court(&changement.apres));
        ecran::ligne(&format!("  {} : {avant} → {apres}", changement.pointeur));
        ecran::ligne(&format!("    {}{ou}", changement.titre));
    }
    if !reprise.ecarts.is_empty() {
        ecran::ligne(&format!("À traiter à la main, {} :", compte(reprise.ecarts.len(), "point")));
    }
    reprise.ecarts.iter().for_each(ecart);
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
}

/// « Aucune valeur n'a changé. » is said alone when nothing at all differs.
fn rien_de_change(reprise: &Reprise) -> String {
    let reste: Vec<String> =
        [(reprise.ecarts.len(), "point", " à traiter à la main"), (reprise.commentaires.len(), "commentaire", "")]
            .iter()
            .filter(|(nombre, _, _)| *nombre > 0)
            .map(|(nombre, mot, suite)| format!("{}{suite}", compte(*nombre, mot)))
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

fn place(clause: &str) -> &str {
    if clause.is_empty() { "début du document" } else { clause }
}

fn abrege(texte: &str) -> String {
    if texte.chars().count() > 80 { texte.chars().take(77).chain("…".chars()).collect() } else { texte.to_owned() }
}

/// « image », and whether the word is feminine.
fn nom_d_objet(sorte: GenreObjet) -> (&'static str, bool) {
    match sorte {
        GenreObjet::NoteDeBasDePage => ("note de bas de page", true),
        GenreObjet::NoteDeFin => ("note de fin", true),
        GenreObjet::ZoneDeTexte => ("zone de texte", true),
        GenreObjet::Image => ("image", true),
        GenreObjet::Dessin => ("dessin", false),
        GenreObjet::Graphique => ("graphique", false),
        GenreObjet::Diagramme => ("diagramme", false),
        GenreObjet::Encre => ("annotation à l'encre", true),
        GenreObjet::ObjetIncorpore => ("objet incorporé", false),
        GenreObjet::DocumentInsere => ("document inséré", false),
        GenreObjet::Lien => ("lien", false),
        GenreObjet::TexteBarre => ("texte barré", false),
        GenreObjet::TexteMasque => ("texte masqué", false),
        GenreObjet::MiseEnFormeSuivie => ("mise en forme en modification suivie", true),
        GenreObjet::Symbole => ("symbole que cpom ne lit pas", false),
        GenreObjet::ChampWord => ("champ calculé par Word, que cpom ne lit pas", false),
        GenreObjet::Sommaire => ("ligne du sommaire", true),
        GenreObjet::Autre => ("élément que cpom ne lit pas", false),
    }
}

/// « ajoutée », « retiré ».
fn participe(sens: Sens, feminin: bool) -> &'static str {
    match (sens, feminin) {
        (Sens::Ajoute, false) => "ajouté",
        (Sens::Ajoute, true) => "ajoutée",
        (Sens::Retire, false) => "retiré",
        (Sens::Retire, true) => "retirée",
    }
}

fn changees(nombre: usize) -> String {
    if nombre > 1 { format!("{nombre} valeurs changées") } else { "1 valeur changée".into() }
}

fn ecart(ecart: &Ecart) {
    let a_faire = match ecart {
        Ecart::ChampAbsent { pointeur, titre } => {
            ecran::ligne(&format!("  champ effacé : {titre} ({pointeur})"));
            "la valeur du contrat est gardée ; retirez-la du contrat si c'est voulu."
        }
        Ecart::ChampDouble { pointeur, titre, textes } => {
            let textes = textes.join(" / ");
            ecran::ligne(&format!("  champ en plusieurs exemplaires : {titre} ({pointeur}) : {textes}"));
            "choisissez, et corrigez le contrat."
        }
        Ecart::ChampVide { pointeur, titre } => {
            ecran::ligne(&format!("  champ vidé : {titre} ({pointeur})"));
            "la valeur du contrat est gardée ; retirez-la du contrat si c'est voulu."
        }
        Ecart::ChampDeplace { pointeur, titre } => {
            ecran::ligne(&format!("  champ déplacé : {titre} ({pointeur})"));
            "sa valeur est lue, mais il s'imprimera à la place que lui donne le modèle."
        }
        Ecart::Tableau { clause, avant, apres } => {
            let clause = place(clause);
            ecran::ligne(&match (avant.is_empty(), apres.is_empty()) {
                (true, _) => format!("  tableau ajouté ({clause}) : {apres}"),
                (_, true) => format!("  tableau retiré ({clause}) : {avant}"),
                _ => format!("  tableau changé ({clause}) : {avant} → {apres}"),
            });
            "les lignes d'un tableau viennent du contrat ; ajoutez-y ou retirez-en l'élément."
        }
        Ecart::Objet { sorte, sens, clause, texte } => {
            let (nom, feminin) = nom_d_objet(*sorte);
            let texte = if texte.is_empty() { String::new() } else { format!(" : {texte}") };
            ecran::ligne(&format!("  {nom} {} ({}){texte}", participe(*sens, feminin), place(clause)));
            "le contrat ne peut pas le tenir ; reportez à la main ce qui doit l'être."
        }
        Ecart::EnTete { sens, texte } => {
            ecran::ligne(&format!("  en-tête ou pied de page, {} : {texte}", participe(*sens, false)));
            "les en-têtes viennent du modèle et du gabarit."
        }
        Ecart::ValeurRefusee { pointeur, titre, texte, motif } => {
            ecran::ligne(&format!("  valeur refusée : {titre} ({pointeur}) : {texte}"));
            ecran::ligne(&format!("    {motif}"));
            "corrigez la valeur dans le document ou dans le contrat."
        }
        Ecart::HorsChamp { clause, avant, apres } => {
            let clause = place(clause);
            match (avant.is_empty(), apres.is_empty()) {
                (true, _) => ecran::ligne(&format!("  texte ajouté hors champ ({clause}) : {apres}")),
                (_, true) => ecran::ligne(&format!("  texte supprimé hors champ ({clause}) : {avant}")),
                _ => {
                    ecran::ligne(&format!("  texte changé hors champ ({clause})"));
                    ecran::ligne(&format!("    avant : {avant}"));
                    ecran::ligne(&format!("    après : {apres}"));
                }
            }
            "aucune valeur ne peut le tenir ; au besoin, une clause particulière (« clauses_particulieres »)."
        }
    };
    ecran::ligne(&format!("    À faire : {a_faire}"));
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
