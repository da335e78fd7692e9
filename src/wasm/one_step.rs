//! One training step taken apart, for the page; see [`crate::anatomy`].

use crate::Error;
use crate::anatomy::check::Place;
use crate::anatomy::{
    Bug, Consequence, ImageInBatch, Pass, Shape, Step, Survey, Term, WeightArithmetic, WeightQuantity,
};
use crate::data::{PIXELS, SIDE};
use crate::elementary::{exp, ln_1p};
use crate::error::{Rule, SettingName};
use crate::nn::{Loss, Output, Parameters};
use crate::picture::{Palette, diverging, largest_magnitude};
use crate::wasm::picture::image_data;
use crate::wasm::trainer::Trainer;
use crate::wasm::{received, sent};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

/// The output layer's numbers for one image, class by class.
#[derive(Clone, Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Classes {
    /// The image's class.
    pub label: u8,
    /// `z`.
    pub logits: Vec<f64>,
    /// The largest of them.
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
    /// The bias of each unit.
    pub bias: Vec<f64>,
    /// Gradient of the image's loss with respect to each bias.
    pub bias_gradients: Vec<f64>,
}

/// A step on a copy of a run's network, and the image of its mini-batch that is looked at.
#[wasm_bindgen]
pub struct OneStep {
    step: Step,
    place: usize,
    image: Pass,
}

#[wasm_bindgen]
impl OneStep {
    /// The next step of `trainer`, on a copy, with a planted `bug` (by its kebab-case name) or none.
    ///
    /// Throws for an unknown bug and for one that this network has no place for.
    pub fn of(trainer: &mut Trainer, bug: Option<String>) -> Result<Self, JsValue> {
        let bug = bug.as_deref().map(named).transpose()?;
        let step = Step::of(&mut trainer.trainer, bug)?;
        let image = step.image(0)?;
        Ok(Self { step, place: 0, image })
    }

    /// The same with a guest in place of the mini-batch's first image: 784 bytes and a label.
    #[wasm_bindgen(js_name = withGuest)]
    pub fn with_guest(
        trainer: &mut Trainer,
        bug: Option<String>,
        pixels: &[u8],
        label: u8,
    ) -> Result<Self, JsValue> {
        let bug = bug.as_deref().map(named).transpose()?;
        let step = Step::with_guest(&mut trainer.trainer, bug, pixels, label)?;
        let image = step.image(0)?;
        Ok(Self { step, place: 0, image })
    }

    /// Bugs that this network has a place for.
    pub fn bugs(&self) -> Vec<String> {
        let shape = self.step.shape();
        let there = Bug::ALL.into_iter().filter(|bug| bug.has_a_place(shape.output, shape.optimizer));
        there.map(|bug| name_of(bug).to_owned()).collect()
    }

    /// What the network is, and where the run stands.
    pub fn shape(&self) -> Result<Ts<Shape>, JsValue> {
        sent(&self.step.shape())
    }

    /// The images of the mini-batch.
    pub fn images(&self) -> Result<Vec<Ts<ImageInBatch>>, JsValue> {
        self.step.images_in_batch().iter().map(sent).collect()
    }

    /// Looks at another image of the mini-batch.
    pub fn look(&mut self, place: usize) -> Result<(), JsValue> {
        self.image = self.step.image(place)?;
        self.place = place;
        Ok(())
    }

    /// The output layer's numbers for that image.
    pub fn classes(&self) -> Result<Ts<Classes>, JsValue> {
        sent(&classes(&self.step, &self.image, self.step.labels()[self.place]))
    }

    /// One number a unit of a layer, for that image: `pre-activations`, `activations`, `derivatives`,
    /// `d-activations`, `deltas`, or `inputs` of the layer.
    pub fn units(&self, layer: usize, quantity: &str) -> Result<Vec<f64>, JsValue> {
        let shape = self.step.shape();
        self.checked_layer(layer)?;
        let image = &self.image;
        let row = |matrix: &ndarray::Array2<f64>| matrix.row(0).to_vec();
        Ok(match quantity {
            "inputs" => image.inputs_of(layer).row(0).to_vec(),
            "pre-activations" => row(&image.pre_activations[layer]),
            "activations" => row(&image.activations[layer]),
            "deltas" => row(&image.d_pre_activations[layer]),
            "d-activations" => image.d_activations.get(layer).map(row).unwrap_or_default(),
            "derivatives" => {
                let activation = shape.activations.get(layer);
                let z = image.pre_activations[layer].row(0);
                activation.map(|f| z.iter().map(|&z| f.derivative(z)).collect()).unwrap_or_default()
            }
            _ => return Err(Error::setting(SettingName::Quantity, quantity, Rule::Known).into()),
        })
    }

