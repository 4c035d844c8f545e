//! A contract → the bytes of its workbook: sheets that are filled, printed and read back.

mod annexes;
mod calculs;
mod listes;
mod styles;

use super::Erreur;
use super::cellule::Montre;
use super::colonnes::{Colonne, Genre, PARENT};
use super::demande::Options;
use super::grille::{Fonds, Grille, Rangee};
use super::plan;
use crate::compte_rendu::Partie;
use crate::schema::forme::Nature;
use calculs::Calculs;
use listes::Listes;
use rust_xlsxwriter::{
    ConditionalFormatFormula, DocProperties, ExcelDateTime, Note, ProtectionOptions, Workbook, Worksheet,
};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use styles::{Styles, largeur};

/// The first row of data: titles, then the hidden row of pointers.
pub(super) const PREMIERE: u32 = 2;
/// Rows to be filled under a list.
const LIBRES: u32 = 30;
const LIBRES_AILLEURS: u32 = 10;
/// Width, in characters, of a landscape page.
const PAGE: f64 = 170.0;
pub(super) const FORMAT: &str = "1";
/// Sheets that hold no value.
pub(super) const NOTRES: [&str; 3] = ["Lisez-moi", "Remarques", listes::FEUILLE];

/// The workbook of a contract.
pub fn exporter(donnees: &Value, options: &Options<'_>) -> Result<Vec<u8>, Erreur> {
    let fonds = Fonds::de(donnees);
    let grilles = choisir(&fonds, &options.parties)?;
    let mut classeur = Workbook::new();
    classeur.set_properties(&proprietes(donnees, options)?);
    let styles = Styles::nouveaux();
    let mut listes = Listes::default();
    let lieux = lieux(&fonds, &grilles);
    classeur.push_worksheet(annexes::lisez_moi(donnees, &grilles, options, &styles)?);
    let ecriture = Ecriture { fonds: &fonds, options, styles: &styles };
    let mut noms = Vec::new();
    for grille in &grilles {
        let feuille = match grille.motif.as_str() {
            "" => du_contrat(&ecriture, grille, &mut listes)?,
            _ => de_liste(&ecriture, grille, &mut listes)?,
        };
        noms.push((nom_defini(&grille.motif), plage(grille)));
        classeur.push_worksheet(feuille);
    }
    classeur.push_worksheet(annexes::remarques(donnees, options.remarques, &lieux, &styles)?);
    classeur.push_worksheet(listes.feuille()?);
    for (nom, plage) in noms.into_iter().chain(listes.noms_definis()) {
        classeur.define_name(nom, &plage)?;
    }
    Ok(classeur.save_to_buffer()?)
}

/// The sheets that are asked for: those of a part, or by their name.
pub(super) fn choisir<'f>(fonds: &'f Fonds<'_>, parties: &[String]) -> Result<Vec<&'f Grille>, Erreur> {
    use crate::formats::sans_accents;
    let plat = |mot: &str| sans_accents(mot).to_lowercase().replace(['_', '-', '\''], " ");
    let presente = |g: &&Grille| g.toujours || !g.rangees.is_empty();
    if parties.is_empty() {
        return Ok(fonds.grilles.iter().filter(presente).collect());
    }
    // A sheet is named by its title, by the parts above it, or by its list.
    let noms = |g: &Grille| -> Vec<String> {
        let jetons = g.motif.split('/').filter(|j| !j.is_empty() && *j != "*").map(plat);
        jetons.chain([plat(&g.nom), plat(&g.motif)]).collect()
    };
    let mut sortie: Vec<&Grille> = Vec::new();
    for partie in parties.iter().flat_map(|p| p.split(',')).map(str::trim).filter(|p| !p.is_empty()) {
        let siennes: Vec<&Grille> = fonds.grilles.iter().filter(|g| noms(g).contains(&plat(partie))).collect();
        if siennes.is_empty() {
            let connues: Vec<&str> = fonds.grilles.iter().filter(presente).map(|g| g.nom.as_str()).collect();
            return Err(Erreur::PartieInconnue(partie.to_owned(), connues.join(", ")));
        }
        sortie.extend(siennes.into_iter().filter(|g| presente(g) || plat(&g.nom) == plat(partie)));
    }
    Ok(fonds.grilles.iter().filter(|g| sortie.iter().any(|s| s.motif == g.motif)).collect())
}

