//! Softmax step by step in three sizes of numbers, with the first value that goes wrong.
//!
//! The formula's steps are `zₖ → exp(zₖ) → Σ → pₖ`; the guarded one takes the
//! largest logit off first. Every step here is computed in `F` itself, so that
//! what overflows is what would overflow in a network of that type.

use half::f16;
use num_traits::{Float, FromPrimitive};
use serde::{Deserialize, Serialize};

use crate::Result;
use crate::elementary::{Elementary, exp};
use crate::error::{Rule, SettingName};
use crate::nn::softmax::{self, maximum};

/// Which step of the formula a value belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Stage {
    /// A logit, after the shift and the temperature.
    Logit,
    /// The exponential of a logit.
    Exponential,
    /// The sum of the exponentials.
    Sum,
    /// An exponential divided by the sum.
    Probability,
}

/// The first value that is no finite number, or a sum of 0 that nothing can be divided by.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct BadValue {
    /// Which step made it.
    pub stage: Stage,
    /// Of which class; of no class for the sum.
    pub class: Option<usize>,
    /// The value: ∞, NaN, or the 0 of a vanished sum.
    pub value: f64,
    /// What it was made of: the logit for an exponential, else the value before it.
    pub from: f64,
}

/// Every value on the way from logits to probabilities, widened to `f64` without change.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct SoftmaxSteps {
    /// What `exp` is taken of: the logits, less their maximum if guarded.
    pub exponents: Vec<f64>,
    /// `exp` of those.
    pub exponentials: Vec<f64>,
    /// Their sum, from the first on.
    pub sum: f64,
    /// Each exponential divided by the sum.
    pub probabilities: Vec<f64>,
    /// The sum of the probabilities, in the same numbers.
    pub total: f64,
    /// What went wrong first.
    pub first_bad: Option<BadValue>,
    /// Whether the probabilities are in the order of the logits: no larger logit with a smaller probability.
    pub keeps_order: bool,
    /// The first class with the largest probability; none when one is not a number.
    pub prediction: Option<usize>,
    /// Largest change of a probability against the same logits without the shift; none when either is not a number.
    pub change_by_shift: Option<f64>,
}

/// Softmax in one size of numbers, without and with the maximum taken off.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct SoftmaxInPrecision {
    /// The logits as this type has them, shifted and divided by the temperature.
    pub logits: Vec<f64>,
    /// The largest of them.
    pub maximum: f64,
    /// The largest number of this type whose `exp` is finite.
    pub largest_safe: f64,
    /// The largest finite number of this type.
    pub largest: f64,
    /// By the formula as it stands.
    pub naive: SoftmaxSteps,
    /// With the maximum taken off first.
    pub guarded: SoftmaxSteps,
}

/// The same logits in 16, 32 and 64 bits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct SoftmaxComparison {
    /// 16 bits (`half::f16`).
    pub f16: SoftmaxInPrecision,
    /// 32 bits, as the networks compute.
    pub f32: SoftmaxInPrecision,
    /// 64 bits.
    pub f64: SoftmaxInPrecision,
    /// The class of the largest logit, known without softmax.
    pub largest_logit: usize,
}

/// Softmax of `(logits + shift) / temperature`, step by step in every size of numbers.
///
/// # Errors
/// [`crate::Error::Setting`] unless there are 2 to 10 finite logits, a finite shift and a temperature above 0.
///
/// # Examples
/// ```
/// use atelier::rooms::softmax::steps::{Stage, compare};
/// let comparison = compare(&[89.0, 1.0], 0.0, 1.0)?;
/// // exp(89) is beyond f32, but not beyond f64; f16 has given up long before.
/// let bad = comparison.f32.naive.first_bad.unwrap();
/// assert_eq!((bad.stage, bad.class), (Stage::Exponential, Some(0)));
/// assert!(comparison.f64.naive.first_bad.is_none() && comparison.f16.naive.first_bad.is_some());
/// assert!(comparison.f16.guarded.first_bad.is_none());
/// # Ok::<(), atelier::Error>(())
/// ```
pub fn compare(logits: &[f64], shift: f64, temperature: f64) -> Result<SoftmaxComparison> {
    Rule::range(2.0, 10.0).check(SettingName::Logits, logits.len())?;
    logits.iter().chain([&shift]).try_for_each(|&logit| Rule::Finite.check(SettingName::Logit, logit))?;
    Rule::Above { above: 0.0 }.check(SettingName::Temperature, temperature)?;
    let largest = maximum(logits);
    Ok(SoftmaxComparison {
        f16: in_precision::<f16>(logits, shift, temperature),
        f32: in_precision::<f32>(logits, shift, temperature),
        f64: in_precision::<f64>(logits, shift, temperature),
        largest_logit: logits.iter().position(|&z| z == largest).expect("the maximum is one of them"),
    })
}

