//! Drawings and models through the WebAssembly boundary, in a browser.
#![cfg(target_arch = "wasm32")]

use atelier::Generator;
use atelier::data::IdxKind;
use atelier::draw::mnist_box::{DrawSettings, DrawStage, Refusal};
use atelier::nn::model::Precision;
use atelier::nn::{self, Activation, Architecture, Hidden, Initializer, Network, Output};
use atelier::picture::Palette;
use atelier::train::TrainingSettings;
use atelier::wasm::data::{DataSet, IdxReader};
use atelier::wasm::draw::{Drawing, Model, nearest_images, pad_constants, share_nearer_than};
use atelier::wasm::trainer::Trainer;
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn palette() -> Ts<Palette> {
    Palette { ink: [1, 2, 3], positive: [0, 0, 255], negative: [255, 0, 0] }.into_ts().unwrap()
}

fn settings() -> Ts<DrawSettings> {
    DrawSettings::default().into_ts().unwrap()
}

fn message(thrown: JsValue) -> String {
    let error: js_sys::Error = thrown.unchecked_into();
    assert_eq!(error.name(), "EngineError");
    error.message().into()
}

/// A model of ten classes with fixed, random weights.
fn model_bytes(inputs: usize, hidden: &[usize]) -> Vec<u8> {
    let hidden = hidden.iter().map(|&units| Hidden { units, activation: Activation::Relu }).collect();
    let architecture = Architecture { inputs, hidden, outputs: 10, output: Output::Softmax };
    let network = Network::new(architecture, Initializer::HeUniform, &mut Generator::new(9)).unwrap();
    nn::Model::new(network).to_bytes(Precision::Single)
}

fn data_set() -> DataSet {
    let reader = |kind: IdxKind, bytes: Vec<u8>| {
        let mut reader = IdxReader::new(format!("some {kind:?}"), kind.into_ts().unwrap()).unwrap();
        reader.feed(&bytes).unwrap();
        reader
    };
    let header = |numbers: &[u32]| -> Vec<u8> { numbers.iter().flat_map(|n| n.to_be_bytes()).collect() };
    let pixels = (0..20u8).flat_map(|number| vec![number * 10; 784]);
    let labels = (0..20u8).map(|number| number % 10);
    let images = reader(IdxKind::Images, header(&[2051, 20, 28, 28]).into_iter().chain(pixels).collect());
    let labels = reader(IdxKind::Labels, header(&[2049, 20]).into_iter().chain(labels).collect());
    DataSet::new(images, labels, (0..10).map(|class| class.to_string()).collect()).unwrap()
}

#[wasm_bindgen_test]
fn strokes_become_pixels_and_pictures() {
    let points = [0.2, 0.1, 0.5, 0.5, 0.3, 0.5, 0.4, 0.9, 0.5];
    let drawing = Drawing::new(&points, &[3], settings()).unwrap();
    let report = drawing.report().unwrap().to_rust().unwrap();
    assert_eq!(report.refusal, None);
    assert!(report.scale > 0.0 && report.ink > 20.0);
    let image = drawing.image();
    assert_eq!(image.len(), 784);
    assert!((image.iter().sum::<f32>() - report.ink).abs() < 0.5);
    for stage in [DrawStage::Drawn, DrawStage::Fitted, DrawStage::Image] {
        let picture = drawing.picture(stage.into_ts().unwrap(), palette()).unwrap();
        assert_eq!((picture.width(), picture.height()), (28, 28));
        assert_eq!(picture.data()[..3], [1, 2, 3]);
    }
    assert!(drawing.picture(Ts::new_unchecked("other".into()), palette()).is_err());
    let constants = pad_constants().unwrap().to_rust().unwrap();
    assert_eq!(constants.settings, DrawSettings::default());
}

#[wasm_bindgen_test]
fn what_is_no_digit_and_what_is_no_drawing() {
    let refusal = |points: &[f32], lengths: &[u32]| {
        Drawing::new(points, lengths, settings()).unwrap().report().unwrap().to_rust().unwrap().refusal
    };
    assert_eq!(refusal(&[], &[]), Some(Refusal::Empty));
    assert_eq!(refusal(&[0.5, 0.5, 0.5], &[1]), Some(Refusal::Dot));
    let thrown = |points: &[f32], lengths: &[u32], settings| match Drawing::new(points, lengths, settings) {
        Err(thrown) => message(thrown),
        Ok(_) => panic!("expected a thrown error"),
    };
    assert!(thrown(&[0.5], &[1], settings()).contains("3 are needed"));
    assert!(thrown(&[0.5, f32::INFINITY, 0.5], &[1], settings()).contains("finite"));
    let wide = DrawSettings { pen_width: 99.0, ..DrawSettings::default() }.into_ts().unwrap();
    assert!(thrown(&[], &[], wide).starts_with("penWidth is 99"));
}

