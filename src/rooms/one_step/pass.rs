//! A forward and a backward pass with every value kept.
//!
//! Without a bug every number comes from [`Network::forward`] and
//! [`Network::backward`], the code that trains. With one, the backward pass is
//! written out here, plainly, with the mistake in its place.

use ndarray::{Array2, ArrayView2, Axis};

use super::Bug;
use crate::elementary::{exp, ln};
use crate::nn::{Architecture, Dense, Forward, Loss, Network, Output, Parameters, softmax};

/// Every value of a pass over `B` images, in `f64`.
#[derive(Clone, Debug)]
pub struct Pass {
    /// The images as the network gets them. Shape: (B, inputs).
    pub inputs: Array2<f64>,
    /// `z` of every layer. Shapes: (B, units).
    pub pre_activations: Vec<Array2<f64>>,
    /// `a = f(z)` of every layer; of the last one the outputs. Shapes: (B, units).
    pub activations: Vec<Array2<f64>>,
    /// The loss of each image, without the penalty on the weights.
    pub losses: Vec<f64>,
    /// `∂L/∂a` of every hidden layer: the blame that came down through the weights above. Shapes: (B, units).
    pub d_activations: Vec<Array2<f64>>,
    /// `δ = ∂L/∂z` of every layer. Shapes: (B, units).
    pub d_pre_activations: Vec<Array2<f64>>,
    /// `∂L/∂W` and `∂L/∂b` of every layer.
    pub gradients: Parameters<f64>,
}

/// What a pass works on.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// Shape (B, inputs).
    pub images: ArrayView2<'a, f64>,
    /// Shape (B,).
    pub labels: &'a [u8],
    /// What is averaged over the batch.
    pub loss: Loss,
    /// Factor of `Σ W²`.
    pub l2: f64,
}

impl Pass {
    /// Runs `batch` forward and back through `network`.
    ///
    /// `leftover` is what stands in the gradient buffers before; it is read for [`Bug::KeepGradients`] alone.
    ///
    /// # Panics
    /// When the images are not as wide as the network or the labels not as many as the images.
    pub fn run(
        network: &Network<f64>,
        batch: Batch,
        bug: Option<Bug>,
        leftover: Option<&Parameters<f64>>,
    ) -> Self {
        assert_eq!(batch.images.nrows(), batch.labels.len());
        let forward = network.forward(batch.images);
        let mut pass = Self::before(network, batch, &forward);
        if bug == Some(Bug::DropMaximum) && network.architecture().output == Output::Softmax {
            pass.drop_maximum(batch);
        }
        match bug {
            // What is wrong before the backward pass runs through it as it is.
            Some(Bug::DropMaximum | Bug::ForgetTarget | Bug::ForgetMean | Bug::ReshapeTranspose) => {
                pass.backward_with(network, batch, bug);
            }
            None | Some(Bug::KeepGradients | Bug::MultiplyCorrection | Bug::WrongSign) => {
                pass.backward(network, batch, &forward);
            }
        }
        if let (Some(Bug::KeepGradients), Some(leftover)) = (bug, leftover) {
            for (gradient, old) in pass.gradients.slices_mut().zip(leftover.slices()) {
                gradient.iter_mut().zip(old).for_each(|(g, &old)| *g += old);
            }
        }
        pass
    }

    /// What stands before the backward pass.
    fn before(network: &Network<f64>, batch: Batch, forward: &Forward<f64>) -> Self {
        let layers = network.num_layers();
        let losses = batch.labels.iter().enumerate().map(|(b, &label)| forward.loss_of(batch.loss, b, label));
        Self {
            inputs: batch.images.to_owned(),
            pre_activations: (0..layers).map(|l| forward.pre_activations(l).to_owned()).collect(),
            activations: (0..layers).map(|l| forward.activations(l).to_owned()).collect(),
            losses: losses.collect(),
            d_activations: Vec::new(),
            d_pre_activations: Vec::new(),
            gradients: Parameters::zeros(network.architecture()),
        }
    }

    /// Outputs and losses by `exp(z)/Σ exp(z)` in `f32`, the type that trains.
    fn drop_maximum(&mut self, batch: Batch) {
        let (logits, outputs) = (self.pre_activations.last(), self.activations.last_mut());
        let (Some(logits), Some(outputs)) = (logits, outputs) else { return };
        for (b, (z, mut p)) in logits.rows().into_iter().zip(outputs.rows_mut()).enumerate() {
            let single: Vec<f32> = z.iter().map(|&z| z as f32).collect();
            let naive = softmax::naive(&single);
            p.iter_mut().zip(&naive.probabilities).for_each(|(p, &naive)| *p = f64::from(naive));
            let label = usize::from(batch.labels[b]);
            self.losses[b] = match batch.loss {
                Loss::CategoricalCrossEntropy => -ln(p[label]),
                other => other.forward(&z.to_vec(), &p.to_vec(), label),
            };
        }
    }

    fn backward(&mut self, network: &Network<f64>, batch: Batch, forward: &Forward<f64>) {
        let backward = network.backward(forward, batch.labels, batch.loss, batch.l2);
        let layers = network.num_layers();
        self.d_pre_activations = (0..layers).map(|l| backward.d_pre_activations(l).to_owned()).collect();
        let hidden = (0..layers - 1).filter_map(|l| backward.d_activations(l));
        self.d_activations = hidden.map(|d| d.to_owned()).collect();
        self.gradients = backward.parameters;
    }

