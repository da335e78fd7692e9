//! One number a weight: what is painted of a unit's weights.

use serde::{Deserialize, Serialize};

use super::{Pass, Step};
use crate::Result;
use crate::error::{Rule, SettingName};

/// What one looks at of every weight into a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum WeightQuantity {
    /// The weights before the step.
    Weights,
    /// `x · w`, the terms of the unit's sum for the image.
    Products,
    /// The gradient of the image's loss.
    Gradient,
    /// The gradient of the mini-batch's mean loss, which the optimizer gets.
    BatchGradient,
    /// `w_after − w`.
    Step,
}

impl Step {
    /// A quantity of all weights into `count` units of a layer from unit `first` on, unit by unit, for the image
    /// of `pass`.
    ///
    /// Shapes: (count, inputs of the layer)
    ///
    /// # Errors
    /// [`crate::Error::Setting`] for a layer or units that the network does not have, and for no unit at all.
    pub fn sheet(
        &self,
        pass: &Pass,
        quantity: WeightQuantity,
        layer: usize,
        first: usize,
        count: usize,
    ) -> Result<Vec<f64>> {
        self.check_place(layer, None, first)?;
        let before = &self.network.parameters.layers[layer].weights;
        let (inputs, outputs) = before.dim();
        Rule::Range { min: 1.0, max: (outputs - first) as f64 }.check(SettingName::Units, count)?;
        let after = &self.updated.network.parameters.layers[layer].weights;
        let x = pass.inputs_of(layer);
        let mut values = Vec::with_capacity(count * inputs);
        for unit in first..first + count {
            let w = before.column(unit);
            match quantity {
                WeightQuantity::Weights => values.extend(w),
                WeightQuantity::Products => values.extend(x.row(0).iter().zip(w).map(|(x, w)| x * w)),
                WeightQuantity::Gradient => values.extend(pass.gradients.layers[layer].weights.column(unit)),
                WeightQuantity::BatchGradient => {
                    values.extend(self.batch().gradients.layers[layer].weights.column(unit));
                }
                WeightQuantity::Step => {
                    values.extend(after.column(unit).iter().zip(w).map(|(after, w)| after - w))
                }
            }
        }
        Ok(values)
    }
}
