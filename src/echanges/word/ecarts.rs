//! What a reader changed in a Word file and that no value of the contract holds.

use super::contenu::GenreObjet;
use schemars::JsonSchema;
use serde::Serialize;

/// What cannot be taken back into the data.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(tag = "nature", rename_all = "snake_case")]
#[schemars(description = "Ce qui ne peut pas être repris.")]
pub enum Ecart {
    #[schemars(description = "Un champ a disparu du document.")]
    ChampAbsent { pointeur: String, titre: String },
    #[schemars(description = "Un champ a été vidé : la valeur du contrat est gardée.")]
    ChampVide { pointeur: String, titre: String },
    #[schemars(
        description = "Un champ n'est plus à sa place dans le document : sa valeur est lue, la place est celle du modèle."
    )]
    ChampDeplace { pointeur: String, titre: String },
    #[schemars(
        description = "Un champ est en plusieurs exemplaires ; sa valeur n'est lue que s'ils disent tous la même chose."
    )]
    ChampDouble { pointeur: String, titre: String, textes: Vec<String> },
    #[schemars(description = "Les mots d'un champ ne sont pas de la sorte attendue.")]
    ValeurRefusee { pointeur: String, titre: String, texte: String, motif: String },
    #[schemars(
        description = "Des mots ont changé hors de tout champ : la donnée ne peut pas les tenir, sinon dans une clause particulière."
    )]
    HorsChamp { clause: String, avant: String, apres: String },
    #[schemars(
        description = "Un tableau n'a plus les mêmes lignes ou les mêmes cellules ; vide d'un côté s'il est ajouté ou retiré."
    )]
    Tableau { clause: String, avant: String, apres: String },
    #[schemars(
        description = "Un élément qui n'est ni du texte courant ni un champ (note, image, zone de texte, lien, texte barré…) est ajouté ou retiré."
    )]
    Objet { sorte: GenreObjet, sens: Sens, clause: String, texte: String },
    #[schemars(description = "Un en-tête ou un pied de page a changé.")]
    EnTete { sens: Sens, texte: String },
}

/// Whether something came or went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "Ajouté dans le document, ou retiré.")]
pub enum Sens {
    Ajoute,
    Retire,
}
