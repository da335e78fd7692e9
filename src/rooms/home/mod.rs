//! The first look: a softmax layer that learns from images while they arrive.
//!
//! Its first epoch takes the images in the order of the file and waits for those that are not there yet; later
//! epochs are shuffled as every run's are. So what it knows after a step depends on the step alone: it is the same
//! run on a slow line and on a fast one, in one piece or in crumbs, and [`crate::train::Trainer::in_file_order`] is
//! it again once all images are there.

mod portraits;
mod standing;
mod watched;

pub use portraits::{Portrait, Portraits};
pub use standing::{PortraitAt, Standing};
pub use watched::Answer;

use crate::data::{PIXELS, PixelScaling, batches};
use crate::error::{ArrayName, Rule, SettingName};
use crate::nn::{Learner, Network, Optimizer};
use crate::picture::magnitude_of_most;
use crate::train::TrainingSettings;
use crate::train::bands::{Band, bands};
use crate::{Error, Generator, Result};
use watched::Watched;

/// Test images that it is asked about after every step: the first ones of the file.
pub const WATCHED: usize = 100;
/// Losses in a band while the curve is short; on a long one as many as lie between two of its points.
const BAND: usize = 20;
/// About how many points the curve has.
const POINTS: usize = 100;
/// Of the weights, this share is paler than the deepest colour: the picture of noise is to be lively, too.
const PALER: f64 = 0.965;

/// A network before its first step, and every step after it.
#[derive(Clone, Debug)]
pub struct FirstLook {
    settings: TrainingSettings,
    num_images: usize,
    num_classes: usize,
    learner: Learner<f32>,
    scaling: PixelScaling,
    losses: Vec<f32>,
    /// The images of the present epoch in their order, from the second epoch on.
    order: Vec<u32>,
    order_of_epoch: usize,
    labels: Vec<u8>,
    watched: Option<Watched>,
    portraits: Portraits,
}

/// The images that have arrived.
#[derive(Clone, Copy, Debug)]
pub struct Arrived<'a> {
    /// N × 784.
    pub pixels: &'a [u8],
    /// As many as there are: labels may be ahead of their images, or behind.
    pub labels: &'a [u8],
}

impl Arrived<'_> {
    fn len(&self) -> usize {
        self.labels.len().min(self.pixels.len() / PIXELS)
    }

    fn image(&self, index: usize) -> &[u8] {
        &self.pixels[index * PIXELS..(index + 1) * PIXELS]
    }

    fn check(&self, num_images: usize) -> Result<()> {
        if !self.pixels.len().is_multiple_of(PIXELS) {
            let expected = self.pixels.len().next_multiple_of(PIXELS);
            return Err(Error::shape(ArrayName::Pixels, expected, self.pixels.len()));
        }
        let rule = Rule::AtMost { max: num_images as f64 };
        rule.check(SettingName::Images, (self.pixels.len() / PIXELS).max(self.labels.len()))
    }
}

impl FirstLook {
    /// The course's softmax layer, with no image held back.
    pub fn settings() -> TrainingSettings {
        TrainingSettings { validation_fraction: 0.0, ..TrainingSettings::default() }
    }

    /// A network at its first weights, for a file of `num_images`.
    ///
    /// # Errors
    /// [`Error::Setting`] for no image, and for fewer than two classes.
    pub fn new(num_images: usize, num_classes: usize) -> Result<Self> {
        Rule::AtLeast { min: 1.0 }.check(SettingName::Images, num_images)?;
        let settings = Self::settings();
        let architecture = settings.architecture(num_classes);
        let mut generator = Generator::new(u64::from(settings.seed));
        let network = Network::new(architecture.clone(), settings.initializer, &mut generator)?;
        let optimizer = Optimizer::new(settings.optimizer, &architecture)?;
        let learner = Learner::new(network, optimizer, settings.loss, settings.l2, settings.batch_size)?;
        let mut look = Self {
            num_images,
            num_classes,
            learner,
            scaling: PixelScaling::min_max(),
            losses: Vec::new(),
            order: Vec::new(),
            order_of_epoch: 0,
            labels: Vec::with_capacity(settings.batch_size),
            watched: None,
            portraits: Portraits::default(),
            settings,
        };
        look.sit();
        Ok(look)
    }

    /// Asks from now on, after every step, what it takes these images for: the first [`WATCHED`] of them.
    ///
    /// # Errors
    /// [`Error::Shape`] when there are not as many labels as images, [`Error::Setting`] for a label of no class.
    pub fn watch(&mut self, images: Arrived<'_>) -> Result<()> {
        if images.pixels.len() != images.labels.len() * PIXELS {
            return Err(Error::shape(ArrayName::Pixels, images.labels.len() * PIXELS, images.pixels.len()));
        }
        let labels = &images.labels[..images.labels.len().min(WATCHED)];
        self.check_labels(labels)?;
        let pixels = &images.pixels[..labels.len() * PIXELS];
        let watched = Watched::new(pixels, labels, &self.scaling, self.learner.network(), self.step());
        self.watched = Some(watched);
        Ok(())
    }

