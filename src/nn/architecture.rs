//! The shape of a network, and what it may be.

use serde::{Deserialize, Serialize};

use super::{Activation, Output};
use crate::Result;
use crate::error::{Rule, SettingName};

/// One hidden layer's size and activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Hidden {
    /// Number of units, 1 to 512.
    pub units: usize,
    /// What each unit does with its weighted sum.
    pub activation: Activation,
}

/// The shape of a network, without its numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Architecture {
    /// Number of inputs (784 pixels).
    pub inputs: usize,
    /// Hidden layers from the input up, 0 to 6.
    pub hidden: Vec<Hidden>,
    /// Number of classes.
    pub outputs: usize,
    /// What the last layer makes of its logits.
    pub output: Output,
}

impl Architecture {
    /// Most hidden layers.
    pub const MAX_HIDDEN: usize = 6;
    /// Most units in a hidden layer.
    pub const MAX_UNITS: usize = 512;
    /// How many hidden layers there may be.
    pub const HIDDEN: Rule = Rule::range(0.0, Self::MAX_HIDDEN as f64);
    /// How many units each of them may have.
    pub const UNITS: Rule = Rule::range(1.0, Self::MAX_UNITS as f64);

    /// Checks the sizes.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] naming what is out of its range.
    pub fn check(&self) -> Result<()> {
        Self::HIDDEN.check(SettingName::Hidden, self.hidden.len())?;
        self.hidden.iter().try_for_each(|layer| Self::UNITS.check(SettingName::Units, layer.units))?;
        Rule::AtLeast { min: 1.0 }.check(SettingName::Inputs, self.inputs)?;
        Rule::AtLeast { min: 2.0 }.check(SettingName::Outputs, self.outputs)
    }

    /// Inputs of the first layer, then the units of every layer: `[784, 128, 10]`.
    pub fn widths(&self) -> Vec<usize> {
        let hidden = self.hidden.iter().map(|layer| layer.units);
        std::iter::once(self.inputs).chain(hidden).chain([self.outputs]).collect()
    }

    /// Number of weights and biases.
    pub fn num_parameters(&self) -> usize {
        self.widths().windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum()
    }

    /// Multiply–adds of one image's forward pass.
    pub fn num_multiply_adds(&self) -> usize {
        self.widths().windows(2).map(|pair| pair[0] * pair[1]).sum()
    }

    /// Multiply–adds of one training step on `batch_size` images, the optimizer's own aside.
    ///
    /// Forward once, back once for the weights, and once more for the inputs of every layer but the
    /// first, whose inputs are pixels.
    /// In 64 bits: of 2,048 images in the largest network they are more than a browser's `usize` can count.
    pub fn num_multiply_adds_of_step(&self, batch_size: usize) -> u64 {
        let widths = self.widths();
        (3 * self.num_multiply_adds() - widths[0] * widths[1]) as u64 * batch_size as u64
    }
}
