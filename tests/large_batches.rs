//! A large batch loses no more digits than a small one: its gradient in `f32` against the same in `f64`.

#![cfg(not(target_arch = "wasm32"))]

mod support;

use atelier::data::LabelledImages;
use atelier::nn::{Activation, Architecture, Dense, Hidden, Initializer, Loss, Network, Output, Parameters};
use atelier::{Generator, Real};
use ndarray::Array2;

/// The gradient of the first `batch` images' mean loss, by the network with these first weights.
fn gradient<R: Real>(first: &Network<f32>, images: &LabelledImages, batch: usize) -> Vec<f64> {
    let widen = |value: &f32| R::of(f64::from(*value));
    let layer = |layer: &Dense<f32>| Dense { weights: layer.weights.map(widen), bias: layer.bias.map(widen) };
    let parameters = Parameters { layers: first.parameters.layers.iter().map(layer).collect() };
    let network = Network::with_parameters(first.architecture().clone(), parameters).unwrap();
    let inputs = images.pixels()[..batch * 784].iter().map(|&pixel| widen(&(f32::from(pixel) / 255.0)));
    let inputs = Array2::from_shape_vec((batch, 784), inputs.collect()).unwrap();
    let forward = network.forward(inputs.view());
    let labels = &images.labels()[..batch];
    let backward = network.backward(&forward, labels, Loss::CategoricalCrossEntropy, R::zero());
    backward.parameters.slices().flatten().map(|value| Real::to_f64(*value)).collect()
}

#[test]
fn two_thousand_images_are_summed_as_exactly_as_a_hundred() {
    let images = support::data_set("fashion-mnist", "train");
    let hidden = vec![Hidden { units: 64, activation: Activation::Relu }];
    let architecture = Architecture { inputs: 784, hidden, outputs: 10, output: Output::Softmax };
    let first = Network::new(architecture, Initializer::GlorotUniform, &mut Generator::new(1)).unwrap();
    let error = |batch| {
        let (narrow, exact) =
            (gradient::<f32>(&first, &images, batch), gradient::<f64>(&first, &images, batch));
        let norm =
            |values: &mut dyn Iterator<Item = f64>| values.map(|value| value * value).sum::<f64>().sqrt();
        norm(&mut narrow.iter().zip(&exact).map(|(a, b)| a - b)) / norm(&mut exact.iter().copied())
    };
    let (small, large) = (error(128), error(2048));
    // Blocks of 128 leave some 2 units in the last place (2⁻²⁴), as JAX does; 2,048 products one after the
    // other left more than 8.
    assert!(large < 3.0 / 16_777_216.0, "{large:e}");
    assert!(large < 1.2 * small, "{large:e} with 2,048 images, {small:e} with 128");
}
