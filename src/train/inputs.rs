//! Bytes of images to the inputs of a network.

use crate::Real;
use crate::data::{PixelScaling, nearby};
use crate::nn::Forward;

/// Images that are asked for at once, so that their ways through memory overlap; together they fit in the
/// smallest first-level cache, 32 KiB.
const FETCHED_TOGETHER: usize = 16;

/// A fitted scaling in the network's own float type: `x · multiply + add`, pixel by pixel.
#[derive(Clone, Debug)]
pub(crate) struct Inputs<R> {
    multiply: Vec<R>,
    add: Vec<R>,
    /// The factor of a scaling that is one factor and nothing else: the same numbers, with less to read.
    factor: Option<R>,
}

impl<R: Real> Inputs<R> {
    pub fn new(scaling: &PixelScaling) -> Self {
        let factor = scaling.common_factor().map(|factor| R::of(f64::from(factor)));
        Self { factor, ..Self::of(scaling.multiply(), scaling.add()) }
    }

    /// A scaling of given numbers.
    pub fn of(multiply: &[f32], add: &[f32]) -> Self {
        let widen = |values: &[f32]| values.iter().map(|&value| R::of(f64::from(value))).collect();
        Self { multiply: widen(multiply), add: widen(add), factor: None }
    }

    /// One image.
    pub fn scale(&self, image: &[u8], out: &mut [R]) {
        if let Some(factor) = self.factor {
            for (out, bytes) in out.as_chunks_mut::<16>().0.iter_mut().zip(image.as_chunks::<16>().0) {
                *out = bytes.map(|x| <R as From<u8>>::from(x) * factor);
            }
            return;
        }
        for (((out, &x), &multiply), &add) in out.iter_mut().zip(image).zip(&self.multiply).zip(&self.add) {
            *out = <R as From<u8>>::from(x) * multiply + add;
        }
    }

    /// Some images, into the inputs of `forward`.
    pub fn gather<'a>(
        &self,
        images: impl ExactSizeIterator<Item = &'a [u8]> + Clone,
        forward: &mut Forward<R>,
    ) {
        let mut inputs = forward.inputs_mut(images.len());
        let mut ahead = images.clone();
        for (index, (image, mut row)) in images.zip(inputs.rows_mut()).enumerate() {
            if index % FETCHED_TOGETHER == 0 {
                ahead.by_ref().take(FETCHED_TOGETHER).for_each(nearby::fetch);
            }
            self.scale(image, row.as_slice_mut().expect("rows of our buffers are contiguous"));
        }
    }
}