/// Guarded probabilities in `f64` of `logits` at each temperature: (temperatures, K).
///
/// # Errors
/// As [`compare`].
pub fn over_temperatures(logits: &[f64], temperatures: &[f64]) -> Result<Vec<f64>> {
    let mut all = Vec::with_capacity(logits.len() * temperatures.len());
    for &temperature in temperatures {
        all.extend(compare(logits, 0.0, temperature)?.f64.guarded.probabilities);
    }
    Ok(all)
}

fn in_precision<F: Elementary + FromPrimitive>(
    logits: &[f64],
    shift: f64,
    temperature: f64,
) -> SoftmaxInPrecision {
    // Every number that a visitor can set has a nearest one in F; beyond its range that is ∞.
    let of = |value: f64| F::from_f64(value).expect("a float type takes every f64");
    let scaled = |shift: F| -> Vec<F> { logits.iter().map(|&z| (of(z) + shift) / of(temperature)).collect() };
    let (shifted, unshifted) = (scaled(of(shift)), scaled(F::zero()));
    SoftmaxInPrecision {
        logits: shifted.iter().copied().map(wide).collect(),
        maximum: wide(maximum(&shifted)),
        largest_safe: wide(largest_safe::<F>()),
        largest: wide(F::max_value()),
        naive: steps(&shifted, &unshifted, naive),
        guarded: steps(&shifted, &unshifted, guarded),
    }
}

/// Exponents, exponentials, sum, probabilities.
type Parts<F> = (Vec<F>, Vec<F>, F, Vec<F>);

fn naive<F: Elementary>(logits: &[F]) -> Parts<F> {
    let softmax::Naive { exponentials, sum, probabilities, .. } = softmax::naive(logits);
    (logits.to_vec(), exponentials, sum, probabilities)
}

/// The values in between that [`softmax::shifted`] does not keep, by the same operations in the same order.
fn guarded<F: Elementary>(logits: &[F]) -> Parts<F> {
    let largest = maximum(logits);
    let exponents: Vec<F> = logits.iter().map(|&z| z - largest).collect();
    let exponentials: Vec<F> = exponents.iter().map(|&z| exp(z)).collect();
    let sum = exponentials.iter().fold(F::zero(), |sum, &e| sum + e);
    let mut probabilities = vec![F::zero(); logits.len()];
    softmax::shifted(logits, &mut probabilities);
    (exponents, exponentials, sum, probabilities)
}

fn steps<F: Elementary>(logits: &[F], unshifted: &[F], softmax: fn(&[F]) -> Parts<F>) -> SoftmaxSteps {
    let parts = softmax(logits);
    let first_bad = first_bad(logits, &parts);
    let (exponents, exponentials, sum, probabilities) = parts;
    let (.., before) = softmax(unshifted);
    let largest_change = before.iter().zip(&probabilities).fold(F::zero(), |most, (&a, &b)| {
        let change = (a - b).abs();
        if change.is_nan() || change > most { change } else { most }
    });
    let pairs = || (0..logits.len()).flat_map(|i| (0..logits.len()).map(move |j| (i, j)));
    let is_number = probabilities.iter().all(|p| !p.is_nan());
    let largest = maximum(&probabilities);
    SoftmaxSteps {
        total: wide(probabilities.iter().fold(F::zero(), |sum, &p| sum + p)),
        keeps_order: is_number
            && pairs().all(|(i, j)| logits[i] <= logits[j] || probabilities[i] >= probabilities[j]),
        prediction: probabilities.iter().position(|&p| is_number && p == largest),
        change_by_shift: (!largest_change.is_nan()).then(|| wide(largest_change)),
        first_bad,
        exponents: exponents.into_iter().map(wide).collect(),
        exponentials: exponentials.into_iter().map(wide).collect(),
        sum: wide(sum),
        probabilities: probabilities.into_iter().map(wide).collect(),
    }
}

fn first_bad<F: Float>(
    logits: &[F],
    (exponents, exponentials, sum, probabilities): &Parts<F>,
) -> Option<BadValue> {
    let among = |stage, values: &[F], from: &[F]| {
        let class = values.iter().position(|value| !value.is_finite())?;
        Some(BadValue { stage, class: Some(class), value: wide(values[class]), from: wide(from[class]) })
    };
    let of_sum = || {
        let bad = !sum.is_finite() || sum.is_zero();
        let largest = maximum(exponentials);
        bad.then(|| BadValue { stage: Stage::Sum, class: None, value: wide(*sum), from: wide(largest) })
    };
    among(Stage::Logit, logits, logits)
        .or_else(|| among(Stage::Exponential, exponentials, exponents))
        .or_else(of_sum)
        .or_else(|| among(Stage::Probability, probabilities, exponentials))
}

/// The largest number of a type whose `exp` is finite, found by halving: 11.09, 88.72, 709.78.
fn largest_safe<F: Elementary + FromPrimitive>() -> F {
    let two = F::one() + F::one();
    let (mut safe, mut over) = (F::one(), F::from_f64(1000.0).expect("a float type takes 1000"));
    loop {
        let middle = safe + (over - safe) / two;
        if middle == safe || middle == over {
            return safe;
        }
        if exp(middle).is_finite() { safe = middle } else { over = middle }
    }
}

