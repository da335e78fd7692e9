//! Random numbers by which one hand differs from another.

use crate::Generator;

/// Normal around 0, cut at two deviations: beyond them a digit stops being the one that its label says.
pub(super) fn normal(generator: &mut Generator, deviation: f32) -> f32 {
    (generator.normal() as f32).clamp(-2.0, 2.0) * deviation
}

/// Uniform from `low` to `high`.
pub(super) fn between(generator: &mut Generator, low: f32, high: f32) -> f32 {
    low + (high - low) * generator.uniform() as f32
}
