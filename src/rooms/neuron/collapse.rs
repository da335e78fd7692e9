//! Why a hidden layer needs an activation that bends: without one, two layers are one.
//!
//! `(x·W₁ + b₁)·W₂ + b₂ = x·(W₁·W₂) + (b₁·W₂ + b₂)`: whatever two layers of
//! identity units can say, one layer says with the weights `W₁·W₂` and the bias
//! `b₁·W₂ + b₂`.

use ndarray::{Array2, ArrayView2};

use crate::error::ArrayName;
use crate::nn::{Activation, Dense};
use crate::{Error, Real, Result};

/// The one layer that says what `first` and then `second` say, with nothing in between.
///
/// `W = W₁·W₂`, `b = b₁·W₂ + b₂`.
///
/// # Errors
/// [`Error::Shape`] when the second layer has not as many inputs as the first has units.
///
/// # Examples
/// ```
/// use atelier::nn::Dense;
/// use atelier::rooms::neuron::collapse::collapsed;
/// use ndarray::array;
/// let first = Dense { weights: array![[1.0, 2.0], [3.0, 4.0]], bias: array![1.0, -1.0] };
/// let second = Dense { weights: array![[1.0], [10.0]], bias: array![0.5] };
/// let one = collapsed(&first, &second)?;
/// assert_eq!(one.weights, array![[21.0], [43.0]]);
/// assert_eq!(one.bias, array![-8.5]);
/// # Ok::<(), atelier::Error>(())
/// ```
pub fn collapsed<R: Real>(first: &Dense<R>, second: &Dense<R>) -> Result<Dense<R>> {
    check(first, second)?;
    Ok(Dense {
        weights: first.weights.dot(&second.weights),
        bias: first.bias.dot(&second.weights) + &second.bias,
    })
}

/// Two layers with `activation` in between: the hidden layer's outputs and the last layer's sums.
///
/// Shapes: `inputs` (B, in) → (B, hidden), (B, out).
///
/// # Errors
/// [`Error::Shape`] when the layers do not fit each other or the inputs.
pub fn two_layers<R: Real>(
    first: &Dense<R>,
    activation: Activation,
    second: &Dense<R>,
    inputs: ArrayView2<R>,
) -> Result<(Array2<R>, Array2<R>)> {
    check(first, second)?;
    let (expected, actual) = (first.weights.nrows(), inputs.ncols());
    if expected != actual {
        return Err(Error::shape(ArrayName::Inputs, expected, actual));
    }
    let mut sums = Array2::zeros((inputs.nrows(), first.bias.len()));
    first.forward(inputs, sums.view_mut());
    let mut hidden = Array2::zeros(sums.dim());
    activation.forward(sums.view(), hidden.view_mut());
    let mut outputs = Array2::zeros((inputs.nrows(), second.bias.len()));
    second.forward(hidden.view(), outputs.view_mut());
    Ok((hidden, outputs))
}

fn check<R: Real>(first: &Dense<R>, second: &Dense<R>) -> Result<()> {
    let (expected, actual) = (first.weights.ncols(), second.weights.nrows());
    if expected == actual {
        return Ok(());
    }
    Err(Error::shape(ArrayName::SecondLayerRows, expected, actual))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Generator;
    use ndarray::Array1;
    use rand::RngExt;
    use rand_distr::StandardNormal;

    fn layer(inputs: usize, outputs: usize, generator: &mut Generator) -> Dense<f64> {
        Dense {
            weights: Array2::from_shape_simple_fn((inputs, outputs), || generator.sample(StandardNormal)),
            bias: Array1::from_shape_simple_fn(outputs, || generator.sample(StandardNormal)),
        }
    }

    #[test]
    fn identity_layers_collapse_and_others_do_not() {
        let mut generator = Generator::new(3);
        for (inputs, hidden, outputs) in [(2, 2, 2), (5, 3, 4), (1, 7, 1)] {
            let (first, second) =
                (layer(inputs, hidden, &mut generator), layer(hidden, outputs, &mut generator));
            let x = Array2::from_shape_simple_fn((20, inputs), || generator.sample(StandardNormal));
            let one = collapsed(&first, &second).unwrap();
            let mut single = Array2::zeros((20, outputs));
            one.forward(x.view(), single.view_mut());
            let difference = |activation| {
                let (_, two) = two_layers(&first, activation, &second, x.view()).unwrap();
                (two - &single).iter().fold(0.0_f64, |most, d| most.max(d.abs()))
            };
            // Sums of at most 8 products of numbers below 5, rounded in another order.
            assert!(difference(Activation::Identity) < 1e-12);
            for activation in [Activation::Step, Activation::Sigmoid, Activation::Tanh, Activation::Relu] {
                assert!(difference(activation) > 0.1, "{activation:?}");
            }
        }
    }

    #[test]
    fn layers_that_do_not_fit_are_refused() {
        let mut generator = Generator::new(3);
        let (first, second) = (layer(2, 3, &mut generator), layer(2, 1, &mut generator));
        assert!(collapsed(&first, &second).is_err());
        assert!(two_layers(&first, Activation::Relu, &second, Array2::zeros((1, 2)).view()).is_err());
        let fits = layer(3, 1, &mut generator);
        assert!(two_layers(&first, Activation::Relu, &fits, Array2::zeros((1, 3)).view()).is_err());
    }
}
