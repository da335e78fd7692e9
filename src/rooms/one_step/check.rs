//! Each analytic gradient beside a central difference, with a verdict.
//!
//! `(L(w + h) − L(w − h)) / 2h` is taken on the sound network in `f64`, so a
//! bug in the backward pass cannot hide in it. A weight's nudge moves its
//! unit's `z` by about [`NUDGE`] whatever the scale of the inputs: `h` is that
//! divided by the largest input of the weight (at least 1). The truncation is
//! then a part `h²x²/6 ≈ 2e-9` of the gradient, and the rounding `ε·L/h ≈
//! 2e-12·L`, so that gradients down to about `1e-5` agree to `1e-6` and most
//! smaller ones too. Where the two differ by less than rounding can explain
//! and yet by more than `1e-6`, the verdict is that one cannot tell.

use serde::Serialize;

use super::step::{place_of, value_at};
use super::{Pass, Step};
use crate::Result;
use crate::nn::gradient_check::{Comparison, Objective};
use crate::nn::{Activation, Forward, Loss, Network};

/// How far a nudge moves the unit's `z`, about.
pub const NUDGE: f64 = 1e-4;
/// Largest relative error that counts as agreement.
pub const TOLERANCE: f64 = 1e-6;

/// What a comparison says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Verdict {
    /// The relative error is at most [`TOLERANCE`].
    Agrees,
    /// The difference is no larger than the rounding of the losses explains.
    TooSmallToTell,
    /// A ReLU's corner or a step's jump lies between the two nudges: there is no slope to compare with.
    Corner,
    /// They differ.
    Differs,
}

/// One parameter's two gradients.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Check {
    /// From back-propagation.
    pub analytic: f64,
    /// From the central difference.
    pub numeric: f64,
    /// `|a − n| / max(|a|, |n|)`, 0 when both are 0.
    pub relative_error: f64,
    /// `h`.
    pub nudge: f64,
    /// `L(w + h)`.
    pub loss_above: f64,
    /// `L(w − h)`.
    pub loss_below: f64,
    /// What it comes to.
    pub verdict: Verdict,
}

/// A sample of parameters from every layer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Survey {
    /// How many were compared.
    pub compared: usize,
    /// How many agree.
    pub agree: usize,
    /// How many differ.
    pub differ: usize,
    /// How many are too small to tell, or at a corner.
    pub undecided: usize,
    /// The largest relative error among those that agree or differ; NaN if one is not a number.
    pub worst: f64,
}

/// Which parameter: `input` is `None` for a bias.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Layer, 0 the first.
    pub layer: usize,
    /// What the weight comes from.
    pub input: Option<usize>,
    /// What it goes to.
    pub unit: usize,
}

impl Step {
    /// Both gradients of the mini-batch's mean loss with respect to one parameter.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] for a place that the network does not have.
    pub fn check(&self, place: Place) -> Result<Check> {
        self.check_place(place.layer, place.input, place.unit)?;
        Ok(self.nudger(place.layer).compared(self.batch(), &self.labels, place))
    }

    /// Both gradients of one image's loss and of the mini-batch's, with respect to one parameter.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] for an image or a place that there is not.
    pub fn check_image(&self, image: usize, pass: &Pass, place: Place) -> Result<[Check; 2]> {
        self.checked(image)?;
        self.check_place(place.layer, place.input, place.unit)?;
        let mut nudger = self.nudger(place.layer);
        let image = nudger.compared(pass, &self.labels[image..=image], place);
        Ok([image, nudger.compared(self.batch(), &self.labels, place)])
    }

    /// Compares `per_array` weights and as many biases of every layer: those with the largest gradients and,
    /// after them, some spread evenly.
    pub fn survey(&self, per_array: usize) -> Survey {
        let mut survey = Survey { compared: 0, agree: 0, differ: 0, undecided: 0, worst: 0.0 };
        for layer in 0..self.network.num_layers() {
            let mut nudger = self.nudger(layer);
            let (_, outputs) = self.network.parameters.layers[layer].weights.dim();
            let gradient = &self.batch().gradients.layers[layer];
            let weights = sample(gradient.weights.as_slice().unwrap_or(&[]), per_array);
            let biases = sample(gradient.bias.as_slice().unwrap_or(&[]), per_array);
            let weights = weights.into_iter().map(|at| (Some(at / outputs), at % outputs));
            for (input, unit) in weights.chain(biases.into_iter().map(|at| (None, at))) {
                let place = Place { layer, input, unit };
                let check = nudger.compared(self.batch(), &self.labels, place);
                survey.compared += 1;
                match check.verdict {
                    Verdict::Agrees => survey.agree += 1,
                    Verdict::Differs => survey.differ += 1,
                    Verdict::TooSmallToTell | Verdict::Corner => survey.undecided += 1,
                }
                let decided = matches!(check.verdict, Verdict::Agrees | Verdict::Differs);
                if decided && (check.relative_error.is_nan() || check.relative_error > survey.worst) {
                    survey.worst = check.relative_error;
                }
            }
        }
        survey
    }

