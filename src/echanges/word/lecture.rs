//! The bytes of a Word file of anyone's → what it holds; nothing is believed of it, and nothing is left unread in silence.
//!
//! A function of its bytes alone: it may run in another process.

use super::annexes::Notes;
use super::contenu::{Bandeaux, DossierWord, Suivi};
use super::parcours::{Cible, Cibles, Lecture};
use super::refus::WordRefuse;
use super::runs::en_ligne;
use super::styles::Styles;
use super::texte::texte_brut;
use crate::rendu::docx::bandeaux;
use crate::rendu::docx::ouverture::{Lien, Ouverture, Refus};
use crate::rendu::docx::xml::Element;
use std::collections::BTreeMap;

/// The most that is unpacked of a file, in bytes.
const MAX: u64 = 200 * 1024 * 1024;
/// What relationships of the main part lead to, and that is read, or that says nothing to a reader.
const GENRES_CONNUS: &[&str] = &[
    "styles",
    "stylesWithEffects",
    "numbering",
    "settings",
    "webSettings",
    "fontTable",
    "theme",
    "header",
    "footer",
    "comments",
    "commentsExtended",
    "commentsIds",
    "commentsExtensible",
    "people",
    "footnotes",
    "endnotes",
    "image",
    "hyperlink",
    // Read where the text names them.
    "chart",
    "chartEx",
    "diagramData",
    "diagramLayout",
    "diagramQuickStyle",
    "diagramColors",
    "diagramDrawing",
    "oleObject",
    "package",
    "aFChunk",
    "subDocument",
    "control",
    "video",
    "ink",
    // No reader sees them: data of forms and of bibliographies, building blocks, printers, thumbnails.
    "customXml",
    "glossaryDocument",
    "printerSettings",
    "attachedTemplate",
    "keyMapCustomizations",
    "recipientData",
    "xmlMaps",
    "activeXControlBinary",
    "labelInfo",
    "intelligence",
    "classificationlabels",
];

impl DossierWord {
    /// Reads a file from its bytes.
    pub fn lire(octets: &[u8], suivi: Suivi) -> Result<Self, WordRefuse> {
        let refuser = |refus: Refus| WordRefuse::de(refus, octets);
        let mut paquet = Ouverture::ouvrir(octets, MAX).map_err(refuser)?;
        let principal = paquet.document().to_owned();
        let sans_texte = || WordRefuse::sans_texte(octets);
        let document = paquet.nommee(&principal).map_err(refuser)?.ok_or_else(sans_texte)?;
        // Word writes one body; what other programs write after it is read too.
        let corps: Vec<&Element> = document.elements().filter(|e| e.nom == "w:body").collect();
        if corps.is_empty() {
            return Err(sans_texte());
        }
        let styles = Styles::lire(premiere(&mut paquet, "styles").map_err(refuser)?.as_ref());
        let cibles = cibles(&mut paquet, &principal).map_err(refuser)?;
        let mut lecture = Lecture::nouvelle(en_ligne, suivi, &styles, &cibles);
        document.elements().filter(|e| e.nom != "w:body").for_each(|e| lecture.fond(e));
        corps.into_iter().for_each(|corps| lecture.corps(corps));
        for genre in ["footnotes", "endnotes"] {
            for partie in paquet.parties(genre) {
                let Some(racine) = paquet.nommee(&partie).map_err(refuser)? else { continue };
                let cibles = self::cibles(&mut paquet, &partie).map_err(refuser)?;
                lecture.notes(&Notes::de(genre, &racine), &cibles);
            }
        }
        lecture.notes_absentes();
        let etendu = premiere(&mut paquet, "commentsExtended").map_err(refuser)?;
        for partie in paquet.parties("comments") {
            let Some(racine) = paquet.nommee(&partie).map_err(refuser)? else { continue };
            let cibles = self::cibles(&mut paquet, &partie).map_err(refuser)?;
            lecture.commentaires(&racine, etendu.as_ref(), &cibles);
        }
        for lien in paquet.liens() {
            if !GENRES_CONNUS.contains(&lien.genre.as_str()) {
                lecture.partie_inconnue(lien);
            }
        }
        let mut dossier = lecture.finir();
        dossier.bandeaux = lire_bandeaux(&mut paquet, suivi).map_err(refuser)?;
        lire_les_proprietes(&mut paquet, &mut dossier).map_err(refuser)?;
        Ok(dossier)
    }
}

