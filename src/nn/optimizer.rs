//! What to do with a gradient: seven rules that turn it into a step, as Keras 3 defines them.
//!
//! `g` is the gradient, `η` the learning rate, `t` the number of this update
//! from 1 on. Every rule is one loop over one array, with its state beside it.
//!
//! | rule | state | update |
//! |---|---|---|
//! | SGD | | `w ← w − η g` |
//! | momentum | `m` | `m ← μ m − η g`, `w ← w + m` |
//! | Nesterov | `m` | `m ← μ m − η g`, `w ← w + μ m − η g` |
//! | AdaGrad | `s` | `s ← s + g²`, `w ← w − η g / √(s + ε)` |
//! | RMSprop | `v` | `v ← ρ v + (1 − ρ) g²`, `w ← w − η g / √(v + ε)` |
//! | Adam | `m`, `v` | `m ← m + (1 − β₁)(g − m)`, `v ← v + (1 − β₂)(g² − v)`, `w ← w − α m / (√v + ε)`, `α = η √(1 − β₂ᵗ) / (1 − β₁ᵗ)` |
//! | AdamW | `m`, `v` | `w ← w − η λ w`, then Adam |
//!
//! Where libraries differ we follow Keras 3: `ε` under the root in AdaGrad and
//! RMSprop (PyTorch: outside); Adam's `ε` beside `√v` before its bias
//! correction (PyTorch: after it); momentum holds steps, `η` included (PyTorch:
//! gradients); AdaGrad's `s` starts at 0.1 (PyTorch: 0); AdamW decays biases too.
//!
//! No state and no square is ever a subnormal number; [`subnormal`](super::subnormal) says why.

use serde::{Deserialize, Serialize};

use super::subnormal::{flush, square};
use super::{Architecture, Parameters};
use crate::elementary::powf;
use crate::error::{ArrayName, Rule, SettingName};
use crate::{Error, Real, Result};

/// Which rule, with its constants; the learning rate stands apart because it can change mid-run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum OptimizerSettings {
    /// Plain stochastic gradient descent.
    Sgd,
    /// Gradient descent with momentum.
    Momentum {
        /// `μ`, 0 ≤ μ < 1.
        momentum: f64,
    },
    /// Nesterov's accelerated gradient.
    Nesterov {
        /// `μ`, 0 ≤ μ < 1.
        momentum: f64,
    },
    /// A step that shrinks with the gradients seen so far.
    Adagrad {
        /// `s` before the first update.
        initial_accumulator: f64,
        /// `ε`.
        epsilon: f64,
    },
    /// AdaGrad that forgets.
    Rmsprop {
        /// `ρ`, 0 ≤ ρ < 1.
        rho: f64,
        /// `ε`.
        epsilon: f64,
    },
    /// Momentum and RMSprop together, with bias correction.
    Adam {
        /// `β₁`, 0 ≤ β₁ < 1.
        beta1: f64,
        /// `β₂`, 0 ≤ β₂ < 1.
        beta2: f64,
        /// `ε`.
        epsilon: f64,
    },
    /// Adam with weight decay beside the gradient, not in it.
    Adamw {
        /// `β₁`, 0 ≤ β₁ < 1.
        beta1: f64,
        /// `β₂`, 0 ≤ β₂ < 1.
        beta2: f64,
        /// `ε`.
        epsilon: f64,
        /// `λ`.
        weight_decay: f64,
    },
}

