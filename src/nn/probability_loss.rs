//! The losses as a textbook writes them: functions of a predicted probability, for reading and plotting.
//!
//! Training does not go this way. [`super::loss`] starts from the logits, because a probability
//! that was rounded to 0 has lost what its logarithm needs; here a probability of 0 for what is
//! true costs `∞`, which is what the formula says. Each value stands above its slope.

use super::{Loss, Output};
use crate::elementary::ln;
use crate::error::{Rule, SettingName};
use crate::{Real, Result};

/// Squared error of one output: `(p − y)²`.
pub fn squared_error<R: Real>(p: R, y: R) -> R {
    (p - y) * (p - y)
}

/// `∂(p − y)²/∂p = 2 (p − y)`.
pub fn squared_error_slope<R: Real>(p: R, y: R) -> R {
    R::of(2.0) * (p - y)
}

/// Binary cross-entropy of one output, both branches in one formula: `−[y ln p + (1 − y) ln(1 − p)]`.
///
/// `y = 1` leaves `−ln p`, `y = 0` leaves `−ln(1 − p)`. A term with the factor 0 counts as 0 even
/// where its logarithm is `−∞`. In nats.
///
/// # Examples
/// ```
/// use atelier::nn::probability_loss::binary_cross_entropy;
/// assert_eq!(binary_cross_entropy(0.25_f64, 1.0), 4.0_f64.ln());
/// assert_eq!(binary_cross_entropy(0.75_f64, 0.0), 4.0_f64.ln());
/// assert_eq!(binary_cross_entropy(1.0_f64, 1.0), 0.0);
/// ```
pub fn binary_cross_entropy<R: Real>(p: R, y: R) -> R {
    weighted_surprise(y, p) + weighted_surprise(R::one() - y, R::one() - p)
}

/// `∂/∂p` of [`binary_cross_entropy`]: `−y/p + (1 − y)/(1 − p)`, a term with the factor 0 counting as 0.
pub fn binary_cross_entropy_slope<R: Real>(p: R, y: R) -> R {
    let term = |weight: R, probability: R| {
        if weight == R::zero() { R::zero() } else { weight / probability }
    };
    term(R::one() - y, R::one() - p) - term(y, p)
}

/// `−t ln p`, and 0 where `t` is 0.
pub fn weighted_surprise<R: Real>(t: R, p: R) -> R {
    // 0 − x, so that a certain answer costs 0 and not −0.
    if t == R::zero() { R::zero() } else { R::zero() - t * ln(p) }
}

/// `½ Σ (pₖ − tₖ)²`: the sum of squares as some textbooks define it, so that the ½ cancels the 2 of its slope.
pub fn half_sum_of_squares<R: Real>(probabilities: &[R], targets: &[R]) -> R {
    sum_of_squares(probabilities, targets) / R::of(2.0)
}

/// `1/K Σ (pₖ − tₖ)²`: the mean squared error of Keras, PyTorch and of training here.
pub fn mean_squared_error<R: Real>(probabilities: &[R], targets: &[R]) -> R {
    sum_of_squares(probabilities, targets) / R::of(probabilities.len() as f64)
}

fn sum_of_squares<R: Real>(probabilities: &[R], targets: &[R]) -> R {
    probabilities.iter().zip(targets).fold(R::zero(), |sum, (&p, &t)| sum + squared_error(p, t))
}

/// `1/K Σ −[tₖ ln pₖ + (1 − tₖ) ln(1 − pₖ)]`: every output charged for itself.
pub fn mean_binary_cross_entropy<R: Real>(probabilities: &[R], targets: &[R]) -> R {
    let terms = probabilities.iter().zip(targets);
    terms.fold(R::zero(), |sum, (&p, &t)| sum + binary_cross_entropy(p, t))
        / R::of(probabilities.len() as f64)
}

/// Categorical cross-entropy from a one-hot target: `−Σ tₖ ln pₖ`.
pub fn cross_entropy_of_one_hot<R: Real>(probabilities: &[R], targets: &[R]) -> R {
    probabilities.iter().zip(targets).fold(R::zero(), |sum, (&p, &t)| sum + weighted_surprise(t, p))
}