    /// A quantity of all weights into `count` units of a layer from `first` on, in the palette's two colours, on one
    /// scale: one picture below the other, 28×28 where the layer sees images, else a line.
    pub fn sheet(
        &self,
        layer: usize,
        quantity: Ts<WeightQuantity>,
        first: usize,
        count: usize,
        palette: Ts<Palette>,
    ) -> Result<ImageData, JsValue> {
        let values = self.step.sheet(&self.image, received(quantity)?, layer, first, count)?;
        let inputs = values.len() / count;
        let rgba = diverging(&values, largest_magnitude(&values), &received(palette)?);
        image_data(&rgba, if inputs == PIXELS { SIDE } else { inputs })
    }

    /// One weight's own arithmetic; `input` is left out for the bias.
    pub fn weight(
        &self,
        layer: usize,
        input: Option<usize>,
        unit: usize,
    ) -> Result<Ts<WeightArithmetic>, JsValue> {
        sent(&self.step.weight(self.place, &self.image, Place { layer, input, unit })?)
    }

    /// What comes down to a hidden unit through the transposed weights, a term a unit above.
    #[wasm_bindgen(js_name = passedBack)]
    pub fn passed_back(&self, layer: usize, unit: usize) -> Result<Vec<Ts<Term>>, JsValue> {
        self.step.passed_back(&self.image, layer, unit)?.iter().map(sent).collect()
    }

    /// The input of a layer whose weight into `unit` has the largest gradient for this image.
    #[wasm_bindgen(js_name = mostTelling)]
    pub fn most_telling(&self, layer: usize, unit: usize) -> Result<usize, JsValue> {
        Ok(self.step.most_telling(&self.image, layer, unit)?)
    }

    /// Compares `perArray` weights and biases of every layer with central differences.
    pub fn survey(
        &self,
        #[wasm_bindgen(js_name = perArray)] per_array: usize,
    ) -> Result<Ts<Survey>, JsValue> {
        sent(&self.step.survey(per_array))
    }

    /// What the step did to the image's loss and outputs and to the batch's loss.
    pub fn consequence(&self) -> Result<Ts<Consequence>, JsValue> {
        sent(&self.step.consequence(self.place)?)
    }

    /// Gives a weight of the copy another value.
    #[wasm_bindgen(js_name = setWeight)]
    pub fn set_weight(
        &mut self,
        layer: usize,
        input: Option<usize>,
        unit: usize,
        value: f64,
    ) -> Result<(), JsValue> {
        self.step.set_weight(layer, input, unit, value)?;
        self.look(self.place)
    }

    /// Puts every weight changed by hand back.
    #[wasm_bindgen(js_name = putBack)]
    pub fn put_back(&mut self) -> Result<(), JsValue> {
        self.step.put_back()?;
        self.look(self.place)
    }

    /// How many weights were changed by hand.
    #[wasm_bindgen(getter, js_name = numEdited)]
    pub fn num_edited(&self) -> usize {
        self.step.num_edited()
    }

    /// A hash of every weight of the copy before the step, as [`Trainer::weights_hash`] has it.
    #[wasm_bindgen(js_name = weightsHash)]
    pub fn weights_hash(&self) -> String {
        format!("{:016x}", crate::train::fingerprint::fingerprint(&self.step.network().parameters))
    }

    /// Multiply–adds of the mini-batch's forward pass: what one nudge costs.
    #[wasm_bindgen(getter, js_name = numMultiplyAdds)]
    pub fn num_multiply_adds(&self) -> f64 {
        self.step.network().architecture().num_multiply_adds() as f64 * self.step.labels().len() as f64
    }

    /// The mini-batch's inputs, scaled: B × 784.
    pub fn inputs(&self) -> Vec<f64> {
        self.step.inputs().iter().copied().collect()
    }

    /// The mini-batch's classes.
    pub fn labels(&self) -> Vec<u8> {
        self.step.labels().to_vec()
    }

    /// Weights of a layer before the step, row by row: (in, out).
    pub fn weights(&self, layer: usize) -> Result<Vec<f64>, JsValue> {
        self.weights_of(&self.step.network().parameters, layer)
    }

