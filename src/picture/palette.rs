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

/// Shares 0…1 as ink, each rounded to a byte.
///
/// Shapes: `values` (n) → RGBA (4·n)
pub fn ink(values: &[f32], ink: [u8; 3]) -> Vec<u8> {
    values.iter().flat_map(|value| [ink[0], ink[1], ink[2], (value * 255.0).round() as u8]).collect()
}

/// Signed numbers in two colours: alpha is `|value| / scale`, at most 1.
///
/// What is not finite is painted opaque in ink: a network that has died must not look blank.
///
/// Shapes: `values` (n) → RGBA (4·n)
///
/// # Examples
/// ```
/// use atelier::picture::{Palette, diverging};
/// let palette = Palette { ink: [0; 3], positive: [0, 0, 255], negative: [255, 0, 0] };
/// let rgba = diverging(&[2.0f32, -1.0, 0.0], 2.0, &palette);
/// assert_eq!(rgba, [0, 0, 255, 255, 255, 0, 0, 128, 0, 0, 255, 0]);
/// ```
pub fn diverging<'a, R: Real>(
    values: impl IntoIterator<Item = &'a R>,
    scale: f64,
    palette: &Palette,
) -> Vec<u8> {
    let pixel = |value: &R| {
        let value = Real::to_f64(*value);
        if !value.is_finite() {
            return [palette.ink[0], palette.ink[1], palette.ink[2], 255];
        }
        let [red, green, blue] = if value < 0.0 { palette.negative } else { palette.positive };
        let alpha = (value.abs() / scale * 255.0).min(255.0).round() as u8;
        // 0 is paper, on a scale of 0 too.
        [red, green, blue, if value == 0.0 { 0 } else { alpha }]
    };
    values.into_iter().flat_map(pixel).collect()
}

/// Numbers between two ends, 0 and 1, in the colour of the nearer: ½ is paper.
///
/// Shapes: `values` (n) → RGBA (4·n)
pub fn two_ends(values: &[f64], palette: &Palette) -> Vec<u8> {
    let signed: Vec<f64> = values.iter().map(|value| 2.0 * value - 1.0).collect();
    diverging(&signed, 1.0, palette)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PALETTE: Palette = Palette { ink: [1, 2, 3], positive: [0, 0, 255], negative: [255, 0, 0] };

    #[test]
    fn intensity_keeps_the_byte_in_alpha() {
        assert_eq!(intensity(&[0, 7, 255], [9, 8, 7]), [9, 8, 7, 0, 9, 8, 7, 7, 9, 8, 7, 255]);
        assert_eq!(ink(&[0.0, 0.5, 1.0], [9, 8, 7]), [9, 8, 7, 0, 9, 8, 7, 128, 9, 8, 7, 255]);
    }

    #[test]
    fn zeros_are_paper_on_any_scale() {
        for scale in [0.0, 1.0] {
            let rgba = diverging(&[0.0f64, -0.0], scale, &PALETTE);
            assert_eq!((rgba[3], rgba[7]), (0, 0));
        }
    }

    #[test]
    fn what_is_not_finite_is_opaque_ink() {
        let rgba = diverging(&[f32::NAN, f32::INFINITY, 3.0], 3.0, &PALETTE);
        assert_eq!(rgba, [1, 2, 3, 255, 1, 2, 3, 255, 0, 0, 255, 255]);
    }

    #[test]
    fn what_is_larger_than_the_scale_stops_at_opaque() {
        let rgba = diverging(&[10.0f32, -1.0], 2.0, &PALETTE);
        assert_eq!((rgba[3], rgba[7]), (255, 128));
    }

    #[test]
    fn halfway_between_two_ends_is_paper() {
        let rgba = two_ends(&[0.0, 0.25, 0.5, 1.0], &PALETTE);
        assert_eq!(rgba, [255, 0, 0, 255, 255, 0, 0, 128, 0, 0, 255, 0, 0, 0, 255, 255]);
    }
}
