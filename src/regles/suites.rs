//! Figures of years that follow one another: the one that does not go with its neighbours.
//!
//! It must not know what the figures count. One figure is pointed out only when the others agree among themselves: a change of
//! scale that lasts is a fact, a figure alone is a slip.

/// Ratio from which the last figure, or the first, is out of scale when the step to it is large.
const RAPPORT: f64 = 5.0;
/// How many times the largest of the steps beside such a step is large.
const PAS: f64 = 5.0;
/// Ratio from which it is out of scale for itself: ten times is what a digit makes.
const RAPPORT_SEUL: f64 = 10.0;
/// The same for such a ratio: a beginning goes fast, but its next year too.
const PAS_SEUL: f64 = 1.5;
/// From as many figures on, a series says how far it moves in a year.
const LONGUE: usize = 4;

/// The rank of a figure between two that agree, to `ecart` (0.08: 8 %), and that it leaves by more than that.
pub fn isolee(valeurs: &[f64], ecart: f64) -> Option<usize> {
    let proches = |a: f64, b: f64| (a - b).abs() <= ecart * a.abs().max(b.abs());
    (1..valeurs.len().saturating_sub(1)).find(|&n| {
        let (avant, ici, apres) = (valeurs[n - 1], valeurs[n], valeurs[n + 1]);
        let dehors = (ici > avant && ici > apres) || (ici < avant && ici < apres);
        dehors && avant != 0.0 && proches(avant, apres) && !proches(ici, avant) && !proches(ici, apres)
    })
}

/// The rank of the last figure, or of the first, when it is several times its neighbour, or a fraction of it, and the others are not;
/// in a long series, when it leaves its neighbour by more than `ecart`, and by far more than any year does.
pub fn demesuree(valeurs: &[f64], ecart: f64) -> Option<usize> {
    let dernier = valeurs.len().checked_sub(1)?;
    if saute(valeurs, ecart) {
        return Some(dernier);
    }
    let inverses: Vec<f64> = valeurs.iter().rev().copied().collect();
    // Of two figures, nothing says which is wrong: the second is the one to look at.
    (dernier > 1 && saute(&inverses, ecart)).then_some(0)
}

/// Whether the last figure is out of scale.
fn saute(valeurs: &[f64], ecart: f64) -> bool {
    let [debut @ .., avant, ici] = valeurs else { return false };
    if *avant == 0.0 || *ici == 0.0 {
        return false;
    }
    let rapport = (ici / avant).abs().max((avant / ici).abs());
    let pas = (ici - avant).abs();
    let suite: Vec<f64> = debut.iter().copied().chain([*avant]).collect();
    let plus_grand = |suite: &[f64]| suite.windows(2).map(|deux| (deux[1] - deux[0]).abs()).fold(0.0, f64::max);
    // Only the steps just before: an older change of scale says nothing of this one.
    let voisins = plus_grand(&suite[suite.len().saturating_sub(3)..]);
    let d_echelle = (rapport >= RAPPORT && pas > PAS * voisins && !debut.is_empty())
        || (rapport > RAPPORT_SEUL && pas > PAS_SEUL * voisins);
    let reguliere = valeurs.len() >= LONGUE && pas > PAS * plus_grand(&suite);
    d_echelle || (reguliere && pas > ecart * avant.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_figure_that_leaves_its_neighbours_is_pointed_out() {
        assert_eq!(isolee(&[100.0, 101.0, 112.0, 103.0], 0.08), Some(2));
        assert_eq!(isolee(&[100.0, 10.0, 102.0], 0.08), Some(1));
        assert_eq!(isolee(&[-100.0, -1000.0, -102.0], 0.08), Some(1));
    }

    #[test]
    fn a_change_of_scale_that_lasts_is_a_fact() {
        assert_eq!(isolee(&[100.0, 101.0, 150.0, 151.0], 0.08), None);
        assert_eq!(isolee(&[60.0, 75.0, 85.0, 90.0], 0.08), None);
        for suite in
            [&[10.0, 40.0, 90.0, 160.0][..], &[1.0, 10.0, 15.0], &[], &[4.0, 0.0], &[100.0, 103.0, 106.0, 112.0]]
        {
            assert_eq!(demesuree(suite, 0.08), None, "{suite:?}");
        }
        assert_eq!(isolee(&[], 0.08), None);
    }

    #[test]
    fn a_first_or_last_figure_out_of_scale_is_pointed_out() {
        for (suite, rang) in [
            (&[60.0, 62.0, 64.0, 660.0][..], 3),
            (&[60.0, 62.0, 64.0, 6.6], 3),
            (&[6.0, 62.0, 64.0], 0),
            (&[3.4, 45.0, 60.0], 0),
            (&[5.0, 55.0], 1),
            (&[100.0, 101.0, 102.0, 115.0], 3),
        ] {
            assert_eq!(demesuree(suite, 0.08), Some(rang), "{suite:?}");
        }
        assert_eq!(demesuree(&[5.0, 30.0], 0.08), None);
    }
}
