//! The lines of the four former extractions (entities, establishments, with or without coordinates, social equipment) → what was
//! asked for.
//!
//! No header: the first line says the day, the first field of each says what it is. Encoded in UTF-8 or in Windows-1252, by vintage.

use super::erreurs::FinessRefuse;
use super::extrait::{Activite, Demande, Entite, Etablissement, Vie};
use super::releve::Releve;
use super::source::{Flux, illisible};
use super::textes::{Dates, adresse, departement_etalab, net};
use encoding_rs::WINDOWS_1252;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, Read};

/// The longest line.
const LIGNE_MAX: u64 = 64 << 10;

/// Reads an extraction.
pub(super) fn lire(nom: &str, flux: Flux<'_>, demande: &Demande) -> Result<Releve, FinessRefuse> {
    let mut lecture = Lecture { demande, releve: Releve::default(), entites: BTreeSet::new(), liens: BTreeMap::new() };
    let mut lignes = Lignes { entree: flux.entree, numero: 0, brut: Vec::new(), windows: false, utf8: false };
    loop {
        flux.budget.element();
        let lue = lignes.suivante().map_err(|faute| match faute {
            Faute::Acces(erreur) => illisible(nom, &erreur),
            Faute::Ligne(ligne, motif) => FinessRefuse::Ligne { nom: nom.to_owned(), ligne, motif },
        })?;
        let Some((ligne, champs)) = lue else { break };
        lecture.ligne(&champs).map_err(|motif| FinessRefuse::Ligne { nom: nom.to_owned(), ligne, motif })?;
    }
    let codage = match (lignes.windows, lignes.utf8) {
        (true, true) => Some("Windows-1252 par endroits, UTF-8 ailleurs"),
        (true, false) => Some("Windows-1252"),
        _ => None,
    };
    Ok(Releve { codage, entites: lecture.entites.len(), ..lecture.releve })
}

enum Faute {
    Acces(std::io::Error),
    Ligne(u64, String),
}

/// Lines, and the encodings met.
struct Lignes<'f> {
    entree: &'f mut dyn BufRead,
    numero: u64,
    brut: Vec<u8>,
    windows: bool,
    utf8: bool,
}

impl Lignes<'_> {
    /// The fields of the next line that has any, with its number.
    fn suivante(&mut self) -> Result<Option<(u64, Vec<String>)>, Faute> {
        loop {
            self.brut.clear();
            let premiere = self.numero + 1;
            // A field between quotes may hold the end of a line.
            loop {
                let reste = LIGNE_MAX.saturating_sub(self.brut.len() as u64);
                let lus =
                    Read::take(&mut *self.entree, reste).read_until(b'\n', &mut self.brut).map_err(Faute::Acces)?;
                if lus == 0 && self.brut.len() as u64 >= LIGNE_MAX {
                    return Err(Faute::Ligne(
                        premiere,
                        "cette ligne dépasse 64 Ko, ou un guillemet n'y est pas refermé".into(),
                    ));
                }
                if lus == 0 {
                    break;
                }
                let entiere = self.brut.last() == Some(&b'\n');
                self.numero += u64::from(entiere);
                if entiere && self.brut.iter().filter(|octet| **octet == b'"').count().is_multiple_of(2) {
                    break;
                }
            }
            if self.brut.is_empty() {
                return Ok(None);
            }
            let champs = champs(&self.texte());
            if champs.iter().any(|champ| !champ.is_empty()) {
                return Ok(Some((premiere, champs)));
            }
        }
    }

    fn texte(&mut self) -> String {
        match std::str::from_utf8(&self.brut) {
            Ok(texte) => {
                self.utf8 |= !texte.is_ascii();
                texte.to_owned()
            }
            Err(_) => {
                self.windows = true;
                WINDOWS_1252.decode_without_bom_handling(&self.brut).0.into_owned()
            }
        }
    }
}

/// The fields of a line; one that begins with a quote goes to the next single one.
fn champs(ligne: &str) -> Vec<String> {
    let mut champs = Vec::new();
    let mut champ = String::new();
    let mut entre_guillemets = false;
    let mut lettres = ligne.trim_end_matches(['\r', '\n']).chars().peekable();
    while let Some(lettre) = lettres.next() {
        match lettre {
            '"' if entre_guillemets && lettres.peek() == Some(&'"') => champ.extend(lettres.next()),
            '"' if entre_guillemets => entre_guillemets = false,
            '"' if champ.is_empty() => entre_guillemets = true,
            ';' if !entre_guillemets => champs.push(std::mem::take(&mut champ)),
            autre => champ.push(autre),
        }
    }
    champs.push(champ);
    champs
}

/// What was kept so far.
struct Lecture<'a> {
    demande: &'a Demande,
    releve: Releve,
    entites: BTreeSet<String>,
    /// Establishments asked for, and their entity, of a file of equipment.
    liens: BTreeMap<String, String>,
}

const OUI: &str = "O";

