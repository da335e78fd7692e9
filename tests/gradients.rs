//! Every gradient against finite differences, in `f64`.
//!
//! Two central differences, with `h` and `h/2`, are combined so that the `h²`
//! term of the truncation cancels (Richardson): `(4·D(h/2) − D(h)) / 3`. With
//! `h = 2e-3` truncation is about `h⁴ = 2e-11` and rounding `1e-16·L/h = 1e-13`
//! for losses near 1, so that gradients of 1e-3 and more agree to 1e-7 or better.
#![cfg(not(target_arch = "wasm32"))]

use atelier::Generator;
use atelier::nn::gradient_check::{Comparison, Objective};
use atelier::nn::{Activation, Architecture, Hidden, Initializer, Loss, Network, Output};
use ndarray::Array2;
use rand::RngExt;
use rand_distr::StandardNormal;

const INPUTS: usize = 6;
const CLASSES: usize = 4;
const BATCH: usize = 5;
const H: f64 = 2e-3;
/// Gradients smaller than this are compared by their difference alone: rounding is 1e-13 / 1e-6 = 1e-7 of them.
const FLOOR: f64 = 1e-6;
const TOLERANCE: f64 = 1e-7;

struct Case {
    network: Network<f64>,
    images: Array2<f64>,
    labels: Vec<u8>,
    loss: Loss,
    l2: f64,
}

impl Case {
    /// A small network on random images, with a seed for which no unit stands within a nudge of a corner.
    fn new(hidden: &[Hidden], output: Output, loss: Loss, initializer: Initializer, l2: f64) -> Self {
        (0..200)
            .map(|seed| Self::with_seed(hidden, output, loss, initializer, l2, seed))
            .find(|case| case.distance_to_a_corner() > 20.0 * H)
            .expect("one of 200 seeds keeps away from the corners")
    }

    fn with_seed(
        hidden: &[Hidden],
        output: Output,
        loss: Loss,
        initializer: Initializer,
        l2: f64,
        seed: u64,
    ) -> Self {
        let mut generator = Generator::new(seed);
        let architecture = Architecture { inputs: INPUTS, hidden: hidden.to_vec(), outputs: CLASSES, output };
        let mut network = Network::new(architecture, initializer, &mut generator).unwrap();
        // Biases start at 0; a check of them should not stand at a special place.
        for layer in &mut network.parameters.layers {
            layer.bias.mapv_inplace(|_| 0.5 * generator.sample::<f64, _>(StandardNormal));
        }
        let images = Array2::from_shape_simple_fn((BATCH, INPUTS), || generator.sample(StandardNormal));
        let labels = (0..BATCH).map(|_| generator.random_range(0..CLASSES as u8)).collect();
        Self { network, images, labels, loss, l2 }
    }

    fn distance_to_a_corner(&self) -> f64 {
        let forward = self.network.forward(self.images.view());
        let hidden = &self.network.architecture().hidden;
        let cornered =
            |layer: &usize| matches!(hidden[*layer].activation, Activation::Relu | Activation::Step);
        (0..hidden.len())
            .filter(cornered)
            .flat_map(|layer| forward.pre_activations(layer).to_owned())
            .fold(f64::INFINITY, |nearest, z| nearest.min(z.abs()))
    }

    /// Analytic and numeric gradient of every parameter.
    fn compare_all(&mut self) -> Vec<Comparison> {
        let Self { network, images, labels, loss, l2 } = self;
        let objective = Objective { images: images.view(), labels, loss: *loss, l2: *l2 };
        let forward = network.forward(images.view());
        let backward = network.backward(&forward, labels, *loss, *l2);
        let gradients: Vec<Vec<f64>> = backward.parameters.slices().map(<[f64]>::to_vec).collect();
        let mut all = Vec::new();
        for (array, gradient) in gradients.iter().enumerate() {
            for (index, &analytic) in gradient.iter().enumerate() {
                let whole = objective.numeric(network, array, index, H);
                let half = objective.numeric(network, array, index, H / 2.0);
                all.push(Comparison { analytic, numeric: (4.0 * half - whole) / 3.0 });
            }
        }
        all
    }

