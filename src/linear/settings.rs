//! What can be set for logistic regression, and its ranges.

use crate::Result;
use crate::error::{Rule, SettingName};
use serde::{Deserialize, Serialize};

/// The settings of [`super::OneVsRest`], with scikit-learn's names and defaults.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct LogisticSettings {
    /// Strength α of the L2 penalty α/2·‖w‖²; it also sets how fast the learning rate falls.
    pub alpha: f64,
    /// The most epochs.
    pub max_iter: u32,
    /// A model stops when its objective has not fallen by more than `tol` below its best in
    /// [`n_iter_no_change`](Self::n_iter_no_change) epochs in a row; `None` never stops it.
    pub tol: Option<f64>,
    /// Epochs without such a gain, in a row, after which a model stops.
    pub n_iter_no_change: u32,
    /// Whether each epoch visits the samples in a new order.
    pub shuffle: bool,
    /// Whether each model has an order of its own, as in scikit-learn. Otherwise all K visit the samples in
    /// the same one: as good, and several times faster, since a sample is fetched and scaled once for all.
    pub own_orders: bool,
    /// The seed of those orders (`random_state`).
    pub seed: u32,
}

impl Default for LogisticSettings {
    fn default() -> Self {
        Self {
            alpha: 1e-4,
            max_iter: 1000,
            tol: Some(1e-3),
            n_iter_no_change: 5,
            shuffle: true,
            own_orders: false,
            seed: 42,
        }
    }
}

impl LogisticSettings {
    /// Checks every setting.
    ///
    /// # Errors
    /// [`crate::Error::Setting`] naming the first that is outside its range.
    pub fn check(&self) -> Result<()> {
        // Below 1e-8 the first learning rate, √(1/√α), exceeds 100 and pixels of 0…1 already overflow exp.
        Rule::range(1e-8, 1.0).check(SettingName::Alpha, self.alpha)?;
        Rule::range(1.0, 10_000.0).check(SettingName::MaxIter, self.max_iter)?;
        Rule::AtLeast { min: 0.0 }.check(SettingName::Tol, self.tol.unwrap_or_default())?;
        Rule::range(1.0, 10_000.0).check(SettingName::NIterNoChange, self.n_iter_no_change)
    }
}
