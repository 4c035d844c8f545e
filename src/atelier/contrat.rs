//! An open contract: its files as they are on the disk, what the page shows of them, its history. Every change goes through
//! here, one at a time: the history is on the disk, then the files, then the answer.

use super::chantier::Chantier;
use super::cles::Cles;
use super::demande::{Demande, Op};
use super::dit::{Change, Dit};
use super::etat::{Delta, Entete, Etat, EtatDeFichier, Nomme};
use super::horloge;
use super::journal::{Entree, Journal, Sens, Trace};
use super::mots::{Mots, titres_des_annexes};
use super::operations::{self, Fait};
use super::refus::Refus;
use super::remarques::ranger;
use super::texte::{Lecteur, TexteLu};
use super::troncons::Troncon;
use super::vue::Vue;
use crate::compte_rendu::Partie;
use crate::dossier::gestes;
use crate::dossier::registre::ErreurRegistre;
use crate::dossier::{self, Choix, Ouverture, Reecriture};
use crate::http::probleme::Genre;
use crate::lecture::{self, ErreurLecture, Fichier};
use crate::modele::Catalogue;
use crate::regles::Rapport;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A contract that pages work on.
pub struct Contrat {
    chemins: Vec<PathBuf>,
    ouverture: Arc<Ouverture>,
    /// A file that no longer reads since someone else wrote it, and why.
    illisible: Option<(String, String)>,
    cles: Cles,
    vue: Vue,
    entete: Entete,
    dit: Dit,
    journal: Journal,
    n: u64,
    /// Who asks what is being done, and the number of the request: the history keeps them.
    demande_en_cours: (String, Option<u64>),
    /// The state whose text was written last.
    texte_de: Option<u64>,
    catalogue: Arc<Catalogue>,
}

/// Why a contract cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum ErreurOuverture {
    #[error(transparent)]
    Dossier(#[from] dossier::Erreur),
    #[error(
        "l'historique « {nom} » ne peut pas être tenu : {cause}.\n    À faire : fermez l'autre programme, ou faites de la place, puis recommencez."
    )]
    Journal { nom: String, cause: ErreurRegistre },
}

impl Contrat {
    /// Opens the files of a contract, with its history.
    pub fn ouvrir(
        chemins: Vec<PathBuf>,
        historique: &Path,
        catalogue: Arc<Catalogue>,
    ) -> Result<Self, ErreurOuverture> {
        let ouverture = dossier::ouvrir(&chemins).map_err(dossier::Erreur::from)?;
        let journal = Journal::ouvrir(historique, &ouverture.lecture.fichiers)
            .map_err(|cause| ErreurOuverture::Journal { nom: historique.display().to_string(), cause })?;
        let cles = Cles::de(&ouverture.lecture.valeur);
        let mut contrat = Contrat {
            chemins,
            ouverture: Arc::new(ouverture),
            illisible: None,
            cles,
            vue: Vue::default(),
            entete: Entete::default(),
            dit: Dit::default(),
            n: journal.dernier(),
            texte_de: None,
            demande_en_cours: Default::default(),
            journal,
            catalogue,
        };
        contrat.regarder();
        contrat.lire_le_texte();
        Ok(contrat)
    }

    pub fn choix(&self) -> Choix {
        Choix { charges: Some(Arc::clone(&self.catalogue)), ..Choix::default() }
    }

    pub fn ouverture(&self) -> &Arc<Ouverture> {
        &self.ouverture
    }

    /// The number of the state that it is in.
    pub fn n(&self) -> u64 {
        self.n
    }

    pub fn entete(&self) -> &Entete {
        &self.entete
    }

    pub fn cles(&self) -> &Cles {
        &self.cles
    }

    pub fn journal(&self) -> &Journal {
        &self.journal
    }

    /// The folder of its first file, where its pieces are.
    pub fn a_cote(&self) -> PathBuf {
        self.chemins.first().and_then(|chemin| chemin.parent()).map(Path::to_path_buf).unwrap_or_default()
    }

