//! A run that begins with a network from a file, in place of weights drawn from the seed.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::inputs::Inputs;
use super::{Trainer, TrainingSettings};
use crate::data::{LabelledImages, PIXELS, PixelScaling};
use crate::exchange::NetworkProblem;
use crate::nn::{Model, Network, Parameters};
use crate::{Real, Result};

/// What a run begins with when it is not drawn: it is kept with the run, because nothing else says it again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub(super) struct Start<R: Real> {
    /// The first weights and biases.
    pub parameters: Parameters<R>,
    /// Input = multiply · byte + add, where that is not what the settings make of the training images.
    pub scaling: Option<(Vec<f32>, Vec<f32>)>,
}

impl<R: Real> Start<R> {
    /// Whether every number is finite and there is one for each pixel, so that nothing that is done with it later fails.
    pub fn is_sound(&self) -> bool {
        let is_of_pixels =
            |values: &[f32]| values.len() == PIXELS && values.iter().all(|value| value.is_finite());
        self.parameters.first_not_finite().is_none()
            && self.scaling.as_ref().is_none_or(|(multiply, add)| is_of_pixels(multiply) && is_of_pixels(add))
    }
}

/// How far a scaling may lie from the fitted one and be the same, in units of an input: it went through 32 bits twice.
const SAME: f32 = 1e-5;

impl Trainer<f32> {
    /// A run at its start, with the weights and the scaling of `model`.
    ///
    /// Where the model scales pixels as the settings would, the fitted scaling stays, to the bit.
    ///
    /// # Errors
    /// [`crate::Error::Network`] for another number of classes or of inputs, and what [`Trainer::new`] refuses.
    pub fn with_model(images: Rc<LabelledImages>, settings: TrainingSettings, model: &Model) -> Result<Self> {
        let architecture = model.network.architecture();
        let (classes, expected) = (architecture.outputs, images.num_classes());
        if classes != expected {
            return Err(NetworkProblem::OtherClasses { classes, expected }.into());
        }
        let hidden = architecture.hidden.clone();
        let settings = TrainingSettings { hidden, output: architecture.output, ..settings };
        let trainer = Self::new(images, settings)?;
        if *architecture != *trainer.network().architecture() {
            let expected = trainer.network().architecture().inputs;
            return Err(NetworkProblem::OtherInputs { inputs: architecture.inputs, expected }.into());
        }
        let fitted = trainer.fitted();
        let of_bytes = |(multiply, add): &(Vec<f32>, Vec<f32>)| {
            (multiply.iter().map(|factor| factor / 255.0).collect::<Vec<f32>>(), add.clone())
        };
        let scaling = model.scaling.as_ref().map(of_bytes).filter(|(multiply, add)| {
            let near = |one: &[f32], other: &[f32], most: f32| {
                one.iter()
                    .zip(other)
                    .all(|(one, other)| (one - other).abs() <= most * other.abs().max(1.0 / 255.0))
            };
            !near(multiply, fitted.multiply(), SAME) || !near(add, fitted.add(), SAME)
        });
        let parameters = model.network.parameters.clone();
        trainer.begun_with(Start { parameters, scaling })
    }
}

impl<R: Real> Trainer<R> {
    /// What the settings make of the training images.
    fn fitted(&self) -> PixelScaling {
        PixelScaling::fit(self.settings.pixels, &self.images, &self.train)
    }

    /// The same run at its start, from `start` on.
    ///
    /// # Errors
    /// [`crate::Error::Shape`] when it is not of this network.
    pub(super) fn begun_with(mut self, start: Start<R>) -> Result<Self> {
        let architecture = self.state.network.architecture().clone();
        self.state.network = Network::with_parameters(architecture, start.parameters.clone())?;
        if let Some((multiply, add)) = &start.scaling {
            self.inputs = Inputs::of(multiply, add);
        }
        self.start = Some(start);
        Ok(self)
    }

    /// Whether it began with a network from a file.
    pub fn has_own_start(&self) -> bool {
        self.start.is_some()
    }

    /// The network that it began with.
    ///
    /// # Panics
    /// Never: these settings have made a first state before.
    pub fn first_network(&self) -> Network<R> {
        self.first_again().network
    }

    /// Whether its pixels are scaled otherwise than the settings say, as the network that it began with wants it.
    pub fn has_own_scaling(&self) -> bool {
        self.start.as_ref().is_some_and(|start| start.scaling.is_some())
    }

    /// How bytes become inputs: input = multiply · byte + add. Shapes: (784,) both.
    pub fn scaling(&self) -> (Vec<f32>, Vec<f32>) {
        match self.start.as_ref().and_then(|start| start.scaling.clone()) {
            Some(own) => own,
            None => {
                let fitted = self.fitted();
                (fitted.multiply().to_vec(), fitted.add().to_vec())
            }
        }
    }
}
