//! Laws that hold for any input: softmax, batches, resuming, going back, writing and reading.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use atelier::Generator;
use atelier::data::{LabelledImages, PIXELS};
use atelier::nn::{Activation, Architecture, Hidden, Initializer, Loss, Network, OptimizerSettings, Output};
use atelier::nn::{Dense, softmax};
use atelier::train::{Trainer, TrainingSettings};
use ndarray::{Array2, Axis};
use proptest::prelude::*;
use rand::RngExt;
use rand::seq::SliceRandom;

fn logits() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-500.0..500.0, 1..20)
}

fn activation() -> impl Strategy<Value = Activation> {
    prop::sample::select(Activation::ALL.to_vec())
}

fn optimizer() -> impl Strategy<Value = OptimizerSettings> {
    prop::sample::select(vec![
        OptimizerSettings::Sgd,
        OptimizerSettings::MOMENTUM,
        OptimizerSettings::NESTEROV,
        OptimizerSettings::ADAGRAD,
        OptimizerSettings::RMSPROP,
        OptimizerSettings::ADAM,
        OptimizerSettings::ADAMW,
    ])
}

/// `count` images of noise, three classes.
fn noise(count: usize, seed: u64) -> Rc<LabelledImages> {
    let mut generator = Generator::new(seed);
    let pixels = (0..count * PIXELS).map(|_| generator.random()).collect();
    let labels = (0..count).map(|_| generator.random_range(0..3)).collect();
    let names = ["a", "b", "c"].map(str::to_owned).to_vec();
    Rc::new(LabelledImages::new(pixels, labels, names).unwrap())
}

