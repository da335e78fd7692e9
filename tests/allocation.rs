//! A training step allocates nothing, shown by counting every allocation of the thread.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use allocation_counter::measure;
use atelier::Generator;
use atelier::data::{LabelledImages, PIXELS};
use atelier::nn::{Activation, Hidden, OptimizerSettings};
use atelier::train::memory::bytes_of_run;
use atelier::train::{Phase, Trainer, TrainingSettings};
use rand::RngExt;

/// 400 images, of whose pixels the part `black` is 0.
fn noise(black: f64) -> Rc<LabelledImages> {
    let mut generator = Generator::new(1);
    let mut pixel = || if generator.random_bool(black) { 0 } else { generator.random() };
    let pixels = (0..400 * PIXELS).map(|_| pixel()).collect();
    let labels = (0..400).map(|_| generator.random_range(0..10)).collect();
    let names = (0..10).map(|k| k.to_string()).collect();
    Rc::new(LabelledImages::new(pixels, labels, names).unwrap())
}

/// A run on them, past its first step (which makes the first snapshot).
fn run(black: f64, hidden: Vec<Hidden>, optimizer: OptimizerSettings) -> Trainer<f32> {
    let settings =
        TrainingSettings { hidden, optimizer, batch_size: 10, l2: 1e-4, ..TrainingSettings::default() };
    let mut run = Trainer::new(noise(black), settings).unwrap();
    run.advance_steps(1);
    run
}

#[test]
fn a_step_allocates_nothing() {
    let relu = vec![Hidden { units: 128, activation: Activation::Relu }];
    // Images that are largely black are worked on by lists.
    for (black, hidden) in [(0.0, vec![]), (0.0, relu.clone()), (0.6, relu)] {
        for optimizer in [OptimizerSettings::Sgd, OptimizerSettings::RMSPROP, OptimizerSettings::ADAMW] {
            let mut run = run(black, hidden.clone(), optimizer);
            // 30 steps inside the first epoch of 32.
            let counted = measure(|| {
                for _ in 0..30 {
                    run.advance();
                }
            });
            assert_eq!(run.report().step, 31);
            assert_eq!(counted.count_total, 0, "{optimizer:?} {hidden:?} {black}");
        }
    }
}

#[test]
fn validation_allocates_only_the_epochs_record() {
    let mut run = run(0.0, vec![], OptimizerSettings::Sgd);
    run.advance_steps(31);
    let slice = measure(|| run.advance());
    assert_eq!((run.phase(), slice.count_total), (Phase::Validating, 0));
    let last = measure(|| run.advance());
    // The list of records grows from nothing.
    assert_eq!((run.phase(), last.count_total), (Phase::Training, 1));
}

#[test]
fn what_a_run_holds_is_told_before_it_is_begun() {
    let hidden = |units| vec![Hidden { units, activation: Activation::Relu }; 2];
    // The history, the images' order, a batch, the snapshots: each weighs most in one of these.
    let cases = [
        (vec![], OptimizerSettings::Sgd, 1, 20),
        (vec![], OptimizerSettings::ADAM, 10, 3),
        (hidden(64), OptimizerSettings::RMSPROP, 200, 30),
        (hidden(512), OptimizerSettings::ADAMW, 40, 4),
    ];
    for (hidden, optimizer, batch_size, epochs) in cases {
        let images = noise(0.0);
        let settings =
            TrainingSettings { hidden, optimizer, batch_size, epochs, ..TrainingSettings::default() };
        let told = bytes_of_run::<f32>(&settings, images.len(), images.num_classes()) as f64;
        let mut kept = None;
        let counted = measure(|| {
            let mut run = Trainer::<f32>::new(Rc::clone(&images), settings.clone()).unwrap();
            run.advance_while(usize::MAX, || true);
            kept = Some(run);
        });
        let held = counted.bytes_current as f64;
        // Lists double as they grow, and small ones are left out.
        assert!((held / told - 1.0).abs() < 0.1, "{settings:?}: told {told}, held {held}");
    }
}

#[test]
fn the_counter_counts() {
    assert_eq!(measure(|| drop(std::hint::black_box(vec![1u8]))).count_total, 1);
}
