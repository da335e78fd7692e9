//! A round pen on a fine grid of samples, averaged down to pixels.

use super::{PIXELS, Point, SIDE, Strokes};
use crate::elementary::hypot;

/// Samples a pixel along each axis: 64 of them give 65 levels of grey.
const SAMPLES: usize = 8;
/// The grid is wider than the image, so that it can be moved before it is averaged.
const GRID_PIXELS: usize = 48;
const GRID: usize = GRID_PIXELS * SAMPLES;
const WORDS: usize = GRID / 64;
/// Where the image begins on the grid when it is not moved, in pixels.
const MARGIN: f32 = ((GRID_PIXELS - SIDE) / 2) as f32;

/// Ink on a grid of 384×384 samples: one bit each, set where the pen touched.
///
/// Coordinates are pixels of the 28×28 image, which stands in the middle of a
/// 48×48 field. Each piece of a stroke is a capsule, filled row by row, so a
/// piece costs its rows and not its area: a stroke of 100,000 points takes some
/// milliseconds.
#[derive(Clone, Debug, PartialEq)]
pub struct Raster {
    rows: Vec<[u64; WORDS]>,
}

impl Default for Raster {
    fn default() -> Self {
        Self::new()
    }
}

impl Raster {
    /// A grid without ink.
    pub fn new() -> Self {
        Self { rows: vec![[0; WORDS]; GRID] }
    }

    /// Inks `strokes` with a round pen of `width` pixels; a point is a round dot.
    ///
    /// Pressure 0…1 widens it from half to one and a half of `width`.
    pub fn ink(&mut self, strokes: &Strokes, width: f32) {
        for stroke in strokes.list() {
            let mut from = stroke[0];
            self.capsule(from, from, width);
            for &to in &stroke[1..] {
                // Closer than a quarter of a sample shows nowhere: skip, but keep the start.
                if from.distance(to) * SAMPLES as f32 >= 0.25 {
                    self.capsule(from, to, width);
                    from = to;
                }
            }
        }
    }

    /// Sets the samples within half a pen width of the piece `a`–`b`.
    fn capsule(&mut self, a: Point, b: Point, width: f32) {
        let scale = SAMPLES as f32;
        let pressure = (a.pressure + b.pressure) / 2.0;
        let radius = width * (0.5 + pressure) / 2.0 * scale;
        let (ax, ay) = ((a.x + MARGIN) * scale, (a.y + MARGIN) * scale);
        let (bx, by) = ((b.x + MARGIN) * scale, (b.y + MARGIN) * scale);
        let length = hypot(bx - ax, by - ay);
        // Half the pen's width, across the piece.
        let (nx, ny) = if length > 0.0 {
            (-(by - ay) / length * radius, (bx - ax) / length * radius)
        } else {
            (0.0, 0.0)
        };
        let corners = [(ax + nx, ay + ny), (bx + nx, by + ny), (bx - nx, by - ny), (ax - nx, ay - ny)];
        let first = (ay.min(by) - radius - 0.5).ceil().clamp(0.0, GRID as f32) as usize;
        let last = (ay.max(by) + radius - 0.5).floor().clamp(-1.0, GRID as f32 - 1.0);
        for row in first..(last + 1.0) as usize {
            let y = row as f32 + 0.5;
            let (mut left, mut right) = (f32::INFINITY, f32::NEG_INFINITY);
            let mut reach = |x: f32| {
                left = left.min(x);
                right = right.max(x);
            };
            for (cx, cy) in [(ax, ay), (bx, by)] {
                let half = radius * radius - (y - cy) * (y - cy);
                if half >= 0.0 {
                    reach(cx - half.sqrt());
                    reach(cx + half.sqrt());
                }
            }
            for k in 0..4 {
                let ((x0, y0), (x1, y1)) = (corners[k], corners[(k + 1) % 4]);
                if (y0 <= y) != (y1 <= y) {
                    reach(x0 + (x1 - x0) * (y - y0) / (y1 - y0));
                }
            }
            // A capsule is convex: between its leftmost and rightmost point the row is all ink.
            self.fill(row, left, right);
        }
    }

    /// Sets the samples of `row` whose centres lie in `left..=right`.
    fn fill(&mut self, row: usize, left: f32, right: f32) {
        let first = (left - 0.5).ceil().max(0.0);
        let last = (right - 0.5).floor().min(GRID as f32 - 1.0);
        if first > last {
            return;
        }
        let (first, last) = (first as usize, last as usize);
        for word in first / 64..=last / 64 {
            let from = first.saturating_sub(word * 64);
            let to = (last - word * 64).min(63);
            self.rows[row][word] |= (!0u64 << from) & (!0u64 >> (63 - to));
        }
    }

    /// The ink's area in pixels.
    pub fn area(&self) -> f32 {
        let bits: u32 = self.rows.iter().flatten().map(|word| word.count_ones()).sum();
        bits as f32 / (SAMPLES * SAMPLES) as f32
    }

    /// The ink's centre of mass in pixels of the image; `None` without ink.
    pub fn centre_of_mass(&self) -> Option<(f32, f32)> {
        let (mut count, mut sum_x, mut sum_y) = (0u64, 0u64, 0u64);
        for (y, row) in self.rows.iter().enumerate() {
            for (index, &word) in row.iter().enumerate() {
                let mut rest = word;
                while rest != 0 {
                    sum_x += (index * 64) as u64 + u64::from(rest.trailing_zeros());
                    rest &= rest - 1;
                }
                count += u64::from(word.count_ones());
                sum_y += y as u64 * u64::from(word.count_ones());
            }
        }
        let middle = |sum: u64| (sum as f64 / count as f64 + 0.5) as f32 / SAMPLES as f32 - MARGIN;
        (count > 0).then(|| (middle(sum_x), middle(sum_y)))
    }

