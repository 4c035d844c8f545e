//! A preview shows the printed pages, says where each value stands on them, and draws again what has changed only.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use cpom::document::{Bloc, Document, Etat, Inline, Noeud, Partie, parcours};
use cpom::dossier::Choix;
use cpom::rendu::apercu::{Apercu, Lieu, Page};
use cpom::rendu::pdf::{self, Options};
use hayro_svg::hayro_interpret::InterpreterSettings;
use hayro_svg::hayro_syntax::Pdf;
use hayro_svg::{RenderCache, SvgRenderSettings, convert};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{Options as OptionsSvg, Tree};
use serde_json::{Value, json};

use crate::outils::{Atelier, contrats, document, donnees, essayer_de_rediger, ouvrir, rediger};

fn composer(document: &Document) -> Vec<Arc<Page>> {
    Apercu::default().composer(document).unwrap().to_vec()
}

fn empreintes(pages: &[Arc<Page>]) -> Vec<String> {
    pages.iter().map(|page| page.empreinte.clone()).collect()
}

/// The values and gaps of a document that have a pointer and words to be seen.
fn pointeurs(document: &Document) -> BTreeSet<String> {
    let mut trouves = BTreeSet::new();
    let mut voir = |inline: &Inline| {
        if let Inline::Valeur { texte, pointeur: Some(p), .. } | Inline::Lacune { texte, pointeur: Some(p), .. } =
            inline
            && !texte.trim().is_empty()
        {
            trouves.insert(p.clone());
        }
    };
    document.parties.iter().for_each(|partie| parcours::inlines(&partie.blocs, &mut voir));
    for signature in document.signatures() {
        std::iter::once(&signature.partie).chain(signature.lignes()).for_each(|l| parcours::suite(l, &mut voir));
    }
    trouves
}

#[test]
fn every_value_and_every_gap_has_its_rectangles() {
    let mut vus = 0;
    for (reference, fichiers) in contrats() {
        for etat in [Etat::Projet, Etat::Definitif] {
            let choix = Choix { etat: Some(etat), ..Choix::default() };
            let Ok(exemplaires) = essayer_de_rediger(&ouvrir(&fichiers), &choix) else { continue };
            for exemplaire in exemplaires {
                let pages = composer(&exemplaire.document);
                let mut situes: BTreeSet<String> = BTreeSet::new();
                for zone in pages.iter().flat_map(|page| &page.zones) {
                    let [gauche, haut, largeur, hauteur] = zone.cadre;
                    let dedans = gauche >= 0.0 && haut >= 0.0 && gauche + largeur <= 1.0 && haut + hauteur <= 1.0;
                    assert!(dedans && largeur > 0.0 && hauteur > 0.0, "{reference}: {zone:?}");
                    if let Lieu::Valeur(pointeur) = &zone.lieu {
                        situes.insert(pointeur.to_string());
                    }
                }
                let attendus = pointeurs(&exemplaire.document);
                let perdus: Vec<&String> = attendus.difference(&situes).collect();
                assert!(perdus.is_empty(), "{reference} {etat:?}: {} of {}: {perdus:?}", perdus.len(), attendus.len());
                vus += attendus.len();
            }
        }
    }
    assert!(vus > 3_000, "the walk saw only {vus} values");
}

/// Pages are drawn by one thread and shown by others.
#[test]
fn pages_go_from_thread_to_thread() {
    fn partage<T: Send + Sync>() {}
    partage::<Apercu>();
    partage::<Page>();
}

/// The first pages of a long contract come before the others, and change nothing of what the whole is.
#[test]
fn a_long_contract_begins_with_its_first_pages() {
    let grand =
        crate::grand::contrat(&crate::grand::Taille { etablissements: 25, fiches: 25, indicateurs: 50, graine: 3 });
    let long = document(&grand);
    let entier = composer(&long);
    let mut apercu = Apercu::default();
    let debut = apercu.commencer(&long).expect("a long document").to_vec();
    assert!(!debut.is_empty() && debut.len() * 3 < entier.len(), "{} of {}", debut.len(), entier.len());
    assert_eq!(debut[0].empreinte, entier[0].empreinte, "the cover is that of the whole");
    assert_eq!(empreintes(apercu.composer(&long).unwrap()), empreintes(&entier));
    assert!(apercu.commencer(&long).is_none(), "it is on screen already");
    assert!(
        Apercu::default().commencer(&document(&donnees("paca/minimal.json"))).is_none(),
        "a short one is drawn whole"
    );
}

