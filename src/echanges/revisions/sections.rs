//! Bytes of a PDF from a place on → one revision: its objects, its table, its trailer; each byte belongs to one of them.

use super::syntaxe::{Lecteur, Lu, Place};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Most bytes of all tables and packed objects of a file, once unpacked.
pub(super) const DEPLIE_MAX: usize = 256 * 1024 * 1024;

const TABLE: &str = "la table de ses objets ne dit pas ce qui s'y trouve";

/// One revision of a file, as it is written.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) debut: usize,
    /// Just after `%%EOF`, where a signature may stop; `fin` is after the end of that line.
    pub(super) eof: usize,
    pub(super) fin: usize,
    pub(super) objets: BTreeMap<ObjectId, Object>,
    pub(super) etendues: BTreeMap<ObjectId, Range<usize>>,
    pub(super) liberes: Vec<u32>,
    pub(super) trailer: Dictionary,
    /// What `startxref` says.
    pub(super) renvoi: usize,
    /// Lengths of streams said by other objects.
    pub(super) longueurs: Vec<(ObjectId, usize)>,
}

#[derive(Debug, Clone, Copy)]
enum Entree {
    Libre,
    Place { place: usize, generation: usize },
    DansUnFlux { flux: u32 },
}

/// What is written between two ends of file: objects, a table, a trailer.
struct Brut {
    debut: usize,
    eof: usize,
    fin: usize,
    places: Vec<Place>,
    entrees: BTreeMap<u32, Entree>,
    trailer: Dictionary,
    table: usize,
    renvoi: usize,
}

/// The first revision of a file.
pub(super) fn premiere(octets: &[u8], deplie: &mut usize) -> Lu<Section> {
    if !octets.starts_with(b"%PDF-") {
        return Err("il ne commence pas comme un PDF");
    }
    let premiere = lire(octets, 0, deplie)?;
    let Ok(suite) = premiere.trailer.get(b"Prev").and_then(Object::as_i64) else {
        let tenu = premiere.table == premiere.renvoi;
        return if tenu { section(premiere, deplie) } else { Err(TABLE) };
    };
    // A file made to be read while it comes has two tables, each of which names the other; together they say it all.
    let mut entier = lire(octets, premiere.fin, deplie)?;
    let tenu = usize::try_from(suite) == Ok(entier.table)
        && entier.renvoi == premiere.table
        && !entier.trailer.has(b"Prev")
        && premiere.entrees.keys().all(|numero| !entier.entrees.contains_key(numero));
    if !tenu {
        return Err(TABLE);
    }
    entier.debut = 0;
    entier.places.extend(premiere.places);
    entier.entrees.extend(premiere.entrees);
    entier.trailer = premiere.trailer;
    entier.trailer.remove(b"Prev");
    section(entier, deplie)
}

/// The revision that follows another, whose `startxref` is given.
pub(super) fn suivante(octets: &[u8], debut: usize, precedente: usize, deplie: &mut usize) -> Lu<Section> {
    let lue = lire(octets, debut, deplie)?;
    let prev = lue.trailer.get(b"Prev").and_then(Object::as_i64).ok().and_then(|n| usize::try_from(n).ok());
    if lue.table != lue.renvoi || prev != Some(precedente) {
        return Err("elle ne continue pas ce qui la précède");
    }
    section(lue, deplie)
}

