//! Any block tree → one that `dossier.typ` can draw without error.
//!
//! Drawable characters only, breakable words, headings that do not skip a level, references that lead
//! somewhere, tables as wide as they say. Words are kept, except characters that no font has.

use std::collections::HashSet;

use super::caracteres::{cesures, imprimables, invisible};
use super::erreurs::Erreur;
use super::geometrie::{self, LARGEUR_PAYSAGE, LARGEUR_PORTRAIT};
use super::rangees::{cadrer, cadrer_ligne, sans_titre};
use super::reperes;
use crate::document::{
    Alignement, Bloc, Cellule, Colonne, Document, Genre, GenreLigne, Identite, Image, Inline, Joint, Ligne,
    LigneFormulaire, Liste, Noeud, Numero, Paragraphe, Partie, Piece, Signature, Style, Tableau, Titre, mots,
};

/// Deeper blocks are printed as plain paragraphs: Typst bounds its recursion.
const PROFONDEUR_BLOCS: u8 = 7;
const PROFONDEUR_INLINES: u8 = 5;

/// A document ready to be drawn.
pub struct Prepare {
    /// Its pictures are those of the document, then the pages of its pieces.
    pub document: Document,
    /// What the blocks `Piece` name, once prepared: one page each.
    pub pages: Vec<PageDePiece>,
}

/// A page of a piece: index of its picture, orientation.
#[derive(Debug, Clone, Copy, serde::Serialize)]
pub struct PageDePiece {
    image: usize,
    pub paysage: bool,
}

/// What a document is prepared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// A file: where its words come from is no longer known.
    Impression,
    /// A screen: each value, and the words of each clause, say where they come from (`reperes`); no file is attached.
    Apercu,
}

/// A copy of the document, ready to be drawn.
pub fn preparer(document: &Document, usage: Usage) -> Result<Prepare, Erreur> {
    let mut preparation = Preparation {
        images: document.images.clone(),
        pieces: &document.pieces,
        pages: Vec::new(),
        cibles: HashSet::new(),
        posees: HashSet::new(),
        niveau: 0,
        garde: false,
        usage,
        clause: None,
    };
    document.parties.iter().for_each(|partie| preparation.relever(&partie.blocs, 0));
    let parties = document.parties.iter().map(|partie| preparation.partie(partie)).collect::<Result<_, _>>()?;
    let Preparation { images, pages, .. } = preparation;
    let joints = if usage == Usage::Apercu { &[] } else { document.joints.as_slice() };
    let joints = joints.iter().map(|joint| Joint { description: propriete(&joint.description), ..joint.clone() });
    let document = Document {
        identite: identite(&document.identite),
        parties,
        images,
        pieces: Vec::new(),
        joints: joints.collect(),
        champs: Default::default(),
    };
    Ok(Prepare { document, pages })
}

/// Text for file properties and running headers: PDF bounds the length of a string.
fn propriete(texte: &str) -> String {
    imprimables(texte).chars().take(1000).collect()
}

fn identite(identite: &Identite) -> Identite {
    let titre = propriete(&identite.titre);
    Identite {
        reference: propriete(&identite.reference),
        // PDF/UA wants a title that is not empty.
        titre: if titre.chars().all(invisible) { "Contrat".to_owned() } else { titre },
        auteur: propriete(&identite.auteur),
        etat: identite.etat,
        date: identite.date.clone(),
        producteur: propriete(&identite.producteur),
    }
}

struct Preparation<'a> {
    images: Vec<Image>,
    pieces: &'a [Piece],
    pages: Vec<PageDePiece>,
    /// Anchors of the headings that will be printed.
    cibles: HashSet<&'a str>,
    /// Anchors already given to a heading: a second one would make the first ambiguous.
    posees: HashSet<String>,
    /// Level of the last heading.
    niveau: u8,
    garde: bool,
    usage: Usage,
    /// In a preview, the mark of the clause that is being prepared.
    clause: Option<String>,
}

/// Where a block stands.
#[derive(Clone, Copy)]
struct Place {
    profondeur: u8,
    /// Millimetres.
    largeur: f32,
    /// Characters that fit on a line.
    caracteres: usize,
}

impl Place {
    fn page(largeur: f32) -> Self {
        Self { profondeur: 0, largeur, caracteres: geometrie::caracteres(largeur) }
    }

