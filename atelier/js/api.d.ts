// What the server says and takes, as types: made from those of Rust (`src/atelier/types.rs`), not by hand; nothing here runs.
// When they change: CPOM_ECRIRE_TYPES=1 cargo test --release --lib atelier::types

/** What is beside the contracts and is none. */
export interface APart {
  fichier: string;
  message: string;
  a_faire: string;
}

/** The home. */
export interface Accueil {
  dossier: string;
  contrats: LigneDAccueil[];
  a_part: APart[];
}

/** Ce qu'une révision ajoute, comme toute signature peut le faire. */
export type Ajout =
  /** Une signature dans un champ. */
  | { genre: "signature"; champ: string }
  /** L'horodatage du document. */
  | { genre: "horodatage"; champ: string }
  /** Un champ de signature de plus. */
  | { genre: "champ"; champ: string }
  /** Des preuves de validation (DSS). */
  | { genre: "preuves" }
  /** La description du document. */
  | { genre: "metadonnees" }
  /** Les informations du fichier. */
  | { genre: "informations" };

/** A single value as it stands in the contract. */
export type Brut = string | number | boolean;

/** A field. */
export interface Champ {
  cle: string;
  titre: string;
  aide?: string;
  exemple?: string;
  genre: GenreDeChamp;
  unite?: string;
  requis?: boolean;
  sans_objet?: boolean;
  rare?: boolean;
  detenteur?: Detenteur;
  /** Values with their labels. */
  choix?: [string, string][];
  /** The nomenclature of a code. */
  table?: string;
  /** What a reference names. */
  vers?: string;
  /** Fields of an object, or of each element of a list. */
  champs?: Champ[];
  /** What a list of single values, or a table by year, is made of. */
  element?: Champ;
  /** The name of one element of a list. */
  singulier?: string;
  /** The key that names an element of a list, when it has one. */
  nomme?: string;
}

/** Une valeur changée. */
export interface Changement {
  /** Son numéro dans cette réponse, par lequel « --prendre » et « --sauf » le nomment. */
  numero: number;
  /** Pointeur JSON dans le contrat. */
  pointeur: string;
  /** La place, en clair, de la partie du contrat à la valeur. */
  place: string[];
  /** Nom de la valeur. */
  titre: string;
  position: Position | null;
  /** La valeur du contrat ; null si elle manquait. */
  avant: unknown;
  /** La valeur du fichier lu. */
  apres: unknown;
  /** Où le fichier lu le dit, quand il a des lieux : « Budgets!F12 ». */
  lieu?: string;
}

/** Ce qui est arrivé à un fichier joint. */
export type ChangementDeJoint =
  | "absent"
  | "modifie"
  | "ajoute"
  /** Deux fichiers portent ce nom. */
  | "double"
  /** Il a deux contenus : les lecteurs de PDF ne donnent pas tous le même. */
  | "ambigu";

/** Une clause particulière proposée. */
export interface ClauseProposee {
  /** L'article du modèle. */
  article: string;
  /** « remplace » quand l'article entier est repris du document ; « apres » pour un ajout. */
  place: string;
  texte: string;
  motif: string;
}

/** A column. */
export interface Colonne {
  titre: string;
  groupe?: string;
  genre: GenreDeChamp;
  /** What it is, where the title alone may not say it. */
  aide?: string;
  unite?: string;
  /** The columns that this one sums; it is not typed. */
  somme?: number[];
  /** The column of the total that the contract declares, to be compared with this one. */
  declare?: number;
  choix?: [string, string][];
  table?: string;
}

/** Un commentaire. */
export interface Commentaire {
  auteur: string;
  texte: string;
  /** Le passage commenté ; ses deux bouts quand il est long. */
  passage: string;
  /** L'article, l'annexe ou la fiche où il se trouve. */
  clause: string;
  /** S'il est marqué comme résolu. */
  resolu: boolean;
  /** Le texte du commentaire auquel il répond. */
  reponse_a?: string;
}

/** A value that changed since the page saw it. */
export interface Conflit {
  chemin: string;
  lieu: string;
  /** What the page asks. */
  votre: string | null;
  /** What the contract says now. */
  actuel: string | null;
  /** What the page had seen. */
  vu: string | null;
}

