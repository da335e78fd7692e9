//! Gradient descent where every step can be seen: a line through a few points, two parameters, one surface.
//!
//! The line is `ŷ = w x + b`, the loss its mean squared error, `L(w, b) = 1/N Σ (w xᵢ + b − yᵢ)²`:
//! a bowl whose level lines are ellipses and whose lowest point is known in closed form
//! ([`Bowl`]). [`descend`] walks on it with the optimizers that train the networks, by all
//! points, by mini-batches or by one point at a time.

use serde::{Deserialize, Serialize};

use crate::data::batches;
use crate::elementary::{atan2, cos, hypot, sin};
use crate::error::{Rule, SettingName};
use crate::nn::{Architecture, Optimizer, OptimizerSettings, Output, Parameters};
use crate::{Error, Generator, Result};

/// A point `(x, y)` to fit.
pub type Point = [f64; 2];

/// How to walk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct DescentSettings {
    /// `w` and `b` at the start.
    pub start: [f64; 2],
    /// The rule that makes the steps.
    pub optimizer: OptimizerSettings,
    /// The learning rate.
    pub learning_rate: f64,
    /// Points a step looks at; all of them make full-batch descent, 1 goes one point at a time.
    pub batch_size: usize,
    /// Steps to walk, 1 to 2000.
    pub steps: usize,
    /// Seed of the order of the points, which is drawn anew for every epoch.
    pub seed: u32,
}

/// Where the walk stands after a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct DescentStep {
    /// `w`.
    pub weight: f64,
    /// `b`.
    pub bias: f64,
    /// Mean squared error over all points.
    pub loss: f64,
    /// The points that this step looked at; none at the start.
    pub batch: Vec<u32>,
    /// `∂L/∂w` and `∂L/∂b` over those points, where the step began; none at the start.
    pub gradient: Option<[f64; 2]>,
    /// The momentum rule's `m` for `w` and `b` after the step; zeros before the first and for other rules.
    pub momentum: [f64; 2],
}

/// A whole walk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Descent {
    /// The start and every step; ends where it diverged.
    pub steps: Vec<DescentStep>,
    /// Whether the last step's loss is more than [`DIVERGED`] times the first, or not finite.
    pub diverged: bool,
}

/// A walk whose loss has grown this many times over the start's is called off.
pub const DIVERGED: f64 = 1000.0;

/// `L` and its gradient `[∂L/∂w, ∂L/∂b] = [2/N Σ rᵢ xᵢ, 2/N Σ rᵢ]`, `rᵢ = w xᵢ + b − yᵢ`, over some of the points.
///
/// # Panics
/// When `chosen` names a point that is not there.
pub fn squared_error(points: &[Point], chosen: &[u32], weight: f64, bias: f64) -> (f64, [f64; 2]) {
    let (mut loss, mut d_weight, mut d_bias) = (0.0, 0.0, 0.0);
    for &index in chosen {
        let [x, y] = points[index as usize];
        let residual = weight * x + bias - y;
        loss += residual * residual;
        d_weight += 2.0 * residual * x;
        d_bias += 2.0 * residual;
    }
    let count = chosen.len() as f64;
    (loss / count, [d_weight / count, d_bias / count])
}

/// Walks from the start; see [`DescentSettings`].
///
/// # Errors
/// [`Error::Setting`] for the first setting outside its range.
pub fn descend(points: &[Point], settings: &DescentSettings) -> Result<Descent> {
    check(points, settings)?;
    let architecture = line();
    let mut optimizer = Optimizer::<f64>::new(settings.optimizer, &architecture)?;
    let mut parameters = Parameters::<f64>::zeros(&architecture);
    let mut gradients = Parameters::<f64>::zeros(&architecture);
    put(&mut parameters, settings.start);
    let all: Vec<u32> = (0..points.len() as u32).collect();
    let per_epoch = batches::num_batches(points.len(), settings.batch_size);
    let mut order = all.clone();
    let [weight, bias] = settings.start;
    let first = squared_error(points, &all, weight, bias).0;
    let mut steps = vec![DescentStep {
        weight,
        bias,
        loss: first,
        batch: Vec::new(),
        gradient: None,
        momentum: [0.0; 2],
    }];
    let mut diverged = false;
    while steps.len() <= settings.steps && !diverged {
        let done = steps.len() - 1;
        if per_epoch > 1 && done.is_multiple_of(per_epoch) {
            // As the trainer does: the order of an epoch is a function of the seed and its number.
            let stream = (done / per_epoch + 1) as u64;
            order = batches::epoch_order(&all, &mut Generator::new(stream << 32 | u64::from(settings.seed)));
        }
        let batch = batches::batch(&order, settings.batch_size, done % per_epoch);
        let [weight, bias] = get(&parameters);
        let (_, gradient) = squared_error(points, batch, weight, bias);
        put(&mut gradients, gradient);
        optimizer.update(settings.learning_rate, &mut parameters, &gradients);
        let [weight, bias] = get(&parameters);
        let loss = squared_error(points, &all, weight, bias).0;
        // A loss that is no number has diverged as well, and no comparison would say so.
        diverged = !loss.is_finite() || loss > DIVERGED * first.max(f64::MIN_POSITIVE);
        let momentum = match settings.optimizer {
            OptimizerSettings::Momentum { .. } => get(&optimizer.state()[0]),
            _ => [0.0; 2],
        };
        let (batch, gradient) = (batch.to_vec(), Some(gradient));
        steps.push(DescentStep { weight, bias, loss, batch, gradient, momentum });
    }
    Ok(Descent { steps, diverged })
}

