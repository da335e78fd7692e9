//! One weight's own arithmetic, from its input to its new value.

use serde::Serialize;

use super::check::{Check, Place};
use super::step::value_at;
use super::{Pass, Step};
use crate::Result;

/// Everything that happens to one weight (or bias: its input is 1) in a step.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct WeightArithmetic {
    /// What comes in: a pixel as the network gets it, or a unit's activation; 1 for a bias.
    pub input: f64,
    /// The weight.
    pub weight: f64,
    /// `input · weight`, its part of the unit's sum.
    pub product: f64,
    /// `z` of its unit.
    pub pre_activation: f64,
    /// `δ` of its unit, for the image.
    pub delta: f64,
    /// `input · δ`: the weight's own part of the image's gradient.
    pub gradient: f64,
    /// What the image's gradient has beside it: `2λw` of a penalty on the weights, and with
    /// [`super::Bug::KeepGradients`] what the step before left; else 0.
    pub added: f64,
    /// The image's gradient both ways.
    pub image: Check,
    /// The batch's gradient both ways; this is what the optimizer gets.
    pub batch: Check,
    /// The optimizer's state before the step, by [`super::Shape::state_names`].
    pub state: Vec<f64>,
    /// That state after the step.
    pub state_after: Vec<f64>,
    /// `w_after − w`.
    pub step: f64,
    /// The weight after the step.
    pub weight_after: f64,
    /// The weight as the run has it, whatever was changed by hand.
    pub original: f64,
}

impl Step {
    /// What happens to one weight when `image` is looked at; `pass` is [`Step::image`] of it.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] for an image or a place that there is not.
    pub fn weight(&self, image: usize, pass: &Pass, place: Place) -> Result<WeightArithmetic> {
        let Place { layer, input, unit } = place;
        let [image, batch] = self.check_image(image, pass, place)?;
        let value = input.map_or(1.0, |input| pass.inputs_of(layer)[[0, input]]);
        let weight = value_at(&self.network.parameters, layer, input, unit);
        let weight_after = value_at(&self.updated.network.parameters, layer, input, unit);
        let state = |optimizer: &crate::nn::Optimizer<f64>| {
            optimizer.state().iter().map(|state| value_at(state, layer, input, unit)).collect()
        };
        let delta = pass.d_pre_activations[layer][[0, unit]];
        let penalty = input.map_or(0.0, |_| 2.0 * self.l2 * weight);
        let leftover = self.leftover.as_ref().map_or(0.0, |old| value_at(old, layer, input, unit));
        Ok(WeightArithmetic {
            input: value,
            weight,
            product: value * weight,
            pre_activation: pass.pre_activations[layer][[0, unit]],
            delta,
            gradient: value * delta,
            added: penalty + leftover,
            image,
            batch,
            state: state(&self.optimizer),
            state_after: state(&self.updated.optimizer),
            step: weight_after - weight,
            weight_after,
            original: self.original_weight(layer, input, unit)?,
        })
    }

    /// The input of layer `layer` whose weight into `unit` has the largest gradient for this image.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] for a place that the network does not have.
    pub fn most_telling(&self, pass: &Pass, layer: usize, unit: usize) -> Result<usize> {
        self.check_place(layer, None, unit)?;
        let column = pass.gradients.layers[layer].weights.column(unit).to_owned();
        let mut best = (0, 0.0);
        for (input, gradient) in column.iter().enumerate() {
            if gradient.abs() > best.1 {
                best = (input, gradient.abs());
            }
        }
        Ok(best.0)
    }
}
