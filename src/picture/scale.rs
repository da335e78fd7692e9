//! Which magnitude is painted opaque.

use crate::Real;

/// Of many numbers, this share is paler than the deepest colour.
const MOST: f64 = 0.98;

/// The largest magnitude of the finite values; 0 where there is none.
pub fn largest_magnitude<'a, R: Real>(values: impl IntoIterator<Item = &'a R>) -> f64 {
    let magnitudes = values.into_iter().map(|value| Real::to_f64(*value).abs());
    magnitudes.filter(|magnitude| magnitude.is_finite()).fold(0.0, f64::max)
}

/// The magnitude that `share` (0…1) of the finite values do not exceed; 0 where there is none.
///
/// # Examples
/// ```
/// let values = [0.1f32, -0.3, 0.2, 9.0];
/// assert_eq!(atelier::picture::magnitude_of_most(&values, 0.75), f64::from(0.3f32));
/// assert_eq!(atelier::picture::magnitude_of_most(&values, 1.0), 9.0);
/// ```
pub fn magnitude_of_most<'a, R: Real>(values: impl IntoIterator<Item = &'a R>, share: f64) -> f64 {
    let finite = values.into_iter().filter(|value| value.is_finite());
    let mut magnitudes: Vec<R> = finite.map(|value| value.abs()).collect();
    if magnitudes.is_empty() {
        return 0.0;
    }
    let within = (share.clamp(0.0, 1.0) * magnitudes.len() as f64).ceil() as usize;
    let last = within.saturating_sub(1).min(magnitudes.len() - 1);
    let (_, magnitude, _) =
        magnitudes.select_nth_unstable_by(last, |a, b| a.partial_cmp(b).expect("finite values are ordered"));
    Real::to_f64(*magnitude)
}

/// A scale that a few outliers do not stretch: a handful of large weights at the rim would make all the rest pale.
///
/// The magnitude that 98 of 100 finite values do not exceed, or the largest where those are all 0.
pub fn scale_for_most<'a, R: Real>(values: impl IntoIterator<Item = &'a R> + Clone) -> f64 {
    let most = magnitude_of_most(values.clone(), MOST);
    if most > 0.0 { most } else { largest_magnitude(values) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_values_of_none_of_one_and_of_what_is_not_finite() {
        assert_eq!(magnitude_of_most::<f32>(&[], 0.5), 0.0);
        assert_eq!(magnitude_of_most(&[f64::NAN, f64::INFINITY], 0.5), 0.0);
        assert_eq!(magnitude_of_most(&[f64::NAN, -2.0, 1.0], 0.5), 1.0);
        assert_eq!(magnitude_of_most(&[-2.0, 1.0], 0.0), 1.0);
        assert_eq!(magnitude_of_most(&[-2.0, 1.0], f64::NAN), 1.0);
    }

    #[test]
    fn the_largest_is_the_largest_finite_one() {
        assert_eq!(largest_magnitude::<f32>(&[]), 0.0);
        assert_eq!(largest_magnitude(&[f32::NAN, f32::INFINITY, 3.0, -4.0]), 4.0);
    }

    #[test]
    fn two_of_a_hundred_are_outliers_unless_the_rest_is_nothing() {
        let mut values = vec![1.0f32; 98];
        values.extend([50.0, -60.0]);
        assert_eq!(scale_for_most(&values), 1.0);
        values[..98].fill(0.0);
        assert_eq!(scale_for_most(&values), 60.0);
        assert_eq!(scale_for_most(&[0.0f32; 3]), 0.0);
    }
}
