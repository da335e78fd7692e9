//! The trainer as a state machine: it learns, resumes, goes back, stops, and does so to the bit.

#![cfg(not(target_arch = "wasm32"))]

#[path = "support/bands.rs"]
mod bands;

use std::rc::Rc;

use atelier::Generator;
use atelier::data::{LabelledImages, PIXELS, Scaling, split};
use atelier::nn::{Activation, Architecture, Hidden, Initializer, Loss, Network, OptimizerSettings, Output};
use atelier::train::{Phase, Quantity, Stopped, Trainer, TrainingSettings};
use bands::{bands, small};
use ndarray::Array2;
use rand::RngExt;

fn trainer(settings: TrainingSettings) -> Trainer<f32> {
    Trainer::new(bands(200, 1), settings).unwrap()
}

#[test]
fn a_run_walks_through_its_phases() {
    let mut run = trainer(small());
    let report = run.report();
    assert_eq!((report.phase, report.step, report.epoch), (Phase::Training, 0, 1));
    assert_eq!((report.batches_per_epoch, report.num_training, report.num_validation), (5, 160, 40));
    assert_eq!((report.loss, report.epoch_loss), (None, None));
    let report = run.advance_steps(5);
    assert_eq!((report.phase, report.batch_in_epoch, report.finished_epochs), (Phase::Validating, 5, 0));
    run.advance();
    let report = run.report();
    assert_eq!((report.phase, report.epoch, report.finished_epochs), (Phase::Training, 2, 1));
    assert_eq!(run.validation().count(), 40);
    let report = run.advance_while(usize::MAX, || true);
    assert_eq!((report.phase, report.stopped, report.step), (Phase::Finished, Some(Stopped::Finished), 15));
    assert_eq!(run.history().epochs.len(), 3);
    run.advance();
    assert_eq!(run.report().step, 15);
}

#[test]
fn a_large_batch_is_done_in_parts_and_is_the_same_batch() {
    let images = bands(2048, 1);
    let hidden = vec![Hidden { units: 128, activation: Activation::Relu }; 3];
    let settings = TrainingSettings {
        hidden,
        batch_size: 2048,
        validation_fraction: 0.0,
        optimizer: OptimizerSettings::ADAM,
        l2: 1e-4,
        ..small()
    };
    let mut run = Trainer::<f32>::new(Rc::clone(&images), settings.clone()).unwrap();
    run.advance_steps(1);
    // An epoch is one batch here, and no image is held out: its end is one piece of work.
    run.advance();
    let (before, bytes) = (run.report(), run.save());
    let mut parts = 0;
    while run.report().step == 1 {
        // Until its last part nothing of the run has changed, and what is saved is the run without it.
        assert_eq!((run.report(), run.save()), (before.clone(), bytes.clone()), "part {parts}");
        assert_eq!(run.largest_gradients().is_some(), parts < 6, "part {parts}");
        run.advance();
        parts += 1;
    }
    // Gathered, four layers forward, the loss, four layers backward, the update.
    assert_eq!((parts, run.report().step), (11, 2));

    // Dropped in the middle, taken back, and gone over once more: the same bits.
    let mut other = Trainer::<f32>::new(images, settings).unwrap();
    (0..11 + 1 + 7).for_each(|_| other.advance());
    assert_eq!(other.report().step, 1);
    other.back_one_step();
    assert_eq!(other.report().step, 0);
    other.advance_steps(2);
    assert_eq!((other.network(), other.optimizer()), (run.network(), run.optimizer()));

    // And as on the way back, which is gone in one piece.
    let again = Trainer::<f32>::restore(bands(2048, 1), &bytes).unwrap();
    run.go_back_to(1).unwrap();
    assert_eq!((again.network(), again.optimizer()), (run.network(), run.optimizer()));
}

