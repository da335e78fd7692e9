//! One model: this class, or any other?

use super::LogisticSettings;
use crate::Real;
use crate::elementary::{exp, ln_1p};
use serde::{Deserialize, Serialize};

/// Below this the common factor of the weights is multiplied out, before it becomes too small to divide by.
const SMALLEST_FACTOR: f64 = 1e-9;

/// A logistic model of one class against the rest, with what it needs to go on learning.
///
/// The weights are kept as `factor · values`: the L2 penalty multiplies all of
/// them by the same number at each sample, and so costs one multiplication in
/// place of one for each weight (Bottou 2012, section 5.1). The factor, the
/// intercept and the sums over an epoch are `f64` whatever the weights are.
///
/// `LANES` is the number of running sums in a product w·x. Sixteen keep four
/// vectors of `f32` busy; one adds in scikit-learn's order and so rounds as it
/// does. That matters when results are compared: the first learning rates are so
/// large that a difference in the last bit grows from sample to sample, until the
/// schedule has brought them down.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BinaryModel<F, const LANES: usize = 16> {
    values: Vec<F>,
    factor: f64,
    /// ‖w‖², carried along: it stands in the objective at every sample.
    squared_norm: f64,
    intercept: f64,
    num_steps: u64,
    loss_sum: f64,
    objective_sum: f64,
    best_objective: f64,
    epochs_without_gain: u32,
    epochs: u32,
    has_converged: bool,
}

/// A sample as a model takes it: x = unit · features.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample<'a, F> {
    /// The features, divided by `unit`.
    pub features: &'a [F],
    /// What the features are multiplied by.
    pub unit: F,
    /// ‖x‖².
    pub squared_norm: f64,
}

/// What a model's epoch came to, means over its samples as they were met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BinaryEpoch {
    /// Mean logistic loss, in nats.
    pub loss: f64,
    /// Mean of loss + α/2·‖w‖²: what decides on stopping.
    pub objective: f64,
}

impl<F: Real, const LANES: usize> BinaryModel<F, LANES> {
    /// A model that knows nothing: weights and intercept 0.
    pub fn new(num_features: usize) -> Self {
        Self {
            values: vec![F::zero(); num_features],
            factor: 1.0,
            squared_norm: 0.0,
            intercept: 0.0,
            num_steps: 0,
            loss_sum: 0.0,
            objective_sum: 0.0,
            best_objective: f64::INFINITY,
            epochs_without_gain: 0,
            epochs: 0,
            has_converged: false,
        }
    }

    /// The decision value p = w·x + b.
    pub fn decision(&self, x: &[F]) -> f64 {
        self.factor * dot::<F, LANES>(&self.values, x).to_f64() + self.intercept
    }

    /// Takes one sample: w ← (1 − ηα)·w − η·(σ(p) − y)·x, b ← b − η·(σ(p) − y), with η = [`learning_rate`].
    ///
    /// `product` is [`product`](Self::product) of the sample's features; that of the features of the sample
    /// to be taken `next` comes back, in the same bits as if it were asked for afterwards. So one walk
    /// through the weights does for a sample, where the memory of ten models is what is slow.
    ///
    /// Units: the sample's loss, added to the epoch's mean, is in nats.
    pub fn step(&mut self, sample: &Sample<F>, product: F, is_of_class: bool, alpha: f64, next: &[F]) -> F {
        let learning_rate = learning_rate(self.num_steps, alpha);
        let unit = sample.unit.to_f64();
        let w_x = self.factor * unit * product.to_f64();
        let y = if is_of_class { 1.0 } else { 0.0 };
        let (loss, d_p) = logistic(w_x + self.intercept, y);
        self.loss_sum += loss;
        self.objective_sum += loss + 0.5 * alpha * self.squared_norm;

        let shrink = (1.0 - learning_rate * alpha).max(0.0);
        let update = -learning_rate * d_p;
        self.factor *= shrink;
        if self.factor < SMALLEST_FACTOR {
            self.multiply_out();
        }
        let scale = F::of(update / self.factor * unit);
        let next_product = add_scaled_and_dot::<F, LANES>(&mut self.values, sample.features, scale, next);
        // ‖s·w + u·x‖² = s²‖w‖² + 2su·w·x + u²‖x‖²; rounding must not take it below 0.
        self.squared_norm = (shrink * shrink * self.squared_norm
            + 2.0 * shrink * update * w_x
            + update * update * sample.squared_norm)
            .max(0.0);
        self.intercept += update;
        self.num_steps += 1;
        next_product
    }

    /// What the features must be multiplied with to give their part of p, before the common factors.
    pub fn product(&self, features: &[F]) -> F {
        dot::<F, LANES>(&self.values, features)
    }

    /// Ends an epoch of `num_samples` steps: decides whether the model has converged, and starts its next sums.
    ///
    /// A gain is an objective more than `tol` below the best so far. (Before
    /// version 1.8 scikit-learn compared losses without the penalty.)
    pub fn end_epoch(&mut self, num_samples: usize, settings: &LogisticSettings) -> BinaryEpoch {
        let n = num_samples as f64;
        let ended = BinaryEpoch { loss: self.loss_sum / n, objective: self.objective_sum / n };
        match settings.tol {
            Some(tol) if ended.objective > self.best_objective - tol => self.epochs_without_gain += 1,
            _ => self.epochs_without_gain = 0,
        }
        self.best_objective = self.best_objective.min(ended.objective);
        self.has_converged = self.epochs_without_gain >= settings.n_iter_no_change;
        self.epochs += 1;
        (self.loss_sum, self.objective_sum) = (0.0, 0.0);
        // What rounding has added to the norm over an epoch ends here.
        self.squared_norm = self.factor * self.factor * dot::<F, LANES>(&self.values, &self.values).to_f64();
        ended
    }

