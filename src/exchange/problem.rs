//! What can be wrong with a file that should hold a network.

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::nn::ModelProblem;

/// Why a network's file cannot be opened. The text continues a sentence that begins with "this file".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum NetworkProblem {
    /// No bytes.
    #[error("is empty")]
    Empty,
    /// More bytes than are read.
    #[error("has {bytes} bytes, at most {max} are read")]
    TooLarge {
        /// The file's bytes.
        bytes: usize,
        /// The most that are read.
        max: usize,
    },
    /// A zip file, as Keras and PyTorch write their own.
    #[error("is an archive, as Keras and PyTorch write them; save the weights as safetensors")]
    Archive,
    /// Contents that make no network.
    #[error("{problem}")]
    Contents {
        /// What is wrong with them.
        problem: ModelProblem,
    },
    /// An ONNX file that ends in the middle of something, or is none.
    #[error("is not a whole ONNX file: it breaks off at byte {offset}")]
    BreaksOff {
        /// Where.
        offset: usize,
    },
    /// An ONNX file without a graph.
    #[error("has no graph")]
    NoGraph,
    /// An ONNX graph that is no chain of layers as they are written here.
    #[error("has the operation “{operation}” where a layer was expected")]
    OtherOperation {
        /// Its type, as ONNX calls it.
        operation: String,
    },
    /// A tensor whose numbers are not as many as its shape says.
    #[error("has other numbers in {tensor} than its shape says")]
    OtherNumbers {
        /// Its name.
        tensor: String,
    },
    /// Images of another size.
    #[error("takes {inputs} inputs, the images here have {expected} pixels")]
    OtherInputs {
        /// Its inputs.
        inputs: usize,
        /// Pixels of an image.
        expected: usize,
    },
    /// Another number of classes than the data set has.
    #[error("knows {classes} classes, the data set has {expected}")]
    OtherClasses {
        /// Its outputs.
        classes: usize,
        /// Classes of the data set.
        expected: usize,
    },
}

impl From<NetworkProblem> for Error {
    fn from(problem: NetworkProblem) -> Self {
        Self::Network { problem }
    }
}
