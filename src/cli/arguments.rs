//! From the command line to the options of a command, in French from one end to the other.

mod atelier;
mod communs;
mod depart;
mod importer;
mod impression;
mod lot;
mod modeles;
mod servir;
mod tableur;

use super::issue::Issue;
use super::{ecran, version};
use crate::compte_rendu::Partie;
use crate::dossier::{Choix, Forme};
use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;

pub use atelier::Atelier;
use communs::{MODELE_AIDE, OptionsDuContrat};
pub use communs::{OptionsDeReprise, OptionsDuDocument};
pub use depart::{Destination, Nomenclatures, Nouveau};
pub use importer::{Finess, Importer, Tableau};
use impression::OptionsDImpression;
pub use lot::Lot;
pub use modeles::{Bibliotheque, Modeles};
pub use servir::Servir;
pub use tableur::{ExporterClasseur, ImporterClasseur, Tableur};

/// Génère des CPOM signables (PDF et Word) à partir d'un contrat en JSON
#[derive(Debug, Parser)]
#[command(
    name = "cpom",
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_help_heading = "Commandes",
    subcommand_value_name = "COMMANDE",
    help_template = MODELE_AIDE,
    after_help = "Exemples :\n  cpom generer contrat.json --sortie sortie\n  cpom verifier contrat.json\n  cpom nouveau --region paca --sortie contrat.json\n\nCodes de sortie : 0 fait, 1 contrat refusé, 2 mauvais usage ou fichier illisible, 3 dossier non vérifiable ici, 70 défaut du programme."
)]
struct Ligne {
    #[command(flatten)]
    aide: Aide,

    /// Affiche la version et celle des modèles
    #[arg(short = 'V', long, global = false, help_heading = "Options")]
    version: bool,

    /// Avec « --version » : aussi les empreintes (SHA-256) des modèles, du schéma et des polices
    #[arg(long, requires = "version", help_heading = "Options")]
    detaillee: bool,

    #[command(subcommand)]
    commande: Option<Commande>,
}