/** A contract that was just written. */
export interface ContratNe {
  id: string;
}

/** A printed PDF that is a contract of the folder again. */
export interface ContratRouvert {
  id: string;
  /** What of the PDF is not the contract that was printed. */
  reserves: string[];
}

/** La réponse de « cpom controler --format json » : ce qu'est un dossier, et ce qu'il est devenu. */
export interface Controle {
  /** Le fichier, tel que donné. */
  fichier: string;
  /** Ce qu'il faut en retenir. */
  verdict: Verdict;
  /** true si le verdict est « conforme ». */
  conforme: boolean;
  /** Tout ce qui ne va pas, en mots ; vide si rien ne va mal. */
  fautes: string[];
  /** Ce qui n'a pas pu être vérifié ici, et avec quoi le vérifier. */
  reserves: string[];
  /** Ce qui est à savoir et n'est pas une faute. */
  notes: string[];
  /** Référence du contrat. */
  reference: string;
  /** « projet » ou « definitif ». */
  etat: string;
  /** Version de cpom qui a imprimé le dossier. */
  cpom: string;
  /** Modèle régional appliqué. */
  modele: ModeleImprime;
  /** Gestionnaire du dossier, quand chacun a le sien. */
  gestionnaire?: string;
  /** Les fichiers joints qui ne sont pas ceux que le dossier annonce. */
  joints_changes: JointChange[];
  /** Nombre de fichiers joints. */
  joints: number;
  /** Ce que donne l'impression des données jointes. */
  reimpression: Reimpression;
  /** Les champs de signature du fichier, dans son ordre. */
  signatures: SignatureLue[];
  /** Nombre de champs de signature imprimés. */
  champs: number;
  /** Champs imprimés qui ont disparu. */
  champs_disparus: string[];
  /** Champs de signature ajoutés depuis l'impression. */
  champs_ajoutes: string[];
  /** Ce qui a été ajouté au fichier depuis l'impression, dans l'ordre. */
  revisions: Revision[];
}

/** What changed since the state before. */
export interface Delta {
  n: number;
  /** The page that asked. */
  client: string;
  nom: string;
  valeurs: Record<string, Feuille | null>;
  listes: Record<string, Ligne[] | null>;
  notes: Record<string, string | null>;
  remarques: EcartDeRemarqueVue;
  au_definitif: EcartDeRemarqueVue;
  manques: EcartDeManqueVue;
  annuler: Nomme | null;
  retablir: Nomme | null;
  /** When it changed. */
  entete?: Entete;
  fichiers: EtatDeFichier[];
  /** Path of the new element. */
  cree?: string;
  /** Whether the request had been done before: the page reads the whole state again. */
  deja?: boolean;
  /** Words that were not read, and were left aside. */
  ecartes?: Illisible[];
}

/** Operations that are done together or not at all, as one line of the history. */
export interface Demande {
  /** The page that asks; the others are told. */
  client?: string;
  /** The number that the page gives to its request: one that was done and whose answer was lost is not done twice. */
  numero?: number | null;
  /** What the history calls it; composed when it is not given. */
  nom?: string | null;
  /** What is not read is left aside and told, instead of refusing the whole: a pasted block. */
  souple?: boolean;
  ops: Op[];
}

/** What is asked to be printed. */
export interface DemandeDImpression {
  /** `pdf`, `docx`, `texte`; several: one archive. */
  format?: string;
  /** `projet` or `definitif`; what the contract says when it is not given. */
  etat?: string;
  /** The date of signature, `AAAA-MM-JJ`. */
  date?: string;
  /** `equipes`, or the identifier of an establishment: a document drawn from the contract. */
  pour?: string;
  /** One file for each part of the dossier. */
  decoupe?: boolean;
  /** A place for the initials on each page. */
  paraphes?: boolean;
}

/** The state that a contract is in is to have a name. */
export interface DemandeDeJalon {
  nom?: string;
}

/** What a new contract can be made from. */
export interface Depart {
  modeles: ModeleOffert[];
  regions: [string, string][];
  departements: DepartementOffert[];
  annee: number;
}