    fn worst(&mut self) -> f64 {
        let all = self.compare_all();
        // Below the floor nothing is compared: some gradient must stand above it, or the check could not fail.
        assert!(all.iter().any(|both| both.numeric.abs() > 1000.0 * FLOOR), "nothing to compare");
        worst_of(all.into_iter().map(|both| both.relative_error(FLOOR)))
    }
}

/// The largest; NaN if one is, which `f64::max` would pass over.
fn worst_of(errors: impl Iterator<Item = f64>) -> f64 {
    errors.fold(0.0, |worst, error| if error.is_nan() || error > worst { error } else { worst })
}

const OUTPUTS_AND_LOSSES: [(Output, Loss); 5] = [
    (Output::Softmax, Loss::CategoricalCrossEntropy),
    (Output::Sigmoid, Loss::BinaryCrossEntropy),
    (Output::Softmax, Loss::MeanSquaredError),
    (Output::Sigmoid, Loss::MeanSquaredError),
    (Output::Identity, Loss::MeanSquaredError),
];

fn layer(units: usize, activation: Activation) -> Hidden {
    Hidden { units, activation }
}

#[test]
fn every_activation_with_every_loss_and_initializer() {
    let initializers = [
        Initializer::GlorotUniform,
        Initializer::GlorotNormal,
        Initializer::HeUniform,
        Initializer::HeNormal,
        Initializer::Normal { deviation: 0.3 },
        Initializer::Zeros,
    ];
    let mut worst = 0.0_f64;
    for activation in Activation::ALL {
        for (output, loss) in OUTPUTS_AND_LOSSES {
            for initializer in initializers {
                let mut case = Case::new(&[layer(5, activation)], output, loss, initializer, 0.0);
                let error = case.worst();
                assert!(error <= TOLERANCE, "{activation:?} {output:?} {loss:?} {initializer:?}: {error:e}");
                worst = worst.max(error);
            }
        }
    }
    println!("largest relative error: {worst:e}");
}

#[test]
fn no_hidden_layer_and_two_mixed_ones() {
    let stacks: [&[Hidden]; 3] = [
        &[],
        &[layer(5, Activation::Tanh), layer(4, Activation::Relu)],
        &[layer(4, Activation::Relu), layer(3, Activation::Sigmoid), layer(4, Activation::Identity)],
    ];
    for hidden in stacks {
        for (output, loss) in OUTPUTS_AND_LOSSES {
            let error = Case::new(hidden, output, loss, Initializer::GlorotUniform, 0.0).worst();
            assert!(error <= TOLERANCE, "{hidden:?} {output:?} {loss:?}: {error:e}");
        }
    }
}

#[test]
fn wide_layers_go_through_the_general_product() {
    // More than 16 units and more than 3 images: the other way through `product`.
    let hidden = [layer(20, Activation::Tanh), layer(18, Activation::Sigmoid)];
    let (output, loss) = OUTPUTS_AND_LOSSES[0];
    let error = Case::new(&hidden, output, loss, Initializer::GlorotUniform, 0.0).worst();
    assert!(error <= TOLERANCE, "{error:e}");
}

#[test]
fn l2_is_in_the_gradient_of_weights_and_not_of_biases() {
    for (output, loss) in OUTPUTS_AND_LOSSES {
        let hidden = [layer(5, Activation::Sigmoid)];
        let mut case = Case::new(&hidden, output, loss, Initializer::GlorotUniform, 0.05);
        assert!(case.worst() <= TOLERANCE);
        let gradient = |l2| {
            let forward = case.network.forward(case.images.view());
            case.network.backward(&forward, &case.labels, loss, l2).parameters
        };
        let (with, without) = (gradient(0.05), gradient(0.0));
        for (layer, (with, without)) in with.layers.iter().zip(&without.layers).enumerate() {
            assert_eq!(with.bias, without.bias);
            // ∂(l2·ΣW²)/∂W = 2·l2·W.
            let penalty =
                &with.weights - &without.weights - 0.1 * &case.network.parameters.layers[layer].weights;
            assert!(penalty.iter().all(|d| d.abs() < 1e-15));
        }
    }
}

