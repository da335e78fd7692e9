//! The order of an epoch, cut into mini-batches.

use rand::seq::SliceRandom;

use crate::Generator;

/// The order in which one epoch visits `indices`: a shuffled copy.
pub fn epoch_order(indices: &[u32], generator: &mut Generator) -> Vec<u32> {
    let mut order = indices.to_vec();
    order.shuffle(generator);
    order
}

/// What shuffles the images of `epoch` (from 0 on) in a run of `seed`: the weights are drawn from the stream of the
/// seed itself, epoch 0 from the next, and so on, so that any epoch's order can be made without the ones before it.
pub fn order_generator(seed: u32, epoch: usize) -> Generator {
    Generator::new((epoch as u64 + 1) << 32 | u64::from(seed))
}

/// Steps of one epoch: ⌈count / batch_size⌉, the last partial batch kept.
///
/// # Panics
/// When `batch_size` is 0; settings are checked where they come in.
pub fn num_batches(count: usize, batch_size: usize) -> usize {
    count.div_ceil(batch_size)
}

/// Mini-batch `step` of an epoch's `order`, shorter than `batch_size` only at the end; empty past it.
///
/// # Examples
/// ```
/// use atelier::data::batches::{batch, num_batches};
/// let order = [4, 2, 0, 1, 3];
/// assert_eq!(num_batches(order.len(), 2), 3);
/// assert_eq!(batch(&order, 2, 0), [4, 2]);
/// assert_eq!(batch(&order, 2, 2), [3]);
/// ```
pub fn batch(order: &[u32], batch_size: usize, step: usize) -> &[u32] {
    let start = step.saturating_mul(batch_size).min(order.len());
    let end = start.saturating_add(batch_size).min(order.len());
    &order[start..end]
}
