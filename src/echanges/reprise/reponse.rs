//! What a file that comes back brings, as people and machines read it.

use crate::remarque::{Position, Remarque};
use crate::schema::generation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a file that comes back brings.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(
    title = "Reprise d'un fichier",
    description = "La réponse de « cpom reprendre --format json » et des autres commandes qui lisent un fichier pour un contrat : ce qu'il apporte."
)]
pub struct Reprise {
    #[schemars(description = "Référence du contrat.")]
    pub reference: String,
    #[schemars(description = "Nombre de valeurs du contrat reconnues dans le fichier.")]
    pub champs: usize,
    #[schemars(description = "Les valeurs changées, que le contrat peut tenir.")]
    pub changements: Vec<Changement>,
    #[schemars(
        description = "Les lignes ajoutées à un tableau du contrat, ou retirées, sous la forme des éléments qu'elles feraient."
    )]
    pub elements: Vec<ElementDeListe>,
    #[schemars(
        description = "Les numéros de ce qui est repris : ce que le choix demande ou, sans choix, toutes les valeurs et tous les éléments à ajouter que rien ne laisse en doute."
    )]
    pub pris: Vec<usize>,
    #[schemars(
        description = "Les remarques bloquantes et les alertes que le contrat n'a pas, et qu'il aurait avec ce qui est repris."
    )]
    pub remarques_nouvelles: Vec<RemarqueNouvelle>,
    #[schemars(description = "Les fichiers réécrits (« --ecrire »).")]
    pub fichiers_ecrits: Vec<String>,
    #[schemars(description = "Ce que le contrat ne peut pas tenir : rien n'en est perdu, rien n'en est repris.")]
    pub ecarts: Vec<Ecart>,
    #[schemars(
        description = "Le texte réécrit hors champ, article par article, sous la forme qu'attend « clauses_particulieres » ; à relire avant de l'y mettre."
    )]
    pub clauses_proposees: Vec<ClauseProposee>,
    #[schemars(description = "Les commentaires, avec leur place.")]
    pub commentaires: Vec<Commentaire>,
    #[schemars(description = "Ce qu'il faut savoir de la lecture : la date du fichier, ce qui n'y est pas lu.")]
    pub notes: Vec<String>,
}

/// The schema of this answer, as it is committed.
pub fn texte_du_schema() -> String {
    generation::en_texte(&generation::schema_de::<Reprise>())
}

/// A value that changed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(description = "Une valeur changée.")]
pub struct Changement {
    #[schemars(description = "Son numéro dans cette réponse, par lequel « --prendre » et « --sauf » le nomment.")]
    pub numero: usize,
    #[schemars(description = "Pointeur JSON dans le contrat.")]
    pub pointeur: String,
    #[schemars(description = "La place, en clair, de la partie du contrat à la valeur.")]
    pub place: Vec<String>,
    #[schemars(description = "Nom de la valeur.")]
    pub titre: String,
    pub position: Option<Position>,
    #[schemars(description = "La valeur du contrat ; null si elle manquait.")]
    pub avant: Value,
    #[schemars(description = "La valeur du fichier lu.")]
    pub apres: Value,
    #[schemars(description = "Où le fichier lu le dit, quand il a des lieux : « Budgets!F12 ».")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lieu: Option<String>,
}

/// A row that was added to a table of the contract, or removed: the element of its list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(description = "Un élément d'une liste du contrat, dont le document ajoute ou retire la ligne.")]
pub struct ElementDeListe {
    #[schemars(description = "Son numéro dans cette réponse, par lequel « --prendre » et « --sauf » le nomment.")]
    pub numero: usize,
    pub sens: Sens,
    #[schemars(description = "Pointeur JSON de la liste.")]
    pub liste: String,
    #[schemars(description = "Son rang dans la liste, à partir de 0 : celui qu'il a, ou qu'il aurait.")]
    pub rang: usize,
    #[schemars(description = "La place, en clair : celle de l'élément, ou de la liste où il s'ajoute.")]
    pub place: Vec<String>,
    #[schemars(description = "L'article, l'annexe ou la fiche où se trouve le tableau.")]
    pub clause: String,
    #[schemars(description = "Où il est écrit ; pour un ajout, l'élément qui le précède, ou la liste.")]
    pub position: Option<Position>,
    #[schemars(description = "L'élément, tel qu'il est dans le contrat ou tel que les cellules le disent.")]
    pub element: Value,
    #[schemars(description = "Ce qui manque ou laisse un doute : un élément à ajouter qui en a n'est pas écrit.")]
    pub a_preciser: Vec<String>,
    #[schemars(description = "Où le fichier lu le dit, quand il a des lieux : « Budgets!F12 ».")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lieu: Option<String>,
}