#[test]
fn the_epochs_loss_is_the_mean_of_its_images_losses() {
    // 160 images in batches of 60: the last batch has 40, and counts as 40.
    let mut run = trainer(TrainingSettings { batch_size: 60, epochs: 1, ..small() });
    run.advance_while(usize::MAX, || true);
    let losses: Vec<f64> = run.history().losses.iter().map(|&loss| f64::from(loss)).collect();
    let mean = (losses[0] * 60.0 + losses[1] * 60.0 + losses[2] * 40.0) / 160.0;
    assert!((run.history().epochs[0].loss - mean).abs() < 1e-12);
}

#[test]
fn bands_are_learned() {
    for hidden in [vec![], vec![Hidden { units: 16, activation: Activation::Relu }]] {
        let mut run = trainer(TrainingSettings { hidden, epochs: 20, ..small() });
        run.advance_while(usize::MAX, || true);
        let last = run.history().epochs.last().unwrap();
        assert!(last.loss < 0.5 * run.history().epochs[0].loss, "{last:?}");
        assert!(last.validation_accuracy.unwrap() > 0.9, "{last:?}");
    }
}

#[test]
fn the_same_seed_gives_the_same_bits_and_another_does_not() {
    let hash = |seed| {
        let mut run = trainer(TrainingSettings { seed, ..small() });
        run.advance_steps(7);
        run.fingerprint()
    };
    assert_eq!(hash(42), hash(42));
    assert_ne!(hash(42), hash(43));
}

#[test]
fn back_one_step_restores_every_earlier_state_to_the_bit() {
    let hidden = vec![Hidden { units: 8, activation: Activation::Tanh }];
    let mut run =
        trainer(TrainingSettings { hidden, epochs: 40, optimizer: OptimizerSettings::ADAM, ..small() });
    let mut seen = vec![(run.fingerprint(), run.optimizer().clone(), run.report())];
    for step in 1..=150 {
        if step == 100 {
            run.set_learning_rate(0.01).unwrap();
        }
        run.advance_steps(1);
        // Passing an epoch's end, its validation is done before the next update.
        if run.phase() == Phase::Validating {
            run.advance();
        }
        seen.push((run.fingerprint(), run.optimizer().clone(), run.report()));
    }
    for step in (0..150).rev() {
        assert!(run.back_one_step());
        let (hash, optimizer, report) = &seen[step];
        assert_eq!((run.fingerprint(), run.optimizer()), (*hash, optimizer), "step {step}");
        let now = run.report();
        assert_eq!((now.step, now.loss, now.epoch_loss), (report.step, report.loss, report.epoch_loss));
        assert_eq!((now.finished_epochs, now.phase), (report.finished_epochs, report.phase), "step {step}");
    }
    assert!(!run.back_one_step());
    // And forward again: the learning rate is the first one now, so step 99 is the same and 100 is not.
    run.advance_steps(99);
    assert_eq!(run.fingerprint(), seen[99].0);
    run.advance_steps(1);
    assert_ne!(run.fingerprint(), seen[100].0);
}

#[test]
fn a_far_step_is_reached_although_snapshots_are_thinned() {
    let mut run = trainer(TrainingSettings { epochs: 1000, batch_size: 1, ..small() });
    let mut hashes = Vec::new();
    for _ in 0..40 {
        hashes.push(run.fingerprint());
        run.advance_steps(100);
    }
    assert!(run.go_back_to(4001).is_err());
    for k in (0..40).rev() {
        run.go_back_to(100 * k).unwrap();
        assert_eq!(run.fingerprint(), hashes[k]);
    }
}

