//! A trained network in a file: safetensors, with weights in `f16` or `f32`.
//!
//! | tensor | shape | |
//! |---|---|---|
//! | `layers.0.weights` … | (in, out) | `F16` or `F32` |
//! | `layers.0.bias` … | (out,) | `F16` or `F32` |
//! | `pixels.multiply`, `pixels.add` | (in,) | `F32`, both or none: input = multiply · pixel + add, pixel 0…1 |
//!
//! The header's metadata has one entry, `layers`: the activation of each hidden
//! layer and the output, `relu relu softmax`.

use std::collections::HashMap;

use half::f16;
use ndarray::{Array1, Array2};
use safetensors::SafeTensorError;
use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};
use serde::{Deserialize, Serialize};

use super::{Activation, Architecture, Dense, Forward, Hidden, ModelProblem, Network, Output, Parameters};
use crate::error::ArrayName;
use crate::{Error, Result};

/// Most layers a file may have: six hidden ones and the output.
pub(crate) const MAX_LAYERS: usize = Architecture::MAX_HIDDEN + 1;

/// How the numbers of a layer are kept in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// Two bytes: 11 significant bits, enough to answer with.
    Half,
    /// Four bytes: every bit of the network.
    Single,
}

/// A network that answers, with what it does to pixels before its first layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The network.
    pub network: Network<f32>,
    /// Input = multiply · pixel + add for each pixel; `None` means that pixels 0…1 are the inputs.
    pub scaling: Option<(Vec<f32>, Vec<f32>)>,
}

/// What a model says of one image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct ModelAnswer {
    /// One output a class: probabilities, for softmax and sigmoid.
    pub outputs: Vec<f32>,
    /// The class with the largest logit, the first of equals.
    pub prediction: usize,
}

impl Model {
    /// A model whose inputs are pixels 0…1.
    pub fn new(network: Network<f32>) -> Self {
        Self { network, scaling: None }
    }

    /// The inputs of one image. Units: pixels 0…1.
    pub fn inputs(&self, image: &[f32]) -> Vec<f32> {
        match &self.scaling {
            None => image.to_vec(),
            Some((multiply, add)) => {
                image.iter().zip(multiply).zip(add).map(|((&x, &m), &a)| m * x + a).collect()
            }
        }
    }

    /// The forward pass of images, 0…1 a pixel.
    ///
    /// # Errors
    /// [`Error::Shape`] when `images` is not a whole number of the network's inputs.
    pub fn forward(&self, images: &[f32]) -> Result<Forward<f32>> {
        let width = self.network.architecture().inputs;
        if images.is_empty() || !images.len().is_multiple_of(width) {
            let expected = images.len().next_multiple_of(width).max(width);
            return Err(Error::shape(ArrayName::Pixels, expected, images.len()));
        }
        let inputs: Vec<f32> = images.chunks_exact(width).flat_map(|image| self.inputs(image)).collect();
        let inputs = Array2::from_shape_vec((images.len() / width, width), inputs).expect("counted above");
        Ok(self.network.forward(inputs.view()))
    }

    /// What the network says of one image, 0…1 a pixel.
    ///
    /// # Errors
    /// [`Error::Shape`] for an image of another size.
    pub fn answer(&self, image: &[f32]) -> Result<ModelAnswer> {
        let expected = self.network.architecture().inputs;
        if image.len() != expected {
            return Err(Error::shape(ArrayName::Image, expected, image.len()));
        }
        let forward = self.forward(image)?;
        Ok(ModelAnswer { outputs: forward.outputs().row(0).to_vec(), prediction: forward.prediction(0) })
    }

    /// The file's bytes; the same model gives the same bytes.
    pub fn to_bytes(&self, precision: Precision) -> Vec<u8> {
        let mut tensors: Vec<(String, Dtype, Vec<usize>, Vec<u8>)> = Vec::new();
        for (l, layer) in self.network.parameters.layers.iter().enumerate() {
            let weights: Vec<f32> = layer.weights.iter().copied().collect();
            let (dtype, bytes) = encode(&weights, precision);
            tensors.push((format!("layers.{l}.weights"), dtype, layer.weights.shape().to_vec(), bytes));
            let (dtype, bytes) = encode(&layer.bias.to_vec(), precision);
            tensors.push((format!("layers.{l}.bias"), dtype, vec![layer.bias.len()], bytes));
        }
        if let Some((multiply, add)) = &self.scaling {
            for (name, values) in [("pixels.multiply", multiply), ("pixels.add", add)] {
                let (dtype, bytes) = encode(values, Precision::Single);
                tensors.push((name.to_owned(), dtype, vec![values.len()], bytes));
            }
        }
        let views = tensors.iter().map(|(name, dtype, shape, bytes)| {
            let view = TensorView::new(*dtype, shape.clone(), bytes).expect("the shape counts the bytes");
            (name.as_str(), view)
        });
        let words = words_of(self.network.architecture());
        // One entry only: a map of several would be written in no fixed order.
        let metadata = HashMap::from([("layers".to_owned(), words.join(" "))]);
        serialize(views, Some(metadata)).expect("names are unique and shapes fit")
    }

