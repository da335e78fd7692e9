//! As MNIST was made: the longest side to 20 pixels, the centre of mass to the middle of 28×28.

use serde::{Deserialize, Serialize};

use super::{PIXELS, Point, Raster, SIDE, Strokes};
use crate::Result;
use crate::error::{Rule, SettingName};

/// Side of the box that a digit is fitted to, in pixels.
///
/// # References
/// Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, *Gradient-based learning applied to document recognition*,
/// 1998: "size normalized to fit in a 20×20 pixel box while preserving their aspect ratio", then "centered in
/// a 28×28 image by computing the center of mass".
pub const BOX: f32 = 20.0;

/// Width of the pen in pixels of the 28×28 image: that of the MNIST training digits' own ink.
///
/// Measured by `cargo run --release --example measure_pen`.
pub const PEN_WIDTH: f32 = 2.3;

/// Where the centre of mass goes, in pixels from the image's left and top edge.
///
/// Not 14, the middle of the square: the MNIST training digits have theirs at the middle of the pixel in row
/// and column 14, that is at 14.5 (medians 14.51 and 14.49, by the same example).
pub const MIDDLE: f32 = 14.5;

/// Width of the pen on the pad, in units of its side: what the visitor sees while drawing.
pub const PAD_PEN: f32 = PEN_WIDTH / SIDE as f32;

/// A drawing shorter and narrower than this, in units of the pad's side, is a dot.
pub const DOT: f32 = PAD_PEN / 2.0;

/// More ink than this share of the 20×20 box is a filled pad: the inkiest MNIST training digit fills 0.78 of it.
pub const FILLED: f32 = 0.8;

/// Which stages are done.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase")]
pub struct DrawSettings {
    /// The longest side to 20 pixels with the aspect kept; else the pad's square is squeezed as it stands.
    pub fit: bool,
    /// The centre of mass to the middle; else the middle of the bounding box (or, not fitted, no move).
    pub centre: bool,
    /// Grey rims by averaging 64 samples a pixel; else each pixel is its middle sample.
    pub anti_alias: bool,
    /// The pen drawn at `pen_width` whatever the scale; else the pad's pen grows and shrinks with the drawing.
    pub match_pen: bool,
    /// Width of the pen in pixels of the image.
    pub pen_width: f32,
}

impl Default for DrawSettings {
    fn default() -> Self {
        Self { fit: true, centre: true, anti_alias: true, match_pen: true, pen_width: PEN_WIDTH }
    }
}

/// Why a drawing is not a digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum Refusal {
    /// Nothing was drawn on the pad.
    Empty,
    /// Smaller than the pen itself ([`DOT`]).
    Dot,
    /// The 20×20 box is mostly ink ([`FILLED`]).
    Filled,
}

/// A picture on the way from the pad to the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum DrawStage {
    /// [`Prepared::drawn`].
    Drawn,
    /// [`Prepared::fitted`].
    Fitted,
    /// [`Prepared::image`].
    Image,
}

/// A drawing on its way to the network.
#[derive(Clone, Debug, PartialEq)]
pub struct Prepared {
    /// The pad's square squeezed to 28×28, as the visitor drew it.
    pub drawn: Vec<f32>,
    /// After the fit, its bounding box in the middle.
    pub fitted: Vec<f32>,
    /// What the network receives, 784 values 0…1.
    pub image: Vec<f32>,
    /// Why it is not a digit, if it is not.
    pub refusal: Option<Refusal>,
    /// Pixels of the image a unit of the pad became.
    pub scale: f32,
    /// How far the centring moved the fitted ink, in pixels: right, down.
    pub moved: (f32, f32),
    /// The ink's area in pixels.
    pub ink: f32,
}

impl Prepared {
    /// The picture of a stage: 784 values 0…1.
    pub fn stage(&self, stage: DrawStage) -> &[f32] {
        match stage {
            DrawStage::Drawn => &self.drawn,
            DrawStage::Fitted => &self.fitted,
            DrawStage::Image => &self.image,
        }
    }
}

