//! One neuron: `y = f(w·x + b)`, its curve over the input, and what a small change of each number does to it.

use serde::{Deserialize, Serialize};

use crate::error::{ArrayName, Rule, SettingName};
use crate::nn::Activation;
use crate::{Error, Result};

/// A unit by itself: one weight an input, and a bias.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Neuron {
    /// One weight an input.
    pub weights: Vec<f64>,
    /// What is added to the weighted sum.
    pub bias: f64,
}

impl Neuron {
    /// `z = Σ wᵢ·xᵢ + b`, summed from the first input on.
    ///
    /// # Panics
    /// When there are not as many inputs as weights.
    ///
    /// # Examples
    /// ```
    /// use atelier::rooms::neuron::Neuron;
    /// let and = Neuron { weights: vec![1.0, 1.0], bias: -1.5 };
    /// assert_eq!(and.weighted_sum(&[1.0, 1.0]), 0.5);
    /// assert_eq!(and.weighted_sum(&[1.0, 0.0]), -0.5);
    /// ```
    pub fn weighted_sum(&self, inputs: &[f64]) -> f64 {
        assert_eq!(self.weights.len(), inputs.len());
        self.weights.iter().zip(inputs).map(|(w, x)| w * x).sum::<f64>() + self.bias
    }

    /// Checks that there are `inputs` weights and that every number is finite.
    ///
    /// # Errors
    /// [`Error::Shape`] for another count, [`Error::Setting`] for a number that is none.
    pub fn check(&self, inputs: usize) -> Result<()> {
        if self.weights.len() != inputs {
            return Err(Error::shape(ArrayName::Weights, inputs, self.weights.len()));
        }
        self.weights.iter().try_for_each(|&w| finite(SettingName::Weight, w))?;
        finite(SettingName::Bias, self.bias)
    }
}

pub(crate) fn finite(name: SettingName, value: f64) -> Result<()> {
    Rule::Finite.check(name, value)
}

/// A neuron of one input at one place: its output, its slopes, and what a nudge of the weight does.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Reading {
    /// Which activation.
    pub activation: Activation,
    /// `w·x`.
    pub product: f64,
    /// `z = w·x + b`.
    pub pre_activation: f64,
    /// `y = f(z)`.
    pub output: f64,
    /// `f′(z)`; also `∂y/∂b`, since `∂z/∂b = 1`.
    pub derivative: f64,
    /// `∂y/∂x = f′(z)·w`: the slope of the curve over the input.
    pub d_input: f64,
    /// `∂y/∂w = f′(z)·x`: what learning would know about the weight.
    pub d_weight: f64,
    /// `y` with the weight larger by the nudge.
    pub nudged_output: f64,
}

/// Reads a neuron of one input at `input`, with the weight also a `nudge` larger.
///
/// # Errors
/// [`Error::Setting`] for a number that is not finite.
///
/// # Examples
/// ```
/// use atelier::nn::Activation;
/// use atelier::rooms::neuron::unit;
/// let sigmoid = unit::read(Activation::Sigmoid, 2.0, -1.0, 0.5, 0.1)?;
/// assert_eq!((sigmoid.pre_activation, sigmoid.output, sigmoid.derivative), (0.0, 0.5, 0.25));
/// assert_eq!((sigmoid.d_input, sigmoid.d_weight), (0.5, 0.125));
/// // The step gives 0 or 1 and no slope: a small change of the weight changes nothing.
/// let step = unit::read(Activation::Step, 2.0, -0.5, 0.5, 0.1)?;
/// assert_eq!((step.output, step.d_weight, step.nudged_output), (1.0, 0.0, 1.0));
/// # Ok::<(), atelier::Error>(())
/// ```
pub fn read(activation: Activation, weight: f64, bias: f64, input: f64, nudge: f64) -> Result<Reading> {
    finite(SettingName::Weight, weight)?;
    finite(SettingName::Bias, bias)?;
    finite(SettingName::Input, input)?;
    finite(SettingName::Nudge, nudge)?;
    let product = weight * input;
    let pre_activation = product + bias;
    let derivative = activation.derivative(pre_activation);
    Ok(Reading {
        activation,
        product,
        pre_activation,
        output: activation.value(pre_activation),
        derivative,
        d_input: derivative * weight,
        d_weight: derivative * input,
        nudged_output: activation.value((weight + nudge) * input + bias),
    })
}

