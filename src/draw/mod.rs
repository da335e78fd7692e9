//! From pen strokes to the 28×28 pixels that a network trained on MNIST expects.
//!
//! A drawing is a list of points, never a canvas: [`Strokes`] keeps them in
//! units of the pad's side, [`Raster`] inks them with a round pen on a grid of
//! 8×8 samples a pixel, and [`mnist_box::prepare`] does what was done to the MNIST
//! digits: the longest side to 20 pixels with the aspect kept, the centre of
//! mass to the middle of 28×28. Each stage can be had for showing, and be
//! switched off.
//!
//! [`skeleton`] goes the other way, from a digit's pixels to a path that a pen
//! could have taken; [`warp`] makes the variations that the shipped network is
//! trained on.
//!
//! # Examples
//! ```
//! use atelier::draw::{DrawSettings, Strokes, prepare};
//!
//! // A slanted line: its pixels are centred, whatever corner of the pad it stands in.
//! let strokes = Strokes::from_flat(&[0.1, 0.1, 0.5, 0.2, 0.6, 0.5], &[2])?;
//! let prepared = prepare(&strokes, &DrawSettings::default())?;
//! assert!(prepared.refusal.is_none());
//! let ink: f32 = prepared.image.iter().sum();
//! let row: f32 = prepared.image.iter().enumerate().map(|(i, v)| (i / 28) as f32 * v).sum::<f32>() / ink;
//! assert!((row + 0.5 - 14.5).abs() < 0.1);
//! # Ok::<(), atelier::Error>(())
//! ```

mod chance;
mod habits;
pub mod mnist_box;
mod path;
mod raster;
pub mod skeleton;
mod strokes;
pub mod warp;

pub use mnist_box::{DrawSettings, Prepared, Refusal, prepare};
pub use raster::Raster;
pub use strokes::{Point, Strokes};

/// Side of a network's input image, in pixels.
pub const SIDE: usize = 28;
/// Pixels of an input image.
pub const PIXELS: usize = SIDE * SIDE;