    fn dedans(self, largeur: f32) -> Self {
        let largeur = largeur.max(10.0);
        Self { profondeur: self.profondeur + 1, largeur, caracteres: geometrie::caracteres(largeur) }
    }
}

impl<'a> Preparation<'a> {
    fn relever(&mut self, noeuds: &'a [Noeud], profondeur: u8) {
        if profondeur > PROFONDEUR_BLOCS {
            return;
        }
        for noeud in noeuds {
            match &noeud.bloc {
                Bloc::Titre(titre) if !titre_vide(titre) => self.cibles.extend(titre.ancre.as_deref()),
                Bloc::Liste(liste) => liste.elements.iter().for_each(|e| self.relever(e, profondeur + 1)),
                Bloc::Formulaire { lignes } => lignes.iter().for_each(|l| self.relever(&l.blocs, profondeur + 1)),
                Bloc::Encadre { blocs, .. } => self.relever(blocs, profondeur + 1),
                Bloc::Tableau(t) => {
                    let cellules = t.lignes.iter().filter(|l| l.genre != GenreLigne::Groupe).flat_map(|l| &l.cellules);
                    cellules.for_each(|c| self.relever(&c.blocs, profondeur + 1));
                }
                _ => {}
            }
        }
    }

    fn partie(&mut self, partie: &Partie) -> Result<Partie, Erreur> {
        self.garde = partie.genre == Genre::Garde;
        Ok(Partie {
            genre: partie.genre,
            cle: partie.cle.clone(),
            titre: imprimables(&partie.titre).into_owned(),
            blocs: self.noeuds(&partie.blocs, Place::page(LARGEUR_PORTRAIT))?,
        })
    }

    fn noeuds(&mut self, noeuds: &[Noeud], place: Place) -> Result<Vec<Noeud>, Erreur> {
        if place.profondeur > PROFONDEUR_BLOCS {
            return Ok(self.aplatir(noeuds, place));
        }
        let mut sortie = Vec::with_capacity(noeuds.len());
        for noeud in noeuds {
            if let Bloc::Piece { source, titre } = &noeud.bloc {
                // Typst has pages between blocks of a part only.
                if place.profondeur == 0 {
                    sortie.extend(self.piece(*source, titre)?);
                }
                continue;
            }
            // A heading is drawn again in the table of contents: only its values are marked.
            let clause =
                noeud.origine.as_ref().filter(|_| self.usage == Usage::Apercu && !matches!(noeud.bloc, Bloc::Titre(_)));
            let avant = std::mem::replace(&mut self.clause, clause.map(reperes::de_la_clause));
            let bloc = self.bloc(&noeud.bloc, place);
            self.clause = avant;
            if let Some(bloc) = bloc? {
                sortie.push(Noeud { bloc, origine: None });
            }
        }
        Ok(sortie)
    }

    /// One block per page.
    fn piece(&mut self, source: usize, titre: &str) -> Result<Vec<Noeud>, Erreur> {
        let total = self.pieces.len();
        let piece = self.pieces.get(source).ok_or(Erreur::ImageAbsente { rang: source.saturating_add(1), total })?;
        let total = piece.pages.len();
        let mut sortie = Vec::with_capacity(total);
        for (rang, page) in piece.pages.iter().enumerate() {
            self.images.push(page.image.clone());
            self.pages.push(PageDePiece { image: self.images.len() - 1, paysage: page.paysage });
            let titre = match total {
                1 => alternative_pdf(&format!("{titre} ; le fichier d’origine est joint à ce document")),
                _ => alternative_pdf(&format!(
                    "{titre}, page {} sur {total} ; le fichier d’origine est joint à ce document",
                    rang + 1
                )),
            };
            sortie.push(Noeud { bloc: Bloc::Piece { source: self.pages.len() - 1, titre }, origine: None });
        }
        Ok(sortie)
    }

    /// The words of blocks nested too deep, one paragraph a line.
    fn aplatir(&self, noeuds: &[Noeud], place: Place) -> Vec<Noeud> {
        let partie = Partie { genre: Genre::Socle, cle: String::new(), titre: String::new(), blocs: noeuds.to_vec() };
        let mut texte = String::new();
        mots::texte_partie(&partie, &mut texte);
        let paragraphe = |ligne: &str| Noeud {
            bloc: Bloc::Paragraphe(Paragraphe {
                style: Style::Corps,
                contenu: vec![Inline::Texte { texte: self.texte(ligne, place) }],
            }),
            origine: None,
        };
        texte.lines().map(paragraphe).collect()
    }

