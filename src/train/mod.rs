//! Training as a state machine that can stop, save, resume and step back.
//!
//! | file | subject |
//! |---|---|
//! | [`settings`] | everything a run is made from, checked once |
//! | [`table`] | what each setting may be and usually is, and what a change of it does |
//! | [`trainer`] | the machine: a mini-batch at a time, then the validation images, a slice at a time |
//! | `start` | a run that begins with a network from a file |
//! | [`report`] | where a run stands, and why it stopped |
//! | [`inspect`] | what it shows: parts, predictions, answers to any images |
//! | [`history`] | what every batch and every epoch scored |
//! | [`evaluation`] | loss, accuracy, confusion, precision and recall, the most confident mistakes |
//! | [`replay`] | snapshots, and the way back to any earlier step |
//! | [`logistic`] | a run of logistic regression on a split of images, with its epochs |
//! | [`cross_validation`] | stratified folds, side by side |
//! | [`bands`] | a noisy loss as a band: its mean, and between which values most of it lies |
//! | [`saved`] | a run as bytes |
//! | [`fingerprint`] | a hash of every weight's bits |

pub mod bands;
mod batch;
pub mod cross_validation;
pub mod evaluation;
pub mod fingerprint;
pub mod history;
pub(crate) mod inputs;
pub mod inspect;
pub mod logistic;
pub mod memory;
pub mod replay;
pub mod report;
pub mod saved;
mod saved_problem;
pub mod settings;
mod start;
pub mod table;
pub mod trainer;

pub use evaluation::{ClassScore, Evaluation, Mistake, Scores};
pub use history::{EpochRecord, History, RateFrom};
pub use report::{Phase, Quantity, Report, Stopped};
pub use saved_problem::SavedRunProblem;
pub use settings::TrainingSettings;
pub use table::SettingsTable;
pub use trainer::Trainer;
