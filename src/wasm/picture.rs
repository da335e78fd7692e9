//! Numbers to pixels for the page's canvases.

use crate::picture::{self, Palette};
use crate::wasm::received;
use tsify::Ts;
use wasm_bindgen::prelude::*;

/// RGBA bytes and the magnitude that is opaque in them.
#[wasm_bindgen]
pub struct DivergingPicture {
    rgba: Vec<u8>,
    scale: f64,
}

#[wasm_bindgen]
impl DivergingPicture {
    /// Four bytes a value, copied out.
    #[wasm_bindgen(getter)]
    pub fn rgba(&self) -> Vec<u8> {
        self.rgba.clone()
    }
    /// The magnitude painted opaque.
    #[wasm_bindgen(getter)]
    pub fn scale(&self) -> f64 {
        self.scale
    }
}

/// Signed numbers in the palette's two colours, see [`picture::diverging`].
#[wasm_bindgen(js_name = divergingPicture)]
pub fn diverging_picture(
    values: &[f32],
    scale: Option<f64>,
    palette: Ts<Palette>,
) -> Result<DivergingPicture, JsValue> {
    let picture = picture::diverging(values, scale, &received(palette)?);
    Ok(DivergingPicture { rgba: picture.rgba, scale: picture.scale })
}

/// A scale for [`diverging_picture`] that a few outliers do not stretch, see [`picture::magnitude_of_most`].
#[wasm_bindgen(js_name = magnitudeOfMost)]
pub fn magnitude_of_most(values: &[f32], share: f64) -> f64 {
    picture::magnitude_of_most(values, share)
}

/// Bytes as ink, see [`picture::intensity`].
#[wasm_bindgen(js_name = intensityPicture)]
pub fn intensity_picture(values: &[u8], palette: Ts<Palette>) -> Result<Vec<u8>, JsValue> {
    Ok(picture::intensity(values, received(palette)?.ink))
}
