//! Turns each validation error into what is wrong, where and what to do, in plain French. It must not know
//! the contract: titles and explanations come from the schema.

use jsonschema::error::ValidationErrorKind as Genre;
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::branches::{Choix, Litteral, choisir, types};
use super::mots::{
    avec_type, compte, decimales, doublon, elements, enumerer, extrait, liste_de_valeurs, mot_du_type, normaliser,
    plus_proche, ponctuer,
};
use super::noeuds::NON_APPLICABLE;
use super::noeuds::{Noeuds, enfant_de, premier_texte};
use crate::remarque::Remarque;

/// How to say that a value is not known or not wanted.
const RETIRER: &str =
    "retirez la clé si la valeur n'est pas connue, ou écrivez {\"non_applicable\": \"motif\"} si elle est sans objet";

/// Words the errors of one instance.
pub(super) struct Traducteur<'a> {
    noeuds: Noeuds<'a>,
    instance: &'a Value,
    /// The value as a whole: the schema of the contract is the one that has an address; the others are of files of models.
    tout: &'static str,
}

impl<'a> Traducteur<'a> {
    pub(super) fn new(schema: &'a Value, instance: &'a Value) -> Self {
        let tout = if schema.get("$id").is_some() { "le contrat" } else { "ce fichier" };
        Self { noeuds: Noeuds::new(schema), instance, tout }
    }

    /// Adds the findings that an error stands for: one, or those of the form that was meant.
    pub(super) fn traduire(&self, erreur: &ValidationError<'_>, sortie: &mut Vec<Remarque>) {
        let pointeur = erreur.instance_path().as_str();
        match erreur.kind() {
            Genre::AnyOf { context } | Genre::OneOfNotValid { context } => {
                self.traduire_formes(erreur, context, sortie);
            }
            Genre::AdditionalProperties { unexpected } | Genre::UnevaluatedProperties { unexpected } => {
                // Their words come later: see `completer`.
                let code = format!("SCH-{}", erreur.kind().keyword());
                sortie.extend(
                    unexpected.iter().map(|cle| Remarque::bloquante(code.clone(), enfant_de(pointeur, cle), "", "")),
                );
            }
            Genre::PropertyNames { error } => {
                let cle = error.instance().as_str().unwrap_or_default().to_owned();
                sortie.push(self.remarque(
                    erreur,
                    format!("{} : la clé « {cle} » n'a pas la forme attendue.", self.nom(pointeur)),
                    self.explication(error),
                ));
            }
            _ => {
                let (message, remede) = self.phrase(erreur);
                sortie.push(self.remarque(erreur, message, remede));
            }
        }
    }

    /// The pointers of the findings that an error stands for.
    pub(super) fn pointeurs(&self, erreur: &ValidationError<'_>, sortie: &mut Vec<String>) {
        let pointeur = erreur.instance_path().as_str();
        match erreur.kind() {
            Genre::AnyOf { context } | Genre::OneOfNotValid { context } => {
                let formes = self.noeuds.a(erreur.schema_path().as_str());
                match choisir(self.noeuds, formes, context, erreur.instance(), pointeur) {
                    Choix::Forme(erreurs, _) => erreurs.iter().for_each(|e| self.pointeurs(e, sortie)),
                    Choix::Litteraux(_) | Choix::Types(_) => sortie.push(pointeur.to_owned()),
                }
            }
            Genre::AdditionalProperties { unexpected } | Genre::UnevaluatedProperties { unexpected } => {
                sortie.extend(unexpected.iter().map(|cle| enfant_de(pointeur, cle)));
            }
            _ => sortie.push(pointeur.to_owned()),
        }
    }

    /// Puts in words a key that no one expects.
    pub(super) fn completer(&self, remarque: &mut Remarque) {
        if remarque.message.is_empty()
            && let Some((pointeur, jeton)) = remarque.pointeur.rsplit_once('/')
        {
            let cle = jeton.replace("~1", "/").replace("~0", "~");
            (remarque.message, remarque.remede) = self.cle_inconnue(pointeur, &cle);
        }
    }

