//! What one node computes, forward and backward side by side.

use serde::{Deserialize, Serialize};

use crate::Real;
use crate::elementary::{exp, ln, powf, tanh};

/// What a node does with its inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Operation {
    /// A number that may be changed and has a gradient.
    Leaf,
    /// A number written in the expression.
    Constant,
    /// `a + b + …`, two inputs or more, added from left to right.
    Add,
    /// `a − b`
    Subtract,
    /// `a · b`
    Multiply,
    /// `a / b`
    Divide,
    /// `a ^ b`
    Power,
    /// `−a`
    Negate,
    /// `e ^ a`
    Exp,
    /// The natural logarithm.
    Ln,
    /// The square root.
    Sqrt,
    /// The largest of two inputs or more; of equal ones the first counts.
    Max,
    /// `1 / (1 + e ^ −a)`
    Sigmoid,
    /// The hyperbolic tangent.
    Tanh,
    /// `max(0, a)`; the derivative at 0 is 0.
    Relu,
    /// 1 where `a > 0`, else 0; the derivative is 0 everywhere.
    Step,
}

/// Why a number stopped being finite.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Trouble {
    /// Something divided by 0.
    DivisionByZero,
    /// `ln(0)`.
    LogarithmOfZero,
    /// The logarithm of a number below 0.
    LogarithmOfNegative,
    /// The square root of a number below 0.
    RootOfNegative,
    /// A number below 0 to a power that is not whole.
    PowerOfNegative,
    /// Larger than the largest number of this precision.
    Overflow,
    /// The function is steeper than any number at this point (`√` at 0).
    UnboundedSlope,
}

impl Operation {
    /// The value.
    ///
    /// # Panics
    /// For a leaf or constant, whose value is not computed, and when there are
    /// fewer inputs than the operation takes.
    pub(super) fn forward<T: Real>(self, inputs: &[T]) -> T {
        let a = inputs[0];
        match self {
            Self::Leaf | Self::Constant => unreachable!("a leaf has no inputs"),
            Self::Add => inputs[1..].iter().fold(a, |sum, &x| sum + x),
            Self::Subtract => a - inputs[1],
            Self::Multiply => a * inputs[1],
            Self::Divide => a / inputs[1],
            Self::Power => powf(a, inputs[1]),
            Self::Negate => -a,
            Self::Exp => exp(a),
            Self::Ln => ln(a),
            Self::Sqrt => a.sqrt(),
            Self::Max => inputs[largest(inputs)],
            Self::Sigmoid => sigmoid(a),
            Self::Tanh => tanh(a),
            Self::Relu if a > T::zero() => a,
            Self::Step if a > T::zero() => T::one(),
            // NaN is passed on; everything at or below 0 gives 0.
            Self::Relu | Self::Step if a.is_nan() => a,
            Self::Relu | Self::Step => T::zero(),
        }
    }

    /// The input that a maximum is: found once for all its edges, or a long one would take the square of its length.
    pub(super) fn winner<T: Real>(self, inputs: &[T]) -> Option<usize> {
        (self == Self::Max).then(|| largest(inputs))
    }

    /// The derivative of `value` with respect to input `which`; `winner` as [`Self::winner`] gives it.
    pub(super) fn backward<T: Real>(self, inputs: &[T], value: T, which: usize, winner: Option<usize>) -> T {
        let (zero, one) = (T::zero(), T::one());
        let a = inputs[0];
        match self {
            Self::Leaf | Self::Constant => unreachable!("a leaf has no inputs"),
            Self::Add => one,
            Self::Subtract => [one, -one][which],
            Self::Multiply => inputs[1 - which],
            Self::Divide if which == 0 => one / inputs[1],
            // −a/b², from the quotient, which does not overflow where b² would.
            Self::Divide => -(value / inputs[1]),
            Self::Power => power_slope(a, inputs[1], value, which),
            Self::Negate => -one,
            Self::Exp => value,
            Self::Ln => one / a,
            Self::Sqrt => T::of(0.5) / value,
            Self::Max => [zero, one][usize::from(winner == Some(which))],
            Self::Sigmoid => value * (one - value),
            Self::Tanh => one - value * value,
            Self::Relu => [zero, one][usize::from(a > zero)],
            Self::Step => zero,
        }
    }

    /// Why the value of these finite inputs is not finite.
    pub(super) fn trouble<T: Real>(self, inputs: &[T]) -> Trouble {
        let zero = T::zero();
        match (self, inputs) {
            (Self::Divide, [_, b]) if *b == zero => Trouble::DivisionByZero,
            (Self::Ln, [a]) if *a == zero => Trouble::LogarithmOfZero,
            (Self::Ln, [_]) => Trouble::LogarithmOfNegative,
            (Self::Sqrt, [_]) => Trouble::RootOfNegative,
            (Self::Power, [a, b]) if *a == zero && *b < zero => Trouble::DivisionByZero,
            (Self::Power, [a, b]) if *a < zero && b.fract() != zero => Trouble::PowerOfNegative,
            _ => Trouble::Overflow,
        }
    }

    /// Why the local derivative at these finite inputs is not finite.
    pub(super) fn slope_trouble<T: Real>(self, inputs: &[T], which: usize) -> Trouble {
        let zero = T::zero();
        match (self, inputs) {
            (Self::Sqrt, _) => Trouble::UnboundedSlope,
            // a^b · ln a
            (Self::Power, [a, _]) if which == 1 && *a < zero => Trouble::LogarithmOfNegative,
            (Self::Power, [a, _]) if *a == zero => Trouble::UnboundedSlope,
            _ => Trouble::Overflow,
        }
    }
}

/// `σ(x) = 1/(1 + e^−x)`, written so that the exponential never overflows.
fn sigmoid<T: Real>(x: T) -> T {
    let e = exp(-x.abs());
    if x < T::zero() { e / (T::one() + e) } else { T::one() / (T::one() + e) }
}

/// `b·a^(b−1)` for the base and `a^b · ln a` for the exponent, with their limits at 0.
fn power_slope<T: Real>(a: T, b: T, value: T, which: usize) -> T {
    let zero = T::zero();
    match which {
        // a⁰ is 1 everywhere, and 0·0⁻¹ would be NaN.
        0 if b == zero => zero,
        0 => b * powf(a, b - T::one()),
        // 0^b is 0 for every b > 0, and 0 · ln 0 would be NaN.
        _ if a == zero && b > zero => zero,
        _ => value * ln(a),
    }
}

/// The index of the first largest input; a NaN counts as the largest, so that it is not lost.
fn largest<T: Real>(inputs: &[T]) -> usize {
    let mut best = 0;
    for (index, &x) in inputs.iter().enumerate() {
        if !inputs[best].is_nan() && (x > inputs[best] || x.is_nan()) {
            best = index;
        }
    }
    best
}