#[derive(Debug, Args)]
struct Aide {
    /// Affiche cette aide
    #[arg(short = 'h', long = "help", alias = "aide", action = clap::ArgAction::Help, global = true, help_heading = "Options")]
    aide: Option<bool>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Commande {
    /// Ouvre l'atelier : une page de cette machine où remplir les contrats d'un dossier, sans écrire de JSON
    #[command(
        help_template = MODELE_AIDE,
        after_help = "Exemples :\n  cpom atelier\n  cpom atelier contrats\n  cpom atelier contrats --port 8090 --sans-navigateur\n\nLa page s'ouvre dans le navigateur ; son adresse est donnée aussi. Tout reste sur cette machine : rien n'est envoyé ailleurs.\nChaque changement est aussitôt dans les fichiers du dossier, et peut être annulé. Ctrl-C ferme l'atelier."
    )]
    Atelier(Atelier),
    /// Imprime le dossier d'un contrat : socle, annexes et fiches actions
    #[command(
        help_template = MODELE_AIDE,
        after_help = "Exemples :\n  cpom generer contrat.json\n  cpom generer contrat.json --etat definitif --date 2026-01-15\n  cpom generer parties.json budgets.json --format pdf --sortie sortie\n\nPlusieurs fichiers sont réunis s'ils portent la même « reference »."
    )]
    Generer(Generer),
    /// Imprime les dossiers de beaucoup de contrats, plusieurs à la fois, et en écrit le manifeste
    #[command(
        help_template = MODELE_AIDE,
        after_help = "Exemples :\n  cpom lot contrats --sortie dossiers\n  cpom lot contrats --sortie dossiers --continuer\n  cpom lot contrats/*.json --etat definitif --format pdf -j 4 --sortie dossiers\n\nUn contrat refusé n'arrête pas les autres. « manifeste.json » et « manifeste.csv », dans le dossier de sortie, disent tout.\nCode de sortie : 0 tout est imprimé, 1 un contrat au moins ne l'est pas, 130 le lot a été interrompu."
    )]
    Lot(Lot),
    /// Tient un service HTTP qui vérifie et imprime ce qu'on lui envoie
    #[command(
        help_template = MODELE_AIDE,
        after_help = "Exemples :\n  cpom servir\n  cpom servir --adresse 127.0.0.1:8081 -j 4\n  curl --data-binary @contrat.json -H 'Content-Type: application/json' http://127.0.0.1:8080/verifier\n  curl -F contrat=@contrat.json -F 'piece=@pieces/plan.pdf;filename=pieces/plan.pdf' -o dossier.zip 'http://127.0.0.1:8080/generer?format=zip'\n\nLe service n'a ni mot de passe ni chiffrement : au-delà de cette machine, il se place derrière un serveur mandataire.\nIl ne garde rien. Ctrl-C l'arrête, une fois rendues les réponses commencées. « /openapi.json » dit ses adresses."
    )]
    Servir(Servir),
    /// Vérifie un contrat sans l'imprimer
    #[command(
        help_template = MODELE_AIDE,
        after_help = "Exemples :\n  cpom verifier contrat.json\n  cpom verifier contrat.json --etat definitif --completude\n  cpom verifier contrat.json --depuis contrat-hier.json\n  cpom verifier contrat.json --partie moyens --format docx --sortie remarques.docx\n\nLe verdict et le code de sortie portent toujours sur le contrat entier. Un projet incomplet n'est pas refusé (code 0), et le verdict compte ses lacunes ; « --etat definitif » les refuse."
    )]
    Verifier(Verifier),
    /// Rend les données jointes à un dossier en PDF, à l'octet près
    #[command(
        help_template = MODELE_AIDE,
        after_help = "Exemples :\n  cpom extraire dossier.pdf > contrat.json\n  cpom extraire dossier.pdf --sortie donnees\n\nUn dossier signé garde ses données : ce qui est rendu est ce qui a été imprimé, à l'empreinte annoncée.\nCode de sortie : 0 fait, 1 le dossier a changé ou une signature ne va pas (c'est dit), 2 fichier illisible ou déjà là."
    )]
    Extraire(Extraire),
    /// Dit ce qu'est un dossier en PDF, et s'il est bien celui que cpom a imprimé
    #[command(
        help_template = MODELE_AIDE,
        after_help = "Exemples :\n  cpom controler dossier.pdf\n  cpom controler dossier-signe.pdf --format json\n\ncpom compare les octets, juge chaque ajout et vérifie que chaque signature a été faite avec la clé de son certificat ; l'identité des signataires et leurs certificats se vérifient avec l'outil de signature.\nCode de sortie : 0 conforme, 1 non conforme, 3 non vérifiable ici (une autre version de cpom ou du modèle l'a imprimé)."
    )]
    Controler(Controler),
    /// Reprend dans le contrat les valeurs modifiées dans le Word, et liste ce que la donnée ne peut pas tenir
    #[command(
        help_template = MODELE_AIDE,
        after_help = "Exemples :\n  cpom reprendre dossier-relu.docx --contrat contrat.json\n  cpom reprendre dossier-relu.docx --contrat contrat.json --ecrire\n  cpom reprendre dossier-relu.docx --contrat og.json --contrat ars.json --ecrire --sauf 3\n  cpom reprendre dossier-relu.docx --contrat contrat.json --ecrire --prendre /moyens --prendre 7\n\nLes modifications suivies sont lues acceptées.\nUne ligne ajoutée à un tableau devient un élément à ajouter. Une ligne retirée ne l'est du contrat que si « --prendre » la nomme.\nCode de sortie : 0 tout est repris ou choisi, 1 il reste des points à traiter à la main, ou rien n'a été écrit."
    )]
    Reprendre(Reprendre),
    /// Échange le contrat avec un tableur : exporte un classeur, reprend celui qui revient, en commence un
    #[command(help_template = MODELE_AIDE, disable_help_subcommand = true, subcommand_help_heading = "Commandes", subcommand_value_name = "COMMANDE", after_help = "Exemples :\n  cpom tableur exporter contrat.json --sortie contrat.xlsx\n  cpom tableur exporter contrat.json --pour gestionnaire --verrouille --sortie og.xlsx\n  cpom tableur importer contrat.xlsx --contrat contrat.json --ecrire\n  cpom tableur nouveau --modele paca --etablissements 6 --sortie cpom.xlsx\n\nLe guide est dans docs/tableur.md.")]
    Tableur {
        #[command(subcommand)]
        commande: Tableur,
    },
    /// Apporte au contrat ce que dit un registre, ou le tableau de n'importe qui
    #[command(help_template = MODELE_AIDE, disable_help_subcommand = true, subcommand_help_heading = "Commandes", subcommand_value_name = "COMMANDE", after_help = "Exemples :\n  cpom importer finess structures.json.gz activites.json.gz --ej 010000255 --sortie contrat.json\n  cpom importer tableau errd.csv --correspondance diamant-errd-et --contrat contrat.json\n\nLe guide est dans docs/importer.md.")]
    Importer {
        #[command(subcommand)]
        commande: Importer,
    },
    /// Dit ce qui change d'une version du contrat à l'autre ; en Word, avec les modifications suivies
    #[command(
        help_template = MODELE_AIDE,
        after_help = "Exemples :\n  cpom comparer contrat-hier.json contrat.json\n  cpom comparer contrat-hier.json contrat.json --docx suivi.docx --auteur ARS --date 2026-01-15"
    )]
    Comparer(Comparer),
    /// Donne le catalogue des règles de cohérence, ou explique une règle
    #[command(help_template = MODELE_AIDE, after_help = "Exemples :\n  cpom regles\n  cpom regles --famille BUD --modele paca\n  cpom regles PER-001")]
    Regles(Regles),
    /// Liste les modèles régionaux, en copie un, vérifie celui qu'on a écrit
    #[command(help_template = MODELE_AIDE, disable_help_subcommand = true, subcommand_help_heading = "Commandes", subcommand_value_name = "COMMANDE", after_help = "Exemples :\n  cpom modeles lister\n  cpom modeles montrer paca\n  cpom modeles exporter national mes-modeles/ma-region\n  cpom modeles verifier mes-modeles/ma-region\n\nLe guide est dans templates/README.md.")]
    Modeles {
        #[command(subcommand)]
        commande: Modeles,
    },
    /// Donne les objectifs qu'un modèle propose, en ajoute un à un contrat, charge la liste d'une ARS
    #[command(help_template = MODELE_AIDE, disable_help_subcommand = true, subcommand_help_heading = "Commandes", subcommand_value_name = "COMMANDE", after_help = "Exemples :\n  cpom bibliotheque lister --modele bretagne\n  cpom bibliotheque ajouter viatrajectoire contrat.json\n  cpom bibliotheque importer liste.csv --sortie mes-modeles/ma-region/bibliotheque.json")]
    Bibliotheque {
        #[command(subcommand)]
        commande: Bibliotheque,
    },
    /// Écrit un contrat de départ, où chaque valeur inconnue est à compléter
    #[command(help_template = MODELE_AIDE, after_help = "Exemples :\n  cpom nouveau\n  cpom nouveau --region bretagne --etablissements IME,SESSAD --autorites 35 --sortie contrat.json\n\nSans option, sur un terminal, les réponses sont demandées une à une.")]
    Nouveau(Nouveau),
    /// Liste les codes des catégories, des statuts juridiques et des territoires, les juges des tarifs, ou les cherche par des mots
    #[command(help_template = MODELE_AIDE, after_help = "Exemples :\n  cpom nomenclatures categories IME\n  cpom nomenclatures statuts association\n  cpom nomenclatures territoires rhone\n  cpom nomenclatures juges vaucluse\n\nDans le contrat, le sigle ou le nom suffit : « IME » y est lu comme 183.\nCode de sortie : 0 trouvé, 1 aucun code ne répond à ces mots.")]
    Nomenclatures(Nomenclatures),
    /// Écrit le schéma JSON d'un contrat, ou d'un autre fichier que cpom lit ou écrit
    #[command(help_template = MODELE_AIDE, after_help = "Exemple :\n  cpom schema --sortie contrat.schema.json")]
    Schema(Schema),
    /// Écrit les complétions de la ligne de commande pour un interpréteur
    #[command(help_template = MODELE_AIDE, after_help = "Exemple :\n  cpom completions bash > /etc/bash_completion.d/cpom")]
    Completions(Completions),
    /// Écrit les pages du manuel, pour la commande « man »
    #[command(help_template = MODELE_AIDE, after_help = "Exemples :\n  cpom manuel generer | man -l -\n  cpom manuel --sortie /usr/local/share/man/man1")]
    Manuel(Manuel),
}

