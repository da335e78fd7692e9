//! The only place that knows the browser: thin exported classes, one file a subject.
//!
//! A record whose type derives `tsify::Tsify` crosses as [`Ts`], which carries its TypeScript type, and is
//! converted by [`received`] and [`sent`]. (tsify's own `into_wasm_abi` and `from_wasm_abi` are deprecated:
//! they leak when a value does not fit.)

pub mod collection;
pub mod data;
pub mod data_room;
pub mod draw;
pub mod exchange;
pub mod graph;
pub mod home;
pub mod logistic;
pub mod loss_room;
pub mod network;
pub mod neuron;
pub mod one_step;
pub mod picture;
pub mod softmax;
pub mod trainer;

use rand::RngExt;
use serde::{Serialize, de::DeserializeOwned};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

/// Makes a panic readable in the console; runs once when the module loads.
#[wasm_bindgen(start)]
pub fn start() {
    console_error_panic_hook::set_once();
}

/// Seeds that [`fresh_seed`] chooses from: few enough digits to be read out and typed.
const FRESH_SEEDS: u32 = 1_000_000;

/// A seed that nobody chose, from the system's own randomness.
#[wasm_bindgen(js_name = freshSeed)]
pub fn fresh_seed() -> Result<u32, JsValue> {
    let chance = getrandom::u64().map_err(JsError::from)?;
    Ok(crate::Generator::new(chance).random_range(0..FRESH_SEEDS))
}

impl From<crate::Error> for JsValue {
    /// A thrown `Error` whose `record` says what went wrong, for the page to put into words.
    ///
    /// Its `name` tells it from a JavaScript mistake; its message is the record in English, for logs.
    fn from(error: crate::Error) -> Self {
        let thrown = js_sys::Error::new(&error.to_string());
        thrown.set_name("EngineError");
        // A record that cannot be written, or a property that a fresh Error does not take, would be our own mistake.
        let record = Ts::from_rust(&error).expect("every refusal can be written");
        let _ = js_sys::Reflect::set(&thrown, &"record".into(), &record.js_value());
        thrown.into()
    }
}

/// A record from the page; throws when it is not of its type.
pub(crate) fn received<T: Tsify + DeserializeOwned>(record: Ts<T>) -> Result<T, JsValue> {
    T::from_js(record).map_err(|error| JsError::from(error).into())
}

/// A record for the page.
pub(crate) fn sent<T: Tsify + Serialize>(record: &T) -> Result<Ts<T>, JsValue> {
    Ts::from_rust(record).map_err(|error| JsError::from(error).into())
}
