//! The form before and after a revision: what signing does to it is allowed, all else is told.

use super::etat::differences;
use super::formulaire::{Champ, champs, nom};
use super::juge::{Juge, Visible};
use super::{Ajout, Genre};
use lopdf::{Dictionary, Object, ObjectId};
use std::collections::{BTreeMap, BTreeSet};

/// Keys of a field that signing sets.
const CLES_A_SIGNER: [&[u8]; 9] = [b"V", b"AP", b"F", b"Ff", b"Type", b"DA", b"Q", b"MK", b"M"];
/// Keys of a field that some programs set beside; none of them shows or does anything in a signature.
const CLES_LIBRES: [&[u8]; 2] = [b"Ff", b"Type"];
/// Keys of a new signature field and of its box: none of them acts.
const CLES_D_UN_CHAMP: [&[u8]; 26] = [
    b"Type",
    b"Subtype",
    b"FT",
    b"T",
    b"TU",
    b"TM",
    b"Ff",
    b"F",
    b"V",
    b"Lock",
    b"SV",
    b"Rect",
    b"P",
    b"AP",
    b"MK",
    b"BS",
    b"Border",
    b"DA",
    b"Q",
    b"Parent",
    b"Kids",
    b"StructParent",
    b"M",
    b"NM",
    b"H",
    b"DR",
];
/// Flags of a box that only keep hands off it; the others hide it or show it otherwise.
const DRAPEAUX_LIBRES: i64 = 64 | 128 | 512;
const CACHE: i64 = 1 | 2 | 32;

