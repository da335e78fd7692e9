//! Training through the WebAssembly boundary, in a browser's worker.
#![cfg(target_arch = "wasm32")]

use atelier::Error;
use atelier::data::IdxKind;
use atelier::picture::Palette;
use atelier::train::{
    EpochRecord, Mistake, Phase, Report, SavedRunProblem, Scores, Stopped, TrainingSettings,
};
use atelier::wasm::data::{DataSet, IdxReader};
use atelier::wasm::trainer::{Trainer, default_training_settings};
use rand::RngExt;
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::*;

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn file(magic: u32, dimensions: &[u32], items: &[u8]) -> Vec<u8> {
    let header = [&[magic], dimensions].concat();
    header.iter().flat_map(|number| number.to_be_bytes()).chain(items.iter().copied()).collect()
}

fn reader(kind: IdxKind, bytes: &[u8]) -> IdxReader {
    let mut reader = IdxReader::new(format!("some {kind:?}"), kind.into_ts().unwrap()).unwrap();
    reader.feed(bytes).unwrap();
    reader
}

/// 200 images of ten classes, class `k` bright in its own band of 78 pixels.
fn bands() -> DataSet {
    let mut generator = atelier::Generator::new(1);
    let labels: Vec<u8> = (0..200).map(|_| generator.random_range(0..10)).collect();
    let mut pixels = Vec::new();
    for &label in &labels {
        for pixel in 0..784 {
            let base = if pixel / 79 == usize::from(label) { 120 } else { 20 };
            pixels.push(base + generator.random_range(0..100));
        }
    }
    let images = reader(IdxKind::Images, &file(2051, &[200, 28, 28], &pixels));
    let labels = reader(IdxKind::Labels, &file(2049, &[200], &labels));
    DataSet::new(images, labels, (0..10).map(|k| k.to_string()).collect()).unwrap()
}

/// Settings as the page writes them.
fn written(text: &str) -> Ts<TrainingSettings> {
    Ts::new_unchecked(js_sys::JSON::parse(text).unwrap())
}

fn small() -> Ts<TrainingSettings> {
    written(
        r#"{"epochs": 3, "hidden": [{"units": 12, "activation": "relu"}], "optimizer": {"kind": "adam", "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-7}}"#,
    )
}

fn report(record: Result<Ts<Report>, JsValue>) -> Report {
    Report::from_js(record.unwrap()).unwrap()
}

fn message<T>(result: Result<T, JsValue>) -> String {
    let error: js_sys::Error = result.err().expect("an error").unchecked_into();
    assert_eq!(error.name(), "EngineError");
    error.message().into()
}

#[wasm_bindgen_test]
fn settings_left_out_are_the_courses() {
    let defaults = TrainingSettings::from_js(default_training_settings().unwrap()).unwrap();
    assert_eq!(defaults, TrainingSettings::default());
    let trainer = Trainer::new(&bands(), written("{}")).unwrap();
    assert_eq!(TrainingSettings::from_js(trainer.settings().unwrap()).unwrap(), defaults);
    assert_eq!(
        (trainer.num_layers(), trainer.num_parameters(), trainer.num_multiply_adds()),
        (1, 7850, 7840)
    );
}