    fn bloc(&mut self, bloc: &Bloc, place: Place) -> Result<Option<Bloc>, Erreur> {
        Ok(Some(match bloc {
            // PDF/UA refuses a heading without words.
            Bloc::Titre(titre) if titre_vide(titre) => return Ok(None),
            Bloc::Titre(titre) => Bloc::Titre(self.titre(titre, place)),
            Bloc::Paragraphe(p) => {
                Bloc::Paragraphe(Paragraphe { style: p.style, contenu: self.inlines(&p.contenu, place) })
            }
            Bloc::Liste(liste) => {
                let dedans = place.dedans(place.largeur - 7.0);
                let elements = liste.elements.iter().map(|e| self.noeuds(e, dedans)).collect::<Result<Vec<_>, _>>()?;
                if elements.is_empty() {
                    return Ok(None);
                }
                Bloc::Liste(Liste { depart: liste.depart, elements })
            }
            Bloc::Tableau(tableau) => match self.tableau(tableau, place)? {
                Some(tableau) => Bloc::Tableau(tableau),
                None => return Ok(None),
            },
            Bloc::Formulaire { lignes } => {
                let terme = place.dedans(place.largeur * 0.28);
                let dedans = place.dedans(place.largeur * 0.68);
                let ligne = |l: &LigneFormulaire| {
                    Ok(LigneFormulaire { terme: self.inlines(&l.terme, terme), blocs: self.noeuds(&l.blocs, dedans)? })
                };
                let lignes = lignes.iter().map(ligne).collect::<Result<Vec<_>, Erreur>>()?;
                if lignes.is_empty() {
                    return Ok(None);
                }
                Bloc::Formulaire { lignes }
            }
            Bloc::Signatures { signatures } => {
                let dedans = place.dedans(place.largeur * 0.42);
                let signatures = signatures.iter().map(|s| self.signature(s, dedans)).collect();
                Bloc::Signatures { signatures }
            }
            Bloc::Encadre { titre, blocs } => {
                let dedans = place.dedans(place.largeur - 10.0);
                Bloc::Encadre { titre: self.inlines(titre, dedans), blocs: self.noeuds(blocs, dedans)? }
            }
            Bloc::Image { source, alternative, largeur_mm } => Bloc::Image {
                source: self.image(*source)?,
                alternative: alternative_pdf(alternative),
                largeur_mm: (*largeur_mm).clamp(5, place.largeur as u16),
            },
            Bloc::Images { images, hauteur_mm } => {
                if images.is_empty() {
                    return Ok(None);
                }
                let image =
                    |(source, alternative): &(usize, String)| Ok((self.image(*source)?, alternative_pdf(alternative)));
                Bloc::Images {
                    images: images.iter().map(image).collect::<Result<_, Erreur>>()?,
                    hauteur_mm: (*hauteur_mm).clamp(5, geometrie::HAUTEUR_PORTRAIT),
                }
            }
            Bloc::Piece { .. } => return Ok(None),
            Bloc::Sommaire { profondeur } => Bloc::Sommaire { profondeur: (*profondeur).clamp(1, 5) },
            // Typst has page breaks between blocks of a page only.
            Bloc::SautDePage if place.profondeur > 0 => return Ok(None),
            Bloc::SautDePage => Bloc::SautDePage,
        }))
    }

    fn titre(&mut self, titre: &Titre, place: Place) -> Titre {
        // The cover draws its own titles, outside the outline.
        let garde = self.garde && place.profondeur == 0;
        let niveau = if garde { titre.niveau.max(1) } else { titre.niveau.clamp(1, (self.niveau + 1).min(5)) };
        if !garde {
            self.niveau = niveau;
        }
        let numero = titre.numero.as_ref().map(|n| Numero {
            serie: n.serie,
            prefixe: imprimables(&n.prefixe).into_owned(),
            texte: imprimables(&n.texte).into_owned(),
            suffixe: imprimables(&n.suffixe).into_owned(),
            rang: n.rang,
        });
        // A heading is itself a link of the table of contents: it holds none.
        let contenu = sans_lien(&self.inlines(&titre.contenu, place));
        let ancre = titre.ancre.as_ref().filter(|ancre| ancre_valide(ancre) && self.posees.insert(ancre.to_string()));
        Titre { niveau, numero, contenu, au_sommaire: titre.au_sommaire, ancre: ancre.cloned() }
    }

