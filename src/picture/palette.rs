//! One number, one pixel: ink by intensity, or two colours by sign.

use crate::Real;
use serde::{Deserialize, Serialize};

/// The theme's three colours, red, green and blue 0…255.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Palette {
    /// For intensities, and for what is not a number.
    pub ink: [u8; 3],
    /// For values above 0.
    pub positive: [u8; 3],
    /// For values below 0.
    pub negative: [u8; 3],
}

/// Bytes as ink: alpha is the byte, so 0 shows the paper.
///
/// Shapes: `values` (n) → RGBA (4·n)
pub fn intensity(values: &[u8], ink: [u8; 3]) -> Vec<u8> {
    values.iter().flat_map(|&value| [ink[0], ink[1], ink[2], value]).collect()
}

/// A picture of signed numbers and the magnitude that is fully opaque in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Diverging {
    /// Four bytes a value.
    pub rgba: Vec<u8>,
    /// The magnitude painted opaque.
    pub scale: f64,
}

/// Signed numbers in two colours: alpha is `|value| / scale`, at most 1.
///
/// Without a `scale` the largest finite magnitude is taken. What is not finite
/// is painted opaque in ink: a network that has died must not look blank.
///
/// Shapes: `values` (n) → RGBA (4·n)
///
/// # Examples
/// ```
/// use atelier::picture::{Palette, diverging};
/// let palette = Palette { ink: [0; 3], positive: [0, 0, 255], negative: [255, 0, 0] };
/// let picture = diverging(&[2.0f32, -1.0, 0.0], None, &palette);
/// assert_eq!(picture.scale, 2.0);
/// assert_eq!(picture.rgba, [0, 0, 255, 255, 255, 0, 0, 128, 0, 0, 255, 0]);
/// ```
pub fn diverging<R: Real>(values: &[R], scale: Option<f64>, palette: &Palette) -> Diverging {
    let scale = scale.filter(|scale| scale.is_finite() && *scale > 0.0).unwrap_or_else(|| {
        let finite = values.iter().map(|value| Real::to_f64(*value).abs()).filter(|value| value.is_finite());
        finite.fold(0.0, f64::max)
    });
    let pixel = |value: &R| {
        let value = Real::to_f64(*value);
        if !value.is_finite() {
            return [palette.ink[0], palette.ink[1], palette.ink[2], 255];
        }
        let [red, green, blue] = if value < 0.0 { palette.negative } else { palette.positive };
        // 0/0 when all values are 0: a float cast makes NaN 0, which is what is wanted.
        let alpha = (value.abs() / scale * 255.0).min(255.0).round() as u8;
        [red, green, blue, if value == 0.0 { 0 } else { alpha }]
    };
    Diverging { rgba: values.iter().flat_map(pixel).collect(), scale }
}

/// The magnitude that `share` (0…1) of the finite values do not exceed; 0 where there is none.
///
/// As a scale for [`diverging`] it keeps a few outliers from making everything else pale.
///
/// # Examples
/// ```
/// let values = [0.1f32, -0.3, 0.2, 9.0];
/// assert_eq!(atelier::picture::magnitude_of_most(&values, 0.75), f64::from(0.3f32));
/// assert_eq!(atelier::picture::magnitude_of_most(&values, 1.0), 9.0);
/// ```
pub fn magnitude_of_most<R: Real>(values: &[R], share: f64) -> f64 {
    let mut magnitudes: Vec<R> =
        values.iter().filter(|value| value.is_finite()).map(|value| value.abs()).collect();
    if magnitudes.is_empty() {
        return 0.0;
    }
    let within = (share.clamp(0.0, 1.0) * magnitudes.len() as f64).ceil() as usize;
    let last = within.saturating_sub(1).min(magnitudes.len() - 1);
    let (_, magnitude, _) =
        magnitudes.select_nth_unstable_by(last, |a, b| a.partial_cmp(b).expect("finite values are ordered"));
    Real::to_f64(*magnitude)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PALETTE: Palette = Palette { ink: [1, 2, 3], positive: [0, 0, 255], negative: [255, 0, 0] };

    #[test]
    fn intensity_keeps_the_byte_in_alpha() {
        assert_eq!(intensity(&[0, 7, 255], [9, 8, 7]), [9, 8, 7, 0, 9, 8, 7, 7, 9, 8, 7, 255]);
    }

    #[test]
    fn zeros_are_paper_and_the_scale_is_0() {
        let picture = diverging(&[0.0f64, -0.0], None, &PALETTE);
        assert_eq!((picture.rgba[3], picture.rgba[7], picture.scale), (0, 0, 0.0));
    }

    #[test]
    fn what_is_not_finite_is_opaque_ink_and_leaves_the_scale_alone() {
        let picture = diverging(&[f32::NAN, f32::INFINITY, 3.0], None, &PALETTE);
        assert_eq!(picture.scale, 3.0);
        assert_eq!(picture.rgba[..8], [1, 2, 3, 255, 1, 2, 3, 255]);
    }

    #[test]
    fn most_values_of_none_of_one_and_of_what_is_not_finite() {
        assert_eq!(magnitude_of_most::<f32>(&[], 0.5), 0.0);
        assert_eq!(magnitude_of_most(&[f64::NAN, f64::INFINITY], 0.5), 0.0);
        assert_eq!(magnitude_of_most(&[f64::NAN, -2.0, 1.0], 0.5), 1.0);
        assert_eq!(magnitude_of_most(&[-2.0, 1.0], 0.0), 1.0);
        assert_eq!(magnitude_of_most(&[-2.0, 1.0], f64::NAN), 1.0);
    }

    #[test]
    fn a_given_scale_holds_and_larger_values_stop_at_opaque() {
        let picture = diverging(&[10.0f32, -1.0], Some(2.0), &PALETTE);
        assert_eq!((picture.rgba[3], picture.rgba[7], picture.scale), (255, 128, 2.0));
    }
}
