//! The one source of randomness: a named generator with a seed.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};

/// A ChaCha8 stream with the few distributions that the engine draws from.
///
/// The distributions are written out here, not taken from a library, so that a
/// seed keeps its meaning when a dependency changes its algorithms. The state
/// serialises, so a saved run draws on as if it had never stopped.
///
/// # Examples
/// ```
/// let mut a = atelier::Generator::new(42);
/// let mut b = atelier::Generator::new(42);
/// assert_eq!(a.uniform(), b.uniform());
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Generator {
    stream: ChaCha8Rng,
}

impl Generator {
    /// A generator at the start of the stream of `seed`.
    pub fn new(seed: u64) -> Self {
        Self { stream: ChaCha8Rng::seed_from_u64(seed) }
    }

    /// A float in `0..1` with 53 random bits.
    pub fn uniform(&mut self) -> f64 {
        (self.stream.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A draw from the normal distribution of mean 0 and deviation 1.
    ///
    /// Box–Muller; the second value of each pair is thrown away, so that the
    /// generator has no hidden state beside its stream.
    pub fn normal(&mut self) -> f64 {
        // 1 − u lies in (0, 1], so the logarithm is finite.
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// A whole number in `0..bound`, each equally likely (Lemire's multiply-shift with rejection).
    ///
    /// # Panics
    /// When `bound` is 0: there is nothing to choose from.
    pub fn below(&mut self, bound: u32) -> u32 {
        assert!(bound > 0, "cannot choose one of 0");
        let threshold = bound.wrapping_neg() % bound;
        loop {
            let product = u64::from(self.stream.next_u32()) * u64::from(bound);
            if product as u32 >= threshold {
                return (product >> 32) as u32;
            }
        }
    }

    /// Shuffles in place (Fisher–Yates, from the last place down).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u32 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_is_a_permutation_and_depends_on_the_seed() {
        let mut one: Vec<u32> = (0..1000).collect();
        let mut two = one.clone();
        Generator::new(1).shuffle(&mut one);
        Generator::new(2).shuffle(&mut two);
        assert_ne!(one, two);
        one.sort_unstable();
        assert!(one.iter().copied().eq(0..1000));
    }

    #[test]
    fn normal_draws_have_mean_0_and_deviation_1() {
        let mut generator = Generator::new(7);
        let draws: Vec<f64> = (0..100_000).map(|_| generator.normal()).collect();
        let mean = draws.iter().sum::<f64>() / 1e5;
        let variance = draws.iter().map(|x| x * x).sum::<f64>() / 1e5;
        // Five standard errors: 5/√100000 for the mean, 5·√(2/100000) for the variance.
        assert!(mean.abs() < 0.0159, "{mean}");
        assert!((variance - 1.0).abs() < 0.0224, "{variance}");
    }

    #[test]
    fn below_reaches_each_value_equally_often() {
        let mut generator = Generator::new(3);
        let mut counts = [0u32; 10];
        for _ in 0..100_000 {
            counts[generator.below(10) as usize] += 1;
        }
        // Five standard deviations of a binomial with n = 100000, p = 0.1.
        assert!(counts.iter().all(|&c| c.abs_diff(10_000) < 475), "{counts:?}");
    }
}
