//! An edited Word file and its contract → what changed: values in their fields, words outside; and the contract with
//! the values that it can hold.

use super::a_part;
use super::contenu::{DossierWord, Occurrence, Suivi};
use super::differences;
use super::ecarts::Ecart;
use super::hors_champ::{self, ClauseProposee};
use super::plan::{Plan, lieux};
use super::runs::est_une_invitation;
use super::texte::aplatir;
use crate::document::{ChampModifiable, Document, Etat};
use crate::dossier::{self, Choix, Exemplaire, Ouverture};
use crate::echanges::Erreur;
use crate::lecture::retouche::Retouche;
use crate::lecture::{self, Fichier};
use crate::remarque::Position;
use crate::rendu::docx;
use crate::saisie;
use crate::schema::forme::{Forme, Nature, forme_du_contrat};
use crate::schema::generation;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

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

/// Compares an edited Word file with what its contract prints.
pub fn reprendre(
    nom: &str,
    octets: &[u8],
    ouverture: &Ouverture,
    choix: &Choix,
    suivi: Suivi,
) -> Result<Reprise, crate::dossier::Erreur> {
    let illisible = |refus: super::WordRefuse| Erreur::IllisibleWord { nom: nom.to_string(), refus };
    let word = a_part::lire(octets, suivi).map_err(illisible)?;
    comparer(nom, &word, ouverture, choix)
}

/// Compares what a Word file holds with what its contract prints.
pub fn comparer(
    nom: &str,
    word: &DossierWord,
    ouverture: &Ouverture,
    choix: &Choix,
) -> Result<Reprise, crate::dossier::Erreur> {
    let exemplaire = exemplaire(nom, word, ouverture, choix)?;
    let document = &exemplaire.document;
    let notre = docx::rendre(document, &docx::Options::default())?;
    let imprime = DossierWord::lire(&notre, Suivi::Accepte)
        .map_err(|refus| dossier::Erreur::Interne(format!("le document imprimé ne se relit pas : {refus}")))?;
    let champs = document.champs.values().filter(|c| word.champs.contains_key(&c.cle)).count();
    if champs == 0 && !document.champs.is_empty() {
        return Err(Erreur::SansChamps(nom.to_string()).into());
    }
    let (mut changements, mut ecarts) = comparer_les_champs(document, &imprime, word, ouverture);
    ecarts.extend(differences::champs_deplaces(document, &imprime, word));
    let texte = appliquer(ouverture, &mut changements, &mut ecarts)?;
    let clauses = ouverture.contrat.iter().flat_map(|contrat| contrat.clauses_particulieres.elements());
    let occupes = clauses.map(|clause| clause.article.as_str().to_owned()).collect();
    let plan = Plan::de(document);
    let tus = champs_tus(document, &ecarts);
    let (hors_champ, clauses_proposees) = hors_champ::comparer(&plan, &imprime, word, &occupes, &tus);
    ecarts.extend(hors_champ);
    ecarts.extend(differences::comparer(&plan, &imprime, word));
    let commentaires = commentaires(&plan, word);
    let reference = exemplaire.reference;
    Ok(Reprise { reference, champs, changements, ecarts, clauses_proposees, commentaires, texte })
}

/// The comments with their places.
fn commentaires(plan: &Plan, word: &DossierWord) -> Vec<Commentaire> {
    let lieux = lieux(&word.paragraphes);
    let commentaire = |lu: &super::contenu::CommentaireLu| Commentaire {
        auteur: lu.auteur.clone(),
        texte: lu.texte.clone(),
        passage: lu.passage.clone(),
        clause: plan.designer(lieux.get(lu.paragraphe).copied().unwrap_or_default()),
        resolu: lu.resolu,
        reponse_a: lu.reponse_a.and_then(|rang| word.commentaires.get(rang)).map(|parent| parent.texte.clone()),
    };
    word.commentaires.iter().map(commentaire).collect()
}

/// The keys of the fields that are already told to be absent, emptied or moved: their paragraph has not changed for that.
fn champs_tus<'d>(document: &'d Document, ecarts: &[Ecart]) -> BTreeSet<&'d str> {
    let cle = |ecart: &Ecart| match ecart {
        Ecart::ChampAbsent { pointeur, .. }
        | Ecart::ChampVide { pointeur, .. }
        | Ecart::ChampDeplace { pointeur, .. } => document.champs.get(pointeur).map(|champ| champ.cle.as_str()),
        _ => None,
    };
    ecarts.iter().filter_map(cle).collect()
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
        Ok(dossier::rediger(ouverture, &choix, &verification)?)
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
        let Some(avant) = imprime.champs.get(&champ.cle).and_then(|occurrences| occurrences.first()) else { continue };
        let ancienne = ouverture.donnees.pointer(pointeur).cloned().unwrap_or_default();
        let forme = forme.a(pointeur);
        let lecture = Lecture { pointeur, champ, forme: forme.as_deref(), ancienne: &ancienne, avant };
        match lecture.comparer(word.champs.get(&champ.cle).map(Vec::as_slice)) {
            Ok(None) => {}
            Ok(Some(apres)) => {
                let position = ouverture.lecture.positions.de(pointeur);
                let (pointeur, titre) = (pointeur.clone(), champ.titre.clone());
                changements.push(Changement { pointeur, titre, position, avant: ancienne, apres });
            }
            Err(ecart @ Ecart::ChampDouble { .. }) => {
                ecarts.push(ecart);
                continue;
            }
            Err(ecart) => ecarts.push(ecart),
        }
        // The same words twice: the value is read, and the copy is told all the same.
        let exemplaires = word.champs.get(&champ.cle).map(Vec::as_slice).unwrap_or_default();
        if exemplaires.len() > imprime.champs.get(&champ.cle).map_or(0, Vec::len).max(1) {
            let textes = exemplaires.iter().map(|o| o.mots.clone()).collect();
            ecarts.push(Ecart::ChampDouble { pointeur: pointeur.clone(), titre: champ.titre.clone(), textes });
        }
    }
    (changements, ecarts)
}

