//! What the benchmarks share: the median of several runs.

use std::time::{Duration, Instant};

/// How long it takes: the median of that many runs.
pub fn mediane(tours: usize, mut faire: impl FnMut()) -> Duration {
    let mut durees: Vec<Duration> = (0..tours)
        .map(|_| {
            let debut = Instant::now();
            faire();
            debut.elapsed()
        })
        .collect();
    durees.sort_unstable();
    durees[tours / 2]
}
