//! Is the gradient right? Nudge a number up and down, and compare slopes.
//!
//! The central difference `(L(w + h) − L(w − h)) / 2h` differs from the true
//! slope by about `h²·L‴/6` (truncation) plus `ε·L/h` (rounding), with `ε` the
//! spacing of `f64`: with `h = 1e-5` both are near `1e-11` for losses of
//! ordinary size.
//!
//! A step activation is flat with jumps: both gradients are 0 unless a nudge
//! happens to cross a jump, which is then no slope at all.

use ndarray::ArrayView2;

use super::{Forward, Loss, Network};

/// A loss of a network on a batch: all that a gradient is taken of.
#[derive(Clone, Copy, Debug)]
pub struct Objective<'a> {
    /// Shape (B, inputs).
    pub images: ArrayView2<'a, f64>,
    /// Shape (B,).
    pub labels: &'a [u8],
    /// What is averaged over the batch.
    pub loss: Loss,
    /// Factor of `Σ W²`.
    pub l2: f64,
}

impl Objective<'_> {
    /// The mean loss of the batch plus `l2 · Σ W²`.
    pub fn value(&self, network: &Network<f64>) -> f64 {
        self.value_of(network, &network.forward(self.images))
    }

    /// [`Objective::value`] from the network's forward pass of these images.
    pub fn value_of(&self, network: &Network<f64>, forward: &Forward<f64>) -> f64 {
        let losses = self.labels.iter().enumerate().map(|(b, &label)| forward.loss_of(self.loss, b, label));
        losses.sum::<f64>() / self.labels.len() as f64 + network.penalty(self.l2)
    }

    /// The gradient with respect to one parameter both ways; the network is left as it was.
    ///
    /// `array` counts as [`super::Parameters::slices`] does: weights, bias, weights, bias, …
    ///
    /// # Panics
    /// When there is no such parameter.
    pub fn compare(&self, network: &mut Network<f64>, array: usize, index: usize, h: f64) -> Comparison {
        let forward = network.forward(self.images);
        let backward = network.backward(&forward, self.labels, self.loss, self.l2);
        let analytic = backward.parameters.slices().nth(array).expect("an array of the network")[index];
        Comparison { analytic, numeric: self.numeric(network, array, index, h) }
    }

    /// The central difference with respect to one parameter; the network is left as it was.
    ///
    /// # Panics
    /// When there is no such parameter.
    pub fn numeric(&self, network: &mut Network<f64>, array: usize, index: usize, h: f64) -> f64 {
        let original = *place(network, array, index);
        // What the nudge really was, after rounding: w + h is rarely a float.
        let (above, below) = (original + h, original - h);
        *place(network, array, index) = above;
        let upper = self.value(network);
        *place(network, array, index) = below;
        let lower = self.value(network);
        *place(network, array, index) = original;
        (upper - lower) / (above - below)
    }
}

fn place(network: &mut Network<f64>, array: usize, index: usize) -> &mut f64 {
    &mut network.parameters.slices_mut().nth(array).expect("an array of the network")[index]
}

/// One parameter's two gradients.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// From back-propagation.
    pub analytic: f64,
    /// From the central difference.
    pub numeric: f64,
}

impl Comparison {
    /// `|a − n| / max(|a|, |n|)`; 0 when both are below `floor`, where their difference is all rounding; NaN
    /// when one is.
    pub fn relative_error(self, floor: f64) -> f64 {
        // `max` would pass over a NaN and call it agreement.
        if self.analytic.is_nan() || self.numeric.is_nan() {
            return f64::NAN;
        }
        let scale = self.analytic.abs().max(self.numeric.abs());
        if scale < floor { 0.0 } else { (self.analytic - self.numeric).abs() / scale }
    }
}