/// A field, as it was printed.
struct Lecture<'l> {
    pointeur: &'l str,
    champ: &'l ChampModifiable,
    forme: Option<&'l Forme>,
    /// The value of the contract.
    ancienne: &'l Value,
    avant: &'l Occurrence,
}

impl Lecture<'_> {
    /// The value that the file gives to the field, when it is another; or why none is taken.
    fn comparer(&self, occurrences: Option<&[Occurrence]>) -> Result<Option<Value>, Ecart> {
        let (pointeur, titre) = (self.pointeur.to_owned(), self.champ.titre.clone());
        let Some(occurrences) = occurrences else { return Err(Ecart::ChampAbsent { pointeur, titre }) };
        let vide = |o: &&Occurrence| o.vide || o.mots.is_empty() || est_une_invitation(&o.mots);
        let [premier, autres @ ..] = occurrences else { return Err(Ecart::ChampVide { pointeur, titre }) };
        if autres.iter().any(|autre| !self.memes(autre, premier) || vide(&autre) != vide(&premier)) {
            let textes = occurrences.iter().map(|o| o.mots.clone()).collect();
            return Err(Ecart::ChampDouble { pointeur, titre, textes });
        }
        if vide(&premier) {
            return Err(Ecart::ChampVide { pointeur, titre });
        }
        let refuser = |motif: String| Ecart::ValeurRefusee {
            pointeur: self.pointeur.to_owned(),
            titre: self.champ.titre.clone(),
            texte: premier.mots.clone(),
            motif,
        };
        let reserves: BTreeSet<&String> = occurrences.iter().flat_map(|o| &o.reserves).collect();
        if !reserves.is_empty() {
            let reserves: Vec<String> = reserves.into_iter().cloned().collect();
            return Err(refuser(format!("le champ contient {}", crate::formats::enumerer(&reserves))));
        }
        if self.memes(self.avant, premier) {
            return Ok(None);
        }
        let laisse = |texte: &str| texte.contains("[à compléter");
        if laisse(&premier.mots) && !self.ancienne.as_str().is_some_and(laisse) {
            // An older printing of a value that the contract has since: nobody wrote there.
            return match seul_entre_crochets(&premier.mots) {
                true => Ok(None),
                false => Err(refuser("« [à compléter…] » est resté à côté de ce qui est écrit : retirez-le".into())),
            };
        }
        let Some(forme) = self.forme else { return Err(refuser("cpom ne sait pas lire ce champ".into())) };
        if matches!(forme.nature, Nature::Categorie | Nature::Statut) {
            return Err(refuser("un code ne se change pas dans le Word : changez-le dans le contrat".into()));
        }
        let apres = saisie::lire(forme, self.texte(premier)).map_err(refuser)?;
        Ok((apres != *self.ancienne).then_some(apres))
    }

    /// Bold and italics are words of a long text, and the look of the page elsewhere; also where the page puts a whole text in
    /// bold that has none.
    fn texte<'o>(&self, occurrence: &'o Occurrence) -> &'o str {
        let prose = self.forme.is_some_and(|forme| forme.nature == Nature::Prose);
        let de_la_page =
            self.avant.mots != self.avant.prose && !self.ancienne.as_str().is_some_and(|a| a.contains('*'));
        if prose && !de_la_page { &occurrence.prose } else { &occurrence.mots }
    }

    /// The same words on the same lines.
    fn memes(&self, a: &Occurrence, b: &Occurrence) -> bool {
        let lignes = |o: &'_ Occurrence| -> Vec<String> {
            self.texte(o).lines().map(aplatir).filter(|ligne| !ligne.is_empty()).collect()
        };
        self.texte(a) == self.texte(b) || lignes(a) == lignes(b)
    }
}

/// Whether a text is one gap and nothing else.
fn seul_entre_crochets(texte: &str) -> bool {
    let dedans = texte.trim().strip_prefix('[').and_then(|t| t.strip_suffix(']'));
    dedans.is_some_and(|t| !t.contains(['[', ']']))
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
        let motifs: BTreeMap<&str, &str> =
            remarques.iter().rev().map(|r| (r.pointeur.as_str(), r.message.as_str())).collect();
        let (fautifs, gardes): (Vec<_>, Vec<_>) =
            std::mem::take(changements).into_iter().partition(|c| motifs.contains_key(c.pointeur.as_str()));
        *changements = gardes;
        if fautifs.is_empty() {
            return Ok(Some(nouveau));
        }
        for Changement { pointeur, titre, apres, .. } in fautifs {
            let motif = motifs.get(pointeur.as_str()).map(|m| (*m).to_owned()).unwrap_or_default();
            let texte = apres.as_str().map_or_else(|| apres.to_string(), String::from);
            ecarts.push(Ecart::ValeurRefusee { pointeur, titre, texte, motif });
        }
    }
}
