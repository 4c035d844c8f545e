//! The operators of a drawing, one after another → the state that each finds, and what the library would paint in
//! another one than it is meant to: told, never painted.

use std::rc::Rc;

type Constat<T> = Result<T, String>;

/// What of the graphics state is looked at.
#[derive(Clone, Default)]
pub struct Etat {
    /// Of what is filled, then of lines.
    pub transparent: [bool; 2],
    pub tuile: [bool; 2],
    /// How many operators one letter draws.
    pub lettre: u64,
    /// Why the words cannot be read, in the font of the moment.
    pub muette: Option<Rc<str>>,
    pub invisible: bool,
    pub masque: bool,
    pub fusion: bool,
    /// Lines have round ends.
    pub rond: bool,
}

/// Where the reading of a drawing stands.
#[derive(Default)]
pub struct Cours {
    pub etat: Etat,
    gardes: Vec<Etat>,
    /// Whether it is drawn inside another, which it must leave as it was.
    dedans: bool,
    /// A path is begun; its last place has no line yet; one of them was closed without, and is a dot.
    trace: bool,
    place: bool,
    point: bool,
    /// A clip was asked for it.
    decoupe: bool,
    /// A clip was asked for where there is no path. The library keeps it for the next path that is not painted; other
    /// readers forget it, or take the next path that is.
    pub en_suspens: bool,
    /// The state that everything started with was changed.
    change: bool,
    /// The state was given back more often than it was kept: the library goes back to the beginning, others stay.
    rendus: u32,
    perdu: bool,
}

impl Cours {
    pub fn nouveau(dedans: bool) -> Self {
        Self { dedans, ..Self::default() }
    }

    pub fn garder(&mut self) {
        self.gardes.push(self.etat.clone());
    }

    pub fn rendre(&mut self) -> Constat<()> {
        if let Some(etat) = self.gardes.pop() {
            self.etat = etat;
            return Ok(());
        }
        self.rendus += 1;
        self.perdu |= self.change;
        // The second one gives back what is around.
        if self.dedans && self.rendus > 1 { self.deborde() } else { Ok(()) }
    }

    fn deborde(&self) -> Constat<()> {
        Err("un de ses dessins s'y referme plus de fois qu'il ne s'ouvre".into())
    }

    /// The state changes.
    pub fn changer(&mut self) {
        self.change |= self.gardes.is_empty();
    }

    /// A line will begin here.
    pub fn placer(&mut self) {
        (self.trace, self.place) = (true, true);
    }

    pub fn tracer(&mut self) {
        (self.trace, self.place) = (true, false);
    }

    pub fn fermer(&mut self) {
        self.point |= std::mem::take(&mut self.place);
    }

    pub fn decouper(&mut self) {
        self.decoupe = true;
    }

    /// A path ends that is not painted.
    pub fn laisser(&mut self) -> Constat<()> {
        let (trace, decoupe) = (std::mem::take(&mut self.trace), std::mem::take(&mut self.decoupe));
        (self.place, self.point) = (false, false);
        match (trace, decoupe) {
            (true, true) => {
                self.en_suspens = false;
                self.changer();
            }
            (true, false) if self.en_suspens => {
                return Err("une découpe y est demandée là où il n'y a pas de tracé".into());
            }
            (false, true) => self.en_suspens = true,
            _ => {}
        }
        Ok(())
    }

    /// A path is painted; its line too, or not.
    pub fn peindre_trace(&mut self, trait_: bool) -> Constat<()> {
        if self.decoupe {
            return Err("un tracé y est peint et découpe à la fois".into());
        }
        if trait_ && self.point && self.etat.rond {
            return Err("un point y est tracé d'une façon qui n'est pas prise en charge".into());
        }
        (self.trace, self.place, self.point) = (false, false, false);
        self.peindre()
    }

    /// Something is painted, that is not a picture.
    fn peindre(&self) -> Constat<()> {
        self.poser()?;
        if (0..2).any(|trait_| self.etat.tuile[trait_] && self.etat.transparent[trait_]) {
            return Err("un motif y est transparent".into());
        }
        Ok(())
    }

    /// Something is put on the page.
    pub fn poser(&self) -> Constat<()> {
        if self.perdu { self.deborde() } else { Ok(()) }
    }

    /// Letters are painted: how many operators they draw.
    pub fn lettres(&self, nombre: usize) -> Constat<u64> {
        self.peindre()?;
        if let (Some(cause), false) = (&self.etat.muette, self.etat.invisible || nombre == 0) {
            return Err(cause.to_string());
        }
        Ok(self.etat.lettre.max(1).saturating_mul(nombre as u64))
    }

    /// The drawing ends: whether a clip is still waiting for its path.
    pub fn finir(self) -> bool {
        self.en_suspens || self.decoupe
    }
}
