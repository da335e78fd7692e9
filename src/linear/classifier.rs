//! K models side by side, and what they say together.

use super::binary::{BinaryModel, Sample, logistic};
use super::{LogisticSettings, Samples, order};
use crate::error::{ArrayName, Rule, SettingName};
use crate::{Error, Real, Result};
use serde::{Deserialize, Serialize};
use std::mem;

/// The most classes: a label is a byte.
const MAX_CLASSES: usize = 256;

/// One-vs-rest logistic regression as a machine that learns a piece at a time.
///
/// # Examples
/// ```
/// use atelier::linear::{LogisticSettings, OneVsRest, Table};
/// // Three classes on a line: below 0, about 0, above 0 would need a bend; by two features they part.
/// let values = [0.0f64, 1.0, 1.0, 0.0, -1.0, -1.0];
/// let samples = Table::new(&values, &[0, 1, 2], 2)?;
/// let settings = LogisticSettings { max_iter: 20, ..Default::default() };
/// let mut model: OneVsRest<f64> = OneVsRest::new(settings, 3, 2, 3)?;
/// while !model.is_finished() {
///     model.advance(&samples, 100)?;
/// }
/// assert_eq!(model.predict(&[0.0, 1.0]), 0);
/// assert_eq!(model.predict(&[-1.0, -1.0]), 2);
/// # Ok::<(), atelier::Error>(())
/// ```
///
/// `LANES`: see [`BinaryModel`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OneVsRest<F, const LANES: usize = 16> {
    settings: LogisticSettings,
    models: Vec<BinaryModel<F, LANES>>,
    /// One order a class, or one for all; each with the seed that shuffles it.
    orders: Vec<Vec<u32>>,
    seeds: Vec<u32>,
    num_samples: usize,
    num_features: usize,
    position: usize,
    epoch: u32,
}

/// What an epoch of all models came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EpochReport {
    /// Which epoch ended, from 1.
    pub epoch: u32,
    /// Mean logistic loss over the models that learnt in it, in nats, each sample as it was met.
    pub loss: f64,
    /// The same with the penalty α/2·‖w‖².
    pub objective: f64,
    /// Models that are still learning.
    pub num_learning: u32,
}

impl<F: Real, const LANES: usize> OneVsRest<F, LANES> {
    /// Models that know nothing, for `num_samples` samples of `num_features` features in `num_classes` classes.
    ///
    /// # Errors
    /// [`Error::Setting`] for a setting outside its range, and for sizes of 0.
    pub fn new(
        settings: LogisticSettings,
        num_classes: usize,
        num_features: usize,
        num_samples: usize,
    ) -> Result<Self> {
        settings.check()?;
        Rule::range(2.0, MAX_CLASSES as f64).check(SettingName::NumClasses, num_classes)?;
        Rule::AtLeast { min: 1.0 }.check(SettingName::NumFeatures, num_features)?;
        Rule::range(1.0, u32::MAX.into()).check(SettingName::NumSamples, num_samples)?;
        let num_orders = if settings.own_orders { num_classes } else { 1 };
        let seeds = order::shuffle_seeds(settings.seed, num_orders);
        let mut machine = Self {
            models: vec![BinaryModel::new(num_features); num_classes],
            orders: vec![(0..num_samples as u32).collect(); num_orders],
            seeds,
            settings,
            num_samples,
            num_features,
            position: 0,
            epoch: 0,
        };
        machine.start_epoch();
        Ok(machine)
    }

    fn start_epoch(&mut self) {
        self.position = 0;
        if self.settings.shuffle {
            for (order, &seed) in self.orders.iter_mut().zip(&self.seeds) {
                order::shuffle(order, seed);
            }
        }
    }

    /// Takes every learning model through its next `count` samples, at most to the end of the epoch.
    ///
    /// How the samples are cut into calls changes nothing in the result. Returns
    /// a report when the epoch ended; a finished machine stays as it is.
    ///
    /// # Errors
    /// [`Error::Shape`] when `samples` are not those the machine was made for,
    /// [`Error::LogisticOverflow`] when a weight stopped being finite.
    pub fn advance(&mut self, samples: &impl Samples<F>, count: usize) -> Result<Option<EpochReport>> {
        self.check_size(ArrayName::Samples, self.num_samples, samples.num_samples())?;
        self.check_size(ArrayName::Features, self.num_features, samples.num_features())?;
        if self.is_finished() {
            return Ok(None);
        }
        let end = self.num_samples.min(self.position.saturating_add(count));
        let group = self.models.len() / self.orders.len();
        for (group_index, (models, order)) in self.models.chunks_mut(group).zip(&self.orders).enumerate() {
            learn(models, group_index * group, samples, &order[self.position..end], self.settings.alpha);
        }
        self.position = end;
        if end < self.num_samples { Ok(None) } else { self.end_epoch().map(Some) }
    }

    fn check_size(&self, array: ArrayName, expected: usize, actual: usize) -> Result<()> {
        if expected == actual { Ok(()) } else { Err(Error::shape(array, expected, actual)) }
    }

