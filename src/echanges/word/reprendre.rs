//! An edited Word file and its contract → what changed: values in their fields, words outside; and the contract with
//! the values that it can hold.

use super::hors_champ::{self, ClauseProposee};
use super::lecture::{Commentaire, DossierWord, Suivi};
use super::valeurs;
use crate::document::{Document, Etat};
use crate::dossier::{self, Choix, Exemplaire, Ouverture};
use crate::echanges::Erreur;
use crate::lecture::retouche::Retouche;
use crate::lecture::{self, Fichier};
use crate::remarque::Position;
use crate::rendu::docx;
use crate::schema::forme::forme_du_contrat;
use crate::schema::generation;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// What an edited Word file brings.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(
    title = "Reprise d'un document Word",
    description = "La réponse de « cpom reprendre --format json » : ce qu'apporte un document Word modifié."
)]
pub struct Reprise {
    #[schemars(description = "Référence du contrat.")]
    pub reference: String,
    #[schemars(description = "Nombre de champs reconnus dans le document.")]
    pub champs: usize,
    #[schemars(description = "Les valeurs changées, que le contrat peut tenir.")]
    pub changements: Vec<Changement>,
    #[schemars(description = "Ce que le contrat ne peut pas tenir : rien n'en est perdu, rien n'en est repris.")]
    pub ecarts: Vec<Ecart>,
    #[schemars(
        description = "Le texte réécrit hors champ, article par article, sous la forme qu'attend « clauses_particulieres » ; à relire avant de l'y mettre."
    )]
    pub clauses_proposees: Vec<ClauseProposee>,
    #[schemars(description = "Les commentaires, avec leur place.")]
    pub commentaires: Vec<Commentaire>,
    /// The contract's file with the changed values; nothing when it is in several files.
    #[serde(skip)]
    pub texte: Option<String>,
}

/// The schema of this answer, as it is committed.
pub fn texte_du_schema() -> String {
    generation::en_texte(&generation::schema_de::<Reprise>())
}

/// A value that changed.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(description = "Une valeur changée.")]
pub struct Changement {
    #[schemars(description = "Pointeur JSON dans le contrat.")]
    pub pointeur: String,
    #[schemars(description = "Nom de la valeur.")]
    pub titre: String,
    pub position: Option<Position>,
    #[schemars(description = "La valeur du contrat ; null si elle manquait.")]
    pub avant: Value,
    #[schemars(description = "La valeur du document.")]
    pub apres: Value,
}

/// What cannot be taken back into the data.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(tag = "nature", rename_all = "snake_case")]
#[schemars(description = "Ce qui ne peut pas être repris.")]
pub enum Ecart {
    #[schemars(description = "Un champ a disparu du document.")]
    ChampAbsent { pointeur: String, titre: String },
    #[schemars(description = "Un champ est en plusieurs exemplaires qui ne disent pas la même chose.")]
    ChampDouble { pointeur: String, titre: String, textes: Vec<String> },
    #[schemars(description = "Les mots d'un champ ne sont pas de la sorte attendue.")]
    ValeurRefusee { pointeur: String, titre: String, texte: String, motif: String },
    #[schemars(
        description = "Des mots ont changé hors de tout champ : la donnée ne peut pas les tenir, sinon dans une clause particulière."
    )]
    HorsChamp { clause: String, avant: String, apres: String },
}

/// Compares an edited Word file with what its contract prints.
pub fn reprendre(
    nom: &str,
    octets: &[u8],
    ouverture: &Ouverture,
    choix: &Choix,
    suivi: Suivi,
) -> Result<Reprise, crate::dossier::Erreur> {
    let word = DossierWord::lire(nom, octets, suivi)?;
    let exemplaire = exemplaire(nom, &word, ouverture, choix)?;
    let document = &exemplaire.document;
    let imprime = DossierWord::lire(nom, &docx::rendre(document, &docx::Options::default())?, Suivi::Accepte)?;
    let champs = document.champs.values().filter(|c| word.champs.contains_key(&c.cle)).count();
    if champs == 0 && !document.champs.is_empty() {
        return Err(Erreur::SansChamps(nom.to_string()).into());
    }
    let (mut changements, mut ecarts) = comparer_les_champs(document, &imprime, &word, ouverture);
    let texte = appliquer(ouverture, &mut changements, &mut ecarts)?;
    let clauses = ouverture.contrat.iter().flat_map(|contrat| contrat.clauses_particulieres.elements());
    let occupes = clauses.map(|clause| clause.article.as_str().to_owned()).collect();
    let (hors_champ, clauses_proposees) = hors_champ::comparer(document, &imprime, &word, &occupes);
    ecarts.extend(hors_champ);
    let commentaires = word.commentaires;
    let reference = exemplaire.reference;
    Ok(Reprise { reference, champs, changements, ecarts, clauses_proposees, commentaires, texte })
}