    fn multiply_out(&mut self) {
        let factor = F::of(self.factor);
        self.values.iter_mut().for_each(|value| *value *= factor);
        self.factor = 1.0;
    }

    /// The weights w, multiplied out.
    pub fn weights(&self) -> Vec<F> {
        let factor = F::of(self.factor);
        self.values.iter().map(|&value| factor * value).collect()
    }

    /// The intercept b.
    pub fn intercept(&self) -> f64 {
        self.intercept
    }

    /// Epochs it has learnt for.
    pub fn epochs(&self) -> u32 {
        self.epochs
    }

    /// Whether it has stopped by itself.
    pub fn has_converged(&self) -> bool {
        self.has_converged
    }

    /// Whether every number of it is finite, the losses of the running epoch included.
    pub fn is_finite(&self) -> bool {
        let sums = [self.intercept, self.factor, self.loss_sum, self.objective_sum];
        sums.iter().all(|sum| sum.is_finite()) && self.values.iter().all(|w| w.is_finite())
    }
}

/// The learning rate of step `t` (from 0): η = 1 / (α·(t₀ + t)), scikit-learn's "optimal" schedule.
///
/// t₀ makes the first rate the typical size of a weight, √(1/√α): Bottou's
/// heuristic η₀ = √(1/√α) / max(1, |∂loss|), and the logistic loss has no
/// derivative above 1.
///
/// # Examples
/// ```
/// use atelier::linear::binary::learning_rate;
/// assert!((learning_rate(0, 1e-4) - 10.0).abs() < 1e-12);
/// assert!((learning_rate(1000, 1e-4) - 5.0).abs() < 1e-12);
/// ```
pub fn learning_rate(t: u64, alpha: f64) -> f64 {
    let first = (1.0 / alpha.sqrt()).sqrt();
    1.0 / (alpha * (1.0 / (first * alpha) + t as f64))
}

/// The loss ln(1 + eᵖ) − y·p and its derivative σ(p) − y, from one exponential that cannot overflow.
///
/// # Examples
/// ```
/// let (loss, d_p) = atelier::linear::binary::logistic(0.0, 1.0);
/// assert!((loss - 2f64.ln()).abs() < 1e-15);
/// assert_eq!(d_p, -0.5);
/// ```
pub fn logistic(p: f64, y: f64) -> (f64, f64) {
    if p <= -37.0 {
        // 1 + e^p is 1 here, and e^−p may overflow.
        let e = exp(p);
        return (e - y * p, e - y);
    }
    let e = exp(-p);
    // y goes into the numerator, so that a small derivative keeps its digits.
    let d_p = ((1.0 - y) - y * e) / (1.0 + e);
    // ln(1 + e^p) = p + ln(1 + e^−p)
    let loss = ln_1p(e) + (1.0 - y) * p;
    (loss, d_p)
}

/// a·b in a fixed order of summation: `LANES` running sums, then those in order, then what is left over.
fn dot<F: Real, const LANES: usize>(a: &[F], b: &[F]) -> F {
    let mut sums = [F::zero(); LANES];
    let (a_lanes, b_lanes) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest = a_lanes.remainder().iter().zip(b_lanes.remainder());
    for (a, b) in a_lanes.zip(b_lanes) {
        for ((sum, &a), &b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    let total = sums.into_iter().fold(F::zero(), |total, sum| total + sum);
    rest.fold(total, |total, (&a, &b)| total + a * b)
}

/// w ← w + scale·x, then w·next, in the order of [`dot`].
fn add_scaled_and_dot<F: Real, const LANES: usize>(w: &mut [F], x: &[F], scale: F, next: &[F]) -> F {
    let mut sums = [F::zero(); LANES];
    let (w_lanes, w_rest) = w.as_chunks_mut::<LANES>();
    let (x_lanes, x_rest) = x.as_chunks::<LANES>();
    let (next_lanes, next_rest) = next.as_chunks::<LANES>();
    for ((w, x), next) in w_lanes.iter_mut().zip(x_lanes).zip(next_lanes) {
        // In a copy, whose independence of `x` and `next` the compiler can see: vectors of four.
        let mut moved = *w;
        for lane in 0..LANES {
            moved[lane] += scale * x[lane];
            sums[lane] += moved[lane] * next[lane];
        }
        *w = moved;
    }
    let mut total = sums.into_iter().fold(F::zero(), |total, sum| total + sum);
    for ((w, &x), &next) in w_rest.iter_mut().zip(x_rest).zip(next_rest) {
        *w += scale * x;
        total += *w * next;
    }
    total
}

/// ‖x‖² of x = unit · features.
pub(super) fn squared_norm<F: Real>(features: &[F], unit: F) -> f64 {
    let unit = unit.to_f64();
    unit * unit * dot::<F, 16>(features, features).to_f64()
}
