//! What the Data room asks of whole data sets.

use crate::data::LabelledImages;
use crate::data::statistics::{self, PixelCounts, ScaledMoments, grey_levels};
use crate::data::{PixelScaling, SIDE, Scaling, scaling::Moments};
use crate::elementary::exp;
use crate::error::{Rule, SettingName};
use crate::picture::{Palette, intensity};
use crate::rooms::data::closest_pairs;
use crate::rooms::data::doubtful_labels;
use crate::wasm::data::DataSet;
use crate::wasm::picture::image_data;
use crate::wasm::{received, sent};
use serde::{Deserialize, Serialize};
use std::rc::Rc;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;
use web_sys::ImageData;

/// Counts of scaled pixel values in equal bins, with the numbers of the formula.
#[derive(Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ScalingView {
    /// Where the first bin begins.
    low: f64,
    /// Where the last bin ends.
    high: f64,
    /// Values in each bin.
    counts: Vec<f64>,
    /// Values below `low`.
    below: f64,
    /// Values above `high`.
    above: f64,
    /// Mean of all scaled values.
    mean: f64,
    /// Their deviation.
    deviation: f64,
    /// The smallest.
    smallest: f64,
    /// The largest.
    largest: f64,
    /// Pixels that are the same in all training images.
    constant_pixels: usize,
}

/// One pixel of one image through a scaling.
#[derive(Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ScaledPixel {
    /// 0…255.
    raw: u8,
    /// Mean of this pixel over the training images.
    mean: f64,
    /// Its deviation.
    deviation: f64,
    /// What enters the network.
    scaled: f32,
}

/// Pixel values of a training part, counted once and scaled in three ways.
#[wasm_bindgen]
pub struct PixelStatistics {
    images: Rc<LabelledImages>,
    counts: PixelCounts,
    moments: Moments,
    scalings: [PixelScaling; 3],
}

#[wasm_bindgen]
impl PixelStatistics {
    /// Counts the pixels of the images at `indices` (the training part).
    #[wasm_bindgen(constructor)]
    pub fn new(set: &DataSet, indices: &[u32]) -> Result<Self, JsValue> {
        let there = Rule::Place { count: set.images.len() };
        indices.iter().try_for_each(|&index| there.check(SettingName::Index, index))?;
        let fit = |scaling| PixelScaling::fit(scaling, &set.images, indices);
        Ok(Self {
            images: Rc::clone(&set.images),
            counts: PixelCounts::of(&set.images, indices),
            moments: Moments::of(&set.images, indices),
            scalings: [fit(Scaling::None), fit(Scaling::MinMax), fit(Scaling::Standardized)],
        })
    }

    /// The histogram of all scaled values over `low..high`, and their moments.
    pub fn view(
        &self,
        scaling: Ts<Scaling>,
        low: f64,
        high: f64,
        bins: u32,
    ) -> Result<Ts<ScalingView>, JsValue> {
        Rule::Below { below: high }.check(SettingName::Low, low)?;
        Rule::AtLeast { min: 1.0 }.check(SettingName::Bins, bins)?;
        let scaling = self.scaling(received(scaling)?);
        let histogram = self.counts.histogram(scaling, low, high, bins as usize);
        let ScaledMoments { mean, deviation, smallest, largest } = self.counts.moments(scaling);
        sent(&ScalingView {
            low,
            high,
            counts: histogram.counts.iter().map(|&count| count as f64).collect(),
            below: histogram.below as f64,
            above: histogram.above as f64,
            mean,
            deviation,
            smallest,
            largest,
            constant_pixels: scaling.constant_pixels().len(),
        })
    }

    /// Pixel `pixel` of image `image`, before and after `scaling`.
    pub fn pixel(&self, scaling: Ts<Scaling>, image: u32, pixel: u32) -> Result<Ts<ScaledPixel>, JsValue> {
        let (image, pixel) = (image as usize, pixel as usize);
        Rule::Place { count: self.images.len() }.check(SettingName::Index, image)?;
        Rule::Place { count: crate::data::PIXELS }.check(SettingName::Pixel, pixel)?;
        let mut scaled = vec![0.0; crate::data::PIXELS];
        self.scaling(received(scaling)?).apply(self.images.image(image), &mut scaled);
        sent(&ScaledPixel {
            raw: self.images.image(image)[pixel],
            mean: self.moments.mean[pixel],
            deviation: self.moments.deviation[pixel],
            scaled: scaled[pixel],
        })
    }
}

impl PixelStatistics {
    fn scaling(&self, scaling: Scaling) -> &PixelScaling {
        match scaling {
            Scaling::None => &self.scalings[0],
            Scaling::MinMax => &self.scalings[1],
            Scaling::Standardized => &self.scalings[2],
        }
    }
}

