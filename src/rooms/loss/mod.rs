//! What a loss looks like, and how one walks down on it.
//!
//! | file | subject |
//! |---|---|
//! | [`descent`] | two parameters, one surface, every step |
//! | [`hubble`] | 24 galaxies, small enough to see every point of |
//! | [`batch_means`] | how the mean loss of mini-batches scatters round the full one |
//!
//! The losses themselves are in [`crate::nn::loss`], and as a textbook writes them in
//! [`crate::nn::probability_loss`].

pub mod batch_means;
pub mod descent;
pub mod hubble;
