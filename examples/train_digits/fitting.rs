//! Mini-batches, Adam, a learning rate that falls along a cosine, and the running mean of the weights.

use std::sync::mpsc;

use atelier::Generator;
use atelier::draw::PIXELS;
use atelier::elementary::cos;
use atelier::nn::{
    Activation, Architecture, Backward, Forward, Hidden, Initializer, Loss, Model, Network, Optimizer,
    OptimizerSettings, Output,
};
use ndarray::Array2;
use rand::seq::SliceRandom;

use crate::digits::{Digits, Variations};

const BATCH: usize = 128;
/// Share of each step's weights in the running mean: it looks back over about 1,000 steps, two epochs.
const MEAN_SHARE: f32 = 0.001;

pub struct Plan<'a> {
    pub hidden: &'a [usize],
    pub epochs: usize,
    pub learning_rate: f64,
    pub seed: u64,
}

/// Trains a network by `plan` and returns the running mean of its weights.
pub fn fit(plan: &Plan, digits: &Digits, variations: Option<Variations>) -> Model {
    let architecture = Architecture {
        inputs: PIXELS,
        hidden: plan.hidden.iter().map(|&units| Hidden { units, activation: Activation::Relu }).collect(),
        outputs: 10,
        output: Output::Softmax,
    };
    let mut generator = Generator::new(plan.seed);
    let network = Network::new(architecture.clone(), Initializer::HeUniform, &mut generator);
    let mut network: Network<f32> = network.expect("the plan's sizes are possible");
    let mut mean = network.clone();
    let adam = Optimizer::new(OptimizerSettings::ADAM, &architecture);
    let mut optimizer = adam.expect("the defaults are valid");
    let mut forward = Forward::with_capacity(&architecture, BATCH);
    let mut backward = Backward::with_capacity(&architecture, BATCH);
    let steps_per_epoch = digits.0.len() / BATCH;
    let steps = plan.epochs * steps_per_epoch;

    std::thread::scope(|scope| {
        // One thread varies images, this one learns; the order is the sender's, so the seed decides all.
        let (sender, receiver) = mpsc::sync_channel::<(Array2<f32>, Vec<u8>)>(32);
        scope.spawn(move || {
            let mut order: Vec<usize> = (0..digits.0.len()).collect();
            for _ in 0..plan.epochs {
                order.shuffle(&mut generator);
                for batch in order.chunks_exact(BATCH) {
                    let mut images = Array2::zeros((BATCH, PIXELS));
                    for (&index, mut row) in batch.iter().zip(images.rows_mut()) {
                        let into = row.as_slice_mut().expect("rows of a fresh array are contiguous");
                        match variations {
                            Some(variations) => variations.vary(&digits.0[index], into, &mut generator),
                            None => into.copy_from_slice(&digits.0[index].image),
                        }
                    }
                    let labels = batch.iter().map(|&index| digits.0[index].label).collect();
                    sender.send((images, labels)).expect("the learner outlives its batches");
                }
            }
        });
        let mut loss = 0.0;
        for (step, (images, labels)) in receiver.iter().enumerate() {
            forward.inputs_mut(BATCH).assign(&images);
            network.forward_into(&mut forward);
            for (row, &label) in labels.iter().enumerate() {
                loss += f64::from(forward.loss_of(Loss::CategoricalCrossEntropy, row, label));
            }
            network.backward_into(&forward, &labels, Loss::CategoricalCrossEntropy, 0.0, &mut backward);
            let cosine = cos(std::f64::consts::PI * step as f64 / steps as f64);
            let rate = plan.learning_rate * (1.0 + cosine) / 2.0;
            optimizer.update(rate, &mut network.parameters, &backward.parameters);
            for (mean, now) in mean.parameters.slices_mut().zip(network.parameters.slices()) {
                mean.iter_mut().zip(now).for_each(|(mean, &now)| *mean += (now - *mean) * MEAN_SHARE);
            }
            if (step + 1) % steps_per_epoch == 0 {
                let images = (steps_per_epoch * BATCH) as f64;
                println!(
                    "epoch {:>3} of {}: loss {:.4}",
                    (step + 1) / steps_per_epoch,
                    plan.epochs,
                    loss / images
                );
                loss = 0.0;
            }
        }
    });
    Model::new(mean)
}