    /// Biases of a layer before the step.
    pub fn bias(&self, layer: usize) -> Result<Vec<f64>, JsValue> {
        self.bias_of(&self.step.network().parameters, layer)
    }

    /// Weights of a layer after the step, row by row.
    #[wasm_bindgen(js_name = weightsAfter)]
    pub fn weights_after(&self, layer: usize) -> Result<Vec<f64>, JsValue> {
        self.weights_of(&self.step.network_after().parameters, layer)
    }

    /// The optimizer's state number `which` before the step for a layer's weights, shaped as they are.
    pub fn state(&self, which: usize, layer: usize) -> Result<Vec<f64>, JsValue> {
        self.weights_of(self.state_of(which)?, layer)
    }

    /// The same state for a layer's biases.
    #[wasm_bindgen(js_name = biasState)]
    pub fn bias_state(&self, which: usize, layer: usize) -> Result<Vec<f64>, JsValue> {
        self.bias_of(self.state_of(which)?, layer)
    }
}

impl OneStep {
    fn state_of(&self, which: usize) -> Result<&Parameters<f64>, JsValue> {
        let state = self.step.optimizer().state();
        Rule::Place { count: state.len() }.check(SettingName::State, which)?;
        Ok(&state[which])
    }

    fn checked_layer(&self, layer: usize) -> Result<(), JsValue> {
        Ok(Rule::Place { count: self.step.network().num_layers() }.check(SettingName::Layer, layer)?)
    }

    fn weights_of(&self, parameters: &Parameters<f64>, layer: usize) -> Result<Vec<f64>, JsValue> {
        self.checked_layer(layer)?;
        Ok(parameters.layers[layer].weights.iter().copied().collect())
    }

    fn bias_of(&self, parameters: &Parameters<f64>, layer: usize) -> Result<Vec<f64>, JsValue> {
        self.checked_layer(layer)?;
        Ok(parameters.layers[layer].bias.to_vec())
    }
}

fn name_of(bug: Bug) -> &'static str {
    match bug {
        Bug::KeepGradients => "keep-gradients",
        Bug::DropMaximum => "drop-maximum",
        Bug::ForgetTarget => "forget-target",
        Bug::ForgetMean => "forget-mean",
        Bug::MultiplyCorrection => "multiply-correction",
        Bug::WrongSign => "wrong-sign",
        Bug::ReshapeTranspose => "reshape-transpose",
    }
}

fn named(name: &str) -> Result<Bug, JsValue> {
    let known = Bug::ALL.into_iter().find(|&bug| name_of(bug) == name);
    known.ok_or_else(|| Error::setting(SettingName::Bug, name, Rule::Known).into())
}

fn classes(step: &Step, image: &Pass, label: u8) -> Classes {
    let shape = step.shape();
    let (exponentials, sum) = match shape.output {
        Output::Softmax => image.exponentials(0, step.bug()),
        _ => (Vec::new(), 0.0),
    };
    let last = shape.widths.len() - 2;
    let logits = image.logits().row(0).to_vec();
    let maximum = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let shift = if step.bug() == Some(Bug::DropMaximum) { 0.0 } else { maximum };
    let shifted = match shape.output {
        Output::Softmax => logits.iter().map(|z| z - shift).collect(),
        _ => Vec::new(),
    };
    let targets: Vec<f64> = (0..logits.len()).map(|k| f64::from(k == usize::from(label))).collect();
    let outputs = image.outputs().row(0).to_vec();
    let each = logits.iter().zip(&outputs).zip(&targets);
    let losses = each.map(|((&z, &a), &y)| match shape.loss {
        Loss::CategoricalCrossEntropy if y == 0.0 => 0.0,
        Loss::CategoricalCrossEntropy => image.losses[0],
        Loss::BinaryCrossEntropy => z.max(0.0) - y * z + ln_1p(exp(-z.abs())),
        Loss::MeanSquaredError => (a - y) * (a - y),
    });
    Classes {
        label,
        maximum,
        shifted,
        exponentials,
        sum,
        losses: losses.collect(),
        loss: image.losses[0],
        deltas: image.d_pre_activations[last].row(0).to_vec(),
        bias: step.network().parameters.layers[last].bias.to_vec(),
        bias_gradients: image.gradients.layers[last].bias.to_vec(),
        logits,
        outputs,
        targets,
    }
}
