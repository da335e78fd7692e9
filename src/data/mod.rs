//! From bytes of a file to mini-batches.
//!
//! | module | subject |
//! |---|---|
//! | [`idx`] | reading an IDX file while it arrives, in pieces of any size |
//! | [`dataset`] | images with labels and class names |
//! | [`split`] | training and validation indices, the same as scikit-learn draws |
//! | [`scaling`] | pixels 0…255 to the numbers that enter a network |
//! | [`batches`] | the order of an epoch, cut into mini-batches |
//! | [`statistics`] | counts, mean images and histograms of a whole set |
//!
//! # Examples
//! ```
//! use atelier::data::{IdxKind, IdxReader};
//!
//! // Three labels: two zeros, "bytes", "one dimension", a count of four bytes, and the labels.
//! let mut reader = IdxReader::new("labels", IdxKind::Labels);
//! reader.feed(&[0, 0, 8, 1, 0, 0])?; // pieces come as they come
//! reader.feed(&[0, 3, 7, 0, 9])?;
//! assert_eq!(reader.finish()?, [7, 0, 9]);
//! # Ok::<(), atelier::Error>(())
//! ```

pub mod batches;
pub mod dataset;
mod file_problem;
pub mod idx;
pub(crate) mod nearby;
pub mod scaling;
pub mod split;
pub mod statistics;

pub use dataset::LabelledImages;
pub use file_problem::FileProblem;
pub use idx::{IdxKind, IdxReader};
pub use scaling::{PixelScaling, Scaling};

/// Rows and columns of an image.
pub const SIDE: usize = 28;
/// Pixels of an image, 28 × 28.
pub const PIXELS: usize = SIDE * SIDE;
/// The most classes a data set may have.
pub const MAX_CLASSES: usize = 10;