/** A département, as it is offered. */
export interface DepartementOffert {
  code: string;
  libelle: string;
  /** Code of its region. */
  region: string;
}

/** Qui tient la valeur. */
export type Detenteur = "autorite" | "gestionnaire" | "les_deux";

/** Une différence. */
export interface DifferenceVue {
  /** La place, en clair, de la partie du contrat à la valeur. */
  place: string[];
  /** L'article, l'annexe ou la fiche où la valeur s'imprime ; absent quand elle ne s'imprime pas telle quelle. */
  article?: string;
  /** Pointeur JSON dans la première version. */
  pointeur_avant?: string;
  /** Pointeur JSON dans la seconde version. */
  pointeur_apres?: string;
  /** La valeur d'avant, telle qu'elle s'imprime ; absente si la place est nouvelle. */
  avant?: string;
  /** La valeur d'après ; absente si la place a disparu. */
  apres?: string;
  /** Path of the value as it is now; nothing when it is gone. */
  chemin?: string;
}

/** The differences of two states, with where the page can show each. */
export interface Differences {
  differences: DifferenceVue[];
}

export interface Dit {
  numero: number;
  chemin: string;
  avant: string;
  apres: string;
}

/** Ce qui ne peut pas être repris. */
export type Ecart =
  /** Un champ a disparu du document. */
  | { nature: "champ_absent"; pointeur: string; titre: string }
  /** Un champ a été vidé : la valeur du contrat est gardée. */
  | { nature: "champ_vide"; pointeur: string; titre: string }
  /** Un champ n'est plus à sa place dans le document : sa valeur est lue, la place est celle du modèle. */
  | { nature: "champ_deplace"; pointeur: string; titre: string }
  /** Un champ est en plusieurs exemplaires ; sa valeur n'est lue que s'ils disent tous la même chose. */
  | { nature: "champ_double"; pointeur: string; titre: string; textes: string[] }
  /** Les mots d'un champ ne sont pas de la sorte attendue. */
  | {
    nature: "valeur_refusee";
    pointeur: string;
    titre: string;
    texte: string;
    motif: string;
    /** Où le fichier lu le dit, quand il a des lieux. */
    lieu?: string;
  }
  /** Ce qui est lu sans pouvoir être repris, ou qui demande un choix. */
  | {
    nature: "non_repris";
    /** Où le fichier lu le dit. */
    lieu: string;
    texte: string;
    motif: string;
    a_faire: string;
  }
  /** Des mots ont changé hors de tout champ : la donnée ne peut pas les tenir, sinon dans une clause particulière. */
  | { nature: "hors_champ"; clause: string; avant: string; apres: string }
  /** Un tableau n'a plus les mêmes lignes ou les mêmes cellules ; vide d'un côté s'il est ajouté ou retiré. */
  | { nature: "tableau"; clause: string; avant: string; apres: string }
  /** Une ligne ajoutée à un tableau dont les lignes ne sont pas celles d'une liste du contrat. */
  | { nature: "ligne_ajoutee"; clause: string; cellules: string[] }
  /** Un élément qui n'est ni du texte courant ni un champ (note, image, zone de texte, lien, texte barré…) est ajouté ou retiré. */
  | { nature: "objet"; sorte: GenreObjet; sens: Sens; clause: string; texte: string }
  /** Un en-tête ou un pied de page a changé. */
  | { nature: "en_tete"; sens: Sens; texte: string };

/** What came and what went. */
export interface EcartDeManqueVue {
  plus: ManqueVue[];
  moins: string[];
}

/** What came and what went. */
export interface EcartDeRemarqueVue {
  plus: RemarqueVue[];
  moins: string[];
}

