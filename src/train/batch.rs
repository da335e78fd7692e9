//! One mini-batch: gathered, forward, scored, backward, the optimizer's step.
//!
//! A large one is done in parts, so that whoever drives the run can stop between two of them. Only the last part
//! changes the run: what is under way before it can be dropped, and done again.

use rand::seq::SliceRandom;

use super::Trainer;
use super::history::Running;
use super::replay::State;
use super::report::{Quantity, Stopped};
use super::trainer::rate_at;
use crate::Real;
use crate::data::batches;
use crate::nn::Forward;

/// A part of a training step, between two of which whoever drives it can stop: a batch of 2,048 images through the
/// largest network takes a second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    /// A layer's forward pass.
    Forward(usize),
    /// The loss, and with it how the backward pass begins.
    Score,
    /// A layer's backward pass; then the update.
    Backward(usize, Scored),
    /// The optimizer's step.
    Update(Scored),
}

/// A batch's mean loss with its penalty, and how many are right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scored {
    loss: f32,
    correct: u16,
}

/// Multiply–adds of a step that is done in one piece: a few hundredths of a second.
pub(super) const UNBROKEN: u64 = 1 << 28;

impl<R: Real> Trainer<R> {
    /// The rest of the batch, or its next part where it is a large one.
    pub(super) fn train(&mut self) {
        loop {
            self.train_part();
            if self.in_parts || self.part.is_none() {
                return;
            }
        }
    }

    fn train_part(&mut self) {
        let last = self.state.network.num_layers() - 1;
        self.part = match self.part {
            None => {
                self.begin_batch();
                Some(Part::Forward(0))
            }
            Some(Part::Forward(layer)) => {
                self.state.network.forward_layer(layer, &mut self.forward);
                Some(if layer < last { Part::Forward(layer + 1) } else { Part::Score })
            }
            Some(Part::Score) => self.begin_backward().map(|scored| Part::Backward(last, scored)),
            Some(Part::Backward(layer, scored)) => {
                let l2 = R::of(self.settings.l2);
                self.state.network.backward_layer(layer, &self.forward, l2, &mut self.backward);
                Some(if layer > 0 { Part::Backward(layer - 1, scored) } else { Part::Update(scored) })
            }
            Some(Part::Update(scored)) => {
                self.end_batch(scored);
                None
            }
        };
    }

    fn begin_batch(&mut self) {
        let step = self.state.step;
        self.snapshots.offer(&self.state);
        self.gather_batch(step);
    }

    /// The loss of the batch that was run forward, and where its backward pass begins; none where it overflowed.
    fn begin_backward(&mut self) -> Option<Scored> {
        let scored = self.score_batch();
        if let Some((layer, quantity)) = overflow(&self.forward, f64::from(scored.loss)) {
            self.stopped = Some(Stopped::Diverged { step: self.state.step + 1, layer, quantity });
            return None;
        }
        self.gradients_of = None;
        let loss = self.settings.loss;
        self.state.network.backward_logits(&self.forward, &self.labels, loss, &mut self.backward);
        Some(scored)
    }

    fn end_batch(&mut self, Scored { loss, correct }: Scored) {
        let step = self.state.step;
        if !self.apply() {
            let parameters = &self.state.network.parameters;
            let (layer, is_bias) = parameters.first_not_finite().expect("the update met one");
            let quantity = if is_bias { Quantity::Bias } else { Quantity::Weights };
            self.replay_to(step);
            self.stopped = Some(Stopped::Diverged { step: step + 1, layer: Some(layer), quantity });
            return;
        }
        if step.is_multiple_of(self.batches_per_epoch()) {
            self.begin_epoch();
        }
        self.history.losses.push(loss);
        self.history.correct.push(correct);
        self.running.add(loss, correct, self.labels.len());
        self.evaluation.clear();
    }

    /// Makes room for the epoch's history, so that no step of it has to.
    fn begin_epoch(&mut self) {
        self.running = Running::default();
        self.history.losses.reserve(self.batches_per_epoch());
        self.history.correct.reserve(self.batches_per_epoch());
    }

    /// Gathers the batch of `step` and runs it forward.
    pub(super) fn forward_batch(&mut self, step: usize) {
        self.gather_batch(step);
        self.state.network.forward_into(&mut self.forward);
    }

    fn gather_batch(&mut self, step: usize) {
        self.shuffle_for(step / self.batches_per_epoch());
        let batch = &self.order[self.batch_range(step)];
        self.labels.clear();
        self.labels.extend(batch.iter().map(|&index| self.images.labels()[index as usize]));
        let images = batch.iter().map(|&index| self.images.image(index as usize));
        self.inputs.gather(images, &mut self.forward);
    }

    /// Puts the training images in the order of `epoch` (from 0 on).
    pub(super) fn shuffle_for(&mut self, epoch: usize) {
        if self.order_of_epoch == Some(epoch) {
            return;
        }
        self.order.copy_from_slice(&self.train);
        if epoch > 0 || !self.begins_in_file_order {
            self.order.shuffle(&mut batches::order_generator(self.settings.seed, epoch));
        }
        self.order_of_epoch = Some(epoch);
    }

    fn score_batch(&self) -> Scored {
        let (mut sum, mut correct) = (0.0, 0);
        for (image, &label) in self.labels.iter().enumerate() {
            sum += Real::to_f64(self.forward.loss_of(self.settings.loss, image, label));
            correct += u16::from(self.forward.prediction(image) == usize::from(label));
        }
        let loss = sum / self.labels.len() as f64 + self.state.network.penalty(self.settings.l2);
        Scored { loss: loss as f32, correct }
    }

    /// The backward pass of the batch that stands in `forward`, and the optimizer's step.
    ///
    /// Returns whether every weight and bias is finite afterwards.
    pub(super) fn update(&mut self) -> bool {
        let (loss, l2) = (self.settings.loss, R::of(self.settings.l2));
        self.state.network.backward_into(&self.forward, &self.labels, loss, l2, &mut self.backward);
        self.apply()
    }

    /// The optimizer's step with the gradients that stand in `backward`.
    fn apply(&mut self) -> bool {
        let State { step, network, optimizer } = &mut self.state;
        let rate = rate_at(&self.learning_rates, *step);
        *step += 1;
        self.gradients_of = Some(*step);
        optimizer.update(rate, &mut network.parameters, &self.backward.parameters)
    }
}

/// What of a forward pass and its mean loss is not finite: the layer, and the quantity.
pub(super) fn overflow<R: Real>(forward: &Forward<R>, loss: f64) -> Option<(Option<usize>, Quantity)> {
    if let Some(layer) = forward.first_not_finite() {
        return Some((Some(layer), Quantity::PreActivations));
    }
    (!loss.is_finite()).then_some((None, Quantity::Loss))
}
