//! Two sequences → the elements that they share, in order; its cost grows with their length, whatever they hold.

use std::collections::BTreeMap;

/// Largest table of a comparison element by element.
const CASES_MAX: usize = 250_000;

/// The pairs of equal elements, both ranks growing. Elements that stand once on each side are found first; what is between them is
/// compared exactly when it is short, by occurrences when it is long.
pub(super) fn aligner<T: Ord>(avant: &[T], apres: &[T]) -> Vec<(usize, usize)> {
    let mut numeros: BTreeMap<&T, usize> = BTreeMap::new();
    for element in avant.iter().chain(apres) {
        let prochain = numeros.len();
        numeros.entry(element).or_insert(prochain);
    }
    let en_numeros = |suite: &[T]| -> Vec<usize> { suite.iter().filter_map(|e| numeros.get(e).copied()).collect() };
    let (a, b) = (en_numeros(avant), en_numeros(apres));
    let mut paires = Vec::new();
    let debut = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let fin = a[debut..].iter().rev().zip(b[debut..].iter().rev()).take_while(|(x, y)| x == y).count();
    paires.extend((0..debut).map(|rang| (rang, rang)));
    let (milieu_a, milieu_b) = (&a[debut..a.len() - fin], &b[debut..b.len() - fin]);
    let (mut i, mut j) = (0, 0);
    let ancres = croissante(&uniques(milieu_a, milieu_b));
    for (x, y) in ancres.into_iter().chain([(milieu_a.len(), milieu_b.len())]) {
        for (p, q) in entre(&milieu_a[i..x], &milieu_b[j..y]) {
            paires.push((debut + i + p, debut + j + q));
        }
        if x < milieu_a.len() && y < milieu_b.len() {
            paires.push((debut + x, debut + y));
        }
        (i, j) = ((x + 1).min(milieu_a.len()), (y + 1).min(milieu_b.len()));
    }
    paires.extend((0..fin).rev().map(|rang| (a.len() - 1 - rang, b.len() - 1 - rang)));
    paires
}

/// The ranks of the elements that stand once on each side, in the order of the first.
fn uniques(a: &[usize], b: &[usize]) -> Vec<(usize, usize)> {
    let seuls = |suite: &[usize]| {
        let mut rangs: BTreeMap<usize, Option<usize>> = BTreeMap::new();
        for (rang, element) in suite.iter().enumerate() {
            rangs.entry(*element).and_modify(|seul| *seul = None).or_insert(Some(rang));
        }
        rangs
    };
    let dans_b = seuls(b);
    let mut paires: Vec<(usize, usize)> =
        seuls(a).into_iter().filter_map(|(element, x)| Some((x?, (*dans_b.get(&element)?)?))).collect();
    paires.sort_unstable();
    paires
}

/// What two stretches share.
fn entre(a: &[usize], b: &[usize]) -> Vec<(usize, usize)> {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    match a.len().checked_mul(b.len()) {
        Some(cases) if cases <= CASES_MAX => exacte(a, b),
        _ => croissante(&par_occurrences(a, b)),
    }
}

/// The nth of one side with the nth of the other.
fn par_occurrences(a: &[usize], b: &[usize]) -> Vec<(usize, usize)> {
    let mut rangs: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    b.iter().enumerate().for_each(|(rang, element)| rangs.entry(*element).or_default().push(rang));
    let mut vus: BTreeMap<usize, usize> = BTreeMap::new();
    let mut paires = Vec::new();
    for (rang, element) in a.iter().enumerate() {
        let vu = vus.entry(*element).or_default();
        paires.extend(rangs.get(element).and_then(|suite| suite.get(*vu)).map(|autre| (rang, *autre)));
        *vu += 1;
    }
    paires
}

