//! Networks and what they are made of: each operation's forward and backward side by side.
//!
//! Read in this order; each file is one idea, and in each the backward pass
//! stands under the forward pass it undoes:
//!
//! | file | forward | backward |
//! |---|---|---|
//! | [`activation`] | `a = f(z)` | `d_z = d_a · f′(z)` |
//! | [`softmax`] | `p = exp(z − max z) / Σ exp(z − max z)` | in [`loss`], where it cancels |
//! | [`loss`] | one number for one image, from the logits | `∂loss/∂z` (for softmax: `p − y`) |
//! | [`dense`] | `z = x·W + b` | `d_W = xᵀ·d_z`, `d_b = Σ d_z`, `d_x = d_z·Wᵀ` |
//! | [`network`] ([`architecture`] is its shape) | layer by layer, keeping every value | the same layers in reverse |
//! | [`optimizer`] | `w ← w − step(gradient, state)` | |
//! | [`learner`] | all of it together: a step | |
//!
//! [`product`] does the three matrix products of a layer; [`parameters`] holds what is learnt, [`initializer`] draws it
//! at first, [`model`] keeps it in a file; [`gradient_check`] compares every analytic gradient with a finite
//! difference. [`probability_loss`] has the losses as functions of a probability, as a textbook writes them.
//! What looks at one idea for one room is in [`crate::rooms`].
//!
//! # Examples
//! ```
//! use atelier::Generator;
//! use atelier::nn::{Architecture, Initializer, Loss, Network, Output};
//! use ndarray::array;
//!
//! // Softmax regression with two inputs and two classes, every weight 0: both classes are as likely.
//! let architecture = Architecture { inputs: 2, hidden: vec![], outputs: 2, output: Output::Softmax };
//! let network = Network::<f64>::new(architecture, Initializer::Zeros, &mut Generator::new(0))?;
//! let images = array![[1.0, 0.0]];
//! let forward = network.forward(images.view());
//! assert_eq!(forward.outputs(), array![[0.5, 0.5]]);
//!
//! // The gradient of the true class's weight is (p − y)·x = (½ − 1)·1.
//! let backward = network.backward(&forward, &[0], Loss::CategoricalCrossEntropy, 0.0);
//! assert_eq!(backward.parameters.layers[0].weights, array![[-0.5, 0.5], [0.0, 0.0]]);
//! # Ok::<(), atelier::Error>(())
//! ```

pub mod activation;
pub mod architecture;
pub mod dense;
pub mod gradient_check;
pub mod initializer;
pub mod learner;
pub mod loss;
pub mod model;
mod model_problem;
pub mod network;
pub mod optimizer;
pub mod parameters;
pub mod probability_loss;
pub mod product;
pub mod softmax;
pub mod subnormal;

pub use activation::Activation;
pub use architecture::{Architecture, Hidden};
pub use dense::Dense;
pub use initializer::Initializer;
pub use learner::{Learner, Score};
pub use loss::{Loss, Output};
pub use model::Model;
pub use model_problem::ModelProblem;
pub use network::{Backward, Forward, Network};
pub use optimizer::{Optimizer, OptimizerSettings};
pub use parameters::Parameters;