fn premiere(paquet: &mut Ouverture<'_>, genre: &str) -> Result<Option<Element>, Refus> {
    match paquet.parties(genre).into_iter().next() {
        Some(chemin) => paquet.nommee(&chemin),
        None => Ok(None),
    }
}

/// Where the relationships of a part lead.
fn cibles(paquet: &mut Ouverture<'_>, partie: &str) -> Result<Cibles, Refus> {
    let mut sortie = Cibles::new();
    let mut lues: BTreeMap<String, String> = BTreeMap::new();
    for Lien { id, genre, cible, externe, .. } in paquet.relations(partie)? {
        let empreinte = match (externe, genre.as_str()) {
            (true, _) => cible.trim_end_matches('/').to_owned(),
            (false, "image") => match lues.get(&cible) {
                Some(lue) => lue.clone(),
                None => {
                    let lue = paquet.octets(&cible)?.map(|octets| bandeaux::empreinte(&octets)).unwrap_or_default();
                    lues.insert(cible, lue.clone());
                    lue
                }
            },
            (false, _) => cible,
        };
        sortie.insert(id, Cible { empreinte, externe });
    }
    Ok(sortie)
}

fn lire_bandeaux(paquet: &mut Ouverture<'_>, suivi: Suivi) -> Result<Bandeaux, Refus> {
    let mut bandeaux = Bandeaux::default();
    let passes = if suivi == Suivi::Accepte { bandeaux::RETIRE } else { bandeaux::AJOUTE };
    let liens: Vec<Lien> =
        paquet.liens().iter().filter(|l| matches!(l.genre.as_str(), "header" | "footer")).cloned().collect();
    for lien in liens.iter().filter(|lien| !lien.externe) {
        let Some(racine) = paquet.nommee(&lien.cible)? else { continue };
        let cibles = cibles(paquet, &lien.cible)?;
        let image = |id: &str| cibles.get(id).map(|cible| cible.empreinte.clone()).unwrap_or_default();
        bandeaux.elements.extend(bandeaux::elements(&racine, passes, &image));
    }
    Ok(bandeaux)
}

fn lire_les_proprietes(paquet: &mut Ouverture<'_>, dossier: &mut DossierWord) -> Result<(), Refus> {
    let racine = paquet.relations("")?;
    let de_genre = |fins: &[&str]| racine.iter().find(|l| fins.contains(&l.genre.as_str())).map(|l| l.cible.clone());
    let noyau = de_genre(&["core-properties", "coreProperties"]).unwrap_or_else(|| "docProps/core.xml".into());
    if let Some(noyau) = paquet.nommee(&noyau)? {
        let lire = |nom: &str| noyau.trouver(nom).map(texte_brut).unwrap_or_default();
        dossier.reference = lire("dc:subject");
        dossier.producteur = lire("dc:description");
        dossier.etat = lire("cp:contentStatus");
    }
    if let Some(propres) = de_genre(&["custom-properties", "customProperties"])
        && let Some(propres) = paquet.nommee(&propres)?
    {
        let notre = propres.elements().find(|e| e.lire_attribut("name") == Some(bandeaux::PROPRIETE));
        let valeur = notre.map(texte_brut).unwrap_or_default();
        dossier.bandeaux.de_la_maison = valeur.split_whitespace().map(str::to_owned).collect();
    }
    Ok(())
}
