//! ONNX files of ours, read back: a chain of operations as [`super::onnx`] writes it, and no other.

use std::collections::HashMap;

use ndarray::{Array1, Array2};

use super::onnx::{FLOAT, activation_name, output_name};
use super::protobuf::{Fields, Value};
use super::safetensors::network_of;
use super::{Incoming, NetworkProblem};
use crate::Result;
use crate::data::PIXELS;
use crate::nn::model::MAX_LAYERS;
use crate::nn::{Activation, Dense, Model, ModelProblem, Output};

/// More operations, tensors or notes than this are no network of ours, whose largest has 23 operations. Each takes more
/// room than its bytes in the file, and a file can claim millions.
const MOST: usize = 64;

/// A tensor of the file: its shape and its bytes, where they stand.
#[derive(Default)]
struct Tensor<'a> {
    name: &'a [u8],
    shape: Vec<u64>,
    kind: u64,
    raw: &'a [u8],
}

/// An operation of the file.
#[derive(Default)]
struct Node<'a> {
    inputs: Vec<&'a [u8]>,
    gives: &'a [u8],
    operation: &'a [u8],
    has_attributes: bool,
}

/// Reads a file of ours.
///
/// # Errors
/// [`crate::Error::Network`] and [`crate::Error::Model`] saying what is wrong with it.
pub fn read(bytes: &[u8]) -> Result<Incoming> {
    let mut fields = Fields::new(bytes);
    let (mut graph, mut notes) = (None, Vec::new());
    while let Some(field) = fields.next() {
        match field? {
            (7, Value::Bytes(message)) => graph = Some(fields.within(message)),
            (14, Value::Bytes(message)) if notes.len() < MOST => notes.push(note(fields.within(message))?),
            _ => {}
        }
    }
    let mut graph = graph.ok_or(NetworkProblem::NoGraph)?;
    let (mut tensors, mut nodes) = (HashMap::new(), Vec::new());
    while let Some(field) = graph.next() {
        match field? {
            (1, Value::Bytes(message)) => nodes.push(node(graph.within(message))?),
            (5, Value::Bytes(message)) => {
                let tensor = tensor(graph.within(message))?;
                tensors.insert(tensor.name, tensor);
            }
            _ => {}
        }
        if nodes.len() > MOST || tensors.len() > MOST {
            return Err(ModelProblem::TooManyLayers {
                count: tensors.len().max(nodes.len()),
                max: MAX_LAYERS,
            }
            .into());
        }
    }
    Ok(Incoming { model: model_of(&nodes, &tensors)?, notes, is_told: true })
}

fn note(fields: Fields) -> Result<(String, String)> {
    let mut note = (String::new(), String::new());
    for field in fields {
        match field? {
            (1, Value::Bytes(key)) => note.0 = text(key),
            (2, Value::Bytes(value)) => note.1 = text(value),
            _ => {}
        }
    }
    Ok(note)
}

fn node<'a>(fields: Fields<'a>) -> Result<Node<'a>> {
    let mut node = Node::default();
    for field in fields {
        match field? {
            (1, Value::Bytes(name)) if node.inputs.len() < MOST => node.inputs.push(name),
            (2, Value::Bytes(name)) => node.gives = name,
            (4, Value::Bytes(name)) => node.operation = name,
            (5, _) => node.has_attributes = true,
            _ => {}
        }
    }
    Ok(node)
}

fn tensor<'a>(fields: Fields<'a>) -> Result<Tensor<'a>> {
    let mut tensor = Tensor::default();
    for field in fields {
        match field? {
            (1, Value::Number(size)) => tensor.shape.push(size),
            (2, Value::Number(kind)) => tensor.kind = kind,
            (8, Value::Bytes(name)) => tensor.name = name,
            (9, Value::Bytes(raw)) => tensor.raw = raw,
            _ => {}
        }
        if tensor.shape.len() > 2 {
            return Err(ModelProblem::WrongDimensions { layer: 0, dimensions: tensor.shape.len() }.into());
        }
    }
    Ok(tensor)
}

/// A text of a file, whatever its bytes are.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

type Tensors<'a> = HashMap<&'a [u8], Tensor<'a>>;

/// The chain that is being walked along.
struct Chain<'a> {
    nodes: std::slice::Iter<'a, Node<'a>>,
    tensors: &'a Tensors<'a>,
    /// What the last operation gave.
    last: &'a [u8],
}

impl<'a> Chain<'a> {
    /// The next operation, where it is one of these and takes what the last one gave.
    fn next(&mut self, operations: &[&str]) -> Option<&'a Node<'a>> {
        let node = self.nodes.as_slice().first()?;
        let is_next = operations.iter().any(|operation| operation.as_bytes() == node.operation);
        // A cast has an attribute of its own; others would do something else with theirs.
        let is_plain = !node.has_attributes || node.operation == b"Cast";
        if !is_next || !is_plain || node.inputs.first() != Some(&self.last) {
            return None;
        }
        self.nodes.next();
        self.last = node.gives;
        Some(node)
    }

