//! Measures the pen of the MNIST training digits: `cargo run --release --example measure_pen`.
//!
//! A stroke of width w and length L leaves about w·L of ink, so ink divided by the
//! length of the thinned line measures w, up to what round ends and thinning do
//! to it. That bias is removed by comparison: the same digits are drawn again
//! along their traced paths with our own pen at several widths and measured in
//! the same way; the width that gives MNIST's own median is MNIST's pen.
// The data sets come from files: nothing for a browser.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]

use atelier::Generator;
use atelier::draw::mnist_box::fit;
use atelier::draw::skeleton::Skeleton;
use atelier::draw::{PIXELS, SIDE, Strokes};

#[path = "../tests/support/mod.rs"]
mod support;

fn median(values: &mut [f32]) -> f32 {
    values.sort_by(f32::total_cmp);
    values[values.len() / 2]
}

fn width(image: &[f32]) -> Option<f32> {
    let length = Skeleton::of(image).length();
    (length > 5.0).then(|| image.iter().sum::<f32>() / length)
}

fn main() {
    let train = support::data_set("mnist", "train");
    let images: Vec<Vec<f32>> = train
        .pixels()
        .chunks_exact(PIXELS)
        .map(|image| image.iter().map(|&v| f32::from(v) / 255.0).collect())
        .collect();

    let (mut columns, mut rows, mut most) = (Vec::new(), Vec::new(), 0.0f32);
    for image in &images {
        let ink: f32 = image.iter().sum();
        let mean = |place: &dyn Fn(usize) -> usize| {
            image.iter().enumerate().map(|(i, v)| (place(i) as f32 + 0.5) * v).sum::<f32>() / ink
        };
        columns.push(mean(&|i| i % SIDE));
        rows.push(mean(&|i| i / SIDE));
        most = most.max(ink / 400.0);
    }
    println!(
        "centre of mass, median: column {:.3}, row {:.3} (0 and 28 are the edges)",
        median(&mut columns),
        median(&mut rows)
    );
    println!("most ink in one digit: {most:.3} of the 20×20 box");

    let mut own: Vec<f32> = images.iter().filter_map(|image| width(image)).collect();
    let wanted = median(&mut own);
    println!(
        "ink / length of the thinned line: median {wanted:.3}, 10 % {:.3}, 90 % {:.3}",
        own[own.len() / 10],
        own[own.len() * 9 / 10]
    );

    // Every sixth digit is enough for a median to two places.
    let mut generator = Generator::new(42);
    let paths: Vec<Strokes> = images
        .iter()
        .step_by(6)
        .map(|image| Strokes::new(Skeleton::of(image).trace(&mut generator)))
        .collect();
    let mut before: Option<(f32, f32)> = None;
    for step in 0..=12 {
        let pen = 1.6 + 0.15 * step as f32;
        let mut drawn: Vec<f32> =
            paths.iter().filter_map(|path| fit(path, pen)).filter_map(|image| width(&image)).collect();
        let measured = median(&mut drawn);
        println!("our pen at {pen:.2} px measures {measured:.3}");
        if let Some((last_pen, last)) = before
            && last < wanted
            && wanted <= measured
        {
            println!(
                "→ MNIST's pen: {:.2} px",
                last_pen + (pen - last_pen) * (wanted - last) / (measured - last)
            );
        }
        before = Some((pen, measured));
    }
}