#[test]
fn divergence_stops_the_run_and_keeps_the_last_finite_state() {
    let mut run = trainer(TrainingSettings {
        hidden: vec![Hidden { units: 8, activation: Activation::Identity }; 6],
        optimizer: OptimizerSettings::Sgd,
        learning_rate: 100.0,
        pixels: Scaling::None,
        ..small()
    });
    let report = run.advance_while(usize::MAX, || true);
    let Some(Stopped::Diverged { step, layer, quantity }) = report.stopped else {
        panic!("it should have diverged: {report:?}")
    };
    assert_eq!(step, report.step + 1, "the failed step is not counted");
    assert!(layer.is_some() && quantity != Quantity::Loss);
    assert_eq!(run.network().parameters.first_not_finite(), None);
    assert!(run.history().losses.iter().all(|loss| loss.is_finite()));
    // Finished means finished, but the run can still go back and on with a rate that works.
    run.advance();
    assert_eq!(run.report().step, step - 1);
    run.go_back_to(0).unwrap();
    run.set_learning_rate(1e-12).unwrap();
    assert_eq!(run.advance_steps(3).step, 3);
}

/// Training images without ink and validation images full of it, through weights that make each layer louder.
#[test]
fn divergence_on_the_validation_images_is_seen_too() {
    let (_, validation) = split::train_validation(200, 0.2, 42).unwrap();
    let mut pixels = vec![0; 200 * PIXELS];
    for &index in &validation {
        pixels[index as usize * PIXELS..][..PIXELS].fill(255);
    }
    let images = LabelledImages::new(pixels, vec![1; 200], ["a", "b"].map(str::to_owned).to_vec()).unwrap();
    let settings = TrainingSettings {
        hidden: vec![Hidden { units: 512, activation: Activation::Identity }; 6],
        output: Output::Identity,
        loss: Loss::MeanSquaredError,
        initializer: Initializer::Normal { deviation: 10.0 },
        optimizer: OptimizerSettings::Sgd,
        pixels: Scaling::None,
        batch_size: 160,
        ..small()
    };
    let mut run = Trainer::<f32>::new(Rc::new(images), settings).unwrap();
    let start = run.fingerprint();
    assert_eq!(run.advance_steps(1).phase, Phase::Validating);
    run.advance();
    // The logits are near 1e19, their squares beyond f32.
    let diverged = Stopped::Diverged { step: 1, layer: None, quantity: Quantity::Loss };
    let report = run.report();
    assert_eq!((report.phase, report.stopped, report.step), (Phase::Finished, Some(diverged), 0));
    assert_eq!((run.fingerprint(), run.history().epochs.len(), run.validation().count()), (start, 0, 0));
    assert!(Trainer::<f32>::restore(Rc::clone(run.images()), &run.save()).is_ok());
}

#[test]
fn going_back_to_the_end_of_a_finished_run_leaves_it_finished() {
    let mut run = trainer(small());
    let report = run.advance_steps(usize::MAX);
    assert_eq!((report.step, report.stopped), (15, Some(Stopped::Finished)));
    run.go_back_to(15).unwrap();
    assert_eq!(run.report().stopped, Some(Stopped::Finished));
    run.go_back_to(10).unwrap();
    assert_eq!((run.report().stopped, run.report().phase), (None, Phase::Training));
}

#[test]
fn a_finished_run_is_given_more_epochs_and_goes_on_as_if_it_had_them_from_the_start() {
    let mut run = trainer(small());
    run.advance_while(usize::MAX, || true);
    run.set_epochs(5).unwrap();
    assert_eq!(run.report().phase, Phase::Training);
    run.advance_while(usize::MAX, || true);
    let mut straight = trainer(TrainingSettings { epochs: 5, ..small() });
    straight.advance_while(usize::MAX, || true);
    assert_eq!((run.fingerprint(), run.report()), (straight.fingerprint(), straight.report()));
    for epochs in [0, 4, 1001, usize::MAX] {
        let refused = run.set_epochs(epochs).unwrap_err().to_string();
        assert!(refused.starts_with(&format!("epochs is {epochs}, but must be")), "{refused}");
    }
    run.set_epochs(5).unwrap();
    assert_eq!(run.report().stopped, Some(Stopped::Finished));
}

