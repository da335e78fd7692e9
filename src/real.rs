//! The float types the engine computes in.

use ndarray::NdFloat;
use num_traits::FromPrimitive;
use serde::{Serialize, de::DeserializeOwned};

use crate::elementary::Elementary;

/// `f32` in the browser, `f64` in gradient checks.
pub trait Real:
    NdFloat + Elementary + FromPrimitive + From<u8> + Serialize + DeserializeOwned + Default
{
    /// Whether networks are trained in this type, so that the quick ways of [`crate::nn::product`] are worth their
    /// code: `f64` serves a click, by the plain ones.
    const IS_TRAINED: bool;
    /// Rounds a literal to this type.
    fn of(value: f64) -> Self;
    /// Widens to `f64`, exactly.
    fn to_f64(self) -> f64;
}

impl Real for f32 {
    const IS_TRAINED: bool = true;
    fn of(value: f64) -> Self {
        value as f32
    }
    fn to_f64(self) -> f64 {
        f64::from(self)
    }
}

impl Real for f64 {
    const IS_TRAINED: bool = false;
    fn of(value: f64) -> Self {
        value
    }
    fn to_f64(self) -> f64 {
        self
    }
}