/// Strokes to the network's input, with every stage on the way.
///
/// ```text
/// s = (20 − pen) / longest side of the points        the pen's rim belongs to the 20 pixels
/// p ↦ s (p − middle of the bounding box) + 14
/// move by 14.5 − centre of mass, to the nearest 1/8 pixel
/// ```
///
/// Units        points 0…1 of the pad, y down; image 0 (paper) … 1 (ink)
///
/// # Errors
/// When the pen's width is not 0.5…8 pixels. A drawing that is no digit is not an
/// error: `refusal` says so, and the image shows what there is.
pub fn prepare(strokes: &Strokes, settings: &DrawSettings) -> Result<Prepared> {
    Rule::range(0.5, 8.0).check(SettingName::PenWidth, settings.pen_width)?;
    let mut pad = Raster::new();
    pad.ink(&strokes.map(on_pad), PAD_PEN * SIDE as f32);
    let drawn = pad.image((0.0, 0.0), !settings.anti_alias);
    let Some((left, top, right, bottom)) = strokes.bounds() else {
        let paper = vec![0.0; PIXELS];
        return Ok(Prepared {
            drawn,
            fitted: paper.clone(),
            image: paper,
            refusal: Some(Refusal::Empty),
            scale: 0.0,
            moved: (0.0, 0.0),
            ink: 0.0,
        });
    };
    let longest = (right - left).max(bottom - top);
    let scale = match (settings.fit, settings.match_pen) {
        (false, _) => SIDE as f32,
        (true, true) => (BOX - settings.pen_width).max(1.0) / longest.max(DOT),
        (true, false) => BOX / (longest + PAD_PEN),
    };
    let pen_width = if settings.match_pen { settings.pen_width } else { scale * PAD_PEN };
    let mut raster = Raster::new();
    if settings.fit {
        let middle = ((left + right) / 2.0, (top + bottom) / 2.0);
        raster.ink(&strokes.map(|p| place(p, middle, scale)), pen_width);
    } else {
        raster.ink(&strokes.map(on_pad), pen_width);
    }
    let moved = if settings.centre { to_middle(&raster) } else { (0.0, 0.0) };
    let ink = raster.area();
    let refusal = if longest < DOT {
        Some(Refusal::Dot)
    } else if ink > FILLED * BOX * BOX {
        Some(Refusal::Filled)
    } else {
        None
    };
    Ok(Prepared {
        drawn,
        fitted: raster.image((0.0, 0.0), !settings.anti_alias),
        image: raster.image(moved, !settings.anti_alias),
        refusal,
        scale,
        moved,
        ink,
    })
}

/// The last stage of [`prepare`] alone, for strokes in any unit: the image that the network receives.
///
/// `None` when nothing was drawn.
pub fn fit(strokes: &Strokes, pen_width: f32) -> Option<Vec<f32>> {
    let (left, top, right, bottom) = strokes.bounds()?;
    let scale = (BOX - pen_width).max(1.0) / (right - left).max(bottom - top).max(f32::MIN_POSITIVE);
    let middle = ((left + right) / 2.0, (top + bottom) / 2.0);
    let mut raster = Raster::new();
    raster.ink(&strokes.map(|p| place(p, middle, scale)), pen_width);
    Some(raster.image(to_middle(&raster), false))
}

fn on_pad(p: Point) -> Point {
    Point { x: p.x * SIDE as f32, y: p.y * SIDE as f32, ..p }
}

fn place(p: Point, (x, y): (f32, f32), scale: f32) -> Point {
    let half = SIDE as f32 / 2.0;
    Point { x: (p.x - x) * scale + half, y: (p.y - y) * scale + half, ..p }
}

