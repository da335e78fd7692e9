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
