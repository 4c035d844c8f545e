//! Turns the text of one file into a tree, accepting strict JSON only. It must not know the contract.

use std::collections::HashMap;
use std::str::FromStr;

use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde::de::IgnoredAny;
use serde_json::{Number, Value};

use super::arbre::{Contenu, Noeud};
use super::messages;
use super::positions::{Lieu, Source};
use crate::remarque::{Remarque, jeton_de_pointeur};

/// Most values of a file: a contract of a thousand establishments has a tenth of them, and each costs some hundred bytes.
const VALEURS_MAX: usize = 1_000_000;

/// Deepest nesting of lists and objects; the contract needs about ten.
const PROFONDEUR_MAXIMALE: usize = 64;

type Refus = Box<Remarque>;

/// The tree of a file. Keys given twice are told in `remarques`, and the first is kept.
pub(super) fn analyser(source: &Source, fichier: usize, remarques: &mut Vec<Remarque>) -> Result<Noeud, Refus> {
    verifier_profondeur(source)?;
    let lu = parse_to_ast(&source.texte, &CollectOptions::default(), &options_strictes())
        .map_err(|erreur| messages::syntaxe(source, &erreur))?;
    let racine = lu.value.ok_or_else(|| {
        refus(
            source,
            0,
            "LEC-vide",
            "ce fichier est vide.",
            "donnez le fichier JSON du contrat ; il commence par « { ».",
        )
    })?;
    verifier_blancs(source)?;
    let mut lecteur = Lecteur { source, fichier, remarques };
    lecteur.noeud(racine, None, &mut String::new())
}

pub(super) fn options_strictes() -> ParseOptions {
    ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    }
}

/// Checked before any recursive parsing, so that no file can exhaust the stack nor the memory.
fn verifier_profondeur(source: &Source) -> Result<(), Refus> {
    let (mut profondeur, mut dans_texte, mut echappe) = (0usize, false, false);
    let mut valeurs = 1usize;
    for (rang, octet) in source.texte.bytes().enumerate() {
        if !dans_texte && matches!(octet, b',' | b'[' | b'{') {
            valeurs += 1;
            if valeurs > VALEURS_MAX {
                return Err(refus(
                    source,
                    rang,
                    "LEC-taille",
                    "plus d'un million de valeurs se suivent jusqu'ici : ce n'est pas un contrat.",
                    "vérifiez qu'il s'agit du bon fichier.",
                ));
            }
        }
        match octet {
            _ if echappe => echappe = false,
            b'\\' if dans_texte => echappe = true,
            b'"' => dans_texte = !dans_texte,
            _ if dans_texte => {}
            b'{' | b'[' => {
                profondeur += 1;
                if profondeur > PROFONDEUR_MAXIMALE {
                    return Err(refus(
                        source,
                        rang,
                        "LEC-profondeur",
                        format!(
                            "plus de {PROFONDEUR_MAXIMALE} listes ou objets sont emboîtés ici : ce n'est pas un contrat."
                        ),
                        "vérifiez qu'il s'agit du bon fichier.",
                    ));
                }
            }
            b'}' | b']' => profondeur = profondeur.saturating_sub(1),
            _ => {}
        }
    }
    Ok(())
}

/// The parser takes any Unicode space for a space; JSON knows four. A second, strict parser has the last
/// word on what is between values.
fn verifier_blancs(source: &Source) -> Result<(), Refus> {
    let Err(erreur) = serde_json::from_str::<IgnoredAny>(&source.texte) else {
        return Ok(());
    };
    let octet = decalage(&source.texte, erreur.line(), erreur.column());
    if dans_un_texte(&source.texte, octet) {
        // A raw control character: told with its own words when the text is read.
        return Ok(());
    }
    Err(refus(
        source,
        octet,
        "LEC-caractere",
        "ce caractère n'a pas sa place ici (souvent une espace insécable, invisible à l'écran).",
        "effacez les blancs à cet endroit et tapez des espaces ordinaires.",
    ))
}

/// The byte of a line and column counted as `serde_json` does (bytes, from 1).
fn decalage(texte: &str, ligne: usize, colonne: usize) -> usize {
    let debut: usize = texte.split_inclusive('\n').take(ligne.saturating_sub(1)).map(str::len).sum();
    let mut octet = (debut + colonne.saturating_sub(1)).min(texte.len());
    while !texte.is_char_boundary(octet) {
        octet -= 1;
    }
    octet
}

fn dans_un_texte(texte: &str, octet: usize) -> bool {
    let (mut dans_texte, mut echappe) = (false, false);
    for o in texte.bytes().take(octet) {
        match o {
            _ if echappe => echappe = false,
            b'\\' if dans_texte => echappe = true,
            b'"' => dans_texte = !dans_texte,
            _ => {}
        }
    }
    dans_texte
}