impl<'a> Juge<'a> {
    pub(super) fn formulaire(&mut self) {
        let certifie = self.interdit_tout();
        self.cles_du_formulaire();
        let (avant, apres) = (champs(self.avant), champs(self.apres));
        let par_id = |champs: &[Champ<'a>]| -> BTreeMap<ObjectId, Champ<'a>> {
            champs.iter().filter_map(|champ| Some((champ.id?, champ.clone()))).collect()
        };
        let (anciens, nouveaux) = (par_id(&avant), par_id(&apres));
        if apres.iter().any(|champ| champ.id.is_none()) && avant.iter().all(|champ| champ.id.is_some()) {
            self.dire(Genre::Champ, None, "un champ a été ajouté d'une manière que cpom ne lit pas");
        }
        for champ in &avant {
            match champ.id.map(|id| nouveaux.get(&id)) {
                Some(Some(apres)) => self.champ_garde(champ, apres),
                _ => self.dire(Genre::Champ, None, format!("le champ « {} » a disparu", champ.nom)),
            }
        }
        let mut boites = BTreeMap::new();
        for champ in apres.iter().filter(|champ| champ.id.is_some_and(|id| !anciens.contains_key(&id))) {
            if avant.iter().any(|ancien| ancien.nom == champ.nom) {
                self.dire(Genre::Champ, None, format!("un second champ porte le nom « {} »", champ.nom));
            }
            self.champ_ajoute(champ);
            boites.extend(champ.places().map(|id| (id, champ.nom.clone())));
        }
        for parent in apres.iter().flat_map(|champ| champ.parents.iter().copied()).collect::<BTreeSet<_>>() {
            self.champ_de_champs(parent);
        }
        self.annotations(&boites);
        let signe = self.dit.ajouts.iter().any(|ajout| matches!(ajout, Ajout::Signature { .. }));
        if certifie && signe {
            let quoi = "une signature a été ajoutée alors qu'une certification interdit tout changement";
            self.dire(Genre::Signature, None, quoi);
        }
    }

    /// Whether a signature of before certifies the file and lets nothing follow.
    fn interdit_tout(&self) -> bool {
        let droits = self.avant.catalogue().and_then(|catalogue| self.avant.sous_dict(catalogue, b"Perms"));
        let Some(signature) = droits.and_then(|droits| self.avant.sous_dict(droits, b"DocMDP")) else { return false };
        self.avant.tableau(signature, b"Reference").iter().any(|reference| {
            let reference = self.avant.dict(reference);
            let permis = reference.and_then(|reference| self.avant.sous_dict(reference, b"TransformParams"));
            permis.is_some_and(|permis| self.avant.valeur(permis, b"P").as_i64().is_ok_and(|p| p == 1))
        })
    }

    fn cles_du_formulaire(&mut self) {
        let vide = Dictionary::new();
        let (Some(avant), Some(apres)) = (self.avant.catalogue(), self.apres.catalogue()) else { return };
        let Some(nouveau) = self.apres.sous_dict(apres, b"AcroForm") else {
            if avant.has(b"AcroForm") {
                self.dire(Genre::Formulaire, None, "le formulaire des signatures a été retiré");
            }
            return;
        };
        let ancien = self.avant.sous_dict(avant, b"AcroForm");
        if !self.tenu(Some(avant), apres, b"AcroForm") || !self.tenu(ancien, nouveau, b"Fields") {
            self.dire(Genre::Formulaire, None, "le formulaire des signatures a été remplacé");
        }
        for cle in differences(ancien.unwrap_or(&vide), nouveau) {
            let permis = match (cle.as_slice(), nouveau.get(&cle)) {
                (b"Fields", Ok(_)) => true,
                (b"SigFlags", Ok(Object::Integer(_))) | (b"DA" | b"Q", Ok(_)) => true,
                (b"DR", Ok(Object::Reference(id))) => self.etat.est_nouveau(*id),
                (b"DR", Ok(_)) => true,
                (b"NeedAppearances", valeur) => !matches!(valeur, Ok(Object::Boolean(true) | Object::Reference(_))),
                _ => false,
            };
            if !permis {
                self.dire(Genre::Formulaire, None, format!("le formulaire des signatures a changé ({})", nom(&cle)));
            }
        }
    }

    /// A field that was there: empty, it may be signed; signed, it no longer moves.
    fn champ_garde(&mut self, avant: &Champ<'a>, apres: &Champ<'a>) {
        let nom_du_champ = &avant.nom;
        if avant.nom != apres.nom || avant.parents != apres.parents || avant.boites != apres.boites {
            self.dire(Genre::Champ, None, format!("le champ « {nom_du_champ} » a changé de nom ou de boîte"));
        }
        let vide = |valeur: Option<&Object>, vue: super::etat::Vue<'_>| {
            valeur.is_none_or(|valeur| match valeur {
                Object::Reference(id) => vue.objet(*id).is_none_or(Object::is_null),
                valeur => valeur.is_null(),
            })
        };
        let (etait_vide, est_vide) = (vide(avant.valeur, self.avant), vide(apres.valeur, self.apres));
        let signe = avant.est_une_signature() && apres.est_une_signature() && etait_vide && !est_vide;
        let permises = if signe { CLES_A_SIGNER.as_slice() } else { CLES_LIBRES.as_slice() };
        let mut dicts = self.boites(avant, apres);
        dicts.insert(0, (avant.dict, apres.dict));
        let changees = dicts.iter().flat_map(|(a, b)| differences(a, b).into_iter().map(|cle| (cle, *a, *b)));
        for (cle, ancien, nouveau) in changees.collect::<Vec<_>>() {
            if permises.contains(&cle.as_slice()) && (cle != b"F" || drapeaux(ancien, nouveau)) {
                continue;
            }
            let (genre, quoi) = match cle.as_slice() {
                b"V" if avant.est_une_signature() && est_vide => (Genre::Signature, "sa signature a été retirée"),
                b"V" if avant.est_une_signature() => (Genre::Signature, "sa signature a été remplacée"),
                b"V" => (Genre::Champ, "il a été rempli"),
                b"AP" | b"AS" | b"MK" => (Genre::Apparence, "ce qu'il montre a été changé"),
                b"Rect" | b"F" | b"P" => (Genre::Champ, "sa boîte a été déplacée, agrandie ou cachée"),
                b"A" | b"AA" => (Genre::Action, "une action lui a été donnée"),
                _ => (Genre::Champ, "il a été modifié"),
            };
            self.dire(genre, None, format!("champ « {nom_du_champ} » : {quoi}"));
        }
        for id in avant.places() {
            self.reste.remove(&id);
        }
        if signe {
            self.signature(apres);
            dicts.into_iter().for_each(|(ancien, nouveau)| self.apparence(ancien, nouveau));
        }
    }