    fn signature(&self, signature: &Signature, place: Place) -> Signature {
        Signature {
            signataire: signature.signataire.clone(),
            // `champs` has refused any name that is not one.
            champ: signature.champ.clone(),
            partie: self.inlines(&signature.partie, place),
            qualite: signature.qualite.iter().map(|ligne| self.inlines(ligne, place)).collect(),
            mention: self.inlines(&signature.mention, place),
        }
    }

    fn image(&self, source: usize) -> Result<usize, Erreur> {
        let total = self.images.len();
        if source < total { Ok(source) } else { Err(Erreur::ImageAbsente { rang: source.saturating_add(1), total }) }
    }

    fn tableau(&mut self, tableau: &Tableau, place: Place) -> Result<Option<Tableau>, Erreur> {
        let paysage = tableau.paysage && place.profondeur == 0;
        let largeur = if paysage { LARGEUR_PAYSAGE } else { place.largeur };
        let rangees = || std::iter::once(tableau.entete.len()).chain(tableau.lignes.iter().map(|l| l.cellules.len()));
        let nombre = rangees().max().unwrap_or(0).max(tableau.colonnes.len());
        if rangees().all(|n| n == 0) {
            return Ok(None);
        }
        let defaut = || Colonne { largeur: 1, alignement: Alignement::Gauche, chiffres: false };
        let mut sortie = Tableau {
            legende: tableau.legende.as_ref().map(|legende| self.inlines(legende, place)),
            colonnes: (0..nombre).map(|rang| tableau.colonnes.get(rang).cloned().unwrap_or_else(defaut)).collect(),
            entete: Vec::new(),
            lignes: Vec::new(),
            paysage,
            densite: tableau.densite,
        };
        // Geometry first (it needs the words only), then the cells, which need the geometry.
        sortie.entete = cadrer(&tableau.entete, nombre).iter().map(sans_titre).collect();
        sortie.lignes = tableau
            .lignes
            .iter()
            .filter(|ligne| !ligne.cellules.is_empty())
            .map(|ligne| Ligne { genre: ligne.genre, cellules: cadrer_ligne(ligne, nombre) })
            .collect();
        geometrie::ajuster(&mut sortie, largeur);
        let largeurs: Vec<f32> = sortie.colonnes.iter().map(|c| f32::from(c.largeur) / 10.0).collect();
        let densite = sortie.densite;
        sortie.entete = self.cellules(&sortie.entete, &largeurs, densite, place)?;
        for ligne in &mut sortie.lignes {
            ligne.cellules = self.cellules(&ligne.cellules, &largeurs, densite, place)?;
        }
        Ok(Some(sortie))
    }

    fn cellules(
        &mut self,
        cellules: &[Cellule],
        largeurs: &[f32],
        densite: u8,
        place: Place,
    ) -> Result<Vec<Cellule>, Erreur> {
        let mut rang = 0;
        let mut sortie = Vec::with_capacity(cellules.len());
        for cellule in cellules {
            let largeur: f32 = largeurs.iter().skip(rang).take(usize::from(cellule.etendue)).sum();
            rang += usize::from(cellule.etendue);
            let mut dedans = place.dedans(largeur);
            dedans.caracteres = geometrie::caracteres_cellule(largeur, densite);
            let blocs = self.noeuds(&cellule.blocs, dedans)?;
            sortie.push(Cellule { blocs, etendue: cellule.etendue, entete: cellule.entete });
        }
        Ok(sortie)
    }

    fn texte(&self, texte: &str, place: Place) -> String {
        cesures(&imprimables(texte), place.caracteres).into_owned()
    }

    fn inlines(&self, contenu: &[Inline], place: Place) -> Vec<Inline> {
        self.inlines_a(contenu, place, 0)
    }

