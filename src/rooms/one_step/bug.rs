//! The mistakes that learners really make, one at a time.

use serde::{Deserialize, Serialize};

use crate::nn::{OptimizerSettings, Output};

/// A mistake planted in the copy of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub enum Bug {
    /// The gradients of the step before are still in the buffers and are added to.
    KeepGradients,
    /// Softmax by the textbook formula in `f32`: `exp(z)` overflows from 88.7 on.
    DropMaximum,
    /// `δ = p` in place of `p − y`: nobody told the network the truth.
    ForgetTarget,
    /// The batch's gradient is the sum over its images in place of their mean.
    ForgetMean,
    /// Adam's averages multiplied by `1 − βᵗ` in place of divided by it.
    MultiplyCorrection,
    /// `w ← w + step`: uphill.
    WrongSign,
    /// Every transpose of the backward pass is a reshape: the sizes fit, the numbers stand elsewhere.
    ReshapeTranspose,
}

impl Bug {
    /// Every bug, in the order in which the page lists them.
    pub const ALL: [Self; 7] = [
        Self::KeepGradients,
        Self::DropMaximum,
        Self::ForgetTarget,
        Self::ForgetMean,
        Self::MultiplyCorrection,
        Self::WrongSign,
        Self::ReshapeTranspose,
    ];

    /// Whether a network with this output and this rule has the place where the bug goes.
    pub fn has_a_place(self, output: Output, optimizer: OptimizerSettings) -> bool {
        match self {
            Self::DropMaximum => output == Output::Softmax,
            Self::MultiplyCorrection => {
                matches!(optimizer, OptimizerSettings::Adam { .. } | OptimizerSettings::Adamw { .. })
            }
            _ => true,
        }
    }

    /// The bugs that such a network has a place for, in the order in which the page lists them.
    pub fn with_a_place(output: Output, optimizer: OptimizerSettings) -> Vec<Self> {
        Self::ALL.into_iter().filter(|bug| bug.has_a_place(output, optimizer)).collect()
    }

    /// Whether the forward or the backward pass goes wrong; else the update does.
    pub fn is_of_the_pass(self) -> bool {
        self == Self::DropMaximum || self.is_of_the_backward_pass()
    }

    /// Whether the gradient itself goes wrong; else the forward pass or the update does.
    pub fn is_of_the_backward_pass(self) -> bool {
        matches!(self, Self::KeepGradients | Self::ForgetTarget | Self::ForgetMean | Self::ReshapeTranspose)
    }
}
