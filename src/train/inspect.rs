//! What a run shows: its parts, its predictions, its answers to any images.

use std::rc::Rc;

use super::inputs::Inputs;
use super::trainer::SLICE;
use super::{Evaluation, History, Trainer, TrainingSettings, fingerprint};
use crate::data::{LabelledImages, PIXELS};
use crate::error::{ArrayName, Rule, SettingName};
use crate::nn::{Backward, Dense, Forward, Network, Optimizer};
use crate::{Error, Real, Result};

/// What a run shows.
impl<R: Real> Trainer<R> {
    /// The settings it was made from.
    pub fn settings(&self) -> &TrainingSettings {
        &self.settings
    }

    /// The images it trains on, validation included.
    pub fn images(&self) -> &Rc<LabelledImages> {
        &self.images
    }

    /// How its bytes become inputs.
    pub(crate) fn inputs(&self) -> &Inputs<R> {
        &self.inputs
    }

    /// Indices of the training images, in the order of the split.
    pub fn train_indices(&self) -> &[u32] {
        &self.train
    }

    /// Indices of the validation images, in the order of the split.
    pub fn validation_indices(&self) -> &[u32] {
        &self.validation
    }

    /// Indices of the images of the next batch.
    pub fn next_batch(&mut self) -> &[u32] {
        self.shuffle_for(self.state.step / self.batches_per_epoch());
        &self.order[self.batch_range(self.state.step)]
    }

    /// The network as it is.
    pub fn network(&self) -> &Network<R> {
        &self.state.network
    }

    /// The optimizer with its state.
    pub fn optimizer(&self) -> &Optimizer<R> {
        &self.state.optimizer
    }

    /// The forward pass of the last batch, before its update.
    pub fn last_forward(&self) -> &Forward<R> {
        &self.forward
    }

    /// The gradients of the last batch.
    pub fn last_backward(&self) -> &Backward<R> {
        &self.backward
    }

    /// The largest magnitude among the gradients of each layer's weights, from the input up, in the last
    /// update; none where that update was not made here: before the first, and after going on or back.
    ///
    /// `max |∂L/∂W|` of the mini-batch's mean loss. Exactly 0 below a step unit, whose slope is 0.
    pub fn largest_gradients(&self) -> Option<Vec<R>> {
        if self.gradients_of != Some(self.state.step) {
            return None;
        }
        let largest = |layer: &Dense<R>| layer.weights.iter().fold(R::zero(), |most, g| most.max(g.abs()));
        Some(self.backward.parameters.layers.iter().map(largest).collect())
    }

    /// Every batch and epoch so far.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Accuracy of each batch, from update `from` on.
    pub fn batch_accuracies(&self, from: usize) -> Vec<f32> {
        let correct = self.history.correct.iter().enumerate().skip(from);
        correct.map(|(step, &correct)| f32::from(correct) / self.batch_range(step).len() as f32).collect()
    }

    /// The validation images answered since the epoch's last update; whole once the epoch is recorded.
    pub fn validation(&self) -> &Evaluation {
        &self.evaluation
    }

    /// [`fingerprint`] of the weights.
    pub fn fingerprint(&self) -> u64 {
        fingerprint::fingerprint(&self.state.network.parameters)
    }

    /// Scales images of bytes as the training images are. Shape: N × 784 → N × 784.
    pub fn scaled(&self, pixels: &[u8]) -> Vec<R> {
        let mut inputs = vec![R::zero(); pixels.len()];
        for (image, out) in pixels.chunks_exact(PIXELS).zip(inputs.chunks_exact_mut(PIXELS)) {
            self.inputs.scale(image, out);
        }
        inputs
    }

    /// The outputs for images of bytes. Shapes: N × 784 → N × K.
    ///
    /// # Errors
    /// [`Error::Shape`] when `pixels` is not a whole number of images.
    pub fn predict(&mut self, pixels: &[u8]) -> Result<Vec<R>> {
        if !pixels.len().is_multiple_of(PIXELS) {
            let expected = pixels.len().next_multiple_of(PIXELS);
            return Err(Error::shape(ArrayName::Pixels, expected, pixels.len()));
        }
        let mut outputs = Vec::with_capacity(pixels.len() / PIXELS * self.images.num_classes());
        for slice in pixels.chunks(SLICE * PIXELS) {
            self.inputs.gather(slice.chunks_exact(PIXELS), &mut self.inference);
            self.state.network.forward_into(&mut self.inference);
            outputs.extend(self.inference.outputs());
        }
        Ok(outputs)
    }

    /// The images of the run's set, among `indices`, with the largest weighted sum into unit `unit` of the
    /// first layer, largest first; ties by place in `indices`.
    ///
    /// `z = x · w + b`, before the activation: what excites a unit is told by its own weights.
    ///
    /// # Errors
    /// [`Error::Setting`] for a unit that does not exist or an index outside the set.
    pub fn most_exciting(&mut self, unit: usize, indices: &[u32], count: usize) -> Result<Vec<(u32, R)>> {
        let layer = &self.state.network.parameters.layers[0];
        Rule::Place { count: layer.bias.len() }.check(SettingName::Unit, unit)?;
        let (weights, bias) = (layer.weights.column(unit).to_owned(), layer.bias[unit]);
        let mut sums = Vec::with_capacity(indices.len());
        let mut inputs = vec![R::zero(); PIXELS];
        for &index in indices {
            Rule::Place { count: self.images.len() }.check(SettingName::Index, index)?;
            self.inputs.scale(self.images.image(index as usize), &mut inputs);
            let sum = inputs.iter().zip(&weights).fold(bias, |sum, (&x, &w)| sum + x * w);
            sums.push((index, sum));
        }
        // Finite, because training stops before a weight is not.
        sums.sort_by(|a, b| b.1.partial_cmp(&a.1).unwrap_or(std::cmp::Ordering::Equal));
        sums.truncate(count);
        Ok(sums)
    }

    /// Answers the images of `set` at `indices`, adding to `evaluation`; a slice of any length.
    ///
    /// # Errors
    /// [`Error::Setting`] for an index outside the set, [`Error::Shape`] for a set or an evaluation of another
    /// number of classes.
    pub fn evaluate(
        &mut self,
        set: &LabelledImages,
        indices: &[u32],
        evaluation: &mut Evaluation,
    ) -> Result<()> {
        let expected = self.images.num_classes();
        for (array, actual) in [
            (ArrayName::SetClasses, set.num_classes()),
            (ArrayName::EvaluationClasses, evaluation.num_classes()),
        ] {
            if actual != expected {
                return Err(Error::shape(array, expected, actual));
            }
        }
        let there = Rule::Place { count: set.len() };
        indices.iter().try_for_each(|&index| there.check(SettingName::Index, index))?;
        for slice in indices.chunks(SLICE) {
            self.answer(set, slice, evaluation);
        }
        Ok(())
    }

    /// Runs at most [`SLICE`] images forward and notes what the network says.
    pub(super) fn answer(&mut self, set: &LabelledImages, slice: &[u32], evaluation: &mut Evaluation) {
        let images = slice.iter().map(|&index| set.image(index as usize));
        self.inputs.gather(images, &mut self.inference);
        self.state.network.forward_into(&mut self.inference);
        for (row, &index) in slice.iter().enumerate() {
            let label = set.labels()[index as usize];
            let prediction = self.inference.prediction(row);
            let confidence = Real::to_f64(self.inference.outputs()[[row, prediction]]) as f32;
            let loss = Real::to_f64(self.inference.loss_of(self.settings.loss, row, label));
            evaluation.add(index, label, prediction as u8, confidence, loss);
        }
    }
}
