//! Tables of all kinds: data, forms, signature blocks, boxed notes.

use docx_rs::{Paragraph, Shading, Table, TableCell, TableRow, VAlignType, WidthType};

use crate::document::{
    Alignement, Bloc, Cellule, Colonne, GenreLigne, Inline, Ligne, LigneFormulaire, Noeud, Signature, Tableau, mots,
};

use super::complements::FicheTableau;
use super::imprimeur::{Contexte, Imprimeur, Lieu, Piece, cellule, separateur};
use super::inlines::remplir;
use crate::rendu::docx::plan::styles::Role;

/// Word holds no more columns.
const COLONNES_MAX: usize = 63;
/// Left and right margins of a cell, both sides (see the table styles).
const MARGES_CELLULE: u32 = 200;
/// A row longer than this many characters may break across pages.
const LIGNE_SECABLE: usize = 900;
/// Room to sign: 4 cm.
const HAUTEUR_SIGNATURE: u32 = 2_268;

const FOND_TOTAL: &str = "E7ECF4";
const FOND_GROUPE: &str = "F2F2F2";

/// How the blocks of a cell are printed: a table does not know.
type Blocs<'a> = fn(&mut Imprimeur<'a>, &[Noeud], Contexte, &mut Vec<Piece>);

impl<'a> Imprimeur<'a> {
    pub(super) fn tableau(&mut self, tableau: &Tableau, contexte: Contexte, sortie: &mut Vec<Piece>, blocs: Blocs<'a>) {
        if let Some(legende) = &tableau.legende {
            self.legende(legende, contexte, sortie);
        }
        let entete = (!tableau.entete.is_empty()).then_some((Role::Entete, tableau.entete.as_slice()));
        let lignes: Vec<(Role, &[Cellule])> = entete
            .into_iter()
            .chain(tableau.lignes.iter().map(|Ligne { genre, cellules }| (role(*genre), cellules.as_slice())))
            .collect();
        let larges = lignes.iter().map(|(_, c)| c.iter().map(|c| usize::from(c.etendue.max(1))).sum());
        let colonnes = larges.chain([tableau.colonnes.len()]).max().unwrap_or(0).min(COLONNES_MAX);
        if colonnes == 0 || lignes.is_empty() {
            return;
        }
        let parts: Vec<u32> =
            (0..colonnes).map(|c| tableau.colonnes.get(c).map_or(1, |c| u32::from(c.largeur))).collect();
        let mut grille = repartir(&parts, contexte.largeur);
        // Amounts whole first, then words as far as there is room.
        for (lettres, plancher) in [(0, 1_200), (8, 0), (14, 0)] {
            grille = elargir(grille, &besoins(tableau, &lignes, lettres), plancher);
        }
        self.fiche(FicheTableau {
            style: "TableauCpom",
            grille: grille.clone(),
            entetes: usize::from(!tableau.entete.is_empty()),
            insecables: lignes.iter().map(|(_, cellules)| insecable(cellules.iter().flat_map(|c| &c.blocs))).collect(),
            legende: tableau.legende.as_deref().map(mots::inlines),
            ..FicheTableau::default()
        });
        let suivants = lignes.iter().skip(1).map(|(role, _)| Some(*role)).chain([None]);
        let rangees = lignes
            .iter()
            .zip(suivants)
            .map(|((role, cellules), suivant)| {
                // A total never stands alone on its page.
                let garder = suivant == Some(Role::Total);
                self.rangee((*role, garder), (cellules, blocs), tableau, &grille, contexte)
            })
            .collect();
        self.pousser_tableau(Table::new(rangees), contexte, sortie);
    }

    /// The caption above a table, kept with it.
    fn legende(&mut self, contenu: &[Inline], contexte: Contexte, sortie: &mut Vec<Piece>) {
        let contenu = self.inlines(contenu);
        self.pousser(remplir(Paragraph::new().style("Caption"), contenu), contexte, sortie);
    }

    /// Keeps the properties of a table, before those of the tables it holds.
    fn fiche(&mut self, fiche: FicheTableau) {
        self.corps.complements.tableaux.push(fiche);
    }

