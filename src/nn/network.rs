//! A stack of dense layers: forward keeps every value, backward takes them and returns every gradient.

use ndarray::{Array2, ArrayView2, ArrayViewMut2, Axis};
use serde::{Deserialize, Serialize};

use super::product::{Lists, Room};
use super::subnormal::factor;
use super::{Activation, Architecture, Initializer, Loss, Parameters};
use crate::{Generator, Real, Result};

/// A network: its shape and its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Network<R: Real> {
    architecture: Architecture,
    /// Every weight and bias.
    pub parameters: Parameters<R>,
}

/// Every value of a forward pass over up to `capacity` images, in buffers that are used again.
#[derive(Clone, Debug)]
pub struct Forward<R: Real> {
    rows: usize,
    inputs: Array2<R>,
    pre_activations: Vec<Array2<R>>,
    activations: Vec<Array2<R>>,
    /// What [`Output::forward`] returned for each image.
    log_sums: Vec<R>,
    /// Where the images are not black.
    lists: Lists<R>,
}

/// Every gradient of a backward pass: of parameters, activations and pre-activations.
///
/// All are gradients of the batch's **mean** loss.
#[derive(Clone, Debug)]
pub struct Backward<R: Real> {
    rows: usize,
    /// `∂loss/∂W` and `∂loss/∂b` of every layer.
    pub parameters: Parameters<R>,
    d_pre_activations: Vec<Array2<R>>,
    d_activations: Vec<Array2<R>>,
    /// Where the images are not black, pixel by pixel.
    lists: Lists<R>,
}

impl<R: Real> Network<R> {
    /// A network with weights drawn by `initializer` and biases 0.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] for an impossible size or deviation.
    pub fn new(
        architecture: Architecture,
        initializer: Initializer,
        generator: &mut Generator,
    ) -> Result<Self> {
        architecture.check()?;
        initializer.check()?;
        let mut parameters = Parameters::zeros(&architecture);
        for layer in &mut parameters.layers {
            let (inputs, outputs) = layer.weights.dim();
            layer.weights = initializer.draw(inputs, outputs, generator);
        }
        Ok(Self { architecture, parameters })
    }

    /// A network with given numbers.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] for an impossible size, [`crate::Error::Shape`] when the numbers do not fit it.
    pub fn with_parameters(architecture: Architecture, parameters: Parameters<R>) -> Result<Self> {
        architecture.check()?;
        parameters.check_like(&Parameters::zeros(&architecture))?;
        Ok(Self { architecture, parameters })
    }

    /// The network's shape.
    pub fn architecture(&self) -> &Architecture {
        &self.architecture
    }

    /// Number of layers with parameters, the output layer included.
    pub fn num_layers(&self) -> usize {
        self.parameters.layers.len()
    }

    /// The layers from `layer` on as a network of their own: what the whole one makes of that layer's inputs.
    ///
    /// # Panics
    /// When there is no such layer.
    pub fn from_layer(&self, layer: usize) -> Self {
        let Architecture { hidden, outputs, output, .. } = &self.architecture;
        let layers = self.parameters.layers[layer..].to_vec();
        let architecture = Architecture {
            inputs: layers[0].weights.nrows(),
            hidden: hidden[layer..].to_vec(),
            outputs: *outputs,
            output: *output,
        };
        Self { architecture, parameters: Parameters { layers } }
    }

    fn activation(&self, layer: usize) -> Option<Activation> {
        self.architecture.hidden.get(layer).map(|hidden| hidden.activation)
    }

    /// The forward pass of a batch. Shape: `images` (B, inputs).
    ///
    /// # Panics
    /// When `images` is not `inputs` wide.
    pub fn forward(&self, images: ArrayView2<R>) -> Forward<R> {
        let mut forward = Forward::with_capacity(&self.architecture, images.nrows());
        forward.inputs_mut(images.nrows()).assign(&images);
        self.forward_into(&mut forward);
        forward
    }

    /// The forward pass over the images that stand in `forward` already ([`Forward::inputs_mut`]).
    ///
    /// Layer by layer: `zₗ = aₗ₋₁·Wₗ + bₗ`, `aₗ = fₗ(zₗ)`, with `a₋₁ = x`; allocates nothing.
    pub fn forward_into(&self, forward: &mut Forward<R>) {
        for layer in 0..self.num_layers() {
            self.forward_layer(layer, forward);
        }
    }

