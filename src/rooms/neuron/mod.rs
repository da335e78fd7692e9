//! One neuron, gates of two inputs, and why layers need something that bends between them.
//!
//! | file | subject |
//! |---|---|
//! | [`mod@unit`] | `y = f(w·x + b)`, its curve, and what a small change of each number does |
//! | [`gate`] | AND, OR, NAND by one neuron, XOR by two layers |
//! | [`collapse`] | two layers of identity units are one |

pub mod collapse;
pub mod gate;
pub mod unit;

pub use unit::Neuron;