/** Un élément d'une liste du contrat, dont le document ajoute ou retire la ligne. */
export interface ElementDeListe {
  /** Son numéro dans cette réponse, par lequel « --prendre » et « --sauf » le nomment. */
  numero: number;
  sens: Sens;
  /** Pointeur JSON de la liste. */
  liste: string;
  /** Son rang dans la liste, à partir de 0 : celui qu'il a, ou qu'il aurait. */
  rang: number;
  /** La place, en clair : celle de l'élément, ou de la liste où il s'ajoute. */
  place: string[];
  /** L'article, l'annexe ou la fiche où se trouve le tableau. */
  clause: string;
  /** Où il est écrit ; pour un ajout, l'élément qui le précède, ou la liste. */
  position: Position | null;
  /** L'élément, tel qu'il est dans le contrat ou tel que les cellules le disent. */
  element: unknown;
  /** Ce qui manque ou laisse un doute : un élément à ajouter qui en a n'est pas écrit. */
  a_preciser: string[];
  /** Où le fichier lu le dit, quand il a des lieux : « Budgets!F12 ». */
  lieu?: string;
}

/** What a contract is called. */
export interface Entete {
  reference: string;
  titre: string;
  modele: string;
  modele_titre: string;
  etat: string;
}

/** An establishment of the list. */
export interface EtablissementColle {
  /** The line of what was pasted, from 1. */
  rang: number;
  nom: string;
  finess?: string;
  /** The code of the category. */
  categorie?: string;
  /** What its name gives of it in words: « 183 – Institut médico-éducatif (IME) ». */
  categorie_dite?: string;
  /** What is to be looked at, in sentences without their full stop. */
  doutes: string[];
}

/** The whole of what a page shows. */
export interface Etat {
  n: number;
  reference: string;
  titre: string;
  modele: string;
  modele_titre: string;
  etat: string;
  valeurs: Record<string, Feuille>;
  listes: Record<string, Ligne[]>;
  notes: Record<string, string>;
  remarques: RemarqueVue[];
  /** What blocks only a definitive contract, and that no gap says. */
  au_definitif: RemarqueVue[];
  manques: ManqueVue[];
  annuler: Nomme | null;
  retablir: Nomme | null;
  fichiers: EtatDeFichier[];
}

/** A file of the contract. */
export interface EtatDeFichier {
  nom: string;
  lisible: boolean;
  /** Why it does not read. */
  message?: string;
}

/** What is shown of a value. */
export type Feuille =
  /** The words, and the value when it is not those words. */
  | { t: string; v?: Brut; so?: undefined }
  /** Declared without object, with the reason. */
  | { so: string; t?: undefined; v?: undefined };

/** The form of a contract. */
export interface Formulaire {
  parties: PartieDuFormulaire[];
}

/** La sorte d'un changement. */
export type Genre =
  /** Des pages ajoutées, retirées, déplacées ou recadrées. */
  | "pages"
  /** Ce que montre une page. */
  | "contenu"
  /** Une annotation. */
  | "annotation"
  /** Un champ. */
  | "champ"
  /** Ce que montre un champ. */
  | "apparence"
  /** Une signature retirée, remplacée ou interdite, ou ses preuves. */
  | "signature"
  /** Le formulaire qui réunit les champs. */
  | "formulaire"
  /** Un fichier joint. */
  | "fichier_joint"
  /** Un programme dans le document. */
  | "script"
  /** Une action automatique. */
  | "action"
  /** Des calques, qui montrent ou cachent. */
  | "calques"
  /** Les signets et les renvois. */
  | "renvois"
  /** Ce que lit un lecteur d'écran, ou la forme générale du document. */
  | "structure"
  /** La description du document. */
  | "metadonnees"
  /** Une partie du fichier que cpom ne sait pas lire. */
  | "non_reconnu"
  /** Autre chose. */
  | "autre";

/** The kind of a field: how it is typed. */
export type GenreDeChamp =
  | "texte"
  | "prose"
  | "nombre"
  | "montant"
  | "pourcentage"
  | "date"
  | "echeance"
  | "annee"
  | "choix"
  | "code"
  | "renvoi"
  | "ouinon"
  | "libre"
  | "fichier"
  | "finess"
  | "siren"
  | "siret"
  | "objet"
  | "liste"
  | "table";

