//! ONNX: the network as a graph, from raw bytes to its outputs.
//!
//! ```text
//! pixels (N, 784), 0…255 ─ Mul ─ Add ─ Gemm ─ Relu ─ … ─ Gemm ─ Softmax ─ outputs (N, K)
//! ```
//!
//! The scaling is a part of the graph, so that nobody has to know it. IR 8 and operators of set 13, which every
//! runtime of these years reads. [`super::onnx_reader`] reads such files back.
//!
//! # References
//! ONNX, `onnx/onnx.proto` and `docs/Operators.md`, <https://github.com/onnx/onnx>.

use super::Outgoing;
use super::protobuf::Message;
use crate::data::PIXELS;
use crate::nn::{Activation, Output};

const IR_VERSION: u64 = 8;
const OPERATOR_SET: u64 = 13;
/// ONNX's name for 32-bit floats.
pub(super) const FLOAT: u64 = 1;

/// The file of a network: input `pixels`, (N, 784) raw bytes as floats; output `outputs`, (N, K).
pub fn write(outgoing: Outgoing) -> Vec<u8> {
    let mut graph = Graph { message: Message::default(), last: "pixels".to_owned() };
    graph.scaling(outgoing.multiply, outgoing.add);
    let network = outgoing.network;
    let architecture = network.architecture();
    for (l, layer) in network.parameters.layers.iter().enumerate() {
        let (weights, bias) = (format!("layers.{l}.weights"), format!("layers.{l}.bias"));
        graph.tensor(&weights, layer.weights.shape(), layer.weights.iter());
        graph.tensor(&bias, layer.bias.shape(), layer.bias.iter());
        graph.node("Gemm", &[&weights, &bias], &format!("z{l}"));
        match architecture.hidden.get(l) {
            None => graph.node(output_name(architecture.output), &[], "outputs"),
            Some(hidden) if hidden.activation == Activation::Step => {
                // 1 where z > 0: a comparison, and its answer as a number.
                graph.tensor(&format!("layers.{l}.zero"), &[1], [0.0].iter());
                graph.node("Greater", &[&format!("layers.{l}.zero")], &format!("above{l}"));
                graph.node("Cast", &[], &format!("a{l}"));
            }
            Some(hidden) => graph.node(activation_name(hidden.activation), &[], &format!("a{l}")),
        }
    }
    let graph = graph
        .message
        .text(2, "network")
        .message(11, &described("pixels", PIXELS))
        .message(12, &described("outputs", architecture.outputs));
    let set = Message::default().text(1, "").number(2, OPERATOR_SET);
    let mut model =
        Message::default().number(1, IR_VERSION).text(2, "Atelier").message(7, &graph).message(8, &set);
    for (key, text) in outgoing.notes {
        model = model.message(14, &Message::default().text(1, key).text(2, text));
    }
    model.bytes().to_vec()
}

/// A graph that is a chain: each operation takes what the one before gave.
struct Graph {
    message: Message,
    /// What the last operation gave.
    last: String,
}

impl Graph {
    fn node(&mut self, operation: &str, constants: &[&str], gives: &str) {
        let mut node = Message::default().text(1, &self.last);
        for constant in constants {
            node = node.text(1, constant);
        }
        node = node.text(2, gives).text(3, &format!("{operation} {gives}")).text(4, operation);
        if operation == "Cast" {
            // The attribute `to`, a whole number.
            node = node.message(5, &Message::default().text(1, "to").number(3, FLOAT).number(20, 2));
        }
        self.add(1, &node);
        self.last = gives.to_owned();
    }

    fn tensor<'a>(&mut self, name: &str, shape: &[usize], values: impl Iterator<Item = &'a f32>) {
        let bytes: Vec<u8> = values.flat_map(|value| value.to_le_bytes()).collect();
        let mut tensor = Message::default();
        for &size in shape {
            tensor = tensor.number(1, size as u64);
        }
        self.add(5, &tensor.number(2, FLOAT).text(8, name).raw(9, &bytes));
    }

    /// `x · multiply + add`, one number where all are the same.
    fn scaling(&mut self, multiply: &[f32], add: &[f32]) {
        let short = |values: &[f32]| match values.first() {
            Some(&first) if values.iter().all(|&value| value == first) => vec![first],
            _ => values.to_vec(),
        };
        let (multiply, add) = (short(multiply), short(add));
        self.tensor("pixels.multiply", &[multiply.len()], multiply.iter());
        self.node("Mul", &["pixels.multiply"], "scaled");
        if add != [0.0] {
            self.tensor("pixels.add", &[add.len()], add.iter());
            self.node("Add", &["pixels.add"], "inputs");
        }
    }

    fn add(&mut self, field: u64, message: &Message) {
        self.message = std::mem::take(&mut self.message).message(field, message);
    }
}

/// A table of floats with N rows.
fn described(name: &str, columns: usize) -> Message {
    let rows = Message::default().text(2, "N");
    let columns = Message::default().number(1, columns as u64);
    let shape = Message::default().message(1, &rows).message(1, &columns);
    let tensor = Message::default().number(1, FLOAT).message(2, &shape);
    Message::default().text(1, name).message(2, &Message::default().message(1, &tensor))
}

pub(super) const fn activation_name(activation: Activation) -> &'static str {
    match activation {
        Activation::Step => "Greater",
        Activation::Sigmoid => "Sigmoid",
        Activation::Tanh => "Tanh",
        Activation::Relu => "Relu",
        Activation::Identity => "Identity",
    }
}

pub(super) const fn output_name(output: Output) -> &'static str {
    match output {
        Output::Softmax => "Softmax",
        Output::Sigmoid => "Sigmoid",
        Output::Identity => "Identity",
    }
}
