//! Softmax step by step, and the layer without its guard, across the boundary in a browser.
#![cfg(target_arch = "wasm32")]

use atelier::rooms::softmax::steps::{SoftmaxComparison, Stage};
use atelier::rooms::softmax::unguarded::UnguardedReport;
use atelier::train::TrainingSettings;
use atelier::wasm::data::DataSet;
use atelier::wasm::softmax::{Unguarded, compare_softmax, softmax_over_temperatures};
use tsify::Tsify;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn compare(logits: &[f64]) -> SoftmaxComparison {
    compare_softmax(logits, 0.0, 1.0).unwrap().to_rust().unwrap()
}

#[wasm_bindgen_test]
fn exp_ends_in_the_browser_where_each_type_ends() {
    let c = compare(&[0.0, 1.0]);
    // As natively: exp is Rust's own in both.
    assert_eq!(c.f16.largest_safe, 11.0859375);
    assert!((c.f32.largest_safe - 88.72284).abs() < 1e-5);
    assert!((c.f64.largest_safe - 709.782712893384).abs() < 1e-12);
}

#[wasm_bindgen_test]
fn infinities_and_nans_cross_and_the_first_is_named() {
    let c = compare(&[1.0, 89.0, 2.0]);
    let bad = c.f32.naive.first_bad.unwrap();
    assert_eq!((bad.stage, bad.class), (Stage::Exponential, Some(1)));
    assert!(c.f32.naive.exponentials[1].is_infinite() && c.f32.naive.probabilities[1].is_nan());
    assert!(c.f64.naive.first_bad.is_none() && c.f16.guarded.first_bad.is_none());
    assert_eq!(c.largest_logit, 1);
}

#[wasm_bindgen_test]
fn temperatures_come_back_row_by_row_and_bad_settings_throw() {
    let all = softmax_over_temperatures(&[1.0, 2.0], &[0.5, 1.0]).unwrap();
    assert_eq!(all.len(), 4);
    assert!(all[1] > all[3] && all[3] > 0.5);
    assert!(softmax_over_temperatures(&[1.0, 2.0], &[0.0]).is_err());
    assert!(compare_softmax(&[1.0], 0.0, 1.0).is_err());
    assert!(compare_softmax(&[1.0, f64::NAN], 0.0, 1.0).is_err());
}

/// 200 images, black and white by turns.
fn data_set() -> DataSet {
    let pixels = (0..200u8).flat_map(|image| vec![255 * (image % 2); 784]).collect();
    let labels = (0..200u8).map(|image| image % 2).collect();
    DataSet::from_bytes(pixels, labels, vec!["black".into(), "white".into()]).unwrap()
}

#[wasm_bindgen_test]
fn without_the_guard_a_large_learning_rate_ends_and_with_it_goes_on() {
    let settings = |learning_rate| {
        let settings = TrainingSettings { learning_rate, epochs: 100, ..TrainingSettings::default() };
        settings.into_ts().unwrap()
    };
    let mut run = Unguarded::new(&data_set(), settings(1.0), 30).unwrap();
    while !run.advance(1.0) {}
    let report: UnguardedReport = run.report().unwrap().to_rust().unwrap();
    let death = report.death.expect("784 pixels of ink, each weight moved by about 3");
    assert!(death.exponential.is_infinite() && death.logit > 88.7);
    assert_eq!((report.step, run.guarded_losses().len()), (30, 30));
    assert_eq!(run.losses().len(), death.step);
    assert!(run.losses()[death.step - 1].is_nan());
    assert!(run.guarded_losses().iter().all(|loss| loss.is_finite()));
    assert!(Unguarded::new(&data_set(), settings(f64::NAN), 30).is_err());
    assert!(Unguarded::new(&data_set(), settings(1.0), 0).is_err());
}