    /// The backward pass written out: `δ` of the outputs, then layer by layer down.
    fn backward_with(&mut self, network: &Network<f64>, batch: Batch, bug: Option<Bug>) {
        let architecture = network.architecture();
        let layers = network.num_layers();
        let mut d_z = self.d_outputs(architecture, batch, bug);
        let (mut d_pre_activations, mut d_activations) = (vec![d_z.clone()], Vec::new());
        for l in (0..layers).rev() {
            let layer = &network.parameters.layers[l];
            self.gradients.layers[l] = Self::gradient(self.inputs_of(l), &d_z, layer, batch.l2, bug);
            if l == 0 {
                break;
            }
            let d_a = if bug == Some(Bug::ReshapeTranspose) {
                d_z.dot(&reshaped(layer.weights.view()))
            } else {
                d_z.dot(&layer.weights.t())
            };
            let activation = architecture.hidden[l - 1].activation;
            let slopes = self.pre_activations[l - 1].mapv(|z| activation.derivative(z));
            d_z = &d_a * &slopes;
            d_activations.push(d_a);
            d_pre_activations.push(d_z.clone());
        }
        d_activations.reverse();
        d_pre_activations.reverse();
        (self.d_activations, self.d_pre_activations) = (d_activations, d_pre_activations);
    }

    /// `∂L/∂z` of the last layer, the batch's mean already in it.
    fn d_outputs(&self, architecture: &Architecture, batch: Batch, bug: Option<Bug>) -> Array2<f64> {
        let outputs = self.outputs();
        let mut d = Array2::zeros(outputs.raw_dim());
        let share = if bug == Some(Bug::ForgetMean) { 1.0 } else { 1.0 / batch.labels.len() as f64 };
        for ((a, mut d), &label) in outputs.rows().into_iter().zip(d.rows_mut()).zip(batch.labels) {
            let (a, mut row) = (a.to_vec(), vec![0.0; a.len()]);
            if bug == Some(Bug::ForgetTarget) {
                // The target's own part of the derivative is left out: y = 0 for every class.
                let factor = match batch.loss {
                    Loss::CategoricalCrossEntropy => 1.0,
                    Loss::BinaryCrossEntropy => 1.0 / a.len() as f64,
                    Loss::MeanSquaredError => 2.0 / a.len() as f64,
                };
                row.iter_mut().zip(&a).for_each(|(d, a)| *d = factor * a);
                if batch.loss == Loss::MeanSquaredError {
                    architecture.output.backward(&a, &mut row);
                }
            } else {
                batch.loss.backward(architecture.output, &a, usize::from(label), &mut row);
            }
            d.iter_mut().zip(row).for_each(|(d, value)| *d = value * share);
        }
        d
    }

    fn gradient(
        inputs: ArrayView2<f64>,
        d_z: &Array2<f64>,
        layer: &Dense<f64>,
        l2: f64,
        bug: Option<Bug>,
    ) -> Dense<f64> {
        let mut weights =
            if bug == Some(Bug::ReshapeTranspose) { reshaped(inputs).dot(d_z) } else { inputs.t().dot(d_z) };
        weights.scaled_add(2.0 * l2, &layer.weights);
        // Row-major, whatever order the product chose.
        let weights = weights.as_standard_layout().into_owned();
        Dense { weights, bias: d_z.sum_axis(Axis(0)) }
    }

    /// What layer `layer` was given. Shape: (B, in).
    pub fn inputs_of(&self, layer: usize) -> ArrayView2<'_, f64> {
        if layer == 0 { self.inputs.view() } else { self.activations[layer - 1].view() }
    }

    /// The logits. Shape: (B, K).
    pub fn logits(&self) -> &Array2<f64> {
        &self.pre_activations[self.pre_activations.len() - 1]
    }

    /// The outputs. Shape: (B, K).
    pub fn outputs(&self) -> &Array2<f64> {
        &self.activations[self.activations.len() - 1]
    }

    /// The exponentials of one image's softmax and their sum: of `z − max z`, or of `z` itself in `f32` with
    /// [`Bug::DropMaximum`].
    pub fn exponentials(&self, image: usize, bug: Option<Bug>) -> (Vec<f64>, f64) {
        let z = self.logits().row(image);
        if bug == Some(Bug::DropMaximum) {
            let naive = softmax::naive(&z.iter().map(|&z| z as f32).collect::<Vec<f32>>());
            return (naive.exponentials.into_iter().map(f64::from).collect(), f64::from(naive.sum));
        }
        let largest = softmax::maximum(&z.to_vec());
        let exponentials: Vec<f64> = z.iter().map(|z| exp(z - largest)).collect();
        let sum = exponentials.iter().sum();
        (exponentials, sum)
    }

    /// The mean of the images' losses.
    pub fn mean_loss(&self) -> f64 {
        self.losses.iter().sum::<f64>() / self.losses.len() as f64
    }
}

/// The same numbers in the same order in a table of the other shape: what a transpose is not.
fn reshaped(matrix: ArrayView2<f64>) -> Array2<f64> {
    let (rows, columns) = matrix.dim();
    Array2::from_shape_vec((columns, rows), matrix.iter().copied().collect()).expect("as many numbers")
}
