//! A network with all that it takes to learn: the rule, the loss, and buffers that are used again.
//!
//! A step is: write the images over [`Learner::inputs_mut`], run them [`Learner::forward`], read the
//! [`Learner::score`], and [`Learner::learn`]. Where the images come from, in which order, and when to stop is
//! somebody else's.

use ndarray::ArrayViewMut2;

use super::{Backward, Forward, Loss, Network, Optimizer};
use crate::{Real, Result};

/// A network that learns, a mini-batch at a time.
///
/// # Examples
/// ```
/// use atelier::Generator;
/// use atelier::nn::{Architecture, Initializer, Learner, Loss, Network, Optimizer, OptimizerSettings, Output};
/// let architecture = Architecture { inputs: 2, hidden: vec![], outputs: 2, output: Output::Softmax };
/// let network = Network::<f64>::new(architecture.clone(), Initializer::Zeros, &mut Generator::new(1))?;
/// let optimizer = Optimizer::new(OptimizerSettings::Sgd, &architecture)?;
/// let mut learner = Learner::new(network, optimizer, Loss::CategoricalCrossEntropy, 0.0, 1)?;
/// learner.inputs_mut(1).assign(&ndarray::array![[1.0, 0.0]]);
/// learner.forward();
/// // A network of zeros knows nothing: log 2.
/// assert_eq!(learner.score(&[1]).loss, 2.0_f64.ln());
/// learner.learn(&[1], 0.5);
/// // ∂loss/∂z = p − y = (½, −½), times the input and the rate.
/// assert_eq!(learner.network().parameters.layers[0].weights, ndarray::array![[-0.25, 0.25], [0.0, 0.0]]);
/// # Ok::<(), atelier::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Learner<R: Real> {
    network: Network<R>,
    optimizer: Optimizer<R>,
    loss: Loss,
    l2: f64,
    forward: Forward<R>,
    backward: Backward<R>,
}

/// What a mini-batch came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// Mean loss, with the penalty on the weights; in nats for cross-entropies.
    pub loss: f64,
    /// Images whose largest logit is their class's.
    pub correct: usize,
}

impl<R: Real> Learner<R> {
    /// A network before its next step, with room for mini-batches of up to `capacity` images; `l2 · Σ W²` is added
    /// to the loss.
    ///
    /// # Errors
    /// [`crate::Error::OutputOfLoss`] when the loss is not defined on the network's output.
    pub fn new(
        network: Network<R>,
        optimizer: Optimizer<R>,
        loss: Loss,
        l2: f64,
        capacity: usize,
    ) -> Result<Self> {
        let architecture = network.architecture();
        loss.check(architecture.output)?;
        let forward = Forward::with_capacity(architecture, capacity);
        let backward = Backward::with_capacity(architecture, capacity);
        Ok(Self { network, optimizer, loss, l2, forward, backward })
    }

    /// The network as it is.
    pub fn network(&self) -> &Network<R> {
        &self.network
    }

    /// Makes room for `rows` images and hands out their inputs, to be written over.
    ///
    /// # Panics
    /// When `rows` is more than the capacity.
    pub fn inputs_mut(&mut self, rows: usize) -> ArrayViewMut2<'_, R> {
        self.forward.inputs_mut(rows)
    }

    /// Runs the images forward.
    pub fn forward(&mut self) -> &Forward<R> {
        self.network.forward_into(&mut self.forward);
        &self.forward
    }

    /// What the last [`Learner::forward`] came to; the loss is summed in `f64`. Shape: `labels` (B,).
    pub fn score(&self, labels: &[u8]) -> Score {
        let (mut sum, mut correct) = (0.0, 0);
        for (image, &label) in labels.iter().enumerate() {
            sum += Real::to_f64(self.forward.loss_of(self.loss, image, label));
            correct += usize::from(self.forward.prediction(image) == usize::from(label));
        }
        Score { loss: sum / labels.len() as f64 + self.network.penalty(self.l2), correct }
    }

    /// The backward pass of the last [`Learner::forward`] and the optimizer's step. Shape: `labels` (B,).
    ///
    /// Returns whether every weight and bias is finite afterwards.
    pub fn learn(&mut self, labels: &[u8], learning_rate: f64) -> bool {
        self.network.backward_into(&self.forward, labels, self.loss, R::of(self.l2), &mut self.backward);
        self.optimizer.update(learning_rate, &mut self.network.parameters, &self.backward.parameters)
    }
}