impl OptimizerSettings {
    /// Momentum 0.9 (Keras's SGD has none by default; 0.9 is what its guide and the course use).
    pub const MOMENTUM: Self = Self::Momentum { momentum: 0.9 };
    /// Nesterov momentum 0.9.
    pub const NESTEROV: Self = Self::Nesterov { momentum: 0.9 };
    /// Keras 3's AdaGrad.
    pub const ADAGRAD: Self = Self::Adagrad { initial_accumulator: 0.1, epsilon: 1e-7 };
    /// Keras 3's RMSprop.
    pub const RMSPROP: Self = Self::Rmsprop { rho: 0.9, epsilon: 1e-7 };
    /// Keras 3's Adam.
    pub const ADAM: Self = Self::Adam { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
    /// Keras 3's AdamW.
    pub const ADAMW: Self = Self::Adamw { beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weight_decay: 0.004 };

    /// Every rule with its usual constants, in the order in which the page lists them.
    pub const ALL: [Self; 7] =
        [Self::Sgd, Self::MOMENTUM, Self::NESTEROV, Self::ADAGRAD, Self::RMSPROP, Self::ADAM, Self::ADAMW];

    /// The constants in the order of the formula, each with what it may be.
    pub fn constants(self) -> Vec<(SettingName, f64, Rule)> {
        // With 1 itself nothing new would ever count.
        const FRACTION: Rule = Rule::FromBelow { min: 0.0, below: 1.0 };
        const EPSILON: Rule = Rule::range(1e-12, 1.0);
        match self {
            Self::Sgd => vec![],
            Self::Momentum { momentum } | Self::Nesterov { momentum } => {
                vec![(SettingName::Momentum, momentum, FRACTION)]
            }
            Self::Adagrad { initial_accumulator, epsilon } => vec![
                (SettingName::InitialAccumulator, initial_accumulator, Rule::range(0.0, 10.0)),
                (SettingName::Epsilon, epsilon, EPSILON),
            ],
            Self::Rmsprop { rho, epsilon } => {
                vec![(SettingName::Rho, rho, FRACTION), (SettingName::Epsilon, epsilon, EPSILON)]
            }
            Self::Adam { beta1, beta2, epsilon } => vec![
                (SettingName::Beta1, beta1, FRACTION),
                (SettingName::Beta2, beta2, FRACTION),
                (SettingName::Epsilon, epsilon, EPSILON),
            ],
            Self::Adamw { beta1, beta2, epsilon, weight_decay } => {
                let mut constants = Self::Adam { beta1, beta2, epsilon }.constants();
                constants.push((SettingName::WeightDecay, weight_decay, Rule::range(0.0, 1.0)));
                constants
            }
        }
    }

    /// Checks every constant.
    ///
    /// # Errors
    /// [`Error::Setting`] naming the one that is out of its range.
    pub fn check(self) -> Result<()> {
        self.constants().into_iter().try_for_each(|(name, value, rule)| rule.check(name, value))
    }

    /// Names of the state kept for each parameter, as in the table above.
    pub fn state_names(self) -> &'static [&'static str] {
        match self {
            Self::Sgd => &[],
            Self::Momentum { .. } | Self::Nesterov { .. } => &["m"],
            Self::Adagrad { .. } => &["s"],
            Self::Rmsprop { .. } => &["v"],
            Self::Adam { .. } | Self::Adamw { .. } => &["m", "v"],
        }
    }
}

/// A rule with its state for every parameter of a network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Optimizer<R: Real> {
    settings: OptimizerSettings,
    num_updates: u64,
    state: Vec<Parameters<R>>,
}

impl<R: Real> Optimizer<R> {
    /// The rule before its first update.
    ///
    /// # Errors
    /// [`Error::Setting`] as [`OptimizerSettings::check`].
    pub fn new(settings: OptimizerSettings, architecture: &Architecture) -> Result<Self> {
        settings.check()?;
        let mut state = vec![Parameters::zeros(architecture); settings.state_names().len()];
        if let OptimizerSettings::Adagrad { initial_accumulator, .. } = settings {
            state[0].slices_mut().for_each(|values| values.fill(R::of(initial_accumulator)));
        }
        Ok(Self { settings, num_updates: 0, state })
    }

    /// The rule after `num_updates` updates, with the state they left.
    ///
    /// # Errors
    /// [`Error::Setting`] as [`OptimizerSettings::check`], [`Error::Shape`] when the state is not of these parameters.
    pub fn with_state(
        settings: OptimizerSettings,
        architecture: &Architecture,
        num_updates: u64,
        state: Vec<Parameters<R>>,
    ) -> Result<Self> {
        let fitting = Self::new(settings, architecture)?;
        if state.len() != fitting.state.len() {
            return Err(Error::shape(ArrayName::OptimizerState, fitting.state.len(), state.len()));
        }
        for (given, fitting) in state.iter().zip(&fitting.state) {
            given.check_like(fitting)?;
        }
        Ok(Self { settings, num_updates, state })
    }

    /// The rule and its constants.
    pub fn settings(&self) -> OptimizerSettings {
        self.settings
    }

    /// How many updates were made.
    pub fn num_updates(&self) -> u64 {
        self.num_updates
    }

    /// The state of every parameter, one entry for each of [`OptimizerSettings::state_names`].
    pub fn state(&self) -> &[Parameters<R>] {
        &self.state
    }