/// The indices that train, as [`crate::data::split::train_validation`] draws them.
#[wasm_bindgen(js_name = trainIndices)]
pub fn train_indices(count: u32, validation_fraction: f64, seed: u32) -> Result<Vec<u32>, JsValue> {
    Ok(crate::data::split::train_validation(count, validation_fraction, seed)?.0)
}

/// `0..count` in random order, the same for the same seed.
#[wasm_bindgen]
pub fn permutation(count: u32, seed: u32) -> Vec<u32> {
    crate::data::split::permutation(count, seed)
}

/// The mean image of each class, in ink.
#[wasm_bindgen(js_name = classMeans)]
pub fn class_means(set: &DataSet, palette: Ts<Palette>) -> Result<Vec<ImageData>, JsValue> {
    let ink = received(palette)?.ink;
    let means = statistics::class_means(&set.images);
    means.iter().map(|mean| image_data(&intensity(&grey_levels(mean), ink), SIDE)).collect()
}

/// Two images that are nearly the same.
#[derive(Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ClosePair {
    /// Index in the training set, or past it in the test set.
    first: u32,
    /// As `first`.
    second: u32,
    /// Root of the mean squared difference of a pixel, in grey levels.
    difference: f64,
}

/// Pairs, closest first.
#[derive(Serialize, Deserialize, Tsify)]
pub struct ClosePairs(Vec<ClosePair>);

/// The search for near-duplicates among training and test images, in slices.
#[wasm_bindgen]
pub struct ClosestPairs {
    sets: [Rc<LabelledImages>; 2],
    search: closest_pairs::ClosestPairs,
}

#[wasm_bindgen]
impl ClosestPairs {
    /// Prepares the search for the `wanted` closest pairs.
    #[wasm_bindgen(constructor)]
    pub fn new(train: &DataSet, test: &DataSet, wanted: u32) -> Self {
        let sets = [Rc::clone(&train.images), Rc::clone(&test.images)];
        let search = closest_pairs::ClosestPairs::new(&[&sets[0], &sets[1]], wanted as usize);
        Self { sets, search }
    }

    /// Goes on for about so many comparisons; true once complete.
    pub fn advance(&mut self, comparisons: u32) -> bool {
        self.search.advance(&[&self.sets[0], &self.sets[1]], comparisons as usize)
    }

    /// 0…1.
    #[wasm_bindgen(getter)]
    pub fn share(&self) -> f64 {
        self.search.share()
    }

    /// The closest pairs so far.
    pub fn pairs(&self) -> Result<Ts<ClosePairs>, JsValue> {
        let pairs = self.search.pairs().iter().map(|pair| ClosePair {
            first: pair.first,
            second: pair.second,
            difference: pair.root_mean_square(),
        });
        sent(&ClosePairs(pairs.collect()))
    }
}

/// An image whose label a network that was not trained on it finds unlikely.
#[derive(Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct DoubtfulLabel {
    /// Index in the training set.
    index: u32,
    /// Its label.
    label: u8,
    /// What the network answers instead.
    prediction: u8,
    /// Probability of that answer.
    probability: f32,
    /// Probability of the label.
    probability_of_label: f32,
}

/// Labels, most doubtful first.
#[derive(Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Doubts {
    /// The most doubtful.
    labels: Vec<DoubtfulLabel>,
    /// Of how many images the network's answer is another class.
    num_disagreements: usize,
}

/// The search for doubtful labels of a training set, in slices.
#[wasm_bindgen]
pub struct DoubtfulLabels {
    images: Rc<LabelledImages>,
    search: doubtful_labels::DoubtfulLabels,
}

#[wasm_bindgen]
impl DoubtfulLabels {
    /// Deals the images into two halves by `seed`.
    #[wasm_bindgen(constructor)]
    pub fn new(train: &DataSet, seed: u32) -> Result<Self, JsValue> {
        let search = doubtful_labels::DoubtfulLabels::new(&train.images, seed)?;
        Ok(Self { images: Rc::clone(&train.images), search })
    }

    /// Goes on for so many mini-batches of 64; true once complete.
    pub fn advance(&mut self, batches: u32) -> Result<bool, JsValue> {
        Ok(self.search.advance(&self.images, batches as usize)?)
    }

    /// 0…1.
    #[wasm_bindgen(getter)]
    pub fn share(&self) -> f64 {
        self.search.share()
    }

    /// The most doubtful labels so far.
    pub fn doubts(&self, wanted: u32) -> Result<Ts<Doubts>, JsValue> {
        let labels = self.search.most_doubtful(wanted as usize).into_iter().map(|doubt| DoubtfulLabel {
            index: doubt.index,
            label: self.images.labels()[doubt.index as usize],
            prediction: doubt.prediction,
            probability: doubt.probability,
            probability_of_label: exp(doubt.log_probability_of_label),
        });
        let labels = labels.collect();
        sent(&Doubts { labels, num_disagreements: self.search.num_disagreements() })
    }
}
