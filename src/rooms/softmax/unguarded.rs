//! An experiment: the Train room's softmax layer with the guard taken off, beside itself with the guard on.
//!
//! Both start from the same weights and see the same batches. One is the
//! [`Trainer`] as it is. The other computes `p = exp(zₖ) / Σ exp(zⱼ)`, the loss
//! `−log p(label)` and the gradient `p − y` as the formulas stand, in the same
//! `f32`; once a logit passes 88.72, `exp` is infinite, `∞ / ∞` is NaN, and the
//! next update makes NaN of every weight.

use std::rc::Rc;

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::data::LabelledImages;
use crate::elementary::ln;
use crate::error::{Rule, SettingName};
use crate::nn::{Forward, Loss, Network, Optimizer, Output, Parameters, softmax};
use crate::train::inputs::Inputs;
use crate::train::{Trainer, TrainingSettings};

/// Where the numbers ended.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Death {
    /// The update, from 1 on, whose gradient was not a number.
    pub step: usize,
    /// Index of the image in the data set.
    pub image: u32,
    /// Its place in the batch, from 0.
    pub place: usize,
    /// The class whose value went wrong first.
    pub class: usize,
    /// The logit of that class.
    pub logit: f64,
    /// `exp` of that logit.
    pub exponential: f64,
    /// How many weights and biases are NaN after the update.
    pub num_nan: usize,
    /// How many weights and biases there are.
    pub num_parameters: usize,
}

/// Where the experiment stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct UnguardedReport {
    /// Updates made of the layer with the guard.
    pub step: usize,
    /// The first step at which `−log p` was infinite because a probability was rounded to 0, though training goes on.
    pub first_infinite_loss: Option<usize>,
    /// How the unguarded layer ended; none while it lives.
    pub death: Option<Death>,
    /// Largest logit of the unguarded layer's last batch.
    pub largest_logit: Option<f64>,
    /// Whether the guarded layer's numbers ended, too.
    pub guarded_stopped: bool,
}

/// Both layers and what they have been through.
#[derive(Clone, Debug)]
pub struct Unguarded {
    /// The Train room's run; its batches are the other layer's, too.
    guarded: Trainer<f32>,
    inputs: Inputs<f32>,
    /// The layer without the guard: the same first weights and the same rule, our own loss and gradient.
    network: Network<f32>,
    optimizer: Optimizer<f32>,
    forward: Forward<f32>,
    gradients: Parameters<f32>,
    losses: Vec<f32>,
    first_infinite_loss: Option<usize>,
    death: Option<Death>,
    largest_logit: Option<f64>,
}

impl Unguarded {
    /// Both layers at their start. Hidden layers, output, loss and penalty of `settings` are replaced by the
    /// softmax layer's.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] for the first setting outside its range.
    pub fn new(images: Rc<LabelledImages>, settings: TrainingSettings) -> Result<Self> {
        let settings = TrainingSettings {
            hidden: Vec::new(),
            output: Output::Softmax,
            loss: Loss::CategoricalCrossEntropy,
            l2: 0.0,
            ..settings
        };
        let guarded = Trainer::new(images, settings)?;
        let network = guarded.network().clone();
        Ok(Self {
            inputs: guarded.inputs().clone(),
            optimizer: guarded.optimizer().clone(),
            forward: Forward::with_capacity(network.architecture(), guarded.settings().batch_size),
            gradients: Parameters::zeros(network.architecture()),
            network,
            guarded,
            losses: Vec::new(),
            first_infinite_loss: None,
            death: None,
            largest_logit: None,
        })
    }

    /// The same mini-batch for both; the one that has died stays dead.
    pub fn advance(&mut self) {
        let report = self.guarded.report();
        if self.death.is_none() && report.stopped.is_none() {
            self.naive_step(report.step);
        }
        self.guarded.advance_steps(1);
    }

    /// Mean losses of the unguarded layer's batches, infinity and NaN as they came.
    pub fn losses(&self) -> &[f32] {
        &self.losses
    }

    /// Mean losses of the guarded layer's batches.
    pub fn guarded_losses(&self) -> &[f32] {
        &self.guarded.history().losses
    }

    /// Where the experiment stands.
    pub fn report(&self) -> UnguardedReport {
        let guarded = self.guarded.report();
        UnguardedReport {
            step: guarded.step,
            first_infinite_loss: self.first_infinite_loss,
            death: self.death,
            largest_logit: self.largest_logit,
            guarded_stopped: guarded.stopped.is_some(),
        }
    }

