//! What a run's network holds, for whoever looks at it: weights, gradients, the optimizer's state, and how many.

use crate::Error;
use crate::data::SIDE;
use crate::error::{Rule, SettingName};
use crate::nn::{Dense, Parameters};
use crate::picture::{Palette, diverging, scale_for_most};
use crate::wasm::picture::image_data;
use crate::wasm::received;
use crate::wasm::trainer::Trainer;
use tsify::Ts;
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

#[wasm_bindgen]
impl Trainer {
    /// Number of layers with weights, the output layer included.
    #[wasm_bindgen(getter, js_name = numLayers)]
    pub fn num_layers(&self) -> usize {
        self.trainer.network().num_layers()
    }

    /// Weights of a layer, row by row: (in, out), so that unit `k` has every `out`-th number from `k` on.
    pub fn weights(&self, layer: usize) -> Result<Vec<f32>, JsValue> {
        weights_of(&self.trainer.network().parameters, layer)
    }

    /// The magnitude from which on a weight of the first layer is painted opaque; see [`scale_for_most`].
    #[wasm_bindgen(getter, js_name = weightScale)]
    pub fn weight_scale(&self) -> f64 {
        scale_for_most(&self.first_layer().weights)
    }

    /// The weights into each unit of the first layer in the palette's two colours, on one scale: one picture of
    /// 28×28 below the other.
    #[wasm_bindgen(js_name = weightSheet)]
    pub fn weight_sheet(&self, scale: f64, palette: Ts<Palette>) -> Result<ImageData, JsValue> {
        image_data(&diverging(self.first_layer().weights.t(), scale, &received(palette)?), SIDE)
    }

    /// Biases of a layer: (out,).
    pub fn bias(&self, layer: usize) -> Result<Vec<f32>, JsValue> {
        bias_of(&self.trainer.network().parameters, layer)
    }

    /// Gradient of the last batch's mean loss with respect to a layer's weights, shaped as they are.
    #[wasm_bindgen(js_name = weightGradients)]
    pub fn weight_gradients(&self, layer: usize) -> Result<Vec<f32>, JsValue> {
        weights_of(&self.trainer.last_backward().parameters, layer)
    }

    /// Gradient of the last batch's mean loss with respect to a layer's biases.
    #[wasm_bindgen(js_name = biasGradients)]
    pub fn bias_gradients(&self, layer: usize) -> Result<Vec<f32>, JsValue> {
        bias_of(&self.trainer.last_backward().parameters, layer)
    }

    /// The largest magnitude among the gradients of each layer's weights in the last update, from the
    /// input up; undefined where that update was not made here.
    #[wasm_bindgen(js_name = largestGradients)]
    pub fn largest_gradients(&self) -> Option<Vec<f32>> {
        self.trainer.largest_gradients()
    }

    /// Names of the optimizer's state for each parameter: `m`, `v` …
    #[wasm_bindgen(js_name = optimizerStateNames)]
    pub fn optimizer_state_names(&self) -> Vec<String> {
        self.trainer.optimizer().settings().state_names().iter().map(|&name| name.to_owned()).collect()
    }

    /// The optimizer's state `name` for a layer's weights, shaped as they are.
    #[wasm_bindgen(js_name = optimizerState)]
    pub fn optimizer_state(&self, name: &str, layer: usize) -> Result<Vec<f32>, JsValue> {
        let optimizer = self.trainer.optimizer();
        let names = optimizer.settings().state_names();
        let Some(place) = names.iter().position(|&known| known == name) else {
            return Err(Error::setting(SettingName::State, name, Rule::Known).into());
        };
        weights_of(&optimizer.state()[place], layer)
    }

    /// A hash of every parameter's bits, 16 hexadecimal digits: equal runs have equal ones.
    #[wasm_bindgen(js_name = weightsHash)]
    pub fn weights_hash(&self) -> String {
        format!("{:016x}", self.trainer.fingerprint())
    }

    /// Weights and biases.
    #[wasm_bindgen(getter, js_name = numParameters)]
    pub fn num_parameters(&self) -> usize {
        self.trainer.network().architecture().num_parameters()
    }

    /// Multiply–adds of one image's forward pass.
    #[wasm_bindgen(getter, js_name = numMultiplyAdds)]
    pub fn num_multiply_adds(&self) -> usize {
        self.trainer.network().architecture().num_multiply_adds()
    }

    /// Multiply–adds of one training step on a full mini-batch.
    #[wasm_bindgen(getter, js_name = numMultiplyAddsOfStep)]
    pub fn num_multiply_adds_of_step(&self) -> f64 {
        let batch_size = self.trainer.settings().batch_size;
        self.trainer.network().architecture().num_multiply_adds_of_step(batch_size) as f64
    }
}

impl Trainer {
    fn first_layer(&self) -> &Dense<f32> {
        &self.trainer.network().parameters.layers[0]
    }
}

fn layer_of(parameters: &Parameters<f32>, layer: usize) -> Result<&Dense<f32>, JsValue> {
    parameters.layers.get(layer).ok_or_else(|| {
        Error::setting(SettingName::Layer, layer, Rule::Place { count: parameters.layers.len() }).into()
    })
}

fn weights_of(parameters: &Parameters<f32>, layer: usize) -> Result<Vec<f32>, JsValue> {
    Ok(layer_of(parameters, layer)?.weights.iter().copied().collect())
}

fn bias_of(parameters: &Parameters<f32>, layer: usize) -> Result<Vec<f32>, JsValue> {
    Ok(layer_of(parameters, layer)?.bias.to_vec())
}