struct Lecteur<'a> {
    source: &'a Source,
    fichier: usize,
    remarques: &'a mut Vec<Remarque>,
}

impl Lecteur<'_> {
    fn noeud(&mut self, valeur: ast::Value<'_>, cle: Option<Lieu>, pointeur: &mut String) -> Result<Noeud, Refus> {
        let octet = valeur.range().start;
        let contenu = match valeur {
            ast::Value::Object(objet) => self.objet(objet, pointeur)?,
            ast::Value::Array(liste) => {
                let mut elements = Vec::with_capacity(liste.elements.len());
                for (rang, element) in liste.elements.into_iter().enumerate() {
                    let longueur = pointeur.len();
                    pointeur.push_str(&format!("/{rang}"));
                    elements.push(self.noeud(element, None, pointeur)?);
                    pointeur.truncate(longueur);
                }
                Contenu::Liste(elements)
            }
            ast::Value::StringLit(texte) => {
                self.verifier_texte(texte.range.start, texte.range.end)?;
                Contenu::Scalaire(Value::String(texte.value.into_owned()))
            }
            ast::Value::NumberLit(nombre) => Contenu::Scalaire(self.nombre(&nombre)?),
            ast::Value::BooleanLit(booleen) => Contenu::Scalaire(Value::Bool(booleen.value)),
            ast::Value::NullKeyword(_) => Contenu::Scalaire(Value::Null),
        };
        Ok(Noeud { contenu, lieu: self.lieu(octet), cle, aussi: Vec::new() })
    }

    fn objet(&mut self, objet: ast::Object<'_>, pointeur: &mut String) -> Result<Contenu, Refus> {
        let mut champs: Vec<(String, Noeud)> = Vec::with_capacity(objet.properties.len());
        let mut vues: HashMap<String, usize> = HashMap::with_capacity(objet.properties.len());
        for propriete in objet.properties {
            let range = propriete.name.range();
            self.verifier_texte(range.start, range.end)?;
            let cle = propriete.name.into_string();
            let longueur = pointeur.len();
            pointeur.push('/');
            pointeur.push_str(&jeton_de_pointeur(&cle));
            let noeud = self.noeud(propriete.value, Some(self.lieu(range.start)), pointeur)?;
            match vues.get(&cle) {
                Some(premiere) => self.remarques.push(cle_double(self.source, &cle, pointeur, *premiere, range.start)),
                None => {
                    vues.insert(cle.clone(), range.start);
                    champs.push((cle, noeud));
                }
            }
            pointeur.truncate(longueur);
        }
        Ok(Contenu::Objet(champs))
    }

    /// JSON forbids raw control characters in texts; a line break is the usual one.
    fn verifier_texte(&self, debut: usize, fin: usize) -> Result<(), Refus> {
        let brut = self.source.texte.get(debut..fin).unwrap_or_default();
        match brut.bytes().position(|octet| octet < 0x20) {
            None => Ok(()),
            Some(rang) => Err(refus(
                self.source,
                debut + rang,
                "LEC-controle",
                "un texte est coupé ici par un retour à la ligne, une tabulation ou un caractère invisible.",
                "écrivez « \\n » pour un retour à la ligne et « \\t » pour une tabulation, ou fermez le guillemet oublié.",
            )),
        }
    }

    fn nombre(&self, nombre: &ast::NumberLit<'_>) -> Result<Value, Refus> {
        Number::from_str(nombre.value)
            .ok()
            .filter(|n| n.as_f64().is_some_and(f64::is_finite))
            .map(Value::Number)
            .ok_or_else(|| {
                refus(
                    self.source,
                    nombre.range.start,
                    "LEC-nombre",
                    "ce nombre est trop grand pour être lu.",
                    "vérifiez le nombre de chiffres et l'exposant.",
                )
            })
    }

    fn lieu(&self, octet: usize) -> Lieu {
        Lieu { fichier: self.fichier, octet }
    }
}

fn cle_double(source: &Source, cle: &str, pointeur: &str, premiere: usize, seconde: usize) -> Remarque {
    let avant = source.position(premiere);
    Remarque::bloquante(
        "LEC-cle-double",
        pointeur,
        format!(
            "la clé « {cle} » est donnée deux fois dans le même objet : ligne {}, colonne {}, puis ici.",
            avant.ligne, avant.colonne
        ),
        "gardez celle qui est juste et supprimez l'autre.",
    )
    .placee(Some(source.position(seconde)))
}

/// A refusal of the file, at a byte of its text.
pub(super) fn refus(
    source: &Source,
    octet: usize,
    code: &str,
    message: impl Into<String>,
    remede: impl Into<String>,
) -> Refus {
    Box::new(Remarque::bloquante(code, "", message, remede).placee(Some(source.position(octet))))
}
