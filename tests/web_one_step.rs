//! One step through the WebAssembly boundary, in a browser's worker.
#![cfg(target_arch = "wasm32")]

use atelier::anatomy::WeightQuantity;
use atelier::picture::Palette;
use atelier::train::TrainingSettings;
use atelier::wasm::data::DataSet;
use atelier::wasm::one_step::OneStep;
use atelier::wasm::trainer::Trainer;
use js_sys::Reflect;
use rand::RngExt;
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::*;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

/// 60 noisy images of three classes.
fn data_set() -> DataSet {
    let mut generator = atelier::Generator::new(4);
    let labels: Vec<u8> = (0..60).map(|_| generator.random_range(0..3)).collect();
    let pixels = labels.iter().flat_map(|&label| (0..784).map(move |pixel| (label, pixel)));
    let pixels = pixels.collect::<Vec<_>>().into_iter();
    let pixels = pixels.map(|(label, pixel)| {
        let base = if pixel / 262 == u32::from(label) { 130 } else { 10 };
        base + generator.random_range(0..90)
    });
    let names = ["a", "b", "c"].map(str::to_owned).to_vec();
    DataSet::from_bytes(pixels.collect(), labels, names).unwrap()
}

fn run() -> Trainer {
    let text = r#"{"batchSize": 8, "hidden": [{"units": 5, "activation": "sigmoid"}],
        "optimizer": {"kind": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7}}"#;
    let settings: Ts<TrainingSettings> = Ts::new_unchecked(js_sys::JSON::parse(text).unwrap());
    let mut trainer = Trainer::new(&data_set(), settings).unwrap();
    trainer.run_steps(3).unwrap();
    trainer
}

const QUANTITIES: [WeightQuantity; 5] = [
    WeightQuantity::Weights,
    WeightQuantity::Products,
    WeightQuantity::Gradient,
    WeightQuantity::BatchGradient,
    WeightQuantity::Step,
];

fn palette() -> Ts<Palette> {
    Palette { ink: [0; 3], positive: [0, 0, 255], negative: [255, 0, 0] }.into_ts().unwrap()
}

fn message<T>(result: Result<T, JsValue>) -> String {
    let error: js_sys::Error = result.err().expect("an error").unchecked_into();
    assert_eq!(error.name(), "EngineError");
    error.message().into()
}

fn field(record: &JsValue, name: &str) -> JsValue {
    let value = Reflect::get(record, &name.into()).unwrap();
    assert!(!value.is_undefined(), "no {name}");
    value
}

fn numeral(record: &JsValue, name: &str) -> f64 {
    field(record, name).as_f64().unwrap()
}

