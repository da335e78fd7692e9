//! The one source of randomness: a named generator with a seed.

use std::convert::Infallible;

use rand::{Rng, SeedableRng, TryRng};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// A ChaCha8 stream, for `rand`'s ranges, coins and shuffles and `rand_distr`'s normal distribution to draw from.
///
/// What a seed means is decided by the generator and by the algorithms that turn its words into
/// numbers, and `rand` may change the latter in any minor version. A link with a seed and a kept
/// run mean the same for years all the same, because `Cargo.toml` names one exact version of each of the
/// three; another one is a change of the arithmetic, and of the number that saved runs begin with.
///
/// The state serialises with its place in the stream, so what is saved draws on as if it had never stopped.
///
/// (`rand_distr` takes `exp` and `ln` from the platform. They only decide in close calls whether a draw
/// counts, and give the last digit of an `f64` beyond 3.65 deviations, which is rounded to `f32` here.)
///
/// # Examples
/// ```
/// use atelier::Generator;
/// use rand::{RngExt, seq::SliceRandom};
/// let draw = || {
///     let mut generator = Generator::new(42);
///     let mut order = [0, 1, 2, 3];
///     order.shuffle(&mut generator);
///     (order, generator.random_range(0..10))
/// };
/// assert_eq!(draw(), draw());
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
}

impl TryRng for Generator {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.stream.next_u32())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.stream.next_u64())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.stream.fill_bytes(bytes);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngExt;
    use rand::seq::SliceRandom;
    use rand_distr::StandardNormal;

    type Drawn = (Vec<u8>, f64, u32, f32, f64, bool);

    /// One of everything that the engine draws.
    fn draw(generator: &mut Generator) -> Drawn {
        let mut order: Vec<u8> = (0..8).collect();
        order.shuffle(generator);
        (
            order,
            generator.random(),
            generator.random_range(0..1000),
            generator.random_range(-1.0..1.0),
            generator.sample(StandardNormal),
            generator.random_bool(0.5),
        )
    }

    /// Numbers that were drawn once: another version of a crate that draws others is seen here first.
    #[test]
    fn a_seed_means_what_it_meant() {
        let mut generator = Generator::new(42);
        let (once, twice) = (draw(&mut generator), draw(&mut generator));
        assert_eq!(
            once,
            (vec![7, 1, 5, 4, 6, 0, 3, 2], 0.1463862379737887, 950, 0.5446265, -0.9287770430019666, false)
        );
        assert_eq!(
            twice,
            (vec![3, 1, 4, 7, 5, 0, 6, 2], 0.14995887029032495, 314, -0.383919, 0.9166635595931693, false)
        );
    }

    #[test]
    fn a_saved_generator_draws_on_from_its_place() {
        let mut generator = Generator::new(7);
        // An odd number of words: a place in the middle of a block.
        for _ in 0..3 {
            generator.next_u32();
        }
        let saved = postcard::to_allocvec(&generator).unwrap();
        let mut again: Generator = postcard::from_bytes(&saved).unwrap();
        assert_eq!(again, generator);
        for _ in 0..20 {
            assert_eq!(draw(&mut again), draw(&mut generator));
        }
    }

    #[test]
    fn normal_draws_have_mean_0_and_deviation_1() {
        let mut generator = Generator::new(7);
        let draws: Vec<f64> = (0..100_000).map(|_| generator.sample(StandardNormal)).collect();
        let mean = draws.iter().sum::<f64>() / 1e5;
        let variance = draws.iter().map(|x| x * x).sum::<f64>() / 1e5;
        // Five standard errors: 5/√100000 for the mean, 5·√(2/100000) for the variance.
        assert!(mean.abs() < 0.0159, "{mean}");
        assert!((variance - 1.0).abs() < 0.0224, "{variance}");
    }
}
