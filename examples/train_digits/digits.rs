//! The images to train on, and their variations.

use atelier::Generator;
use atelier::draw::skeleton::Skeleton;
use atelier::draw::warp::{Distortion, distort, redraw};
use atelier::draw::{PIXELS, Point};
use rand::RngExt;

use crate::support;

/// One image with the path that a pen could have taken.
pub struct Digit {
    pub image: Vec<f32>,
    pub label: u8,
    pub path: Vec<Vec<Point>>,
}

pub struct Digits(pub Vec<Digit>);

impl Digits {
    /// A part of MNIST with its paths, traced once.
    pub fn mnist(part: &str, seed: u64) -> Self {
        let mut digits = Self::plain("mnist", part);
        let mut generator = Generator::new(seed);
        for digit in &mut digits.0 {
            digit.path = Skeleton::of(&digit.image).trace(&mut generator);
        }
        digits
    }

    /// A part of any set, without paths.
    pub fn plain(set: &str, part: &str) -> Self {
        let set = support::data_set(set, part);
        let images = set.pixels().chunks_exact(PIXELS).zip(set.labels());
        let scaled = |pixels: &[u8]| pixels.iter().map(|&v| f32::from(v) / 255.0).collect();
        Self(
            images.map(|(pixels, &label)| Digit { image: scaled(pixels), label, path: Vec::new() }).collect(),
        )
    }
}

/// Which share of the images is varied how; the rest stays as it is.
#[derive(Clone, Copy)]
pub struct Variations {
    pub redrawn: f64,
    pub distorted: f64,
}

impl Default for Variations {
    fn default() -> Self {
        Self { redrawn: 0.5, distorted: 0.4 }
    }
}

impl Variations {
    /// One variation of `digit`.
    pub fn vary(&self, digit: &Digit, into: &mut [f32], generator: &mut Generator) {
        let choice = generator.random::<f64>();
        if choice < self.redrawn
            && let Some(image) = redraw(&digit.path, digit.label, generator)
        {
            into.copy_from_slice(&image);
        } else if choice < self.redrawn + self.distorted {
            distort(&digit.image, into, &Distortion::default(), generator);
        } else {
            into.copy_from_slice(&digit.image);
        }
    }
}
