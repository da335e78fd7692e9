//! The arithmetic of single rooms, a folder a room as on the page: whoever reads [`crate::nn`] reads networks only.

pub mod data;
pub mod draw;
pub mod home;
pub mod loss;
pub mod neuron;
pub mod one_step;
pub mod softmax;
