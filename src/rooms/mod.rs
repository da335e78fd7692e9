//! The arithmetic of single rooms, a folder a room as on the page: whoever reads [`crate::nn`] reads networks only.
//!
//! # Examples
//! ```
//! use atelier::rooms::softmax::steps;
//!
//! // What exp does to logits of 20 in 16 bits, and what taking the largest away first saves.
//! let comparison = steps::compare(&[20.0, 10.0], 0.0, 1.0)?;
//! assert!(comparison.f16.naive.first_bad.is_some() && comparison.f16.guarded.first_bad.is_none());
//! # Ok::<(), atelier::Error>(())
//! ```

pub mod data;
pub mod draw;
pub mod home;
pub mod loss;
pub mod neuron;
pub mod one_step;
pub mod softmax;
