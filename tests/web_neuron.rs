//! Neurons, gates and collapsing layers across the boundary, in a browser.
#![cfg(target_arch = "wasm32")]

use atelier::nn::Activation;
use atelier::picture::Palette;
use atelier::rooms::neuron::Neuron;
use atelier::rooms::neuron::gate::{Gate, GateNetwork, GateReport};
use atelier::wasm::neuron::{
    LayerRecord, LayersAnswer, LayersRequest, NeuronAnswer, NeuronRequest, collapse_layers, gate_plane,
    gate_report, read_neuron,
};
use tsify::Tsify;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn engine_error(thrown: JsValue) -> String {
    let error: js_sys::Error = thrown.into();
    assert_eq!(error.name(), "EngineError");
    error.message().into()
}

fn request() -> NeuronRequest {
    NeuronRequest {
        activations: Activation::ALL.to_vec(),
        weight: 2.0,
        bias: -1.0,
        input: 0.5,
        nudge: 0.1,
        low: -6.0,
        high: 6.0,
        num_points: 241,
    }
}

fn read(request: NeuronRequest) -> Result<NeuronAnswer, JsValue> {
    read_neuron(request.into_ts().unwrap()).map(|answer| answer.to_rust().unwrap())
}

#[wasm_bindgen_test]
fn a_neuron_is_read_and_drawn_under_every_activation() {
    let answer = read(request()).unwrap();
    assert_eq!((answer.readings.len(), answer.curves.len()), (5, 5));
    let sigmoid = answer.readings[1];
    assert_eq!((sigmoid.pre_activation, sigmoid.output, sigmoid.derivative), (0.0, 0.5, 0.25));
    let steepest = answer.steepest.unwrap();
    assert_eq!((steepest.input, steepest.slope), (0.5, 0.5));
    assert!(read(NeuronRequest { weight: 0.0, ..request() }).unwrap().steepest.is_none());
    // Step and ReLU have their corner, three points, instead of the sample at its place.
    let lengths: Vec<usize> = answer.curves.iter().map(|curve| curve.outputs.len()).collect();
    assert_eq!(lengths, [243, 241, 241, 243, 241]);
}

#[wasm_bindgen_test]
fn numbers_that_are_none_are_refused_by_name() {
    let message = engine_error(read(NeuronRequest { bias: f64::NAN, ..request() }).err().unwrap());
    assert!(message.contains("bias is NaN"), "{message}");
    let message = engine_error(read(NeuronRequest { num_points: 1, ..request() }).err().unwrap());
    assert!(message.contains("numPoints is 1"), "{message}");
}

fn neuron(w1: f64, w2: f64, bias: f64) -> Neuron {
    Neuron { weights: vec![w1, w2], bias }
}

#[wasm_bindgen_test]
fn two_layers_are_xor_and_the_plane_shows_it() {
    let hidden = vec![neuron(1.0, 1.0, -0.5), neuron(-1.0, -1.0, 1.5)];
    let network = GateNetwork { hidden, output: neuron(1.0, 1.0, -1.5), activation: Activation::Step };
    let ts = || network.clone().into_ts().unwrap();
    let report: GateReport = gate_report(ts(), Gate::Xor.into_ts().unwrap()).unwrap().to_rust().unwrap();
    assert_eq!((report.num_right, report.lines.len()), (4, 2));
    assert!(report.hidden_line.is_some());
    // A quarter of the square is one corner each: 01 and 10 say 1.
    let palette = || Palette { ink: [0; 3], positive: [0, 0, 255], negative: [255, 0, 0] }.into_ts().unwrap();
    let plane = gate_plane(ts(), 2, palette()).unwrap();
    let (one, zero) = ([0, 0, 255, 255], [255, 0, 0, 255]);
    assert_eq!(plane.data().as_chunks().0, [one, zero, zero, one]);
    assert!(engine_error(gate_plane(ts(), 1, palette()).unwrap_err()).contains("side is 1"));
    let lame = GateNetwork { hidden: vec![neuron(1.0, 1.0, 0.0)], ..network };
    assert!(gate_report(lame.into_ts().unwrap(), Gate::And.into_ts().unwrap()).is_err());
}

fn layers(activation: Activation) -> LayersRequest {
    LayersRequest {
        first: LayerRecord { weights: vec![vec![1.0, 2.0], vec![-1.0, 1.0]], bias: vec![0.5, -1.0] },
        activation,
        second: LayerRecord { weights: vec![vec![2.0, 1.0], vec![1.0, -2.0]], bias: vec![1.0, 0.0] },
        input: vec![1.0, 2.0],
    }
}

fn collapse(request: LayersRequest) -> Result<LayersAnswer, JsValue> {
    collapse_layers(request.into_ts().unwrap()).map(|answer| answer.to_rust().unwrap())
}

#[wasm_bindgen_test]
fn two_identity_layers_are_their_product() {
    let answer = collapse(layers(Activation::Identity)).unwrap();
    assert_eq!(answer.single.weights, [[4.0, -3.0], [-1.0, -3.0]]);
    assert_eq!((answer.hidden, answer.single.bias), (vec![-0.5, 3.0], vec![1.0, 2.5]));
    assert_eq!((&answer.output, &answer.single_output), (&vec![3.0, -6.5], &vec![3.0, -6.5]));
    let bent = collapse(layers(Activation::Relu)).unwrap();
    assert_eq!((bent.output, bent.single_output), (vec![4.0, -6.0], vec![3.0, -6.5]));
}

#[wasm_bindgen_test]
fn layers_that_do_not_fit_are_refused() {
    let mut ragged = layers(Activation::Identity);
    ragged.first.weights[1].pop();
    assert!(engine_error(collapse(ragged).err().unwrap()).contains("a row of weights"));
    let mut short = layers(Activation::Identity);
    short.input.pop();
    assert!(engine_error(collapse(short).err().unwrap()).contains("inputs has 1"));
    let mut thin = layers(Activation::Identity);
    thin.second.weights.pop();
    assert!(collapse(thin).is_err());
    let mut broken = layers(Activation::Identity);
    broken.second.bias[0] = f64::INFINITY;
    assert!(collapse(broken).is_err());
}
