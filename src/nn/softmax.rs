//! Softmax three ways: as written in a textbook, with the maximum taken off first, and its logarithm.
//!
//! `pₖ = exp(zₖ) / Σⱼ exp(zⱼ)`: positive numbers that sum to 1. Adding the same
//! number to every logit changes nothing, because `exp(z + c) = exp(z)·exp(c)`
//! and the factor cancels; that freedom is what saves the arithmetic.
//!
//! Everything here is generic over [`Elementary`], so that it also runs in
//! `half::f16`, where `exp` overflows from 11.1 on and the trouble can be seen
//! with small numbers (`f32`: from 88.7, `f64`: from 709.8).

use num_traits::Float;

use crate::elementary::{Elementary, exp, ln};

/// What the textbook formula gave, step by step, overflow included.
#[derive(Clone, Debug, PartialEq)]
pub struct Naive<F> {
    /// `exp(zₖ)`.
    pub exponentials: Vec<F>,
    /// `Σ exp(zⱼ)`.
    pub sum: F,
    /// `exp(zₖ) / Σ exp(zⱼ)`; NaN where `∞/∞` or `0/0` was asked for.
    pub probabilities: Vec<F>,
    /// Which exponentials came out infinite although their logit is finite.
    pub overflowed: Vec<usize>,
    /// Whether the sum is infinite although no exponential is.
    pub sum_overflowed: bool,
    /// Whether every exponential came out 0, so that the division is `0/0`.
    pub vanished: bool,
}

/// Softmax by the textbook formula `exp(zₖ) / Σ exp(zⱼ)`, which reports where it overflowed.
///
/// # Examples
/// ```
/// use atelier::nn::softmax;
/// let broken = softmax::naive(&[1000.0_f32, 0.0]);
/// assert_eq!(broken.overflowed, [0]);
/// assert!(broken.probabilities[0].is_nan());
/// ```
pub fn naive<F: Elementary>(logits: &[F]) -> Naive<F> {
    let exponentials: Vec<F> = logits.iter().map(|&z| exp(z)).collect();
    let sum = exponentials.iter().fold(F::zero(), |sum, &e| sum + e);
    let probabilities = exponentials.iter().map(|&e| e / sum).collect();
    let overflowed: Vec<usize> =
        (0..logits.len()).filter(|&k| exponentials[k].is_infinite() && logits[k].is_finite()).collect();
    let sum_overflowed = sum.is_infinite() && exponentials.iter().all(|e| e.is_finite());
    let vanished = !logits.is_empty() && sum == F::zero();
    Naive { exponentials, sum, probabilities, overflowed, sum_overflowed, vanished }
}

/// The largest logit, from the first element on; NaN if any is NaN.
pub(crate) fn maximum<F: Float>(logits: &[F]) -> F {
    let mut largest = logits[0];
    for &z in &logits[1..] {
        // `!(z <= largest)` lets a NaN in, so that it is seen at the end.
        if z.is_nan() || z > largest {
            largest = z;
        }
    }
    largest
}

/// Softmax with the maximum taken off first: `exp(zₖ − m) / Σ exp(zⱼ − m)`, `m = max z`.
///
/// Every exponent is at most 0 and one of them is 0, so nothing overflows and
/// the sum is at least 1. Returns `log Σ exp(zⱼ) = m + log Σ exp(zⱼ − m)`, which
/// the cross-entropy needs and which is at hand here.
///
/// Shapes: `logits` and `probabilities` (K,), K ≥ 1.
///
/// # Panics
/// When the two differ in length or are empty.
///
/// # Examples
/// ```
/// use atelier::nn::softmax;
/// let mut p = [0.0; 2];
/// softmax::shifted(&[1000.0, 1000.0], &mut p);
/// assert_eq!(p, [0.5, 0.5]);
/// ```
pub fn shifted<F: Elementary>(logits: &[F], probabilities: &mut [F]) -> F {
    assert_eq!(logits.len(), probabilities.len());
    let largest = maximum(logits);
    let mut sum = F::zero();
    for (p, &z) in probabilities.iter_mut().zip(logits) {
        *p = exp(z - largest);
        sum = sum + *p;
    }
    for p in probabilities.iter_mut() {
        *p = *p / sum;
    }
    largest + ln(sum)
}

/// `log Σ exp(zⱼ)`, computed as `m + log Σ exp(zⱼ − m)` with `m = max z`.
///
/// # Panics
/// When `logits` is empty.
pub fn log_sum_exp<F: Elementary>(logits: &[F]) -> F {
    let largest = maximum(logits);
    let sum = logits.iter().fold(F::zero(), |sum, &z| sum + exp(z - largest));
    largest + ln(sum)
}

/// `log pₖ = zₖ − log Σ exp(zⱼ)`: finite where `pₖ` itself has long been rounded to 0.
///
/// # Panics
/// When the two differ in length or are empty.
///
/// # Examples
/// ```
/// use atelier::nn::softmax;
/// let mut logs = [0.0; 2];
/// softmax::log_softmax(&[0.0, 1000.0], &mut logs);
/// assert_eq!(logs, [-1000.0, 0.0]);
/// ```
pub fn log_softmax<F: Elementary>(logits: &[F], log_probabilities: &mut [F]) {
    assert_eq!(logits.len(), log_probabilities.len());
    let total = log_sum_exp(logits);
    for (log_p, &z) in log_probabilities.iter_mut().zip(logits) {
        *log_p = z - total;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use half::f16;

    #[test]
    fn half_precision_overflows_at_12_where_the_shifted_one_does_not() {
        let logits = [f16::from_f32(12.0), f16::from_f32(2.0)];
        assert_eq!(naive(&logits).overflowed, [0]);
        let mut p = [f16::ZERO; 2];
        shifted(&logits, &mut p);
        // exp(−10) = 4.5e-5; half keeps 11 bits there, in steps of 6e-8.
        assert!((p[1].to_f64() - 4.54e-5).abs() < 1e-6 && p[0].to_f64() > 0.999);
    }

    #[test]
    fn a_sum_may_overflow_though_no_term_does() {
        let report = naive(&[88.0_f32; 8]);
        assert!(report.overflowed.is_empty() && report.sum_overflowed);
        assert_eq!(report.probabilities, [0.0; 8]);
        assert!(naive(&[-200.0_f32, -300.0]).vanished);
    }

    #[test]
    fn not_a_number_is_not_hidden() {
        let mut p = [0.0; 3];
        shifted(&[0.0, f64::NAN, 1.0], &mut p);
        assert!(p.iter().all(|p| p.is_nan()));
        assert!(log_sum_exp(&[f64::NAN, 1.0]).is_nan());
    }
}
