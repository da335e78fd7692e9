//! One output unit of a trained network, written as an expression.

use std::fmt::Write;

use ndarray::ArrayView2;

use crate::elementary::exp;
use crate::error::{ArrayName, Rule, SettingName};
use crate::nn::{Network, Output};
use crate::{Error, Real, Result};

/// An expression and the values of its leaves, ready for [`super::Expression`].
#[derive(Clone, Debug, PartialEq)]
pub struct UnitText {
    /// The text, one line a quantity.
    pub text: String,
    /// Each leaf's name and value.
    pub values: Vec<(String, f64)>,
    /// How many inputs have nodes of their own; the others are added up in `rest`.
    pub terms: usize,
    /// How many inputs the unit has.
    pub inputs: usize,
}

/// Writes output unit `unit` of a softmax network, from its inputs to the loss of one image, as an expression.
///
/// ```text
/// z    = Σ weight·input over the `terms` largest of them + rest + b
/// e    = exp(z − m)               m = the largest logit, so that no exponential overflows
/// s    = e + others               others = Σ exp(logit − m) over the other units
/// p    = e / s
/// loss = −ln(probability of the true class)
/// ```
/// So the gradient that reaches `z` is `p − 1` at the true class and `p` at any
/// other, and that of a weight is this times its input: what the trainer
/// computes for this image alone. The other logits are held fixed. The inputs
/// are pixels, named after their row and column, or the activations of the
/// last hidden layer, numbered from 1 as everywhere on the page.
///
/// Shapes: `image` (inputs,), scaled as in training; `label` is its class.
///
/// # Errors
/// [`Error::Shape`] when the image does not fit the network, and
/// [`Error::Setting`] when `unit` or `label` is no class or a number of the
/// network is not finite, and [`Error::NoSoftmax`] for another output.
pub fn output_unit<T: Real>(
    network: &Network<T>,
    image: &[T],
    (unit, label): (usize, usize),
    terms: usize,
) -> Result<UnitText> {
    let architecture = network.architecture();
    if architecture.output != Output::Softmax {
        return Err(Error::NoSoftmax { output: architecture.output });
    }
    let pixels = ArrayView2::from_shape((1, architecture.inputs), image)
        .map_err(|_| Error::shape(ArrayName::Image, architecture.inputs, image.len()))?;
    let class = Rule::Place { count: architecture.outputs };
    class.check(SettingName::Unit, unit)?;
    class.check(SettingName::Label, label)?;
    let last = network.num_layers() - 1;
    let forward = network.forward(pixels);
    let layer = &network.parameters.layers[last];
    let inputs = if last == 0 { image.to_vec() } else { forward.activations(last - 1).row(0).to_vec() };
    let (weights, logits) = (layer.weights.column(unit).to_vec(), forward.logits().row(0).to_vec());
    let bias = layer.bias[unit];
    let mut numbers = inputs.iter().chain(&weights).chain(&logits).chain([&bias]);
    if let Some(number) = numbers.find(|number| !number.is_finite()) {
        return Err(Error::setting(SettingName::Weights, Real::to_f64(*number), Rule::NotOverflowed));
    }
    let columns = (last == 0 && image.len() == crate::data::PIXELS).then_some(28);
    Ok(write_unit((&inputs, &weights, bias), &logits, (unit, label), (terms, columns)))
}

fn write_unit<T: Real>(
    (inputs, weights, bias): (&[T], &[T], T),
    logits: &[T],
    (unit, label): (usize, usize),
    (terms, columns): (usize, Option<usize>),
) -> UnitText {
    let product = |index: usize| weights[index] * inputs[index];
    let mut order: Vec<usize> = (0..inputs.len()).filter(|&index| inputs[index] != T::zero()).collect();
    // Stable: of equal products the earlier input comes first.
    order.sort_by(|&a, &b| product(b).abs().partial_cmp(&product(a).abs()).expect("finite"));
    let shown = &order[..terms.min(order.len())];
    let rest =
        (0..inputs.len()).filter(|index| !shown.contains(index)).fold(T::zero(), |sum, i| sum + product(i));

    let mut values = Vec::new();
    let mut text = String::from("z = sum(");
    for &index in shown {
        let place = match columns {
            Some(columns) => format!("r{}c{}", index / columns, index % columns),
            None => (index + 1).to_string(),
        };
        write!(text, "w_{place} × x_{place}, ").expect("a String takes everything");
        values.push((format!("w_{place}"), weights[index].to_f64()));
        values.push((format!("x_{place}"), inputs[index].to_f64()));
    }
    let largest = logits.iter().copied().fold(logits[0], T::max);
    let power = |class: usize| exp(logits[class] - largest);
    let others = (0..logits.len()).filter(|&class| class != unit).fold(T::zero(), |sum, k| sum + power(k));
    values.push(("rest".to_owned(), rest.to_f64()));
    values.push(("b".to_owned(), bias.to_f64()));
    values.push(("others".to_owned(), others.to_f64()));
    let shift = if largest < T::zero() { format!("+ {:?}", -largest) } else { format!("− {largest:?}") };
    write!(text, "rest, b)\ne = exp(z {shift})\ns = e + others\np = e ÷ s\n")
        .expect("a String takes everything");
    if unit == label {
        text.push_str("loss = −ln(p)");
    } else {
        values.push(("truth".to_owned(), power(label).to_f64()));
        text.push_str("loss = −ln(truth ÷ s)");
    }
    UnitText { text, values, terms: shown.len(), inputs: inputs.len() }
}
