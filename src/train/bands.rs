//! A noisy curve as a band: its mean, and between which values most of it lies.

/// What some losses in a row came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Updates made when the last of them was measured.
    pub step: usize,
    /// Their mean.
    pub mean: f64,
    /// The value that a tenth of them do not exceed.
    pub low: f64,
    /// The value that nine tenths of them do not exceed.
    pub high: f64,
}

/// After every `every` losses, and after the last, the band of the `width` before it; at the start of those there are.
///
/// A percentile is NumPy's usual one: between the two of the ordered values that are nearest to its place, on a
/// straight line. Losses of one batch each, in the order of the steps; a `width` or `every` of 0 counts as 1.
///
/// # Examples
/// ```
/// use atelier::train::bands::{Band, bands};
/// let found = bands(&[4.0, 1.0, 2.0], 2, 2);
/// assert_eq!(found[0], Band { step: 2, mean: 2.5, low: 1.3, high: 3.7 });
/// assert_eq!(found[1], Band { step: 3, mean: 1.5, low: 1.1, high: 1.9 });
/// ```
///
/// # References
/// NumPy, `numpy.percentile`, method "linear"; R. J. Hyndman, Y. Fan, *Sample Quantiles in Statistical Packages*,
/// The American Statistician 50 (1996), definition 7.
pub fn bands(losses: &[f32], width: usize, every: usize) -> Vec<Band> {
    let (width, every) = (width.max(1), every.max(1));
    let mut ends: Vec<usize> = (every..=losses.len()).step_by(every).collect();
    if !losses.is_empty() && ends.last() != Some(&losses.len()) {
        ends.push(losses.len());
    }
    let band = |step: usize| {
        let mut sorted: Vec<f64> =
            losses[step.saturating_sub(width)..step].iter().map(|&loss| f64::from(loss)).collect();
        let mean = sorted.iter().sum::<f64>() / sorted.len() as f64;
        sorted.sort_unstable_by(f64::total_cmp);
        Band { step, mean, low: percentile(&sorted, 10), high: percentile(&sorted, 90) }
    };
    ends.into_iter().map(band).collect()
}

/// Percentile `q` of values in rising order, of which there is one.
fn percentile(sorted: &[f64], q: usize) -> f64 {
    let place = q as f64 / 100.0 * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    let (share, from, to) = (place - place.floor(), sorted[below], sorted[above]);
    // From the nearer end, as NumPy, so that neither is missed by rounding.
    if share < 0.5 { from + (to - from) * share } else { to - (to - from) * (1.0 - share) }
}