    fn rangee(
        &mut self,
        (role, garder): (Role, bool),
        (cellules, imprimer): (&[Cellule], Blocs<'a>),
        tableau: &Tableau,
        grille: &[u32],
        contexte: Contexte,
    ) -> TableRow {
        let mut sortie: Vec<TableCell> = Vec::new();
        let mut colonne = 0;
        for (rang, source) in cellules.iter().enumerate() {
            let reste = grille.len() - colonne;
            let derniere = rang + 1 == cellules.len();
            // One column is left for each cell to come; the last one takes what remains.
            let a_venir = (cellules.len() - rang - 1).min(reste.saturating_sub(1));
            let etendue = if derniere { reste } else { usize::from(source.etendue.max(1)).min(reste - a_venir) };
            let largeur: u32 = grille.iter().skip(colonne).take(etendue).sum();
            let alignement = self.alignement(role, tableau.colonnes.get(colonne), etendue);
            let role_cellule = if source.entete && role == Role::Normale { Role::Total } else { role };
            let style = cellule(role_cellule, alignement, tableau.densite);
            let dedans = Contexte {
                lieu: Lieu::Cellule(style),
                largeur: largeur.saturating_sub(MARGES_CELLULE).max(200),
                liste: 0,
                ..contexte
            };
            let mut blocs = Vec::new();
            imprimer(self, &source.blocs, dedans, &mut blocs);
            if garder {
                blocs.iter_mut().for_each(Piece::garder_avec_la_suite);
            }
            if etendue == 0 {
                // More cells than columns: nothing is lost, the last cell takes them.
                if let Some(derniere) = sortie.pop() {
                    sortie.push(remplir_cellule(derniere, blocs));
                }
                continue;
            }
            let vide = self.style_cellule(style);
            let mut case = self.case(blocs, &vide, largeur);
            if etendue > 1 {
                case = case.grid_span(etendue);
            }
            case = match role_cellule {
                Role::Entete => case.vertical_align(VAlignType::Center),
                Role::Total => case.shading(Shading::new().fill(FOND_TOTAL)),
                Role::Groupe => case.shading(Shading::new().fill(FOND_GROUPE)),
                Role::Normale => case,
            };
            sortie.push(case);
            colonne += etendue;
        }
        if sortie.is_empty() {
            let vide = self.style_cellule(cellule(role, Alignement::Gauche, tableau.densite));
            sortie.push(self.case(Vec::new(), &vide, grille.iter().sum()).grid_span(grille.len()));
        }
        TableRow::new(sortie)
    }

    fn alignement(&self, role: Role, colonne: Option<&Colonne>, etendue: usize) -> Alignement {
        let voulu = colonne.map_or(Alignement::Gauche, |c| c.alignement);
        match role {
            Role::Groupe => Alignement::Gauche,
            Role::Entete if voulu == Alignement::Droite || etendue > 1 => Alignement::Centre,
            Role::Entete | Role::Normale | Role::Total => voulu,
        }
    }

    /// A cell ends with a paragraph, whatever it holds.
    fn case(&self, mut blocs: Vec<Piece>, vide: &str, largeur: u32) -> TableCell {
        match blocs.last() {
            Some(Piece::Paragraphe(_)) => {}
            Some(Piece::Tableau(_) | Piece::Controle(_)) => blocs.push(separateur()),
            None => blocs.push(Paragraph::new().style(vide).into()),
        }
        let case = TableCell::new().width(usize::try_from(largeur).unwrap_or(usize::MAX), WidthType::Dxa);
        remplir_cellule(case, blocs)
    }

    pub(super) fn formulaire(
        &mut self,
        lignes: &[LigneFormulaire],
        contexte: Contexte,
        sortie: &mut Vec<Piece>,
        imprimer: Blocs<'a>,
    ) {
        if lignes.is_empty() {
            return;
        }
        let grille = repartir(&[29, 71], contexte.largeur);
        self.fiche(FicheTableau {
            style: "Formulaire",
            grille: grille.clone(),
            premiere_colonne: true,
            insecables: lignes.iter().map(|l| insecable(l.blocs.iter())).collect(),
            ..FicheTableau::default()
        });
        let dedans = Contexte {
            lieu: Lieu::Formulaire,
            largeur: grille[1].saturating_sub(MARGES_CELLULE).max(200),
            liste: 0,
            ..contexte
        };
        let mut rangees = Vec::new();
        for ligne in lignes {
            let terme = vec![self.ligne("Libelle", &ligne.terme)];
            let mut blocs = Vec::new();
            imprimer(self, &ligne.blocs, dedans, &mut blocs);
            rangees.push(TableRow::new(vec![
                self.case(terme, "Libelle", grille[0]),
                self.case(blocs, "TexteFormulaire", grille[1]),
            ]));
        }
        self.pousser_tableau(Table::new(rangees), contexte, sortie);
    }

    pub(super) fn signatures(&mut self, signatures: &[Signature], contexte: Contexte, sortie: &mut Vec<Piece>) {
        if signatures.is_empty() {
            return;
        }
        // « Fait à … » never parts from the first signature.
        sortie.last_mut().into_iter().for_each(Piece::garder_avec_la_suite);
        let grille = repartir(&[1, 1], contexte.largeur);
        let rangs = signatures.len().div_ceil(2);
        self.fiche(FicheTableau {
            style: "Signatures",
            grille: grille.clone(),
            insecables: vec![true; rangs],
            hauteur: Some(HAUTEUR_SIGNATURE),
            ..FicheTableau::default()
        });
        let mut rangees = Vec::new();
        for paire in signatures.chunks(2) {
            let mut cases = Vec::new();
            for signature in paire {
                let mut blocs = vec![self.ligne("Signature", &signature.partie)];
                blocs.extend(signature.lignes().map(|q| self.ligne("SignatureQualite", q)));
                cases.push(if paire.len() == 1 {
                    self.case(blocs, "Signature", contexte.largeur).grid_span(2)
                } else {
                    self.case(blocs, "Signature", grille[0])
                });
            }
            rangees.push(TableRow::new(cases));
        }
        self.pousser_tableau(Table::new(rangees), contexte, sortie);
    }

    pub(super) fn encadre(
        &mut self,
        (titre, blocs): (&[Inline], &[Noeud]),
        contexte: Contexte,
        sortie: &mut Vec<Piece>,
        imprimer: Blocs<'a>,
    ) {
        let grille = repartir(&[1], contexte.largeur);
        self.fiche(FicheTableau {
            style: "Encadre",
            grille: grille.clone(),
            insecables: vec![insecable(blocs.iter())],
            ..FicheTableau::default()
        });
        let mut dedans = Vec::new();
        if !titre.is_empty() {
            dedans.push(self.ligne("TitreEncadre", titre));
        }
        let interieur = Contexte {
            lieu: Lieu::Encadre,
            largeur: contexte.largeur.saturating_sub(2 * MARGES_CELLULE).max(200),
            liste: 0,
            ..contexte
        };
        imprimer(self, blocs, interieur, &mut dedans);
        let case = self.case(dedans, "TexteEncadre", grille[0]);
        self.pousser_tableau(Table::new(vec![TableRow::new(vec![case])]), contexte, sortie);
    }
}

fn remplir_cellule(case: TableCell, blocs: Vec<Piece>) -> TableCell {
    blocs.into_iter().fold(case, |case, bloc| match bloc {
        Piece::Paragraphe(p) => case.add_paragraph(*p),
        Piece::Tableau(t) => case.add_table(*t),
        Piece::Controle(c) => case.add_structured_data_tag(*c),
    })
}

fn role(genre: GenreLigne) -> Role {
    match genre {
        GenreLigne::Normale => Role::Normale,
        GenreLigne::Total => Role::Total,
        GenreLigne::Groupe => Role::Groupe,
    }
}

/// Shares a width in proportion, to the last twentieth of a point; no column is without width.
fn repartir(parts: &[u32], largeur: u32) -> Vec<u32> {
    let parts: Vec<u64> = parts.iter().map(|p| u64::from(*p).max(1)).collect();
    let total: u64 = parts.iter().sum();
    let mut cumul = 0;
    let mut place = 0;
    parts
        .iter()
        .map(|part| {
            cumul += part;
            let fin = u64::from(largeur) * cumul / total;
            let colonne = fin - place;
            place = fin;
            u32::try_from(colonne).unwrap_or(u32::MAX).max(20)
        })
        .collect()
}

/// The width under which the longest amount of each column would break, or a word of `lettres` letters.
fn besoins(tableau: &Tableau, lignes: &[(Role, &[Cellule])], lettres: usize) -> Vec<u32> {
    // A bold digit, even of the wide font that replaces an absent Calibri, in twentieths of a point, at each density of text.
    let chiffre = [132, 118, 97][usize::from(tableau.densite.min(2))];
    let largeur = |texte: &str, signes: usize| -> u32 {
        texte
            .chars()
            .take(signes)
            .map(|c| if c.is_alphanumeric() || c == '€' { chiffre } else { chiffre * 3 / 5 })
            .sum()
    };
    let mut besoins = vec![0; tableau.colonnes.len()];
    for (role, cellules) in lignes {
        let mut colonne = 0;
        for cellule in *cellules {
            let etendue = usize::from(cellule.etendue.max(1));
            if let (1, Some(definition)) = (etendue, tableau.colonnes.get(colonne)) {
                let besoin = cellule.blocs.iter().map(|n| match &n.bloc {
                    Bloc::Paragraphe(p)
                        if definition.chiffres && *role != Role::Entete && mots::en_chiffres(&p.contenu) =>
                    {
                        largeur(&mots::inlines(&p.contenu), 24) + MARGES_CELLULE
                    }
                    Bloc::Paragraphe(p) if lettres > 0 => {
                        let texte = mots::inlines(&p.contenu);
                        let largeurs = texte.split([' ', '-', '\n']).map(|mot| largeur(mot, lettres));
                        largeurs.max().unwrap_or(0) + MARGES_CELLULE
                    }
                    _ => 0,
                });
                besoins[colonne] = besoin.max().unwrap_or(0).max(besoins[colonne]);
            }
            colonne += etendue;
        }
    }
    besoins
}

/// Gives each column the width it needs, from those that have more than they need and than `plancher`.
fn elargir(mut grille: Vec<u32>, besoins: &[u32], plancher: u32) -> Vec<u32> {
    let besoin = |rang: usize| besoins.get(rang).copied().unwrap_or(0);
    for rang in 0..grille.len() {
        while grille[rang] < besoin(rang) {
            let manque = besoin(rang) - grille[rang];
            let trop = |(r, l): (usize, &u32)| (r, l.saturating_sub(besoin(r).max(plancher)));
            let Some((large, trop)) = grille.iter().enumerate().map(trop).max_by_key(|(_, trop)| *trop) else { break };
            if trop == 0 {
                break;
            }
            let pris = manque.min(trop.div_ceil(4));
            grille[large] -= pris;
            grille[rang] += pris;
        }
    }
    grille
}

/// Short enough to stay on one page.
fn insecable<'a>(noeuds: impl Iterator<Item = &'a Noeud>) -> bool {
    let mut longueur = 0;
    for noeud in noeuds {
        longueur += match &noeud.bloc {
            Bloc::Paragraphe(p) => mots::inlines(&p.contenu).chars().count(),
            Bloc::Titre(t) => mots::inlines(&t.contenu).chars().count(),
            Bloc::Liste(l) => l
                .elements
                .iter()
                .flatten()
                .map(|n| match &n.bloc {
                    Bloc::Paragraphe(p) => 60 + mots::inlines(&p.contenu).chars().count(),
                    _ => LIGNE_SECABLE,
                })
                .sum(),
            _ => LIGNE_SECABLE,
        };
    }
    longueur < LIGNE_SECABLE
}
