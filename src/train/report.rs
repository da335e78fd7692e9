//! What a run says of itself: where it stands, and why it stopped.

use serde::{Deserialize, Serialize};

/// What the machine does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Phase {
    /// Mini-batches of an epoch.
    Training,
    /// The validation images, after an epoch's last batch.
    Validating,
    /// Nothing: see [`Report::stopped`].
    Finished,
}

/// Why a run is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Stopped {
    /// All epochs are done.
    Finished,
    /// The validation loss has not fallen for `patience` epochs.
    EarlyStopped {
        /// The epoch with the lowest validation loss, from 1 on.
        best_epoch: usize,
    },
    /// A number was not finite any more; the state before that step is kept.
    Diverged {
        /// The step that failed, from 1 on.
        step: usize,
        /// Its layer, from 0 at the input up; null for the loss.
        layer: Option<usize>,
        /// What overflowed.
        quantity: Quantity,
    },
}

/// A quantity that must stay finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Quantity {
    /// The mean loss of the batch.
    Loss,
    /// Weighted sums of a layer; the last layer's are the logits.
    PreActivations,
    /// Weights of a layer, after the update.
    Weights,
    /// Biases of a layer, after the update.
    Bias,
}

/// Where a run stands. Losses in nats for cross-entropies, accuracies 0…1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Report {
    /// What comes next.
    pub phase: Phase,
    /// Updates made.
    pub step: usize,
    /// The epoch it is in, from 1 on.
    pub epoch: usize,
    /// Batches of that epoch done.
    pub batch_in_epoch: usize,
    /// Batches in an epoch.
    pub batches_per_epoch: usize,
    /// Epochs validated and recorded.
    pub finished_epochs: usize,
    /// Mean loss of the last batch; null before the first.
    pub loss: Option<f64>,
    /// Accuracy of the last batch.
    pub accuracy: Option<f64>,
    /// Mean loss over the epoch's batches so far, as Keras's progress bar shows it.
    pub epoch_loss: Option<f64>,
    /// Accuracy over the epoch's batches so far.
    pub epoch_accuracy: Option<f64>,
    /// Validation images seen since the epoch's last batch.
    pub validated: usize,
    /// Validation images there are.
    pub num_validation: usize,
    /// Training images there are.
    pub num_training: usize,
    /// The learning rate of the next update.
    pub learning_rate: f64,
    /// Why it is over; null while it is not.
    pub stopped: Option<Stopped>,
}
