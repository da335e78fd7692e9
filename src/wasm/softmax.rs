//! Softmax step by step, and the layer that trains without its guard, for the Softmax room.

use std::rc::Rc;

use tsify::Ts;
use wasm_bindgen::prelude::*;

use super::data::DataSet;
use super::{received, sent};
use crate::rooms::softmax::steps::{self, SoftmaxComparison};
use crate::rooms::softmax::unguarded::{self, UnguardedReport};
use crate::train::TrainingSettings;

#[wasm_bindgen]
extern "C" {
    /// Milliseconds since some moment; the browser's, the worker's and Node's clock alike.
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn now_ms() -> f64;
}

/// Softmax of `(logits + shift) / temperature` in 16, 32 and 64 bits, naive and guarded.
#[wasm_bindgen(js_name = compareSoftmax)]
pub fn compare_softmax(
    logits: &[f64],
    shift: f64,
    temperature: f64,
) -> Result<Ts<SoftmaxComparison>, JsValue> {
    sent(&steps::compare(logits, shift, temperature)?)
}

/// Probabilities at each temperature: (temperatures, K).
#[wasm_bindgen(js_name = softmaxOverTemperatures)]
pub fn softmax_over_temperatures(logits: &[f64], temperatures: &[f64]) -> Result<Vec<f64>, JsValue> {
    Ok(steps::over_temperatures(logits, temperatures)?)
}

/// The softmax layer without its guard beside the same with it; see [`unguarded::Unguarded`].
#[wasm_bindgen]
pub struct Unguarded {
    run: unguarded::Unguarded,
    num_steps: usize,
}

#[wasm_bindgen]
impl Unguarded {
    /// Both layers at their start, for at most `numSteps` updates.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet,
        settings: Ts<TrainingSettings>,
        #[wasm_bindgen(js_name = numSteps)] num_steps: usize,
    ) -> Result<Self, JsValue> {
        unguarded::check_num_steps(num_steps)?;
        let run = unguarded::Unguarded::new(Rc::clone(&data_set.images), received(settings)?)?;
        Ok(Self { run, num_steps })
    }

    /// Trains for about `maxMs`, at least one step; true when all steps are made.
    pub fn advance(&mut self, #[wasm_bindgen(js_name = maxMs)] max_ms: f64) -> bool {
        let deadline = now_ms() + max_ms;
        loop {
            let report = self.run.report();
            if report.step >= self.num_steps || report.guarded_stopped {
                return true;
            }
            self.run.advance();
            if now_ms() >= deadline {
                return false;
            }
        }
    }

    /// Where both stand.
    pub fn report(&self) -> Result<Ts<UnguardedReport>, JsValue> {
        sent(&self.run.report())
    }

    /// Mean batch losses without the guard; ∞ and NaN as they came.
    pub fn losses(&self) -> Vec<f32> {
        self.run.losses().to_vec()
    }

    /// Mean batch losses with the guard.
    #[wasm_bindgen(js_name = guardedLosses)]
    pub fn guarded_losses(&self) -> Vec<f32> {
        self.run.guarded_losses().to_vec()
    }
}
