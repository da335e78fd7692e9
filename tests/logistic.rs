//! Logistic regression and its folds against scikit-learn (`tests/fixtures/sgd_classifier.py`).

#![cfg(not(target_arch = "wasm32"))]

#[path = "support/fixture.rs"]
mod fixture;
mod support;

use atelier::data::{LabelledImages, Scaling};
use atelier::linear::{LogisticSettings, OneVsRest, Samples, Table};
use atelier::train::cross_validation::{fold_run, stratified_folds};
use fixture::{floats, rows};
use serde_json::Value;
use std::rc::Rc;

/// The fixture's runs are cut short of where rounding grows (its script says why): with another order of
/// summation they move by less than 1e-9. So this tells a wrong step from a rounded one.
const TOLERANCE: f64 = 1e-6;

fn settings(value: &Value) -> LogisticSettings {
    let defaults = LogisticSettings::default();
    LogisticSettings {
        alpha: value["alpha"].as_f64().unwrap(),
        max_iter: value["max_iter"].as_u64().unwrap() as u32,
        tol: value["tol"].as_f64(),
        n_iter_no_change: value["n_iter_no_change"].as_u64().map_or(defaults.n_iter_no_change, |n| n as u32),
        shuffle: value["shuffle"].as_bool().unwrap(),
        own_orders: true,
        seed: value["random_state"].as_u64().map_or(defaults.seed, |n| n as u32),
    }
}

/// Fits with `LANES` running sums in each product: the numbers must not hang on it.
fn fit<const LANES: usize>(
    samples: &impl Samples<f64>,
    num_classes: usize,
    settings: LogisticSettings,
) -> OneVsRest<f64, LANES> {
    let mut model =
        OneVsRest::new(settings, num_classes, samples.num_features(), samples.num_samples()).unwrap();
    // 17 does not divide the samples: how they are cut into calls must not matter.
    while !model.is_finished() {
        model.advance(samples, 17).unwrap();
    }
    model
}

fn assert_coefficients<const LANES: usize>(model: &OneVsRest<f64, LANES>, step: usize, run: &Value) {
    let name = run["settings"].to_string();
    for (model, coefficients) in model.models().iter().zip(rows(&run["coefficients"])) {
        let ours: Vec<f64> = model.weights().into_iter().step_by(step).collect();
        assert_close(&name, &ours, &coefficients);
    }
    let intercepts: Vec<f64> = model.models().iter().map(|model| model.intercept()).collect();
    assert_close(&name, &intercepts, &floats(&run["intercepts"]));
}

fn assert_close(what: &str, ours: &[f64], theirs: &[f64]) {
    assert_eq!(ours.len(), theirs.len(), "{what}");
    for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
        assert!((ours - theirs).abs() <= TOLERANCE, "{what} {index}: {ours} here, {theirs} there");
    }
}

#[test]
fn coefficients_probabilities_and_epochs_are_those_of_scikit_learn() {
    let fixture = fixture::read("sgd_classifier");
    let table = &fixture["table"];
    let features = rows(&table["features"]);
    let values = features.concat();
    let labels: Vec<u8> = floats(&table["labels"]).into_iter().map(|label| label as u8).collect();
    let samples = Table::new(&values, &labels, features[0].len()).unwrap();
    for run in table["runs"].as_array().unwrap() {
        let name = run["settings"].to_string();
        assert_coefficients(&fit::<2>(&samples, 4, settings(&run["settings"])), 1, run);
        let model = fit::<1>(&samples, 4, settings(&run["settings"]));
        assert_coefficients(&model, 1, run);
        let epochs = model.models().iter().map(|model| model.epochs()).max();
        assert_eq!(epochs.map(u64::from), run["epochs"].as_u64(), "{name}");
        for (x, decisions) in features.iter().zip(rows(&run["decisions"])) {
            assert_close(&name, &model.decisions(x), &decisions);
        }
        for (x, probabilities) in features.iter().zip(rows(&run["probabilities"])) {
            assert_close(&name, &model.probabilities(x), &probabilities);
        }
    }
}

