//! One neuron, gates of neurons, and two layers that are one, for the Neuron room.

use ndarray::{Array1, Array2};
use serde::{Deserialize, Serialize};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

use super::picture::image_data;
use super::{received, sent};
use crate::Error;
use crate::error::{ArrayName, SettingName};
use crate::nn::{Activation, Dense};
use crate::picture::{Palette, two_ends};
use crate::rooms::neuron::collapse::{collapsed, two_layers};
use crate::rooms::neuron::gate::{Gate, GateNetwork, GateReport};
use crate::rooms::neuron::unit::{self, Reading, Steepest};

/// A neuron of one input, and where and how to look at it.
#[derive(Clone, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NeuronRequest {
    /// Which activations.
    pub activations: Vec<Activation>,
    /// `w`.
    pub weight: f64,
    /// `b`.
    pub bias: f64,
    /// `x`.
    pub input: f64,
    /// How much larger the weight is in [`Reading::nudged_output`].
    pub nudge: f64,
    /// The left end of the curves.
    pub low: f64,
    /// The right end.
    pub high: f64,
    /// Points of a curve, corners not counted.
    pub num_points: usize,
}

/// What each activation makes of the neuron.
#[derive(Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NeuronAnswer {
    /// One an activation, as asked.
    pub readings: Vec<Reading>,
    /// One an activation, as asked.
    pub curves: Vec<CurveRecord>,
    /// Where the sigmoid is steepest; none for a weight of 0.
    pub steepest: Option<Steepest>,
}

/// Points of one curve.
#[derive(Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct CurveRecord {
    /// Inputs, ascending.
    pub inputs: Vec<f64>,
    /// `f(w·x + b)`.
    pub outputs: Vec<f64>,
    /// `dy/dx`; NaN where the line is interrupted.
    pub slopes: Vec<f64>,
}

/// Reads and draws a neuron under several activations.
#[wasm_bindgen(js_name = readNeuron)]
pub fn read_neuron(request: Ts<NeuronRequest>) -> Result<Ts<NeuronAnswer>, JsValue> {
    let NeuronRequest { activations, weight, bias, input, nudge, low, high, num_points } = received(request)?;
    let (mut readings, mut curves) = (Vec::new(), Vec::new());
    for activation in activations {
        readings.push(unit::read(activation, weight, bias, input, nudge)?);
        let unit::Curve { inputs, outputs, slopes } =
            unit::curve(activation, (weight, bias), (low, high), num_points)?;
        curves.push(CurveRecord { inputs, outputs, slopes });
    }
    sent(&NeuronAnswer { readings, curves, steepest: unit::steepest(weight, bias)? })
}

/// A network as a gate: truth table, lines, the sums of the proof.
#[wasm_bindgen(js_name = gateReport)]
pub fn gate_report(network: Ts<GateNetwork>, gate: Ts<Gate>) -> Result<Ts<GateReport>, JsValue> {
    let (network, gate) = (received(network)?, received(gate)?);
    sent(&network.report(gate)?)
}

/// What a gate says over the square from −½ to 1½, `side` × `side`, the second input upwards: 1 in the positive
/// colour, 0 in the negative.
#[wasm_bindgen(js_name = gatePlane)]
pub fn gate_plane(network: Ts<GateNetwork>, side: usize, palette: Ts<Palette>) -> Result<ImageData, JsValue> {
    let outputs = received(network)?.plane(side)?;
    image_data(&two_ends(&outputs, &received(palette)?), side)
}

/// A layer as rows of numbers: one row an input, one column a unit.
#[derive(Clone, Serialize, Deserialize, Tsify)]
pub struct LayerRecord {
    /// Rows of weights.
    pub weights: Vec<Vec<f64>>,
    /// One bias a unit.
    pub bias: Vec<f64>,
}

/// Two layers and an input.
#[derive(Clone, Serialize, Deserialize, Tsify)]
pub struct LayersRequest {
    /// The layer that sees the input.
    pub first: LayerRecord,
    /// What stands between the two.
    pub activation: Activation,
    /// The layer that sees the first one's outputs.
    pub second: LayerRecord,
    /// The input.
    pub input: Vec<f64>,
}

/// The two layers beside the one that they would be without an activation.
#[derive(Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct LayersAnswer {
    /// Outputs of the first layer, activation applied.
    pub hidden: Vec<f64>,
    /// Outputs of the second.
    pub output: Vec<f64>,
    /// `W₁·W₂` and `b₁·W₂ + b₂`.
    pub single: LayerRecord,
    /// Outputs of that one layer.
    pub single_output: Vec<f64>,
}

/// Two layers in a row, and the one layer of their product.
#[wasm_bindgen(js_name = collapseLayers)]
pub fn collapse_layers(request: Ts<LayersRequest>) -> Result<Ts<LayersAnswer>, JsValue> {
    let LayersRequest { first, activation, second, input } = received(request)?;
    let (first, second) = (dense(first)?, dense(second)?);
    let single = collapsed(&first, &second)?;
    let inputs = Array2::from_shape_vec((1, input.len()), input).expect("one row of its length");
    let (hidden, output) = two_layers(&first, activation, &second, inputs.view())?;
    let mut single_output = Array2::zeros(output.dim());
    single.forward(inputs.view(), single_output.view_mut());
    sent(&LayersAnswer {
        hidden: hidden.into_iter().collect(),
        output: output.into_iter().collect(),
        single_output: single_output.into_iter().collect(),
        single: LayerRecord {
            weights: single.weights.rows().into_iter().map(|row| row.to_vec()).collect(),
            bias: single.bias.to_vec(),
        },
    })
}

fn dense(layer: LayerRecord) -> Result<Dense<f64>, Error> {
    let units = layer.bias.len();
    for row in &layer.weights {
        if row.len() != units {
            return Err(Error::shape(ArrayName::WeightsRow, units, row.len()));
        }
    }
    let inputs = layer.weights.len();
    let weights: Vec<f64> = layer.weights.into_iter().flatten().collect();
    for &number in weights.iter().chain(&layer.bias) {
        unit::finite(SettingName::Weight, number)?;
    }
    let weights = Array2::from_shape_vec((inputs, units), weights).expect("every row was counted");
    Ok(Dense { weights, bias: Array1::from_vec(layer.bias) })
}