/// One input, one output, no more.
fn line() -> Architecture {
    Architecture { inputs: 1, hidden: Vec::new(), outputs: 1, output: Output::Identity }
}

fn put(parameters: &mut Parameters<f64>, [weight, bias]: [f64; 2]) {
    parameters.layers[0].weights[[0, 0]] = weight;
    parameters.layers[0].bias[0] = bias;
}

fn get(parameters: &Parameters<f64>) -> [f64; 2] {
    [parameters.layers[0].weights[[0, 0]], parameters.layers[0].bias[0]]
}

fn check(points: &[Point], settings: &DescentSettings) -> Result<()> {
    Rule::AtLeast { min: 1.0 }.check(SettingName::Points, points.len())?;
    settings.start.iter().try_for_each(|&value| Rule::range(-1e6, 1e6).check(SettingName::Start, value))?;
    Rule::AboveUpTo { above: 0.0, max: 100.0 }.check(SettingName::LearningRate, settings.learning_rate)?;
    Rule::range(1.0, points.len() as f64).check(SettingName::BatchSize, settings.batch_size)?;
    Rule::range(1.0, 2000.0).check(SettingName::Steps, settings.steps)
}

/// The shape of `L`: `L(w, b) = L₀ + (θ − θ₀)ᵀ ½H (θ − θ₀)`, with `H = 2 [[mean x², mean x], [mean x, 1]]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Bowl {
    /// `θ₀ = (w, b)` of the lowest point, by the normal equations.
    pub minimum: [f64; 2],
    /// `L₀`.
    pub lowest_loss: f64,
    /// Eigenvalues of `H`: how fast the slope changes along the steepest and the flattest direction.
    pub curvatures: [f64; 2],
    /// Unit eigenvectors of `H`, in the same order.
    pub directions: [[f64; 2]; 2],
}

impl Bowl {
    /// The bowl of some points.
    ///
    /// # Errors
    /// [`Error::Setting`] when every `x` is the same: then a valley is flat to its end and has no lowest point.
    pub fn of(points: &[Point]) -> Result<Self> {
        let count = points.len() as f64;
        let mean = |f: &dyn Fn(&Point) -> f64| points.iter().map(f).sum::<f64>() / count;
        let (x, y) = (mean(&|p| p[0]), mean(&|p| p[1]));
        let spread = mean(&|p| (p[0] - x) * (p[0] - x));
        // NaN is the spread of no points at all.
        if spread.is_nan() || spread <= 0.0 {
            return Err(Error::setting(SettingName::Points, points.len(), Rule::TwoPlaces));
        }
        let weight = mean(&|p| (p[0] - x) * (p[1] - y)) / spread;
        let bias = y - weight * x;
        let all: Vec<u32> = (0..points.len() as u32).collect();
        let (lowest_loss, _) = squared_error(points, &all, weight, bias);
        // H = [[2a, 2x̄], [2x̄, 2]]: eigenvalues m ± √(d² + c²), m = a + 1, d = a − 1, c = 2x̄.
        let square = spread + x * x;
        let (middle, half_difference, off) = (square + 1.0, square - 1.0, 2.0 * x);
        let radius = hypot(half_difference, off);
        let angle = 0.5 * atan2(off, half_difference);
        let (sin, cos) = (sin(angle), cos(angle));
        // det H = 4 · spread, and the smaller eigenvalue is det / larger: no difference of near numbers.
        let steep = middle + radius;
        Ok(Self {
            minimum: [weight, bias],
            lowest_loss,
            curvatures: [steep, 4.0 * spread / steep],
            directions: [[cos, sin], [-sin, cos]],
        })
    }

    /// The largest learning rate at which full-batch descent with momentum `μ` still arrives: `2 (1 + μ) / λ`,
    /// with `λ` the larger curvature. (Above it every step along that direction overshoots by more than it came.)
    ///
    /// # References
    /// Polyak, "Some methods of speeding up the convergence of iteration methods" (1964).
    pub fn largest_rate(&self, momentum: f64) -> f64 {
        2.0 * (1.0 + momentum) / self.curvatures[0]
    }

    /// The ellipse on which `L` is `level`, as `count` corners in order; empty below the lowest point.
    pub fn contour(&self, level: f64, count: usize) -> Vec<[f64; 2]> {
        let height = level - self.lowest_loss;
        if height.is_nan() || height <= 0.0 {
            return Vec::new();
        }
        let radii = self.curvatures.map(|curvature| (2.0 * height / curvature).sqrt());
        let corner = |at: usize| {
            let turn = std::f64::consts::TAU * at as f64 / count as f64;
            let (along, across) = (radii[0] * cos(turn), radii[1] * sin(turn));
            [0, 1].map(|axis| {
                self.minimum[axis] + along * self.directions[0][axis] + across * self.directions[1][axis]
            })
        };
        (0..count).map(corner).collect()
    }
}
