//! The same seed gives the same bits in a native build and in a browser: each test here runs in both, and
//! compares with the hashes of `fixtures/weights_hash.json`. The end-to-end tests compare with the same file.

#[cfg(not(target_arch = "wasm32"))]
mod support;

use std::rc::Rc;

use atelier::Generator;
use atelier::data::{LabelledImages, PIXELS, Scaling};
use atelier::draw::skeleton::Skeleton;
use atelier::draw::warp::{Distortion, distort, redraw};
use atelier::draw::{Point, Strokes, mnist_box};
use atelier::linear::LogisticSettings;
use atelier::nn::{
    Activation, Architecture, Hidden, Initializer, Loss, Model, Network, OptimizerSettings, Output,
};
use atelier::rooms::draw::teach::{LessonSettings, teach};
use atelier::train::fingerprint::{fingerprint, fnv1a};
use atelier::train::logistic::{LogisticRun, LogisticRunSettings};
use atelier::train::{Trainer, TrainingSettings};
use serde_json::{Map, Value};

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn committed(name: &str) -> Value {
    let mut file: Value =
        serde_json::from_str(include_str!("fixtures/weights_hash.json")).expect("the fixture is JSON");
    file[name].take()
}

fn written(hash: u64) -> String {
    format!("{hash:016x}")
}

/// 2,010 images from a small whole-number generator, those of `e2e/same-bits.test.ts`: class `k` is bright in a
/// band of its own.
fn bands() -> Rc<LabelledImages> {
    let mut state = 1u32;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let labels: Vec<u8> = (0..2010).map(|_| next() % 10).collect();
    let pixel = |place: usize| {
        let noise = next() >> 1;
        if place % PIXELS / 79 == usize::from(labels[place / PIXELS]) { 128 + noise } else { noise }
    };
    let pixels = (0..labels.len() * PIXELS).map(pixel).collect();
    let names = (0..10).map(|class| class.to_string()).collect();
    Rc::new(LabelledImages::new(pixels, labels.clone(), names).expect("whole images"))
}

/// Networks that between them use every product, exponential, root and division, and a batch of several blocks.
fn networks() -> [(&'static str, TrainingSettings); 4] {
    let usual = TrainingSettings { epochs: 1, ..TrainingSettings::default() };
    let hidden = |units, activation| Hidden { units, activation };
    [
        ("softmax-rmsprop", usual.clone()),
        (
            "relu-adam",
            TrainingSettings {
                hidden: vec![hidden(128, Activation::Relu)],
                batch_size: 128,
                pixels: Scaling::Standardized,
                initializer: Initializer::HeNormal,
                optimizer: OptimizerSettings::ADAM,
                ..usual.clone()
            },
        ),
        (
            "sigmoid-tanh-nesterov",
            TrainingSettings {
                hidden: vec![hidden(50, Activation::Sigmoid), hidden(17, Activation::Tanh)],
                output: Output::Sigmoid,
                loss: Loss::BinaryCrossEntropy,
                optimizer: OptimizerSettings::NESTEROV,
                learning_rate: 0.1,
                l2: 1e-4,
                ..usual.clone()
            },
        ),
        (
            "large-batch-adamw",
            TrainingSettings {
                hidden: vec![hidden(30, Activation::Tanh)],
                batch_size: 600,
                initializer: Initializer::Normal { deviation: 0.05 },
                optimizer: OptimizerSettings::ADAMW,
                ..usual
            },
        ),
    ]
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn an_epoch_of_each_network_ends_in_the_committed_weights() {
    let images = bands();
    let trained = networks().map(|(name, settings)| {
        let mut run = Trainer::<f32>::new(Rc::clone(&images), settings).unwrap();
        run.advance_while(usize::MAX, || true);
        (name.to_owned(), written(run.fingerprint()).into())
    });
    assert_eq!(Value::Object(Map::from_iter(trained)), committed("networks"));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn logistic_regression_ends_in_the_committed_weights() {
    let classifier = LogisticSettings { max_iter: 3, ..LogisticSettings::default() };
    let settings = LogisticRunSettings { classifier, ..LogisticRunSettings::default() };
    let mut run = LogisticRun::new(bands(), settings).unwrap();
    run.finish().unwrap();
    let numbers = run.model().models().iter().flat_map(|model| {
        let weights = model.weights().into_iter().map(f64::from);
        weights.chain([model.intercept()]).collect::<Vec<f64>>()
    });
    let losses = run.history().iter().map(|epoch| epoch.objective);
    let hash = fnv1a(numbers.chain(losses).flat_map(|number| number.to_bits().to_le_bytes()));
    assert_eq!(written(hash), committed("logistic"));
}

/// What the shipped models are trained on: digits thinned to a path, drawn again by other hands, and bent.
fn variations() -> Vec<f32> {
    let mut generator = Generator::new(42);
    // A bow, open above.
    let bow: Vec<Point> = (-12..=12i8)
        .map(|at| f32::from(at) / 12.0)
        .map(|t| Point::new(0.4 + 0.18 * t, 0.3 - 0.1 * t * t))
        .collect();
    let mut all = Vec::new();
    for digit in 0..10 {
        let lean = f32::from(digit) / 20.0;
        let strokes = vec![bow.clone(), vec![Point::new(0.3 + lean, 0.2), Point::new(0.6, 0.8)]];
        let image = mnist_box::fit(&Strokes::new(strokes), mnist_box::PEN_WIDTH).expect("there is ink");
        let path = Skeleton::of(&image).trace(&mut generator);
        for _ in 0..10 {
            let redrawn = redraw(&path, digit, &mut generator).expect("the path has points");
            let mut bent = vec![0.0; PIXELS];
            distort(&redrawn, &mut bent, &Distortion::default(), &mut generator);
            all.extend(redrawn);
            all.extend(bent);
        }
    }
    all
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn variations_of_digits_have_the_committed_pixels() {
    let hash = fnv1a(variations().iter().flat_map(|value| value.to_bits().to_le_bytes()));
    assert_eq!(written(hash), committed("variations"));
}

#[cfg_attr(not(target_arch = "wasm32"), test)]
#[cfg_attr(target_arch = "wasm32", wasm_bindgen_test::wasm_bindgen_test)]
fn a_lesson_ends_in_the_committed_weights() {
    let hidden = vec![Hidden { units: 20, activation: Activation::Relu }];
    let architecture = Architecture { inputs: PIXELS, hidden, outputs: 10, output: Output::Softmax };
    let network = Network::new(architecture, Initializer::HeUniform, &mut Generator::new(5)).unwrap();
    let drawings = &variations()[..20 * PIXELS];
    let labels: Vec<u8> = (0..20).map(|index| index / 10).collect();
    let settings = LessonSettings { steps: 10, ..LessonSettings::default() };
    let taught = teach(&Model::new(network), drawings, &labels, &bands(), settings).unwrap();
    assert_eq!(written(fingerprint(&taught.network.parameters)), committed("lesson"));
}

/// An epoch of the course's run on Fashion-MNIST; `e2e/bits.test.ts` trains it in Node and in Chromium.
#[cfg(not(target_arch = "wasm32"))]
#[test]
fn an_epoch_of_the_course_ends_in_the_committed_weights() {
    let images = Rc::new(support::data_set("fashion-mnist", "train"));
    let mut run = Trainer::<f32>::new(images, TrainingSettings::default()).unwrap();
    run.advance_while(1, || true);
    assert_eq!(written(run.fingerprint()), committed("course"));
}
