//! The settings, and the numbers a question is asked with, by name; and what was given for one.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::rule::Written;

/// Which setting or number; written as the page's field calls it in code (`learningRate`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[allow(
    missing_docs,
    reason = "a name is its own description; the types that hold the settings describe them"
)]
pub enum SettingName {
    // A run's settings.
    Hidden,
    Units,
    Inputs,
    Outputs,
    Deviation,
    LearningRate,
    BatchSize,
    Epochs,
    Seed,
    TrainingImages,
    ValidationFraction,
    L2,
    Patience,
    Momentum,
    Rho,
    Beta1,
    Beta2,
    Epsilon,
    InitialAccumulator,
    WeightDecay,
    // Logistic regression's.
    Alpha,
    MaxIter,
    Tol,
    NIterNoChange,
    NumClasses,
    NumFeatures,
    NumSamples,
    NumFolds,
    Fold,
    // Data.
    Images,
    ClassNames,
    FileKind,
    Index,
    Pixel,
    Bins,
    Low,
    High,
    // One neuron, softmax, losses.
    Weight,
    Bias,
    Input,
    Nudge,
    NumPoints,
    Side,
    Logits,
    Logit,
    Temperature,
    Probability,
    Truth,
    // Walks and means.
    Points,
    Start,
    Steps,
    Losses,
    NumBatches,
    // Drawings.
    StrokePoints,
    PenWidth,
    Drawings,
    OtherImages,
    // Places in a network, in a step, in a run.
    Class,
    Label,
    Unit,
    Layer,
    Weights,
    Image,
    Bug,
    Quantity,
    State,
    Step,
}

/// The variant's name with a small first letter: what serde's camelCase makes of it.
impl fmt::Display for SettingName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = format!("{self:?}");
        write!(f, "{}{}", name[..1].to_ascii_lowercase(), &name[1..])
    }
}

/// What was given for a setting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum SettingValue {
    /// A count or a place.
    Whole(u64),
    /// A number.
    Real(f64),
    /// A name, or what else a number would not say.
    Text(String),
}

impl SettingValue {
    /// The number, where it is one.
    pub fn number(&self) -> Option<f64> {
        match *self {
            Self::Whole(value) => Some(value as f64),
            Self::Real(value) => Some(value),
            Self::Text(_) => None,
        }
    }
}

impl fmt::Display for SettingValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(value) => write!(f, "{value}"),
            Self::Real(value) => write!(f, "{}", Written(*value)),
            Self::Text(value) => write!(f, "{value}"),
        }
    }
}

impl From<usize> for SettingValue {
    fn from(value: usize) -> Self {
        Self::Whole(value as u64)
    }
}

impl From<u32> for SettingValue {
    fn from(value: u32) -> Self {
        Self::Whole(value.into())
    }
}

impl From<f64> for SettingValue {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}

/// By its shortest decimals: 0.1 in `f32` is 0.1 to whoever wrote it, not 0.10000000149.
impl From<f32> for SettingValue {
    fn from(value: f32) -> Self {
        Self::Real(value.to_string().parse().unwrap_or(f64::NAN))
    }
}

impl From<String> for SettingValue {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&str> for SettingValue {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // Native only: on wasm32 the page's tests read the records themselves.
    #[cfg(not(target_arch = "wasm32"))]
    #[test]
    fn a_name_is_written_alike_in_a_sentence_and_in_a_record() {
        for name in
            [SettingName::LearningRate, SettingName::L2, SettingName::Beta1, SettingName::NIterNoChange]
        {
            assert_eq!(serde_json::to_string(&name).unwrap(), format!("\"{name}\""));
        }
    }

    #[test]
    fn a_value_in_f32_keeps_the_digits_it_was_written_with() {
        assert_eq!(SettingValue::from(0.1_f32), SettingValue::Real(0.1));
        assert_eq!(SettingValue::from(f32::INFINITY).to_string(), "inf");
        assert_eq!(SettingValue::from(1e300).to_string(), "1e300");
    }
}
