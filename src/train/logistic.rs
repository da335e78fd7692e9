//! A run of logistic regression on images: the machine, what it learns from, what is held out.

use crate::data::{LabelledImages, PIXELS, PixelScaling, Scaling};
use crate::error::{ArrayName, Rule, SettingName};
use crate::linear::{EpochReport, LogisticSettings, OneVsRest, ScaledImages};
use crate::{Error, Result};
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// A run's settings; the same settings and the same images give the same bits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct LogisticRunSettings {
    /// The classifier's own.
    pub classifier: LogisticSettings,
    /// How bytes become features.
    pub pixels: Scaling,
    /// How many images of the set to use, validation included; 0 for all.
    pub training_images: usize,
    /// The part of those that is held out for validation.
    pub validation_fraction: f64,
}

impl Default for LogisticRunSettings {
    /// The course's: ten epochs over 48,000 of 60,000 images, pixels in 0…1.
    fn default() -> Self {
        Self {
            classifier: LogisticSettings { max_iter: 10, ..Default::default() },
            pixels: Scaling::MinMax,
            training_images: 0,
            validation_fraction: 0.2,
        }
    }
}

/// An ended epoch, with the accuracy on the held-out images after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(target_arch = "wasm32", derive(tsify::Tsify))]
pub struct LogisticEpoch {
    /// Which epoch, from 1.
    pub epoch: u32,
    /// Mean logistic loss of the models that learnt in it, each sample as it was met, in nats.
    pub loss: f64,
    /// The same with the penalty α/2·‖w‖².
    pub objective: f64,
    /// Models that go on learning after it.
    pub num_learning: u32,
    /// Share of the held-out images that the models get right after it, 0…1.
    pub validation_accuracy: f64,
}

/// One-vs-rest models that learn from part of a set and are examined on another.
#[derive(Clone, Debug)]
pub struct LogisticRun {
    images: Rc<LabelledImages>,
    model: OneVsRest<f32>,
    train: ScaledImages,
    held_out: ScaledImages,
    history: Vec<LogisticEpoch>,
}

impl LogisticRun {
    /// A run on a split of `images`: the same images as scikit-learn's `train_test_split`.
    ///
    /// # Errors
    /// [`Error::Setting`] for a setting outside its range.
    pub fn new(images: Rc<LabelledImages>, settings: LogisticRunSettings) -> Result<Self> {
        let count = if settings.training_images == 0 { images.len() } else { settings.training_images };
        Rule::ImagesOfSet { min: 2, images: images.len() }.check(SettingName::TrainingImages, count)?;
        let (train, held_out) =
            images.split(count as u32, settings.validation_fraction, settings.classifier.seed)?;
        Self::on(images, settings.pixels, settings.classifier, train, held_out)
    }

    /// A run that learns from the images at `train` and is examined on those at `held_out`; the scaling is
    /// fitted to `train` alone.
    ///
    /// # Errors
    /// [`Error::Setting`] for a setting outside its range, and for an index outside the set.
    pub fn on(
        images: Rc<LabelledImages>,
        pixels: Scaling,
        settings: LogisticSettings,
        train: Vec<u32>,
        held_out: Vec<u32>,
    ) -> Result<Self> {
        ScaledImages::check(&images, &train)?;
        let model = OneVsRest::new(settings, images.num_classes(), PIXELS, train.len())?;
        let scaling = PixelScaling::fit(pixels, &images, &train);
        let held_out = ScaledImages::new(Rc::clone(&images), held_out, scaling.clone())?;
        let train = ScaledImages::new(Rc::clone(&images), train, scaling)?;
        Ok(Self { images, model, train, held_out, history: Vec::new() })
    }

    /// Takes every learning model through its next `count` images, at most to the end of the epoch; true
    /// when that ended it, and the held-out images were examined.
    ///
    /// # Errors
    /// [`Error::LogisticOverflow`] when a weight stopped being finite.
    pub fn advance(&mut self, count: usize) -> Result<bool> {
        let Some(EpochReport { epoch, loss, objective, num_learning }) =
            self.model.advance(&self.train, count)?
        else {
            return Ok(false);
        };
        let validation_accuracy = self.accuracy()?;
        self.history.push(LogisticEpoch { epoch, loss, objective, num_learning, validation_accuracy });
        Ok(true)
    }

    /// Runs on to the end.
    ///
    /// # Errors
    /// As [`LogisticRun::advance`].
    pub fn finish(&mut self) -> Result<()> {
        while !self.model.is_finished() {
            self.advance(usize::MAX)?;
        }
        Ok(())
    }

    /// The share of the held-out images that the models get right now, 0…1.
    ///
    /// # Errors
    /// None that a run made by its constructors can meet.
    pub fn accuracy(&self) -> Result<f64> {
        self.model.accuracy(&self.held_out)
    }

    /// Decision values for one image of 784 bytes, one a class.
    ///
    /// # Errors
    /// [`Error::Shape`] for another size.
    pub fn decisions(&self, image: &[u8]) -> Result<Vec<f64>> {
        if image.len() != PIXELS {
            return Err(Error::shape(ArrayName::Image, PIXELS, image.len()));
        }
        let mut x = [0.0; PIXELS];
        self.train.scaling().apply(image, &mut x);
        Ok(self.model.decisions(&x))
    }

    /// The images that it learns from and is examined on.
    pub fn images(&self) -> &Rc<LabelledImages> {
        &self.images
    }

    /// The models as they have become so far.
    pub fn model(&self) -> &OneVsRest<f32> {
        &self.model
    }

    /// Indices of the images that it learns from.
    pub fn train(&self) -> &[u32] {
        self.train.indices()
    }

    /// Indices of the images that it never learns from.
    pub fn held_out(&self) -> &[u32] {
        self.held_out.indices()
    }

    /// The ended epochs.
    pub fn history(&self) -> &[LogisticEpoch] {
        &self.history
    }
}