/// The contract that the file was printed from: the one of its reference, as a draft unless it says otherwise.
fn exemplaire(
    nom: &str,
    word: &DossierWord,
    ouverture: &Ouverture,
    choix: &Choix,
) -> Result<Exemplaire, dossier::Erreur> {
    let modele = || {
        let suite = word.producteur.split("modèle ").nth(1)?;
        suite.split_whitespace().next().map(String::from)
    };
    let imprimer = |etat| -> Result<Vec<Exemplaire>, dossier::Erreur> {
        let choix = Choix { etat: Some(etat), modele: choix.modele.clone().or_else(modele), ..choix.clone() };
        let verification = dossier::verifier(ouverture, &choix)?;
        dossier::rediger(ouverture, &choix, &verification)
    };
    let definitif = if word.etat == "Définitif" { imprimer(Etat::Definitif).ok() } else { None };
    let exemplaires = match definitif.filter(|e| !e.is_empty()) {
        Some(exemplaires) => exemplaires,
        None => imprimer(Etat::Projet)?,
    };
    let references: Vec<String> = exemplaires.iter().map(|e| e.reference.clone()).collect();
    // A word processor may have lost the properties: a single contract is then taken for the right one.
    let seul = exemplaires.len() == 1 && word.reference.is_empty();
    exemplaires.into_iter().find(|e| seul || e.reference == word.reference).ok_or_else(|| {
        let (sien, demande) = (word.reference.clone(), references.join(", "));
        Erreur::AutreContrat { nom: nom.to_string(), sien, demande }.into()
    })
}

fn comparer_les_champs(
    document: &Document,
    imprime: &DossierWord,
    word: &DossierWord,
    ouverture: &Ouverture,
) -> (Vec<Changement>, Vec<Ecart>) {
    let forme = forme_du_contrat();
    let (mut changements, mut ecarts) = (Vec::new(), Vec::new());
    for (pointeur, champ) in &document.champs {
        let Some(avant) = imprime.champs.get(&champ.cle).and_then(|textes| textes.first()) else { continue };
        let (pointeur, titre) = (pointeur.clone(), champ.titre.clone());
        let textes = word.champs.get(&champ.cle).map(Vec::as_slice).unwrap_or_default();
        let [premier, autres @ ..] = textes else {
            ecarts.push(Ecart::ChampAbsent { pointeur, titre });
            continue;
        };
        if autres.iter().any(|autre| meme_texte(autre, premier).is_none()) {
            ecarts.push(Ecart::ChampDouble { pointeur, titre, textes: textes.to_vec() });
            continue;
        }
        if meme_texte(avant, premier).is_some() || premier.starts_with("[à compléter") {
            continue;
        }
        let ancienne = ouverture.donnees.pointer(&pointeur).cloned().unwrap_or_default();
        let lue = forme.a(&pointeur).map(|forme| valeurs::lire(&forme, premier));
        match lue {
            Some(Ok(apres)) if apres == ancienne => {}
            Some(Ok(apres)) => {
                let position = ouverture.lecture.positions.de(&pointeur);
                changements.push(Changement { pointeur, titre, position, avant: ancienne, apres });
            }
            Some(Err(motif)) => {
                ecarts.push(Ecart::ValeurRefusee { pointeur, titre, texte: premier.clone(), motif });
            }
            None => {}
        }
    }
    (changements, ecarts)
}

/// The same words, whatever the spaces between them.
fn meme_texte(a: &str, b: &str) -> Option<()> {
    a.split_whitespace().eq(b.split_whitespace()).then_some(())
}

/// The file of the contract with the changed values; a value that the schema refuses is set aside and told.
fn appliquer(
    ouverture: &Ouverture,
    changements: &mut Vec<Changement>,
    ecarts: &mut Vec<Ecart>,
) -> Result<Option<String>, dossier::Erreur> {
    let [fichier] = ouverture.lecture.fichiers.as_slice() else { return Ok(None) };
    let Ok(texte) = std::str::from_utf8(&fichier.octets) else { return Ok(None) };
    let interne = |e: crate::lecture::retouche::ErreurRetouche| dossier::Erreur::Interne(e.to_string());
    loop {
        let retouche = Retouche::ouvrir(texte.trim_start_matches('\u{FEFF}')).map_err(interne)?;
        for changement in changements.iter() {
            retouche.remplacer(&changement.pointeur, &changement.apres).map_err(interne)?;
        }
        let nouveau = retouche.texte();
        let relu = Fichier { nom: fichier.nom.clone(), octets: nouveau.clone().into_bytes() };
        let remarques = dossier::examiner(lecture::lire_fichiers(vec![relu])?)?.remarques;
        let fautif = changements.iter().position(|c| remarques.iter().any(|r| r.pointeur == c.pointeur));
        let Some(rang) = fautif else { return Ok(Some(nouveau)) };
        let Changement { pointeur, titre, apres, .. } = changements.remove(rang);
        let motif = remarques.iter().find(|r| r.pointeur == pointeur).map(|r| r.message.clone()).unwrap_or_default();
        let texte = apres.as_str().map_or_else(|| apres.to_string(), String::from);
        ecarts.push(Ecart::ValeurRefusee { pointeur, titre, texte, motif });
    }
}
