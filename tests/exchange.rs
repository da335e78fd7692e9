//! Networks out and in: what was written is read, and whatever else comes is refused in words.

#![cfg(not(target_arch = "wasm32"))]

#[path = "support/bands.rs"]
#[allow(dead_code, reason = "other tests need its settings")]
mod bands;

use std::rc::Rc;

use atelier::data::{LabelledImages, PIXELS, Scaling};
use atelier::exchange::{self, Incoming, NetworkProblem, Outgoing, keras, onnx, safetensors};
use atelier::nn::{Activation, Hidden, Loss, ModelProblem, Output};
use atelier::train::fingerprint::fnv1a;
use atelier::train::{Trainer, TrainingSettings};
use atelier::{Error, Result};
use bands::bands;
use proptest::prelude::*;

/// A run of a few steps on easy images.
fn trained(change: impl FnOnce(&mut TrainingSettings)) -> Trainer<f32> {
    let mut settings = TrainingSettings { batch_size: 10, epochs: 2, ..TrainingSettings::default() };
    change(&mut settings);
    let mut trainer = Trainer::new(images(), settings).unwrap();
    trainer.advance_steps(20);
    trainer
}

fn images() -> Rc<LabelledImages> {
    bands(200, 5)
}

fn written(trainer: &Trainer<f32>, write: fn(Outgoing) -> Vec<u8>) -> Vec<u8> {
    let notes = [("classes".to_owned(), "[\"a “quoted” \\\\ \\\"name\\\"\"]\n".to_owned())];
    let (multiply, add) = trainer.scaling();
    let network = trainer.network();
    write(Outgoing { network, multiply: &multiply, add: &add, notes: &notes })
}

const WRITERS: [fn(Outgoing) -> Vec<u8>; 2] = [safetensors::write, onnx::write];

const PAIRS: [(Output, Loss); 4] = [
    (Output::Softmax, Loss::CategoricalCrossEntropy),
    (Output::Sigmoid, Loss::BinaryCrossEntropy),
    (Output::Identity, Loss::MeanSquaredError),
    (Output::Softmax, Loss::MeanSquaredError),
];

#[test]
fn every_network_comes_back_to_the_bit() {
    for pixels in Scaling::ALL {
        for (output, loss) in PAIRS {
            for write in WRITERS {
                let mut run = trained(|settings| {
                    // Every activation in one network.
                    let hidden = Activation::ALL.map(|activation| Hidden { units: 7, activation });
                    (settings.hidden, settings.output) = (hidden.to_vec(), output);
                    (settings.loss, settings.pixels) = (loss, pixels);
                });
                let Incoming { model, notes, is_told } = exchange::read(&written(&run, write)).unwrap();
                assert_eq!(model.network, *run.network());
                assert!(is_told && notes[0].1.contains("\\\"name\\\""), "{notes:?}");
                let settings = run.settings().clone();
                let mut opened = Trainer::with_model(images(), settings, &model).unwrap();
                assert_eq!(opened.fingerprint(), run.fingerprint());
                // The same images and split: the same scaling, and so the same answers.
                assert!(opened.has_own_start() && !opened.has_own_scaling());
                let pixels = images().pixels()[..5 * PIXELS].to_vec();
                assert_eq!(opened.predict(&pixels).unwrap(), run.predict(&pixels).unwrap());
            }
        }
    }
}

#[test]
fn a_run_from_a_file_goes_back_to_that_file_and_is_kept_with_it() {
    let model = exchange::read(&written(&trained(|_| ()), safetensors::write)).unwrap().model;
    let settings = TrainingSettings { batch_size: 10, epochs: 1, seed: 9, ..TrainingSettings::default() };
    let mut run = Trainer::with_model(images(), settings, &model).unwrap();
    let first = run.fingerprint();
    run.advance_steps(7);
    let seventh = run.fingerprint();
    assert_ne!(seventh, first);
    let mut again = Trainer::<f32>::restore(images(), &run.save()).unwrap();
    assert_eq!(again.fingerprint(), seventh);
    assert_eq!(again.first_network(), model.network);
    // What was kept has one snapshot: the way to the start is by the network from the file.
    again.go_back_to(0).unwrap();
    assert_eq!(again.fingerprint(), first);
    again.advance_steps(7);
    assert_eq!(again.fingerprint(), seventh);
}

/// Whole by its checksum, and saying anything.
fn signed(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(bytes.len() - 8);
    bytes.extend(fnv1a(bytes.iter().copied()).to_le_bytes());
    bytes
}

