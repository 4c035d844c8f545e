//! The drawings of a page, before they are drawn → how much they will draw, and what the library would draw
//! otherwise than it is meant, or pass over in silence.
//!
//! Each stream is read once for all the pages that use it; its cost counts at each use.

use std::collections::HashMap;
use std::rc::Rc;

use hayro_interpret::hayro_syntax::content::TypedIter;
use hayro_interpret::hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream, dict_or_stream};
use hayro_interpret::hayro_syntax::page::{Page, Resources};
use hayro_interpret::{CMapResolverFn, CacheKey, Function};

use super::calques::par_formule;
use super::couleurs::espace_lisible;
use super::cours::{Cours, Etat};
use super::depliage::{self, Poids};
use super::echantillons::entiers;
use super::noms::{self, Genre};
use super::polices::{Polices, largeurs_bornees};

/// Most operators that a piece draws, those of a shared drawing counted at each use.
const OPERATIONS_MAX: u64 = 30_000_000;
/// What it costs to begin a drawing inside another: the library copies the names of all those around.
const APPEL: u64 = 30;
/// Most drawings one in another: what draws them is recursive, and stops at fifty without a word.
const PROFONDEUR_MAX: usize = 40;
/// Most operators of a function evaluated at each dot of a shading.
const FONCTION_MAX: usize = 2_000;

/// What is read of the drawings of a piece.
pub struct Avant<'p> {
    polices: &'p Polices,
    codages: &'p CMapResolverFn,
    /// How many operators each stream draws, and its traits; `None` while it is read.
    couts: HashMap<ObjectIdentifier, Option<(u64, u8)>>,
    poids: Poids,
    total: u64,
    profondeur: usize,
    /// How many of the last levels of the resources of the page are not its own.
    etrangers: usize,
    /// Whether what is read draws a letter.
    lettre: bool,
    /// What was met of transparency in what is read.
    traits: u8,
    /// The patterns of their own colours and resources, which are drawn the same wherever they are used: by what the
    /// library knows them by, and their number, when only one has that.
    motifs: HashMap<u128, Option<ObjectIdentifier>>,
    /// The longest program that is evaluated at each dot of a shading.
    pub programme: usize,
}

/// Traits of a drawing: something blends; something is transparent; a group hides what it covers (« knockout »); blending
/// stands inside a group that is apart from what is under it, inside one that is not, inside one that is not and is itself changed.
const FUSION: u8 = 1;
const TRANSPARENT: u8 = 2;
const KNOCKOUT: u8 = 4;
const FUSION_A_PART: u8 = 8;
const FUSION_MELEE: u8 = 16;
const FUSION_PRISE: u8 = 32;
/// A clip waits for a path at the end of the drawing.
const EN_SUSPENS: u8 = 64;

type Constat<T> = Result<T, String>;

impl<'p> Avant<'p> {
    pub fn nouveau(polices: &'p Polices, codages: &'p CMapResolverFn) -> Self {
        Self {
            polices,
            codages,
            couts: HashMap::new(),
            poids: Poids::default(),
            total: 0,
            profondeur: 0,
            etrangers: 0,
            lettre: false,
            traits: 0,
            motifs: HashMap::new(),
            programme: 0,
        }
    }

    /// Reads the content of a page.
    pub fn page(&mut self, page: &Page<'_>) -> Constat<()> {
        let contenus: Vec<Stream<'_>> = match page.raw().get::<Object<'_>>(b"Contents") {
            Some(Object::Stream(flux)) => vec![flux],
            Some(Object::Array(liste)) => liste.iter::<Stream<'_>>().collect(),
            _ => Vec::new(),
        };
        for flux in &contenus {
            self.poids.dessin(flux)?;
            if flux.decoded().is_err() {
                return Err("son dessin est abîmé".into());
            }
        }
        self.traits = 0;
        self.etrangers = noms::etrangers(page);
        let cout = self.operations(page.typed_operations(), page.resources(), false)?;
        self.compter(cout)
    }

    /// Reads the appearance of an annotation.
    pub fn apparence(&mut self, flux: &Stream<'_>, page: &Page<'_>) -> Constat<()> {
        let cout = self.flux(flux, page.resources())?;
        self.compter(cout)
    }

