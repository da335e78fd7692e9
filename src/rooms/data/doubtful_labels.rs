//! Labels that a network which never saw them does not believe.
//!
//! The images are dealt into two halves; a small network is trained on each and
//! judges the other. An image whose own label gets a low probability is either
//! hard or wrongly labelled: worth a look by a person. This is the out-of-fold
//! probability that confident learning starts from; it does not go on to
//! estimate how many labels are wrong.
//!
//! References: C. G. Northcutt, L. Jiang, I. L. Chuang, *Confident Learning: Estimating Uncertainty in
//! Dataset Labels*, Journal of Artificial Intelligence Research 70 (2021).

use rand::seq::SliceRandom;

use crate::data::{LabelledImages, PIXELS, PixelScaling, Scaling, batches};
use crate::elementary::exp;
use crate::error::{Rule, SettingName};
use crate::nn::network::{Backward, Forward};
use crate::nn::{
    Activation, Architecture, Hidden, Initializer, Loss, Network, Optimizer, OptimizerSettings, Output,
    softmax,
};
use crate::{Generator, Result};

const UNITS: usize = 64;
const BATCH: usize = 64;
/// At least so many epochs, and so many mini-batches: a small set is gone through more often.
const EPOCHS: usize = 5;
const BATCHES: usize = 1000;
const LEARNING_RATE: f64 = 0.002;

/// An image whose label a network that was not trained on it finds unlikely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Doubt {
    /// Which image.
    pub index: u32,
    /// The class that the network gives instead.
    pub prediction: u8,
    /// Probability of that class.
    pub probability: f32,
    /// Natural logarithm of the probability of the label; the lower, the more doubtful.
    pub log_probability_of_label: f32,
}

/// The search, as a machine that can stop and go on: train on one half, judge the other, and again.
pub struct DoubtfulLabels {
    halves: [Vec<u32>; 2],
    generator: Generator,
    scaling: PixelScaling,
    architecture: Architecture,
    network: Network<f32>,
    optimizer: Optimizer<f32>,
    forward: Forward<f32>,
    backward: Backward<f32>,
    order: Vec<u32>,
    num_epochs: usize,
    half: usize,
    epoch: usize,
    step: usize,
    doubts: Vec<Doubt>,
    num_disagreements: usize,
}

impl DoubtfulLabels {
    /// Deals the images into two halves by `seed`.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] when there are fewer than two images.
    pub fn new(images: &LabelledImages, seed: u32) -> Result<Self> {
        // Each half needs one.
        Rule::AtLeast { min: 2.0 }.check(SettingName::Images, images.len())?;
        let mut generator = Generator::new(u64::from(seed));
        let mut first: Vec<u32> = (0..images.len() as u32).collect();
        first.shuffle(&mut generator);
        let second = first.split_off(first.len() / 2);
        let architecture = Architecture {
            inputs: PIXELS,
            hidden: vec![Hidden { units: UNITS, activation: Activation::Relu }],
            outputs: images.num_classes(),
            output: Output::Softmax,
        };
        let network = Network::new(architecture.clone(), Initializer::HeUniform, &mut generator)?;
        let optimizer = Optimizer::new(OptimizerSettings::ADAM, &architecture)?;
        let order = batches::epoch_order(&first, &mut generator);
        let num_epochs = EPOCHS.max(BATCHES / batches::num_batches(first.len(), BATCH));
        Ok(Self {
            num_epochs,
            halves: [first, second],
            generator,
            scaling: PixelScaling::fit(Scaling::MinMax, images, &[]),
            forward: Forward::with_capacity(&architecture, BATCH),
            backward: Backward::with_capacity(&architecture, BATCH),
            architecture,
            network,
            optimizer,
            order,
            half: 0,
            epoch: 0,
            step: 0,
            doubts: Vec::new(),
            num_disagreements: 0,
        })
    }

    /// Goes on for `num_batches` mini-batches, trained or judged; true once all images are judged.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] never in practice: the second network has the settings of the first.
    pub fn advance(&mut self, images: &LabelledImages, num_batches: usize) -> Result<bool> {
        for _ in 0..num_batches {
            if self.is_complete() {
                break;
            }
            if self.epoch < self.num_epochs { self.train(images) } else { self.judge(images)? }
        }
        Ok(self.is_complete())
    }

