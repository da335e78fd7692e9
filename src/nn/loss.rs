//! How wrong an answer is: one number an image, and its gradient with respect to the logits.
//!
//! The functions here take one image (one row of a batch); the loss of a batch
//! is the mean of its rows, so the caller divides the gradient by the number of
//! rows. Cross-entropies start from the logits: the logarithm is never taken
//! of a rounded probability.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::softmax;
use super::subnormal::flush;
use crate::elementary::{exp, ln_1p};
use crate::{Error, Real, Result};

/// What the last layer makes of its logits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Output {
    /// Probabilities that sum to 1: one class is right.
    Softmax,
    /// A probability for each class by itself: one-vs-rest.
    Sigmoid,
    /// The logits as they are.
    Identity,
}

/// The measure that training makes small. `y` is the one-hot target: 1 at the label, 0 elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Loss {
    /// `−log p(label)`, in nats; needs a softmax output.
    CategoricalCrossEntropy,
    /// `−mean over classes of y·log p + (1 − y)·log(1 − p)`, in nats; needs a sigmoid output.
    BinaryCrossEntropy,
    /// `mean over classes of (a − y)²`; with any output.
    MeanSquaredError,
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CategoricalCrossEntropy => "categorical cross-entropy",
            Self::BinaryCrossEntropy => "binary cross-entropy",
            Self::MeanSquaredError => "mean squared error",
        })
    }
}

impl Output {
    /// Every output, in the order in which the page lists them.
    pub const ALL: [Self; 3] = [Self::Softmax, Self::Sigmoid, Self::Identity];

    /// The output's name, as the page and a model's file write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Softmax => "softmax",
            Self::Sigmoid => "sigmoid",
            Self::Identity => "identity",
        }
    }

    /// Logits to outputs, one image. Shapes: (K,) both.
    ///
    /// Returns `log Σ exp(zⱼ)` for softmax, which has it at hand and whose loss needs it; 0 for the others.
    pub fn forward<R: Real>(self, logits: &[R], outputs: &mut [R]) -> R {
        match self {
            Self::Softmax => {
                let log_sum = softmax::shifted(logits, outputs);
                outputs.iter_mut().for_each(|p| *p = flush(*p));
                log_sum
            }
            Self::Sigmoid => {
                for (a, &z) in outputs.iter_mut().zip(logits) {
                    *a = super::Activation::Sigmoid.value(z);
                }
                R::zero()
            }
            Self::Identity => {
                outputs.copy_from_slice(logits);
                R::zero()
            }
        }
    }

    /// `d_outputs` to `d_logits`, one image; the derivative of [`Output::forward`].
    ///
    /// - softmax: `d_zₖ = pₖ (d_pₖ − Σⱼ d_pⱼ pⱼ)` (its Jacobian is `diag(p) − p·pᵀ`)
    /// - sigmoid: `d_zₖ = d_aₖ aₖ (1 − aₖ)`
    /// - identity: `d_zₖ = d_aₖ`
    pub fn backward<R: Real>(self, outputs: &[R], d_outputs: &mut [R]) {
        match self {
            Self::Softmax => {
                let mut dot = R::zero();
                for (&d, &p) in d_outputs.iter().zip(outputs) {
                    dot += d * p;
                }
                for (d, &p) in d_outputs.iter_mut().zip(outputs) {
                    *d = p * (*d - dot);
                }
            }
            Self::Sigmoid => {
                for (d, &a) in d_outputs.iter_mut().zip(outputs) {
                    *d = *d * a * (R::one() - a);
                }
            }
            Self::Identity => {}
        }
    }
}

impl Loss {
    /// Every loss, in the order in which the page lists them.
    pub const ALL: [Self; 3] =
        [Self::CategoricalCrossEntropy, Self::BinaryCrossEntropy, Self::MeanSquaredError];

    /// Whether the loss is defined on this output.
    ///
    /// # Errors
    /// [`Error::OutputOfLoss`] for a cross-entropy on an output that is not its probability.
    pub fn check(self, output: Output) -> Result<()> {
        match self.output() {
            Some(needed) if needed != output => Err(Error::OutputOfLoss { output, loss: self }),
            _ => Ok(()),
        }
    }

    /// The output that the loss is defined on; none where every output will do.
    pub fn output(self) -> Option<Output> {
        match self {
            Self::CategoricalCrossEntropy => Some(Output::Softmax),
            Self::BinaryCrossEntropy => Some(Output::Sigmoid),
            Self::MeanSquaredError => None,
        }
    }

    /// The loss of one image.
    ///
    /// - categorical cross-entropy: `log Σⱼ exp(zⱼ) − z(label)`
    /// - binary cross-entropy: `mean over k of max(zₖ, 0) − yₖ zₖ + log(1 + exp(−|zₖ|))`
    /// - mean squared error: `mean over k of (aₖ − yₖ)²`
    ///
    /// Shapes: `logits`, `outputs` (K,); `outputs` is [`Output::forward`] of `logits`.
    ///
    /// # Examples
    /// ```
    /// use atelier::nn::Loss;
    /// // Ten equal logits: the network knows nothing, and that costs log 10.
    /// let loss = Loss::CategoricalCrossEntropy.forward(&[0.0_f64; 10], &[0.1; 10], 3);
    /// assert_eq!(loss, 10.0_f64.ln());
    /// ```
    pub fn forward<R: Real>(self, logits: &[R], outputs: &[R], label: usize) -> R {
        let classes = R::of(logits.len() as f64);
        let target = |k: usize| if k == label { R::one() } else { R::zero() };
        match self {
            Self::CategoricalCrossEntropy => softmax::log_sum_exp(logits) - logits[label],
            Self::BinaryCrossEntropy => {
                let mut sum = R::zero();
                for (k, &z) in logits.iter().enumerate() {
                    sum += binary(z, target(k));
                }
                sum / classes
            }
            Self::MeanSquaredError => {
                let mut sum = R::zero();
                for (k, &a) in outputs.iter().enumerate() {
                    sum += square(a, target(k));
                }
                sum / classes
            }
        }
    }