#[test]
fn the_words_of_a_clause_lead_to_it() {
    let pages = composer(&document(&donnees("paca/exemple.json")));
    let clauses: BTreeSet<(String, u32)> = pages
        .iter()
        .flat_map(|page| &page.zones)
        .filter_map(|zone| match &zone.lieu {
            Lieu::Clause(origine) => Some((origine.fichier.clone(), origine.ligne)),
            Lieu::Valeur(_) => None,
        })
        .collect();
    let fichiers: BTreeSet<&String> = clauses.iter().map(|(fichier, _)| fichier).collect();
    assert!(clauses.len() > 100 && fichiers.len() > 20, "{} clauses of {} files", clauses.len(), fichiers.len());
}

#[test]
fn what_does_not_change_keeps_its_pages() {
    let document = document(&donnees("paca/exemple.json"));
    let mut apercu = Apercu::default();
    let avant = apercu.composer(&document).unwrap().to_vec();
    let apres = apercu.composer(&document).unwrap();
    assert_eq!(empreintes(&avant), empreintes(apres));
    assert!(avant.iter().zip(apres).all(|(avant, apres)| Arc::ptr_eq(avant, apres)), "a page is made anew");
    let page = apercu.page(&avant[3].empreinte).unwrap();
    assert!(page.svg().starts_with("<svg ") && !page.svg().contains("<a "), "{:.300}", page.svg());
}

#[test]
fn a_value_changed_changes_few_pages() {
    let contrat = donnees("paca/exemple.json");
    let mut apercu = Apercu::default();
    let avant = empreintes(apercu.composer(&document(&contrat)).unwrap());
    for (pointeur, valeur) in [
        ("/fiches_actions/0/constat", json!("Le constat est autre.")),
        ("/moyens/budgets/0/depenses/groupe_1", json!(361_201)),
    ] {
        let mut change = contrat.clone();
        *change.pointer_mut(pointeur).unwrap() = valeur;
        let apres = empreintes(apercu.composer(&document(&change)).unwrap());
        assert_eq!(avant.len(), apres.len());
        let changees = apres.iter().filter(|empreinte| !avant.contains(empreinte)).count();
        assert!((1..=5).contains(&changees), "{pointeur}: {changees} pages of {}", avant.len());
    }
}

/// The document without anything that says where its words come from.
fn sans_repere(document: &Document) -> Document {
    let mut nu = document.clone();
    nu.parties.iter_mut().for_each(|partie: &mut Partie| noeuds(&mut partie.blocs));
    nu
}

fn noeuds(suite: &mut [Noeud]) {
    for noeud in suite {
        noeud.origine = None;
        match &mut noeud.bloc {
            Bloc::Titre(titre) => inlines(&mut titre.contenu),
            Bloc::Paragraphe(p) => inlines(&mut p.contenu),
            Bloc::Liste(liste) => liste.elements.iter_mut().for_each(|element| noeuds(element)),
            Bloc::Tableau(t) => {
                t.legende.iter_mut().for_each(|legende| inlines(legende));
                let lignes = t.lignes.iter_mut().flat_map(|ligne| &mut ligne.cellules);
                t.entete.iter_mut().chain(lignes).for_each(|cellule| noeuds(&mut cellule.blocs));
            }
            Bloc::Formulaire { lignes } => lignes.iter_mut().for_each(|ligne| {
                inlines(&mut ligne.terme);
                noeuds(&mut ligne.blocs);
            }),
            Bloc::Signatures { signatures } => signatures.iter_mut().for_each(|signature| {
                inlines(&mut signature.partie);
                signature.qualite.iter_mut().for_each(|ligne| inlines(ligne));
                inlines(&mut signature.mention);
            }),
            Bloc::Encadre { titre, blocs } => {
                inlines(titre);
                noeuds(blocs);
            }
            _ => {}
        }
    }
}

