//! The first weights: random, and small enough that a signal neither dies out nor blows up.

use ndarray::Array2;
use rand::RngExt;
use rand_distr::StandardNormal;
use serde::{Deserialize, Serialize};

use crate::error::{Rule, SettingName};
use crate::{Generator, Real, Result};

/// How the weights of a layer are drawn; biases always start at 0.
///
/// `in` and `out` are the layer's numbers of inputs and units. The definitions
/// are Keras 3's.
///
/// # References
/// Glorot, Bengio: Understanding the difficulty of training deep feedforward neural networks (2010).
/// He, Zhang, Ren, Sun: Delving deep into rectifiers (2015).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Initializer {
    /// Uniform in `±√(6 / (in + out))`: Keras's default.
    GlorotUniform,
    /// Truncated normal of deviation `√(2 / (in + out))`.
    GlorotNormal,
    /// Uniform in `±√(6 / in)`: for ReLU.
    HeUniform,
    /// Truncated normal of deviation `√(2 / in)`: for ReLU.
    HeNormal,
    /// Normal of a given deviation, not truncated.
    Normal {
        /// Standard deviation σ.
        deviation: f64,
    },
    /// All 0: fine for one layer, and a trap for two, since all units of a hidden layer stay equal.
    Zeros,
}

/// Deviation of a standard normal truncated to ±2; dividing by it restores the deviation asked for.
const TRUNCATED_DEVIATION: f64 = 0.879_625_661_034_239_8;

impl Initializer {
    /// Every way, in the order in which the page lists them; the normal one with a usual deviation.
    pub const ALL: [Self; 6] = [
        Self::GlorotUniform,
        Self::GlorotNormal,
        Self::HeUniform,
        Self::HeNormal,
        Self::Normal { deviation: 0.05 },
        Self::Zeros,
    ];
    /// What σ may be.
    pub const DEVIATION: Rule = Rule::AboveUpTo { above: 0.0, max: 10.0 };

    /// Checks σ.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] when σ is not a number in `0 < σ ≤ 10`.
    pub fn check(self) -> Result<()> {
        match self {
            Self::Normal { deviation } => Self::DEVIATION.check(SettingName::Deviation, deviation),
            _ => Ok(()),
        }
    }

    /// Draws the weights of one layer, row by row. Shape: (in, out).
    ///
    /// # Examples
    /// ```
    /// use atelier::{Generator, nn::Initializer};
    /// let w = Initializer::GlorotUniform.draw::<f32>(784, 10, &mut Generator::new(42));
    /// let limit = (6.0_f32 / 794.0).sqrt();
    /// assert!(w.iter().all(|w| w.abs() <= limit));
    /// ```
    pub fn draw<R: Real>(self, inputs: usize, outputs: usize, generator: &mut Generator) -> Array2<R> {
        let fan_in = inputs as f64;
        let fan_mean = (inputs + outputs) as f64 / 2.0;
        let mut next = || match self {
            Self::GlorotUniform => within((3.0 / fan_mean).sqrt(), generator),
            Self::GlorotNormal => truncated((1.0 / fan_mean).sqrt(), generator),
            Self::HeUniform => within((6.0 / fan_in).sqrt(), generator),
            Self::HeNormal => truncated((2.0 / fan_in).sqrt(), generator),
            Self::Normal { deviation } => deviation * generator.sample::<f64, _>(StandardNormal),
            Self::Zeros => 0.0,
        };
        Array2::from_shape_simple_fn((inputs, outputs), || R::of(next()))
    }
}

fn within(limit: f64, generator: &mut Generator) -> f64 {
    generator.random_range(-limit..limit)
}

/// A normal draw with everything beyond two deviations drawn again, scaled back to the deviation asked for.
fn truncated(deviation: f64, generator: &mut Generator) -> f64 {
    loop {
        let draw: f64 = generator.sample(StandardNormal);
        if draw.abs() <= 2.0 {
            return deviation / TRUNCATED_DEVIATION * draw;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_mean_0_and_its_deviation() {
        let (inputs, outputs) = (400, 100);
        for (kind, deviation) in [
            // A uniform draw in ±limit has deviation limit/√3.
            (Initializer::GlorotUniform, (2.0_f64 / 500.0).sqrt()),
            (Initializer::GlorotNormal, (2.0_f64 / 500.0).sqrt()),
            (Initializer::HeUniform, (2.0_f64 / 400.0).sqrt()),
            (Initializer::HeNormal, (2.0_f64 / 400.0).sqrt()),
            (Initializer::Normal { deviation: 0.01 }, 0.01),
        ] {
            let weights = kind.draw::<f64>(inputs, outputs, &mut Generator::new(1));
            // 40000 draws: five standard errors of the mean are 5/200, of the deviation 5/√80000.
            assert!(weights.mean().unwrap().abs() < 0.025 * deviation, "{kind:?}");
            assert!((weights.std(0.0) / deviation - 1.0).abs() < 0.018, "{kind:?}");
        }
        assert!(Initializer::Zeros.draw::<f32>(3, 2, &mut Generator::new(1)).iter().all(|&w| w == 0.0));
    }

    #[test]
    fn a_deviation_out_of_range_is_refused_by_name() {
        for deviation in [f64::NAN, f64::INFINITY, 0.0, -1.0, 1e9] {
            let refused = Initializer::Normal { deviation }.check().unwrap_err();
            assert!(refused.to_string().starts_with("deviation is "), "{refused}");
        }
    }
}