/// Options of `generer`.
#[derive(Debug, Args)]
pub struct Generer {
    /// Fichiers du contrat (« - » : entrée standard)
    #[arg(value_name = "FICHIER", required = true, help_heading = "Arguments")]
    pub fichiers: Vec<PathBuf>,
    #[command(flatten)]
    pub impression: OptionsDImpression,
}

/// Options of `verifier`.
#[derive(Debug, Args)]
pub struct Verifier {
    /// Fichiers du contrat (« - » : entrée standard)
    #[arg(value_name = "FICHIER", required = true, help_heading = "Arguments")]
    pub fichiers: Vec<PathBuf>,
    /// Forme du rapport : texte, json, sarif, junit, markdown, pdf ou docx
    #[arg(long, value_name = "FORME", default_value = "texte", value_parser = PossibleValuesParser::new(Forme::TOUTES.map(Forme::cle)), hide_possible_values = true, hide_default_value = true, help_heading = "Options")]
    format: String,
    /// Fichier où écrire le rapport (à défaut, la sortie standard ; nécessaire pour pdf et docx)
    #[arg(long, value_name = "FICHIER", help_heading = "Options")]
    pub sortie: Option<PathBuf>,
    /// Autre version du contrat : ne montre que les remarques nouvelles ou résolues (plusieurs fichiers : répétez l'option)
    #[arg(long, value_name = "FICHIER", help_heading = "Options")]
    pub depuis: Vec<PathBuf>,
    /// Ne montre qu'une partie : contrat, parties, perimetre, diagnostic, objectifs, activite, moyens, suivi ou pieces
    #[arg(long, value_name = "PARTIE", value_parser = PossibleValuesParser::new(Partie::TOUTES.map(Partie::cle)), hide_possible_values = true, help_heading = "Options")]
    partie: Option<String>,
    /// Donne aussi ce qui manque, en tableaux : par détenteur, les structures et leurs champs
    #[arg(long, help_heading = "Options")]
    pub completude: bool,
    /// Dit aussi de chaque remarque pourquoi la règle importe et d'après quels textes
    #[arg(long, help_heading = "Options")]
    pub pourquoi: bool,
    /// Compare aussi le contrat avec FINESS : ses numéros, ses noms, ses places (plusieurs fichiers : répétez l'option)
    #[arg(long, value_name = "FICHIER", help_heading = "Options")]
    pub finess: Vec<PathBuf>,
    #[command(flatten)]
    contrat: OptionsDuContrat,
}