/** La sorte d'un élément qui n'est pas du texte courant. */
export type GenreObjet =
  | "note_de_bas_de_page"
  | "note_de_fin"
  | "zone_de_texte"
  | "image"
  | "dessin"
  | "graphique"
  | "diagramme"
  | "encre"
  | "objet_incorpore"
  | "document_insere"
  | "lien"
  | "texte_barre"
  | "texte_masque"
  | "mise_en_forme_suivie"
  | "symbole"
  | "champ_word"
  | "sommaire"
  /** What we do not know how to read. */
  | "autre";

/** A table. */
export interface Grille {
  id: string;
  titre: string;
  /** What stands at the head of the rows. */
  tete: string;
  colonnes: Colonne[];
  lignes: Rangee[];
  /** Whether a row of totals means something. */
  total: boolean;
}

/** A table, by its name in the addresses. */
export interface GrilleNommee {
  id: string;
  titre: string;
}

/** Words that are no value of their field. */
export interface Illisible {
  chemin: string;
  texte: string;
  message: string;
}

/** Ce que disent les octets d'un champ. */
export type Integrite =
  /** Le champ est vide. */
  | "non_signe"
  /** Les octets sont ceux qui ont été signés, avec la clé du certificat joint. */
  | "intacte"
  /** Les octets ont changé depuis la signature, ou elle ne les couvre pas tous. */
  | "rompue"
  /** La signature n'a pas été faite avec la clé du certificat joint. */
  | "fausse"
  /** La signature est abîmée, ou n'a pas la forme d'une signature de PDF. */
  | "non_lue"
  /** La signature est d'une sorte que cpom ne calcule pas. */
  | "non_verifiee";

/** A state that was given a name: the number of the operation that says it. */
export interface Jalon {
  n: number;
}

/** Un fichier joint qui n'est pas celui que le dossier annonce. */
export interface JointChange {
  /** Nom du fichier dans le PDF. */
  nom: string;
  /** Ce qui lui est arrivé. */
  changement: ChangementDeJoint;
}

/** Une lacune : une valeur que le dossier imprime et qui manque. */
export interface Lacune {
  /** Ce qui manque, tel que le dossier le demande. */
  libelle: string;
  /** Article, annexe ou fiche du dossier qui l'imprime. */
  partie: string;
  /** Clause du modèle qui la demande : fichier et ligne. */
  clause?: string;
  detenteur: Detenteur;
  /** Liste du contrat où se trouve la structure (« Fiches actions ») ; à défaut, la partie du contrat. */
  liste: string;
  /** Structure à qui la valeur manque, par son nom ; vide quand elle manque au contrat lui-même. */
  structure: string;
  /** Champ à renseigner. */
  champ: string;
  /** Ce qu'il faut ajouter à la liste que le pointeur désigne, quand il s'agit d'un ajout. */
  ajouter?: string;
}

/** An element of a list: its token in the paths, and its name. */
export interface Ligne {
  cle: string;
  nom: string;
}

/** A line of the home. */
export interface LigneDAccueil {
  id: string;
  reference: string;
  titre: string;
  gestionnaires: string[];
  modele: string;
  modele_titre: string;
  etat: string;
  bloquantes: number;
  alertes: number;
  /** What is to be done before it can be signed. */
  reste: number;
  /** Seconds since 1970. */
  modifie: number;
  fichiers: string[];
}

/** A line of the history. */
export interface LigneDHistorique {
  n: number;
  /** Seconds since 1970. */
  quand: number;
  nom: string;
  partie: string;
  /** How many values changed. */
  changements: number;
  /** Of one value: its words before and after; nothing where there was none, or none is left. */
  avant?: string;
  apres?: string;
  sens?: SensDHistorique;
  de?: number;
  /** Whether it names a state, and changes nothing. */
  jalon: boolean;
  /** Whether someone else changed the files. */
  dehors: boolean;
}

/** What is pasted. */
export interface ListeCollee {
  texte: string;
}

/** What a page of the workshop is told of them. */
export interface ListeDePages {
  n: number;
  pages: PageVue[];
  /** Whether more pages are being drawn. */
  encours: boolean;
  /** Whether they wait for a value that does not read. */
  arretees: boolean;
}

/** The list as it was understood. */
export interface ListeLue {
  lignes: EtablissementColle[];
  /** Titles of the columns that nothing was taken from. */
  colonnes_laissees: string[];
}