/// The move that brings the centre of mass to the middle of the image.
fn to_middle(raster: &Raster) -> (f32, f32) {
    raster.centre_of_mass().map_or((0.0, 0.0), |(x, y)| (MIDDLE - x, MIDDLE - y))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(points: &[(f32, f32)]) -> Strokes {
        let values: Vec<f32> = points.iter().flat_map(|&(x, y)| [x, y, 0.5]).collect();
        Strokes::from_flat(&values, &[points.len() as u32]).unwrap()
    }

    /// Columns and rows with ink: (first, last) of each.
    fn extent(image: &[f32]) -> ((usize, usize), (usize, usize)) {
        let ink = |keep: &dyn Fn(usize) -> usize| {
            let places: Vec<usize> =
                image.iter().enumerate().filter(|(_, v)| **v > 0.0).map(|(i, _)| keep(i)).collect();
            (*places.iter().min().unwrap(), *places.iter().max().unwrap())
        };
        (ink(&|i| i % SIDE), ink(&|i| i / SIDE))
    }

    #[test]
    fn the_longest_side_becomes_20_pixels_and_the_aspect_stays() {
        let drawing = flat(&[(0.1, 0.1), (0.3, 0.1), (0.3, 0.5), (0.1, 0.5), (0.1, 0.1)]);
        let prepared = prepare(&drawing, &DrawSettings::default()).unwrap();
        let ((left, right), (top, bottom)) = extent(&prepared.image);
        // The middle stands at 14.5, so 20 pixels reach from 4.5 to 24.5.
        assert_eq!((top, bottom), (4, 24));
        // Half as wide as high between pen centres: (20 − w) / 2 + w.
        let width = (BOX - PEN_WIDTH) / 2.0 + PEN_WIDTH;
        assert!(((right - left + 1) as f32 - width).abs() < 2.0);
    }

    #[test]
    fn where_and_how_large_it_was_drawn_does_not_matter() {
        let shape = [(0.0, 0.0), (0.3, 0.05), (0.1, 0.25), (0.3, 0.4)];
        let small: Vec<_> = shape.iter().map(|&(x, y)| (x * 0.5 + 0.05, y * 0.5 + 0.7)).collect();
        let large: Vec<_> = shape.iter().map(|&(x, y)| (x * 2.0 + 0.3, y * 2.0 + 0.1)).collect();
        let settings = DrawSettings::default();
        let (a, b) = (prepare(&flat(&small), &settings).unwrap(), prepare(&flat(&large), &settings).unwrap());
        // Rounding of coordinates may flip a few samples on the rim.
        let worst = a.image.iter().zip(&b.image).map(|(x, y)| (x - y).abs()).fold(0.0, f32::max);
        assert!(worst <= 3.0 / 64.0, "{worst}");
        let unfitted = DrawSettings { fit: false, centre: false, ..settings };
        assert_ne!(
            prepare(&flat(&small), &unfitted).unwrap().image,
            prepare(&flat(&large), &unfitted).unwrap().image
        );
    }

    #[test]
    fn each_stage_can_be_switched_off() {
        let drawing = flat(&[(0.1, 0.2), (0.4, 0.2), (0.3, 0.6), (0.25, 0.6)]);
        let all = prepare(&drawing, &DrawSettings::default()).unwrap();
        for change in [
            |s: &mut DrawSettings| s.fit = false,
            |s: &mut DrawSettings| s.centre = false,
            |s: &mut DrawSettings| s.anti_alias = false,
            |s: &mut DrawSettings| s.match_pen = false,
        ] {
            let mut settings = DrawSettings::default();
            change(&mut settings);
            let other = prepare(&drawing, &settings).unwrap();
            assert_ne!(all.image, other.image, "{settings:?}");
        }
        let off = DrawSettings { fit: false, centre: false, match_pen: false, ..DrawSettings::default() };
        let same = prepare(&drawing, &off).unwrap();
        assert_eq!(same.image, same.drawn);
    }

    #[test]
    fn nothing_a_dot_and_a_filled_pad_are_no_digits() {
        let settings = DrawSettings::default();
        let refusal = |s: &Strokes| prepare(s, &settings).unwrap().refusal;
        assert_eq!(refusal(&Strokes::default()), Some(Refusal::Empty));
        assert_eq!(refusal(&flat(&[(0.5, 0.5)])), Some(Refusal::Dot));
        assert_eq!(refusal(&flat(&[(0.5, 0.5), (0.51, 0.52)])), Some(Refusal::Dot));
        let zigzag: Vec<(f32, f32)> = (0..60).map(|i| ((i % 2) as f32, i as f32 / 59.0)).collect();
        assert_eq!(refusal(&flat(&zigzag)), Some(Refusal::Filled));
        assert_eq!(refusal(&flat(&[(0.5, 0.1), (0.5, 0.9)])), None);
        let wide = DrawSettings { pen_width: f32::NAN, ..settings };
        assert!(prepare(&Strokes::default(), &wide).is_err());
    }
}
