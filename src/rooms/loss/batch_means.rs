//! How the mean loss of a mini-batch scatters round the mean loss of all images.
//!
//! A mini-batch is a sample: its mean loss is an unbiased guess of the full
//! mean, wrong by about `σ/√B`, with `σ` the deviation of the loss from image to
//! image and `B` the batch size. [`LossSurvey`] takes every image's loss by the
//! network as it stands; [`BatchMeans`] draws batches and compares.

use std::rc::Rc;

use rand::RngExt;
use serde::{Deserialize, Serialize};

use crate::data::LabelledImages;
use crate::error::{Rule, SettingName};
use crate::nn::{Forward, Loss, Network};
use crate::train::Trainer;
use crate::train::inputs::Inputs;
use crate::train::trainer::SLICE;
use crate::{Error, Generator, Real, Result};

/// The loss of every image by one network, gathered a slice at a time.
///
/// It holds a copy of the weights, so the run that it was taken from can train on meanwhile.
#[derive(Clone, Debug)]
pub struct LossSurvey<R: Real> {
    images: Rc<LabelledImages>,
    inputs: Inputs<R>,
    network: Network<R>,
    loss: Loss,
    forward: Forward<R>,
    losses: Vec<f32>,
}

impl<R: Real> LossSurvey<R> {
    /// A survey of all images of the run's data set, validation included, by its network as it is now.
    pub fn of(trainer: &Trainer<R>) -> Self {
        let network = trainer.network().clone();
        Self {
            forward: Forward::with_capacity(network.architecture(), SLICE),
            images: Rc::clone(trainer.images()),
            inputs: trainer.inputs().clone(),
            loss: trainer.settings().loss,
            losses: Vec::with_capacity(trainer.images().len()),
            network,
        }
    }

    /// Takes the losses of the next images, 64 at most; true once every image has its own.
    pub fn advance(&mut self) -> bool {
        let start = self.losses.len();
        let end = (start + SLICE).min(self.images.len());
        if start < end {
            self.inputs.gather((start..end).map(|index| self.images.image(index)), &mut self.forward);
            self.network.forward_into(&mut self.forward);
            for index in start..end {
                let label = self.images.labels()[index];
                let loss = self.forward.loss_of(self.loss, index - start, label);
                self.losses.push(Real::to_f64(loss) as f32);
            }
        }
        end == self.images.len()
    }

    /// 0…1.
    pub fn share(&self) -> f64 {
        self.losses.len() as f64 / self.images.len().max(1) as f64
    }

    /// The losses so far, in the order of the images.
    pub fn losses(&self) -> &[f32] {
        &self.losses
    }
}

/// Batches drawn, and how their means lie round the full one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct BatchMeans {
    /// Losses drawn from.
    pub num_images: usize,
    /// Images in a batch.
    pub batch_size: usize,
    /// Mean of all losses.
    pub full_mean: f64,
    /// Deviation `σ` of the losses: `√(mean of squares about the mean)`.
    pub deviation: f64,
    /// `σ/√B`: the deviation that theory gives the means.
    pub standard_error: f64,
    /// The deviation that the drawn means have about the full mean.
    pub observed_error: f64,
    /// Part of the batches nearer than one standard error to the full mean.
    pub within_one: f64,
    /// Part of the batches nearer than two.
    pub within_two: f64,
    /// The mean of each batch, in the order drawn.
    pub means: Vec<f64>,
    /// The images of the first batch, in the order drawn.
    pub first_batch: Vec<u32>,
    /// How many means fall in each bin of half a standard error, from [`BINS_LOW`] standard errors below the
    /// full mean on; what falls outside is in the first or the last.
    pub histogram: Vec<u32>,
}

/// Where the first bin of [`BatchMeans::histogram`] begins, in standard errors from the full mean.
pub const BINS_LOW: f64 = -4.0;
/// Bins of [`BatchMeans::histogram`], half a standard error wide.
pub const NUM_BINS: usize = 16;

impl BatchMeans {
    /// Draws `count` batches of `batch_size`, every image equally likely each time and put back
    /// (as `numpy.random.choice(n, batch_size)` does).
    ///
    /// # Errors
    /// [`Error::Setting`] for no losses, for one that is not finite, and outside 1…10,000 images a batch or
    /// 1…10,000 batches.
    pub fn draw(losses: &[f32], batch_size: usize, count: usize, seed: u32) -> Result<Self> {
        check(losses, batch_size, count)?;
        let mut generator = Generator::new(u64::from(seed));
        let full_mean = mean(losses.iter().map(|&loss| f64::from(loss)));
        let deviation = mean(losses.iter().map(|&loss| square(f64::from(loss) - full_mean))).sqrt();
        let mut first_batch = Vec::with_capacity(batch_size);
        let means: Vec<f64> = (0..count)
            .map(|batch| {
                let drawn = (0..batch_size).map(|_| {
                    let index = generator.random_range(0..losses.len() as u32);
                    if batch == 0 {
                        first_batch.push(index);
                    }
                    f64::from(losses[index as usize])
                });
                mean(drawn)
            })
            .collect();
        let standard_error = deviation / (batch_size as f64).sqrt();
        let within = |bound: f64| {
            let near = means.iter().filter(|&&mean| (mean - full_mean).abs() <= bound * standard_error);
            near.count() as f64 / count as f64
        };
        Ok(Self {
            num_images: losses.len(),
            batch_size,
            full_mean,
            deviation,
            standard_error,
            observed_error: mean(means.iter().map(|mean| square(mean - full_mean))).sqrt(),
            within_one: within(1.0),
            within_two: within(2.0),
            histogram: histogram(&means, full_mean, standard_error),
            means,
            first_batch,
        })
    }
}

fn square(x: f64) -> f64 {
    x * x
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len() as f64;
    values.sum::<f64>() / count
}

fn histogram(means: &[f64], full_mean: f64, standard_error: f64) -> Vec<u32> {
    let mut bins = vec![0; NUM_BINS];
    for mean in means {
        // All losses equal: 0/0 is no number, and every mean stands in the middle.
        let place = (mean - full_mean) / standard_error;
        let place = if place.is_nan() { 0.0 } else { place };
        // A negative float becomes 0, one beyond the last bin stops at it.
        let bin = ((place - BINS_LOW) * 2.0) as usize;
        bins[bin.min(NUM_BINS - 1)] += 1;
    }
    bins
}

fn check(losses: &[f32], batch_size: usize, count: usize) -> Result<()> {
    Rule::AtLeast { min: 1.0 }.check(SettingName::Losses, losses.len())?;
    Rule::range(1.0, 10_000.0).check(SettingName::BatchSize, batch_size)?;
    Rule::range(1.0, 10_000.0).check(SettingName::NumBatches, count)?;
    match losses.iter().find(|loss| !loss.is_finite()) {
        Some(&loss) => Err(Error::setting(SettingName::Losses, loss, Rule::NotOverflowed)),
        None => Ok(()),
    }
}