#[test]
fn patience_stops_a_run_that_does_not_get_better() {
    // Labels without any relation to the images: the validation loss soon rises.
    let noise = {
        let images = bands(200, 2);
        let labels = (0..200).map(|i| (i * 7 % 10) as u8).collect();
        LabelledImages::new(images.pixels().to_vec(), labels, images.class_names().to_vec()).unwrap()
    };
    let settings = TrainingSettings { epochs: 500, patience: Some(3), learning_rate: 0.01, ..small() };
    let mut run = Trainer::<f32>::new(Rc::new(noise), settings).unwrap();
    let report = run.advance_while(usize::MAX, || true);
    let Some(Stopped::EarlyStopped { best_epoch }) = report.stopped else { panic!("{report:?}") };
    let losses: Vec<f64> =
        run.history().epochs.iter().map(|record| record.validation_loss.unwrap()).collect();
    assert_eq!(losses.len(), best_epoch + 3);
    assert!(losses.iter().all(|&loss| loss >= losses[best_epoch - 1]));
}

#[test]
fn step_units_pass_no_gradient_down() {
    let hidden = vec![Hidden { units: 8, activation: Activation::Step }];
    let mut run = trainer(TrainingSettings { hidden, ..small() });
    let before = run.network().parameters.clone();
    run.advance_steps(5);
    let after = &run.network().parameters;
    assert_eq!(before.layers[0], after.layers[0]);
    assert_ne!(before.layers[1], after.layers[1]);
    assert!(run.last_backward().parameters.layers[0].weights.iter().all(|&d| d == 0.0));
}

#[test]
fn predictions_and_evaluation_agree() {
    let images = bands(200, 1);
    let mut run = trainer(small());
    run.advance_while(usize::MAX, || true);
    let probabilities = run.predict(images.pixels()).unwrap();
    let right = (0..200).filter(|&i| {
        let row = &probabilities[10 * i..10 * i + 10];
        (0..10).all(|k| row[k] <= row[images.label(i)])
    });
    let right = right.count();
    let mut evaluation = atelier::train::Evaluation::new(10, 200);
    let all: Vec<u32> = (0..200).collect();
    run.evaluate(&images, &all, &mut evaluation).unwrap();
    assert_eq!(evaluation.accuracy().unwrap(), right as f64 / 200.0);
    assert!(run.predict(&[0; 783]).is_err());
    assert!(run.evaluate(&images, &[200], &mut evaluation).is_err());
    // One that was begun for another number of classes, or not begun at all.
    let mut other = atelier::train::Evaluation::new(2, 200);
    let refused = run.evaluate(&images, &all, &mut other).unwrap_err().to_string();
    assert_eq!(refused, "the evaluation's list of classes has 2 values, but 10 are needed");
}

#[test]
fn the_optimizers_state_holds_no_subnormal_number() {
    for optimizer in [OptimizerSettings::RMSPROP, OptimizerSettings::ADAM, OptimizerSettings::MOMENTUM] {
        let mut run = trainer(TrainingSettings { optimizer, epochs: 1000, batch_size: 160, ..small() });
        // 0.9^900 = 7e-42 would be subnormal.
        run.advance_steps(950);
        for state in run.optimizer().state() {
            assert!(state.slices().flatten().all(|value| !value.is_subnormal()), "{optimizer:?}");
        }
    }
}

#[test]
fn no_gradient_of_a_network_that_is_sure_is_subnormal() {
    let sigmoid = vec![Hidden { units: 20, activation: Activation::Sigmoid }];
    for hidden in [vec![], sigmoid] {
        let architecture = Architecture { inputs: PIXELS, hidden, outputs: 10, output: Output::Softmax };
        let mut generator = Generator::new(3);
        let pixels =
            Array2::from_shape_simple_fn((64, PIXELS), || f32::from(generator.random::<u8>()) / 255.0);
        let mut network =
            Network::<f32>::new(architecture, Initializer::GlorotUniform, &mut generator).unwrap();
        // Logits a few hundred apart: probabilities of every size that there is.
        let last = network.parameters.layers.last_mut().unwrap();
        last.weights *= 80.0;
        let forward = network.forward(pixels.view());
        let tiny = forward.outputs().iter().filter(|&&p| p > 0.0 && p < 3e-36).count();
        assert!(tiny > 0, "an output that times a pixel would be subnormal");
        let backward = network.backward(&forward, &[3; 64], Loss::CategoricalCrossEntropy, 0.0);
        for layer in 0..network.num_layers() {
            assert!(backward.d_pre_activations(layer).iter().all(|d| !d.is_subnormal()));
        }
        assert!(backward.parameters.slices().flatten().all(|d| !d.is_subnormal()));
    }
}

