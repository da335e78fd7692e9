//! The step: a copy of what a run is about to do, done.

use ndarray::{Array2, ArrayView2, Axis};
use serde::Serialize;

use super::Bug;
use super::changes::{Changes, Edit};
use super::pass::{Batch, Pass};
use super::update::{self, Updated};
use crate::data::PIXELS;
use crate::error::{ArrayName, Rule, SettingName};
use crate::nn::{Activation, Dense, Loss, Network, Optimizer, OptimizerSettings, Output, Parameters};
use crate::train::Trainer;
use crate::{Error, Result};

/// What the network is, and where the run stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Shape {
    /// Inputs of the first layer, then the units of every layer.
    pub widths: Vec<usize>,
    /// Activation of each hidden layer.
    pub activations: Vec<Activation>,
    /// What the last layer makes of its logits.
    pub output: Output,
    /// What training makes small.
    pub loss: Loss,
    /// Which rule makes the step.
    pub optimizer: OptimizerSettings,
    /// Names of its state.
    pub state_names: Vec<String>,
    /// The learning rate of this step.
    pub learning_rate: f64,
    /// Factor of `Σ W²`.
    pub l2: f64,
    /// Steps made before this one.
    pub steps_before: usize,
    /// Steps in an epoch.
    pub steps_per_epoch: usize,
    /// Whether the step before left a gradient (the first step has none before it).
    pub has_leftover: bool,
}

/// One image of the mini-batch.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ImageInBatch {
    /// Its place in the data set; of a guest, the place of the image it stands for.
    pub index: u32,
    /// Its class.
    pub label: u8,
    /// The class with the largest logit.
    pub prediction: usize,
    /// What the network gives that class.
    pub confidence: f64,
    /// Its loss.
    pub loss: f64,
}

/// A step of a run, on a copy.
#[derive(Clone, Debug)]
pub struct Step {
    pub(super) network: Network<f64>,
    original: Network<f64>,
    pub(super) optimizer: Optimizer<f64>,
    pub(super) images: Array2<f64>,
    pub(super) labels: Vec<u8>,
    indices: Vec<u32>,
    pub(super) loss: Loss,
    pub(super) l2: f64,
    pub(super) learning_rate: f64,
    steps_before: usize,
    steps_per_epoch: usize,
    pub(super) bug: Option<Bug>,
    pub(super) leftover: Option<Parameters<f64>>,
    /// The mini-batch's pass as it should be.
    pub(super) sound: Pass,
    /// The same with the bug in it, where that is one of the pass.
    wrong: Option<Pass>,
    pub(super) updated: Updated,
}

impl Step {
    /// The next step of `trainer`, with `bug` planted in the copy.
    ///
    /// The run itself is read; nothing of it changes (the mutable borrow lets it put the epoch's order at hand).
    ///
    /// # Errors
    /// [`Error::Setting`] when the network has no place for the bug.
    pub fn of(trainer: &mut Trainer<f32>, bug: Option<Bug>) -> Result<Self> {
        Self::changed(trainer, &Changes { bug, edits: Vec::new() }, None)
    }

    /// The next step of `trainer` with changes in the copy, and with a guest, where there is one, in place of the
    /// mini-batch's first image: 784 bytes and a label.
    ///
    /// On the copy alone, as everything here: the run learns nothing from a guest.
    ///
    /// # Errors
    /// [`Error::Setting`] when the network has no place for the bug or an edit, for an edit that is not finite and
    /// for a guest of an unknown class; [`Error::Shape`] when the guest is no such image.
    pub fn changed(
        trainer: &mut Trainer<f32>,
        changes: &Changes,
        guest: Option<(&[u8], u8)>,
    ) -> Result<Self> {
        let settings = trainer.settings().clone();
        let bug = changes.bug;
        if let Some(bug) = bug
            && !bug.has_a_place(settings.output, settings.optimizer)
        {
            return Err(Error::setting(SettingName::Bug, format!("{bug:?}"), Rule::HasAPlace));
        }
        let (images, labels, indices) = batch_of(trainer, guest)?;
        let original = widened_network(trainer.network())?;
        let network = edited(&original, &changes.edits)?;
        let optimizer = widened_optimizer(trainer)?;
        let leftover = if bug == Some(Bug::KeepGradients) { leftover(trainer)? } else { None };
        let report = trainer.report();
        let batch = Batch { images: images.view(), labels: &labels, loss: settings.loss, l2: settings.l2 };
        let sound = Pass::run(&network, batch, None, None);
        let wrong = bug.filter(|bug| bug.is_of_the_pass());
        let wrong = wrong.map(|bug| Pass::run(&network, batch, Some(bug), leftover.as_ref()));
        let gradients = &wrong.as_ref().unwrap_or(&sound).gradients;
        let (rate, images_view) = (report.learning_rate, images.view());
        let updated = update::update(&network, &optimizer, rate, gradients, images_view, bug)?;
        Ok(Self {
            original,
            network,
            optimizer,
            images,
            labels,
            indices,
            loss: settings.loss,
            l2: settings.l2,
            learning_rate: report.learning_rate,
            steps_before: report.step,
            steps_per_epoch: report.batches_per_epoch,
            bug,
            leftover,
            sound,
            wrong,
            updated,
        })
    }

