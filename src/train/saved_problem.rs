//! What can be wrong with the bytes of a saved run.

use serde::{Deserialize, Serialize};

use crate::Error;

/// Why a saved run cannot be gone on with. The text continues a sentence that begins with "this saved run".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum SavedRunProblem {
    /// Other bytes.
    #[error("is not one")]
    NoRun,
    /// It was made by another version of the engine, which draws other numbers from the same seed.
    #[error("is of another version, which drew other numbers from the same seed")]
    OtherVersion,
    /// Too short for its checksum.
    #[error("is cut short")]
    CutShort,
    /// Its checksum is another.
    #[error("is damaged or cut short")]
    Damaged,
    /// Whole, but its contents are not understood.
    #[error("has contents of another version")]
    OtherContents,
    /// `f64` in place of `f32`, or the other way round.
    #[error("holds floats of another size")]
    OtherFloats,
    /// The images are not those it was made with.
    #[error("was made with another data set")]
    OtherImages,
    /// A snapshot that is younger than the run.
    #[error("has a snapshot of its own future")]
    FutureSnapshot,
    /// Counts that contradict each other.
    #[error("has parts that do not fit together")]
    PartsDoNotFit,
    /// Learning rates that were not changed in this order, or not in these steps.
    #[error("has learning rates that do not fit its steps")]
    RatesDoNotFit,
    /// A weight or the optimizer's state has overflowed.
    #[error("has a number that is not finite")]
    NotFinite,
    /// An initializer of another version.
    #[error("has an initializer that is not known here")]
    UnknownInitializer,
    /// An optimizer of another version.
    #[error("has an optimizer that is not known here")]
    UnknownOptimizer,
}

impl From<SavedRunProblem> for Error {
    fn from(problem: SavedRunProblem) -> Self {
        Self::SavedRun { problem }
    }
}