impl Lecture<'_> {
    fn ligne(&mut self, champs: &[String]) -> Result<(), String> {
        let champ = |rang: usize| champs.get(rang - 1).and_then(|c| net(c));
        let attendus = |n: usize| match champs.len() {
            vus if vus < n => Err(format!("elle a {vus} champs, et il en faut {n}")),
            _ => Ok(()),
        };
        match champs.first().map(String::as_str) {
            Some("finess") => {
                self.releve.date = champ(4);
                Ok(())
            }
            Some("structureej") => attendus(23).map(|()| self.entite(champ)),
            Some("structureet") if champs.len() <= 4 => attendus(3).map(|()| self.lien(champ)),
            Some("structureet") => attendus(31).map(|()| self.etablissement(champ)),
            Some("equipementsocial") => attendus(25).map(|()| self.equipement(champ)),
            Some("geolocalisation") => Ok(()),
            autre => Err(format!("« {} » n'est pas une section des extractions de FINESS", autre.unwrap_or_default())),
        }
    }

    fn entite(&mut self, champ: impl Fn(usize) -> Option<String>) {
        let Some(finess) = champ(2) else { return };
        self.releve.sorte = "extraction des entités juridiques";
        self.releve.donne_structures = true;
        self.entites.insert(finess.clone());
        if !self.demande.veut_entite(&finess) {
            return;
        }
        let voie = [champ(6), champ(9), champ(7), champ(8), champ(11)];
        let voie: Vec<Option<&str>> = voie.iter().map(Option::as_deref).collect();
        self.releve.nommees.push(Entite {
            nom: champ(4).or_else(|| champ(3)),
            siren: champ(21),
            statut: champ(17),
            adresse: adresse(&voie, &[champ(13).as_deref()]),
            finess,
            ..Entite::default()
        });
    }

    fn etablissement(&mut self, champ: impl Fn(usize) -> Option<String>) {
        let (Some(finess), Some(ej)) = (champ(2), champ(3)) else { return };
        self.releve.sorte = "extraction des établissements";
        self.releve.donne_structures = true;
        self.entites.insert(ej.clone());
        if !self.demande.veut(&ej, &finess) {
            return;
        }
        let voie = [champ(8), champ(11), champ(9), champ(10), champ(12)];
        let voie: Vec<Option<&str>> = voie.iter().map(Option::as_deref).collect();
        let acheminement = champ(16);
        let departement = champ(14).unwrap_or_default();
        let etablissement = Etablissement {
            nom: champ(4).or_else(|| champ(5)).unwrap_or_default(),
            siret: champ(23),
            categorie: champ(19),
            tarification: champ(25),
            adresse: adresse(&voie, &[acheminement.as_deref()]),
            departement: departement_etalab(&departement, acheminement.as_deref().unwrap_or_default()),
            finess: finess.clone(),
            ..Etablissement::default()
        };
        let date = self.releve.date.clone();
        Dates { du_fichier: date.as_deref(), notes: &mut self.releve.notes }.passee(
            &finess,
            "ouverture",
            champ(29).as_deref(),
        );
        self.releve.etablissements.push((ej, etablissement));
    }

    fn lien(&mut self, champ: impl Fn(usize) -> Option<String>) {
        let (Some(et), Some(ej)) = (champ(2), champ(3)) else { return };
        self.releve.sorte = "extraction des équipements sociaux et médico-sociaux";
        self.releve.donne_activites = true;
        if self.demande.veut(&ej, &et) {
            self.releve.activites.entry(et.clone()).or_default();
            self.liens.insert(et, ej);
        }
    }

    /// A line keeps its past: the half whose end is said (installed, authorised) is history.
    fn equipement(&mut self, champ: impl Fn(usize) -> Option<String>) {
        self.releve.donne_activites = true;
        let Some(et) = champ(2).filter(|et| self.liens.contains_key(et)) else { return };
        let nombre = |rang: usize| champ(rang).and_then(|mot| mot.parse::<u32>().ok());
        let ferme = |rang: usize| champ(rang).as_deref() == Some(OUI);
        let (installee, autorisee) =
            (!ferme(16), !ferme(25) && (18..=27).any(|rang| rang != 25 && champ(rang).is_some()));
        let activite = Activite {
            activite: champ(3).unwrap_or_default(),
            mode: champ(5).unwrap_or_default(),
            public: champ(7).unwrap_or_default(),
            vie: match (installee, autorisee) {
                (true, _) => Vie::Ouverte,
                (false, true) => Vie::Autorisee,
                (false, false) => Vie::Finie,
            },
            autorisee: nombre(19).filter(|_| autorisee),
            installee: nombre(10).filter(|_| installee),
            habilitee: nombre(22).filter(|_| autorisee),
            age_min: nombre(23).or_else(|| nombre(14)),
            age_max: nombre(24).or_else(|| nombre(15)),
            ..Activite::default()
        };
        let connues = self.releve.activites.entry(et).or_default();
        let meme = connues.iter_mut().find(|a| a.code() == activite.code() && a.vie != Vie::Finie);
        match meme.filter(|_| activite.vie != Vie::Finie) {
            // Two living lines for one activity: which one holds is not for a program to say.
            Some(premiere) => {
                let comptes = (activite.autorisee, activite.installee);
                if comptes != (premiere.autorisee, premiere.installee) && !premiere.autrement.contains(&comptes) {
                    premiere.autrement.push(comptes);
                }
            }
            None => connues.push(activite),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::champs;

    #[test]
    fn fields_keep_what_stands_between_quotes() {
        assert_eq!(champs("a;\"LIEU DE VIE \"\"X\"\"; Y\";\r\n"), ["a", "LIEU DE VIE \"X\"; Y", ""]);
        assert_eq!(champs("5\" rue;b"), ["5\" rue", "b"]);
    }
}
