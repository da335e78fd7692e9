//! Runs of every kind of network on a few images, for steps to be taken apart.

use std::rc::Rc;

use atelier::data::{LabelledImages, PIXELS};
use atelier::nn::{Activation, Hidden, Loss, OptimizerSettings, Output};
use atelier::train::{Trainer, TrainingSettings};
use rand::RngExt;

fn images() -> Rc<LabelledImages> {
    let mut generator = atelier::Generator::new(5);
    let labels: Vec<u8> = (0..120).map(|_| generator.random_range(0..10)).collect();
    let pixels = labels.iter().flat_map(|&label| {
        let bright = |pixel: usize| if pixel / 79 == usize::from(label) { 120 } else { 20 };
        (0..PIXELS).map(bright).collect::<Vec<u8>>()
    });
    let pixels = pixels.map(|base| base + generator.random_range(0..100)).collect();
    Rc::new(LabelledImages::new(pixels, labels, (0..10).map(|k| k.to_string()).collect()).unwrap())
}

/// A hidden layer for each number of units.
pub fn hidden(units: &[usize], activation: Activation) -> Vec<Hidden> {
    units.iter().map(|&units| Hidden { units, activation }).collect()
}

/// A run after `steps` updates.
pub fn run(settings: TrainingSettings, steps: usize) -> Trainer<f32> {
    let mut run = Trainer::new(images(), TrainingSettings { batch_size: 16, ..settings }).unwrap();
    run.advance_steps(steps);
    run
}

/// One network of every kind.
pub fn networks() -> Vec<TrainingSettings> {
    let of = |hidden, optimizer| TrainingSettings { hidden, optimizer, ..TrainingSettings::default() };
    let sgd = OptimizerSettings::Sgd;
    vec![
        of(vec![], OptimizerSettings::RMSPROP),
        of(hidden(&[12], Activation::Relu), OptimizerSettings::ADAM),
        of(hidden(&[9, 7], Activation::Sigmoid), sgd),
        of(hidden(&[11], Activation::Step), OptimizerSettings::ADAM),
        of(hidden(&[8, 8, 8], Activation::Tanh), OptimizerSettings::ADAMW),
        TrainingSettings {
            output: Output::Sigmoid,
            loss: Loss::BinaryCrossEntropy,
            l2: 0.01,
            ..of(vec![], OptimizerSettings::MOMENTUM)
        },
        TrainingSettings { loss: Loss::MeanSquaredError, ..of(hidden(&[6], Activation::Relu), sgd) },
    ]
}