    /// Reads a file, checking everything: layout, names, shapes that follow each other, finite numbers.
    ///
    /// # Errors
    /// [`Error::Model`] saying what is wrong with the file.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        let not_whole = |error: SafeTensorError| ModelProblem::NoSafetensors { reason: error.to_string() };
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(not_whole)?;
        let tensors = SafeTensors::deserialize(bytes).map_err(not_whole)?;
        let words = metadata.metadata().as_ref().and_then(|m| m.get("layers"));
        let words: Vec<&str> = words.ok_or(ModelProblem::NoLayers)?.split(' ').collect();
        if words.len() > MAX_LAYERS {
            return Err(ModelProblem::TooManyLayers { count: words.len(), max: MAX_LAYERS }.into());
        }
        let (output, hidden) = words.split_last().expect("split gives at least one word");
        let output =
            output_of(output).ok_or_else(|| ModelProblem::UnknownOutput { word: output.to_string() })?;
        let mut layers: Vec<Dense<f32>> = Vec::new();
        for l in 0..words.len() {
            let (shape, weights) = decode(&tensors, &format!("layers.{l}.weights"))?;
            let (bias_shape, bias) = decode(&tensors, &format!("layers.{l}.bias"))?;
            let [inputs, outputs] = shape[..] else {
                return Err(ModelProblem::WrongDimensions { layer: l, dimensions: shape.len() }.into());
            };
            if bias_shape != [outputs] || layers.last().is_some_and(|below| below.bias.len() != inputs) {
                return Err(ModelProblem::LayerDoesNotFit { layer: l }.into());
            }
            let weights = Array2::from_shape_vec((inputs, outputs), weights).expect("decode counted");
            layers.push(Dense { weights, bias: Array1::from_vec(bias) });
        }
        let mut activations = Vec::new();
        for (word, layer) in hidden.iter().zip(&layers) {
            let activation = activation_of(word)
                .ok_or_else(|| ModelProblem::UnknownActivation { word: word.to_string() })?;
            activations.push(Hidden { units: layer.bias.len(), activation });
        }
        let inputs = layers[0].weights.nrows();
        let outputs = layers[layers.len() - 1].bias.len();
        let architecture = Architecture { inputs, hidden: activations, outputs, output };
        let network = Network::with_parameters(architecture, Parameters { layers })
            .map_err(|error| ModelProblem::Impossible { reason: Box::new(error) })?;
        let has_scaling = tensors.names().iter().any(|name| name.starts_with("pixels."));
        let scaling = if has_scaling {
            let (multiply, add) = (decode(&tensors, "pixels.multiply")?.1, decode(&tensors, "pixels.add")?.1);
            if multiply.len() != inputs || add.len() != inputs {
                return Err(ModelProblem::WrongScaling { pixels: multiply.len(), inputs }.into());
            }
            Some((multiply, add))
        } else {
            None
        };
        Ok(Self { network, scaling })
    }
}

/// The activation of each hidden layer, then the output.
pub(crate) fn words_of(architecture: &Architecture) -> Vec<&'static str> {
    let hidden = architecture.hidden.iter().map(|hidden| activation_name(hidden.activation));
    hidden.chain([output_name(architecture.output)]).collect()
}

fn encode(values: &[f32], precision: Precision) -> (Dtype, Vec<u8>) {
    match precision {
        Precision::Half => {
            (Dtype::F16, values.iter().flat_map(|&v| f16::from_f32(v).to_le_bytes()).collect())
        }
        Precision::Single => (Dtype::F32, values.iter().flat_map(|v| v.to_le_bytes()).collect()),
    }
}

/// A tensor's shape and its numbers.
///
/// # Errors
/// [`Error::Model`] when it is not there, of another precision, or not finite.
pub(crate) fn decode(tensors: &SafeTensors, name: &str) -> Result<(Vec<usize>, Vec<f32>)> {
    let tensor = tensors.tensor(name).map_err(|_| ModelProblem::MissingTensor { tensor: name.to_owned() })?;
    let values: Vec<f32> = match tensor.dtype() {
        Dtype::F16 => {
            tensor.data().chunks_exact(2).map(|b| f16::from_le_bytes([b[0], b[1]]).to_f32()).collect()
        }
        Dtype::F32 => {
            tensor.data().chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
        }
        other => {
            let (tensor, precision) = (name.to_owned(), format!("{other:?}"));
            return Err(ModelProblem::WrongPrecision { tensor, precision }.into());
        }
    };
    if values.iter().any(|value| !value.is_finite()) {
        return Err(ModelProblem::NotFinite { tensor: name.to_owned() }.into());
    }
    Ok((tensor.shape().to_vec(), values))
}

const ACTIVATIONS: [(&str, Activation); 5] = [
    ("step", Activation::Step),
    ("sigmoid", Activation::Sigmoid),
    ("tanh", Activation::Tanh),
    ("relu", Activation::Relu),
    ("identity", Activation::Identity),
];
const OUTPUTS: [(&str, Output); 3] =
    [("softmax", Output::Softmax), ("sigmoid", Output::Sigmoid), ("identity", Output::Identity)];

fn activation_name(wanted: Activation) -> &'static str {
    ACTIVATIONS.iter().find(|(_, a)| *a == wanted).expect("every activation is listed").0
}

fn activation_of(word: &str) -> Option<Activation> {
    ACTIVATIONS.iter().find(|(name, _)| *name == word).map(|(_, a)| *a)
}

fn output_name(wanted: Output) -> &'static str {
    OUTPUTS.iter().find(|(_, o)| *o == wanted).expect("every output is listed").0
}

fn output_of(word: &str) -> Option<Output> {
    OUTPUTS.iter().find(|(name, _)| *name == word).map(|(_, o)| *o)
}
