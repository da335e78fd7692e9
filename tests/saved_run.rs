//! A run as bytes: read back it goes on to the same bits, and bytes that are no run are refused.

#![cfg(not(target_arch = "wasm32"))]

#[path = "support/bands.rs"]
mod bands;

use std::rc::Rc;

use atelier::data::{LabelledImages, Scaling};
use atelier::nn::{Activation, Hidden, Initializer, Loss, OptimizerSettings, Output};
use atelier::train::fingerprint::fnv1a;
use atelier::train::{RateFrom, Trainer, TrainingSettings};
use bands::{bands, small};
use proptest::prelude::*;

fn trainer(settings: TrainingSettings) -> Trainer<f32> {
    Trainer::new(bands(200, 1), settings).unwrap()
}

/// Settings that use every field, each optimizer and initializer in turn.
fn varied() -> Vec<TrainingSettings> {
    let optimizers = [
        OptimizerSettings::Sgd,
        OptimizerSettings::MOMENTUM,
        OptimizerSettings::NESTEROV,
        OptimizerSettings::ADAGRAD,
        OptimizerSettings::RMSPROP,
        OptimizerSettings::ADAM,
        OptimizerSettings::ADAMW,
    ];
    let initializers = [
        Initializer::GlorotUniform,
        Initializer::GlorotNormal,
        Initializer::HeUniform,
        Initializer::HeNormal,
        Initializer::Normal { deviation: 0.02 },
        Initializer::Zeros,
        Initializer::GlorotUniform,
    ];
    let each = optimizers.into_iter().zip(initializers);
    each.map(|(optimizer, initializer)| TrainingSettings {
        hidden: vec![Hidden { units: 5, activation: Activation::Sigmoid }],
        output: Output::Sigmoid,
        loss: Loss::BinaryCrossEntropy,
        initializer,
        optimizer,
        batch_size: 7,
        training_images: 100,
        validation_fraction: 0.3,
        l2: 1e-4,
        patience: Some(5),
        pixels: Scaling::Standardized,
        ..small()
    })
    .collect()
}

#[test]
fn a_saved_run_goes_on_to_the_same_bits() {
    for settings in varied() {
        // In the middle of an epoch, at its end before and after validation, and at the very end.
        for steps in [0, 3, 10, 11, 30] {
            let mut run = trainer(settings.clone());
            run.advance_steps(steps);
            run.set_learning_rate(0.002).unwrap();
            let bytes = run.save();
            let mut again = Trainer::<f32>::restore(bands(200, 1), &bytes).unwrap();
            assert_eq!(again.save(), bytes, "written again it is the same");
            assert_eq!((again.report(), again.settings()), (run.report(), run.settings()));
            run.advance_while(usize::MAX, || true);
            again.advance_while(usize::MAX, || true);
            assert_eq!(again.report(), run.report());
            assert_eq!(again.history(), run.history());
            assert_eq!((again.network(), again.optimizer()), (run.network(), run.optimizer()));
            // Back beyond the point of saving, where only the settings can lead.
            run.go_back_to(2).unwrap();
            again.go_back_to(2).unwrap();
            assert_eq!(again.fingerprint(), run.fingerprint());
        }
    }
}

#[test]
fn a_snapshot_saved_is_the_run_a_moment_ago() {
    for settings in varied() {
        let mut run = trainer(settings);
        run.set_learning_rate(0.003).unwrap();
        // Before the first snapshot, on one, beyond one, at an epoch's end, beyond it, at the very end.
        for steps in [0, 1, 3, 6, 1, 6, 13] {
            run.advance_steps(steps);
            let (step, bytes) = run.save_snapshot();
            let mut again = Trainer::<f32>::restore(bands(200, 1), &bytes).unwrap();
            assert_eq!(again.report().step, step);
            assert!(step <= run.report().step && run.report().step < step + 64);
            again.advance_towards(run.report().step, run.report().finished_epochs, || true);
            assert_eq!(again.report(), run.report());
            assert_eq!(again.history(), run.history());
            assert_eq!((again.network(), again.optimizer()), (run.network(), run.optimizer()));
        }
    }
}

#[test]
fn what_came_after_an_older_state_is_made_again_to_the_bit() {
    for settings in varied() {
        let mut run = trainer(TrainingSettings { epochs: 4, ..settings });
        run.advance_steps(4);
        run.set_learning_rate(0.003).unwrap();
        let older = run.save();
        run.advance_steps(2);
        run.set_learning_rate(0.002).unwrap();
        // Into the validation of the second epoch: its last update is made, the epoch not recorded.
        run.advance_steps(14);
        run.set_learning_rate(0.004).unwrap();
        for _ in 0..2 {
            let rates: Vec<_> = run.learning_rates().collect();
            let (step, finished) = (run.report().step, run.report().finished_epochs);
            let mut again = Trainer::<f32>::restore(bands(200, 1), &older).unwrap();
            again.follow_learning_rates(&rates).unwrap();
            // In pieces, as a page does it.
            while again.report().step < step || again.report().finished_epochs < finished {
                let mut pieces = 3;
                again.advance_towards(step, finished, || {
                    pieces -= 1;
                    pieces >= 0
                });
            }
            assert_eq!(again.report(), run.report());
            assert_eq!(again.history(), run.history());
            assert_eq!((again.network(), again.optimizer()), (run.network(), run.optimizer()));
            // The next round: where the epoch is recorded and no further step made.
            run.advance_while(2, || true);
            assert_eq!((run.report().step, run.report().finished_epochs), (20, 2));
        }
        let mut other = Trainer::<f32>::restore(bands(200, 1), &older).unwrap();
        for bad in [vec![], vec![(3, 0.001)], vec![(0, 0.002)], vec![(0, 0.001), (4, f64::NAN)]] {
            let bad: Vec<_> =
                bad.into_iter().map(|(step, learning_rate)| RateFrom { step, learning_rate }).collect();
            let refused = other.follow_learning_rates(&bad).unwrap_err();
            assert!(refused.to_string().contains("learning rates"), "{refused}");
        }
    }
}