    /// The data, to work on a copy of them.
    pub fn chantier(&self) -> Chantier {
        Chantier::nouveau(self.ouverture.lecture.valeur.clone(), self.cles.clone())
    }

    /// All that a page shows.
    pub fn etat(&self) -> Etat {
        let (annuler, retablir) = self.piles();
        Etat {
            n: self.n,
            entete: self.entete.clone(),
            vue: self.vue.clone(),
            remarques: ranger(self.dit.remarques(), |r| (r.severite, r.rang)),
            au_definitif: ranger(self.dit.au_definitif(), |r| r.rang),
            manques: ranger(self.dit.manques(), |m| m.rang),
            annuler,
            retablir,
            fichiers: self.etats_des_fichiers(),
        }
    }

    /// What is said of it.
    pub fn dit(&self) -> &Dit {
        &self.dit
    }

    /// Does what a page asks: all of it or nothing.
    pub fn operer(&mut self, demande: &Demande) -> Result<Delta, Refus> {
        if demande.numero.is_some_and(|numero| self.journal.connait(&demande.client, numero)) {
            return Ok(Delta { client: demande.client.clone(), deja: true, ..self.rien() });
        }
        self.relire()?;
        self.verifier_les_fichiers()?;
        self.demande_en_cours = (demande.client.clone(), demande.numero);
        let fait = self.operer_sur(demande);
        self.demande_en_cours = Default::default();
        fait
    }

    fn operer_sur(&mut self, demande: &Demande) -> Result<Delta, Refus> {
        match demande.ops.as_slice() {
            [Op::Annuler { n }] => return self.revenir_sur(*n, Sens::Annuler, &demande.client),
            [Op::Retablir { n }] => return self.revenir_sur(*n, Sens::Retablir, &demande.client),
            [Op::Revenir { n }] => return self.revenir_a(*n, &demande.client),
            [Op::Bibliotheque { code }] => return self.prendre_a_la_bibliotheque(code, &demande.client),
            _ => {}
        }
        let mut chantier = self.chantier();
        let mut toutes = self.dit.remarques();
        toutes.extend(self.dit.au_definitif());
        let (mut faits, mut ecartes, mut conflits) = (Vec::new(), Vec::new(), Vec::new());
        for op in &demande.ops {
            match operations::faire(&mut chantier, op, &toutes) {
                Ok(fait) => faits.push(fait),
                Err(Refus::Illisible(illisible)) if demande.souple => ecartes.push(illisible),
                Err(Refus::Conflit(autres)) => conflits.extend(autres),
                Err(refus) => return Err(refus),
            }
        }
        if !conflits.is_empty() {
            return Err(Refus::Conflit(conflits));
        }
        let nom = demande.nom.clone().unwrap_or_else(|| nom_des(&faits));
        let cree = faits.iter().rev().find_map(|fait| fait.cree.clone());
        let delta = match chantier.gestes.is_empty() {
            true => self.rien(),
            false => self.ecrire(chantier, nom, None)?,
        };
        Ok(Delta { client: demande.client.clone(), cree, ecartes, ..delta })
    }

    fn prendre_a_la_bibliotheque(&mut self, code: &str, client: &str) -> Result<Delta, Refus> {
        let sans_contrat = || {
            Refus::nouveau(
                Genre::Choix,
                "Le contrat a des valeurs qui ne se lisent pas : un objectif n'y est pas ajouté.",
                "corrigez d'abord ses remarques bloquantes.",
            )
        };
        let contrat = self.ouverture.contrat.as_deref().ok_or_else(sans_contrat)?;
        let modele = dossier::choisir_modele(contrat, &self.choix())?;
        let propose = dossier::bibliotheque::objectif(&modele, code)?;
        let (objectif, fiche) = dossier::bibliotheque::proposer(contrat, propose);
        let mut chantier = self.chantier();
        let fait = operations::prendre_a_la_bibliotheque(&mut chantier, objectif, fiche)?;
        let delta = self.ecrire(chantier, fait.nom, None)?;
        Ok(Delta { client: client.to_owned(), cree: fait.cree, ..delta })
    }

