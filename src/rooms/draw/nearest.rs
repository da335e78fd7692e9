//! The training images that look most like a drawing, and how unusual their distance is.

use serde::{Deserialize, Serialize};

use crate::draw::PIXELS;
use crate::error::ArrayName;
use crate::{Error, Result};

/// An image of a set and its distance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct Neighbour {
    /// Its place in the set.
    pub index: u32,
    /// `√Σ (a − b)²` over 784 pixels 0…1.
    pub distance: f32,
}

/// The `count` images of `pixels` (784 bytes each) nearest to `image` (784 values 0…1), nearest first.
///
/// The image is rounded to 256 greys, so that the sum is one of whole numbers: the
/// same in any order, and fast. Of equal distances the lower index comes first.
///
/// # Errors
/// [`Error::Shape`] when `image` has not 784 values.
pub fn nearest(image: &[f32], pixels: &[u8], count: usize) -> Result<Vec<Neighbour>> {
    if image.len() != PIXELS {
        return Err(Error::shape(ArrayName::Image, PIXELS, image.len()));
    }
    let image: Vec<i16> = image.iter().map(|v| (v * 255.0).round() as i16).collect();
    let mut best: Vec<(u32, u32)> = Vec::with_capacity(count + 1);
    for (index, other) in pixels.chunks_exact(PIXELS).enumerate() {
        let square = square_distance(&image, other);
        if best.len() == count && best.last().is_none_or(|&(worst, _)| square >= worst) {
            continue;
        }
        let place = best.partition_point(|&(found, _)| found <= square);
        best.insert(place, (square, index as u32));
        best.truncate(count);
    }
    let neighbour = |(square, index)| Neighbour { index, distance: (square as f32).sqrt() / 255.0 };
    Ok(best.into_iter().map(neighbour).collect())
}

/// At most 784 · 255² = 51 million: fits.
fn square_distance(image: &[i16], other: &[u8]) -> u32 {
    image
        .iter()
        .zip(other)
        .map(|(&a, &b)| {
            let d = i32::from(a) - i32::from(b);
            (d * d) as u32
        })
        .sum()
}

/// Which share of unseen digits lies nearer to the training images than `distance`, 0…1.
///
/// `quantiles` are the distances of test images to their nearest training image, evenly from the
/// smallest to the largest; between two of them the share grows linearly.
///
/// # Examples
/// ```
/// use atelier::rooms::draw::nearest::share_nearer;
/// assert_eq!(share_nearer(&[2.0, 4.0, 8.0], 3.0), 0.25);
/// assert_eq!(share_nearer(&[2.0, 4.0, 8.0], 9.0), 1.0);
/// ```
pub fn share_nearer(quantiles: &[f32], distance: f32) -> f32 {
    let steps = quantiles.len().saturating_sub(1);
    let place = quantiles.partition_point(|&quantile| quantile < distance);
    if place == 0 || steps == 0 {
        return 0.0;
    }
    let Some(&above) = quantiles.get(place) else { return 1.0 };
    let below = quantiles[place - 1];
    let part = if above > below { (distance - below) / (above - below) } else { 0.0 };
    ((place - 1) as f32 + part) / steps as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Generator;
    use rand::RngExt;

    #[test]
    fn the_nearest_are_found_in_order() {
        let mut generator = Generator::new(3);
        let pixels: Vec<u8> = (0..50 * PIXELS).map(|_| generator.random()).collect();
        let image: Vec<f32> = pixels[7 * PIXELS..8 * PIXELS].iter().map(|&v| f32::from(v) / 255.0).collect();
        let found = nearest(&image, &pixels, 5).unwrap();
        assert_eq!(found[0], Neighbour { index: 7, distance: 0.0 });
        assert!(found.windows(2).all(|pair| pair[0].distance <= pair[1].distance));
        // The simple way, in f64.
        let mut all: Vec<f64> = pixels
            .chunks_exact(PIXELS)
            .map(|other| {
                let squares =
                    image.iter().zip(other).map(|(a, &b)| (f64::from(*a) - f64::from(b) / 255.0).powi(2));
                squares.sum::<f64>().sqrt()
            })
            .collect();
        all.sort_by(f64::total_cmp);
        for (neighbour, distance) in found.iter().zip(all) {
            assert!((f64::from(neighbour.distance) - distance).abs() < 1e-5);
        }
        assert!(nearest(&image[1..], &pixels, 5).is_err());
        assert_eq!(nearest(&image, &pixels[..PIXELS], 5).unwrap().len(), 1);
        assert!(nearest(&image, &[], 5).unwrap().is_empty());
    }

    #[test]
    fn shares_run_from_0_to_1_and_never_fall() {
        let quantiles = [1.0, 1.0, 2.0, 5.0];
        let shares: Vec<f32> = (0..60).map(|i| share_nearer(&quantiles, i as f32 * 0.1)).collect();
        assert_eq!((shares[0], shares[59]), (0.0, 1.0));
        assert!(shares.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(share_nearer(&[], 1.0), 0.0);
    }
}
