//! From bytes 0…255 to the numbers that enter a network.
//!
//! Every scaling here is affine in each pixel, `x · multiply + add`, so that a
//! fitted one is two arrays of 784 numbers and costs one multiplication and
//! one addition a pixel.

use super::{LabelledImages, PIXELS};
use serde::{Deserialize, Serialize};

/// How pixels are scaled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Scaling {
    /// The bytes as they are, 0…255.
    None,
    /// (x − 0) / (255 − 0): 0…1. The range is that of a byte, not of the data, as in the course.
    #[default]
    MinMax,
    /// (x − mean) / deviation, each pixel with its own mean and deviation over the training images.
    Standardized,
}

impl Scaling {
    /// Every scaling, in the order in which the page lists them.
    pub const ALL: [Self; 3] = [Self::MinMax, Self::Standardized, Self::None];
}

/// A fitted scaling: `multiply` and `add` for each of the 784 pixels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PixelScaling {
    multiply: Vec<f32>,
    add: Vec<f32>,
    constant_pixels: Vec<u32>,
}

impl PixelScaling {
    /// Fits `scaling` to the images at `train_indices`, and to no others: what
    /// validation and test images look like must not leak into training.
    ///
    /// Mean and (population) deviation come from exact integer sums. A pixel
    /// that is the same in all those images has deviation 0 and would divide by
    /// it: it becomes 0 always, and is named in [`PixelScaling::constant_pixels`].
    ///
    /// # Panics
    /// When an index is outside the set.
    pub fn fit(scaling: Scaling, images: &LabelledImages, train_indices: &[u32]) -> Self {
        match scaling {
            Scaling::None => Self::same_for_all(1.0),
            Scaling::MinMax => Self::min_max(),
            Scaling::Standardized => {
                let moments = Moments::of(images, train_indices);
                let mut fitted = Self::same_for_all(0.0);
                for pixel in 0..PIXELS {
                    let (mean, deviation) = (moments.mean[pixel], moments.deviation[pixel]);
                    if deviation > 0.0 {
                        fitted.multiply[pixel] = (1.0 / deviation) as f32;
                        fitted.add[pixel] = (-mean / deviation) as f32;
                    } else {
                        fitted.constant_pixels.push(pixel as u32);
                    }
                }
                fitted
            }
        }
    }

    /// [`Scaling::MinMax`], which no image has a say in.
    pub fn min_max() -> Self {
        Self::same_for_all(1.0 / 255.0)
    }

    fn same_for_all(multiply: f64) -> Self {
        Self { multiply: vec![multiply as f32; PIXELS], add: vec![0.0; PIXELS], constant_pixels: Vec::new() }
    }

    /// Scales one image of 784 bytes into `out` of 784 floats.
    ///
    /// # Panics
    /// When a length is not 784.
    pub fn apply(&self, image: &[u8], out: &mut [f32]) {
        assert_eq!((image.len(), out.len()), (PIXELS, PIXELS));
        for (((out, &x), &multiply), &add) in out.iter_mut().zip(image).zip(&self.multiply).zip(&self.add) {
            *out = affine(x, multiply, add);
        }
    }

    /// What [`PixelScaling::apply`] makes of `byte` at `pixel`, the same bits.
    ///
    /// # Panics
    /// When `pixel` is not below 784.
    pub fn scaled(&self, pixel: usize, byte: u8) -> f32 {
        affine(byte, self.multiply[pixel], self.add[pixel])
    }

    /// The 784 factors.
    pub fn multiply(&self) -> &[f32] {
        &self.multiply
    }

    /// The 784 summands.
    pub fn add(&self) -> &[f32] {
        &self.add
    }

    /// The factor, when the scaling is the same factor for every pixel and nothing else.
    pub fn common_factor(&self) -> Option<f32> {
        let first = self.multiply[0];
        let is_common = self.multiply.iter().all(|&factor| factor == first)
            && self.add.iter().all(|&summand| summand == 0.0);
        is_common.then_some(first)
    }

    /// Pixels that never change in the training images; standardised, they are always 0.
    pub fn constant_pixels(&self) -> &[u32] {
        &self.constant_pixels
    }
}

/// In `f32`, as a network gets it: 255/255 is then 1, where the factor of 32 bits taken to 64 makes it 1.00000006.
fn affine(x: u8, multiply: f32, add: f32) -> f32 {
    f32::from(x) * multiply + add
}

/// Mean and population deviation of each pixel.
#[derive(Clone, Debug, PartialEq)]
pub struct Moments {
    /// Mean of each of the 784 pixels, 0…255.
    pub mean: Vec<f64>,
    /// Population deviation of each pixel, the root of the mean square less the squared mean.
    pub deviation: Vec<f64>,
}

impl Moments {
    /// Moments over the images at `indices`; zeros when there are none.
    ///
    /// The sums are integers (at most 255² · 10⁶, far below 2⁶⁴) and
    /// `n·Σx² − (Σx)²` is exact in 128 bits, so nothing cancels.
    ///
    /// # Panics
    /// When an index is outside the set.
    pub fn of(images: &LabelledImages, indices: &[u32]) -> Self {
        let mut sums = vec![0u64; PIXELS];
        let mut squares = vec![0u64; PIXELS];
        for &index in indices {
            for ((sum, square), &x) in sums.iter_mut().zip(&mut squares).zip(images.image(index as usize)) {
                let x = u64::from(x);
                *sum += x;
                *square += x * x;
            }
        }
        let n = indices.len().max(1) as f64;
        let mean = sums.iter().map(|&sum| sum as f64 / n).collect();
        let deviation = sums.iter().zip(&squares).map(|(&sum, &square)| {
            let scaled = indices.len() as u128 * u128::from(square) - u128::from(sum) * u128::from(sum);
            (scaled as f64).sqrt() / n
        });
        Self { mean, deviation: deviation.collect() }
    }
}
