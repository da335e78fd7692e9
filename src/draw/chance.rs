//! Random numbers by which one hand differs from another.

use rand::RngExt;
use rand_distr::StandardNormal;

use crate::Generator;

/// Normal around 0, cut at two deviations: beyond them a digit stops being the one that its label says.
pub(super) fn normal(generator: &mut Generator, deviation: f32) -> f32 {
    generator.sample::<f32, _>(StandardNormal).clamp(-2.0, 2.0) * deviation
}