fn inlines(suite: &mut [Inline]) {
    for inline in suite {
        match inline {
            Inline::Valeur { pointeur, .. } | Inline::Lacune { pointeur, .. } => *pointeur = None,
            Inline::Gras { contenu }
            | Inline::Italique { contenu }
            | Inline::Exposant { contenu }
            | Inline::Lien { contenu, .. } => inlines(contenu),
            _ => {}
        }
    }
}

/// The marks of a preview move nothing: its pictures are those of pages that bear none, to the last coordinate.
#[test]
fn marks_are_not_seen() {
    for fixture in ["paca/exemple.json", "paca/minimal.json", "bretagne/exemple.json"] {
        let fichiers = [crate::outils::racine().join("fixtures").join(fixture)];
        let choix = Choix { etat: Some(Etat::Projet), ..Choix::default() };
        let marque = rediger(&ouvrir(&fichiers), &choix).remove(0).document;
        let nu = sans_repere(&marque);
        let (marques, nues) = (composer(&marque), composer(&nu));
        assert_eq!(marques.len(), nues.len());
        assert!(nues.iter().all(|page| page.zones.is_empty()));
        for (rang, (marquee, nue)) in marques.iter().zip(&nues).enumerate() {
            assert!(marquee.svg() == nue.svg(), "{fixture}: page {} is not the same", rang + 1);
        }
    }
}

/// A page as dots, two for each point.
fn points(svg: &str) -> Pixmap {
    let arbre = Tree::from_str(svg, &OptionsSvg::default()).unwrap();
    let taille = arbre.size();
    let mut image = Pixmap::new(1190, 1684).unwrap();
    image.fill(Color::WHITE);
    let echelle = Transform::from_scale(1190.0 / taille.width(), 1684.0 / taille.height());
    resvg::render(&arbre, echelle, &mut image.as_mut());
    image
}

#[test]
fn the_screen_shows_the_printed_pages() {
    let fichiers = [crate::outils::racine().join("fixtures/paca/exemple.json")];
    let choix = Choix { etat: Some(Etat::Projet), ..Choix::default() };
    let document = rediger(&ouvrir(&fichiers), &choix).remove(0).document;
    let imprime = Pdf::new(Arc::new(pdf::rendre(&document, Options::default()).unwrap().octets)).unwrap();
    let pages = composer(&document);
    assert_eq!(pages.len(), imprime.pages().len());
    // The two ways of drawing a letter differ on its edges; a line moved by one point does so everywhere.
    for (rang, page) in pages.iter().enumerate().step_by(3) {
        let papier = &imprime.pages()[rang];
        assert!((f64::from(papier.render_dimensions().0) - page.largeur).abs() < 0.5, "page {}", rang + 1);
        let papier =
            convert(papier, &RenderCache::new(), &InterpreterSettings::default(), &SvgRenderSettings::default());
        let (papier, ecran) = (points(&papier), points(page.svg()));
        let differe = |(a, b): &(&resvg::tiny_skia::PremultipliedColorU8, &resvg::tiny_skia::PremultipliedColorU8)| {
            a.green().abs_diff(b.green()) > 96
        };
        let differents = papier.pixels().iter().zip(ecran.pixels()).filter(differe).count();
        let part = differents as f64 / papier.pixels().len() as f64;
        assert!(part < 0.0015, "page {}: {:.3} % of the dots differ", rang + 1, part * 100.0);
    }
}

/// A small generator of numbers, the same everywhere.
struct Hasard(u64);

impl Hasard {
    fn nombre(&mut self, max: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % max.max(1) as u64) as usize
    }
}

