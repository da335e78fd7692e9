//! A `.keras` file: what `keras.models.load_model` opens.
//!
//! An archive of three entries: `config.json` has the layers and how they were trained, `metadata.json` the version,
//! `model.weights.h5` the numbers, `layers/dense/vars/0` the first layer's weights (in, out), `1` its bias. The texts
//! come from whoever calls: Keras's names for our settings are words, not numbers.
//!
//! # References
//! Keras 3.15, `keras/src/saving/saving_lib.py`.

use super::archive::stored;
use super::hdf5::{Node, file};
use crate::nn::Network;

/// The file of a network whose layers Keras calls `dense`, `dense_1` and so on.
pub fn write(network: &Network<f32>, config: &str, metadata: &str) -> Vec<u8> {
    let layers = network.parameters.layers.iter().enumerate().map(|(l, layer)| {
        let name = if l == 0 { "dense".to_owned() } else { format!("dense_{l}") };
        let (inputs, outputs) = layer.weights.dim();
        const LAYOUT: &str = "parameters are row-major";
        let weights = layer.weights.as_slice().expect(LAYOUT);
        let bias = layer.bias.as_slice().expect(LAYOUT);
        let arrays = vec![
            ("0".to_owned(), Node::Array(vec![inputs as u64, outputs as u64], weights)),
            ("1".to_owned(), Node::Array(vec![outputs as u64], bias)),
        ];
        (name, Node::Group(vec![("vars".to_owned(), Node::Group(arrays))]))
    });
    let root = Node::Group(vec![("layers".to_owned(), Node::Group(layers.collect()))]);
    stored(&[
        ("metadata.json", metadata.as_bytes()),
        ("config.json", config.as_bytes()),
        ("model.weights.h5", &file(&root)),
    ])
}
