//! The pairs of images that are nearly the same: an exact search that skips most of its work.
//!
//! Comparing 60,000 images with each other would be 1.8 billion distances of
//! 784 pixels. But sums over blocks of pixels bound a distance from below: by
//! the Cauchy–Schwarz inequality, over any n pixels
//!
//! `Σ (x − y)² ≥ (Σx − Σy)² / n`,
//!
//! and blocks that do not overlap add up. So the images are sorted by the sum
//! of all pixels, and a pair is only compared while the bound from that sum,
//! from four quarters, and from 16 blocks of 7×7 pixels are all below the worst
//! distance that is still wanted. What is skipped cannot be among the closest:
//! the result is that of the full search.

use crate::data::{LabelledImages, PIXELS, SIDE};

const QUARTERS: usize = 4;
const BLOCKS: usize = 16;
/// Images after each in the sorted order that are compared first, to have a short worst distance early.
const FIRST_LOOK: usize = 12;

/// Two images and their distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// Σ (x − y)² over the 784 pixels.
    pub squared_distance: u32,
    /// The smaller index.
    pub first: u32,
    /// The larger index.
    pub second: u32,
}

impl Pair {
    /// The root of the mean squared difference of a pixel, in grey levels 0…255.
    pub fn root_mean_square(self) -> f64 {
        (f64::from(self.squared_distance) / PIXELS as f64).sqrt()
    }
}

/// A search for the `wanted` closest pairs that can stop and go on.
///
/// It searches one set, or a training set with its test set behind it: index
/// `train.len()` is then the first test image, and a pair across the two is a
/// test image that was, nearly, trained on.
#[derive(Clone, Debug)]
pub struct ClosestPairs {
    wanted: usize,
    /// What follows is in the order of the sum over all pixels.
    indices: Vec<u32>,
    sums: Vec<i32>,
    quarters: Vec<[f32; QUARTERS]>,
    blocks: Vec<[f32; BLOCKS]>,
    best: Vec<Pair>,
    /// The next pair: positions in the sorted order, and where the left one's partners end.
    left: usize,
    right: usize,
    end: usize,
    first_look: bool,
}

impl ClosestPairs {
    /// Prepares the search; `sets` must be the same at each later call.
    pub fn new(sets: &[&LabelledImages], wanted: usize) -> Self {
        let count = sets.iter().map(|set| set.len()).sum();
        let mut sketches: Vec<_> = (0..count).map(|i| (Sketch::of(image(sets, i)), i as u32)).collect();
        sketches.sort_by_key(|(sketch, index)| (sketch.sum, *index));
        let mut search = Self {
            wanted,
            indices: sketches.iter().map(|&(_, index)| index).collect(),
            sums: sketches.iter().map(|(sketch, _)| sketch.sum).collect(),
            quarters: sketches.iter().map(|(sketch, _)| sketch.quarters).collect(),
            blocks: sketches.iter().map(|(sketch, _)| sketch.blocks).collect(),
            best: Vec::new(),
            left: 0,
            right: 0,
            end: 0,
            first_look: true,
        };
        search.begin(0);
        search
    }

    /// Goes on for about `comparisons` pairs; true once the search is complete.
    pub fn advance(&mut self, sets: &[&LabelledImages], comparisons: usize) -> bool {
        let mut left_over = comparisons.max(1);
        while !self.is_complete() && left_over > 0 {
            let stop = self.end.min(self.right + left_over);
            // A whole image counts as one more, or a slice would never end among images without partners.
            left_over = left_over.saturating_sub(stop - self.right + 1);
            self.compare(sets, stop);
            if self.right == self.end {
                self.begin(self.left + 1);
            }
        }
        self.is_complete()
    }

    /// Whether every pair was compared or ruled out.
    pub fn is_complete(&self) -> bool {
        self.wanted == 0 || !self.first_look && self.left >= self.indices.len()
    }

    /// 0…1: the share of images whose pairs are done.
    pub fn share(&self) -> f64 {
        if self.is_complete() {
            1.0
        } else if self.first_look {
            0.0
        } else {
            self.left as f64 / self.indices.len() as f64
        }
    }

    /// The closest pairs so far, closest first; final once complete.
    pub fn pairs(&self) -> &[Pair] {
        &self.best
    }