    /// The next step, if the images of its mini-batch are there; whether it was made.
    ///
    /// # Errors
    /// [`Error::Shape`] for a part of an image, [`Error::Setting`] for more images than the file has and for a label
    /// of no class; nothing is learned then.
    pub fn learn(&mut self, arrived: Arrived<'_>) -> Result<bool> {
        arrived.check(self.num_images)?;
        let (epoch, range) = self.next_batch();
        let needed = if epoch == 0 { range.end } else { self.num_images };
        if arrived.len() < needed {
            return Ok(false);
        }
        self.put_in_order(epoch);
        let index_at = |place: usize| if epoch == 0 { place } else { self.order[place] as usize };
        self.labels.clear();
        self.labels.extend(range.clone().map(|place| arrived.labels[index_at(place)]));
        self.check_labels(&self.labels)?;
        let mut inputs = self.learner.inputs_mut(range.len());
        for (place, mut row) in range.zip(inputs.rows_mut()) {
            self.scaling
                .apply(arrived.image(index_at(place)), row.as_slice_mut().expect("rows are contiguous"));
        }
        self.learner.forward();
        self.losses.push(self.learner.score(&self.labels).loss as f32);
        self.learner.learn(&self.labels, self.settings.learning_rate);
        let step = self.step();
        if let Some(watched) = &mut self.watched {
            watched.ask(self.learner.network(), step);
        }
        self.sit();
        Ok(true)
    }

    /// Updates made.
    pub fn step(&self) -> usize {
        self.losses.len()
    }

    /// Updates in an epoch.
    pub fn steps_per_epoch(&self) -> usize {
        batches::num_batches(self.num_images, self.settings.batch_size)
    }

    /// The network as it is.
    pub fn network(&self) -> &Network<f32> {
        self.learner.network()
    }

    /// The loss of every mini-batch, before its update.
    pub fn losses(&self) -> &[f32] {
        &self.losses
    }

    /// What the weights looked like on the way, evenly spread over [`FirstLook::range`].
    pub fn portraits(&self) -> &[Portrait] {
        self.portraits.kept()
    }

    /// The steps that a picture of the way has room for; it doubles when they are over.
    pub fn range(&self) -> usize {
        self.portraits.range()
    }

    /// How many losses a band holds where there are as many before it.
    pub fn band_width(&self) -> usize {
        BAND.max(self.range() / POINTS)
    }

    /// The loss so far, as a curve of about a hundred points.
    pub fn bands(&self) -> Vec<Band> {
        bands(&self.losses, self.band_width(), self.range() / POINTS)
    }

    /// The magnitude from which on a weight is painted opaque, the same for all classes.
    pub fn weight_scale(&self) -> f64 {
        magnitude_of_most(&self.network().parameters.layers[0].weights, PALER)
    }

    /// Images taken in by `step` updates, every epoch's counted.
    pub fn seen_by(&self, step: usize) -> usize {
        let (epochs, steps) = (step / self.steps_per_epoch(), step % self.steps_per_epoch());
        epochs * self.num_images + (steps * self.settings.batch_size).min(self.num_images)
    }

    fn next_batch(&self) -> (usize, std::ops::Range<usize>) {
        let (epoch, batch) = (self.step() / self.steps_per_epoch(), self.step() % self.steps_per_epoch());
        let start = batch * self.settings.batch_size;
        (epoch, start..(start + self.settings.batch_size).min(self.num_images))
    }

    fn put_in_order(&mut self, epoch: usize) {
        if epoch == self.order_of_epoch {
            return;
        }
        let all: Vec<u32> = (0..self.num_images as u32).collect();
        let mut generator = batches::order_generator(self.settings.seed, epoch);
        self.order = batches::epoch_order(&all, &mut generator);
        self.order_of_epoch = epoch;
    }

    fn check_labels(&self, labels: &[u8]) -> Result<()> {
        let classes = Rule::Place { count: self.num_classes };
        labels.iter().try_for_each(|&label| classes.check(SettingName::Label, usize::from(label)))
    }

    /// For a portrait, where one is due.
    fn sit(&mut self) {
        if self.portraits.is_due(self.step()) {
            let weights = self.network().parameters.layers[0].weights.clone();
            self.portraits.keep(Portrait { step: self.step(), weights, scale: self.weight_scale() });
        }
    }
}
