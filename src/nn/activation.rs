//! What a unit does with its weighted sum: a function of one number, and its slope.

use ndarray::{ArrayView2, ArrayViewMut2, Zip};
use serde::{Deserialize, Serialize};

use super::subnormal::factor;
use crate::Real;
use crate::elementary::{Elementary, exp, tanh};

/// An activation function `a = f(z)`, applied to each unit by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Activation {
    /// `1` where `z > 0`, else `0`: the perceptron's.
    Step,
    /// `1 / (1 + exp(−z))`.
    Sigmoid,
    /// `tanh z`.
    Tanh,
    /// `max(z, 0)`.
    Relu,
    /// `z` itself.
    Identity,
}

impl Activation {
    /// Every activation, in the order in which the page lists them.
    pub const ALL: [Self; 5] = [Self::Step, Self::Sigmoid, Self::Tanh, Self::Relu, Self::Identity];

    /// `f(z)`.
    ///
    /// # Examples
    /// ```
    /// use atelier::nn::Activation;
    /// assert_eq!(Activation::Sigmoid.value(0.0), 0.5);
    /// assert_eq!(Activation::Step.value(0.0), 0.0);
    /// ```
    pub fn value<F: Elementary>(self, z: F) -> F {
        match self {
            // Written so that NaN stays NaN: a comparison would turn it into 0 and hide it.
            Self::Step if z.is_nan() => z,
            Self::Step if z > F::zero() => F::one(),
            Self::Step => F::zero(),
            // exp(−z) = ∞ for very negative z gives 1/∞ = 0, which is the right limit.
            Self::Sigmoid => (F::one() + exp(-z)).recip(),
            Self::Tanh => tanh(z),
            Self::Relu if z < F::zero() => F::zero(),
            Self::Relu | Self::Identity => z,
        }
    }

    /// `f′(z)`, the slope that carries the gradient back.
    ///
    /// - Step: `0` everywhere. (At `z = 0` it jumps and has no slope; `0` there too.) A chain of
    ///   products with a `0` in it is `0`, so nothing below a step unit ever gets a gradient:
    ///   those weights keep their random start and only the layer above learns.
    /// - ReLU: `0` at `z = 0`, as Keras and PyTorch have it.
    ///
    /// # Examples
    /// ```
    /// use atelier::nn::Activation;
    /// assert_eq!(Activation::Sigmoid.derivative(0.0), 0.25);
    /// assert_eq!(Activation::Step.derivative(3.0), 0.0);
    /// ```
    pub fn derivative<F: Elementary>(self, z: F) -> F {
        self.derivative_at(z, self.value(z))
    }

    /// `f′(z)` where `a = f(z)` is known already: sigmoid `a(1 − a)` and tanh `1 − a²` need no second exponential.
    #[inline]
    fn derivative_at<F: Elementary>(self, z: F, a: F) -> F {
        match self {
            Self::Step => F::zero(),
            Self::Sigmoid => a * (F::one() - a),
            Self::Tanh => F::one() - a * a,
            Self::Relu if z > F::zero() => F::one(),
            Self::Relu => F::zero(),
            Self::Identity => F::one(),
        }
    }

    /// `a = f(z)` for a batch. Shapes: `(B, units)` both.
    pub fn forward<R: Real>(self, pre_activations: ArrayView2<R>, mut activations: ArrayViewMut2<R>) {
        macro_rules! each {
            ($kind:expr) => {
                Zip::from(&mut activations).and(&pre_activations).for_each(|a, &z| *a = $kind.value(z))
            };
        }
        // The choice stands outside the loop, so that each loop is plain arithmetic.
        match self {
            Self::Step => each!(Self::Step),
            Self::Sigmoid => each!(Self::Sigmoid),
            Self::Tanh => each!(Self::Tanh),
            Self::Relu => each!(Self::Relu),
            Self::Identity => activations.assign(&pre_activations),
        }
    }

    /// `d_z = d_a · f′(z)` for a batch. Shapes: `(B, units)` all.
    pub fn backward<R: Real>(
        self,
        pre_activations: ArrayView2<R>,
        activations: ArrayView2<R>,
        d_activations: ArrayView2<R>,
        mut d_pre_activations: ArrayViewMut2<R>,
    ) {
        macro_rules! each {
            ($kind:expr) => {
                Zip::from(&mut d_pre_activations)
                    .and(&d_activations)
                    .and(&pre_activations)
                    .and(&activations)
                    .for_each(|d_z, &d_a, &z, &a| *d_z = factor(d_a * $kind.derivative_at(z, a)))
            };
        }
        match self {
            Self::Step => each!(Self::Step),
            Self::Sigmoid => each!(Self::Sigmoid),
            Self::Tanh => each!(Self::Tanh),
            Self::Relu => each!(Self::Relu),
            Self::Identity => d_pre_activations.assign(&d_activations),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_derivative_is_the_slope() {
        let h = 1e-5;
        for activation in Activation::ALL {
            // No point nearer than h to 0, where step and ReLU have a corner.
            for z in [-30.0, -3.0, -0.5, 0.25, 2.0, 30.0_f64] {
                let slope = (activation.value(z + h) - activation.value(z - h)) / (2.0 * h);
                // Truncation h²·f‴/6 < 1e-10, rounding 1e-16·30/h < 1e-9.
                assert!((activation.derivative(z) - slope).abs() < 1e-8, "{activation:?} at {z}");
            }
        }
    }

    #[test]
    fn extremes_stay_finite_and_nan_is_not_hidden() {
        for activation in Activation::ALL {
            for z in [-1e4_f32, 1e4] {
                assert!(activation.value(z).is_finite() && activation.derivative(z).is_finite());
            }
            assert!(activation.value(f32::NAN).is_nan(), "{activation:?}");
        }
    }
}