    /// Reads a drawing that is written here.
    pub fn ecrite(&mut self, contenu: &[u8], ressources: &Resources<'_>) -> Constat<()> {
        let cout = self.operations(TypedIter::new(contenu), ressources, false)?;
        self.compter(cout)
    }

    /// Notes a font, before it is measured.
    pub fn noter(&mut self, police: &Dict<'_>, ressources: &Resources<'_>) -> Constat<()> {
        self.police(police, ressources).map(drop)
    }

    /// Transparency that is not drawn as it is meant, in what was read of a page.
    pub fn transparences(&self) -> Constat<()> {
        let a = |traits: u8| self.traits & traits != 0;
        if a(KNOCKOUT) && a(FUSION | TRANSPARENT) {
            return Err("une transparence par découpe (« knockout ») n'est pas prise en charge".into());
        }
        if a(FUSION_PRISE) || (a(FUSION_A_PART) && a(FUSION_MELEE)) {
            return Err("ses transparences se mêlent d'une façon qui n'est pas prise en charge".into());
        }
        Ok(())
    }

    /// Whether the groups of a page are to be drawn apart from what is under them; it changes only those that blend.
    pub fn a_part(&self) -> bool {
        self.traits & FUSION_A_PART != 0
    }

    fn compter(&mut self, cout: u64) -> Constat<()> {
        self.total = self.total.saturating_add(cout);
        if self.total > OPERATIONS_MAX {
            return Err("son dessin est démesuré".into());
        }
        Ok(())
    }

    /// How many operators a stream of drawings draws.
    fn flux(&mut self, flux: &Stream<'_>, parent: &Resources<'_>) -> Constat<u64> {
        let id = flux.obj_id();
        match self.couts.get(&id) {
            Some(Some((cout, traits))) => {
                self.traits |= traits;
                return Ok(*cout);
            }
            Some(None) => return Err("un de ses dessins se contient lui-même".into()),
            None => {}
        }
        self.poids.dessin(flux)?;
        let contenu = flux.decoded().map_err(|_| "un de ses dessins est abîmé")?;
        if self.profondeur >= PROFONDEUR_MAX {
            return Err("son dessin est trop imbriqué".into());
        }
        self.profondeur += 1;
        self.couts.insert(id, None);
        let autour = std::mem::take(&mut self.traits);
        let propres = flux.dict().get::<Dict<'_>>(b"Resources").unwrap_or_default();
        let ressources = Resources::from_parent(propres, parent.clone());
        let cout = self.operations(TypedIter::new(&contenu), &ressources, true)?;
        self.groupe(flux.dict());
        self.couts.insert(id, Some((cout, self.traits)));
        self.traits |= autour;
        self.profondeur -= 1;
        Ok(cout)
    }

    /// The traits of a group, out of those of what it holds.
    fn groupe(&mut self, dict: &Dict<'_>) {
        let Some(groupe) = dict.get::<Dict<'_>>(b"Group") else { return };
        let vrai = |cle: &[u8]| groupe.get::<bool>(cle).unwrap_or(false);
        self.traits |= if vrai(b"K") { KNOCKOUT } else { 0 };
        if self.traits & FUSION != 0 {
            self.traits |= if vrai(b"I") { FUSION_A_PART } else { FUSION_MELEE };
        }
    }