/** A missing value, as the page shows it. */
export interface ManqueVue {
  id: string;
  /** Its place among the others: by holder, then in the order of the dossier. */
  rang: number;
  chemin: string;
  partie: string;
  libelle: string;
  lieu: string;
  detenteur: Detenteur;
  /** Article, annex or fiche that prints it. */
  section: string;
}

/** Un modèle régional, sa version et l'empreinte SHA-256 de ses fichiers. */
export interface ModeleImprime {
  id: string;
  version: string;
  empreinte: string;
}

/** A model, as it is offered. */
export interface ModeleOffert {
  id: string;
  titre: string;
  /** Codes of its regions; none for the national model. */
  regions: string[];
  /** The contracts that it was written for: « de 2017 à 2022 »; nothing when that is any. */
  vise?: string;
}

/** Un changement que signer ne fait pas. */
export interface Modification {
  /** Sa sorte. */
  genre: Genre;
  /** La page, quand il en a une. */
  page?: number;
  /** Ce qui a changé, en mots. */
  quoi: string;
}

/** Quand une révision est venue, par rapport aux signatures. */
export type Moment =
  /** Avant toute signature. */
  | { quand: "avant_toute_signature" }
  /** Après cette signature, et avant une autre. */
  | { quand: "apres_la_signature"; champ: string }
  /** Après la dernière signature. */
  | { quand: "apres_la_derniere_signature"; champ: string };

/** What is asked to begin a contract. */
export interface Naissance {
  modele: string;
  /** Code of the region of the ARS, where the model is that of none or of several. */
  region?: string;
  reference?: string;
  gestionnaire?: string;
  /** The first year, in words. */
  annee?: string;
  /** Codes of the départements that are parties. */
  departements?: string[];
  /** Whether the ARS is one. */
  ars?: boolean;
  /** A line for each: its name, its FINESS number, its category, in any order. */
  etablissements?: string;
}

/** A place that names an element. */
export interface Nommant {
  chemin: string;
  lieu: string;
  /** Whether the element there goes as a whole, for it is about what it names. */
  entier: boolean;
}

/** An operation of the history. */
export interface Nomme {
  n: number;
  nom: string;
}

/** An operation. */
export type Op =
  /** Words typed (an empty text takes the value away), or the value itself: a code, a reference, yes or no. */
  | {
    op: "poser";
    chemin: string;
    texte?: string | null;
    valeur?: Brut | null;
    /** What the page had seen: the words, or the value. */
    avant?: Brut | null;
  }
  /** Without object, for a reason; no reason: with object again. */
  | { op: "sans_objet"; chemin: string; motif?: string | null }
  /** The note for the drafters of an object. */
  | { op: "note"; chemin: string; texte: string; avant?: string | null }
  /** A new element of a list, after one of them or at the end, with words in some of its fields. */
  | { op: "ajouter"; liste: string; apres?: string | null; valeurs?: Record<string, string> }
  | { op: "dupliquer"; chemin: string }
  | { op: "deplacer"; chemin: string; rang: number }
  /** With what names it when `cascade` says so. */
  | { op: "retirer"; chemin: string; cascade?: boolean }
  /** A value of a list of references or of choices, present or not. */
  | { op: "cocher"; liste: string; valeur: Brut; present: boolean }
  /** A rule set aside, for the remark of that name. */
  | { op: "deroger"; remarque: string; motif: string; auteur?: string }
  /** An objective of the library of the model, with its fiche. */
  | { op: "bibliotheque"; code: string }
  | { op: "annuler"; n: number }
  | { op: "retablir"; n: number }
  /** All that came after that operation is undone. */
  | { op: "revenir"; n: number };

/** A page: the name of its picture, its size in points. */
export interface PageVue {
  h: string;
  l: number;
  ht: number;
}

/** A part of the contract. */
export interface PartieDuFormulaire {
  cle: string;
  titre: string;
  champs: Champ[];
  /** The tables by which many values of the part are typed at once. */
  grilles: GrilleNommee[];
}

/** A piece put beside the contract. */
export interface PieceDeposee {
  /** What the contract calls it. */
  fichier: string;
}

