//! The data of a contract → its free texts, with what each is about.

use super::mots::peut_compter;
use serde_json::{Map, Value};

/// A free text of a contract that may hold a number.
#[derive(Debug)]
pub struct Texte<'a> {
    pub pointeur: String,
    pub texte: &'a str,
    /// The establishment that it is about, when it is about one.
    pub etablissement: Option<&'a str>,
    /// The managing body that it is about.
    pub gestionnaire: Option<&'a str>,
    /// Whether it presents the whole of the contract or of a managing body.
    pub presente: bool,
}

/// Where free texts stand: what a rule that reads them all reads.
pub const TEXTES: [&str; 12] = [
    "/periode",
    "/parties",
    "/preambule",
    "/perimetre",
    "/diagnostic",
    "/axes",
    "/objectifs",
    "/fiches_actions",
    "/activite",
    "/moyens",
    "/suivi",
    "/clauses_particulieres",
];

/// Keys whose words are no sentence of the parties: names, acts, addresses, titles of the works of others.
fn muette(cle: &str) -> bool {
    matches!(
        cle,
        "id" | "nom"
            | "sigle"
            | "adresse"
            | "acte"
            | "reference"
            | "fichier"
            | "sha256"
            | "correspondance"
            | "source"
            | "documents"
            | "document"
            | "alternative"
            | "logo"
            | "logos"
            | "numerateur"
            | "denominateur"
            | "libelle"
            | "conventions_collectives"
            | "convention_collective"
            | "rdas"
            | "signataire"
            | "siege"
            | "deliberation"
            | "securite"
            | "autorisations"
            | "participants"
            | "fondement"
            | "contrats_renouveles"
            | "renouvelle"
            | "partenaire"
    ) || cle.starts_with('$')
}

/// The texts that present the contract: what they count, they count in whole.
const PRESENTATIONS: [&str; 4] =
    ["/preambule/", "/parties/gestionnaires/", "/perimetre/territoire/", "/diagnostic/methode"];

/// The free texts that may hold a number, in the order of the file.
pub fn textes(donnees: &Value) -> Vec<Texte<'_>> {
    let mut marche = Marche { pas: String::new(), trouves: Vec::new() };
    for cle in TEXTES {
        let Some(valeur) = donnees.pointer(cle) else { continue };
        marche.pas.push_str(cle);
        marche.voir(valeur, &Autour { etablissement: None, gestionnaire: None });
        marche.pas.clear();
    }
    marche.trouves
}

/// What the objects above a value say that it is about.
#[derive(Clone, Copy)]
struct Autour<'a> {
    etablissement: Option<&'a str>,
    gestionnaire: Option<&'a str>,
}

struct Marche<'a> {
    pas: String,
    trouves: Vec<Texte<'a>>,
}

impl<'a> Marche<'a> {
    fn voir(&mut self, valeur: &'a Value, autour: &Autour<'a>) {
        match valeur {
            Value::Object(objet) => {
                let autour = self.autour(objet, autour);
                for (cle, valeur) in objet {
                    if (valeur.is_string() || valeur.is_object() || valeur.is_array()) && !muette(cle) {
                        self.entrer(cle, |ici| ici.voir(valeur, &autour));
                    }
                }
            }
            Value::Array(elements) => {
                for (rang, valeur) in elements.iter().enumerate() {
                    if valeur.is_number() {
                        break;
                    }
                    self.entrer(&rang.to_string(), |ici| ici.voir(valeur, autour));
                }
            }
            Value::String(texte) if texte.contains(char::is_whitespace) && peut_compter(texte) => {
                self.garder(texte, autour)
            }
            _ => {}
        }
    }

    fn entrer(&mut self, pas: &str, faire: impl FnOnce(&mut Self)) {
        let avant = self.pas.len();
        self.pas.push('/');
        self.pas.push_str(pas);
        faire(self);
        self.pas.truncate(avant);
    }

    /// What an object says of what stands below it.
    fn autour(&self, objet: &'a Map<String, Value>, dessus: &Autour<'a>) -> Autour<'a> {
        let mot = |cle: &str| objet.get(cle).and_then(Value::as_str);
        let liste = objet.get("etablissements").and_then(Value::as_array).map(Vec::as_slice);
        let etablissement = match liste {
            Some([seul]) if seul.is_string() => seul.as_str(),
            Some([premier, ..]) if premier.is_string() => None,
            _ if self.pas.strip_prefix("/perimetre/etablissements/").is_some_and(|r| !r.contains('/')) => mot("id"),
            _ => mot("etablissement").or(dessus.etablissement),
        };
        let gestionnaire = match self.pas.strip_prefix("/parties/gestionnaires/") {
            Some(rang) if !rang.contains('/') => mot("id"),
            _ => mot("gestionnaire").or(dessus.gestionnaire),
        };
        Autour { etablissement, gestionnaire }
    }

    fn garder(&mut self, texte: &'a str, autour: &Autour<'a>) {
        let presente = PRESENTATIONS.iter().any(|debut| self.pas.starts_with(debut));
        self.trouves.push(Texte {
            pointeur: self.pas.clone(),
            texte,
            etablissement: autour.etablissement,
            gestionnaire: autour.gestionnaire,
            presente,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_text_knows_what_it_is_about() {
        let donnees = json!({
            "preambule": { "contexte": "deux mots", "enjeux": "aucun nombre" },
            "perimetre": { "etablissements": [{ "id": "ime", "nom": "IME 3 Pins", "publics": "enfants de 6 ans" }] },
            "diagnostic": { "constats": [{ "etablissements": ["ime"], "texte": "Il compte 12 places." }] },
            "fiches_actions": [{ "objectif": "o", "constat": "trois mots", "moyens": { "description": "4 mots" } }],
        });
        let lus: Vec<_> = textes(&donnees).into_iter().map(|t| (t.pointeur, t.etablissement, t.presente)).collect();
        let attendus = [
            ("/preambule/contexte", None, true),
            ("/perimetre/etablissements/0/publics", Some("ime"), false),
            ("/diagnostic/constats/0/texte", Some("ime"), false),
            ("/fiches_actions/0/constat", None, false),
            ("/fiches_actions/0/moyens/description", None, false),
        ];
        assert_eq!(lus, attendus.map(|(p, e, v)| (p.to_string(), e, v)));
    }
}