/// The media type of a workbook.
pub const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The lists of the sheets of a part of the contract, or of all, each of which `Options::parties` may name; « Contrat » for what is
/// in no list.
pub fn feuilles(donnees: &Value, partie: Option<Partie>) -> Vec<String> {
    let fonds = Fonds::de(donnees);
    let sienne = |g: &&Grille| partie.is_none_or(|partie| Partie::de(&g.motif) == partie);
    let presentes = fonds.grilles.iter().filter(|g| g.toujours || !g.rangees.is_empty()).filter(sienne);
    presentes.map(|g| if g.motif.is_empty() { g.nom.clone() } else { g.motif.clone() }).collect()
}

/// « cpom_perimetre_etablissements ».
pub(super) fn nom_defini(motif: &str) -> String {
    let mots: Vec<&str> = motif.split('/').filter(|j| !j.is_empty() && *j != "*").collect();
    if mots.is_empty() { "cpom_contrat".to_owned() } else { format!("cpom_{}", mots.join("_")) }
}

fn plage(grille: &Grille) -> String {
    use crate::lecture::classeur::nom_de_colonne;
    let derniere = if grille.motif.is_empty() { 3 } else { grille.colonnes.len() as u32 };
    let bas = PREMIERE + hauteur(grille);
    format!("='{}'!$A$1:${}${bas}", grille.nom.replace('\'', "''"), nom_de_colonne(derniere))
}

/// Rows of data, filled or to be filled.
fn hauteur(grille: &Grille) -> u32 {
    let remplies = grille.rangees.len() as u32;
    match grille.motif.as_str() {
        "" => grille.colonnes.len() as u32,
        _ => remplies + if grille.toujours { LIBRES } else { LIBRES_AILLEURS },
    }
}

fn proprietes(donnees: &Value, options: &Options<'_>) -> Result<DocProperties, Erreur> {
    let mot = |pointeur: &str| donnees.pointer(pointeur).and_then(Value::as_str).unwrap_or_default();
    let jour = [mot("/signature/date"), mot("/periode/debut")].into_iter().find_map(|d| {
        let jour: jiff::civil::Date = d.parse().ok()?;
        ExcelDateTime::from_ymd(
            u16::try_from(jour.year()).ok()?,
            jour.month().unsigned_abs(),
            jour.day().unsigned_abs(),
        )
        .ok()
    });
    let jour = match jour {
        Some(jour) => jour,
        None => ExcelDateTime::from_ymd(2000, 1, 1)?,
    };
    let mut proprietes = DocProperties::new()
        .set_title(mot("/reference"))
        .set_author("cpom")
        .set_creation_datetime(&jour)
        .set_custom_property("cpom.format", FORMAT)
        .set_custom_property("cpom.reference", mot("/reference"))
        .set_custom_property("cpom.sha256", empreinte(donnees))
        .set_custom_property("cpom.modele", mot("/modele/id"))
        .set_custom_property("cpom.version", env!("CARGO_PKG_VERSION"));
    if let Some(pour) = options.pour {
        proprietes = proprietes.set_custom_property("cpom.pour", pour.mot());
    }
    Ok(proprietes)
}

/// The checksum of the data, whatever the layout of their files.
pub(super) fn empreinte(donnees: &Value) -> String {
    let octets = serde_json::to_vec(donnees).unwrap_or_default();
    Sha256::digest(&octets).iter().map(|octet| format!("{octet:02x}")).collect()
}

/// Where each element and value stands: sheet and cell.
fn lieux(fonds: &Fonds<'_>, grilles: &[&Grille]) -> BTreeMap<String, (String, u32, u32)> {
    let mut sortie = BTreeMap::new();
    for grille in grilles {
        for (rang, rangee) in grille.rangees.iter().enumerate() {
            let ligne = PREMIERE + rang as u32;
            for (colonne, c) in grille.colonnes.iter().enumerate() {
                let (pointeur, _) = fonds.cellule(grille, rangee, c);
                match grille.motif.as_str() {
                    "" => sortie.insert(pointeur, (grille.nom.clone(), PREMIERE + colonne as u32, 3)),
                    _ => sortie.insert(pointeur, (grille.nom.clone(), ligne, 1 + colonne as u32)),
                };
            }
            if !grille.motif.is_empty() {
                sortie.insert(rangee.pointeur.clone(), (grille.nom.clone(), ligne, 1));
            }
        }
    }
    sortie
}