    /// The 28×28 image, 0 (paper) … 1 (ink): each pixel the mean of its 64 samples.
    ///
    /// The ink is first moved by `(dx, dy)` pixels, to the nearest eighth of one. With `hard` the pixel is
    /// its middle sample alone, 0 or 1.
    pub fn image(&self, (dx, dy): (f32, f32), hard: bool) -> Vec<f32> {
        let offset = |d: f32| ((MARGIN - d) * SAMPLES as f32).round() as isize;
        let (x0, y0) = (offset(dx), offset(dy));
        let mut image = vec![0.0; PIXELS];
        for (index, pixel) in image.iter_mut().enumerate() {
            let x = x0 + (index % SIDE * SAMPLES) as isize;
            let y = y0 + (index / SIDE * SAMPLES) as isize;
            if hard {
                let middle = self.eight(x, y + SAMPLES as isize / 2) >> (SAMPLES / 2) & 1;
                *pixel = f32::from(middle);
            } else {
                let bits: u32 = (0..SAMPLES as isize).map(|k| self.eight(x, y + k).count_ones()).sum();
                *pixel = bits as f32 / (SAMPLES * SAMPLES) as f32;
            }
        }
        image
    }

    /// The eight samples of row `y` that begin at column `x`; off the grid there is paper.
    fn eight(&self, x: isize, y: isize) -> u8 {
        if y < 0 || y >= GRID as isize || x <= -8 || x >= GRID as isize {
            return 0;
        }
        let row = &self.rows[y as usize];
        if x < 0 {
            return (row[0] << -x) as u8;
        }
        let (word, bit) = (x as usize / 64, x as usize % 64);
        let mut bits = row[word] >> bit;
        if bit > 56 && word + 1 < WORDS {
            bits |= row[word + 1] << (64 - bit);
        }
        bits as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strokes(points: &[(f32, f32)]) -> Strokes {
        Strokes::new(vec![points.iter().map(|&(x, y)| Point::new(x, y)).collect()])
    }

    #[test]
    fn a_line_has_the_area_of_its_capsule_and_its_middle_as_centre() {
        for end in [(20.0, 14.0), (8.0, 20.0), (17.0, 21.0), (8.25, 8.0)] {
            let mut raster = Raster::new();
            raster.ink(&strokes(&[(8.0, 14.0), end]), 2.0);
            let length = Point::new(8.0, 14.0).distance(Point::new(end.0, end.1));
            let area = 2.0 * length + std::f32::consts::PI;
            // The rim is cut to samples: an error of at most a few of them over some hundred on the rim.
            assert!((raster.area() - area).abs() < 0.02 * area, "{end:?}: {} and {area}", raster.area());
            let (x, y) = raster.centre_of_mass().unwrap();
            assert!((x - (8.0 + end.0) / 2.0).abs() < 0.05 && (y - (14.0 + end.1) / 2.0).abs() < 0.05);
        }
    }

    #[test]
    fn rows_and_a_test_of_every_sample_agree() {
        // The simple way: the distance of each sample to the piece.
        let (a, b) = ((5.3f32, 4.1f32), (19.7f32, 11.9f32));
        let mut raster = Raster::new();
        raster.ink(&strokes(&[a, b]), 3.0);
        let mut different = 0;
        for (y, row) in raster.rows.iter().enumerate() {
            for x in 0..GRID {
                let (px, py) = ((x as f32 + 0.5) / 8.0 - MARGIN, (y as f32 + 0.5) / 8.0 - MARGIN);
                let (dx, dy) = (b.0 - a.0, b.1 - a.1);
                let t = (((px - a.0) * dx + (py - a.1) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
                let near = (px - a.0 - t * dx).hypot(py - a.1 - t * dy) <= 1.5;
                different += usize::from(near != (row[x / 64] >> (x % 64) & 1 == 1));
            }
        }
        // Samples exactly on the rim may fall to either side.
        assert!(different <= 2, "{different} samples differ");
    }

    #[test]
    fn moving_the_image_moves_the_pixels() {
        let mut raster = Raster::new();
        raster.ink(&strokes(&[(10.0, 10.0), (14.0, 17.0)]), 2.5);
        let (still, moved) = (raster.image((0.0, 0.0), false), raster.image((3.0, -2.0), false));
        for y in 0..SIDE - 2 {
            for x in 0..SIDE - 3 {
                assert_eq!(still[(y + 2) * SIDE + x], moved[y * SIDE + x + 3]);
            }
        }
        assert_eq!(still.iter().sum::<f32>(), raster.area());
        assert!(raster.image((0.0, 0.0), true).iter().all(|&v| v == 0.0 || v == 1.0));
        assert!(raster.image((900.0, 900.0), false).iter().all(|&v| v == 0.0));
    }

    #[test]
    fn a_stroke_of_100000_points_is_fast() {
        let spiral: Vec<(f32, f32)> = (0..100_000)
            .map(|i| {
                let (angle, radius) = (i as f32 * 0.01, 12.0 * (i as f32 / 100_000.0));
                (14.0 + radius * angle.cos(), 14.0 + radius * angle.sin())
            })
            .collect();
        let begin = std::time::Instant::now();
        let mut raster = Raster::new();
        raster.ink(&strokes(&spiral), 2.3);
        // Some 20 ms here; the bound leaves room for a slow, busy machine.
        assert!(begin.elapsed().as_millis() < 1000, "{:?}", begin.elapsed());
        assert!(raster.area() > 400.0);
    }
}
