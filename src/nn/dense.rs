//! A fully connected layer: every unit sees every input.

use ndarray::{Array1, Array2, ArrayView2, ArrayViewMut2};
use serde::{Deserialize, Serialize};

use super::product::{self, Lists};
use crate::Real;

/// The parameters of one layer, and equally their gradients or an optimizer's state for them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub struct Dense<R: Real> {
    /// Shape (in, out): column `k` belongs to unit `k`, as in Keras.
    pub weights: Array2<R>,
    /// Shape (out,).
    pub bias: Array1<R>,
}

impl<R: Real> Dense<R> {
    /// A layer of zeros.
    pub fn zeros(inputs: usize, outputs: usize) -> Self {
        Self { weights: Array2::zeros((inputs, outputs)), bias: Array1::zeros(outputs) }
    }

    /// `z = x·W + b`. Shapes: `inputs` (B, in) → `pre_activations` (B, out).
    pub fn forward(&self, inputs: ArrayView2<R>, mut pre_activations: ArrayViewMut2<R>) {
        pre_activations.assign(&self.bias);
        product::add_product(inputs, self.weights.view(), pre_activations);
    }

    /// [`Dense::forward`] of a first layer, whose inputs are images and may be largely black: the same bits, sooner.
    pub fn forward_images(
        &self,
        images: ArrayView2<R>,
        mut pre_activations: ArrayViewMut2<R>,
        lists: &mut Lists<R>,
    ) {
        pre_activations.assign(&self.bias);
        product::add_product_of_images(images, self.weights.view(), pre_activations, lists);
    }

    /// `d_W = xᵀ·d_z` and `d_b = Σ over the batch of d_z`, written over `gradient`.
    ///
    /// With `decay > 0`, `d_W` gets `decay · W` on top: the gradient of `decay/2 · Σ W²`.
    /// Shapes: `inputs` (B, in), `d_pre_activations` (B, out), `gradient` as the layer.
    pub fn backward(
        &self,
        inputs: ArrayView2<R>,
        d_pre_activations: ArrayView2<R>,
        decay: R,
        gradient: &mut Self,
    ) {
        let decays = self.decay(decay, gradient);
        product::gradient(inputs, d_pre_activations, decays, gradient.weights.view_mut());
        product::bias_gradient(d_pre_activations, gradient.bias.view_mut());
    }

    /// [`Dense::backward`] of a first layer: the same bits, sooner.
    pub fn backward_images(
        &self,
        images: ArrayView2<R>,
        d_pre_activations: ArrayView2<R>,
        decay: R,
        gradient: &mut Self,
        lists: &mut Lists<R>,
    ) {
        let decays = self.decay(decay, gradient);
        product::gradient_of_images(images, d_pre_activations, decays, gradient.weights.view_mut(), lists);
        product::bias_gradient(d_pre_activations, gradient.bias.view_mut());
    }

    /// Writes `decay · W` over the gradient, to be added to; nothing, and false, where nothing decays.
    fn decay(&self, decay: R, gradient: &mut Self) -> bool {
        let decays = decay > R::zero();
        if decays {
            gradient.weights.zip_mut_with(&self.weights, |d, &w| *d = decay * w);
        }
        decays
    }

    /// `d_x = d_z·Wᵀ`: the blame handed down to the layer below. Shapes: (B, out) → (B, in).
    pub fn backward_inputs(&self, d_pre_activations: ArrayView2<R>, d_inputs: ArrayViewMut2<R>) {
        product::input_gradient(d_pre_activations, self.weights.view(), d_inputs);
    }
}
