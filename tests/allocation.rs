//! A training step allocates nothing of ours, shown by counting every allocation of the thread.
//!
//! What remains is the packing buffer of each general matrix product:
//! `matrixmultiply`, under ndarray, makes and drops one in every call. A
//! network without hidden layer has none of those; 784-128-10 has three a step
//! (`x·W₁`, `x₁ᵀ·d_z₁`, `d_z₂·W₂ᵀ`), and the count is exactly that.
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
fn a_step_allocates_nothing_but_the_products_packing_buffers() {
    let relu = vec![Hidden { units: 128, activation: Activation::Relu }];
    for (hidden, products) in [(vec![], 0), (relu, 3)] {
        for optimizer in [OptimizerSettings::Sgd, OptimizerSettings::RMSPROP, OptimizerSettings::ADAMW] {
            let mut run = run(hidden.clone(), optimizer);
            // 30 steps inside the first epoch of 32.
            let counted = measure(|| {
                for _ in 0..30 {
                    run.advance();
                }
            });
            assert_eq!(run.report().step, 31);
            assert_eq!(counted.count_total, 30 * products, "{optimizer:?} {hidden:?}");
            assert_eq!(counted.count_current, 0, "and keeps none of it");
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