    fn inlines_a(&self, contenu: &[Inline], place: Place, profondeur: u8) -> Vec<Inline> {
        if profondeur > PROFONDEUR_INLINES {
            return vec![Inline::Texte { texte: self.texte(&mots::inlines(contenu), place) }];
        }
        let dedans = |contenu: &[Inline]| self.inlines_a(contenu, place, profondeur + 1);
        let mut sortie = Vec::with_capacity(contenu.len());
        for inline in contenu {
            sortie.push(match inline {
                // Drawn as any text; the mark is that of the clause.
                Inline::Texte { texte } if self.clause.is_some() => {
                    Inline::Valeur { texte: self.texte(texte, place), pointeur: self.clause.clone(), champ: false }
                }
                Inline::Texte { texte } => Inline::Texte { texte: self.texte(texte, place) },
                Inline::Gras { contenu } => Inline::Gras { contenu: dedans(contenu) },
                Inline::Italique { contenu } => Inline::Italique { contenu: dedans(contenu) },
                Inline::Exposant { contenu } => Inline::Exposant { contenu: dedans(contenu) },
                Inline::Valeur { texte, pointeur, .. } => {
                    Inline::Valeur { texte: self.texte(texte, place), pointeur: self.repere(pointeur), champ: false }
                }
                Inline::Lacune { texte, pointeur, .. } => Inline::Lacune {
                    texte: self.texte(texte, place),
                    pointeur: self.repere(pointeur),
                    demande: Default::default(),
                },
                Inline::Renvoi { ancre, texte } if self.cliquable(ancre, texte) => {
                    Inline::Renvoi { ancre: ancre.clone(), texte: self.texte(texte, place) }
                }
                Inline::Renvoi { texte, .. } => Inline::Texte { texte: self.texte(texte, place) },
                Inline::Lien { url, contenu } if url_valide(url) && !vide(&mots::inlines(contenu)) => {
                    Inline::Lien { url: url.clone(), contenu: sans_lien(&dedans(contenu)) }
                }
                Inline::Lien { contenu, .. } => {
                    sortie.extend(dedans(contenu));
                    continue;
                }
                Inline::RetourLigne => Inline::RetourLigne,
            });
        }
        sortie
    }

    /// What marks the words of a value: its pointer, that of its clause if it has none.
    fn repere(&self, pointeur: &Option<String>) -> Option<String> {
        match self.usage {
            Usage::Impression => None,
            Usage::Apercu => pointeur.clone().or_else(|| self.clause.clone()),
        }
    }

    /// A reference that leads somewhere and has words to be clicked on.
    fn cliquable(&self, ancre: &str, texte: &str) -> bool {
        self.cibles.contains(ancre) && ancre_valide(ancre) && !vide(texte)
    }
}

fn vide(texte: &str) -> bool {
    imprimables(texte).chars().all(invisible)
}

fn titre_vide(titre: &Titre) -> bool {
    let mots = titre.numero.as_ref().map(mots::numero).unwrap_or_default() + &mots::inlines(&titre.contenu);
    vide(&mots)
}

fn ancre_valide(ancre: &str) -> bool {
    !ancre.is_empty() && ancre.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
}

/// The addresses that a PDF reader opens without harm.
fn url_valide(url: &str) -> bool {
    let connue = ["https://", "http://", "mailto:"].iter().any(|debut| url.starts_with(debut));
    connue && url.len() <= 2000 && url.chars().all(|c| c.is_ascii_graphic())
}

/// An alternative text is never empty in PDF/UA.
fn alternative_pdf(alternative: &str) -> String {
    let texte = propriete(alternative);
    if texte.chars().all(invisible) { "Image".to_owned() } else { texte }
}

fn sans_lien(contenu: &[Inline]) -> Vec<Inline> {
    let mut sortie = Vec::with_capacity(contenu.len());
    for inline in contenu {
        sortie.push(match inline {
            Inline::Renvoi { texte, .. } => Inline::Texte { texte: texte.clone() },
            Inline::Lien { contenu, .. } => {
                sortie.extend(sans_lien(contenu));
                continue;
            }
            Inline::Gras { contenu } => Inline::Gras { contenu: sans_lien(contenu) },
            Inline::Italique { contenu } => Inline::Italique { contenu: sans_lien(contenu) },
            Inline::Exposant { contenu } => Inline::Exposant { contenu: sans_lien(contenu) },
            autre => autre.clone(),
        });
    }
    sortie
}