impl Verifier {
    /// The choices of the pipeline.
    pub fn choix(&self) -> Choix {
        self.contrat.choix()
    }

    pub fn forme(&self) -> Forme {
        Forme::de_cle(&self.format).unwrap_or(Forme::Texte)
    }

    pub fn partie(&self) -> Option<Partie> {
        self.partie.as_deref().and_then(Partie::de_cle)
    }
}

/// Options of `extraire`.
#[derive(Debug, Args)]
pub struct Extraire {
    /// Dossier en PDF, signé ou non
    #[arg(value_name = "DOSSIER.pdf", help_heading = "Arguments")]
    pub fichier: PathBuf,
    /// Dossier où écrire tout ce qui est joint (à défaut, le contrat seul, sur la sortie standard)
    #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
    pub sortie: Option<PathBuf>,
    /// Donne seulement la liste de ce qui est joint, avec les empreintes
    #[arg(long, conflicts_with = "sortie", help_heading = "Options")]
    pub liste: bool,
    /// Remplace dans ce dossier les fichiers qui diffèrent (à défaut, rien n'est écrit s'il y en a)
    #[arg(long, requires = "sortie", help_heading = "Options")]
    pub remplacer: bool,
}

/// Options of `controler`.
#[derive(Debug, Args)]
pub struct Controler {
    /// Dossier en PDF, signé ou non
    #[arg(value_name = "DOSSIER.pdf", help_heading = "Arguments")]
    pub fichier: PathBuf,
    /// Forme de la réponse : texte ou json
    #[arg(long, value_name = "FORME", default_value = "texte", value_parser = PossibleValuesParser::new(["texte", "json"]), hide_possible_values = true, hide_default_value = true, help_heading = "Options")]
    pub format: String,
    /// Dossier de modèles, en plus de ceux du programme
    #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
    pub modeles: Option<PathBuf>,
}

