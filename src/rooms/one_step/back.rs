//! What a hidden unit is told by the layer above it: `∂L/∂a_j = Σ_k w_jk δ_k`, term by term.

use serde::Serialize;

use super::{Bug, Pass, Step};
use crate::error::{Rule, SettingName};
use crate::{Error, Result};

/// One term of the sum that comes down to a hidden unit through the transposed weights.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Term {
    /// The weight from the unit up to unit `k` of the layer above.
    pub weight: f64,
    /// `δ_k` of that unit.
    pub delta: f64,
    /// `weight · delta`.
    pub product: f64,
}

impl Step {
    /// The terms that come down to `unit` of hidden layer `layer` for the image of `pass`, a term a unit above.
    ///
    /// Their sum is the unit's `∂L/∂a`. With [`Bug::ReshapeTranspose`] the weights are those that the mixed-up
    /// table has in their places.
    ///
    /// # Errors
    /// [`Error::Setting`] for a layer that is not hidden or a unit that it does not have.
    pub fn passed_back(&self, pass: &Pass, layer: usize, unit: usize) -> Result<Vec<Term>> {
        self.check_place(layer, None, unit)?;
        let Some(above) = self.network.parameters.layers.get(layer + 1) else {
            // Nothing comes down to the last layer.
            let rule = Rule::Place { count: self.network.num_layers() - 1 };
            return Err(Error::setting(SettingName::Layer, layer, rule));
        };
        let weights = &above.weights;
        let (units, units_above) = weights.dim();
        let weight = |k: usize| match self.bug {
            // Entry (k, unit) of a (out, in) table filled in the order of the (in, out) one.
            Some(Bug::ReshapeTranspose) => {
                let flat = k * units + unit;
                weights[[flat / units_above, flat % units_above]]
            }
            _ => weights[[unit, k]],
        };
        let deltas = pass.d_pre_activations[layer + 1].row(0);
        let terms = deltas.iter().enumerate().map(|(k, &delta)| {
            let weight = weight(k);
            Term { weight, delta, product: weight * delta }
        });
        Ok(terms.collect())
    }
}