fn lire(octets: &[u8], debut: usize, deplie: &mut usize) -> Lu<Brut> {
    let mut lecteur = Lecteur::nouveau(octets, debut);
    let mut places: Vec<Place> = Vec::new();
    let ecrite = loop {
        if !lecteur.blancs() {
            return Err("un commentaire imite une partie du fichier");
        }
        match lecteur.octet() {
            Some(b'0'..=b'9') => places.push(lecteur.indirect()?),
            Some(b'x') if lecteur.mot(b"xref") => {
                let table = lecteur.place;
                let entrees = table_ecrite(&mut lecteur)?;
                lecteur.prendre(b"trailer")?;
                let Object::Dictionary(trailer) = lecteur.objet(0)? else { return Err(TABLE) };
                break Some((table, entrees, trailer));
            }
            Some(b's') if lecteur.mot(b"startxref") => break None,
            Some(_) => return Err("des octets n'y font partie d'aucun objet"),
            None => return Err("elle est coupée"),
        }
    };
    lecteur.blancs();
    lecteur.prendre(b"startxref")?;
    let renvoi = lecteur.entier()?;
    let (table, entrees, trailer) = match ecrite {
        Some(ecrite) => ecrite,
        None => table_parmi(&mut places, renvoi, debut, deplie)?,
    };
    while matches!(lecteur.octet(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
        lecteur.place += 1;
    }
    if !lecteur.commence_par(b"%%EOF") {
        return Err("sa fin manque");
    }
    lecteur.place += b"%%EOF".len();
    let eof = lecteur.place;
    if !matches!(lecteur.octet(), None | Some(b'\n' | b'\r' | b' ' | b'\t' | 0)) {
        return Err("sa fin manque");
    }
    lecteur.fin_de_ligne();
    // A reader that knows the old form of tables only would see another file.
    if trailer.has(b"XRefStm") || trailer.has(b"Encrypt") {
        return Err("elle a deux tables, ou elle est chiffrée");
    }
    Ok(Brut { debut, eof, fin: lecteur.place, places, entrees, trailer, table, renvoi })
}

/// A table among the objects, where `startxref` says. A file made to be read while it comes has a second one.
fn table_parmi(
    places: &mut Vec<Place>,
    renvoi: usize,
    debut: usize,
    deplie: &mut usize,
) -> Lu<(usize, BTreeMap<u32, Entree>, Dictionary)> {
    let mut prendre = |ou: usize| {
        let rang = places.iter().position(|place| place.etendue.start == ou)?;
        Some(places.remove(rang))
    };
    let mut lire = |place: Place| {
        let mut entrees = table_en_flux(&place.objet, deplie)?;
        if matches!(entrees.remove(&place.id.0), Some(Entree::Place { place: dite, .. }) if dite != place.etendue.start)
        {
            return Err(TABLE);
        }
        let Object::Stream(flux) = place.objet else { return Err(TABLE) };
        Ok((entrees, flux.dict))
    };
    let (mut entrees, mut trailer) = lire(prendre(renvoi).ok_or(TABLE)?)?;
    let prev = trailer.get(b"Prev").and_then(Object::as_i64).ok().and_then(|n| usize::try_from(n).ok());
    if let Some(seconde) = prev.filter(|_| debut == 0).and_then(prendre) {
        let (autres, suite) = lire(seconde)?;
        if suite.has(b"Prev") || autres.keys().any(|numero| entrees.contains_key(numero)) {
            return Err(TABLE);
        }
        entrees.extend(autres);
        trailer.remove(b"Prev");
    }
    Ok((renvoi, entrees, trailer))
}

fn section(brut: Brut, deplie: &mut usize) -> Lu<Section> {
    let Brut { debut, eof, fin, places, entrees, trailer, renvoi, .. } = brut;
    let mut lue = Section {
        debut,
        eof,
        fin,
        objets: BTreeMap::new(),
        etendues: BTreeMap::new(),
        liberes: Vec::new(),
        trailer,
        renvoi,
        longueurs: Vec::new(),
    };
    ranger(&mut lue, places, &entrees, deplie)?;
    let taille = lue.trailer.get(b"Size").and_then(Object::as_i64).unwrap_or_default();
    if lue.objets.keys().any(|(numero, _)| i64::from(*numero) >= taille) {
        return Err(TABLE);
    }
    Ok(lue)
}

/// Each object is the one that the table says, and the table says them all.
fn ranger(lue: &mut Section, places: Vec<Place>, entrees: &BTreeMap<u32, Entree>, deplie: &mut usize) -> Lu<()> {
    let mut flux_d_objets: BTreeMap<u32, Object> = BTreeMap::new();
    let mut vus = BTreeSet::new();
    for Place { id, objet, etendue, longueur } in places {
        let tenu = matches!(entrees.get(&id.0), Some(Entree::Place { place, generation })
            if *place == etendue.start && *generation == usize::from(id.1));
        if !tenu || !vus.insert(id.0) {
            return Err(TABLE);
        }
        lue.longueurs.extend(longueur);
        lue.etendues.insert(id, etendue);
        match &objet {
            Object::Stream(flux) if flux.dict.has_type(b"ObjStm") => {
                flux_d_objets.insert(id.0, objet);
            }
            _ => {
                lue.objets.insert(id, objet);
            }
        }
    }
    let mut deplies: BTreeMap<u32, BTreeMap<u32, Object>> = BTreeMap::new();
    for (numero, entree) in entrees {
        match entree {
            Entree::Libre if *numero == 0 => {}
            Entree::Libre => lue.liberes.push(*numero),
            Entree::Place { .. } if vus.contains(numero) => {}
            Entree::Place { .. } => return Err(TABLE),
            Entree::DansUnFlux { flux } => {
                if !deplies.contains_key(flux) {
                    let lu = flux_d_objets.get(flux).ok_or(TABLE)?;
                    deplies.insert(*flux, objets_du_flux(lu, deplie)?);
                }
                let objet = deplies.get_mut(flux).and_then(|objets| objets.remove(numero)).ok_or(TABLE)?;
                lue.objets.insert((*numero, 0), objet);
            }
        }
    }
    Ok(())
}

fn table_ecrite(lecteur: &mut Lecteur<'_>) -> Lu<BTreeMap<u32, Entree>> {
    lecteur.prendre(b"xref")?;
    let mut entrees = BTreeMap::new();
    loop {
        lecteur.blancs();
        if lecteur.mot(b"trailer") {
            return Ok(entrees);
        }
        let (premier, nombre) = (lecteur.entier()?, lecteur.entier()?);
        for rang in 0..nombre {
            let (place, generation) = (lecteur.entier()?, lecteur.entier()?);
            lecteur.blancs();
            let entree = match lecteur.octet() {
                Some(b'n') if lecteur.mot(b"n") => Entree::Place { place, generation },
                Some(b'f') if lecteur.mot(b"f") => Entree::Libre,
                _ => return Err(TABLE),
            };
            lecteur.place += 1;
            let numero = premier.checked_add(rang).and_then(|n| u32::try_from(n).ok()).ok_or(TABLE)?;
            if entrees.insert(numero, entree).is_some() {
                return Err(TABLE);
            }
        }
    }
}

fn table_en_flux(objet: &Object, deplie: &mut usize) -> Lu<BTreeMap<u32, Entree>> {
    let Object::Stream(flux) = objet else { return Err(TABLE) };
    if !flux.dict.has_type(b"XRef") {
        return Err(TABLE);
    }
    let nombres = |cle: &[u8]| -> Option<Vec<usize>> {
        let tableau = flux.dict.get(cle).and_then(Object::as_array).ok()?;
        tableau.iter().map(|n| usize::try_from(n.as_i64().ok()?).ok()).collect()
    };
    let largeurs: [usize; 3] = nombres(b"W").and_then(|w| w.try_into().ok()).ok_or(TABLE)?;
    let taille =
        flux.dict.get(b"Size").and_then(Object::as_i64).ok().and_then(|n| usize::try_from(n).ok()).ok_or(TABLE)?;
    let index = if flux.dict.has(b"Index") { nombres(b"Index").ok_or(TABLE)? } else { vec![0, taille] };
    let contenu = deplier(flux, deplie)?;
    let pas: usize = largeurs.iter().sum();
    if !(1..=24).contains(&pas) || largeurs.iter().any(|l| *l > 8) || !index.len().is_multiple_of(2) {
        return Err(TABLE);
    }
    let mut lignes = contenu.chunks_exact(pas);
    let mut entrees = BTreeMap::new();
    for plage in index.chunks_exact(2) {
        for rang in 0..plage[1] {
            let ligne = lignes.next().ok_or(TABLE)?;
            let (genre, reste) = ligne.split_at(largeurs[0]);
            let (place, suite) = reste.split_at(largeurs[1]);
            let lire = |octets: &[u8]| octets.iter().fold(0usize, |n, o| (n << 8) | usize::from(*o));
            let entree = match if largeurs[0] == 0 { 1 } else { lire(genre) } {
                0 => Entree::Libre,
                1 => Entree::Place { place: lire(place), generation: lire(suite) },
                2 => Entree::DansUnFlux { flux: u32::try_from(lire(place)).map_err(|_| TABLE)? },
                _ => return Err(TABLE),
            };
            let numero = plage[0].checked_add(rang).and_then(|n| u32::try_from(n).ok()).ok_or(TABLE)?;
            if entrees.insert(numero, entree).is_some() {
                return Err(TABLE);
            }
        }
    }
    Ok(entrees)
}

/// The objects that a stream packs, by number.
fn objets_du_flux(objet: &Object, deplie: &mut usize) -> Lu<BTreeMap<u32, Object>> {
    let Object::Stream(flux) = objet else { return Err(TABLE) };
    let nombre = |cle: &[u8]| flux.dict.get(cle).and_then(Object::as_i64).ok().and_then(|n| usize::try_from(n).ok());
    let (combien, debut) = (nombre(b"N").ok_or(TABLE)?, nombre(b"First").ok_or(TABLE)?);
    let contenu = deplier(flux, deplie)?;
    let mut tete = Lecteur::nouveau(contenu.get(..debut).ok_or(TABLE)?, 0);
    let mut places: Vec<(u32, usize)> = Vec::new();
    for _ in 0..combien {
        let numero = u32::try_from(tete.entier()?).map_err(|_| TABLE)?;
        let place = tete.entier()?.checked_add(debut).ok_or(TABLE)?;
        // Each begins after the one before: none is read twice.
        if places.last().is_some_and(|(_, derniere)| *derniere >= place) {
            return Err(TABLE);
        }
        places.push((numero, place));
    }
    let mut objets = BTreeMap::new();
    let fins = places.iter().skip(1).map(|(_, place)| *place).chain([contenu.len()]);
    for ((numero, place), fin) in places.iter().zip(fins) {
        let objet = Lecteur::nouveau(contenu.get(..fin).ok_or(TABLE)?, *place).objet(0)?;
        if objets.insert(*numero, objet).is_some() {
            return Err(TABLE);
        }
    }
    Ok(objets)
}

fn deplier(flux: &lopdf::Stream, deplie: &mut usize) -> Lu<Vec<u8>> {
    let contenu = flux.get_plain_content_with_limit(DEPLIE_MAX.saturating_sub(*deplie));
    let contenu = contenu.map_err(|_| "une de ses tables ne se déplie pas")?;
    *deplie = deplie.saturating_add(contenu.len());
    Ok(contenu)
}
