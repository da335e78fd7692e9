//! The course's ten epochs beside Keras's own (`tests/fixtures/keras_epochs.py`).

#![cfg(not(target_arch = "wasm32"))]

mod support;

use atelier::data::{LabelledImages, PIXELS, split};
use atelier::nn::{Architecture, Backward, Forward, Loss, Network, Optimizer, OptimizerSettings, Output};
use atelier::nn::{Dense, Parameters};
use ndarray::{Array1, Array2};

const LOSS: Loss = Loss::CategoricalCrossEntropy;
const BATCH_SIZE: usize = 32;

/// Sum of losses and number of hits.
#[derive(Default)]
struct Tally {
    loss: f64,
    hits: usize,
    images: usize,
}

impl Tally {
    fn add(&mut self, forward: &Forward<f32>, labels: &[u8]) {
        for (image, &label) in labels.iter().enumerate() {
            self.loss += f64::from(forward.loss_of(LOSS, image, label));
            self.hits += usize::from(forward.prediction(image) == usize::from(label));
        }
        self.images += labels.len();
    }
    fn loss(&self) -> f64 {
        self.loss / self.images as f64
    }
    fn accuracy(&self) -> f64 {
        self.hits as f64 / self.images as f64
    }
}

/// The forward pass of some images; returns their labels.
fn pass(network: &Network<f32>, set: &LabelledImages, batch: &[u32], forward: &mut Forward<f32>) -> Vec<u8> {
    let mut inputs = forward.inputs_mut(batch.len());
    for (mut row, &index) in inputs.rows_mut().into_iter().zip(batch) {
        for (x, &byte) in row.iter_mut().zip(set.image(index as usize)) {
            *x = f32::from(byte) / 255.0;
        }
    }
    network.forward_into(forward);
    batch.iter().map(|&index| set.labels()[index as usize]).collect()
}

fn start() -> Array2<f32> {
    let bytes = include_bytes!("fixtures/keras_epochs.f32");
    let values = bytes.as_chunks::<4>().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
    Array2::from_shape_vec((PIXELS, 10), values).unwrap()
}

/// Both sides round 15,000 steps in `f32`, each in its own order of summation: 7e-7 where this was written,
/// and a hundred times as much is allowed to another processor's.
#[test]
fn ten_epochs_are_those_of_keras() {
    let set = support::data_set("fashion-mnist", "train");
    let (train, validation) = split::train_validation(60_000, 0.2, 42).unwrap();
    let architecture =
        Architecture { inputs: PIXELS, hidden: Vec::new(), outputs: 10, output: Output::Softmax };
    let parameters = Parameters { layers: vec![Dense { weights: start(), bias: Array1::zeros(10) }] };
    let mut network = Network::with_parameters(architecture.clone(), parameters).unwrap();
    let mut optimizer = Optimizer::new(OptimizerSettings::RMSPROP, &architecture).unwrap();
    let mut forward = Forward::with_capacity(&architecture, BATCH_SIZE);
    let mut backward = Backward::with_capacity(&architecture, BATCH_SIZE);
    let fixture: serde_json::Value =
        serde_json::from_str(include_str!("fixtures/keras_epochs.json")).unwrap();
    let theirs = fixture["epochs"].as_array().unwrap();
    assert_eq!(theirs.len(), 10);
    println!("epoch   loss (Keras)      accuracy         val. loss         val. accuracy");
    let mut largest = 0.0f64;
    for (epoch, theirs) in (1..).zip(theirs) {
        let places = split::permutation(train.len() as u32, 1000 + epoch);
        let order: Vec<u32> = places.into_iter().map(|place| train[place as usize]).collect();
        let (mut trained, mut validated) = (Tally::default(), Tally::default());
        for batch in order.chunks(BATCH_SIZE) {
            let labels = pass(&network, &set, batch, &mut forward);
            trained.add(&forward, &labels);
            network.backward_into(&forward, &labels, LOSS, 0.0, &mut backward);
            optimizer.update(0.001, &mut network.parameters, &backward.parameters);
        }
        for batch in validation.chunks(BATCH_SIZE) {
            let labels = pass(&network, &set, batch, &mut forward);
            validated.add(&forward, &labels);
        }
        let of = |name: &str| theirs[name].as_f64().unwrap();
        println!(
            "{epoch:5}   {:.4} ({:.4})   {:.4} ({:.4})   {:.4} ({:.4})   {:.4} ({:.4})",
            trained.loss(),
            of("loss"),
            trained.accuracy(),
            of("accuracy"),
            validated.loss(),
            of("val_loss"),
            validated.accuracy(),
            of("val_accuracy"),
        );
        for (ours, theirs) in [(trained.loss(), of("loss")), (validated.loss(), of("val_loss"))] {
            largest = largest.max((ours - theirs).abs());
            assert!((ours - theirs).abs() < 1e-4, "epoch {epoch}: {ours} here, {theirs} in Keras");
        }
        // Ten images of 48,000 or 12,000 may fall on the other side of a tie.
        assert!((trained.accuracy() - of("accuracy")).abs() * 48_000.0 <= 10.5);
        assert!((validated.accuracy() - of("val_accuracy")).abs() * 12_000.0 <= 10.5);
    }
    println!("largest difference of a loss: {largest:.1e}");
}
