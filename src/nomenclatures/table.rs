//! Turns a `;`-separated text embedded in the program into rows read by column name. It must not know
//! what the columns mean.

/// The rows of a table whose first line names the columns. No quoting: a cell holds no `;`.
///
/// Panics if a line has not the number of cells of the first: the tables are part of the program and
/// the tests read them all.
pub(super) fn lignes(texte: &'static str) -> impl Iterator<Item = Ligne> {
    let mut lignes = texte.lines().filter(|ligne| !ligne.trim().is_empty());
    let colonnes: Vec<&'static str> = lignes.next().unwrap_or_default().split(';').collect();
    lignes.map(move |ligne| {
        let cellules: Vec<&'static str> = ligne.split(';').collect();
        assert_eq!(cellules.len(), colonnes.len(), "embedded table, line « {ligne} »");
        Ligne(colonnes.iter().copied().zip(cellules).collect())
    })
}

/// One row.
pub(super) struct Ligne(Vec<(&'static str, &'static str)>);

impl Ligne {
    /// The cell of a column, which must exist in the embedded table.
    pub(super) fn cellule(&self, colonne: &str) -> &'static str {
        self.0
            .iter()
            .find(|(nom, _)| *nom == colonne)
            .map(|(_, cellule)| *cellule)
            .expect("the embedded table has this column")
    }

    /// The values of a cell, separated by `|`.
    pub(super) fn liste(&self, colonne: &str) -> Vec<&'static str> {
        self.cellule(colonne).split('|').filter(|valeur| !valeur.is_empty()).collect()
    }

    /// The cell, or nothing when it is empty.
    pub(super) fn facultative(&self, colonne: &str) -> Option<&'static str> {
        Some(self.cellule(colonne)).filter(|cellule| !cellule.is_empty())
    }
}
