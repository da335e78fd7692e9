//! What a model is fitted to.

use super::binary::squared_norm;
use crate::data::{LabelledImages, PIXELS, PixelScaling, nearby};
use crate::error::{ArrayName, Rule, SettingName};
use crate::{Error, Real, Result};
use std::rc::Rc;

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
    /// ‖x‖² of sample `index`, whose features are `features` times [`unit`](Self::unit).
    fn squared_norm(&self, _index: usize, features: &[F]) -> f64 {
        squared_norm(features, self.unit())
    }
    /// Told which sample is asked for soon, so that memory can be on its way by then.
    fn expect(&self, _index: usize) {}
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
            return Err(Error::shape(ArrayName::Values, expected, values.len()));
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

/// Some images of a set, in the order of their indices, scaled when they are asked for.
///
/// Sample i is image `indices[i]`: the training part, or all folds but one.
#[derive(Clone, Debug)]
pub struct ScaledImages {
    images: Rc<LabelledImages>,
    indices: Vec<u32>,
    scaling: PixelScaling,
    /// The factor of a scaling that is one factor and nothing else.
    unit: Option<f32>,
    /// ‖x‖² of each sample: ten models ask for it in every epoch.
    squared_norms: Vec<f64>,
}

impl ScaledImages {
    /// The images at `indices`.
    ///
    /// # Errors
    /// [`Error::Setting`] when an index is outside the set.
    pub fn new(images: Rc<LabelledImages>, indices: Vec<u32>, scaling: PixelScaling) -> Result<Self> {
        Self::check(&images, &indices)?;
        let unit = scaling.common_factor();
        let mut samples = Self { images, indices, scaling, unit, squared_norms: Vec::new() };
        let mut x = [0.0; PIXELS];
        let norm = |index| {
            samples.features(index, &mut x);
            squared_norm(&x, samples.unit())
        };
        samples.squared_norms = (0..samples.indices.len()).map(norm).collect();
        Ok(samples)
    }

    /// Checks that every index is one of an image.
    ///
    /// # Errors
    /// [`Error::Setting`] naming the first that is not.
    pub fn check(images: &LabelledImages, indices: &[u32]) -> Result<()> {
        let there = Rule::Place { count: images.len() };
        indices.iter().try_for_each(|&index| there.check(SettingName::Index, index))
    }

    /// Which images of the set they are.
    pub fn indices(&self) -> &[u32] {
        &self.indices
    }

    /// How their pixels are scaled.
    pub fn scaling(&self) -> &PixelScaling {
        &self.scaling
    }

    fn image(&self, index: usize) -> &[u8] {
        self.images.image(self.indices[index] as usize)
    }
}

impl Samples<f32> for ScaledImages {
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
        let image = self.image(index);
        if self.unit.is_some() {
            for (out, bytes) in out.as_chunks_mut::<16>().0.iter_mut().zip(image.as_chunks::<16>().0) {
                *out = bytes.map(f32::from);
            }
        } else {
            self.scaling.apply(image, out);
        }
    }
    fn squared_norm(&self, index: usize, _features: &[f32]) -> f64 {
        self.squared_norms[index]
    }
    fn expect(&self, index: usize) {
        nearby::fetch(self.image(index));
    }
    fn unit(&self) -> f32 {
        self.unit.unwrap_or(1.0)
    }
}
