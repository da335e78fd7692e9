//! How fast and how well a drawing is read: the shipped network on the thousand real pen digits.
//!
//! Prints accuracy and confusion, then times each stage on one digit and on a stroke of 100,000 points.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]

use std::hint::black_box;

use atelier::draw::{DrawSettings, PIXELS, Point, Strokes, prepare};
use atelier::nn::Model;
use criterion::{Criterion, criterion_group, criterion_main};

#[path = "../tests/support/pen_digits.rs"]
mod pen_digits;

fn report(model: &Model, digits: &[(Strokes, u8)]) {
    let mut confusion = [[0u32; 10]; 10];
    for (strokes, digit) in digits {
        let image = prepare(strokes, &DrawSettings::default()).unwrap().image;
        confusion[usize::from(*digit)][model.forward(&image).unwrap().prediction(0)] += 1;
    }
    let right: u32 = (0..10).map(|digit| confusion[digit][digit]).sum();
    println!("pen digits read right: {right} of {} (rows: the digit, columns: the answer)", digits.len());
    for (digit, row) in confusion.iter().enumerate() {
        println!("{digit}: {}", row.map(|count| format!("{count:>4}")).concat());
    }
}

fn drawing(criterion: &mut Criterion) {
    let file = include_bytes!("../assets/models/digits.safetensors");
    let model = Model::from_bytes(file).unwrap();
    let digits = pen_digits::pen_digits();
    report(&model, &digits);
    let settings = DrawSettings::default();
    let (strokes, _) = &digits[0];
    let image = prepare(strokes, &settings).unwrap().image;
    assert_eq!(image.len(), PIXELS);
    let spiral = |i: usize| {
        let (angle, radius) = (i as f32 * 0.01, 0.45 * i as f32 / 100_000.0);
        Point::new(0.5 + radius * angle.cos(), 0.5 + radius * angle.sin())
    };
    let long = Strokes::new(vec![(0..100_000).map(spiral).collect()]);

    let mut group = criterion.benchmark_group("drawing");
    group.sample_size(20);
    group.bench_function("strokes to pixels", |b| b.iter(|| prepare(black_box(strokes), &settings)));
    group.bench_function("100,000 points to pixels", |b| b.iter(|| prepare(black_box(&long), &settings)));
    group.bench_function("pixels to probabilities", |b| b.iter(|| model.forward(black_box(&image))));
    group.bench_function("pixels for and against", |b| b.iter(|| model.contributions(black_box(&image), 7)));
    group.bench_function("open the model's file", |b| b.iter(|| Model::from_bytes(black_box(file))));
    group.finish();
}

criterion_group!(benches, drawing);
criterion_main!(benches);
