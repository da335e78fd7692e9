//! What memory a run takes, told before it is begun.

use super::TrainingSettings;
use super::replay::{Snapshots, bytes_of_state};
use super::trainer::SLICE;
use crate::Real;
use crate::data::{batches, split};
use crate::nn::product::Room;

/// Bytes that a run of these settings holds at its end, its images aside.
///
/// Weights with what the rule keeps for them, their gradients, the snapshots on the way back, every value of a
/// batch's forward and backward pass and of a slice of validation, lists of what is not black, and the history. Settings out of range
/// have a size too; [`TrainingSettings::check`] tells them.
pub fn bytes_of_run<R: Real>(settings: &TrainingSettings, num_images: usize, num_classes: usize) -> u64 {
    let architecture = settings.architecture(num_classes);
    let used = if settings.training_images == 0 { num_images } else { settings.training_images };
    let num_validation = split::num_validation(used, settings.validation_fraction);
    let num_train = used.saturating_sub(num_validation);
    let batch_size = settings.batch_size.clamp(1, num_train.max(1));
    let steps = settings.epochs * batches::num_batches(num_train, settings.batch_size.max(1));

    let state = bytes_of_state::<R>(&architecture, settings.optimizer);
    let taken = steps.div_ceil(Snapshots::<R>::interval_for(&architecture, batch_size));
    let snapshots = taken.min(Snapshots::<R>::capacity_for(state));

    let widths = architecture.widths();
    let (inputs, above) = (widths[0], widths[1..].iter().sum::<usize>());
    let forward = inputs + 2 * above + 1;
    let backward = 2 * above - architecture.outputs;
    let numbers = architecture.num_parameters() + batch_size * (forward + backward) + SLICE * forward;

    let (first, second) = (widths[0], widths[1]);
    let lists = Room::for_images(batch_size, first, second).bytes::<R>()
        + Room::for_gradient(batch_size, first, second).bytes::<R>()
        + Room::for_images(SLICE, first, second).bytes::<R>();

    let indices = (2 * num_train + num_validation) * size_of::<u32>();
    let history = steps * (size_of::<f32>() + size_of::<u16>());
    // An answer to each validation image: index, label, prediction, confidence.
    let answers = num_validation * 12;
    let parts = [state * (1 + snapshots), numbers * size_of::<R>(), lists, indices, history, answers];
    parts.into_iter().map(|bytes| bytes as u64).sum()
}
