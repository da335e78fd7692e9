//! Files and data sets for the page.

use crate::Error;
use crate::data::{self, IdxKind, LabelledImages, SIDE};
use crate::error::{Rule, SettingName};
use crate::picture::{Palette, intensity};
use crate::train::saved::images_identity;
use crate::wasm::picture::image_data;
use crate::wasm::received;
use std::rc::Rc;
use tsify::Ts;
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

/// An IDX file read while it arrives; see [`data::IdxReader`].
#[wasm_bindgen]
pub struct IdxReader {
    pub(crate) reader: data::IdxReader,
}

#[wasm_bindgen]
impl IdxReader {
    /// A reader at the start of a file.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(js_name = fileName)] file_name: String,
        kind: Ts<IdxKind>,
    ) -> Result<Self, JsValue> {
        Ok(Self { reader: data::IdxReader::new(file_name, received(kind)?) })
    }

    /// Takes the next decompressed bytes.
    pub fn feed(&mut self, chunk: &[u8]) -> Result<(), JsValue> {
        Ok(self.reader.feed(chunk)?)
    }

    /// Items that have arrived whole.
    #[wasm_bindgen(getter)]
    pub fn received(&self) -> u32 {
        self.reader.received() as u32
    }

    /// Items by the header; undefined until the header is there.
    #[wasm_bindgen(getter)]
    pub fn total(&self) -> Option<u32> {
        self.reader.total()
    }

    /// Image `index` in ink; undefined while it has not arrived, and for labels.
    pub fn picture(&self, index: u32, palette: Ts<Palette>) -> Result<Option<ImageData>, JsValue> {
        let ink = received(palette)?.ink;
        let image = self.reader.item(index as usize).filter(|item| item.len() == data::PIXELS);
        image.map(|image| image_data(&intensity(image, ink), SIDE)).transpose()
    }

    /// Label `index`; undefined while it has not arrived, and for images.
    pub fn label(&self, index: u32) -> Option<u8> {
        let item = self.reader.item(index as usize)?;
        (self.reader.kind() == IdxKind::Labels).then(|| item[0])
    }

    /// Throws unless the file is whole; to be called after its last byte.
    pub fn finish(&self) -> Result<(), JsValue> {
        Ok(self.reader.check_complete()?)
    }
}

/// Images with labels and class names.
#[wasm_bindgen]
pub struct DataSet {
    pub(crate) images: Rc<LabelledImages>,
}

#[wasm_bindgen]
impl DataSet {
    /// Takes over two finished readers; they cannot be used afterwards.
    #[wasm_bindgen(constructor)]
    pub fn new(
        images: IdxReader,
        labels: IdxReader,
        #[wasm_bindgen(js_name = classNames)] class_names: Vec<String>,
    ) -> Result<Self, JsValue> {
        let images = LabelledImages::from_files(images.reader, labels.reader, class_names)?;
        Ok(Self { images: Rc::new(images) })
    }

    /// Takes a sixth of the images away, drawn by `seed`, and returns them as a test set.
    #[wasm_bindgen(js_name = holdOutTest)]
    pub fn hold_out_test(&mut self, seed: u32) -> Result<Self, JsValue> {
        let (train, test) = self.images.hold_out_test(seed)?;
        self.images = Rc::new(train);
        Ok(Self { images: Rc::new(test) })
    }

    /// Throws when all images are of one class; `fileName` is where their labels came from.
    #[wasm_bindgen(js_name = checkClasses)]
    pub fn check_classes(&self, #[wasm_bindgen(js_name = fileName)] file_name: &str) -> Result<(), JsValue> {
        Ok(self.images.check_classes(file_name)?)
    }

    /// Number of images.
    #[wasm_bindgen(getter)]
    pub fn length(&self) -> u32 {
        self.images.len() as u32
    }

    /// How many images in order are variations of one drawing; 1 where each is its own.
    #[wasm_bindgen(getter)]
    pub fn run(&self) -> u32 {
        self.images.run() as u32
    }

    /// The names of the classes, in order.
    #[wasm_bindgen(getter, js_name = classNames)]
    pub fn class_names(&self) -> Vec<String> {
        self.images.class_names().to_vec()
    }

    /// What tells these images from others, the same after every load.
    #[wasm_bindgen(getter)]
    pub fn identity(&self) -> String {
        images_identity(&self.images)
    }

    /// Number of images of each class.
    #[wasm_bindgen(getter, js_name = classCounts)]
    pub fn class_counts(&self) -> Vec<u32> {
        data::statistics::class_counts(&self.images)
    }

    /// All labels, one byte each.
    #[wasm_bindgen(getter)]
    pub fn labels(&self) -> Vec<u8> {
        self.images.labels().to_vec()
    }

    /// A set made of bytes that another engine gave out: N × 784 pixels, N labels, the names of the classes.
    #[wasm_bindgen(js_name = fromBytes)]
    pub fn from_bytes(
        pixels: Vec<u8>,
        labels: Vec<u8>,
        #[wasm_bindgen(js_name = classNames)] class_names: Vec<String>,
    ) -> Result<Self, JsValue> {
        Ok(Self { images: Rc::new(LabelledImages::new(pixels, labels, class_names)?) })
    }

    /// All pixels, N × 784 bytes, copied out.
    #[wasm_bindgen(getter)]
    pub fn pixels(&self) -> Vec<u8> {
        self.images.pixels().to_vec()
    }

    /// The 784 pixels of image `index`.
    pub fn image(&self, index: u32) -> Result<Vec<u8>, JsValue> {
        Ok(self.images.image(self.checked(index)?).to_vec())
    }

    /// The images at `indices`, in ink.
    pub fn pictures(&self, indices: &[u32], palette: Ts<Palette>) -> Result<Vec<ImageData>, JsValue> {
        let ink = received(palette)?.ink;
        let picture = |&index| image_data(&intensity(self.images.image(self.checked(index)?), ink), SIDE);
        indices.iter().map(picture).collect()
    }

    /// The class of image `index`.
    pub fn label(&self, index: u32) -> Result<u8, JsValue> {
        Ok(self.images.labels()[self.checked(index)?])
    }
}

impl DataSet {
    fn checked(&self, index: u32) -> Result<usize, Error> {
        let index = index as usize;
        Rule::Place { count: self.images.len() }.check(SettingName::Index, index)?;
        Ok(index)
    }
}
