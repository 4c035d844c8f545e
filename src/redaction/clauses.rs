//! The writing itself: the template environment of one document, its plan, and its parts clause by clause.

use super::calcule;
use super::droit::date_de_signature;
use super::environnement::{environnement, variables};
use super::erreurs::{self, Erreur};
use super::fonctions::Atelier;
use super::jetons::Registre;
use super::markdown;
use super::objets::{self, Pointeur};
use super::plan::{self, Conditions, FicheDuContrat, Imprime, PlanImprime};
use super::{Demande, Usage, prose, sans_objet, signatures, visas};
use crate::contrat::perimetre::Etablissement;
use crate::contrat::{ClauseParticuliere, Place};
use crate::document::{Bloc, Genre, Inline, Noeud, Numero, Partie, Serie, Titre, mots};
use crate::modele::Modele;
use crate::modele::manifeste::GenreElement;
use crate::schema::forme::forme_du_contrat;
use minijinja::{Environment, Value};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock};

/// Everything that stays the same while one document is written.
pub struct Ecriture<'a> {
    demande: &'a Demande<'a>,
    env: Environment<'static>,
    atelier: Atelier,
    contrat: Value,
    /// Variables of every clause.
    communes: Vec<(&'static str, Value)>,
    plan: PlanImprime,
    /// What clauses know of each annex, and how many fiches bear each number: asked for by every fiche.
    annexes: BTreeMap<String, Value>,
    numeros: BTreeMap<u32, usize>,
}

/// What the writing gives.
pub struct Ecrit {
    pub parties: Vec<Partie>,
    /// Own clauses of the contract that found no article: index in the contract, article asked for.
    pub clauses_sans_place: Vec<(usize, String)>,
}

impl<'a> Ecriture<'a> {
    /// Builds the environment; no plan yet.
    pub fn ouvrir(demande: &'a Demande<'a>) -> Self {
        let contrat = objets::valeur(
            demande.donnees,
            Some(&Pointeur::racine(demande.rangs)),
            Some(&forme_du_contrat()),
            "contrat",
        );
        let atelier = Atelier {
            registre: Registre::default(),
            fichiers: Arc::new(Mutex::new(Vec::new())),
            plan: Arc::new(OnceLock::new()),
            contrat: contrat.clone(),
            ensemble: objets::valeur(
                demande.ensemble,
                Some(&Pointeur::racine(None)),
                Some(&forme_du_contrat()),
                "contrat",
            ),
            signatures: Arc::new(signatures::blocs(demande.contrat, &Pointeur::racine(demande.rangs))),
            logos: Arc::new(
                demande.logos.iter().enumerate().map(|(i, (_, alt))| (i, super::jetons::purger(alt))).collect(),
            ),
            connus: Arc::new(super::fichiers::preparer(demande.fichiers, demande.logos.len()).2),
            signature: date_de_signature(demande),
        };
        let env = environnement(demande, &atelier);
        let communes = variables(demande, &contrat);
        let mut numeros = BTreeMap::new();
        for (numero, _) in demande.contrat.fiches_numerotees() {
            *numeros.entry(numero).or_default() += 1;
        }
        Ecriture {
            demande,
            env,
            atelier,
            contrat,
            communes,
            plan: PlanImprime::default(),
            annexes: BTreeMap::new(),
            numeros,
        }
    }

    /// Opens it, evaluates the conditions of the plan and numbers it.
    pub fn preparer(demande: &'a Demande<'a>) -> Result<Self, Erreur> {
        let mut ecriture = Self::ouvrir(demande);
        let fiches = demande
            .contrat
            .fiches_numerotees()
            .into_iter()
            .map(|(numero, rang)| FicheDuContrat {
                numero,
                rang,
                objectif: demande.contrat.fiches_actions.elements()[rang].objectif.to_string(),
            })
            .collect();
        let plan = plan::numeroter(
            demande.usage.plan(demande.modele)?,
            fiches,
            ecriture.avec_page(),
            date_de_signature(demande),
            &ecriture,
        )
        .map_err(|e| ecriture.condition_fautive(&e))?;
        // The cell is empty: this is its only writer.
        let _ = ecriture.atelier.plan.set(plan.clone());
        ecriture.plan = plan;
        ecriture.ajouter_annexes();
        ecriture.ajouter_visas()?;
        Ok(ecriture)
    }

