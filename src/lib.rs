//! The arithmetic of learning, shown.
//!
//! Atelier trains neural networks step by step and lets every number of a step
//! be read: the same code that trains is the code that explains.
//!
//! | module | subject |
//! |---|---|
//! | [`nn`] | activations, softmax, losses, dense networks, optimizers, gradient checks |
//! | [`linear`] | one-vs-rest logistic regression by stochastic gradient descent |
//! | [`data`] | IDX files, data sets, scaling, splits, mini-batches |
//! | [`train`] | the trainer as a resumable state machine, its history, metrics, replay |
//! | [`exchange`] | networks out and in: safetensors, ONNX, Keras |
//! | [`rooms`] | the arithmetic of single rooms: gates, overflow, surfaces, one training step taken apart |
//! | [`graph`] | a scalar tape with a parser for expressions: back-propagation by hand |
//! | [`draw`] | pen strokes to 28×28 pixels, as MNIST was made |
//! | [`picture`] | numbers to RGBA pixels |
//! | [`elementary`] | `exp`, `ln` and their kin, the same bits everywhere |
//! | [`error`](mod@error) | what can be refused, as records |
//!
//! Everything is generic over [`Real`] where a gradient is taken: the page runs
//! `f32`, gradient checks run `f64`. Randomness comes in as a [`Generator`] with
//! a seed. The browser is known to `wasm` alone, which exists only on wasm32.
//!
//! # The public face
//!
//! What a program outside may lean on, here and in the npm package `atelier-engine`, which is this crate compiled to
//! WebAssembly. What the table does not name serves Atelier's own page and may change with any version; so may, until
//! 1.0, what a seed comes out as, which `CHANGELOG.md` then says.
//!
//! | to | Rust | npm |
//! |---|---|---|
//! | read a data set | [`data::IdxReader`], [`data::LabelledImages`] | `IdxReader`, `DataSet` |
//! | say what a run is made from | [`train::TrainingSettings`] | `TrainingSettings`, `defaultTrainingSettings` |
//! | train, step, go back, save, take up again | [`train::Trainer`] | `Trainer` |
//! | see where it stands, and how well | [`train::Report`], [`train::EpochRecord`], [`train::Scores`] | `Report`, `EpochRecord`, `Scores` |
//! | take a step apart, check its gradients | [`rooms::one_step::Step`], [`rooms::one_step::Survey`] | `OneStep`, `Changes`, `Survey` |
//! | have networks as files | [`nn::Model`], [`exchange::read`] | `Model`, `NetworkFile` |
//! | propagate back through an expression | [`graph::Expression`], [`graph::Tape`] | `evaluateGraph`, `GraphRequest`, `GraphAnswer` |
//! | turn pen strokes into pixels | [`draw::Strokes`], [`draw::prepare`] | `Drawing`, `DrawSettings` |
//! | know what was refused, and why | [`Error`] | `EngineError` |
//!
//! # Examples
//!
//! The course's layer, `Dense(10)` with softmax, through an epoch. The images are made here: class *c* is one lit row.
//! ```
//! use std::rc::Rc;
//! use atelier::data::{LabelledImages, PIXELS, SIDE};
//! use atelier::train::{Phase, Trainer, TrainingSettings};
//!
//! let labels: Vec<u8> = (0..200).map(|image| image % 10).collect();
//! let row_of = |pixel: usize| (pixel / SIDE) as u8;
//! let image = |&label: &u8| (0..PIXELS).map(move |pixel| if row_of(pixel) == label { 255 } else { 0 });
//! let pixels = labels.iter().flat_map(image).collect();
//! let names = (0..10).map(|class| class.to_string()).collect();
//! let images = Rc::new(LabelledImages::new(pixels, labels, names)?);
//!
//! // 160 images to train on, 40 to validate with; what is not named has the course's value.
//! let settings = TrainingSettings { epochs: 1, batch_size: 16, ..TrainingSettings::default() };
//! let mut trainer = Trainer::<f32>::new(images, settings)?;
//! while trainer.phase() != Phase::Finished {
//!     trainer.advance(); // a mini-batch, or a slice of the validation images
//! }
//! assert_eq!((trainer.report().step, trainer.report().finished_epochs), (10, 1));
//! let history = trainer.history();
//! assert!(history.losses[9] < history.losses[0] && history.epochs[0].validation_accuracy > Some(0.5));
//! # Ok::<(), atelier::Error>(())
//! ```

#![cfg_attr(not(test), warn(clippy::disallowed_methods))]

pub mod data;
pub mod draw;
pub mod elementary;
pub mod error;
pub mod exchange;
pub mod graph;
pub mod linear;
pub mod nn;
pub mod picture;
mod random;
mod real;
pub mod rooms;
pub mod train;
#[cfg(target_arch = "wasm32")]
pub mod wasm;

pub use error::{Error, Result};
pub use random::Generator;
pub use real::Real;
