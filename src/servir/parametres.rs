//! The parameters of the addresses: their names, what they admit, and from a query to the choices of the pipeline.
//!
//! One table says them to the clients (`openapi`) and reads them here.

use crate::compte_rendu::Partie;
use crate::contrat::identifiants::Date;
use crate::document::Etat;
use crate::dossier::{Choix, Forme};
use crate::http::probleme::{Genre, Probleme};
use crate::redaction::Usage;
use crate::rendu::{self, pdf::Balises};
use crate::schema::plus_proche;
use crate::tableur::Pour;
use std::collections::BTreeMap;

/// What a parameter admits.
#[derive(Debug, Clone, Copy)]
pub(super) enum Valeurs {
    /// One of these words.
    Parmi(fn() -> Vec<&'static str>),
    /// Some of these words, with commas.
    Plusieurs(fn() -> Vec<&'static str>),
    /// « true » or « false ».
    OuiNon,
    /// A day, YYYY-MM-DD.
    Date,
    /// The identifier of a model of the service.
    Modele,
    /// An identifier that the contract gives.
    Identifiant,
}

/// A parameter of an address.
#[derive(Debug)]
pub(super) struct Parametre {
    pub nom: &'static str,
    pub dit: &'static str,
    pub valeurs: Valeurs,
}

const ETAT: Parametre = Parametre {
    nom: "etat",
    dit: "État du document ; à défaut, celui du contrat.",
    valeurs: Valeurs::Parmi(|| vec!["projet", "definitif"]),
};
const MODELE: Parametre = Parametre {
    nom: "modele",
    dit: "Modèle régional ; à défaut, celui du contrat ou de la région.",
    valeurs: Valeurs::Modele,
};
const DATE: Parametre =
    Parametre { nom: "date", dit: "Date de signature, à la place de celle du contrat.", valeurs: Valeurs::Date };
const STRICT: Parametre =
    Parametre { nom: "strict", dit: "Les alertes refusent aussi le contrat.", valeurs: Valeurs::OuiNon };
const FORME: Parametre = Parametre {
    nom: "format",
    dit: "Forme du rapport ; à défaut, « json ».",
    valeurs: Valeurs::Parmi(|| Forme::TOUTES.map(Forme::cle).to_vec()),
};
const PARTIE: Parametre = Parametre {
    nom: "partie",
    dit: "Ne donne que les remarques d'une partie du contrat ; le verdict porte toujours sur le tout.",
    valeurs: Valeurs::Parmi(|| Partie::TOUTES.map(Partie::cle).to_vec()),
};
const COMPLETUDE: Parametre = Parametre {
    nom: "completude",
    dit: "Donne aussi ce qui manque : qui le tient, à quelle structure, quel champ.",
    valeurs: Valeurs::OuiNon,
};
const FORMAT: Parametre = Parametre {
    nom: "format",
    dit: "Fichier demandé ; à défaut, « pdf ». « zip » réunit les fichiers de « contenu », le rapport et la liste des champs de signature.",
    valeurs: Valeurs::Parmi(|| vec!["pdf", "docx", "texte", "zip"]),
};
const CONTENU: Parametre = Parametre {
    nom: "contenu",
    dit: "Avec « format=zip » : les formats à y mettre, séparés par des virgules ; à défaut, « pdf,docx ».",
    valeurs: Valeurs::Plusieurs(|| vec!["pdf", "docx", "texte"]),
};
const DECOUPE: Parametre = Parametre {
    nom: "decoupe",
    dit: "Avec « format=zip » : le socle, chaque annexe et chaque fiche dans un fichier à part.",
    valeurs: Valeurs::OuiNon,
};
const GESTIONNAIRE: Parametre = Parametre {
    nom: "gestionnaire",
    dit: "N'imprime que le contrat de ce gestionnaire.",
    valeurs: Valeurs::Identifiant,
};
const POUR: Parametre = Parametre {
    nom: "pour",
    dit: "Imprime, à la place du contrat, un document tiré de lui : les fiches actions pour les équipes.",
    valeurs: Valeurs::Parmi(|| vec!["equipes"]),
};
const ETABLISSEMENT: Parametre = Parametre {
    nom: "etablissement",
    dit: "Imprime, à la place du contrat, la feuille de route de cet établissement.",
    valeurs: Valeurs::Identifiant,
};
const PARAPHES: Parametre = Parametre {
    nom: "paraphes",
    dit: "Ajoute à chaque page du PDF définitif un champ de paraphe par signataire.",
    valeurs: Valeurs::OuiNon,
};
const BALISES: Parametre = Parametre {
    nom: "balises",
    dit: "Ajoute au PDF définitif les balises invisibles d'un service de signature.",
    valeurs: Valeurs::Parmi(|| vec!["docuseal", "documenso"]),
};
const VERROUILLE: Parametre = Parametre {
    nom: "verrouille",
    dit: "Ce que le Word verrouille ; « autorite » : le texte, sauf les valeurs que tient le gestionnaire.",
    valeurs: Valeurs::Parmi(|| vec!["aucun", "autorite"]),
};

const FEUILLES: Parametre = Parametre {
    nom: PARTIE.nom,
    dit: "Ne met dans le classeur que les feuilles d'une partie du contrat.",
    valeurs: PARTIE.valeurs,
};
const POUR_QUI: Parametre = Parametre {
    nom: "pour_qui",
    dit: "À qui le classeur est destiné : au retour, seules les valeurs qu'il tient sont reprises.",
    valeurs: Valeurs::Parmi(|| Pour::MOTS.to_vec()),
};
const ECRIRE: Parametre = Parametre {
    nom: "ecrire",
    dit: "Avec un classeur : rend le contrat avec ce qui y change (un zip s'il est en plusieurs fichiers), au lieu de la liste des changements.",
    valeurs: Valeurs::OuiNon,
};

/// Of `POST /tableur`.
pub(super) const DU_TABLEUR: &[Parametre] = &[ETAT, MODELE, DATE, FEUILLES, POUR_QUI, ECRIRE];

/// Of `POST /verifier`.
pub(super) const DE_VERIFIER: &[Parametre] = &[FORME, ETAT, MODELE, DATE, STRICT, PARTIE, COMPLETUDE];

/// Of `POST /generer`.
pub(super) const DE_GENERER: &[Parametre] = &[
    FORMAT,
    CONTENU,
    DECOUPE,
    ETAT,
    MODELE,
    DATE,
    STRICT,
    GESTIONNAIRE,
    POUR,
    ETABLISSEMENT,
    PARAPHES,
    BALISES,
    VERROUILLE,
];

/// The parameters of a request, each admitted by its own.
#[derive(Debug, Default)]
pub(super) struct Parametres(BTreeMap<&'static str, String>);

impl Parametres {
    /// Reads the pairs of a query against the parameters of an address.
    pub fn lire(
        admis: &'static [Parametre],
        donnes: &[(String, String)],
        modeles: &[String],
    ) -> Result<Self, Probleme> {
        let mut lus = BTreeMap::new();
        for (nom, valeur) in donnes {
            let Some(parametre) = admis.iter().find(|p| p.nom == nom) else {
                return Err(inconnu(nom, admis));
            };
            verifier(parametre, valeur, modeles)?;
            if lus.insert(parametre.nom, valeur.clone()).is_some() {
                return Err(Probleme::nouveau(
                    Genre::Demande,
                    format!("Le paramètre « {nom} » est donné deux fois."),
                    "ne le donnez qu'une fois.",
                ));
            }
        }
        Ok(Parametres(lus))
    }

    /// As they were given.
    pub fn paires(&self) -> Vec<(String, String)> {
        self.0.iter().map(|(nom, valeur)| ((*nom).to_owned(), valeur.clone())).collect()
    }

    fn mot(&self, parametre: &Parametre) -> Option<&str> {
        self.0.get(parametre.nom).map(String::as_str)
    }

    fn oui(&self, parametre: &Parametre) -> bool {
        self.mot(parametre) == Some("true")
    }

    /// Whether a parameter of that name was given.
    pub fn donne(&self, nom: &str) -> bool {
        self.0.contains_key(nom)
    }

    pub fn forme(&self) -> Forme {
        self.mot(&FORME).and_then(Forme::de_cle).unwrap_or(Forme::Json)
    }

    pub fn partie(&self) -> Option<Partie> {
        self.mot(&PARTIE).and_then(Partie::de_cle)
    }

    pub fn pour_qui(&self) -> Option<Pour> {
        self.mot(&POUR_QUI).and_then(Pour::de)
    }

    pub fn ecrire(&self) -> bool {
        self.oui(&ECRIRE)
    }

    pub fn completude(&self) -> bool {
        self.oui(&COMPLETUDE)
    }

    /// « pdf », « docx », « texte » or « zip ».
    pub fn format(&self) -> &str {
        self.mot(&FORMAT).unwrap_or("pdf")
    }

    /// The words of the formats that go in a zip.
    pub fn contenu(&self) -> Vec<&str> {
        self.mot(&CONTENU).unwrap_or("pdf,docx").split(',').collect()
    }

    pub fn decoupe(&self) -> bool {
        self.oui(&DECOUPE)
    }

    /// The choices of the pipeline that the parameters make.
    pub fn choix(&self) -> Result<Choix, Probleme> {
        let pour = match (self.mot(&POUR), self.mot(&ETABLISSEMENT)) {
            (None, None) => Usage::Contrat,
            (Some(_), None) => Usage::Equipes,
            (None, Some(id)) => Usage::Etablissement(id.to_owned()),
            (Some(_), Some(_)) => {
                return Err(Probleme::nouveau(
                    Genre::Choix,
                    "« pour » et « etablissement » demandent deux documents différents.",
                    "choisissez l'un des deux, et faites deux demandes s'il le faut.",
                ));
            }
        };
        let balises = self.mot(&BALISES).map(|service| match service {
            "docuseal" => Balises::Docuseal,
            _ => Balises::Documenso,
        });
        Ok(Choix {
            etat: self.mot(&ETAT).map(|etat| if etat == "definitif" { Etat::Definitif } else { Etat::Projet }),
            modele: self.mot(&MODELE).map(str::to_owned),
            gestionnaire: self.mot(&GESTIONNAIRE).map(str::to_owned),
            date: self.mot(&DATE).map(str::to_owned),
            strict: self.oui(&STRICT),
            options: rendu::Options {
                pdf: rendu::pdf::Options { paraphes: self.oui(&PARAPHES), balises },
                docx: rendu::docx::Options { verrouille: self.mot(&VERROUILLE) == Some("autorite"), gabarit: None },
            },
            pour,
            ..Choix::default()
        })
    }
}

fn inconnu(nom: &str, admis: &'static [Parametre]) -> Probleme {
    let noms = || admis.iter().map(|p| p.nom);
    let proche = plus_proche(nom, noms()).map(|p| format!(" ; vouliez-vous « {p} » ?")).unwrap_or(".".to_owned());
    let connus: Vec<&str> = noms().collect();
    let a_faire = if connus.is_empty() {
        "demandez cette adresse sans paramètre.".to_owned()
    } else {
        format!("choisissez parmi : {}.", connus.join(", "))
    };
    Probleme::nouveau(Genre::Demande, format!("Le paramètre « {nom} » n'existe pas{proche}"), a_faire)
}

fn verifier(parametre: &Parametre, valeur: &str, modeles: &[String]) -> Result<(), Probleme> {
    let choix = |mots: &[&str]| format!("choisissez parmi : {}.", mots.join(", "));
    let (admise, a_faire) = match parametre.valeurs {
        Valeurs::Parmi(mots) => (mots().contains(&valeur), choix(&mots())),
        Valeurs::Plusieurs(mots) => {
            let mots = mots();
            let mut vus = Vec::new();
            let bons = valeur.split(',').all(|mot| {
                let nouveau = mots.contains(&mot) && !vus.contains(&mot);
                vus.push(mot);
                nouveau
            });
            (bons, format!("séparez par des virgules, une fois chacun : {}.", mots.join(", ")))
        }
        Valeurs::OuiNon => (matches!(valeur, "true" | "false"), choix(&["true", "false"])),
        Valeurs::Date => {
            (valeur.parse::<Date>().is_ok(), "écrivez l'année, le mois et le jour, par exemple 2026-01-31.".to_owned())
        }
        Valeurs::Modele => {
            (modeles.iter().any(|id| id == valeur), choix(&modeles.iter().map(String::as_str).collect::<Vec<_>>()))
        }
        Valeurs::Identifiant => (!valeur.is_empty(), "donnez un identifiant que le contrat emploie.".to_owned()),
    };
    if admise {
        return Ok(());
    }
    let detail = format!("« {valeur} » ne convient pas au paramètre « {} ».", parametre.nom);
    Err(Probleme::nouveau(Genre::Demande, detail, a_faire))
}