/// The values that are in no list: one a row.
fn du_contrat(ecriture: &Ecriture<'_>, grille: &Grille, listes: &mut Listes) -> Result<Worksheet, Erreur> {
    let Ecriture { fonds, options, styles } = ecriture;
    let mut feuille = Worksheet::new();
    feuille.set_name(&grille.nom)?;
    for (colonne, (titre, pointeur)) in
        [("_cle", "_cle"), ("Rubrique", ""), ("Champ", ""), ("Valeur", "valeur")].into_iter().enumerate()
    {
        feuille.write_string_with_format(0, colonne as u16, titre, &styles.tete)?;
        feuille.write_string_with_format(1, colonne as u16, pointeur, &styles.cle)?;
    }
    let Some(rangee) = grille.rangees.first() else { return Ok(feuille) };
    for (rang, colonne) in grille.colonnes.iter().enumerate() {
        let ligne = PREMIERE + rang as u32;
        let (rubrique, champ) = colonne.titre.rsplit_once(" › ").unwrap_or(("Contrat", &colonne.titre));
        feuille.write_string_with_format(ligne, 0, format!("/{}", colonne.pointeur), &styles.cle)?;
        feuille.write_string_with_format(ligne, 1, rubrique, &styles.rubrique)?;
        feuille.write_string_with_format(ligne, 2, champ, &styles.champ)?;
        if !colonne.forme.aide.is_empty() {
            feuille.insert_note(ligne, 2, &note(&colonne.forme.aide))?;
        }
        ecriture.cellule(&mut feuille, grille, rangee, colonne, (ligne, 3))?;
        listes.valider(&mut feuille, colonne, &fonds.noms, (ligne, 3, ligne, 3))?;
        let valeur = mots(fonds.montrer(grille, rangee, colonne));
        let textes = [(rubrique, 34.0), (champ, 32.0), (valeur.as_str(), 70.0)];
        feuille.set_row_height(ligne, styles::hauteur(textes.into_iter()))?;
    }
    feuille.set_column_hidden(0)?;
    feuille.set_column_width(1, 34)?;
    feuille.set_column_width(2, 34)?;
    feuille.set_column_width(3, 70)?;
    imprimable(&mut feuille, grille, fonds, 1)?;
    feuille.set_freeze_panes(PREMIERE, 3)?;
    let bas = PREMIERE + grille.colonnes.len() as u32 - 1;
    feuille.autofilter(0, 1, bas, 3)?;
    proteger(&mut feuille, options);
    Ok(feuille)
}

/// A list: one element a row.
fn de_liste(ecriture: &Ecriture<'_>, grille: &Grille, listes: &mut Listes) -> Result<Worksheet, Erreur> {
    let Ecriture { fonds, options, styles } = ecriture;
    let mut feuille = Worksheet::new();
    feuille.set_name(&grille.nom)?;
    feuille.write_string_with_format(0, 0, "_cle", &styles.tete)?;
    feuille.write_string_with_format(1, 0, "_cle", &styles.cle)?;
    let hauteur = hauteur(grille);
    let bas = PREMIERE + hauteur - 1;
    let mut largeurs = 0.0;
    let mut lignes_de_titre = 1.0_f64;
    for (rang, colonne) in grille.colonnes.iter().enumerate() {
        let place = 1 + rang as u16;
        let calculee = matches!(colonne.genre, Genre::Calcul(_));
        let style = if calculee { &styles.tete_calculee } else { &styles.tete };
        feuille.write_string_with_format(0, place, &colonne.titre, style)?;
        feuille.write_string_with_format(1, place, &colonne.pointeur, &styles.cle)?;
        let aide = aide(colonne);
        if !aide.is_empty() {
            feuille.insert_note(0, place, &note(&aide))?;
        }
        let large = largeur(colonne);
        largeurs += large;
        lignes_de_titre = lignes_de_titre.max((colonne.titre.chars().count() as f64 * 1.15 / large).ceil());
        feuille.set_column_width(place, large)?;
        listes.valider(&mut feuille, colonne, &fonds.noms, (PREMIERE, place, bas, place))?;
    }
    feuille.set_row_height(0, 15.0 * lignes_de_titre.clamp(1.0, 6.0) + 3.0)?;
    let calculs = Calculs::de(grille);
    for rang in 0..hauteur {
        let ligne = PREMIERE + rang;
        let rangee = grille.rangees.get(rang as usize);
        if let Some(rangee) = rangee {
            feuille.write_string_with_format(ligne, 0, &rangee.cle, &styles.cle)?;
        }
        for (place, colonne) in (1_u16..).zip(&grille.colonnes) {
            match (&colonne.genre, rangee) {
                (Genre::Calcul(rang), _) => {
                    if let Some(formule) = calculs.formule(*rang, ligne, fonds, rangee) {
                        feuille.write_formula_with_format(ligne, place, formule, styles.calcule(colonne))?;
                    }
                }
                (_, Some(rangee)) => {
                    ecriture.cellule(&mut feuille, grille, rangee, colonne, (ligne, place))?;
                }
                (_, None) => {
                    let tenue = libre(options, &grille.motif.replace('*', "0"), colonne);
                    feuille.write_blank(ligne, place, styles.saisie(colonne, tenue))?;
                }
            }
        }
        if let Some(rangee) = rangee {
            let mots = |c: &Colonne| mots(fonds.montrer(grille, rangee, c));
            let textes: Vec<(String, f64)> = grille.colonnes.iter().map(|c| (mots(c), largeur(c))).collect();
            let textes = textes.iter().map(|(mots, large)| (mots.as_str(), *large));
            feuille.set_row_height(ligne, styles::hauteur(textes))?;
        }
        let comment = rangee
            .zip(options.commentaires)
            .and_then(|(rangee, tout)| tout.pointer(&format!("{}/$comment", rangee.pointeur)).and_then(Value::as_str));
        if let Some(comment) = comment {
            feuille.insert_note(ligne, 1, &note(comment))?;
        }
    }
    conditions(&mut feuille, grille, &calculs, styles, bas)?;
    feuille.set_column_hidden(0)?;
    imprimable(&mut feuille, grille, fonds, (largeurs / PAGE).ceil().max(1.0) as u16)?;
    feuille.set_freeze_panes(PREMIERE, 2)?;
    feuille.autofilter(0, 1, bas, grille.colonnes.len() as u16)?;
    proteger(&mut feuille, options);
    Ok(feuille)
}

