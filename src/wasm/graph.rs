//! Expressions as graphs, and one output unit of a network as an expression.

use serde::{Deserialize, Serialize};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use super::data::DataSet;
use super::trainer::Trainer;
use super::{received, sent};
use crate::graph::{self, GraphAnswer};

/// How many bits a number of the graph has.
#[derive(Clone, Copy, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// 32 bits, as the networks compute.
    F32,
    /// 64 bits.
    F64,
}

/// An expression to compute.
#[derive(Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GraphRequest {
    /// The learner's text.
    pub text: String,
    /// Values of leaves that the text gives no number.
    pub values: Vec<(String, f64)>,
    /// In which numbers.
    pub precision: Precision,
}

/// Understands an expression and runs both passes.
#[wasm_bindgen(js_name = evaluateGraph)]
pub fn evaluate_graph(request: Ts<GraphRequest>) -> Result<Ts<GraphAnswer>, JsValue> {
    let GraphRequest { text, values, precision } = received(request)?;
    sent(&match precision {
        Precision::F32 => GraphAnswer::of::<f32>(&text, &values, nfkc)?,
        Precision::F64 => GraphAnswer::of::<f64>(&text, &values, nfkc)?,
    })
}

/// Unicode's NFKC as the browser has it.
fn nfkc(text: &str) -> String {
    String::from(js_sys::JsString::from(text).normalize("NFKC"))
}

/// An expression with the values of its leaves.
#[derive(Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct UnitExpression {
    /// The text.
    pub text: String,
    /// The values of its leaves.
    pub values: Vec<(String, f64)>,
    /// How many inputs have nodes of their own.
    pub terms: usize,
    /// How many inputs the unit has.
    pub inputs: usize,
    /// The unit that is written out.
    pub unit: usize,
    /// The true class of the image.
    pub label: usize,
}

#[wasm_bindgen]
impl Trainer {
    /// One output unit of the network as it is now, for one image, as an expression: [`graph::output_unit`].
    ///
    /// `unit` left out is that of the image's own class; `terms` inputs get nodes of their own.
    #[wasm_bindgen(js_name = outputUnit)]
    pub fn output_unit(
        &self,
        #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet,
        index: u32,
        unit: Option<u32>,
        terms: u32,
    ) -> Result<Ts<UnitExpression>, JsValue> {
        let label = usize::from(data_set.label(index)?);
        let unit = unit.map_or(label, |unit| unit as usize);
        let image = self.trainer.scaled(&data_set.image(index)?);
        let graph::UnitText { text, values, terms, inputs } =
            graph::output_unit(self.trainer.network(), &image, (unit, label), terms as usize)?;
        sent(&UnitExpression { text, values, terms, inputs, unit, label })
    }
}