/** A place of a value: the rank of the page, from 0, and the rectangle. */
export interface PlaceVue {
  page: number;
  /** Empty for the words of a clause. */
  chemin: string;
  x: number;
  y: number;
  l: number;
  ht: number;
}

/** Place dans un fichier : ligne et colonne comptées à partir de 1, la colonne en caractères. */
export interface Position {
  fichier: string;
  ligne: number;
  colonne: number;
}

/** A refusal as a page is told it. */
export interface ProblemeVue {
  /** Adresse qui nomme le genre de problème ; il n'y a rien à y lire. */
  type: string;
  /** Le genre de problème, en mots. */
  title: string;
  /** Code de la réponse. */
  status: number;
  /** Ce qui ne va pas, dans cette demande. */
  detail: string;
  /** Ce qu'il y a à faire. */
  a_faire: string;
  /** What names the element to be removed. */
  nomme?: Nommant[];
  /** The words that are not read. */
  illisible?: Illisible;
  /** The values that changed since the page read them. */
  conflit?: Conflit[];
  /** What stops a printing. */
  remarques?: RemarqueVue[];
}

/** A row. */
export interface Rangee {
  cle: string;
  titre: string;
  sous_titre?: string;
  /** The path of each cell; nothing for what is not typed. */
  cellules: (string | null)[];
}

/** A rule, for who asks why. */
export interface RegleDite {
  code: string;
  titre: string;
  pourquoi: string;
  remede: string;
  references: string[];
  ecartable: boolean;
}

/** L'impression des données jointes, comparée au fichier. */
export type Reimpression =
  /** Les mêmes octets ; ceux qui suivent ont été ajoutés depuis. */
  | { resultat: "identique"; octets: number }
  /** Un autre programme a enregistré le fichier ; chaque objet du document est celui qui a été imprimé. */
  | { resultat: "reenregistre" }
  /** D'autres octets, à partir de celui-ci, et un autre document. */
  | {
    resultat: "differente";
    premier_octet: number;
    /** Ce que le document dit autrement, quand il se compare. */
    ecarts: Modification[];
  }
  /** Les données jointes ne s'impriment plus. */
  | { resultat: "impossible"; motif: string }
  /** Une autre version du programme ou du modèle a imprimé le dossier : l'impression ne se compare pas ici. */
  | {
    resultat: "ailleurs";
    motif: string;
    /** Avec quoi contrôler. */
    remede: string;
  };

/** Une remarque que causerait ce qui est repris. */
export interface RemarqueNouvelle {
  /** Code de la règle (« BUD-003 »), du schéma (« SCH-… »), de la complétude (« CPL-001 »), de l'accessibilité (« ACC-001 »), des caractères (« CAR-001 »), de l'impression (« IMP-001 ») ou des mots lus (« SAI-001 »). */
  code: string;
  /** Une remarque bloquante refuse le contrat définitif. */
  severite: Severite;
  /** Pointeur JSON de l'élément ; vide pour tout le contrat. */
  pointeur: string;
  /** La même place en clair, du nom de la partie à celui de la valeur ; vide pour tout le contrat. */
  chemin: string;
  fichier?: string;
  ligne?: number;
  colonne?: number;
  /** Ce qui ne va pas, avec la valeur en cause et la limite. */
  message: string;
  /** Que faire. */
  remede: string;
  /** Articles, modèles ou méthodes sur lesquels la remarque se fonde. */
  references: string[];
  /** Pour une valeur à compléter : ce qu'elle est, à qui elle manque et qui la tient. */
  lacune?: Lacune;
  /** La place, en clair, de l'élément en cause ; vide pour tout le contrat. */
  place: string[];
  /** Les numéros de ce qui la causerait à soi seul ; vide quand c'est l'ensemble. */
  causes: number[];
}

/** A remark, as the page shows it. */
export interface RemarqueVue {
  id: string;
  /** Its place among the others. */
  rang: number;
  code: string;
  severite: Severite;
  /** Path of the value; empty for the whole contract. */
  chemin: string;
  /** Key of the part of the contract. */
  partie: string;
  /** Who gives what it is about. */
  detenteur: Detenteur;
  /** The place in French. */
  lieu: string;
  message: string;
  remede: string;
  references: string[];
  /** Whether the contract may set the rule aside. */
  ecartable: boolean;
}

