//! What holds for logistic regression and its folds whatever the numbers are.

#![cfg(not(target_arch = "wasm32"))]

use atelier::Error;
use atelier::data::{LabelledImages, PIXELS, Scaling};
use atelier::error::ArrayName;
use atelier::linear::classifier::normalised_sigmoids;
use atelier::linear::{LogisticSettings, OneVsRest, Samples, Table};
use atelier::train::cross_validation::{fold_run, stratified_folds};
use atelier::train::logistic::{LogisticRun, LogisticRunSettings};
use proptest::prelude::*;
use std::rc::Rc;

fn settings(max_iter: u32) -> LogisticSettings {
    LogisticSettings { max_iter, ..Default::default() }
}

/// Learns to the end, `slice` samples a call.
fn fitted(settings: LogisticSettings, samples: &Table<f64>, classes: usize, slice: usize) -> OneVsRest<f64> {
    let (features, count) = (samples.num_features(), samples.num_samples());
    let mut model = OneVsRest::new(settings, classes, features, count).unwrap();
    while !model.is_finished() {
        model.advance(samples, slice).unwrap();
    }
    model
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn folds_are_a_stratified_partition(labels in prop::collection::vec(0u8..5, 20..200), num_folds in 2usize..8) {
        let folds = match stratified_folds(&labels, num_folds) {
            Ok(folds) => folds,
            // Too few of every class: it must then be true.
            Err(_) => {
                let counts = (0..5).map(|class| labels.iter().filter(|&&label| label == class).count());
                prop_assert!(counts.max().unwrap() < num_folds);
                return Ok(());
            }
        };
        prop_assert!(folds.iter().all(|fold| fold.is_sorted()));
        let mut all = folds.concat();
        all.sort_unstable();
        prop_assert!(all.into_iter().eq(0..labels.len() as u32));
        let sizes = folds.iter().map(Vec::len);
        prop_assert!(sizes.clone().max().unwrap() - sizes.min().unwrap() <= 1);
        for class in 0..5 {
            let share = |fold: &Vec<u32>| fold.iter().filter(|&&index| labels[index as usize] == class).count();
            let shares = folds.iter().map(share);
            prop_assert!(shares.clone().max().unwrap() - shares.min().unwrap() <= 1);
        }
    }

    #[test]
    fn how_the_samples_are_cut_into_calls_changes_no_bit(
        values in prop::collection::vec(-2.0f64..2.0, 24 * 3),
        labels in prop::collection::vec(0u8..3, 24),
        slice in 1usize..30,
        own_orders: bool,
    ) {
        let samples = Table::new(&values, &labels, 3).unwrap();
        let settings = LogisticSettings { own_orders, ..settings(4) };
        let whole = fitted(settings.clone(), &samples, 3, usize::MAX);
        prop_assert_eq!(fitted(settings, &samples, 3, slice), whole);
    }

    #[test]
    fn probabilities_sum_to_one(decisions in prop::collection::vec(-1e4f64..1e4, 2..12)) {
        let probabilities = normalised_sigmoids(&decisions);
        prop_assert!(probabilities.iter().all(|p| (0.0..=1.0).contains(p)));
        // A dozen roundings of half a unit in the last place.
        prop_assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-14);
    }
}

/// Two clusters and the space between them: it converges, and then stays as it is.
#[test]
fn a_model_stops_by_itself_when_nothing_is_gained() {
    let values = [-1.0, -0.9, 0.9, 1.0];
    let samples = Table::new(&values, &[0, 0, 1, 1], 1).unwrap();
    let stopped = fitted(settings(1000), &samples, 2, usize::MAX);
    assert!(stopped.epoch() < 1000 && stopped.models().iter().all(|model| model.has_converged()));
    let mut again = stopped.clone();
    assert_eq!(again.advance(&samples, 10), Ok(None));
    assert_eq!(again, stopped);
    let without = fitted(LogisticSettings { tol: None, ..settings(50) }, &samples, 2, usize::MAX);
    assert_eq!(without.epoch(), 50);
}

#[test]
fn numbers_too_large_to_learn_from_are_named_not_passed_on() {
    let values = [1e200, -1e200, 1e200, -1e200];
    let samples = Table::new(&values, &[0, 1], 2).unwrap();
    let mut model: OneVsRest<f64> = OneVsRest::new(settings(3), 2, 2, 2).unwrap();
    assert_eq!(model.advance(&samples, 2), Err(Error::LogisticOverflow { epoch: 1, class: 0 }));
}