    /// What stands where a layer was expected.
    fn other(&self) -> NetworkProblem {
        let operation = self.nodes.as_slice().first().map_or_else(String::new, |node| text(node.operation));
        NetworkProblem::OtherOperation { operation }
    }

    /// The constant at `place` among an operation's inputs: its shape and its numbers.
    fn constant(&self, node: &Node, place: usize) -> Result<(&'a [u64], Vec<f32>)> {
        let name = node.inputs.get(place).copied().unwrap_or_default();
        let tensor = self.tensors.get(name);
        let tensor = tensor.ok_or_else(|| ModelProblem::MissingTensor { tensor: text(name) })?;
        if tensor.kind != FLOAT {
            let precision = format!("type {}", tensor.kind);
            return Err(ModelProblem::WrongPrecision { tensor: text(name), precision }.into());
        }
        // What is there is counted, never what is claimed.
        let (floats, rest) = tensor.raw.as_chunks::<4>();
        let claimed = tensor.shape.iter().try_fold(1_u64, |count, &size| count.checked_mul(size));
        if claimed != Some(floats.len() as u64) || !rest.is_empty() {
            return Err(NetworkProblem::OtherNumbers { tensor: text(name) }.into());
        }
        let values: Vec<f32> = floats.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect();
        if values.iter().any(|value| !value.is_finite()) {
            return Err(ModelProblem::NotFinite { tensor: text(name) }.into());
        }
        Ok((&tensor.shape, values))
    }

    /// One number for each pixel; a single one is meant for all.
    fn of_pixels(&self, node: &Node, factor: f32) -> Result<Vec<f32>> {
        let (_, values) = self.constant(node, 1)?;
        let values: Vec<f32> = values.iter().map(|value| value * factor).collect();
        match values[..] {
            [one] => Ok(vec![one; PIXELS]),
            _ if values.len() == PIXELS => Ok(values),
            _ => Err(ModelProblem::WrongScaling { pixels: values.len(), inputs: PIXELS }.into()),
        }
    }
}

fn model_of(nodes: &[Node], tensors: &Tensors) -> Result<Model> {
    let first = nodes.first().and_then(|node| node.inputs.first().copied()).unwrap_or_default();
    let mut chain = Chain { nodes: nodes.iter(), tensors, last: first };
    let mut scaling = (vec![255.0; PIXELS], vec![0.0; PIXELS]);
    if let Some(node) = chain.next(&["Mul"]) {
        scaling.0 = chain.of_pixels(node, 255.0)?;
    }
    if let Some(node) = chain.next(&["Add"]) {
        scaling.1 = chain.of_pixels(node, 1.0)?;
    }
    let (mut layers, mut operations): (Vec<Dense<f32>>, Vec<&[u8]>) = (Vec::new(), Vec::new());
    while !chain.nodes.as_slice().is_empty() {
        let layer = layers.len();
        let product = chain.next(&["Gemm"]).ok_or_else(|| chain.other())?;
        let (shape, weights) = chain.constant(product, 1)?;
        let (_, bias) = chain.constant(product, 2)?;
        let &[inputs, outputs] = shape else {
            return Err(ModelProblem::WrongDimensions { layer, dimensions: shape.len() }.into());
        };
        // As many numbers as these are there, so that they are small.
        let (inputs, outputs) = (inputs as usize, outputs as usize);
        if bias.len() != outputs || layers.last().is_some_and(|below| below.bias.len() != inputs) {
            return Err(ModelProblem::LayerDoesNotFit { layer }.into());
        }
        let weights = Array2::from_shape_vec((inputs, outputs), weights)
            .map_err(|_| NetworkProblem::OtherNumbers { tensor: text(product.inputs[1]) })?;
        layers.push(Dense { weights, bias: Array1::from_vec(bias) });
        let known = ["Greater", "Sigmoid", "Tanh", "Relu", "Identity", "Softmax"];
        let then = chain.next(&known).ok_or_else(|| chain.other())?;
        if then.operation == b"Greater" {
            let (_, zero) = chain.constant(then, 1)?;
            let is_step = zero == [0.0];
            chain.next(&["Cast"]).filter(|_| is_step).ok_or_else(|| chain.other())?;
        }
        operations.push(then.operation);
    }
    let last = operations.pop().unwrap_or_default();
    let output = Output::ALL.into_iter().find(|&output| output_name(output).as_bytes() == last);
    let output = output.ok_or_else(|| ModelProblem::UnknownOutput { word: text(last) })?;
    let activations = operations.into_iter().map(|operation| {
        let found = Activation::ALL.into_iter().find(|&known| activation_name(known).as_bytes() == operation);
        found.ok_or_else(|| ModelProblem::UnknownActivation { word: text(operation) }.into())
    });
    let activations = activations.collect::<Result<Vec<_>>>()?;
    let network = network_of(layers, |layer| activations[layer], output)?;
    Ok(Model { network, scaling: Some(scaling) })
}