/// A narrower number as `f64`, the same number.
fn wide<F: Float>(value: F) -> f64 {
    value.to_f64().expect("every float type widens to f64")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_are_where_each_type_really_ends() {
        let limits = compare(&[0.0, 1.0], 0.0, 1.0).unwrap();
        // ln of the largest number, give or take one unit in the last place; f16 rounds values up to
        // 65520 down to 65504, so its limit is the last f16 below ln 65520 = 11.0902.
        assert_eq!(limits.f16.largest_safe, 11.0859375);
        assert!((limits.f32.largest_safe - 88.72284).abs() < 1e-5, "{}", limits.f32.largest_safe);
        assert!((limits.f64.largest_safe - 709.782712893384).abs() < 1e-12);
        let next = f16::from_bits(f16::from_f64(limits.f16.largest_safe).to_bits() + 1);
        assert!(exp(next).is_infinite());
    }

    #[test]
    fn naive_breaks_past_the_limit_and_guarded_does_not() {
        for (logit, broken) in [
            (11.0, [false; 3]),
            (11.2, [true, false, false]),
            (88.8, [true, true, false]),
            (709.9, [true; 3]),
        ] {
            let c = compare(&[logit, 1.0, -2.0], 0.0, 1.0).unwrap();
            let bad = [&c.f16, &c.f32, &c.f64].map(|p| p.naive.first_bad.is_some());
            assert_eq!(bad, broken, "{logit}");
            for p in [&c.f16, &c.f32, &c.f64] {
                assert!(p.guarded.first_bad.is_none() && p.guarded.keeps_order);
                assert_eq!(p.guarded.prediction, Some(0));
                assert!((p.guarded.total - 1.0).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn each_kind_of_trouble_is_named_first() {
        let stage = |logits: &[f64], shift| compare(logits, shift, 1.0).unwrap().f32.naive.first_bad;
        let bad = stage(&[1.0, 100.0, 200.0], 0.0).unwrap();
        assert_eq!((bad.stage, bad.class, bad.from), (Stage::Exponential, Some(1), 100.0));
        assert!(bad.value.is_infinite());
        let bad = stage(&[88.0; 10], 0.0).unwrap();
        assert_eq!((bad.stage, bad.class, bad.value), (Stage::Sum, None, f64::INFINITY));
        let bad = stage(&[0.0, 1.0], -200.0).unwrap();
        assert_eq!((bad.stage, bad.value), (Stage::Sum, 0.0));
        // Out of f16's own range already as a logit: nothing can guard that.
        let c = compare(&[0.0, 1e5], 0.0, 1.0).unwrap();
        assert_eq!(c.f16.guarded.first_bad.unwrap().stage, Stage::Logit);
        assert_eq!(c.f16.guarded.prediction, None);
    }

    #[test]
    fn the_guarded_steps_are_those_of_the_function_that_trains() {
        let logits: Vec<f64> = (0..10).map(|k| f64::from(k * k) * 1.7 - 20.0).collect();
        let c = compare(&logits, 0.0, 0.7).unwrap();
        let guarded = &c.f64.guarded;
        for (e, p) in guarded.exponentials.iter().zip(&guarded.probabilities) {
            assert_eq!(e / guarded.sum, *p);
        }
    }

    #[test]
    fn a_shift_changes_nothing_but_rounding_and_temperature_keeps_the_order() {
        let logits = [2.0, 1.0, 0.1, -3.0];
        let c = compare(&logits, 300.0, 1.0).unwrap();
        // One rounding of z + 300: half a unit in the last place of 300, times p ≤ 1, twice.
        let change = |p: &SoftmaxInPrecision| p.guarded.change_by_shift.unwrap();
        assert!(change(&c.f64) < 1e-13 && change(&c.f32) < 1e-4 && change(&c.f16) < 0.3);
        assert!(c.f32.naive.change_by_shift.is_none());
        let [hot, cold] = [10.0, 0.1].map(|t| compare(&logits, 0.0, t).unwrap().f64.guarded);
        assert!(hot.keeps_order && cold.keeps_order);
        assert!(cold.probabilities[0] > 0.9999 && hot.probabilities[0] < 0.4);
        assert_eq!(over_temperatures(&logits, &[10.0, 0.1]).unwrap()[4..], cold.probabilities);
    }

    #[test]
    fn bad_settings_are_refused() {
        for (logits, shift, temperature) in [
            (&[1.0][..], 0.0, 1.0),
            (&[1.0; 11], 0.0, 1.0),
            (&[1.0, f64::NAN], 0.0, 1.0),
            (&[1.0, 2.0], f64::INFINITY, 1.0),
            (&[1.0, 2.0], 0.0, 0.0),
            (&[1.0, 2.0], 0.0, f64::NAN),
        ] {
            assert!(matches!(compare(logits, shift, temperature), Err(crate::Error::Setting { .. })));
        }
    }
}