/** What a file brings, as the page shows it. */
export interface RepriseVue {
  /** Référence du contrat. */
  reference: string;
  /** Nombre de valeurs du contrat reconnues dans le fichier. */
  champs: number;
  /** Les valeurs changées, que le contrat peut tenir. */
  changements: Changement[];
  /** Les lignes ajoutées à un tableau du contrat, ou retirées, sous la forme des éléments qu'elles feraient. */
  elements: ElementDeListe[];
  /** Les numéros de ce qui est repris : ce que le choix demande ou, sans choix, toutes les valeurs et tous les éléments à ajouter que rien ne laisse en doute. */
  pris: number[];
  /** Les remarques bloquantes et les alertes que le contrat n'a pas, et qu'il aurait avec ce qui est repris. */
  remarques_nouvelles: RemarqueNouvelle[];
  /** Les fichiers réécrits (« --ecrire »). */
  fichiers_ecrits: string[];
  /** Ce que le contrat ne peut pas tenir : rien n'en est perdu, rien n'en est repris. */
  ecarts: Ecart[];
  /** Le texte réécrit hors champ, article par article, sous la forme qu'attend « clauses_particulieres » ; à relire avant de l'y mettre. */
  clauses_proposees: ClauseProposee[];
  /** Les commentaires, avec leur place. */
  commentaires: Commentaire[];
  /** Ce qu'il faut savoir de la lecture : la date du fichier, ce qui n'y est pas lu. */
  notes: string[];
  /** By number: path, and the words before and after. */
  dits: Dit[];
  /** What changed in the contract, when it was written. */
  delta?: Delta;
}

/** Ce qui a été ajouté au fichier d'un coup, après l'impression. */
export interface Revision {
  /** Premier octet. */
  debut: number;
  /** Premier octet de ce qui suit. */
  fin: number;
  /** Quand, par rapport aux signatures. */
  moment: Moment;
  /** Ce que signer peut ajouter. */
  ajouts: Ajout[];
  /** Ce que signer n'ajoute pas ; vide quand tout va bien. */
  modifications: Modification[];
}

/** Ajouté dans le document, ou retiré. */
export type Sens = "ajoute" | "retire";

/** Whether an operation undoes another, or does it again. */
export type SensDHistorique = "annuler" | "retablir";

/** Gravité d'une remarque. */
export type Severite = "bloquante" | "alerte" | "information";

/** Un champ de signature. */
export interface SignatureLue {
  /** Nom entier du champ dans le PDF. */
  champ: string;
  /** La sorte de signature. */
  sorte: Sorte;
  /** Ce que disent les octets, sans se fier à personne. */
  integrite: Integrite;
  /** Pourquoi, quand quelque chose ne va pas. */
  motif?: string;
  /** Octets du fichier, depuis le début, que couvre la signature ; 0 si le champ est vide. */
  couvre: number;
  /** Nom que porte le certificat ; personne ne s'en porte garant ici. */
  certificat?: string;
  /** Date que dit l'horodatage. */
  date?: string;
}

/** La sorte de signature. */
export type Sorte =
  /** Celle d'une personne ou d'un cachet. */
  | "signature"
  /** L'horodatage du document (RFC 3161). */
  | "horodatage";

/** Ce qu'il faut retenir d'un contrôle. */
export type Verdict =
  /** Le dossier est celui que cpom a imprimé ; rien n'y a été ajouté que des signatures justes. */
  | "conforme"
  /** Quelque chose a changé, ou une signature ne va pas. */
  | "non_conforme"
  /** Rien ne va mal, mais tout n'a pas pu être vérifié avec ce programme. */
  | "non_verifiable";

/** Where a value is printed: a page and a rectangle of it, in parts of its width and height. */
export interface ZoneVue {
  /** Empty for the words of a clause. */
  chemin: string;
  x: number;
  y: number;
  l: number;
  ht: number;
}
