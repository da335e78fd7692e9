//! What the weights looked like on the way: few pictures, evenly spread, however long the way becomes.

use ndarray::Array2;

/// The weights at a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Portrait {
    /// Updates made.
    pub step: usize,
    /// Shape: (784, K).
    pub weights: Array2<f32>,
    /// The magnitude from which on a weight is painted opaque.
    pub scale: f64,
}

/// Steps between two portraits at first.
const FIRST_STRIDE: usize = 25;
/// Strides in a range: there are portraits at its start, at its quarters, and at its end.
const STRIDES: usize = 4;

/// Portraits at every stride of a range. When its end is passed the range is twice as long, and every other portrait
/// is let go: those that stay are at the quarters again.
#[derive(Clone, Debug, PartialEq)]
pub struct Portraits {
    stride: usize,
    kept: Vec<Portrait>,
}

impl Default for Portraits {
    fn default() -> Self {
        Self { stride: FIRST_STRIDE, kept: Vec::with_capacity(STRIDES + 1) }
    }
}

impl Portraits {
    /// Those that are kept, oldest first.
    pub fn kept(&self) -> &[Portrait] {
        &self.kept
    }

    /// The steps of the present range.
    pub fn range(&self) -> usize {
        STRIDES * self.stride
    }

    /// Whether `step` is one to be kept; makes the range longer when it is beyond.
    pub fn is_due(&mut self, step: usize) -> bool {
        while step > self.range() {
            self.stride *= 2;
            self.kept.retain(|portrait| portrait.step.is_multiple_of(self.stride));
        }
        step.is_multiple_of(self.stride)
    }

    /// Keeps one that is due.
    pub fn keep(&mut self, portrait: Portrait) {
        self.kept.push(portrait);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quarters_of_every_range_are_there() {
        let mut portraits = Portraits::default();
        for step in 0..=2000 {
            if portraits.is_due(step) {
                portraits.keep(Portrait { step, weights: Array2::zeros((1, 1)), scale: 1.0 });
            }
            let range = portraits.range();
            assert!(step <= range && (range == 100 || step > range / 2), "range {range} at {step}");
            let quarters: Vec<usize> = (0..=STRIDES).map(|k| k * range / STRIDES).collect();
            let there: Vec<usize> = portraits.kept().iter().map(|portrait| portrait.step).collect();
            let passed: Vec<usize> = quarters.into_iter().filter(|&quarter| quarter <= step).collect();
            assert_eq!(there, passed, "at {step}");
        }
    }
}
