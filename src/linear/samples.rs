//! What a model is fitted to.

use crate::data::{LabelledImages, PIXELS, PixelScaling};
use crate::{Error, Real, Result};

/// Samples of equal size, each with a class; features are made when they are asked for.
pub trait Samples<F: Real> {
    /// Number of samples.
    fn num_samples(&self) -> usize;
    /// Features of a sample.
    fn num_features(&self) -> usize;
    /// The class of sample `index`.
    fn label(&self, index: usize) -> usize;
    /// Writes the features of sample `index`, divided by [`unit`](Self::unit), to `out`, every place of it.
    fn features(&self, index: usize, out: &mut [F]);
    /// What the numbers of [`features`](Self::features) are to be multiplied by.
    ///
    /// A scaling that is the same for every feature costs nothing so: it goes
    /// into the two numbers by which a step multiplies anyway.
    fn unit(&self) -> F {
        F::one()
    }
}

/// Samples that are floats already: a table of N × in numbers, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Table<'a, F> {
    values: &'a [F],
    labels: &'a [u8],
    num_features: usize,
}

impl<'a, F: Real> Table<'a, F> {
    /// A table of `labels.len()` rows.
    ///
    /// # Errors
    /// [`Error::Shape`] unless `values` fills the rows exactly.
    pub fn new(values: &'a [F], labels: &'a [u8], num_features: usize) -> Result<Self> {
        let expected = labels.len() * num_features;
        if values.len() != expected {
            return Err(Error::Shape { what: "values", expected, actual: values.len() });
        }
        Ok(Self { values, labels, num_features })
    }
}

impl<F: Real> Samples<F> for Table<'_, F> {
    fn num_samples(&self) -> usize {
        self.labels.len()
    }
    fn num_features(&self) -> usize {
        self.num_features
    }
    fn label(&self, index: usize) -> usize {
        usize::from(self.labels[index])
    }
    fn features(&self, index: usize, out: &mut [F]) {
        out.copy_from_slice(&self.values[index * self.num_features..][..self.num_features]);
    }
}

/// Some images of a set, in the order of `indices`, scaled when they are asked for.
///
/// Sample i is image `indices[i]`: the training part, or all folds but one.
#[derive(Clone, Copy, Debug)]
pub struct ScaledImages<'a> {
    images: &'a LabelledImages,
    indices: &'a [u32],
    scaling: &'a PixelScaling,
    /// The factor of a scaling that is one factor and nothing else.
    unit: Option<f32>,
}

impl<'a> ScaledImages<'a> {
    /// The images at `indices`.
    ///
    /// # Errors
    /// [`Error::Setting`] when an index is outside the set.
    pub fn new(images: &'a LabelledImages, indices: &'a [u32], scaling: &'a PixelScaling) -> Result<Self> {
        Self::check(images, indices)?;
        Ok(Self::of_checked(images, indices, scaling))
    }

    /// Checks that every index is one of an image.
    ///
    /// # Errors
    /// [`Error::Setting`] naming the first that is not.
    pub fn check(images: &LabelledImages, indices: &[u32]) -> Result<()> {
        match indices.iter().find(|&&index| index as usize >= images.len()) {
            None => Ok(()),
            Some(index) => Err(Error::Setting {
                name: "indices",
                value: format!("{index} among them"),
                allowed: "indices of images that are there",
            }),
        }
    }

    /// The images at indices that are known to be there.
    pub(crate) fn of_checked(
        images: &'a LabelledImages,
        indices: &'a [u32],
        scaling: &'a PixelScaling,
    ) -> Self {
        Self { images, indices, scaling, unit: common_factor(scaling) }
    }
}

impl Samples<f32> for ScaledImages<'_> {
    fn num_samples(&self) -> usize {
        self.indices.len()
    }
    fn num_features(&self) -> usize {
        PIXELS
    }
    fn label(&self, index: usize) -> usize {
        self.images.label(self.indices[index] as usize)
    }
    fn features(&self, index: usize, out: &mut [f32]) {
        let image = self.images.image(self.indices[index] as usize);
        if self.unit.is_some() {
            let (out, _) = out.as_chunks_mut::<16>();
            for (out, bytes) in out.iter_mut().zip(image.as_chunks::<16>().0) {
                *out = bytes.map(f32::from);
            }
        } else {
            self.scaling.apply(image, out);
        }
    }
    fn unit(&self) -> f32 {
        self.unit.unwrap_or(1.0)
    }
}

fn common_factor(scaling: &PixelScaling) -> Option<f32> {
    let first = scaling.multiply()[0];
    let is_common = scaling.multiply().iter().all(|&factor| factor == first)
        && scaling.add().iter().all(|&summand| summand == 0.0);
    is_common.then_some(first)
}
