//! Scaling of pixels: against hand-made numbers and against what standardising means.

#![cfg(not(target_arch = "wasm32"))]

mod support;

use atelier::data::{LabelledImages, PixelScaling, Scaling};

/// Two images: pixel 0 is 0 and 100, pixel 1 is 50 and 50, the rest 0.
fn two_images() -> LabelledImages {
    let mut pixels = vec![0; 2 * 784];
    pixels[1] = 50;
    pixels[784] = 100;
    pixels[785] = 50;
    LabelledImages::new(pixels, vec![0, 1], vec!["a".into(), "b".into()]).unwrap()
}

fn scaled(scaling: &PixelScaling, image: &[u8]) -> Vec<f32> {
    // NaN before, so that a pixel left out would show.
    let mut out = vec![f32::NAN; 784];
    scaling.apply(image, &mut out);
    out
}

#[test]
fn none_keeps_the_bytes_and_min_max_divides_by_255() {
    let set = two_images();
    let all: Vec<u8> = (0..784).map(|i| (i % 256) as u8).collect();
    let none = scaled(&PixelScaling::fit(Scaling::None, &set, &[0]), &all);
    let min_max = scaled(&PixelScaling::fit(Scaling::MinMax, &set, &[0]), &all);
    for (i, &byte) in all.iter().enumerate() {
        assert_eq!(none[i], f32::from(byte));
        // 1/255 is rounded once, the product once more: two halves of a unit in the last place.
        assert!((min_max[i] - f32::from(byte) / 255.0).abs() <= f32::EPSILON);
    }
    assert_eq!((min_max[0], min_max[255]), (0.0, 1.0));
}

#[test]
fn standardising_by_hand() {
    let set = two_images();
    let fitted = PixelScaling::fit(Scaling::Standardized, &set, &[0, 1]);
    // Mean 50, deviation 50.
    assert_eq!(scaled(&fitted, set.image(0))[0], -1.0);
    assert_eq!(scaled(&fitted, set.image(1))[0], 1.0);
    // Constant pixels are 0 whatever comes, and are named.
    assert_eq!(scaled(&fitted, &[255; 784])[1], 0.0);
    assert_eq!(fitted.constant_pixels().len(), 783);
    assert_eq!(fitted.constant_pixels()[0], 1);
}

#[test]
fn only_the_training_part_is_looked_at() {
    let set = two_images();
    let fitted = PixelScaling::fit(Scaling::Standardized, &set, &[1]);
    assert_eq!(fitted.constant_pixels().len(), 784);
}

#[test]
fn real_pixels_standardised_have_mean_0_and_deviation_1() {
    let set = support::data_set("fashion-mnist", "t10k");
    let train: Vec<u32> = (0..8000).collect();
    let fitted = PixelScaling::fit(Scaling::Standardized, &set, &train);
    let (mut sums, mut squares) = (vec![0.0f64; 784], vec![0.0f64; 784]);
    for &index in &train {
        for (i, &x) in scaled(&fitted, set.image(index as usize)).iter().enumerate() {
            sums[i] += f64::from(x);
            squares[i] += f64::from(x).powi(2);
        }
    }
    for i in (0..784).filter(|&i| !fitted.constant_pixels().contains(&(i as u32))) {
        let (mean, square) = (sums[i] / 8000.0, squares[i] / 8000.0);
        // A value is off by 2⁻²³ of |x·multiply| + |add|, at most 2·255/deviation; the smallest deviation
        // here is 0.0112 (one image in 8,000 with 1), so by 5·10⁻³ in one image, far less in the mean.
        assert!(mean.abs() < 1e-4, "pixel {i}: mean {mean}");
        assert!((square - 1.0).abs() < 1e-4, "pixel {i}: mean square {square}");
    }
}