    /// Takes one step: `parameters` and the state change, `gradients` stay.
    ///
    /// Returns whether every parameter is finite afterwards: it is known here for next to nothing,
    /// while another pass over 100,000 weights would cost as much as the update.
    pub fn update(
        &mut self,
        learning_rate: f64,
        parameters: &mut Parameters<R>,
        gradients: &Parameters<R>,
    ) -> bool {
        self.num_updates += 1;
        let rate = R::of(learning_rate);
        let mut finite = true;
        let arrays = parameters.slices_mut().zip(gradients.slices());
        let mut state = self.state.iter_mut();
        let mut first = state.next().map(Parameters::slices_mut);
        let mut second = state.next().map(Parameters::slices_mut);
        for (w, g) in arrays {
            let one = first.as_mut().and_then(Iterator::next);
            let two = second.as_mut().and_then(Iterator::next);
            finite &= match (self.settings, one, two) {
                (OptimizerSettings::Sgd, ..) => sgd(rate, w, g),
                (OptimizerSettings::Momentum { momentum }, Some(m), _) => {
                    self::momentum(rate, R::of(momentum), w, g, m)
                }
                (OptimizerSettings::Nesterov { momentum }, Some(m), _) => {
                    nesterov(rate, R::of(momentum), w, g, m)
                }
                (OptimizerSettings::Adagrad { epsilon, .. }, Some(s), _) => {
                    adagrad(rate, R::of(epsilon), w, g, s)
                }
                (OptimizerSettings::Rmsprop { rho, epsilon }, Some(v), _) => {
                    rmsprop(rate, [R::of(rho), R::of(1.0 - rho)], R::of(epsilon), w, g, v)
                }
                (OptimizerSettings::Adam { beta1, beta2, epsilon }, Some(m), Some(v)) => {
                    let alpha = R::of(corrected_rate(learning_rate, beta1, beta2, self.num_updates));
                    adam(alpha, [R::of(1.0 - beta1), R::of(1.0 - beta2)], R::of(epsilon), w, g, m, v)
                }
                (OptimizerSettings::Adamw { beta1, beta2, epsilon, weight_decay }, Some(m), Some(v)) => {
                    let shrink = R::of(learning_rate * weight_decay);
                    w.iter_mut().for_each(|w| *w -= *w * shrink);
                    let alpha = R::of(corrected_rate(learning_rate, beta1, beta2, self.num_updates));
                    adam(alpha, [R::of(1.0 - beta1), R::of(1.0 - beta2)], R::of(epsilon), w, g, m, v)
                }
                _ => unreachable!("the state was made for this rule"),
            };
        }
        finite
    }
}

/// Adam's `α = η √(1 − β₂ᵗ) / (1 − β₁ᵗ)`: both averages start at 0, and this undoes their pull towards it.
pub fn corrected_rate(learning_rate: f64, beta1: f64, beta2: f64, num_updates: u64) -> f64 {
    let t = num_updates as f64;
    learning_rate * (1.0 - powf(beta2, t)).sqrt() / (1.0 - powf(beta1, t))
}

// Each loop returns whether all of `w` is finite afterwards.

fn sgd<R: Real>(rate: R, w: &mut [R], g: &[R]) -> bool {
    let mut finite = true;
    for (w, &g) in w.iter_mut().zip(g) {
        *w -= rate * g;
        finite &= w.is_finite();
    }
    finite
}

fn momentum<R: Real>(rate: R, mu: R, w: &mut [R], g: &[R], m: &mut [R]) -> bool {
    let mut finite = true;
    for ((w, &g), m) in w.iter_mut().zip(g).zip(m) {
        *m = flush(mu * *m - rate * g);
        *w += *m;
        finite &= w.is_finite();
    }
    finite
}

fn nesterov<R: Real>(rate: R, mu: R, w: &mut [R], g: &[R], m: &mut [R]) -> bool {
    let mut finite = true;
    for ((w, &g), m) in w.iter_mut().zip(g).zip(m) {
        let step = rate * g;
        *m = flush(mu * *m - step);
        *w += mu * *m - step;
        finite &= w.is_finite();
    }
    finite
}

fn adagrad<R: Real>(rate: R, epsilon: R, w: &mut [R], g: &[R], s: &mut [R]) -> bool {
    let mut finite = true;
    for ((w, &g), s) in w.iter_mut().zip(g).zip(s) {
        *s += square(g);
        *w -= rate * g / (*s + epsilon).sqrt();
        finite &= w.is_finite();
    }
    finite
}

fn rmsprop<R: Real>(rate: R, [rho, rest]: [R; 2], epsilon: R, w: &mut [R], g: &[R], v: &mut [R]) -> bool {
    let mut finite = true;
    for ((w, &g), v) in w.iter_mut().zip(g).zip(v) {
        *v = flush(rho * *v + rest * square(g));
        *w -= rate * g / (*v + epsilon).sqrt();
        finite &= w.is_finite();
    }
    finite
}

fn adam<R: Real>(alpha: R, rest: [R; 2], epsilon: R, w: &mut [R], g: &[R], m: &mut [R], v: &mut [R]) -> bool {
    let mut finite = true;
    for (((w, &g), m), v) in w.iter_mut().zip(g).zip(m).zip(v) {
        *m = flush(*m + (g - *m) * rest[0]);
        *v = flush(*v + (square(g) - *v) * rest[1]);
        *w -= alpha * *m / (v.sqrt() + epsilon);
        finite &= w.is_finite();
    }
    finite
}