    fn operations(&mut self, mut operations: TypedIter<'_>, ressources: &Resources<'_>, dedans: bool) -> Constat<u64> {
        let mut cout: u64 = 0;
        let mut cours = Cours::nouveau(dedans);
        while let Some(operation) = operations.next() {
            cout = cout.saturating_add(1);
            if cout > OPERATIONS_MAX {
                return Err("son dessin est démesuré".into());
            }
            match operation {
                Op::SaveState(_) => cours.garder(),
                Op::RestoreState(_) => cours.rendre()?,
                Op::Transform(_)
                | Op::LineWidth(_)
                | Op::LineJoin(_)
                | Op::MiterLimit(_)
                | Op::DashPattern(_)
                | Op::NonStrokeColor(_)
                | Op::StrokeColor(_) => cours.changer(),
                Op::LineCap(bout) => {
                    cours.changer();
                    cours.etat.rond = bout.0.as_i64() == 1;
                }
                Op::MoveTo(_) => cours.placer(),
                Op::ClosePath(_) => cours.fermer(),
                Op::RectPath(_) | Op::LineTo(_) | Op::CubicTo(_) | Op::CubicStartTo(_) | Op::CubicEndTo(_) => {
                    cours.tracer();
                }
                Op::ClipNonZero(_) | Op::ClipEvenOdd(_) => cours.decouper(),
                Op::EndPath(_) => cours.laisser()?,
                Op::StrokePath(_) | Op::FillAndStrokeNonZero(_) | Op::FillAndStrokeEvenOdd(_) => {
                    cours.peindre_trace(true)?;
                }
                Op::CloseAndStrokePath(_) | Op::CloseFillAndStrokeNonZero(_) | Op::CloseFillAndStrokeEvenOdd(_) => {
                    cours.fermer();
                    cours.peindre_trace(true)?;
                }
                Op::FillPathNonZero(_) | Op::FillPathNonZeroCompatibility(_) | Op::FillPathEvenOdd(_) => {
                    cours.peindre_trace(false)?;
                }
                Op::SetGraphicsState(nom) => {
                    cours.changer();
                    self.connu(ressources, nom.0, Genre::Reglage)?;
                    if let Some(dict) = ressources.get_ext_g_state(nom.0) {
                        cout = cout.saturating_add(self.reglage(&dict, &mut cours.etat, ressources)?);
                    }
                }
                Op::XObject(nom) => {
                    self.connu(ressources, nom.0, Genre::Dessin)?;
                    if let Some(objet) = ressources.get_x_object(nom.0) {
                        cours.poser()?;
                        let autour = std::mem::take(&mut self.traits);
                        cout = cout.saturating_add(APPEL).saturating_add(self.objet(&objet, ressources)?);
                        let pris = cours.etat.transparent[0] || cours.etat.masque || cours.etat.fusion;
                        self.traits |= if pris && self.traits & FUSION_MELEE != 0 { FUSION_PRISE } else { 0 };
                        cours.en_suspens |= self.traits & EN_SUSPENS != 0;
                        self.traits = autour | (self.traits & !EN_SUSPENS);
                    }
                }
                Op::InlineImage(image) => {
                    cours.poser()?;
                    self.image(image.0, ressources)?;
                }
                Op::TextFont(police) => {
                    cours.changer();
                    self.connu(ressources, police.0, Genre::Police)?;
                    match ressources.get_font(police.0) {
                        Some(dict) => {
                            cours.etat.lettre = self.police(&dict, ressources)?;
                            cours.etat.muette = self.polices.codage(&dict).map(Rc::from);
                        }
                        None => cours.etat.muette = Some("une police n'est pas dans le fichier".into()),
                    }
                }
                Op::TextRenderingMode(mode) => {
                    cours.changer();
                    cours.etat.invisible = mode.0.as_i64() == 3;
                }
                Op::ShowText(texte) => cout = cout.saturating_add(cours.lettres(texte.0.len())?),
                Op::NextLineAndShowText(texte) => cout = cout.saturating_add(cours.lettres(texte.0.len())?),
                Op::ShowTextWithParameters(texte) => cout = cout.saturating_add(cours.lettres(texte.2.len())?),
                Op::ShowTexts(textes) => {
                    let textes = textes.0.iter::<Object<'_>>().filter_map(Object::into_string);
                    for texte in textes {
                        cout = cout.saturating_add(cours.lettres(texte.len())?);
                    }
                }
                Op::Shading(nom) => {
                    cours.poser()?;
                    self.connu(ressources, nom.0, Genre::Degrade)?;
                    if self.lettre {
                        // The library fills with it the box of the font, taken for that of the page.
                        return Err("une lettre y est faite d'un dégradé".into());
                    }
                    if let Some(degrade) = ressources.get_shading(nom.0) {
                        self.degrade(&degrade)?;
                    }
                }
                Op::NonStrokeColorNamed(couleur) => {
                    cours.changer();
                    let nom = couleur.1;
                    cout = cout.saturating_add(self.couleur_nommee(nom, 0, &mut cours.etat, ressources)?);
                }
                Op::StrokeColorNamed(couleur) => {
                    cours.changer();
                    let nom = couleur.1;
                    cout = cout.saturating_add(self.couleur_nommee(nom, 1, &mut cours.etat, ressources)?);
                }
                Op::ColorSpaceNonStroke(nom) => {
                    cours.changer();
                    cours.etat.tuile[0] = false;
                    self.espace_nomme(nom.0, ressources)?;
                }
                Op::ColorSpaceStroke(nom) => {
                    cours.changer();
                    cours.etat.tuile[1] = false;
                    self.espace_nomme(nom.0, ressources)?;
                }
                Op::NonStrokeColorDeviceGray(_) | Op::NonStrokeColorDeviceRgb(_) | Op::NonStrokeColorCmyk(_) => {
                    cours.changer();
                    cours.etat.tuile[0] = false;
                }
                Op::StrokeColorDeviceGray(_) | Op::StrokeColorDeviceRgb(_) | Op::StrokeColorCmyk(_) => {
                    cours.changer();
                    cours.etat.tuile[1] = false;
                }
                Op::BeginMarkedContentWithProperties(contenu) if contenu.0.as_ref() == b"OC" => {
                    let calque = contenu.1.clone().into_name().and_then(|nom| noms::proprietes(ressources, &nom));
                    match calque {
                        Some((calque, _)) if par_formule(&calque) => {
                            return Err("un calque s'y affiche selon une formule".into());
                        }
                        Some((_, false)) => return Err("un calque y est nommé hors du dessin qui l'emploie".into()),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        self.traits |= if cours.finir() { EN_SUSPENS } else { 0 };
        Ok(cout)
    }

    /// Whether all readers find the same under a name.
    fn connu(&self, ressources: &Resources<'_>, nom: &Name<'_>, genre: Genre) -> Constat<()> {
        if noms::etranger(ressources, nom, genre, self.etrangers) {
            return Err(format!("« {} » n'est pas parmi ses ressources", String::from_utf8_lossy(nom)));
        }
        Ok(())
    }

    fn couleur_nommee(
        &mut self,
        nom: Option<&Name<'_>>,
        trait_: usize,
        etat: &mut Etat,
        ressources: &Resources<'_>,
    ) -> Constat<u64> {
        etat.tuile[trait_] = false;
        let Some(nom) = nom else { return Ok(0) };
        self.connu(ressources, nom, Genre::Motif)?;
        match ressources.get_pattern(nom) {
            Some(motif) => self.motif(&motif, trait_, etat, ressources),
            None => Ok(0),
        }
    }

    fn reglage(&mut self, dict: &Dict<'_>, etat: &mut Etat, ressources: &Resources<'_>) -> Constat<u64> {
        if let Some(bout) = dict.get::<u8>(b"LC") {
            etat.rond = bout == 1;
        }
        if let Some(opacite) = dict.get::<f32>(b"ca") {
            etat.transparent[0] = opacite < 0.999;
        }
        if let Some(opacite) = dict.get::<f32>(b"CA") {
            etat.transparent[1] = opacite < 0.999;
        }
        let fusion = match dict.get::<Object<'_>>(b"BM") {
            Some(Object::Name(nom)) => Some(nom),
            Some(Object::Array(noms)) => noms.iter::<Name<'_>>().next(),
            _ => None,
        };
        if let Some(nom) = fusion {
            etat.fusion = !matches!(nom.as_ref(), b"Normal" | b"Compatible");
        }
        self.traits |= if etat.fusion { FUSION } else { 0 };
        self.traits |= if etat.transparent[0] || etat.transparent[1] { TRANSPARENT } else { 0 };
        for cle in [b"TR".as_slice(), b"TR2"] {
            match dict.get::<Object<'_>>(cle) {
                Some(Object::Array(liste)) if liste.iter::<Object<'_>>().any(|f| Function::new(&f).is_none()) => {
                    return Err("une fonction de transfert n'y est pas lisible".into());
                }
                Some(f @ (Object::Dict(_) | Object::Stream(_))) if Function::new(&f).is_none() => {
                    return Err("une fonction de transfert n'y est pas lisible".into());
                }
                _ => {}
            }
        }
        if let Some(Object::Array(police)) = dict.get::<Object<'_>>(b"Font")
            && let Some(police) = police.iter::<Object<'_>>().next().and_then(Object::into_dict)
        {
            etat.lettre = self.police(&police, ressources)?;
        }
        match dict.get::<Object<'_>>(b"SMask") {
            Some(Object::Dict(masque)) => {
                etat.masque = true;
                self.traits |= TRANSPARENT;
                // What a mask holds is apart from the page.
                let autour = self.traits;
                let cout = self.masque(&masque, ressources);
                self.traits = autour;
                cout
            }
            Some(Object::Name(_)) => {
                etat.masque = false;
                Ok(0)
            }
            _ => Ok(0),
        }
    }