    /// Whether both halves are judged.
    pub fn is_complete(&self) -> bool {
        self.half == 2
    }

    /// 0…1, by images trained on or judged.
    pub fn share(&self) -> f64 {
        let half = self.halves[0].len().max(1) as f64;
        let seen = (self.epoch as f64) + (self.step * BATCH) as f64 / half;
        ((self.half as f64 + seen / (self.num_epochs + 1) as f64) / 2.0).min(1.0)
    }

    /// The `wanted` most doubtful labels so far, most doubtful first: only those where the network's own
    /// answer is another class.
    pub fn most_doubtful(&self, wanted: usize) -> Vec<Doubt> {
        let mut doubts = self.doubts.clone();
        doubts.sort_by(|a, b| {
            a.log_probability_of_label.total_cmp(&b.log_probability_of_label).then(a.index.cmp(&b.index))
        });
        doubts.truncate(wanted);
        doubts
    }

    /// Images whose label is not what the other half's network answers.
    pub fn num_disagreements(&self) -> usize {
        self.num_disagreements
    }

    fn train(&mut self, images: &LabelledImages) {
        let labels =
            load(&mut self.forward, &self.scaling, images, batches::batch(&self.order, BATCH, self.step));
        self.network.forward_into(&mut self.forward);
        self.network.backward_into(
            &self.forward,
            &labels,
            Loss::CategoricalCrossEntropy,
            0.0,
            &mut self.backward,
        );
        self.optimizer.update(LEARNING_RATE, &mut self.network.parameters, &self.backward.parameters);
        self.step += 1;
        if self.step == batches::num_batches(self.order.len(), BATCH) {
            self.step = 0;
            self.epoch += 1;
            self.order = if self.epoch < self.num_epochs {
                batches::epoch_order(&self.halves[self.half], &mut self.generator)
            } else {
                self.halves[1 - self.half].clone()
            };
        }
    }

    fn judge(&mut self, images: &LabelledImages) -> Result<()> {
        let batch = batches::batch(&self.order, BATCH, self.step);
        let labels = load(&mut self.forward, &self.scaling, images, batch);
        self.network.forward_into(&mut self.forward);
        let mut log_probabilities = vec![0.0; self.architecture.outputs];
        for (row, (&index, &label)) in batch.iter().zip(&labels).enumerate() {
            let prediction = self.forward.prediction(row);
            if prediction == usize::from(label) {
                continue;
            }
            softmax::log_softmax(&self.forward.logits().row(row).to_vec(), &mut log_probabilities);
            self.num_disagreements += 1;
            self.doubts.push(Doubt {
                index,
                prediction: prediction as u8,
                probability: exp(log_probabilities[prediction]),
                log_probability_of_label: log_probabilities[usize::from(label)],
            });
        }
        self.step += 1;
        if self.step == batches::num_batches(self.order.len(), BATCH) {
            self.half += 1;
            (self.step, self.epoch) = (0, 0);
            if self.half < 2 {
                self.network =
                    Network::new(self.architecture.clone(), Initializer::HeUniform, &mut self.generator)?;
                self.optimizer = Optimizer::new(OptimizerSettings::ADAM, &self.architecture)?;
                self.order = batches::epoch_order(&self.halves[self.half], &mut self.generator);
            }
        }
        Ok(())
    }
}

/// Puts the images of a batch into `forward`, scaled, and returns their labels.
fn load(
    forward: &mut Forward<f32>,
    scaling: &PixelScaling,
    images: &LabelledImages,
    batch: &[u32],
) -> Vec<u8> {
    let mut inputs = forward.inputs_mut(batch.len());
    for (mut row, &index) in inputs.rows_mut().into_iter().zip(batch) {
        let row = row.as_slice_mut().expect("rows of our buffers are contiguous");
        scaling.apply(images.image(index as usize), row);
    }
    batch.iter().map(|&index| images.labels()[index as usize]).collect()
}
