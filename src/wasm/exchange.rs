//! Networks out and in, for the page.

use std::rc::Rc;

use crate::exchange::{self, Incoming, Outgoing, keras, onnx, safetensors};
use crate::nn::{Hidden, Output};
use crate::train::fingerprint::fingerprint;
use crate::train::{self, Evaluation, TrainingSettings};
use crate::wasm::data::DataSet;
use crate::wasm::trainer::Trainer;
use crate::wasm::{received, sent};
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

/// What a file says of the network in it.
#[derive(Clone, Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct NetworkShape {
    /// Hidden layers from the input up.
    pub hidden: Vec<Hidden>,
    /// What the last layer makes of its logits.
    pub output: Output,
    /// Its outputs.
    pub classes: usize,
    /// Whether the file says what its layers do and how pixels go in; else ReLU, softmax and 0…1 are taken.
    pub is_told: bool,
    /// A hash of every parameter's bits.
    pub fingerprint: String,
}

/// A network from a file; see [`exchange::read`].
#[wasm_bindgen]
pub struct NetworkFile {
    incoming: Incoming,
}

#[wasm_bindgen]
impl NetworkFile {
    /// Reads safetensors or ONNX; throws for anything else, and says what it is.
    pub fn read(bytes: &[u8]) -> Result<Self, JsValue> {
        Ok(Self { incoming: exchange::read(bytes)? })
    }

    /// What it holds.
    pub fn shape(&self) -> Result<Ts<NetworkShape>, JsValue> {
        let network = &self.incoming.model.network;
        let architecture = network.architecture();
        sent(&NetworkShape {
            hidden: architecture.hidden.clone(),
            output: architecture.output,
            classes: architecture.outputs,
            is_told: self.incoming.is_told,
            fingerprint: format!("{:016x}", fingerprint(&network.parameters)),
        })
    }

    /// What it says of the network under `key`.
    pub fn note(&self, key: &str) -> Option<String> {
        let found = self.incoming.notes.iter().find(|(known, _)| known == key);
        found.map(|(_, text)| text.clone())
    }

    /// A run at its start with this network; throws where it does not fit the data set, or the settings theirs.
    pub fn trainer(
        &self,
        #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet,
        settings: Ts<TrainingSettings>,
    ) -> Result<Trainer, JsValue> {
        let images = Rc::clone(&data_set.images);
        let trainer = train::Trainer::with_model(images, received(settings)?, &self.incoming.model)?;
        Ok(Trainer { trainer, exam: Evaluation::default() })
    }
}

#[wasm_bindgen]
impl Trainer {
    /// The network as safetensors, with notes: a key and its text, one after the other.
    pub fn safetensors(&self, notes: Vec<String>) -> Vec<u8> {
        self.outgoing(&notes, safetensors::write)
    }

    /// The network as ONNX, from raw bytes to outputs, with notes.
    pub fn onnx(&self, notes: Vec<String>) -> Vec<u8> {
        self.outgoing(&notes, onnx::write)
    }

    /// The network as a `.keras` file, with the texts that say what its layers are.
    pub fn keras(&self, config: &str, metadata: &str) -> Vec<u8> {
        keras::write(self.trainer.network(), config, metadata)
    }

    /// The weights and biases that it began with, layer after layer: weights (in, out) row by row, then the bias.
    #[wasm_bindgen(js_name = firstWeights)]
    pub fn first_weights(&self) -> Vec<f32> {
        self.trainer.first_network().parameters.slices().flatten().copied().collect()
    }

    /// The network that it began with, as [`Trainer::safetensors`].
    #[wasm_bindgen(js_name = firstSafetensors)]
    pub fn first_safetensors(&self) -> Vec<u8> {
        let (multiply, add) = self.trainer.scaling();
        let network = &self.trainer.first_network();
        safetensors::write(Outgoing { network, multiply: &multiply, add: &add, notes: &[] })
    }

    /// Whether it began with a network from a file.
    #[wasm_bindgen(getter, js_name = hasOwnStart)]
    pub fn has_own_start(&self) -> bool {
        self.trainer.has_own_start()
    }

    /// Whether pixels are scaled otherwise than the settings say, as the network that it began with wants it.
    #[wasm_bindgen(getter, js_name = hasOwnScaling)]
    pub fn has_own_scaling(&self) -> bool {
        self.trainer.has_own_scaling()
    }

    /// Input = multiply · byte + add: the 784 factors, then the 784 summands.
    pub fn scaling(&self) -> Vec<f32> {
        let (multiply, add) = self.trainer.scaling();
        [multiply, add].concat()
    }
}

impl Trainer {
    fn outgoing(&self, notes: &[String], write: impl Fn(Outgoing) -> Vec<u8>) -> Vec<u8> {
        let notes: Vec<(String, String)> =
            notes.as_chunks::<2>().0.iter().map(|[key, text]| (key.clone(), text.clone())).collect();
        let (multiply, add) = self.trainer.scaling();
        let network = self.trainer.network();
        write(Outgoing { network, multiply: &multiply, add: &add, notes: &notes })
    }
}