    fn masque(&mut self, masque: &Dict<'_>, ressources: &Resources<'_>) -> Constat<u64> {
        let illisible = || "un masque y est d'une forme qui n'est pas prise en charge".to_string();
        let groupe = masque.get::<Stream<'_>>(b"G").ok_or_else(illisible)?;
        let espace =
            groupe.dict().get::<Dict<'_>>(b"Group").and_then(|g| g.get::<Object<'_>>(b"CS")).ok_or_else(illisible)?;
        if !espace_lisible(&espace, 0) || masque.get_ref(b"G").is_none() {
            return Err(illisible());
        }
        if let Some(f @ (Object::Dict(_) | Object::Stream(_))) = masque.get::<Object<'_>>(b"TR")
            && Function::new(&f).is_none()
        {
            return Err(illisible());
        }
        self.flux(&groupe, ressources)
    }

    fn objet(&mut self, objet: &Stream<'_>, ressources: &Resources<'_>) -> Constat<u64> {
        if objet.dict().get::<Dict<'_>>(b"OC").is_some_and(|calque| par_formule(&calque)) {
            return Err("un calque s'y affiche selon une formule".into());
        }
        match objet.dict().get::<Name<'_>>(b"Subtype").as_deref() {
            Some(b"Form") => {
                if objet.dict().get::<Array<'_>>(b"BBox").is_none() {
                    return Err("un de ses dessins n'a pas de cadre".into());
                }
                self.flux(objet, ressources)
            }
            Some(b"Image") => self.image(objet, ressources).map(|()| 1),
            _ => Ok(0),
        }
    }

    fn image(&mut self, image: &Stream<'_>, ressources: &Resources<'_>) -> Constat<()> {
        self.poids.image(image)?;
        let dict = image.dict();
        for masque in [b"SMask".as_slice(), b"Mask"] {
            if let Some(masque) = dict.get::<Stream<'_>>(masque) {
                self.poids.image(&masque)?;
                entiers(&masque, masque.dict().get::<Object<'_>>(b"ColorSpace").as_ref())?;
            }
        }
        if dict.get::<u8>(b"SMaskInData") == Some(2) {
            return Err("la transparence d'une image n'est pas prise en charge".into());
        }
        let pochoir = dict.get::<bool>(b"ImageMask").or_else(|| dict.get::<bool>(b"IM")).unwrap_or(false);
        let espace = dict.get::<Object<'_>>(b"ColorSpace").or_else(|| dict.get::<Object<'_>>(b"CS"));
        let nomme = |nom: &Name<'_>| ressources.get_color_space(nom);
        let espace = match espace {
            Some(Object::Name(nom)) if !espace_lisible(&Object::Name(nom.clone()), 0) => {
                nomme(&nom).or(Some(Object::Name(nom)))
            }
            autre => autre,
        };
        if !pochoir && espace.as_ref().is_some_and(|espace| !espace_lisible(espace, 0)) {
            return Err("les couleurs d'une image ne sont pas prises en charge".into());
        }
        entiers(image, espace.as_ref())
    }

    fn espace_nomme(&mut self, nom: &Name<'_>, ressources: &Resources<'_>) -> Constat<()> {
        let direct = Object::Name(nom.clone());
        self.connu(ressources, nom, Genre::Couleurs)?;
        if espace_lisible(&direct, 0)
            || ressources.get_color_space(nom).is_some_and(|espace| espace_lisible(&espace, 0))
        {
            return Ok(());
        }
        Err("des couleurs n'y sont pas prises en charge".into())
    }

    /// How many operators one letter of a font draws.
    fn police(&mut self, police: &Dict<'_>, ressources: &Resources<'_>) -> Constat<u64> {
        if !largeurs_bornees(police) {
            return Err("les largeurs d'une police y sont démesurées".into());
        }
        self.polices.noter(police, self.codages);
        if police.get::<Name<'_>>(b"Subtype").is_none_or(|nom| nom.as_ref() != b"Type3") {
            self.poids.police(police)?;
            return Ok(1);
        }
        let propres = police.get::<Dict<'_>>(b"Resources").unwrap_or_default();
        let ressources = Resources::from_parent(propres, ressources.clone());
        let dessins = police.get::<Dict<'_>>(b"CharProcs").unwrap_or_default();
        let autour = std::mem::replace(&mut self.lettre, true);
        let mut cout = 1;
        for nom in dessins.keys() {
            if let Some(dessin) = dessins.get::<Stream<'_>>(nom.as_ref()) {
                cout = cout.max(self.flux(&dessin, &ressources)?);
            }
        }
        self.lettre = autour;
        self.traits &= !EN_SUSPENS;
        Ok(cout)
    }

    fn motif(
        &mut self,
        motif: &Object<'_>,
        trait_: usize,
        etat: &mut Etat,
        ressources: &Resources<'_>,
    ) -> Constat<u64> {
        match motif {
            Object::Stream(tuile) => {
                etat.tuile[trait_] = true;
                self.retenir(tuile);
                let cout = self.flux(tuile, ressources)?;
                self.traits &= !EN_SUSPENS;
                Ok(cout)
            }
            Object::Dict(dict) => {
                if dict.get::<Dict<'_>>(b"ExtGState").is_some_and(|reglage| {
                    [b"ca".as_slice(), b"CA", b"SMask", b"BM"].iter().any(|cle| reglage.contains_key(cle))
                }) {
                    return Err("un dégradé y est transparent d'une façon qui n'est pas prise en charge".into());
                }
                match dict.get::<Object<'_>>(b"Shading") {
                    Some(degrade) => self.degrade(&degrade).map(|()| 1),
                    None => Ok(0),
                }
            }
            _ => Ok(0),
        }
    }

    fn retenir(&mut self, tuile: &Stream<'_>) {
        let constant = tuile.dict().get::<u8>(b"PaintType") == Some(1) && tuile.dict().contains_key(b"Resources");
        let id = constant.then(|| tuile.obj_id());
        let connu = self.motifs.entry(tuile.cache_key()).or_insert(id);
        *connu = connu.filter(|connu| Some(*connu) == id);
    }

    /// Whether a pattern is drawn the same wherever it is used.
    pub fn constant(&self, motif: u128) -> bool {
        self.motifs.get(&motif).is_some_and(Option::is_some)
    }

    fn degrade(&mut self, degrade: &Object<'_>) -> Constat<()> {
        let illisible = || "un dégradé y est d'une forme qui n'est pas prise en charge".to_string();
        let (dict, flux) = dict_or_stream(degrade).ok_or_else(illisible)?;
        let genre = dict.get::<u8>(b"ShadingType").filter(|genre| (1..=7).contains(genre)).ok_or_else(illisible)?;
        if !dict.get::<Object<'_>>(b"ColorSpace").is_some_and(|espace| espace_lisible(&espace, 0)) {
            return Err(illisible());
        }
        if let Some(flux) = flux {
            self.poids.dessin(flux)?;
            flux.decoded().map_err(|_| illisible())?;
        }
        let fonctions = match dict.get::<Object<'_>>(b"Function") {
            Some(Object::Array(liste)) => liste.iter::<Object<'_>>().collect(),
            Some(fonction) => vec![fonction],
            None if genre <= 3 => return Err(illisible()),
            None => Vec::new(),
        };
        for fonction in &fonctions {
            if Function::new(fonction).is_none() {
                return Err(illisible());
            }
            self.programme = self.programme.max(depliage::programme(fonction));
            if self.programme > FONCTION_MAX {
                return Err("un dégradé y est démesuré".into());
            }
        }
        Ok(())
    }
}
