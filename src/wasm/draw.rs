//! Drawings and the models that read them, for the page.

use crate::draw::mnist_box::{self, DrawSettings, DrawStage, Refusal};
use crate::draw::{PIXELS, SIDE, Strokes};
use crate::error::ArrayName;
use crate::nn;
use crate::nn::model::{ModelAnswer, Precision};
use crate::picture::{Palette, diverging, ink, largest_magnitude};
use crate::rooms::draw::contributions::Voice;
use crate::rooms::draw::nearest::{Neighbour, nearest, share_nearer};
use crate::rooms::draw::teach::{LessonSettings, accuracy, teach};
use crate::wasm::data::DataSet;
use crate::wasm::picture::image_data;
use crate::wasm::trainer::Trainer;
use crate::wasm::{received, sent};
use crate::{Error, Result as EngineResult};
use serde::{Deserialize, Serialize};
use tsify::Ts;
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

/// What the pad needs to know before the first stroke.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub struct PadConstants {
    /// Every stage on, the measured pen.
    pub settings: DrawSettings,
    /// The pen's width on the pad, in units of its side.
    pub pad_pen: f32,
    /// Where the centre of mass goes, in pixels.
    pub middle: f32,
    /// Side of the box that a digit is fitted to, in pixels.
    pub box_side: f32,
}

/// The pad's constants.
#[wasm_bindgen(js_name = padConstants)]
pub fn pad_constants() -> Result<Ts<PadConstants>, JsValue> {
    sent(&PadConstants {
        settings: DrawSettings::default(),
        pad_pen: mnist_box::PAD_PEN,
        middle: mnist_box::MIDDLE,
        box_side: mnist_box::BOX,
    })
}

/// What became of the strokes, in numbers; the images are the getters of [`Drawing`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, tsify::Tsify)]
#[serde(rename_all = "camelCase")]
pub struct DrawingReport {
    /// Why it is not a digit; null when it may be one.
    pub refusal: Option<Refusal>,
    /// Pixels of the image a unit of the pad became.
    pub scale: f32,
    /// How far the centring moved the ink, in pixels to the right.
    pub moved_x: f32,
    /// And down.
    pub moved_y: f32,
    /// The ink's area in pixels.
    pub ink: f32,
}

/// Strokes on their way to 28×28 pixels; see [`mnist_box::prepare`].
#[wasm_bindgen]
pub struct Drawing {
    prepared: mnist_box::Prepared,
}

#[wasm_bindgen]
impl Drawing {
    /// Prepares strokes: x, y, pressure of every point, and how many points each stroke has.
    #[wasm_bindgen(constructor)]
    pub fn new(points: &[f32], lengths: &[u32], settings: Ts<DrawSettings>) -> Result<Self, JsValue> {
        let strokes = Strokes::from_flat(points, lengths)?;
        Ok(Self { prepared: mnist_box::prepare(&strokes, &received(settings)?)? })
    }

    /// What became of the strokes, in numbers.
    pub fn report(&self) -> Result<Ts<DrawingReport>, JsValue> {
        let p = &self.prepared;
        let (moved_x, moved_y) = p.moved;
        sent(&DrawingReport { refusal: p.refusal, scale: p.scale, moved_x, moved_y, ink: p.ink })
    }

    /// What the network receives: 784 values 0…1.
    #[wasm_bindgen(getter)]
    pub fn image(&self) -> Vec<f32> {
        self.prepared.image.clone()
    }

    /// A stage on the way, in ink.
    pub fn picture(&self, stage: Ts<DrawStage>, palette: Ts<Palette>) -> Result<ImageData, JsValue> {
        image_data(&ink(self.prepared.stage(received(stage)?), received(palette)?.ink), SIDE)
    }
}

/// A trained network that answers; see [`nn::Model`].
#[wasm_bindgen]
pub struct Model {
    model: nn::Model,
}

#[wasm_bindgen]
impl Model {
    /// Reads a safetensors file; throws when it is damaged, and says where.
    #[wasm_bindgen(js_name = fromBytes)]
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, JsValue> {
        let model = nn::Model::from_bytes(bytes)?;
        let inputs = model.network.architecture().inputs;
        if inputs != PIXELS {
            return Err(Error::shape(ArrayName::ModelInput, PIXELS, inputs).into());
        }
        Ok(Self { model })
    }

