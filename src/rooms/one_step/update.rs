//! What the optimizer makes of a gradient, and what that did to the losses.

use ndarray::ArrayView2;
use serde::Serialize;

use super::{Bug, Step};
use crate::Result;
use crate::elementary::powf;
use crate::nn::optimizer::{Optimizer, OptimizerSettings};
use crate::nn::{Forward, Network, Parameters};

/// A network after its update, the optimizer's state with it, and what the rule says it should be.
#[derive(Clone, Debug)]
pub(super) struct Updated {
    pub network: Network<f64>,
    pub optimizer: Optimizer<f64>,
    /// The mini-batch's forward pass through it.
    pub forward: Forward<f64>,
    /// Every parameter as the rule makes it from the same gradient, with no bug in the rule.
    pub by_the_rule: Parameters<f64>,
}

/// Takes the step of `gradients` on a copy of `network`.
pub(super) fn update(
    network: &Network<f64>,
    optimizer: &Optimizer<f64>,
    learning_rate: f64,
    gradients: &Parameters<f64>,
    images: ArrayView2<f64>,
    bug: Option<Bug>,
) -> Result<Updated> {
    let (mut after, mut state) = (network.clone(), optimizer.clone());
    state.update(learning_rate, &mut after.parameters, gradients);
    let by_the_rule = after.parameters.clone();
    match bug {
        Some(Bug::WrongSign) => {
            let pairs = after.parameters.slices_mut().zip(network.parameters.slices());
            for (after, before) in pairs {
                // before − (after − before)
                after.iter_mut().zip(before).for_each(|(after, &before)| *after = 2.0 * before - *after);
            }
        }
        Some(Bug::MultiplyCorrection) => {
            (after, state) = multiply_correction(network, optimizer, learning_rate, gradients)?;
        }
        _ => {}
    }
    Ok(Updated { forward: after.forward(images), network: after, optimizer: state, by_the_rule })
}

/// Adam with `m·(1 − β₁ᵗ)` and `v·(1 − β₂ᵗ)`: `α = η (1 − β₁ᵗ) / √(1 − β₂ᵗ)`.
///
/// The rule itself computes `α = η √(1 − β₂ᵗ) / (1 − β₁ᵗ)`, so it is given
/// `η (1 − β₁ᵗ)² / (1 − β₂ᵗ)` for a learning rate. AdamW's decay, which has no
/// correction in it, is done before.
fn multiply_correction(
    network: &Network<f64>,
    optimizer: &Optimizer<f64>,
    learning_rate: f64,
    gradients: &Parameters<f64>,
) -> Result<(Network<f64>, Optimizer<f64>)> {
    let mut after = network.clone();
    let (beta1, beta2, epsilon, decay) = match optimizer.settings() {
        OptimizerSettings::Adam { beta1, beta2, epsilon } => (beta1, beta2, epsilon, 0.0),
        OptimizerSettings::Adamw { beta1, beta2, epsilon, weight_decay } => {
            (beta1, beta2, epsilon, weight_decay)
        }
        // `Bug::has_a_place` lets no other rule come here.
        _ => return Ok((after, optimizer.clone())),
    };
    for values in after.parameters.slices_mut() {
        values.iter_mut().for_each(|w| *w -= *w * (learning_rate * decay));
    }
    let t = (optimizer.num_updates() + 1) as f64;
    let first = 1.0 - powf(beta1, t);
    let factor = first * first / (1.0 - powf(beta2, t));
    let (architecture, state) = (network.architecture().clone(), optimizer.state().to_vec());
    let adam = OptimizerSettings::Adam { beta1, beta2, epsilon };
    let mut adam = Optimizer::with_state(adam, &architecture, optimizer.num_updates(), state)?;
    adam.update(learning_rate * factor, &mut after.parameters, gradients);
    let state = adam.state().to_vec();
    let state = Optimizer::with_state(optimizer.settings(), &architecture, adam.num_updates(), state)?;
    Ok((after, state))
}

/// What the step did to the image that is looked at, and to its mini-batch.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Consequence {
    /// The image's loss before the step.
    pub image_loss: f64,
    /// The image's loss after it.
    pub image_loss_after: f64,
    /// The image's outputs before.
    pub outputs: Vec<f64>,
    /// The image's outputs after.
    pub outputs_after: Vec<f64>,
    /// The batch's mean loss before, the penalty on the weights included.
    pub batch_loss: f64,
    /// The batch's mean loss after.
    pub batch_loss_after: f64,
    /// How many weights and biases there are.
    pub num_parameters: usize,
    /// The largest `|∂L/∂θ|` of the gradient that the optimizer got.
    pub largest_gradient: f64,
    /// `√ΣΔθ²`: how far the step went.
    pub step_length: f64,
    /// `Σ g·Δw` with the true gradient: the change that the slope alone foretells.
    pub foretold: f64,
    /// The largest difference between a parameter after the step and what the rule makes of the same
    /// gradient, as a part of the rule's own largest step.
    pub off_the_rule: f64,
}

impl Step {
    /// What the step did.
    ///
    /// Losses are of the sound forward pass, whatever bug made the step.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] when the batch has no such image.
    pub fn consequence(&self, place: usize) -> Result<Consequence> {
        self.checked(place)?;
        let sound = &self.sound;
        let after = &self.updated.forward;
        let each = self.labels.iter().enumerate();
        let losses_after: Vec<f64> = each.map(|(b, &label)| after.loss_of(self.loss, b, label)).collect();
        let mean = |losses: &[f64]| losses.iter().sum::<f64>() / losses.len() as f64;
        let (mut foretold, mut squares) = (0.0, 0.0);
        let (mut furthest, mut longest) = (0.0_f64, 0.0_f64);
        let arrays = sound.gradients.slices().zip(self.network.parameters.slices());
        let ends = self.updated.network.parameters.slices().zip(self.updated.by_the_rule.slices());
        for ((g, start), (end, rule)) in arrays.zip(ends) {
            for (((&g, &start), &end), &rule) in g.iter().zip(start).zip(end).zip(rule) {
                foretold += g * (end - start);
                squares += (end - start) * (end - start);
                furthest = larger(furthest, (end - rule).abs());
                longest = larger(longest, (rule - start).abs());
            }
        }
        let given = self.batch().gradients.slices().flatten();
        Ok(Consequence {
            num_parameters: self.network.architecture().num_parameters(),
            largest_gradient: given.fold(0.0, |largest, g| larger(largest, g.abs())),
            step_length: squares.sqrt(),
            image_loss: sound.losses[place],
            image_loss_after: losses_after[place],
            outputs: sound.outputs().row(place).to_vec(),
            outputs_after: after.outputs().row(place).to_vec(),
            batch_loss: sound.mean_loss() + self.network.penalty(self.l2),
            batch_loss_after: mean(&losses_after) + self.updated.network.penalty(self.l2),
            foretold,
            off_the_rule: if longest == 0.0 { 0.0 } else { furthest / longest },
        })
    }
}

/// The larger of two, NaN if either is: `f64::max` would hide it.
fn larger(a: f64, b: f64) -> f64 {
    if b.is_nan() || b > a { b } else { a }
}