#[test]
fn what_excites_a_unit_most_is_what_its_weights_say() {
    let mut trainer = trainer(small());
    trainer.advance_steps(5);
    let indices = trainer.validation_indices().to_vec();
    let found = trainer.most_exciting(1, &indices, 3).unwrap();
    // By hand: every sum, the largest three.
    let layer = &trainer.network().parameters.layers[0];
    let mut sums: Vec<(f32, u32)> = indices
        .iter()
        .map(|&index| {
            let inputs = trainer.scaled(trainer.images().image(index as usize));
            let products = inputs.iter().zip(layer.weights.column(1)).map(|(x, w)| x * w);
            (products.sum::<f32>() + layer.bias[1], index)
        })
        .collect();
    sums.sort_by(|a, b| b.0.total_cmp(&a.0));
    for ((index, sum), (expected, expected_index)) in found.into_iter().zip(sums) {
        assert_eq!(index, expected_index);
        // The same 784 products in another order of summation, in f32: 784 roundings of about 1e-7.
        assert!((sum - expected).abs() < 1e-4, "{sum} {expected}");
    }
    assert!(trainer.most_exciting(99, &indices, 3).is_err());
    assert!(trainer.most_exciting(0, &[u32::MAX], 3).is_err());
}

#[test]
fn the_largest_gradients_are_of_the_last_update_and_exactly_zero_below_step_units() {
    let hidden = |activation| vec![Hidden { units: 16, activation }];
    let mut stepped = trainer(TrainingSettings { hidden: hidden(Activation::Step), ..small() });
    assert_eq!(stepped.largest_gradients(), None);
    stepped.advance_steps(3);
    let largest = stepped.largest_gradients().unwrap();
    assert_eq!((largest.len(), largest[0]), (2, 0.0));
    assert!(largest[1] > 0.0);

    let mut run = trainer(TrainingSettings { hidden: hidden(Activation::Relu), ..small() });
    run.advance_steps(3);
    let third = run.largest_gradients().unwrap();
    assert!(third[0] > 0.0);
    let by_hand =
        run.last_backward().parameters.layers[0].weights.iter().map(|g| g.abs()).fold(0.0, f32::max);
    assert_eq!(third[0], by_hand);
    // Read back, it has not made its last update itself; after the same one again it has.
    let saved = run.save();
    let restored = Trainer::<f32>::restore(Rc::clone(run.images()), &saved).unwrap();
    assert_eq!(restored.largest_gradients(), None);
    run.advance();
    assert!(run.back_one_step());
    assert!(run.largest_gradients().is_none_or(|again| again == third));
}

#[test]
fn a_step_costs_three_forward_passes_less_the_gradient_of_the_pixels() {
    let settings = TrainingSettings {
        hidden: vec![Hidden { units: 128, activation: Activation::Relu }],
        ..TrainingSettings::default()
    };
    let architecture = settings.architecture(10);
    // Forward 784·128 + 128·10, weights the same, and 128·10 back to the hidden units; 32 images.
    let by_hand = (2 * (784 * 128 + 128 * 10) + 128 * 10) * 32;
    assert_eq!(architecture.num_multiply_adds_of_step(32), by_hand);
    assert_eq!(TrainingSettings::default().architecture(10).num_multiply_adds_of_step(1), 2 * 7840);
}