/// The words of a cell that may go on several lines.
fn mots(montre: Option<Montre>) -> String {
    match montre {
        Some(Montre::Texte(texte) | Montre::TropLong(texte)) => texte,
        _ => String::new(),
    }
}

/// What the note of a title says.
fn aide(colonne: &Colonne) -> String {
    match &colonne.genre {
        Genre::Calcul(_) => "Calculé : cette colonne n'est jamais relue.".to_owned(),
        Genre::Parent => "Ce dont dépend la ligne : choisissez dans la liste.".to_owned(),
        Genre::Liste => format!("{} Un par ligne dans la cellule (Alt+Entrée).", colonne.forme.aide).trim().to_owned(),
        _ => colonne.forme.aide.clone(),
    }
}

fn note(texte: &str) -> Note {
    Note::new(texte.chars().take(2_000).collect::<String>()).add_author_prefix(false).set_width(260)
}

/// Whether a cell may be written by whom the workbook is for.
fn libre(options: &Options<'_>, element: &str, colonne: &Colonne) -> bool {
    let pointeur = match colonne.pointeur.as_str() {
        PARENT => element.to_owned(),
        suite => format!("{element}/{suite}"),
    };
    options.pour.is_none_or(|pour| pour.tient(&pointeur))
}

/// What all sheets are written with.
struct Ecriture<'e> {
    fonds: &'e Fonds<'e>,
    options: &'e Options<'e>,
    styles: &'e Styles,
}

impl Ecriture<'_> {
    /// Writes the value of a row in one of its columns.
    fn cellule(
        &self,
        feuille: &mut Worksheet,
        grille: &Grille,
        rangee: &Rangee,
        colonne: &Colonne,
        (ligne, place): (u32, u16),
    ) -> Result<(), Erreur> {
        let reference = grille.motif.is_empty() && colonne.pointeur == "reference";
        let tenue = libre(self.options, &rangee.pointeur, colonne) && !reference;
        let style = match grille.motif.as_str() {
            "" => self.styles.saisie_a_gauche(colonne, tenue),
            _ => self.styles.saisie(colonne, tenue),
        };
        match self.fonds.montrer(grille, rangee, colonne) {
            Some(Montre::Nombre(n)) => feuille.write_number_with_format(ligne, place, n, style)?,
            Some(Montre::Jour(jour)) => match ExcelDateTime::parse_from_str(&jour) {
                Ok(moment) => feuille.write_datetime_with_format(ligne, place, &moment, style)?,
                Err(_) => feuille.write_string_with_format(ligne, place, &jour, style)?,
            },
            Some(Montre::Texte(texte)) => feuille.write_string_with_format(ligne, place, &texte, style)?,
            Some(Montre::TropLong(texte)) => {
                feuille.write_string_with_format(ligne, place, &texte, &self.styles.coupe)?
            }
            Some(Montre::Vide) | None => feuille.write_blank(ligne, place, style)?,
        };
        Ok(())
    }
}

