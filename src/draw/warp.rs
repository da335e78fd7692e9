//! Variations of a digit: what the shipped network is trained on beside the digits themselves.
//!
//! Two families. [`distort`] moves the pixels of an image: a shift, a turn, a
//! scaling, a shear, and a smooth random bending. [`redraw`] takes the path that
//! [`super::skeleton`] found, and lets another hand draw it again with our own
//! pen: fewer points, other proportions, lifts that leave a trace.

use rand::RngExt;
use rand::seq::SliceRandom;

use super::chance::normal;
use super::path::{length, resample};
use super::{Point, SIDE, Strokes, habits, mnist_box};
use crate::Generator;
use crate::elementary::{cos, exp, powf, sin};

/// How strongly [`distort`] varies; each number is a standard deviation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distortion {
    /// Radians.
    pub turn: f32,
    /// Share, along each axis for itself.
    pub scale: f32,
    /// Pixels sideways a pixel of height.
    pub shear: f32,
    /// Pixels.
    pub shift: f32,
    /// Pixels that a knot of the 5×5 bending grid moves.
    pub bend: f32,
}

impl Default for Distortion {
    fn default() -> Self {
        Self { turn: 0.13, scale: 0.08, shear: 0.15, shift: 0.6, bend: 0.9 }
    }
}

/// Knots of the bending grid along each axis.
const KNOTS: usize = 5;

/// Bends, turns, scales, shears and shifts an image of 784 values into `into`.
///
/// Each pixel of the result is looked up in the source where the inverse map puts
/// it, between its four neighbours; outside there is paper.
pub fn distort(image: &[f32], into: &mut [f32], by: &Distortion, generator: &mut Generator) {
    let turn = normal(generator, by.turn);
    let (sin, cos) = (sin(turn), cos(turn));
    let shear = normal(generator, by.shear);
    let (sx, sy) = (exp(normal(generator, by.scale)), exp(normal(generator, by.scale)));
    let (dx, dy) = (normal(generator, by.shift), normal(generator, by.shift));
    let knots = bending(generator, by.bend);
    let half = SIDE as f32 / 2.0;
    for y in 0..SIDE {
        for x in 0..SIDE {
            let bend = between_knots(&knots, x as f32 / SIDE as f32, y as f32 / SIDE as f32);
            let (u, v) = (x as f32 + 0.5 - half, y as f32 + 0.5 - half);
            let (u, v) = (u + shear * v, v);
            let (u, v) = (sx * (cos * u - sin * v) + dx, sy * (sin * u + cos * v) + dy);
            into[y * SIDE + x] = sample(image, u + half - 0.5 + bend.0, v + half - 0.5 + bend.1);
        }
    }
}

type Knots = [[(f32, f32); KNOTS]; KNOTS];

fn bending(generator: &mut Generator, deviation: f32) -> Knots {
    let mut knots = [[(0.0, 0.0); KNOTS]; KNOTS];
    for knot in knots.iter_mut().flatten() {
        *knot = (normal(generator, deviation), normal(generator, deviation));
    }
    knots
}

fn between_knots(knots: &Knots, u: f32, v: f32) -> (f32, f32) {
    let (u, v) = (u * (KNOTS - 1) as f32, v * (KNOTS - 1) as f32);
    let (i, j) = ((u as usize).min(KNOTS - 2), (v as usize).min(KNOTS - 2));
    // Smoothstep: the bending has no kink at a knot.
    let ease = |t: f32| t * t * (3.0 - 2.0 * t);
    let (s, t) = (ease(u - i as f32), ease(v - j as f32));
    let mix = |a: (f32, f32), b: (f32, f32), t: f32| (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t);
    mix(mix(knots[j][i], knots[j][i + 1], s), mix(knots[j + 1][i], knots[j + 1][i + 1], s), t)
}

/// The image at a place between pixel centres.
fn sample(image: &[f32], x: f32, y: f32) -> f32 {
    let (x0, y0) = (x.floor(), y.floor());
    let (fx, fy) = (x - x0, y - y0);
    let (x0, y0) = (x0 as isize, y0 as isize);
    let at = |x: isize, y: isize| {
        let inside = (0..SIDE as isize).contains(&x) && (0..SIDE as isize).contains(&y);
        if inside { image[y as usize * SIDE + x as usize] } else { 0.0 }
    };
    let top = at(x0, y0) * (1.0 - fx) + at(x0 + 1, y0) * fx;
    let bottom = at(x0, y0 + 1) * (1.0 - fx) + at(x0 + 1, y0 + 1) * fx;
    top * (1.0 - fy) + bottom * fy
}