/// The longest choice of pairs whose second ranks grow; the first ones do.
pub(super) fn croissante(paires: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length, the pair that ends a choice of that length with the least second rank; and the pair before each.
    let mut fins: Vec<usize> = Vec::new();
    let mut avant: Vec<Option<usize>> = Vec::with_capacity(paires.len());
    for (rang, (_, y)) in paires.iter().enumerate() {
        let place = fins.partition_point(|fin| paires[*fin].1 < *y);
        avant.push(place.checked_sub(1).map(|precedente| fins[precedente]));
        match fins.get_mut(place) {
            Some(fin) => *fin = rang,
            None => fins.push(rang),
        }
    }
    let mut sortie = Vec::with_capacity(fins.len());
    let mut courant = fins.last().copied();
    while let Some(rang) = courant {
        sortie.push(paires[rang]);
        courant = avant[rang];
    }
    sortie.reverse();
    sortie
}

/// The longest common choice, by the usual table.
fn exacte(a: &[usize], b: &[usize]) -> Vec<(usize, usize)> {
    let largeur = b.len() + 1;
    let mut longueurs = vec![0_u32; (a.len() + 1) * largeur];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longueurs[i * largeur + j] = if a[i] == b[j] {
                longueurs[(i + 1) * largeur + j + 1] + 1
            } else {
                longueurs[(i + 1) * largeur + j].max(longueurs[i * largeur + j + 1])
            };
        }
    }
    let (mut i, mut j, mut sortie) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            sortie.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longueurs[(i + 1) * largeur + j] >= longueurs[i * largeur + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    sortie
}

/// The stretches that differ, as ranges of both sides.
pub(super) fn differences<T: Ord>(avant: &[T], apres: &[T]) -> Vec<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let (mut i, mut j, mut sortie) = (0, 0, Vec::new());
    for (x, y) in aligner(avant, apres).into_iter().chain([(avant.len(), apres.len())]) {
        if x > i || y > j {
            sortie.push((i..x, j..y));
        }
        (i, j) = (x + 1, y + 1);
    }
    sortie
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mots(texte: &str) -> Vec<&str> {
        texte.split_whitespace().collect()
    }

    #[test]
    fn what_was_added_removed_or_changed_is_found() {
        for (avant, apres, attendu) in [
            ("a b c", "a b c", vec![]),
            ("a b c", "a c", vec![(1..2, 1..1)]),
            ("a c", "a b c", vec![(1..1, 1..2)]),
            ("a b c", "a x c", vec![(1..2, 1..2)]),
            ("t a t b t c", "t t a t b t c", vec![(0..0, 0..1)]),
            ("", "a", vec![(0..0, 0..1)]),
        ] {
            let trouve = differences(&mots(avant), &mots(apres));
            let retires: usize = trouve.iter().map(|(a, b)| a.len() + b.len()).sum();
            let attendus: usize = attendu.iter().map(|(a, b)| a.len() + b.len()).sum();
            assert_eq!(retires, attendus, "{avant} / {apres}: {trouve:?}");
        }
        assert_eq!(differences(&mots("a b c"), &mots("a x c")), [(1..2, 1..2)]);
    }

    proptest! {
        #[test]
        fn pairs_are_equal_elements_in_order(a in prop::collection::vec(0u8..6, 0..40), b in prop::collection::vec(0u8..6, 0..40)) {
            let paires = aligner(&a, &b);
            for (x, y) in &paires {
                prop_assert_eq!(a[*x], b[*y]);
            }
            for suite in paires.windows(2) {
                prop_assert!(suite[0].0 < suite[1].0 && suite[0].1 < suite[1].1);
            }
        }
    }

    /// Twenty thousand elements, all changed, all the same, or in the opposite order: the table of 4·10⁸ cells is never made.
    #[test]
    fn long_sequences_are_compared_within_bounds() {
        let suite = |f: &dyn Fn(usize) -> usize| (0..20_000).map(f).collect::<Vec<usize>>();
        let avant = suite(&|n| n);
        assert_eq!(aligner(&avant, &suite(&|n| n + 20_000)), []);
        assert_eq!(aligner(&avant, &suite(&|n| 19_999 - n)).len(), 1);
        assert!(aligner(&suite(&|n| n % 7), &suite(&|n| (n + 3) % 7)).len() > 11_000);
    }
}
