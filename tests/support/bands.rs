//! Images that a network learns in a moment, and the settings of a small run on them.

use std::rc::Rc;

use atelier::data::{LabelledImages, PIXELS};
use atelier::train::TrainingSettings;
use rand::RngExt;

/// `count` images of ten classes: class `k` is bright in its own band of pixels, with some noise.
pub fn bands(count: usize, seed: u64) -> Rc<LabelledImages> {
    let mut generator = atelier::Generator::new(seed);
    let labels: Vec<u8> = (0..count).map(|_| generator.random_range(0..10)).collect();
    let pixels = labels.iter().flat_map(|&label| {
        let mut image = vec![0; PIXELS];
        for (pixel, value) in image.iter_mut().enumerate() {
            let base = if pixel / 79 == usize::from(label) { 120 } else { 20 };
            // The last two rows are always black, as the border of real images is.
            *value = if pixel < 728 { base + generator.random_range(0..100) } else { 0 };
        }
        image
    });
    let names = (0..10).map(|k| k.to_string()).collect();
    Rc::new(LabelledImages::new(pixels.collect(), labels, names).unwrap())
}

/// A small run: 160 training images in batches of 32, 40 for validation.
pub fn small() -> TrainingSettings {
    TrainingSettings { epochs: 3, ..TrainingSettings::default() }
}
