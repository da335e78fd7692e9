//! Models in files: what was written is read, and every damage is named.

#![cfg(not(target_arch = "wasm32"))]

use atelier::nn::model::Precision;
use atelier::nn::{Activation, Architecture, Hidden, Initializer, Model, Network, Output};
use atelier::{Error, Generator};

fn model(hidden: &[usize]) -> Model {
    let architecture = Architecture {
        inputs: 12,
        hidden: hidden.iter().map(|&units| Hidden { units, activation: Activation::Tanh }).collect(),
        outputs: 3,
        output: Output::Softmax,
    };
    let mut network = Network::new(architecture, Initializer::GlorotNormal, &mut Generator::new(5)).unwrap();
    network.parameters.layers[0].bias[0] = 0.25;
    Model::new(network)
}

#[test]
fn single_precision_keeps_every_bit_and_half_precision_eleven_of_them() {
    for hidden in [&[][..], &[5], &[5, 4, 6]] {
        let mut model = model(hidden);
        assert_eq!(Model::from_bytes(&model.to_bytes(Precision::Single)).unwrap(), model);
        let half = Model::from_bytes(&model.to_bytes(Precision::Half)).unwrap();
        for (a, b) in model.network.parameters.slices().zip(half.network.parameters.slices()) {
            // Rounding to 11 bits: half a unit in the last place, 2⁻¹¹ of the number.
            assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() <= a.abs() / 2048.0 + 1e-7));
        }
        model.scaling = Some((vec![2.0; 12], (0..12).map(|i| i as f32).collect()));
        let read = Model::from_bytes(&model.to_bytes(Precision::Single)).unwrap();
        assert_eq!(read, model);
        assert_eq!(read.inputs(&[0.5; 12])[3], 4.0);
        assert_eq!(read.to_bytes(Precision::Half), model.to_bytes(Precision::Half));
    }
}

fn problem(bytes: &[u8]) -> String {
    match Model::from_bytes(bytes) {
        Err(error @ Error::Model { .. }) => error.to_string(),
        other => panic!("expected a damaged model, got {other:?}"),
    }
}

#[test]
fn damaged_files_say_what_is_wrong() {
    let whole = model(&[5]).to_bytes(Precision::Single);
    // Cut anywhere, or followed by anything: never a panic, never a model.
    for length in 0..whole.len() {
        problem(&whole[..length]);
    }
    assert!(problem(&[]).contains("not a whole safetensors file"));
    assert!(problem(b"<!doctype html><html><body>404</body></html>").contains("not a whole"));
    assert!(problem(&[&whole[..], b"more"].concat()).contains("not a whole"));
    let replaced = |from: &str, to: &str| {
        assert_eq!(from.len(), to.len(), "the header's length must stay");
        let at = whole.windows(from.len()).position(|w| w == from.as_bytes()).unwrap();
        let mut bytes = whole.clone();
        bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
        problem(&bytes)
    };
    assert!(replaced("tanh softmax", "tanh softmin").contains("unknown output “softmin”"));
    assert!(replaced("tanh softmax", "tinh softmax").contains("unknown activation “tinh”"));
    assert!(replaced("layers.1.bias", "layers.7.bias").contains("has no layers.1.bias"));
    assert!(replaced("[12,5]", "[10,6]").contains("does not fit its neighbours"));
    let mut bytes = whole.clone();
    let end = bytes.len();
    bytes[end - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
    assert!(problem(&bytes).contains("not finite"));
}

#[test]
fn contributions_of_a_linear_model_and_its_bias_add_up_to_the_logit() {
    let model = model(&[]);
    let image: Vec<f32> = (0..12).map(|i| i as f32 / 12.0).collect();
    let forward = model.forward(&image).unwrap();
    for class in 0..3 {
        let sum: f32 = model.contributions(&image, class).unwrap().iter().sum();
        let logit = forward.logits()[[0, class]];
        let bias = model.network.parameters.layers[0].bias[class];
        // A sum of twelve numbers of size 1, in two orders.
        assert!((sum + bias - logit).abs() < 1e-5, "{sum} + {bias} and {logit}");
    }
    assert!(model.contributions(&image, 3).is_err());
    assert!(model.contributions(&image[1..], 0).is_err());
    assert!(model.forward(&image[1..]).is_err());
}

#[test]
fn contributions_with_hidden_layers_are_gradient_times_input() {
    let mut model = model(&[6, 5]);
    model.scaling = Some((vec![1.5; 12], vec![-0.25; 12]));
    let image: Vec<f32> = (0..12).map(|i| (i % 5) as f32 / 5.0).collect();
    let found = model.contributions(&image, 1).unwrap();
    let inputs = model.inputs(&image);
    let logit = |image: &[f32]| f64::from(model.forward(image).unwrap().logits()[[0, 1]]);
    for pixel in 0..12 {
        let h = 1e-2_f32;
        let moved = |by: f32| {
            let mut image = image.clone();
            image[pixel] += by;
            logit(&image)
        };
        // The input moves 1.5 times as far as the pixel.
        let gradient = (moved(h) - moved(-h)) / (2.0 * 1.5 * f64::from(h));
        // Central differences in f32: truncation h², rounding 1e-7 / h.
        assert!(
            (f64::from(found[pixel]) - gradient * f64::from(inputs[pixel])).abs() < 2e-3,
            "pixel {pixel}"
        );
    }
}