    fn boites(&self, avant: &Champ<'a>, apres: &Champ<'a>) -> Vec<(&'a Dictionary, &'a Dictionary)> {
        let lire = |(a, b): (&ObjectId, &ObjectId)| {
            Some((self.avant.objet(*a)?.as_dict().ok()?, self.apres.objet(*b)?.as_dict().ok()?))
        };
        avant.boites.iter().zip(&apres.boites).filter_map(lire).collect()
    }

    /// The value that a field receives is new: that of another is not taken up.
    fn signature(&mut self, champ: &Champ<'a>) {
        let reprise =
            champ.valeur.is_some_and(|valeur| valeur.as_reference().is_ok_and(|id| !self.etat.est_nouveau(id)));
        if reprise {
            let quoi = format!("champ « {} » : il a reçu la signature d'un autre", champ.nom);
            return self.dire(Genre::Signature, None, quoi);
        }
        let Some(signature) = champ.signature(self.apres) else {
            return self.dire(
                Genre::Signature,
                None,
                format!("champ « {} » : ce qu'il a reçu n'est pas une signature", champ.nom),
            );
        };
        let champ = champ.nom.clone();
        self.dit.signes.push(champ.clone());
        let horodatage = self.apres.valeur(signature, b"SubFilter").as_name().is_ok_and(|nom| nom == b"ETSI.RFC3161");
        self.dit.ajouts.push(if horodatage { Ajout::Horodatage { champ } } else { Ajout::Signature { champ } });
    }

    /// The look of a box that is being signed: whatever it draws, it draws inside the box.
    fn apparence(&mut self, avant: &'a Dictionary, apres: &'a Dictionary) {
        if !apres.has(b"AP") {
            return;
        }
        let dessus = self.tenu(Some(avant), apres, b"AP");
        let ancienne = self.avant.sous_dict(avant, b"AP");
        let nouvelle = self.apres.valeur(apres, b"AP").as_dict();
        let tenu = dessus
            && nouvelle.is_ok_and(|nouvelle| {
                nouvelle.iter().all(|(cle, objet)| {
                    matches!(self.apres.suivre(objet), Object::Stream(_) | Object::Dictionary(_) | Object::Null)
                        && self.regarde(ancienne, nouvelle, cle)
                })
            });
        if !tenu {
            self.dire(Genre::Apparence, None, "la boîte d'une signature montre ce qui était ailleurs dans le document");
        }
    }

    /// A look that was there and is not touched may be taken up; one that is rewritten serves nothing else.
    fn regarde(&mut self, avant: Option<&'a Dictionary>, apres: &'a Dictionary, cle: &[u8]) -> bool {
        self.tenu(avant, apres, cle)
            || apres.get(cle).and_then(Object::as_reference).is_ok_and(|id| !self.reste.contains(&id))
    }

    /// A new field: of signature, with nothing that acts, made of new objects.
    fn champ_ajoute(&mut self, champ: &Champ<'a>) {
        if !champ.est_une_signature() {
            return self.dire(
                Genre::Champ,
                None,
                format!("un champ qui n'est pas une signature a été ajouté : « {} »", champ.nom),
            );
        }
        let objets: Vec<ObjectId> = champ.places().collect();
        let neuf = objets.iter().all(|id| self.etat.est_nouveau(*id));
        let cles = objets.iter().chain(&champ.parents).filter(|id| self.etat.est_nouveau(**id)).all(|id| {
            let dict = self.apres.objet(*id).and_then(|objet| objet.as_dict().ok());
            dict.is_some_and(|dict| dict.iter().all(|(cle, _)| CLES_D_UN_CHAMP.contains(&cle.as_slice())))
        });
        if !neuf || !cles {
            return self.dire(
                Genre::Champ,
                None,
                format!("le champ ajouté « {} » n'est pas qu'une signature", champ.nom),
            );
        }
        self.dit.ajouts.push(Ajout::Champ { champ: champ.nom.clone() });
        if champ.valeur.is_some_and(|valeur| !self.apres.suivre(valeur).is_null()) {
            self.signature(champ);
        }
    }