/// Where a sigmoid neuron's curve over its input is steepest, and how steep it is there.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Steepest {
    /// `−b/w`, where `z = 0`; the step function jumps at the same place.
    pub input: f64,
    /// `dy/dx = w·σ′(0) = w/4`: without end as `w` grows, and the curve becomes the step.
    pub slope: f64,
}

/// The steepest place of `y = σ(w·x + b)`; none for a weight of 0, whose curve is level.
///
/// # Errors
/// [`Error::Setting`] for a number that is not finite.
///
/// # Examples
/// ```
/// use atelier::rooms::neuron::unit::{Steepest, steepest};
/// assert_eq!(steepest(20.0, 10.0)?, Some(Steepest { input: -0.5, slope: 5.0 }));
/// assert_eq!(steepest(0.0, 1.0)?, None);
/// # Ok::<(), atelier::Error>(())
/// ```
pub fn steepest(weight: f64, bias: f64) -> Result<Option<Steepest>> {
    finite(SettingName::Weight, weight)?;
    finite(SettingName::Bias, bias)?;
    let slope = weight * Activation::Sigmoid.derivative(0.0);
    // `+ 0.0` turns the −0 of a bias of 0 into 0.
    Ok((weight != 0.0).then(|| Steepest { input: -bias / weight + 0.0, slope }))
}

/// A curve to draw: `y = f(w·x + b)` and its slope `dy/dx = w·f′(w·x + b)` at points from left to right.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// Where; ascending, with a corner's place standing twice.
    pub inputs: Vec<f64>,
    /// `f(w·x + b)`.
    pub outputs: Vec<f64>,
    /// `w·f′(w·x + b)`; NaN in between the two points of a corner, so that no line joins its sides.
    pub slopes: Vec<f64>,
}

