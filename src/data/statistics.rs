//! What a data set looks like as a whole: counts, mean images, histograms of pixel values.

use super::{LabelledImages, PIXELS, PixelScaling};

/// Number of images of each class, in the order of the labels.
pub fn class_counts(images: &LabelledImages) -> Vec<u32> {
    let mut counts = vec![0; images.num_classes()];
    for &label in images.labels() {
        counts[usize::from(label)] += 1;
    }
    counts
}

/// Mean image of each class, 784 numbers 0…255; zeros for a class without images. The sums are exact.
pub fn class_means(images: &LabelledImages) -> Vec<Vec<f64>> {
    let mut sums = vec![[0u64; PIXELS]; images.num_classes()];
    for (image, &label) in images.pixels().chunks_exact(PIXELS).zip(images.labels()) {
        for (sum, &x) in sums[usize::from(label)].iter_mut().zip(image) {
            *sum += u64::from(x);
        }
    }
    let mean = |(count, sums): (u32, &[u64; PIXELS])| {
        sums.iter().map(|&sum| sum as f64 / f64::from(count.max(1))).collect()
    };
    class_counts(images).into_iter().zip(&sums).map(mean).collect()
}

/// Numbers 0…255 as the bytes nearest to them.
pub fn grey_levels(values: &[f64]) -> Vec<u8> {
    values.iter().map(|value| value.round() as u8).collect()
}

/// How often each pixel has each of the 256 values: all that histograms and moments need, in 800 KB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PixelCounts {
    /// 784 × 256.
    counts: Vec<u32>,
    num_images: usize,
}

impl PixelCounts {
    /// Counts over the images at `indices`.
    ///
    /// # Panics
    /// When an index is outside the set.
    pub fn of(images: &LabelledImages, indices: &[u32]) -> Self {
        let mut counts = vec![0; PIXELS * 256];
        for &index in indices {
            for (pixel, &x) in images.image(index as usize).iter().enumerate() {
                counts[pixel * 256 + usize::from(x)] += 1;
            }
        }
        Self { counts, num_images: indices.len() }
    }

    /// Images counted.
    pub fn num_images(&self) -> usize {
        self.num_images
    }

    /// Mean, population deviation, smallest and largest of all scaled pixel values; zeros without images.
    pub fn moments(&self, scaling: &PixelScaling) -> ScaledMoments {
        let mut sum = 0.0;
        let mut squares = 0.0;
        let (mut smallest, mut largest) = (f64::INFINITY, f64::NEG_INFINITY);
        for (value, count) in self.scaled(scaling) {
            sum += value * count as f64;
            squares += value * value * count as f64;
            smallest = smallest.min(value);
            largest = largest.max(value);
        }
        let n = (self.num_images * PIXELS) as f64;
        if n == 0.0 {
            return ScaledMoments::default();
        }
        let mean = sum / n;
        // A difference of means of squares: fine here, where the deviation is never small beside the mean.
        ScaledMoments { mean, deviation: (squares / n - mean * mean).max(0.0).sqrt(), smallest, largest }
    }

    /// How many scaled pixel values fall into each of `bins` equal bins over `low..high`; the last bin
    /// also takes `high` itself.
    ///
    /// # Panics
    /// When `bins` is 0 or `low >= high`.
    pub fn histogram(&self, scaling: &PixelScaling, low: f64, high: f64, bins: usize) -> Histogram {
        assert!(bins > 0 && low < high);
        let mut histogram = Histogram { low, high, counts: vec![0; bins], below: 0, above: 0 };
        for (value, count) in self.scaled(scaling) {
            let position = (value - low) / (high - low) * bins as f64;
            if position < 0.0 {
                histogram.below += count;
            } else if value > high {
                histogram.above += count;
            } else {
                histogram.counts[(position as usize).min(bins - 1)] += count;
            }
        }
        histogram
    }

    /// Every scaled value, as it enters a network, with how often it occurs.
    fn scaled<'a>(&'a self, scaling: &'a PixelScaling) -> impl Iterator<Item = (f64, u64)> + 'a {
        self.counts.chunks_exact(256).enumerate().flat_map(move |(pixel, counts)| {
            let present = (0..=u8::MAX).zip(counts).filter(|&(_, &count)| count > 0);
            present.map(move |(x, &count)| (f64::from(scaling.scaled(pixel, x)), u64::from(count)))
        })
    }
}

/// Moments of all scaled pixel values together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScaledMoments {
    /// Mean of all pixels of all images.
    pub mean: f64,
    /// Their population deviation.
    pub deviation: f64,
    /// The smallest.
    pub smallest: f64,
    /// The largest.
    pub largest: f64,
}

/// Counts of values in equal bins.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Where the first bin begins.
    pub low: f64,
    /// Where the last bin ends.
    pub high: f64,
    /// Values in each bin.
    pub counts: Vec<u64>,
    /// Values below `low`.
    pub below: u64,
    /// Values above `high`.
    pub above: u64,
}
