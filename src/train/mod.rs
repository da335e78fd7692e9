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
//!
//! # Examples
//! ```
//! use std::rc::Rc;
//! use atelier::data::{LabelledImages, PIXELS};
//! use atelier::train::{Trainer, TrainingSettings};
//!
//! // Forty images: of class 0 black, of class 1 white.
//! let labels: Vec<u8> = (0..40).map(|image| image % 2).collect();
//! let pixels = labels.iter().flat_map(|&label| [255 * label; PIXELS]).collect();
//! let images = Rc::new(LabelledImages::new(pixels, labels, vec!["black".into(), "white".into()])?);
//!
//! let settings = TrainingSettings { batch_size: 8, ..TrainingSettings::default() };
//! let mut trainer = Trainer::<f32>::new(Rc::clone(&images), settings)?;
//! trainer.advance_steps(3);
//! let (third, saved) = (trainer.fingerprint(), trainer.save());
//! trainer.advance_steps(1);
//! assert_ne!(trainer.fingerprint(), third);
//!
//! // A step back, and a run read from bytes, are where they were to the bit.
//! trainer.back_one_step();
//! assert_eq!(trainer.fingerprint(), third);
//! assert_eq!(Trainer::<f32>::restore(images, &saved)?.fingerprint(), third);
//! # Ok::<(), atelier::Error>(())
//! ```

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
