//! One step through the WebAssembly boundary, in a browser's worker.
#![cfg(target_arch = "wasm32")]

use atelier::picture::Palette;
use atelier::rooms::one_step::{Bug, Changes, Edit, WeightQuantity};
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

fn taken(trainer: &mut Trainer, changes: Changes, place: usize) -> Result<OneStep, JsValue> {
    OneStep::of(trainer, changes.into_ts().unwrap(), place)
}

fn sound(trainer: &mut Trainer, place: usize) -> OneStep {
    taken(trainer, Changes::default(), place).unwrap()
}

fn scene(step: &OneStep) -> JsValue {
    step.scene().unwrap().into()
}

fn length(record: &JsValue, name: &str) -> u32 {
    field(record, name).unchecked_into::<js_sys::Array>().length()
}

#[wasm_bindgen_test]
fn a_step_tells_everything_about_an_image() {
    let mut trainer = run();
    assert_eq!(OneStep::bugs(&trainer).unwrap().len(), 7);
    let mut step = sound(&mut trainer, 0);
    let shape = field(&scene(&step), "shape");
    assert_eq!(numeral(&shape, "stepsBefore"), 3.0);
    assert_eq!(numeral(&shape, "stepsPerEpoch"), 6.0);
    assert_eq!(field(&shape, "output").as_string().unwrap(), "softmax");
    assert_eq!(length(&scene(&step), "images"), 8);
    assert_eq!((step.inputs().len(), step.labels().len()), (8 * 784, 8));

    step.look(2).unwrap();
    let scene = scene(&step);
    assert_eq!((numeral(&scene, "place"), numeral(&scene, "numEdited")), (2.0, 0.0));
    let layers: js_sys::Array = field(&scene, "layers").unchecked_into();
    let layer = layers.get(0);
    for quantity in ["preActivations", "activations", "derivatives", "dActivations", "deltas"] {
        assert_eq!(length(&layer, quantity), 5, "{quantity}");
    }
    let classes = field(&scene, "classes");
    assert_eq!(numeral(&classes, "label"), f64::from(step.labels()[2]));
    let outputs: js_sys::Array = field(&classes, "outputs").unchecked_into();
    let sum: f64 = outputs.iter().map(|p| p.as_f64().unwrap()).sum();
    assert!((sum - 1.0).abs() < 1e-12);

    let shifted: js_sys::Array = field(&classes, "shifted").unchecked_into();
    let largest = shifted.iter().map(|z| z.as_f64().unwrap()).fold(f64::NEG_INFINITY, f64::max);
    assert_eq!((shifted.length(), largest), (3, 0.0));
    let terms = step.passed_back(0, 4).unwrap();
    let products = terms.into_iter().map(|term| numeral(&term.into(), "product"));
    let down = field(&layer, "dActivations").unchecked_into::<js_sys::Array>().get(4).as_f64().unwrap();
    assert!((products.sum::<f64>() - down).abs() < 1e-12);

    let input = step.most_telling(0, 1).unwrap();
    let weight: JsValue = step.weight(0, Some(input), 1).unwrap().into();
    let analytic = numeral(&field(&weight, "batch"), "analytic");
    let numeric = numeral(&field(&weight, "batch"), "numeric");
    assert!((analytic - numeric).abs() <= 1e-6 * analytic.abs().max(1e-4), "{analytic} {numeric}");
    let bias: JsValue = step.weight(1, None, 0).unwrap().into();
    assert_eq!(numeral(&bias, "input"), 1.0);
    let consequence = field(&scene, "consequence");
    assert!(numeral(&consequence, "batchLossAfter") < numeral(&consequence, "batchLoss"));
    // What four of each array cost: two nudges of 8 images through 3,935 weights, or through the upper 15.
    let survey: JsValue = step.survey(f64::from(4 * 4 * 8 * (3935 + 15))).unwrap().into();
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
    assert_eq!(step.state("v", 0).unwrap().len(), 784 * 5);
    assert_eq!(step.bias_state("m", 1).unwrap().len(), 3);
}

#[wasm_bindgen_test]
fn edits_bugs_and_guests_stay_in_the_copy() {
    let mut trainer = run();
    let before = trainer.weights_hash();
    let step = taken(&mut trainer, Changes { bug: Some(Bug::WrongSign), edits: vec![] }, 0).unwrap();
    let consequence = field(&scene(&step), "consequence");
    assert!(numeral(&consequence, "batchLossAfter") > numeral(&consequence, "batchLoss"));
    // As the page writes them.
    let written = r#"{"edits": [{"layer": 0, "input": 300, "unit": 2, "value": 4}, {"layer": 1, "unit": 0, "value": 1}]}"#;
    let edited: Ts<Changes> = Ts::new_unchecked(js_sys::JSON::parse(written).unwrap());
    assert_eq!(numeral(&scene(&OneStep::of(&mut trainer, edited, 0).unwrap()), "numEdited"), 2.0);
    assert_eq!(numeral(&scene(&sound(&mut trainer, 0)), "numEdited"), 0.0);
    let guests = data_set();
    let changes = || Changes::default().into_ts().unwrap();
    let step = OneStep::with_guest(&mut trainer, changes(), 0, &guests, 7).unwrap();
    assert_eq!(step.labels()[0], guests.label(7).unwrap());
    assert!(message(OneStep::with_guest(&mut trainer, changes(), 0, &guests, 60)).contains("index is 60"));
    assert_eq!(trainer.weights_hash(), before);
}

#[wasm_bindgen_test]
fn what_is_not_there_is_refused() {
    let mut trainer = run();
    let written = js_sys::JSON::parse(r#"{"bug": "off-by-one"}"#).unwrap();
    assert!(OneStep::of(&mut trainer, Ts::new_unchecked(written), 0).is_err());
    let edit = |value| Changes { bug: None, edits: vec![Edit { layer: 0, input: None, unit: 0, value }] };
    assert!(message(taken(&mut trainer, edit(f64::INFINITY), 0)).contains("weight is inf"));
    // Past the last image stands the last.
    let mut step = sound(&mut trainer, 99);
    assert_eq!(numeral(&scene(&step), "place"), 7.0);
    step.look(8).unwrap();
    assert_eq!(numeral(&scene(&step), "place"), 7.0);
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
    assert!(message(step.weights(2)).contains("layer is 2"));
    assert!(message(step.bias(2)).contains("layer is 2"));
    assert!(message(step.state("x", 0)).contains("state is x"));
    assert!(message(step.bias_state("m", 2)).contains("layer is 2"));
}