/// Options of `reprendre`.
#[derive(Debug, Args)]
pub struct Reprendre {
    /// Dossier en Word, modifié dans Word ou dans LibreOffice
    #[arg(value_name = "DOSSIER.docx", help_heading = "Arguments")]
    pub fichier: PathBuf,
    /// Contrat qui l'a imprimé (plusieurs fichiers : répétez l'option)
    #[arg(long, value_name = "FICHIER", required = true, help_heading = "Options")]
    pub contrat: Vec<PathBuf>,
    #[command(flatten)]
    pub reprise: OptionsDeReprise,
    /// Lit le texte d'avant les modifications suivies
    #[arg(long, help_heading = "Options")]
    pub original: bool,
    #[command(flatten)]
    pub impression: OptionsDuDocument,
}

/// Options of `comparer`.
#[derive(Debug, Args)]
pub struct Comparer {
    /// Première version
    #[arg(value_name = "AVANT.json", display_order = 1, help_heading = "Arguments")]
    pub avant: PathBuf,
    /// Seconde version
    #[arg(value_name = "APRES.json", display_order = 2, help_heading = "Arguments")]
    pub apres: PathBuf,
    /// Écrit le dossier de la seconde version en Word, modifications suivies depuis la première
    #[arg(long, value_name = "FICHIER", help_heading = "Options")]
    pub docx: Option<PathBuf>,
    /// Donne au Word les styles, les marges, l'en-tête et le pied de page de ce document Word
    #[arg(long, value_name = "MODELE.docx", help_heading = "Options")]
    pub gabarit: Option<PathBuf>,
    /// Auteur des modifications suivies
    #[arg(long, value_name = "NOM", default_value = "cpom", hide_default_value = true, help_heading = "Options")]
    pub auteur: String,
    /// Date des modifications suivies (AAAA-MM-JJ)
    #[arg(long, value_name = "DATE", help_heading = "Options")]
    pub date: Option<String>,
    /// Forme de la réponse : texte ou json
    #[arg(long, value_name = "FORME", default_value = "texte", value_parser = PossibleValuesParser::new(["texte", "json"]), hide_possible_values = true, hide_default_value = true, help_heading = "Options")]
    pub format: String,
    #[command(flatten)]
    pub impression: OptionsDuDocument,
}

/// Options of `regles`.
#[derive(Debug, Args)]
pub struct Regles {
    /// Codes des règles à expliquer (à défaut, la liste)
    #[arg(value_name = "CODE", help_heading = "Arguments")]
    pub codes: Vec<String>,
    /// Donne aussi, de chaque règle demandée, un contrat qui la déclenche et un autre qu'elle laisse passer
    #[arg(long, requires = "codes", help_heading = "Options")]
    pub exemple: bool,
    /// Forme des exemples : texte ou json
    #[arg(long, value_name = "FORME", requires = "exemple", default_value = "texte", value_parser = PossibleValuesParser::new(["texte", "json"]), hide_possible_values = true, hide_default_value = true, help_heading = "Options")]
    pub format: String,
    /// Une famille : trois lettres (IDN, PAR, DAT…)
    #[arg(long, value_name = "FAMILLE", help_heading = "Options")]
    pub famille: Option<String>,
    /// Une gravité : bloquante, alerte ou information
    #[arg(long, value_name = "GRAVITE", value_parser = PossibleValuesParser::new(["bloquante", "alerte", "information"]), hide_possible_values = true, help_heading = "Options")]
    pub severite: Option<String>,
    /// Les règles telles que ce modèle les règle
    #[arg(long, value_name = "ID", help_heading = "Options")]
    pub modele: Option<String>,
    /// Dossier de modèles, en plus de ceux du programme
    #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
    pub modeles: Option<PathBuf>,
    /// Les règles qui valent pour un contrat de ce jour (AAAA-MM-JJ)
    #[arg(long = "a-la-date", value_name = "DATE", help_heading = "Options")]
    pub a_la_date: Option<String>,
    /// Écrit tout le catalogue en Markdown
    #[arg(long, conflicts_with = "conformite", help_heading = "Options")]
    pub markdown: bool,
    /// Écrit en Markdown ce que les textes demandent, article par article, et ce que cpom en fait
    #[arg(long, help_heading = "Options")]
    pub conformite: bool,
    /// Écrit les valeurs que le droit fixe : leurs dates, leurs textes, la date du contrat qui les choisit
    #[arg(long, conflicts_with_all = ["conformite", "markdown"], help_heading = "Options")]
    pub droit: bool,
}