    /// One layer's part of [`Network::forward_into`], once those below it have had theirs.
    ///
    /// # Panics
    /// When there is no such layer.
    pub fn forward_layer(&self, l: usize, forward: &mut Forward<R>) {
        let rows = forward.rows;
        let (below, here) = forward.activations.split_at_mut(l);
        let inputs = top(below.last().unwrap_or(&forward.inputs), rows);
        let mut pre_activations = top_mut(&mut forward.pre_activations[l], rows);
        let mut activations = top_mut(&mut here[0], rows);
        let layer = &self.parameters.layers[l];
        if l == 0 {
            layer.forward_images(inputs, pre_activations.view_mut(), &mut forward.lists);
        } else {
            layer.forward(inputs, pre_activations.view_mut());
        }
        match self.activation(l) {
            Some(activation) => activation.forward(pre_activations.view(), activations),
            None => {
                let rows = pre_activations.rows().into_iter().zip(activations.rows_mut());
                for ((z, mut a), log_sum) in rows.zip(&mut forward.log_sums) {
                    *log_sum = self.architecture.output.forward(row(&z), row_mut(&mut a));
                }
            }
        }
    }

    /// Every gradient of `loss`'s mean over the batch, plus `l2 · Σ W²`. Shape: `labels` (B,).
    pub fn backward(&self, forward: &Forward<R>, labels: &[u8], loss: Loss, l2: R) -> Backward<R> {
        let mut backward = Backward::with_capacity(&self.architecture, forward.rows);
        self.backward_into(forward, labels, loss, l2, &mut backward);
        backward
    }

    /// [`Network::backward`] into buffers that are used again; allocates nothing.
    ///
    /// From the last layer down: `d_zₗ = d_aₗ ⊙ fₗ′(zₗ)`, `d_Wₗ = aₗ₋₁ᵀ·d_zₗ`,
    /// `d_bₗ = Σ d_zₗ`, `d_aₗ₋₁ = d_zₗ·Wₗᵀ`.
    pub fn backward_into(
        &self,
        forward: &Forward<R>,
        labels: &[u8],
        loss: Loss,
        l2: R,
        backward: &mut Backward<R>,
    ) {
        self.backward_logits(forward, labels, loss, backward);
        for layer in (0..self.num_layers()).rev() {
            self.backward_layer(layer, forward, l2, backward);
        }
    }

    /// Where [`Network::backward_into`] begins: `∂loss/∂z` of the output layer, the batch's mean.
    pub fn backward_logits(
        &self,
        forward: &Forward<R>,
        labels: &[u8],
        loss: Loss,
        backward: &mut Backward<R>,
    ) {
        let rows = forward.rows;
        backward.rows = rows;
        let last = self.num_layers() - 1;
        let share = R::of(1.0 / rows as f64);
        let outputs = forward.outputs();
        let mut d_logits = top_mut(&mut backward.d_pre_activations[last], rows);
        for ((a, mut d), &label) in outputs.rows().into_iter().zip(d_logits.rows_mut()).zip(labels) {
            loss.backward(self.architecture.output, row(&a), usize::from(label), row_mut(&mut d));
            for value in row_mut(&mut d) {
                *value = factor(*value * share);
            }
        }
    }

    /// One layer's part of [`Network::backward_into`], once those above it have had theirs: its gradients, and the
    /// blame that it hands down.
    ///
    /// # Panics
    /// When there is no such layer.
    pub fn backward_layer(&self, l: usize, forward: &Forward<R>, l2: R, backward: &mut Backward<R>) {
        let rows = forward.rows;
        if let Some(activation) = self.activation(l) {
            activation.backward(
                forward.pre_activations(l),
                forward.activations(l),
                top(&backward.d_activations[l], rows),
                top_mut(&mut backward.d_pre_activations[l], rows),
            );
        }
        let layer = &self.parameters.layers[l];
        let d_z = top(&backward.d_pre_activations[l], rows);
        let gradient = &mut backward.parameters.layers[l];
        if l == 0 {
            layer.backward_images(forward.inputs(0), d_z, l2 + l2, gradient, &mut backward.lists);
        } else {
            layer.backward(forward.inputs(l), d_z, l2 + l2, gradient);
            layer.backward_inputs(d_z, top_mut(&mut backward.d_activations[l - 1], rows));
        }
    }

    /// The penalty `l2 · Σ W²` over every weight (no bias), as Keras's `regularizers.L2`; summed in `f64`.
    pub fn penalty(&self, l2: f64) -> f64 {
        if l2 == 0.0 {
            return 0.0;
        }
        let square = |w: &R| Real::to_f64(*w) * Real::to_f64(*w);
        l2 * self.parameters.layers.iter().flat_map(|layer| &layer.weights).map(square).sum::<f64>()
    }
}

impl<R: Real> Forward<R> {
    /// Buffers for up to `capacity` images, holding none.
    pub fn with_capacity(architecture: &Architecture, capacity: usize) -> Self {
        let buffers = || architecture.widths()[1..].iter().map(|&w| Array2::zeros((capacity, w))).collect();
        Self {
            rows: 0,
            inputs: Array2::zeros((capacity, architecture.inputs)),
            pre_activations: buffers(),
            activations: buffers(),
            log_sums: vec![R::zero(); capacity],
            lists: Lists::new(Room::for_images(capacity, architecture.inputs, architecture.widths()[1])),
        }
    }