prop_compose! {
    fn settings()(
        hidden in prop::collection::vec((1usize..20, activation()), 0..3),
        optimizer in optimizer(),
        batch_size in 1usize..20,
        seed in any::<u32>(),
        validation_fraction in prop::sample::select(vec![0.0, 0.2, 0.5]),
        l2 in prop::sample::select(vec![0.0, 1e-3]),
    ) -> TrainingSettings {
        let hidden = hidden.into_iter().map(|(units, activation)| Hidden { units, activation }).collect();
        TrainingSettings {
            hidden, optimizer, batch_size, seed, validation_fraction, l2, epochs: 3, ..TrainingSettings::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn softmax_sums_to_1_and_is_never_negative(logits in logits()) {
        let mut p = vec![f64::NAN; logits.len()];
        softmax::shifted(&logits, &mut p);
        // At most 20 roundings of numbers up to 1.
        prop_assert!((p.iter().sum::<f64>() - 1.0).abs() < 20.0 * f64::EPSILON);
        prop_assert!(p.iter().all(|&p| (0.0..=1.0).contains(&p)));
    }

    #[test]
    fn softmax_ignores_a_shift(logits in logits(), shift in -500.0..500.0) {
        let (mut p, mut q) = (vec![0.0; logits.len()], vec![0.0; logits.len()]);
        softmax::shifted(&logits, &mut p);
        softmax::shifted(&logits.iter().map(|z| z + shift).collect::<Vec<f64>>(), &mut q);
        for (p, q) in p.iter().zip(&q) {
            // Shifting rounds a logit by up to 1000·1.1e-16, and exp passes that on as a relative error, twice.
            prop_assert!((p - q).abs() <= 1e-12 * p.max(*q));
        }
    }

    #[test]
    fn the_log_of_softmax_is_log_softmax(logits in prop::collection::vec(-20.0..20.0, 1..20)) {
        let (mut p, mut logs) = (vec![0.0; logits.len()], vec![0.0; logits.len()]);
        let log_sum = softmax::shifted(&logits, &mut p);
        softmax::log_softmax(&logits, &mut logs);
        prop_assert_eq!(log_sum, softmax::log_sum_exp(&logits));
        for (p, log) in p.iter().zip(&logs) {
            prop_assert!((f64::ln(*p) - log).abs() < 1e-13 * 60.0);
        }
    }

    #[test]
    fn permuting_a_batch_changes_loss_and_gradient_by_rounding_only(
        activation in activation(), rows in 1usize..40, units in 1usize..30, seed in any::<u64>(),
    ) {
        let mut generator = Generator::new(seed);
        let hidden = vec![Hidden { units, activation }];
        let architecture = Architecture { inputs: 30, hidden, outputs: 10, output: Output::Softmax };
        let network = Network::<f64>::new(architecture, Initializer::HeNormal, &mut generator).unwrap();
        let images = Array2::from_shape_simple_fn((rows, 30), || generator.random::<f64>());
        let labels: Vec<u8> = (0..rows).map(|_| generator.random_range(0..10)).collect();
        let mut order: Vec<usize> = (0..rows).collect();
        order.shuffle(&mut generator);
        let permuted: Vec<u8> = order.iter().map(|&i| labels[i]).collect();
        let run = |images: &Array2<f64>, labels: &[u8]| {
            let loss = Loss::CategoricalCrossEntropy;
            let forward = network.forward(images.view());
            let sum: f64 = labels.iter().enumerate().map(|(b, &y)| forward.loss_of(loss, b, y)).sum();
            (sum / rows as f64, network.backward(&forward, labels, loss, 0.0).parameters)
        };
        let (loss, gradient) = run(&images, &labels);
        let (other_loss, other) = run(&images.select(Axis(0), &order), &permuted);
        prop_assert!((loss - other_loss).abs() < 1e-13 * (1.0 + loss));
        let close = |a: &Dense<f64>, b: &Dense<f64>| {
            (&a.weights - &b.weights).iter().chain(&(&a.bias - &b.bias)).all(|d| d.abs() < 1e-13)
        };
        prop_assert!(gradient.layers.iter().zip(&other.layers).all(|(a, b)| close(a, b)));
    }
}

proptest! {
    // Each case trains: fewer of them.
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn resuming_equals_not_stopping(settings in settings(), steps in 0usize..30, more in 1usize..30) {
        let images = noise(40, 9);
        let mut straight = Trainer::<f32>::new(Rc::clone(&images), settings).unwrap();
        straight.advance_steps(steps);
        let mut resumed = Trainer::<f32>::restore(images, &straight.save()).unwrap();
        straight.advance_steps(more);
        resumed.advance_steps(more);
        prop_assert_eq!(straight.save(), resumed.save());
    }

    #[test]
    fn back_then_forward_is_where_it_was(settings in settings(), steps in 1usize..40, back in 1usize..40) {
        let mut run = Trainer::<f32>::new(noise(40, 9), settings).unwrap();
        run.advance_steps(steps);
        let (hash, optimizer, history) = (run.fingerprint(), run.optimizer().clone(), run.history().clone());
        let made = run.report().step;
        let target = made.saturating_sub(back);
        run.go_back_to(target).unwrap();
        prop_assert_eq!(run.report().step, target);
        run.advance_steps(made - target);
        prop_assert_eq!(run.fingerprint(), hash);
        prop_assert_eq!(run.optimizer(), &optimizer);
        prop_assert_eq!(&run.history().losses, &history.losses);
    }

    #[test]
    fn an_epoch_visits_every_training_image_once(settings in settings()) {
        let mut run = Trainer::<f32>::new(noise(40, 9), settings).unwrap();
        for _ in 0..2 {
            let mut seen = Vec::new();
            for _ in 0..run.batches_per_epoch() {
                seen.extend_from_slice(run.next_batch());
                run.advance_steps(1);
            }
            while run.phase() == atelier::train::Phase::Validating {
                run.advance();
            }
            let mut all: Vec<u32> = run.train_indices().to_vec();
            seen.sort_unstable();
            all.sort_unstable();
            prop_assert_eq!(seen, all);
        }
    }
}
