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
//! | [`doubtful_labels`] | labels that a network which never saw them does not believe |
//! | [`descent`] | two parameters, one surface, every step |
//! | [`bands`] | a noisy loss as a band: its mean, and between which values most of it lies |
//! | [`batch_means`] | how the mean loss of mini-batches scatters round the full one |
//! | [`saved`] | a run as bytes |
//! | [`teach`] | a few more steps for a trained model, on a visitor's own drawings |
//! | [`unguarded`] | an experiment: the softmax layer without its guard, until its numbers end |
//! | [`fingerprint`] | a hash of every weight's bits |

pub mod bands;
mod batch;
pub mod batch_means;
pub mod cross_validation;
pub mod descent;
pub mod doubtful_labels;
pub mod evaluation;
pub mod fingerprint;
pub mod history;
mod inputs;
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
pub mod teach;
pub mod trainer;
pub mod unguarded;

pub use evaluation::{ClassScore, Evaluation, Mistake, Scores};
pub use history::{EpochRecord, History, RateFrom};
pub use report::{Phase, Quantity, Report, Stopped};
pub use saved_problem::SavedRunProblem;
pub use settings::TrainingSettings;
pub use table::SettingsTable;
pub use trainer::Trainer;
