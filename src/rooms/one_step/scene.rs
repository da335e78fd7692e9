//! Everything of one image in one step, unit by unit: the numbers of the tables and strips.

use serde::{Deserialize, Serialize};

use super::{Bug, Consequence, ImageInBatch, Pass, Shape, Step};
use crate::Result;
use crate::nn::{Loss, Output, probability_loss, softmax};

/// One image's way forward and back through the network, with what the step did.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Scene {
    /// What the network is, and where the run stands.
    pub shape: Shape,
    /// The images of the mini-batch.
    pub images: Vec<ImageInBatch>,
    /// Which of them is looked at.
    pub place: usize,
    /// The hidden layers.
    pub layers: Vec<LayerValues>,
    /// The output layer.
    pub classes: Classes,
    /// What the step did.
    pub consequence: Consequence,
    /// The mini-batch's mean loss as the pass has it, the penalty on the weights included: not a number as soon as
    /// one image's is not.
    pub mean_loss: f64,
    /// How many weights were changed by hand.
    pub num_edited: usize,
}

/// A hidden layer's numbers for one image, a number a unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct LayerValues {
    /// `z`.
    pub pre_activations: Vec<f64>,
    /// `a = f(z)`.
    pub activations: Vec<f64>,
    /// `f′(z)`.
    pub derivatives: Vec<f64>,
    /// `∂L/∂a`, which came down through the weights above.
    pub d_activations: Vec<f64>,
    /// `δ = ∂L/∂z`.
    pub deltas: Vec<f64>,
    /// The unit with the largest `|δ|`, the first of equals.
    pub busiest: usize,
}

/// The output layer's numbers for one image, class by class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Classes {
    /// The image's class.
    pub label: u8,
    /// `Σ x·w`, without the bias.
    pub weighted_sums: Vec<f64>,
    /// The bias of each unit.
    pub bias: Vec<f64>,
    /// `z`.
    pub logits: Vec<f64>,
    /// The largest of them; not a number as soon as one is not.
    pub maximum: f64,
    /// `z − max z`; `z` when the maximum was not taken off. Empty unless the output is softmax.
    pub shifted: Vec<f64>,
    /// `exp(z − max z)`; `exp(z)` when the maximum was not taken off. Empty unless the output is softmax.
    pub exponentials: Vec<f64>,
    /// Their sum.
    pub sum: f64,
    /// Softmax or sigmoid of the logits, or the logits.
    pub outputs: Vec<f64>,
    /// One-hot target.
    pub targets: Vec<f64>,
    /// Each class's own part of the loss, before any mean over the classes.
    pub losses: Vec<f64>,
    /// The image's loss.
    pub loss: f64,
    /// `δ = ∂L/∂z`.
    pub deltas: Vec<f64>,
    /// Gradient of the image's loss with respect to each bias.
    pub bias_gradients: Vec<f64>,
}

impl Step {
    /// Everything of the image at `place`; `pass` is [`Step::image`] of it.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] when the batch has no such image.
    pub fn scene(&self, place: usize, pass: &Pass) -> Result<Scene> {
        let consequence = self.consequence(place)?;
        let mean_loss = self.batch().mean_loss() + self.network.penalty(self.l2);
        let last = self.network.num_layers() - 1;
        Ok(Scene {
            shape: self.shape(),
            images: self.images_in_batch(),
            place,
            layers: (0..last).map(|layer| self.layer_values(layer, pass)).collect(),
            classes: self.classes(self.labels[place], pass),
            consequence,
            mean_loss,
            num_edited: self.num_edited(),
        })
    }

    fn layer_values(&self, layer: usize, pass: &Pass) -> LayerValues {
        let activation = self.network.architecture().hidden[layer].activation;
        let pre_activations = pass.pre_activations[layer].row(0).to_vec();
        let deltas = pass.d_pre_activations[layer].row(0).to_vec();
        LayerValues {
            derivatives: pre_activations.iter().map(|&z| activation.derivative(z)).collect(),
            pre_activations,
            activations: pass.activations[layer].row(0).to_vec(),
            d_activations: pass.d_activations[layer].row(0).to_vec(),
            busiest: first_largest_magnitude(&deltas),
            deltas,
        }
    }

    fn classes(&self, label: u8, pass: &Pass) -> Classes {
        let last = self.network.num_layers() - 1;
        let label_index = usize::from(label);
        let is_softmax = self.network.architecture().output == Output::Softmax;
        let logits = pass.logits().row(0).to_vec();
        let outputs = pass.outputs().row(0).to_vec();
        let (exponentials, sum) = if is_softmax { pass.exponentials(0, self.bug) } else { (Vec::new(), 0.0) };
        let maximum = softmax::maximum(&logits);
        let shift = if self.bug == Some(Bug::DropMaximum) { 0.0 } else { maximum };
        let shifted = if is_softmax { logits.iter().map(|z| z - shift).collect() } else { Vec::new() };
        let mut losses = self.loss.parts(&logits, &outputs, label_index);
        if self.loss == Loss::CategoricalCrossEntropy {
            // As the pass has it: of softmax without its maximum, where that is the bug.
            losses[label_index] = pass.losses[0];
        }
        let layer = &self.network.parameters.layers[last];
        let weighted_sums = pass.inputs_of(last).row(0).dot(&layer.weights).to_vec();
        Classes {
            label,
            weighted_sums,
            bias: layer.bias.to_vec(),
            maximum,
            shifted,
            exponentials,
            sum,
            targets: probability_loss::one_hot(label_index, logits.len()).expect("a label of the set"),
            losses,
            loss: pass.losses[0],
            deltas: pass.d_pre_activations[last].row(0).to_vec(),
            bias_gradients: pass.gradients.layers[last].bias.to_vec(),
            logits,
            outputs,
        }
    }
}

fn first_largest_magnitude(values: &[f64]) -> usize {
    let mut best = 0;
    for (at, value) in values.iter().enumerate() {
        if value.abs() > values[best].abs() {
            best = at;
        }
    }
    best
}
