//! One-vs-rest logistic regression, one sample at a time.
//!
//! K models, one a class, each answering "this class or any other?". Model k has
//! weights w (in) and an intercept b; its decision value for a sample x is
//! p = w·x + b, and σ(p) = 1/(1 + e⁻ᵖ) the probability that it claims. Each
//! sample in turn moves it down the gradient of
//!
//! ```text
//! ln(1 + e^p) − y·p + α/2·‖w‖²        y = 1 for the class, 0 for the rest
//! ```
//!
//! | module | subject |
//! |---|---|
//! | [`classifier`] | the K models as one state machine, decision values, probabilities |
//! | [`binary`] | one model: the step, the schedule of its learning rate, when it stops |
//! | [`order`] | the order of an epoch |
//! | [`samples`] | what is learnt from: images with a scaling, or a table of numbers |
//! | [`settings`] | what can be set, and its ranges |
//!
//! It follows scikit-learn 1.9's `SGDClassifier(loss="log_loss")`, orders of
//! shuffling included where [`LogisticSettings::own_orders`] asks for them, so
//! that the same `random_state` gives the same coefficients up to rounding
//! (`tests/logistic.rs`). What that class can do
//! besides (other losses and penalties, averaging, class weights, early stopping
//! on held-out samples) is not here. For two classes scikit-learn fits one model
//! only; here there is one a class always.
//!
//! References: L. Bottou, *Stochastic Gradient Descent Tricks*, 2012;
//! F. Pedregosa et al., *Scikit-learn: Machine Learning in Python*, JMLR 12, 2011.

pub mod binary;
pub mod classifier;
pub mod order;
pub mod samples;
pub mod settings;

pub use binary::BinaryModel;
pub use classifier::{EpochReport, OneVsRest};
pub use samples::{Samples, ScaledImages, Table};
pub use settings::LogisticSettings;
