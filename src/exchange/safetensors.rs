//! safetensors: the tensors of [`crate::nn::model`] with notes for a stranger, and PyTorch's own naming on the way in.
//!
//! ```text
//! header's length, 8 bytes │ header, JSON │ the tensors' numbers
//! ```
//!
//! | PyTorch's `nn.Sequential` | here |
//! |---|---|
//! | `0.weight` (out, in), `2.weight` … | `layers.0.weights` (in, out), `layers.1.weights` … |
//! | `0.bias` (out,) … | `layers.0.bias` (out,) … |
//!
//! # References
//! Hugging Face: safetensors, <https://github.com/huggingface/safetensors#format>.

use ::safetensors::SafeTensorError;
use ::safetensors::tensor::SafeTensors;
use ndarray::{Array1, Array2};

use super::{Incoming, Outgoing};
use crate::Result;
use crate::data::PIXELS;
use crate::nn::model::{MAX_LAYERS, decode, words_of};
use crate::nn::{Activation, Architecture, Dense, Hidden, Model, ModelProblem, Network, Output, Parameters};

/// The file of a network: the same network and notes give the same bytes.
///
/// Tensors are those of [`crate::nn::model`], so that whatever reads shipped models reads these.
pub fn write(outgoing: Outgoing) -> Vec<u8> {
    let mut header = Vec::new();
    let mut body: Vec<u8> = Vec::new();
    let words = words_of(outgoing.network.architecture()).join(" ");
    let notes = outgoing.notes.iter().map(|(key, text)| format!("{}:{}", quoted(key), quoted(text)));
    let all: Vec<String> = std::iter::once(format!("\"layers\":{}", quoted(&words))).chain(notes).collect();
    header.push(format!("\"__metadata__\":{{{}}}", all.join(",")));
    let mut tensor = |name: String, shape: &[usize], values: &mut dyn Iterator<Item = f32>| {
        let start = body.len();
        body.extend(values.flat_map(f32::to_le_bytes));
        let shape: Vec<String> = shape.iter().map(usize::to_string).collect();
        let (shape, end) = (shape.join(","), body.len());
        header.push(format!(
            "\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{shape}],\"data_offsets\":[{start},{end}]}}"
        ));
    };
    for (l, layer) in outgoing.network.parameters.layers.iter().enumerate() {
        let weights = &layer.weights;
        tensor(format!("layers.{l}.weights"), weights.shape(), &mut weights.iter().copied());
        tensor(format!("layers.{l}.bias"), layer.bias.shape(), &mut layer.bias.iter().copied());
    }
    // Of pixels 0…1, as in the shipped models.
    let multiply = &mut outgoing.multiply.iter().map(|&factor| factor * 255.0);
    tensor("pixels.multiply".to_owned(), &[PIXELS], multiply);
    tensor("pixels.add".to_owned(), &[PIXELS], &mut outgoing.add.iter().copied());
    let mut header = format!("{{{}}}", header.join(","));
    // The numbers begin at a multiple of eight.
    header.push_str(&" ".repeat(header.len().next_multiple_of(8) - header.len()));
    let mut file = (header.len() as u64).to_le_bytes().to_vec();
    file.extend(header.into_bytes());
    file.extend(body);
    file
}

/// A JSON string.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            letter if (letter as u32) < 0x20 => out.push_str(&format!("\\u{:04x}", letter as u32)),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Reads a file of ours, or of PyTorch's naming.
///
/// # Errors
/// [`crate::Error::Model`] saying what is wrong with the file.
pub fn read(bytes: &[u8]) -> Result<Incoming> {
    let not_whole = |error: SafeTensorError| ModelProblem::NoSafetensors { reason: error.to_string() };
    let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(not_whole)?;
    let said = metadata.metadata().clone().unwrap_or_default();
    if said.contains_key("layers") {
        let mut notes: Vec<(String, String)> = said.into_iter().filter(|(key, _)| key != "layers").collect();
        notes.sort();
        return Ok(Incoming { model: Model::from_bytes(bytes)?, notes, is_told: true });
    }
    let tensors = SafeTensors::deserialize(bytes).map_err(not_whole)?;
    let model = Model::new(of_pytorch(&tensors)?);
    Ok(Incoming { model, notes: Vec::new(), is_told: false })
}

/// The network of tensors `N.weight` and `N.bias`, by number: the numbers between belong to layers without weights.
fn of_pytorch(tensors: &SafeTensors) -> Result<Network<f32>> {
    let number = |name: &str| name.strip_suffix(".weight").and_then(|number| number.parse::<u32>().ok());
    let mut numbers: Vec<u32> = tensors.names().into_iter().filter_map(number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.is_empty() {
        return Err(ModelProblem::NoLayers.into());
    }
    if numbers.len() > MAX_LAYERS {
        return Err(ModelProblem::TooManyLayers { count: numbers.len(), max: MAX_LAYERS }.into());
    }
    let mut layers: Vec<Dense<f32>> = Vec::new();
    for (layer, number) in numbers.iter().enumerate() {
        let (shape, weights) = decode(tensors, &format!("{number}.weight"))?;
        let (bias_shape, bias) = decode(tensors, &format!("{number}.bias"))?;
        let [outputs, inputs] = shape[..] else {
            return Err(ModelProblem::WrongDimensions { layer, dimensions: shape.len() }.into());
        };
        if bias_shape != [outputs] || layers.last().is_some_and(|below| below.bias.len() != inputs) {
            return Err(ModelProblem::LayerDoesNotFit { layer }.into());
        }
        let weights = Array2::from_shape_vec((outputs, inputs), weights).expect("decode counted");
        let weights = Array2::from_shape_fn((inputs, outputs), |(i, k)| weights[[k, i]]);
        layers.push(Dense { weights, bias: Array1::from_vec(bias) });
    }
    network_of(layers, |_| Activation::Relu, Output::Softmax)
}

/// A network of layers that follow each other.
///
/// # Errors
/// [`ModelProblem::Impossible`] for sizes that no network here has.
pub(super) fn network_of(
    layers: Vec<Dense<f32>>,
    activation: impl Fn(usize) -> Activation,
    output: Output,
) -> Result<Network<f32>> {
    let (Some(first), Some(last)) = (layers.first(), layers.last()) else {
        return Err(ModelProblem::NoLayers.into());
    };
    let hidden = layers[..layers.len() - 1].iter().enumerate();
    let architecture = Architecture {
        inputs: first.weights.nrows(),
        outputs: last.bias.len(),
        hidden: hidden
            .map(|(l, layer)| Hidden { units: layer.bias.len(), activation: activation(l) })
            .collect(),
        output,
    };
    let network = Network::with_parameters(architecture, Parameters { layers });
    Ok(network.map_err(|error| ModelProblem::Impossible { reason: Box::new(error) })?)
}
