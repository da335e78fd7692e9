//! What a network learns, gathered by layer.

use serde::{Deserialize, Serialize};

use super::{Architecture, Dense};
use crate::error::ArrayName;
use crate::{Error, Real, Result};

/// Weights and biases of every layer, from the input up; gradients and optimizer state have the same type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Parameters<R: Real> {
    /// The layers, hidden ones first, the output layer last.
    pub layers: Vec<Dense<R>>,
}

impl<R: Real> Parameters<R> {
    /// Zeros for every parameter of `architecture`.
    pub fn zeros(architecture: &Architecture) -> Self {
        let widths = architecture.widths();
        Self { layers: widths.windows(2).map(|pair| Dense::zeros(pair[0], pair[1])).collect() }
    }

    /// Every array as a flat slice: weights and bias of the first layer, of the second, …
    ///
    /// # Panics
    /// When somebody has put an array that is not row-major in a layer.
    pub fn slices(&self) -> impl Iterator<Item = &[R]> {
        const LAYOUT: &str = "parameters are row-major";
        self.layers
            .iter()
            .flat_map(|layer| [layer.weights.as_slice().expect(LAYOUT), layer.bias.as_slice().expect(LAYOUT)])
    }

    /// [`Parameters::slices`], to write to.
    ///
    /// # Panics
    /// As [`Parameters::slices`].
    pub fn slices_mut(&mut self) -> impl Iterator<Item = &mut [R]> {
        const LAYOUT: &str = "parameters are row-major";
        self.layers.iter_mut().flat_map(|layer| {
            [layer.weights.as_slice_mut().expect(LAYOUT), layer.bias.as_slice_mut().expect(LAYOUT)]
        })
    }

    /// Checks that every array has the shape it has in `fitting`.
    ///
    /// # Errors
    /// [`Error::Shape`] for the first one that has not.
    pub fn check_like(&self, fitting: &Self) -> Result<()> {
        let shape = |array, expected, actual| Err(Error::shape(array, expected, actual));
        if self.layers.len() != fitting.layers.len() {
            return shape(ArrayName::Layers, fitting.layers.len(), self.layers.len());
        }
        for (given, fitting) in self.layers.iter().zip(&fitting.layers) {
            if given.weights.dim() != fitting.weights.dim() || !given.weights.is_standard_layout() {
                return shape(ArrayName::LayerWeights, fitting.weights.len(), given.weights.len());
            }
            if given.bias.len() != fitting.bias.len() {
                return shape(ArrayName::LayerBias, fitting.bias.len(), given.bias.len());
            }
        }
        Ok(())
    }

    /// The first array with a value that is not finite: its layer, and whether it is the bias.
    pub fn first_not_finite(&self) -> Option<(usize, bool)> {
        self.slices()
            .position(|values| !values.iter().fold(true, |all, value| all & value.is_finite()))
            .map(|index| (index / 2, index % 2 == 1))
    }
}