    /// Sets out from the image at `left`, or turns from the first look to the full search.
    fn begin(&mut self, mut left: usize) {
        if self.first_look && left >= self.indices.len() {
            self.first_look = false;
            left = 0;
        }
        self.left = left;
        self.right = (left + 1).min(self.indices.len());
        self.end = if left >= self.indices.len() {
            self.right
        } else if self.first_look {
            (self.right + FIRST_LOOK).min(self.indices.len())
        } else {
            // Sorted by sum: from here on the sum alone rules every image out.
            let limit = self.worst().saturating_mul(PIXELS as u64);
            let from = self.sums[left];
            self.right
                + self.sums[self.right..]
                    .partition_point(|&sum| u64::from(sum.abs_diff(from)).pow(2) <= limit)
        };
    }

    /// Compares the image at `left` with those from `right` up to `stop`.
    fn compare(&mut self, sets: &[&LabelledImages], stop: usize) {
        let quarters = self.quarters[self.left];
        let mut limit = rounded_up(self.worst(), PIXELS / QUARTERS);
        for right in self.right..stop {
            if squared_difference(&quarters, &self.quarters[right]) > limit {
                continue;
            }
            let worst = self.worst();
            let blocks = squared_difference(&self.blocks[self.left], &self.blocks[right]);
            if blocks > rounded_up(worst, PIXELS / BLOCKS) {
                continue;
            }
            let (a, b) = (self.indices[self.left], self.indices[right]);
            if let Some(distance) = distance(image(sets, a as usize), image(sets, b as usize), worst) {
                self.offer(Pair { squared_distance: distance, first: a.min(b), second: a.max(b) });
                limit = rounded_up(self.worst(), PIXELS / QUARTERS);
            }
        }
        self.right = stop;
    }

    /// The largest squared distance that may still enter the list.
    fn worst(&self) -> u64 {
        match self.best.last() {
            Some(last) if self.best.len() == self.wanted => u64::from(last.squared_distance),
            _ => u64::MAX / PIXELS as u64,
        }
    }

    fn offer(&mut self, pair: Pair) {
        // The first look and the full search meet the same pairs.
        if let Err(place) = self.best.binary_search(&pair) {
            self.best.insert(place, pair);
            self.best.truncate(self.wanted);
        }
    }
}

fn image<'a>(sets: &[&'a LabelledImages], index: usize) -> &'a [u8] {
    let mut index = index;
    for set in sets {
        if index < set.len() {
            return set.image(index);
        }
        index -= set.len();
    }
    unreachable!("the sets are those the search was made for")
}

struct Sketch {
    sum: i32,
    quarters: [f32; QUARTERS],
    blocks: [f32; BLOCKS],
}

impl Sketch {
    fn of(image: &[u8]) -> Self {
        let mut sketch = Self { sum: 0, quarters: [0.0; QUARTERS], blocks: [0.0; BLOCKS] };
        for (position, &x) in image.iter().enumerate() {
            let (row, column) = (position / SIDE, position % SIDE);
            sketch.sum += i32::from(x);
            // Whole numbers below 2²⁴: exact in f32.
            sketch.quarters[row / 14 * 2 + column / 14] += f32::from(x);
            sketch.blocks[row / 7 * 4 + column / 7] += f32::from(x);
        }
        sketch
    }
}

/// `squared_distance · pixels_of_a_block`, a little larger: the sums of squares that are compared with
/// it are rounded (16 roundings of 2⁻²⁴), and must never rule out by rounding.
fn rounded_up(squared_distance: u64, pixels_of_a_block: usize) -> f32 {
    squared_distance.saturating_mul(pixels_of_a_block as u64) as f32 * 1.00001
}

/// `N` is a multiple of 4.
fn squared_difference<const N: usize>(a: &[f32; N], b: &[f32; N]) -> f32 {
    // Four sums side by side, for the vector unit.
    let mut sums = [0.0f32; 4];
    for (a, b) in a.chunks_exact(4).zip(b.chunks_exact(4)) {
        for lane in 0..4 {
            sums[lane] += (a[lane] - b[lane]) * (a[lane] - b[lane]);
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}

/// Squared distance of two images, or nothing when it exceeds `limit`.
fn distance(a: &[u8], b: &[u8], limit: u64) -> Option<u32> {
    let mut sum = 0u32;
    // Four rows at a time: short enough to stop early, long enough for the vector unit.
    for (a, b) in a.chunks(4 * SIDE).zip(b.chunks(4 * SIDE)) {
        sum += a.iter().zip(b).map(|(&a, &b)| u32::from(a.abs_diff(b)).pow(2)).sum::<u32>();
        if u64::from(sum) > limit {
            return None;
        }
    }
    Some(sum)
}