thread_local! {
    static IMAGES: Rc<LabelledImages> = bands(200, 1);
}

fn restore(bytes: &[u8]) -> Result<Trainer<f32>, atelier::Error> {
    IMAGES.with(|images| Trainer::restore(Rc::clone(images), bytes))
}

/// The same bytes under a checksum that fits, so that only what they say can be judged.
fn signed(mut bytes: Vec<u8>) -> Vec<u8> {
    let body = bytes.len() - 8;
    let checksum = fnv1a(bytes[..body].iter().copied());
    bytes[body..].copy_from_slice(&checksum.to_le_bytes());
    bytes
}

/// A refusal, or a run that can be used in every way: no panic.
fn try_out(bytes: &[u8]) {
    let Ok(mut run) = restore(bytes) else { return };
    run.report();
    run.validation().scores(10);
    run.next_batch();
    run.batch_accuracies(0);
    run.advance_steps(7);
    assert_eq!(run.network().parameters.first_not_finite(), None);
    run.back_one_step();
    run.go_back_to(0).unwrap();
    run.advance_steps(1);
    assert!(restore(&run.save()).is_ok());
}

/// A small run in the middle of its second epoch: as small as a network gets, its history behind its weights.
fn bytes_of_a_run() -> Vec<u8> {
    let hidden = vec![Hidden { units: 1, activation: Activation::Tanh }];
    let mut run = trainer(TrainingSettings { hidden, optimizer: OptimizerSettings::ADAM, ..small() });
    run.advance_steps(6);
    run.set_learning_rate(0.002).unwrap();
    run.advance_steps(2);
    run.save()
}

#[test]
fn bytes_cut_short_or_changed_are_refused() {
    let bytes = bytes_of_a_run();
    assert!(restore(&bytes).is_ok());
    for length in (0..300).chain([bytes.len() / 2, bytes.len() - 9, bytes.len() - 8, bytes.len() - 1]) {
        assert!(restore(&bytes[..length]).is_err(), "cut to {length}");
    }
    for place in (0..bytes.len()).step_by(97) {
        let mut changed = bytes.clone();
        changed[place] ^= 0x10;
        assert!(restore(&changed).is_err(), "byte {place}");
    }
    let other = Trainer::<f32>::restore(bands(200, 2), &bytes).unwrap_err();
    assert_eq!(other.to_string(), "this saved run was made with another data set; start a new one");
    assert!(Trainer::<f64>::restore(bands(200, 1), &bytes).is_err());
}

/// Format 1 drew other numbers from a seed: gone on with, such a run would see its images in another order.
#[test]
fn a_run_of_another_version_is_refused_and_told_from_bytes_that_are_none() {
    let bytes = bytes_of_a_run();
    for format in [0, 1, 3] {
        let mut other = bytes.clone();
        other[7] = format;
        let refused = restore(&signed(other)).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "this saved run is of another version, which drew other numbers from the same seed; start a new one"
        );
    }
    let refused = restore(b"a picture, perhaps").unwrap_err();
    assert_eq!(refused.to_string(), "this saved run is not one; start a new one");
}

/// Forged on purpose: whole by their checksum, and saying anything.
#[test]
fn forged_bytes_are_refused_or_run_and_never_panic() {
    let bytes = bytes_of_a_run();
    // Settings and lengths stand at the beginning, the history at the end; weights are in between.
    let ends = (8..150).chain(bytes.len() - 900..bytes.len() - 8);
    for place in ends.chain((150..bytes.len() - 900).step_by(211)) {
        for value in [0, 1, 0x7f, 0x80, 0xff] {
            let mut forged = bytes.clone();
            forged[place] = value;
            try_out(&signed(forged));
        }
        // A length or a number of many digits in its place: as large as a varint goes.
        let mut forged = bytes.clone();
        forged.splice(place..place + 1, [0xff; 9].into_iter().chain([1]));
        try_out(&signed(forged));
        let mut forged = bytes[..place].to_vec();
        forged.extend([0; 8]);
        try_out(&signed(forged));
    }
}

#[test]
fn a_forged_weight_that_is_not_finite_is_refused() {
    let bytes = bytes_of_a_run();
    let weight = restore(&bytes).unwrap().network().parameters.layers[0].weights[[300, 0]].to_le_bytes();
    let place = bytes.windows(4).position(|window| window == weight).unwrap();
    for value in [f32::NAN, f32::INFINITY] {
        let mut forged = bytes.clone();
        forged[place..place + 4].copy_from_slice(&value.to_le_bytes());
        let refused = restore(&signed(forged)).unwrap_err().to_string();
        assert_eq!(refused, "this saved run has a number that is not finite; start a new one");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn garbage_is_refused(garbage in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(restore(&garbage).is_err());
        let headed = [&bytes_of_a_run()[..8], &garbage, &[0; 8]].concat();
        prop_assert!(restore(&headed).is_err());
        prop_assert!(restore(&signed(headed)).is_err());
    }
}