impl ElementDeListe {
    /// Whether it may be written as it is.
    pub fn est_sur(&self) -> bool {
        self.a_preciser.is_empty()
    }
}

/// A remark that the contract has not, and that it would have.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(description = "Une remarque que causerait ce qui est repris.")]
pub struct RemarqueNouvelle {
    #[serde(flatten)]
    pub remarque: Remarque,
    #[schemars(description = "La place, en clair, de l'élément en cause ; vide pour tout le contrat.")]
    pub place: Vec<String>,
    #[schemars(description = "Les numéros de ce qui la causerait à soi seul ; vide quand c'est l'ensemble.")]
    pub causes: Vec<usize>,
}

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
    ValeurRefusee {
        pointeur: String,
        titre: String,
        texte: String,
        motif: String,
        #[schemars(description = "Où le fichier lu le dit, quand il a des lieux.")]
        #[serde(skip_serializing_if = "Option::is_none")]
        lieu: Option<String>,
    },
    #[schemars(description = "Ce qui est lu sans pouvoir être repris, ou qui demande un choix.")]
    NonRepris {
        #[schemars(description = "Où le fichier lu le dit.")]
        lieu: String,
        texte: String,
        motif: String,
        a_faire: String,
    },
    #[schemars(
        description = "Des mots ont changé hors de tout champ : la donnée ne peut pas les tenir, sinon dans une clause particulière."
    )]
    HorsChamp { clause: String, avant: String, apres: String },
    #[schemars(
        description = "Un tableau n'a plus les mêmes lignes ou les mêmes cellules ; vide d'un côté s'il est ajouté ou retiré."
    )]
    Tableau { clause: String, avant: String, apres: String },
    #[schemars(
        description = "Une ligne ajoutée à un tableau dont les lignes ne sont pas celles d'une liste du contrat."
    )]
    LigneAjoutee { clause: String, cellules: Vec<String> },
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

/// A comment of a reviewer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(description = "Un commentaire.")]
pub struct Commentaire {
    pub auteur: String,
    pub texte: String,
    #[schemars(description = "Le passage commenté ; ses deux bouts quand il est long.")]
    pub passage: String,
    #[schemars(description = "L'article, l'annexe ou la fiche où il se trouve.")]
    pub clause: String,
    #[schemars(description = "S'il est marqué comme résolu.")]
    pub resolu: bool,
    #[schemars(description = "Le texte du commentaire auquel il répond.")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reponse_a: Option<String>,
}

/// An entry of « clauses_particulieres », ready to be read again and put there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(description = "Une clause particulière proposée.")]
pub struct ClauseProposee {
    #[schemars(description = "L'article du modèle.")]
    pub article: String,
    #[schemars(description = "« remplace » quand l'article entier est repris du document ; « apres » pour un ajout.")]
    pub place: &'static str,
    pub texte: String,
    pub motif: String,
}

/// What an object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(description = "La sorte d'un élément qui n'est pas du texte courant.")]
pub enum GenreObjet {
    NoteDeBasDePage,
    NoteDeFin,
    ZoneDeTexte,
    Image,
    Dessin,
    Graphique,
    Diagramme,
    Encre,
    ObjetIncorpore,
    DocumentInsere,
    Lien,
    TexteBarre,
    TexteMasque,
    MiseEnFormeSuivie,
    Symbole,
    ChampWord,
    Sommaire,
    /// What we do not know how to read.
    Autre,
}