    /// What the network is, and where the run stands.
    pub fn shape(&self) -> Shape {
        let architecture = self.network.architecture();
        let settings = self.optimizer.settings();
        Shape {
            widths: architecture.widths(),
            activations: architecture.hidden.iter().map(|hidden| hidden.activation).collect(),
            output: architecture.output,
            loss: self.loss,
            optimizer: settings,
            state_names: settings.state_names().iter().map(|&name| name.to_owned()).collect(),
            learning_rate: self.learning_rate,
            l2: self.l2,
            steps_before: self.steps_before,
            steps_per_epoch: self.steps_per_epoch,
            has_leftover: self.steps_before > 0,
        }
    }

    /// The images of the mini-batch, with what the network says of each.
    pub fn images_in_batch(&self) -> Vec<ImageInBatch> {
        let batch = self.batch();
        let (logits, outputs) = (batch.logits(), batch.outputs());
        let each = self.indices.iter().zip(&self.labels).enumerate();
        each.map(|(b, (&index, &label))| {
            let prediction = first_largest(logits.row(b).iter().copied());
            let (confidence, loss) = (outputs[[b, prediction]], batch.losses[b]);
            ImageInBatch { index, label, prediction, confidence, loss }
        })
        .collect()
    }

    /// The pass of the whole mini-batch, with the bug in it; its gradients are of the mean loss.
    pub fn batch(&self) -> &Pass {
        self.wrong.as_ref().unwrap_or(&self.sound)
    }

    /// The pass of one image by itself: its `δ` is not divided by the batch's size.
    ///
    /// # Errors
    /// [`Error::Setting`] when the batch has no such image.
    pub fn image(&self, place: usize) -> Result<Pass> {
        let labels = &self.labels[self.checked(place)?..=place];
        let batch = Batch { images: self.image_row(place), labels, loss: self.loss, l2: self.l2 };
        Ok(Pass::run(&self.network, batch, self.bug, self.leftover.as_ref()))
    }

    pub(super) fn checked(&self, place: usize) -> Result<usize> {
        Rule::Place { count: self.labels.len() }.check(SettingName::Image, place)?;
        Ok(place)
    }

    pub(super) fn image_row(&self, place: usize) -> ArrayView2<'_, f64> {
        self.images.slice_axis(Axis(0), (place..=place).into())
    }

    /// The network of the copy, as it is before the step.
    pub fn network(&self) -> &Network<f64> {
        &self.network
    }

    /// The network of the copy after the step.
    pub fn network_after(&self) -> &Network<f64> {
        &self.updated.network
    }

    /// The optimizer of the copy before the step.
    pub fn optimizer(&self) -> &Optimizer<f64> {
        &self.optimizer
    }

    /// Its state `name` before the step.
    ///
    /// # Errors
    /// [`Error::Setting`] for a name that is not one of [`Shape::state_names`].
    pub fn state(&self, name: &str) -> Result<&Parameters<f64>> {
        let names = self.optimizer.settings().state_names();
        let place = names.iter().position(|&known| known == name);
        place
            .map(|place| &self.optimizer.state()[place])
            .ok_or_else(|| Error::setting(SettingName::State, name, Rule::Known))
    }

    /// The inputs of the mini-batch, scaled. Shape: (B, 784).
    pub fn inputs(&self) -> ArrayView2<'_, f64> {
        self.images.view()
    }

    /// The bug that is planted in the copy.
    pub fn bug(&self) -> Option<Bug> {
        self.bug
    }

    /// The classes of the mini-batch.
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// The value of a weight as the run has it, untouched by hand.
    ///
    /// # Errors
    /// [`Error::Setting`] for a place that the network does not have.
    pub fn original_weight(&self, layer: usize, input: Option<usize>, unit: usize) -> Result<f64> {
        self.check_place(layer, input, unit)?;
        Ok(value_at(&self.original.parameters, layer, input, unit))
    }

    /// How many weights and biases differ from the run's.
    pub fn num_edited(&self) -> usize {
        let pairs = self.network.parameters.slices().zip(self.original.parameters.slices());
        pairs.map(|(now, before)| now.iter().zip(before).filter(|(a, b)| a != b).count()).sum()
    }

    pub(super) fn check_place(&self, layer: usize, input: Option<usize>, unit: usize) -> Result<()> {
        check_place(&self.network.parameters, layer, input, unit)
    }
}