#[wasm_bindgen_test]
fn models_are_read_answer_and_explain() {
    let image = vec![0.5; 784];
    for hidden in [&[][..], &[8]] {
        let model = Model::from_bytes(&model_bytes(784, hidden)).unwrap();
        assert_eq!(model.widths().len(), hidden.len() + 2);
        let answer = model.read(&image).unwrap().to_rust().unwrap();
        assert!((answer.outputs.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        let voices = model.voices(&image, 2).unwrap();
        let numbers: Vec<_> =
            voices.list().unwrap().into_iter().map(|voice| voice.to_rust().unwrap()).collect();
        assert_eq!((numbers.len(), numbers[0].label), (2, answer.prediction));
        assert!(numbers[0].logit > numbers[1].logit && voices.scale() > 0.0);
        // The pixel that is painted opaque belongs to one of the two.
        let pictures = voices.pictures(palette()).unwrap();
        assert!(pictures.iter().all(|picture| (picture.width(), picture.height()) == (28, 28)));
        assert!(pictures.iter().any(|picture| picture.data().chunks(4).any(|pixel| pixel[3] == 255)));
        assert_eq!(Model::from_bytes(&model.to_bytes()).unwrap().to_bytes(), model.to_bytes());
        assert!(message(model.read(&[0.0; 3]).unwrap_err()).contains("784"));
        assert!(message(model.voices(&[0.0; 3], 2).err().unwrap()).contains("784"));
    }
    let thrown = |bytes: &[u8]| match Model::from_bytes(bytes) {
        Err(thrown) => message(thrown),
        Ok(_) => panic!("expected a thrown error"),
    };
    assert!(thrown(b"<html>").contains("not a whole safetensors file"));
    assert!(thrown(&model_bytes(12, &[])).contains("784"));
}

#[wasm_bindgen_test]
fn neighbours_and_their_gauge() {
    let set = data_set();
    let image = vec![30.0 / 255.0; 784];
    let found = nearest_images(&image, &set, 3).unwrap();
    let found: Vec<_> = found.into_iter().map(|neighbour| neighbour.to_rust().unwrap()).collect();
    assert_eq!((found[0].index, found[0].distance), (3, 0.0));
    // 784 pixels that differ by 10 of 255.
    assert!((found[1].distance - 28.0 * 10.0 / 255.0).abs() < 1e-5);
    assert!(message(nearest_images(&image[1..], &set, 3).unwrap_err()).contains("784"));
    assert_eq!(share_nearer_than(&[1.0, 3.0], 2.0), 0.5);
}

#[wasm_bindgen_test]
fn a_lesson_makes_another_model() {
    let (set, model) = (data_set(), Model::from_bytes(&model_bytes(784, &[8])).unwrap());
    let drawing: Vec<f32> = (0..784).map(|i| if i % 28 < 9 { 1.0 } else { 0.0 }).collect();
    let taught = model.taught(&drawing, &[4], &set, 30, 1).unwrap();
    let probability = |model: &Model| model.read(&drawing).unwrap().to_rust().unwrap().outputs[4];
    assert!(probability(&taught) > probability(&model));
    assert!((0.0..=1.0).contains(&taught.accuracy(&set).unwrap()));
    let thrown = model.taught(&drawing, &[10], &set, 30, 1).err().unwrap();
    assert!(message(thrown).starts_with("label is 10"));
}

#[wasm_bindgen_test]
fn a_trained_network_comes_over_with_its_scaling() {
    let settings = TrainingSettings {
        training_images: 20,
        validation_fraction: 0.2,
        batch_size: 4,
        ..TrainingSettings::default()
    };
    let set = data_set();
    let mut trainer = Trainer::new(&set, settings.into_ts().unwrap()).unwrap();
    trainer.run_steps(3).unwrap();
    assert_eq!(trainer.model_class_names().len(), 10);
    let model = Model::from_bytes(&trainer.model_bytes()).unwrap();
    let bytes: Vec<u8> = (0..784).map(|i| (i % 256) as u8).collect();
    let image: Vec<f32> = bytes.iter().map(|&v| f32::from(v) / 255.0).collect();
    let outputs = model.read(&image).unwrap().to_rust().unwrap().outputs;
    for (a, b) in outputs.iter().zip(trainer.predict(&bytes).unwrap()) {
        // The scaling is recovered from two images: some rounding.
        assert!((a - b).abs() < 1e-4, "{a} {b}");
    }
}