    /// Puts in the place of the files what came of a Word file: one operation, undone as a whole.
    pub fn remplacer(&mut self, fichiers: Vec<Fichier>, nom: &str) -> Result<Delta, Refus> {
        self.poser(fichiers, self.cles.clone(), Vec::new(), nom.to_owned(), None)
    }

    /// Names the state that the contract is in.
    pub fn jalonner(&mut self, nom: &str) -> Result<u64, Refus> {
        self.relire()?;
        let entree = Entree {
            n: self.n + 1,
            quand: horloge::maintenant(),
            nom: nom.to_owned(),
            jalon: Some(nom.to_owned()),
            ..Entree::default()
        };
        self.noter(entree)?;
        self.n += 1;
        Ok(self.n)
    }

    /// The files as they were after an operation; nothing when they were changed while nobody looked.
    pub fn fichiers_a(&self, n: u64) -> Option<Vec<Fichier>> {
        let mut fichiers = self.ouverture.lecture.fichiers.clone();
        let suite = self.journal.entrees().iter().rev().take_while(|entree| entree.n > n);
        suite.flat_map(|entree| &entree.textes).all(|troncon| troncon.defaire(&mut fichiers)).then_some(fichiers)
    }

    /// Undoes an operation, or does it again: to the byte when nothing happened since, else value by value.
    fn revenir_sur(&mut self, n: u64, sens: Sens, client: &str) -> Result<Delta, Refus> {
        let trouvee = match sens {
            Sens::Annuler => self.journal.entree(n),
            Sens::Retablir => self.journal.annulation_de(n),
        };
        let absente = || Refus::demande("Cette opération n'est pas dans l'historique.");
        let Entree { textes, traces, .. } = trouvee.cloned().ok_or_else(absente)?;
        let nom = self.journal.entree(n).map(|entree| entree.nom.clone()).unwrap_or_default();
        let mut fichiers = self.ouverture.lecture.fichiers.clone();
        let a_l_octet = !textes.is_empty() && textes.iter().all(|troncon| troncon.defaire(&mut fichiers));
        let mut chantier = self.chantier();
        let par_valeurs = chantier.defaire(&traces);
        let delta = match (a_l_octet, par_valeurs) {
            (true, defait) => {
                // The keys are those of the values put back, when these are the same.
                let cles = if defait.is_ok() { chantier.cles } else { self.cles.clone() };
                self.poser(fichiers, cles, chantier.traces, nom, Some((sens, n)))?
            }
            (false, Ok(())) if !chantier.gestes.is_empty() => self.ecrire(chantier, nom, Some((sens, n)))?,
            (false, Ok(())) => self.rien(),
            (false, Err(chemin)) => return Err(self.change_depuis(&chemin)),
        };
        Ok(Delta { client: client.to_owned(), ..delta })
    }

    /// What was to be undone has changed since: nothing is.
    fn change_depuis(&self, chemin: &str) -> Refus {
        let chantier = self.chantier();
        let lieu = chantier.trouver(chemin).map(|lieu| operations::en_clair(&chantier, &lieu.pointeur));
        let lieu = lieu.unwrap_or_else(|_| "un élément qui n'est plus là".to_owned());
        Refus::nouveau(
            Genre::Conflit,
            format!("« {lieu} » a changé depuis : rien n'est annulé."),
            "corrigez la valeur à la main, ou annulez d'abord ce qui l'a changée.",
        )
    }

    /// Undoes all that came after an operation, as one operation.
    fn revenir_a(&mut self, n: u64, client: &str) -> Result<Delta, Refus> {
        let fichiers = self.fichiers_a(n).ok_or_else(etat_perdu)?;
        let nom = match self.journal.entree(n) {
            Some(entree) => format!("Revenir à « {} »", entree.nom),
            None => "Revenir au début".to_owned(),
        };
        let delta = self.poser(fichiers, self.cles.clone(), Vec::new(), nom, None)?;
        Ok(Delta { client: client.to_owned(), ..delta })
    }