    /// How many parameters of each array a [`Step::survey`] may compare for about so many multiply–adds: 2 to 24.
    pub fn affordable(&self, multiply_adds: f64) -> usize {
        // A weight's two nudges each run the mini-batch through its own layer and those above.
        let layers = 0..self.network.num_layers();
        let above = layers.map(|layer| self.network.from_layer(layer).architecture().num_multiply_adds());
        let one_of_each = (2 * 2 * self.labels.len() * above.sum::<usize>()) as f64;
        (multiply_adds / one_of_each).clamp(2.0, 24.0) as usize
    }

    fn nudger(&self, layer: usize) -> Nudger {
        let network = self.network.from_layer(layer);
        let below = self.network.penalty(self.l2) - network.penalty(self.l2);
        Nudger { layer, network, below, loss: self.loss, l2: self.l2 }
    }
}

/// The layers from the nudged one on: what stands below it does not move, and is not computed again.
struct Nudger {
    layer: usize,
    network: Network<f64>,
    /// The penalty on the weights below.
    below: f64,
    loss: Loss,
    l2: f64,
}

impl Nudger {
    /// By the usual nudge; where that differs, once more by one of a tenth. A gradient whose parts nearly cancel is
    /// small beside the curve's bend, and the truncation of the first shows in it; a wrong gradient differs by both.
    fn compared(&mut self, pass: &Pass, labels: &[u8], place: Place) -> Check {
        let check = self.compared_by(NUDGE, pass, labels, place);
        if check.verdict != Verdict::Differs {
            return check;
        }
        let closer = self.compared_by(NUDGE / 10.0, pass, labels, place);
        if closer.verdict == Verdict::Agrees { closer } else { check }
    }

    fn compared_by(&mut self, nudge: f64, pass: &Pass, labels: &[u8], place: Place) -> Check {
        let Place { layer, input, unit } = place;
        let analytic = value_at(&pass.gradients, layer, input, unit);
        let inputs = pass.inputs_of(layer);
        let largest = input.map_or(1.0, |input| {
            inputs.column(input).iter().fold(1.0_f64, |largest, x| largest.max(x.abs()))
        });
        let original = *self.place(place);
        let wished = nudge / largest;
        // What the nudge really is after rounding: w + h is rarely a float.
        let (above, below) = (original + wished, original - wished);
        let objective = Objective { images: inputs, labels, loss: self.loss, l2: self.l2 };
        let mut at = |value: f64| {
            *self.place(place) = value;
            let forward = self.network.forward(inputs);
            (objective.value_of(&self.network, &forward) + self.below, sides(&self.network, &forward))
        };
        let (loss_above, sides_above) = at(above);
        let (loss_below, sides_below) = at(below);
        *self.place(place) = original;
        let nudge = (above - below) / 2.0;
        let numeric = (loss_above - loss_below) / (2.0 * nudge);
        let relative_error = Comparison { analytic, numeric }.relative_error(f64::MIN_POSITIVE);
        // Each loss is a sum of terms rounded a few times over: 16 spacings of its size are not too few.
        let rounding = 16.0 * f64::EPSILON * loss_above.abs().max(loss_below.abs()).max(1.0) / nudge;
        let verdict = if relative_error <= TOLERANCE {
            Verdict::Agrees
        } else if (analytic - numeric).abs() <= rounding {
            Verdict::TooSmallToTell
        } else if sides_above != sides_below {
            Verdict::Corner
        } else {
            Verdict::Differs
        };
        Check { analytic, numeric, relative_error, nudge, loss_above, loss_below, verdict }
    }

    fn place(&mut self, Place { layer, input, unit }: Place) -> &mut f64 {
        place_of(&mut self.network.parameters, layer - self.layer, input, unit)
    }
}

/// On which side of 0 every `z` of a ReLU or step layer stands.
fn sides(network: &Network<f64>, forward: &Forward<f64>) -> Vec<bool> {
    let hidden = network.architecture().hidden.iter().enumerate();
    let cornered =
        hidden.filter(|(_, layer)| matches!(layer.activation, Activation::Relu | Activation::Step));
    cornered
        .flat_map(|(l, _)| forward.pre_activations(l).iter().map(|&z| z > 0.0).collect::<Vec<_>>())
        .collect()
}

/// Places of the largest magnitudes (the first half) and of an even spread (the rest), each once.
fn sample(values: &[f64], count: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..values.len()).collect();
    // What is not a number comes first: it is what one looks for.
    places.sort_by(|&a, &b| values[b].abs().total_cmp(&values[a].abs()).then(a.cmp(&b)));
    places.truncate(count.div_ceil(2));
    let spread = (0..count).map(|i| (2 * i + 1) * values.len() / (2 * count));
    for place in spread {
        if places.len() < count && place < values.len() && !places.contains(&place) {
            places.push(place);
        }
    }
    places
}