    fn traduire_formes(
        &self,
        erreur: &ValidationError<'_>,
        contexte: &[Vec<ValidationError<'static>>],
        sortie: &mut Vec<Remarque>,
    ) {
        let pointeur = erreur.instance_path().as_str();
        let formes = self.noeuds.a(erreur.schema_path().as_str());
        match choisir(self.noeuds, formes, contexte, erreur.instance(), pointeur) {
            Choix::Forme(erreurs, autres) => {
                let debut = sortie.len();
                for e in erreurs {
                    self.traduire(e, sortie);
                }
                if !autres.is_empty() {
                    let ajout = format!(" Ou bien : {}.", liste_de_valeurs(&autres));
                    for remarque in sortie.iter_mut().skip(debut).filter(|r| r.pointeur == pointeur) {
                        remarque.remede.push_str(&ajout);
                    }
                }
            }
            Choix::Litteraux(valeurs) => {
                let (message, remede) = self.hors_choix(pointeur, erreur.instance(), &valeurs);
                sortie.push(Remarque::bloquante("SCH-enum", pointeur, message, remede));
            }
            Choix::Types(attendus) => {
                let (message, remede) = self.mauvais_type(erreur, &attendus);
                sortie.push(Remarque::bloquante("SCH-type", pointeur, message, remede));
            }
        }
    }

    fn remarque(&self, erreur: &ValidationError<'_>, message: String, remede: String) -> Remarque {
        Remarque::bloquante(
            format!("SCH-{}", erreur.kind().keyword()),
            erreur.instance_path().as_str(),
            message,
            remede,
        )
    }

    /// Message and remedy of an error that stands for itself.
    fn phrase(&self, erreur: &ValidationError<'_>) -> (String, String) {
        let pointeur = erreur.instance_path().as_str();
        let valeur = erreur.instance();
        let nom = self.nom(pointeur);
        let donne = extrait(valeur);
        match erreur.kind() {
            Genre::Required { property } => {
                let cle = property.as_str().unwrap_or_default();
                let titre = self.noeuds.titre_de_cle(pointeur, cle);
                let quoi = titre.map_or_else(|| format!("la clé « {cle} »"), |t| format!("« {t} » (clé « {cle} »)"));
                (format!("il manque {quoi} dans {nom}."), self.ajouter_cle(pointeur, cle))
            }
            Genre::Type { kind } => self.mauvais_type(erreur, &types(kind)),
            Genre::Enum { options } => {
                let choix: Vec<Litteral<'_>> =
                    options.as_array().into_iter().flatten().map(|valeur| Litteral { valeur, titre: None }).collect();
                self.hors_choix(pointeur, valeur, &choix)
            }
            Genre::Constant { expected_value } => (
                format!("{nom} doit valoir {} ; le fichier donne {donne}.", extrait(expected_value)),
                format!("écrivez {}.", extrait(expected_value)),
            ),
            Genre::Format { format } if format == "date" => self.mauvaise_date(pointeur, valeur),
            Genre::Format { format } => {
                (format!("{nom} n'a pas la forme attendue ({format}) : {donne}."), self.explication(erreur))
            }
            Genre::Pattern { .. } => (format!("{nom} ne peut pas s'écrire {donne}."), self.explication(erreur)),
            Genre::Minimum { limit } => {
                (format!("{nom} vaut {donne} ; le minimum est {}.", extrait(limit)), self.explication(erreur))
            }
            Genre::Maximum { limit } => {
                (format!("{nom} vaut {donne} ; le maximum est {}.", extrait(limit)), self.explication(erreur))
            }
            Genre::ExclusiveMinimum { limit } => {
                (format!("{nom} vaut {donne} ; il faut plus de {}.", extrait(limit)), self.explication(erreur))
            }
            Genre::ExclusiveMaximum { limit } => {
                (format!("{nom} vaut {donne} ; il faut moins de {}.", extrait(limit)), self.explication(erreur))
            }
            Genre::MultipleOf { multiple_of } => match decimales(*multiple_of) {
                Some(n) => (
                    format!("{nom} a trop de décimales : {donne} ; il en faut {n} au plus."),
                    "arrondissez la valeur.".into(),
                ),
                None => (
                    format!("{nom} vaut {donne} : ce n'est pas un multiple de {multiple_of}."),
                    self.explication(erreur),
                ),
            },
            Genre::MinLength { .. } if valeur.as_str() == Some("") && pointeur.ends_with(NON_APPLICABLE) => (
                format!("{nom} ne peut pas être vide."),
                "écrivez pourquoi cette valeur est sans objet ; le motif sera imprimé.".into(),
            ),
            Genre::MinLength { .. } if valeur.as_str() == Some("") => {
                (format!("{nom} ne peut pas être vide."), format!("écrivez sa valeur ; {RETIRER}."))
            }
            Genre::MinLength { limit } => (
                format!("{nom} est trop court : {donne} ; il faut au moins {limit} caractères."),
                self.explication(erreur),
            ),
            Genre::MaxLength { limit } => {
                let longueur = valeur.as_str().map_or(0, |t| t.chars().count());
                (
                    format!("{nom} est trop long : {longueur} caractères, pour {limit} au plus."),
                    "abrégez le texte, ou donnez-le en pièce annexée.".into(),
                )
            }
            Genre::MinItems { limit } => (
                format!(
                    "{nom} doit avoir au moins {limit} {} ; le fichier en donne {}.",
                    elements(*limit),
                    compte(valeur)
                ),
                "complétez la liste.".into(),
            ),
            Genre::MaxItems { limit } => (
                format!(
                    "{nom} ne peut avoir plus de {limit} {} ; le fichier en donne {}.",
                    elements(*limit),
                    compte(valeur)
                ),
                "retirez les éléments en trop.".into(),
            ),
            Genre::AdditionalItems { limit } => (
                format!("{nom} ne peut avoir plus de {limit} éléments ; le fichier en donne {}.", compte(valeur)),
                "retirez les éléments en trop.".into(),
            ),
            Genre::UnevaluatedItems { .. } => {
                (format!("{nom} contient des éléments qui ne sont pas prévus."), "retirez les éléments en trop.".into())
            }
            Genre::UniqueItems => {
                (format!("{nom} donne deux fois le même élément{}.", doublon(valeur)), "retirez la répétition.".into())
            }
            Genre::Contains => {
                (format!("{nom} ne contient aucun élément de la sorte attendue."), self.explication(erreur))
            }
            Genre::MinProperties { limit } => (
                format!("{nom} doit avoir au moins {limit} clé(s) ; le fichier en donne {}.", compte(valeur)),
                self.explication(erreur),
            ),
            Genre::MaxProperties { limit } => (
                format!("{nom} ne peut avoir plus de {limit} clé(s) ; le fichier en donne {}.", compte(valeur)),
                "retirez les clés en trop.".into(),
            ),
            Genre::FalseSchema => (format!("{nom} n'est pas admis ici."), "retirez cette clé.".into()),
            Genre::Not { .. } => {
                (format!("{nom} a une valeur qui n'est pas admise : {donne}."), self.explication(erreur))
            }
            Genre::OneOfMultipleValid { .. } => {
                (format!("{nom} peut se comprendre de plusieurs façons : {donne}."), self.explication(erreur))
            }
            Genre::ContentEncoding { content_encoding } => {
                (format!("{nom} n'est pas codé en {content_encoding}."), self.explication(erreur))
            }
            Genre::FromUtf8 { .. } | Genre::ContentMediaType { .. } => {
                (format!("le contenu de {nom} n'est pas de la sorte attendue."), self.explication(erreur))
            }
            Genre::Custom { message, .. } => (format!("{nom} : {message}"), self.explication(erreur)),
            Genre::BacktrackLimitExceeded { .. } | Genre::RegexEngineFailure { .. } | Genre::Referencing(_) => (
                format!("{nom} n'a pas pu être vérifié : le schéma du programme est en défaut."),
                "signalez-le aux auteurs de cpom, avec ce message.".into(),
            ),
            // Told by `traduire`, each its own way.
            Genre::AnyOf { .. }
            | Genre::OneOfNotValid { .. }
            | Genre::AdditionalProperties { .. }
            | Genre::UnevaluatedProperties { .. }
            | Genre::PropertyNames { .. } => {
                (format!("{nom} n'a pas une forme admise : {donne}."), self.explication(erreur))
            }
        }
    }

    fn cle_inconnue(&self, pointeur: &str, cle: &str) -> (String, String) {
        let connues = self.noeuds.cles(pointeur);
        let dans = self.nom(pointeur);
        let remede = if cle == NON_APPLICABLE {
            format!("{dans} ne peut pas être déclaré sans objet : donnez sa valeur.")
        } else {
            match plus_proche(cle, connues.iter().copied()) {
                Some(proche) => format!(
                    "Vouliez-vous dire « {proche} » ? Sinon, retirez la clé (pour une note, utilisez \"$comment\")."
                ),
                None if connues.is_empty() => "retirez la clé (pour une note, utilisez \"$comment\").".into(),
                None => format!(
                    "retirez la clé (pour une note, utilisez \"$comment\"). Clés admises ici : {}.",
                    enumerer(&connues, 15)
                ),
            }
        };
        (format!("la clé « {cle} » n'existe pas dans {dans}."), remede)
    }

    fn hors_choix(&self, pointeur: &str, valeur: &Value, choix: &[Litteral<'_>]) -> (String, String) {
        let message = format!("{} ne peut pas valoir {}.", self.nom(pointeur), extrait(valeur));
        let proche = valeur.as_str().and_then(|texte| {
            let valeurs = choix.iter().filter_map(|c| c.valeur.as_str());
            plus_proche(texte, valeurs).or_else(|| {
                choix.iter().find(|c| c.titre.is_some_and(|t| normaliser(t) == normaliser(texte)))?.valeur.as_str()
            })
        });
        let suggestion = proche.map_or_else(String::new, |p| format!("Vouliez-vous dire « {p} » ? "));
        // Only `true` can be said in a word: a refusal is an object that gives its reason.
        let refus = matches!((valeur, choix), (Value::Bool(false), [seul]) if seul.valeur == &Value::Bool(true));
        let refus = if refus { " ; pour dire non, un objet qui en donne la raison : {\"motif\": \"…\"}" } else { "" };
        (message, format!("{suggestion}Valeurs admises : {}{refus}.", liste_de_valeurs(choix)))
    }

    fn mauvais_type(&self, erreur: &ValidationError<'_>, attendus: &[JsonType]) -> (String, String) {
        let valeur: &Value = erreur.instance();
        let pointeur = erreur.instance_path().as_str();
        let attendu: Vec<&str> = attendus.iter().map(|t| mot_du_type(*t)).collect();
        let message = format!(
            "{} doit être {} ; le fichier donne {}.",
            self.nom(pointeur),
            attendu.join(" ou "),
            avec_type(valeur)
        );
        let attend = |t: JsonType| attendus.contains(&t);
        let nombre_attendu = attend(JsonType::Number) || attend(JsonType::Integer);
        let remede = match valeur {
            Value::Null => format!("{RETIRER}."),
            Value::String(texte) if nombre_attendu && texte.trim().parse::<f64>().is_ok() => {
                format!("retirez les guillemets : {}.", texte.trim())
            }
            Value::String(texte) if nombre_attendu && texte.contains(',') => {
                "écrivez le nombre sans guillemets ni espaces, avec un point pour les décimales : 1234.56.".into()
            }
            Value::Number(nombre) if attend(JsonType::String) => {
                format!("mettez la valeur entre guillemets : \"{nombre}\".")
            }
            Value::Object(objet) if objet.contains_key(NON_APPLICABLE) => {
                "cette valeur est nécessaire, elle ne peut pas être déclarée sans objet : donnez-la.".into()
            }
            Value::String(texte) if attend(JsonType::Boolean) => match normaliser(texte).as_str() {
                "oui" | "vrai" | "true" => "écrivez true, sans guillemets.".into(),
                "non" | "faux" | "false" => "écrivez false, sans guillemets.".into(),
                _ => "écrivez true ou false, sans guillemets.".into(),
            },
            autre if attendus == [JsonType::Array] && !autre.is_array() => {
                "mettez la valeur entre crochets, même s'il n'y en a qu'une : [ … ].".into()
            }
            _ => self.explication(erreur),
        };
        (message, remede)
    }

    fn mauvaise_date(&self, pointeur: &str, valeur: &Value) -> (String, String) {
        let nom = self.nom(pointeur);
        let texte = valeur.as_str().unwrap_or_default();
        let chiffres = |t: &str, n: usize| t.len() == n && t.bytes().all(|b| b.is_ascii_digit());
        let tirets: Vec<&str> = texte.split('-').collect();
        match tirets.as_slice() {
            [annee, mois] if chiffres(annee, 4) && chiffres(mois, 2) => {
                return (
                    format!("{nom} donne un mois (« {texte} ») ; il faut une date entière, avec le jour."),
                    format!("ajoutez le jour, par exemple « {texte}-01 » pour le premier du mois."),
                );
            }
            [annee] if chiffres(annee, 4) => {
                return (
                    format!("{nom} donne une année (« {texte} ») ; il faut une date entière."),
                    format!("ajoutez le mois et le jour, par exemple « {texte}-01-01 »."),
                );
            }
            [annee, mois, jour] if chiffres(annee, 4) && chiffres(mois, 2) && chiffres(jour, 2) => {
                return (
                    format!("{nom} donne une date qui n'existe pas dans le calendrier : « {texte} »."),
                    "vérifiez le jour et le mois (année-mois-jour).".into(),
                );
            }
            _ => {}
        }
        let barres: Vec<&str> = texte.split(['/', '.']).collect();
        let remede = match barres.as_slice() {
            [jour, mois, annee] if chiffres(annee, 4) && !jour.is_empty() && jour.len() <= 2 && mois.len() <= 2 => {
                format!("écrivez « {annee}-{mois:0>2}-{jour:0>2} » (année-mois-jour).")
            }
            _ => "écrivez l'année, le mois et le jour : 2026-03-31 pour le 31 mars 2026.".into(),
        };
        (format!("{nom} n'est pas une date lisible : « {texte} »."), remede)
    }

    /// What the schema says of an element: the words of the node that was broken, else those of the key.
    fn explication(&self, erreur: &ValidationError<'_>) -> String {
        let chemin = erreur.schema_path().as_str();
        let proprietaire = chemin.rsplit_once('/').and_then(|(parent, _)| self.noeuds.a(parent));
        let mut noeuds: Vec<&Value> = proprietaire.into_iter().collect();
        noeuds.extend(self.noeuds.de_l_instance(erreur.instance_path().as_str()));
        let texte = premier_texte(&noeuds, "x-explication")
            .or_else(|| premier_texte(&noeuds, "description"))
            .unwrap_or("vérifiez cette valeur.");
        let exemple = noeuds
            .iter()
            .find_map(|n| n.get("examples")?.as_array()?.first())
            .map_or_else(String::new, |e| format!(" Exemple : {e}."));
        format!("{}{exemple}", ponctuer(texte))
    }

    fn ajouter_cle(&self, pointeur: &str, cle: &str) -> String {
        let noeuds = self.noeuds.de_l_instance(&enfant_de(pointeur, cle));
        let exemple = noeuds
            .iter()
            .find_map(|n| n.get("examples")?.as_array()?.first())
            .map_or_else(|| "…".to_owned(), Value::to_string);
        let texte = premier_texte(&noeuds, "description").map_or_else(String::new, |d| format!(" {}", ponctuer(d)));
        format!("ajoutez \"{cle}\": {exemple}.{texte}")
    }

    /// An element in the words of the schema: « Durée » (duree_annees), with the identifier of the list
    /// element that holds it.
    fn nom(&self, pointeur: &str) -> String {
        if pointeur.is_empty() {
            return self.tout.into();
        }
        let jeton = pointeur.rsplit('/').next().unwrap_or_default();
        // The elements of a list of choices have no title of their own: that of a choice is none.
        let choix = self.noeuds.est_un_choix(pointeur);
        let titre = match pointeur.rsplit_once('/') {
            Some((liste, _)) if choix && jeton.parse::<usize>().is_ok() => self.noeuds.titre(liste),
            _ => self.noeuds.titre(pointeur),
        };
        let propre = match (titre, jeton.parse::<usize>()) {
            (Some(titre), Ok(rang)) => format!("« {titre} » n°\u{a0}{}", rang + 1),
            (None, Ok(rang)) => format!("l'élément n°\u{a0}{}", rang + 1),
            (Some(titre), Err(_)) => format!("« {titre} » ({jeton})"),
            (None, Err(_)) => format!("« {jeton} »"),
        };
        match self.porteur(pointeur) {
            // The element itself bears the identifier.
            Some(id) if jeton.parse::<usize>().is_ok() => format!("{propre} (« {id} »)"),
            Some(id) => format!("{propre} de « {id} »"),
            None => propre,
        }
    }

    /// The identifier of the nearest element of a list, the element itself included.
    fn porteur(&self, pointeur: &str) -> Option<&'a str> {
        let mut ancetre = pointeur;
        while let Some((parent, jeton)) = ancetre.rsplit_once('/') {
            if jeton.parse::<usize>().is_ok() {
                let element = self.instance.pointer(ancetre)?;
                let id = ["id", "etablissement", "objectif"].iter().find_map(|cle| element.get(*cle)?.as_str());
                if id.is_some() {
                    return id;
                }
            }
            ancetre = parent;
        }
        None
    }
}
