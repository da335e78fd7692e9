//! One training step taken apart: every number of it, forward and back, on a copy of the network.
//!
//! [`Step`] copies a run's network, optimizer and next mini-batch (widened
//! from `f32` to `f64`, which is exact) and takes the step there. Nothing in
//! this module can reach the run: it is read once, by shared reference or by
//! value, and everything that follows, a planted [`Bug`] or a weight changed
//! by hand included, happens to the copy.
//!
//! | file | subject |
//! |---|---|
//! | [`bug`] | the mistakes that can be planted |
//! | [`changes`] | what else is changed in the copy: weights set by hand |
//! | [`pass`] | a forward and a backward pass with every value kept, as it should be or with a bug in it |
//! | [`step`] | the step: copy, batch, passes, update |
//! | [`update`] | what the optimizer makes of a gradient, and what that did to the losses |
//! | [`back`] | what comes down to a hidden unit through the transposed weights, term by term |
//! | [`check`] | each analytic gradient beside a central difference, with a verdict |
//! | [`scene`] | everything of one image, unit by unit |
//! | [`sheet`] | one number a weight, to be painted |
//! | [`signals`] | what runs along the lines of a picture of the network |
//! | [`weight`] | one weight's own arithmetic, from its input to its new value |

pub mod back;
pub mod bug;
pub mod changes;
pub mod check;
pub mod pass;
pub mod scene;
pub mod sheet;
pub mod signals;
pub mod step;
pub mod update;
pub mod weight;

pub use back::Term;
pub use bug::Bug;
pub use changes::{Changes, Edit};
pub use check::{Check, Survey, Verdict};
pub use pass::Pass;
pub use scene::{Classes, LayerValues, Scene};
pub use sheet::WeightQuantity;
pub use signals::Signals;
pub use step::{ImageInBatch, Shape, Step};
pub use update::Consequence;
pub use weight::WeightArithmetic;
