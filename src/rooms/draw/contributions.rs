//! Why a model answers as it does: how much each pixel spoke for a class.

use ndarray::Array2;
use serde::{Deserialize, Serialize};

use crate::error::{ArrayName, Rule, SettingName};
use crate::nn::{Forward, Model};
use crate::{Error, Result};

/// What spoke for one class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct Voice {
    /// The class.
    pub label: usize,
    /// [`Model::contributions`] of it.
    #[serde(skip)]
    pub contributions: Vec<f32>,
    /// What they add up to.
    pub sum: f64,
    /// The bias of its logit.
    pub bias: f32,
    /// Its logit.
    pub logit: f32,
}

impl Model {
    /// How much each pixel spoke for class `class`: `∂zₖ/∂x ⊙ x`, with `x` the network's inputs.
    ///
    /// Without hidden layers the gradient of a logit is its column of weights, and this is
    /// `x ⊙ Wₖ`: the terms of the weighted sum itself, which with the bias add up to the logit. With
    /// hidden layers it is *gradient × input*, the first-order share of each pixel.
    /// Shape: 784 pixels 0…1 → 784.
    ///
    /// # Errors
    /// [`Error::Shape`] for an image of another size, [`Error::Setting`] for a class that is not there.
    ///
    /// # References
    /// A. Shrikumar, P. Greenside, A. Shcherbina, A. Kundaje, *Not just a black box: learning important features
    /// through propagating activation differences*, 2016 (gradient ⊙ input).
    pub fn contributions(&self, image: &[f32], class: usize) -> Result<Vec<f32>> {
        let architecture = self.network.architecture();
        Rule::Place { count: architecture.outputs }.check(SettingName::Class, class)?;
        if image.len() != architecture.inputs {
            return Err(Error::shape(ArrayName::Image, architecture.inputs, image.len()));
        }
        Ok(self.contributions_in(&self.forward(image)?, class))
    }

    fn contributions_in(&self, forward: &Forward<f32>, class: usize) -> Vec<f32> {
        let architecture = self.network.architecture();
        let mut d_z = Array2::zeros((1, architecture.outputs));
        d_z[[0, class]] = 1.0;
        for (l, layer) in self.network.parameters.layers.iter().enumerate().rev() {
            let mut d_below = Array2::zeros((1, layer.weights.nrows()));
            layer.backward_inputs(d_z.view(), d_below.view_mut());
            if l == 0 {
                return d_below.iter().zip(forward.inputs(0)).map(|(d, x)| d * x).collect();
            }
            d_z = Array2::zeros(d_below.dim());
            architecture.hidden[l - 1].activation.backward(
                forward.pre_activations(l - 1),
                forward.activations(l - 1),
                d_below.view(),
                d_z.view_mut(),
            );
        }
        unreachable!("the loop returns at layer 0, and every network has one")
    }

    /// The `count` classes with the largest logits and what spoke for each, the largest first; the first of equals.
    ///
    /// # Errors
    /// [`Error::Shape`] for an image of another size.
    pub fn voices(&self, image: &[f32], count: usize) -> Result<Vec<Voice>> {
        let forward = self.forward(image)?;
        let logits = forward.logits().row(0).to_vec();
        let mut order: Vec<usize> = (0..logits.len()).collect();
        order.sort_by(|&a, &b| logits[b].total_cmp(&logits[a]));
        let layers = &self.network.parameters.layers;
        let bias = &layers[layers.len() - 1].bias;
        let voice = |&label: &usize| {
            let contributions = self.contributions_in(&forward, label);
            let sum = contributions.iter().map(|&part| f64::from(part)).sum();
            Voice { label, contributions, sum, bias: bias[label], logit: logits[label] }
        };
        Ok(order.iter().take(count).map(voice).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Generator;
    use crate::nn::{Activation, Architecture, Hidden, Initializer, Network, Output};

    fn model(hidden: Vec<Hidden>) -> Model {
        let architecture = Architecture { inputs: 20, hidden, outputs: 5, output: Output::Softmax };
        Model::new(Network::new(architecture, Initializer::HeUniform, &mut Generator::new(3)).unwrap())
    }

    #[test]
    fn the_loudest_voices_come_first_and_of_a_linear_model_they_make_up_the_logit() {
        let image: Vec<f32> = (0..20).map(|i| i as f32 / 20.0).collect();
        for hidden in [vec![], vec![Hidden { units: 7, activation: Activation::Tanh }]] {
            let linear = hidden.is_empty();
            let model = model(hidden);
            let voices = model.voices(&image, 2).unwrap();
            let forward = model.forward(&image).unwrap();
            assert_eq!((voices.len(), voices[0].label), (2, forward.prediction(0)));
            assert!(voices[0].logit >= voices[1].logit);
            for voice in &voices {
                assert_eq!(voice.logit, forward.logits()[[0, voice.label]]);
                assert_eq!(voice.contributions, model.contributions(&image, voice.label).unwrap());
                let whole = voice.sum + f64::from(voice.bias);
                assert_eq!(linear, (whole - f64::from(voice.logit)).abs() < 1e-5, "{voice:?}");
            }
            assert_eq!(model.voices(&image, 9).unwrap().len(), 5);
            assert!(model.voices(&image[1..], 2).is_err());
        }
    }

    #[test]
    fn of_equal_logits_the_first_class_speaks_first() {
        let mut equal = model(vec![]);
        equal.network.parameters.layers[0].weights.fill(0.0);
        let labels: Vec<usize> =
            equal.voices(&[1.0; 20], 3).unwrap().iter().map(|voice| voice.label).collect();
        assert_eq!(labels, [0, 1, 2]);
    }
}
