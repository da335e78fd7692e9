//! Everything that can go wrong by somebody else's doing: a file, a setting, a number that overflowed.
//!
//! An [`Error`] is a record: which setting, its value, the rule it broke. `Display` says it in English for whoever
//! calls the crate from Rust; the page gets the record itself and words it in the visitor's language.
//!
//! # Examples
//! ```
//! use atelier::Error;
//! use atelier::error::SettingName;
//! use atelier::train::settings::check_learning_rate;
//!
//! let refused = check_learning_rate(-1.0).unwrap_err();
//! assert!(matches!(&refused, Error::Setting { name: SettingName::LearningRate, .. }));
//! println!("{refused}"); // for whoever calls the crate: which setting, its value, what is allowed
//! ```

mod array;
mod rule;
mod setting;

pub use array::ArrayName;
pub use rule::Rule;
pub use setting::{SettingName, SettingValue};

use serde::{Deserialize, Serialize};

use crate::data::FileProblem;
use crate::exchange::NetworkProblem;
use crate::graph::Fault;
use crate::nn::{Loss, ModelProblem, Output};
use crate::train::SavedRunProblem;

/// The crate's result.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, with the numbers, and what to change.
///
/// Our own mistakes panic; whatever a visitor, a file or a network can cause
/// comes back as one of these.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[cfg_attr(target_arch = "wasm32", tsify(rename = "EngineError"))]
#[non_exhaustive]
pub enum Error {
    /// A setting, or a number asked with, that breaks its rule.
    #[error("{name} is {value}, but must be {rule}")]
    Setting {
        /// Which.
        name: SettingName,
        /// What was given.
        value: SettingValue,
        /// What is allowed.
        rule: Rule,
    },
    /// A loss that is not defined on this output.
    #[error("output is {output}, but must be {} for {loss}", .loss.output().map_or("another", Output::name))]
    OutputOfLoss {
        /// The output that was chosen.
        output: Output,
        /// The loss that was chosen.
        loss: Loss,
    },
    /// A graph of an output unit writes out softmax and its loss; this network ends otherwise.
    #[error("output is {output}, but must be softmax, whose loss this graph writes out")]
    NoSoftmax {
        /// The network's output.
        output: Output,
    },
    /// A value given to a name of an expression that is not finite.
    #[error("{name} = {value}, but must be a finite number")]
    Leaf {
        /// The name in the expression.
        name: String,
        /// What was given.
        value: f64,
    },
    /// Two arrays that must agree in size do not.
    #[error("{array} has {actual} values, but {expected} are needed")]
    Shape {
        /// Which array.
        array: ArrayName,
        /// How many values it should have.
        expected: usize,
        /// How many it has.
        actual: usize,
    },
    /// A file of images or labels that cannot be used.
    #[error("{file} {problem}.")]
    File {
        /// The file's name.
        file: String,
        /// What is wrong with it.
        problem: FileProblem,
    },
    /// A model's file that cannot be used.
    #[error("the model file {problem}: fetch it again")]
    Model {
        /// What is wrong with it.
        problem: ModelProblem,
    },
    /// A file from outside that should hold a network.
    #[error("this file {problem}")]
    Network {
        /// What is wrong with it, or what it is instead.
        problem: NetworkProblem,
    },
    /// A weight, the intercept or a loss of logistic regression stopped being finite.
    #[error(
        "the model of class {class} overflowed in epoch {epoch}: scale the pixels to 0…1 or to mean 0 and deviation 1"
    )]
    LogisticOverflow {
        /// The epoch, from 1.
        epoch: u32,
        /// The class.
        class: usize,
    },
    /// A learner's expression that has a mistake, with its place.
    #[error("{fault}")]
    Expression {
        /// The mistake.
        fault: Fault,
    },
    /// Bytes that are not a run that can be gone on with.
    #[error("this saved run {problem}; start a new one")]
    SavedRun {
        /// What is wrong with it.
        problem: SavedRunProblem,
    },
}

impl Error {
    /// A setting that breaks its rule.
    pub fn setting(name: SettingName, value: impl Into<SettingValue>, rule: Rule) -> Self {
        Self::Setting { name, value: value.into(), rule }
    }

    /// An array of another size than is needed.
    pub fn shape(array: ArrayName, expected: usize, actual: usize) -> Self {
        Self::Shape { array, expected, actual }
    }
}