    /// The file's bytes, every bit kept.
    #[wasm_bindgen(js_name = toBytes)]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.model.to_bytes(Precision::Single)
    }

    /// Inputs, units of each hidden layer, classes.
    #[wasm_bindgen(getter)]
    pub fn widths(&self) -> Vec<u32> {
        self.model.network.architecture().widths().iter().map(|&width| width as u32).collect()
    }

    /// What the network says of one image of 784 values 0…1.
    pub fn read(&self, image: &[f32]) -> Result<Ts<ModelAnswer>, JsValue> {
        sent(&self.model.answer(one(image)?)?)
    }

    /// What spoke for the `count` likeliest classes of an image; see [`nn::Model::voices`].
    pub fn voices(&self, image: &[f32], count: usize) -> Result<Voices, JsValue> {
        let voices = self.model.voices(one(image)?, count)?;
        let scale = largest_magnitude(voices.iter().flat_map(|voice| &voice.contributions));
        Ok(Voices { voices, scale })
    }

    /// Share of a set's images that are read right, 0…1.
    pub fn accuracy(&self, #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet) -> Result<f64, JsValue> {
        let images: Vec<f32> = data_set.images.pixels().iter().map(|&v| f32::from(v) / 255.0).collect();
        Ok(accuracy(&self.model, &images, data_set.images.labels())?)
    }

    /// A copy after `steps` updates on drawings mixed with images of `dataSet`; see [`teach`].
    pub fn taught(
        &self,
        drawings: &[f32],
        labels: &[u8],
        #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet,
        steps: u32,
        seed: u32,
    ) -> Result<Self, JsValue> {
        let settings =
            LessonSettings { steps: steps as usize, seed: u64::from(seed), ..LessonSettings::default() };
        Ok(Self { model: teach(&self.model, drawings, labels, &data_set.images, settings)? })
    }
}

/// What spoke for some classes, and how it looks on one scale, so that their colours compare.
#[wasm_bindgen]
pub struct Voices {
    voices: Vec<Voice>,
    scale: f64,
}

#[wasm_bindgen]
impl Voices {
    /// The numbers, the likeliest class first.
    pub fn list(&self) -> Result<Vec<Ts<Voice>>, JsValue> {
        self.voices.iter().map(sent).collect()
    }

    /// The magnitude of a contribution that is painted opaque.
    #[wasm_bindgen(getter)]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Each class's contributions in the palette's two colours.
    pub fn pictures(&self, palette: Ts<Palette>) -> Result<Vec<ImageData>, JsValue> {
        let palette = received(palette)?;
        let paint = |voice: &Voice| image_data(&diverging(&voice.contributions, self.scale, &palette), SIDE);
        self.voices.iter().map(paint).collect()
    }
}

fn one(image: &[f32]) -> EngineResult<&[f32]> {
    if image.len() == PIXELS {
        return Ok(image);
    }
    Err(Error::shape(ArrayName::Image, PIXELS, image.len()))
}

#[wasm_bindgen]
impl Trainer {
    /// The network as it is now, with its scaling of pixels, as a file for [`Model::from_bytes`].
    #[wasm_bindgen(js_name = modelBytes)]
    pub fn model_bytes(&self) -> Vec<u8> {
        // A scaling is one multiplication and one addition a pixel: two images tell both.
        let add = self.trainer.scaled(&[0; PIXELS]);
        let white = self.trainer.scaled(&[255; PIXELS]);
        let multiply = white.iter().zip(&add).map(|(high, low)| high - low).collect();
        let scaling = Some((multiply, add));
        nn::Model { network: self.trainer.network().clone(), scaling }.to_bytes(Precision::Single)
    }

    /// The names of the classes it learns.
    #[wasm_bindgen(js_name = modelClassNames)]
    pub fn model_class_names(&self) -> Vec<String> {
        self.trainer.images().class_names().to_vec()
    }
}

/// The images of a set nearest to 784 values 0…1, nearest first; see [`nearest`].
#[wasm_bindgen(js_name = nearestImages)]
pub fn nearest_images(
    image: &[f32],
    #[wasm_bindgen(js_name = dataSet)] data_set: &DataSet,
    count: u32,
) -> Result<Vec<Ts<Neighbour>>, JsValue> {
    nearest(image, data_set.images.pixels(), count as usize)?.iter().map(sent).collect()
}

/// Share of unseen digits nearer to the training images than `distance`; see [`share_nearer`].
#[wasm_bindgen(js_name = shareNearer)]
pub fn share_nearer_than(quantiles: &[f32], distance: f32) -> f32 {
    share_nearer(quantiles, distance)
}