/// Categorical cross-entropy from a class index: `−ln p(label)`. The other terms were 0 anyway.
///
/// # Panics
/// When there is no such class.
pub fn cross_entropy_of_index<R: Real>(probabilities: &[R], label: usize) -> R {
    weighted_surprise(R::one(), probabilities[label])
}

/// 1 at `label`, 0 elsewhere.
///
/// # Errors
/// [`crate::Error::Setting`] when `label` is not below `classes`.
pub fn one_hot<R: Real>(label: usize, classes: usize) -> Result<Vec<R>> {
    Rule::Place { count: classes }.check(SettingName::Label, label)?;
    Ok((0..classes).map(|k| if k == label { R::one() } else { R::zero() }).collect())
}

/// Probabilities with `of_truth` for class 0 and the rest shared equally by the other classes.
///
/// # Errors
/// [`crate::Error::Setting`] for less than two classes or a probability outside 0…1.
pub fn rest_shared<R: Real>(of_truth: R, classes: usize) -> Result<Vec<R>> {
    Rule::AtLeast { min: 2.0 }.check(SettingName::NumClasses, classes)?;
    check_probability(of_truth)?;
    let rest = (R::one() - of_truth) / R::of((classes - 1) as f64);
    let mut all = vec![rest; classes];
    all[0] = of_truth;
    Ok(all)
}

/// A loss at one probability of the true class, and how fast it changes there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AlongTruth<R> {
    /// The loss.
    pub loss: R,
    /// Its slope along the probability: how much a little more of it would change the loss.
    pub slope: R,
    /// Its gradient with respect to the true class's logit: what back-propagation starts from.
    pub logit_gradient: R,
}

/// `loss` of [`rest_shared`]`(of_truth, classes)`, class 0 being the true one; cross-entropies by their own
/// output (softmax or sigmoid), the squared error by softmax.
///
/// A little more for the true class is `1/(K − 1)` of it less for each other one, so the slope is
/// `∂L/∂p₀ − ∂L/∂p₁`. The gradient at the logit is the one that trains, [`Loss::backward`].
///
/// # Errors
/// As [`rest_shared`].
pub fn along_truth<R: Real>(loss: Loss, of_truth: R, classes: usize) -> Result<AlongTruth<R>> {
    let p = rest_shared(of_truth, classes)?;
    let targets = one_hot::<R>(0, classes)?;
    let (zero, one, count) = (R::zero(), R::one(), R::of(classes as f64));
    let output = if loss == Loss::BinaryCrossEntropy { Output::Sigmoid } else { Output::Softmax };
    let mut d_logits = vec![zero; classes];
    loss.backward(output, &p, 0, &mut d_logits);
    let (value, slope) = match loss {
        Loss::CategoricalCrossEntropy => {
            (cross_entropy_of_one_hot(&p, &targets), binary_cross_entropy_slope(p[0], one))
        }
        Loss::BinaryCrossEntropy => {
            let slope = binary_cross_entropy_slope(p[0], one) - binary_cross_entropy_slope(p[1], zero);
            (mean_binary_cross_entropy(&p, &targets), slope / count)
        }
        Loss::MeanSquaredError => {
            let slope = squared_error_slope(p[0], one) - squared_error_slope(p[1], zero);
            (mean_squared_error(&p, &targets), slope / count)
        }
    };
    Ok(AlongTruth { loss: value, slope, logit_gradient: d_logits[0] })
}

