//! A visitor's own drawings for the page.

use crate::data::PIXELS;
use crate::draw::mnist_box::{self, DrawSettings, Refusal};
use crate::draw::{SIDE, Strokes};
use crate::picture::{Palette, intensity};
use crate::rooms::draw::collection::{self, CollectionPlan};
use crate::wasm::data::DataSet;
use crate::wasm::picture::image_data;
use crate::wasm::{received, sent};
use std::rc::Rc;
use tsify::Ts;
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

/// A drawing as it is collected: 784 bytes, as the Draw room's network would receive it.
#[wasm_bindgen]
pub struct CollectedDrawing {
    prepared: mnist_box::Prepared,
}

#[wasm_bindgen]
impl CollectedDrawing {
    /// Takes strokes as [`super::draw::Drawing`] does, with every stage on.
    #[wasm_bindgen(constructor)]
    pub fn new(points: &[f32], lengths: &[u32]) -> Result<Self, JsValue> {
        let strokes = Strokes::from_flat(points, lengths)?;
        Ok(Self { prepared: mnist_box::prepare(&strokes, &DrawSettings::default())? })
    }

    /// Why it is none; undefined when it is one.
    #[wasm_bindgen(getter)]
    pub fn refusal(&self) -> Result<Option<Ts<Refusal>>, JsValue> {
        self.prepared.refusal.as_ref().map(sent).transpose()
    }

    /// 784 bytes, 0 is paper.
    #[wasm_bindgen(getter)]
    pub fn pixels(&self) -> Vec<u8> {
        self.prepared.image.iter().map(|value| (value * 255.0).round() as u8).collect()
    }
}

/// What a collection becomes; see [`collection::plan`].
#[wasm_bindgen(js_name = collectionPlan)]
pub fn collection_plan(
    labels: &[u8],
    #[wasm_bindgen(js_name = numClasses)] num_classes: usize,
) -> Result<Ts<CollectionPlan>, JsValue> {
    sent(&collection::plan(labels, num_classes)?)
}

/// Images of 784 bytes each, in ink.
#[wasm_bindgen(js_name = inkPictures)]
pub fn ink_pictures(pixels: &[u8], palette: Ts<Palette>) -> Result<Vec<ImageData>, JsValue> {
    let ink = received(palette)?.ink;
    pixels.chunks_exact(PIXELS).map(|image| image_data(&intensity(image, ink), SIDE)).collect()
}

/// A drawing's variations, itself the first; see [`collection::variations`].
#[wasm_bindgen]
pub fn variations(drawing: &[u8]) -> Result<Vec<u8>, JsValue> {
    Ok(collection::variations(drawing)?)
}

/// Drawings as a set to train on and a set to test on, in this order; see [`collection::data_sets`].
#[wasm_bindgen(js_name = collectionSets)]
pub fn collection_sets(
    pixels: &[u8],
    labels: &[u8],
    #[wasm_bindgen(js_name = classNames)] class_names: Vec<String>,
) -> Result<Vec<DataSet>, JsValue> {
    let (train, test) = collection::data_sets(pixels, labels, class_names)?;
    Ok([train, test].map(|images| DataSet { images: Rc::new(images) }).into())
}