    /// Writes what was done on a copy of the data.
    fn ecrire(&mut self, chantier: Chantier, nom: String, de: Option<(Sens, u64)>) -> Result<Delta, Refus> {
        let fichiers = gestes::ecrire(&self.ouverture.lecture, &chantier.gestes)
            .map_err(|e| Refus::from(dossier::Erreur::Interne(e.to_string())))?;
        self.poser(fichiers, chantier.cles, chantier.traces, nom, de)
    }

    /// Puts new files in the place of the old ones: read again, noted in the history, written, shown.
    fn poser(
        &mut self,
        fichiers: Vec<Fichier>,
        cles: Cles,
        traces: Vec<Trace>,
        nom: String,
        de: Option<(Sens, u64)>,
    ) -> Result<Delta, Refus> {
        let anciens = &self.ouverture.lecture.fichiers;
        let textes = Troncon::entre(anciens, &fichiers);
        let a_reecrire: Vec<Reecriture> = self
            .chemins
            .iter()
            .zip(anciens.iter().zip(&fichiers))
            .filter(|(_, (ancien, neuf))| ancien.octets != neuf.octets)
            .map(|(chemin, (ancien, neuf))| Reecriture {
                fichier: chemin.clone(),
                lu: ancien.octets.clone(),
                octets: neuf.octets.clone(),
            })
            .collect();
        let ouverture = dossier::examiner(lecture::lire_fichiers(fichiers)?)?;
        self.noter(Entree {
            n: self.n + 1,
            quand: horloge::maintenant(),
            partie: partie_des(&traces).to_owned(),
            nom: nom.clone(),
            sens: de.map(|(sens, _)| sens),
            de: de.map(|(_, n)| n),
            client: self.demande_en_cours.0.clone(),
            numero: self.demande_en_cours.1,
            traces,
            textes,
            ..Entree::default()
        })?;
        if let Err(erreur) = dossier::reecrire_ensemble(&a_reecrire) {
            // Nothing was written: the history forgets it too.
            let _ = self.journal.oublier_la_derniere();
            self.relire()?;
            return Err(erreur.into());
        }
        Ok(self.prendre(ouverture, cles, nom))
    }

    fn noter(&mut self, entree: Entree) -> Result<(), Refus> {
        self.journal.noter(entree).map_err(|e| {
            Refus::nouveau(
                Genre::Defaut,
                format!("L'historique ne peut pas être écrit : {}.", dossier::motif_d_ecriture(&e)),
                "faites de la place, puis recommencez ; rien n'a été changé.",
            )
        })
    }

    /// The contract is now that.
    fn prendre(&mut self, ouverture: Ouverture, cles: Cles, nom: String) -> Delta {
        let (vue, dit, entete) = (self.vue.clone(), self.dit.clone(), self.entete.clone());
        self.n += 1;
        self.ouverture = Arc::new(ouverture);
        self.cles = cles;
        self.cles.suivre(&self.ouverture.lecture.valeur);
        self.regarder();
        let Change { remarques, au_definitif, manques } = self.dit.change_depuis(&dit);
        Delta {
            nom,
            vue: self.vue.difference(&vue),
            remarques,
            au_definitif,
            manques,
            entete: (self.entete != entete).then(|| self.entete.clone()),
            ..self.rien()
        }
    }

    /// No change.
    fn rien(&self) -> Delta {
        let (annuler, retablir) = self.piles();
        Delta { n: self.n, annuler, retablir, fichiers: self.etats_des_fichiers(), ..Delta::default() }
    }

    fn piles(&self) -> (Option<Nomme>, Option<Nomme>) {
        let (annuler, retablir) = self.journal.piles();
        let nommer = |entree: &Entree| Nomme { n: entree.n, nom: entree.nom.clone() };
        (annuler.map(nommer), retablir.map(nommer))
    }