/// What a sheet can show of the rules: a number of the wrong length, a total that is not the sum, a deficit, an order that is
/// not kept, what is missing.
fn conditions(
    feuille: &mut Worksheet,
    grille: &Grille,
    calculs: &Calculs,
    styles: &Styles,
    bas: u32,
) -> Result<(), Erreur> {
    use crate::lecture::classeur::nom_de_colonne;
    let derniere = nom_de_colonne(grille.colonnes.len() as u32);
    for (place, colonne) in (1_u16..).zip(&grille.colonnes) {
        let ici = format!("${}{}", nom_de_colonne(u32::from(place)), PREMIERE + 1);
        let longueur = match colonne.forme.nature {
            Nature::Finess | Nature::Siren => Some(9),
            Nature::Siret => Some(14),
            _ => None,
        };
        let mut poser = |regle: String, style| -> Result<(), Erreur> {
            let condition = ConditionalFormatFormula::new().set_rule(regle.as_str()).set_format(style);
            feuille.add_conditional_format(PREMIERE, place, bas, place, &condition)?;
            Ok(())
        };
        if let Some(n) = longueur.filter(|_| colonne.genre == Genre::Valeur) {
            poser(format!("=AND({ici}<>\"\",LEN({ici})<>{n},LEFT({ici},4)<>\"sans\")"), &styles.fautif)?;
        }
        if let Some(somme) = calculs.somme_de_reference(&colonne.pointeur, PREMIERE) {
            poser(format!("=AND(ISNUMBER({ici}),ABS({ici}-({somme}))>0.005)"), &styles.fautif)?;
        }
        if let Some(suivante) = suivante(grille, colonne) {
            let la = format!("${}{}", nom_de_colonne(suivante), PREMIERE + 1);
            poser(format!("=AND(ISNUMBER({ici}),ISNUMBER({la}),{ici}>{la})"), &styles.fautif)?;
        }
        if let Genre::Calcul(rang) = colonne.genre
            && matches!(plan::CALCULS.get(rang).map(|c| &c.sorte), Some(plan::Sorte::Ecart(..)))
        {
            poser(format!("=AND(ISNUMBER({ici}),{ici}<0)"), &styles.fautif)?;
        }
        if colonne.requise {
            let rangee = format!("$B{}:${derniere}{}", PREMIERE + 1, PREMIERE + 1);
            poser(format!("=AND({ici}=\"\",SUMPRODUCT(--({rangee}<>\"\"))>0)"), &styles.a_remplir)?;
        }
    }
    Ok(())
}

/// The column of the value that another one must not be above.
fn suivante(grille: &Grille, colonne: &Colonne) -> Option<u32> {
    let (_, cles) = plan::ORDRES.iter().find(|(motif, _)| *motif == grille.motif)?;
    let rang = cles.iter().position(|cle| *cle == colonne.pointeur)?;
    let suivante = cles.get(rang + 1)?;
    let place = grille.colonnes.iter().position(|c| c.pointeur == *suivante)?;
    Some(place as u32 + 1)
}

fn imprimable(feuille: &mut Worksheet, grille: &Grille, fonds: &Fonds<'_>, pages: u16) -> Result<(), Erreur> {
    let reference = fonds.donnees.get("reference").and_then(Value::as_str).unwrap_or_default();
    let propre = |texte: &str| texte.replace('&', "&&").chars().take(100).collect::<String>();
    feuille.set_row_hidden(1)?;
    feuille
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(pages.min(6), 0)
        .set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    feuille.set_repeat_rows(0, 0)?;
    if pages > 1 {
        feuille.set_repeat_columns(1, 1)?;
    }
    feuille.set_header(format!("&L{}&R{}", propre(&grille.nom), propre(reference)));
    feuille.set_footer("&CPage &P / &N");
    // Blank rows are for the screen.
    let bas = match grille.motif.as_str() {
        "" => PREMIERE + grille.colonnes.len() as u32 - 1,
        _ => PREMIERE + (grille.rangees.len() as u32).max(8) - 1,
    };
    let droite = if grille.motif.is_empty() { 3 } else { grille.colonnes.len() as u16 };
    feuille.set_print_area(0, 1, bas, droite)?;
    Ok(())
}

fn proteger(feuille: &mut Worksheet, options: &Options<'_>) {
    if !options.verrouille {
        return;
    }
    feuille.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        insert_rows: true,
        delete_rows: true,
        sort: true,
        use_autofilter: true,
        ..ProtectionOptions::new()
    });
}
