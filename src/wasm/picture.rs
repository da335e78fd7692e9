//! Pixels for the page's canvases.

use js_sys::Uint8ClampedArray;
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

/// RGBA bytes as what a canvas paints and a message carries from thread to thread.
///
/// The bytes are copied: an `ImageData` keeps the very array that it is given, and one that lies in the engine's
/// memory would be gone as soon as that memory grows.
///
/// Shapes: `rgba` (4 · `width` · height)
pub(crate) fn image_data(rgba: &[u8], width: usize) -> Result<ImageData, JsValue> {
    ImageData::new_with_js_u8_clamped_array(&Uint8ClampedArray::from(rgba), width as u32)
}
