//! Home's network for the page; see [`crate::rooms::home`].

use std::rc::Rc;

use tsify::Ts;
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

use super::data::{DataSet, IdxReader};
use super::picture::image_data;
use super::trainer::Trainer;
use super::{received, sent};
use crate::data::SIDE;
use crate::error::{Rule, SettingName};
use crate::picture::{Palette, diverging};
use crate::rooms::home::{self, Arrived, Standing};
use crate::train::fingerprint::fingerprint;
use crate::train::{self, Evaluation};

/// A network that learns from images while they arrive; see [`home::FirstLook`].
#[wasm_bindgen]
pub struct FirstLook {
    look: home::FirstLook,
}

#[wasm_bindgen]
impl FirstLook {
    /// A network at its first weights, for a file of so many images.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(js_name = numImages)] num_images: usize,
        #[wasm_bindgen(js_name = numClasses)] num_classes: usize,
    ) -> Result<Self, JsValue> {
        Ok(Self { look: home::FirstLook::new(num_images, num_classes)? })
    }

    /// The next step, if its images have arrived; whether it was made.
    #[wasm_bindgen(js_name = learnArriving)]
    pub fn learn_arriving(&mut self, images: &IdxReader, labels: &IdxReader) -> Result<bool, JsValue> {
        Ok(self.look.learn(arriving(images, labels))?)
    }

    /// The next step, of a set that is there.
    pub fn learn(&mut self, #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet) -> Result<bool, JsValue> {
        Ok(self.look.learn(whole(data_set))?)
    }

    /// How many images are watched at most.
    #[wasm_bindgen(getter, js_name = numWatched)]
    pub fn num_watched(&self) -> usize {
        home::WATCHED
    }

    /// Watches the first images of files that are arriving, once enough of them are there; whether it does.
    #[wasm_bindgen(js_name = watchArriving)]
    pub fn watch_arriving(&mut self, images: &IdxReader, labels: &IdxReader) -> Result<bool, JsValue> {
        let Some(total) = images.reader.total() else { return Ok(false) };
        let count = (total as usize).min(home::WATCHED);
        let there = arriving(images, labels);
        let is_there = there.pixels.len() >= count * SIDE * SIDE && there.labels.len() >= count;
        if is_there {
            let (pixels, labels) = (&there.pixels[..count * SIDE * SIDE], &there.labels[..count]);
            self.look.watch(Arrived { pixels, labels })?;
        }
        Ok(is_there)
    }

    /// Watches the first images of a set that is there.
    pub fn watch(&mut self, #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet) -> Result<(), JsValue> {
        Ok(self.look.watch(whole(data_set))?)
    }

    /// Updates made.
    #[wasm_bindgen(getter)]
    pub fn step(&self) -> usize {
        self.look.step()
    }

    /// Updates in an epoch.
    #[wasm_bindgen(getter, js_name = stepsPerEpoch)]
    pub fn steps_per_epoch(&self) -> usize {
        self.look.steps_per_epoch()
    }

    /// Where it stands.
    pub fn standing(&self) -> Result<Ts<Standing>, JsValue> {
        sent(&self.look.standing())
    }

    /// The loss as a curve: updates made, mean, low and high end, one after the other.
    pub fn bands(&self) -> Vec<f64> {
        let bands = self.look.bands().into_iter();
        bands.flat_map(|band| [band.step as f64, band.mean, band.low, band.high]).collect()
    }

    /// The weights into each class in the palette's two colours, on one scale: one picture of 28×28 below the other.
    pub fn maps(&self, palette: Ts<Palette>) -> Result<ImageData, JsValue> {
        let weights = &self.look.network().parameters.layers[0].weights;
        image_data(&diverging(weights.t(), self.look.weight_scale(), &received(palette)?), SIDE)
    }

    /// The weights into one class on the way, one picture below the other. Throws for a class that there is not.
    pub fn portraits(&self, class: usize, palette: Ts<Palette>) -> Result<ImageData, JsValue> {
        let palette = received(palette)?;
        let mut rgba = Vec::new();
        for portrait in self.look.portraits() {
            let count = portrait.weights.ncols();
            Rule::Place { count }.check(SettingName::Class, class)?;
            rgba.extend(diverging(portrait.weights.column(class), portrait.scale, &palette));
        }
        image_data(&rgba, SIDE)
    }

    /// A hash of every parameter's bits, as a run's.
    #[wasm_bindgen(js_name = weightsHash)]
    pub fn weights_hash(&self) -> String {
        format!("{:016x}", fingerprint(&self.look.network().parameters))
    }
}

/// The run that Home's network is, on a set that is there, at its start: the same weights after the same steps.
#[wasm_bindgen(js_name = homeTrainer)]
pub fn home_trainer(#[wasm_bindgen(js_name = dataSet)] data_set: &DataSet) -> Result<Trainer, JsValue> {
    let trainer = train::Trainer::new(Rc::clone(&data_set.images), home::FirstLook::settings())?;
    Ok(Trainer { trainer: trainer.in_file_order(), exam: Evaluation::default() })
}

fn arriving<'a>(images: &'a IdxReader, labels: &'a IdxReader) -> Arrived<'a> {
    Arrived { pixels: images.reader.items(), labels: labels.reader.items() }
}

fn whole(data_set: &DataSet) -> Arrived<'_> {
    Arrived { pixels: data_set.images.pixels(), labels: data_set.images.labels() }
}