    /// What each output is charged: [`Loss::forward`] is their mean, of the categorical cross-entropy their sum.
    ///
    /// Shapes: `logits`, `outputs` (K,) → (K,)
    pub fn parts<R: Real>(self, logits: &[R], outputs: &[R], label: usize) -> Vec<R> {
        let target = |k: usize| if k == label { R::one() } else { R::zero() };
        let part = |k: usize| match self {
            Self::CategoricalCrossEntropy if k == label => self.forward(logits, outputs, label),
            Self::CategoricalCrossEntropy => R::zero(),
            Self::BinaryCrossEntropy => binary(logits[k], target(k)),
            Self::MeanSquaredError => square(outputs[k], target(k)),
        };
        (0..logits.len()).map(part).collect()
    }

    /// `∂loss/∂logits` of one image, written over `d_logits`.
    ///
    /// - categorical cross-entropy of softmax: `pₖ − yₖ`
    /// - binary cross-entropy of sigmoid: `(aₖ − yₖ) / K`
    /// - mean squared error: `2 (aₖ − yₖ) / K` carried back through [`Output::backward`]
    ///
    /// Shapes: `outputs`, `d_logits` (K,).
    pub fn backward<R: Real>(self, output: Output, outputs: &[R], label: usize, d_logits: &mut [R]) {
        let factor = match self {
            Self::CategoricalCrossEntropy => R::one(),
            Self::BinaryCrossEntropy => R::of(outputs.len() as f64).recip(),
            Self::MeanSquaredError => R::of(2.0 / outputs.len() as f64),
        };
        for (d, &a) in d_logits.iter_mut().zip(outputs) {
            *d = factor * a;
        }
        d_logits[label] = factor * (outputs[label] - R::one());
        if self == Self::MeanSquaredError {
            output.backward(outputs, d_logits);
        }
    }
}

/// Binary cross-entropy of one output from its logit.
fn binary<R: Real>(z: R, y: R) -> R {
    // NaN.max(0) is 0 and would hide it; the last term still carries it.
    z.max(R::zero()) - y * z + ln_1p(exp(-z.abs()))
}

/// Squared error of one output.
fn square<R: Real>(a: R, y: R) -> R {
    (a - y) * (a - y)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_make_up_the_loss() {
        let logits = [0.3_f64, -1.2, 2.0];
        for (loss, output, share) in [
            (Loss::CategoricalCrossEntropy, Output::Softmax, 1.0),
            (Loss::BinaryCrossEntropy, Output::Sigmoid, 3.0),
            (Loss::MeanSquaredError, Output::Identity, 3.0),
        ] {
            let mut outputs = [0.0; 3];
            output.forward(&logits, &mut outputs);
            let parts = loss.parts(&logits, &outputs, 1);
            assert_eq!(parts.iter().sum::<f64>() / share, loss.forward(&logits, &outputs, 1), "{loss:?}");
            assert_eq!(parts[0] == 0.0, loss == Loss::CategoricalCrossEntropy);
        }
    }

    #[test]
    fn a_hopeless_answer_has_a_finite_loss_and_a_full_gradient() {
        let logits = [0.0_f32, 1e4];
        let mut p = [0.0; 2];
        Output::Softmax.forward(&logits, &mut p);
        assert_eq!(Loss::CategoricalCrossEntropy.forward(&logits, &p, 0), 1e4);
        let mut d = [f32::NAN; 2];
        Loss::CategoricalCrossEntropy.backward(Output::Softmax, &p, 0, &mut d);
        assert_eq!(d, [-1.0, 1.0]);
        Output::Sigmoid.forward(&logits, &mut p);
        // Both classes wrong: log 2 for the logit 0, 1e4 for the other, halved.
        assert_eq!(Loss::BinaryCrossEntropy.forward(&logits, &p, 0), (2.0_f32.ln() + 1e4) / 2.0);
    }

    #[test]
    fn a_cross_entropy_is_refused_on_the_wrong_output() {
        let refused = Loss::CategoricalCrossEntropy.check(Output::Sigmoid).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "output is sigmoid, but must be softmax for categorical cross-entropy"
        );
        assert!(Loss::BinaryCrossEntropy.check(Output::Softmax).is_err());
        assert!(Loss::MeanSquaredError.check(Output::Identity).is_ok());
    }

    #[test]
    fn nan_logits_give_a_nan_loss() {
        for loss in [Loss::CategoricalCrossEntropy, Loss::BinaryCrossEntropy, Loss::MeanSquaredError] {
            assert!(loss.forward(&[f64::NAN, 0.0], &[f64::NAN, 0.0], 1).is_nan(), "{loss:?}");
        }
    }
}