#[test]
fn each_setting_is_refused_outside_its_range_by_name() {
    let refused = |change: fn(&mut LogisticSettings)| {
        let mut settings = LogisticSettings::default();
        change(&mut settings);
        settings.check().unwrap_err().to_string()
    };
    assert_eq!(refused(|s| s.alpha = 0.0), "alpha is 0, but must be 1e-8 to 1");
    for bad in [f64::NAN, f64::INFINITY, -1.0] {
        let mut settings = LogisticSettings { alpha: bad, ..Default::default() };
        assert!(settings.check().is_err());
        (settings.alpha, settings.tol) = (1e-4, Some(bad));
        assert!(settings.check().unwrap_err().to_string().starts_with("tol is"));
    }
    assert!(refused(|s| s.max_iter = 0).starts_with("maxIter is 0"));
    assert!(refused(|s| s.max_iter = u32::MAX).starts_with("maxIter is 4294967295"));
    assert!(refused(|s| s.n_iter_no_change = 0).starts_with("nIterNoChange is 0"));
    for (classes, features, samples) in [(1, 1, 1), (257, 1, 1), (2, 0, 1), (2, 1, 0)] {
        let model: Result<OneVsRest<f64>, _> =
            OneVsRest::new(LogisticSettings::default(), classes, features, samples);
        assert!(matches!(model, Err(Error::Setting { .. })));
    }
}

#[test]
fn samples_of_another_size_are_refused() {
    let samples = Table::new(&[1.0, 2.0], &[0, 1], 1).unwrap();
    let mut model: OneVsRest<f64> = OneVsRest::new(settings(1), 2, 1, 3).unwrap();
    let wrong = Error::shape(ArrayName::Samples, 3, 2);
    assert_eq!(model.advance(&samples, 1), Err(wrong));
    let mut model: OneVsRest<f64> = OneVsRest::new(settings(1), 2, 2, 2).unwrap();
    let wrong = Error::shape(ArrayName::Features, 2, 1);
    assert_eq!(model.advance(&samples, 1), Err(wrong.clone()));
    assert_eq!(model.accuracy(&samples), Err(wrong));
    assert!(Table::new(&[1.0, 2.0, 3.0], &[0, 1], 1).is_err());
}

/// Forty images of two classes, told apart by their upper half.
fn images() -> Rc<LabelledImages> {
    let labels: Vec<u8> = (0..40).map(|index| index % 2).collect();
    let ink = |label: u8, pixel: usize| if (pixel < PIXELS / 2) == (label == 0) { 180 } else { 20 };
    let pixels = labels.iter().flat_map(|&label| (0..PIXELS).map(move |pixel| ink(label, pixel))).collect();
    Rc::new(LabelledImages::new(pixels, labels, vec!["a".into(), "b".into()]).unwrap())
}

/// A scaling that is one factor takes a shorter way through a step than one with a factor a pixel.
#[test]
fn every_scaling_learns_to_tell_two_halves_apart() {
    for pixels in [Scaling::None, Scaling::MinMax, Scaling::Standardized] {
        let mut run = fold_run(images(), pixels, settings(3), 4, 1).unwrap();
        run.finish().unwrap();
        assert_eq!(run.accuracy(), Ok(1.0), "{pixels:?}");
        assert_eq!((run.train().len(), run.held_out().len(), run.history().len()), (30, 10, 3));
    }
}

#[test]
fn a_run_refuses_what_is_not_there() {
    let refused = |settings| LogisticRun::new(images(), settings).unwrap_err().to_string();
    let base = LogisticRunSettings::default;
    let text = refused(LogisticRunSettings { training_images: 41, ..base() });
    assert!(text.starts_with("trainingImages is 41"), "{text}");
    let text = refused(LogisticRunSettings { validation_fraction: 1.0, ..base() });
    assert!(text.starts_with("validationFraction is 1"), "{text}");
    let beyond = LogisticRun::on(images(), Scaling::MinMax, settings(1), vec![0, 40], vec![1]);
    assert!(beyond.unwrap_err().to_string().starts_with("index is 40, but must be below 40"));
    let run = LogisticRun::new(images(), base()).unwrap();
    assert!(matches!(run.decisions(&[0; 783]), Err(Error::Shape { expected: 784, actual: 783, .. })));
}