#[test]
fn coefficients_on_real_images_are_those_of_scikit_learn() {
    let set = support::data_set("fashion-mnist", "train");
    for run in fixture::read("sgd_classifier")["images"].as_array().unwrap() {
        let count = run["count"].as_u64().unwrap() as usize;
        let values: Vec<f64> = set.pixels()[..count * 784].iter().map(|&x| f64::from(x) / 255.0).collect();
        let samples = Table::new(&values, &set.labels()[..count], 784).unwrap();
        assert_coefficients(&fit::<1>(&samples, 10, settings(&run["settings"])), 16, run);
        assert_coefficients(&fit::<16>(&samples, 10, settings(&run["settings"])), 16, run);
    }
}

#[test]
fn folds_are_those_of_scikit_learn() {
    let fixture = fixture::read("sgd_classifier");
    let folds = &fixture["folds"];
    let labels: Vec<u8> = floats(&folds["labels"]).into_iter().map(|label| label as u8).collect();
    for (name, num_folds) in [("three", 3), ("four", 4)] {
        let ours = stratified_folds(&labels, num_folds).unwrap();
        let theirs: Vec<Vec<u32>> =
            rows(&folds[name]).iter().map(|fold| fold.iter().map(|&index| index as u32).collect()).collect();
        assert_eq!(ours, theirs, "{name}");
    }
    let ours = stratified_folds(support::data_set("fashion-mnist", "train").labels(), 5).unwrap();
    for (ours, theirs) in ours.iter().zip(rows(&fixture["image_folds"])) {
        let sum: u64 = ours.iter().map(|&index| u64::from(index)).sum();
        let summary = [ours.len() as f64, f64::from(ours[0]), f64::from(ours[ours.len() - 1]), sum as f64];
        assert_eq!(summary.as_slice(), theirs);
    }
}

fn accuracies(images: &Rc<LabelledImages>, settings: &LogisticSettings) -> Vec<f64> {
    (0..5)
        .map(|fold| {
            let mut run = fold_run(Rc::clone(images), Scaling::MinMax, settings.clone(), 5, fold).unwrap();
            run.finish().unwrap();
            run.accuracy().unwrap()
        })
        .collect()
}

/// Accuracies of ten epochs with the given orders, and scikit-learn's own of this machine (`cross_validation.py`).
fn beside_scikit_learn(own_orders: bool) -> [Vec<f64>; 2] {
    let set = Rc::new(support::data_set("fashion-mnist", "train"));
    let runs = fixture::read("cross_validation");
    let run = runs["runs"].as_array().unwrap().iter().find(|run| run["max_iter"] == 10).unwrap();
    let ours = accuracies(&set, &LogisticSettings { max_iter: 10, own_orders, ..Default::default() });
    let theirs: Vec<f64> = floats(&run["hits"]).iter().map(|hits| hits / 12_000.0).collect();
    println!("{:.4} {ours:.4?} here, {:.4} {theirs:.4?} in scikit-learn", mean(&ours), mean(&theirs));
    [ours, theirs]
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The course's number, on all 60,000 images: mean 0.8314 there, 0.8312 with scikit-learn here. One order for
/// all ten models costs less time and visits the images otherwise: the mean stays, a fold moves by up to 0.0115,
/// as it does from one `random_state` to another.
#[test]
fn five_fold_accuracy_is_that_of_scikit_learn() {
    let [ours, theirs] = beside_scikit_learn(false);
    assert!((mean(&ours) - mean(&theirs)).abs() < 0.01);
    assert!((mean(&ours) - 0.8314).abs() < 0.01);
}

/// With scikit-learn's ten orders each fold has its accuracy too, up to the growth of rounding in `f32`:
/// 0.0004 where this was written, five images of 12,000.
#[test]
fn with_ten_orders_every_fold_is_that_of_scikit_learn() {
    let [ours, theirs] = beside_scikit_learn(true);
    assert!((mean(&ours) - mean(&theirs)).abs() < 0.001);
    assert!((mean(&ours) - 0.8314).abs() < 0.001);
    for (ours, theirs) in ours.iter().zip(&theirs) {
        // What the page says beside them.
        let page = include_str!("../www/rooms/course/note.ts");
        assert!(page.contains("foldTolerance = 5;"));
        assert!(((ours - theirs) * 12_000.0).abs() < 5.5, "{ours} here, {theirs} there");
    }
}
