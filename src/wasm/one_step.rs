//! One training step taken apart, for the page; see [`crate::rooms::one_step`].

use crate::Result as EngineResult;
use crate::data::{PIXELS, SIDE};
use crate::error::{Rule, SettingName};
use crate::nn::{Dense, Parameters};
use crate::picture::{Palette, diverging, largest_magnitude};
use crate::rooms::one_step::check::Place;
use crate::rooms::one_step::{
    Bug, Changes, Pass, Scene, Shape, Signals, Step, Survey, Term, WeightArithmetic, WeightQuantity,
};
use crate::wasm::data::DataSet;
use crate::wasm::picture::image_data;
use crate::wasm::trainer::Trainer;
use crate::wasm::{received, sent};
use tsify::Ts;
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

/// A step on a copy of a run's network, and the image of its mini-batch that is looked at.
#[wasm_bindgen]
pub struct OneStep {
    step: Step,
    place: usize,
    image: Pass,
}

#[wasm_bindgen]
impl OneStep {
    /// Bugs that the network of `trainer` has a place for.
    pub fn bugs(trainer: &Trainer) -> Result<Vec<Ts<Bug>>, JsValue> {
        let settings = trainer.trainer.settings();
        Bug::with_a_place(settings.output, settings.optimizer).iter().map(sent).collect()
    }

    /// The next step of `trainer`, on a copy with `changes`, looked at in the image at `place` of the mini-batch,
    /// or its last one.
    ///
    /// Throws for a bug or an edit that this network has no place for.
    pub fn of(trainer: &mut Trainer, changes: Ts<Changes>, place: usize) -> Result<Self, JsValue> {
        Self::taken(Step::changed(&mut trainer.trainer, &received(changes)?, None)?, place)
    }

    /// The same with an image of `guests` in place of the mini-batch's first one.
    #[wasm_bindgen(js_name = withGuest)]
    pub fn with_guest(
        trainer: &mut Trainer,
        changes: Ts<Changes>,
        place: usize,
        guests: &DataSet,
        guest: u32,
    ) -> Result<Self, JsValue> {
        let (image, label) = (guests.image(guest)?, guests.label(guest)?);
        let step = Step::changed(&mut trainer.trainer, &received(changes)?, Some((&image, label)))?;
        Self::taken(step, place)
    }

    /// Looks at another image of the mini-batch, or its last one.
    pub fn look(&mut self, place: usize) -> Result<(), JsValue> {
        (self.place, self.image) = looked_at(&self.step, place)?;
        Ok(())
    }

    /// Everything of that image but its pictures.
    pub fn scene(&self) -> Result<Ts<Scene>, JsValue> {
        sent(&self.step.scene(self.place, &self.image)?)
    }

    /// A quantity of all weights into `count` units of a layer from `first` on, in the palette's two colours, on one
    /// scale: one picture below the other, 28×28 where the layer sees images, else a line.
    pub fn sheet(
        &self,
        layer: usize,
        quantity: Ts<WeightQuantity>,
        first: usize,
        count: usize,
        palette: Ts<Palette>,
    ) -> Result<ImageData, JsValue> {
        let values = self.step.sheet(&self.image, received(quantity)?, layer, first, count)?;
        let inputs = values.len() / count;
        let rgba = diverging(&values, largest_magnitude(&values), &received(palette)?);
        image_data(&rgba, if inputs == PIXELS { SIDE } else { inputs })
    }

    /// One weight's own arithmetic; `input` is left out for the bias.
    pub fn weight(
        &self,
        layer: usize,
        input: Option<usize>,
        unit: usize,
    ) -> Result<Ts<WeightArithmetic>, JsValue> {
        sent(&self.step.weight(self.place, &self.image, Place { layer, input, unit })?)
    }

    /// What comes down to a hidden unit through the transposed weights, a term a unit above.
    #[wasm_bindgen(js_name = passedBack)]
    pub fn passed_back(&self, layer: usize, unit: usize) -> Result<Vec<Ts<Term>>, JsValue> {
        self.step.passed_back(&self.image, layer, unit)?.iter().map(sent).collect()
    }

    /// What runs along the lines of a picture with at most `most` units a hidden layer, of each the opened one.
    pub fn signals(&self, most: usize, opened: Vec<usize>) -> Result<Ts<Signals>, JsValue> {
        sent(&self.step.signals(&self.image, most, &opened)?)
    }

    /// The input of a layer whose weight into `unit` has the largest gradient for this image.
    #[wasm_bindgen(js_name = mostTelling)]
    pub fn most_telling(&self, layer: usize, unit: usize) -> Result<usize, JsValue> {
        Ok(self.step.most_telling(&self.image, layer, unit)?)
    }

    /// Compares weights and biases of every layer with central differences, as many as about so many multiply–adds
    /// allow.
    pub fn survey(
        &self,
        #[wasm_bindgen(js_name = multiplyAdds)] multiply_adds: f64,
    ) -> Result<Ts<Survey>, JsValue> {
        sent(&self.step.survey(self.step.affordable(multiply_adds)))
    }

    /// What the network is, and where the run stands.
    pub fn shape(&self) -> Result<Ts<Shape>, JsValue> {
        sent(&self.step.shape())
    }

    /// The mini-batch's inputs, scaled: B × 784.
    pub fn inputs(&self) -> Vec<f64> {
        self.step.inputs().iter().copied().collect()
    }

    /// The mini-batch's classes.
    pub fn labels(&self) -> Vec<u8> {
        self.step.labels().to_vec()
    }

    /// Weights of a layer before the step, row by row: (in, out).
    pub fn weights(&self, layer: usize) -> Result<Vec<f64>, JsValue> {
        self.weights_of(&self.step.network().parameters, layer)
    }

    /// Biases of a layer before the step.
    pub fn bias(&self, layer: usize) -> Result<Vec<f64>, JsValue> {
        self.bias_of(&self.step.network().parameters, layer)
    }

    /// The optimizer's state `name` before the step for a layer's weights, shaped as they are.
    pub fn state(&self, name: &str, layer: usize) -> Result<Vec<f64>, JsValue> {
        self.weights_of(self.step.state(name)?, layer)
    }

    /// The same state for a layer's biases.
    #[wasm_bindgen(js_name = biasState)]
    pub fn bias_state(&self, name: &str, layer: usize) -> Result<Vec<f64>, JsValue> {
        self.bias_of(self.step.state(name)?, layer)
    }
}

impl OneStep {
    fn taken(step: Step, place: usize) -> Result<Self, JsValue> {
        let (place, image) = looked_at(&step, place)?;
        Ok(Self { step, place, image })
    }

    fn weights_of(&self, parameters: &Parameters<f64>, layer: usize) -> Result<Vec<f64>, JsValue> {
        Ok(layer_of(parameters, layer)?.weights.iter().copied().collect())
    }

    fn bias_of(&self, parameters: &Parameters<f64>, layer: usize) -> Result<Vec<f64>, JsValue> {
        Ok(layer_of(parameters, layer)?.bias.to_vec())
    }
}

fn looked_at(step: &Step, place: usize) -> EngineResult<(usize, Pass)> {
    let place = place.min(step.labels().len() - 1);
    Ok((place, step.image(place)?))
}

fn layer_of(parameters: &Parameters<f64>, layer: usize) -> EngineResult<&Dense<f64>> {
    let layers = &parameters.layers;
    Rule::Place { count: layers.len() }.check(SettingName::Layer, layer)?;
    Ok(&layers[layer])
}