/// Another hand draws the same path: the image that the network would receive.
///
/// In this order, each by chance: habits of another school are added (a 7 gets its bar), strokes change
/// places or direction, a pen lift leaves a line, the path is cut down to a few points (eight in most
/// cases: corners are cut as a coarse tablet cuts them), the points tremble, ends curl, the whole is bent,
/// turned, sheared, its proportions changed, stretched to a square and narrowed again, drawn as a smooth
/// curve with a pen of 0.65…1.5 of the measured width, and boxed as MNIST is.
///
/// `None` when `path` has no points.
pub fn redraw(path: &[Vec<Point>], digit: u8, generator: &mut Generator) -> Option<Vec<f32>> {
    let mut strokes: Vec<Vec<Point>> = path.to_vec();
    habits::add(&mut strokes, digit, generator);
    if generator.random_bool(0.25) {
        strokes.shuffle(generator);
    }
    for stroke in &mut strokes {
        if generator.random_bool(0.1) {
            stroke.reverse();
        }
    }
    let coarse = generator.random_bool(0.6);
    if coarse || generator.random_bool(0.4) {
        strokes = vec![strokes.concat()];
    }
    if strokes.len() == 1 {
        let count = if coarse { 8 } else { 9 + generator.random_range(0..16) };
        strokes[0] = resample(&strokes[0], count);
    } else {
        let whole: f32 = strokes.iter().map(|s| length(s)).sum();
        for stroke in &mut strokes {
            let share = length(stroke) / whole.max(f32::MIN_POSITIVE);
            *stroke = resample(stroke, 2 + (share * generator.random_range(8.0..24.0)) as usize);
        }
    }
    let tremble = generator.random_range(0.0..0.6);
    for point in strokes.iter_mut().flatten() {
        point.x += normal(generator, tremble);
        point.y += normal(generator, tremble);
    }
    for stroke in &mut strokes {
        habits::curl(stroke, generator);
    }
    let strokes = Strokes::new(strokes);
    let strength = generator.random_range(0.0..1.6);
    let knots = bending(generator, strength);
    let strokes = strokes.map(|p| {
        let size = SIDE as f32;
        let bend = between_knots(&knots, (p.x / size).clamp(0.0, 1.0), (p.y / size).clamp(0.0, 1.0));
        Point { x: p.x + bend.0, y: p.y + bend.1, ..p }
    });
    let turn = normal(generator, 0.12);
    let (sin, cos) = (sin(turn), cos(turn));
    let shear = normal(generator, 0.2);
    let turned = strokes.map(|p| {
        let x = p.x + shear * p.y;
        Point { x: cos * x - sin * p.y, y: sin * x + cos * p.y, ..p }
    });
    let (left, top, right, bottom) = turned.bounds()?;
    let (width, height) = (right - left, bottom - top);
    let (gx, gy) = (exp(normal(generator, 0.2)), exp(normal(generator, 0.25)));
    // Proportions: a loop above or below grows at the cost of the rest.
    let part = |v: f32, low: f32, size: f32, power: f32| {
        if size > 0.0 { low + size * powf(((v - low) / size).clamp(0.0, 1.0), power) } else { v }
    };
    let turned = turned.map(|p| Point { x: part(p.x, left, width, gx), y: part(p.y, top, height, gy), ..p });
    let squared = generator.random_bool(0.5) && width > 0.0 && height > 0.0;
    let (sx, sy) = if squared {
        (generator.random_range(0.6..0.85) / width, 1.0 / height)
    } else {
        (exp(normal(generator, 0.12)), 1.0)
    };
    let pieces = if coarse { 8 } else { 4 };
    let drawn = turned.map(|p| Point { x: p.x * sx, y: p.y * sy, ..p }).smooth(pieces);
    let pen = mnist_box::PEN_WIDTH * exp(generator.random_range(-0.43..0.4));
    mnist_box::fit(&drawn, pen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_to_vary_leaves_the_image_alone() {
        let image: Vec<f32> = (0..784).map(|i| (i % 7) as f32 / 6.0).collect();
        let still = Distortion { turn: 0.0, scale: 0.0, shear: 0.0, shift: 0.0, bend: 0.0 };
        let mut into = vec![f32::NAN; 784];
        distort(&image, &mut into, &still, &mut Generator::new(1));
        assert!(image.iter().zip(&into).all(|(a, b)| (a - b).abs() < 1e-5));
        distort(&image, &mut into, &Distortion::default(), &mut Generator::new(1));
        assert!(image.iter().zip(&into).any(|(a, b)| (a - b).abs() > 0.1));
    }

    #[test]
    fn the_same_seed_redraws_the_same_pixels() {
        let path = vec![vec![Point::new(8.0, 5.0), Point::new(14.0, 9.0), Point::new(9.0, 22.0)]];
        let draw = |seed| redraw(&path, 3, &mut Generator::new(seed)).unwrap();
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        assert!(redraw(&[], 3, &mut Generator::new(1)).is_none());
    }
}