#[wasm_bindgen_test]
fn a_step_tells_everything_about_an_image() {
    let mut trainer = run();
    let mut step = OneStep::of(&mut trainer, None).unwrap();
    assert_eq!(step.weights_hash(), trainer.weights_hash());
    let shape: JsValue = step.shape().unwrap().into();
    assert_eq!(numeral(&shape, "stepsBefore"), 3.0);
    assert_eq!(numeral(&shape, "stepsPerEpoch"), 6.0);
    assert_eq!(field(&shape, "output").as_string().unwrap(), "softmax");
    assert_eq!(step.images().unwrap().len(), 8);
    assert_eq!((step.inputs().len(), step.labels().len()), (8 * 784, 8));
    assert_eq!(step.num_multiply_adds(), f64::from(8 * (784 * 5 + 5 * 3)));
    assert_eq!(step.bugs().len(), 7);

    step.look(2).unwrap();
    assert_eq!(step.units(0, "inputs").unwrap().len(), 784);
    for quantity in ["pre-activations", "activations", "derivatives", "d-activations", "deltas"] {
        assert_eq!(step.units(0, quantity).unwrap().len(), 5, "{quantity}");
    }
    let classes: JsValue = step.classes().unwrap().into();
    assert_eq!(numeral(&classes, "label"), f64::from(step.labels()[2]));
    let outputs: js_sys::Array = field(&classes, "outputs").unchecked_into();
    let sum: f64 = outputs.iter().map(|p| p.as_f64().unwrap()).sum();
    assert!((sum - 1.0).abs() < 1e-12);

    let shifted: js_sys::Array = field(&classes, "shifted").unchecked_into();
    let largest = shifted.iter().map(|z| z.as_f64().unwrap()).fold(f64::NEG_INFINITY, f64::max);
    assert_eq!((shifted.length(), largest), (3, 0.0));
    let terms = step.passed_back(0, 4).unwrap();
    let products = terms.into_iter().map(|term| numeral(&term.into(), "product"));
    let down = step.units(0, "d-activations").unwrap()[4];
    assert!((products.sum::<f64>() - down).abs() < 1e-12);

    let input = step.most_telling(0, 1).unwrap();
    let weight: JsValue = step.weight(0, Some(input), 1).unwrap().into();
    let analytic = numeral(&field(&weight, "batch"), "analytic");
    let numeric = numeral(&field(&weight, "batch"), "numeric");
    assert!((analytic - numeric).abs() <= 1e-6 * analytic.abs().max(1e-4), "{analytic} {numeric}");
    let bias: JsValue = step.weight(1, None, 0).unwrap().into();
    assert_eq!(numeral(&bias, "input"), 1.0);
    let consequence: JsValue = step.consequence().unwrap().into();
    assert!(numeral(&consequence, "batchLossAfter") < numeral(&consequence, "batchLoss"));
    let survey: JsValue = step.survey(4).unwrap().into();
    // Four of each layer's weights, up to four of its 5 and 3 biases.
    assert!((11.0..=15.0).contains(&numeral(&survey, "compared")));
    assert_eq!(numeral(&survey, "differ"), 0.0);

    // Two pictures below each other; above the first layer a line a unit.
    for (layer, size) in [(0, (28, 56)), (1, (5, 2))] {
        for quantity in QUANTITIES {
            let sheet = step.sheet(layer, quantity.into_ts().unwrap(), 1, 2, palette()).unwrap();
            assert_eq!((sheet.width(), sheet.height()), size, "{quantity:?}");
            assert!(sheet.data().chunks(4).any(|pixel| pixel[3] == 255), "{quantity:?}");
        }
    }
    assert_eq!((step.weights(0).unwrap().len(), step.bias(1).unwrap().len()), (784 * 5, 3));
    assert_eq!(step.state(1, 0).unwrap().len(), 784 * 5);
    assert_eq!(step.bias_state(0, 1).unwrap().len(), 3);
    assert_ne!(step.weights(1).unwrap(), step.weights_after(1).unwrap());
}

#[wasm_bindgen_test]
fn edits_and_bugs_stay_in_the_copy() {
    let mut trainer = run();
    let before = trainer.weights_hash();
    let mut step = OneStep::of(&mut trainer, Some("wrong-sign".into())).unwrap();
    let consequence: JsValue = step.consequence().unwrap().into();
    assert!(numeral(&consequence, "batchLossAfter") > numeral(&consequence, "batchLoss"));
    step.set_weight(0, Some(300), 2, 4.0).unwrap();
    assert_eq!(step.num_edited(), 1);
    assert_ne!(step.weights_hash(), before);
    step.put_back().unwrap();
    assert_eq!((step.num_edited(), step.weights_hash()), (0, before.clone()));
    assert_eq!(trainer.weights_hash(), before);
}

#[wasm_bindgen_test]
fn what_is_not_there_is_refused() {
    let mut trainer = run();
    assert!(message(OneStep::of(&mut trainer, Some("off-by-one".into()))).contains("bug is off-by-one"));
    let mut step = OneStep::of(&mut trainer, None).unwrap();
    assert!(message(step.look(8)).contains("image is 8"));
    assert!(message(step.units(2, "deltas")).contains("layer is 2"));
    assert!(message(step.units(0, "colours")).contains("quantity is colours"));
    let sheet = |layer, first, count| {
        step.sheet(layer, WeightQuantity::Weights.into_ts().unwrap(), first, count, palette())
    };
    assert!(message(sheet(0, 4, 2)).contains("units is 2"));
    assert!(message(sheet(0, 4, 0)).contains("units is 0"));
    assert!(message(sheet(0, usize::MAX, 1)).contains("unit is"));
    assert!(message(sheet(2, 0, 1)).contains("layer is 2"));
    assert!(step.sheet(0, Ts::new_unchecked("colours".into()), 0, 1, palette()).is_err());
    assert!(message(step.weight(0, Some(784), 0)).contains("input is 784"));
    assert!(message(step.passed_back(1, 0)).contains("layer is 1"));
    assert!(message(step.most_telling(0, 5)).contains("unit is 5"));
    assert!(message(step.set_weight(0, None, 0, f64::INFINITY)).contains("weight is inf"));
    assert!(message(step.weights(2)).contains("layer is 2"));
    assert!(message(step.weights_after(2)).contains("layer is 2"));
    assert!(message(step.bias(2)).contains("layer is 2"));
    assert!(message(step.state(2, 0)).contains("state is 2"));
    assert!(message(step.bias_state(0, 2)).contains("layer is 2"));
}