#[test]
fn a_forged_start_is_refused_or_run() {
    let run = trained(|settings| settings.pixels = Scaling::Standardized);
    let model = exchange::read(&written(&run, safetensors::write)).unwrap().model;
    let opened = Trainer::with_model(bands(200, 77), run.settings().clone(), &model).unwrap();
    let bytes = opened.save();
    assert_eq!(signed(bytes.clone()), bytes);
    // The network that it began with stands at the end: its weights, its bias, then the scaling.
    let start = bytes.len() - 8 - 2 * (4 * PIXELS + 2) - 1 - 4 * (10 * PIXELS + 10) - 40;
    let ends = (start..start + 60).chain(bytes.len() - 4 * PIXELS - 20..bytes.len() - 4 * PIXELS + 20);
    let mut refused = 0;
    for place in ends.chain((start..bytes.len() - 8).step_by(997)) {
        for value in [0, 1, 0x7f, 0xff] {
            let mut forged = bytes.clone();
            forged[place] = value;
            match Trainer::<f32>::restore(bands(200, 77), &signed(forged)) {
                Ok(mut run) => {
                    run.advance_steps(2);
                    run.go_back_to(0).unwrap();
                }
                Err(_) => refused += 1,
            }
        }
        let cut = [&bytes[..place], &[0; 8]].concat();
        refused += usize::from(Trainer::<f32>::restore(bands(200, 77), &signed(cut)).is_err());
    }
    assert!(refused > 100, "{refused}");
}

#[test]
fn a_scaling_that_is_not_of_these_images_comes_along() {
    let run = trained(|settings| settings.pixels = Scaling::Standardized);
    for write in WRITERS {
        let model = exchange::read(&written(&run, write)).unwrap().model;
        // Other images have other means.
        let others = bands(200, 77);
        let mut opened = Trainer::with_model(Rc::clone(&others), run.settings().clone(), &model).unwrap();
        assert!(opened.has_own_scaling());
        for (one, other) in opened.scaling().0.iter().zip(run.scaling().0) {
            // Through a product with 255 and a quotient: two roundings.
            assert!((one - other).abs() <= 2e-7 * other.abs());
        }
        let image = images().image(0).to_vec();
        let answers = opened.predict(&image).unwrap();
        let expected = run.clone().predict(&image).unwrap();
        assert!(answers.iter().zip(expected).all(|(one, other)| (one - other).abs() < 1e-4));
        opened.advance_steps(3);
        let again = Trainer::<f32>::restore(others, &opened.save()).unwrap();
        assert_eq!(again.scaling(), opened.scaling());
    }
}

/// A safetensors file of these tensors, each with its shape.
fn tensors(list: &[(&str, &[usize], Vec<f32>)]) -> Vec<u8> {
    let (mut header, mut body) = (Vec::new(), Vec::new());
    for (name, shape, values) in list {
        let start = body.len();
        body.extend(values.iter().flat_map(|value: &f32| value.to_le_bytes()));
        let end = body.len();
        header.push(format!(
            "\"{name}\":{{\"dtype\":\"F32\",\"shape\":{shape:?},\"data_offsets\":[{start},{end}]}}"
        ));
    }
    let header = format!("{{{}}}", header.join(","));
    [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), &body].concat()
}