    /// The update after `step` others.
    fn naive_step(&mut self, step: usize) {
        let images = Rc::clone(self.guarded.images());
        let learning_rate = self.guarded.settings().learning_rate;
        let batch = self.guarded.next_batch();
        self.inputs.gather(batch.iter().map(|&index| images.image(index as usize)), &mut self.forward);
        self.network.forward_into(&mut self.forward);
        let logits = self.forward.logits();
        let mut d_logits = Array2::zeros(logits.dim());
        let share = 1.0 / batch.len() as f32;
        let mut loss = 0.0;
        let mut cause = None;
        for (place, (z, mut d)) in logits.rows().into_iter().zip(d_logits.rows_mut()).enumerate() {
            let z = z.to_vec();
            let report = softmax::naive(&z);
            let label = images.label(batch[place] as usize);
            loss -= ln(report.probabilities[label]);
            for (k, (d, &p)) in d.iter_mut().zip(&report.probabilities).enumerate() {
                *d = (p - if k == label { 1.0 } else { 0.0 }) * share;
            }
            // A sum can also overflow or vanish with every exponential finite: then its largest logit is named.
            if cause.is_none() && report.probabilities.iter().any(|p| p.is_nan()) {
                let bad = report.exponentials.iter().position(|e| !e.is_finite());
                let largest = || {
                    z.iter().enumerate().fold(0, |best, (k, &value)| if value > z[best] { k } else { best })
                };
                let class = bad.unwrap_or_else(largest);
                cause = Some((batch[place], place, class, z[class], report.exponentials[class]));
            }
        }
        let loss = loss * share;
        let largest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        self.largest_logit = Some(f64::from(largest));
        self.losses.push(loss);
        if loss.is_infinite() && self.first_infinite_loss.is_none() {
            self.first_infinite_loss = Some(step + 1);
        }
        let (layer, gradients) = (&self.network.parameters.layers[0], &mut self.gradients.layers[0]);
        layer.backward(self.forward.inputs(0), d_logits.view(), 0.0, gradients);
        self.optimizer.update(learning_rate, &mut self.network.parameters, &self.gradients);
        self.death = cause.map(|(image, place, class, logit, exponential)| Death {
            step: step + 1,
            image,
            place,
            class,
            logit: f64::from(logit),
            exponential: f64::from(exponential),
            num_nan: self.network.parameters.slices().flatten().filter(|value| value.is_nan()).count(),
            num_parameters: self.network.architecture().num_parameters(),
        });
    }
}

/// Checks how many updates the experiment may make.
///
/// # Errors
/// [`crate::Error::Setting`] outside 1 to 10,000.
pub fn check_num_steps(num_steps: usize) -> Result<()> {
    Rule::range(1.0, 10_000.0).check(SettingName::Steps, num_steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Generator;
    use crate::data::PIXELS;
    use rand::RngExt;

    /// 200 images of two kinds: ink above, or ink below, with noise.
    fn images() -> Rc<LabelledImages> {
        let mut generator = Generator::new(1);
        let pixels = (0..200 * PIXELS).map(|at| {
            let (image, row) = (at / PIXELS, at % PIXELS / 28);
            let ink = (image % 2 == 0) == (row < 14);
            if ink { 100 + generator.random_range(0..156) } else { generator.random_range(0..100) }
        });
        let labels = (0..200).map(|image| (image % 2) as u8).collect();
        let names = vec!["above".to_owned(), "below".to_owned()];
        Rc::new(LabelledImages::new(pixels.collect(), labels, names).unwrap())
    }

    fn run(learning_rate: f64, num_steps: usize) -> Unguarded {
        let settings = TrainingSettings { learning_rate, epochs: 100, ..TrainingSettings::default() };
        let mut experiment = Unguarded::new(images(), settings).unwrap();
        for _ in 0..num_steps {
            experiment.advance();
        }
        experiment
    }

    #[test]
    fn with_a_small_learning_rate_both_train_alike() {
        let experiment = run(0.001, 50);
        assert_eq!(experiment.report().death, None);
        assert_eq!((experiment.losses().len(), experiment.guarded_losses().len()), (50, 50));
        for (naive, guarded) in experiment.losses().iter().zip(experiment.guarded_losses()) {
            // The same numbers but for rounding: ln p in f32 against log Σ exp − z, 50 steps long.
            assert!((naive - guarded).abs() < 1e-3, "{naive} {guarded}");
        }
        assert!(experiment.losses()[49] < experiment.losses()[0] / 2.0);
    }

    #[test]
    fn with_a_large_one_the_naive_layer_dies_of_an_infinite_exponential_and_the_guarded_lives() {
        let experiment = run(1.0, 100);
        let report = experiment.report();
        let death = report.death.expect("a learning rate of 1 is large");
        assert!(death.logit > 88.722 && death.exponential.is_infinite(), "{death:?}");
        assert_eq!(experiment.losses().len(), death.step);
        assert!(death.num_nan > death.num_parameters / 2 - 1, "{death:?}");
        assert!(!report.guarded_stopped && experiment.guarded_losses().len() == 100);
        assert!(experiment.guarded_losses().iter().all(|loss| loss.is_finite()));
        // The same settings die the same death.
        assert_eq!(run(1.0, 100).report().death, Some(death));
    }

    #[test]
    fn bad_settings_are_refused() {
        let settings = TrainingSettings { learning_rate: f64::NAN, ..TrainingSettings::default() };
        assert!(Unguarded::new(images(), settings).is_err());
        assert!(
            check_num_steps(0).is_err() && check_num_steps(10_001).is_err() && check_num_steps(1).is_ok()
        );
    }
}