    /// Makes room for `rows` images and hands out their inputs, to be written over.
    ///
    /// # Panics
    /// When `rows` is more than the capacity.
    pub fn inputs_mut(&mut self, rows: usize) -> ArrayViewMut2<'_, R> {
        self.rows = rows;
        top_mut(&mut self.inputs, rows)
    }

    /// Number of images.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// What layer `layer` was given: the images for the first, the activations below for the others.
    pub fn inputs(&self, layer: usize) -> ArrayView2<'_, R> {
        if layer == 0 { top(&self.inputs, self.rows) } else { self.activations(layer - 1) }
    }

    /// Weighted sums `z` of layer `layer`; of the last layer they are the logits.
    pub fn pre_activations(&self, layer: usize) -> ArrayView2<'_, R> {
        top(&self.pre_activations[layer], self.rows)
    }

    /// Activations `a` of layer `layer`; of the last layer they are the network's outputs.
    pub fn activations(&self, layer: usize) -> ArrayView2<'_, R> {
        top(&self.activations[layer], self.rows)
    }

    /// The last layer's pre-activations. Shape: (B, K).
    pub fn logits(&self) -> ArrayView2<'_, R> {
        self.pre_activations(self.pre_activations.len() - 1)
    }

    /// The last layer's activations: probabilities, for softmax and sigmoid. Shape: (B, K).
    pub fn outputs(&self) -> ArrayView2<'_, R> {
        self.activations(self.activations.len() - 1)
    }

    /// The loss of one image of the batch; as [`Loss::forward`], with the exponentials of the forward pass.
    pub fn loss_of(&self, loss: Loss, image: usize, label: u8) -> R {
        let logits = image_of(&self.pre_activations, image);
        match loss {
            Loss::CategoricalCrossEntropy => self.log_sums[image] - logits[usize::from(label)],
            _ => loss.forward(logits, image_of(&self.activations, image), usize::from(label)),
        }
    }

    /// The class with the largest logit, the first of equals.
    pub fn prediction(&self, image: usize) -> usize {
        let logits = image_of(&self.pre_activations, image);
        let mut best = (0, logits[0]);
        for (k, &z) in logits.iter().enumerate() {
            if z > best.1 {
                best = (k, z);
            }
        }
        best.0
    }

    /// The first layer with a logit or pre-activation that is not finite.
    pub fn first_not_finite(&self) -> Option<usize> {
        (0..self.pre_activations.len())
            .find(|&l| !self.pre_activations(l).iter().fold(true, |all, z| all & z.is_finite()))
    }
}

impl<R: Real> Backward<R> {
    /// Buffers for up to `capacity` images.
    pub fn with_capacity(architecture: &Architecture, capacity: usize) -> Self {
        let buffers = || architecture.widths()[1..].iter().map(|&w| Array2::zeros((capacity, w))).collect();
        let mut d_activations: Vec<Array2<R>> = buffers();
        // The output layer's gradient starts at the logits: its activations have no buffer.
        d_activations.pop();
        Self {
            rows: 0,
            parameters: Parameters::zeros(architecture),
            d_pre_activations: buffers(),
            d_activations,
            lists: Lists::new(Room::for_gradient(capacity, architecture.inputs, architecture.widths()[1])),
        }
    }

    /// `∂loss/∂z` of layer `layer`. Shape: (B, units).
    pub fn d_pre_activations(&self, layer: usize) -> ArrayView2<'_, R> {
        top(&self.d_pre_activations[layer], self.rows)
    }

    /// `∂loss/∂a` of hidden layer `layer`; the output layer has none, its gradient starts at the logits.
    pub fn d_activations(&self, layer: usize) -> Option<ArrayView2<'_, R>> {
        self.d_activations.get(layer).map(|d| top(d, self.rows))
    }
}

/// One image's row of the last layer's buffer; by plain slices, which cost less than a view for ten numbers.
fn image_of<R>(buffers: &[Array2<R>], image: usize) -> &[R] {
    let last = buffers.last().expect("every network has an output layer");
    let width = last.ncols();
    &last.as_slice().expect("our buffers are row-major")[image * width..][..width]
}

/// The first `rows` rows: the part of a buffer that a batch fills.
fn top<R>(buffer: &Array2<R>, rows: usize) -> ArrayView2<'_, R> {
    buffer.slice_axis(Axis(0), (..rows).into())
}

fn top_mut<R>(buffer: &mut Array2<R>, rows: usize) -> ArrayViewMut2<'_, R> {
    buffer.slice_axis_mut(Axis(0), (..rows).into())
}

fn row<'a, R>(view: &'a ndarray::ArrayView1<R>) -> &'a [R] {
    view.as_slice().expect("rows of our buffers are contiguous")
}

fn row_mut<'a, R>(view: &'a mut ndarray::ArrayViewMut1<R>) -> &'a mut [R] {
    view.as_slice_mut().expect("rows of our buffers are contiguous")
}
