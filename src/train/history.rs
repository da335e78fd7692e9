//! What every batch and every epoch scored.

use serde::{Deserialize, Serialize};

/// One finished epoch, as Keras prints it.
///
/// The training figures are means over the epoch's batches, each taken before
/// its update, weighted by the batch's size; the validation figures are taken
/// once, after the last update. Losses in nats, accuracies 0…1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct EpochRecord {
    /// The epoch's number, from 1 on.
    pub epoch: usize,
    /// Updates made so far.
    pub step: usize,
    /// Mean training loss.
    pub loss: f64,
    /// Training accuracy.
    pub accuracy: f64,
    /// Mean validation loss; null without validation images.
    pub validation_loss: Option<f64>,
    /// Validation accuracy.
    pub validation_accuracy: Option<f64>,
    /// The learning rate of the epoch's last update.
    pub learning_rate: f64,
}

/// A learning rate, and the step from which on it acts: 0 for the one that a run begins with.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct RateFrom {
    /// Updates made before it acts.
    pub step: usize,
    /// `η`.
    pub learning_rate: f64,
}

/// Every batch and every epoch so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// Mean loss of each batch, before its update.
    pub losses: Vec<f32>,
    /// How many of each batch were right, before its update.
    pub correct: Vec<u16>,
    /// The finished epochs.
    pub epochs: Vec<EpochRecord>,
}

/// Mean loss and accuracy over some images.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Running {
    /// Sum of the images' losses.
    pub loss_sum: f64,
    /// Images predicted right.
    pub correct: usize,
    /// Images seen.
    pub count: usize,
}

impl Running {
    /// Takes in a batch: its mean loss, how many were right, and its size.
    pub fn add(&mut self, loss: f32, correct: u16, size: usize) {
        self.loss_sum += f64::from(loss) * size as f64;
        self.correct += usize::from(correct);
        self.count += size;
    }

    /// Mean loss; none before the first batch.
    pub fn loss(&self) -> Option<f64> {
        (self.count > 0).then(|| self.loss_sum / self.count as f64)
    }

    /// Accuracy; none before the first batch.
    pub fn accuracy(&self) -> Option<f64> {
        (self.count > 0).then(|| self.correct as f64 / self.count as f64)
    }
}
