//! Logistic regression across the boundary.

#![cfg(target_arch = "wasm32")]

use atelier::linear::LogisticSettings;
use atelier::train::logistic::LogisticRunSettings;
use atelier::wasm::data::DataSet;
use atelier::wasm::logistic::{LogisticRun, default_logistic_settings};
use js_sys::{Error, Reflect};
use tsify::Ts;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::*;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// Thirty images of three classes: each class has ink in a third of its own.
fn data_set() -> DataSet {
    let labels: Vec<u8> = (0..30).map(|index| index % 3).collect();
    let ink = |label: u8, pixel: usize| if pixel / 262 == usize::from(label) { 200 } else { 10 };
    let pixels = labels.iter().flat_map(|&label| (0..784).map(move |pixel| ink(label, pixel))).collect();
    DataSet::from_bytes(pixels, labels, ["a", "b", "c"].map(String::from).to_vec()).unwrap()
}

fn settings(max_iter: u32) -> Ts<LogisticRunSettings> {
    let classifier = LogisticSettings { max_iter, ..Default::default() };
    Ts::from_rust(&LogisticRunSettings { classifier, ..Default::default() }).unwrap()
}

fn finished(mut run: LogisticRun) -> LogisticRun {
    while !flag(&run.report().unwrap().into(), "isFinished") {
        run.advance(0.0).unwrap();
    }
    run
}

fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap()
}

fn number(object: &JsValue, name: &str) -> f64 {
    field(object, name).as_f64().unwrap()
}

fn flag(object: &JsValue, name: &str) -> bool {
    field(object, name).as_bool().unwrap()
}

fn message<T>(result: Result<T, JsValue>) -> String {
    let Err(thrown) = result else { panic!("nothing was thrown") };
    let thrown = Error::from(thrown);
    assert_eq!(String::from(thrown.name()), "EngineError");
    thrown.message().into()
}

#[wasm_bindgen_test]
fn the_defaults_are_the_courses() {
    let defaults: JsValue = default_logistic_settings().unwrap().into();
    assert_eq!(field(&defaults, "pixels"), "min-max");
    let classifier = field(&defaults, "classifier");
    assert_eq!(number(&classifier, "maxIter"), 10.0);
    assert_eq!(number(&classifier, "alpha"), 1e-4);
}

#[wasm_bindgen_test]
fn a_run_learns_reports_and_answers() {
    let run = finished(LogisticRun::new(&data_set(), settings(3)).unwrap());
    let report: JsValue = run.report().unwrap().into();
    assert_eq!((number(&report, "epoch"), number(&report, "numSamples")), (3.0, 24.0));
    assert_eq!((run.history().unwrap().len(), run.held_out_indices().len()), (3, 6));
    assert_eq!(number(&field(&report, "last"), "validationAccuracy"), run.accuracy().unwrap());
    assert_eq!(run.accuracy().unwrap(), 1.0);
    let images = data_set().pixels()[..2 * 784].to_vec();
    let (decisions, probabilities) = (run.decisions(&images).unwrap(), run.probabilities(&images).unwrap());
    assert_eq!((decisions.len(), probabilities.len()), (6, 6));
    for (image, (decisions, probabilities)) in decisions.chunks(3).zip(probabilities.chunks(3)).enumerate() {
        assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        for (class, &decision) in decisions.iter().enumerate() {
            // Only the model of its own class says yes.
            assert_eq!(decision > 0.0, class == image);
        }
    }
    // A decision by hand, from what was copied out; f32 products of 784 terms agree to about 1e-4.
    let weights = run.weights(1).unwrap();
    let by_hand: f64 = weights.iter().zip(&images).map(|(&w, &x)| f64::from(w) * f64::from(x) / 255.0).sum();
    assert!((by_hand + run.intercepts()[1] - decisions[1]).abs() < 1e-3);
}

#[wasm_bindgen_test]
fn folds_hold_out_every_image_once_and_repeat_to_the_bit() {
    let set = data_set();
    let mut held_out = Vec::new();
    for fold in 0..5 {
        let run = finished(LogisticRun::fold(&set, settings(2), 5, fold).unwrap());
        let again = finished(LogisticRun::fold(&set, settings(2), 5, fold).unwrap());
        assert_eq!(run.weights(0).unwrap(), again.weights(0).unwrap());
        held_out.extend(run.held_out_indices());
    }
    held_out.sort_unstable();
    assert!(held_out.into_iter().eq(0..30));
}

#[wasm_bindgen_test]
fn what_is_wrong_is_thrown_with_its_name_and_range() {
    let set = data_set();
    let wrong = LogisticRunSettings {
        classifier: LogisticSettings { alpha: f64::NAN, ..Default::default() },
        ..Default::default()
    };
    let thrown = message(LogisticRun::new(&set, Ts::from_rust(&wrong).unwrap()));
    assert!(thrown.starts_with("alpha is NaN, but must be"), "{thrown}");
    let thrown = message(LogisticRun::fold(&set, settings(1), 1, 0));
    assert!(thrown.starts_with("numFolds is 1, but must be"), "{thrown}");
    let thrown = message(LogisticRun::fold(&set, settings(1), 5, 5));
    assert!(thrown.starts_with("fold is 5, but must be"), "{thrown}");
    let wrong = LogisticRunSettings { training_images: 31, ..Default::default() };
    let thrown = message(LogisticRun::new(&set, Ts::from_rust(&wrong).unwrap()));
    assert!(thrown.starts_with("trainingImages is 31, but must be at least 2"), "{thrown}");
    let run = LogisticRun::new(&set, settings(1)).unwrap();
    assert!(message(run.decisions(&[0; 783])).contains("783"));
    assert!(message(run.probabilities(&[0; 785])).contains("784"));
    assert!(message(run.weights(3)).starts_with("class is 3"));
    let names = vec!["a".to_owned(), "b".to_owned()];
    let thrown = message(DataSet::from_bytes(vec![0; 783], vec![0], names));
    assert_eq!(thrown, "the list of pixels has 783 values, but 784 are needed");
}

/// A set that went through bytes is the same set.
#[wasm_bindgen_test]
fn images_cross_to_another_engine_as_bytes() {
    let set = data_set();
    let copy = DataSet::from_bytes(set.pixels(), set.labels(), set.class_names()).unwrap();
    assert_eq!((copy.length(), copy.image(7).unwrap()), (30, set.image(7).unwrap()));
}
