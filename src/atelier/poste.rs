//! An open contract and those who work on it: one operation at a time, what changed told to all pages; what takes longer
//! (the text and what it lacks, files changed outside) is looked at by a thread of its own, the latest state first.

use super::apercu::Pages;
use super::contrat::Contrat;
use super::demande::Demande;
use super::etat::Delta;
use super::refus::Refus;
use crate::document::Document;
use crate::rendu::apercu::Apercu;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::broadcast;

/// How often the files are looked at, for what others write in them.
const RONDE: Duration = Duration::from_secs(2);
/// Events that a slow page may have to read.
const EVENEMENTS: usize = 256;

/// What pages are told.
#[derive(Debug, Clone)]
pub struct Evenement {
    pub nom: &'static str,
    pub donnees: Arc<str>,
}

/// A contract that is open.
pub struct Poste {
    contrat: Mutex<Contrat>,
    pages: Mutex<Pages>,
    annonces: broadcast::Sender<Evenement>,
    reveil: Sender<()>,
}

impl Poste {
    pub fn ouvrir(contrat: Contrat) -> Arc<Self> {
        let (reveil, sonnerie) = channel();
        let (annonces, _) = broadcast::channel(EVENEMENTS);
        let poste = Arc::new(Poste { contrat: Mutex::new(contrat), pages: Mutex::default(), annonces, reveil });
        let ici = Arc::downgrade(&poste);
        // Without a thread for it, what the text lacks is told when the contract is opened again.
        let _ = std::thread::Builder::new().name("atelier".into()).spawn(move || {
            let mut apercu = Apercu::default();
            loop {
                match sonnerie.recv_timeout(RONDE) {
                    Ok(()) => while sonnerie.try_recv().is_ok() {},
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break,
                }
                if suivre(&ici, &mut apercu).is_none() {
                    break;
                }
            }
        });
        poste
    }

    pub fn contrat(&self) -> MutexGuard<'_, Contrat> {
        // A panic in the midst leaves the former state: nothing is half done.
        self.contrat.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does what a page asks, and tells the others.
    pub fn operer(&self, demande: &Demande) -> Result<Delta, Refus> {
        let delta = self.contrat().operer(demande)?;
        self.dire(&delta);
        Ok(delta)
    }

    /// Listens to what happens; the pages are drawn for who does.
    pub fn ecouter(&self) -> broadcast::Receiver<Evenement> {
        let recepteur = self.annonces.subscribe();
        let dessine = self.pages().n;
        let mut contrat = self.contrat();
        if dessine != Some(contrat.n()) {
            contrat.redessiner();
        }
        drop(contrat);
        let _ = self.reveil.send(());
        recepteur
    }

    /// Tells the pages of a change that was made otherwise.
    pub fn dire(&self, delta: &Delta) {
        self.annoncer(delta);
        let _ = self.reveil.send(());
    }

    pub fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Draws the pages of a state, and tells which changed.
    fn dessiner(&self, n: u64, document: &Document, apercu: &mut Apercu) {
        if let Some(pages) = apercu.commencer(document) {
            self.montrer(Pages { n: Some(n), pages: pages.to_vec(), debut: true, arretees: false });
        }
        // What cannot be drawn is told when it is printed; the pages before stay.
        let Ok(pages) = apercu.composer(document) else { return };
        self.montrer(Pages { n: Some(n), pages: pages.to_vec(), debut: false, arretees: false });
        apercu.ranger();
    }

    fn montrer(&self, neuves: Pages) {
        let liste = serde_json::to_string(&neuves.liste()).unwrap_or_default();
        *self.pages() = neuves;
        let _ = self.annonces.send(Evenement { nom: "pages", donnees: liste.into() });
    }

    fn annoncer(&self, delta: &Delta) {
        if let Ok(texte) = serde_json::to_string(delta) {
            // No page listens: there is nobody to tell.
            let _ = self.annonces.send(Evenement { nom: "delta", donnees: texte.into() });
        }
    }
}

/// One turn: files changed outside, then the text; nothing once the contract is closed.
fn suivre(ici: &Weak<Poste>, apercu: &mut Apercu) -> Option<()> {
    let poste = ici.upgrade()?;
    if poste.annonces.receiver_count() > 0
        && let Ok(Some(delta)) = poste.contrat().relire()
    {
        poste.annoncer(&delta);
    }
    // What was written meanwhile rings again.
    let lecteur = poste.contrat().texte_a_lire();
    let Some(mut lu) = lecteur.map(|lecteur| lecteur.lire()) else { return Some(()) };
    let (n, document) = lu.a_dessiner();
    let delta = poste.contrat().texte_lu(lu);
    if let Some(delta) = delta {
        poste.annoncer(&delta);
    }
    // Pages are drawn for who looks at them.
    if poste.annonces.receiver_count() > 0 {
        match document {
            Some(document) => poste.dessiner(n, &document, apercu),
            None => {
                let avant = poste.pages().clone();
                poste.montrer(Pages { n: Some(n), arretees: true, ..avant });
            }
        }
    }
    Some(())
}