/// Passes numbers from 0 to 1.
///
/// # Errors
/// [`crate::Error::Setting`] for every other number.
pub fn check_probability<R: Real>(p: R) -> Result<()> {
    Rule::range(0.0, 1.0).check(SettingName::Probability, Real::to_f64(p))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The course's ten outputs for class 2, a good answer and a bad one.
    const GOOD: [f64; 10] = [0.1, 0.05, 0.6, 0.0, 0.05, 0.1, 0.0, 0.1, 0.0, 0.0];
    const BAD: [f64; 10] = [0.1, 0.05, 0.1, 0.0, 0.05, 0.1, 0.0, 0.6, 0.0, 0.0];

    #[test]
    fn the_course_s_example_gives_the_course_s_numbers() {
        let targets: Vec<f64> = one_hot(2, 10).unwrap();
        // A few roundings of numbers below 1.
        assert!((half_sum_of_squares(&GOOD, &targets) - 0.0975).abs() < 1e-15);
        assert!((half_sum_of_squares(&BAD, &targets) - 0.5975).abs() < 1e-15);
        assert!((mean_squared_error(&GOOD, &targets) - 0.0195).abs() < 1e-15);
        for (answer, expected) in [(GOOD, -(0.6_f64.ln())), (BAD, -(0.1_f64.ln()))] {
            assert_eq!(cross_entropy_of_one_hot(&answer, &targets), expected);
            assert_eq!(cross_entropy_of_index(&answer, 2), expected);
        }
        // Nothing was given to class 3: the formula says infinity.
        assert_eq!(cross_entropy_of_index(&GOOD, 3), f64::INFINITY);
        assert!(one_hot::<f64>(10, 10).is_err());
    }

    #[test]
    fn slopes_are_the_slopes() {
        let h = 1e-6;
        for y in [0.0, 1.0] {
            for p in [0.02, 0.3, 0.5, 0.99] {
                let of = |f: fn(f64, f64) -> f64| (f(p + h, y) - f(p - h, y)) / (2.0 * h);
                // Truncation h²·f‴/6 ≤ 1e-12·2/0.01³/6 = 3e-7.
                assert!((squared_error_slope(p, y) - of(squared_error)).abs() < 1e-6);
                assert!((binary_cross_entropy_slope(p, y) - of(binary_cross_entropy)).abs() < 1e-6);
            }
        }
        assert_eq!(binary_cross_entropy_slope(1.0, 1.0), -1.0);
    }

    #[test]
    fn they_agree_with_the_losses_that_train() {
        let logits = [0.3_f64, -1.2, 2.0, 0.5];
        let targets: Vec<f64> = one_hot(2, 4).unwrap();
        let mut p = [0.0; 4];
        let ours = |loss: Loss, p: &[f64]| loss.forward(&logits, p, 2);
        Output::Softmax.forward(&logits, &mut p);
        // Exponentials and logarithms of ordinary size: a few units in the last place.
        let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-14, "{a} {b}");
        near(cross_entropy_of_index(&p, 2), ours(Loss::CategoricalCrossEntropy, &p));
        near(mean_squared_error(&p, &targets), ours(Loss::MeanSquaredError, &p));
        Output::Sigmoid.forward(&logits, &mut p);
        near(mean_binary_cross_entropy(&p, &targets), ours(Loss::BinaryCrossEntropy, &p));
    }

    #[test]
    fn the_slope_along_the_truth_is_the_slope() {
        let h = 1e-6;
        for loss in [Loss::CategoricalCrossEntropy, Loss::BinaryCrossEntropy, Loss::MeanSquaredError] {
            for classes in [2, 3, 10] {
                for q in [0.05, 0.4, 0.9] {
                    let at = |q: f64| along_truth(loss, q, classes).unwrap();
                    let slope = (at(q + h).loss - at(q - h).loss) / (2.0 * h);
                    // Truncation h²·2/0.05³/6 = 3e-9, rounding 1e-16·3/h = 3e-10.
                    assert!((at(q).slope - slope).abs() < 1e-8, "{loss:?} {classes} {q}");
                }
            }
        }
        // Of two classes the mean binary cross-entropy is the categorical one, but its gradient is halved.
        let [binary, categorical] = [Loss::BinaryCrossEntropy, Loss::CategoricalCrossEntropy]
            .map(|loss| along_truth(loss, 0.25_f64, 2).unwrap());
        assert_eq!(binary.loss, categorical.loss);
        assert_eq!((binary.logit_gradient, categorical.logit_gradient), (-0.375, -0.75));
        // A confident mistake: the squared error hardly pulls, the cross-entropy pulls with all its might.
        let wrong = along_truth(Loss::MeanSquaredError, 0.001_f64, 2).unwrap();
        assert!(wrong.logit_gradient.abs() < 0.003 && wrong.loss > 0.99);
    }

    #[test]
    fn bad_numbers_are_refused() {
        assert_eq!(rest_shared(0.6, 3).unwrap(), [0.6, 0.2, 0.2]);
        assert!(rest_shared(1.5, 3).is_err());
        assert!(rest_shared(f64::NAN, 3).is_err());
        assert!(rest_shared(0.5, 1).is_err());
    }
}