    /// Composes what is shown, and what the rules say.
    fn regarder(&mut self) {
        self.vue = Vue::de(&self.ouverture.lecture.valeur, &self.cles);
        let verification = dossier::verifier_les_regles(&self.ouverture, &self.choix());
        let (rapport, modele) = match verification {
            Ok(verification) => (verification.rapport, Some(verification.modele)),
            // A model that does not exist: the remarks of the structure remain.
            Err(_) => (Rapport { remarques: self.ouverture.remarques.clone(), ..Rapport::default() }, None),
        };
        let mut mots = Mots::de(&self.ouverture.donnees);
        if let Some(modele) = &modele {
            self.vue.nommer_les_pieces(&titres_des_annexes(&modele.manifeste));
            mots = mots.avec_le_modele(&modele.manifeste);
        }
        self.dit.par_les_regles(&rapport, &self.cles, &mots);
        let mot = |pointeur: &str| {
            let valeur = self.ouverture.donnees.pointer(pointeur).and_then(serde_json::Value::as_str);
            valeur.unwrap_or_default().to_owned()
        };
        self.entete = Entete {
            reference: mot("/reference"),
            titre: mot("/intitule"),
            modele: modele.as_ref().map(|m| m.manifeste.id.to_string()).unwrap_or_default(),
            modele_titre: modele.map(|m| m.manifeste.nom.clone()).unwrap_or_default(),
            etat: Some(mot("/etat")).filter(|etat| !etat.is_empty()).unwrap_or_else(|| "projet".to_owned()),
        };
    }

    /// What is needed to write the text of the contract as it is now; nothing when it was written.
    pub fn texte_a_lire(&self) -> Option<Lecteur> {
        (self.texte_de != Some(self.n)).then(|| Lecteur {
            n: self.n,
            ouverture: Arc::clone(&self.ouverture),
            choix: self.choix(),
            cles: self.cles.clone(),
        })
    }

    /// Has the text written again, for the pages that nobody had asked for.
    pub fn redessiner(&mut self) {
        self.texte_de = None;
    }

    /// Takes up what the text lacks; nothing when the contract has changed meanwhile.
    pub fn texte_lu(&mut self, lu: TexteLu) -> Option<Delta> {
        if lu.n != self.n {
            return None;
        }
        self.texte_de = Some(lu.n);
        let avant = self.dit.clone();
        self.dit.par_le_texte(lu.remarques, lu.manques);
        let change = self.dit.change_depuis(&avant);
        if change.est_vide() {
            return None;
        }
        let Change { remarques, au_definitif, manques } = change;
        Some(Delta { remarques, au_definitif, manques, ..self.rien() })
    }

    /// Writes the text at once.
    fn lire_le_texte(&mut self) {
        if let Some(lecteur) = self.texte_a_lire() {
            self.texte_lu(lecteur.lire());
        }
    }

    /// Reads the files again where someone else wrote them; what then changed.
    pub fn relire(&mut self) -> Result<Option<Delta>, Refus> {
        let lus: Result<Vec<Fichier>, ErreurLecture> =
            self.chemins.iter().map(|chemin| lecture::charger(chemin)).collect();
        let lus = match lus {
            Ok(lus) => lus,
            Err(erreur) => return Ok(self.ne_plus_lire(&erreur)),
        };
        let memes = lus.iter().zip(&self.ouverture.lecture.fichiers).all(|(lu, connu)| lu.octets == connu.octets);
        if memes {
            let ne_se_lisait_plus = self.illisible.take().is_some();
            return Ok(ne_se_lisait_plus.then(|| self.rien()));
        }
        match lecture::lire_fichiers(lus) {
            Ok(lecture) => {
                let ouverture = dossier::examiner(lecture)?;
                self.illisible = None;
                let textes = Troncon::entre(&self.ouverture.lecture.fichiers, &ouverture.lecture.fichiers);
                // Without room for it, the history loses the way back beyond this: it says so when it is asked.
                let _ = self.journal.noter(Entree {
                    n: self.n + 1,
                    quand: horloge::maintenant(),
                    nom: "Fichier changé hors de l'atelier".to_owned(),
                    dehors: true,
                    textes,
                    ..Entree::default()
                });
                Ok(Some(self.prendre(ouverture, self.cles.clone(), "Fichier changé hors de l'atelier".to_owned())))
            }
            Err(erreur) => Ok(self.ne_plus_lire(&erreur)),
        }
    }

