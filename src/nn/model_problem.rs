//! What can be wrong with a model's file.

use serde::{Deserialize, Serialize};

use crate::Error;

/// Why a model's file cannot be used. The text continues a sentence that begins with "the model file".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum ModelProblem {
    /// Cut short, followed by something else, or no such file at all.
    #[error("is not a whole safetensors file ({reason})")]
    NoSafetensors {
        /// What the reader of the format says, in English.
        reason: String,
    },
    /// The header's metadata has no `layers`.
    #[error("does not say its layers")]
    NoLayers,
    /// More layers than are read.
    #[error("has {count} layers, at most {max} are read")]
    TooManyLayers {
        /// Layers in the file.
        count: usize,
        /// The most that are read.
        max: usize,
    },
    /// The last layer's word is none of the outputs.
    #[error("has an unknown output “{word}”")]
    UnknownOutput {
        /// What the file says.
        word: String,
    },
    /// A hidden layer's word is none of the activations.
    #[error("has an unknown activation “{word}”")]
    UnknownActivation {
        /// What the file says.
        word: String,
    },
    /// A tensor is not there.
    #[error("has no {tensor}")]
    MissingTensor {
        /// Its name.
        tensor: String,
    },
    /// Weights that are no table.
    #[error("has weights with {dimensions} dimensions in layer {layer}")]
    WrongDimensions {
        /// The layer, from 0.
        layer: usize,
        /// Dimensions of its weights.
        dimensions: usize,
    },
    /// A layer whose weights do not go with its bias or with the layer below.
    #[error("has a layer {layer} that does not fit its neighbours")]
    LayerDoesNotFit {
        /// The layer, from 0.
        layer: usize,
    },
    /// A network that cannot be, for another reason.
    #[error("has an impossible layer: {reason}")]
    Impossible {
        /// What the network's own check says.
        #[cfg_attr(target_arch = "wasm32", tsify(type = "EngineError"))]
        reason: Box<Error>,
    },
    /// The file scales another number of pixels than the network has inputs.
    #[error("scales {pixels} pixels, the network has {inputs}")]
    WrongScaling {
        /// Pixels that are scaled.
        pixels: usize,
        /// The network's inputs.
        inputs: usize,
    },
    /// Numbers in a precision that is not read.
    #[error("keeps {tensor} as {precision}, not as F16 or F32")]
    WrongPrecision {
        /// The tensor's name.
        tensor: String,
        /// Its type, as the format calls it.
        precision: String,
    },
    /// A number that is not finite.
    #[error("has a number in {tensor} that is not finite")]
    NotFinite {
        /// The tensor's name.
        tensor: String,
    },
}

impl From<ModelProblem> for Error {
    fn from(problem: ModelProblem) -> Self {
        Self::Model { problem }
    }
}