/// The value of one parameter.
pub(super) fn value_at(parameters: &Parameters<f64>, layer: usize, input: Option<usize>, unit: usize) -> f64 {
    let dense = &parameters.layers[layer];
    input.map_or(dense.bias[unit], |input| dense.weights[[input, unit]])
}

fn check_place(parameters: &Parameters<f64>, layer: usize, input: Option<usize>, unit: usize) -> Result<()> {
    let layers = &parameters.layers;
    Rule::Place { count: layers.len() }.check(SettingName::Layer, layer)?;
    let (inputs, outputs) = layers[layer].weights.dim();
    if let Some(input) = input {
        Rule::Place { count: inputs }.check(SettingName::Input, input)?;
    }
    Rule::Place { count: outputs }.check(SettingName::Unit, unit)
}

fn edited(original: &Network<f64>, edits: &[Edit]) -> Result<Network<f64>> {
    let mut network = original.clone();
    for &Edit { layer, input, unit, value } in edits {
        Rule::Finite.check(SettingName::Weight, value)?;
        check_place(&network.parameters, layer, input, unit)?;
        *place_of(&mut network.parameters, layer, input, unit) = value;
    }
    Ok(network)
}

/// One parameter, to be written over.
pub(super) fn place_of(
    parameters: &mut Parameters<f64>,
    layer: usize,
    input: Option<usize>,
    unit: usize,
) -> &mut f64 {
    let dense = &mut parameters.layers[layer];
    match input {
        Some(input) => &mut dense.weights[[input, unit]],
        None => &mut dense.bias[unit],
    }
}

/// The place of the largest value, the first of equals.
fn first_largest(mut values: impl Iterator<Item = f64>) -> usize {
    let mut best = (0, values.next().unwrap_or(0.0));
    for (k, value) in values.enumerate() {
        if value > best.1 {
            best = (k + 1, value);
        }
    }
    best.0
}

fn widened(parameters: &Parameters<f32>) -> Parameters<f64> {
    let layer = |dense: &Dense<f32>| Dense {
        weights: dense.weights.mapv(f64::from),
        bias: dense.bias.mapv(f64::from),
    };
    Parameters { layers: parameters.layers.iter().map(layer).collect() }
}

fn widened_network(network: &Network<f32>) -> Result<Network<f64>> {
    Network::with_parameters(network.architecture().clone(), widened(&network.parameters))
}

fn widened_optimizer(trainer: &Trainer<f32>) -> Result<Optimizer<f64>> {
    let optimizer = trainer.optimizer();
    let state = optimizer.state().iter().map(widened).collect();
    let architecture = trainer.network().architecture();
    Optimizer::with_state(optimizer.settings(), architecture, optimizer.num_updates(), state)
}

/// The images of the next mini-batch, scaled, their classes, and their places in the data set.
fn batch_of(
    trainer: &mut Trainer<f32>,
    guest: Option<(&[u8], u8)>,
) -> Result<(Array2<f64>, Vec<u8>, Vec<u32>)> {
    let indices = trainer.next_batch().to_vec();
    let set = trainer.images();
    let mut bytes: Vec<u8> = indices.iter().flat_map(|&index| set.image(index as usize)).copied().collect();
    let mut labels: Vec<u8> = indices.iter().map(|&index| set.labels()[index as usize]).collect();
    if let Some((pixels, label)) = guest {
        if pixels.len() != PIXELS {
            return Err(Error::shape(ArrayName::Image, PIXELS, pixels.len()));
        }
        let classes = Rule::Place { count: set.num_classes() };
        classes.check(SettingName::Label, usize::from(label))?;
        bytes[..PIXELS].copy_from_slice(pixels);
        labels[0] = label;
    }
    let inputs = trainer.scaled(&bytes).into_iter().map(f64::from).collect();
    let images = Array2::from_shape_vec((indices.len(), PIXELS), inputs).expect("whole images");
    Ok((images, labels, indices))
}

/// The gradient of the step before, at the weights before it; `None` before the first step.
fn leftover(trainer: &Trainer<f32>) -> Result<Option<Parameters<f64>>> {
    let mut earlier = trainer.clone();
    if !earlier.back_one_step() {
        return Ok(None);
    }
    let (images, labels, _) = batch_of(&mut earlier, None)?;
    let settings = earlier.settings();
    let batch = Batch { images: images.view(), labels: &labels, loss: settings.loss, l2: settings.l2 };
    Ok(Some(Pass::run(&widened_network(earlier.network())?, batch, None, None).gradients))
}
