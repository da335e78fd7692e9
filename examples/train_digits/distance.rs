//! How far unseen images lie from the training images: the scale of the page's gauge.

use atelier::draw::PIXELS;
use ndarray::{Array2, Axis};

use crate::digits::{Digit, Digits};

/// The distances of a set's test images to their nearest training image, as 101 quantiles from 0 % to 100 %.
///
/// Euclidean, over 784 pixels 0…1; every fifth test image, 2,000 of them. By
/// `‖a − b‖² = ‖a‖² + ‖b‖² − 2 a·b`, so that it is one matrix product.
pub fn quantiles(set: &str, train: &Digits) -> Vec<f32> {
    let test = Digits::plain(set, "t10k");
    let test: Vec<&Digit> = test.0.iter().step_by(5).collect();
    let square = |image: &[f32]| image.iter().map(|v| v * v).sum::<f32>();
    let rows = |digits: &[&Digit]| {
        let pixels = digits.iter().flat_map(|digit| digit.image.iter().copied()).collect();
        Array2::<f32>::from_shape_vec((digits.len(), PIXELS), pixels).expect("784 pixels a digit")
    };
    let images = rows(&test);
    let mut nearest = vec![f32::INFINITY; test.len()];
    for chunk in train.0.chunks(2000) {
        let chunk: Vec<&Digit> = chunk.iter().collect();
        let products = images.dot(&rows(&chunk).t());
        let squares: Vec<f32> = chunk.iter().map(|digit| square(&digit.image)).collect();
        for ((nearest, products), digit) in nearest.iter_mut().zip(products.axis_iter(Axis(0))).zip(&test) {
            let own = square(&digit.image);
            for (product, other) in products.iter().zip(&squares) {
                *nearest = nearest.min((own + other - 2.0 * product).max(0.0).sqrt());
            }
        }
    }
    nearest.sort_by(f32::total_cmp);
    (0..=100).map(|percent| nearest[(nearest.len() - 1) * percent / 100]).collect()
}
