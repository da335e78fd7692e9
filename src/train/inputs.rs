//! Bytes of images to the inputs of a network.

use crate::Real;
use crate::data::PixelScaling;
use crate::nn::Forward;

/// A fitted scaling in the network's own float type: `x · multiply + add`, pixel by pixel.
#[derive(Clone, Debug)]
pub(super) struct Inputs<R> {
    multiply: Vec<R>,
    add: Vec<R>,
}

impl<R: Real> Inputs<R> {
    pub fn new(scaling: &PixelScaling) -> Self {
        let widen = |values: &[f32]| values.iter().map(|&value| R::of(f64::from(value))).collect();
        Self { multiply: widen(scaling.multiply()), add: widen(scaling.add()) }
    }

    /// One image.
    pub fn scale(&self, image: &[u8], out: &mut [R]) {
        for (((out, &x), &multiply), &add) in out.iter_mut().zip(image).zip(&self.multiply).zip(&self.add) {
            *out = <R as From<u8>>::from(x) * multiply + add;
        }
    }

    /// Some images, into the inputs of `forward`.
    pub fn gather<'a>(&self, images: impl ExactSizeIterator<Item = &'a [u8]>, forward: &mut Forward<R>) {
        let mut inputs = forward.inputs_mut(images.len());
        for (image, mut row) in images.zip(inputs.rows_mut()) {
            self.scale(image, row.as_slice_mut().expect("rows of our buffers are contiguous"));
        }
    }
}
