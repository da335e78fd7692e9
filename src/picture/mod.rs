//! Numbers to RGBA pixels, ready to be painted on a canvas.
//!
//! Colour comes from the page's theme as a [`Palette`]; the number is in the
//! alpha channel. So 0 is transparent and shows the paper, light or dark, and
//! one picture needs no knowledge of what lies behind it.

mod palette;
mod scale;

pub use palette::{Palette, diverging, ink, intensity, two_ends};
pub use scale::{largest_magnitude, magnitude_of_most, scale_for_most};
