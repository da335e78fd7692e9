//! The thousand real pen digits of `tests/fixtures/pen-digits`, as strokes.

use atelier::draw::{Point, Strokes};

/// MNIST's digits are narrower than the squares that the source stretched its digits to.
const ASPECT: f32 = 0.7;

/// Every digit of the file: a smooth curve through its eight points, and which digit it is.
pub fn pen_digits() -> Vec<(Strokes, u8)> {
    let text = include_str!("../fixtures/pen-digits/dev.csv");
    text.lines().skip(1).map(parse).collect()
}

fn parse(line: &str) -> (Strokes, u8) {
    let numbers: Vec<f32> = line.split(',').map(|field| field.parse().unwrap()).collect();
    let (points, digit) = numbers.split_at(16);
    // 0…100 with y up becomes the pad's 0…1 with y down, with a rim.
    let place = |p: &[f32]| Point::new(0.15 + 0.7 * ASPECT * p[0] / 100.0, 0.85 - 0.7 * p[1] / 100.0);
    (Strokes::new(vec![points.chunks_exact(2).map(place).collect()]).smooth(8), digit[0] as u8)
}
