//! Networks leave and come back: files that the field's own tools open, and the readers of what they give.
//!
//! | file | subject |
//! |---|---|
//! | [`safetensors`] | every bit of a network, with notes for a stranger; ours, and PyTorch's `N.weight` |
//! | [`onnx`], [`onnx_reader`] | a graph from raw bytes to outputs, written and read back |
//! | [`protobuf`] | the encoding that ONNX is written in |
//! | [`keras`] | a `.keras` file: an archive of two texts and the weights |
//! | [`hdf5`] | the part of HDF5 that such weights need |
//! | [`archive`] | a zip file without compression |
//!
//! A network without its pixels' scaling is a trap: with 0…255 in place of 0…1 most answers stay the same, so nobody
//! notices. Every file here says what its inputs are, and those that can, scale by themselves.
//!
//! Readers trust nothing: what a header claims is compared with what is there before anything is made of it.
//!
//! # Examples
//! ```
//! use atelier::Generator;
//! use atelier::exchange::{self, Outgoing, safetensors};
//! use atelier::nn::{Architecture, Initializer, Network, Output};
//!
//! let architecture = Architecture { inputs: 784, hidden: vec![], outputs: 10, output: Output::Softmax };
//! let network = Network::<f32>::new(architecture, Initializer::GlorotUniform, &mut Generator::new(42))?;
//! let (multiply, add) = ([1.0 / 255.0; 784], [0.0; 784]); // bytes to 0…1
//! let bytes = safetensors::write(Outgoing { network: &network, multiply: &multiply, add: &add, notes: &[] });
//!
//! assert_eq!(exchange::read(&bytes)?.model.network, network);
//! assert!(exchange::read(b"PK").unwrap_err().to_string().contains("save the weights as safetensors"));
//! # Ok::<(), atelier::Error>(())
//! ```

pub mod archive;
pub mod hdf5;
pub mod keras;
pub mod onnx;
pub mod onnx_reader;
mod problem;
pub mod protobuf;
pub mod safetensors;

pub use problem::NetworkProblem;

use crate::data::PIXELS;
use crate::nn::{Model, Network};
use crate::{Error, Result};

/// The largest file that is read: the largest network has 7 MB of weights, and a file may hold more beside them.
pub const MAX_BYTES: usize = 64 << 20;

/// What a file says in words: a key and its text, in the order in which they are written.
pub type Notes = [(String, String)];

/// A network on its way out.
#[derive(Clone, Copy, Debug)]
pub struct Outgoing<'a> {
    /// Its shape and its numbers.
    pub network: &'a Network<f32>,
    /// Input = multiply · byte + add, for each pixel. Units: bytes 0…255.
    pub multiply: &'a [f32],
    /// See `multiply`.
    pub add: &'a [f32],
    /// What else there is to know of it.
    pub notes: &'a Notes,
}

/// A network that came in.
#[derive(Clone, Debug, PartialEq)]
pub struct Incoming {
    /// The network, and what it does to pixels.
    pub model: Model,
    /// What the file says of it.
    pub notes: Vec<(String, String)>,
    /// Whether the file says what its layers do; where it does not, hidden layers are ReLU, the output is softmax, and
    /// pixels are 0…1.
    pub is_told: bool,
}

/// Reads a network from a file's bytes: safetensors of ours or of PyTorch, or an ONNX file of ours.
///
/// # Errors
/// [`Error::Network`] saying what is wrong with the file, or what it is instead.
pub fn read(bytes: &[u8]) -> Result<Incoming> {
    if bytes.len() > MAX_BYTES {
        return Err(NetworkProblem::TooLarge { bytes: bytes.len(), max: MAX_BYTES }.into());
    }
    let read = match bytes {
        [] => Err(NetworkProblem::Empty.into()),
        // A zip file: what PyTorch's and Keras's own files are.
        [b'P', b'K', ..] => Err(NetworkProblem::Archive.into()),
        // An ONNX file begins with its IR version, a safetensors file with its header's length and a brace.
        [0x08, ..] if bytes.get(8) != Some(&b'{') => onnx_reader::read(bytes),
        _ => safetensors::read(bytes),
    };
    let incoming = read.map_err(|error| match error {
        Error::Model { problem } => NetworkProblem::Contents { problem }.into(),
        other => other,
    })?;
    let inputs = incoming.model.network.architecture().inputs;
    if inputs != PIXELS {
        return Err(NetworkProblem::OtherInputs { inputs, expected: PIXELS }.into());
    }
    Ok(incoming)
}
