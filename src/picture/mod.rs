//! Numbers to RGBA pixels, ready to be painted on a canvas.
//!
//! Colour comes from the page's theme as a [`Palette`]; the number is in the
//! alpha channel. So 0 is transparent and shows the paper, light or dark, and
//! one picture needs no knowledge of what lies behind it.
//!
//! # Examples
//! ```
//! use atelier::picture::{Palette, diverging, largest_magnitude};
//!
//! let weights = [0.5f32, -0.25, 0.0];
//! let palette = Palette { ink: [0; 3], positive: [0, 0, 255], negative: [255, 128, 0] };
//! let rgba = diverging(&weights, largest_magnitude(&weights), &palette);
//! assert_eq!(rgba[..4], [0, 0, 255, 255]); // the largest is opaque
//! assert_eq!(rgba[4..8], [255, 128, 0, 128]); // half as large: half seen through
//! assert_eq!(rgba[11], 0); // 0 is paper
//! ```

mod palette;
mod scale;

pub use palette::{Palette, diverging, ink, intensity, two_ends};
pub use scale::{largest_magnitude, magnitude_of_most, scale_for_most};