    fn ne_plus_lire(&mut self, erreur: &ErreurLecture) -> Option<Delta> {
        let message = match erreur {
            ErreurLecture::Syntaxe(remarques) => remarques.first().map_or_else(
                || erreur.to_string(),
                |r| format!("ligne {} : {} {}", r.position.as_ref().map_or(1, |p| p.ligne), r.message, r.remede),
            ),
            autre => autre.to_string(),
        };
        let fichier = match erreur {
            ErreurLecture::Syntaxe(remarques) => {
                remarques.first().and_then(|r| r.position.as_ref()).map(|p| p.fichier.clone()).unwrap_or_default()
            }
            _ => self.chemins.iter().find(|c| !c.is_file()).map(|c| c.display().to_string()).unwrap_or_default(),
        };
        let neuf = Some((court(Path::new(&fichier)), message));
        let change = self.illisible != neuf;
        self.illisible = neuf;
        change.then(|| self.rien())
    }

    fn verifier_les_fichiers(&self) -> Result<(), Refus> {
        match &self.illisible {
            None => Ok(()),
            Some((fichier, message)) => Err(Refus::nouveau(
                Genre::Conflit,
                format!("« {fichier} » ne se lit plus : {message}"),
                "corrigez-le là où il a été changé, puis enregistrez-le : rien n'y est écrit d'ici là, et ce que vous tapez est gardé.",
            )),
        }
    }

    fn etats_des_fichiers(&self) -> Vec<EtatDeFichier> {
        let etat = |chemin: &PathBuf| {
            let nom = court(chemin);
            let message = self.illisible.as_ref().filter(|(fichier, _)| *fichier == nom).map(|(_, m)| m.clone());
            EtatDeFichier { lisible: message.is_none(), nom, message }
        };
        self.chemins.iter().map(etat).collect()
    }
}

/// The name of a file, without its folder.
pub fn court(chemin: &Path) -> String {
    chemin.file_name().map(|nom| nom.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What the history calls operations that were asked together.
fn nom_des(faits: &[Fait]) -> String {
    match faits {
        [] => String::new(),
        [seul] => seul.nom.clone(),
        [premier, suite @ ..] => format!("{} (et {} autres)", premier.nom, suite.len()),
    }
}

/// A state that the history no longer leads back to.
pub fn etat_perdu() -> Refus {
    Refus::nouveau(
        Genre::Conflit,
        "Un fichier du contrat a été changé hors de l'atelier depuis cet état, qui ne peut plus être retrouvé.",
        "annulez les opérations une à une, ou partez d'une copie du fichier.",
    )
}

/// The part of the contract that changes touch first.
fn partie_des(traces: &[Trace]) -> &'static str {
    let chemin = traces.first().map(|trace| match trace {
        Trace::Valeur { chemin, .. } => chemin,
        Trace::Venu { liste, .. } | Trace::Parti { liste, .. } | Trace::Bouge { liste, .. } => liste,
    });
    Partie::de(chemin.map(String::as_str).unwrap_or_default()).cle()
}

impl From<ErreurOuverture> for Refus {
    fn from(erreur: ErreurOuverture) -> Self {
        match erreur {
            ErreurOuverture::Dossier(cause) => cause.into(),
            journal @ ErreurOuverture::Journal { .. } => {
                let texte = journal.to_string();
                let (detail, a_faire) = texte.split_once("\n    À faire : ").unwrap_or((&texte, ""));
                Refus::nouveau(Genre::Occupe, detail, a_faire)
            }
        }
    }
}