    /// The engine, to examine what it reads.
    pub fn env(&self) -> &Environment<'static> {
        &self.env
    }

    pub fn modele(&self) -> &Modele {
        self.demande.modele
    }

    /// A variable of every clause.
    pub fn commune(&self, nom: &str) -> Option<&Value> {
        self.communes.iter().find(|(connu, _)| *connu == nom).map(|(_, valeur)| valeur)
    }

    /// The title of a document drawn from the contract; the contract has its own.
    pub fn titre_de_l_extrait(&self) -> Result<Option<String>, Erreur> {
        let Some(extrait) = self.demande.usage.extrait(self.demande.modele)? else { return Ok(None) };
        let contenu = self.titre(&extrait.titre)?;
        let nom = match &self.demande.usage {
            Usage::Etablissement(id) => self.demande.contrat.etablissement(id).and_then(|e| e.nom.valeur()),
            _ => None,
        };
        let nom = nom.map(|nom| format!(" – {nom}")).unwrap_or_default();
        Ok(Some(mots::inlines(&contenu) + &nom))
    }

    /// The parts of the document, and the own clauses that found no article.
    pub fn parties(&self) -> Result<Ecrit, Erreur> {
        let mut parties = Vec::new();
        for imprime in &self.plan.elements {
            self.partie(imprime, &mut parties)?;
        }
        self.sans_objet(&mut parties)?;
        let sans_place = self
            .demande
            .contrat
            .clauses_particulieres
            .elements()
            .iter()
            .enumerate()
            .filter(|_| *self.demande.usage == Usage::Contrat)
            .filter(|(_, c)| self.plan.repere(c.article.as_str()).is_none())
            .map(|(rang, c)| (rang, c.article.to_string()))
            .collect();
        Ok(Ecrit { parties, clauses_sans_place: sans_place })
    }

    fn partie(&self, imprime: &Imprime, parties: &mut Vec<Partie>) -> Result<(), Erreur> {
        let element = &imprime.element;
        let id = element.id.to_string();
        let titre = element.titre.clone().unwrap_or_else(|| id.clone());
        let (genre, cle) = match element.genre {
            GenreElement::Garde => (Genre::Garde, id),
            GenreElement::Sommaire => (Genre::Sommaire, id),
            GenreElement::Liminaire => (Genre::Liminaire, id),
            GenreElement::Annexe => {
                let numero = imprime.numero.as_ref().map_or(0, |n| n.rang);
                (Genre::Annexe, format!("annexe-{numero}"))
            }
            // Elements of the body placed at the root still belong to a body.
            _ => (Genre::Socle, id),
        };
        let mut blocs = Vec::new();
        self.element(imprime, &mut blocs)?;
        if genre == Genre::Sommaire {
            blocs.push(Noeud { bloc: Bloc::Sommaire { profondeur: 3 }, origine: None });
        }
        // An element may only hold the pages that follow it.
        if !blocs.is_empty() {
            parties.push(Partie { genre, cle, titre, blocs });
        }
        let clause = element.fiches.as_ref().map(|f| f.clause.as_str()).unwrap_or_default();
        for (numero, rang) in &imprime.fiches {
            parties.push(self.fiche(imprime, clause, *numero, *rang)?);
        }
        let clause = element.etablissements.as_ref().map(|e| e.clause.as_str()).unwrap_or_default();
        for rang in &imprime.etablissements {
            parties.push(self.page_d_etablissement(imprime, clause, *rang)?);
        }
        Ok(())
    }

    /// The page of an establishment: its name as a heading, then its clause.
    fn page_d_etablissement(&self, annexe: &Imprime, clause: &str, rang: usize) -> Result<Partie, Erreur> {
        let esms = self.etablissement_du_contrat(rang);
        let contenu = super::impression::selon_forme(&esms, "nom", false).unwrap_or_default();
        let niveau = niveau_des_pages(annexe);
        let blocs = self.clause(clause, "esms", vec![("esms", esms), ("annexe", self.annexe(annexe))])?;
        let ancre = plan::ancre_d_etablissement(rang);
        let titre = mots::inlines(&contenu);
        let bloc = Bloc::Titre(Titre { niveau, numero: None, contenu, au_sommaire: true, ancre: Some(ancre.clone()) });
        let mut sortie = vec![Noeud { bloc, origine: None }];
        sortie.extend(abaisser(blocs, niveau));
        Ok(Partie { genre: Genre::Fiche, cle: ancre, titre, blocs: sortie })
    }

    /// The ranks of the establishments that may have a page: those of the perimeter, or the one asked for.
    fn avec_page(&self) -> Vec<usize> {
        let contrat = self.demande.contrat;
        let concerne = |e: &Etablissement| match &self.demande.usage {
            Usage::Etablissement(id) => e.id.as_str() == id,
            _ => e.est_inclus(),
        };
        contrat.etablissements().iter().enumerate().filter(|(_, e)| concerne(e)).map(|(rang, _)| rang).collect()
    }

    /// What is declared without object and that no part says, where the plan keeps a place for it.
    fn sans_objet(&self, parties: &mut [Partie]) -> Result<(), Erreur> {
        let Some(imprime) = self.plan.elements.iter().find_map(|e| e.du_genre(GenreElement::SansObjet)) else {
            return Ok(());
        };
        let Demande { donnees, ensemble, rangs, modele, .. } = self.demande;
        let restants = sans_objet::restants(donnees, ensemble, *rangs, &modele.manifeste, parties);
        let id = imprime.element.id.as_str();
        let place = |noeud: &Noeud| matches!(&noeud.bloc, Bloc::Titre(t) if t.ancre.as_deref() == Some(id));
        let trouvee = parties.iter_mut().find_map(|p| p.blocs.iter().position(place).map(|rang| (p, rang)));
        let Some((partie, rang)) = trouvee else { return Ok(()) };
        if restants.is_empty() {
            partie.blocs.remove(rang);
        } else if let Some(clause) = &imprime.element.clause {
            let blocs = self.clause(clause, id, vec![("restants", Value::from(restants))])?;
            partie.blocs.splice(rang + 1..rang + 1, abaisser(blocs, imprime.niveau));
        }
        Ok(())
    }

    /// Heading, clause and children of an element, with the contract's own clauses in their place.
    fn element(&self, imprime: &Imprime, sortie: &mut Vec<Noeud>) -> Result<(), Erreur> {
        let element = &imprime.element;
        if let Some(titre) = element.titre.as_ref().filter(|_| imprime.niveau > 0) {
            let bloc = Bloc::Titre(Titre {
                niveau: imprime.niveau,
                numero: imprime.numero.clone(),
                contenu: self.titre(titre)?,
                au_sommaire: true,
                ancre: Some(element.id.to_string()),
            });
            sortie.push(Noeud { bloc, origine: None });
        }
        self.clauses_particulieres(element.id.as_str(), Place::Avant, sortie);
        if self.clauses_particulieres(element.id.as_str(), Place::Remplace, sortie) == 0 {
            // What is without object is known once all the rest is written.
            if let Some(clause) = element.clause.as_ref().filter(|_| element.genre != GenreElement::SansObjet) {
                let mut contexte = Vec::new();
                if element.genre == GenreElement::Annexe {
                    contexte.push(("annexe", self.annexe(imprime)));
                }
                let mut blocs = self.clause(clause, element.id.as_str(), contexte)?;
                // What the contract says in its own words keeps what the model computes.
                if self.clauses_particulieres(element.id.as_str(), Place::RemplaceTexte, sortie) > 0 {
                    blocs.retain(|noeud| est_calcule(&noeud.bloc));
                }
                sortie.extend(abaisser(blocs, imprime.niveau));
            }
            for enfant in &imprime.enfants {
                self.element(enfant, sortie)?;
            }
        }
        self.clauses_particulieres(element.id.as_str(), Place::Apres, sortie);
        Ok(())
    }

    fn fiche(&self, annexe: &Imprime, clause: &str, numero: u32, rang: Option<usize>) -> Result<Partie, Erreur> {
        let forme = forme_du_contrat();
        // What is not there yet would come at the end of its list.
        let vide = |liste: &str, libelle: &str| {
            let rang = self.demande.ensemble.pointer(liste).and_then(serde_json::Value::as_array).map_or(0, Vec::len);
            let pointeur = format!("{liste}/{rang}");
            let forme = forme.a(&pointeur);
            objets::lacune(libelle.into(), pointeur, forme)
        };
        let titre_du_modele = annexe.element.fiches.as_ref().and_then(|f| f.titre.clone());
        let (fiche, objectif, ancre) = match rang {
            Some(rang) => {
                let fiche = self.fiche_du_contrat(rang);
                let objectif = self.objectif_de(&fiche);
                (fiche, objectif, plan::ancre_de_fiche(numero, rang))
            }
            None => (
                vide("/fiches_actions", "fiche action obligatoire"),
                self.objectif_sans_fiche(annexe).unwrap_or_else(|| vide("/objectifs", "objectif de la fiche")),
                format!("fiche-{numero}"),
            ),
        };
        let contexte = vec![
            ("fiche", fiche.clone()),
            ("objectif", objectif.clone()),
            ("numero", Value::from(numero)),
            ("annexe", self.annexe(annexe)),
        ];
        let mut blocs = self.clause(clause, "fiche", contexte)?;
        // The heading of a fiche is ours: the clause's own, if it has one, gives its words.
        let propre = match blocs.first() {
            Some(Noeud { bloc: Bloc::Titre(t), .. }) if t.niveau == 1 => Some(blocs.remove(0)),
            _ => None,
        };
        let contenu = match (rang, titre_du_modele) {
            (None, Some(titre)) if !objectif.is_true() => vec![Inline::Texte { texte: titre }],
            _ => self.titre_de_fiche(&fiche, &objectif),
        };
        let numero_imprime = Numero {
            serie: Serie::Fiche,
            prefixe: "Fiche action n° ".into(),
            texte: numero.to_string(),
            suffixe: " – ".into(),
            rang: numero,
        };
        let titre = mots::inlines(&contenu);
        let cle = self.cle_de_fiche(numero, &ancre);
        let origine = propre.and_then(|n| n.origine);
        let mut sortie = vec![Noeud {
            bloc: Bloc::Titre(Titre {
                niveau: niveau_des_pages(annexe),
                numero: Some(numero_imprime),
                contenu,
                au_sommaire: true,
                ancre: Some(ancre.clone()),
            }),
            origine,
        }];
        sortie.extend(abaisser(blocs, niveau_des_pages(annexe)));
        Ok(Partie { genre: Genre::Fiche, cle, titre: format!("Fiche action n° {numero} – {titre}"), blocs: sortie })
    }

    /// The title of a fiche: its own, else that of its objective; the one editable occurrence of it.
    fn titre_de_fiche(&self, fiche: &Value, objectif: &Value) -> Vec<Inline> {
        let propre = fiche.get_attr("titre").is_ok_and(|t| t.is_true());
        let source = if propre { fiche } else { objectif };
        super::impression::selon_forme(source, "titre", true).unwrap_or_default()
    }

    /// The objective that a compulsory fiche is for, when the contract has it without its fiche.
    fn objectif_sans_fiche(&self, annexe: &Imprime) -> Option<Value> {
        let condition = annexe.element.fiches.as_ref()?.condition.as_ref()?;
        let objectifs = self.contrat.get_attr("objectifs").ok()?;
        objectifs.try_iter().ok()?.find(|objectif| {
            self.evaluer(condition, vec![("objectif", objectif.clone())]).is_ok_and(|convient| convient)
        })
    }

    /// « fiche-3 », with its rank when two fiches of the contract bear the number.
    fn cle_de_fiche(&self, numero: u32, ancre: &str) -> String {
        if self.numeros.get(&numero).is_some_and(|nombre| *nombre > 1) {
            ancre.to_string()
        } else {
            format!("fiche-{numero}")
        }
    }

    fn fiche_du_contrat(&self, rang: usize) -> Value {
        let liste = self.contrat.get_attr("fiches_actions").unwrap_or_default();
        liste.get_item(&Value::from(rang)).unwrap_or_default()
    }

    fn etablissement_du_contrat(&self, rang: usize) -> Value {
        let perimetre = self.contrat.get_attr("perimetre").unwrap_or_default();
        let liste = perimetre.get_attr("etablissements").unwrap_or_default();
        liste.get_item(&Value::from(rang)).unwrap_or_default()
    }

    fn objectif_de(&self, fiche: &Value) -> Value {
        let id = fiche.get_attr("objectif").unwrap_or_default();
        calcule::chercher(&self.contrat, &["objectifs"], id.as_str().unwrap_or_default(), "l'objectif")
            .unwrap_or_default()
    }

    fn clauses_particulieres(&self, id: &str, place: Place, sortie: &mut Vec<Noeud>) -> usize {
        let clauses: Vec<(usize, &ClauseParticuliere)> = self
            .demande
            .contrat
            .clauses_particulieres
            .elements()
            .iter()
            .enumerate()
            .filter(|(_, c)| c.article.as_str() == id && c.place == place)
            .collect();
        for (rang, clause) in &clauses {
            let pointeur =
                Pointeur::racine(self.demande.rangs).cle("clauses_particulieres").element(*rang).cle("texte").texte();
            sortie.extend(prose::prose(&super::jetons::purger(clause.texte.as_str()), Some(&pointeur)));
        }
        clauses.len()
    }

    /// Renders a clause file and parses what it gives.
    fn clause(&self, nom: &str, element: &str, propres: Vec<(&'static str, Value)>) -> Result<Vec<Noeud>, Erreur> {
        if self.demande.modele.clause(nom).is_none() {
            return Err(Erreur::ClauseAbsente { clause: nom.into(), element: element.into() });
        }
        let rendu = self
            .env
            .get_template(nom)
            .and_then(|t| t.render(self.contexte(propres)))
            .map_err(|e| erreurs::de_clause(&e, self.demande.modele))?;
        self.analyser(&rendu, nom)
    }

    fn analyser(&self, rendu: &str, nom: &str) -> Result<Vec<Noeud>, Erreur> {
        markdown::clause(rendu, &self.atelier.registre, &self.atelier.fichiers()).map_err(|cause| {
            let ou = match cause.origine() {
                Some(origine) => format!("{}:{}", origine.fichier, origine.ligne),
                None => nom.to_string(),
            };
            Erreur::Markdown { ou, cause }
        })
    }

    /// A heading of the plan; it may hold expressions.
    fn titre(&self, titre: &str) -> Result<Vec<Inline>, Erreur> {
        let rendu = self
            .env
            .render_str(titre, self.contexte(Vec::new()))
            .map_err(|e| erreurs::de_clause(&e, self.demande.modele))?;
        markdown::ligne(&rendu, &self.atelier.registre, &self.atelier.fichiers())
            .map_err(|cause| Erreur::Markdown { ou: titre.to_string(), cause })
    }

    fn contexte(&self, propres: Vec<(&'static str, Value)>) -> Value {
        Value::from(self.communes.iter().cloned().chain(propres).collect::<BTreeMap<&str, Value>>())
    }

    /// What a clause knows of an annex.
    fn annexe(&self, imprime: &Imprime) -> Value {
        let element = &imprime.element;
        if let Some(connue) = self.annexes.get(element.id.as_str()) {
            return connue.clone();
        }
        let pieces = self.contrat.get_attr("pieces").unwrap_or_default();
        let siennes: Vec<Value> = pieces
            .try_iter()
            .map(|p| {
                p.filter(|p| p.get_attr("annexe").is_ok_and(|a| a.as_str() == Some(element.id.as_str()))).collect()
            })
            .unwrap_or_default();
        let sans_objet = siennes
            .iter()
            .filter_map(|p| p.get_attr("sans_objet").ok())
            .find(Value::is_true)
            .unwrap_or_else(|| Value::from(""));
        let jointes: Vec<Value> =
            siennes.into_iter().filter(|p| !p.get_attr("sans_objet").is_ok_and(|s| s.is_true())).collect();
        objets::compose(
            "annexe",
            vec![
                ("id", Value::from(element.id.as_str())),
                ("numero", Value::from(imprime.numero.as_ref().map_or(0, |n| n.rang))),
                ("titre", Value::from(element.titre.clone().unwrap_or_default())),
                ("piece", Value::from(element.piece)),
                ("obligatoire", Value::from(element.obligatoire)),
                // A clause of its own says something, be there a piece or not.
                ("redigee", Value::from(element.clause.as_deref() != Some(CLAUSE_DES_PIECES))),
                ("ancre", Value::from(element.id.as_str())),
                ("sans_objet", sans_objet),
                ("pieces", Value::from(jointes)),
            ],
        )
    }

    fn ajouter_annexes(&mut self) {
        let connues: Vec<(String, Value)> =
            self.plan.annexes().map(|a| (a.element.id.to_string(), self.annexe(a))).collect();
        let annexes: Vec<Value> = connues.iter().map(|(_, annexe)| annexe.clone()).collect();
        self.annexes.extend(connues);
        self.communes.push(("annexes", Value::from(annexes)));
    }

    fn ajouter_visas(&mut self) -> Result<(), Erreur> {
        let visas = visas::visas(self.demande, date_de_signature(self.demande), &|c| Conditions::element(self, c))?;
        self.communes.push(("visas", Value::from(visas)));
        Ok(())
    }

    /// Finds the condition that failed, to name it.
    fn condition_fautive(&self, erreur: &minijinja::Error) -> Erreur {
        let plan = self.demande.usage.plan(self.demande.modele).unwrap_or_default();
        let mut pile: Vec<&crate::modele::manifeste::Element> = plan.iter().collect();
        while let Some(element) = pile.pop() {
            let conditions = [
                element.condition.as_ref(),
                element.fiches.as_ref().and_then(|f| f.condition.as_ref()),
                element.etablissements.as_ref().and_then(|e| e.condition.as_ref()),
            ];
            for condition in conditions.into_iter().flatten() {
                if self.evaluer(condition, Vec::new()).is_err_and(|e| e.to_string() == erreur.to_string()) {
                    return Erreur::Condition {
                        element: element.id.to_string(),
                        condition: condition.clone(),
                        message: erreurs::message(erreur),
                    };
                }
            }
            pile.extend(element.elements.iter());
        }
        Erreur::Condition { element: "fiches".into(), condition: String::new(), message: erreurs::message(erreur) }
    }

    fn evaluer(&self, condition: &str, propres: Vec<(&'static str, Value)>) -> Result<bool, minijinja::Error> {
        Ok(self.env.compile_expression(condition)?.eval(self.contexte(propres))?.is_true())
    }
}

impl Conditions for Ecriture<'_> {
    fn element(&self, condition: &str) -> Result<bool, minijinja::Error> {
        self.evaluer(condition, Vec::new())
    }

    fn fiche(&self, condition: &str, rang: usize) -> Result<bool, minijinja::Error> {
        let fiche = self.fiche_du_contrat(rang);
        let objectif = self.objectif_de(&fiche);
        self.evaluer(condition, vec![("fiche", fiche), ("objectif", objectif)])
    }

    fn etablissement(&self, condition: &str, rang: usize) -> Result<bool, minijinja::Error> {
        self.evaluer(condition, vec![("esms", self.etablissement_du_contrat(rang))])
    }
}

/// The heading of a page that follows an element stands below that of the element, if it has one.
fn niveau_des_pages(element: &Imprime) -> u8 {
    if element.niveau == 0 { 1 } else { 2 }
}

/// The clause of an annex that is nothing but its pieces.
const CLAUSE_DES_PIECES: &str = "annexes/piece.md";

/// What is not a sentence of the clause: tables, forms, pages of a file, signatures.
fn est_calcule(bloc: &Bloc) -> bool {
    !matches!(bloc, Bloc::Titre(_) | Bloc::Paragraphe(_) | Bloc::Liste(_) | Bloc::Encadre { .. })
}

/// Puts the headings of a clause below that of its element.
fn abaisser(mut blocs: Vec<Noeud>, niveau: u8) -> Vec<Noeud> {
    for noeud in &mut blocs {
        if let Bloc::Titre(titre) = &mut noeud.bloc {
            titre.niveau = titre.niveau.saturating_add(niveau).min(5);
        }
    }
    blocs
}