/// Samples a curve at `count` equal steps from `low` to `high`, and on both sides of its corner.
///
/// Step and ReLU have a corner where `w·x + b = 0`. Its place `−b/w` is put in twice with the values to
/// its left and right, so that a jump is drawn upright and where it is, not between two samples.
///
/// # Errors
/// [`Error::Setting`] for fewer than 2 points, `low ≥ high`, or a number that is not finite.
pub fn curve(
    activation: Activation,
    (weight, bias): (f64, f64),
    (low, high): (f64, f64),
    count: usize,
) -> Result<Curve> {
    finite(SettingName::Weight, weight)?;
    finite(SettingName::Bias, bias)?;
    finite(SettingName::High, high)?;
    Rule::Below { below: high }.check(SettingName::Low, low)?;
    Rule::range(2.0, 10_000.0).check(SettingName::NumPoints, count)?;
    let has_corner = matches!(activation, Activation::Step | Activation::Relu);
    let corner = Some(-bias / weight).filter(|&x| has_corner && weight != 0.0 && low < x && x < high);
    let mut curve = Curve::default();
    let mut put = |x: f64, z: f64, slope: f64| {
        curve.inputs.push(x);
        curve.outputs.push(activation.value(z));
        curve.slopes.push(slope);
    };
    let slope_at = |z: f64| weight * activation.derivative(z);
    let mut last = low;
    for index in 0..count {
        let x = low + (high - low) * index as f64 / (count - 1) as f64;
        if let Some(corner) = corner.filter(|&corner| (last <= corner && corner < x) && index > 0) {
            // Which side is up depends on the weight's sign; the values beside the corner are those
            // of z just below and just above 0, whatever −b/w rounds to.
            let (left, right) = (-weight.signum(), weight.signum());
            let beside = |side: f64| if activation == Activation::Step { side } else { 0.0 };
            put(corner, beside(left), slope_at(left));
            put(corner, beside(right), f64::NAN);
            put(corner, beside(right), slope_at(right));
        }
        // A sample on the corner itself would be a third opinion: the two sides say all.
        if corner != Some(x) {
            let z = weight * x + bias;
            put(x, z, slope_at(z));
        }
        last = x;
    }
    Ok(curve)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_are_the_differences_of_outputs() {
        for activation in Activation::ALL {
            for (w, b, x) in [(2.0, -0.5, 0.7), (-3.0, 1.0, -1.2), (0.5, 4.0, 2.0)] {
                let h = 1e-6;
                let at = |w, b, x| read(activation, w, b, x, 0.0).unwrap().output;
                let here = read(activation, w, b, x, h).unwrap();
                // Central differences: h² · f‴ < 1e-11; rounding 1e-16 / h = 1e-10, times numbers below 20.
                let close = |slope: f64, up: f64, down: f64| (slope - (up - down) / (2.0 * h)).abs() < 1e-8;
                assert!(close(here.d_input, at(w, b, x + h), at(w, b, x - h)), "{activation:?}");
                assert!(close(here.d_weight, at(w + h, b, x), at(w - h, b, x)), "{activation:?}");
                assert!(close(here.derivative, at(w, b + h, x), at(w, b - h, x)), "{activation:?}");
                assert_eq!(here.nudged_output, at(w + h, b, x));
            }
        }
    }

    #[test]
    fn a_jump_stands_upright_at_its_place_on_either_side() {
        // With a bias of 0 a sample falls on the corner itself.
        for (weight, bias) in [(3.0, 1.0), (-3.0, 1.0), (3.0, 0.0), (-3.0, 0.0)] {
            let curve = curve(Activation::Step, (weight, bias), (-8.0, 8.0), 241).unwrap();
            let corner = -bias / weight;
            let at: Vec<usize> = (0..curve.inputs.len()).filter(|&i| curve.inputs[i] == corner).collect();
            assert_eq!(at.len(), 3);
            let (before, after) = if weight > 0.0 { (0.0, 1.0) } else { (1.0, 0.0) };
            assert!(curve.outputs[..=at[0]].iter().all(|&y| y == before));
            assert!(curve.outputs[at[1]..].iter().all(|&y| y == after));
            assert!(curve.inputs.is_sorted());
        }
    }

    #[test]
    fn the_sigmoid_nears_the_step_as_the_weight_grows() {
        // Away from the jump by 0.2, the distance to the step is exp(−0.2·w) at most.
        for weight in [5.0, 20.0, 80.0] {
            for x in [-1.0, -0.2, 0.2, 1.0] {
                let [sigmoid, step] = [Activation::Sigmoid, Activation::Step]
                    .map(|activation| read(activation, weight, 0.0, x, 0.0).unwrap().output);
                assert!((sigmoid - step).abs() <= (-0.2_f64 * weight).exp(), "w = {weight}, x = {x}");
            }
        }
    }

    #[test]
    fn no_place_of_a_curve_is_steeper_than_the_steepest() {
        for (weight, bias) in [(1.0, 0.0), (-3.0, 2.0), (20.0, -7.0)] {
            let Steepest { input, slope } = steepest(weight, bias).unwrap().unwrap();
            assert_eq!(slope, weight / 4.0);
            let slopes = curve(Activation::Sigmoid, (weight, bias), (-6.0, 6.0), 1201).unwrap().slopes;
            // A hundredth away from it the slope has fallen by (0.01·w)²/4 of itself at most: 1%.
            let most = slopes.iter().fold(0.0_f64, |most, slope| most.max(slope.abs()));
            assert!(most <= slope.abs() && most >= 0.99 * slope.abs(), "{most} {slope}");
            let here = read(Activation::Sigmoid, weight, bias, input, 0.0).unwrap();
            // z = w·(−b/w) + b is a rounding away from 0.
            assert!((here.d_input - slope).abs() < 1e-12 && here.pre_activation.abs() < 1e-14);
        }
        assert!(steepest(f64::NAN, 0.0).is_err() && steepest(1.0, f64::INFINITY).is_err());
    }

    #[test]
    fn a_flat_neuron_has_no_corner_and_bad_numbers_are_refused() {
        let flat = curve(Activation::Relu, (0.0, 1.0), (-1.0, 1.0), 3).unwrap();
        assert_eq!((flat.inputs.len(), flat.outputs[0]), (3, 1.0));
        assert!(curve(Activation::Relu, (f64::NAN, 1.0), (-1.0, 1.0), 3).is_err());
        assert!(curve(Activation::Relu, (1.0, 1.0), (1.0, 1.0), 3).is_err());
        assert!(curve(Activation::Relu, (1.0, 1.0), (-1.0, 1.0), 1).is_err());
        assert!(read(Activation::Step, 1.0, f64::INFINITY, 0.0, 0.0).is_err());
        assert!(Neuron { weights: vec![1.0], bias: 0.0 }.check(2).is_err());
        assert!(Neuron { weights: vec![f64::NAN], bias: 0.0 }.check(1).is_err());
    }
}