#[wasm_bindgen_test]
fn the_largest_steps_work_is_counted_beyond_32_bits() {
    let layer = r#"{"units": 512, "activation": "relu"}"#;
    let hidden = [layer; 6].join(", ");
    let trainer = Trainer::new(&bands(), written(&format!(r#"{{"hidden": [{hidden}], "batchSize": 2048}}"#)));
    let first = 784.0 * 512.0;
    let others = 5.0 * 512.0 * 512.0 + 512.0 * 10.0;
    assert_eq!(trainer.unwrap().num_multiply_adds_of_step(), 2048.0 * (2.0 * first + 3.0 * others));
}

#[wasm_bindgen_test]
fn a_run_goes_from_start_to_end() {
    let data_set = bands();
    let mut trainer = Trainer::new(&data_set, small()).unwrap();
    assert_eq!(report(trainer.report()).phase, Phase::Training);
    assert!(trainer.scores().unwrap().is_none());
    let first = report(trainer.step());
    assert_eq!((first.step, first.batches_per_epoch, first.num_validation), (1, 5, 40));
    assert_eq!(report(trainer.run_steps(3)).step, 4);
    // No time at all is still one piece of work.
    assert_eq!(report(trainer.run(0.0, None)).step, 5);
    let epoch = report(trainer.run(1e9, Some(1)));
    assert_eq!((epoch.finished_epochs, epoch.phase, epoch.epoch), (1, Phase::Training, 2));
    let scores = Scores::from_js(trainer.scores().unwrap().unwrap()).unwrap();
    assert_eq!((scores.count, scores.confusion.len(), scores.classes.len()), (40, 10, 10));
    let cell = trainer.confusion_cell(0, 0).unwrap();
    assert_eq!(cell.len(), scores.confusion[0][0] as usize);
    for mistake in cell {
        assert_eq!(Mistake::from_js(mistake).unwrap().label, 0);
    }
    let end = report(trainer.run(1e9, None));
    assert_eq!((end.phase, end.stopped, end.step), (Phase::Finished, Some(Stopped::Finished), 15));
    let history = trainer.history().unwrap();
    let last = EpochRecord::from_js(history.into_iter().last().unwrap()).unwrap();
    assert_eq!((last.epoch, last.step), (3, 15));
    assert_eq!(
        (trainer.batch_losses(0).len(), trainer.batch_losses(14).len(), trainer.batch_losses(99).len()),
        (15, 1, 0)
    );
    assert!(trainer.batch_accuracies(0).iter().all(|a| (0.0..=1.0).contains(a)));
}

#[wasm_bindgen_test]
fn weights_gradients_and_predictions_come_as_typed_arrays() {
    let data_set = bands();
    let mut trainer = Trainer::new(&data_set, small()).unwrap();
    let batch = trainer.next_batch();
    assert_eq!(batch.len(), 32);
    assert!(batch.iter().all(|index| trainer.train_indices().contains(index)));
    assert_eq!((trainer.train_indices().len(), trainer.validation_indices().len()), (160, 40));
    trainer.step().unwrap();
    assert_eq!((trainer.weights(0).unwrap().len(), trainer.bias(0).unwrap().len()), (784 * 12, 12));
    assert_eq!(
        (trainer.weight_gradients(1).unwrap().len(), trainer.bias_gradients(1).unwrap().len()),
        (120, 10)
    );
    assert_eq!(trainer.optimizer_state_names(), ["m", "v"]);
    // After one update Adam's m is a tenth of the gradient.
    let (m, g) = (trainer.optimizer_state("m", 1).unwrap(), trainer.weight_gradients(1).unwrap());
    assert!(m.iter().zip(&g).all(|(m, g)| (m - 0.1 * g).abs() <= 1e-6 * g.abs()));
    let probabilities = trainer.predict_indices(&data_set, &[3, 1, 4]).unwrap();
    assert_eq!(probabilities.len(), 30);
    let image = data_set.image(1).unwrap();
    assert_eq!(trainer.predict(&image).unwrap(), probabilities_of(&mut trainer, &data_set, 1));
    assert_eq!(trainer.weights_hash().len(), 16);
}

#[wasm_bindgen_test]
fn weights_are_painted_by_unit_and_tell_what_excites_it() {
    let mut trainer = Trainer::new(&bands(), small()).unwrap();
    trainer.step().unwrap();
    let palette = Palette { ink: [0; 3], positive: [0, 0, 255], negative: [255, 0, 0] };
    let (rows, scale) = (trainer.weights(0).unwrap(), trainer.weight_scale());
    let sheet = trainer.weight_sheet(scale, palette.into_ts().unwrap()).unwrap();
    assert_eq!((sheet.width(), sheet.height()), (28, 12 * 28));
    for (place, pixel) in sheet.data().chunks(4).enumerate() {
        let weight = rows[12 * (place % 784) + place / 784];
        let alpha = (f64::from(weight.abs()) / scale).min(1.0) * 255.0;
        assert!((f64::from(pixel[3]) - alpha).abs() <= 0.5, "pixel {place}");
        assert!(pixel[3] == 0 || (pixel[0] == 255) == (weight < 0.0), "pixel {place}");
    }
    // Two of a hundred are as dark as it gets.
    let opaque = rows.iter().filter(|weight| f64::from(weight.abs()) > scale).count();
    assert_eq!(opaque, 784 * 12 / 50);
    // Index and sum, one after the other, largest sum first.
    let found = trainer.most_exciting(3, 5).unwrap();
    assert_eq!(found.len(), 10);
    assert!(found.chunks(2).all(|pair| trainer.validation_indices().contains(&(pair[0] as u32))));
    assert!(found.chunks(2).map(|pair| pair[1]).is_sorted_by(|a, b| a >= b));
    // More than there are is all of them; a unit that is not there is named.
    assert_eq!(trainer.most_exciting(0, 1000).unwrap().len(), 80);
    assert!(message(trainer.most_exciting(12, 1)).contains("unit is 12"));
}

#[wasm_bindgen_test]
fn a_finished_run_is_given_more_epochs() {
    let mut trainer = Trainer::new(&bands(), small()).unwrap();
    trainer.run(f64::INFINITY, None).unwrap();
    trainer.set_epochs(4).unwrap();
    assert_eq!(report(trainer.run(f64::INFINITY, None)).step, 20);
    // As many as there may be, and every one of them is made.
    assert_eq!(report(trainer.run_steps(u32::MAX)).step, 20);
    assert!(message(trainer.set_epochs(3)).contains("epochs is 3"));
    assert!(message(trainer.set_epochs(0)).contains("epochs is 0, but must be 1 to 1000"));
}

#[wasm_bindgen_test]
fn divergence_is_reported_with_its_step_layer_and_quantity() {
    let settings = r#"{"learningRate": 100, "pixels": "none", "optimizer": {"kind": "sgd"},
        "hidden": [{"units": 8, "activation": "identity"}, {"units": 8, "activation": "identity"}]}"#;
    let mut trainer = Trainer::new(&bands(), written(settings)).unwrap();
    let end = report(trainer.run(f64::INFINITY, None));
    let Some(Stopped::Diverged { step, layer, .. }) = end.stopped else { panic!("{end:?}") };
    assert_eq!((end.phase, step), (Phase::Finished, end.step + 1));
    assert!(layer.is_some_and(|layer| layer < trainer.num_layers()));
    assert!((0..3).all(|layer| trainer.weights(layer).unwrap().iter().all(|w| w.is_finite())));
}

fn probabilities_of(trainer: &mut Trainer, data_set: &DataSet, index: u32) -> Vec<f32> {
    trainer.predict_indices(data_set, &[index]).unwrap()
}

#[wasm_bindgen_test]
fn a_run_steps_back_saves_and_resumes_to_the_bit() {
    let data_set = bands();
    let mut trainer = Trainer::new(&data_set, small()).unwrap();
    assert!(!trainer.back_one_step());
    trainer.run_steps(7).unwrap();
    let hash = trainer.weights_hash();
    trainer.run_steps(1).unwrap();
    assert_ne!(trainer.weights_hash(), hash);
    assert!(trainer.back_one_step());
    assert_eq!(trainer.weights_hash(), hash);
    trainer.set_learning_rate(0.01).unwrap();
    let mut again = Trainer::restore(&data_set, &trainer.save()).unwrap();
    trainer.run(1e9, None).unwrap();
    again.run(1e9, None).unwrap();
    assert_eq!(again.weights_hash(), trainer.weights_hash());
    trainer.go_back_to(0).unwrap();
    assert_eq!(trainer.weights_hash(), Trainer::new(&data_set, small()).unwrap().weights_hash());
}

#[wasm_bindgen_test]
fn a_set_apart_is_examined_in_slices() {
    let data_set = bands();
    let mut trainer = Trainer::new(&data_set, small()).unwrap();
    trainer.run(1e9, None).unwrap();
    trainer.begin_exam(&data_set);
    assert!(trainer.exam_scores().unwrap().is_none());
    let mut calls = 1;
    while !trainer.continue_exam(&data_set, 0.0).unwrap() {
        calls += 1;
    }
    assert_eq!(calls, 4, "200 images in slices of 64");
    let scores = Scores::from_js(trainer.exam_scores().unwrap().unwrap()).unwrap();
    assert_eq!(scores.count, 200);
    let right: u32 = (0..10).map(|k| scores.confusion[k][k]).sum();
    assert_eq!(scores.accuracy, f64::from(right) / 200.0);
    assert_eq!(scores.confusion.iter().flatten().sum::<u32>(), 200);
}

#[wasm_bindgen_test]
fn an_error_arrives_as_a_record() {
    let data_set = bands();
    let record = |text: &str| {
        let thrown = Trainer::new(&data_set, written(text)).err().expect("an error");
        js_sys::JSON::stringify(&js_sys::Reflect::get(&thrown, &"record".into()).unwrap()).unwrap()
    };
    assert_eq!(
        record(r#"{"batchSize": 4096}"#),
        r#"{"kind":"setting","name":"batchSize","value":4096,"rule":{"kind":"range","min":1,"max":2048}}"#
    );
    assert_eq!(
        record(r#"{"learningRate": 200.5}"#),
        r#"{"kind":"setting","name":"learningRate","value":200.5,"rule":{"kind":"above-up-to","above":0,"max":100}}"#
    );
    assert_eq!(
        record(r#"{"output": "sigmoid"}"#),
        r#"{"kind":"output-of-loss","output":"sigmoid","loss":"categorical-cross-entropy"}"#
    );
    let thrown = Trainer::restore(&data_set, b"no run").err().expect("an error");
    let record: Error =
        Ts::new_unchecked(js_sys::Reflect::get(&thrown, &"record".into()).unwrap()).to_rust().unwrap();
    assert_eq!(record, Error::SavedRun { problem: SavedRunProblem::NoRun });
}

#[wasm_bindgen_test]
fn mistakes_are_thrown_with_their_name_and_range() {
    let data_set = bands();
    let refused = |text: &str| message(Trainer::new(&data_set, written(text)).map(|_| ()));
    assert_eq!(refused(r#"{"learningRate": 0}"#), "learningRate is 0, but must be above 0 and at most 100");
    assert_eq!(refused(r#"{"batchSize": 4096}"#), "batchSize is 4096, but must be 1 to 2048");
    assert!(Trainer::new(&data_set, written(r#"{"loss": "guess"}"#)).is_err());
    assert!(
        Trainer::new(&data_set, written(r#"{"hidden": [{"units": 1e9, "activation": "relu"}]}"#)).is_err()
    );
    let mut trainer = Trainer::new(&data_set, small()).unwrap();
    assert!(message(trainer.set_learning_rate(f64::NAN)).contains("learningRate is NaN"));
    assert!(message(trainer.go_back_to(1)).contains("step is 1"));
    assert!(message(trainer.predict(&[1, 2, 3])).contains("3 values, but 784"));
    assert!(message(trainer.predict_indices(&data_set, &[200])).contains("index is 200"));
    assert!(message(trainer.weights(2)).contains("layer is 2"));
    for refused in [
        trainer.bias(2),
        trainer.weight_gradients(2),
        trainer.bias_gradients(2),
        trainer.optimizer_state("m", 2),
    ] {
        assert!(message(refused).contains("layer is 2"));
    }
    assert!(message(trainer.optimizer_state("x", 0)).contains("state is x"));
    // An exam that was not begun, and one of a set with other classes.
    assert!(message(trainer.continue_exam(&data_set, 0.0)).contains("the evaluation's list of classes"));
    let two = DataSet::from_bytes(vec![0; 784], vec![1], vec!["a".into(), "b".into()]).unwrap();
    trainer.begin_exam(&two);
    assert!(message(trainer.continue_exam(&two, 0.0)).contains("the set's list of classes"));
    assert!(trainer.exam_scores().unwrap().is_none());
    assert!(message(Trainer::restore(&data_set, b"no run").map(|_| ())).contains("is not one"));
    let saved = trainer.save();
    let cut = Trainer::restore(&data_set, &saved[..saved.len() - 1]).map(|_| ());
    assert!(message(cut).contains("is damaged or cut short"));
    assert!(message(Trainer::restore(&two, &saved).map(|_| ())).contains("another data set"));
}
