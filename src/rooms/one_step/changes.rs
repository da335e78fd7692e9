//! What is changed in the copy before its step is taken.

use serde::{Deserialize, Serialize};

use super::Bug;

/// A planted mistake, and weights changed by hand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Changes {
    /// None for a sound step.
    pub bug: Option<Bug>,
    /// One after the other.
    pub edits: Vec<Edit>,
}

/// Another value for one weight or bias.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Edit {
    /// The layer, 0 the first.
    pub layer: usize,
    /// What the weight comes from; none for a bias.
    pub input: Option<usize>,
    /// What it goes to.
    pub unit: usize,
    /// The value, a finite number.
    pub value: f64,
}
