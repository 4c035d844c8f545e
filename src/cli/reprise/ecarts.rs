//! What a file brings and the contract cannot hold → a line and what to do.

use crate::cli::ecran;
use crate::echanges::reprise::{Ecart, GenreObjet, Sens};

pub(super) fn dire(ecart: &Ecart) {
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
        Ecart::LigneAjoutee { clause, cellules } => {
            ecran::ligne(&format!("  ligne ajoutée à un tableau ({}) : {}", place(clause), cellules.join(" | ")));
            "les lignes de ce tableau ne sont pas celles d'une liste du contrat : reportez à la main ce qui doit l'être."
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
        Ecart::ValeurRefusee { pointeur, titre, texte, motif, lieu } => {
            let lieu = lieu.as_ref().map(|lieu| format!("{lieu} ; ")).unwrap_or_default();
            ecran::ligne(&format!("  valeur refusée : {titre} ({lieu}{pointeur}) : {texte}"));
            ecran::ligne(&format!("    {motif}"));
            "corrigez la valeur dans le fichier lu ou dans le contrat."
        }
        Ecart::NonRepris { lieu, texte, motif, a_faire } => {
            ecran::ligne(&format!("  non repris ({lieu}) : {texte}"));
            ecran::ligne(&format!("    {motif}"));
            a_faire
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

pub(super) fn place(clause: &str) -> &str {
    if clause.is_empty() { "début du document" } else { clause }
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
