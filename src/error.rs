//! Everything that can go wrong by somebody else's doing: a file, a setting, a number that overflowed.

/// The crate's result.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, with the numbers, and what to change.
///
/// Our own mistakes panic; whatever a visitor, a file or a network can cause
/// comes back as one of these.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A setting outside its range.
    #[error("{name} is {value}, but must be {allowed}")]
    Setting {
        /// The setting's name, as the page's field calls it in code (`learningRate`).
        name: &'static str,
        /// What was given.
        value: String,
        /// The allowed range, in words.
        allowed: &'static str,
    },
    /// Two arrays that must agree in size do not.
    #[error("{what} has {actual} values, but {expected} are needed")]
    Shape {
        /// Which array.
        what: &'static str,
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
        problem: crate::data::FileProblem,
    },
    /// A model's file that cannot be used.
    #[error("the model file {problem}: fetch it again")]
    Model {
        /// What is wrong with it, as the rest of a sentence.
        problem: String,
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
    #[error("{0}")]
    Expression(crate::graph::Fault),
    /// Bytes that are not a run that can be gone on with.
    #[error("this saved run {problem}; start a new one")]
    SavedRun {
        /// What is wrong with it.
        problem: &'static str,
    },
}