#[test]
fn gradients_of_activations_are_right_too() {
    // Adding h to one activation of layer 0 is the same as adding h·W₁ row to the logits of that image.
    let hidden = [layer(5, Activation::Tanh)];
    let (output, loss) = OUTPUTS_AND_LOSSES[0];
    let case = Case::new(&hidden, output, loss, Initializer::GlorotUniform, 0.0);
    let forward = case.network.forward(case.images.view());
    let backward = case.network.backward(&forward, &case.labels, loss, 0.0);
    let upper = &case.network.parameters.layers[1];
    let mean_loss = |activations: &Array2<f64>| {
        let logits = activations.dot(&upper.weights) + &upper.bias;
        let losses = logits.rows().into_iter().zip(&case.labels);
        losses.map(|(z, &y)| loss.forward(z.as_slice().unwrap(), &[], usize::from(y))).sum::<f64>()
            / BATCH as f64
    };
    for ((b, unit), &analytic) in backward.d_activations(0).unwrap().indexed_iter() {
        let slope = |h: f64| {
            let at = |h| {
                let mut nudged = forward.activations(0).to_owned();
                nudged[[b, unit]] += h;
                mean_loss(&nudged)
            };
            (at(h) - at(-h)) / (2.0 * h)
        };
        let numeric = (4.0 * slope(H / 2.0) - slope(H)) / 3.0;
        assert!(Comparison { analytic, numeric }.relative_error(FLOOR) <= TOLERANCE);
    }
}

#[test]
fn the_check_fails_on_a_wrong_gradient() {
    let (output, loss) = OUTPUTS_AND_LOSSES[0];
    let hidden = [layer(5, Activation::Tanh)];
    let all = Case::new(&hidden, output, loss, Initializer::GlorotUniform, 0.0).compare_all();
    let worst = |wrong: &dyn Fn(f64) -> f64| {
        let errors = all.iter().map(|both| Comparison { analytic: wrong(both.analytic), ..*both });
        worst_of(errors.map(|both| both.relative_error(FLOOR)))
    };
    assert!(worst(&|d| d) <= TOLERANCE);
    assert!(worst(&|d| -d) > 1.9, "the wrong sign");
    assert!(worst(&|d| d * BATCH as f64) > 0.7, "the sum in place of the mean");
    assert!(worst(&|d| d * (1.0 + 1e-6)) > 5e-7, "a millionth off");
    assert!(worst(&|_| f64::NAN).is_nan(), "no number at all");
    // And on a network whose gradient belongs to another loss.
    let mut case = Case::new(&hidden, output, loss, Initializer::GlorotUniform, 0.0);
    let forward = case.network.forward(case.images.view());
    let other = case.network.backward(&forward, &case.labels, Loss::MeanSquaredError, 0.0);
    let objective = Objective { images: case.images.view(), labels: &case.labels, loss, l2: 0.0 };
    let numeric = objective.numeric(&mut case.network, 2, 0, H);
    let analytic = other.parameters.slices().nth(2).unwrap()[0];
    assert!(Comparison { analytic, numeric }.relative_error(FLOOR) > 0.1);
}

#[test]
fn below_a_step_unit_both_gradients_are_zero() {
    let hidden = [layer(5, Activation::Step)];
    let (output, loss) = OUTPUTS_AND_LOSSES[0];
    let mut case = Case::new(&hidden, output, loss, Initializer::GlorotUniform, 0.0);
    let all = case.compare_all();
    let below = INPUTS * 5 + 5;
    assert!(all[..below].iter().all(|both| both.analytic == 0.0 && both.numeric == 0.0));
    assert!(all[below..].iter().any(|both| both.analytic.abs() > 0.01));
}
