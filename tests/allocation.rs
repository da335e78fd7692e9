//! A training step allocates nothing, shown by counting every allocation of the thread.
#![cfg(not(target_arch = "wasm32"))]

use std::rc::Rc;

use allocation_counter::measure;
use atelier::Generator;
use atelier::data::{LabelledImages, PIXELS};
use atelier::nn::{Activation, Hidden, OptimizerSettings};
use atelier::train::{Phase, Trainer, TrainingSettings};

/// A run on 400 images of noise, past its first step (which makes the first snapshot).
fn run(hidden: Vec<Hidden>, optimizer: OptimizerSettings) -> Trainer<f32> {
    let mut generator = Generator::new(1);
    let pixels = (0..400 * PIXELS).map(|_| generator.below(256) as u8).collect();
    let labels = (0..400).map(|_| generator.below(10) as u8).collect();
    let names = (0..10).map(|k| k.to_string()).collect();
    let images = Rc::new(LabelledImages::new(pixels, labels, names).unwrap());
    let settings =
        TrainingSettings { hidden, optimizer, batch_size: 10, l2: 1e-4, ..TrainingSettings::default() };
    let mut run = Trainer::new(images, settings).unwrap();
    run.advance_steps(1);
    run
}

#[test]
fn a_step_allocates_nothing() {
    let relu = vec![Hidden { units: 128, activation: Activation::Relu }];
    for hidden in [vec![], relu] {
        for optimizer in [OptimizerSettings::Sgd, OptimizerSettings::RMSPROP, OptimizerSettings::ADAMW] {
            let mut run = run(hidden.clone(), optimizer);
            // 30 steps inside the first epoch of 32.
            let counted = measure(|| {
                for _ in 0..30 {
                    run.advance();
                }
            });
            assert_eq!(run.report().step, 31);
            assert_eq!(counted.count_total, 0, "{optimizer:?} {hidden:?}");
        }
    }
}

#[test]
fn validation_allocates_only_the_epochs_record() {
    let mut run = run(vec![], OptimizerSettings::Sgd);
    run.advance_steps(31);
    let slice = measure(|| run.advance());
    assert_eq!((run.phase(), slice.count_total), (Phase::Validating, 0));
    let last = measure(|| run.advance());
    // The list of records grows from nothing.
    assert_eq!((run.phase(), last.count_total), (Phase::Training, 1));
}

#[test]
fn the_counter_counts() {
    assert_eq!(measure(|| drop(std::hint::black_box(vec![1u8]))).count_total, 1);
}