/// Options of `schema`.
#[derive(Debug, Args)]
pub struct Schema {
    #[command(flatten)]
    pub lequel: LequelSchema,
    #[command(flatten)]
    pub destination: Destination,
}

/// Which schema: one at the most.
#[derive(Debug, Args)]
#[group(multiple = false)]
pub struct LequelSchema {
    /// Écrit le schéma du manifeste d'un modèle régional
    #[arg(long, help_heading = "Options")]
    pub modele: bool,
    /// Écrit le schéma du rapport de « cpom verifier --format json »
    #[arg(long, help_heading = "Options")]
    pub rapport: bool,
    /// Écrit le schéma du fichier « .signature.json » écrit avec un PDF définitif
    #[arg(long, help_heading = "Options")]
    pub signature: bool,
    /// Écrit le schéma du fichier « provenance.json » joint à chaque PDF
    #[arg(long, help_heading = "Options")]
    pub provenance: bool,
    /// Écrit le schéma de la réponse de « cpom controler --format json »
    #[arg(long, help_heading = "Options")]
    pub controle: bool,
    /// Écrit le schéma de la bibliothèque d'objectifs d'un modèle
    #[arg(long, help_heading = "Options")]
    pub bibliotheque: bool,
    /// Écrit le schéma des textes de droit sur lesquels reposent les clauses et les règles
    #[arg(long, help_heading = "Options")]
    pub textes: bool,
    /// Écrit le schéma des valeurs datées que le droit fixe
    #[arg(long, help_heading = "Options")]
    pub valeurs: bool,
    /// Écrit le schéma de ce que ces textes demandent, dont « cpom regles --conformite » fait le tableau
    #[arg(long, help_heading = "Options")]
    pub conformite: bool,
    /// Écrit le schéma de la réponse de « cpom reprendre --format json »
    #[arg(long, help_heading = "Options")]
    pub reprise: bool,
    /// Écrit le schéma d'une correspondance de « cpom importer tableau »
    #[arg(long, help_heading = "Options")]
    pub correspondance: bool,
    /// Écrit le schéma de la réponse de « cpom comparer --format json »
    #[arg(long, help_heading = "Options")]
    pub comparaison: bool,
    /// Écrit le schéma du manifeste que « cpom lot » écrit
    #[arg(long, help_heading = "Options")]
    pub manifeste: bool,
    /// Écrit le document OpenAPI du service que « cpom servir » tient
    #[arg(long, help_heading = "Options")]
    pub openapi: bool,
}

/// Options of `manuel`.
#[derive(Debug, Args)]
pub struct Manuel {
    /// Commande dont la page est écrite (à défaut, celle du programme)
    #[arg(value_name = "COMMANDE", conflicts_with = "sortie", value_parser = nom_de_commande, help_heading = "Arguments")]
    pub commande: Option<String>,
    /// Dossier où écrire toutes les pages (à défaut, une page, sur la sortie standard)
    #[arg(long, value_name = "DOSSIER", help_heading = "Options")]
    pub sortie: Option<PathBuf>,
}

/// Options of `completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// Interpréteur : bash, zsh, fish, elvish ou powershell
    #[arg(value_name = "INTERPRETEUR", hide_possible_values = true, help_heading = "Arguments")]
    pub interpreteur: clap_complete::Shell,
}

/// The command line as clap describes it, for completions.
pub fn description() -> clap::Command {
    Ligne::command()
}

/// A command of the program; looked up when it is given, since the commands hold this very argument.
fn nom_de_commande(nom: &str) -> Result<String, String> {
    description().find_subcommand(nom).map(|_| nom.to_owned()).ok_or_else(String::new)
}