    /// A field that holds others may receive new ones.
    fn champ_de_champs(&mut self, id: ObjectId) {
        let lire = |vue: super::etat::Vue<'a>| vue.objet(id).and_then(|objet| objet.as_dict().ok());
        let (Some(avant), Some(apres)) = (lire(self.avant), lire(self.apres)) else { return };
        let (anciens, nouveaux) = (self.avant.tableau(avant, b"Kids"), self.apres.tableau(apres, b"Kids"));
        if differences(avant, apres).iter().all(|cle| cle == b"Kids")
            && nouveaux.starts_with(anciens)
            && self.tenu(Some(avant), apres, b"Kids")
        {
            self.reste.remove(&id);
        }
    }

    /// Pages may receive the boxes of new signature fields, after what they have.
    fn annotations(&mut self, boites: &BTreeMap<ObjectId, String>) {
        for (rang, page) in self.apres.pages().into_iter().enumerate() {
            let lire = |vue: super::etat::Vue<'a>| vue.objet(page).and_then(|objet| objet.as_dict().ok());
            let (Some(avant), Some(apres)) = (lire(self.avant), lire(self.apres)) else { continue };
            let (anciennes, nouvelles) = (self.avant.tableau(avant, b"Annots"), self.apres.tableau(apres, b"Annots"));
            if anciennes == nouvelles && !self.reste.contains(&page) {
                continue;
            }
            let permis = nouvelles.starts_with(anciennes)
                && nouvelles[anciennes.len()..]
                    .iter()
                    .all(|ajoutee| ajoutee.as_reference().is_ok_and(|id| boites.contains_key(&id)))
                && self.tenu(Some(avant), apres, b"Annots");
            let cles = differences(avant, apres);
            if permis && cles.iter().all(|cle| cle == b"Annots") {
                self.reste.remove(&page);
            } else if !permis {
                let quoi = match nouvelles.len().cmp(&anciennes.len()) {
                    std::cmp::Ordering::Greater => "une annotation a été ajoutée",
                    std::cmp::Ordering::Less => "une annotation a été retirée",
                    std::cmp::Ordering::Equal => "une annotation a été remplacée",
                };
                self.dire(Genre::Annotation, Some(rang + 1), format!("{quoi} à la page {}", rang + 1));
                if cles.iter().all(|cle| cle == b"Annots") {
                    self.reste.remove(&page);
                }
                if let Ok(Object::Reference(id)) = avant.get(b"Annots") {
                    self.reste.remove(id);
                }
            }
            if permis {
                for id in nouvelles[anciennes.len()..].iter().filter_map(|ajoutee| ajoutee.as_reference().ok()) {
                    let champ = boites.get(&id).cloned().unwrap_or_default();
                    self.dit.visibles.extend(self.visible(id).map(|rectangle| Visible {
                        champ,
                        page: rang + 1,
                        rectangle,
                    }));
                }
            }
        }
    }

    /// The rectangle of a box that shows something.
    fn visible(&self, id: ObjectId) -> Option<[f32; 4]> {
        let dict = self.apres.objet(id)?.as_dict().ok()?;
        let bords: Vec<f32> =
            self.apres.tableau(dict, b"Rect").iter().filter_map(|n| self.apres.suivre(n).as_float().ok()).collect();
        let [a, b, c, d] = bords.try_into().ok()?;
        let rectangle: [f32; 4] = [f32::min(a, c), f32::min(b, d), f32::max(a, c), f32::max(b, d)];
        let surface = rectangle[2] - rectangle[0] > 0.0 && rectangle[3] - rectangle[1] > 0.0;
        let cache = self.apres.valeur(dict, b"F").as_i64().unwrap_or_default() & CACHE != 0;
        (surface && !cache && dict.has(b"AP")).then_some(rectangle)
    }
}

fn drapeaux(avant: &Dictionary, apres: &Dictionary) -> bool {
    let lire = |dict: &Dictionary| dict.get(b"F").and_then(Object::as_i64).unwrap_or_default();
    (lire(avant) ^ lire(apres)) & !DRAPEAUX_LIBRES == 0
}
