//! Which images train and which validate.
//!
//! The course splits with scikit-learn; so that its numbers can be met, the
//! same seed gives the same indices in the same order here. That takes NumPy's
//! legacy `RandomState`: the Mersenne Twister MT19937 seeded by `init_genrand`,
//! and a Fisher–Yates shuffle from the last place down, each draw masked to the
//! next power of two and rejected when too large.

use crate::error::{Rule, SettingName};
use crate::{Error, Result};
use rand_mt::Mt;

/// Splits `0..count` as scikit-learn's `train_test_split(range(count), test_size=validation_fraction, random_state=seed)`.
///
/// Returns the indices for training and for validation; the latter are
/// `⌈count · validation_fraction⌉` and come first in the permutation.
///
/// # Errors
/// [`Error::Setting`] unless the fraction lies strictly between 0 and 1, and when a part would be empty.
///
/// # Examples
/// ```
/// // train_test_split(range(10), test_size=0.2, random_state=42) → [5, 0, 7, 2, 9, 4, 3, 6], [8, 1]
/// let (train, validation) = atelier::data::split::train_validation(10, 0.2, 42)?;
/// assert_eq!(train, [5, 0, 7, 2, 9, 4, 3, 6]);
/// assert_eq!(validation, [8, 1]);
/// # Ok::<(), atelier::Error>(())
/// ```
///
/// # References
/// M. Matsumoto, T. Nishimura, *Mersenne Twister*, ACM TOMACS 8(1), 1998.
pub fn train_validation(count: u32, validation_fraction: f64, seed: u32) -> Result<(Vec<u32>, Vec<u32>)> {
    Rule::Between { above: 0.0, below: 1.0 }.check(SettingName::ValidationFraction, validation_fraction)?;
    let num_validation = num_validation(count as usize, validation_fraction);
    if num_validation == 0 || num_validation >= count as usize {
        return Err(Error::setting(SettingName::Images, count, Rule::ImageInEachPart));
    }
    let mut validation = permutation(count, seed);
    let train = validation.split_off(num_validation);
    Ok((train, validation))
}

/// How many of `count` images a split holds back: `⌈count · validation_fraction⌉`.
pub fn num_validation(count: usize, validation_fraction: f64) -> usize {
    (count as f64 * validation_fraction).ceil() as usize
}

/// NumPy's `RandomState(seed).permutation(count)`.
pub fn permutation(count: u32, seed: u32) -> Vec<u32> {
    let mut twister = Mt::new(seed);
    let mut indices: Vec<u32> = (0..count).collect();
    for last in (1..count).rev() {
        let mask = u32::MAX >> last.leading_zeros();
        let chosen = loop {
            let draw = twister.next_u32() & mask;
            if draw <= last {
                break draw;
            }
        };
        indices.swap(last as usize, chosen as usize);
    }
    indices
}