/// Reads the arguments; help, version and bad use are dealt with here.
pub fn lire(arguments: impl IntoIterator<Item = OsString>) -> Result<Commande, Issue> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let commande = arguments.get(1).map(|mot| mot.to_string_lossy().into_owned()).unwrap_or_default();
    let ligne = Ligne::command().try_get_matches_from(arguments).and_then(|m| Ligne::from_arg_matches(&m));
    match ligne {
        Ok(Ligne { version: true, detaillee, .. }) => {
            version::dire(detaillee);
            Err(Issue::Fait)
        }
        Ok(Ligne { commande: Some(commande), .. }) => Ok(commande),
        Ok(Ligne { commande: None, .. }) => {
            ecran::notes(&francais(&Ligne::command().render_help().to_string()));
            Err(Issue::MauvaisUsage)
        }
        Err(erreur) if erreur.kind() == ErrorKind::DisplayHelp => {
            ecran::brut(&francais(&erreur.render().to_string()));
            Err(Issue::Fait)
        }
        Err(erreur) => {
            ecran::erreur(&message(&erreur, &commande));
            Err(Issue::MauvaisUsage)
        }
    }
}

/// French puts a space before the colon that clap adds to each heading.
fn francais(aide: &str) -> String {
    ["Commandes", "Arguments", "Options"]
        .iter()
        .fold(aide.to_string(), |aide, titre| aide.replace(&format!("\n{titre}:\n"), &format!("\n{titre} :\n")))
}

/// Where what was given without an option goes, in the commands that ask for one.
fn option_attendue(commande: &str, argument: &str) -> Option<String> {
    let option = match commande {
        "reprendre" => "--contrat",
        "extraire" | "generer" | "lot" | "verifier" => "--sortie",
        "nouveau" => "--modele",
        _ => return None,
    };
    Some(format!("« {argument} » se donne avec une option.\n    À faire : écrivez « {option} {argument} »."))
}

/// What clap refuses, in French; `commande` is the first word of the line.
fn message(erreur: &clap::Error, commande: &str) -> String {
    let contexte = |genre: ContextKind| -> Option<String> {
        erreur.get(genre).map(|valeur| match valeur {
            ContextValue::String(s) => s.clone(),
            ContextValue::Strings(s) => s.join(", "),
            autre => autre.to_string(),
        })
    };
    let argument = contexte(ContextKind::InvalidArg).unwrap_or_default();
    let valeur = contexte(ContextKind::InvalidValue).unwrap_or_default();
    let permises = contexte(ContextKind::ValidValue).map(|v| format!(" ; valeurs admises : {v}")).unwrap_or_default();
    let proche = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .find_map(|genre| match erreur.get(genre)? {
            // The nearest comes last.
            ContextValue::Strings(proches) => proches.last().cloned(),
            autre => Some(autre.to_string()),
        })
        .map(|p| format!(" ; vouliez-vous « {p} » ?"))
        .unwrap_or_default();
    let quoi = match erreur.kind() {
        ErrorKind::InvalidValue if valeur.is_empty() => format!("l'option « {argument} » attend une valeur{permises}"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("« {valeur} » ne convient pas à « {argument} »{permises}{proche}")
        }
        ErrorKind::UnknownArgument if !argument.starts_with('-') => {
            if let Some(message) = option_attendue(commande, &argument) {
                return message;
            }
            format!("l'argument « {argument} » est de trop")
        }
        ErrorKind::UnknownArgument => format!("l'argument « {argument} » n'existe pas{proche}"),
        ErrorKind::InvalidSubcommand => {
            let commande = contexte(ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("la commande « {commande} » n'existe pas{proche}")
        }
        ErrorKind::MissingRequiredArgument => {
            format!("il manque {}", argument.replace(['<', '>', '.'], "").replace("--", "l'option --"))
        }
        ErrorKind::ArgumentConflict => format!("l'option « {argument} » est donnée deux fois ou contredit une autre"),
        ErrorKind::InvalidUtf8 => "un argument n'est pas en UTF-8".to_string(),
        _ => "la ligne de commande n'est pas comprise".to_string(),
    };
    let point = if quoi.ends_with('?') { "" } else { "." };
    format!("{quoi}{point}\n    À faire : « cpom --help » donne les commandes, « cpom COMMANDE --help » leurs options.")
}