/// The pointers of the numbers and texts of a contract.
fn feuilles(valeur: &Value, pointeur: &str, sortie: &mut Vec<String>) {
    match valeur {
        Value::Array(elements) => {
            elements.iter().enumerate().for_each(|(rang, v)| feuilles(v, &format!("{pointeur}/{rang}"), sortie));
        }
        Value::Object(objet) => objet.iter().for_each(|(cle, v)| feuilles(v, &format!("{pointeur}/{cle}"), sortie)),
        Value::Number(_) => sortie.push(pointeur.to_owned()),
        Value::String(texte) if texte.contains(' ') => sortie.push(pointeur.to_owned()),
        _ => {}
    }
}

/// A number or a text becomes another; or an element of a list is removed, or doubled.
fn changer(contrat: &mut Value, hasard: &mut Hasard) {
    let mut lieux = Vec::new();
    feuilles(contrat, "", &mut lieux);
    let pointeur = &lieux[hasard.nombre(lieux.len())];
    if hasard.nombre(6) == 0 {
        let listes = ["/fiches_actions", "/pieces", "/moyens/budgets", "/activite", "/diagnostic/constats"];
        if let Some(liste) = contrat.pointer_mut(listes[hasard.nombre(listes.len())]).and_then(Value::as_array_mut)
            && liste.len() > 1
        {
            let rang = hasard.nombre(liste.len());
            liste.remove(rang);
        }
        return;
    }
    match contrat.pointer_mut(pointeur) {
        Some(Value::String(texte)) => texte.push_str(&" et autre chose".repeat(1 + hasard.nombre(20))),
        Some(nombre) => *nombre = json!(nombre.as_i64().unwrap_or(1) + hasard.nombre(900) as i64),
        None => {}
    }
}

#[test]
fn after_any_changes_the_pages_are_those_of_a_first_drawing() {
    changer_au_hasard(24);
}

#[test]
#[ignore = "the same sweep, wider"]
fn after_many_more_changes_the_pages_are_those_of_a_first_drawing() {
    changer_au_hasard(120);
}

/// That many changes, of which every twelfth is compared with a first drawing.
fn changer_au_hasard(essais: usize) {
    let atelier = Atelier::nouveau();
    let choix = Choix { etat: Some(Etat::Projet), ..Choix::default() };
    let (mut hasard, mut faits) = (Hasard(17), 0);
    let mut contrat = donnees("paca/exemple.json");
    let mut apercu = Apercu::default();
    for essai in 0..essais {
        let mut change = contrat.clone();
        changer(&mut change, &mut hasard);
        let ouverture = ouvrir(&[atelier.contrat(&change)]);
        let Some(mut exemplaires) = ouverture
            .contrat
            .is_some()
            .then(|| essayer_de_rediger(&ouverture, &choix).ok())
            .flatten()
            .filter(|exemplaires| !exemplaires.is_empty())
        else {
            continue;
        };
        (contrat, faits) = (change, faits + 1);
        let document = exemplaires.remove(0).document;
        let suivies = apercu.composer(&document).unwrap().to_vec();
        if essai % 12 == 11 {
            let mut premier = Apercu::default();
            premier.oublier();
            let premieres = premier.composer(&document).unwrap();
            assert_eq!(empreintes(&suivies), empreintes(premieres), "after {faits} changes");
            for (suivie, premiere) in suivies.iter().zip(premieres) {
                assert!(suivie.svg() == premiere.svg() && suivie.zones == premiere.zones);
            }
        }
    }
    assert!(faits * 2 > essais, "only {faits} changes were of a contract that prints");
}

#[test]
fn a_value_printed_in_two_places_has_both() {
    let pages = composer(&document(&donnees("paca/exemple.json")));
    let mut par_valeur: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (rang, page) in pages.iter().enumerate() {
        for zone in &page.zones {
            if let Lieu::Valeur(pointeur) = &zone.lieu {
                par_valeur.entry(pointeur).or_default().insert(rang);
            }
        }
    }
    let repetees: Vec<_> = par_valeur.iter().filter(|(_, pages)| pages.len() > 1).collect();
    assert!(repetees.len() > 20, "{repetees:?}");
}