#[test]
fn pytorchs_naming_is_turned_round() {
    // (out, in): unit 1 of the first layer looks at pixel 3.
    let mut first = vec![0.0; 2 * PIXELS];
    first[PIXELS + 3] = 0.5;
    let file = tensors(&[
        ("0.weight", &[2, PIXELS], first),
        ("0.bias", &[2], vec![0.0, -1.0]),
        ("2.weight", &[3, 2], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
        ("2.bias", &[3], vec![0.0; 3]),
    ]);
    let Incoming { model, is_told, .. } = exchange::read(&file).unwrap();
    assert!(!is_told && model.scaling.is_none());
    let layers = &model.network.parameters.layers;
    assert_eq!((layers[0].weights[[3, 1]], layers[0].bias[1]), (0.5, -1.0));
    assert_eq!((layers[1].weights[[0, 2]], layers[1].weights[[1, 2]]), (5.0, 6.0));
    assert_eq!(model.network.architecture().hidden[0].activation, Activation::Relu);
}

fn problem(bytes: &[u8]) -> NetworkProblem {
    match exchange::read(bytes) {
        Err(Error::Network { problem }) => problem,
        other => panic!("expected a file that is refused, got {other:?}"),
    }
}

#[test]
fn what_is_no_network_says_what_it_is() {
    assert_eq!(problem(&[]), NetworkProblem::Empty);
    assert_eq!(problem(b"PK\x03\x04 and so on"), NetworkProblem::Archive);
    assert!(matches!(
        problem(b"<!doctype html>"),
        NetworkProblem::Contents { problem: ModelProblem::NoSafetensors { .. } }
    ));
    let too_large = vec![0; exchange::MAX_BYTES + 1];
    assert!(matches!(problem(&too_large), NetworkProblem::TooLarge { .. }));
    let archive = keras::write(trained(|_| ()).network(), "{}", "{}");
    assert_eq!(problem(&archive), NetworkProblem::Archive);
    let small = tensors(&[("0.weight", &[2, 3], vec![0.0; 6]), ("0.bias", &[2], vec![0.0; 2])]);
    assert_eq!(problem(&small), NetworkProblem::OtherInputs { inputs: 3, expected: PIXELS });
    let nan =
        tensors(&[("0.weight", &[2, PIXELS], vec![f32::NAN; 2 * PIXELS]), ("0.bias", &[2], vec![0.0; 2])]);
    let NetworkProblem::Contents { problem: ModelProblem::NotFinite { tensor } } = problem(&nan) else {
        panic!("NaN is a number here")
    };
    assert_eq!(tensor, "0.weight");
    let wide =
        tensors(&[("0.weight", &[600, PIXELS], vec![0.0; 600 * PIXELS]), ("0.bias", &[600], vec![0.0; 600])]);
    let two = exchange::read(&wide).map(|incoming| incoming.model.network.architecture().outputs);
    // 600 classes are a network, but none for ten classes.
    let model = exchange::read(&wide).unwrap().model;
    assert_eq!(two, Ok(600));
    let refused = Trainer::with_model(images(), TrainingSettings::default(), &model).unwrap_err();
    assert_eq!(refused, NetworkProblem::OtherClasses { classes: 600, expected: 10 }.into());
}

#[test]
fn claims_are_not_believed() {
    // 2³² items, and a tensor of 2 GB, in a file of a hundred bytes.
    for shape in ["[4294967296,1]", "[4294967296,4294967296]", "[536870912]", "[-1]"] {
        for end in ["4", "2147483648", "18446744073709551615"] {
            let header = format!(
                "{{\"0.weight\":{{\"dtype\":\"F32\",\"shape\":{shape},\"data_offsets\":[0,{end}]}}}}"
            );
            let file = [&(header.len() as u64).to_le_bytes()[..], header.as_bytes(), &[0; 4]].concat();
            problem(&file);
        }
    }
    // A header that claims to be as long as memory.
    problem(&[&u64::MAX.to_le_bytes()[..], b"{}"].concat());
    // ONNX: a graph of 2⁶³ bytes; an initializer whose shape is 2³² × 2³².
    problem(b"\x08\x08\x3a\xff\xff\xff\xff\xff\xff\xff\xff\x7f");
    let huge = b"\x08\x80\x80\x80\x80\x10\x08\x80\x80\x80\x80\x10\x10\x01\x42\x01w\x4a\x00";
    let graph =
        [&[0x0a, 12, 0x0a, 1, b'x', 0x0a, 1, b'w', 0x22, 4][..], b"Gemm", &[0x2a, huge.len() as u8], huge]
            .concat();
    let file = [&[0x08, 8, 0x3a, graph.len() as u8][..], &graph].concat();
    assert!(matches!(problem(&file), NetworkProblem::OtherNumbers { .. } | NetworkProblem::BreaksOff { .. }));
    // As many operations as fit.
    let many = [0x0a, 0].repeat(100_000);
    let mut length = Vec::new();
    let mut rest = many.len();
    while rest >= 0x80 {
        length.push(rest as u8 | 0x80);
        rest >>= 7;
    }
    length.push(rest as u8);
    problem(&[&[0x08, 8, 0x3a][..], &length, &many].concat());
}

fn sound(read: Result<Incoming>) {
    if let Ok(incoming) = read {
        assert!(incoming.model.network.parameters.first_not_finite().is_none());
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        sound(exchange::read(&bytes));
        sound(exchange::read(&[&[0x08, 0x08, 0x3a][..], &bytes].concat()));
    }

    #[test]
    fn any_change_of_a_file_is_read_or_refused(
        kind in 0..2_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut file = FILES.with(|files| files[kind].clone());
        for (place, byte) in changes {
            // Most of a file are weights: where it is told what they are, changes tell more.
            let place = place.index(file.len().min(1200));
            let place = if kind == 1 && byte & 1 == 1 { file.len() - 1 - place } else { place };
            file[place] = byte;
        }
        if is_cut {
            file.truncate(cut.index(file.len()));
        }
        sound(exchange::read(&file));
    }
}

thread_local! {
    static FILES: [Vec<u8>; 2] = {
        let run = trained(|settings| settings.hidden = vec![Hidden { units: 3, activation: Activation::Step }]);
        WRITERS.map(|write| written(&run, write))
    };
}