    fn end_epoch(&mut self) -> Result<EpochReport> {
        self.epoch += 1;
        let mut report = EpochReport { epoch: self.epoch, loss: 0.0, objective: 0.0, num_learning: 0 };
        let mut num_learnt = 0.0;
        for (class, model) in self.models.iter_mut().enumerate() {
            if model.has_converged() {
                continue;
            }
            if !model.is_finite() {
                return Err(Error::LogisticOverflow { epoch: self.epoch, class });
            }
            let ended = model.end_epoch(self.num_samples, &self.settings);
            num_learnt += 1.0;
            report.loss += ended.loss;
            report.objective += ended.objective;
            report.num_learning += u32::from(!model.has_converged());
        }
        report.loss /= num_learnt;
        report.objective /= num_learnt;
        if !self.is_finished() {
            self.start_epoch();
        }
        Ok(report)
    }

    /// Whether all models have converged or `max_iter` epochs are over.
    pub fn is_finished(&self) -> bool {
        self.epoch >= self.settings.max_iter || self.models.iter().all(BinaryModel::has_converged)
    }

    /// Epochs that are over.
    pub fn epoch(&self) -> u32 {
        self.epoch
    }

    /// Samples of the running epoch that each model has taken.
    pub fn position(&self) -> usize {
        self.position
    }

    /// The settings it was made with.
    pub fn settings(&self) -> &LogisticSettings {
        &self.settings
    }

    /// The models, one a class.
    pub fn models(&self) -> &[BinaryModel<F, LANES>] {
        &self.models
    }

    /// Decision values w·x + b of one sample, one a class.
    pub fn decisions(&self, x: &[F]) -> Vec<f64> {
        self.models.iter().map(|model| model.decision(x)).collect()
    }

    /// Probabilities: each model's σ(p), divided by their sum.
    ///
    /// Simple normalisation after Zadrozny and Elkan, *Transforming classifier
    /// scores into multiclass probability estimates*, KDD 2002; when every model
    /// says 0, all classes are equally likely.
    pub fn probabilities(&self, x: &[F]) -> Vec<f64> {
        normalised_sigmoids(&self.decisions(x))
    }

    /// The class whose decision value is largest, the first of equal ones.
    pub fn predict(&self, x: &[F]) -> usize {
        let mut best = (0, self.models[0].decision(x));
        for (class, model) in self.models.iter().enumerate().skip(1) {
            let decision = model.decision(x);
            if decision > best.1 {
                best = (class, decision);
            }
        }
        best.0
    }

    /// The share of `samples` that [`predict`](Self::predict) gets right, 0…1; of none, 0.
    ///
    /// # Errors
    /// [`Error::Shape`] when they have another number of features than the machine was made for.
    pub fn accuracy(&self, samples: &impl Samples<F>) -> Result<f64> {
        self.check_size(ArrayName::Features, self.num_features, samples.num_features())?;
        let unit = samples.unit();
        let mut x = vec![F::zero(); self.num_features];
        let num_right = (0..samples.num_samples()).filter(|&index| {
            samples.features(index, &mut x);
            x.iter_mut().for_each(|x| *x *= unit);
            self.predict(&x) == samples.label(index)
        });
        Ok(num_right.count() as f64 / samples.num_samples().max(1) as f64)
    }
}

/// Takes the models of the classes from `first_class` on through the samples at `order`.
fn learn<F: Real, const LANES: usize>(
    models: &mut [BinaryModel<F, LANES>],
    first_class: usize,
    samples: &impl Samples<F>,
    order: &[u32],
    alpha: f64,
) {
    let mut models: Vec<_> =
        (first_class..).zip(models).filter(|(_, model)| !model.has_converged()).collect();
    let (Some(&first), false) = (order.first(), models.is_empty()) else { return };
    let unit = samples.unit();
    let mut x = vec![F::zero(); samples.num_features()];
    let mut next = x.clone();
    samples.features(first as usize, &mut x);
    let mut products: Vec<F> = models.iter().map(|(_, model)| model.product(&x)).collect();
    for (place, &index) in order.iter().enumerate() {
        // After the last one nothing comes, and its product is not used.
        if let Some(&index) = order.get(place + 1) {
            samples.features(index as usize, &mut next);
        }
        if let Some(&index) = order.get(place + 2) {
            samples.expect(index as usize);
        }
        let squared_norm = samples.squared_norm(index as usize, &x);
        let sample = Sample { features: &x, unit, squared_norm };
        let label = samples.label(index as usize);
        for ((class, model), product) in models.iter_mut().zip(&mut products) {
            *product = model.step(&sample, *product, label == *class, alpha, &next);
        }
        mem::swap(&mut x, &mut next);
    }
}

/// σ of each decision value, divided by their sum; equal shares when all are 0.
///
/// # Examples
/// ```
/// use atelier::linear::classifier::normalised_sigmoids;
/// assert_eq!(normalised_sigmoids(&[0.0, 0.0]), [0.5, 0.5]);
/// assert_eq!(normalised_sigmoids(&[-800.0, -800.0, -800.0, -800.0]), [0.25; 4]);
/// ```
pub fn normalised_sigmoids(decisions: &[f64]) -> Vec<f64> {
    // The derivative of the loss at y = 0 is σ(p) itself.
    let claims: Vec<f64> = decisions.iter().map(|&p| logistic(p, 0.0).1).collect();
    let sum: f64 = claims.iter().sum();
    if sum == 0.0 {
        return vec![1.0 / decisions.len() as f64; decisions.len()];
    }
    claims.into_iter().map(|claim| claim / sum).collect()
}
