//! Cross-validation: each part of the data is held out once.
//!
//! Folds are stratified (each has its share of every class) and not shuffled,
//! cut as scikit-learn's `StratifiedKFold`, so that `cross_val_score` on the
//! same data holds out the same images. A fold's run knows nothing of the
//! others: side by side in workers or one after another, the result is the same.

use super::logistic::LogisticRun;
use crate::Result;
use crate::data::{LabelledImages, Scaling};
use crate::error::{Rule, SettingName};
use crate::linear::LogisticSettings;
use std::iter;
use std::rc::Rc;

/// Cuts the samples into `num_folds` parts; returns the indices that each holds out, ascending.
///
/// Class by class, in order of first appearance: were all labels sorted so, fold
/// f would get the samples at places f, f + n, f + 2n, …; that gives how many of
/// each class it gets, and of each class the first so many go to fold 0, the
/// next to fold 1, and so on.
///
/// Shapes: labels (N,) → `num_folds` lists, N indices in all
///
/// # Errors
/// [`crate::Error::Setting`] for fewer than 2 folds, or more than there are samples of the largest class.
///
/// # Examples
/// ```
/// let folds = atelier::train::cross_validation::stratified_folds(&[1, 1, 0, 0, 1, 0], 3)?;
/// assert_eq!(folds, [[0, 2], [1, 3], [4, 5]]);
/// # Ok::<(), atelier::Error>(())
/// ```
pub fn stratified_folds(labels: &[u8], num_folds: usize) -> Result<Vec<Vec<u32>>> {
    let mut classes: Vec<u8> = Vec::new();
    let mut counts = [0usize; 256];
    for &label in labels {
        if counts[usize::from(label)] == 0 {
            classes.push(label);
        }
        counts[usize::from(label)] += 1;
    }
    let largest = counts.into_iter().max().unwrap_or(0);
    Rule::FoldsOfClass { images: largest }.check(SettingName::NumFolds, num_folds)?;
    // Of the sorted places start..start + count, fold f has those that are f more than a multiple of n.
    let places_below = |end: usize, fold: usize| (end + num_folds - 1 - fold) / num_folds;
    let mut start = 0;
    let mut folds_of_class = vec![Vec::new().into_iter(); counts.len()];
    for class in classes.into_iter().map(usize::from) {
        let end = start + counts[class];
        let share = |fold| places_below(end, fold) - places_below(start, fold);
        let in_turn = (0..num_folds).flat_map(|fold| iter::repeat_n(fold, share(fold)));
        folds_of_class[class] = in_turn.collect::<Vec<_>>().into_iter();
        start = end;
    }
    let mut folds = vec![Vec::new(); num_folds];
    for (index, &label) in (0..).zip(labels) {
        // The shares of a class add up to its count, so none runs out.
        if let Some(fold) = folds_of_class[usize::from(label)].next() {
            folds[fold].push(index);
        }
    }
    Ok(folds)
}

/// The run that holds out `fold` of `num_folds`, and learns from all others.
///
/// # Errors
/// [`crate::Error::Setting`] for a setting outside its range or a fold that is not there.
pub fn fold_run(
    images: Rc<LabelledImages>,
    pixels: Scaling,
    settings: LogisticSettings,
    num_folds: usize,
    fold: usize,
) -> Result<LogisticRun> {
    let mut folds = stratified_folds(images.labels(), num_folds)?;
    Rule::Place { count: num_folds }.check(SettingName::Fold, fold)?;
    let held_out = folds.swap_remove(fold);
    let mut train: Vec<u32> = folds.concat();
    // scikit-learn keeps the order of the data, and the order is what a seed shuffles.
    train.sort_unstable();
    LogisticRun::on(images, pixels, settings, train, held_out)
}
